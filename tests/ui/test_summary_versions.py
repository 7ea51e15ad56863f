"""Three versions of a sentence, told apart: what people put in, what the records no longer say, what they say now."""

import pytest

from unionboard.ui.summary.versions import mark_versions


def test_number_that_moved_on_is_marked_on_both_sides() -> None:
    assert mark_versions("58人参加。", "58人参加。", "61人参加。") == (":orange-background[58]人参加。", ":green-background[61]人参加。")


def test_own_words_are_told_from_what_the_records_replaced() -> None:
    base, new = "组织体检，58人参加。", "组织体检，61人参加。"

    mine, newest = mark_versions(base, "组织体检，58人参加，为大家筑起健康防线。", new)

    assert mine == "组织体检，:orange-background[58]人参加:blue-background[，为大家筑起健康防线]。"
    assert newest == "组织体检，:green-background[61]人参加。"


def test_latin_words_are_compared_whole() -> None:
    mine, newest = mark_versions("58 staff came.", "58 colleagues came.", "61 staff came.")

    assert mine == ":orange-background[58] :blue-background[colleagues] came\\."
    assert newest == ":green-background[61] staff came\\."


@pytest.mark.parametrize(
    ("base", "mine", "new", "marked"),
    [
        ("", "我们的话。", "", (":blue-background[我们的话。]", "")),
        ("记录的话。", "", "记录的话。", ("", "记录的话。")),
        ("同。", "同。", "同。", ("同。", "同。")),
    ],
)
def test_a_version_may_be_missing(base: str, mine: str, new: str, marked: tuple[str, str]) -> None:
    assert mark_versions(base, mine, new) == marked


def test_markdown_of_people_stays_letters() -> None:
    assert mark_versions("", "**重要**", "")[0] == ":blue-background[\\*\\*重要\\*\\*]"
