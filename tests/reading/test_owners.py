"""Roles and bodies in charge, and the union's part in it."""

import pytest

from unionboard.reading.owners import find_owner
from unionboard.reference.relations import Relation


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("工会主席要深入小组听取意见", "工会主席"),
        ("各工会小组每月组织一次学习", "各工会小组"),
        ("举办羽毛球赛，由文体委员负责", "文体委员"),
        ("妇女节活动由女工委牵头组织", "女工委"),
        ("女工委牵头举办插花课", "女工委"),
        ("组织审核小组进行财务审核", ""),
        ("工会经审小组负责审查经费", "工会经审小组"),
        ("提案工作小组认真征集提案", "提案工作小组"),
        ("由工会小组、年级组共同负责报名", "工会小组、年级组"),
        ("女职工委员会开展书香活动", "女职工委员会"),
        # the role is what is met or held, not who does it
        ("工会主席例会两周一次", ""),
        ("召开工会小组长会", ""),
        ("工会委员会议", ""),
        ("工会小组活动", ""),
        ("开展趣味运动会", ""),
        ("工会要关心会员", ""),  # who else
        # a person's name is not read from a sentence
        ("由王小明老师负责", ""),
        ("", ""),
    ],
)
def test_owner_of_the_unions_own_work(text: str, owner: str) -> None:
    assert find_owner(text) == (owner, Relation.LEAD)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("协助教导处开展青年教师赛课", "教导处"),
        ("积极协助业务教导部门组织教学比武", "业务教导部门"),
        ("配合学校做好安全工作", "学校"),
        ("配合党支部、团支部开展志愿服务", "党支部、团支部"),
        ("要协助做好招生宣传", ""),
        ("配合中心工作开展劳动竞赛", ""),
    ],
)
def test_work_that_another_body_leads(text: str, owner: str) -> None:
    assert find_owner(text) == (owner, Relation.SUPPORT)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("参加上级工会组织的培训", "上级工会"),
        ("组织教师参加区教育工会羽毛球赛", "区教育工会"),
        ("积极参加市总工会举办的征文活动", "市总工会"),
        ("参加区第三届教工运动会", ""),
        ("组织教师参加全县教职工合唱比赛", ""),
        ("选送节目参加县教育局汇演", "县教育局"),
        ("积极参加市教育局工会的相关活动", "市教育局工会"),
    ],
)
def test_event_of_a_superior_body(text: str, owner: str) -> None:
    assert find_owner(text) == (owner, Relation.JOIN)


@pytest.mark.parametrize(
    "text", ["参加工会主席例会", "做好慰问，并参加上级活动", "参加教研活动", "组织会员参加市民广场健步走", "参加镇里", "全体教师参加运动会"]
)
def test_taking_part_in_something_of_ones_own_is_no_joining(text: str) -> None:
    assert find_owner(text) == ("", Relation.LEAD)
