"""The books are checked against themselves, as an auditor would with a pencil.

Everything is worked out anew from the entries alone, in Python and without the sums the program shows, and held against those sums, against
the change log and against closed months.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from unionboard.models import CareVisit, Change, Claim, ClaimState, Direction, FundEntry, FundMonth, FundYear, Handout
from unionboard.models.changelog import ChangeAction
from unionboard.money import format_fen
from unionboard.services import ledger
from unionboard.services.changes import snapshot
from unionboard.services.faults import RECORDS, Fault, FaultCode
from unionboard.services.fund import read_book
from unionboard.services.log_replay import is_signed_twice_alike
from unionboard.services.periods import month_span

_PAID = (ClaimState.PAID, ClaimState.FILED)


def check_books(session: Session) -> Iterator[Fault]:
    """Vouchers, entries, corrections, claims, sums, balances and closed months, each worked out anew."""
    entries = session.exec(select(FundEntry).order_by(col(FundEntry.id))).all()  # by no index but the table's own
    entries = sorted(entries, key=lambda entry: (entry.year, entry.booked_on, entry.voucher))
    heads = {head.year: head for head in session.exec(select(FundYear))}
    months = session.exec(select(FundMonth).where(col(FundMonth.closed_at_utc).is_not(None))).all()
    balances = _work_out(entries, heads)
    yield from _check_vouchers(entries)
    yield from _check_entries(entries)
    yield from _check_log(session, entries)
    yield from _check_reversals(entries)
    yield from _check_given(session, entries)
    yield from _check_claims(session, entries)
    yield from _check_sums(session, entries, balances)
    yield from _check_closings(balances, heads, months)
    yield from _check_late(session, entries, heads, months)


@dataclass(frozen=True, slots=True)
class _Balances:
    """Worked out line by line: what each year began with, and what was left after each entry (by id)."""

    opening_fen: dict[int, int]
    after_fen: dict[int, int]
    days: dict[int, list[tuple[date, int]]]  # by year: the balance after each line, oldest first

    def at(self, year: int, day: date) -> int:
        """What was left at the end of ``day`` by the book of ``year``."""
        left = [balance_fen for booked_on, balance_fen in self.days.get(year, ()) if booked_on <= day]
        return left[-1] if left else self.opening_of(year)

    def opening_of(self, year: int) -> int:
        return self.opening_fen.get(year, 0)


def _work_out(entries: Sequence[FundEntry], heads: Mapping[int, FundYear]) -> _Balances:
    years = {entry.year for entry in entries} | set(heads)
    by_year: dict[int, list[FundEntry]] = defaultdict(list)
    for entry in entries:
        by_year[entry.year].append(entry)
    opening_fen: dict[int, int] = {}
    after_fen: dict[int, int] = {}
    days: dict[int, list[tuple[date, int]]] = {}
    left_fen = 0
    for year in range(min(years), max(years) + 1) if years else ():
        told = heads[year].opening_fen if year in heads else None
        left_fen = opening_fen[year] = left_fen if told is None else told
        days[year] = []
        for entry in by_year[year]:
            left_fen += _counted(entry) if entry.direction is Direction.IN else -_counted(entry)
            after_fen[entry.id or 0] = left_fen
            days[year].append((entry.booked_on, left_fen))
    return _Balances(opening_fen, after_fen, days)


def _counted(entry: FundEntry) -> int:
    return entry.amount_fen if entry.reverses_id is None else -entry.amount_fen


def _fault(code: FaultCode, entry: FundEntry) -> Fault:
    return Fault(code, {"year": entry.year, "voucher": entry.voucher})


def _check_vouchers(entries: Iterable[FundEntry]) -> Iterator[Fault]:
    vouchers: dict[int, Counter[int]] = defaultdict(Counter)
    for entry in entries:
        vouchers[entry.year][entry.voucher] += 1
    for year, counts in vouchers.items():
        for voucher in range(1, max(counts) + 1):
            if counts[voucher] == 0:
                yield Fault(FaultCode.VOUCHER_GAP, {"year": year, "voucher": voucher})
        yield from (Fault(FaultCode.VOUCHER_DOUBLE, {"year": year, "voucher": one}) for one, count in counts.items() if count > 1)


def _check_entries(entries: Iterable[FundEntry]) -> Iterator[Fault]:
    for entry in entries:
        if entry.amount_fen <= 0 or entry.booked_on.year != entry.year:
            yield _fault(FaultCode.ENTRY_WRONG, entry)


def _check_log(session: Session, entries: Iterable[FundEntry]) -> Iterator[Fault]:
    """The change log keeps what was booked, whole; fields that came to the table later are not in old lines of it."""
    logged: dict[int, dict[str, Any]] = {}
    made = (ChangeAction.CREATE.value, ChangeAction.REVERSE.value)
    for change in session.exec(select(Change).where(Change.noun == "fund_entry", col(Change.action).in_(made))):
        logged[change.row_id] = change.after or {}
        if not is_signed_twice_alike(change):
            yield Fault(FaultCode.LOG_CHANGED, {"record": RECORDS["fund_entry"], "name": str(logged[change.row_id].get("voucher"))})
    for entry in entries:
        booked = logged.pop(entry.id or 0, None)
        if booked is None:
            yield _fault(FaultCode.ENTRY_UNLOGGED, entry)
        else:
            now = snapshot(entry)
            if any(now.get(name) != value for name, value in booked.items() if name in now):
                yield _fault(FaultCode.ENTRY_CHANGED, entry)
    for booked in logged.values():
        yield Fault(FaultCode.ENTRY_GONE, {"year": booked.get("year"), "voucher": booked.get("voucher")})


def _check_reversals(entries: Sequence[FundEntry]) -> Iterator[Fault]:
    known = {entry.id: entry for entry in entries}
    times = Counter(entry.reverses_id for entry in entries)
    for entry in entries:
        if entry.reverses_id is None:
            continue
        first = known.get(entry.reverses_id)
        if (
            first is None
            or first.reverses_id is not None
            or times[entry.reverses_id] > 1
            or first.booked_on > entry.booked_on
            or (first.direction, first.item, first.source, first.amount_fen)
            != (entry.direction, entry.item, entry.source, entry.amount_fen)
        ):
            yield _fault(FaultCode.REVERSAL_WRONG, entry)


def _standing(entries: Iterable[FundEntry]) -> list[FundEntry]:
    entries = list(entries)
    reversed_ids = {entry.reverses_id for entry in entries}
    return [entry for entry in entries if entry.reverses_id is None and entry.id not in reversed_ids]


def _check_given(session: Session, entries: Iterable[FundEntry]) -> Iterator[Fault]:
    given_fen: dict[int, int] = defaultdict(int)
    for visit in session.exec(select(CareVisit).where(col(CareVisit.fund_entry_id).is_not(None), col(CareVisit.removed).is_(False))):
        given_fen[visit.fund_entry_id or 0] += visit.amount_fen
    for handout in session.exec(select(Handout).where(col(Handout.fund_entry_id).is_not(None), col(Handout.removed_at_utc).is_(None))):
        given_fen[handout.fund_entry_id or 0] += handout.heads * handout.unit_fen
    for entry in _standing(entries):
        if given_fen.get(entry.id or 0, entry.amount_fen) != entry.amount_fen:
            yield _fault(FaultCode.GIVEN_WRONG, entry)


def _check_claims(session: Session, entries: Iterable[FundEntry]) -> Iterator[Fault]:
    paid_fen: dict[int, list[int]] = defaultdict(list)
    for entry in _standing(entries):
        if entry.claim_id is not None:
            paid_fen[entry.claim_id].append(entry.amount_fen)
    for claim in session.exec(select(Claim)):
        wanted = [claim.amount_fen] if claim.state in _PAID else []
        if paid_fen.pop(claim.id or 0, []) != wanted:
            yield Fault(FaultCode.CLAIM_WRONG, {"year": claim.year, "claim": claim.id})


def _check_sums(session: Session, entries: Sequence[FundEntry], balances: _Balances) -> Iterator[Fault]:
    """What the program shows, against what the entries add up to."""
    for year in sorted({entry.year for entry in entries}):
        own = [entry for entry in entries if entry.year == year]
        items: dict[Direction, Counter[str]] = {side: Counter() for side in Direction}
        months: Counter[tuple[Direction, int]] = Counter()
        for entry in own:
            items[entry.direction][entry.item] += _counted(entry)
            months[entry.direction, entry.booked_on.month] += _counted(entry)
        book = read_book(session, year)
        shown = [(months[Direction.IN, one.month], months[Direction.OUT, one.month]) for one in book.months]
        if (
            book.opening_fen != balances.opening_of(year)
            or book.entry_count != len(own)
            or (book.income_fen, book.spending_fen) != (dict(items[Direction.IN]), dict(items[Direction.OUT]))
            or [(one.in_fen, one.out_fen) for one in book.months] != shown
            or book.balance_fen != balances.at(year, date.max)
        ):
            yield Fault(FaultCode.SUM_WRONG, {"year": year})
        for view in ledger.list_entries(session, year):
            if view.balance_fen != balances.after_fen.get(view.id):
                yield Fault(FaultCode.BALANCE_WRONG, {"year": year, "voucher": view.voucher})


def _check_closings(balances: _Balances, heads: Mapping[int, FundYear], months: Iterable[FundMonth]) -> Iterator[Fault]:
    closed = [(row.year, row.month, row.closing_fen, row.closed_at_utc) for row in months]
    closed += [(head.year, 12, head.closing_fen, head.closed_at_utc) for head in heads.values() if head.closed_at_utc is not None]
    for year, month, closing_fen, _ in closed:
        now_fen = balances.at(year, month_span(year * 12 + month - 1)[1])
        if now_fen != closing_fen:
            facts = {"year": year, "month": month, "closed": format_fen(closing_fen or 0), "now": format_fen(now_fen)}
            yield Fault(FaultCode.CLOSING_MOVED, facts)


def _check_late(
    session: Session, entries: Iterable[FundEntry], heads: Mapping[int, FundYear], months: Iterable[FundMonth]
) -> Iterator[Fault]:
    """What was booked after its month was closed: by the order of the change log, for a clock may be set back; by the clock where it is
    silent."""
    logged = select(Change.noun, Change.row_id, Change.id, Change.after).where(
        col(Change.noun).in_(("fund_month", "fund_year", "fund_entry"))
    )
    booked: dict[int, tuple[int, Any]] = {}
    closed: dict[tuple[str, int], int] = {}
    for noun, row_id, line, after in session.exec(logged.order_by(col(Change.id))):
        if noun == "fund_entry":
            booked.setdefault(row_id, (line or 0, (after or {}).get("booked_on")))
        elif (after or {}).get("closed_at_utc"):
            closed[noun, row_id] = line or 0
    ends = {(head.year, 12): (head.closed_at_utc, closed.get(("fund_year", head.year))) for head in heads.values()}
    ends |= {(row.year, row.month): (row.closed_at_utc, closed.get(("fund_month", row.id or 0))) for row in months}
    for entry in entries:
        moment, end = ends.get((entry.booked_on.year, entry.booked_on.month), (None, None))
        if moment is None:
            continue
        begun, day = booked.get(entry.id or 0, (0, None))
        is_told = begun and end and day == entry.booked_on.isoformat()
        if begun > (end or 0) if is_told else entry.created_at_utc > moment:
            yield _fault(FaultCode.BOOKED_AFTER_CLOSING, entry)
