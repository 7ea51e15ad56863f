"""A .docx as blocks in document order: lines of text with Word's automatic numbers, and tables as grids of cells.

The walk is over the XML itself: what stands in content controls, smart tags, tracked insertions and text boxes belongs to the text that
people see, and python-docx passes over it. Deleted and hidden text, tables of contents, footnotes, headers and footers are left out.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from unionboard.errors.documents import DamagedDocument
from unionboard.reading.cells import Block, Cell, Heading, Row
from unionboard.reading.numbering import Numbering, is_on, qn
from unionboard.reading.package import Package

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = {qn(tag) for tag in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:rt", "w:instrText", "w:sdtPr")} | {f"{_MC}Fallback"}
_LINE_BREAKS = {qn("w:br"), qn("w:cr")}
_TEXT_BOX = qn("w:txbxContent")


def read_word(package: Package) -> list[Block]:
    """The document's blocks: a ``str`` for each line, a Heading for one in a heading style that has no automatic number, a list of rows for
    each table; empty lines included.

    Raises: DamagedDocument.
    """
    name = package.related("", "officeDocument") or "word/document.xml"
    root = package.parse(name)
    body = None if root is None else root.find(qn("w:body"))
    if body is None:
        raise DamagedDocument
    return list(_blocks(body, Numbering(_parse_related(package, name, "numbering"), _parse_related(package, name, "styles"))))


def _parse_related(package: Package, name: str, kind: str) -> _Element | None:
    """Lists or styles; a document without them, or with spoilt ones, still has its text."""
    related = package.related(name, kind)
    try:
        return package.parse(related) if related else None
    except DamagedDocument:
        return None


def _blocks(container: _Element, numbering: Numbering) -> Iterator[Block]:
    for child in container:
        if child.tag == qn("w:p"):
            yield from _paragraph_blocks(child, numbering)
        elif child.tag == qn("w:tbl"):
            yield _table(child, numbering)
        elif child.tag not in _LEFT_OUT and not _is_contents(child):
            yield from _blocks(child, numbering)


def _is_contents(element: _Element) -> bool:
    """Whether this content control holds the table of contents."""
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _paragraph_blocks(paragraph: _Element, numbering: Numbering) -> Iterator[Block]:
    pieces: list[str] = []
    boxes: list[_Element] = []
    _collect(paragraph, pieces, boxes)
    text = "".join(pieces)
    label = numbering.label(paragraph)  # an empty paragraph of a list counts too
    if text.strip():
        level = numbering.heading_level(paragraph)
        first, *more = text.split("\n")
        if level is not None and not label and not more:
            yield Heading(first, level)
        else:
            yield label + first.lstrip() if label else first
        yield from more
    elif not boxes:
        yield ""
    for box in boxes:
        yield from _blocks(box, numbering)


def _collect(element: _Element, pieces: list[str], boxes: list[_Element]) -> None:
    for child in element:
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag == qn("w:tab"):
            pieces.append("\t" if pieces else "")
        elif child.tag in _LINE_BREAKS:
            pieces.append("\n")
        elif child.tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif child.tag == _TEXT_BOX:
            boxes.append(child)
        elif child.tag not in _LEFT_OUT and not _is_hidden(child):
            _collect(child, pieces, boxes)


def _is_hidden(run: _Element) -> bool:
    """Whether this is a run of text that Word does not show."""
    return is_on(run.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))


def _table(table: _Element, numbering: Numbering) -> list[Row]:
    deleted = f"{qn('w:trPr')}/{qn('w:del')}"
    return [_row(row, numbering) for row in _descend(table, qn("w:tr")) if row.find(deleted) is None]


def _row(row: _Element, numbering: Numbering) -> Row:
    cells: list[Cell] = []
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    cells += [Cell("")] * _count(before, 0)
    for element in _descend(row, qn("w:tc")):
        properties = element.find(qn("w:tcPr"))
        span = 1 if properties is None else _count(properties.find(qn("w:gridSpan")), 1)
        merge = None if properties is None else properties.find(qn("w:vMerge"))
        continued = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        text = "" if continued else "\n".join(_cell_lines(element, numbering))
        cells += [Cell(text, continued=continued), *[Cell("", continued=continued)] * (span - 1)]
    return tuple(cells)


def _cell_lines(cell: _Element, numbering: Numbering) -> Iterator[str]:
    for block in _blocks(cell, numbering):
        if isinstance(block, str | Heading):
            if str(block).strip():
                yield str(block).strip()
        else:
            for row in block:
                yield from (part.text for part in row if part.text)


def _descend(parent: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or cells of a row, also those inside content controls; not those of a nested table."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _LEFT_OUT and child.tag not in (qn("w:tc"), qn("w:tbl")):
            yield from _descend(child, tag)


def _count(element: _Element | None, otherwise: int) -> int:
    text = "" if element is None else element.get(qn("w:val"), "")
    return min(int(text), 63) if text.isdecimal() else otherwise  # Word itself has at most 63 columns
