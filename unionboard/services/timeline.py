"""The plan as a timeline: which activities are shown, in which groups, and how much of each group is done. Pure: works on views."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from unionboard.models import DutyKind, PeriodKind, Plan, Section, UnionKind
from unionboard.reference import work_areas
from unionboard.services.activities import ActivityView, Status
from unionboard.services.periods import TERMS, Span, clip, is_half, month_index, month_span, term_spans


class Grouping(StrEnum):
    """Whose order the rows follow."""

    SECTION = "section"
    AREA = "area"


class Zoom(StrEnum):
    """How long a part of the plan's period is in sight."""

    ALL = "all"
    HALF = "half"
    TERM = "term"
    QUARTER = "quarter"
    MONTH = "month"


class TermName(StrEnum):
    SPRING = "spring"
    AUTUMN = "autumn"


@dataclass(frozen=True, slots=True)
class Term:
    """A school term, whole (inclusive), even where the plan holds only part of it."""

    name: TermName
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class MonthShare:
    """A group's one-off activities whose plan ends in the month that begins ``starts_on``; cancelled ones are not counted."""

    starts_on: date
    planned: int
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class Group:
    """Activities under one heading. ``key``: the section's id or the area's code, "" for those under none; ``heading`` "" likewise."""

    key: str
    heading: str
    activities: tuple[ActivityView, ...]
    done: int
    total: int
    months: tuple[MonthShare, ...]


def is_counted(view: ActivityView) -> bool:
    """Whether a share of done activities counts this one: duties never end, and what was cancelled is not owed any more."""
    return view.duty is DutyKind.ONE_OFF and view.status is not Status.CANCELLED


def choose_grouping(views: Sequence[ActivityView]) -> Grouping:
    """By section when any activity stands under one, else by area."""
    return Grouping.SECTION if any(view.section_id for view in views) else Grouping.AREA


def list_terms(within: Span, *, kind: UnionKind = UnionKind.SCHOOL) -> list[Term]:
    """The terms of which any day lies within (inclusive), in order; a union that is not a school's has none."""
    if kind is not UnionKind.SCHOOL:
        return []
    return [Term(TermName.SPRING if span[0].month == TERMS[0][0] else TermName.AUTUMN, *span) for span in term_spans(within)]


def list_zooms(plan: Plan, *, kind: UnionKind) -> list[Zoom]:
    """What a plan can be looked at by: terms only in schools, halves only of a calendar year; a term's plan is one term anyway."""
    wanted = {
        Zoom.HALF: plan.period_kind is PeriodKind.CALENDAR_YEAR
        or (plan.period_kind is PeriodKind.SCHOOL_YEAR and kind is not UnionKind.SCHOOL),
        Zoom.TERM: plan.period_kind is not PeriodKind.TERM and kind is UnionKind.SCHOOL,
    }
    return [zoom for zoom in Zoom if wanted.get(zoom, True)]


def list_periods(zoom: Zoom, *, plan: Span) -> list[Span]:
    """All periods of one length, in order, as whole months of the plan: halves and quarters of calendar years, terms as schools have them.

    Those at the plan's edges are cut to it; of a term less than half is left out (January, in a calendar year). Never empty.
    """
    first, last = month_index(plan[0]), month_index(plan[1])
    whole = month_span(first, last)
    if zoom is Zoom.ALL:
        return [whole]
    if zoom is Zoom.TERM:
        return [part for term in term_spans(whole) if (part := clip(term, whole)) and is_half(part, term)] or [whole]
    months = {Zoom.HALF: 6, Zoom.QUARTER: 3, Zoom.MONTH: 1}[zoom]
    starts = range(first // months * months, last + 1, months)
    return [month_span(max(start, first), min(start + months - 1, last)) for start in starts]


def find_period(zoom: Zoom, *, plan: Span, day: date) -> Span:
    """The one of ``list_periods`` that holds ``day``, else the first after it, else the last."""
    periods = list_periods(zoom, plan=plan)
    return next((period for period in periods if day <= period[1]), periods[-1])


def seen_spans(view: ActivityView) -> list[Span]:
    """All the days on which something of an activity is drawn: planned, first planned, done, and late until today."""
    owed_until = view.ends_on + timedelta(days=view.days_late)
    spans = [(view.starts_on, owed_until), *((record.done_on, record.done_to or record.done_on) for record in view.records)]
    if view.original_starts_on and view.original_ends_on:
        spans.append((view.original_starts_on, view.original_ends_on))
    return spans


def select_activities(
    views: Sequence[ActivityView],
    *,
    within: Span | None = None,
    areas: Collection[str] = (),
    sections: Collection[int] = (),
    owners: Collection[str] = (),
    words: str = "",
    statuses: Collection[Status] = (),
    former: Mapping[int, Span] | None = None,
) -> list[ActivityView]:
    """The activities that fit every filter, in their order; an empty filter lets all pass.

    ``within`` (inclusive) keeps what has anything to show on those days, ``former`` days by id (a baseline's) among them; ``words`` (any
    case) must all occur in the title, owner, audience or note.
    """
    once = former or {}
    wanted = words.casefold().split()

    def fits(view: ActivityView) -> bool:
        text = f"{view.title}\n{view.owner}\n{view.audience}\n{view.note}".casefold()
        return (
            (not areas or view.area in areas or view.area_2 in areas)
            and (not sections or view.section_id in sections)
            and (not owners or view.owner in owners)
            and (not statuses or view.status in statuses)
            and all(word in text for word in wanted)
            and (within is None or any(clip(span, within) for span in (*seen_spans(view), *filter(None, [once.get(view.id)]))))
        )

    return [view for view in views if fits(view)]


def count_statuses(views: Sequence[ActivityView]) -> dict[Status, int]:
    """How many activities there are of each status that occurs, in the order of ``Status``."""
    counts = Counter(view.status for view in views)
    return {status: counts[status] for status in Status if counts[status]}


def list_owners(views: Sequence[ActivityView]) -> list[str]:
    """Everybody who answers for an activity, those with most first."""
    return [owner for owner, _ in Counter(view.owner for view in views if view.owner).most_common()]


def group_activities(
    views: Sequence[ActivityView],
    *,
    by: Grouping,
    sections: Sequence[Section],
    within: Span,
    shares_of: Sequence[ActivityView] | None = None,
) -> list[Group]:
    """Activities under their sections (the plan's order) or areas (the official order); groups without any are left out.

    Inside a group the order is: what starts first, duties last. Shares are counted over ``shares_of`` (default: ``views``), so that a
    choice of status does not make every group look undone; ``within`` (inclusive) gives their months.
    """
    if by is Grouping.SECTION:
        headings = {str(row.id): row.title for row in sections}
        return _groups(views, shares_of or views, headings, lambda view: str(view.section_id or ""), within)
    return _groups(views, shares_of or views, dict.fromkeys(work_areas(), ""), lambda view: view.area, within)


def _groups(
    views: Sequence[ActivityView],
    shares_of: Sequence[ActivityView],
    headings: dict[str, str],
    key_of: Callable[[ActivityView], str],
    within: Span,
) -> list[Group]:
    members: dict[str, list[ActivityView]] = {key: [] for key in headings}
    for view in views:
        members.setdefault(key_of(view), []).append(view)
    counted: dict[str, list[ActivityView]] = {key: [] for key in members}
    for view in filter(is_counted, shares_of):
        counted.setdefault(key_of(view), []).append(view)
    return [_group(key, headings.get(key, ""), found, counted[key], within) for key, found in members.items() if found]


def _group(key: str, heading: str, views: list[ActivityView], counted: list[ActivityView], within: Span) -> Group:
    ordered = sorted(views, key=lambda view: (view.duty is not DutyKind.ONE_OFF, view.starts_on, view.ends_on, view.position))
    months = []
    for index in range(month_index(within[0]), month_index(within[1]) + 1):
        of_month = [view.status for view in counted if month_index(view.ends_on) == index]
        months.append(MonthShare(month_span(index)[0], len(of_month), of_month.count(Status.DONE), of_month.count(Status.LATE)))
    done = sum(view.status is Status.DONE for view in counted)
    return Group(key, heading, tuple(ordered), done, len(counted), tuple(months))
