"""What the records say of a plan's period up to a day: the facts the draft is written from.

Names of people who were visited are taken out of every text before anything is written with it. Source: domain notes D2.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from unionboard.drafting.records import ActivityRecord, BookRecord, CareRecord, Deed, SectionRecord, YearRecords
from unionboard.errors.plans import NoPlanYet
from unionboard.models import CareVisit, Direction, FundEntry, PeriodKind, Plan
from unionboard.services import care, plans, unions
from unionboard.services.activities import ActivityView, Record, list_activities
from unionboard.services.budget import sum_budget
from unionboard.services.fund_items import list_items
from unionboard.services.fund_years import balance_after, opening_of, signed_amount

FEWEST_VISITS = 3
"""With fewer visits in all not even their sum is told: it would be one person's."""


def gather_records(session: Session, plan_id: int, *, as_of: date, language: str) -> YearRecords:
    """Everything the draft of a plan may say on ``as_of`` (inclusive). Raises: NoPlanYet."""
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise NoPlanYet
    union = unions.find_union(session)
    names, stand_in = private_names(session), "a member" if language == "en" else "某会员"
    money, entries = _gather_money(session, plan, as_of, language)
    return YearRecords(
        union_name=union.name if union else "",
        higher_union=union.higher_union if union else "",
        centre=union.centre if union else "",
        year=plan.year,
        period_kind=plan.period_kind.value,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        as_of=as_of,
        plan_id=plan_id,
        sections=tuple(
            SectionRecord(row.id or 0, row.heading, row.area)
            for row in plans.list_sections(session, plan_id)
            if row.heading.strip()  # a block whose heading the plan lost is told by its areas
        ),
        activities=tuple(
            _without_names(_activity(view, entries.get(view.id, ())), names, stand_in)
            for view in list_activities(session, plan_id, today=as_of)
        ),
        money=money,
        care=_gather_care(session, plan, as_of, language),
    )


def private_names(session: Session) -> tuple[str, ...]:
    """Names of people who were visited, longest first; never shown, only looked for."""
    names = {name.strip() for name in session.exec(select(CareVisit.recipient).where(col(CareVisit.recipient) != ""))}
    return tuple(sorted((name for name in names if len(name) > 1), key=len, reverse=True))


def hide_names(text: str, names: tuple[str, ...], stand_in: str) -> str:
    """``text`` with every private name replaced."""
    for name in names:
        text = text.replace(name, stand_in)
    return text


def _without_names(activity: ActivityRecord, names: tuple[str, ...], stand_in: str) -> ActivityRecord:
    deeds = tuple(
        replace(deed, result=hide_names(deed.result, names, stand_in), award=hide_names(deed.award, names, stand_in))
        for deed in activity.deeds
    )
    title, reason = (hide_names(text, names, stand_in) for text in (activity.title, activity.reason))
    return replace(activity, title=title, reason=reason, deeds=deeds)


def _activity(view: ActivityView, entry_ids: tuple[int, ...]) -> ActivityRecord:
    return ActivityRecord(
        id=view.id,
        title=view.title,
        area=view.area,
        area_2=view.area_2,
        section_id=view.section_id,
        duty=view.duty.value,
        frequency=view.frequency,
        status=view.status.value,
        reason=view.state_reason,
        starts_on=view.starts_on,
        ends_on=view.ends_on,
        planned_people=view.planned_people,
        planned_budget_fen=view.planned_budget_fen,
        deeds=tuple(_deed(record) for record in view.records),
        turns_planned=len(view.occurrences),
        turns_missed=len(view.missed),
        spent_fen=view.spent_fen,
        entry_ids=entry_ids,
    )


def _deed(record: Record) -> Deed:
    return Deed(
        id=record.id,
        done_on=record.done_on,
        done_to=record.done_to,
        participants=record.participants,
        eligible=record.eligible,
        person_times=record.person_times,
        result=record.result,
        award=record.award,
        award_level=record.award_level,
        figures={code: int(value) for code, value in record.figures.items() if isinstance(value, int | float)},
        evidence_count=record.evidence_count,
        agenda=tuple(record.agenda.splitlines()),
        remaining=record.remaining,
    )


def _gather_money(session: Session, plan: Plan, as_of: date, language: str) -> tuple[BookRecord, dict[int, tuple[int, ...]]]:
    """The books over the plan's period, and the entries booked on each activity. Budgets count only where book and plan are one year."""
    last = min(as_of, plan.ends_on)
    sums: dict[Direction, dict[str, int]] = {side: defaultdict(int) for side in Direction}
    ids: list[int] = []
    on_activity: dict[int, tuple[int, ...]] = defaultdict(tuple)
    told: tuple[Any, ...] = (FundEntry.id, FundEntry.direction, FundEntry.item, FundEntry.activity_id, signed_amount())
    lines = select_columns(*told).where(col(FundEntry.booked_on).between(plan.starts_on, last))
    for id_, side, item, activity_id, amount_fen in session.execute(lines.order_by(col(FundEntry.booked_on), col(FundEntry.voucher))):
        sums[side][item] += amount_fen
        ids.append(id_)
        if activity_id is not None:
            on_activity[activity_id] += (id_,)
    year, items = plan.starts_on.year, list_items(session)
    budget = sum_budget(session, year, as_of=last) if plan.period_kind is PeriodKind.CALENDAR_YEAR and last >= plan.starts_on else {}
    money = BookRecord(
        opening_fen=_opening(session, plan) if last >= plan.starts_on else 0,
        income_fen=dict(sums[Direction.IN]),
        spending_fen=dict(sums[Direction.OUT]),
        budget_fen={code: fen for code, fen in budget.items() if items[code].direction == Direction.OUT},
        entry_ids=tuple(ids),
        names={code: item.en if language == "en" else item.zh for code, item in items.items()},
    )
    return money, on_activity


def _opening(session: Session, plan: Plan) -> int:
    first = plan.starts_on
    return opening_of(session, first.year) if (first.month, first.day) == (1, 1) else balance_after(session, first - timedelta(days=1))


def _gather_care(session: Session, plan: Plan, as_of: date, language: str) -> CareRecord:
    last = min(as_of, plan.ends_on)
    counts = care.count_visits(session, first=plan.starts_on, last=last)
    told = [count for count in counts if count.visits >= FEWEST_VISITS or count.kind == care.OTHER_KIND]
    sums = [count.amount_fen for count in counts if count.amount_fen is not None]
    return CareRecord(
        people={count.kind: count.people for count in told},
        amount_fen=sum(sums) if len(sums) == len(counts) else 0,
        visit_ids=tuple(visit.id for visit in care.list_visits(session, first=plan.starts_on, last=last)),
        names={count.kind: count.en if language == "en" else count.zh for count in told},
    )
