"""Files of money as people have them: ledgers, bank statements, accounting exports, yearly reports."""

from datetime import date
from typing import Any

import pytest

from tests.reading.tables import csv_bytes, xlsx_bytes
from unionboard.errors import Refusal
from unionboard.errors.ledger_import import (
    CellAmountMissing,
    CellBothSides,
    CellClosingDiffers,
    CellDayAmbiguous,
    CellDayMissing,
    CellDayNotReadable,
    CellDayOutsideYear,
    CellFormula,
    CellItemMissing,
    CellItemOfOtherSide,
    CellItemUnknown,
    CellPapersNotReadable,
    CellSideNotReadable,
    CellTooMany,
    CellTotalDiffers,
    NoTableFound,
    NothingToImport,
    OtherYear,
    SideNotTold,
)
from unionboard.errors.money import AmountGroupedWrongly, AmountNotReadable, AmountTooFine
from unionboard.reading.ledger_drafts import LeftOut
from unionboard.reading.ledger_file import read_sheets
from unionboard.reading.ledger_lines import FileLine, FileSetting, LedgerFile, read_ledger
from unionboard.reading.ledger_rows import RemarkKind
from unionboard.reference import fund_items
from unionboard.reference.item_words import ItemWords

LEDGER = ["日期", "凭证号", "摘要", "收支类别", "收入", "支出", "结余", "经手人", "审批人", "附件张数", "备注"]


def read(data: bytes | str | list[list[Any]], *, year: int = 2026, name: str = "t.csv", budget: bool = False, **said: Any) -> LedgerFile:
    content = csv_bytes(data) if isinstance(data, list) else data.encode() if isinstance(data, str) else data
    sheets = read_sheets(content, filename=name)
    return read_ledger(
        sheets, year=year, words=ItemWords(fund_items(), said.get("items")), setting=FileSetting(**said), wants_budget=budget
    )


def told(file: LedgerFile) -> list[tuple[str, str, int]]:
    """Side, item and fen of each line."""
    return [(line.side, line.match.code if line.match else "", line.amount_fen) for line in file.lines]


def refused(file: LedgerFile) -> list[tuple[str, type[Refusal]]]:
    return [(problem.cell, type(problem.refusal)) for line in file.lines for problem in line.problems] + [
        (problem.cell, type(problem.refusal)) for problem in file.problems
    ]


def remarks(line: FileLine) -> list[tuple[RemarkKind, str]]:
    return [(remark.kind, remark.cell) for remark in line.remarks]


# --- the register of income and spending -------------------------------------------------------------------------------------


def test_ledger_form_is_read_with_titles_opening_totals_and_signatures() -> None:
    file = read(
        [
            ["青松小学工会经费收支台账"],
            ["2026年度", "", "", "", "", "", "", "单位：元"],
            [],
            LEDGER,
            ["", "", "上年结转", "", "", "", "12000.00"],
            ["2026-01-08", "1", "收1月会费", "会费收入", "1,286.00", "", "13286.00", "李娜", "王芳", "1", ""],
            ["1月20日", "2", "春游", "会员活动支出", "", "3,000.00", "10286", "李娜", "王芳", "2张", "二分会"],
            ["", "", "本月合计", "", "1286.00", "3000.00", "10286.00"],
            ["2026/2/3", "3", "运动会奖品", "文体活动", "", "293,549,90元"],
            ["", "", "合计", "", "1286", "296549.90"],
            ["制表：李娜", "", "", "审核：王芳"],
        ]
    )

    assert file.opening_fen == 1_200_000
    assert told(file) == [("in", "dues", 128_600), ("out", "member_activities", 300_000), ("out", "culture_sports", 29_354_990)]
    assert [line.day for line in file.lines] == [date(2026, 1, 8), date(2026, 1, 20), date(2026, 2, 3)]
    assert (file.lines[1].purpose, file.lines[1].number, file.lines[1].handler, file.lines[1].papers) == ("春游；二分会", "2", "李娜", 2)
    assert remarks(file.lines[2]) == [(RemarkKind.COMMA_FOR_POINT, "F9")]
    assert refused(file) == []


def test_workbook_with_merged_titles_and_days_and_formulas_is_read() -> None:
    rows: list[list[object]] = [
        ["青松小学工会经费收支台账"],
        [None],
        ["日期", "摘要", "科目", "收入", "支出"],
        [date(2026, 1, 5), "会费", "会费收入", 0.1 + 0.2, None],
        [None, "奖品", "文体活动", None, 1042552.2600000001],
        ["合计", None, None, "=SUM(D4:D5)", "=SUM(E4:E5)"],
    ]
    file = read(xlsx_bytes({"台账": rows}, merged=["A1:E1", "A4:A5"]), name="t.xlsx")

    assert told(file) == [("in", "dues", 30), ("out", "culture_sports", 104_255_226)]
    assert [(line.day, remarks(line)) for line in file.lines] == [(date(2026, 1, 5), []), (date(2026, 1, 5), [])]


def test_month_and_day_in_columns_of_their_own_under_the_year() -> None:
    file = read(
        "2026年,,凭证,,摘要,收入,支出,余额\n月,日,字,号,,,,\n1,,,,上年结转,,,1000\n1,5,记,1,收会费,100,,1100\n"
        ",6,记,2,开会,,50,1050\n2,3,记,3,手续费,,1,1049\n,,,,累计,100,51,1049\n"
    )

    assert [(line.day, line.number) for line in file.lines] == [
        (date(2026, 1, 5), "记-1"),
        (date(2026, 1, 6), "记-2"),
        (date(2026, 2, 3), "记-3"),
    ]
    assert (file.opening_fen, refused(file)) == (100_000, [])


def test_sheets_by_month_are_one_ledger() -> None:
    sheets: dict[str, list[list[object]]] = {
        f"{month}月": [
            ["日期", "摘要", "类别", "收入金额", "支出金额"],
            [f"{month}月3日", "会费", "会费", 100 * month, None],
            ["本月合计", None, None, 100 * month, None],
        ]
        for month in (1, 2)
    }
    file = read(xlsx_bytes({**sheets, "说明": [["填表说明"]]}), name="t.xlsx")

    assert [(line.row, line.day, line.amount_fen) for line in file.lines] == [
        ("1月!2", date(2026, 1, 3), 10_000),
        ("2月!2", date(2026, 2, 3), 20_000),
    ]
    assert [row.place for row in file.left_out if row.why is LeftOut.OTHER_SHEET] == ["说明"]


def test_sheet_whose_lines_stand_in_another_is_left_out() -> None:
    head = ["日期", "摘要", "科目", "支出"]
    january = [[f"1月{day}日", f"买球{day}", "文体活动", day] for day in (3, 4)]
    february = [["2月3日", "买球", "文体活动", 9]]
    file = read(xlsx_bytes({"全年": [head, *january, *february], "1月": [head, *january]}), name="t.xlsx")

    assert len(file.lines) == 3
    assert [(row.place, row.why) for row in file.left_out] == [("1月", LeftOut.COPY_SHEET)]


def test_column_for_each_item() -> None:
    file = read("日期,摘要,会费收入,拨缴经费,文体活动,会员活动,合计\n1月5日,会费,100,,,,100\n2月6日,买球,,,50,,50\n合计,,100,,50,,150\n")

    assert told(file) == [("in", "dues", 10_000), ("out", "culture_sports", 5_000)]


def test_side_in_a_column() -> None:
    file = read("日期|收支|金额|类别|说明\n2026-01-05|支出|200.5|文体活动|买球\n2026-01-06|收入|500|其他|\n合计||700.5||\n")

    assert told(file) == [("out", "culture_sports", 20_050), ("in", "other_income", 50_000)]


# --- banks -------------------------------------------------------------------------------------------------------------------


def test_bank_statement_debits_go_out() -> None:
    file = read(
        "账户名称：青松小学工会委员会\n账号：12345,币种：人民币\n查询日期：20260101-20260331\n"
        "交易日期,交易时间,借方发生额,贷方发生额,账户余额,对方户名,对方账号,摘要,用途,交易流水号\n"
        "20260105,10:11:12,,5000.00,15000.00,青松小学,62220,转账,拨付1月工会经费,00001\n"
        "20260110,09:00:00,300.00,,14700.00,某某体育用品店,62221,转账,买羽毛球,00002\n"
        "20260321,,0.00,12.34,14712.34,,,结息,,00003\n合计,,300.00,5012.34,,,,,,\n"
    )

    assert told(file) == [("in", "allocated", 500_000), ("out", "culture_sports", 30_000), ("in", "other_income", 1_234)]
    assert (file.lines[1].payee, file.lines[1].purpose, file.lines[1].reference) == ("某某体育用品店", "转账 买羽毛球", "00002")


def test_cash_book_debits_come_in_as_its_balances_say_even_newest_first() -> None:
    file = read("日期,摘要,借方,贷方,方向,余额\n3月3日,买奖品,,200,借,1100\n2月2日,收会费,300,,借,1300\n1月1日,补助,1000,,借,1000\n")

    assert [line.side for line in file.lines] == ["out", "in", "in"]


@pytest.mark.parametrize(
    "text",
    [
        "交易日期,交易金额,借贷标志,余额,摘要\n1月5日,100,贷,1100,拨款\n1月6日,30,借,1070,球\n",
        "交易日期,交易金额,余额,摘要\n1月5日,+100,1100,拨款\n1月6日,-30,1070,球\n",
        "交易日期,收入,支出,摘要\n1月5日,100,,拨款\n1月6日,,-30,球\n1月7日,,-5,球\n",
        "日期,类型,金额,摘要\n1月5日,收入,100,拨款\n1月6日,支出,-30,球\n",
    ],
)
def test_bank_tells_the_side_in_many_ways(text: str) -> None:
    assert [(line.side, line.amount_fen) for line in read(text).lines][:2] == [("in", 10_000), ("out", 3_000)]


# --- accounting exports ------------------------------------------------------------------------------------------------------


def test_accounting_export_counts_no_entry_twice() -> None:
    file = read(
        "日期\t凭证字号\t摘要\t科目编码\t科目名称\t借方金额\t贷方金额\n"
        "2026-01-08\t记-1\t收会费\t1002\t银行存款\t1286\t\n2026-01-08\t记-1\t收会费\t401\t会费收入\t\t1286\n"
        "2026-02-08\t记-2\t付电影票\t501\t职工活动支出-会员活动\t800.5\t\n2026-02-08\t记-2\t付电影票\t1002\t银行存款\t\t800.5\n"
        "2026-12-31\t记-9\t期末结转收入\t401\t会费收入\t1286\t\n2026-12-31\t记-9\t期末结转收入\t321\t工会资金结余\t\t1286\n"
    )

    assert told(file) == [("in", "dues", 128_600), ("out", "member_activities", 80_050)]
    assert [row.why for row in file.left_out] == [LeftOut.COUNTER_ACCOUNT] * 3 + [LeftOut.CLOSING_ENTRY]


def test_credit_on_an_account_of_spending_takes_back() -> None:
    text = "日期,摘要,科目,借方金额,贷方金额\n1月8日,买球,文体活动,100,\n1月9日,买书,职工教育,80,\n1月10日,冲买球,文体活动,,100\n"

    assert told(read(text))[2] == ("out", "culture_sports", -10_000)


# --- yearly reports ----------------------------------------------------------------------------------------------------------


def test_report_in_ten_thousands_with_headings_above_their_items() -> None:
    file = read(
        "2026年度经费收支情况\n单位：万元,\n科目,金额\n一、收入,\n拨交经费,151.92\n会费,19.9\n其他,0.5\n收入合计,172.32\n上年结转,52\n专项结转,17.23\n"
        "二、支出,\n职工活动支出,27.9\n职工教育,3\n会员活动,24.9\n节日,16\n生日,8.4\n其他,0.5\n业务支出,5.0\n支出合计,32.9\n本年结余,208.65\n"
    )

    assert told(file) == [
        ("in", "allocated", 151_920_000),
        ("in", "dues", 19_900_000),
        ("in", "other_income", 500_000),
        ("out", "education", 3_000_000),
        ("out", "member_activities", 16_000_000),
        ("out", "member_activities", 8_400_000),
        ("out", "member_activities", 500_000),
        ("out", "other_operations", 5_000_000),
    ]
    assert (file.opening_fen, refused(file), file.unit_yuan) == (69_230_000, [], 10_000)


def test_of_a_heading_only_the_rest_is_booked_when_some_of_it_is_named() -> None:
    file = read("科目,金额\n职工活动支出,100\n其中：文体活动,30\n业务支出,5\n支出合计,105\n")

    assert told(file) == [("out", "other_activities", 7_000), ("out", "culture_sports", 3_000), ("out", "other_operations", 500)]
    assert remarks(file.lines[0]) == [(RemarkKind.REMAINDER, "B2")]


def test_income_beside_spending() -> None:
    file = read(
        "收入,,支出,\n项目,金额,项目,金额\n会费收入,100,职工活动支出,50\n拨缴经费收入,200,其他,25.5\n合计,300,合计,75.5\n上年结余,10,本年结余,234.5\n"
    )

    assert told(file) == [
        ("in", "dues", 10_000),
        ("out", "other_activities", 5_000),
        ("in", "allocated", 20_000),
        ("out", "other_spending", 2_550),
    ]
    assert (file.opening_fen, refused(file)) == (1_000, [])


def test_sheet_for_each_side() -> None:
    data = xlsx_bytes({"收入": [["项目", "金额"], ["会费", 100], ["合计", 100]], "支出": [["项目", "金额"], ["其他", 30], ["合计", 30]]})

    assert told(read(data, name="t.xlsx")) == [("in", "dues", 10_000), ("out", "other_spending", 3_000)]


def test_list_without_headings() -> None:
    assert told(read("青松小学工会收支\n会费收入,100\n文体活动,30\n会议费,20元\n")) == [
        ("in", "dues", 10_000),
        ("out", "culture_sports", 3_000),
        ("out", "meetings", 2_000),
    ]


def test_amounts_cut_at_their_commas_by_csv_are_joined() -> None:
    file = read("科目,金额\n会费收入,25,206.98\n文体活动,293,549,90元\n")

    assert [line.amount_fen for line in file.lines] == [2_520_698, 29_354_990]
    assert remarks(file.lines[1]) == [(RemarkKind.REJOINED, "B3"), (RemarkKind.COMMA_FOR_POINT, "B3")]


def test_of_several_years_the_accounts_are_read_and_for_a_budget_the_budget() -> None:
    text = "科目,上年决算,本年预算,调整,本年决算,执行率\n会费收入,90,100,5,98,98%\n文体活动,80,70,0,65,93%\n"

    assert [line.amount_fen for line in read(text).lines] == [9_800, 6_500]
    assert [line.amount_fen for line in read(text, budget=True).lines] == [10_000, 7_000]


def test_unit_in_a_heading_or_a_cell_comes_before_the_tables() -> None:
    assert [line.amount_fen for line in read("项目,金额（万元）\n会费收入,3.2\n文体活动,200元\n").lines] == [3_200_000, 20_000]


# --- items -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("文体活动", "culture_sports"),
        ("1.2 文体活动", "culture_sports"),
        ("职工活动支出-文体活动支出", "culture_sports"),
        ("职工集体福利", "member_activities"),
        ("2.5 送温暖费", "sending_warmth"),
        ("专项业务费", "special_operations"),
        ("职工活动支出", "other_activities"),
        ("维权支出", "other_rights"),
        ("50104 会员活动支出", "member_activities"),
        ("culture_sports", "culture_sports"),
        ("Culture and sports", "culture_sports"),
        ("上解经费", "remitted"),
        ("其他", "other_spending"),
    ],
)
def test_items_by_official_old_and_group_names(word: str, code: str) -> None:
    assert told(read([["日期", "摘要", "科目", "支出"], ["1月5日", "x", word, "5"]])) == [("out", code, 500)]


def test_what_people_said_of_a_word_comes_first() -> None:
    assert told(read([["日期", "摘要", "科目", "支出"], ["1月5日", "x", "团建", "5"]], items={"团建": "education"})) == [
        ("out", "education", 500)
    ]


# --- what is refused, and where ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "cell", "refusal"),
    [
        (["2026-02-30", "x", "文体活动", "", "5"], "A2", CellDayNotReadable),
        (["3/4/2026", "x", "文体活动", "", "5"], "A2", CellDayAmbiguous),
        (["2025-03-04", "x", "文体活动", "", "5"], "A2", CellDayOutsideYear),
        (["", "x", "文体活动", "", "5"], "A2", CellDayMissing),
        (["1月5日", "x", "神秘科目", "", "5"], "C2", CellItemUnknown),
        (["1月5日", "x", "", "", "5"], "C2", CellItemMissing),
        (["1月5日", "x", "会费收入", "", "5"], "C2", CellItemOfOtherSide),
        (["1月5日", "x", "文体活动", "", ""], "D2", CellAmountMissing),
        (["1月5日", "x", "文体活动", "", "1,20"], "E2", AmountGroupedWrongly),
        (["1月5日", "x", "文体活动", "", "12.345"], "E2", AmountTooFine),
        (["1月5日", "x", "文体活动", "", "#REF!"], "E2", AmountNotReadable),
        (["1月5日", "x", "文体活动", "", "=1+2"], "E2", CellFormula),
        (["1月5日", "x", "文体活动", "3", "5"], "D2", CellBothSides),
        (["1月5日", "x", "文体活动", "", "5", "", "很多"], "G2", CellPapersNotReadable),
        (["1月5日", "x", "文体活动", "", "5", "", "1", "多"], "H2", CellTooMany),
    ],
)
def test_every_refused_cell_is_named(row: list[str], cell: str, refusal: type[Refusal]) -> None:
    assert (cell, refusal) in refused(read([["日期", "摘要", "科目", "收入", "支出", "备注", "附件"], row]))


def test_side_that_says_nothing_is_refused() -> None:
    file = read("日期,收支,金额,摘要\n1月5日,收入,5,a\n1月6日,支出,5,b\n" + "1月7日,支出,5,b\n" * 20 + "1月6日,不明,5,b\n")

    assert refused(file) == [("B24", CellSideNotReadable)]


@pytest.mark.parametrize(
    ("text", "cell", "refusal"),
    [
        ("日期,摘要,科目,收入\n1月5日,x,会费,100\n1月6日,x,会费,50\n,合计,,151\n", "D4", CellTotalDiffers),
        ("科目,金额\n一、收入,99\n会费,100\n", "B2", CellTotalDiffers),
        ("科目,金额\n会费,100\n上年结余,10\n本年结余,111\n", "B4", CellClosingDiffers),
    ],
)
def test_totals_and_balances_are_checked(text: str, cell: str, refusal: type[Refusal]) -> None:
    assert refused(read(text)) == [(cell, refusal)]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("hello\nworld\n", NoTableFound),
        ("日期,摘要,收入\n合计,,\n", NothingToImport),
        ("青松小学工会2025年收支\n科目,金额\n会费,100\n会议费,3\n", OtherYear),
        ("日期,摘要,金额\n1月5日,x,5\n", SideNotTold),
    ],
)
def test_file_that_cannot_be_read_is_refused_as_a_whole(text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read(text)


def test_title_tells_the_side_and_a_mapping_does() -> None:
    assert read("青松小学工会经费支出明细\n日期,摘要,金额\n1月5日,买球,5\n").lines[0].side == "out"
    assert read("日期,摘要,金额\n1月5日,买球,5\n", defaults={"side": "out"}).lines[0].side == "out"


def test_headings_that_are_not_understood_are_told_by_a_mapping() -> None:
    columns = {"date": "when", "purpose": "why", "spending": "how much"}

    assert told(read("when,why,how much\n2026-01-05,球赛,5\n", columns=columns)) == [("out", "culture_sports", 500)]
