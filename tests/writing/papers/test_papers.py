"""Each paper on our own form, word for word."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.shared import Pt
from openpyxl import load_workbook

from tests.writing.papers.facts import DISCLOSURE, HONOURS, NOTICE, SIGN_IN, tell
from unionboard.models import TemplateKind
from unionboard.services.papers.disclosure import DisclosureFacts
from unionboard.services.papers.sign_in import Signer
from unionboard.writing.fund_words import FundWords
from unionboard.writing.page_format import TABLE_TEXT
from unionboard.writing.papers.amount_words import write_amount
from unionboard.writing.papers.certificates import name_honoured
from unionboard.writing.papers.disclosure import tell_care
from unionboard.writing.papers.making import ONE_EACH, list_suffixes, write_paper
from unionboard.writing.papers.notice import tell_notice
from unionboard.writing.papers.sign_in import tell_sign_in

ZH = FundWords("zh_CN")
SIGNED = "签字：____________　　　年　　月　　日"


def opened(kind: TemplateKind, language: str = "zh_CN", suffix: str = ".docx") -> DocumentFile:
    return Document(BytesIO(write_paper(tell(kind, language), suffix)))


def texts(file: DocumentFile) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs if paragraph.text]


def tables(file: DocumentFile) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in file.tables]


def sheet(kind: TemplateKind) -> list[list[Any]]:
    page = load_workbook(BytesIO(write_paper(tell(kind), ".xlsx"))).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_notice_says_what_is_planned_what_goes_on_and_what_was_done() -> None:
    file = opened(TemplateKind.NOTICE)

    assert texts(file) == [
        "2026年5月工会活动安排",
        "本月安排",
        "常年工作",
        "· 有事随时走访",
        "上月完成",
        "· 18日　春季健步走（46人）",
        "· 20—21日　卫生检查",
        "联系人：沈一鸣",
        "青松小学工会",
        "2026年4月28日",
    ]
    assert tables(file) == [
        [
            ["时间", "内容"],
            ["本月", "趣味运动会"],
            ["16日（周六）", "读书分享会"],
            ["18—22日", "教工乒乓球赛"],
            ["4–6月", "提案征集"],
            ["5月30日—6月2日", "健步走"],
        ]
    ]


def test_notice_is_read_from_two_metres() -> None:
    file = opened(TemplateKind.NOTICE)

    sizes = [file.styles[name].font.size.pt for name in ("Normal", "Heading 1", TABLE_TEXT)]
    assert min(sizes) * 25.4 / 72 > 7.7  # mm of a Chinese letter
    page = file.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


def test_notice_of_an_empty_month_has_no_empty_headings_and_a_line_for_the_contact() -> None:
    filled = tell_notice(replace(NOTICE, duties=(), done=(), planned=()), ZH)

    assert texts(Document(BytesIO(write_paper(filled)))) == [
        "2026年5月工会活动安排",
        "本月安排",
        "联系人：________________",
        "青松小学工会",
        "2026年4月28日",
    ]


def test_sign_in_sheet_has_a_head_and_a_line_each() -> None:
    file = opened(TemplateKind.SIGN_IN)

    assert texts(file) == ["青松小学工会\n签到表"]
    assert tables(file) == [
        [["活动", *["趣味运动会"] * 3], ["时间", "2026年5月16日", "应到人数", "2"], ["地点", *["操场"] * 3]],
        [["序号", "姓名", "部门/职务", "签字", "时间"], ["1", "何敏", "语文组", "", ""], ["2", "", "", "", ""]],
    ]
    assert file.tables[1].rows[1].height == Pt(25)
    assert sheet(TemplateKind.SIGN_IN) == [
        ["青松小学工会签到表", *[None] * 4],
        ["趣味运动会　时间：2026年5月16日　地点：操场", *[None] * 4],
        ["序号", "姓名", "部门/职务", "签字", "时间"],
        [1, "何敏", "语文组", None, None],
        [2, *[None] * 4],
    ]


def test_pasted_names_stand_instead_of_the_lines() -> None:
    filled = tell_sign_in(SIGN_IN, ZH, signers=(Signer("吴佳"), Signer("顾海平"), Signer("方如意")))

    assert ([line["name"] for line in filled.lists["rows"]], filled.single["expected"]) == (["吴佳", "顾海平", "方如意"], 3)


def test_visit_form_has_boxes_to_approve() -> None:
    file = opened(TemplateKind.VISIT)

    assert texts(file) == ["青松小学工会\n慰问审批表", "台账编号：24"]
    assert tables(file) == [
        [
            ["姓名", "林小云", "部门", ""],
            ["慰问事由", "住院探望", "慰问时间", "2026年4月3日"],
            ["慰问标准", "", "人次", "1"],
            ["金额（元）", "500.00", "大写金额", "伍佰元整"],
            ["慰问品", "水果", "慰问人员", "何敏"],
            ["附件张数", "", "", ""],
            ["工会小组意见", *[SIGNED] * 3],
            ["财务委员", *[SIGNED] * 3],
            ["工会主席", *[SIGNED] * 3],
            ["领取人", *[SIGNED] * 3],
        ]
    ]


def test_disclosure_adds_up_and_is_signed() -> None:
    file = opened(TemplateKind.DISCLOSURE)

    assert texts(file) == [
        "青松小学工会\n2026年第一季度会费收缴与经费收支公示",
        "2026年1月1日至2026年3月31日，单位：元。",
        "一、收入",
        "二、支出",
        "三、会费、结余与慰问",
        "期初结余1,000.00元，加本期收入300.00元，减本期支出450.50元，期末结余849.50元。",
        "本期收缴会费300.00元，会员58人。",
        "慰问情况：4次、5人次。",
        "公示期：2026年4月28日 至 2026年5月4日。监督电话：62781234。",
        "青松小学工会",
        "2026年4月28日",
    ]
    heads = ["科目", "全年预算", "本期金额", "本年累计"]
    assert tables(file) == [
        [heads, ["会费收入", "1,200.00", "300.00", "300.00"], ["收入合计", "", "300.00", ""]],
        [heads, ["文体活动", "2,000.00", "450.50", "450.50"], ["会议", "100.00", "0.00", "0.00"], ["支出合计", "", "450.50", ""]],
        [["工会主席（签字）", "财务负责人（签字）", "经费审查委员会（签字）"], ["", "", ""]],
    ]


def test_disclosure_in_excel_holds_figures_as_figures() -> None:
    rows = sheet(TemplateKind.DISCLOSURE)

    assert rows[3:9] == [
        ["会费收入", 1200, 300, 300],
        ["收入合计", None, 300, None],
        ["支出", "全年预算", "本期金额", "本年累计"],
        ["文体活动", 2000, 450.5, 450.5],
        ["会议", 100, 0, 0],
        ["支出合计", None, 450.5, None],
    ]
    assert [row[:2] for row in rows[10:17]] == [
        ["期初结余", 1000],
        ["期末结余", 849.5],
        ["会费收入", 300],
        ["会员人数", 58],
        ["慰问", "4次、5人次"],
        ["公示期", "2026年4月28日 至 2026年5月4日"],
        ["监督电话", "62781234"],
    ]


@pytest.mark.parametrize(("visits", "told"), [(None, "不足3次"), (0, "无"), (4, "4次、5人次")])
def test_few_visits_are_told_as_few(visits: int | None, told: str) -> None:
    facts: DisclosureFacts = replace(DISCLOSURE, visits=visits, visited=None if visits is None else 5 if visits else 0)

    assert tell_care(facts, ZH) == told


def test_honours_are_a_list_or_a_certificate_a_page() -> None:
    file, each = opened(TemplateKind.CERTIFICATE), opened(TemplateKind.CERTIFICATE, suffix=ONE_EACH)

    assert texts(file) == ["青松小学工会\n2026年荣誉名单", "共2项。", "青松小学工会", "2026年4月28日"]
    assert tables(file) == [
        [
            ["序号", "获奖者", "荣誉名称", "级别", "活动", "日期"],
            ["1", "青松小学工会", "合唱二等奖", "区县级", "五月歌会", "2026年4月3日"],
            ["2", "何敏", "优秀工会会员", "", "", "2026年4月28日"],
        ]
    ]
    assert texts(each) == [
        "荣誉证书",
        "青松小学工会：荣获“合唱二等奖”。",
        "特发此证，以资鼓励。",
        "青松小学工会",
        "2026年4月3日",
        "荣誉证书",
        "何敏：荣获“优秀工会会员”。",
        "特发此证，以资鼓励。",
        "青松小学工会",
        "2026年4月28日",
    ]
    assert sum(bool(paragraph.paragraph_format.page_break_before) for paragraph in each.paragraphs) == 2


def test_names_that_were_typed_get_the_honour_beside_them_or_the_one_above() -> None:
    told = name_honoured(HONOURS, (Signer("何敏", "先进工作者"), Signer("吴佳")), " 优秀会员 ")

    assert [(one.name, one.award) for one in told.honours] == [("何敏", "先进工作者"), ("吴佳", "优秀会员")]


def test_english_papers_have_no_chinese_words_of_ours() -> None:
    titles = {
        kind: texts(opened(kind, "en"))[0].replace("青松小学工会\n", "")
        for kind in TemplateKind
        if kind.value not in ("summary", "handout")
    }

    assert titles == {
        TemplateKind.NOTICE: "Union activities in May 2026",
        TemplateKind.SIGN_IN: "Sign-in sheet",
        TemplateKind.VISIT: "Care visit: request and approval",
        TemplateKind.DISCLOSURE: "Dues and funds made known: first quarter of 2026",
        TemplateKind.CERTIFICATE: "List of honours 2026",
    }


@pytest.mark.parametrize("kind", [kind for kind in TemplateKind if kind is not TemplateKind.SUMMARY])
def test_same_facts_give_the_same_bytes(kind: TemplateKind) -> None:
    for suffix in list_suffixes(kind):
        assert write_paper(tell(kind), suffix) == write_paper(tell(kind), suffix)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (1_05, "壹元零伍分"),
        (10_50, "壹拾元伍角整"),
        (1_234_56, "壹仟贰佰叁拾肆元伍角陆分"),
        (1_005_00, "壹仟零伍元整"),
        (10_000_00, "壹万元整"),
        (100_500_00, "壹拾万零伍佰元整"),
        (1_000_000_000_00, "壹拾亿元整"),
        (100_000_001_00, "壹亿零壹元整"),
    ],
)
def test_sums_in_words(fen: int, words: str) -> None:
    assert write_amount(fen) == words
