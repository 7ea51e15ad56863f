"""A Word file of ours: laid out by reference to GB/T 9704-2012, in real styles, so that Word's navigation and people's own edits work.

Lengths are in twips (1/20 pt), sizes in half-points. Source: domain notes E6.
"""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from unionboard.drafting.document import Level

PAGE_TWIPS = (11906, 16838)  # A4
TOP_TWIPS, BOTTOM_TWIPS, LEFT_TWIPS, RIGHT_TWIPS = 2098, 1980, 1588, 1474
"""37, 35, 28, 26 mm. 35 mm are 1984 twips: with those, 22 lines of 29 pt are 4 twips (0.07 mm) too high and only 21 stand on a page."""
FOOTER_TWIPS = 1304  # 7 mm of air between the type area and the page number
LINE_PT, TABLE_LINE_PT = 29, 18
LINES, LETTERS = 22, 28
BODY_PT, TITLE_PT, FOOTER_PT, TABLE_PT = 16, 22, 14, 12  # 3号, 2号, 4号, 小四
LETTER_TWIPS = BODY_PT * 20
LETTER_SPACING_TWIPS = -5
"""28 letters of 16 pt are a little wider than the type area. The grid says so too, but LibreOffice gives a letter wider than its cell
two of them: so text does not snap to the grid, and line pitch and this spacing give the same 22 x 28 in both programs."""
SONG_TITLE, FANGSONG, HEITI, KAITI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"

_STYLES = {
    Level.BODY: ("Normal", FANGSONG),
    Level.FIRST: ("Heading 1", HEITI),
    Level.SECOND: ("Heading 2", KAITI),
    Level.THIRD: ("Heading 3", FANGSONG),
    Level.FOURTH: ("Heading 4", FANGSONG),
}
_STAND_INS = {SONG_TITLE: "华文中宋", FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei", SONG: "SimSun"}
"""What to take where a font is not installed; the fonts themselves may not be shipped."""
_SIGNATURE, _TABLE = "Signature", "Table Text"
PROPERTY_LETTERS = 255
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Paper:
    """A document that grows from top to bottom. ``language`` decides whether Latin letters have a typeface of their own."""

    def __init__(self, language: str) -> None:
        self.file = Document()
        self._language = language
        self._latin = LATIN if language == "en" else None
        _set_page(self.file)
        _set_styles(self.file, self._latin, language)

    def add_title(self, text: str) -> None:
        """The title; a line break in it stays one."""
        _add(self.file, text, "Title", SONG_TITLE, self._latin)

    def add_paragraph(self, text: str, level: Level = Level.BODY) -> None:
        """A paragraph, or a heading of one of the four levels; ``text`` holds its number."""
        _add(self.file, text, *_STYLES[level], self._latin)

    def add_labelled(self, label: str, text: str) -> None:
        """A paragraph that begins with what it tells of, in the type of headings."""
        paragraph = _add(self.file, label, "Normal", HEITI, self._latin)
        _add_run(paragraph, text, FANGSONG, self._latin)

    def add_table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        *,
        row_pt: int = 0,
        keep_with_next: bool = False,
    ) -> None:
        """A table as wide as the type area, its columns in proportion to ``widths``; the headings repeat on every page.

        All columns but the widest are centred. ``row_pt``: rows are at least as high, where somebody signs by hand.
        ``keep_with_next``: the table stands on one page with what follows.
        """
        table = self.file.add_table(rows=0, cols=len(headings), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        whole = PAGE_TWIPS[0] - LEFT_TWIPS - RIGHT_TWIPS
        lengths = [Twips(whole * width // sum(widths)) for width in widths]
        for column, length in zip(table.columns, lengths, strict=True):
            column.width = length
        for number, texts in enumerate([headings, *rows]):
            row = table.add_row()
            row._tr.get_or_add_trPr().append(_element("cantSplit", {}))
            if row_pt:
                row._tr.trPr.append(_element("trHeight", {"val": row_pt * 20, "hRule": "atLeast"}))
            if number == 0:
                row._tr.trPr.append(_element("tblHeader", {}))
            for cell, text, length in zip(row.cells, texts, lengths, strict=True):
                cell.width = length
                cell._tc.get_or_add_tcPr().append(_element("vAlign", {"val": "center"}))
                paragraph = cell.paragraphs[0]
                paragraph.style = self.file.styles[_TABLE]
                paragraph.paragraph_format.keep_with_next = keep_with_next or None
                if number == 0 or length < max(lengths):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _add_run(paragraph, text, HEITI if number == 0 else FANGSONG, self._latin)

    def add_line_to_sign(self, text: str) -> None:
        """A line of air, then where people sign: on one page with the last words above and the signature below."""
        self.file.paragraphs[-1].paragraph_format.keep_with_next = True
        for line in ("", text):
            _add(self.file, line, *_STYLES[Level.BODY], self._latin).paragraph_format.keep_with_next = True

    def add_signature(self, lines: tuple[str, ...]) -> None:
        """A line of air, then the union two letters from the edge and the day beginning two letters further right than the union."""
        _sign(self.file, lines, self._latin)

    def to_bytes(self, *, title: str, author: str, as_of: date) -> bytes:
        """The .docx, with page numbers outside on both sides. The same content gives the same document."""
        _number_pages(self.file, self._latin)
        _name_stand_ins(self.file)
        _describe(self.file, title=title, author=author, as_of=as_of, language=self._language)
        buffer = io.BytesIO()
        self.file.save(buffer)
        return buffer.getvalue()


def _set_page(file: DocumentFile) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = (Twips(length) for length in PAGE_TWIPS)
    section.top_margin, section.bottom_margin = Twips(TOP_TWIPS), Twips(BOTTOM_TWIPS)
    section.left_margin, section.right_margin = Twips(LEFT_TWIPS), Twips(RIGHT_TWIPS)
    section.footer_distance = Twips(FOOTER_TWIPS)
    width, height = PAGE_TWIPS[0] - LEFT_TWIPS - RIGHT_TWIPS, PAGE_TWIPS[1] - TOP_TWIPS - BOTTOM_TWIPS
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    spare_pt = width / 20 / LETTERS - BODY_PT  # a letter's cell is a little narrower than the letter
    grid = {"type": "linesAndChars", "linePitch": height // LINES, "charSpace": round(spare_pt * 4096)}
    section._sectPr.append(_element("docGrid", grid))


def _set_styles(file: DocumentFile, latin: str | None, language: str) -> None:
    for level, (name, font) in _STYLES.items():
        style = _style(file, name)
        _set_font(style, font, latin, BODY_PT)
        _set_paragraph(style, WD_ALIGN_PARAGRAPH.JUSTIFY, indent=True)
        style.paragraph_format.keep_with_next = level is not Level.BODY
    title = _style(file, "Title")
    _set_font(title, SONG_TITLE, latin, TITLE_PT)
    _set_paragraph(title, WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    title.paragraph_format.space_after = Pt(LINE_PT)
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    sign = _style(file, _SIGNATURE)
    _set_font(sign, FANGSONG, latin, BODY_PT)
    _set_paragraph(sign, WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    table = _style(file, _TABLE)
    _set_font(table, FANGSONG, latin, TABLE_PT)
    _set_paragraph(table, WD_ALIGN_PARAGRAPH.LEFT, indent=False)
    table.paragraph_format.line_spacing = Pt(TABLE_LINE_PT)
    table.paragraph_format.space_before = table.paragraph_format.space_after = Pt(2)
    footer = _style(file, "Footer")
    _set_font(footer, SONG, None, FOOTER_PT)
    _set_paragraph(footer, WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    defaults = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for tag in ("rFonts", "lang"):
        for old in defaults.findall(qn(f"w:{tag}")):
            defaults.remove(old)
    defaults.append(_element("lang", {"val": "en-US", "eastAsia": "zh-CN", "bidi": "ar-SA"}))
    if language == "en":  # Latin words have spaces to stretch; Chinese lines are filled letter by letter
        file.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _style(file: DocumentFile, name: str) -> ParagraphStyle:
    style = file.styles[name] if name in file.styles else file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    return style


def _set_font(style: ParagraphStyle, font: str, latin: str | None, size_pt: int) -> None:
    style.font.size = Pt(size_pt)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    for tag in ("rFonts", "spacing", "kern"):
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
    properties.insert(0, _fonts(font, latin))
    colour = properties.find(qn("w:color"))
    colour.addprevious(_element("snapToGrid", {"val": 0}))
    if size_pt == BODY_PT and latin is None:
        colour.addnext(_element("spacing", {"val": LETTER_SPACING_TWIPS}))


def _set_paragraph(style: ParagraphStyle, alignment: WD_ALIGN_PARAGRAPH, *, indent: bool) -> None:
    shape = style.paragraph_format
    shape.alignment = alignment
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_PT)
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    _set_indent(style.element.get_or_add_pPr(), first=2 if indent else 0)
    for tag in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):  # in the schema's order
        style.element.pPr.find(qn("w:spacing")).addprevious(_element(tag, {"val": 0}))


def _add(file: DocumentFile, text: str, style: str, font: str, latin: str | None) -> WordParagraph:
    paragraph = file.add_paragraph(style=style)
    _add_run(paragraph, text, font, latin)
    return paragraph


def _add_run(paragraph: WordParagraph, text: str, font: str, latin: str | None) -> None:
    run = paragraph.add_run(_printable(text))
    run._r.get_or_add_rPr().insert(0, _fonts(font, latin))


def _printable(text: str) -> str:
    """Without the control characters that no XML may hold."""
    return _NOT_XML.sub("", text)


def _sign(file: DocumentFile, lines: tuple[str, ...], latin: str | None) -> None:
    for number, (line, right) in enumerate(zip(lines, _signature_indents(lines), strict=True)):
        paragraph = _add(file, line, _SIGNATURE, FANGSONG, latin)
        _set_indent(paragraph._p.get_or_add_pPr(), right=right)
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = number < len(lines) - 1
        if number == 0:
            paragraph.paragraph_format.space_before = Pt(LINE_PT)


def _signature_indents(lines: tuple[str, ...]) -> list[float]:
    """How many letters each line stays from the right edge; the last line is the day."""
    if len(lines) != 2:
        return [2.0] * len(lines)
    union, day = (sum(1.0 if ord(letter) > 0x2E80 else 0.5 for letter in line) for line in lines)
    day_right = max(2.0, union - day)
    return [day_right + day + 2 - union, day_right]


def _number_pages(file: DocumentFile, latin: str | None) -> None:
    file.settings.odd_and_even_pages_header_footer = True
    section = file.sections[0]
    for footer, alignment, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style, paragraph.alignment = file.styles["Footer"], alignment
        _set_indent(paragraph._p.get_or_add_pPr(), **{side: 1.0})
        _add_run(paragraph, "— ", SONG, latin)
        for kind, instruction in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", ""), ("end", "")):
            run = paragraph.add_run("" if kind or instruction else "1")
            run._r.get_or_add_rPr().insert(0, _fonts(SONG, latin))
            if kind:
                run._r.append(_element("fldChar", {"fldCharType": kind}))
            elif instruction:
                code = _element("instrText", {})
                code.text = f" {instruction} "
                run._r.append(code)
        _add_run(paragraph, " —", SONG, latin)


def _name_stand_ins(file: DocumentFile) -> None:
    table = _element("fonts", {})
    for font, stand_in in _STAND_INS.items():
        entry = _element("font", {"name": font})
        entry.append(_element("altName", {"val": stand_in}))
        entry.append(_element("charset", {"val": "86"}))
        table.append(entry)
    part = file.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def _describe(file: DocumentFile, *, title: str, author: str, as_of: date, language: str) -> None:
    about = file.core_properties
    title, author = (_printable(text.replace("\n", ""))[:PROPERTY_LETTERS] for text in (title, author))
    about.title, about.author, about.last_modified_by = title, author, author
    about.comments, about.language = "", language.replace("_", "-")
    about.created = about.modified = datetime.combine(as_of, time(), tzinfo=UTC)


def _fonts(font: str, latin: str | None) -> Any:
    return _element("rFonts", {"ascii": latin or font, "hAnsi": latin or font, "eastAsia": font, "cs": latin or font})


def _set_indent(properties: Any, *, first: float = 0, right: float = 0, left: float = 0) -> None:
    """Indents in letters; the twips beside them are for programs that do not count letters."""
    letters = {"left": left, "right": right, "firstLine": first}
    values: dict[str, object] = {}
    for side, count in letters.items():
        values[f"{side}Chars"] = round(count * 100)
        values[side] = round(count * LETTER_TWIPS)
    indent = properties.get_or_add_ind()
    indent.attrib.clear()
    for name, value in values.items():
        indent.set(qn(f"w:{name}"), str(value))


def _element(tag: str, attributes: Mapping[str, object]) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element
