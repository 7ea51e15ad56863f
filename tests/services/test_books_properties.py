"""Whatever is booked, taken back, closed and opened again in whatever order: the books add up, and verification finds nothing."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.makers import NOW
from unionboard.errors import Refusal
from unionboard.models import Direction
from unionboard.reference import fund_items
from unionboard.services import closing, fund, ledger
from unionboard.services.verification import verify_books

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
TODAY = LAST
YEARS = (2025, 2026)
NOWHERE = Path("no-files")

days = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(days=n))
items = st.sampled_from([item for item in fund_items().values() if item.code in {"dues", "allocated", "meetings", "culture_sports"}])
bookings = st.tuples(st.just("book"), items, st.integers(1, 10**9), days)
steps = st.one_of(
    bookings,
    st.tuples(st.just("reverse"), st.integers(0, 30), days | st.just(LAST)),  # late enough for any entry
    st.tuples(st.just("close month"), st.sampled_from(YEARS), st.integers(1, 12)),
    st.tuples(st.just("close year"), st.sampled_from(YEARS)),
    st.tuples(st.just("reopen"), st.sampled_from(YEARS), st.integers(1, 12)),
    st.tuples(st.just("opening"), st.sampled_from(YEARS), st.none() | st.integers(-(10**9), 10**9)),
)
sequences = st.builds(lambda first, then: [*first, *then], st.lists(bookings, max_size=5), st.lists(steps, max_size=15))
"""Often with something in the books, or there would be little to take back."""


@dataclass
class Pencil:
    """The books kept beside the program, in the simplest way: a list of lines and what people said the years began with."""

    lines: list[tuple[date, str, Direction, int]] = field(default_factory=list)
    opening_fen: dict[int, int | None] = field(default_factory=dict)

    def total(self, year: int, direction: Direction) -> int:
        return sum(fen for day, _, side, fen in self.lines if (day.year, side) == (year, direction))

    def opening_of(self, year: int) -> int:
        told = self.opening_fen.get(year)
        return told if told is not None else self.left_of(year - 1) if year > FIRST.year else 0

    def left_of(self, year: int) -> int:
        return self.opening_of(year) + self.total(year, Direction.IN) - self.total(year, Direction.OUT)


def take(session: Session, pencil: Pencil, step: tuple[Any, ...], entry_ids: list[int]) -> None:
    """One step in the program and, where the program takes it, with the pencil. What is refused is refused before anything is written."""
    stamp: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}
    match step:
        case ("book", item, amount_fen, day):
            facts: dict[str, Any] = {"purpose": "记账", "today": TODAY, **stamp}
            side = Direction(item.direction)
            row = fund.book_entry(session, booked_on=day, direction=side, item=item.code, amount_fen=amount_fen, **facts)
            entry_ids.append(row.id or 0)
            pencil.lines.append((day, item.code, side, amount_fen))
        case ("reverse", number, day):
            entry_id = entry_ids[number % len(entry_ids)] if entry_ids else 0
            row = fund.reverse_entry(session, entry_id, booked_on=day, reason="记错", today=TODAY, **stamp)
            entry_ids.append(row.id or 0)
            pencil.lines.append((day, row.item, row.direction, -row.amount_fen))
        case ("close month", year, month):
            closing.close_month(session, year, month, today=TODAY, note="照记", **stamp)
        case ("close year", year):
            closing.close_year(session, year, today=TODAY, note="照记", **stamp)
        case ("reopen", year, month):
            closing.reopen_month(session, year, month, reason="补记", **stamp)
        case ("opening", year, opening_fen):
            fund.set_opening(session, year=year, opening_fen=opening_fen, **stamp)
            pencil.opening_fen[year] = opening_fen


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sequence=sequences)
def test_any_sequence_of_entries_reversals_and_closings_adds_up(session: Session, sequence: list[tuple[Any, ...]]) -> None:
    session.rollback()  # what the example before has booked
    pencil, entry_ids = Pencil(), list[int]()
    for step in sequence:
        with suppress(Refusal):
            take(session, pencil, step, entry_ids)

    for year in YEARS:
        book, lines = fund.read_book(session, year), ledger.list_entries(session, year)
        own = [line for line in pencil.lines if line[0].year == year]
        assert (book.opening_fen, book.balance_fen) == (pencil.opening_of(year), pencil.left_of(year))
        assert book.balance_fen == book.opening_fen + book.total_income_fen - book.total_spending_fen
        assert sum(month.in_fen for month in book.months) == book.total_income_fen == pencil.total(year, Direction.IN)
        assert sum(month.out_fen for month in book.months) == book.total_spending_fen == pencil.total(year, Direction.OUT)
        by_item: Counter[str] = Counter()
        for _, item, _, amount_fen in own:
            by_item[item] += amount_fen
        assert book.income_fen | book.spending_fen == dict(by_item)
        assert sorted(line.voucher for line in lines) == list(range(1, len(own) + 1))
        assert book.entry_count == ledger.find_entries(session, year, page_size=1).total == len(own)
        assert (lines[-1].balance_fen if lines else book.opening_fen) == book.balance_fen
    assert verify_books(session, evidence_folder=NOWHERE) == ()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    sequence=sequences,
    year=st.sampled_from(YEARS),
    month=st.integers(1, 12),
    later=st.lists(steps, min_size=1, max_size=8),
)
def test_what_a_closed_month_left_stays_what_it_left(
    session: Session, sequence: list[tuple[Any, ...]], year: int, month: int, later: list[tuple[Any, ...]]
) -> None:
    session.rollback()
    pencil, entry_ids = Pencil(), list[int]()
    for step in [*sequence, ("close month", year, month)]:
        with suppress(Refusal):
            take(session, pencil, step, entry_ids)
    left_fen = [one.balance_fen for one in closing.list_months(session, year, today=TODAY)[:month]]

    for step in later:
        if step[0] != "reopen":
            with suppress(Refusal):
                take(session, pencil, step, entry_ids)

    assert [one.balance_fen for one in closing.list_months(session, year, today=TODAY)[:month]] == left_fen
