"""Targets in the sentences of a plan, and numbers that are none."""

import pytest

from unionboard.reading.draft import Target, TargetOp
from unionboard.reading.targets import find_targets


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("参与率达到85%以上", Target(TargetOp.AT_LEAST, 85, 85, "%", "", "达到85%以上")),
        ("签订率100%", Target(TargetOp.EXACTLY, 100, 100, "%", "", "100%")),
        ("会员入会率达到100%", Target(TargetOp.EXACTLY, 100, 100, "%", "", "达到100%")),
        ("满意率不低于９０％", Target(TargetOp.AT_LEAST, 90, 90, "%", "", "不低于９０％")),
        ("百分之八十的会员参加", Target(TargetOp.EXACTLY, 80, 80, "%", "", "百分之八十")),
        ("年内发展会员10名", Target(TargetOp.EXACTLY, 10, 10, "名", "", "10名")),
        ("召开1—2次恳谈会", Target(TargetOp.RANGE, 1, 2, "次", "", "1—2次")),
        ("排演节目1~2个", Target(TargetOp.RANGE, 1, 2, "个", "", "1~2个")),
        ("写好论文2－3篇", Target(TargetOp.RANGE, 2, 3, "篇", "", "2－3篇")),
        ("听课一至二次", Target(TargetOp.RANGE, 1, 2, "次", "", "一至二次")),
        ("家访二三次", Target(TargetOp.RANGE, 2, 3, "次", "", "二三次")),
        ("平均每月二篇宣传稿", Target(TargetOp.AVERAGE, 2, 2, "篇", "month", "平均每月二篇")),
        ("人均读书4本", Target(TargetOp.AVERAGE, 4, 4, "本", "person", "人均读书4本")),
        ("每学期记笔记10篇", Target(TargetOp.EXACTLY, 10, 10, "篇", "term", "每学期记笔记10篇")),
        ("每人一篇心得", Target(TargetOp.EXACTLY, 1, 1, "篇", "person", "每人一篇")),
        ("做到每位代表一案", Target(TargetOp.EXACTLY, 1, 1, "案", "person", "每位代表一案")),
        ("每位教师每学期听课12节", Target(TargetOp.EXACTLY, 12, 12, "节", "person", "每位教师每学期听课12节")),
        ("各工会小组上报2篇稿件", Target(TargetOp.EXACTLY, 2, 2, "篇", "group", "各工会小组上报2篇")),
        ("每月推荐1名身边好人", Target(TargetOp.EXACTLY, 1, 1, "名", "month", "每月推荐1名")),
        ("春游经费50元/人", Target(TargetOp.EXACTLY, 50, 50, "元", "person", "50元/人")),
        ("会费10元/月", Target(TargetOp.EXACTLY, 10, 10, "元", "month", "10元/月")),
        ("每人不超过500元", Target(TargetOp.AT_MOST, 500, 500, "元", "person", "每人不超过500元")),
        ("开展活动不少于3次", Target(TargetOp.AT_LEAST, 3, 3, "次", "", "不少于3次")),
        ("至少开展一次谈心", Target(TargetOp.AT_LEAST, 1, 1, "次", "", "至少开展一次")),
        ("至多两次", Target(TargetOp.AT_MOST, 2, 2, "次", "", "至多两次")),
        ("控制在1,200元以内", Target(TargetOp.AT_MOST, 1200, 1200, "元", "", "控制在1,200元以内")),
        ("慰问100多名职工", Target(TargetOp.AT_LEAST, 100, 100, "名", "", "100多名")),
        ("每学期向教职工公布两次账目", Target(TargetOp.EXACTLY, 2, 2, "次", "term", "每学期向教职工公布两次")),
        ("办好十件实事", Target(TargetOp.EXACTLY, 10, 10, "件", "", "十件")),
        ("信访事件为零", Target(TargetOp.ZERO, 0, 0, "", "", "信访事件为零")),
        ("实现零事故", Target(TargetOp.ZERO, 0, 0, "", "", "零事故")),
        ("坚决杜绝乱收费", Target(TargetOp.ZERO, 0, 0, "", "", "坚决杜绝乱收费")),
        ("没有违反师德的现象发生", Target(TargetOp.ZERO, 0, 0, "", "", "没有违反师德的现象发生")),
        ("确保没有一个学生掉队", Target(TargetOp.ZERO, 0, 0, "", "", "没有一个学生掉队")),
        ("全员参加，无一例外", Target(TargetOp.ZERO, 0, 0, "", "", "无一例外")),
    ],
)
def test_target_of_a_sentence(text: str, target: Target) -> None:
    assert find_targets(text) == (target,)


@pytest.mark.parametrize(
    "text",
    [
        "召开第十届教代会",
        "召开八届四次教代会",
        "三届7次职代会",
        "学习“三个代表”重要思想",
        "学习十七大精神",
        "开展“十个五”活动",
        "坚持五必访",
        "提供一站式服务",
        "练好五项基本功",
        "围绕三条主线",
        "3月召开大会",
        "2026年春季",
        "2025-2026学年",
        "组织一次登山",
        "争做一名好老师",
        "每月一次例会",
        "两周一次的例会",
        "三八节活动",
        "六（1）班家长会",
        "五人制足球赛",
        "以5个小组为单位",
        "每天7：00-7：30开放",
        "现有会员120人",
        "去年培训3次",
        "按工资总额的2%拨缴经费",
        "管好2%工会经费",
        "三分之二以上代表出席",
        "两个小时的讲座",
        "第2期简报",
        "零距离服务",
        "围绕这两篇文章",
        "我校有教职工86名",
        "“24字”核心价值观",
        "快乐健康30分活动",
        "",
    ],
)
def test_sentence_without_a_target(text: str) -> None:
    assert find_targets(text) == ()


def test_targets_stand_in_the_order_of_the_text() -> None:
    found = find_targets("参赛面80%以上，评出一等奖3名，杜绝弄虚作假")

    assert [(target.op, target.low, target.unit) for target in found] == [
        (TargetOp.AT_LEAST, 80, "%"),
        (TargetOp.EXACTLY, 3, "名"),
        (TargetOp.ZERO, 0, ""),
    ]
