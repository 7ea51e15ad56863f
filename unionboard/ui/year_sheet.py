"""The year put into words for paper: the Excel Gantt and the printed pages say the same, in the reader's language. Draws nothing."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from sqlmodel import Session

from unionboard.models import DatePrecision, DutyKind, Plan, Section, UnionKind
from unionboard.reading.plan_time import write_time
from unionboard.reference import work_areas
from unionboard.reference.festivals import festivals_between
from unionboard.services import plans, unions
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status, list_activities
from unionboard.services.periods import Span, clip, month_index, month_span
from unionboard.services.plan_times import time_of_activity
from unionboard.services.timeline import Group, Grouping, Zoom, list_terms
from unionboard.services.timeline_choice import Listing, TimelineChoice, list_choice
from unionboard.ui.status import describe_status, status_word
from unionboard.ui.text import language, listed, long_date, month_name, named, t, tn, when
from unionboard.ui.timeline_period import name_period
from unionboard.ui.timeline_words import festival_name, term_name
from unionboard.writing.sheet import SheetMonth, SheetPart, SheetRow, SheetWords, Turn, YearSheet


def load_sheet(session: Session, plan: Plan, choice: TimelineChoice, *, today: date) -> YearSheet:
    """The sheet of what ``choice`` leaves of a plan, as the timeline shows it. Raises: ChoiceUnknown."""
    views = list_activities(session, plan.id or 0, today=today)
    sections = plans.list_sections(session, plan.id or 0)
    union = unions.find_union(session)
    kind = union.kind if union else UnionKind.SCHOOL
    listing = list_choice(choice, views, plan=plan, sections=sections, today=today)
    filters = tell_filters(choice, listing, plan, sections)
    return write_sheet(plan, union.name if union else "", listing, filters=filters, of=len(views), kind=kind, today=today)


def write_sheet(plan: Plan, union: str, listing: Listing, *, filters: Sequence[str], of: int, kind: UnionKind, today: date) -> YearSheet:
    """The sheet in the language spoken here. ``filters``: clauses in words, none when all is listed; ``of``: how many the plan has."""
    numbers = count(1)
    parts = tuple(
        SheetPart(
            _heading(group, listing.by), group.done, group.total, tuple(_row(view, next(numbers), today) for view in group.activities)
        )
        for group in listing.groups
    )
    within = listing.within
    marked = [found for found in festivals_between(*within) if found.festival.mark]
    return YearSheet(
        title=plan.title if not union or union in plan.title else f"{union} · {plan.title}",
        choice=tell_choice(filters, sum(len(part.rows) for part in parts), of),
        printed=t("Printed on {day}", day=long_date(today)),
        within=within,
        today=today,
        months=_months(within),
        festivals=tuple((found.day, festival_name(found.festival)) for found in marked),
        terms=tuple(_terms(within, kind)),
        parts=parts,
        words=_words(today, listing.by),
    )


def tell_filters(choice: TimelineChoice, listing: Listing, plan: Plan, sections: Sequence[Section]) -> list[str]:
    """Every filter of a choice as a clause: 第四季度, 负责人“何敏”, 逾期、延期."""
    clauses = [] if choice.zoom is Zoom.ALL else [name_period(listing.within, choice.zoom, plan)]
    clauses += [row.title for row in sections if row.id in choice.sections]
    clauses += [named(work_areas()[code]) for code in choice.areas]
    if choice.owner:
        clauses.append(t("owner “{name}”", name=choice.owner))
    if choice.words.strip():
        clauses.append(t("with “{words}”", words=choice.words.strip()))
    if choice.statuses:
        clauses.append(listed(status_word(status) for status in choice.statuses))
    return clauses


def tell_choice(filters: Sequence[str], shown: int, of: int) -> str:
    """What is on the paper and what is not, in one sentence."""
    if filters:
        return t("Only: {filters}; {n} of {all} activities.", filters=t("; ").join(filters), n=shown, all=of)
    if shown < of:
        return t("{n} of {all} activities.", n=shown, all=of)
    return tn("All of the plan: {n} activity.", "All of the plan: {n} activities.", of)


def _terms(within: Span, kind: UnionKind) -> Iterator[tuple[Span, str]]:
    for term in list_terms(within, kind=kind):
        if shown := clip((term.starts_on, term.ends_on), within):
            yield shown, term_name(term)


def _heading(group: Group, by: Grouping) -> str:
    if by is Grouping.AREA:
        return named(work_areas()[group.key])
    return group.heading or t("Under no section")


def _row(view: ActivityView, number: int, today: date) -> SheetRow:
    done = tuple((record.done_on, record.done_to or record.done_on) for record in view.records)
    if view.status is Status.UNDER_WAY and view.starts_on <= today:
        done = ((view.starts_on, today),)
    first, last = view.original_starts_on, view.original_ends_on
    return SheetRow(
        number=number,
        activity_id=view.id,
        title=view.title,
        owner=view.owner,
        when=_when(view),
        status=view.status,
        status_text=_status(view),
        people=view.planned_people if view.participants is None else view.participants,
        people_planned=view.participants is None,
        plan=(view.starts_on, view.ends_on),
        is_exact=view.precision is DatePrecision.DAY,
        done=() if view.duty is not DutyKind.ONE_OFF else done,
        first_plan=(first, last) if first and last else None,
        late_until=today if view.status is Status.LATE else None,
        is_duty=view.duty is not DutyKind.ONE_OFF,
        turns=tuple(_turns(view)),
    )


def _when(view: ActivityView) -> str:
    if view.duty is DutyKind.ONE_OFF:
        return when(view.starts_on, view.ends_on, view.precision)
    time = time_of_activity(view)
    if time.frequency is None and view.frequency:
        return view.frequency
    return write_time(time, is_standing=True, language=language())


def _status(view: ActivityView) -> str:
    if view.status is Status.POSTPONED:
        return t("Moved to {when}", when=when(view.starts_on, view.ends_on, view.precision))
    return describe_status(view)


def _turns(view: ActivityView) -> list[Turn]:
    if view.duty is DutyKind.ONE_OFF:
        return []
    if view.occurrences:
        return [Turn(turn.done_on or turn.due_to, turn.status) for turn in view.occurrences]
    return [Turn(record.done_on, OccurrenceStatus.DONE) for record in view.records]


def _months(within: Span) -> tuple[SheetMonth, ...]:
    indexes = range(month_index(within[0]), month_index(within[1]) + 1)
    is_one_year = within[0].year == within[1].year
    months = []
    for at, index in enumerate(indexes):
        span = clip(month_span(index), within) or within
        begins = not is_one_year and (at == 0 or span[0].month == 1)
        months.append(SheetMonth(span, _month_label(span[0], with_year=begins)))
    return tuple(months)


def _month_label(day: date, *, with_year: bool) -> str:
    name = month_name(day.month)
    if not with_year:
        return name
    return f"{name} {day.year}" if language() == "en" else f"{day.year}年{name}"


def _words(today: date, by: Grouping) -> SheetWords:
    return SheetWords(
        number=t("No."),
        part=t("Work area") if by is Grouping.AREA else t("Section"),
        title=t("Activity"),
        owner=t("Owner"),
        when=t("Planned"),
        status=t("How it stands"),
        people=t("People"),
        expected=t("expected"),
        today=t("Today {day}", day=today.day),
        continued=t("{heading} (continued)"),
        page=t("Page {page} of {pages}"),
        legend=t("Legend"),
        nothing=t("No activity fits this choice."),
        plan=t("Plan"),
        month_only=t("Month only"),
        actual=t("Actual"),
        short=t("1–2 days: planned, done"),
        short_planned=t("1–2 days, planned"),
        short_done=t("1–2 days, done"),
        partly=t("Partly done"),
        under_way=t("Under way"),
        late=t("Late"),
        postponed=t("Postponed"),
        cancelled=t("Cancelled"),
        turn_done=t("Turn done"),
        turn_due=t("Turn due now"),
        turn_coming=t("Turn to come"),
        turn_missed=t("Turn missed"),
        sheet=t("Gantt chart"),
    )


def name_file(plan: Plan) -> str:
    """What a file of the chart is called, without its ending: 2026年工会工作计划-甘特图."""
    return t("{year} union work plan - Gantt chart", year=plan.year)
