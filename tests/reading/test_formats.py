"""Tables as CSV, web pages, Office files of other makers, workbooks by month; and what each refused kind is told."""

import zipfile
from io import BytesIO

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.files import make_zip
from tests.reading.test_files import PLAN, PLAN_MONTHS, by_month, docx_bytes, make_docx, make_xlsx
from unionboard.errors.documents import (
    ArchiveNotRead,
    DamagedDocument,
    FormatNotRead,
    MacrosNotRead,
    NoPlanFound,
    NotAnOfficeFile,
    OldDocumentNotRead,
    OldWorkbookNotRead,
    PagesNotRead,
    ProtectedDocument,
    TextTooLarge,
    WebArchiveNotRead,
)
from unionboard.reading.cells import MAX_COLUMNS, MAX_ROWS
from unionboard.reading.draft import IgnoredReason, LineFate, LineUse
from unionboard.reading.files import LINES_LIMIT, TEXT_LIMIT_MB, read_file, read_pasted
from unionboard.reading.package import MIB

CSV = "备注,活动内容,负责人,月份,预算（元）\n雨天改期,插花,女工委,三月,500\n,拔河,文体委员,4月,\n,,合计,,500\n"


# --- CSV -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    ("delimiter", "filename"), [(",", "plan.csv"), (";", "plan.csv"), ("\t", "plan.tsv"), ("，", "plan.csv"), ("\t", "plan.txt")]
)
def test_csv_in_any_encoding_with_any_delimiter(encoding: str, delimiter: str, filename: str) -> None:
    plan = read_file(CSV.replace(",", delimiter).encode(encoding), filename=filename).plan()

    assert [(item.title, item.owner, item.budget_fen, item.note) for item in plan.activities] == [
        ("插花", "女工委", 50000, "雨天改期"),
        ("拔河", "文体委员", None, ""),
    ]


def test_csv_cell_may_hold_lines_and_delimiters() -> None:
    data = '月份,内容,负责人\n三月,"1、插花\n2、种树，浇水",女工委\n'.encode()

    assert by_month(read_file(data, filename="plan.csv")) == [((3,), ["插花", "种树，浇水"])]


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)"])
def test_formula_in_a_csv_cell_is_plain_text(cell: str) -> None:
    (item,) = read_file(f"月份,活动内容,负责人\n三月,{cell},{cell}\n".encode(), filename="plan.csv").plan().activities

    assert item.owner == cell


def test_csv_of_another_kind_is_no_plan() -> None:
    with pytest.raises(NoPlanFound):
        read_file("科目,决算,预算,说明\n会费,1500,1600,3月收\n慰问,2000,2100,12月付\n".encode(), filename="预算.csv")


def test_prose_with_commas_is_no_table() -> None:
    assert by_month(read_pasted(PLAN)) == PLAN_MONTHS


# --- web pages -------------------------------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>网站</title><script>var m = "五月：假";</script></head><body>
<nav><a href="/">首页</a></nav><h1>青松小学工会2026年工作计划</h1>
<p>一、加强民主管理</p><ol><li>召开教代会。</li><li>公开账目。</li></ol><p style="display:none">看不见</p>
<p>二、活动安排</p><table><tr><th>月份</th><th colspan="1">内容</th></tr>
<tr><td rowspan="2">三月</td><td>插花</td></tr><tr><td>种树</td></tr></table>
<footer>版权所有</footer></body></html>"""


@pytest.mark.parametrize(("encoding", "charset"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("utf-8", "gb2312")])
def test_web_page_with_lists_and_tables(encoding: str, charset: str) -> None:
    reading = read_file(PAGE.format(charset=charset).encode(encoding), filename="plan.html")

    plan = reading.plan()
    assert plan.title == "青松小学工会2026年工作计划"
    assert by_month(reading) == [((3,), ["插花", "种树"])]
    assert [measure.text for measure in plan.sections[0].measures] == ["召开教代会。", "公开账目。"]
    assert [line.text for line in reading.lines][:4] == [
        "青松小学工会2026年工作计划",
        "一、加强民主管理",
        "1. 召开教代会。",
        "2. 公开账目。",
    ]


def test_pasted_source_of_a_page_is_read_as_the_page() -> None:
    assert by_month(read_pasted(PAGE.format(charset="utf-8"))) == [((3,), ["插花", "种树"])]


def test_old_word_file_that_is_a_web_page_in_truth_is_read() -> None:
    assert by_month(read_file(PAGE.format(charset="utf-8").encode(), filename="plan.doc")) == [((3,), ["插花", "种树"])]


@pytest.mark.parametrize("depth", [200, 10_000])
def test_page_nested_however_deep_keeps_its_text(depth: int) -> None:
    page = f"<html><body>{'<div>' * depth}<p>三月：种树</p>{'</div>' * depth}<p>四月：拔河</p></body></html>"

    assert by_month(read_file(page.encode(), filename="plan.html")) == [((3,), ["种树"]), ((4,), ["拔河"])]


# --- Word ------------------------------------------------------------------------------------------------------------------


def rewrite(data: bytes, change: dict[bytes, bytes]) -> bytes:
    """The package with words replaced in all of its XML."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for old, new in change.items():
        parts = {name: part.replace(old, new) if name.endswith((".xml", ".rels")) else part for name, part in parts.items()}
    return make_zip(parts)


@pytest.mark.parametrize("data", [make_docx(*PLAN.splitlines()), make_xlsx(("计划", [["月份", "内容"], ["三月", "插花"]]))])
def test_strict_open_xml_reads_like_the_usual_one(data: bytes) -> None:
    strict = rewrite(
        data,
        {
            f"http://schemas.openxmlformats.org/{name}/2006/".encode(): f"http://purl.oclc.org/ooxml/{name}/".encode()
            for name in ("wordprocessingml", "spreadsheetml", "officeDocument", "drawingml")
        },
    )

    assert by_month(read_file(strict, filename="plan")) == by_month(read_file(data, filename="plan"))


def test_word_hidden_text_and_deleted_rows_are_left_out() -> None:
    document = docx.Document()
    for line in PLAN.splitlines():
        document.add_paragraph(line)
    hidden = f"<w:p {nsdecls('w')}><w:r><w:rPr><w:vanish/></w:rPr><w:t>五月：</w:t></w:r></w:p>"
    deleted = f"<w:tbl {nsdecls('w')}><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>六月：</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    for xml in (hidden, deleted):
        document.element.body.append(parse_xml(xml))

    assert by_month(read_file(docx_bytes(document), filename="plan.docx")) == PLAN_MONTHS


def test_word_table_of_duties_gives_measures_with_their_owners() -> None:
    rows = [
        ["工作内容", "负责人", "经费（元）", "参加对象", "备注"],
        ["召开教代会", "周老师", "300", "全体代表", "会前公示"],
        ["公开账目", "经审委", "", "", ""],
    ]

    plan = read_file(make_docx("青松小学工会工作计划", "一、民主管理", table=rows), filename="plan.docx").plan()

    assert [(one.text, one.owner, one.budget_fen, one.audience, one.note) for one in plan.sections[0].measures] == [
        ("召开教代会", "周老师", 30000, "全体代表", "会前公示"),
        ("公开账目", "经审委", None, "", ""),
    ]


# --- Excel -----------------------------------------------------------------------------------------------------------------


def test_excel_header_of_two_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["月份", "活动", None, "责任", None],
        [None, "名称", "内容", "牵头部门", "负责人"],
        ["3月", "插花", "共两场", "女工委", "周老师"],
    ):
        sheet.append(row)
    for place in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(place)
    stream = BytesIO()
    book.save(stream)

    (item,) = read_file(stream.getvalue(), filename="plan.xlsx").plan().activities

    assert (item.title, item.note, item.owner) == ("插花", "共两场", "女工委、周老师")


@pytest.mark.parametrize(
    ("begin", "end", "months"), [("3月", "5月", (3, 4, 5)), ("2026-03-08", "2026-03-12", (3,)), ("11月", "1月", (11, 12, 1))]
)
def test_excel_start_and_end_in_two_columns(begin: str, end: str, months: tuple[int, ...]) -> None:
    data = make_xlsx(("计划", [["活动内容", "开始时间", "结束时间"], ["插花", begin, end]]))

    assert read_file(data, filename="plan.xlsx").plan().schedule[0].months == months


def test_excel_week_column_beside_dates_is_no_month() -> None:
    data = make_xlsx(("计划", [["周次", "日期", "工作内容"], [1, "3月2日-3月6日", "插花"], [2, "3月9日-3月13日", "种树"]]))

    assert by_month(read_file(data, filename="plan.xlsx")) == [((3,), ["插花", "种树"])]


def test_excel_column_of_unknown_name_is_kept_as_a_note() -> None:
    data = make_xlsx(("计划", [["序号", "月份", "活动内容", "完成情况"], [1, "3月", "插花", "已完成"]]))

    assert read_file(data, filename="plan.xlsx").plan().activities[0].note == "完成情况：已完成"


@pytest.mark.parametrize("names", [("3月", "四月"), ("上半年", "下半年"), ("第一季度", "第二季度")])
def test_sheets_named_by_periods_are_one_plan(names: tuple[str, str]) -> None:
    header: list[object] = ["活动内容", "负责人"]
    reading = read_file(make_xlsx((names[0], [header, ["插花", "周老师"]]), (names[1], [header, ["拔河", "林老师"]])), filename="plan.xlsx")

    assert len(reading.documents) == 1
    assert [(item.title, item.owner) for item in reading.plan().activities] == [("插花", "周老师"), ("拔河", "林老师")]
    assert reading.plan().fates[0].use is LineUse.MONTH_HEAD


def test_excel_hidden_rows_and_columns_are_left_out_and_filtered_rows_are_not() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["月份", "活动内容", "内部"], ["3月", "插花", "甲"], ["4月", "拔河", "乙"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    stream = BytesIO()
    book.save(stream)
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(0, ["3月"])
    filtered = BytesIO()
    book.save(filtered)

    assert by_month(read_file(stream.getvalue(), filename="plan.xlsx")) == [((3,), ["插花"])]
    assert by_month(read_file(filtered.getvalue(), filename="plan.xlsx")) == [((3,), ["插花"]), ((4,), ["拔河"])]
    assert read_file(stream.getvalue(), filename="plan.xlsx").plan().activities[0].note == ""


def test_formula_that_was_never_computed_is_shown_as_written() -> None:
    data = make_xlsx(("计划", [["月份", "活动内容", "预算"], ["3月", "插花", "=100*5"]]))

    reading = read_file(data, filename="plan.xlsx")

    assert (reading.lines[1].text, reading.plan().activities[0].note) == ("3月 | 插花 | =100*5", "预算：=100*5")


# --- limits ----------------------------------------------------------------------------------------------------------------


def test_rows_beyond_the_limit_are_told() -> None:
    rows: list[list[object]] = [["月份", "活动内容"]]
    rows += [["3月", f"活动{number}"] for number in range(MAX_ROWS + 99)]

    reading = read_file(make_xlsx(("计划", rows)), filename="plan.xlsx")

    assert len(reading.plan().activities) == MAX_ROWS - 1
    assert reading.lines[-1].text == "…… 100 行"
    assert reading.plan().fates[-1] == LineFate(MAX_ROWS + 1, LineUse.IGNORED, IgnoredReason.BEYOND_LIMIT)


def test_columns_beyond_the_limit_are_told() -> None:
    data = make_xlsx(("计划", [["月份", "活动内容"], ["3月", "插花", *["多余"] * MAX_COLUMNS]]))

    assert read_file(data, filename="plan.xlsx").lines[-1].text == "…… 2 列"


def test_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(TextTooLarge):
        read_file(b"a" * (TEXT_LIMIT_MB * MIB + 1), filename="plan.txt")


LEVELS = "".join('<!ENTITY d{} "{}">'.format(level, f"&d{level - 1};" * 10) for level in range(1, 10))
ENTITIES = f'<!DOCTYPE a [<!ENTITY d0 "三月：种树">{LEVELS}]>'


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_entities_are_never_expanded(suffix: str) -> None:
    data = (
        make_docx("ENTITY", "三月：插花", "四月：拔河") if suffix == ".docx" else make_xlsx(("计划", [["月份", "内容"], ["3月", "ENTITY"]]))
    )
    bomb = rewrite(
        data, {b"<w:document ": ENTITIES.encode() + b"<w:document ", b"<worksheet ": ENTITIES.encode() + b"<worksheet ", b"ENTITY": b"&d9;"}
    )

    with pytest.raises(DamagedDocument):
        read_file(bomb, filename=f"plan{suffix}")


def test_tables_nested_ten_thousand_deep_are_refused() -> None:
    nested = f"<w:tbl><w:tr><w:tc>{'<w:tbl><w:tr><w:tc>' * 10_000}"
    data = rewrite(make_docx("MARK"), {b"<w:p>": nested.encode() + b"<w:p>"})

    with pytest.raises(DamagedDocument):
        read_file(data, filename="plan.docx")


# --- refusals --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "filename", "refusal"),
    [
        (b"text", "plan.doc", OldDocumentNotRead),
        (b"text", "plan.wps", OldDocumentNotRead),
        (b"{\\rtf1}", "plan.txt", OldDocumentNotRead),
        (b"text", "plan.odt", OldDocumentNotRead),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "plan.doc", OldDocumentNotRead),
        (b"text", "plan.et", OldWorkbookNotRead),
        (b"text", "plan.xls", OldWorkbookNotRead),
        (b"%PDF-1.7", "plan.docx", PagesNotRead),
        (b"text", "plan.ofd", PagesNotRead),
        (b"\x89PNG\r\n", "plan.txt", PagesNotRead),
        (b"Rar!\x1a", "plan.rar", ArchiveNotRead),
        (make_zip({"a.txt": b"a"}), "plan.zip", ArchiveNotRead),
        (make_zip({"a.txt": b"a"}), "plan.xlsx", NotAnOfficeFile),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "plan.mht", WebArchiveNotRead),
        (make_zip({"[Content_Types].xml": b"<a/>", "word/vbaProject.bin": b""}), "plan.docx", MacrosNotRead),
        (b"text", "plan.pptx", FormatNotRead),
    ],
)
def test_each_kind_is_refused_with_the_way_it_can_be_read(data: bytes, filename: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as raised:
        read_file(data, filename=filename)

    assert raised.type is refusal


def test_encrypted_part_of_a_package_is_protected() -> None:
    data = bytearray(make_docx(*PLAN.splitlines()))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + offset] |= 1

    with pytest.raises(ProtectedDocument):
        read_file(bytes(data), filename="plan.docx")


def test_part_of_a_document_beyond_the_limit_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TextTooLarge):
        read_file(rewrite(make_docx("MARK"), {b"MARK": b" " * (9 * MIB)}), filename="plan.docx")


def test_more_lines_than_any_plan_has_are_refused() -> None:
    with pytest.raises(TextTooLarge):
        read_pasted("三月：\n" * (LINES_LIMIT + 1))


def test_megabyte_of_blanks_in_a_line_does_not_hold_up_the_reading() -> None:
    text = PLAN.replace("学雷锋", "学" + " " * MIB + "雷锋")

    assert [months for months, _ in by_month(read_pasted(text))] == [(3,), (4,)]


# --- months across -----------------------------------------------------------------------------------------------------------


def test_table_with_a_month_to_each_column() -> None:
    rows: list[list[object]] = [
        ["项目", "3月", "4月", "5月"],
        ["文体生活", "健步走", None, "拔河；踢毽"],
        ["疗休养", None, "✓", "✓"],
        ["合计", 1, 2, 3],
    ]

    plan = read_file(make_xlsx(("计划", rows)), filename="plan.xlsx").plan()

    assert [(entry.months, [(item.title, item.area) for item in entry.items]) for entry in plan.schedule] == [
        ((3,), [("健步走", "CULT")]),
        ((5,), [("拔河", "CULT"), ("踢毽", "CULT")]),
        ((4, 5), [("疗休养", "HEALTH")]),
    ]
