"""What the records complain of, the gravest first. Source: domain notes E4 «Problems», E5.7.

Figures of a problem as a whole, and of each of its complaints:

===========  =====================================  ===============================================
late …       how many activities (all four undone)  the planned day, where the plan named one
missed       —                                      turns planned, turns missed
target       —                                      what was reached; ``reason`` is the target
turnout      —                                      how many were due, how many came, the share
weak_area    —                                      duties without a record; or deeds now and before
over_plan    —                                      fen above the plan, the plan
over_item    —                                      fen above the budget
execution    spent, budget, the share               —
evidence     check-offs without papers              the same of one activity
articles     —                                      as target
===========  =====================================  ===============================================
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from unionboard.drafting.facts import Complaint, MoneyFacts, ProblemFacts, ProblemKind, QuotedText, SectionFacts, TargetFacts
from unionboard.drafting.figures import Figure, Rule, Unit, count, difference, rate
from unionboard.drafting.finding.deeds import sum_spent, title_of
from unionboard.drafting.finding.progress import count_done, count_status
from unionboard.drafting.finding.texts import quote
from unionboard.drafting.records import ActivityRecord, YearRecords

LOW_SHARE = 0.6
"""Attendance, or at the year's end spending, below this share of what was planned is a problem."""
FEWEST_BEFORE = 4
"""An area is compared with the year before when it had at least so many deeds then; half of them or fewer now is a problem."""
_UNDONE = (("late", ProblemKind.LATE), ("cancelled", ProblemKind.CANCELLED), ("postponed", ProblemKind.POSTPONED))


def find_problems(
    records: YearRecords, sections: Sequence[SectionFacts], money: MoneyFacts, before: YearRecords | None
) -> tuple[ProblemFacts, ...]:
    """All problems, each with at least one complaint or figure."""
    found = [
        *_undone(records),
        ProblemFacts(ProblemKind.MISSED, tuple(_missed(sections))),
        *_targets(sections),
        ProblemFacts(ProblemKind.TURNOUT, tuple(_thin(records))),
        ProblemFacts(ProblemKind.WEAK_AREA, (*_empty(records, sections), *(_weaker(records, sections, before) if before else ()))),
        ProblemFacts(ProblemKind.OVER_PLAN, tuple(_over_plan(records))),
        ProblemFacts(ProblemKind.OVER_ITEM, tuple(Complaint(item.name, (item.figure,)) for item in money.over)),
        *_execution(records, money),
        *_bare(records),
    ]
    order = list(ProblemKind)
    return tuple(sorted((one for one in found if one.complaints or one.figures), key=lambda one: order.index(one.kind)))


def _undone(records: YearRecords) -> Iterator[ProblemFacts]:
    for status, kind in _UNDONE:
        those = [one for one in records.one_offs if one.status == status]
        if those:
            yield ProblemFacts(kind, tuple(_undone_one(one) for one in those), (count_status(those, status),))
    partly = [one for one in records.one_offs if one.status == "partly"]
    if partly:
        yield ProblemFacts(ProblemKind.PARTLY, tuple(_undone_one(one) for one in partly), (count_done(partly, "partly"),))


def _undone_one(activity: ActivityRecord) -> Complaint:
    planned = Figure(activity.starts_on, Unit.DATE, Rule.FIELD, "activity.starts_on", (activity.source,)) if activity.starts_on else None
    return Complaint(
        title_of(activity),
        (planned,) if planned and activity.is_dated else (),
        quote(activity.reason, "activity.state_reason", activity.source) if activity.reason.strip() else None,
    )


def _missed(sections: Sequence[SectionFacts]) -> Iterator[Complaint]:
    for section in sections:
        for duty in section.duties:
            if duty.planned and duty.missed and duty.activity.status != "cancelled":
                yield Complaint(duty.title, (duty.planned, duty.missed))


def _targets(sections: Sequence[SectionFacts]) -> Iterator[ProblemFacts]:
    deeds = [target for section in sections for group in section.groups for deed in group.deeds for target in deed.targets]
    duties = [target for section in sections for duty in section.duties for target in duty.targets]
    missed = [target for target in (*deeds, *duties) if target.is_met is False]
    for kind, those in (
        (ProblemKind.TARGET, [target for target in missed if not _is_articles(target)]),
        (ProblemKind.ARTICLES, [target for target in missed if _is_articles(target)]),
    ):
        yield ProblemFacts(kind, tuple(Complaint(one.title, (one.reached,), one.phrase) for one in those if one.reached))


def _is_articles(target: TargetFacts) -> bool:
    return target.reached is not None and target.reached.unit is Unit.ARTICLE


def _thin(records: YearRecords) -> Iterator[Complaint]:
    """Events to which few of those meant came: the eligible where recorded, else the people planned. What is half done may gather more."""
    for activity in records.one_offs:
        for deed in activity.deeds if activity.status == "done" else ():
            due, field, source = deed.eligible, "check_off.eligible", deed.source
            if not due:
                due, field, source = activity.planned_people, "activity.planned_people", activity.source
            if due and deed.participants and deed.participants < LOW_SHARE * due:
                meant = Figure(due, Unit.PERSON, Rule.FIELD, field, (source,))
                came = Figure(deed.participants, Unit.PERSON, Rule.FIELD, "check_off.participants", (deed.source,))
                yield Complaint(title_of(activity), (meant, came, rate(came, meant)))


def _empty(records: YearRecords, sections: Sequence[SectionFacts]) -> Iterator[Complaint]:
    """Headings without a record, and without an activity or a missed turn of a duty, which would already tell why. Visits are a record
    too, where they may not be told as well."""
    for section in sections:
        has_visits = section.tells_care or (section.area == "CARE" and records.care.is_few)
        is_told = section.planned.number or any(duty.missed for duty in section.duties)
        if not section.has_record and not is_told and not has_visits:
            silent = count(Unit.ITEM, [duty.activity.source for duty in section.duties])
            yield Complaint(section.heading, (silent,), area=section.area)


def _weaker(records: YearRecords, sections: Sequence[SectionFacts], before: YearRecords) -> Iterator[Complaint]:
    """Areas in which at most half of what was done before is done now, at the period's end. It is the area that is counted, so no
    heading of the plan is named: others may stand under it, and some of it elsewhere."""
    if not records.is_year_end:
        return
    now, then = _count_by_area(records), _count_by_area(before)
    seen: set[str] = set()
    for section in sections:
        if section.area not in {*seen, "OTHER"} and section.has_record:
            seen.add(section.area)
            if then[section.area] >= FEWEST_BEFORE and 2 * now[section.area] <= then[section.area]:
                yield Complaint(QuotedText(""), (_deeds_of(records, section.area), _deeds_of(before, section.area)), area=section.area)


def _count_by_area(records: YearRecords) -> Counter[str]:
    return Counter(activity.area for activity in records.activities for _deed in activity.deeds)


def _deeds_of(records: YearRecords, area: str) -> Figure:
    return count(Unit.TIME, [deed.source for activity in records.activities if activity.area == area for deed in activity.deeds])


def _over_plan(records: YearRecords) -> Iterator[Complaint]:
    for activity in records.activities:
        spent = sum_spent(activity.entries)
        if spent and activity.planned_budget_fen and spent.number > activity.planned_budget_fen:
            plan = Figure(activity.planned_budget_fen, Unit.FEN, Rule.FIELD, "activity.planned_budget_fen", (activity.source,))
            yield Complaint(title_of(activity), (difference(Unit.FEN, spent, plan), plan))


def _execution(records: YearRecords, money: MoneyFacts) -> Iterator[ProblemFacts]:
    if records.is_year_end and money.budget and money.execution and money.spending.number < LOW_SHARE * money.budget.number:
        yield ProblemFacts(ProblemKind.EXECUTION, (), (money.spending, money.budget, money.execution))


def _bare(records: YearRecords) -> Iterator[ProblemFacts]:
    """Check-offs without a single paper."""
    bare = [(activity, [deed.source for deed in activity.deeds if not deed.evidence_ids]) for activity in records.activities]
    bare = [(activity, sources) for activity, sources in bare if sources]
    if bare:
        complaints = tuple(Complaint(title_of(activity), (count(Unit.TIME, sources),)) for activity, sources in bare)
        yield ProblemFacts(ProblemKind.EVIDENCE, complaints, (count(Unit.TIME, [one for _activity, sources in bare for one in sources]),))
