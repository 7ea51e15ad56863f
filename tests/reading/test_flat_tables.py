"""Tables copied as text: one cell to a line, or rows with blanks between their cells; small ones of every kind met."""

import pytest

from tests.reading.views import fates_of, read_plan, schedule_of
from unionboard.reading.draft import IgnoredReason, LineUse

_TABLES: dict[str, tuple[str, list[tuple[tuple[int, ...], list[str]]]]] = {
    "time_in_the_last_column": (
        "工会活动计划表\n活动内容\n负责人\n时间\n插花比赛\n女工委\n3月\n登山\n文体委员\n5月\n送清凉\n生活委员\n7-8月\n迎新会\n工会办\n12月",
        [((3,), ["插花比赛"]), ((5,), ["登山"]), ((7, 8), ["送清凉"]), ((12,), ["迎新会"])],
    ),
    "names_of_the_columns_over_two_lines": (
        (
            "工会活动安排\n序号 月份\n活动名称 负责人\n1 三月 插花比赛 女工委\n2 五月 登山 文体部\n3 九月 教师节茶话会 工会办\n"
            "4 十二月 迎新会 工会办"
        ),
        [((3,), ["插花比赛"]), ((5,), ["登山"]), ((9,), ["教师节茶话会"]), ((12,), ["迎新会"])],
    ),
    "names_printed_again_on_the_next_page": (
        (
            "工会工作计划表\n月份\n工作内容\n责任人\n一月\n送温暖走访\n王主席\n三月\n女职工讲座\n李委员\n月份\n工作内容\n责任人\n四月\n职工代表培训\n"
            "王主席\n六月\n安全知识竞赛\n张委员"
        ),
        [((1,), ["送温暖走访"]), ((3,), ["女职工讲座"]), ((4,), ["职工代表培训"]), ((6,), ["安全知识竞赛"])],
    ),
    "notes_left_blank": (
        "工会工作计划表\n时间\n内容\n备注\n2月\n春节团拜\n\n3月\n植树\n雨天改期\n4月\n读书会\n\n5月\n歌咏比赛\n\n6月\n体检\n市医院",
        [((2,), ["春节团拜"]), ((3,), ["植树"]), ((4,), ["读书会"]), ((5,), ["歌咏比赛"]), ((6,), ["体检"])],
    ),
    "rows_and_single_cells_mixed": (
        "工会工作计划表\n时间\t内容\t负责人\n3月\n插花比赛\t女工委\n5月\t登山\n文体部\n9月\n茶话会\n工会办\n11月\t会员代表大会\t工会办",
        [((3,), ["插花比赛"]), ((5,), ["登山"]), ((9,), ["茶话会"]), ((11,), ["会员代表大会"])],
    ),
    "weeks_without_dates_below_months": (
        (
            "春季学期工会活动安排\n三月\n周次\n内容\n负责人\n第3周\n妇女节插花\n女工委\n第4周\n植树\n工会办\n四月\n第6周\n读书会\n宣传委员\n第8周\n"
            "踏青\n文体委员"
        ),
        [((3,), ["妇女节插花"]), ((3,), ["植树"]), ((4,), ["读书会"]), ((4,), ["踏青"])],
    ),
    "running_number_lost": (
        "工会活动计划\n序号\n时间\n项目\n负责部门\n1\n1月\n送温暖\n生活部\n2\n3月\n插花比赛\n女工部\n5月\n登山\n文体部\n4\n9月\n茶话会\n办公室",
        [((1,), ["送温暖"]), ((3,), ["插花比赛"]), ((5,), ["登山"]), ((9,), ["茶话会"])],
    ),
    "owner_missing_in_some_rows": (
        (
            "工会活动计划\n序号\n时间\n项目\n负责部门\n1\n1月\n送温暖\n生活部\n2\n3月\n插花比赛\n3\n5月\n登山比赛\n文体部\n4\n9月\n教师节茶话会\n5\n12月\n"
            "迎新会\n办公室"
        ),
        [((1,), ["送温暖"]), ((3,), ["插花比赛"]), ((5,), ["登山比赛"]), ((9,), ["教师节茶话会"]), ((12,), ["迎新会"])],
    ),
    "month_printed_once": (
        (
            "工会2026年工作表\n月份 工作内容 负责人\n一月 送温暖走访 王主席\n工会经费预算 财务室\n三月 女职工插花 女工委\n"
            "植树活动 后勤处\n五月 职工运动会 文体部"
        ),
        [((1,), ["送温暖走访"]), ((1,), ["工会经费预算"]), ((3,), ["女职工插花"]), ((3,), ["植树活动"]), ((5,), ["职工运动会"])],
    ),
    "begin_and_end_in_two_columns": (
        (
            "工会重点工作表\n序号 重点工作 牵头部门 开始时间 完成时间\n1 会员信息核对 组织部 2月 3月\n2 职代会筹备 办公室 3月 4月\n"
            "3 劳动竞赛 生产部 5月 10月"
        ),
        [((2, 3), ["会员信息核对"]), ((3, 4), ["职代会筹备"]), ((5, 6, 7, 8, 9, 10), ["劳动竞赛"])],
    ),
    "names_set_apart_and_wide_blanks": (
        (
            "工会活动安排\n时 间      活 动 内 容          责任部门\n2月        慰问值班职工            办公室\n"
            "3月        女职工踏青              女工委\n           学雷锋志愿服务          团支部\n"
            "5月        健步走                  文体部"
        ),
        [((2,), ["慰问值班职工"]), ((3,), ["女职工踏青"]), ((3,), ["学雷锋志愿服务"]), ((5,), ["健步走"])],
    ),
    "category_in_the_first_column": (
        (
            "工会2026年活动计划\n类别\n活动项目\n开展时间\n负责人\n文体\n拔河比赛\n4月\n陈老师\n女工\n插花沙龙\n3月\n林老师\n福利\n生日慰问\n每月\n"
            "周老师\n文体\n元旦联欢\n12月\n陈老师"
        ),
        [((4,), ["拔河比赛"]), ((3,), ["插花沙龙"]), ((12,), ["元旦联欢"])],
    ),
    "holidays_and_dashes": (
        "工会月历\n月份\n内容\n负责人\n1月\n送温暖\n王老师\n2月\n寒假\n3月\n插花\n林老师\n7-8月\n/\n\n9月\n教师节座谈\n王老师",
        [((1,), ["送温暖"]), ((3,), ["插花"]), ((9,), ["教师节座谈"])],
    ),
    "heading_below_the_rows": (
        (
            "工会工作计划\n一、指导思想\n服务会员。\n二、活动安排\n月份\n内容\n负责人\n1月\n送温暖\n王老师\n3月\n插花\n林老师\n9月\n座谈\n王老师\n三、工作要求\n"
            "1、加强领导。\n2、落实责任。"
        ),
        [((1,), ["送温暖"]), ((3,), ["插花"]), ((9,), ["座谈"])],
    ),
    "bar_at_the_end_of_each_cell": (
        "工会计划\n月份｜\n工作要点｜\n责任人｜\n3月｜\n插花｜\n林老师｜\n4月｜\n读书会｜\n王老师｜\n10月｜\n登山｜\n陈老师｜\n备注：时间可调整",
        [((3,), ["插花"]), ((4,), ["读书会"]), ((10,), ["登山"])],
    ),
    "thirds_of_months": (
        (
            "工会工作计划\n时间\n工作内容\n责任部门\n3月上旬\n换发会员证\n组织部\n3月下旬\n女职工讲座\n女工部\n4月中旬\n职代会\n办公室\n6月底\n"
            "经费审查\n经审委"
        ),
        [((3,), ["换发会员证"]), ((3,), ["女职工讲座"]), ((4,), ["职代会"]), ((6,), ["经费审查"])],
    ),
    "weeks_with_their_dates": (
        (
            "工会行事历\n周次 日期 工作内容 负责人\n1 9.1—9.7 新教师欢迎会 工会办\n2 9.8—9.14 教师节座谈 工会办\n"
            "3 9.15—9.21 教工体检 生活委员\n4 9.22—9.28 趣味运动会 文体委员"
        ),
        [((9,), ["新教师欢迎会"]), ((9,), ["教师节座谈"]), ((9,), ["教工体检"]), ((9,), ["趣味运动会"])],
    ),
    "bare_months_between_numbers_and_sums": (
        (
            "工会计划一览\n序号 项目 时间（月） 经费（元） 责任人\n1 送温暖 1 5000 陈建\n2 插花 3 800 林芳\n"
            "3 春游 4-5 12000 林芳\n4 联欢会 12 6000 陈建"
        ),
        [((1,), ["送温暖"]), ((3,), ["插花"]), ((4, 5), ["春游"]), ((12,), ["联欢会"])],
    ),
    "quarters": (
        (
            "工会计划\n季度\n重点工作\n责任部门\n第一季度\n困难职工走访\n生活部\n第二季度\n职工运动会\n文体部\n第三季度\n金秋助学\n生活部\n第四季度\n"
            "先进评选\n组织部"
        ),
        [((1, 2, 3), ["困难职工走访"]), ((4, 5, 6), ["职工运动会"]), ((7, 8, 9), ["金秋助学"]), ((10, 11, 12), ["先进评选"])],
    ),
    "months_over_the_columns": (
        "工会年度日历\n项目\t3月\t4月\t5月\t6月\n文体\t插花\t\t拔河\t\n学习\t\t读书会\t\t讲座\n",
        [((3,), ["插花"]), ((5,), ["拔河"]), ((4,), ["读书会"]), ((6,), ["讲座"])],
    ),
    "ticks_below_months": (
        "工会年度日历\n项目|3月|4月|5月|6月\n插花沙龙|√|||\n篮球联赛||√|√|\n读书会|√||√|\n消防演练||||√",
        [((3,), ["插花沙龙"]), ((4, 5), ["篮球联赛"]), ((3, 5), ["读书会"]), ((6,), ["消防演练"])],
    ),
    "blanks_inside_the_names": (
        "工会计划表\n月　份\n工 作 内 容\n责 任 人\n三月\n1、插花\n2、踏青\n林老师\n四月\n读书会\n王老师\n五月\n拔河\n陈老师",
        [((3,), ["插花", "踏青"]), ((4,), ["读书会"]), ((5,), ["拔河"])],
    ),
    "rows_without_names": (
        "工会2026年活动安排\n1 三月 女教工插花 女工委\n2 五月 教工登山 文体委\n3 九月 教师节茶话会 工会办\n4 十二月 迎新联欢 工会办",
        [((3,), ["女教工插花"]), ((5,), ["教工登山"]), ((9,), ["教师节茶话会"]), ((12,), ["迎新联欢"])],
    ),
    "rows_between_bars_without_names": (
        "工会2026年活动安排\n1|三月|女教工插花|女工委\n2|五月|教工登山|文体委\n3|九月|教师节茶话会|工会办",
        [((3,), ["女教工插花"]), ((5,), ["教工登山"]), ((9,), ["教师节茶话会"])],
    ),
    "several_activities_in_one_cell": (
        "工会计划\n月份\n活动内容\n参加人员\n三月\n插花；健步走\n女会员\n四月\n跳绳比赛 读书分享\n全体会员\n六月\n拔河\n全体会员",
        [((3,), ["插花", "健步走"]), ((4,), ["跳绳比赛", "读书分享"]), ((6,), ["拔河"])],
    ),
    "signature_below_the_rows": (
        "工会计划\n时间\n活动\n负责人\n3月\n插花\n林老师\n5月\n拔河\n陈老师\n10月\n登山\n陈老师\n青松小学工会\n2026年2月10日",
        [((3,), ["插花"]), ((5,), ["拔河"]), ((10,), ["登山"])],
    ),
    "blank_line_between_all_cells": (
        "工会计划\n\n时间\n\n活动内容\n\n地点\n\n负责人\n\n3月8日\n\n女教工插花\n\n会议室\n\n林老师\n\n5月\n\n教工拔河\n\n操场\n\n陈老师\n\n10月\n\n登山\n\n\n\n陈老师\n",
        [((3,), ["女教工插花"]), ((5,), ["教工拔河"]), ((10,), ["登山"])],
    ),
    "ditto_signs": (
        "工会计划\n序号\n时间\n内容\n负责人\n1\n3月\n插花\n林老师\n2\n〃\n植树\n〃\n3\n5月\n拔河\n陈老师",
        [((3,), ["插花"]), ((3,), ["植树"]), ((5,), ["拔河"])],
    ),
    "sums_between_the_rows": (
        (
            "工会活动经费计划\n时间\n项目\n经费\n3月\n插花\n800元\n4月\n踏青\n2000元\n小计\n2800元\n9月\n教师节座谈\n500元\n12月\n联欢会\n"
            "3000元\n合计\n6300元"
        ),
        [((3,), ["插花"]), ((4,), ["踏青"]), ((9,), ["教师节座谈"]), ((12,), ["联欢会"])],
    ),
    "year_and_month_in_digits": (
        (
            "工会计划\n编号\n活动名称\n计划时间\n责任人\n01\n开春健步走\n2026.03\n陈老师\n02\n读书会\n2026.04—05\n王老师\n03\n"
            "迎新会\n2026年12月\n林老师"
        ),
        [((3,), ["开春健步走"]), ((4, 5), ["读书会"]), ((12,), ["迎新会"])],
    ),
}


@pytest.mark.parametrize("name", _TABLES)
def test_flattened_table(name: str) -> None:
    text, schedule = _TABLES[name]

    assert schedule_of(text) == schedule


def test_each_cell_goes_to_its_field() -> None:
    header = "工会计划一览\n序号\n项目\n时间（月）\n参加对象\n预算（元）\n责任部门\n备注\n"
    text = f"{header}1\n插花沙龙\n3\n女会员\n1200\n女工委\n2\n教工登山\n4-5\n全体会员\n3000\n文体部\n雨天顺延"

    flower, climb = read_plan(text).activities

    assert (flower.title, flower.audience, flower.budget_fen, flower.owner, flower.note) == ("插花沙龙", "女会员", 120_000, "女工委", "")
    assert (climb.title, climb.audience, climb.budget_fen, climb.owner, climb.note) == (
        "教工登山",
        "全体会员",
        300_000,
        "文体部",
        "雨天顺延",
    )


def test_sum_alone_on_its_line_is_a_cell() -> None:
    header = "工会计划\n月份 |\n活动 |\n责任部门 |\n预算（元） |\n"
    text = f"{header}3月 |\n插花 |\n女工委 |\n2000 |\n植树 |\n团委 |\n1500 |\n5月 |\n拔河 |\n文体部 |\n800 |"

    assert [(item.title, item.owner, item.budget_fen) for item in read_plan(text).activities] == [
        ("插花", "女工委", 200_000),
        ("植树", "团委", 150_000),
        ("拔河", "文体部", 80_000),
    ]


def test_third_in_the_last_column_lies_in_the_month_above() -> None:
    header = "工会工作推进表\n月份 序号 工作内容 责任部门 完成时限\n"
    text = f"{header}一月 1 走访劳模 生活部 上旬\n2 写春联 宣传部 月底\n三月 3 女工讲座 女工委 中旬"

    assert [(activity.title, activity.third, activity.owner) for activity in read_plan(text).activities] == [
        ("走访劳模", 1, "生活部"),
        ("写春联", 3, "宣传部"),
        ("女工讲座", 2, "女工委"),
    ]


def test_weeks_give_the_days_of_their_dates() -> None:
    header = "工会行事历\n周次\n日期\n工作内容\n备注\n"
    text = f"{header}第一周\n3.2—3.8\n1.插花\n2.植树\n\n第二周\n3.9—3.15\n/\n\n第三周\n3.16—3.22\n读书会\n图书室"

    assert [(item.title, item.day_from, item.note) for item in read_plan(text).activities] == [
        ("插花", None, ""),
        ("植树", None, ""),
        ("读书会", (3, 16), "图书室"),
    ]


def test_names_of_columns_are_told_as_such() -> None:
    plan = read_plan("工会活动计划\n时间\n内容\n负责人\n3月\n插花\n林老师\n5月\n拔河\n陈老师")

    assert [fates_of(plan)[line] for line in (2, 3, 4)] == [(LineUse.IGNORED, IgnoredReason.TABLE_HEADER)] * 3
    assert [fates_of(plan)[line] for line in (5, 6, 7)] == [(LineUse.ACTIVITY, None)] * 3


@pytest.mark.parametrize(
    "text",
    [
        "工会工作计划\n一、指导思想\n以服务职工为中心。\n二、工作内容\n1、做好帮扶。\n2、开展活动。\n三、时间安排\n另行通知。\n四、责任部门\n各工会小组。",
        "工会工作要点\n工作目标\n服务会员。\n活动内容\n丰富多彩。\n活动时间\n课余时间。\n负责人\n各组长。",
    ],
)
def test_headings_that_could_name_columns_make_no_table(text: str) -> None:
    assert schedule_of(text) == []
