"""What the records say of a period up to a day: everything a summary may be written from.

Names of people who were visited are taken out of every text before anything is written with it. Source: domain notes D2.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, or_, select

from unionboard.drafting.names import hide_names, read_names
from unionboard.drafting.records import (
    BookRecord,
    CareRecord,
    HandoutRecord,
    PromiseRecord,
    SectionRecord,
    UnionRecord,
    VisitRecord,
    YearRecords,
)
from unionboard.errors.plans import NoPlanYet
from unionboard.models import CareVisit, Decision, DecisionKind, Meeting, Plan, SummarySpan
from unionboard.services import care, plans, unions
from unionboard.services.handouts import list_handouts
from unionboard.services.summary_spans import Days, days_of, plan_before, year_earlier
from unionboard.services.year_activities import Cover, gather_activities, list_plans_within
from unionboard.services.year_books import gather_book

FEWEST_VISITS = 3
"""An occasion with fewer visits is not named."""


def gather_records(session: Session, plan_id: int, *, as_of: date, language: str, span: SummarySpan = SummarySpan.PLAN) -> YearRecords:
    """Everything the draft of a plan may say of ``span`` on ``as_of`` (inclusive). The number of queries grows with nothing but the plans
    that touch the span. Raises: NoPlanYet."""
    plan = _load_plan(session, plan_id)
    return _gather(session, plan, days_of(plan, span), span=span, as_of=as_of, language=language)


def gather_before(
    session: Session, plan_id: int, *, as_of: date, language: str, span: SummarySpan = SummarySpan.PLAN
) -> YearRecords | None:
    """The same of the period a year earlier: the whole of it at the year's end, else up to the same day of it. None: no plan was kept then.

    Raises: NoPlanYet.
    """
    plan = _load_plan(session, plan_id)
    earlier = plan_before(session, plan)
    if earlier is None:
        return None
    days = days_of(plan, span)
    then = (
        days_of(earlier, span)
        if span is SummarySpan.PLAN
        else replace(days, year=days.year - 1, first=year_earlier(days.first), last=year_earlier(days.last))
    )
    is_end = YearRecords("", days.year, days.first, days.last, as_of, plan_id).is_year_end
    return _gather(session, earlier, then, span=span, as_of=then.last if is_end else year_earlier(as_of), language=language)


def private_names(session: Session) -> tuple[str, ...]:
    """Names of people who were visited, longest first; never shown, only looked for."""
    names = {name for told in session.exec(select(CareVisit.recipient).where(col(CareVisit.recipient) != "")) for name in read_names(told)}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _load_plan(session: Session, plan_id: int) -> Plan:
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise NoPlanYet
    return plan


def _gather(session: Session, plan: Plan, days: Days, *, span: SummarySpan, as_of: date, language: str) -> YearRecords:
    union, touching = unions.find_union(session), list_plans_within(session, plan, days, span)
    names, stand_in = private_names(session), "a member" if language == "en" else "某会员"

    def cover(text: str) -> str:
        return hide_names(text, names, stand_in)

    sections = tuple(
        SectionRecord(row.id or 0, row.heading, row.area)
        for row in plans.list_sections(session, plan.id or 0)
        if row.heading.strip()  # a block whose heading the plan lost is told by its areas
    )
    visits, book = _gather_care(session, days, as_of, language, cover), gather_book(session, days, as_of=as_of, language=language)
    if visits.is_few:
        book = replace(book, has_private_item=_has_private_item(session, book))
    return YearRecords(
        union_name=union.name if union else "",
        higher_union=union.higher_union if union else "",
        centre=union.centre if union else "",
        year=days.year,
        period_kind=days.kind.value,
        is_plans_span=span is SummarySpan.PLAN,
        starts_on=days.first,
        ends_on=days.last,
        as_of=as_of,
        plan_id=plan.id or 0,
        sections=sections,
        activities=gather_activities(session, touching, days, span=span, as_of=as_of, sections=sections, entries=book.entries, cover=cover),
        money=book,
        care=visits,
        union=_gather_union(session, touching, days, as_of),
        promises=_gather_promises(session, touching, as_of, cover),
    )


def _gather_care(session: Session, days: Days, as_of: date, language: str, cover: Cover) -> CareRecord:
    first, last = days.first, days.until(as_of)
    counts = care.count_visits(session, first=first, last=last)
    is_few = any(count.amount_fen is None for count in counts)  # a sum is kept back only where there are too few cases in all
    order = [count.kind for count in counts]
    visits = sorted(
        care.list_visits(session, first=first, last=last), key=lambda visit: (order.index(visit.kind), visit.visited_on, visit.id)
    )
    return CareRecord(
        names={count.kind: count.en if language == "en" else count.zh for count in counts},
        cases=() if is_few else tuple(VisitRecord(visit.id, visit.kind, visit.people, visit.amount_fen) for visit in visits),
        is_few=is_few,
        tells_sums=frozenset(count.kind for count in counts if count.amount_fen is not None),
        tells_kinds=frozenset(count.kind for count in counts if count.visits >= FEWEST_VISITS or count.kind == care.OTHER_KIND),
        handouts=tuple(
            HandoutRecord(row.id, cover(row.title), row.festival, row.handed_on, row.heads, row.unit_fen)
            for row in reversed(list_handouts(session, first=first, last=last))
        ),
    )


def _has_private_item(session: Session, book: BookRecord) -> bool:
    """Whether an item of spending paid for visits and for nothing else."""
    paid = set(session.exec(select(CareVisit.fund_entry_id).where(col(CareVisit.fund_entry_id).is_not(None))))
    spending = [entry for entry in book.entries if entry.direction == "out"]
    return bool({entry.item for entry in spending} - {entry.item for entry in spending if entry.id not in paid})


def _gather_union(session: Session, touching: Sequence[Plan], days: Days, as_of: date) -> UnionRecord:
    union = unions.find_union(session)
    meetings = select(Meeting.id).where(
        col(Meeting.plan_id).in_([plan.id for plan in touching]),
        col(Meeting.ended_at_utc).is_not(None),
        col(Meeting.held_on).between(days.first, days.until(as_of)),
    )
    found = tuple(id_ or 0 for id_ in session.exec(meetings.order_by(col(Meeting.held_on), col(Meeting.id))))
    committee = tuple(member.id or 0 for member in unions.list_members(session))
    if union is None:
        return UnionRecord(committee_ids=committee, meeting_ids=found)
    return UnionRecord(
        id=union.id or 0,
        members=union.member_count,
        women=union.women_count,
        staff=union.staff_count,
        delegates=union.delegate_count,
        groups=union.group_count,
        party_body=union.party_body,
        committee_ids=committee,
        meeting_ids=found,
    )


def _gather_promises(session: Session, touching: Sequence[Plan], as_of: date, cover: Cover) -> tuple[PromiseRecord, ...]:
    """What closed meetings left somebody to do and was not settled by ``as_of``."""
    query = (
        select(Decision)
        .join(Meeting, col(Meeting.id) == Decision.meeting_id)
        .where(
            Decision.kind == DecisionKind.FOLLOW_UP,
            col(Decision.taken_back_at_utc).is_(None),
            or_(col(Decision.settled_on).is_(None), col(Decision.settled_on) > as_of),
            col(Meeting.plan_id).in_([plan.id for plan in touching]),
            col(Meeting.ended_at_utc).is_not(None),
            Meeting.held_on <= as_of,
        )
    )
    rows = sorted(session.exec(query), key=lambda row: (row.due_on or date.max, row.id or 0))
    return tuple(PromiseRecord(row.id or 0, cover(row.text), row.due_on) for row in rows)
