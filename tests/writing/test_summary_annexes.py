"""The annexes, worded and laid out: activities by month, joined events, fund, care and hand-outs, what the sentences rest on."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.writing.docx_xml import find
from tests.writing.test_summary_docx import DRAFT
from unionboard.drafting.figures import Source
from unionboard.services.summary_annexes import ActivityRow, CareRow, FundRow, HandoutRow, RecordLabel, SentenceRow, SummaryAnnexes
from unionboard.writing.docx_table import Band
from unionboard.writing.summary_annexes import make_annexes
from unionboard.writing.summary_docx import write_summary_docx

CONGRESS = ActivityRow(date(2026, 3, 20), None, "教代会", 30, "通过报告3项。", "")
GAMES = ActivityRow(date(2026, 5, 9), date(2026, 5, 10), "运动会", 58, "", "团体第一")
ANNEXES = SummaryAnnexes(
    as_of=date(2026, 12, 20),
    activities=(CONGRESS, ActivityRow(date(2026, 3, 25), None, "更新公开栏", 0, "", ""), GAMES),
    joined=(ActivityRow(date(2026, 6, 30), date(2026, 7, 1), "区合唱比赛", 40, "", "区二等奖"),),
    income=(FundRow("拨缴经费", 0, 600_00), FundRow("会费", 0, 400_00)),
    spending=(FundRow("文体活动", 800_00, 500_00), FundRow("培训", 200_00, 0)),
    opening_fen=50_00,
    care=(CareRow("住院探望", 6, 6, 3000_00), CareRow("生育", 3, 3, None)),
    handouts=(HandoutRow("春节慰问品", date(2026, 1, 15), 58, 120_00),),
    sentences=(
        SentenceRow("", "全年开展活动2项。", (Source("check_off", 1), Source("check_off", 2), Source("activity", 7))),
        SentenceRow("一、民主管理", "支出500元。", tuple(Source("fund_entry", id_) for id_ in (4, 5, 6, 9))),
        SentenceRow("一、民主管理", "大家满意。", (), is_own=True),
        SentenceRow("一、民主管理", "走访9人次。", tuple(Source("care_visit", id_) for id_ in range(1, 10))),
    ),
    labels={
        Source("check_off", 1): RecordLabel(date(2026, 3, 20), "教代会"),
        Source("check_off", 2): RecordLabel(date(2026, 5, 9), "运动会"),
        Source("activity", 7): RecordLabel(title="运动会"),
        **{Source("fund_entry", id_): RecordLabel(date(2026, 3, 1), voucher=id_ + 10) for id_ in (4, 5, 6, 9)},
    },
)


def rows_of(place: int, language: str = "zh_CN") -> list[Any]:
    return [row.text if isinstance(row, Band) else row for row in make_annexes(ANNEXES, language)[place].rows]


@pytest.fixture(scope="module")
def file() -> DocumentFile:
    return Document(io.BytesIO(write_summary_docx(DRAFT, annexes=make_annexes(ANNEXES, "zh_CN"))))


def test_activities_stand_by_month_with_the_months_sums_above_them() -> None:
    assert rows_of(0) == [
        "2026年3月（2次，30人次）",
        ("1", "3月20日", "教代会", "30", "通过报告3项"),
        ("2", "3月25日", "更新公开栏", "—", "—"),
        "2026年5月（1次，58人次）",
        ("3", "5月9日—10日", "运动会", "58", "团体第一"),
    ]


def test_joined_events_have_a_table_of_their_own() -> None:
    assert rows_of(1) == [("1", "6月30日—7月1日", "区合唱比赛", "40", "区二等奖")]


def test_fund_stands_by_item_with_shares_rates_and_what_is_left() -> None:
    assert rows_of(2) == [
        "收入",
        ("拨缴经费", "—", "600.00", "60.00%", "—"),
        ("会费", "—", "400.00", "40.00%", "—"),
        ("收入合计", "—", "1,000.00", "100.00%", "—"),
        "支出",
        ("文体活动", "800.00", "500.00", "100.00%", "62.50%"),
        ("培训", "200.00", "0.00", "0.00%", "0.00%"),
        ("支出合计", "1,000.00", "500.00", "100.00%", "50.00%"),
        ("上年结转", "—", "50.00", "—", "—"),
        ("结余", "—", "550.00", "—", "—"),
    ]


def test_care_stands_by_occasion_and_a_sum_kept_back_is_not_told_by_the_total_either() -> None:
    assert rows_of(3) == [
        "慰问",
        ("住院探望", "6", "6", "—", "3,000.00"),
        ("生育", "3", "3", "—", "—"),
        ("合计", "9", "9", "—", "—"),
        "集体发放",
        ("春节慰问品", "1月15日", "58", "120.00", "6,960.00"),
    ]


def test_sentences_stand_below_their_headings_with_their_records() -> None:
    assert rows_of(4) == [
        ("1", "全年开展活动2项。", "办结记录：3月20日 教代会；5月9日 运动会\n活动：运动会"),
        "一、民主管理",
        ("2", "支出500元。", "收支记录：第14–16、19号凭证"),
        ("3", "大家满意。", "经人工撰写或修改"),
        ("4", "走访9人次。", "慰问记录：9条（编号1–9）"),
    ]


def test_english_annexes_have_no_chinese_of_ours() -> None:
    annexes = make_annexes(ANNEXES, "en")

    assert [annex.title for annex in annexes] == [
        "Activities by month",
        "Activities of superior bodies we joined",
        "Income and spending of the fund",
        "Care visits and hand-outs",
        "What the sentences rest on",
    ]
    assert rows_of(0, "en")[:2] == ["Mar 2026 (2 held, 30 person-times)", ("1", "20 Mar", "教代会", "30", "通过报告3项")]
    assert rows_of(4, "en")[0] == (
        "1",
        "全年开展活动2项。",
        "check-off: 20 Mar 教代会; 9 May 运动会\nactivity: 运动会",
    )


def test_what_is_empty_is_left_out() -> None:
    assert make_annexes(SummaryAnnexes(as_of=date(2026, 12, 20)), "zh_CN") == ()
    assert not SummaryAnnexes(as_of=date(2026, 12, 20))


def test_attachments_are_noted_below_the_body_without_a_stop(file: DocumentFile) -> None:
    texts = [paragraph.text for paragraph in file.paragraphs]
    first, second = (
        paragraph
        for paragraph in file.paragraphs
        if paragraph.text.endswith(("活动开展情况表", "参加上级活动情况表")) and "." in paragraph.text
    )
    indents = [find(paragraph._p, "pPr", "ind") for paragraph in (first, second)]

    assert texts[6:12] == [
        DRAFT.paragraphs[-1].text,
        "附件：1.活动开展情况表",
        "2.参加上级活动情况表",
        "3.工会经费收支情况表",
        "4.走访慰问与集体发放情况表",
        "5.正文数据来源对照表",
    ]
    assert first.paragraph_format.space_before == Pt(29)
    assert [(indent["leftChars"], indent["hangingChars"]) for indent in indents] == [("600", "400"), ("600", "100")]
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in file.paragraphs[6:12])


def test_one_annex_alone_has_no_number() -> None:
    annexes = make_annexes(SummaryAnnexes(as_of=date(2026, 12, 20), activities=(CONGRESS,)), "zh_CN")

    texts = [paragraph.text for paragraph in Document(io.BytesIO(write_summary_docx(DRAFT, annexes=annexes))).paragraphs]

    assert [text for text in texts if "附件" in text] == ["附件：活动开展情况表", "附件"]


def test_each_annex_begins_a_page_with_its_label_and_stands_in_the_outline(file: DocumentFile) -> None:
    label, title = next((one, two) for one, two in zip(file.paragraphs, file.paragraphs[1:], strict=False) if one.text == "附件1")
    assert label.style is not None
    assert title.style is not None

    assert title.text == "活动开展情况表"
    assert label.style.paragraph_format.page_break_before
    assert find(label.runs[0]._r, "rPr", "rFonts")["eastAsia"] == "黑体"
    assert find(label.style.element, "pPr", "ind")["firstLineChars"] == "0"
    assert find(title.style.element, "pPr", "outlineLvl")["val"] == "0"
    assert (title.style.font.size, title.style.paragraph_format.space_before) == (Pt(22), Pt(29))


def test_annexes_are_real_tables_that_fill_the_line_and_repeat_their_headings(file: DocumentFile) -> None:
    section = file.sections[0]
    whole = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)

    assert [len(table.rows) for table in file.tables] == [6, 2, 11, 7, 6]
    for table in file.tables:
        assert 0 <= whole - sum(column.width or 0 for column in table.columns) < Pt(1)
        assert [bool(row._tr.findall(f".//{qn('w:tblHeader')}")) for row in table.rows] == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.findall(f".//{qn('w:cantSplit')}") for row in table.rows)


def test_month_stands_across_the_table_on_one_page_with_its_first_row(file: DocumentFile) -> None:
    cell = file.tables[0].rows[1]._tr.tc_lst[0]

    assert (len(file.tables[0].rows[1]._tr.tc_lst), find(cell, "tcPr", "gridSpan")["val"]) == (1, "5")
    assert file.tables[0].rows[1].cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_money_stands_at_the_right(file: DocumentFile) -> None:
    right = WD_ALIGN_PARAGRAPH.RIGHT

    assert [cell.paragraphs[0].alignment for cell in file.tables[2].rows[2].cells] == [None, right, right, right, right]
