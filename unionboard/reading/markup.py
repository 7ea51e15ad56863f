"""A web page as blocks in document order: lines, headings, tables. What the browser does not show is left out.

The walk holds no more than one table at a time and calls itself nowhere, so depth costs nothing; a page nested beyond what the parser
takes is read as its bare text.
"""

import html
import re

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from unionboard.reading.cells import MAX_COLUMNS, MAX_ROWS, Block, Cell, Heading, Row
from unionboard.reading.lines import fold_line
from unionboard.reading.numbering import format_chinese

_OPENING = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|tbody|tr|div|section|article|main|h[1-6]|p|ul|ol|span"
    r"|font|center|b|strong)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_CLOSING = re.compile(r"</[a-zA-Z][a-zA-Z0-9]*\s*>")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LEFT_OUT = {"script", "style", "noscript", "template", "head", "nav", "footer", "aside", "select", "textarea", "button", "svg", "math"}
_LEFT_OUT |= {"iframe", "object", "audio", "video", "canvas", "map", "rt", "rp", "del", "s", "strike", "dialog", "menu"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img", "input", "ins", "kbd", "label"}
_INLINE |= {
    "mark",
    "q",
    "ruby",
    "rb",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
    "st1:chsdate",
    "o:p",
}
_HEADINGS = {f"h{level}": level - 1 for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TOO_DEEP = "Excessive depth"
_BREAKS = re.compile(r"(?is)<(?:br|/?(?:p|div|li|tr|h[1-6]|table|ul|ol|section|article))\b[^>]*>")
_UNSEEN = re.compile(r"(?is)<(script|style|head|nav|footer)\b.*?</\1\s*>|<!--.*?-->")
_TAG = re.compile(r"<[^<>]*>")


def is_markup(text: str) -> bool:
    """Whether a text is the source of a web page, or a piece of one."""
    return bool(_OPENING.match(text[:4000]) and _CLOSING.search(text))


def declared_encoding(data: bytes) -> str | None:
    """The encoding a page names for itself in its first 4 KiB."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii").lower() if found else None


def read_markup(text: str) -> list[Block]:
    """The page's blocks: a ``str`` for each line, a Heading for h1–h6, a list of rows for each table that holds no other table."""
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing but comments, or nothing at all
        return _bare_lines(text)
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        return _bare_lines(text)
    return _Walk().read(root)


def _bare_lines(text: str) -> list[Block]:
    """The words between the tags, where no tree of them can be had."""
    bare = html.unescape(_TAG.sub("", _BREAKS.sub("\n", _UNSEEN.sub("", text))))
    return [" ".join(line.split()) for line in bare.splitlines() if line.strip()]


class _List:
    """A list being read: the numbers of its items."""

    def __init__(self, element: etree._Element) -> None:
        self.number = _integer(element.get("start"), 1) - 1
        self.kind = "•" if element.tag != "ol" else element.get("type", "1")
        if "cjk-ideographic" in element.get("style", "") or "chinese" in element.get("style", ""):
            self.kind = "一"

    def label(self, item: etree._Element) -> str:
        """What the browser prints before the item."""
        self.number = _integer(item.get("value"), self.number + 1)
        match self.kind:
            case "•":
                return "•"
            case "一":
                return f"{format_chinese(self.number)}、"
            case "a" | "A" if 1 <= self.number <= 26:
                return f"{chr(ord(self.kind) + self.number - 1)}. "
        return f"{self.number}. "


class _Grid:
    """A table being read; cells that span rows stay ``owed`` to the rows below."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.cells: list[Cell] = []
        self.owed: dict[int, int] = {}  # column -> rows still covered from above
        self.span = (1, 1)

    def open_cell(self, element: etree._Element) -> None:
        rows, columns = _integer(element.get("rowspan"), 1), _integer(element.get("colspan"), 1)
        self.span = (min(max(rows, 1), MAX_ROWS), min(max(columns, 1), MAX_COLUMNS))

    def close_cell(self, text: str) -> None:
        self._fill()
        rows, columns = self.span
        for offset in range(min(columns, MAX_COLUMNS - len(self.cells))):
            if rows > 1:
                self.owed[len(self.cells)] = rows - 1
            self.cells.append(Cell(text if offset == 0 else ""))

    def close_row(self) -> None:
        self._fill()
        if self.cells:
            self.rows.append(tuple(self.cells[:MAX_COLUMNS]))
        self.cells = []

    def _fill(self) -> None:
        """The cells that those above cover, up to the next free column."""
        while len(self.cells) < MAX_COLUMNS and self.owed.get(len(self.cells)):
            self.owed[len(self.cells)] -= 1
            self.cells.append(Cell("", continued=True))


class _Walk:
    """Goes over a page once. ``lines`` holds what is read of the innermost cell, or of the page."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[str] = []  # of the line being read
        self.lists: list[_List] = []
        self.grid: _Grid | None = None
        self.cell: list[str] | None = None
        self.heading: int | None = None
        self.preformatted = 0

    def read(self, root: etree._Element) -> list[Block]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start" and _is_left_out(element):
                walk.skip_subtree()
            elif event == "start":
                self._open(element)
                self._add(element.text)
            else:
                self._close(element)
                self._add(element.tail)
        self._end_line()
        return self.blocks

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self.preformatted:
            first, *more = text.split("\n")
            self.pieces.append(first)
            for line in more:
                self._end_line()
                self.pieces.append(line)
        else:
            self.pieces.append(" ".join(f"|{text}|".split())[1:-1])  # blanks run together, those at the ends stay

    def _open(self, element: etree._Element) -> None:
        if element.tag in _INLINE:
            return
        self._end_line()
        match element.tag:
            case "ol" | "ul":
                self.lists.append(_List(element))
            case "li":
                self.pieces.append(self.lists[-1].label(element) if self.lists else "•")
            case "pre":
                self.preformatted += 1
            case "table" if self.grid is None and next(element.iterdescendants("table"), None) is None:
                self.grid = _Grid()
            case "td" | "th" if self.grid is not None:
                self.grid.open_cell(element)
                self.cell = []
            case tag if tag in _HEADINGS:
                self.heading = _HEADINGS[tag]

    def _close(self, element: etree._Element) -> None:
        if element.tag in _INLINE or _is_left_out(element):
            return
        self._end_line()
        match element.tag:
            case "ol" | "ul" if self.lists:
                self.lists.pop()
            case "pre":
                self.preformatted -= 1
            case "td" | "th" if self.grid is not None and self.cell is not None:
                self.grid.close_cell("\n".join(self.cell))
                self.cell = None
            case "tr" if self.grid is not None:
                self.grid.close_row()
            case "table" if self.grid is not None:
                self.grid.close_row()
                self.blocks.append(self.grid.rows)
                self.grid = None
            case tag if tag in _HEADINGS:
                self.heading = None

    def _end_line(self) -> None:
        line = "".join(self.pieces).replace("\xa0", " ").strip()
        self.pieces = []
        if line.startswith("•") and fold_line(0, line[1:]).reason:  # a list of links: without their bullets they are known as such
            line = line[1:]
        if not line or line == "•":
            return
        if self.cell is not None:
            self.cell.append(line)
        elif self.heading is not None:
            self.blocks.append(Heading(line, self.heading))
        else:
            self.blocks.append(line)


def _is_left_out(element: etree._Element) -> bool:
    return element.tag in _LEFT_OUT or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 6 else otherwise
