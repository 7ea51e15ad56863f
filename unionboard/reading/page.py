"""A document as lines and tables: the lines go to the grammar of texts, the tables to the reader of tables, the two readings become one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from unionboard.errors.documents import EmptyDocument, NoPlanFound
from unionboard.reading.cells import MAX_ROWS, Block, Heading, Row
from unionboard.reading.columns import Columns, find_columns
from unionboard.reading.documents import is_title
from unionboard.reading.draft import (
    DocumentKind,
    FoundDocument,
    IgnoredReason,
    LineFate,
    LineUse,
    PlanDraft,
    Reading,
    SectionDraft,
    SectionRole,
    SourceLine,
)
from unionboard.reading.lines import fold, fold_line
from unionboard.reading.marks import find_mark
from unionboard.reading.matrix import Matrix, find_matrix, read_matrix
from unionboard.reading.months import Time
from unionboard.reading.numbering import format_chinese
from unionboard.reading.tables import TableReading, read_table
from unionboard.reading.text import read_lines

_YEAR = re.compile(r"20\d\d(?=\s*[年—–-])")


@dataclass(frozen=True, slots=True)
class _Table:
    rows: Sequence[Row]
    columns: Columns | Matrix
    lines: range
    time: Time | None


class Page:
    """The lines of a document as people see them, and the tables that stand between them."""

    def __init__(self, lines_before: Sequence[str] = ()) -> None:
        self.first_line = len(lines_before) + 1
        self.shown = list(lines_before)
        self.read = [""] * len(lines_before)  # what the grammar of texts gets to see: table rows are blank
        self.tables: list[_Table] = []
        self.headings: list[tuple[int, int]] = []  # position in ``read`` and level of headings by style
        self.fates: list[LineFate] = []  # of lines that neither the grammar nor a table reads

    def add_blocks(self, blocks: Sequence[Block]) -> None:
        """The blocks of a document, in order."""
        for block in blocks:
            match block:
                case str():
                    self._add_text(block)
                case Heading():
                    self.headings.append((len(self.read), block.level))
                    self._add_text(block.text)
                case rows:
                    self.add_table(rows)

    def add_table(
        self, rows: Sequence[Row], *, name: str = "", time: Time | None = None, rows_left: int = 0, columns_left: int = 0
    ) -> None:
        """A table. ``name`` is shown above it and says the ``time`` of its rows; what was left of it unread is told below it."""
        if name:
            self._add_told(name, LineFate(len(self.shown) + 1, LineUse.MONTH_HEAD))
        left = rows_left + len(rows[MAX_ROWS:])
        rows = rows[:MAX_ROWS]
        columns = find_matrix(rows) or find_columns(rows, has_time=time is not None) or self._columns_above(rows)
        if columns is None:
            for row in rows:
                self._add_cells(row)
        else:
            captions = max(columns.first - columns.header_rows, 0)
            for row in rows[:captions]:
                self._add_cells(row)
            body = rows[captions:]
            first_line = len(self.shown) + 1
            self.shown += [" | ".join(_one_line(cell.text) for cell in row).rstrip(" |") for row in body]
            self.read += [""] * len(body)
            lines = range(first_line, first_line + len(body))
            self.tables.append(_Table(body, replace(columns, first=columns.first - captions), lines, time))
        for words, count in (("{} 行", left), ("{} 列", columns_left)):
            if count:
                line = len(self.shown) + 1
                self._add_told(f"…… {words.format(count)}", LineFate(line, LineUse.IGNORED, IgnoredReason.BEYOND_LIMIT))

    def number_headings(self) -> frozenset[int]:
        """Gives headings that are told only by their style the numbers by which the grammar of texts knows headings.

        Returns the lines so numbered; none when the document prints numbers of its own or has only one such heading.
        """
        first = next((position for position, line in enumerate(self.read) if line.strip()), 0)
        headings = [(at, level) for at, level in self.headings if at != first and not _is_no_section(self.read[at])]
        if any(find_mark(fold(self.read[at].strip())) for at, _ in headings):
            return frozenset()
        top = min((level for _, level in headings), default=0)
        sections = [at for at, level in headings if level == top]
        if len(sections) < 2:
            return frozenset()
        for number, at in enumerate(sections, start=1):
            self.read[at] = f"{format_chinese(number)}、{self.read[at].strip()}"
        return frozenset(at + 1 for at in sections)

    def _columns_above(self, rows: Sequence[Row]) -> Columns | Matrix | None:
        """A table that goes on where a page break cut it has the columns of the one above."""
        if not self.tables or any(line.strip() for line in self.read[self.tables[-1].lines.stop - 1 :]):
            return None
        above = self.tables[-1].columns
        return replace(above, first=0, header_rows=0) if above.wide == max(map(len, rows), default=0) else None

    def _add_cells(self, row: Row) -> None:
        for cell in row:
            for line in cell.text.splitlines():
                if line.strip():
                    self._add_text(line.strip())

    def _add_text(self, line: str) -> None:
        self.shown.append(line)
        self.read.append(line)

    def _add_told(self, line: str, fate: LineFate) -> None:
        self.shown.append(line)
        self.read.append("")
        self.fates.append(fate)


def _is_no_section(line: str) -> bool:
    """A heading that is the document's title, or belongs to the web page around it."""
    return is_title(fold(line.strip())) or fold_line(0, line).reason is not None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def read_page(page: Page, *, filename: str) -> Reading:
    """The text read by the grammar of texts, each table put into the document it stands in.

    Raises: EmptyDocument, NoPlanFound.
    """
    if not any(line.strip() for line in page.shown):
        raise EmptyDocument
    numbered = page.number_headings()
    tables = [(each.lines, _read_table(each)) for each in page.tables]
    reading = _read_around(page, [table for _, table in tables], filename=filename)
    plans, documents = [_without_numbers(plan, numbered) for plan in reading.plans], list(reading.documents)
    for lines, table in tables:
        place = max((index for index, document in enumerate(documents) if document.first_line <= lines.start), default=0)
        plan = _with_table(plans[place], table)
        plans[place] = plan if plan.years else replace(plan, years=_years(page.shown[lines.start - 1 : lines.stop - 1]))
        documents[place] = replace(documents[place], has_schedule=bool(plan.schedule), kind=plan.kind)
    return Reading(
        filename,
        source_lines(page.shown),
        tuple(documents),
        tuple(replace(plan, fates=complete_fates((*plan.fates, *page.fates), page.shown)) for plan in plans),
    )


def _read_table(table: _Table) -> TableReading:
    if isinstance(table.columns, Matrix):
        return read_matrix(table.rows, table.columns, lines=table.lines)
    return read_table(table.rows, table.columns, lines=table.lines, time=table.time)


def _read_around(page: Page, tables: Sequence[TableReading], *, filename: str) -> Reading:
    """The lines around the tables; a document that is nothing but tables of a plan is named by its file."""
    scheduled = any(table.entries for table in tables)
    has_plan = scheduled or any(section.measures for table in tables for section in table.sections)
    try:
        return read_lines(page.read, filename=filename, has_schedule_table=scheduled)
    except EmptyDocument:
        if has_plan:
            return _untitled(page, filename=filename)
        raise NoPlanFound from None
    except NoPlanFound:
        if not has_plan:
            raise
        reading = read_lines(page.read, filename=filename, has_schedule_table=True)
        return reading if reading.plans else _untitled(page, filename=filename)


def _untitled(page: Page, *, filename: str) -> Reading:
    title = PurePath(filename).stem
    document = FoundDocument(1, title, DocumentKind.PLAN, 1, len(page.shown))
    return Reading(filename, (), (document,), (PlanDraft(1, title, DocumentKind.PLAN),))


def _without_numbers(plan: PlanDraft, lines: frozenset[int]) -> PlanDraft:
    """The plan without the numbers that the document itself does not print."""
    sections = tuple(replace(section, printed_number="") if section.line in lines else section for section in plan.sections)
    return replace(plan, sections=sections)


def _with_table(plan: PlanDraft, table: TableReading) -> PlanDraft:
    """The plan with the table's activities and duties; a table of nothing but duties belongs to the section it stands in."""
    above = [place for place, section in enumerate(plan.sections) if section.role is SectionRole.WORK and not table.entries]
    sections: list[SectionDraft] = list(plan.sections)
    places: list[int] = []  # where each of the table's sections went
    for section in table.sections:
        own = max((place for place in above if plan.sections[place].line < section.line), default=None)
        if section.heading or own is None:
            places.append(len(sections))
            sections.append(replace(section, number=len(sections) + 1))
        else:
            places.append(own)
            sections[own] = replace(sections[own], measures=(*sections[own].measures, *section.measures))
    entries = tuple(
        replace(
            entry,
            items=tuple(item if item.section is None else replace(item, section=places[item.section]) for item in entry.items),
        )
        for entry in table.entries
    )
    return replace(
        plan,
        kind=DocumentKind.PLAN if entries else plan.kind,
        sections=tuple(sections),
        schedule=tuple(sorted((*plan.schedule, *entries), key=lambda entry: entry.line)),
        fates=(*plan.fates, *table.fates),
    )


def _years(lines: Sequence[str]) -> tuple[int, ...]:
    """Years named in these lines, most frequent first."""
    return tuple(year for year, _ in Counter(int(year) for line in lines for year in _YEAR.findall(line)).most_common())


def complete_fates(fates: Sequence[LineFate], lines: Sequence[str]) -> tuple[LineFate, ...]:
    """One fate for every line that is not blank; a line without one belongs to another document."""
    known = {fate.line: fate for fate in fates}
    return tuple(known.get(number, LineFate(number, LineUse.ELSEWHERE)) for number, line in enumerate(lines, start=1) if line.strip())


def source_lines(lines: Sequence[str]) -> tuple[SourceLine, ...]:
    """The lines as shown, numbered from 1."""
    return tuple(SourceLine(number, text) for number, text in enumerate(lines, start=1))
