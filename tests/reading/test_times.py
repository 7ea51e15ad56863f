"""Times beyond a month's number: thirds, points of a term, phases, festivals, deadlines, and where in a line they stand."""

import pytest

from tests.reading.views import fates_of, read_plan, schedule_of
from unionboard.reading.draft import IgnoredReason, LineUse
from unionboard.reading.heads import find_head
from unionboard.reading.lines import fold
from unionboard.reading.months import find_time


def months_of(head: str) -> tuple[int, ...]:
    found = find_head(fold(head))
    assert found is not None
    return found.time.months


@pytest.mark.parametrize(
    ("words", "months", "third"),
    [
        ("3月上旬", (3,), 1),
        ("3月（中旬）", (3,), 2),
        ("三月底前", (3,), 3),
        ("5月初", (5,), 1),
        ("2月下旬至3月上旬", (2, 3), None),
        ("3月上旬至中旬", (3,), None),
        ("4月第一周", (4,), 1),
        ("3、6、9月", (3, 6, 9), None),
        ("7,8月", (7, 8), None),
        ("3月、9月", (3, 9), None),
        ("每年5月、10月", (5, 10), None),
        ("11月—次年1月", (11, 12, 1), None),
    ],
)
def test_time_names_its_months_and_the_third_of_one(words: str, months: tuple[int, ...], third: int | None) -> None:
    time = find_time(fold(words))

    assert time is not None
    assert (time.months, time.third) == (months, third)


@pytest.mark.parametrize(
    ("line", "months"),
    [
        ("启动阶段（1—3月）", (1, 2, 3)),
        ("八月份工作；", (8,)),
        ("Mar. 三月", (3,)),
        ("◆期中（4月）", (4,)),
        ("第二季度（4—5月）：", (4, 5)),
        ("三、国庆节：10月1日", (10,)),
        ("清明", (4,)),
        ("9.10（教师节）", (9,)),
    ],
)
def test_head_of_another_form_is_read(line: str, months: tuple[int, ...]) -> None:
    assert months_of(line) == months


@pytest.mark.parametrize("line", ["一月一走访", "腊月：送温暖", "第十一届职工运动会"])
def test_words_like_a_month_are_no_head(line: str) -> None:
    assert find_head(fold(line)) is None


def test_thirds_below_a_month_narrow_its_activities() -> None:
    plan = read_plan("工会活动安排\n三月\n上旬：插花\n下旬：\n1.植树\n2.踏青\n四月：球赛\n五月：体检")

    assert [(item.title, item.third) for item in plan.schedule[0].items] == [("插花", 1), ("植树", 3), ("踏青", 3)]


def test_points_of_a_term_are_months_of_the_term_in_the_title() -> None:
    text = "青松小学第一学期工会工作安排\n学期初：制定计划\n11月：教代会\n学期末：总结表彰"

    assert schedule_of(text) == [((9,), ["制定计划"]), ((11,), ["教代会"]), ((1,), ["总结表彰"])]


def test_quarter_above_its_months_is_a_head_of_its_own() -> None:
    plan = read_plan("工会活动安排\n第一季度\n1月：团拜\n3月：插花\n第二季度\n4月：踏青")

    assert [entry.months for entry in plan.schedule] == [(1,), (3,), (4,)]
    assert fates_of(plan)[2] == (LineUse.MONTH_HEAD, None)


def test_theme_of_a_phase_is_no_activity() -> None:
    text = "竞赛活动安排\n1—3月 启动阶段\n（1）印发方案\n4—6月 实施阶段\n（1）技能比武\n7—8月 总结阶段\n（1）表彰"

    assert schedule_of(text) == [((1, 2, 3), ["印发方案"]), ((4, 5, 6), ["技能比武"]), ((7, 8), ["表彰"])]


def test_half_year_holds_the_items_that_name_no_month() -> None:
    plan = read_plan("工会工作要点\n一、上半年工作\n1、3月，办讲座。\n2、修订制度汇编。\n二、下半年工作\n1、评选先进小组。")

    assert [(entry.months, entry.half_year) for entry in plan.schedule] == [((3,), None), ((), 1), ((), 2)]
    assert [section.heading for section in plan.sections] == ["上半年工作", "下半年工作"]


def test_festivals_are_heads_where_no_months_are() -> None:
    text = "节日活动安排\n元旦：包饺子\n教师节：座谈会\n国庆节：歌会"

    assert schedule_of(text) == [((1,), ["包饺子"]), ((9,), ["座谈会"]), ((10,), ["歌会"])]


def test_festival_below_its_month_is_an_activity() -> None:
    assert schedule_of("工会活动安排\n三月\n妇女节\n四月\n踏青\n五月\n球赛")[0] == ((3,), ["妇女节"])


def test_month_of_its_own_parts_a_clause() -> None:
    text = "工会工作计划\n一、民主管理\n1.4月征集金点子，11月兑现奖励。\n2.开展微心愿认领（2月），为升学子女送祝福（8月）。"

    assert schedule_of(text) == [((4,), ["征集金点子"]), ((11,), ["兑现奖励"]), ((2,), ["开展微心愿认领"]), ((8,), ["为升学子女送祝福"])]


@pytest.mark.parametrize(
    "measure",
    [
        "举办病例演讲，拟于6月进行",
        "举办病例演讲，时间定在6月上旬",
        "举办病例演讲（6月）",
        "举办病例演讲……6月",
        "拟于6月举办病例演讲",
        "6月底前举办病例演讲",
    ],
)
def test_month_of_a_measure_stands_before_or_behind_it(measure: str) -> None:
    assert schedule_of(f"工会工作计划\n一、素质提升\n1.{measure}。\n2.开放书屋。") == [((6,), ["举办病例演讲"])]


def test_section_whose_measures_name_months_adds_to_the_schedule() -> None:
    text = "工会工作计划\n一、自办活动\n3月\n插花\n9月\n座谈\n二、参加上级活动\n- 区合唱节——4月\n- 区羽毛球赛——5月"

    assert [months for months, _ in schedule_of(text)] == [(3,), (9,), (4,), (5,)]


def test_heading_above_one_dated_paragraph_is_the_activity() -> None:
    text = (
        "工会工作计划\n一、迎新活动\n9月份，新同事陆续入职，为了让他们尽快熟悉环境，工会准备一系列欢迎活动。\n"
        "二、读书活动\n10月份，借书屋改造完成的机会，工会邀请大家围坐在一起分享今年最喜欢的书。"
    )

    assert schedule_of(text) == [((9,), ["迎新活动"]), ((10,), ["读书活动"])]


def test_weeks_that_name_no_day_are_no_schedule() -> None:
    assert schedule_of("工会小组工作安排\n一、每周安排\n第1周 碰头会\n第2周 讲座\n第3周 球赛\n二、要求\n1、认真。") == []


def test_arrows_lead_from_month_to_month() -> None:
    text = "工会项目安排\n技能提升\n3月 师徒签约 → 5月 技能初赛 → 9月 技能决赛"

    assert schedule_of(text) == [((3,), ["师徒签约"]), ((5,), ["技能初赛"]), ((9,), ["技能决赛"])]


def test_clock_and_place_are_no_part_of_the_activity() -> None:
    plan = read_plan("活动日程\n3月5日 14:00—16:00 健康咨询 @门诊三楼\n4月10日 8：30 献血日\n5月6日 19:00 朗诵会")

    assert [(item.title, item.day_from) for item in plan.activities] == [("健康咨询", (3, 5)), ("献血日", (4, 10)), ("朗诵会", (5, 6))]


def test_schedule_told_twice_is_read_once() -> None:
    months = "三月：女工趣味套圈\n四月：全厂拔河比赛\n五月：先进班组表彰\n"
    plan = read_plan(f"工会活动计划\n{months}{months}")

    assert len(plan.activities) == 3
    assert fates_of(plan)[5] == (LineUse.IGNORED, IgnoredReason.DUPLICATE)


def test_numbers_that_count_on_over_the_months() -> None:
    text = "文体活动计划\n【3月】\n一、健身操展演\n地点：体育馆\n二、围棋赛\n【4月】\n三、田径运动会\n【5月】\n四、篮球赛"

    assert schedule_of(text) == [((3,), ["健身操展演", "围棋赛"]), ((4,), ["田径运动会"]), ((5,), ["篮球赛"])]


def test_month_and_content_under_labels() -> None:
    text = "工会活动计划\n月　份：一月\n内　容：1、送温暖走访2、音乐会\n地　点：会议中心\n月　份：三月\n内　容：1、舞蹈班\n负责人：女工委"
    plan = read_plan(text)

    assert [(entry.months, [item.title for item in entry.items]) for entry in plan.schedule] == [
        ((1,), ["送温暖走访", "音乐会"]),
        ((3,), ["舞蹈班"]),
    ]
    assert (plan.activities[1].note, plan.activities[2].owner) == ("地 点：会议中心", "女工委")
