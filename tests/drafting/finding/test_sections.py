"""Where each activity is told, and what a heading counts."""

from typing import Any

import pytest

from tests.drafting.makers import check_offs, facts_of, make_deed, make_done, make_duty, make_records, make_section, make_undone
from unionboard.drafting.facts import SectionFacts
from unionboard.drafting.figures import Source
from unionboard.drafting.records import CareRecord, VisitRecord, YearRecords

CULT = make_section(1, "丰富文体生活", "CULT")
CARE = make_section(2, "做好送温暖工作", "CARE")
VISITS = CareRecord(cases=(VisitRecord(1, "other", 1, 0),))


def sections_of(records: YearRecords) -> dict[str, SectionFacts]:
    return {section.key: section for section in facts_of(records).sections}


def test_activities_follow_their_section_then_their_area_then_stand_under_other_work() -> None:
    records = make_records(
        make_undone("late", id=1, area="CULT", section_id=2),
        make_undone("late", id=2, area="CULT"),
        make_undone("late", id=3, area="WOMEN", area_2="CARE"),
        make_undone("late", id=4, area="FUND"),
        sections=(CULT, CARE),
    )

    told = {key: [source.id for source in section.planned.sources] for key, section in sections_of(records).items()}

    assert told == {"section:1": [2], "section:2": [1, 3], "other": [4]}


def test_heading_is_the_plans_own_words_with_their_numbers() -> None:
    section = sections_of(make_records(make_undone("late"), sections=(make_section(7, "办好10件实事", "RIGHT"),)))["section:7"]

    assert (section.heading.text, section.heading.source) == ("办好10件实事", Source("section", 7))
    assert [figure.field for _start, _end, figure in section.heading.figures] == ["section.heading"]


@pytest.mark.parametrize(("activities", "keys"), [((), ["section:1"]), ((make_undone("late", section_id=3),), ["section:1", "section:3"])])
def test_section_that_announces_no_work_is_told_only_when_something_stands_in_it(activities: tuple[Any, ...], keys: list[str]) -> None:
    records = make_records(*activities, sections=(CULT, make_section(3, "指导思想", "OTHER")))

    assert list(sections_of(records)) == keys


def test_plan_without_sections_is_told_by_area_in_the_official_order() -> None:
    records = make_records(
        make_undone("late", id=1, area="FUND"), make_undone("late", id=2, area="IDEO"), make_undone("late", id=3, area="OTHER")
    )

    assert [(key, section.heading.text) for key, section in sections_of(records).items()] == [
        ("area:IDEO", ""),
        ("area:FUND", ""),
        ("area:OTHER", ""),
    ]


def test_section_counts_its_activities_by_what_became_of_them() -> None:
    undone = [
        make_undone(status, id=n, area="CULT")
        for n, status in enumerate(("late", "coming", "under_way", "postponed", "cancelled"), start=1)
    ]
    records = make_records(make_done(id=9, deed=make_deed(id=19)), make_duty(area="CULT"), *undone)

    section = sections_of(records)["area:CULT"]

    counts = (section.planned, section.done, section.late, section.waiting, section.cancelled)
    assert [figure.value for figure in counts] == [6, 1, 1, 3, 1]
    assert section.done.sources == check_offs(19)


def test_what_is_half_done_stands_apart_from_the_groups() -> None:
    section = sections_of(make_records(make_done(status="partly", deed=make_deed(remaining="决赛"))))["area:CULT"]

    assert (section.groups, [deed.remaining.text for deed in section.partly if deed.remaining]) == ((), ["决赛"])


def test_visits_are_told_in_the_first_section_of_care() -> None:
    sections = sections_of(make_records(sections=(CULT, CARE, make_section(3, "帮困", "CARE")), care=VISITS))

    assert [key for key, section in sections.items() if section.tells_care] == ["section:2"]


@pytest.mark.parametrize(("care", "in_money"), [(VISITS, True), (CareRecord(), False)])
def test_visits_without_a_section_of_care_are_told_with_the_money(care: CareRecord, in_money: bool) -> None:
    assert facts_of(make_records(sections=(CULT,), care=care)).care_in_money is in_money


def test_year_before_is_compared_only_where_all_of_a_kind_stand_under_one_heading() -> None:
    """Each heading held against the whole of the year before would tell of a loss that there was not."""
    races = [make_done("健步走比赛", id=n, section_id=n % 2 + 5, deed=make_deed(id=n + 10)) for n in range(1, 5)]
    two = make_records(*races, sections=(make_section(5), make_section(6, "关心健康")))
    one = make_records(*races[::2], sections=(make_section(6, "关心健康"),))

    compared = [facts_of(now, before=make_records(*races)).sections[-1].groups[0].last_year for now in (two, one)]

    assert [both and (both.now.value, both.before.value) for both in compared] == [None, (2, 4)]
