"""A file's bytes -> Reading: which format it is, what keeps it from being read, and how tables join the text around them."""

import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import PurePath

from unionboard.errors import DamagedDocument, DocumentTooLarge, EmptyDocument, FormatNotRead, NoPlanFound, ProtectedDocument
from unionboard.reading.details import detail_reading
from unionboard.reading.documents import is_title
from unionboard.reading.draft import (
    ActivityDraft,
    DocumentKind,
    FoundDocument,
    IgnoredReason,
    LineFate,
    LineUse,
    PlanDraft,
    Reading,
    SourceLine,
)
from unionboard.reading.encoding import decode_text
from unionboard.reading.lines import fold
from unionboard.reading.marks import find_mark
from unionboard.reading.numbering import format_chinese
from unionboard.reading.tables import Block, Columns, Heading, Row, TableReading, find_columns, read_table
from unionboard.reading.text import read_lines, read_text
from unionboard.reading.word import read_word

MIB = 1024 * 1024
LIMIT_MB = 20  # MiB of the file as uploaded
UNPACKED_LIMIT_MB = 64  # MiB of XML inside a .docx or .xlsx: a plan has less than one; a zip bomb has thousands

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word and Excel before 2007, WPS, and anything encrypted with a password
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
)
_NOT_READ = {
    ".doc",
    ".wps",
    ".wpt",
    ".xls",
    ".et",
    ".ppt",
    ".pptx",
    ".dps",
    ".pdf",
    ".ofd",
    ".rtf",
    ".odt",
    ".ods",
    ".docm",
    ".xlsm",
    ".xlsb",
}
_NOT_READ |= {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".html", ".htm", ".mht", ".zip", ".rar", ".7z"}
_PACKAGES = {".docx", ".xlsx"}

_YEAR = re.compile(r"20\d\d(?=\s*[年—–-])")


def read_file(data: bytes, *, filename: str) -> Reading:
    """Reads a plan document: Word (.docx), Excel (.xlsx) or text in any usual Chinese encoding. What it is, its content decides first.

    Raises: DocumentTooLarge above ``LIMIT_MB`` MiB, EmptyDocument, FormatNotRead (.doc, .xls, .wps, .pdf, pictures …), ProtectedDocument
    (password), DamagedDocument, NotADocument (binary data), NoPlanFound.
    """
    match find_format(data, filename=filename):
        case ".docx":
            return detail_reading(_read_blocks(read_word(data), filename=filename))
        case ".xlsx":
            from unionboard.reading.workbook import read_workbook  # noqa: PLC0415 - a quarter of a second that only workbooks pay

            return detail_reading(_read_sheets(read_workbook(data), filename=filename))
    return read_text(decode_text(data), filename=filename)


def find_format(data: bytes, *, filename: str) -> str:
    """What kind of document a file is, checked before it is opened: ``.docx``, ``.xlsx``, or an empty string for text.

    Raises: as ``read_file``, but for what only reading finds.
    """
    if len(data) > LIMIT_MB * MIB:
        raise DocumentTooLarge(limit_mb=LIMIT_MB)
    if not data.strip():
        raise EmptyDocument
    return _format(data, PurePath(filename).suffix.lower())


def _format(data: bytes, suffix: str) -> str:
    """The format to read: ``.docx``, ``.xlsx``, or an empty string for text."""
    if data.startswith(_ZIP):
        return _package_format(data, suffix)
    if data.startswith(_OLE):
        raise _old_format(data, suffix)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise FormatNotRead(suffix=kind)
    if suffix in _PACKAGES:
        raise DamagedDocument
    if suffix in _NOT_READ:
        raise FormatNotRead(suffix=suffix)
    return ""


def _package_format(data: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            kinds = package.read("[Content_Types].xml") if _unpacked(entries) <= UNPACKED_LIMIT_MB * MIB else None
    except KeyError:  # a zip without that part is no Office document
        raise FormatNotRead(suffix=suffix if suffix in _NOT_READ else ".zip") from None
    except Exception as error:  # zipfile, zlib and struct each have their own errors for broken archives
        raise DamagedDocument from error
    if kinds is None:
        raise DocumentTooLarge(limit_mb=LIMIT_MB)
    if b"macroEnabled" in kinds or b"sheet.binary" in kinds:
        raise FormatNotRead(suffix=suffix if suffix in _NOT_READ else ".docm")
    names = [entry.filename for entry in entries]
    for folder, kind in (("word/", ".docx"), ("xl/", ".xlsx")):
        if any(name.startswith(folder) for name in names):
            return kind
    raise FormatNotRead(suffix=suffix if suffix not in _PACKAGES and suffix else ".zip")


def _unpacked(entries: Sequence[zipfile.ZipInfo]) -> int:
    """Bytes of XML the archive says it unpacks to; zipfile never unpacks more than it says. Pictures are not unpacked at all."""
    return sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels", ".vml")))


def _old_format(data: bytes, suffix: str) -> FormatNotRead | ProtectedDocument:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ProtectedDocument()
    if suffix in _NOT_READ:
        return FormatNotRead(suffix=suffix)
    return FormatNotRead(suffix=".xls" if "Workbook".encode("utf-16-le") in data else ".doc")


class _Page:
    """The lines of a document as people see them, and the tables that stand between them."""

    def __init__(self, lines_before: Sequence[str] = ()) -> None:
        self.first_line = len(lines_before) + 1
        self.shown = list(lines_before)
        self.read = [""] * len(lines_before)  # what the grammar of texts gets to see: table rows are blank
        self.tables: list[tuple[Sequence[Row], Columns, range]] = []
        self.headings: list[tuple[int, int]] = []  # position in ``read`` and level of headings by style

    def add_text(self, line: str) -> None:
        self.shown.append(line)
        self.read.append(line)

    def add_table(self, rows: list[Row]) -> None:
        columns = find_columns(rows) or self._columns_above(rows)
        if columns is None:
            for row in rows:
                self._add_cells(row)
            return
        captions = max(columns.first - 1, 0)
        for row in rows[:captions]:
            self._add_cells(row)
        body = rows[captions:]
        first_line = len(self.shown) + 1
        self.shown += [" | ".join(_one_line(cell.text) for cell in row).rstrip(" |") for row in body]
        self.read += [""] * len(body)
        self.tables.append((body, replace(columns, first=columns.first - captions), range(first_line, first_line + len(body))))

    def number_headings(self) -> frozenset[int]:
        """Gives headings that are told only by their style the numbers by which the grammar of texts knows headings.

        Returns the lines so numbered; none when the document prints numbers of its own or has only one such heading.
        """
        first = next((position for position, line in enumerate(self.read) if line.strip()), 0)
        headings = [(at, level) for at, level in self.headings if at != first and not is_title(fold(self.read[at].strip()))]
        if any(find_mark(fold(self.read[at].strip())) for at, _ in headings):
            return frozenset()
        top = min((level for _, level in headings), default=0)
        sections = [at for at, level in headings if level == top]
        if len(sections) < 2:
            return frozenset()
        for number, at in enumerate(sections, start=1):
            self.read[at] = f"{format_chinese(number)}、{self.read[at].strip()}"
        return frozenset(at + 1 for at in sections)

    def _columns_above(self, rows: list[Row]) -> Columns | None:
        """A table that goes on where a page break cut it has the columns of the one above."""
        if not self.tables or any(line.strip() for line in self.read[self.tables[-1][2].stop - 1 :]):
            return None
        above = self.tables[-1][1]
        return replace(above, first=0) if above.wide == max(map(len, rows), default=0) else None

    def _add_cells(self, row: Row) -> None:
        for cell in row:
            for line in cell.text.splitlines():
                if line.strip():
                    self.add_text(line.strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _read_blocks(blocks: list[Block], *, filename: str) -> Reading:
    page = _Page()
    for block in blocks:
        match block:
            case str():
                page.add_text(block)
            case Heading():
                page.headings.append((len(page.read), block.level))
                page.add_text(block.text)
            case rows:
                page.add_table(rows)
    if not any(line.strip() for line in page.shown):
        raise EmptyDocument
    numbered = page.number_headings()
    reading = _read_page(page, filename=filename)
    return replace(reading, plans=tuple(_without_numbers(plan, numbered) for plan in reading.plans)) if numbered else reading


def _without_numbers(plan: PlanDraft, lines: frozenset[int]) -> PlanDraft:
    """The plan without the numbers that the document itself does not print."""
    sections = tuple(replace(section, printed_number="") if section.line in lines else section for section in plan.sections)
    return replace(plan, sections=sections)


def _read_sheets(sheets: list[tuple[str, list[Row]]], *, filename: str) -> Reading:
    """Each sheet is a document of its own: people keep one sheet a year."""
    shown: list[str] = []
    parts: list[Reading] = []
    filled = [(name, rows) for name, rows in sheets if any(cell.text.strip() for row in rows for cell in row)]
    for name, rows in filled:
        page = _Page(lines_before=shown)
        page.add_table(rows)
        try:
            part = _read_page(page, filename=filename if len(filled) == 1 else f"{name}.xlsx")  # names what has no title
        except NoPlanFound:
            part = _other_sheet(page, name)
        documents = tuple(replace(document, first_line=max(document.first_line, page.first_line)) for document in part.documents)
        parts.append(replace(part, documents=documents))
        shown = page.shown
    if not parts:
        raise EmptyDocument
    plans = [plan for part in parts for plan in part.plans]
    if all(plan.kind is DocumentKind.OTHER for plan in plans):
        raise NoPlanFound
    found = [document for part in parts for document in part.documents]
    return Reading(
        filename,
        _source_lines(shown),
        tuple(replace(document, n=n) for n, document in enumerate(found, start=1)),
        tuple(replace(plan, n=n, fates=_complete(plan.fates, shown)) for n, plan in enumerate(plans, start=1)),
    )


def _other_sheet(page: _Page, name: str) -> Reading:
    """A sheet that holds no plan, such as a register or a budget."""
    lines = [number for number, line in enumerate(page.shown, start=1) if number >= page.first_line and line.strip()]
    fates = tuple(LineFate(line, LineUse.IGNORED, IgnoredReason.NOT_A_PLAN) for line in lines)
    document = FoundDocument(1, name, DocumentKind.OTHER, page.first_line, len(page.shown))
    return Reading(name, (), (document,), (PlanDraft(1, name, DocumentKind.OTHER, fates=fates),))


def _read_page(page: _Page, *, filename: str) -> Reading:
    """The text read by the grammar of texts, each table put into the document it stands in.

    Raises: NoPlanFound.
    """
    tables = [(lines, read_table(rows, columns, lines=lines)) for rows, columns, lines in page.tables]
    scheduled = any(table.entries for _, table in tables)
    try:
        reading = read_lines(page.read, filename=filename, has_schedule_table=scheduled)
    except EmptyDocument:
        if not scheduled:
            raise NoPlanFound from None
        reading = _untitled(page, filename=filename)
    plans, documents = list(reading.plans), list(reading.documents)
    for lines, table in tables:
        place = max((index for index, document in enumerate(documents) if document.first_line <= lines.start), default=0)
        plan = _with_table(plans[place], table)
        plans[place] = plan if plan.years else replace(plan, years=_years(page.shown[lines.start - 1 : lines.stop - 1]))
        documents[place] = replace(documents[place], has_schedule=bool(plan.schedule), kind=plan.kind)
    return Reading(
        filename,
        _source_lines(page.shown),
        tuple(documents),
        tuple(replace(plan, fates=_complete(plan.fates, page.shown)) for plan in plans),
    )


def _years(lines: Sequence[str]) -> tuple[int, ...]:
    """Years named in these lines, most frequent first."""
    return tuple(year for year, _ in Counter(int(year) for line in lines for year in _YEAR.findall(line)).most_common())


def _untitled(page: _Page, *, filename: str) -> Reading:
    """A document that is a table and nothing else."""
    title = PurePath(filename).stem
    document = FoundDocument(1, title, DocumentKind.PLAN, 1, len(page.shown))
    return Reading(filename, (), (document,), (PlanDraft(1, title, DocumentKind.PLAN),))


def _with_table(plan: PlanDraft, table: TableReading) -> PlanDraft:
    before = len(plan.sections)
    sections = tuple(replace(section, number=section.number + before) for section in table.sections)
    entries = tuple(replace(entry, items=tuple(_under_section(item, before) for item in entry.items)) for entry in table.entries)
    return replace(
        plan,
        kind=DocumentKind.PLAN if entries else plan.kind,
        sections=(*plan.sections, *sections),
        schedule=tuple(sorted((*plan.schedule, *entries), key=lambda entry: entry.line)),
        fates=(*plan.fates, *table.fates),
    )


def _complete(fates: Sequence[LineFate], lines: Sequence[str]) -> tuple[LineFate, ...]:
    """One fate for every line that is not blank; a line without one belongs to another document."""
    known = {fate.line: fate for fate in fates}
    return tuple(known.get(number, LineFate(number, LineUse.ELSEWHERE)) for number, line in enumerate(lines, start=1) if line.strip())


def _under_section(item: ActivityDraft, before: int) -> ActivityDraft:
    return item if item.section is None else replace(item, section=item.section + before)


def _source_lines(lines: Sequence[str]) -> tuple[SourceLine, ...]:
    return tuple(SourceLine(number, text) for number, text in enumerate(lines, start=1))
