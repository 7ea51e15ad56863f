"""Bytes of any kind: read as what they are, or refused with one clear sentence."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document

from tests.files import make_zip
from unionboard.errors import Refusal
from unionboard.errors.documents import (
    DamagedDocument,
    DocumentTooLarge,
    EmptyDocument,
    FormatNotRead,
    NoPlanFound,
    NotADocument,
    ProtectedDocument,
)
from unionboard.reading.draft import DocumentKind, IgnoredReason, LineFate, LineUse, Reading
from unionboard.reading.files import LIMIT_MB, read_file
from unionboard.reading.package import MIB

PLAN = """青松小学工会2026年工作计划
一、加强民主管理
1、每学期召开一次教代会。
2、及时更新校务公开栏。
二、丰富文体生活
1、办好教工运动会。
活动安排：
三月：
1、庆“三八”插花。
2、学雷锋志愿服务。
四月：
1、教工乒乓球赛。
"""
PLAN_MONTHS = [((3,), ["庆“三八”插花", "学雷锋志愿服务"]), ((4,), ["教工乒乓球赛"])]


def by_month(reading: Reading, n: int | None = None) -> list[tuple[tuple[int, ...], list[str]]]:
    return [(entry.months, [item.title for item in entry.items]) for entry in reading.plan(n).schedule]


def docx_bytes(document: Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_docx(*lines: str, table: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return docx_bytes(document)


def make_xlsx(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


# --- text ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_file_in_any_usual_encoding(encoding: str) -> None:
    assert by_month(read_file(PLAN.encode(encoding), filename="计划.txt")) == PLAN_MONTHS


def test_traditional_text_file_in_big5() -> None:
    text = "青松國小工會工作計畫\n一、民主管理\n1、召開會員大會。\n2、公開帳目。\n三月：\n慶祝婦女節。\n四月：\n球類比賽。\n"

    assert read_file(text.encode("big5"), filename="計畫.txt").lines[0].text == "青松國小工會工作計畫"


@pytest.mark.parametrize("filename", ["plan.md", "plan", "计划.TXT", "plan.2026"])
def test_text_file_with_another_name(filename: str) -> None:
    assert by_month(read_file(PLAN.encode(), filename=filename)) == PLAN_MONTHS


def test_windows_line_ends_do_not_change_the_reading() -> None:
    assert by_month(read_file(PLAN.replace("\n", "\r\n").encode("gb18030"), filename="plan.txt")) == PLAN_MONTHS


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\u3000\u3000\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_text_file_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        read_file(data, filename="plan.txt")


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x7fELF\x02\x01\x01" + b"\x00" * 200, PLAN.encode() + b"\x00\x01\x02"])
def test_binary_renamed_to_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotADocument):
        read_file(data, filename="plan.txt")


def test_text_without_plan_is_refused() -> None:
    with pytest.raises(NoPlanFound):
        read_file("今天天气很好，我们去公园散步。".encode(), filename="note.txt")


# --- Word ------------------------------------------------------------------------------------------------------------------


def test_word_document_reads_like_its_text() -> None:
    assert by_month(read_file(make_docx(*PLAN.splitlines()), filename="plan.docx")) == PLAN_MONTHS


def test_word_document_is_known_by_its_content_not_its_name() -> None:
    assert by_month(read_file(make_docx(*PLAN.splitlines()), filename="plan.txt")) == PLAN_MONTHS


def test_word_line_breaks_are_lines() -> None:
    assert by_month(read_file(make_docx(PLAN), filename="plan.docx")) == PLAN_MONTHS


def test_word_table_joins_the_sections_around_it() -> None:
    data = make_docx(
        *PLAN.splitlines()[:6],
        "活动安排",
        table=[["月份", "活动内容", "负责人"], ["三月", "1、插花\n2、种树", "女工委"], ["四月", "拔河", "文体委员"], ["合计", "3项", ""]],
    )

    reading = read_file(data, filename="plan.docx")

    plan = reading.plan()
    assert by_month(reading) == [((3,), ["插花", "种树"]), ((4,), ["拔河"])]
    assert [section.heading for section in plan.sections if section.measures] == ["加强民主管理", "丰富文体生活"]
    assert reading.lines[8].text == "三月 | 1、插花 2、种树 | 女工委"
    assert plan.fates[7:] == (
        LineFate(8, LineUse.IGNORED, IgnoredReason.TABLE_HEADER),
        LineFate(9, LineUse.ACTIVITY),
        LineFate(10, LineUse.ACTIVITY),
        LineFate(11, LineUse.IGNORED, IgnoredReason.TOTALS_ROW),
    )


def test_word_table_alone_is_a_plan_with_the_file_s_name() -> None:
    reading = read_file(make_docx(table=[["月份", "活动内容"], ["三月", "插花"]]), filename="2026年活动表.docx")

    assert (reading.plan().title, by_month(reading)) == ("2026年活动表", [((3,), ["插花"])])


def test_years_of_a_plan_that_names_none_are_those_of_its_table() -> None:
    rows = [["时间", "活动内容"], ["2026年3月", "插花"], ["2026年9月", "总结"], ["2027年1月", "慰问"]]

    assert read_file(make_docx("青松小学工会工作计划", table=rows), filename="plan.docx").plan().years == (2026, 2027)


def test_word_merged_month_cell_holds_for_its_rows() -> None:
    document = docx.Document()
    grid = document.add_table(rows=3, cols=2)
    for row, texts in zip(grid.rows, (("月份", "活动内容"), ("三月", "插花"), ("", "种树")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    grid.cell(1, 0).merge(grid.cell(2, 0))

    assert by_month(read_file(docx_bytes(document), filename="plan.docx")) == [((3,), ["插花", "种树"])]


def test_word_table_cut_in_two_goes_on_without_header() -> None:
    document = docx.Document()
    for texts in (("月份", "活动内容"), ("三月", "插花")), (("四月", "拔河"), ("", "种树")):
        grid = document.add_table(rows=2, cols=2)
        for row, cells in zip(grid.rows, texts, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("")

    assert by_month(read_file(docx_bytes(document), filename="plan.docx")) == [((3,), ["插花"]), ((4,), ["拔河", "种树"])]


def test_word_layout_table_around_the_whole_plan_is_read_as_text() -> None:
    assert by_month(read_file(make_docx(table=[[PLAN]]), filename="plan.docx")) == PLAN_MONTHS


def test_months_in_the_prose_above_a_schedule_table_are_no_second_schedule() -> None:
    data = make_docx(
        "青松小学工会计划", "一、民主管理", "1、3月召开教代会。", "2、4月公开账目。", table=[["月份", "活动"], ["三月", "召开教代会"]]
    )

    assert by_month(read_file(data, filename="plan.docx")) == [((3,), ["召开教代会"])]


def test_word_headings_by_style_alone_are_sections() -> None:
    document = docx.Document()
    document.add_paragraph("青松小学工会2026年工作计划", style="Heading 1")
    for heading, duty in (("加强民主管理", "召开教代会"), ("丰富文体生活", "办好运动会")):
        document.add_paragraph(heading, style="Heading 2")
        document.add_paragraph(f"1、{duty}。")

    plan = read_file(docx_bytes(document), filename="plan.docx").plan()

    assert plan.title == "青松小学工会2026年工作计划"
    assert [(section.printed_number, section.heading, [measure.text for measure in section.measures]) for section in plan.sections] == [
        ("", "加强民主管理", ["召开教代会。"]),
        ("", "丰富文体生活", ["办好运动会。"]),
    ]


def test_empty_word_document_is_refused() -> None:
    with pytest.raises(EmptyDocument):
        read_file(make_docx("", " "), filename="plan.docx")


def test_word_document_without_plan_is_refused() -> None:
    with pytest.raises(NoPlanFound):
        read_file(make_docx("今天天气很好，我们去公园散步。"), filename="note.docx")


# --- Excel -----------------------------------------------------------------------------------------------------------------


def test_excel_plan_table() -> None:
    data = make_xlsx(
        (
            "计划",
            [["青松小学工会2026年工作计划表"], ["序号", "月份", "活动内容", "预算(元)"], [1, "3月", "插花", 500], [2, 4, "拔河", 800.5]],
        )
    )

    reading = read_file(data, filename="plan.xlsx")

    plan = reading.plan()
    assert (plan.title, plan.years) == ("青松小学工会2026年工作计划表", (2026,))
    assert [(item.title, item.budget_fen, item.line) for item in plan.activities] == [("插花", 50000, 3), ("拔河", 80050, 4)]
    assert [fate.use for fate in plan.fates] == [LineUse.TITLE, LineUse.IGNORED, LineUse.ACTIVITY, LineUse.ACTIVITY]


def test_excel_merged_month_holds_for_its_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["月份", "活动内容"], ["3月", "插花"], [None, "种树"], ["4月", "拔河"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    stream = BytesIO()
    book.save(stream)

    assert by_month(read_file(stream.getvalue(), filename="plan.xlsx")) == [((3,), ["插花", "种树"]), ((4,), ["拔河"])]


@pytest.mark.parametrize(
    ("number_format", "day_from", "starts_on"),
    [("yyyy-mm-dd", (3, 8), "2026-03-08"), ('m"月"d"日"', (3, 8), None), ('yyyy"年"m"月"', None, None)],
)
def test_excel_date_cell_means_what_it_shows(number_format: str, day_from: tuple[int, int] | None, starts_on: str | None) -> None:
    from datetime import datetime

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["时间", "活动内容"])
    sheet.append([datetime(2026, 3, 8), "插花"])  # noqa: DTZ001 - Excel knows no time zones
    sheet["A2"].number_format = number_format
    stream = BytesIO()
    book.save(stream)

    entry = read_file(stream.getvalue(), filename="plan.xlsx").plan().schedule[0]

    (item,) = entry.items
    assert (entry.months, item.day_from, item.starts_on and item.starts_on.isoformat()) == ((3,), day_from, starts_on)


def test_each_excel_sheet_is_a_document_and_other_registers_are_named_as_such() -> None:
    header: list[object] = ["月份", "活动内容"]
    data = make_xlsx(
        ("2025", [header, ["3月", "插花"]]), ("2026", [header, ["4月", "拔河"]]), ("通讯录", [["姓名", "电话"], ["周老师", "无"]])
    )

    reading = read_file(data, filename="plan.xlsx")

    assert [(document.n, document.title, document.kind, document.first_line, document.last_line) for document in reading.documents] == [
        (1, "2025", DocumentKind.PLAN, 1, 2),
        (2, "2026", DocumentKind.PLAN, 3, 4),
        (3, "通讯录", DocumentKind.OTHER, 5, 8),
    ]
    assert by_month(reading, 2) == [((4,), ["拔河"])]
    assert [fate.use for fate in reading.plan(2).fates] == [LineUse.ELSEWHERE] * 2 + [LineUse.IGNORED, LineUse.ACTIVITY] + [
        LineUse.ELSEWHERE
    ] * 4


def test_excel_sheet_with_nothing_below_its_header_is_no_plan() -> None:
    with pytest.raises(NoPlanFound):
        read_file(make_xlsx(("计划", [["月份", "活动内容"]])), filename="plan.xlsx")


def test_hidden_excel_sheet_is_not_read() -> None:
    book = openpyxl.Workbook()
    for name in ("旧", "新"):
        sheet = book.create_sheet(name)
        sheet.append(["月份", "活动内容"])
        sheet.append(["3月", name])
    book["旧"].sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)

    assert by_month(read_file(stream.getvalue(), filename="plan.xlsx")) == [((3,), ["新"])]


def test_empty_excel_workbook_is_refused() -> None:
    with pytest.raises(EmptyDocument):
        read_file(make_xlsx(("Sheet1", [])), filename="plan.xlsx")


def test_excel_register_without_plan_is_refused() -> None:
    with pytest.raises(NoPlanFound):
        read_file(make_xlsx(("通讯录", [["姓名", "电话"], ["周老师", "无"]])), filename="plan.xlsx")


# --- what cannot be read ---------------------------------------------------------------------------------------------------


def test_file_above_the_limit_is_refused() -> None:
    with pytest.raises(DocumentTooLarge, match="20 MB"):
        read_file(b"a" * (LIMIT_MB * MIB + 1), filename="plan.txt")


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b" " * (65 * MIB)})

    with pytest.raises(DocumentTooLarge):
        read_file(bomb, filename="plan.docx")


@pytest.mark.parametrize("filename", ["plan.docx", "plan.xlsx"])
@pytest.mark.parametrize("data", [PLAN.encode(), b"<html></html>", b"PK\x03\x04broken"])
def test_file_that_is_not_what_its_name_says_is_damaged(data: bytes, filename: str) -> None:
    with pytest.raises(DamagedDocument):
        read_file(data, filename=filename)


@pytest.mark.parametrize("folder", ["word", "xl"])
def test_package_without_its_parts_is_damaged(folder: str) -> None:
    with pytest.raises(DamagedDocument):
        read_file(make_zip({"[Content_Types].xml": b"<Types/>", f"{folder}/styles.xml": b"<a/>"}), filename="plan.docx")


@pytest.mark.parametrize(
    ("data", "filename", "suffix"),
    [
        (b"%PDF-1.7 ...", "plan.pdf", ".pdf"),
        (b"%PDF-1.7 ...", "plan.docx", ".pdf"),
        (b"\x89PNG\r\n\x1a\n", "scan.png", ".png"),
        (b"\xff\xd8\xff\xe0", "scan.jpg", ".jpg"),
        (b"{\\rtf1 }", "plan.doc", ".rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "plan.doc", ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "plan.wps", ".wps"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "plan.docx", ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "plan.xlsx", ".xls"),
        (make_zip({"a.txt": b"a"}), "plan.zip", ".zip"),
        (make_zip({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<a/>"}), "plan.pptx", ".pptx"),
        (
            make_zip({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml": b""}),
            "plan.docm",
            ".docm",
        ),
    ],
)
def test_other_formats_are_refused_by_their_kind(data: bytes, filename: str, suffix: str) -> None:
    with pytest.raises(FormatNotRead) as refusal:
        read_file(data, filename=filename)

    assert refusal.value.facts == {"suffix": suffix}


def test_document_with_a_password_is_refused() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le")

    with pytest.raises(ProtectedDocument):
        read_file(data, filename="plan.docx")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_file_cut_short_anywhere_is_refused(suffix: str) -> None:
    whole = make_docx(*PLAN.splitlines()) if suffix == ".docx" else make_xlsx(("计划", [["月份", "活动"], ["3月", "插花"]]))

    for share in range(1, 100):
        with pytest.raises(Refusal):
            read_file(whole[: len(whole) * share // 100], filename=f"plan{suffix}")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_file_with_flipped_bytes_is_read_or_refused(suffix: str) -> None:
    whole = make_docx(*PLAN.splitlines()) if suffix == ".docx" else make_xlsx(("计划", [["月份", "活动"], ["3月", "插花"]]))

    for position in range(0, len(whole), max(1, len(whole) // 150)):
        spoilt = whole[:position] + bytes([whole[position] ^ 0xFF]) + whole[position + 1 :]
        try:
            read_file(spoilt, filename=f"plan{suffix}")
        except Refusal:
            continue


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize("value", ["", "-1", "abc", "99999999999"])
def test_package_with_a_senseless_value_anywhere_is_read_or_refused(suffix: str, value: str) -> None:
    sample = Path(__file__).parents[2] / "data" / "samples" / f"plan-2026{suffix}"
    with zipfile.ZipFile(sample) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}

    for name, xml in parts.items():
        values = [found.span(1) for found in re.finditer(r'"([^"]*)"', xml)]
        for start, end in values[:: max(1, len(values) // 2)]:
            spoilt = parts | {name: xml[:start] + value + xml[end:]}
            try:
                read_file(make_zip({part: text.encode() for part, text in spoilt.items()}), filename=f"plan{suffix}")
            except Refusal:
                continue


def test_every_part_of_a_package_may_be_missing(tmp_path: Path) -> None:
    whole = tmp_path / "plan.docx"
    whole.write_bytes(make_docx(*PLAN.splitlines()))
    with zipfile.ZipFile(whole) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    for missing in parts:
        try:
            reading = read_file(make_zip({name: data for name, data in parts.items() if name != missing}), filename="plan.docx")
        except Refusal:
            continue
        assert by_month(reading) == PLAN_MONTHS
