"""Plans: finding the one that is meant, adopting what was read, correcting what stands there."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, func, select

from unionboard.errors.activities import DatesReversed, NoSuchSection, TitleMissing
from unionboard.errors.plans import NoPlanForYear, NothingToAdopt, PlanExists, YearOutOfRange
from unionboard.models import Activity, DutyKind, Measure, PeriodKind, Plan, Section
from unionboard.models.changelog import ChangeAction
from unionboard.reading.draft import MeasureDraft, PlanDraft, SectionDraft, SectionRole
from unionboard.services import duties
from unionboard.services.changes import record_change, update_row
from unionboard.services.guard import require
from unionboard.services.periods import Span
from unionboard.services.permissions import Act
from unionboard.services.plan_rows import OTHER, PlanRow, as_read, find_areas, list_measure_drafts, list_rows, list_targets, placement_of
from unionboard.services.unions import ensure_union

FIRST_YEAR, LAST_YEAR = 2000, 2100
TITLE_LIMIT = 300


# --- finding ---------------------------------------------------------------------------------------------------------------


def list_plans(session: Session) -> list[Plan]:
    """All plans, newest period first."""
    return list(session.exec(select(Plan).order_by(col(Plan.starts_on).desc(), col(Plan.id).desc())))


def current_plan(session: Session, *, today: date) -> Plan | None:
    """The plan whose period holds ``today``, else the newest one, else None."""
    return choose_current(list_plans(session), today=today)


def choose_current(plans: Sequence[Plan], *, today: date) -> Plan | None:
    """The same of ``plans``, newest first."""
    running = [plan for plan in plans if plan.starts_on <= today <= plan.ends_on]
    return next(iter(running or plans), None)


def plan_of_year(session: Session, year: int) -> Plan:
    """The plan known by ``year``. Raises: NoPlanForYear."""
    plan = session.exec(select(Plan).where(Plan.year == year).order_by(col(Plan.starts_on))).first()
    if plan is None:
        raise NoPlanForYear(year=year)
    return plan


def list_sections(session: Session, plan_id: int) -> list[Section]:
    """The plan's sections in their order."""
    return list(session.exec(select(Section).where(Section.plan_id == plan_id).order_by(col(Section.position))))


def list_measures(session: Session, plan_id: int) -> list[Measure]:
    """The plan's measures, section by section, in their order."""
    query = select(Measure).join(Section, col(Section.id) == Measure.section_id).where(Section.plan_id == plan_id)
    return list(session.exec(query.order_by(col(Section.position), col(Measure.position))))


def list_removed(session: Session, plan_id: int) -> list[Activity]:
    """Activities taken out of the plan; they can be put back."""
    query = select(Activity).where(Activity.plan_id == plan_id, col(Activity.removed).is_(True))
    return list(session.exec(query.order_by(col(Activity.position))))


# --- adopting --------------------------------------------------------------------------------------------------------------


def span_of_year(year: int, kind: PeriodKind) -> Span:
    """The usual period (inclusive) of a year's plan: the calendar year, the school year from September, or the spring term.

    Raises: YearOutOfRange.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(year=year)
    match kind:
        case PeriodKind.SCHOOL_YEAR:
            return date(year, 9, 1), date(year + 1, 8, 31)
        case PeriodKind.TERM:
            return date(year, 2, 1), date(year, 7, 31)
    return date(year, 1, 1), date(year, 12, 31)


def adopt_draft(
    session: Session,
    draft: PlanDraft,
    *,
    year: int,
    period_kind: PeriodKind,
    starts_on: date,
    ends_on: date,
    title: str = "",
    rows: Sequence[PlanRow] | None = None,
    source_name: str = "",
    source_text: str = "",
    union_name: str = "",
    who: str,
    now_utc: datetime,
) -> Plan:
    """Make ``draft`` the plan of ``year``, whose period is ``starts_on``–``ends_on`` (inclusive); without ``rows`` it is taken as read.

    Measures stay measures; one with a frequency is a duty beside (see ``list_rows``). Each activity keeps what the document said of it,
    the plan what was read and left out, so that a corrected document can be compared later.

    Raises: YearOutOfRange, DatesReversed, PlanExists, NothingToAdopt, TitleMissing.
    """
    require(session, Act.EDIT_PLAN)
    read = list_rows(draft)
    rows = read if rows is None else rows
    work = [number for number, section in enumerate(draft.sections) if section.role is SectionRole.WORK]
    if not rows and not work:
        raise NothingToAdopt
    for row in rows:
        if not row.title.strip():
            raise TitleMissing
    origins = _find_origins(rows, read)
    plan = create_plan(
        session,
        title=title.strip() or draft.title.strip(),
        year=year,
        period_kind=period_kind,
        within=(starts_on, ends_on),
        guiding=_guiding(draft),
        closing=draft.closing,
        source_name=source_name,
        source_text=source_text,
        left_out=[as_read(row, draft) for number, row in enumerate(read) if number not in origins.values()],
        union_name=union_name or draft.signed_by,
        who=who,
        now_utc=now_utc,
    )
    areas = find_areas(draft, rows)
    sections: dict[int, int] = {}  # index in the draft -> row id
    measures: dict[int, int] = {}
    for position, number in enumerate(work, start=1):
        section = store_section(session, plan, draft.sections[number], position=position, area=areas[number], who=who, now_utc=now_utc)
        sections[number] = section.id or 0
    for number, (section_number, measure) in enumerate(list_measure_drafts(draft)):
        if section_number in sections:
            default = areas[section_number]
            stored = store_measure(session, measure, sections[section_number], number, default=default, who=who, now_utc=now_utc)
            measures[number] = stored.id or 0
    for position, planned in enumerate(rows, start=1):
        home = planned.section if planned.section in sections else None
        origin = origins.get(position - 1)
        activity = Activity(
            plan_id=plan.id or 0,
            position=position,
            section_id=None if home is None else sections[home],
            measure_id=None if planned.measure is None else measures.get(planned.measure),
            as_read=None if origin is None else as_read(read[origin], draft),
            **values_of_row(planned, plan, default_area=OTHER if home is None else areas[home]),
        )
        store_new(session, activity, who=who, now_utc=now_utc)
        duties.add_turns(session, activity, turns_of_row(planned, (starts_on, ends_on)), who=who, now_utc=now_utc)
    return plan


def _find_origins(rows: Sequence[PlanRow], read: Sequence[PlanRow]) -> dict[int, int]:
    """For rows that were read, by position, which of ``read`` they come from, one to one: of one that was split the first part keeps it."""
    said = {(row.line, row.title): number for number, row in enumerate(read)}
    origins: dict[int, int] = {}
    for place, row in enumerate(rows):
        origin = row.origin if row.origin is not None else said.get((row.line, row.title))
        if origin is not None and origin not in origins.values():
            origins[place] = origin
    return origins


def start_empty_plan(
    session: Session,
    *,
    year: int,
    who: str,
    now_utc: datetime,
    title: str = "",
    kind: PeriodKind = PeriodKind.CALENDAR_YEAR,
    within: Span | None = None,
) -> Plan:
    """A plan of ``year`` with nothing in it yet, for the usual days of its ``kind`` unless others are given.

    Raises: YearOutOfRange, DatesReversed, PlanExists.
    """
    require(session, Act.EDIT_PLAN)
    within = within or span_of_year(year, kind)
    return create_plan(session, title=title, year=year, period_kind=kind, within=within, who=who, now_utc=now_utc)


def create_plan(
    session: Session,
    *,
    title: str,
    year: int,
    period_kind: PeriodKind,
    within: Span,
    who: str,
    now_utc: datetime,
    union_name: str = "",
    **texts: Any,
) -> Plan:
    """A plan of ``year`` for the period ``within`` (inclusive), and the union when there is none; ``texts``: further columns.

    Raises: YearOutOfRange, DatesReversed, PlanExists.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(year=year)
    if within[1] < within[0]:
        raise DatesReversed
    for other in session.exec(select(Plan).where(Plan.year == year)):
        both_terms = period_kind is PeriodKind.TERM and other.period_kind is PeriodKind.TERM
        if not both_terms or (other.starts_on <= within[1] and within[0] <= other.ends_on):
            raise PlanExists(year=year)
    union = ensure_union(session, name=union_name, who=who, now_utc=now_utc)
    plan = Plan(
        union_id=union.id or 0,
        title=(title.strip() or f"{year}年度工会工作计划")[:200],
        year=year,
        period_kind=period_kind,
        starts_on=within[0],
        ends_on=within[1],
        adopted_at_utc=now_utc,
        **texts,
    )
    store_new(session, plan, who=who, now_utc=now_utc)
    return plan


def store_new(session: Session, row: SQLModel, *, who: str, now_utc: datetime) -> None:
    """Store a new row and log it."""
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)


def _guiding(draft: PlanDraft) -> str:
    """The guiding text, with what stood as numbered aims below such a heading."""
    aims = [measure.text for section in draft.sections if section.role is SectionRole.GUIDING for measure in section.measures]
    return "\n".join(filter(None, [draft.guiding, *(aim for aim in aims if aim not in draft.guiding)]))


def store_section(session: Session, plan: Plan, draft: SectionDraft, *, position: int, area: str, who: str, now_utc: datetime) -> Section:
    """A section of ``plan`` as read."""
    row = Section(
        plan_id=plan.id or 0,
        position=position,
        printed_number=draft.printed_number[:16],
        heading=draft.heading[:TITLE_LIMIT],
        intro=draft.intro,
        area=area,
        as_read=draft.heading[:TITLE_LIMIT],
    )
    store_new(session, row, who=who, now_utc=now_utc)
    return row


def store_measure(
    session: Session, draft: MeasureDraft, section_id: int, position: int, *, default: str, who: str, now_utc: datetime
) -> Measure:
    """A measure as read, at ``position`` (0-based) of the whole plan."""
    row = Measure(
        section_id=section_id,
        position=position + 1,
        text=draft.text,
        area=draft.area or default,
        area_2=draft.area_2,
        frequency=draft.frequency.phrase[:120] if draft.frequency else "",
        owner=draft.owner[:80],
        relation=draft.relation,
        targets=list_targets(draft.targets),
        as_read=draft.text,
    )
    store_new(session, row, who=who, now_utc=now_utc)
    return row


def turns_of_row(row: PlanRow, within: Span) -> list[Span]:
    """The turns a row's duty has in the plan: [] unless it recurs, one (the whole plan) when it names no count."""
    if row.duty is not DutyKind.RECURRING:
        return []
    return (duties.plan_turns(row.frequency, starts_on=within[0], ends_on=within[1]) if row.frequency else []) or [within]


def values_of_row(row: PlanRow, plan: Plan, *, default_area: str) -> dict[str, Any]:
    """What ``row`` makes of an activity of ``plan``, by column: its time found in the plan's period, texts cut to what the columns hold."""
    placed = placement_of(row, (plan.starts_on, plan.ends_on))
    return {
        "title": row.title.strip()[:TITLE_LIMIT],
        "area": row.area or default_area,
        "area_2": row.area_2,
        "duty": row.duty,
        "precision": placed.precision,
        "starts_on": placed.starts_on,
        "ends_on": placed.ends_on,
        "owner": row.owner[:80],
        "audience": row.audience[:200],
        "planned_people": row.planned_people,
        "planned_budget_fen": row.planned_budget_fen,
        "frequency": row.frequency.phrase[:120] if row.frequency else "",
        "note": row.note,
        "relation": row.relation,
        "targets": list_targets(row.targets),
    }


# --- correcting ------------------------------------------------------------------------------------------------------------


def save_plan(session: Session, plan_id: int, *, version: int, who: str, now_utc: datetime, **values: Any) -> Plan:
    """Change title, guiding or closing of a plan. Raises: TitleMissing, StaleSave."""
    plan = session.exec(select(Plan).where(Plan.id == plan_id)).one()
    if "title" in values and not str(values["title"]).strip():
        raise TitleMissing
    update_row(session, plan, version=version, who=who, now_utc=now_utc, **values)
    return plan


def save_section(session: Session, section_id: int, *, version: int, who: str, now_utc: datetime, **values: Any) -> Section:
    """Change a section's heading, printed_number, intro or area; the heading is kept word for word. Raises: NoSuchSection, StaleSave."""
    section = session.exec(select(Section).where(Section.id == section_id)).first()
    if section is None:
        raise NoSuchSection(id=section_id)
    update_row(session, section, version=version, who=who, now_utc=now_utc, **values)
    return section


def add_section(
    session: Session, plan_id: int, *, heading: str, who: str, now_utc: datetime, area: str = OTHER, printed_number: str = ""
) -> Section:
    """A further section at the end of the plan. Raises: TitleMissing."""
    if not heading.strip():
        raise TitleMissing
    last = session.exec(select(func.coalesce(func.max(Section.position), 0)).where(Section.plan_id == plan_id)).one()
    section = Section(plan_id=plan_id, position=last + 1, heading=heading.strip(), area=area, printed_number=printed_number)
    store_new(session, section, who=who, now_utc=now_utc)
    return section
