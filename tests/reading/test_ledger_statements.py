"""Files as banks, payment programs, accounting programs and other people's hands write them: read without a mapping."""

from datetime import date

import pytest

from tests.reading.tables import csv_bytes, xlsx_bytes
from tests.reading.test_ledger_lines import read, refused, told
from unionboard.errors.ledger_import import CellDayMissing, CellSideNotReadable
from unionboard.reading.ledger_drafts import LeftOut

GRANT, BALL = ("in", "allocated", 3_000_000), ("out", "culture_sports", 128_000)


@pytest.mark.parametrize(
    "text",
    [
        (
            "交易日期,摘要,交易金额(收入),交易金额(支出),记账金额(收入),记账金额(支出),余额\n"
            "2026-03-02,工会经费,30000, ,30000, ,50000\n2026-03-08,文体用品, ,1280, ,1280,48720\n"
        ),
        (
            "交易日,交易时间,起息日,借方金额,贷方金额,余额,摘要,流水号\n"
            "20260302,10:11:12,20260302,,30000,50000,工会经费,G1\n20260308,09:00:00,20260308,1280,,48720,文体用品,G2\n"
        ),
        (
            "日期,凭证号,科目名称,摘要,方向,金额\n2026-03-02,1,银行存款,收拨缴,借,30000\n2026-03-02,1,拨缴经费收入,收拨缴,贷,30000\n"
            "2026-03-08,2,职工活动支出-文体活动,购球,借,1280\n2026-03-08,2,银行存款,购球,贷,1280\n"
        ),
    ],
)
def test_statement_is_read_without_a_mapping(text: str) -> None:
    file = read(text)

    assert told(file) == [GRANT, BALL]
    assert [line.day for line in file.lines] == [date(2026, 3, 2), date(2026, 3, 8)]


@pytest.mark.parametrize("word", ["转入", "经费转入", "资金转入", "转来"])
def test_money_that_a_bank_calls_turned_in_is_a_line_and_no_balance(word: str) -> None:
    file = read(f"日期,摘要,收入,支出,余额\n2026-03-02,{word},500,,700\n2026-03-08,购文体用品,,80,620\n")

    assert [(line.side, line.amount_fen) for line in file.lines] == [("in", 50_000), ("out", 8_000)]


def test_transfers_at_the_end_of_a_period_count_in_the_total_and_are_no_lines() -> None:
    file = read(
        "日期,摘要,科目,借方,贷方\n2026-03-02,收拨缴,银行存款,30000,\n2026-03-02,收拨缴,拨缴经费收入,,30000\n"
        "2026-03-31,期末结转,拨缴经费收入,30000,\n2026-03-31,期末结转,工会资金结余,,30000\n,合计,,60000,60000\n"
    )

    assert told(file) == [GRANT]
    assert refused(file) == []
    assert {row.why for row in file.left_out if row.place in ("4", "5")} == {LeftOut.CLOSING_ENTRY, LeftOut.COUNTER_ACCOUNT}


def test_row_of_a_payment_program_that_is_neither_side_is_refused_by_its_cell() -> None:
    file = read("交易时间,商品说明,收/支,金额\n2026-03-08 12:33:11,球,支出,128\n2026-03-11 08:00:00,转入余额宝,不计收支,500\n")

    assert refused(file) == [("C3", CellSideNotReadable)]


def test_fen_are_fen() -> None:
    file = read("date,direction,item,amount_fen,purpose\n2026-03-02,in,allocated,3000000,a\n2026-03-08,out,culture_sports,128000,b\n")

    assert told(file) == [GRANT, BALL]


@pytest.mark.parametrize("heading", ["booked_on", "记在哪天", "Booked on"])
def test_column_of_days_is_known_by_its_cells_too(heading: str) -> None:
    file = read(f"{heading},方向,科目,金额\n2026-03-02,收入,拨缴经费,30000\n2026-03-08,支出,文体活动,1280\n")

    assert [line.day for line in file.lines] == [date(2026, 3, 2), date(2026, 3, 8)]


@pytest.mark.parametrize(("heading", "first"), [("日", 5), ("日期", "5日"), ("日期", 5)])
def test_sheet_tells_the_month_of_its_days(heading: str, first: object) -> None:
    rows: list[list[object]] = [[heading, "摘要", "科目", "收入", "支出"], [first, "球", "文体活动", None, 80]]
    file = read(xlsx_bytes({"1月": rows, "2月": rows}), name="t.xlsx")

    assert [line.day for line in file.lines] == [date(2026, 1, 5), date(2026, 2, 5)]


def test_days_of_no_month_are_refused() -> None:
    assert refused(read("日,摘要,科目,收入,支出\n5,球,文体活动,,80\n")) == [("A2", CellDayMissing)]


def test_items_in_columns_below_income_and_spending() -> None:
    heads: list[list[object]] = [["日期", "摘要", "收入", "", "支出", ""], ["", "", "会费", "拨缴", "文体活动", "会员活动"]]
    rows: list[list[object]] = [
        ["3.2", "会费和拨款", 500, 30000, None, None],
        ["3.9", "蛋糕", None, None, None, 100],
        ["合计", "", 500, 30000, 0, 100],
    ]
    file = read(xlsx_bytes({"账": [*heads, *rows]}, merged=["C1:D1", "E1:F1"]), name="t.xlsx")

    assert told(file) == [("in", "dues", 50_000), GRANT, ("out", "member_activities", 10_000)]


def test_income_and_spending_stand_above_the_headings_of_a_report() -> None:
    file = read("收入部分,,支出部分,\n项目,金额,项目,金额\n会费,100,文体活动,30\n其他,5,其他,7\n")

    assert sorted(told(file)) == [
        ("in", "dues", 10_000),
        ("in", "other_income", 500),
        ("out", "culture_sports", 3_000),
        ("out", "other_spending", 700),
    ]


def test_what_was_paid_for_is_a_purpose_though_one_of_its_words_is_an_items() -> None:
    file = read("工会经费支出明细表\n日期,支出内容,金额\n3.8,购羽毛球,80\n3.9,生日蛋糕,120\n")

    assert told(file) == [("out", "culture_sports", 8_000), ("out", "member_activities", 12_000)]


def test_other_before_an_items_name_is_that_item() -> None:
    assert told(read("科目,金额\n节日慰问,10\n其他会员活动,5\n")) == [
        ("out", "member_activities", 1_000),
        ("out", "member_activities", 500),
    ]


@pytest.mark.parametrize("nothing", ["－", "¥-", "-元", "¥0.00", "　", "/"])
def test_nothing_is_written_in_many_ways(nothing: str) -> None:
    assert told(read(csv_bytes([["日期", "摘要", "科目", "收入", "支出"], ["3.8", "球", "文体活动", nothing, "1280"]]))) == [BALL]
