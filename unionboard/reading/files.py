"""A file's bytes, or pasted text -> Reading. Each format is read by a module of its own; here they come together."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from unionboard.errors.documents import DocumentTooLarge, EmptyDocument, NoPlanFound, TextTooLarge
from unionboard.reading.cells import Block
from unionboard.reading.delimited import read_delimited
from unionboard.reading.details import detail_reading
from unionboard.reading.draft import DocumentKind, FoundDocument, IgnoredReason, LineFate, LineUse, PlanDraft, Reading
from unionboard.reading.encoding import decode_text
from unionboard.reading.formats import find_format
from unionboard.reading.markup import declared_encoding, is_markup, read_markup
from unionboard.reading.months import Time
from unionboard.reading.package import MIB, Package
from unionboard.reading.page import Page, complete_fates, read_page, source_lines
from unionboard.reading.table_times import find_period_name
from unionboard.reading.text import read_text
from unionboard.reading.word import read_word

if TYPE_CHECKING:
    from unionboard.reading.workbook import Sheet

LIMIT_MB = 20  # MiB of the file as uploaded
TEXT_LIMIT_MB = 6  # MiB of text in it, as UTF-8: two thousand pages

LINES_LIMIT = 150_000
_LONG_BLANK = re.compile(r"[^\S\n\t]{60,}")  # longer than any indent: blanks that would keep the grammar busy for minutes
_BLANK = " " * 60
_TABLES = (".csv", ".tsv", ".tab")
_PAGES = (".html", ".htm", ".xhtml")


def read_file(data: bytes, *, filename: str) -> Reading:
    """Reads a plan document: Word (.docx), Excel (.xlsx), CSV, a web page or text in any usual Chinese encoding. What it is, its content
    decides first.

    Raises: DocumentTooLarge above ``LIMIT_MB`` MiB, TextTooLarge above ``TEXT_LIMIT_MB`` of text, EmptyDocument, FormatNotRead (.doc, .xls,
    .wps, .pdf, pictures …), ProtectedDocument (password), DamagedDocument, NotADocument (binary data), NoPlanFound.
    """
    if len(data) > LIMIT_MB * MIB:
        raise DocumentTooLarge(limit_mb=LIMIT_MB)
    if not data.strip():
        raise EmptyDocument
    suffix = PurePath(filename).suffix.lower()
    match find_format(data, suffix):
        case ".docx":
            return _read_blocks(read_word(Package(data)), filename=filename)
        case ".xlsx":
            from unionboard.reading.workbook import read_workbook  # noqa: PLC0415 - a quarter of a second that only workbooks pay

            return _read_sheets(read_workbook(Package(data)), filename=filename)
    return read_pasted(_decode(data, suffix), filename=filename)


def read_pasted(text: str, *, filename: str = "") -> Reading:
    """Reads pasted or decoded text: a plan as text, the source of a web page, or a table with cells between commas or tabs.

    Raises: TextTooLarge, EmptyDocument, NoPlanFound.
    """
    if len(text.encode("utf-8", errors="replace")) > TEXT_LIMIT_MB * MIB or text.count("\n") > LINES_LIMIT:
        raise TextTooLarge(limit_mb=TEXT_LIMIT_MB)
    text = _LONG_BLANK.sub(_BLANK, text)
    suffix = PurePath(filename).suffix.lower()
    if suffix in _PAGES or is_markup(text):
        return _read_blocks(read_markup(text), filename=filename)
    if rows := read_delimited(text, is_named_so=suffix in _TABLES):
        return _read_blocks([rows], filename=filename)
    return read_text(text, filename=filename)


def _decode(data: bytes, suffix: str) -> str:
    declared = declared_encoding(data) if suffix in _PAGES or data.lstrip()[:1] == b"<" else None
    if declared in ("gb2312", "gbk", "gb18030", "big5"):
        try:
            data.decode("utf-8")  # pages that were converted often still name the old encoding
        except UnicodeDecodeError:
            return data.decode("big5hkscs" if declared == "big5" else "gb18030", errors="replace")
    return decode_text(data)


def _read_blocks(blocks: Sequence[Block], *, filename: str) -> Reading:
    page = Page()
    page.add_blocks(blocks)
    _limit(page)
    return detail_reading(read_page(page, filename=filename))


def _limit(page: Page) -> None:
    page.read = [_LONG_BLANK.sub(_BLANK, line) for line in page.read]
    if len(page.shown) > LINES_LIMIT or sum(len(line.encode("utf-8", errors="replace")) for line in page.shown) > TEXT_LIMIT_MB * MIB:
        raise TextTooLarge(limit_mb=TEXT_LIMIT_MB)


def _read_sheets(sheets: "list[Sheet]", *, filename: str) -> Reading:
    """Each sheet is a document of its own, for people keep one sheet a year; sheets named by months or halves of a year are one plan."""
    filled = [sheet for sheet in sheets if any(cell.text.strip() for row in sheet.rows for cell in row)]
    if not filled:
        raise EmptyDocument
    times = [find_period_name(sheet.name) for sheet in filled]
    if sum(time is not None for time in times) >= 2:
        return _read_periods(filled, times, filename=filename)
    shown: list[str] = []
    parts: list[Reading] = []
    for sheet in filled:
        page = Page(lines_before=shown)
        page.add_table(sheet.rows, rows_left=sheet.rows_left, columns_left=sheet.columns_left)
        _limit(page)
        try:
            part = read_page(page, filename=filename if len(filled) == 1 else f"{sheet.name}.xlsx")  # names what has no title
        except NoPlanFound:
            part = _other_sheet(page, sheet.name)
        documents = tuple(replace(document, first_line=max(document.first_line, page.first_line)) for document in part.documents)
        parts.append(replace(part, documents=documents))
        shown = page.shown
    plans = [plan for part in parts for plan in part.plans]
    if all(plan.kind is DocumentKind.OTHER for plan in plans):
        raise NoPlanFound
    found = [document for part in parts for document in part.documents]
    reading = Reading(
        filename,
        source_lines(shown),
        tuple(replace(document, n=n) for n, document in enumerate(found, start=1)),
        tuple(replace(plan, n=n, fates=complete_fates(plan.fates, shown)) for n, plan in enumerate(plans, start=1)),
    )
    return detail_reading(reading)


def _read_periods(sheets: "Sequence[Sheet]", times: "Sequence[Time | None]", *, filename: str) -> Reading:
    page = Page()
    for sheet, time in zip(sheets, times, strict=True):
        name = sheet.name if time else ""
        page.add_table(sheet.rows, name=name, time=time, rows_left=sheet.rows_left, columns_left=sheet.columns_left)
    _limit(page)
    return detail_reading(read_page(page, filename=filename))


def _other_sheet(page: Page, name: str) -> Reading:
    """A sheet that holds no plan, such as a register or a budget."""
    lines = [number for number, line in enumerate(page.shown, start=1) if number >= page.first_line and line.strip()]
    fates = tuple(LineFate(line, LineUse.IGNORED, IgnoredReason.NOT_A_PLAN) for line in lines)
    document = FoundDocument(1, name, DocumentKind.OTHER, page.first_line, len(page.shown))
    return Reading(name, (), (document,), (PlanDraft(1, name, DocumentKind.OTHER, fates=fates),))
