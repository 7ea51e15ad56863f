"""The union's items: the official chart, with items renamed, hidden and added."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors import Refusal
from unionboard.errors.fund import FundGroupMissing, ItemNameMissing, ItemNameTaken, NoSuchFundItem, WrongDirection
from unionboard.errors.saving import StaleSave
from unionboard.models import Change, Direction, OwnItem
from unionboard.reference import fund_items
from unionboard.services import fund
from unionboard.services.fund_items import list_items, save_item

STAMP: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}
DAY = date(2026, 5, 8)


def save(session: Session, code: str | None = None, name: str = "", **values: Any) -> OwnItem:
    return save_item(session, code, name=name, **values, **STAMP)


def test_without_own_items_the_official_chart_holds(session: Session) -> None:
    assert list_items(session) == fund_items()


def test_renamed_item_bears_its_own_name_in_both_languages(session: Session) -> None:
    save(session, "member_activities", "会员福利")

    item = list_items(session)["member_activities"]
    assert (item.zh, item.en, item.group) == ("会员福利", "会员福利", "activities")


def test_official_name_given_back_is_no_own_name(session: Session) -> None:
    row = save(session, "member_activities", "会员福利")

    save(session, "member_activities", "会员活动", version=row.version)

    assert list_items(session) == fund_items()


def test_own_item_stands_after_the_official_ones_of_its_group(session: Session) -> None:
    row = save(session, None, "教工之家维护", group="services")

    codes = list(list_items(session))
    assert (row.code, codes[codes.index("own_1") - 1], codes[codes.index("own_1") + 1]) == ("own_1", "other_services", "labour_relations")


def test_own_income_item_stands_after_the_official_income(session: Session) -> None:
    save(session, None, "场地服务收入", direction=Direction.IN)

    codes = list(list_items(session))
    assert codes[codes.index("own_1") - 1] == "other_income"


def test_own_items_are_booked_budgeted_and_summed_like_others(session: Session) -> None:
    save(session, None, "教工之家维护", group="services")
    facts: dict[str, Any] = {"booked_on": DAY, "today": DAY, "amount_fen": 5_00, "purpose": "绿植", **STAMP}

    fund.book_entry(session, direction=Direction.OUT, item="own_1", **facts)
    fund.set_budget(session, year=2026, item="own_1", amount_fen=9_00, **STAMP)

    book = fund.read_book(session, 2026)
    assert (book.spending_fen, book.total_budget_fen, book.items["own_1"].zh) == ({"own_1": 5_00}, 9_00, "教工之家维护")
    with pytest.raises(WrongDirection):
        fund.book_entry(session, direction=Direction.IN, item="own_1", **facts)


def test_hidden_item_is_left_out_and_takes_no_entry(session: Session) -> None:
    save(session, "affiliates", is_hidden=True)

    assert "affiliates" not in list_items(session)
    assert "affiliates" in list_items(session, with_hidden=True)
    with pytest.raises(NoSuchFundItem):
        fund.book_entry(
            session, booked_on=DAY, today=DAY, direction=Direction.OUT, item="affiliates", amount_fen=1, purpose="补助", **STAMP
        )


def test_hidden_item_that_is_used_stays_in_sight(session: Session) -> None:
    fund.set_budget(session, year=2026, item="affiliates", amount_fen=9_00, **STAMP)

    save(session, "affiliates", is_hidden=True)

    assert "affiliates" in list_items(session)


@pytest.mark.parametrize(
    ("code", "values", "refusal"),
    [
        (None, {"name": " ", "group": "services"}, ItemNameMissing),
        (None, {"name": "文体活动", "group": "services"}, ItemNameTaken),
        (None, {"name": "Meetings", "group": "services"}, ItemNameTaken),
        (None, {"name": "教工之家维护"}, FundGroupMissing),
        ("banquets", {"name": "宴请"}, NoSuchFundItem),
        ("meetings", {"name": "培训"}, ItemNameTaken),
        ("meetings", {"name": "会务", "version": 3}, StaleSave),
    ],
)
def test_wrong_item_is_refused(session: Session, code: str | None, values: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        save(session, code, **values)


def test_item_never_changes_its_side(session: Session) -> None:
    save(session, None, "教工之家维护", group="services")

    with pytest.raises(WrongDirection):
        save(session, "own_1", "教工之家维护", direction=Direction.IN, version=1)


def test_stale_item_is_refused(session: Session) -> None:
    save(session, "meetings", "会务")

    with pytest.raises(StaleSave):
        save(session, "meetings", "大会", version=0)


def test_change_log_knows_own_items(session: Session) -> None:
    save(session, "meetings", "会务")
    save(session, "training", "骨干培训")

    logged = [change for change in session.exec(select(Change)) if change.noun == "own_item"]
    assert [(change.after or {}).get("name") for change in logged] == ["会务", "骨干培训"]
    assert logged[0].row_id != logged[1].row_id
