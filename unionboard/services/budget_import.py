"""A year's budget from a file: the same reading as a ledger's, without days; the same preview before it is stored, whole or not at all."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlmodel import Session, select

from unionboard.errors import Refusal
from unionboard.errors.fund import BudgetNegative
from unionboard.errors.ledger_import import FileChanged, LinesRefused
from unionboard.models import BudgetLine, FundSource
from unionboard.reading.ledger_drafts import LeftRow
from unionboard.reading.ledger_file import read_sheets
from unionboard.reading.ledger_lines import FileSetting, read_ledger
from unionboard.reading.ledger_rows import Problem, Remark
from unionboard.reference.item_words import ItemWords, Said
from unionboard.services import budget
from unionboard.services.fund_items import list_items
from unionboard.services.import_lines import ImportChoices, check_left_rows, row_of, source_of
from unionboard.services.import_mappings import find_mapping, setting_of, sign_file


class BudgetState(StrEnum):
    """What becomes of a line of the budget."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class BudgetImportLine:
    """An item and source, summed over ``rows`` of the file; ``was_fen`` is what the book says now."""

    item: str
    source: FundSource
    amount_fen: int
    was_fen: int
    state: BudgetState
    rows: tuple[str, ...]
    told: tuple[str, ...]
    said: Said | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class BudgetPreview:
    """What an import would make of the year's budget. Items the file does not name stay as they are."""

    year: int
    file_name: str
    sha256: str
    lines: tuple[BudgetImportLine, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[LeftRow, ...]
    carried_fen: int | None  # what the file says was carried over; the budget does not keep it
    mapping: str
    setting: FileSetting

    @property
    def changes(self) -> tuple[BudgetImportLine, ...]:
        return tuple(line for line in self.lines if line.state in (BudgetState.NEW, BudgetState.CHANGED))

    @property
    def fingerprint(self) -> str:
        """Equal fingerprints: the same would be stored."""
        return sha256(repr((self.sha256, self.lines)).encode()).hexdigest()


def preview_budget(
    session: Session,
    data: bytes,
    *,
    file_name: str,
    year: int,
    setting: FileSetting | None = None,
    mapping: str = "",
    choices: ImportChoices | None = None,
) -> BudgetPreview:
    """What importing the budget would do; nothing is stored. Parameters and ``Raises`` as ``ledger_import.preview_import``."""
    choices = choices or ImportChoices()
    sheets, items = read_sheets(data, filename=file_name), list_items(session)
    if setting is None:
        row = find_mapping(session, name=mapping, signature=sign_file(sheets, ItemWords(items)))
        setting, mapping = (setting_of(row), row.name) if row else (FileSetting(), "")
    words = ItemWords(items, {word: code for word, code in setting.items.items() if code in items})
    file = read_ledger(sheets, year=year, words=words, setting=setting, wants_budget=True)
    taken = [line for line in file.lines if line.row not in choices.left_rows]
    problems = [problem for line in taken for problem in line.problems]
    problems += [problem for problem in file.problems if row_of(problem.cell) not in choices.left_rows]
    check_left_rows(choices, {line.row for line in file.lines} | {row_of(problem.cell) for problem in file.problems})
    problems += [Problem(line.cell, BudgetNegative()) for line in taken if line.amount_fen < 0]
    groups: dict[budget.Pot, list[int]] = defaultdict(list)
    for place, line in enumerate(taken):
        if line.match is not None and not line.problems:
            groups[line.match.code, source_of(line, setting)[0]].append(place)
    now = {(line.item, line.source): line.amount_fen for line in session.exec(select(BudgetLine).where(BudgetLine.year == year))}
    lines = []
    for pot, places in groups.items():
        own = [taken[place] for place in places]
        amount_fen, was_fen = sum(line.amount_fen for line in own), now.get(pot, 0)
        state = BudgetState.SAME if amount_fen == was_fen else BudgetState.CHANGED if was_fen else BudgetState.NEW
        match = own[0].match
        lines.append(
            BudgetImportLine(
                *pot,
                amount_fen,
                was_fen,
                state,
                tuple(line.row for line in own),
                tuple(line.told for line in own),
                match.said if match else None,
                tuple(remark for line in own for remark in line.remarks),
            )
        )
    changed = any(line.state is not BudgetState.SAME for line in lines)
    if changed and (refusal := _refusal_of_year(session, year)) is not None:
        problems.append(Problem(taken[0].cell, refusal))
    order = {code: place for place, code in enumerate(items)}
    return BudgetPreview(
        year=year,
        file_name=file_name,
        sha256=sha256(data).hexdigest(),
        lines=tuple(sorted(lines, key=lambda line: (order.get(line.item, len(order)), line.source))),
        problems=tuple(problems),
        left_out=file.left_out,
        carried_fen=file.opening_fen,
        mapping=mapping,
        setting=setting,
    )


def import_budget(
    session: Session, preview: BudgetPreview, data: bytes, *, choices: ImportChoices | None = None, who: str, now_utc: datetime
) -> int:
    """Store what ``preview`` shows; returns how many lines were set. The caller commits.

    Raises: LinesRefused, FileChanged, BudgetAdopted, BudgetClosed.
    """
    fresh = preview_budget(
        session, data, file_name=preview.file_name, year=preview.year, setting=preview.setting, mapping=preview.mapping, choices=choices
    )
    check_budget_ready(fresh)
    if fresh.fingerprint != preview.fingerprint:
        raise FileChanged
    for line in fresh.changes:
        budget.set_line(
            session, year=fresh.year, item=line.item, source=line.source, amount_fen=line.amount_fen, version=None, who=who, now_utc=now_utc
        )
    return len(fresh.changes)


def check_budget_ready(preview: BudgetPreview) -> None:
    """Raises: LinesRefused, or what the year itself refuses, such as BudgetAdopted."""
    for problem in preview.problems:
        if type(problem.refusal).__module__.endswith((".budget", ".closing")):
            raise problem.refusal
    if preview.problems:
        raise LinesRefused(cells=", ".join(dict.fromkeys(problem.cell for problem in preview.problems)))


def _refusal_of_year(session: Session, year: int) -> Refusal | None:
    """Why this year's budget takes no change any more."""
    try:
        budget.check_editable(session, year)
    except Refusal as refusal:
        return refusal
    return None
