"""The work area of a line: trigger words, the section's say, and two areas at once."""

import pytest

from unionboard.reading.areas import AREA_SURE, DEFAULT_SHARE, AreaProposal, classify, propose_area
from unionboard.reference import work_areas


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("组织师德专题学习，评选身边的榜样", "IDEO"),
        ("筹备春季教代会，收齐提案", "DEMO"),
        ("更新校务公开栏", "DEMO"),
        ("检查实验室的劳动保护用品", "RIGHT"),
        ("开展“安康杯”竞赛", "RIGHT"),
        ("看望住院的老师", "CARE"),
        ("组织教职工体检", "HEALTH"),
        ("办理医疗互助续保", "HEALTH"),
        ("举行教工乒乓球比赛", "CULT"),
        ("师徒结对仪式", "SKILL"),
        ("女教师插花沙龙", "WOMEN"),
        ("制定工会工作计划", "ORG"),
        ("审核小组查账", "FUND"),
        ("收缴会费", "FUND"),
        ("组织教师参加志愿服务", "OTHER"),
    ],
)
def test_area_of_a_plain_line(text: str, area: str) -> None:
    assert classify(text)[0] == area


def test_every_area_is_found_by_each_of_its_own_trigger_words() -> None:
    own_words = [(area.code, word) for area in work_areas().values() for word in (*area.strong, *area.triggers)]

    strangers = [word for code, word in own_words if classify(word, default=code)[0] != code]

    assert strangers == []


def test_area_without_trigger_word_is_the_section_s() -> None:
    assert classify("按上级布置完成", default="CARE") == ("CARE", None)


def test_area_without_trigger_word_or_section_is_unknown() -> None:
    assert classify("按上级布置完成") == (None, None)


def test_lawful_rights_phrase_speaks_for_no_area() -> None:
    assert classify("维护教职工的合法权益，慰问困难教职工") == ("CARE", None)
    assert classify("保障会员合法权益", default="ORG") == ("ORG", None)


def test_women_s_day_contest_is_women_s_work_first_and_sport_second() -> None:
    assert classify("举行庆“三八”乒乓球混合团体比赛") == ("WOMEN", "CULT")


@pytest.mark.parametrize("written", ["“三八”节", "三.八节", "“三、八”妇女节", "三 · 八节", "3月“三八”"])
def test_women_s_day_is_found_however_it_is_written(written: str) -> None:
    assert classify(f"庆祝{written}")[0] == "WOMEN"


def test_gynaecological_check_is_health_first_and_women_s_work_second() -> None:
    assert classify("安排女教工妇科检查") == ("HEALTH", "WOMEN")


def test_gynaecological_check_in_the_women_s_section_is_women_s_work_first() -> None:
    assert classify("安排女教工妇科专项检查", default="WOMEN") == ("WOMEN", "HEALTH")


def test_union_group_meeting_is_organisation() -> None:
    assert classify("召开工会小组会") == ("ORG", None)


def test_studying_the_union_law_is_ideals() -> None:
    assert classify("学习《工会法》") == ("IDEO", None)


def test_studying_the_union_law_in_an_organisation_section_is_organisation() -> None:
    assert classify("学习《工会法》", default="ORG") == ("ORG", "IDEO")


def test_longer_trigger_word_weighs_more() -> None:
    assert classify("妇科专项检查后慰问", default=None) == ("HEALTH", "CARE")


def test_trigger_word_inside_a_longer_one_is_not_counted_again() -> None:
    # 女教师 is women's work; the 教师 within it, or 小组 within 审核小组, adds nothing for another area.
    assert classify("审核小组") == ("FUND", None)


def test_section_does_not_outweigh_a_clear_measure_of_another_area() -> None:
    assert classify("开展教工乒乓球比赛", default="ORG") == ("CULT", None)


def test_full_width_letters_and_spaces_do_not_hide_a_trigger_word() -> None:
    assert classify("教 代 会") == ("DEMO", None)


@pytest.mark.parametrize(
    ("text", "default", "proposal"),
    [
        ("举办教职工乒乓球赛", None, AreaProposal("CULT", None, 1.0)),
        ("召开教代会，做好提案征集", None, AreaProposal("DEMO", None, 1.0)),
        ("布置教室", "CULT", AreaProposal("CULT", None, DEFAULT_SHARE)),
        ("布置教室", None, AreaProposal(None, None, 0.0)),
    ],
)
def test_proposed_area_says_how_sure_it_is(text: str, default: str | None, proposal: AreaProposal) -> None:
    assert propose_area(text, default=default) == proposal


def test_area_of_two_that_are_both_named_is_less_sure() -> None:
    assert AREA_SURE <= propose_area("妇科体检和联欢会").share < 1


def test_area_that_only_a_weak_word_speaks_for_is_not_sure() -> None:
    assert propose_area("组织一次活动").share == 0.5
