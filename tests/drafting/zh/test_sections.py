"""A section of the plan in Chinese: how much of it is done, duties that recur, what has no record."""

from datetime import date

import pytest

from tests.drafting.makers import (
    check_offs,
    make_deed,
    make_done,
    make_duty,
    make_records,
    make_section,
    make_undone,
    sentence_of,
    texts_of,
)
from unionboard.drafting.figures import Source

GAP = "【待补充：效果】"


def make_plan(*, sections: int) -> list[str]:
    """The openings of sections with two activities each, one of them done."""
    records = make_records(
        *(make_done(id=2 * n, section_id=n, deed=make_deed(id=n)) for n in range(1, sections + 1)),
        *(make_undone("coming", id=2 * n + 1, section_id=n) for n in range(1, sections + 1)),
        sections=tuple(make_section(n, f"第{n}部分") for n in range(1, sections + 1)),
    )
    return [sentence_of(records, f"section:{n}", "progress").text for n in range(1, sections + 1)]


def test_openings_of_neighbouring_sections_differ() -> None:
    assert make_plan(sections=3) == ["计划活动2项，完成1项。", "2项计划活动完成了1项。", "列入计划的活动有2项，已办结1项。"]


def test_opening_rests_on_activities_and_check_offs() -> None:
    records = make_records(make_done(), make_undone("late", area="CULT"))

    assert set(sentence_of(records, "area:CULT", "progress").sources) == {*check_offs(11), Source("activity", 4), Source("activity", 1)}


def test_a_single_activity_needs_no_opening() -> None:
    assert texts_of(make_records(make_done(deed=make_deed(result="留影存档"))), "area:CULT") == ["5月8日，举办教职工趣味运动会，留影存档。"]


def test_section_with_nothing_done_says_why() -> None:
    waiting = [make_undone(status, id=n) for n, status in enumerate(("late", "coming", "cancelled"), start=1)]

    assert texts_of(make_records(*waiting), "area:RIGHT") == ["计划活动3项，尚无办结记录，其中逾期未办1项、取消1项、尚未到期1项。"]


def test_section_whose_time_has_not_come_says_so() -> None:
    assert texts_of(make_records(make_undone("coming"), make_undone("under_way", id=2)), "area:RIGHT") == ["计划的2项活动都未到期。"]


def test_heading_without_anything_leaves_a_gap() -> None:
    assert texts_of(make_records(sections=(make_section(),)), "section:5") == ["尚无办结记录【待补充：开展情况】。"]


@pytest.mark.parametrize(
    ("id_", "kept", "sentence"),
    [
        (2, 10, "坚持每月一次工会委员例会，计划12次，办了10次，参与90人次。"),
        (3, 10, "每月一次工会委员例会，12次中办了10次，参与90人次。"),
        (2, 12, "坚持每月一次工会委员例会，计划的12次全部办到，参与108人次。"),
    ],
)
def test_duty_tells_times_against_plan(id_: int, kept: int, sentence: str) -> None:
    deeds = tuple(make_deed(id=n, person_times=9) for n in range(kept))

    assert texts_of(make_records(make_duty(id=id_, turns=12, deeds=deeds)), "area:ORG") == [sentence, GAP]


def test_duty_before_the_years_end_is_not_over() -> None:
    records = make_records(make_duty(turns=12, deeds=(make_deed(),)), make_duty(id=4, deeds=(make_deed(id=12),)), as_of=date(2026, 11, 21))

    assert texts_of(records, "area:ORG")[:2] == [
        "坚持每月一次工会委员例会，计划12次，已办1次。",
        "坚持每月一次工会委员例会，今年以来已有1次。",
    ]


@pytest.mark.parametrize(
    ("results", "told"),
    [
        (["公开考勤", "公开经费", "公开评优"], "，先后公开考勤、经费等。"),
        (["收集意见9条，回复9条", "收集意见7条，回复6条"], "，累计收集意见16条，回复15条。"),
        (["探望住院教师", "欢送退休教师"], "，先后探望住院教师，欢送退休教师。"),
        (["合唱开班", "合唱开班"], "，合唱开班。"),
        (["第1期出刊", "第2期出刊"], "，第1期出刊，第2期出刊。"),
    ],
)
def test_results_of_a_duty_are_gathered(results: list[str], told: str) -> None:
    deeds = tuple(make_deed(id=n, result=result) for n, result in enumerate(results))

    assert texts_of(make_records(make_duty(deeds=deeds)), "area:ORG")[0] == f"坚持每月一次工会委员例会，全年{len(deeds)}次{told}"


def test_duty_without_a_record_leaves_a_gap_beside_what_was_done() -> None:
    records = make_records(make_done(area="ORG", deed=make_deed(result="好")), make_duty())

    assert texts_of(records, "area:ORG")[1] == "“工会委员例会”尚无记录【待补充：开展情况】。"
