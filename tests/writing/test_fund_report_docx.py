"""The fund's year-end report as a Word file, read back: sums, shares, execution, care, and room to sign."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentFile

from unionboard.reference import FundItem, fund_items
from unionboard.services.fund_report import AmendmentLine, CareLine, FundReport, HandoutLine, ReportLine
from unionboard.writing.fund_report_docx import write_fund_report
from unionboard.writing.fund_words import FundWords

ITEMS = fund_items()


def spent(name: str, booked_fen: int) -> ReportLine:
    return ReportLine(item=FundItem(name, "out", name, name, group="other"), booked_fen=booked_fen)


COLLEGE = FundReport(  # the checked report of domain notes C6, 1
    union="青松学院工会",
    year=2017,
    as_of=date(2017, 12, 31),
    opening_fen=672_778_17,
    income=(
        ReportLine(item=ITEMS["allocated"], booked_fen=827_710_28),
        ReportLine(item=ITEMS["other_income"], booked_fen=25_206_98),
        ReportLine(item=ITEMS["employer_subsidy"], booked_fen=189_635_00),
    ),
    spending=(
        spent("活动", 293_549_90),
        spent("福利", 283_700_60),
        spent("慰问", 162_937_40),
        spent("办公", 17_102_15),
        spent("上缴经费", 393_079_27),
    ),
)
BUDGETED = replace(
    COLLEGE,
    union="",
    spending=(ReportLine(item=ITEMS["publicity"], adopted_fen=3_000_00, amended_fen=-500_00, booked_fen=2_740_00), spent("其他", 1_00)),
    adopted_on=date(2017, 1, 14),
    resolution="委员会会议",
    amendments=(AmendmentLine(1, date(2017, 9, 18), "委员会会议", "减少印刷", ((ITEMS["publicity"], -500_00),)),),
    care=(CareLine("住院探望", "Hospital", 6, 6, 3_000_00), CareLine("其他慰问", "Other", 2, 3, None)),
    handouts=(HandoutLine("中秋节慰问品", date(2017, 9, 20), 58, 5_800_00, 56),),
)


def write(report: FundReport, language: str = "zh_CN") -> DocumentFile:
    return Document(BytesIO(write_fund_report(report, FundWords(language))))


def texts(report: FundReport, language: str = "zh_CN") -> list[str]:
    return [paragraph.text for paragraph in write(report, language).paragraphs if paragraph.text]


def table(report: FundReport, number: int) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in write(report).tables[number].rows]


def test_spending_has_its_share_of_the_total_as_the_checked_report_prints_it() -> None:
    assert [(row[0], row[2], row[3]) for row in table(COLLEGE, 1)[1:]] == [
        ("活动", "293,549.90", "25.52%"),
        ("福利", "283,700.60", "24.66%"),
        ("慰问", "162,937.40", "14.16%"),
        ("办公", "17,102.15", "1.49%"),
        ("上缴经费", "393,079.27", "34.17%"),
        ("支出合计", "1,150,369.32", "100.00%"),
    ]


def test_what_is_left_is_opening_plus_income_minus_spending() -> None:
    assert "上年结转672,778.17元，加本年收入1,042,552.26元，减本年支出1,150,369.32元，结余564,961.11元。" in texts(COLLEGE)


def test_whole_year_and_year_that_is_not_over_are_told_apart() -> None:
    leads = [texts(report)[1] for report in (COLLEGE, replace(COLLEGE, as_of=date(2017, 11, 21)))]

    assert leads == [
        "现将2017年1月1日至2017年12月31日工会经费收支情况报告如下。",
        "现将2017年1月1日至2017年11月21日工会经费收支情况报告如下（年度尚未结束）。",
    ]


def test_execution_tells_adoption_amendments_rates_and_what_is_over() -> None:
    told = texts(BUDGETED)
    first = told.index("四、预算执行情况") + 1

    assert told[first : told.index("五、慰问和发放情况")] == [
        "本年度预算于2017年1月14日审议通过（委员会会议）。",
        "第1次预算调整于2017年9月18日通过：宣传活动 -500.00（元），原因：减少印刷。",
        "收入完成预算的—，支出完成预算的109.64%。",
        "宣传活动超出预算240.00元。",
        "其他未列预算，支出1.00元。",
    ]


def test_care_is_counts_and_the_sum_of_few_is_kept_back() -> None:
    assert table(BUDGETED, 2)[1:] == [("住院探望", "6", "6", "3,000.00"), ("其他慰问", "2", "3", "—")]
    assert table(BUDGETED, 3)[1:] == [("中秋节慰问品", "9月20日", "58", "5,800.00", "56")]


def test_bank_figure_of_a_closed_year_stands_beside_ours() -> None:
    closed = replace(COLLEGE, closed_on=date(2018, 1, 5), bank_fen=564_961_11)
    differing = replace(closed, bank_fen=564_000_00, note="1张支票未兑付")

    assert [texts(report)[texts(report).index("三、结余情况") + 1].split("元。", 1)[1] for report in (closed, differing)] == [
        "与银行对账单余额一致。",
        "银行对账单余额为564,000.00元。说明：1张支票未兑付",
    ]


def test_it_ends_with_room_for_the_auditors_and_signatures() -> None:
    assert table(COLLEGE, 2)[0] == ("经费审查委员会（签字）", "工会主席（签字）", "财务负责人（签字）")
    assert texts(COLLEGE)[-3:] == ["五、经费审查意见", "青松学院工会", "2017年12月31日"]


def test_english_report_has_no_chinese_of_ours() -> None:
    assert texts(BUDGETED, "en")[0] == "Report on the fund’s income and spending 2017"
    assert "Publicity is 240.00 yuan over its budget." in texts(BUDGETED, "en")


def test_same_report_gives_the_same_bytes() -> None:
    assert write_fund_report(BUDGETED, FundWords("zh_CN")) == write_fund_report(BUDGETED, FundWords("zh_CN"))
