"""Occasions of care visits as a union keeps them."""

from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW
from unionboard.errors import Refusal
from unionboard.errors.care import IllnessNamed, LastOccasion, NoSuchOccasion, OccasionNameMissing, OccasionNameTaken
from unionboard.errors.fund import NoSuchFundItem, WrongDirection
from unionboard.errors.saving import StaleSave
from unionboard.reference import care_kinds
from unionboard.services.occasions import list_occasions, offer_occasions, save_occasion

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


def test_new_union_has_the_occasions_of_the_reference_and_no_must_visit(session: Session) -> None:
    occasions = list_occasions(session)

    assert list(occasions) == list(care_kinds())
    assert (occasions["hardship"].item, occasions["birth"].item) == ("hardship_aid", "member_activities")
    assert [code for code, occasion in occasions.items() if occasion.must_visit or occasion.is_hidden] == []


def test_own_occasion_stands_before_the_last_one(session: Session) -> None:
    save_occasion(session, None, name="教龄满三十年", item="member_activities", **STAMP)

    codes = list(list_occasions(session))
    assert codes[-2:] == ["own_1", "other"]
    assert list_occasions(session)["own_1"].zh == "教龄满三十年"


def test_renamed_occasion_bears_its_name_in_both_languages_and_gets_its_own_back(session: Session) -> None:
    save_occasion(session, "hospital", name="生病住院", must_visit=True, **STAMP)
    renamed = list_occasions(session)["hospital"]

    save_occasion(session, "hospital", name="", must_visit=True, version=renamed.version, **STAMP)

    assert (renamed.zh, renamed.en) == ("生病住院", "生病住院")
    assert list_occasions(session)["hospital"].zh == care_kinds()["hospital"].zh


def test_offered_are_the_must_visit_ones_first_and_none_hidden(session: Session) -> None:
    save_occasion(session, "bereavement", name="", must_visit=True, **STAMP)
    save_occasion(session, "festival", name="", is_hidden=True, **STAMP)

    offered = list(offer_occasions(session))
    assert offered[0] == "bereavement"
    assert "festival" not in offered


@pytest.mark.parametrize(
    ("code", "values", "refusal"),
    [
        ("none", {"name": "某"}, NoSuchOccasion),
        (None, {"name": "  "}, OccasionNameMissing),
        (None, {"name": "结婚"}, OccasionNameTaken),
        (None, {"name": "人流手术慰问"}, IllnessNamed),
        ("other", {"name": "", "is_hidden": True}, LastOccasion),
        ("birth", {"name": "", "item": "nothing"}, NoSuchFundItem),
        ("birth", {"name": "", "item": "dues"}, WrongDirection),
    ],
)
def test_wrong_occasion_is_refused(session: Session, code: str | None, values: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        save_occasion(session, code, **values, **STAMP)


def test_stale_save_is_refused(session: Session) -> None:
    save_occasion(session, "birth", name="添丁", **STAMP)
    save_occasion(session, "birth", name="生育", version=1, **STAMP)

    with pytest.raises(StaleSave):
        save_occasion(session, "birth", name="喜得贵子", version=1, **STAMP)
