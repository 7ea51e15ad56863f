"""What hangs on the notice board for a month: what is planned, what goes on all year, and what was done the month before.

Nobody who was visited is named, whatever people typed into titles. Source: domain notes C5 (公开栏), D2.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from unionboard.models import DatePrecision, DutyKind, Plan
from unionboard.services import plans, unions
from unionboard.services.activities import ActivityView, Status, list_activities
from unionboard.services.covering import Cover
from unionboard.services.guard import require
from unionboard.services.periods import Placement, Span, clip, month_index, month_span
from unionboard.services.permissions import Act

_GOING_ON = frozenset(Status) - {Status.CANCELLED}
_OPEN = frozenset({DatePrecision.HALF_YEAR, DatePrecision.PERIOD})
_HALF_YEAR_DAYS = 100
"""A turn that may be taken on more days than this belongs to no single month."""


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """What is to happen in the month: when as sure as it was planned, or on the day it was held by now."""

    title: str
    when: Placement
    owner: str = ""


@dataclass(frozen=True, slots=True)
class DoneLine:
    """What happened: first and last day, and how many people (人) took part, where it was told."""

    title: str
    first: date
    last: date
    people: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """The notice of ``month`` (its first day). ``duties``: what goes on all year; ``done``: of the month before."""

    union: str
    month: date
    planned: tuple[PlannedLine, ...]
    duties: tuple[str, ...]
    done: tuple[DoneLine, ...]
    as_of: date

    @property
    def month_before(self) -> date:
        return month_span(month_index(self.month) - 1)[0]


def gather_notice(session: Session, month: date, *, today: date, language: str, plan_id: int | None = None) -> NoticeFacts:
    """The notice of the month that holds ``month``. ``plan_id``: the plan to go by, where several hold the month.

    Raises: NotYours.
    """
    require(session, Act.SEE_YEAR)
    index, cover, union = month_index(month), Cover(session, language=language), unions.find_union(session)
    this, before = month_span(index), month_span(index - 1)
    known = plans.list_plans(session)
    views = {plan.id: list_activities(session, plan.id or 0, today=today) for plan in _plans_of(known, (this, before), plan_id)}
    of_month, of_before = (_views_on(known, views, span, plan_id) for span in (this, before))
    planned = [PlannedLine(cover.text(view.title), when, cover.text(view.owner)) for view in of_month for when in _times_in(view, this)]
    return NoticeFacts(
        union=union.name if union else "",
        month=this[0],
        planned=tuple(sorted(planned, key=lambda line: (line.when.starts_on, line.when.ends_on))),
        duties=tuple(cover.text(view.title) for view in of_month if view.duty is DutyKind.STANDING and view.status in _GOING_ON),
        done=tuple(
            sorted(
                (
                    DoneLine(cover.text(view.title), *days, record.participants)
                    for view in of_before
                    for record in view.records
                    if (days := clip((record.done_on, record.last_day), before))
                ),
                key=lambda line: (line.first, line.last),
            )
        ),
        as_of=today,
    )


def _plans_of(known: Sequence[Plan], spans: Sequence[Span], plan_id: int | None) -> list[Plan]:
    found = [_plan_on(known, span, plan_id) for span in spans]
    return [plan for number, plan in enumerate(found) if plan is not None and plan not in found[:number]]


def _plan_on(known: Sequence[Plan], span: Span, plan_id: int | None) -> Plan | None:
    """The plan of a month: the one asked for if it holds any of it, else the newest that does."""
    holding = [plan for plan in known if clip((plan.starts_on, plan.ends_on), span)]
    return next((plan for plan in holding if plan.id == plan_id), max(holding, key=lambda plan: plan.starts_on, default=None))


def _views_on(
    known: Sequence[Plan], views: dict[int | None, list[ActivityView]], span: Span, plan_id: int | None
) -> Sequence[ActivityView]:
    plan = _plan_on(known, span, plan_id)
    return () if plan is None else views[plan.id]


def _times_in(view: ActivityView, month: Span) -> Iterator[Placement]:
    """When an activity is on in the month: held, else planned; turns due in it. Nothing of what was called off, or has no month."""
    if view.status is Status.CANCELLED or view.duty is DutyKind.STANDING:
        return
    held = [days for record in view.records if (days := clip((record.done_on, record.last_day), month))]
    yield from (Placement(*days, DatePrecision.DAY) for days in held)
    if view.duty is DutyKind.RECURRING:
        for turn in view.occurrences:
            is_long = turn.due_to - turn.due_from > timedelta(days=_HALF_YEAR_DAYS)
            if turn.done_on is None and not is_long and clip((turn.due_from, turn.due_to), month):
                yield Placement(turn.due_from, turn.due_to, _precision_of(turn.due_from, turn.due_to))
    elif not view.records and view.precision not in _OPEN and clip((view.starts_on, view.ends_on), month):
        yield Placement(view.starts_on, view.ends_on, view.precision)


def _precision_of(first: date, last: date) -> DatePrecision:
    is_whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    return DatePrecision.MONTH if is_whole else DatePrecision.DAY
