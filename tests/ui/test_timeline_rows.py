"""Which marks lie on which days. 1 May 2026 is day 120 of its year, 1 October day 273, 21 November (today) day 324."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.models import ActivityState, CheckOff, DatePrecision, DutyKind, Occurrence, Plan
from unionboard.services.activities import ActivityView, OccurrenceView, Record, find_activity
from unionboard.services.baseline import BaselineItem
from unionboard.services.periods import Span
from unionboard.ui.timeline_rows import Frame, Mark, draw_gone, draw_marks

TODAY = date(2026, 11, 21)
YEAR = Frame((date(2026, 1, 1), date(2026, 12, 31)), TODAY)
AUTUMN = Frame((date(2026, 10, 1), date(2026, 12, 31)), TODAY)
MAY = (date(2026, 5, 1), date(2026, 5, 31))
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
Show = Callable[..., ActivityView]


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


@pytest.fixture
def show(session: Session, plan: Plan) -> Show:
    """``show(span, done=[…], **fields)``: an activity as people see it today; ``done`` are spans, ``turns`` pairs of days."""

    def make(span: Span = MAY, *, done: list[Span] = [], turns: list[Span] = [], partial: bool = False, **values: Any) -> ActivityView:  # noqa: B006
        row = make_activity(session, plan, starts_on=span[0], ends_on=span[1], **values)
        spans: list[tuple[Span, int | None]] = [(held, None) for held in done]
        for number, (first, last) in enumerate(turns, 1):
            turn = Occurrence(activity_id=row.id or 0, number=number, due_from=first, due_to=last)
            session.add(turn)
            session.flush()
            if number == 1:
                spans.append(((last, last), turn.id))
        for held, turn_id in spans:
            told: dict[str, Any] = {"done_on": held[0], "done_to": held[1], "is_partial": partial, "occurrence_id": turn_id}
            session.add(CheckOff(activity_id=row.id or 0, who="chair", created_at_utc=NOW, **told))
        session.flush()
        return find_activity(session, row.id or 0, today=TODAY)

    return make


def tell(turn: OccurrenceView | Record) -> str:
    return f"turn {turn.number}" if isinstance(turn, OccurrenceView) else f"entry of {turn.done_on}"


def draw(view: ActivityView, frame: Frame = YEAR, base: BaselineItem | None = None) -> list[Mark]:
    return draw_marks(view, frame, tell_turn=tell, base=base)


def item(span: Span) -> BaselineItem:
    return BaselineItem(1, "趣味运动会", None, "CULT", "", *span, DatePrecision.MONTH, DutyKind.ONE_OFF)


def test_month_is_less_certain_than_a_date(show: Show) -> None:
    december = (date(2026, 12, 1), date(2026, 12, 31))

    assert draw(show(december)) == [["soft", 334, 31]]
    assert draw(show(december, precision=DatePrecision.DAY)) == [["plan", 334, 31]]


def test_what_was_done_in_time_lies_on_its_plan(show: Show) -> None:
    view = show(done=[(date(2026, 5, 20), date(2026, 5, 21))])

    assert draw(view) == [["soft", 120, 31], ["done", 139, 2]]


def test_what_was_done_past_its_plan_says_how_many_days(show: Show) -> None:
    view = show(done=[(date(2026, 5, 20), date(2026, 6, 3))])

    assert draw(view) == [["soft", 120, 31], ["done", 139, 15, 3]]


def test_what_was_done_after_its_plan_is_joined_to_it(show: Show) -> None:
    view = show(done=[(date(2026, 6, 10), date(2026, 6, 11))])

    assert draw(view) == [["soft", 120, 31], ["tail", 151, 9], ["done", 160, 2, 2]]


def test_what_was_done_in_part_is_not_done(show: Show) -> None:
    view = show(done=[(date(2026, 5, 20), date(2026, 5, 20))], partial=True)

    assert draw(view) == [["soft", 120, 31], ["part", 139, 1]]


def test_under_way_runs_up_to_today(show: Show) -> None:
    view = show((date(2026, 11, 10), date(2026, 11, 30)), precision=DatePrecision.DAY)

    assert draw(view) == [["plan", 313, 21], ["live", 313, 12]]


def test_under_way_before_its_months_has_no_bar_yet(show: Show) -> None:
    view = show((date(2026, 12, 1), date(2026, 12, 31)), state=ActivityState.UNDER_WAY)

    assert draw(view) == [["soft", 334, 31]]


def test_late_trails_up_to_today(show: Show) -> None:
    assert draw(show(OCTOBER)) == [["tail", 304, 20], ["stop", 324, 1], ["late", 273, 31]]


def test_late_since_yesterday_has_no_tail(show: Show) -> None:
    view = show((date(2026, 11, 20), date(2026, 11, 20)), precision=DatePrecision.DAY)

    assert draw(view) == [["stop", 324, 1], ["late", 323, 1]]


def test_postponed_shows_both_places_and_the_way_between(show: Show) -> None:
    december = (date(2026, 12, 1), date(2026, 12, 31))
    first = {"original_starts_on": MAY[0], "original_ends_on": MAY[1]}

    view = show(december, state=ActivityState.POSTPONED, **first)

    assert draw(view) == [["moved", 120, 31], ["tail", 151, 183], ["moved", 334, 31], ["goal", 334, 1]]


def test_cancelled_is_crossed_out(show: Show) -> None:
    assert draw(show(state=ActivityState.CANCELLED)) == [["dropped", 120, 31]]


def test_recurring_duty_has_a_mark_for_each_turn(show: Show) -> None:
    months = [date(2026, month, 1) for month in (3, 6, 11, 12)]
    turns = [(first, first + timedelta(days=29)) for first in months]

    view = show(YEAR.within, duty=DutyKind.RECURRING, precision=DatePrecision.PERIOD, turns=turns)

    assert draw(view) == [
        ["lane", 0, 365],
        ["made", 88, 1, "turn 1"],
        ["missed", 180, 1, "turn 2"],
        ["open", 333, 1, "turn 3"],
        ["next", 363, 1, "turn 4"],
    ]


def test_standing_duty_has_a_mark_for_each_entry(show: Show) -> None:
    view = show(YEAR.within, duty=DutyKind.STANDING, precision=DatePrecision.PERIOD, done=[(date(2026, 3, 8), date(2026, 3, 8))])

    assert draw(view) == [["lane", 0, 365], ["made", 66, 1, "entry of 2026-03-08"]]


def test_only_what_lies_in_sight_is_drawn(show: Show) -> None:
    view = show((date(2026, 9, 15), date(2026, 10, 15)), done=[(date(2026, 9, 20), date(2026, 9, 20))])

    assert draw(view, AUTUMN) == [["soft", -16, 31]]


def test_plan_as_adopted_lies_behind_todays(show: Show) -> None:
    december = (date(2026, 12, 1), date(2026, 12, 31))

    assert draw(show(december), base=item(december)) == [["same", 334, 31], ["soft", 334, 31]]
    assert draw(show(december), base=item(OCTOBER)) == [["was", 273, 31], ["soft", 334, 31]]


def test_what_was_taken_out_keeps_its_place() -> None:
    assert draw_gone(item(OCTOBER), YEAR) == [["lost", 273, 31]]
    assert draw_gone(item(MAY), AUTUMN) == []


def test_months_of_a_school_year_begin_where_it_does() -> None:
    frame = Frame((date(2026, 9, 1), date(2027, 1, 20)), TODAY)

    assert frame.months() == [
        (0, 30, date(2026, 9, 1)),
        (30, 31, date(2026, 10, 1)),
        (61, 30, date(2026, 11, 1)),
        (91, 31, date(2026, 12, 1)),
        (122, 20, date(2027, 1, 1)),
    ]


def test_a_month_has_a_tick_a_day_with_its_weekends() -> None:
    november = Frame((date(2026, 11, 1), date(2026, 11, 30)), TODAY)

    assert november.ticks()[:3] == [(0, 1, True), (1, 2, False), (2, 3, False)]
    assert len(november.ticks()) == 30


def test_a_quarter_has_a_tick_each_monday() -> None:
    assert AUTUMN.ticks()[:2] == [(4, 5, False), (11, 12, False)]
    assert YEAR.ticks() == []


def test_festivals_close_together_have_one_name() -> None:
    days = [(date(2026, 5, 1), "五一"), (date(2026, 5, 4), "五四"), (date(2026, 6, 1), "六一"), (date(2027, 1, 1), "元旦")]

    assert YEAR.join_festivals(days) == [(120, 4, "五一·五四"), (151, 1, "六一")]
    assert YEAR.join_festivals([]) == []


def test_festivals_of_one_day_have_one_name_in_a_month_too() -> None:
    october = Frame((date(2026, 10, 1), date(2026, 10, 31)), TODAY)

    assert october.join_festivals([(date(2026, 10, 1), "国庆"), (date(2026, 10, 18), "重阳")]) == [(0, 1, "国庆"), (17, 1, "重阳")]
