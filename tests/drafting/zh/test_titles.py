"""Titles as they stand in a sentence."""

import pytest

from unionboard.drafting.figures import Source
from unionboard.drafting.finding.texts import quote
from unionboard.drafting.zh.titles import act, duty_name, flowing, quoted

ACTIVITY = Source("activity", 1)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("八届五次教代会", "召开八届五次教代会"),
        ("校园安全检查（上半年）", "组织校园安全检查（上半年）"),
        ("庆祝三八妇女节活动", "开展庆祝三八妇女节活动"),
        ("慰问困难教职工", "慰问困难教职工"),
        ("拟召开工会小组会", "召开工会小组会"),
        ("会员信息采集", "完成会员信息采集"),
        ("推选一名代表参加区里的成立大会", "推选一名代表参加区里的成立大会"),
        ("成立大会", "召开成立大会"),
        ("民主评议学校领导", "民主评议学校领导"),
        ("民主评议", "组织民主评议"),
        ("暑期送清凉", "开展暑期送清凉"),
        ("春节走访慰问", "开展春节走访慰问"),
        ("“六一”慰问教职工子女", "“六一”慰问教职工子女"),
        ("会员发展", "完成会员发展"),
        ("1.召开工会会员大会；", "召开工会会员大会"),
        ("（二）健康讲座", "举办健康讲座"),
        ("上报“书香校园”征文", "上报“书香校园”征文"),
        ("教育论坛，收集调研文章", "举办教育论坛，收集调研文章"),
        ("家访情况调查", "开展家访情况调查"),
        ("布置活动室,添置器材。", "布置活动室，添置器材"),
    ],
)
def test_title_without_a_verb_gets_the_one_it_needs(title: str, told: str) -> None:
    assert act(quote(title, "activity.title", ACTIVITY)).text == told


@pytest.mark.parametrize(("relation", "told"), [("lead", "举办教工篮球赛"), ("join", "参加教工篮球赛"), ("support", "协助举办教工篮球赛")])
def test_what_others_led_is_joined_or_helped_with(relation: str, told: str) -> None:
    assert act(quote("教工篮球赛", "activity.title", ACTIVITY), relation).text == told


@pytest.mark.parametrize(
    ("title", "frequency", "told"),
    [
        ("工会委员例会", "每月一次", "每月一次工会委员例会"),
        ("每月召开工会委员例会", "每月", "每月召开工会委员例会"),
        ("要继续坚持四必访,即生病必访、退休必访", "四必访", "坚持四必访，即生病必访、退休必访"),
        ("认真组织每季度的安全检查", "每季度", "组织每季度的安全检查"),
        ("把校务公开作为每学期的一项工作", "每学期", "把校务公开作为每学期的一项工作"),
        ("教职工每日健身", "每日", "开展教职工每日健身"),
    ],
)
def test_duty_says_once_how_often_and_without_resolve(title: str, frequency: str, told: str) -> None:
    name = duty_name(quote(title, "activity.title", ACTIVITY), quote(frequency, "activity.frequency", ACTIVITY))

    assert name.text == told


def test_numbers_in_a_title_keep_their_place_when_it_is_mended() -> None:
    phrase = quoted(act(quote("拟举办第12届“青松杯”,共3场比赛。", "activity.title", ACTIVITY)))

    assert phrase.text == "“举办第12届‘青松杯’，共3场比赛”"
    assert [phrase.text[place.start : place.end] for place in phrase.quotes] == ["12", "3"]


def test_result_becomes_part_of_a_sentence() -> None:
    assert flowing(quote("选送2人；获好评。\n已归档。", "check_off.result", ACTIVITY)).text == "选送2人，获好评，已归档"
