"""A table of a Word file, made in one go: thousands of rows take a tenth of a second, cell by cell they take many.

Widths are in twips. Source: domain notes E6 (tables are real tables).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from unionboard.writing.page_format import FANGSONG, HEITI, fonts

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAMESPACES = re.compile(r' xmlns:\w+="[^"]*"')
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES)
_ALIGNMENTS = {"l": "", "c": '<w:jc w:val="center"/>', "r": '<w:jc w:val="right"/>'}


@dataclass(frozen=True, slots=True)
class Band:
    """A row of one cell across the table: the heading of the rows below it, on one page with the first of them."""

    text: str


Row = Sequence[str] | Band


def printable(text: str) -> str:
    """Without the control characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def make_table(
    headings: Sequence[str],
    rows: Sequence[Row],
    lengths: Sequence[int],
    *,
    style_id: str,
    latin: str | None,
    aligned: str = "",
    row_pt: int = 0,
    keep_with_next: bool = False,
) -> Any:
    """The ``w:tbl`` element; its headings repeat on every page and no row is torn apart.

    ``style_id``: of its paragraphs; ``aligned``: a letter (l, c, r) for each column, without it all are centred but the
    widest.
    """
    aligned = aligned or "".join("l" if length == max(lengths) else "c" for length in lengths)
    head, body = _run_properties(HEITI, latin), _run_properties(FANGSONG, latin)
    kept = "<w:keepNext/>" if keep_with_next else ""
    style = f'<w:pStyle w:val="{style_id}"/>'

    def write_cells(texts: Sequence[str], run: str, alignments: str, keep: str) -> Iterator[str]:
        for text, length, side in zip(texts, lengths, alignments, strict=True):
            yield _cell(text, f'<w:tcW w:w="{length}" w:type="dxa"/>', f"{style}{keep}{_ALIGNMENTS[side]}", run)

    def write_rows() -> Iterator[str]:
        yield _row(write_cells(headings, head, "c" * len(headings), kept), row_pt, "<w:tblHeader/>")
        for row in rows:
            if isinstance(row, Band):
                span = f'<w:tcW w:w="{sum(lengths)}" w:type="dxa"/><w:gridSpan w:val="{len(lengths)}"/>'
                yield _row([_cell(row.text, span, f"{style}<w:keepNext/>", head)], row_pt)
            else:
                yield _row(write_cells(row, body, aligned, kept), row_pt)

    return _table("".join(write_rows()), lengths)


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a form: ``span`` of the columns; a label is in the type of headings and centred; ``at_foot``: its text stands low, where
    somebody signs."""

    text: str = ""
    span: int = 1
    is_label: bool = False
    at_foot: bool = False


def make_form(rows: Sequence[tuple[int, Sequence[Field]]], lengths: Sequence[int], *, style_id: str, latin: str | None) -> Any:
    """The ``w:tbl`` of a form to fill in: rows with their least height in points, of cells that span columns. No row is torn apart."""
    head, body = _run_properties(HEITI, latin), _run_properties(FANGSONG, latin)

    def write_fields(fields: Sequence[Field]) -> Iterator[str]:
        column = 0
        for field in fields:
            length = sum(lengths[column : column + field.span])
            column += field.span
            span = f'<w:gridSpan w:val="{field.span}"/>' if field.span > 1 else ""
            shape = f'<w:pStyle w:val="{style_id}"/>{_ALIGNMENTS["c"] if field.is_label else ""}'
            size = f'<w:tcW w:w="{length}" w:type="dxa"/>{span}'
            yield _cell(field.text, size, shape, head if field.is_label else body, "bottom" if field.at_foot else "center")

    return _table("".join(_row(write_fields(fields), height) for height, fields in rows), lengths)


def _row(cells: Iterator[str] | Sequence[str], row_pt: int, extra: str = "") -> str:
    height = f'<w:trHeight w:val="{row_pt * 20}" w:hRule="atLeast"/>' if row_pt else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{extra}</w:trPr>{''.join(cells)}</w:tr>"


def _table(rows: str, lengths: Sequence[int]) -> Any:
    grid = "".join(f'<w:gridCol w:w="{length}"/>' for length in lengths)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(lengths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(text: str, size: str, shape: str, run: str, stands: str = "center") -> str:
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(printable(line)) for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr>{size}<w:vAlign w:val="{stands}"/></w:tcPr><w:p><w:pPr>{shape}</w:pPr>'
        f'<w:r>{run}<w:t xml:space="preserve">{lines}</w:t></w:r></w:p></w:tc>'
    )


def _run_properties(font: str, latin: str | None) -> str:
    return f"<w:rPr>{_NAMESPACES.sub('', etree.tostring(fonts(font, latin), encoding='unicode'))}</w:rPr>"
