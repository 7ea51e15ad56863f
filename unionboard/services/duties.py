"""Recurring duties: the spans within which each turn is due."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, select

from unionboard.models import Activity, Change, CheckOff, DutyKind, Occurrence
from unionboard.models.changelog import ChangeAction
from unionboard.reading.draft import Frequency, Period
from unionboard.reading.frequency import find_frequency
from unionboard.services.activities import load_row
from unionboard.services.changes import update_row
from unionboard.services.guard import require
from unionboard.services.periods import Span, clip, is_half, month_index, month_span, term_spans
from unionboard.services.permissions import Act

_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6}
_UNCOUNTED = frozenset({Period.DAY, Period.STANDING, Period.ON_EVENT})


def duty_kind(frequency: Frequency) -> DutyKind:
    """Recurring when its turns can be counted, else standing."""
    return DutyKind.STANDING if frequency.period in _UNCOUNTED else DutyKind.RECURRING


def plan_turns(frequency: Frequency, *, starts_on: date, ends_on: date) -> list[Span]:
    """The spans (inclusive) of a duty's turns within the plan ``starts_on``–``ends_on``, in order; [] for daily, standing and event duties.

    Weeks begin on Monday; months, quarters and half-years are the calendar's, terms February–July and September–January. A piece of less
    than half such a span at the plan's edge joins its neighbour (of a term: falls away). Several times in one span divide it evenly;
    of «1–2 times» one is planned, so that nobody is told to have missed what was left open. Every two years is one turn: the whole plan.

    Source: domain notes A2.
    """
    within = (starts_on, ends_on)
    if frequency.period in _UNCOUNTED:
        return []
    spans = _spans(frequency.period, within)
    times = 1 if frequency.period is Period.TWO_YEARS else max(1, frequency.times_min)
    return [part for span in spans for part in _divide(span, times)]


def _spans(period: Period, within: Span) -> list[Span]:
    if period is Period.WEEK:
        return _weeks(within)
    if period is Period.FORTNIGHT:
        weeks = _weeks(within)
        pairs = [(first[0], second[1]) for first, second in zip(weeks[::2], weeks[1::2], strict=False)] or [within]
        return [*pairs[:-1], (pairs[-1][0], within[1])]
    if months := _MONTHS.get(period):
        first = month_index(within[0]) // months * months
        return _fit([month_span(start, start + months - 1) for start in range(first, month_index(within[1]) + 1, months)], within)
    if period is Period.TERM:
        return [part for term in term_spans(within) if (part := clip(term, within)) and is_half(part, term)] or [within]
    return [within]


def _weeks(within: Span) -> list[Span]:
    monday = within[0] - timedelta(days=within[0].weekday())
    mondays = (monday + timedelta(days=7 * n) for n in range((within[1] - monday).days // 7 + 1))
    return _fit([(day, day + timedelta(days=6)) for day in mondays], within)


def _fit(spans: Sequence[Span], within: Span) -> list[Span]:
    """``spans`` that follow one another without a gap, cut to ``within``; short pieces at its edges join their neighbours."""
    clipped = [(part, is_half(part, span)) for span in spans if (part := clip(span, within))]
    whole = [part for part, is_half in clipped if is_half]
    if not whole:
        return [within]
    whole[0] = (within[0], whole[0][1])
    whole[-1] = (whole[-1][0], within[1])
    return whole


def _days(span: Span) -> int:
    return (span[1] - span[0]).days + 1


def _divide(span: Span, times: int) -> list[Span]:
    """``span`` in ``times`` parts that follow one another: by whole months where they divide evenly, else by days."""
    first, last = month_index(span[0]), month_index(span[1])
    months = last - first + 1
    if span == month_span(first, last) and months % times == 0:
        step = months // times
        return [month_span(start, start + step - 1) for start in range(first, last + 1, step)]
    times = min(times, _days(span))
    edges = [span[0] + timedelta(days=_days(span) * n // times) for n in range(times + 1)]
    return [(start, stop - timedelta(days=1)) for start, stop in pairwise(edges)]


TURNS = "turns"
"""What the change log calls all turns of an activity together; its row id is the activity's."""
Turn = list[int | str]


def tell_turns(session: Session, activity_id: int) -> list[Turn]:
    """The turns of an activity as the change log keeps them: id, number, first and last day each."""
    rows = session.exec(select(Occurrence).where(Occurrence.activity_id == activity_id).order_by(col(Occurrence.id)))
    return [[row.id or 0, row.number, row.due_from.isoformat(), row.due_to.isoformat()] for row in rows]


def log_turns(session: Session, activity_id: int, before: list[Turn], *, who: str, now_utc: datetime) -> None:
    """Say in the change log what became of an activity's turns, in one line for all of them; ``before``: as ``tell_turns`` told them."""
    session.flush()
    after = tell_turns(session, activity_id)
    if after != before:
        told: dict[str, Any] = {"noun": TURNS, "row_id": activity_id, "before": {TURNS: before}, "after": {TURNS: after}}
        session.add(Change(at_utc=now_utc, who=who, action=ChangeAction.UPDATE.value, **told))
        session.flush()


def add_turns(session: Session, activity: Activity, spans: Sequence[Span], *, who: str, now_utc: datetime) -> None:
    """Store the first turns of a flushed activity, numbered from 1 on."""
    _store_turns(session, activity, spans, number=1)
    log_turns(session, activity.id or 0, [], who=who, now_utc=now_utc)


def _store_turns(session: Session, activity: Activity, spans: Sequence[Span], *, number: int) -> None:
    session.add_all(
        Occurrence(activity_id=activity.id or 0, number=number + n, due_from=first, due_to=last) for n, (first, last) in enumerate(spans)
    )
    session.flush()


def save_duty(
    session: Session, activity_id: int, *, duty: DutyKind, frequency: str, plan: Span, version: int, who: str, now_utc: datetime
) -> Activity:
    """Make an activity a one-off, a standing duty or one that recurs as ``frequency`` says (每月一次); ``plan`` is the plan's period.

    Turns that were ever checked off stay as they are; the others are planned anew from the day after them. A recurring duty whose words
    name no countable frequency has a single turn. Raises: StaleSave, NoSuchActivity.
    """
    require(session, Act.EDIT_PLAN)
    row = load_row(session, activity_id)
    if update_row(session, row, version=version, who=who, now_utc=now_utc, duty=duty, frequency=frequency.strip()):
        plan_anew(session, row, plan, who=who, now_utc=now_utc)
    return row


def plan_anew(session: Session, row: Activity, plan: Span, *, who: str, now_utc: datetime) -> None:
    """Turns as the activity's duty and frequency now say, within ``plan``; those that were ever checked off stay."""
    activity_id = row.id or 0
    before = tell_turns(session, activity_id)
    touched = set(session.exec(select(CheckOff.occurrence_id).where(CheckOff.activity_id == activity_id)))
    turns = session.exec(select(Occurrence).where(Occurrence.activity_id == activity_id).order_by(col(Occurrence.number))).all()
    kept = [turn for turn in turns if turn.id in touched]
    for turn in turns:
        if turn.id not in touched:
            session.delete(turn)
    session.flush()
    for number, turn in enumerate(kept, start=1):
        turn.number = number
    free_from = max((turn.due_to for turn in kept), default=plan[0] - timedelta(days=1))
    spans = [span for span in spans_of(row.duty, row.frequency, plan) if span[0] > free_from]
    _store_turns(session, row, spans, number=len(kept) + 1)
    log_turns(session, activity_id, before, who=who, now_utc=now_utc)


def spans_of(duty: DutyKind, frequency: str, plan: Span) -> list[Span]:
    """The turns of a duty whose frequency is kept in words: [] unless it recurs, one (the whole plan) when the words name no count."""
    if duty is not DutyKind.RECURRING:
        return []
    found = find_frequency(frequency)
    return (plan_turns(found, starts_on=plan[0], ends_on=plan[1]) if found else []) or [plan]
