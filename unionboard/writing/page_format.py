"""The official page by reference to GB/T 9704-2012: paper, grid, styles with their fonts, page numbers.

Lengths are in twips (1/20 pt), sizes in points. Source: domain notes E6.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.style import WD_STYLE_TYPE
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
WIDTH_TWIPS = PAGE_TWIPS[0] - LEFT_TWIPS - RIGHT_TWIPS
FOOTER_TWIPS = 1304  # 7 mm of air between the type area and the page number
LINE_PT, TABLE_LINE_PT = 29, 18
LINES, LETTERS = 22, 28
BODY_PT, TITLE_PT, FOOTER_PT, TABLE_PT, NOTE_PT = 16, 22, 14, 12, 9  # 3号, 2号, 4号, 小四, 小五
LETTER_TWIPS = BODY_PT * 20
LETTER_SPACING_TWIPS = -6
"""28 letters of 16 pt are a little wider than the type area. The grid says so too, but LibreOffice gives a letter wider than its cell
two of them: so text does not snap to the grid, and line pitch and this spacing give the same 22 x 28 in both programs."""
SONG_TITLE, FANGSONG, HEITI, KAITI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"

BODY_STYLES = {
    Level.BODY: ("Normal", FANGSONG),
    Level.FIRST: ("Heading 1", HEITI),
    Level.SECOND: ("Heading 2", KAITI),
    Level.THIRD: ("Heading 3", FANGSONG),
    Level.FOURTH: ("Heading 4", FANGSONG),
}
TITLE, SIGNATURE, ANNEX, ANNEX_TITLE, TABLE_TEXT, FOOTER = "Title", "Signature", "Annex", "Annex Title", "Table Text", "Footer"
_KEPT = {name for name, _font in BODY_STYLES.values()} | {TITLE, FOOTER}
STAND_INS = {
    SONG_TITLE: ("方正小标宋_GBK", "华文中宋", "STZhongsong", "宋体"),
    FANGSONG: ("仿宋", "FangSong", "华文仿宋"),
    KAITI: ("楷体", "KaiTi", "华文楷体"),
    HEITI: ("SimHei", "微软雅黑"),
    SONG: ("SimSun", "华文宋体"),
}
"""What to take where a font is not installed, the best first; the fonts themselves may not be shipped."""
_FAMILIES = {SONG_TITLE: ("roman", "variable"), FANGSONG: ("modern", "fixed"), KAITI: ("modern", "fixed"), HEITI: ("modern", "fixed")}
_COMPATIBILITY = "15"  # Word 2013 and later lay it out as they lay out their own
PROPERTY_LETTERS = 255


def open_page(language: str) -> DocumentFile:
    """An empty document with the page and the styles; in English Latin letters have a typeface of their own."""
    file = Document()
    latin = LATIN if language == "en" else None
    _set_page(file)
    _drop_styles(file)
    _set_styles(file, latin, language)
    _set_settings(file)
    return file


def fonts(font: str, latin: str | None) -> Any:
    """The typeface of a run. In Chinese text quotes, dashes and dots are full-width too: Word is told so, or it takes a Latin face."""
    told = {"ascii": latin or font, "hAnsi": latin or font, "eastAsia": font, "cs": latin or font}
    return element("rFonts", told if latin else {"hint": "eastAsia", **told})


def set_indent(properties: Any, *, first: float = 0, right: float = 0, left: float = 0) -> None:
    """Indents in letters; the twips beside them are for programs that do not count letters. A negative ``first`` hangs."""
    letters = {"left": left, "right": right, "hanging" if first < 0 else "firstLine": abs(first)}
    values: dict[str, object] = {}
    for side, count in letters.items():
        values[f"{side}Chars"] = round(count * 100)
        values[side] = round(count * LETTER_TWIPS)
    indent = properties.get_or_add_ind()
    indent.attrib.clear()
    for name, value in values.items():
        indent.set(qn(f"w:{name}"), str(value))


def element(tag: str, attributes: Mapping[str, object]) -> Any:
    """An element of WordprocessingML with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def number_pages(file: DocumentFile, latin: str | None, note: str = "") -> None:
    """— 1 — outside on odd and even pages, one letter from the edge; ``note`` small inside of it."""
    file.settings.odd_and_even_pages_header_footer = True
    section = file.sections[0]
    for footer, alignment, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style, paragraph.alignment = file.styles[FOOTER], alignment
        set_indent(paragraph._p.get_or_add_pPr(), **{side: 1.0})
        for kind, text in (("", "— "), ("begin", ""), ("code", " PAGE "), ("separate", ""), ("", "1"), ("end", ""), ("", " —")):
            run = paragraph.add_run("" if kind else text)
            run._r.get_or_add_rPr().insert(0, fonts(SONG, latin))
            if kind == "code":
                code = element("instrText", {})
                code.text = text
                code.set(qn("xml:space"), "preserve")
                run._r.append(code)
            elif kind:
                run._r.append(element("fldChar", {"fldCharType": kind}))
        if note:
            _note_beside(paragraph, note, latin, is_left=side == "right")


def _note_beside(paragraph: WordParagraph, note: str, latin: str | None, *, is_left: bool) -> None:
    run = paragraph.add_run(f"{note}　" if is_left else f"　{note}")
    run._r.get_or_add_rPr().insert(0, fonts(SONG, latin))
    run.font.size = Pt(NOTE_PT)
    if is_left:
        first = paragraph.runs[0]._r
        first.addprevious(run._r)


def describe(file: DocumentFile, *, title: str, author: str, as_of: date, language: str) -> None:
    """Title, author and day as the file's properties; overlong ones are cut."""
    about = file.core_properties
    about.title, about.author, about.last_modified_by = title[:PROPERTY_LETTERS], author[:PROPERTY_LETTERS], author[:PROPERTY_LETTERS]
    about.comments, about.language = "", language.replace("_", "-")
    about.created = about.modified = datetime.combine(as_of, time(), tzinfo=UTC)


def name_stand_ins(file: DocumentFile) -> None:
    """Which fonts to take where ours are not installed."""
    table = element("fonts", {})
    for font, others in STAND_INS.items():
        entry = element("font", {"name": font})
        entry.append(element("altName", {"val": ",".join(others)}))
        entry.append(element("charset", {"val": "86"}))
        family, pitch = _FAMILIES.get(font, ("auto", "variable"))
        entry.append(element("family", {"val": family}))
        entry.append(element("pitch", {"val": pitch}))
        table.append(entry)
    part = file.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def add_table_style(file: DocumentFile, latin: str | None) -> None:
    """The type of tables: 小四, lines of 18 pt."""
    table = _style(file, TABLE_TEXT)
    _set_font(table, FANGSONG, latin, TABLE_PT)
    _set_paragraph(table, WD_ALIGN_PARAGRAPH.LEFT, indent=False)
    table.paragraph_format.line_spacing = Pt(TABLE_LINE_PT)
    table.paragraph_format.space_before = table.paragraph_format.space_after = Pt(1)


def add_annex_styles(file: DocumentFile, latin: str | None) -> None:
    """附件1 in the corner of a new page in 黑体; the annex's title, two lines below it, stands in the outline."""
    label = _style(file, ANNEX)
    _set_font(label, HEITI, latin, BODY_PT)
    _set_paragraph(label, WD_ALIGN_PARAGRAPH.LEFT, indent=False)
    label.paragraph_format.page_break_before = label.paragraph_format.keep_with_next = True
    title = _style(file, ANNEX_TITLE)
    _set_font(title, SONG_TITLE, latin, TITLE_PT)
    _set_paragraph(title, WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(LINE_PT)
    title.paragraph_format.keep_with_next = True
    title.element.get_or_add_pPr().append(element("outlineLvl", {"val": 0}))


def _set_page(file: DocumentFile) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = (Twips(length) for length in PAGE_TWIPS)
    section.top_margin, section.bottom_margin = Twips(TOP_TWIPS), Twips(BOTTOM_TWIPS)
    section.left_margin, section.right_margin = Twips(LEFT_TWIPS), Twips(RIGHT_TWIPS)
    section.footer_distance = Twips(FOOTER_TWIPS)
    height = PAGE_TWIPS[1] - TOP_TWIPS - BOTTOM_TWIPS
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    spare_pt = WIDTH_TWIPS / 20 / LETTERS - BODY_PT  # a letter's cell is a little narrower than the letter
    grid = {"type": "linesAndChars", "linePitch": height // LINES, "charSpace": round(spare_pt * 4096)}
    section._sectPr.append(element("docGrid", grid))


def _drop_styles(file: DocumentFile) -> None:
    """Only what is used: the other styles of the library's template have fonts of a Japanese theme. Word knows them by itself."""
    for style in list(file.styles):
        if style.name in _KEPT:
            for tag in ("link", "next"):
                for link in style.element.findall(qn(f"w:{tag}")):
                    style.element.remove(link)
        elif not style.element.get(qn("w:default")):
            style.delete()


def _set_styles(file: DocumentFile, latin: str | None, language: str) -> None:
    for level, (name, font) in BODY_STYLES.items():
        style = _style(file, name)
        _set_font(style, font, latin, BODY_PT)
        _set_paragraph(style, WD_ALIGN_PARAGRAPH.JUSTIFY, indent=True)
        style.paragraph_format.keep_with_next = level is not Level.BODY
        style.font.bold = latin is not None and level in {Level.FIRST, Level.SECOND}  # Latin headings have no typeface that sets them off
        if level is not Level.BODY:
            style.element.insert(list(style.element).index(style.element.find(qn("w:basedOn"))) + 1, element("next", {"val": "Normal"}))
    title = _style(file, TITLE)
    _set_font(title, SONG_TITLE, latin, TITLE_PT)
    _set_paragraph(title, WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    title.paragraph_format.space_after = Pt(LINE_PT)
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    sign = _style(file, SIGNATURE)
    _set_font(sign, FANGSONG, latin, BODY_PT)
    _set_paragraph(sign, WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    add_table_style(file, latin)
    add_annex_styles(file, latin)
    footer = _style(file, FOOTER)
    _set_font(footer, SONG, None, FOOTER_PT)
    _set_paragraph(footer, WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    defaults = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for tag in ("rFonts", "lang"):
        for old in defaults.findall(qn(f"w:{tag}")):
            defaults.remove(old)
    defaults.insert(0, fonts(FANGSONG, latin))
    defaults.append(element("lang", {"val": "en-US", "eastAsia": "zh-CN", "bidi": "ar-SA"}))
    if language == "en":  # Latin words have spaces to stretch; Chinese lines are filled letter by letter
        file.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _set_settings(file: DocumentFile) -> None:
    settings = file.settings.element
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), _COMPATIBILITY)
    for theme in settings.iter(qn("w:themeFontLang")):
        theme.set(qn("w:eastAsia"), "zh-CN")


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
    properties.insert(0, fonts(font, latin))
    colour = properties.find(qn("w:color"))
    colour.addprevious(element("snapToGrid", {"val": 0}))
    if size_pt == BODY_PT and latin is None:
        colour.addnext(element("spacing", {"val": LETTER_SPACING_TWIPS}))


def _set_paragraph(style: ParagraphStyle, alignment: WD_ALIGN_PARAGRAPH, *, indent: bool) -> None:
    shape = style.paragraph_format
    shape.alignment = alignment
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_PT)
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    set_indent(style.element.get_or_add_pPr(), first=2 if indent else 0)
    for tag in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):  # in the schema's order
        style.element.pPr.find(qn("w:spacing")).addprevious(element(tag, {"val": 0}))
