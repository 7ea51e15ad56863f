"""Word's automatic numbers and the other text that python-docx passes over."""

from collections.abc import Sequence
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from unionboard.reading.cells import Heading
from unionboard.reading.numbering import format_chinese
from unionboard.reading.package import Package
from unionboard.reading.word import read_word

Level = tuple[str, str]  # number format and text of a level


def make_document(*, lists: Sequence[tuple[int, Sequence[Level]]] = (), nums: Sequence[tuple[int, int, str]] = ()) -> Document:
    """A document with abstract lists (id, levels) and lists (numId, abstract id, further XML)."""
    document = docx.Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for abstract_id, levels in lists:
        inner = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{look}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (look, text) in enumerate(levels)
        )
        root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}">{inner}</w:abstractNum>'))
    for num_id, abstract_id, more in nums:
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{num_id}"><w:abstractNumId w:val="{abstract_id}"/>{more}</w:num>'))
    return document


def add_item(document: Document, text: str, num_id: int, level: int = 0) -> Paragraph:
    paragraph = document.add_paragraph(text)
    number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(number))
    return paragraph


def lines(document: Document) -> list[object]:
    stream = BytesIO()
    document.save(stream)
    return list(read_word(Package(stream.getvalue())))


PLAN_LEVELS: Sequence[Level] = (("chineseCounting", "%1、"), ("decimal", "%2."), ("decimalEnclosedCircle", "%3"))


def test_numbers_count_on_each_level_and_restart_below_a_higher_one() -> None:
    document = make_document(lists=[(0, PLAN_LEVELS)], nums=[(1, 0, "")])
    for text, level in (("师德", 0), ("学习", 1), ("评选", 1), ("民主", 0), ("教代会", 1), ("提案", 2), ("答复", 2), ("公开", 1)):
        add_item(document, text, 1, level)

    assert lines(document) == ["一、师德", "1. 学习", "2. 评选", "二、民主", "1. 教代会", "① 提案", "② 答复", "2. 公开"]


@pytest.mark.parametrize(
    ("look", "text", "printed"),
    [
        ("decimal", "第%1条", "第3条 活动"),
        ("decimal", "（%1）", "（3）活动"),
        ("decimalZero", "%1.", "03. 活动"),
        ("decimalEnclosedCircleChinese", "%1", "③ 活动"),
        ("chineseCountingThousand", "（%1）", "（三）活动"),
        ("japaneseCounting", "%1、", "三、活动"),
        ("chineseLegalSimplified", "%1、", "叁、活动"),
        ("ideographTraditional", "%1、", "丙、活动"),
        ("lowerLetter", "%1)", "c)活动"),
        ("upperRoman", "%1.", "III. 活动"),
        ("bullet", "", "•活动"),
        ("none", "", "活动"),
        ("unheardOf", "%1、", "3、活动"),
    ],
)
def test_number_formats(look: str, text: str, printed: str) -> None:
    document = make_document(lists=[(0, [(look, text)])], nums=[(1, 0, "")])
    for _ in range(3):
        add_item(document, "活动", 1)

    assert lines(document)[-1] == printed


def test_two_lists_of_one_definition_count_on() -> None:
    document = make_document(lists=[(0, PLAN_LEVELS)], nums=[(1, 0, ""), (2, 0, "")])
    for num_id in (1, 1, 2):
        add_item(document, "活动", num_id)

    assert lines(document) == ["一、活动", "二、活动", "三、活动"]


def test_list_with_a_start_of_its_own_restarts() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    document = make_document(lists=[(0, PLAN_LEVELS)], nums=[(1, 0, ""), (2, 0, restart)])
    for num_id in (1, 1, 2, 2):
        add_item(document, "活动", num_id)

    assert lines(document) == ["一、活动", "二、活动", "一、活动", "二、活动"]


def test_numbers_of_a_paragraph_style() -> None:
    document = make_document(lists=[(0, PLAN_LEVELS)], nums=[(1, 0, "")])
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))
    document.add_paragraph("师德", style="Heading 1")
    document.add_paragraph("说明")
    document.add_paragraph("民主", style="Heading 1")

    assert lines(document) == ["一、师德", "说明", "二、民主"]


def test_paragraph_taken_out_of_its_style_s_list_has_no_number() -> None:
    document = make_document(lists=[(0, PLAN_LEVELS)], nums=[(1, 0, "")])
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))
    paragraph = document.add_paragraph("封面", style="Heading 1")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>'))
    document.add_paragraph("师德", style="Heading 1")

    assert lines(document) == [Heading("封面", 0), "一、师德"]


def test_deeper_item_before_its_parent_shows_the_parent_s_start() -> None:
    document = make_document(lists=[(0, [("decimal", "%1."), ("decimal", "%1.%2")])], nums=[(1, 0, "")])
    add_item(document, "学习", 1, 1)
    add_item(document, "评选", 1, 1)

    assert lines(document) == ["1.1 学习", "1.2 评选"]


def test_empty_list_paragraph_counts_as_it_does_in_word() -> None:
    document = make_document(lists=[(0, PLAN_LEVELS)], nums=[(1, 0, "")])
    for text in ("师德", "", "民主"):
        add_item(document, text, 1)

    assert lines(document) == ["一、师德", "", "三、民主"]


def test_list_that_is_defined_nowhere_is_plain_text() -> None:
    document = make_document()
    add_item(document, "师德", 7)

    assert lines(document) == ["师德"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (105, "一百零五"), (110, "一百一十"), (10000, "10000")],
)
def test_chinese_numbers(number: int, words: str) -> None:
    assert format_chinese(number) == words


# --- text around the numbers -----------------------------------------------------------------------------------------------


def append_xml(document: Document, xml: str) -> None:
    document.element.body.insert(0, parse_xml(xml))


def test_text_in_content_controls_smart_tags_and_insertions_is_read_and_deleted_text_is_not() -> None:
    document = make_document()
    append_xml(
        document,
        f'<w:p {nsdecls("w")}><w:r><w:t>定于</w:t></w:r><w:smartTag w:element="chsdate"><w:r><w:t>3月8日</w:t></w:r></w:smartTag>'
        "<w:sdt><w:sdtContent><w:r><w:t>举办</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:ins><w:r><w:t>插花</w:t></w:r></w:ins><w:del><w:r><w:delText>聚餐</w:delText></w:r></w:del></w:p>",
    )

    assert lines(document) == ["定于3月8日举办插花"]


def test_table_of_contents_is_left_out() -> None:
    document = make_document()
    append_xml(
        document,
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    document.add_paragraph("正文")

    assert lines(document) == ["正文"]


def test_block_content_control_is_read() -> None:
    document = make_document()
    append_xml(document, f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:sdtContent></w:sdt>")

    assert lines(document) == ["正文"]


def test_text_box_is_read_once() -> None:
    document = make_document()
    box = "<w:txbxContent><w:p><w:r><w:t>青松小学工会</w:t></w:r></w:p></w:txbxContent>"
    append_xml(
        document,
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>',
    )

    assert lines(document) == ["青松小学工会"]
