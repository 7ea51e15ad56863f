"""The ledger's workbook, opened again."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from unionboard.writing.ledger_xlsx import ItemRow, LedgerDocument, LedgerRow, write_ledger_xlsx

HEADINGS = ("日期", "凭证号", "摘要", "科目", "收入", "支出", "结余", "经手人", "审批人", "附件", "备注")
DUES = LedgerRow(date(2026, 3, 2), 1, "二月会费", "会费收入", 1862_50, None, 11722_50, "何敏", "周青", 1, "")
PRIZES = LedgerRow(date(2026, 5, 8), 2, "趣味运动会奖品", "文体活动", None, 1286_00, 10436_50, "", "", 0, "青松文具店")
DOCUMENT = LedgerDocument(
    title="青松小学工会2026年经费收支台账",
    period="2026年1月1日至11月21日　单位：元",
    sheet="台账",
    headings=HEADINGS,
    opening="上年结转",
    opening_fen=9860_00,
    rows=(DUES, PRIZES),
    total="合计",
    item_sheet="预算执行",
    item_title="预算执行情况",
    item_headings=("科目", "本年预算", "本年执行", "执行率"),
    items=(
        ("收入合计", (ItemRow("会费收入", 0, 1862_50),)),
        ("支出合计", (ItemRow("文体活动", 2000_00, 1286_00), ItemRow("会员活动", 8000_00, 0))),
    ),
)


def reopen(document: LedgerDocument = DOCUMENT) -> Workbook:
    """The written workbook, read back."""
    return load_workbook(BytesIO(write_ledger_xlsx(document)))


def values(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    """All cells of a sheet, row by row."""
    return list(book[sheet].iter_rows(values_only=True))


def test_ledger_has_title_period_headings_opening_entries_and_total() -> None:
    empty = (None,) * 10

    assert values(reopen(), "台账") == [
        ("青松小学工会2026年经费收支台账", *empty),
        ("2026年1月1日至11月21日　单位：元", *empty),
        HEADINGS,
        (None, None, "上年结转", None, None, None, 9860, None, None, None, None),
        (datetime(2026, 3, 2), 1, "二月会费", "会费收入", 1862.5, None, 11722.5, "何敏", "周青", 1, None),  # noqa: DTZ001 -- Excel's days
        (datetime(2026, 5, 8), 2, "趣味运动会奖品", "文体活动", None, 1286, 10436.5, None, None, None, "青松文具店"),  # noqa: DTZ001
        (None, None, "合计", None, 1862.5, 1286, 10436.5, None, None, 1, None),
    ]


def test_budget_sheet_has_shares_and_totals() -> None:
    assert values(reopen(), "预算执行")[2:] == [
        ("科目", "本年预算", "本年执行", "执行率"),
        ("会费收入", None, 1862.5, None),
        ("收入合计", None, 1862.5, None),
        ("文体活动", 2000, 1286, 0.643),
        ("会员活动", 8000, 0, 0),
        ("支出合计", 10000, 1286, 0.1286),
    ]


def test_dates_sums_vouchers_and_shares_have_formats() -> None:
    book = reopen()

    assert [cell.number_format for cell in book["台账"][5]][:7] == [
        "yyyy-mm-dd", "000", "General", "General", "#,##0.00;[Red]-#,##0.00", "General", "#,##0.00;[Red]-#,##0.00",
    ]  # fmt: skip
    assert book["预算执行"]["D6"].number_format == "0.0%"


@pytest.mark.parametrize("purpose", ["=1+1", "+8613800000000", "-500", "@SUM(A1)"])
def test_text_that_looks_like_a_formula_stays_text(purpose: str) -> None:
    cell = reopen(replace(DOCUMENT, rows=(replace(PRIZES, purpose=purpose),)))["台账"]["C5"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (purpose, "s", True)


def test_characters_a_workbook_cannot_hold_are_left_out() -> None:
    assert reopen(replace(DOCUMENT, rows=(replace(PRIZES, purpose="奖品\x0b"),)))["台账"]["C5"].value == "奖品"


def test_headings_stay_in_sight_and_repeat_on_paper() -> None:
    sheet = reopen()["台账"]

    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("A4", "$3:$3", "landscape")


def test_ledger_without_entries_ends_with_the_opening_balance() -> None:
    assert values(reopen(replace(DOCUMENT, rows=())), "台账")[-1] == (None, None, "合计", None, 0, 0, 9860, None, None, None, None)
