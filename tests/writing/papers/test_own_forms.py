"""The union's own forms: all places filled, in Word and in Excel; what is unknown, broken or dangerous refused, saying where."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.writing.docx_xml import texts_of
from tests.writing.papers.facts import tell
from unionboard.config import LANGUAGES
from unionboard.errors.exports import (
    FormFormula,
    FormNeither,
    FormRowMixed,
    FormWithoutPlaces,
    TemplateNotExcel,
    TemplatePlaceUnknown,
    TemplateRefused,
    TemplateStrange,
    TemplateTagRefused,
    TemplateTagUnclosed,
    TemplateTooLarge,
    TemplateWithLinks,
    TemplateWithMacros,
    TemplateWithObjects,
)
from unionboard.models import TemplateKind
from unionboard.writing.papers.making import ONE_EACH, check_form, list_suffixes, make_sample, write_form, write_paper
from unionboard.writing.papers.places import PLACES, cell_of, list_told, loop_of

KINDS = tuple(PLACES)
SIGN_IN = TemplateKind.SIGN_IN


def word(*paragraphs: str) -> bytes:
    """A Word form with a paragraph for each text."""
    file = Document()
    for text in paragraphs:
        file.add_paragraph(text)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def excel(*rows: Sequence[Any], change: Callable[[Worksheet], object] = lambda _sheet: None) -> bytes:
    """An Excel form of these rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for known in old.namelist():
            if known != name:
                new.writestr(known, old.read(known))
        new.writestr(name, part)
    return buffer.getvalue()


def rows_of(content: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_our_own_forms_are_taken_as_they_are(kind: TemplateKind, language: str) -> None:
    suffixes = [*list_suffixes(kind), *([ONE_EACH] if kind is TemplateKind.CERTIFICATE else [])]

    taken = [check_form(write_form(kind, language, suffix), kind) for suffix in suffixes]

    assert taken == [".docx" if suffix == ONE_EACH else suffix for suffix in suffixes]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_word_form_with_every_place_is_filled(kind: TemplateKind, language: str) -> None:
    places = PLACES[kind]
    singles = [f"{{{{ {place.name(language)} }}}}" for place in places.single]
    lists: list[str] = []
    for one in places.lists:
        opened, closed = loop_of(one, language, tag="p")
        lists += [opened, "|".join(cell_of(column, language) for column in one.columns), closed]

    told = texts_of(write_paper(make_sample(kind), form=word(*singles, *lists)))

    assert told == [
        *(place.zh for place in places.single),
        *("|".join(column.zh for column in one.columns) for one in places.lists for _line in range(2)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_excel_form_with_every_place_as_it_is_listed_is_filled(kind: TemplateKind, language: str) -> None:
    typed = [one.typed for one in list_told(kind, language)]

    rows = rows_of(write_paper(make_sample(kind), form=excel(*([text] for text in typed))))

    places = PLACES[kind]
    expected = [[place.zh] for place in places.single]
    expected += [[column.zh] for one in places.lists for column in one.columns for _line in range(2)]
    assert rows == expected


def test_excel_row_is_repeated_with_its_look_and_what_stands_below_moves_down() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["A2"].font = Font(bold=True)
        sheet.row_dimensions[2].height = 31
        sheet.row_dimensions[3].height = 17
        sheet.merge_cells("A3:B3")

    form = excel(["表头", ""], ["第{{ 名单.序号 }}位", "{{ 名单.姓名 }}"], ["共{{ 应到人数 }}人"], ["=1+1"], change=dress)

    sheet = load_workbook(io.BytesIO(write_paper(tell(SIGN_IN), form=form))).worksheets[0]

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["表头", None],
        ["第1位", "何敏"],
        ["第2位", None],
        ["共2人", None],
        ["=1+1", None],
    ]
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [31, 31, 17]
    assert (sheet["A3"].font.bold, [str(one) for one in sheet.merged_cells.ranges]) == (True, ["A4:B4"])


def test_excel_keeps_figures_as_figures_and_text_as_text() -> None:
    form = excel(["{{ 名单.金额 }}", "每份{{ 名单.金额 }}元", "{{ 名单.数量 }}"])

    assert rows_of(write_paper(tell(TemplateKind.HANDOUT), form=form)) == [[100.5, "每份100.50元", 1]] * 2


def test_name_like_a_formula_stays_text_in_excel() -> None:
    filled = tell(SIGN_IN)
    danger = type(filled)(filled.kind, "zh_CN", filled.as_of, filled.single, {"rows": [{"number": 1, "name": "=1+1", "department": ""}]})

    sheet = load_workbook(io.BytesIO(write_paper(danger, form=excel(["{{ 名单.姓名 }}"])))).worksheets[0]

    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")


def test_row_of_an_empty_list_stays_empty() -> None:
    filled = tell(SIGN_IN)
    empty = type(filled)(filled.kind, "zh_CN", filled.as_of, filled.single, {"rows": []})

    assert rows_of(write_paper(empty, form=excel(["序号", "姓名"], ["{{ 名单.序号 }}", "{{ 名单.姓名 }}"], ["完", ""]))) == [
        ["序号", "姓名"],
        [None, None],
        ["完", None],
    ]


def test_braces_of_a_chinese_keyboard_are_places_too() -> None:
    assert rows_of(write_paper(tell(SIGN_IN), form=excel(["｛｛ 活动 ｝｝"]))) == [["趣味运动会"]]
    assert texts_of(write_paper(tell(SIGN_IN), form=word("｛｛ 活动 ｝｝"))) == ["趣味运动会"]


@pytest.mark.parametrize(
    ("form", "refusal", "facts"),
    [
        (word("{{ 学校 }}"), TemplatePlaceUnknown, {"place": "学校", "where": "{{ 学校 }}"}),
        (excel(["第{{ 学校 }}"]), TemplatePlaceUnknown, {"place": "学校", "where": "第{{ 学校 }}"}),
        (excel(["{{ 名单.工资 }}"]), TemplatePlaceUnknown, {"place": "名单.工资", "where": "{{ 名单.工资 }}"}),
        (excel(["{{ 花名册.姓名 }}"]), TemplatePlaceUnknown, {"place": "花名册.姓名", "where": "{{ 花名册.姓名 }}"}),
        (excel(["{{ 活动 "]), TemplateTagUnclosed, {"where": "{{ 活动 "}),
        (word("{{ 活动 "), TemplateTagUnclosed, {"where": "{{ 活动 "}),
        (excel(["{% for x in 名单 %}"]), TemplateTagRefused, {"where": "{% for x in 名单 %}"}),
        (excel(["签到表"]), FormWithoutPlaces, {"place": "{{ 标题 }}"}),
        (word("签到表"), FormWithoutPlaces, {"place": "{{ 标题 }}"}),
        (excel(['="{{ 活动 }}"']), FormFormula, {"where": '="{{ 活动 }}"'}),
        (excel(["{{ 活动 }}"], ['=WEBSERVICE("http://x")']), FormFormula, {"where": '=WEBSERVICE("http://x")'}),
        (excel(["{{ 活动 }}"], ["='[1]Sheet1'!A1"]), FormFormula, {"where": "='[1]Sheet1'!A1"}),
        (b"%PDF-1.4", FormNeither, {}),
        (b"", FormNeither, {}),
    ],
)
def test_form_that_cannot_be_filled_is_refused_with_where(form: bytes, refusal: type[TemplateRefused], facts: dict[str, str]) -> None:
    with pytest.raises(refusal) as refused:
        check_form(form, SIGN_IN)

    assert refused.value.facts == facts


def test_row_of_two_lists_is_refused() -> None:
    with pytest.raises(FormRowMixed):
        check_form(excel(["{{ 收入明细.科目 }}", "{{ 支出明细.科目 }}"]), TemplateKind.DISCLOSURE)


GOOD = excel(["{{ 活动 }}"])
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://x/y.png" TargetMode="External"/>'
    b"</Relationships>"
)


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        (with_part(GOOD, "xl/vbaProject.bin", b"x"), TemplateWithMacros),
        (with_part(GOOD, "xl/embeddings/oleObject1.bin", b"x"), TemplateWithObjects),
        (with_part(GOOD, "xl/externalLinks/externalLink1.xml", b"<x/>"), TemplateWithLinks),
        (with_part(GOOD, "xl/connections.xml", b"<x/>"), TemplateWithLinks),
        (with_part(GOOD, "xl/worksheets/_rels/sheet1.xml.rels", LINK), TemplateWithLinks),
        (with_part(GOOD, "docProps/custom.xml", DOCTYPE), TemplateStrange),
        (with_part(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet"), TemplateStrange),
        (with_part(GOOD, "xl/media/bomb.bin", b"\0" * (70 * 2**20)), TemplateTooLarge),
        (GOOD[:-200], TemplateNotExcel),
        (excel(*[["x"]] * 600, ["{{ 活动 }}"]), TemplateTooLarge),
    ],
    ids=["macros", "objects", "links", "connections", "linked picture", "entities", "broken", "bomb", "cut off", "long"],
)
def test_dangerous_excel_form_is_refused(form: bytes, refusal: type[TemplateRefused]) -> None:
    with pytest.raises(refusal):
        check_form(form, SIGN_IN)
