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

    grid = "".join(f'<w:gridCol w:w="{length}"/>' for length in lengths)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(lengths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(write_rows())}</w:tbl>"
    )


def _row(cells: Iterator[str] | Sequence[str], row_pt: int, extra: str = "") -> str:
    height = f'<w:trHeight w:val="{row_pt * 20}" w:hRule="atLeast"/>' if row_pt else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{extra}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, size: str, shape: str, run: str) -> str:
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(printable(line)) for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr>{size}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>{shape}</w:pPr>'
        f'<w:r>{run}<w:t xml:space="preserve">{lines}</w:t></w:r></w:p></w:tc>'
    )


def _run_properties(font: str, latin: str | None) -> str:
    return f"<w:rPr>{_NAMESPACES.sub('', etree.tostring(fonts(font, latin), encoding='unicode'))}</w:rPr>"
