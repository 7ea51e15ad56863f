"""The whole tree of a period's facts."""

from dataclasses import replace

from unionboard.drafting.facts import ComparedFacts, Period, PlanFacts, YearFacts
from unionboard.drafting.figures import Source
from unionboard.drafting.finding.ahead import find_ahead
from unionboard.drafting.finding.basics import find_basics
from unionboard.drafting.finding.care import find_care
from unionboard.drafting.finding.deeds import sum_attended
from unionboard.drafting.finding.honours import find_honours
from unionboard.drafting.finding.money import find_money
from unionboard.drafting.finding.problems import find_problems
from unionboard.drafting.finding.progress import count_done, count_status
from unionboard.drafting.finding.sections import deeds_by_kind, find_sections, plan_chapters
from unionboard.drafting.finding.texts import quote
from unionboard.drafting.records import YearRecords

_OPEN = frozenset({"coming", "under_way"})


def find_facts(records: YearRecords, *, before: YearRecords | None = None) -> YearFacts:
    """Everything that may be said of ``records``; ``before``: those of the period before, up to the same day of it."""
    records = _close(records) if records.is_over else records
    chapters = plan_chapters(records)
    sections = find_sections(records, chapters, deeds_by_kind(before))
    union = records.union.source
    money = find_money(records.money, before.money if before else None, union=union)
    return YearFacts(
        union_name=quote(records.union_name, "union.name", union),
        higher_union=quote(records.higher_union, "union.higher_union", union),
        party_body=quote(records.union.party_body, "union.party_body", union),
        centre=quote(records.centre, "union.centre", union),
        plan_source=Source("plan", records.plan_id),
        period=_period(records),
        plan=_plan(records, before),
        basics=find_basics(records),
        sections=sections,
        care=find_care(records.care, before.care if before else None, union=union),
        care_in_money=bool(records.care.cases) and not any(section.tells_care for section in sections),
        money=money,
        honours=find_honours(records),
        problems=find_problems(records, sections, money, before),
        ahead=find_ahead(records, chapters),
    )


def _close(records: YearRecords) -> YearRecords:
    """On the last day nothing is still to come: what was not held is late."""
    activities = (replace(one, status="late") if one.is_one_off and one.status in _OPEN else one for one in records.activities)
    return replace(records, activities=tuple(activities))


def _period(records: YearRecords) -> Period:
    return Period(
        kind=records.period_kind,
        year=records.year,
        starts_on=records.starts_on,
        ends_on=records.ends_on,
        as_of=records.as_of,
        is_year_end=records.is_year_end,
        is_over=records.is_over,
        is_plans=records.is_plans_span,
    )


def _plan(records: YearRecords, before: YearRecords | None) -> PlanFacts:
    activities = records.activities
    done, then = count_done(activities), count_done(before.activities) if before else None
    attended, _counted = sum_attended([deed for activity in activities for deed in activity.deeds])
    return PlanFacts(
        planned=count_status(activities),
        done=done,
        partly=count_done(activities, "partly"),
        under_way=count_status(activities, "under_way"),
        waiting=count_status(activities, "coming", "postponed"),
        late=count_status(activities, "late"),
        cancelled=count_status(activities, "cancelled"),
        attended=attended,
        last_year=ComparedFacts(done, then) if then and then.number and done.number else None,
    )
