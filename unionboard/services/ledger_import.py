"""Entries from a file into the books: a preview that is exactly what will be stored, and the import that stores it, whole or not at all.

Preview and import read the file by the same call: what the import would refuse, the preview shows as refused, with its cell. A line is
known by what it says and its place among equal lines (``import_lines``). Source: peers 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256

from sqlmodel import Session, col, select

from unionboard.errors import Refusal
from unionboard.errors.ledger_import import CellOpeningDiffers, FileChanged, LinesRefused, NearUndecided
from unionboard.models import Direction, FundEntry, LedgerImport
from unionboard.models.changelog import ChangeAction
from unionboard.money import format_fen
from unionboard.reading.ledger_columns import Layout
from unionboard.reading.ledger_drafts import LeftRow
from unionboard.reading.ledger_file import read_sheets
from unionboard.reading.ledger_lines import FileSetting, read_ledger
from unionboard.reading.ledger_rows import Problem
from unionboard.reference.item_words import ItemWords
from unionboard.services import fund, fund_years
from unionboard.services.changes import record_change
from unionboard.services.fund_items import list_items
from unionboard.services.import_lines import (
    ImportChoices,
    ImportLine,
    LineState,
    check_days,
    check_left_rows,
    decide,
    find_known,
    find_near,
    find_taken_back,
    name_lines,
    row_of,
)
from unionboard.services.import_mappings import find_mapping, setting_of, sign_file
from unionboard.services.privacy import cover_numbers

_NAMED = 8  # cells that a refusal names before it says "…"


class OpeningState(StrEnum):
    """What becomes of the opening balance a file tells."""

    NONE = "none"  # it tells none
    SET = "set"
    EQUAL = "equal"
    REFUSED = "refused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do. ``problems``: cells that are no line's: totals, balances, the opening.

    ``has_other_lines``: the book holds entries of this year that are not from this file; a yearly report would count twice.
    """

    year: int
    file_name: str
    sha256: str
    lines: tuple[ImportLine, ...]
    opening_fen: int | None
    opening: OpeningState
    closing_fen: int
    left_out: tuple[LeftRow, ...]
    problems: tuple[Problem, ...]
    layouts: tuple[Layout, ...]
    signature: str
    mapping: str
    unit_yuan: int | Fraction
    is_dated: bool
    has_other_lines: bool
    setting: FileSetting = field(default_factory=FileSetting)

    def count(self, *states: LineState) -> int:
        """How many lines are in one of ``states``."""
        return sum(line.state in states for line in self.lines)

    def total_fen(self, direction: Direction) -> int:
        """What the new lines of one side come to."""
        return sum(line.amount_fen for line in self.lines if line.state is LineState.NEW and line.direction is direction)

    @property
    def refused_cells(self) -> tuple[Problem, ...]:
        """Every cell that stops the import."""
        return (*self.problems, *(problem for line in self.lines if line.state is LineState.REFUSED for problem in line.problems))

    @property
    def near_rows(self) -> tuple[str, ...]:
        return tuple(line.row for line in self.lines if line.state is LineState.NEAR)

    @property
    def is_ready(self) -> bool:
        """Whether the import would go through; it may have nothing to do."""
        return not (self.refused_cells or self.near_rows)

    @property
    def fingerprint(self) -> str:
        """Equal fingerprints: the same would be stored."""
        told = [(line.key, line.state, line.booked_on, line.item, line.amount_fen, line.source) for line in self.lines]
        return sha256(repr((self.sha256, self.opening, told, self.closing_fen)).encode()).hexdigest()


def preview_import(
    session: Session,
    data: bytes,
    *,
    file_name: str,
    year: int,
    today: date,
    setting: FileSetting | None = None,
    mapping: str = "",
    choices: ImportChoices | None = None,
) -> ImportPreview:
    """What importing the file would do; nothing is stored.

    ``setting`` None: the mapping named ``mapping``, else the one remembered for files with these headings, else what the file says.
    Raises: what ``read_sheets`` and ``read_ledger`` raise, NoSuchMapping, NoSuchRow.
    """
    choices = choices or ImportChoices()
    sheets = read_sheets(data, filename=file_name)
    items = list_items(session)
    signature = sign_file(sheets, ItemWords(items))
    if setting is None:
        row = find_mapping(session, name=mapping, signature=signature)
        setting, mapping = (setting_of(row), row.name) if row else (FileSetting(), "")
    words = ItemWords(items, {word: code for word, code in setting.items.items() if code in items})
    file = read_ledger(sheets, year=year, words=words, setting=setting)
    lines = name_lines(session, file.lines, year=year, today=today, setting=setting)
    lines = find_known(session, lines, year)
    lines = find_taken_back(session, lines, year)
    lines = check_days(session, lines, year, today)
    lines = [decide(line, choices) for line in find_near(session, lines, year)]
    problems = tuple(problem for problem in file.problems if row_of(problem.cell) not in choices.left_rows)
    opening, opening_problems = _judge_opening(session, year, file.opening_fen, [told.cell for told in file.openings], choices)
    cells = [*(problem.cell for problem in (*file.problems, *opening_problems)), *(told.cell for told in file.openings)]
    check_left_rows(choices, {line.row for line in lines} | {row_of(cell) for cell in cells})
    begins_fen = (file.opening_fen or 0) if opening is OpeningState.SET else fund_years.opening_of(session, year)
    preview = ImportPreview(
        year=year,
        file_name=cover_numbers(file_name),  # banks call their exports after the account
        sha256=sha256(data).hexdigest(),
        lines=tuple(lines),
        opening_fen=file.opening_fen,
        opening=opening,
        closing_fen=0,
        left_out=file.left_out,
        problems=problems + (opening_problems if opening is OpeningState.REFUSED else ()),
        layouts=file.layouts,
        signature=signature,
        mapping=mapping,
        unit_yuan=file.unit_yuan,
        is_dated=file.is_dated,
        has_other_lines=_has_other_lines(session, year, {line.key for line in lines}),
        setting=setting,
    )
    booked = fund.read_book(session, year)
    change_fen = preview.total_fen(Direction.IN) - preview.total_fen(Direction.OUT)
    return replace(preview, closing_fen=begins_fen + booked.total_income_fen - booked.total_spending_fen + change_fen)


def import_ledger(
    session: Session, preview: ImportPreview, data: bytes, *, choices: ImportChoices, today: date, who: str, now_utc: datetime
) -> LedgerImport:
    """Store what ``preview`` shows, in the order of days; the caller commits. The file is read once more, so nothing else can be stored.

    Raises: LinesRefused, NearUndecided, FileChanged (something was booked since the preview, or it is another file), and what
    ``fund.book_entry`` raises.
    """
    fund_years.lock_year(session, preview.year)
    fresh = preview_import(
        session,
        data,
        file_name=preview.file_name,
        year=preview.year,
        today=today,
        setting=preview.setting,
        mapping=preview.mapping,
        choices=choices,
    )
    check_ready(fresh)
    if fresh.fingerprint != preview.fingerprint:
        raise FileChanged
    if fresh.opening is OpeningState.SET:
        fund.set_opening(session, year=fresh.year, opening_fen=fresh.opening_fen, who=who, now_utc=now_utc)
    new = [line for line in fresh.lines if line.state is LineState.NEW]
    _book(session, sorted(new, key=lambda line: (line.stored_on, line.amount_fen < 0)), today=today, who=who, now_utc=now_utc)
    row = LedgerImport(
        year=fresh.year,
        file_name=fresh.file_name[:200],
        sha256=fresh.sha256,
        mapping=fresh.mapping,
        booked=len(new),
        known=fresh.count(LineState.KNOWN),
        left_out=fresh.count(LineState.LEFT),
        who=who,
        created_at_utc=now_utc,
    )
    if new or fresh.opening is OpeningState.SET:  # a second import changes nothing, not even the list of imports
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def check_ready(preview: ImportPreview) -> None:
    """Raises: LinesRefused with the first cells, NearUndecided with the rows."""
    if cells := list(dict.fromkeys(problem.cell for problem in preview.refused_cells)):
        raise LinesRefused(cells=_listed(cells))
    if preview.near_rows:
        raise NearUndecided(rows=_listed(preview.near_rows))


def list_imports(session: Session, year: int) -> list[LedgerImport]:
    """The imports of a year that stored something, newest first."""
    return list(session.exec(select(LedgerImport).where(LedgerImport.year == year).order_by(col(LedgerImport.id).desc())))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


# --- against the book --------------------------------------------------------------------------------------------------------


def _judge_opening(
    session: Session, year: int, told_fen: int | None, cells: Sequence[str], choices: ImportChoices
) -> tuple[OpeningState, tuple[Problem, ...]]:
    """An opening balance is taken when none was told or carried, and must be equal otherwise."""
    if told_fen is None:
        return OpeningState.NONE, ()
    if any(row_of(cell) in choices.left_rows for cell in cells):
        return OpeningState.LEFT, ()
    head, carried_fen = fund.find_year(session, year), fund_years.opening_of(session, year)
    if carried_fen == told_fen:
        return OpeningState.EQUAL, ()
    if carried_fen or (head is not None and head.opening_fen is not None):
        refusal: Refusal = CellOpeningDiffers(told=format_fen(told_fen), counted=format_fen(carried_fen))
        return OpeningState.REFUSED, (Problem(cells[0], refusal),)
    try:
        fund_years.check_open(session, date(year, 1, 1))
    except Refusal as refused:
        return OpeningState.REFUSED, (Problem(cells[0], refused),)
    return OpeningState.SET, ()


def _has_other_lines(session: Session, year: int, keys: set[str]) -> bool:
    return any(key not in keys for key in session.exec(select(FundEntry.import_key).where(FundEntry.year == year)))


def _book(session: Session, lines: Sequence[ImportLine], *, today: date, who: str, now_utc: datetime) -> None:
    """Lines in their order; what takes an earlier line back needs that one's id, so the ones before it are stored first."""
    rows: dict[str, FundEntry] = {}
    waiting: list[FundEntry] = []
    for line in lines:
        if line.amount_fen > 0:
            rows[line.key] = _row(line, who=who, now_utc=now_utc)
            waiting.append(rows[line.key])
            continue
        fund.book_entries(session, waiting, today=today, who=who, now_utc=now_utc)
        waiting = []
        entry_id = int(line.takes_back[1:]) if line.takes_back.startswith("#") else rows[line.takes_back].id or 0
        day = line.stored_on
        fund.reverse_entry(
            session, entry_id, booked_on=day, reason=line.purpose, import_key=line.key, today=today, who=who, now_utc=now_utc
        )
    fund.book_entries(session, waiting, today=today, who=who, now_utc=now_utc)


def _row(line: ImportLine, *, who: str, now_utc: datetime) -> FundEntry:
    day = line.stored_on
    return FundEntry(
        year=day.year,
        voucher=0,
        booked_on=day,
        direction=line.direction,
        item=line.item,
        amount_fen=line.amount_fen,
        purpose=line.purpose,
        source=line.source,
        payee=line.payee,
        handler=line.handler,
        approver=line.approver,
        cashier=line.cashier,
        papers=line.papers,
        import_key=line.key,
        who=who,
        created_at_utc=now_utc,
    )
