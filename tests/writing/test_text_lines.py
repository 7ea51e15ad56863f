"""Where lines break when nobody measures them."""

import pytest

from unionboard.writing.text_lines import break_lines, plain, width_em


def test_chinese_breaks_anywhere_but_before_a_closing_mark() -> None:
    assert break_lines("召开教职工大会，听取报告。", 7) == ("召开教职工大", "会，听取报告。")


def test_opening_mark_goes_to_the_next_line_with_its_word() -> None:
    assert break_lines("参加比赛（决赛）", 5) == ("参加比赛", "（决赛）")


def test_english_breaks_between_words() -> None:
    assert break_lines("Annual congress of the staff", 9) == ("Annual congress", "of the staff")


def test_word_longer_than_a_line_is_broken_and_whole() -> None:
    lines = break_lines("Q" * 30, 7.1)

    assert ("".join(lines), len(lines)) == ("Q" * 30, 3)


@pytest.mark.parametrize("room", [0.5, 3, 8, 20])
def test_nothing_is_lost_and_only_single_letters_are_too_wide(room: float) -> None:
    text = "第12项：“中国梦·劳动美”主题演讲（语文、数学）Union Sports Day 2026，并做好归档。"

    lines = break_lines(text, room)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert [line for line in lines if width_em(line) > room and len(line) > 1] == []


def test_line_breaks_and_what_xml_cannot_hold_go() -> None:
    assert plain("一\n二\x00\x1b三\ufffe") == "一 二三"


def test_empty_text_is_no_line() -> None:
    assert break_lines("  ", 5) == ()
