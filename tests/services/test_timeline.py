"""Which activities a timeline shows, in which groups, and how much of each is done."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.conftest import TODAY
from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.models import ActivityState, CheckOff, DutyKind, Plan
from unionboard.services.activities import ActivityView, Status, list_activities
from unionboard.services.plans import list_sections
from unionboard.services.timeline import (
    Group,
    Grouping,
    MonthShare,
    Zoom,
    choose_grouping,
    count_statuses,
    group_activities,
    list_owners,
    select_activities,
    zoom_span,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


def month(number: int) -> dict[str, date]:
    """The planned bounds of a month of 2026 with 30 days or more."""
    return {"starts_on": date(2026, number, 1), "ends_on": date(2026, number, 30)}


def done(session: Session, plan: Plan, day: date, **values: Any) -> None:
    row = make_activity(session, plan, **values)
    session.add(CheckOff(activity_id=row.id or 0, done_on=day, who="chair", created_at_utc=NOW))
    session.flush()


def views_of(session: Session, plan: Plan) -> list[ActivityView]:
    return list_activities(session, plan.id or 0, today=TODAY)


def titles(views: Any) -> list[str]:
    return [view.title for view in views]


def grouped(session: Session, plan: Plan, by: Grouping) -> list[Group]:
    return group_activities(views_of(session, plan), by=by, sections=list_sections(session, plan.id or 0), within=YEAR)


@pytest.mark.parametrize(
    ("zoom", "first", "last"),
    [
        (Zoom.ALL, date(2026, 1, 1), date(2026, 12, 31)),
        (Zoom.FIRST_HALF, date(2026, 1, 1), date(2026, 6, 30)),
        (Zoom.SECOND_HALF, date(2026, 7, 1), date(2026, 12, 31)),
        (Zoom.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Zoom.MONTH, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_zoom_of_a_calendar_year_seen_in_november(zoom: Zoom, first: date, last: date) -> None:
    assert zoom_span(zoom, plan=YEAR, today=TODAY) == (first, last)


def test_the_first_half_of_a_school_year_is_its_first_six_months() -> None:
    school_year = (date(2026, 9, 1), date(2027, 8, 31))

    assert zoom_span(Zoom.FIRST_HALF, plan=school_year, today=TODAY) == (date(2026, 9, 1), date(2027, 2, 28))


@pytest.mark.parametrize(("today", "first", "last"), [(date(2025, 3, 1), 1, 2), (date(2026, 1, 5), 1, 2), (date(2027, 9, 9), 11, 12)])
def test_this_month_is_drawn_in_to_the_plan(today: date, first: int, last: int) -> None:
    found = zoom_span(Zoom.MONTH, plan=YEAR, today=today)

    assert (found[0].month, found[1].month) == (first, last)


def test_words_of_a_search_must_all_occur_in_any_case(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="KTV 联欢会", owner="沈一鸣")
    make_activity(session, plan, title="联欢会筹备")

    assert titles(select_activities(views_of(session, plan), words=" ktv  沈一鸣 ")) == ["KTV 联欢会"]


def test_filters_by_area_count_the_second_area_too(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="甲", area="CULT", area_2="WOMEN")
    make_activity(session, plan, title="乙", area="CARE")

    assert titles(select_activities(views_of(session, plan), areas=["WOMEN"])) == ["甲"]


def test_within_a_span_stands_what_was_done_there_or_is_still_owed(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="五月逾期至今", **month(5))
    done(session, plan, date(2026, 10, 9), title="五月的十月才办", **month(5))
    done(session, plan, date(2026, 5, 9), title="五月办的", **month(5))
    make_activity(session, plan, title="十二月", **month(12))

    shown = select_activities(views_of(session, plan), within=(date(2026, 10, 1), date(2026, 10, 31)))

    assert titles(shown) == ["五月逾期至今", "五月的十月才办"]


def test_statuses_are_counted_in_their_order_without_zeros(session: Session, plan: Plan) -> None:
    make_activity(session, plan, **month(12))
    make_activity(session, plan, **month(5))
    done(session, plan, date(2026, 5, 9), **month(5))

    assert list(count_statuses(views_of(session, plan)).items()) == [(Status.DONE, 1), (Status.COMING, 1), (Status.LATE, 1)]


def test_owners_with_most_activities_come_first(session: Session, plan: Plan) -> None:
    for owner in ("何敏", "吴佳", "吴佳", ""):
        make_activity(session, plan, owner=owner)

    assert list_owners(views_of(session, plan)) == ["吴佳", "何敏"]


def test_a_plan_without_sections_is_grouped_by_area(session: Session, plan: Plan) -> None:
    make_activity(session, plan)

    assert choose_grouping(views_of(session, plan)) is Grouping.AREA


def test_sections_keep_the_plans_order_and_words_and_loose_activities_come_last(session: Session, plan: Plan) -> None:
    second = make_section(session, plan, position=2, printed_number="二、", heading="送温暖")
    first = make_section(session, plan, position=1, printed_number="一、", heading="文体")
    make_section(session, plan, position=3, printed_number="三、", heading="空的")
    make_activity(session, plan, title="无部分")
    make_activity(session, plan, title="慰问", section_id=second.id)
    make_activity(session, plan, title="球赛", section_id=first.id)

    found = [(group.key, group.heading, titles(group.activities)) for group in grouped(session, plan, Grouping.SECTION)]

    assert found == [(str(first.id), "一、文体", ["球赛"]), (str(second.id), "二、送温暖", ["慰问"]), ("", "", ["无部分"])]


@pytest.mark.parametrize(
    ("printed", "title"),
    [("", "送温暖"), ("二", "二、送温暖"), ("二、", "二、送温暖"), ("(二)", "(二)送温暖"), ("第二部分", "第二部分 送温暖")],
)
def test_section_is_titled_as_a_plan_prints_it(session: Session, plan: Plan, printed: str, title: str) -> None:
    assert make_section(session, plan, printed_number=printed, heading="送温暖").title == title


def test_areas_come_in_the_official_order(session: Session, plan: Plan) -> None:
    for area in ("OTHER", "CULT", "IDEO"):
        make_activity(session, plan, area=area)

    assert [group.key for group in grouped(session, plan, Grouping.AREA)] == ["IDEO", "CULT", "OTHER"]


def test_inside_a_group_the_earliest_comes_first_and_duties_last(session: Session, plan: Plan) -> None:
    make_activity(session, plan, title="常年", duty=DutyKind.STANDING, starts_on=YEAR[0], ends_on=YEAR[1])
    make_activity(session, plan, title="九月", **month(9))
    make_activity(session, plan, title="三月", **month(3))

    assert titles(grouped(session, plan, Grouping.AREA)[0].activities) == ["三月", "九月", "常年"]


def test_a_groups_share_counts_neither_duties_nor_what_was_cancelled(session: Session, plan: Plan) -> None:
    done(session, plan, date(2026, 5, 9), **month(5))
    make_activity(session, plan, **month(5))
    make_activity(session, plan, **month(12))
    make_activity(session, plan, state=ActivityState.CANCELLED, state_reason="场地停用", **month(5))
    make_activity(session, plan, duty=DutyKind.STANDING, starts_on=YEAR[0], ends_on=YEAR[1])

    group = grouped(session, plan, Grouping.AREA)[0]

    assert (group.done, group.total) == (1, 3)
    assert [share for share in group.months if share.planned] == [
        MonthShare(date(2026, 5, 1), planned=2, done=1, late=1),
        MonthShare(date(2026, 12, 1), planned=1, done=0, late=0),
    ]


def test_shares_can_be_counted_over_more_than_is_shown(session: Session, plan: Plan) -> None:
    done(session, plan, date(2026, 5, 9), **month(5))
    make_activity(session, plan, title="逾期", **month(5))
    views = views_of(session, plan)

    late = select_activities(views, statuses=[Status.LATE])
    group = group_activities(late, by=Grouping.AREA, sections=[], within=YEAR, shares_of=views)[0]

    assert (titles(group.activities), group.done, group.total) == (["逾期"], 1, 2)
