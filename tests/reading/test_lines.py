"""Page chrome, advertisements, wrapped lines, and texts that hold no plan."""

import pytest

from tests.reading.views import fates_of, read_plan, schedule_of
from unionboard.errors.documents import EmptyDocument, NoPlanFound
from unionboard.reading.draft import IgnoredReason, LineUse
from unionboard.reading.lines import fold, fold_line, join_lines
from unionboard.reading.text import read_text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("当前位置:青松之家› 工会工作计划", IgnoredReason.PAGE_CHROME),
        ("发布时间:2026-04-18 09:20:11", IgnoredReason.PAGE_CHROME),
        ("第2 页共5 页", IgnoredReason.PAGE_CHROME),
        ("1 / 15", IgnoredReason.PAGE_CHROME),
        ("Copyright @ 2012-2026青松网 版权所有", IgnoredReason.PAGE_CHROME),
        ("撰写人:XXX 职务:XXX", IgnoredReason.PAGE_CHROME),
        ("以下是小编收集整理的范文，希望对您有帮助", IgnoredReason.ADVERTISEMENT),
        ("★ 联谊活动策划8篇", IgnoredReason.ADVERTISEMENT),
        ("(来自:www.example.cOm 青 松网:工会计划(共2篇))", IgnoredReason.ADVERTISEMENT),
        ("Y3(MKq  -OU{99$aS", IgnoredReason.UNREADABLE),
        ("_______：______", IgnoredReason.FORM_TEXT),
        ("1、制定工会工作计划", None),
        ("五月：", None),
    ],
)
def test_line_that_is_no_content_says_why(line: str, reason: IgnoredReason | None) -> None:
    assert fold_line(1, line).reason is reason


def test_advertisement_inside_a_word_is_cut_out() -> None:
    assert fold_line(1, "继续整(来自:www.example.cOm 青 松网:计划(共2篇))改值周制度").text == "继续整改值周制度"


def test_folded_copy_has_the_length_of_the_original() -> None:
    assert fold("３月：（一）ＡＢＣ—①“…”") == "3月:(一)ABC-①“…”"


def test_related_links_below_the_text_belong_to_the_page() -> None:
    plan = read_plan("工会工作计划\n一、重点\n1、抓学习。\n2、抓服务。\n【工会工作计划】相关文章:\n5.文体活动计划范文")

    assert [fates_of(plan)[line] for line in (5, 6)] == [(LineUse.IGNORED, IgnoredReason.PAGE_CHROME)] * 2


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (
            ["工会要组织教职工认真学习《工会法》、《教", "师法》等法律法规。"],
            ["工会要组织教职工认真学习《工会法》、《教师法》等法律法规。"],
        ),
        (["本学期的健身主题是:“我健", "康、我快乐”,开办健身小组"], ["本学期的健身主题是:“我健康、我快乐”,开办健身小组"]),
        (["1、制定工会工作计划", "2、召开工会小组会"], ["1、制定工会工作计划", "2、召开工会小组会"]),
        (["一、推进书香校园建设", "读书是一件大事。"], ["一、推进书香校园建设", "读书是一件大事。"]),
        (["四、继续开展竞赛活动,", "保护好教职工的安全。"], ["四、继续开展竞赛活动,保护好教职工的安全。"]),
        (["年初制定出年度政治", "，确定学习内容。"], ["年初制定出年度政治，确定学习内容。"]),
        (["召开工会小组会。", "、开展师德演讲。"], ["召开工会小组会。", "、开展师德演讲。"]),
    ],
)
def test_hard_wrapped_lines_are_joined_and_others_are_not(lines: list[str], joined: list[str]) -> None:
    passages = join_lines([fold_line(number, line) for number, line in enumerate(lines, 1)])

    assert [passage.text for passage in passages] == joined


def test_paragraph_printed_twice_is_kept_once() -> None:
    plan = read_plan(
        "工会工作计划\n一、抓学习\n组织全体教职工学习业务知识，提高服务本领和服务水平。\n二、抓服务\n组织全体教职工学习业务知识，提高服务本领和服务水平。"
    )

    assert fates_of(plan)[5] == (LineUse.IGNORED, IgnoredReason.DUPLICATE)


def test_sections_printed_twice_are_kept_once() -> None:
    text = "工会工作计划\n" + "一、抓学习\n1、学法律。\n二、抓服务\n1、送温暖。\n" * 2

    assert [section.heading for section in read_plan(text).sections] == ["抓学习", "抓服务"]


@pytest.mark.parametrize(
    "text",
    [
        "昨天我去公园散步，天气很好，看见很多人在放风筝。\n回家后我做了一顿饭，大家都说好吃。",
        "3月17日中午，青松小学会议室里暖意融融，新学年工会委员会会议在这里举行，主席传达了精神。\n会后大家合影留念。",
    ],
)
def test_text_without_plan_is_refused(text: str) -> None:
    with pytest.raises(NoPlanFound):
        read_text(text)


@pytest.mark.parametrize("text", ["", " \n\u3000\n"])
def test_blank_text_is_refused(text: str) -> None:
    with pytest.raises(EmptyDocument):
        read_text(text)


def test_text_broken_at_a_narrow_width_is_put_together() -> None:
    text = """青松小学工会工作计划
活动安排
3月：1.召开全体会员代表会议，通报
上年经费；2.举办女职工茶艺讲
座；3.修订经费使用管理办法，公开
家底。
4月：1.组织全体教工沿湖健步走，评
出优胜小组；2.启动教工书画展征
集；3.走访住院教工和退休老教师
家庭。
"""

    assert schedule_of(text) == [
        ((3,), ["召开全体会员代表会议，通报上年经费", "举办女职工茶艺讲座", "修订经费使用管理办法，公开家底"]),
        ((4,), ["组织全体教工沿湖健步走，评出优胜小组", "启动教工书画展征集", "走访住院教工和退休老教师家庭"]),
    ]
