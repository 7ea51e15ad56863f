"""The union's own template: named places, split runs, what is broken or dangerous refused with a sentence that says where."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.writing.docx_xml import find, names_of, part, texts_of
from tests.writing.test_summary_annexes import ANNEXES
from tests.writing.test_summary_docx import DRAFT
from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.drafting.document import SummaryDocument
from unionboard.errors import Refusal
from unionboard.errors.documents import ProtectedDocument
from unionboard.errors.exports import (
    TemplateBroken,
    TemplateEmpty,
    TemplateNotWord,
    TemplatePlaceUnknown,
    TemplateRefused,
    TemplateStrange,
    TemplateTagRefused,
    TemplateTagUnclosed,
    TemplateTooLarge,
    TemplateWithLinks,
    TemplateWithMacros,
    TemplateWithObjects,
    TemplateWithoutText,
)
from unionboard.reading.package import MIB
from unionboard.writing.summary_annexes import make_annexes
from unionboard.writing.summary_template import check_template, fill_template, list_places, write_sample_template

RELATION = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'


def saved(file: DocumentFile) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def template(*paragraphs: str) -> bytes:
    """A Word file of somebody else with a paragraph for each text."""
    file = Document()
    for text in paragraphs:
        file.add_paragraph(text)
    return saved(file)


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one part changed, or added when it has none of that name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for known in old.namelist():
            new.writestr(known, change(old.read(known)) if known == name else old.read(known))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return buffer.getvalue()


def with_relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    relation = RELATION.format(kind, target, mode)
    ending = b"</Relationships>"
    return with_part(template("{{ 正文 }}"), "word/_rels/document.xml.rels", lambda rels: rels.replace(ending, relation.encode() + ending))


def filled(content: bytes, document: SummaryDocument = DRAFT) -> list[str]:
    return texts_of(fill_template(content, document))


def test_places_are_filled_by_their_chinese_or_english_names() -> None:
    assert filled(template("{{ 标题 }}", "{{ body }}", "{{落款}} {{ date }}")) == [
        "青松小学工会2026年工作总结",
        *(paragraph.text for paragraph in DRAFT.paragraphs),
        "青松小学工会 2026年12月20日",
    ]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_sample_can_be_used_as_it_is(language: str) -> None:
    assert filled(write_sample_template(language)) == DRAFT.texts


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_place_of_the_list_exists(language: str) -> None:
    check_template(template(*(line for place in list_places(language) for line in place.name.replace(" {", "\n{").split("\n"))))


def test_place_that_word_tore_into_runs_is_filled() -> None:
    file = Document()
    paragraph = file.add_paragraph()
    for piece in ("{", "{ 正", "文 ", "}", "}"):
        paragraph.add_run(piece).bold = piece == "文 "

    assert filled(saved(file)) == [paragraph.text for paragraph in DRAFT.paragraphs]


def test_full_width_braces_of_a_chinese_keyboard_are_understood() -> None:
    assert filled(template("｛｛正文｝｝"))[0] == DRAFT.paragraphs[0].text


def test_text_takes_the_look_of_its_place_and_headings_stand_out() -> None:
    file = Document()
    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("{{ 正文 }}").font.size = Pt(15)

    made = Document(io.BytesIO(fill_template(saved(file), DRAFT))).paragraphs

    assert {(one.alignment, one.runs[0].font.size) for one in made} == {(WD_ALIGN_PARAGRAPH.RIGHT, Pt(15))}
    faces = [one.runs[0]._r.find(f".//{qn('w:rFonts')}") for one in made]
    assert [None if face is None else face.get(qn("w:eastAsia")) for face in faces] == [None, "黑体", "楷体_GB2312", None, None, None]
    levels = [one._p.find(f".//{qn('w:outlineLvl')}") for one in made]
    assert [None if level is None else level.get(qn("w:val")) for level in levels] == [None, "0", "1", "2", "3", None]


def test_parts_can_be_laid_out_one_by_one() -> None:
    made = filled(template("{{ 导语 }}", "{%p for 节 in 各节 %}", "〖{{ 节.标题 }}〗", "{{ 节.内容 }}", "{%p endfor %}"))

    assert made == [
        "2026年，青松小学工会按照计划开展工作。",
        "〖一、健全民主管理〗",
        "（一）开好教代会",
        "1.会前准备",
        "（1）代表培训",
        "1.有1项活动未按期完成。",
    ]


def test_place_in_a_cell_and_in_the_head_of_the_page_is_filled() -> None:
    file = Document()
    file.add_table(1, 1).rows[0].cells[0].paragraphs[0].text = "{{ 正文 }}"
    file.sections[0].header.paragraphs[0].text = "{{ 单位 }}文件"

    content = fill_template(saved(file), DRAFT)

    assert [cell.text for row in Document(io.BytesIO(content)).tables[0].rows for cell in row.cells] == [
        "\n".join(paragraph.text for paragraph in DRAFT.paragraphs)
    ]
    assert "青松小学工会文件" in [text for name in names_of(content) if "header" in name for text in texts_of(content, name)]


def test_picture_beside_the_text_is_not_repeated_with_every_paragraph() -> None:
    file = Document()
    paragraph = file.add_paragraph("前{{ 正文 }}")
    paragraph.add_run().add_break()
    paragraph.add_run("后")

    content = fill_template(saved(file), DRAFT)

    assert [texts_of(content)[place] for place in (0, -1)] == ["前" + DRAFT.paragraphs[0].text, DRAFT.paragraphs[-1].text + "后"]
    assert len(list(part(content, "word/document.xml").iter(qn("w:br")))) == 1


def test_people_words_are_never_taken_for_xml_or_places() -> None:
    draft = replace(DRAFT, title="<w:p>&{{ 正文 }}\x0b总结")

    assert filled(template("{{ 标题 }}", "{{ 正文 }}"), draft)[0] == "<w:p>&{{ 正文 }}总结"


def test_annexes_follow_on_the_templates_own_width_whatever_styles_it_has() -> None:
    file = Document(io.BytesIO(template("{{ 正文 }}", "{{ 附件说明 }}")))
    file.sections[0].left_margin = file.sections[0].right_margin = Pt(100)

    made = Document(io.BytesIO(fill_template(saved(file), DRAFT, annexes=make_annexes(ANNEXES, "zh_CN"))))

    section = made.sections[0]
    whole = (section.page_width or 0) - Pt(200)
    assert [len(table.rows) for table in made.tables] == [6, 2, 11, 7, 6]
    assert 0 <= whole - sum(column.width or 0 for column in made.tables[0].columns) < Pt(1)
    assert [one.text for one in made.paragraphs][6:8] == ["附件1：活动开展情况表", "附件2：参加上级活动情况表"]
    assert find(made.tables[0]._tbl, "tblPr", "tblBorders", "top")["val"] == "single"


def test_note_of_attachments_vanishes_when_nothing_is_attached() -> None:
    assert filled(template("{{ 正文 }}", "{{ 附件说明 }}", "完")) == [*(paragraph.text for paragraph in DRAFT.paragraphs), "完"]
    assert filled(template("{{ 正文 }}", "{%p if 附件说明 %}", "附：", "{%p endif %}"))[-1] == DRAFT.paragraphs[-1].text


def test_same_draft_on_the_same_template_gives_the_same_bytes() -> None:
    content = template("{{ 正文 }}")

    assert fill_template(content, DRAFT) == fill_template(content, DRAFT)


def test_file_bears_the_summarys_title_and_day() -> None:
    about = Document(io.BytesIO(fill_template(template("{{ 正文 }}"), DRAFT))).core_properties

    assert (about.title, about.author) == (DRAFT.title, DRAFT.author)
    assert about.created is not None
    assert about.created.date() == date(2026, 12, 20)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", TemplateEmpty),
        (b"not a file", TemplateNotWord),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), TemplateNotWord),
        (template()[:2000], TemplateNotWord),
        (bytes(UPLOAD_LIMIT_MB * MIB + 1), TemplateTooLarge),
        (with_part(template("{{ 正文 }}"), "word/document.xml", lambda _: b"<w:document"), TemplateNotWord),
        (with_part(template("{{ 正文 }}"), "word/document.xml", lambda _: b"<other/>"), TemplateRefused),
        (template(), TemplateWithoutText),
        (template("{{ 标题 }}", "没有正文"), TemplateWithoutText),
    ],
)
def test_file_that_is_no_template_is_refused(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check_template(content)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (with_part(template("{{ 正文 }}"), "word/vbaProject.bin", lambda _: b"x"), TemplateWithMacros),
        (with_part(template("{{ 正文 }}"), "word/embeddings/book.xlsx", lambda _: b"x"), TemplateWithObjects),
        (with_relation("oleObject", "embeddings/a.bin", ""), TemplateWithObjects),
        (with_relation("aFChunk", "chunk.html", ""), TemplateWithObjects),
        (with_relation("image", "http://example.com/spy.png"), TemplateWithLinks),
        (with_relation("image", "file:///etc/passwd"), TemplateWithLinks),
        (with_relation("attachedTemplate", "http://example.com/a.dotm"), TemplateWithLinks),
    ],
)
def test_template_that_brings_or_fetches_something_is_refused(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        check_template(content)


def test_link_that_one_clicks_is_no_danger() -> None:
    check_template(with_relation("hyperlink", "https://example.com"))


@pytest.mark.parametrize(
    "instruction", ['INCLUDETEXT "C:\\\\secret.txt"', 'IncludePicture "http://example.com/a.png"', "DDEAUTO cmd", "LINK x"]
)
def test_field_that_includes_a_file_is_refused(instruction: str) -> None:
    field = f'<w:p><w:fldSimple w:instr="{instruction.replace(chr(34), "&quot;")}"/></w:p></w:body>'.encode()

    with pytest.raises(TemplateWithLinks):
        check_template(with_part(template("{{ 正文 }}"), "word/document.xml", lambda xml: xml.replace(b"</w:body>", field)))


@pytest.mark.parametrize(
    ("text", "refusal", "where"),
    [
        ("抬头 {{ 标题", TemplateTagUnclosed, "{{ 标题"),
        ("{{ 标题 {{ 单位 }}", TemplateTagUnclosed, "{{ 标题 {{ 单位 }}"),
        ("本单位：{{ 校名 }}（章）", TemplatePlaceUnknown, "本单位：{{ 校名 }}（章）"),
        ("共 {{ 各节|length }} 节", TemplateTagRefused, "共 {{ 各节|length }} 节"),
        ("{% for 节 in 各节 %}没有结束", TemplateBroken, "{% for 节 in 各节 %}没有结束"),
        ("{{ 标题 + }}", TemplateBroken, "{{ 标题 + }}"),
        ("{{ 标题.__class__ }}", TemplatePlaceUnknown, "{{ 标题.__class__ }}"),
        ("{{ 标题.__class__.__mro__[1].__subclasses__() }}", TemplateTagRefused, "{{ 标题.__class__.__mro__[1].__subclasses__() }}"),
        ("{{ 'x' * 999999999 }}", TemplateTagRefused, "{{ 'x' * 999999999 }}"),
        ("{% set x = 1 %}", TemplateTagRefused, "{% set x = 1 %}"),
        ("{% include 'other' %}", TemplateTagRefused, "{% include 'other' %}"),
        ("{{ range(9) }}", TemplateTagRefused, "{{ range(9) }}"),
        ("{{ cycler }}", TemplatePlaceUnknown, "{{ cycler }}"),
    ],
)
def test_place_or_instruction_that_is_wrong_is_named_with_its_words(text: str, refusal: type[Refusal], where: str) -> None:
    with pytest.raises(refusal) as caught:
        check_template(template("{{ 正文 }}", "之前", text, "之后"))

    assert type(caught.value) is refusal
    assert caught.value.facts["where"] == where


def test_unknown_name_is_said() -> None:
    with pytest.raises(TemplatePlaceUnknown) as caught:
        check_template(template("{{ 正文 }}", "{%p for 节 in 各节 %}", "{{ 节.名称 }}", "{%p endfor %}"))

    assert caught.value.facts["place"] == "名称"


def test_loops_in_loops_in_loops_are_refused_before_they_run() -> None:
    loops = [f"{{%p for 节{n} in 各节 %}}" for n in range(8)]

    with pytest.raises(TemplateTagRefused):
        check_template(template("{{ 正文 }}", *loops, "x", *["{%p endfor %}"] * 8))


def test_thousands_of_places_are_refused() -> None:
    with pytest.raises(TemplateTooLarge):
        check_template(template("{{ 正文 }}", *["{{ 标题 }}"] * 301))


def test_loop_that_tears_the_file_is_refused_instead_of_mended_silently() -> None:
    file = Document()
    file.add_paragraph("{{ 正文 }}")
    file.add_paragraph("{% for 节 in 各节 %}")
    file.add_table(1, 1).rows[0].cells[0].paragraphs[0].text = "{{ 节.标题 }}{% endfor %}"

    with pytest.raises(TemplateBroken):
        check_template(saved(file))


def test_cell_left_without_a_paragraph_is_refused() -> None:
    file = Document()
    file.add_paragraph("{{ 正文 }}")
    file.add_table(1, 1).rows[0].cells[0].paragraphs[0].text = "{%p if 附件说明 %}{%p endif %}"

    with pytest.raises(TemplateBroken):
        check_template(saved(file))


def test_bomb_is_refused_unopened() -> None:
    with pytest.raises(TemplateTooLarge):
        check_template(with_part(template("{{ 正文 }}"), "word/media/bomb.bin", lambda _: bytes(3 * UPLOAD_LIMIT_MB * MIB)))


def test_entities_are_not_followed() -> None:
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    content = with_part(template("{{ 正文 }}"), "word/document.xml", lambda xml: xml.split(b"?>", 1)[1].join([entity, b""]))

    with pytest.raises(TemplateRefused):
        check_template(with_part(content, "word/document.xml", lambda xml: xml.replace("{{ 正文 }}".encode(), b"&e;")))


def test_file_behind_a_password_says_so() -> None:
    content = bytearray(template("{{ 正文 }}"))
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\x01\x02":
            content[place + 8] |= 1

    with pytest.raises(ProtectedDocument):
        check_template(bytes(content))


def test_place_where_no_text_can_stand_is_refused() -> None:
    def mark_size(xml: bytes) -> bytes:
        return xml.replace(b'w:w="12240"', 'w:w="{{ 正文 }}"'.encode())

    with pytest.raises(TemplateStrange):
        check_template(with_part(template("{{ 正文 }}"), "word/document.xml", mark_size))


def test_style_of_the_same_name_and_another_kind_is_told_when_the_template_is_chosen() -> None:
    file = Document()
    file.add_paragraph("{{ 正文 }}")
    file.styles.add_style("Annex", WD_STYLE_TYPE.CHARACTER)

    with pytest.raises(TemplateStrange):
        check_template(saved(file))
