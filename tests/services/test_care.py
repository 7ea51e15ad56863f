"""Care visits: paid, counted, and nobody recognised by them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors import Refusal
from unionboard.errors.activities import ReasonMissing
from unionboard.errors.checkoffs import CountNotPositive, DateInFuture
from unionboard.errors.fund import NoSuchCareKind, NoSuchVisit
from unionboard.errors.money import AmountNotPositive
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole, CareVisit, Change, FundEntry
from unionboard.services import care, ledger
from unionboard.services.care import VisitCount
from unionboard.services.guard import Actor, bind_actor

TODAY = date(2026, 11, 21)
NEW_YEAR, NEW_YEARS_EVE = date(2026, 1, 1), date(2026, 12, 31)


def visit(session: Session, kind: str = "hospital", **values: Any) -> CareVisit:
    """A visit of one person on 18 November 2026 with 500.00 yuan."""
    defaults = {"visited_on": date(2026, 11, 18), "today": TODAY, "who": "chair", "now_utc": NOW, "amount_fen": 500_00}
    return care.record_visit(session, kind=kind, **{**defaults, **values})


def take_back(session: Session, row: CareVisit, **values: Any) -> CareVisit:
    """Taken back on 20 November 2026."""
    defaults = {"booked_on": date(2026, 11, 20), "reason": "记重了", "today": TODAY, "who": "chair", "now_utc": NOW}
    return care.take_back_visit(session, row.id or 0, **{**defaults, **values})


def test_visit_with_money_books_an_entry_that_names_nobody(session: Session) -> None:
    row = visit(session, recipient="林小雨", people=2, item="sending_warmth")

    [entry] = session.exec(select(FundEntry)).all()
    assert (entry.id, entry.item, entry.amount_fen, entry.purpose) == (row.fund_entry_id, "sending_warmth", 500_00, "走访慰问（2人次）")


def test_visit_without_money_books_nothing(session: Session) -> None:
    row = visit(session, amount_fen=0, goods="水果一篮")

    assert (row.fund_entry_id, ledger.list_entries(session, 2026)) == (None, ())


def test_change_log_keeps_no_name(session: Session) -> None:
    visit(session, recipient="林小雨")

    logged = [change.model_dump_json() for change in session.exec(select(Change))]
    assert [line for line in logged if "林小雨" in line] == []
    assert len(logged) == 2


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"kind": "surgery"}, NoSuchCareKind),
        ({"people": 0}, CountNotPositive),
        ({"amount_fen": -1}, AmountNotPositive),
        ({"visited_on": date(2026, 11, 22), "amount_fen": 0}, DateInFuture),
    ],
)
def test_wrong_visit_is_refused(session: Session, values: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        visit(session, **values)


def test_visits_are_counted_by_occasion_within_inclusive_days(session: Session) -> None:
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 1), date(2026, 11, 18)):
        visit(session, visited_on=day, people=2)

    assert care.count_visits(session, first=NEW_YEAR, last=NEW_YEARS_EVE) == [
        VisitCount("hospital", visits=3, people=6, amount_fen=1_500_00)
    ]


def test_occasions_with_fewer_than_three_visits_are_merged(session: Session) -> None:
    for kind in ("birth", "hospital", "wedding", "hospital", "hospital", "birth", "other"):
        visit(session, kind)

    assert care.count_visits(session, first=NEW_YEAR, last=NEW_YEARS_EVE) == [
        VisitCount("hospital", visits=3, people=3, amount_fen=1_500_00),
        VisitCount("other", visits=4, people=4, amount_fen=2_000_00),
    ]


def test_a_single_small_occasion_is_merged_too(session: Session) -> None:
    visit(session, "bereavement")

    assert [count.kind for count in care.count_visits(session, first=NEW_YEAR, last=NEW_YEARS_EVE)] == ["other"]


def test_unmerged_counts_keep_the_official_order(session: Session) -> None:
    for kind in ("other", "hospital", "festival"):
        visit(session, kind)

    assert [count.kind for count in care.count_visits(session, first=NEW_YEAR, last=NEW_YEARS_EVE, merge_small=False)] == [
        "festival",
        "hospital",
        "other",
    ]


def test_visit_taken_back_is_not_counted_and_its_entry_is_corrected(session: Session) -> None:
    row = visit(session)

    take_back(session, row)

    assert care.count_visits(session, first=NEW_YEAR, last=NEW_YEARS_EVE) == []
    assert [line.out_fen for line in ledger.list_entries(session, 2026)] == [500_00, -500_00]
    assert care.find_visit_of(session, row.fund_entry_id or 0) is None


def test_visit_without_money_is_taken_back_without_an_entry(session: Session) -> None:
    take_back(session, visit(session, amount_fen=0))

    assert (care.list_visits(session, first=NEW_YEAR, last=NEW_YEARS_EVE), session.exec(select(FundEntry)).all()) == ([], [])


def test_visit_is_taken_back_once_only(session: Session) -> None:
    row = visit(session)
    take_back(session, row)

    with pytest.raises(NoSuchVisit):
        take_back(session, row)


def test_taking_back_needs_a_reason(session: Session) -> None:
    row = visit(session, amount_fen=0)

    with pytest.raises(ReasonMissing):
        take_back(session, row, reason="")


def test_listed_visits_show_merged_occasions_newest_first(session: Session) -> None:
    hospital = [visit(session, visited_on=date(2026, month, 1), goods="水果") for month in (3, 4, 5)]
    births = [visit(session, "birth", visited_on=date(2026, 4, day), goods="婴儿礼盒") for day in (2, 3)]
    wedding = visit(session, "wedding", visited_on=date(2026, 6, 6))

    views = care.list_visits(session, first=NEW_YEAR, last=NEW_YEARS_EVE)

    assert [(view.id, view.kind, view.goods) for view in views] == [
        (wedding.id, "other", ""),
        (hospital[2].id, "hospital", "水果"),
        (births[1].id, "other", ""),
        (births[0].id, "other", ""),
        (hospital[1].id, "hospital", "水果"),
        (hospital[0].id, "hospital", "水果"),
    ]


def test_shown_ledger_keeps_small_occasions_back(session: Session) -> None:
    for kind in ("birth", "birth", "wedding", "hospital", "hospital", "hospital"):
        visit(session, kind)

    entries = ledger.list_entries(session, 2026)

    assert [entry.purpose for entry in entries] == [*["其他慰问（1人次）"] * 3, *["住院探望（1人次）"] * 3]


@pytest.mark.parametrize("look", [care.list_visits, care.count_visits])
def test_visits_are_not_for_the_shared_screen(session: Session, look: Callable[..., object]) -> None:
    bind_actor(session, Actor(name="大屏", roles=frozenset({AccountRole.VIEWER})))

    with pytest.raises(NotYours):
        look(session, first=date(2026, 1, 1), last=date(2026, 12, 31))
