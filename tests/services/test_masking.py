"""Names on a screen that everybody sees."""

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.reference import surnames
from unionboard.services import care, unions
from unionboard.services.masking import Mask, is_person_name, list_known_names, mask_name, split_names


@pytest.mark.parametrize(
    ("name", "masked"),
    [("何敏", "何*"), ("孙晓岚", "孙**"), ("欧阳娜娜", "欧***"), ("Anna Li", "A***"), (" 何敏 ", "何*"), ("何", "何"), ("", "")],
)
def test_first_character_stays(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_names_are_hidden_wherever_they_stand() -> None:
    mask = Mask(["何敏", "吴佳"])

    assert mask.text("由何敏牵头，吴佳配合；何敏5日前报") == "由何*牵头，吴*配合；何*5日前报"


def test_longer_name_goes_before_the_shorter_one_in_it() -> None:
    assert Mask(["王小", "王小明"]).text("王小明和王小") == "王**和王*"


def test_name_of_one_character_hides_nothing() -> None:
    assert Mask(["何", ""]).text("何时公布") == "何时公布"


def test_latin_name_is_hidden_only_as_a_whole_word() -> None:
    assert Mask(["Ann"]).text("Ann writes the Annual report with ann") == "A*** writes the Annual report with ann"


def test_letters_that_regular_expressions_read_are_letters() -> None:
    assert Mask(["J. (Jo) Li"]).text("by J. (Jo) Li.") == "by J***."


def test_mask_without_names_leaves_the_text_alone() -> None:
    assert Mask([]).text("何敏") == "何敏"


@pytest.mark.parametrize("owner", ["陈立群", "何敏", "欧阳娜娜", "上官云"])
def test_what_looks_like_a_name_is_one(owner: str) -> None:
    assert is_person_name(owner)


@pytest.mark.parametrize(
    "owner",
    ["工会主席", "各工会小组", "安全办", "党支部", "党委", "关工委", "文体委员", "宣传委员", "全体教师", "全校", "办公室", "Li", "何", ""],
)
def test_offices_and_bodies_are_nobodys_names(owner: str) -> None:
    assert not is_person_name(owner)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("何敏、吴佳", ["何敏", "吴佳"]),
        ("何敏 吴佳", ["何敏", "吴佳"]),
        ("何 敏", ["何 敏"]),
        ("Anna Li, Bo Xu", ["Anna Li", "Bo Xu"]),
        ("", []),
    ],
)
def test_several_people_in_one_field_are_told_apart(text: str, names: list[str]) -> None:
    assert split_names(text) == names


def test_every_surname_has_one_or_two_characters() -> None:
    assert {len(surname) for surname in surnames()} == {1, 2}


def test_known_are_members_owners_who_are_persons_and_whoever_was_visited(session: Session) -> None:
    plan = make_plan(session)
    for owner in ("何敏、方如意", "各工会小组", "工会主席", ""):
        make_activity(session, plan, owner=owner)
    unions.add_member(session, name="办公室小陈", who="chair", now_utc=NOW)
    care.record_visit(
        session,
        visited_on=NOW.date(),
        kind="hospital",
        recipient="许文博",
        visitors="吴佳、何敏",
        today=NOW.date(),
        who="chair",
        now_utc=NOW,
    )

    assert list_known_names(session) == ["何敏", "办公室小陈", "吴佳", "方如意", "许文博"]
