"""The lines of a file on their way into the books: as they will be stored, and what the book has to say about each.

A line is known by what it says and its place among equal lines, so a second import changes nothing and two equal true payments are both
kept. Source: peers 2.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlmodel import Session, col, select

from unionboard.errors import Refusal
from unionboard.errors.ledger_import import CellNegative, NoSuchRow
from unionboard.models import Direction, FundEntry, FundSource
from unionboard.money import format_fen
from unionboard.reading.ledger_days import Sure
from unionboard.reading.ledger_lines import FileLine, FileSetting
from unionboard.reading.ledger_rows import Problem, Remark, RemarkKind
from unionboard.reference.item_words import Said
from unionboard.services import care, fund_years
from unionboard.services.fund_items import list_items
from unionboard.services.import_privacy import cover_line

NEAR_DAYS = 7
_SOURCES = (
    (FundSource.SENDING_WARMTH, "送温暖"),
    (FundSource.HARDSHIP, "帮扶|困难|hardship"),
    (FundSource.DONATIONS, "捐|donation"),
    (FundSource.EMPLOYER, "行政|学校|医院|单位|公司|employer"),
    (FundSource.DUES, "会费|dues"),
    (FundSource.UNION_FUNDS, "经费|拨缴|拨交|union"),
)


class LineState(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    KNOWN = "known"  # imported before
    NEAR = "near"  # perhaps booked already: somebody has to say
    REFUSED = "refused"
    LEFT = "left"  # left out on purpose


class Near(StrEnum):
    """What to do with lines that are perhaps booked already and of which nothing is said."""

    ASK = "ask"
    KEEP = "keep"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What people decided. ``kept`` and ``dropped``: keys of near lines; ``left_rows``: rows left out on purpose (``7``, ``3月!7``)."""

    near: Near = Near.ASK
    kept: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    left_rows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NearEntry:
    """An entry of the book that looks like a line of the file, as the ledger may show it."""

    voucher: int
    booked_on: date
    purpose: str


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A line as it will be stored. ``booked_on`` is sure as ``sure`` says; a negative ``amount_fen`` takes an earlier line back."""

    key: str
    row: str
    cell: str
    day_cell: str
    state: LineState
    booked_on: date | None
    sure: Sure
    direction: Direction
    item: str
    said: Said | None
    told: str
    amount_fen: int
    purpose: str
    payee: str
    handler: str
    approver: str
    cashier: str
    source: FundSource
    papers: int
    near: tuple[NearEntry, ...] = ()
    takes_back: str = ""  # the key of the line, or "#" and the id of the entry, that a negative amount takes back
    remarks: tuple[Remark, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def stored_on(self) -> date:
        """The day of a line that is to be stored; only one that is refused has none, and no day is ever guessed here."""
        assert self.booked_on is not None
        return self.booked_on


# --- lines as they will be stored --------------------------------------------------------------------------------------------


def name_lines(session: Session, lines: Iterable[FileLine], *, year: int, today: date, setting: FileSetting) -> list[ImportLine]:
    """Lines with their keys. Equal lines are told apart by their order, so both of two equal payments are kept."""
    seen: Counter[str] = Counter()
    named = []
    items = list_items(session)
    for raw in lines:
        line = cover_line(session, raw)
        booked_on = _day_of(line, year=year, today=today, setting=setting)
        day_key = {Sure.DAY: f"{line.day}", Sure.MONTH: f"{line.day:%Y-%m}" if line.day else "", Sure.NONE: ""}[line.sure]
        told = (year, day_key, raw.side, raw.told, raw.amount_fen, raw.purpose, raw.payee, raw.number, raw.reference)  # as the file has it
        plain = repr(told)
        seen[plain] += 1
        source, unknown = source_of(line, setting)
        remarks = [*line.remarks, *([Remark(RemarkKind.SOURCE_UNKNOWN, line.cell, line.source)] if unknown else [])]
        if line.sure is Sure.NONE:
            remarks.append(Remark(RemarkKind.NO_DAY, line.cell))
        code = line.match.code if line.match else ""
        purpose = line.purpose or (items[code].zh if code in items else "")
        if line.number and line.number not in purpose:
            purpose = f"{purpose}〔{line.number}〕"
        if len(purpose) > 300:
            purpose = f"{purpose[:299]}…"
            remarks.append(Remark(RemarkKind.PURPOSE_CUT, line.cell))
        named.append(
            ImportLine(
                key=sha256(f"{plain}/{seen[plain]}".encode()).hexdigest(),
                row=line.row,
                cell=line.cell,
                day_cell=line.day_cell,
                state=LineState.REFUSED if line.problems else LineState.NEW,
                booked_on=booked_on,
                sure=line.sure,
                direction=Direction(line.side),
                item=code,
                said=line.match.said if line.match else None,
                told=line.told or (line.match.word if line.match else ""),
                amount_fen=line.amount_fen,
                purpose=purpose,
                payee=line.payee[:80],
                handler=line.handler[:40],
                approver=line.approver[:40],
                cashier=line.cashier[:40],
                source=source,
                papers=line.papers,
                remarks=tuple(remarks),
                problems=line.problems,
            )
        )
    return named


def _day_of(line: FileLine, *, year: int, today: date, setting: FileSetting) -> date | None:
    """The day to book on: of a month that is not over, and of a report of this year, today."""
    if line.day is None:
        if line.problems:
            return None
        told = setting.defaults.get("day", "")
        last = date.fromisoformat(told) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", told) else date(year, 12, 31)
        return today if last > today >= date(year, 1, 1) else last
    if line.sure is Sure.MONTH and line.day > today >= line.day.replace(day=1):
        return today
    return line.day


def source_of(line: FileLine, setting: FileSetting) -> tuple[FundSource, bool]:
    """Whose money it is, and whether the file's word for it is unknown."""
    default = FundSource(setting.defaults.get("source", FundSource.UNION_FUNDS))
    if not line.source:
        return default, False
    for source, words in _SOURCES:
        if re.search(words, line.source, re.IGNORECASE):
            return source, False
    return default, True


# --- against the book --------------------------------------------------------------------------------------------------------


def find_known(session: Session, lines: Sequence[ImportLine], year: int) -> list[ImportLine]:
    """Lines that an import has stored before are known, whatever was wrong with them meanwhile."""
    known = set(session.exec(select(FundEntry.import_key).where(FundEntry.year == year, col(FundEntry.import_key) != "")))
    return [replace(line, state=LineState.KNOWN, problems=()) if line.key in known else line for line in lines]


def find_taken_back(session: Session, lines: Sequence[ImportLine], year: int) -> list[ImportLine]:
    """A negative amount takes back an earlier line of the file, or an entry of the book, of the same side, item and amount."""
    if not any(line.amount_fen < 0 for line in lines):
        return list(lines)
    open_lines: dict[tuple[Direction, str, int], list[ImportLine]] = defaultdict(list)
    for line in lines:
        if line.amount_fen > 0 and line.state is LineState.NEW:
            open_lines[line.direction, line.item, line.amount_fen].append(line)
    reversed_ids = select(FundEntry.reverses_id).where(col(FundEntry.reverses_id).is_not(None))
    query = select(FundEntry).where(FundEntry.year == year, col(FundEntry.reverses_id).is_(None), col(FundEntry.id).not_in(reversed_ids))
    open_entries: dict[tuple[Direction, str, int], list[FundEntry]] = defaultdict(list)
    for entry in session.exec(query.order_by(col(FundEntry.booked_on))):
        open_entries[entry.direction, entry.item, entry.amount_fen].append(entry)
    found = []
    for line in lines:
        if line.amount_fen >= 0 or line.state is not LineState.NEW:
            found.append(line)
            continue
        which = (line.direction, line.item, -line.amount_fen)
        day = line.booked_on or date.max
        earlier = [other for other in open_lines[which] if (other.booked_on or day) <= day]
        entries = [entry for entry in open_entries[which] if entry.booked_on <= day]
        if earlier:
            open_lines[which].remove(earlier[-1])
            found.append(
                replace(
                    line, takes_back=earlier[-1].key, remarks=(*line.remarks, Remark(RemarkKind.TAKES_BACK, line.cell, earlier[-1].row))
                )
            )
        elif entries:
            open_entries[which].remove(entries[-1])
            remark = Remark(RemarkKind.TAKES_BACK, line.cell, f"{entries[-1].voucher:03d}")
            found.append(replace(line, takes_back=f"#{entries[-1].id}", remarks=(*line.remarks, remark)))
        else:
            problem = Problem(line.cell, CellNegative(amount=format_fen(line.amount_fen)))
            found.append(replace(line, state=LineState.REFUSED, problems=(*line.problems, problem)))
    return found


def check_days(session: Session, lines: Sequence[ImportLine], year: int, today: date) -> list[ImportLine]:
    """What ``fund.book_entry`` would refuse of a day, asked once a day."""
    refusals: dict[date, Refusal | None] = {}
    checked = []
    for line in lines:
        day = line.booked_on
        if day is None or line.state is not LineState.NEW:
            checked.append(line)
            continue
        if day not in refusals:
            try:
                fund_years.check_day(session, day, today, named_year=year)
                refusals[day] = None
            except Refusal as refusal:
                refusals[day] = refusal
        refused = refusals[day]
        problem = () if refused is None else (Problem(line.day_cell, refused),)
        checked.append(replace(line, state=LineState.REFUSED, problems=problem) if problem else line)
    return checked


def find_near(session: Session, lines: Sequence[ImportLine], year: int) -> list[ImportLine]:
    """Entries of the same side and amount within ``NEAR_DAYS`` days (of lines without a day: of the same item in the year) that are not
    from this file."""
    days = [line.booked_on for line in lines if line.booked_on]
    if not days:
        return list(lines)
    span = timedelta(days=NEAR_DAYS)
    first, last = min(*days, date(year, 12, 31)), max(*days, date(year, 1, 1))
    if any(line.sure is Sure.NONE for line in lines):
        first, last = date(year, 1, 1), date(year, 12, 31)
    reversed_ids = select(FundEntry.reverses_id).where(col(FundEntry.reverses_id).is_not(None))
    query = select(FundEntry).where(
        col(FundEntry.booked_on) >= first - span,
        col(FundEntry.booked_on) <= last + span,
        col(FundEntry.reverses_id).is_(None),
        col(FundEntry.id).not_in(reversed_ids),
    )
    own = {line.key for line in lines}
    entries: dict[tuple[Direction, int], list[FundEntry]] = defaultdict(list)
    for entry in session.exec(query):
        if entry.import_key not in own:
            entries[entry.direction, entry.amount_fen].append(entry)
    matches = [
        [entry for entry in entries[line.direction, line.amount_fen] if _is_near(line, entry)] if line.state is LineState.NEW else []
        for line in lines
    ]
    covered = care.cover_purposes(session, year) if any(matches) else {}  # what the ledger hides of visits is hidden here too
    found = []
    for line, near in zip(lines, matches, strict=True):
        views = tuple(NearEntry(entry.voucher, entry.booked_on, covered.get(entry.id or 0, entry.purpose)) for entry in near)
        found.append(replace(line, state=LineState.NEAR, near=views) if views else line)
    return found


def _is_near(line: ImportLine, entry: FundEntry) -> bool:
    if line.sure is Sure.NONE or line.booked_on is None:
        return line.item == entry.item
    return abs((line.booked_on - entry.booked_on).days) <= NEAR_DAYS


def decide(line: ImportLine, choices: ImportChoices) -> ImportLine:
    """The line after what people chose."""
    if line.row in choices.left_rows and line.state is not LineState.KNOWN:
        return replace(line, state=LineState.LEFT)
    if line.state is not LineState.NEAR:
        return line
    if line.key in choices.kept or (choices.near is Near.KEEP and line.key not in choices.dropped):
        return replace(line, state=LineState.NEW)
    if line.key in choices.dropped or choices.near is Near.LEAVE:
        return replace(line, state=LineState.LEFT)
    return line


def row_of(cell: str) -> str:
    """The row of a cell: ``E7`` -> ``7``, ``3月!E7`` -> ``3月!7``."""
    return re.sub(r"[A-Z]+(\d+)$", r"\1", cell)


def check_left_rows(choices: ImportChoices, rows: Collection[str]) -> None:
    """Only rows that hold something can be left out. Raises: NoSuchRow."""
    for row in sorted(choices.left_rows - set(rows)):
        raise NoSuchRow(row=row)
