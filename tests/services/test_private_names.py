"""Names of those who were visited: who may read them, and what is written down about it."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.makers import NOW
from unionboard.errors.care import NamesNotYours
from unionboard.models import CareVisit, Change, Member
from unionboard.services import care, private_names
from unionboard.services.private_names import Look

TODAY = date(2026, 11, 21)


def visit(session: Session, recipient: str, **values: Any) -> int:
    """A birth without money in 2026."""
    told = {"visited_on": date(2026, 11, 18), **values}
    return care.record_visit(session, kind="birth", recipient=recipient, today=TODAY, who="chair", now_utc=NOW, **told).id or 0


def seat(session: Session, **duties: str) -> None:
    """A committee: name=duty."""
    for place, (name, duty) in enumerate(duties.items()):
        session.add(Member(name=name, duty=duty, position=place))
    session.flush()


def reveals(session: Session) -> list[tuple[str, int]]:
    return [(change.who, change.row_id) for change in session.exec(select(Change).order_by(col(Change.id))) if change.action == "reveal"]


def test_names_are_given_and_every_look_is_written_down(session: Session) -> None:
    first, second = visit(session, "林小雨"), visit(session, "林小荷")

    names = private_names.reveal(session, [first, second], who="chair", now_utc=NOW)

    assert names == {first: "林小雨", second: "林小荷"}
    assert reveals(session) == [("chair", first), ("chair", second)]


@pytest.mark.parametrize(("who", "may"), [("陈立群", True), ("罗文静", True), ("沈一鸣", False), ("何敏", False), ("chair", False)])
def test_only_chair_and_treasurer_read_names_where_the_list_tells_them(session: Session, who: str, may: bool) -> None:
    seat(session, 陈立群="主席", 罗文静="财务委员", 沈一鸣="经审委员", 何敏="文体委员")
    row_id = visit(session, "林小雨")

    assert private_names.may_read_names(session, who) is may
    if not may:
        with pytest.raises(NamesNotYours):
            private_names.reveal(session, [row_id], who=who, now_utc=NOW)
        assert reveals(session) == []


def test_audit_committee_reads_no_name_where_the_list_has_neither_chair_nor_treasurer(session: Session) -> None:
    seat(session, 沈一鸣="经审委员", 何敏="文体委员")

    assert [private_names.may_read_names(session, who) for who in ("沈一鸣", "何敏")] == [False, True]


def test_last_look_is_told(session: Session) -> None:
    row_id = visit(session, "林小雨")
    nobody = private_names.last_look(session)

    private_names.reveal(session, [row_id], who="chair", now_utc=NOW)

    assert (nobody, private_names.last_look(session)) == (None, Look("chair", NOW))


def test_visit_that_was_taken_back_gives_no_name(session: Session) -> None:
    row_id = visit(session, "林小雨")
    care.take_back_visit(session, row_id, booked_on=TODAY, reason="记重了", today=TODAY, who="chair", now_utc=NOW)

    assert private_names.reveal(session, [row_id], who="chair", now_utc=NOW) == {}


def test_names_are_forgotten_after_their_time_and_counts_stay(session: Session) -> None:
    old, new = visit(session, "林小雨", visited_on=date(2025, 3, 1)), visit(session, "林小荷")

    forgotten = private_names.forget_names(session, last=date(2025, 12, 31), who="chair", now_utc=NOW)

    rows = {row.id: row.recipient for row in session.exec(select(CareVisit))}
    assert (forgotten, rows) == (1, {old: "", new: "林小荷"})
    assert private_names.count_names(session, last=date(2025, 12, 31)) == 0
    assert len(care.list_visits(session, first=date(2025, 1, 1), last=date(2025, 12, 31))) == 1
