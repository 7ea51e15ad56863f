"""Which activities a timeline shows, in which groups, and how much of each is done."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.conftest import TODAY
from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.models import ActivityState, CheckOff, DutyKind, PeriodKind, Plan, UnionKind
from unionboard.services.activities import ActivityView, Status, list_activities
from unionboard.services.periods import Span
from unionboard.services.plans import list_sections
from unionboard.services.timeline import (
    Group,
    Grouping,
    MonthShare,
    Term,
    TermName,
    Zoom,
    choose_grouping,
    count_statuses,
    find_period,
    group_activities,
    list_owners,
    list_periods,
    list_terms,
    list_zooms,
    select_activities,
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


SCHOOL_YEAR = (date(2026, 9, 1), date(2027, 8, 31))


def spelled(spans: list[Span]) -> list[str]:
    """``["2026-01/06"]``: first and last month of each; all begin on the first and end on the last day of a month."""
    assert [span for span in spans if span[0].day != 1 or (span[1] + timedelta(days=1)).day != 1] == []
    return [f"{first:%Y-%m}/{last:%m}" for first, last in spans]


@pytest.mark.parametrize(
    ("zoom", "plan", "expected"),
    [
        (Zoom.ALL, YEAR, ["2026-01/12"]),
        (Zoom.HALF, YEAR, ["2026-01/06", "2026-07/12"]),
        (Zoom.TERM, YEAR, ["2026-02/07", "2026-09/12"]),
        (Zoom.QUARTER, YEAR, ["2026-01/03", "2026-04/06", "2026-07/09", "2026-10/12"]),
        (Zoom.ALL, SCHOOL_YEAR, ["2026-09/08"]),
        (Zoom.TERM, SCHOOL_YEAR, ["2026-09/01", "2027-02/07"]),
        (Zoom.QUARTER, SCHOOL_YEAR, ["2026-09/09", "2026-10/12", "2027-01/03", "2027-04/06", "2027-07/08"]),
    ],
)
def test_a_plan_has_periods_of_every_length(zoom: Zoom, plan: Span, expected: list[str]) -> None:
    assert spelled(list_periods(zoom, plan=plan)) == expected


def test_a_plan_has_its_months_even_where_it_begins_and_ends_in_the_middle_of_one() -> None:
    found = list_periods(Zoom.MONTH, plan=(date(2026, 11, 15), date(2027, 1, 10)))

    assert spelled(found) == ["2026-11/11", "2026-12/12", "2027-01/01"]


def test_a_plan_too_short_for_a_term_is_one_period() -> None:
    assert spelled(list_periods(Zoom.TERM, plan=(date(2026, 8, 1), date(2026, 8, 31)))) == ["2026-08/08"]


@pytest.mark.parametrize(
    ("zoom", "day", "expected"),
    [
        (Zoom.QUARTER, date(2026, 5, 9), "2026-04/06"),
        (Zoom.MONTH, date(2026, 5, 31), "2026-05/05"),
        (Zoom.TERM, date(2026, 8, 9), "2026-09/12"),  # summer: the term to come
        (Zoom.TERM, date(2026, 1, 9), "2026-02/07"),
        (Zoom.MONTH, date(2025, 3, 1), "2026-01/01"),
        (Zoom.MONTH, date(2027, 9, 9), "2026-12/12"),
    ],
)
def test_a_day_finds_its_period_or_the_nearest(zoom: Zoom, day: date, expected: str) -> None:
    assert spelled([find_period(zoom, plan=YEAR, day=day)]) == [expected]


def test_terms_are_whole_even_where_the_plan_holds_a_part() -> None:
    assert list_terms(YEAR) == [
        Term(TermName.AUTUMN, date(2025, 9, 1), date(2026, 1, 31)),
        Term(TermName.SPRING, date(2026, 2, 1), date(2026, 7, 31)),
        Term(TermName.AUTUMN, date(2026, 9, 1), date(2027, 1, 31)),
    ]


def test_only_schools_have_terms() -> None:
    assert list_terms(YEAR, kind=UnionKind.HOSPITAL) == []


@pytest.mark.parametrize(
    ("period", "kind", "expected"),
    [
        (PeriodKind.CALENDAR_YEAR, UnionKind.SCHOOL, [Zoom.ALL, Zoom.HALF, Zoom.TERM, Zoom.QUARTER, Zoom.MONTH]),
        (PeriodKind.CALENDAR_YEAR, UnionKind.HOSPITAL, [Zoom.ALL, Zoom.HALF, Zoom.QUARTER, Zoom.MONTH]),
        (PeriodKind.SCHOOL_YEAR, UnionKind.SCHOOL, [Zoom.ALL, Zoom.TERM, Zoom.QUARTER, Zoom.MONTH]),
        (PeriodKind.TERM, UnionKind.SCHOOL, [Zoom.ALL, Zoom.QUARTER, Zoom.MONTH]),
    ],
)
def test_a_plan_is_looked_at_by_what_its_union_knows(session: Session, period: PeriodKind, kind: UnionKind, expected: list[Zoom]) -> None:
    assert list_zooms(make_plan(session, period_kind=period), kind=kind) == expected


def test_days_of_a_former_plan_count_as_seen(session: Session, plan: Plan) -> None:
    row = make_activity(session, plan, title="十二月", **month(12))
    may = (date(2026, 5, 1), date(2026, 5, 31))

    assert titles(select_activities(views_of(session, plan), within=may, former={row.id or 0: may})) == ["十二月"]


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
