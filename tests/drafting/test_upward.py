"""The figures an upper union asks for: nothing counted twice, what nobody recorded left open."""

from typing import Any

import pytest

from tests.drafting.makers import facts_of, make_deed, make_done, make_duty, make_records, make_section, make_undone
from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.records import Deed, YearRecords
from unionboard.drafting.upward import add_up, tell_upward
from unionboard.reference import upward_figures, upward_parts, upward_units

CONTEST = make_done(
    "教职工乒乓球比赛", id=4, deed=make_deed(id=11, participants=26, person_times=84, award="二等奖", award_level="district")
)
CALL = make_done("教代会提案征集", id=5, area="DEMO", deed=make_deed(id=12, participants=32, figures={"proposals_received": 17}))
REPLIES = make_done("提案办理答复", id=6, area="DEMO", deed=make_deed(id=13, figures={"proposals_received": 16, "proposals_answered": 12}))
MEETINGS = make_duty(turns=12, deeds=(make_deed(id=21, participants=9), make_deed(id=22, participants=8)))


def figures_of(records: YearRecords, language: str = "zh_CN") -> dict[str, Figure | None]:
    """What the table says, by code."""
    return {line.code: line.figure for line in tell_upward(facts_of(records), language=language).lines}


def value_of(code: str, *activities: Any) -> object:
    figure = figures_of(make_records(*activities))[code]
    return figure.value if figure else None


def test_everything_held_is_counted_once_and_by_its_first_area() -> None:
    told = figures_of(make_records(CONTEST, CALL, MEETINGS))

    assert {code: figure.value for code, figure in told.items() if figure and code.startswith(("times", "person_times"))} == {
        "times": 4,
        "person_times": 84 + 32 + 9 + 8,
        "times_in:DEMO": 1,
        "times_in:CULT": 1,
        "times_in:ORG": 2,
        "person_times_in:DEMO": 32,
        "person_times_in:CULT": 84,
        "person_times_in:ORG": 17,
    }


def test_attendances_are_recorded_ones_else_people() -> None:
    figure = figures_of(make_records(CONTEST, MEETINGS))["person_times"]

    assert figure == Figure(
        84 + 9 + 8,
        Unit.PERSON_TIME,
        Rule.SUM,
        "check_off.person_times|check_off.participants",
        (Source("check_off", 11), Source("check_off", 21), Source("check_off", 22)),
    )


def test_proposals_to_be_answered_are_not_received_again() -> None:
    assert [value_of(code, CALL, REPLIES) for code in ("proposals_received", "proposals_answered", "answered_rate")] == [17, 12, 75]


def test_proposals_are_received_where_only_the_answers_are_recorded() -> None:
    assert value_of("proposals_received", REPLIES) == 16


def test_what_nobody_recorded_is_open_and_not_zero() -> None:
    told = figures_of(make_records(make_undone("late")))

    assert [told[code] for code in ("members", "insured", "person_times", "income", "turnout")] == [None] * 5
    assert [told[code].number for code in ("times", "done", "late")] == [0, 0, 1]  # type: ignore[union-attr]


def test_awards_are_counted_by_level() -> None:
    assert (value_of("awards", CONTEST), value_of("awards_at:district", CONTEST)) == (1, 1)


def test_turnout_takes_only_what_has_both_figures() -> None:
    walk = make_done("春季健步走", id=7, deed=make_deed(id=14, participants=30, eligible=40))
    talk = make_done("健康讲座", id=8, deed=make_deed(id=15, participants=10))

    assert value_of("turnout", walk, talk) == 75


def test_a_plan_with_headings_and_one_without_give_the_same_figures() -> None:
    activities = (CONTEST, CALL, REPLIES, MEETINGS)

    assert figures_of(make_records(*activities)) == figures_of(make_records(*activities, sections=(make_section(),)))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_line_has_a_name_and_a_unit(language: str) -> None:
    lines = tell_upward(facts_of(make_records(CONTEST, MEETINGS)), language=language).lines

    assert [line for line in lines if not line.name or "{" in line.name or line.unit not in upward_units()] == []


def test_every_figure_asked_for_stands_in_a_part_of_the_form() -> None:
    assert {figure.part for figure in upward_figures().values()} == set(upward_parts())


def test_sums_of_one_column_become_a_longer_sum_and_others_a_total() -> None:
    def people(id_: int, field: str) -> Figure:
        return Figure(5, Unit.PERSON, Rule.FIELD, field, (Source("check_off", id_),))

    alike = add_up(Unit.PERSON, [people(1, "check_off.participants"), None, people(2, "check_off.participants")])
    different = add_up(Unit.PERSON, [people(1, "check_off.participants"), people(2, "check_off.eligible")])

    assert alike == Figure(10, Unit.PERSON, Rule.SUM, "check_off.participants", (Source("check_off", 1), Source("check_off", 2)))
    assert (different and different.rule, different and different.value) == (Rule.TOTAL, 10)


def test_nothing_added_up_is_nothing() -> None:
    assert add_up(Unit.PERSON, [None, None]) is None


def test_a_deed_without_people_has_no_attendances() -> None:
    assert value_of("person_times", make_done(deed=Deed(id=9, done_on=make_deed().done_on))) is None
