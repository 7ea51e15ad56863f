"""What stands beside an activity: fields, brackets, cells, names of who is in charge, notes."""

import pytest

from tests.reading.views import read_plan, schedule_of
from unionboard.reading.draft import ActivityDraft
from unionboard.reading.fields import read_budget_fen


def read_item(words: str) -> ActivityDraft:
    return read_plan(f"工会活动安排\n3月\n1、{words}\n4月\n1、踏青\n5月\n1、球赛").activities[0]


@pytest.mark.parametrize(
    ("words", "owner", "audience", "budget_fen"),
    [
        ("插花 负责人：王老师 预算：2000元", "王老师", "", 200_000),
        ("插花（责任部门：办公室，经费500元）", "办公室", "", 50_000),
        ("插花（全体女教工）", "", "全体女教工", None),
        ("插花[女工委]", "女工委", "", None),
        ("插花，由女工委负责", "女工委", "", None),
        ("插花，全体女教工参加，经费3000元", "", "全体女教工", 300_000),
        ("插花 | 女工委 | 1200元", "女工委", "", 120_000),
    ],
)
def test_what_stands_beside_the_name_leaves_the_title(words: str, owner: str, audience: str, budget_fen: int | None) -> None:
    item = read_item(words)

    assert (item.title, item.owner, item.audience, item.budget_fen) == ("插花", owner, audience, budget_fen)


@pytest.mark.parametrize(
    ("words", "title", "note"),
    [
        ("十佳评选：由班组推荐与会员投票相结合", "十佳评选", "由班组推荐与会员投票相结合"),
        ("送温暖慰问 —— 覆盖保安与保洁", "送温暖慰问", "覆盖保安与保洁"),
    ],
)
def test_words_behind_a_colon_or_a_dash_are_the_note(words: str, title: str, note: str) -> None:
    item = read_item(words)

    assert (item.title, item.note) == (title, note)


def test_activities_told_in_fields() -> None:
    text = (
        "工会任务分解\n任务一：召开职代会\n责任部门：办公室\n完成时限：2026年2月\n"
        "任务二：会员普惠服务\n责任部门：各分会\n完成时限：全年\n任务三：技能比武\n责任部门：人事部\n完成时限：4月中旬"
    )
    first, second = read_plan(text).activities

    assert (first.title, first.owner, first.third) == ("召开职代会", "办公室", None)
    assert (second.title, second.owner, second.third) == ("技能比武", "人事部", 2)


def test_fields_in_one_line_below_a_numbered_task() -> None:
    text = (
        "重点工作清单\n一、引领\n1.组织宣讲。\n责任单位：宣传部　时间节点：3月底前完成\n"
        "2.办好公众号。\n责任单位：办公室　时间节点：长期坚持"
    )

    assert schedule_of(text) == [((3,), ["组织宣讲"])]


def test_line_of_who_is_in_charge_below_each_activity() -> None:
    months = "".join(
        f"{month}月\n{title}\n{owner}\n" for month, title, owner in [(2, "采集信息", "马老师"), (3, "参观", "校办"), (4, "朗诵", "语文组")]
    )
    plan = read_plan(f"工会工作安排\n{months}5月\n拔河\n体育组")

    assert [(item.title, item.owner) for item in plan.activities] == [
        ("采集信息", "马老师"),
        ("参观", "校办"),
        ("朗诵", "语文组"),
        ("拔河", "体育组"),
    ]


def test_columns_set_apart_by_wide_blanks() -> None:
    header = "分会工作安排\n序号    时间      工作内容        责任部门\n"
    text = f"{header}1       一月      编制预算        财务组\n2       每月      委员例会        组织组"
    plan = read_plan(text)

    assert [(entry.months, entry.items[0].title, entry.items[0].owner) for entry in plan.schedule] == [((1,), "编制预算", "财务组")]


def test_cell_with_as_many_audiences_as_activities() -> None:
    plan = read_plan("工会活动表\n时间 |\n活动内容 |\n参加范围 |\n一月 |\n送温暖 联欢会 |\n困难职工 全院职工 |")

    assert [(item.title, item.audience) for item in plan.activities] == [("送温暖", "困难职工"), ("联欢会", "全院职工")]


def test_ditto_mark_is_the_owner_and_the_month_above() -> None:
    plan = read_plan("工会计划表\n| 工作内容 | 责任人 | 月份 |\n| 安全检查 | 劳保委员 | 1月 |\n| 困难走访 | 〃 | 同上 |")

    assert [(entry.months, entry.items[0].owner) for entry in plan.schedule] == [((1,), "劳保委员"), ((1,), "劳保委员")]


@pytest.mark.parametrize("words", ["暂无", "清明放假", "不安排活动", "观影【取消】"])
def test_month_in_which_nothing_is_done_has_no_activity(words: str) -> None:
    assert [months for months, _ in schedule_of(f"工会活动安排\n3月：{words}\n4月：踏青\n5月：球赛")] == [(4,), (5,)]


@pytest.mark.parametrize(
    ("words", "fen"), [("2,000元", 200_000), ("1.2万元", 1_200_000), ("3000", 300_000), ("每人50元", None), ("据实", None)]
)
def test_budget_is_read_in_fen(words: str, fen: int | None) -> None:
    assert read_budget_fen(words) == fen
