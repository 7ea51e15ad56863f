"""The Word file, read back: page, fonts, sizes, line pitch, order of the text, page numbers."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.writing.docx_xml import find, names_of, part
from unionboard.drafting.document import Level, Paragraph, SummaryDocument
from unionboard.writing.summary_docx import write_summary_docx

DRAFT = SummaryDocument(
    title="青松小学工会2026年工作总结",
    paragraphs=(
        Paragraph("2026年，青松小学工会按照计划开展工作。"),
        Paragraph("一、健全民主管理", Level.FIRST),
        Paragraph("（一）开好教代会", Level.SECOND),
        Paragraph("1.会前准备", Level.THIRD),
        Paragraph("（1）代表培训", Level.FOURTH),
        Paragraph("1.有1项活动未按期完成。"),
    ),
    signature=("青松小学工会", "2026年12月20日"),
    author="青松小学工会",
    as_of=date(2026, 12, 20),
    language="zh_CN",
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_summary_docx(DRAFT)


@pytest.fixture
def file(content: bytes) -> DocumentFile:
    return Document(io.BytesIO(content))


def test_text_stands_in_the_drafts_order_and_words(file: DocumentFile) -> None:
    assert [paragraph.text for paragraph in file.paragraphs] == DRAFT.texts


def test_page_is_a4_with_the_margins_of_the_standard(file: DocumentFile) -> None:
    section = file.sections[0]

    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]

    assert [round(length.mm) for length in (section.page_width, section.page_height, *margins) if length] == [210, 297, 37, 35, 28, 26]


def test_margins_are_those_of_the_standard_in_twips(content: bytes) -> None:
    margins = find(part(content, "word/document.xml"), "body", "sectPr", "pgMar")

    # 35 mm below are 1984 twips; 4 less, and 22 lines of 29 pt fit
    assert [margins[side] for side in ("top", "right", "bottom", "left", "footer")] == ["2098", "1474", "1980", "1588", "1304"]


def test_grid_is_22_lines_of_28_letters(file: DocumentFile) -> None:
    section: Any = file.sections[0]
    grid = find(section._sectPr, "docGrid")
    height = section.page_height - section.top_margin - section.bottom_margin
    width_pt = (section.page_width - section.left_margin - section.right_margin) / Pt(1)

    letter_pt = 16 + int(grid["charSpace"]) / 4096

    assert (grid["type"], height // Pt(29)) == ("linesAndChars", 22)
    assert round(width_pt / letter_pt, 2) == 28


@pytest.mark.parametrize(
    ("place", "style", "font", "size_pt"),
    [
        (0, "Title", "方正小标宋简体", 22),
        (1, "Normal", "仿宋_GB2312", 16),
        (2, "Heading 1", "黑体", 16),
        (3, "Heading 2", "楷体_GB2312", 16),
        (4, "Heading 3", "仿宋_GB2312", 16),
        (5, "Heading 4", "仿宋_GB2312", 16),
        (6, "Normal", "仿宋_GB2312", 16),
        (7, "Signature", "仿宋_GB2312", 16),
    ],
)
def test_each_level_has_its_style_font_and_size(file: DocumentFile, place: int, style: str, font: str, size_pt: int) -> None:
    paragraph = file.paragraphs[place]
    used = paragraph.style
    assert used is not None
    fonts = [find(element, "rPr", "rFonts") for element in (used.element, paragraph.runs[0]._r)]

    assert (used.name, used.font.size, used.font.bold, str(used.font.color.rgb)) == (style, Pt(size_pt), False, "000000")
    assert fonts == [{"hint": "eastAsia", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), font)}] * 2


@pytest.mark.parametrize("style", ["Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Signature"])
def test_every_style_has_a_pitch_of_exactly_29_points(file: DocumentFile, style: str) -> None:
    spacing = find(file.styles[style].element, "pPr", "spacing")

    assert (spacing["line"], spacing["lineRule"]) == ("580", "exact")


def test_headings_stand_in_the_outline_and_body_follows_them(file: DocumentFile) -> None:
    headings = [file.styles[f"Heading {level}"].element for level in (1, 2, 3, 4)]

    assert [find(heading, "pPr", "outlineLvl")["val"] for heading in headings] == ["0", "1", "2", "3"]
    assert [find(heading, "next")["val"] for heading in headings] == ["Normal"] * 4


def test_title_is_centred_and_a_long_one_is_broken_between_words() -> None:
    title = "青松小学工会2026年工作总结及2027年工作思路"

    paragraph = Document(io.BytesIO(write_summary_docx(replace(DRAFT, title=title)))).paragraphs[0]

    assert paragraph.text == "青松小学工会2026年工作总结\n及2027年工作思路"
    assert paragraph.style is not None
    assert find(paragraph.style.element, "pPr", "jc")["val"] == "center"


def test_every_run_names_its_fonts_and_says_that_quotes_and_digits_are_east_asian(content: bytes) -> None:
    parts = ["word/document.xml", *(name for name in names_of(content) if name.startswith("word/footer"))]
    runs = [run for name in parts for run in part(content, name).iter(qn("w:r"))]

    told = {tuple(find(run, "rPr", "rFonts").get(name) for name in ("hint", "ascii", "hAnsi", "eastAsia")) for run in runs}

    fonts = ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体")
    assert told == {("eastAsia", font, font, font) for font in fonts}


def test_no_theme_and_no_japanese_font_is_left(content: bytes) -> None:
    styles, settings = part(content, "word/styles.xml"), part(content, "word/settings.xml")

    themed = [name for fonts in styles.iter(qn("w:rFonts")) for name in fonts.attrib if "heme" in name]
    named = {value for fonts in styles.iter(qn("w:rFonts")) for value in fonts.attrib.values()}

    assert (themed, named & {"MS Mincho", "Calibri", "Cambria"}) == ([], set())
    assert find(styles, "docDefaults", "rPrDefault", "rPr", "lang")["eastAsia"] == "zh-CN"
    assert find(settings, "themeFontLang")["eastAsia"] == "zh-CN"


def test_everything_is_black(content: bytes) -> None:
    colours = [colour for name in ("word/document.xml", "word/styles.xml") for colour in part(content, name).iter(qn("w:color"))]

    assert {(colour.get(qn("w:val")), colour.get(qn("w:themeColor"))) for colour in colours} == {("000000", None)}


@pytest.mark.parametrize(
    ("font", "stand_ins"),
    [
        ("方正小标宋简体", "方正小标宋_GBK,华文中宋,STZhongsong,宋体"),
        ("仿宋_GB2312", "仿宋,FangSong,华文仿宋"),
        ("楷体_GB2312", "楷体,KaiTi,华文楷体"),
        ("黑体", "SimHei,微软雅黑"),
        ("宋体", "SimSun,华文宋体"),
    ],
)
def test_missing_fonts_have_stand_ins(content: bytes, font: str, stand_ins: str) -> None:
    fonts = {entry.get(qn("w:name")): entry for entry in part(content, "word/fontTable.xml")}

    assert find(fonts[font], "altName")["val"] == stand_ins
    assert find(fonts[font], "charset")["val"] == "86"


def test_word_lays_it_out_as_a_document_of_its_own_without_squeezed_marks(content: bytes) -> None:
    settings = part(content, "word/settings.xml")
    modes = {mode.get(qn("w:name")): mode.get(qn("w:val")) for mode in settings.iter(qn("w:compatSetting"))}

    assert modes["compatibilityMode"] == "15"
    assert find(settings, "characterSpacingControl")["val"] == "doNotCompress"


def test_no_air_between_chinese_and_digits_and_no_widow_moves_a_line(content: bytes) -> None:
    normal = next(style for style in part(content, "word/styles.xml") if style.get(qn("w:styleId")) == "Normal")

    told = {tag: find(normal, "pPr", tag)["val"] for tag in ("autoSpaceDE", "autoSpaceDN", "widowControl", "snapToGrid")}

    assert told == {"autoSpaceDE": "0", "autoSpaceDN": "0", "widowControl": "0", "snapToGrid": "0"}


def test_body_is_justified_and_indented_by_two_letters(file: DocumentFile) -> None:
    normal = file.styles["Normal"].element

    assert find(normal, "pPr", "jc")["val"] == "both"
    assert find(normal, "pPr", "ind")["firstLineChars"] == "200"


def test_day_begins_two_letters_right_of_the_union(file: DocumentFile) -> None:
    right = [find(paragraph._p, "pPr", "ind")["rightChars"] for paragraph in file.paragraphs[-2:]]

    # 青松小学工会 is 6 letters wide, 2026年12月20日 with half-width digits 7: 5 + 6 = 2 + 7 + 2
    assert right == ["500", "200"]


def test_day_longer_than_the_union_keeps_its_two_letters_and_moves_the_union() -> None:
    file = Document(io.BytesIO(write_summary_docx(replace(DRAFT, signature=("工会", "2026年12月20日")))))

    right = [find(paragraph._p, "pPr", "ind")["rightChars"] for paragraph in file.paragraphs[-2:]]

    assert right == ["900", "200"]


@pytest.mark.parametrize(
    ("union", "right"),
    [
        ("青松小学工会", ["450", "400"]),  # 7 letters of the day: half a letter more on each side
        ("青松区第一实验小学附属幼儿园工会", ["0", "450"]),
        ("青松区第一实验小学工会", ["200", "400"]),  # two letters wider than the day on each side
    ],
)
def test_with_a_seal_the_day_stands_four_letters_in_and_the_union_is_centred_over_it(union: str, right: list[str]) -> None:
    file = Document(io.BytesIO(write_summary_docx(replace(DRAFT, signature=(union, "2026年12月20日")), has_seal=True)))

    assert [find(paragraph._p, "pPr", "ind")["rightChars"] for paragraph in file.paragraphs[-2:]] == right


def test_signature_stands_a_line_below_the_body_and_on_one_page_with_its_last_words(file: DocumentFile) -> None:
    last, union, day = file.paragraphs[-3:]

    assert union.paragraph_format.space_before == Pt(29)
    assert [paragraph.paragraph_format.keep_with_next for paragraph in (last, union, day)] == [True, True, False]


def test_page_numbers_stand_outside_on_odd_and_even_pages(file: DocumentFile) -> None:
    section = file.sections[0]
    footers: list[Any] = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]

    assert file.settings.odd_and_even_pages_header_footer
    assert [footer.text for footer in footers] == ["— 1 —", "— 1 —"]
    assert [find(footer._p, "pPr", "jc")["val"] for footer in footers] == ["right", "left"]
    assert [footer._p.findall(f".//{qn('w:instrText')}")[0].text for footer in footers] == [" PAGE ", " PAGE "]
    assert [find(footer._p, "pPr", "ind")[side] for footer, side in zip(footers, ("rightChars", "leftChars"), strict=True)] == [
        "100",
        "100",
    ]
    assert [find(run._r, "rPr", "rFonts")["eastAsia"] for run in footers[0].runs] == ["宋体"] * len(footers[0].runs)
    assert file.styles["Footer"].font.size == Pt(14)


def test_dash_beside_the_page_number_is_seven_millimetres_below_the_type_area(file: DocumentFile) -> None:
    section = file.sections[0]
    assert section.bottom_margin is not None
    assert section.footer_distance is not None

    middle_mm = (section.bottom_margin - section.footer_distance - Pt(29) / 2) / Mm(1)

    assert round(middle_mm, 1) == 6.8


def test_properties_name_title_author_and_day(file: DocumentFile) -> None:
    about = file.core_properties

    assert (about.title, about.author, about.created) == (DRAFT.title, DRAFT.author, datetime(2026, 12, 20, tzinfo=UTC))


def test_letters_that_xml_forbids_and_overlong_properties_do_no_harm() -> None:
    draft = replace(DRAFT, title="总结\x0b", author="工" * 300)

    assert Document(io.BytesIO(write_summary_docx(draft))).paragraphs[0].text == "总结"


def test_same_draft_gives_the_same_bytes(content: bytes) -> None:
    assert write_summary_docx(DRAFT) == content


def test_check_code_of_a_final_one_stands_small_inside_of_the_page_number() -> None:
    final = replace(DRAFT, check_code="812-3fa9c1d2e4b57a60")

    section = Document(io.BytesIO(write_summary_docx(final))).sections[0]
    footers = [footer.paragraphs[0] for footer in (section.footer, section.even_page_footer)]

    assert [footer.text for footer in footers] == [
        "更改记录校验码 812-3fa9c1d2e4b57a60　—  PAGE 1 —".replace(" PAGE ", ""),
        "—  PAGE 1 —　更改记录校验码 812-3fa9c1d2e4b57a60".replace(" PAGE ", ""),
    ]
    assert [footers[0].runs[0].font.size, footers[1].runs[-1].font.size] == [Pt(9), Pt(9)]
