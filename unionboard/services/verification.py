"""The books and the papers behind them are checked against themselves, as an auditor would with a pencil.

Everything is worked out anew from the entries alone, in Python and without the sums the program shows, and held against those sums, against
the change log, against closed months and against the files on disk.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from unionboard.i18n import mark
from unionboard.models import (
    CareVisit,
    Change,
    Claim,
    ClaimState,
    Direction,
    Evidence,
    FundEntry,
    FundMonth,
    FundPaper,
    FundYear,
    Handout,
)
from unionboard.models.changelog import ChangeAction
from unionboard.money import format_fen
from unionboard.services import ledger
from unionboard.services.changes import snapshot
from unionboard.services.fund import read_book
from unionboard.services.log_replay import Contradiction, is_signed_twice_alike, replay_log
from unionboard.services.periods import month_span
from unionboard.services.summary_final import find_changed_finals

_PAID = (ClaimState.PAID, ClaimState.FILED)


class FaultCode(StrEnum):
    DATABASE_DAMAGED = "database_damaged"
    UNREADABLE = "unreadable"
    VOUCHER_GAP = "voucher_gap"
    VOUCHER_DOUBLE = "voucher_double"
    ENTRY_WRONG = "entry_wrong"
    ENTRY_CHANGED = "entry_changed"
    ENTRY_GONE = "entry_gone"
    ENTRY_UNLOGGED = "entry_unlogged"
    REVERSAL_WRONG = "reversal_wrong"
    GIVEN_WRONG = "given_wrong"
    CLAIM_WRONG = "claim_wrong"
    SUM_WRONG = "sum_wrong"
    BALANCE_WRONG = "balance_wrong"
    CLOSING_MOVED = "closing_moved"
    BOOKED_AFTER_CLOSING = "booked_after_closing"
    RECORD_CHANGED = "record_changed"
    RECORD_GONE = "record_gone"
    RECORD_UNLOGGED = "record_unlogged"
    LOG_CHANGED = "log_changed"
    FILE_MISSING = "file_missing"
    FILE_CHANGED = "file_changed"
    FINAL_CHANGED = "final_changed"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be. ``sentence`` is the msgid that tells it, with ``facts`` in its slots."""

    code: FaultCode
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return SENTENCES[self.code]

    def tell(self, translate: Callable[..., str]) -> str:
        """The sentence in the language of ``translate``; what kind of record it speaks of is a word to be translated too."""
        return translate(self.sentence, **{name: translate(value) if name == "record" else value for name, value in self.facts.items()})


SENTENCES: Mapping[FaultCode, str] = {
    FaultCode.DATABASE_DAMAGED: mark("The database file is damaged: {told}. Go back to the last good backup."),
    FaultCode.UNREADABLE: mark("What stands in the books cannot be read: {told}. Go back to the last good backup."),
    FaultCode.VOUCHER_GAP: mark("{year}: voucher {voucher} is missing."),
    FaultCode.VOUCHER_DOUBLE: mark("{year}: there is more than one voucher {voucher}."),
    FaultCode.ENTRY_WRONG: mark("{year}: voucher {voucher} has no amount above zero, or its day is not in the year."),
    FaultCode.ENTRY_CHANGED: mark("{year}: voucher {voucher} is not as it was booked."),
    FaultCode.ENTRY_GONE: mark("{year}: voucher {voucher} was booked and is gone."),
    FaultCode.ENTRY_UNLOGGED: mark("{year}: voucher {voucher} is in the books, but the change log does not know who booked it."),
    FaultCode.REVERSAL_WRONG: mark("{year}: voucher {voucher} does not take back exactly one earlier entry of the same amount and item."),
    FaultCode.GIVEN_WRONG: mark("{year}: voucher {voucher} is not the sum of the visits and hand-outs it pays."),
    FaultCode.CLAIM_WRONG: mark("{year}: claim {claim} and the entries that paid it do not agree."),
    FaultCode.SUM_WRONG: mark("{year}: the sums of the book are not what its entries add up to."),
    FaultCode.BALANCE_WRONG: mark("{year}: the balance after voucher {voucher} is shown wrong."),
    FaultCode.CLOSING_MOVED: mark("{year}-{month:02}: was closed with {closed} left, and now {now} is left."),
    FaultCode.BOOKED_AFTER_CLOSING: mark("{year}: voucher {voucher} was booked into a month that was closed already."),
    FaultCode.RECORD_CHANGED: mark("{record} {name} is not what the change log says of it."),
    FaultCode.RECORD_GONE: mark("{record} {name} is in the change log and is gone."),
    FaultCode.RECORD_UNLOGGED: mark("{record} {name} is there, but the change log does not know who made it."),
    FaultCode.LOG_CHANGED: mark("{record} {name}: the lines of the change log do not fit each other."),
    FaultCode.FILE_MISSING: mark("The file of “{name}” is missing: {file}."),
    FaultCode.FILE_CHANGED: mark("The file of “{name}” is not the one that was added: {file}."),
    FaultCode.FINAL_CHANGED: mark("The finalised summary “{name}” is not what was finalised."),
}

RECORDS: Mapping[str, str] = {
    "fund_year": mark("The book of the year"),
    "fund_month": mark("The month"),
    "fund_policy": mark("The policy"),
    "own_item": mark("The fund item"),
    "budget_line": mark("The budget line"),
    "budget_amendment": mark("The amendment"),
    "claim": mark("The claim"),
    "fund_paper": mark("The paper"),
    "care_visit": mark("The care visit"),
    "handout": mark("The hand-out"),
    "ceiling_rule": mark("The rule"),
    "ceiling_finding": mark("The finding"),
    "evidence": mark("The evidence"),
    "fund_entry": mark("The entry"),
}
"""Tables of the change log, as people say them."""
_OF_LOG: Mapping[Contradiction, FaultCode] = {
    Contradiction.CHANGED: FaultCode.RECORD_CHANGED,
    Contradiction.GONE: FaultCode.RECORD_GONE,
    Contradiction.UNLOGGED: FaultCode.RECORD_UNLOGGED,
    Contradiction.LOG_CHANGED: FaultCode.LOG_CHANGED,
}


def verify_books(session: Session, *, evidence_folder: Path) -> tuple[Fault, ...]:
    """Everything that is wrong: books, finalised summaries, papers; empty when all is well. Reads every entry and every file: seconds."""
    damaged = tuple(_check_database(session))
    try:
        return (
            *damaged,
            *_check_books(session),
            *_check_records(session),
            *_check_finals(session),
            *_check_files(session, evidence_folder),
        )
    except (LookupError, TypeError, ValueError) as error:  # no day, no amount, no such direction: the columns of SQLite take anything
        if isinstance(error, KeyError):
            raise
        return (*damaged, Fault(FaultCode.UNREADABLE, {"told": str(error)}))


def _check_books(session: Session) -> Iterator[Fault]:
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
    yield from _check_closings(entries, balances, heads, months)


def _check_records(session: Session) -> Iterator[Fault]:
    """All else the money rests on, against the change log."""
    for found in replay_log(session):
        yield Fault(_OF_LOG[found.contradiction], {"record": RECORDS[found.noun], "name": found.name})


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


def _check_database(session: Session) -> Iterator[Fault]:
    """What SQLite itself finds: a torn page, an index that lacks rows, a row that names one which is not there."""
    if session.connection().dialect.name != "sqlite":
        return
    told = session.connection().exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if told != "ok":
        yield Fault(FaultCode.DATABASE_DAMAGED, {"told": told})
    for table, row, parent, _ in session.connection().exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault(FaultCode.DATABASE_DAMAGED, {"told": f"{table} {row} → {parent}"})


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


def _check_closings(
    entries: Iterable[FundEntry], balances: _Balances, heads: Mapping[int, FundYear], months: Iterable[FundMonth]
) -> Iterator[Fault]:
    closed = [(row.year, row.month, row.closing_fen, row.closed_at_utc) for row in months]
    closed += [(head.year, 12, head.closing_fen, head.closed_at_utc) for head in heads.values() if head.closed_at_utc is not None]
    for year, month, closing_fen, _ in closed:
        now_fen = balances.at(year, month_span(year * 12 + month - 1)[1])
        if now_fen != closing_fen:
            facts = {"year": year, "month": month, "closed": format_fen(closing_fen or 0), "now": format_fen(now_fen)}
            yield Fault(FaultCode.CLOSING_MOVED, facts)
    closed_at = {(year, month): moment for year, month, _, moment in sorted(closed, key=lambda row: str(row[3]))}
    for entry in entries:
        moment = closed_at.get((entry.booked_on.year, entry.booked_on.month))
        if moment is not None and entry.created_at_utc > moment:
            yield _fault(FaultCode.BOOKED_AFTER_CLOSING, entry)


def _check_finals(session: Session) -> Iterator[Fault]:
    yield from (Fault(FaultCode.FINAL_CHANGED, {"name": title}) for title in find_changed_finals(session))


def _check_files(session: Session, folder: Path) -> Iterator[Fault]:
    """Files that were taken away too: they can be put back. What a private paper is called may name people."""
    papers = [(paper.stored_name, paper.sha256, "—" if paper.is_private else paper.name) for paper in session.exec(select(FundPaper))]
    papers += [(paper.stored_name, paper.sha256, paper.name) for paper in session.exec(select(Evidence))]
    for stored_name, sha256, name in dict.fromkeys(paper for paper in papers if paper[0]):
        path, facts = folder / stored_name, {"name": name, "file": stored_name}
        if not path.is_file():
            yield Fault(FaultCode.FILE_MISSING, facts)
        elif _hash(path) != sha256:
            yield Fault(FaultCode.FILE_CHANGED, facts)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
