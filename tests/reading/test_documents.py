"""Where a document of a file begins, what it is called, and what kind of text it is."""

from tests.reading.views import fates_of, read_plan, schedule_of
from unionboard.reading.draft import DocumentKind, IgnoredReason, LineUse
from unionboard.reading.text import read_text

_PLAN = (
    "青松小学工会工作计划\n一、民主管理\n1、召开教代会。\n2、校务公开。\n二、月份安排\n三月：女教工踏青\n四月：教玩具比赛\n九月：教师节慰问"
)


def test_letter_and_the_plan_it_encloses_are_two_documents() -> None:
    letter = "关于印发《青松小学工会工作计划》的通知\n各工会小组：\n现将《青松小学工会工作计划》印发给你们。\n附件：青松小学工会工作计划"

    reading = read_text(f"{letter}\n附件\n{_PLAN}")

    assert [(document.kind, document.title) for document in reading.documents] == [
        (DocumentKind.OTHER, "关于印发《青松小学工会工作计划》的通知"),
        (DocumentKind.PLAN, "青松小学工会工作计划"),
    ]
    assert reading.plan().n == 2


def test_text_posted_twice_is_read_once() -> None:
    once, twice = read_plan(_PLAN), read_plan(f"{_PLAN}\n{_PLAN}")

    assert (twice.sections, twice.schedule) == (once.sections, once.schedule)
    assert [fates_of(twice)[line] for line in range(9, 17)] == [(LineUse.IGNORED, IgnoredReason.DUPLICATE)] * 8


def test_title_on_the_next_page_does_not_end_the_month() -> None:
    text = "青松小学工会工作计划\n三月：\n1、踏青。\n青松小学工会工作计划\n2、插花。\n四月：\n1、球赛。"

    assert schedule_of(text) == [((3,), ["踏青", "插花"]), ((4,), ["球赛"])]


def test_title_that_is_a_heading_in_markdown() -> None:
    assert read_plan("# 青松公司工会2026年计划\n\n## 重点\n- 签订集体合同\n## 保障\n- 落实经费").title == "青松公司工会2026年计划"


def test_subject_of_a_mail_is_the_title() -> None:
    assert read_plan("发件人: 青松工会\n主题: 青松工会活动安排\n1月 慰问\n3月 插花\n5月 健步走").title == "青松工会活动安排"


def test_day_below_the_title_is_no_month() -> None:
    text = "青松小学工会工作计划\n（2026年2月）\n一、工作思路\n围绕学校工作。\n二、安排\n三月：插花\n四月：踏青"

    assert schedule_of(text) == [((3,), ["插花"]), ((4,), ["踏青"])]
    assert fates_of(read_plan(text))[2] == (LineUse.TITLE, None)


def test_table_of_contents_is_the_pages() -> None:
    text = "青松公司工会工作计划\n目录\n一、思路…………1\n二、安排…………2\n一、思路\n以人为本。\n二、安排\n三月：插花\n四月：踏青"

    assert [fates_of(read_plan(text))[line] for line in (2, 3, 4)] == [(LineUse.IGNORED, IgnoredReason.PAGE_CHROME)] * 3


def test_what_follows_a_part_printed_twice_is_read() -> None:
    part = "一、学习与宣传\n1、组织会员学习新修订的工会章程，做到人人知晓。\n二、关心与服务\n1、走访慰问长期病假的教职工，送去组织关怀。\n"
    text = f"青松小学工会工作计划\n{part}{part}2、为新入职教师举办青年联谊活动，帮助他们融入。"

    plan = read_plan(text)

    assert [measure.text for section in plan.sections for measure in section.measures] == [
        "组织会员学习新修订的工会章程，做到人人知晓。",
        "走访慰问长期病假的教职工，送去组织关怀。",
        "为新入职教师举办青年联谊活动，帮助他们融入。",
    ]
