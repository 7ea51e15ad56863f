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

from tests.writing.docx_xml import find
from unionboard.drafting.document import Level, Paragraph, SummaryDocument
from unionboard.writing.summary_docx import write_summary_docx
from unionboard.writing.summary_markdown import write_summary_markdown

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


@pytest.fixture
def file() -> DocumentFile:
    return Document(io.BytesIO(write_summary_docx(DRAFT)))


def test_text_stands_in_the_drafts_order_and_words(file: DocumentFile) -> None:
    assert [paragraph.text for paragraph in file.paragraphs] == DRAFT.texts


def test_page_is_a4_with_the_margins_of_the_standard(file: DocumentFile) -> None:
    section = file.sections[0]

    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]

    assert [round(length.mm) for length in (section.page_width, section.page_height, *margins) if length] == [210, 297, 37, 35, 28, 26]


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


def test_body_is_justified_and_indented_by_two_letters(file: DocumentFile) -> None:
    normal = file.styles["Normal"].element

    assert find(normal, "pPr", "jc")["val"] == "both"
    assert find(normal, "pPr", "ind")["firstLineChars"] == "200"


def test_day_begins_two_letters_right_of_the_union(file: DocumentFile) -> None:
    right = [find(paragraph._p, "pPr", "ind")["rightChars"] for paragraph in file.paragraphs[-2:]]

    # 青松小学工会 is 6 letters wide, 2026年12月20日 with half-width digits 7: 5 + 6 = 2 + 7 + 2
    assert right == ["500", "200"]


def test_page_numbers_stand_outside_on_odd_and_even_pages(file: DocumentFile) -> None:
    section = file.sections[0]
    footers: list[Any] = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]

    assert file.settings.odd_and_even_pages_header_footer
    assert [footer.text for footer in footers] == ["— 1 —", "— 1 —"]
    assert [find(footer._p, "pPr", "jc")["val"] for footer in footers] == ["right", "left"]
    assert [footer._p.findall(f".//{qn('w:instrText')}")[0].text for footer in footers] == [" PAGE ", " PAGE "]
    assert file.styles["Footer"].font.size == Pt(14)
    assert section.footer_distance is not None
    assert section.footer_distance < Mm(28)


def test_properties_name_title_author_and_day(file: DocumentFile) -> None:
    about = file.core_properties

    assert (about.title, about.author, about.created) == (DRAFT.title, DRAFT.author, datetime(2026, 12, 20, tzinfo=UTC))


def test_letters_that_xml_forbids_and_overlong_properties_do_no_harm() -> None:
    draft = replace(DRAFT, title="总结\x0b", author="工" * 300)

    assert Document(io.BytesIO(write_summary_docx(draft))).paragraphs[0].text == "总结"


def test_same_draft_gives_the_same_document() -> None:
    first, second = (Document(io.BytesIO(write_summary_docx(DRAFT))).element.xml for _ in range(2))

    assert first == second


def test_markdown_holds_the_same_text() -> None:
    assert write_summary_markdown(DRAFT) == (
        "# 青松小学工会2026年工作总结\n\n2026年，青松小学工会按照计划开展工作。\n\n## 一、健全民主管理\n\n### （一）开好教代会\n\n"
        "#### 1\\.会前准备\n\n##### （1）代表培训\n\n1\\.有1项活动未按期完成。\n\n青松小学工会  \n2026年12月20日\n"
    )
