"""The activities a summary tells of, out of every plan that touches its days, with what was done, planned, spent and shown of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from unionboard.drafting.figures import Source
from unionboard.drafting.records import ActivityRecord, Deed, EntryRecord, SectionRecord, TargetRecord, TurnRecord
from unionboard.models import Activity, CheckOff, DatePrecision, Evidence, Measure, Plan, Section, SummarySpan
from unionboard.services.activities import ActivityView, OccurrenceStatus, Record, list_activities
from unionboard.services.summary_spans import Days

Cover = Callable[[str], str]
"""Takes private names out of a text."""


def list_plans_within(session: Session, plan: Plan, days: Days, span: SummarySpan) -> list[Plan]:
    """``plan`` first; for a span that is not the plan's own, every other plan that touches ``days`` too, the earliest first."""
    if span is SummarySpan.PLAN:
        return [plan]
    query = select(Plan).where(Plan.union_id == plan.union_id, Plan.starts_on <= days.last, Plan.ends_on >= days.first)
    others = session.exec(query.where(Plan.id != plan.id).order_by(col(Plan.starts_on), col(Plan.id)))
    return [plan, *others]


def gather_activities(
    session: Session,
    plans: Sequence[Plan],
    days: Days,
    *,
    span: SummarySpan,
    as_of: date,
    sections: Sequence[SectionRecord],
    entries: Iterable[EntryRecord],
    cover: Cover,
) -> tuple[ActivityRecord, ...]:
    """Activities of ``plans`` as they stood on ``as_of`` (inclusive), in the plans' order, nothing typed names anybody who was visited.

    Of the plan's own span all are there. Of another, those that were held or planned to end within ``days``; deeds and turns outside
    them are left out, and a duty that stands in two plans under one title is told once. The number of queries grows with the plans alone.
    """
    ids = [plan.id or 0 for plan in plans]
    papers, targets, booked = _find_papers(session, ids), _find_targets(session, ids), _by_activity(entries)
    headings = {section.heading.strip(): section.id for section in sections}
    gathered: list[ActivityRecord] = []
    for plan_id in ids:
        for view in list_activities(session, plan_id, today=as_of, as_decided_then=True):
            within = None if span is SummarySpan.PLAN else days
            if within is not None and not _belongs(view, within):
                continue
            record = _record(view, papers, targets.get(view.id, ()), booked.get(view.id, ()), cover, within)
            if plan_id != ids[0]:
                record = replace(record, section_id=headings.get(view.section_heading.strip()))
            gathered.append(record)
    return _merge_duties(gathered)


def _belongs(view: ActivityView, days: Days) -> bool:
    if view.duty.value != "one_off":
        return view.starts_on <= days.last and view.ends_on >= days.first
    day = view.record.done_on if view.record else view.ends_on
    return days.first <= day <= days.last


def _record(
    view: ActivityView,
    papers: Mapping[int, Sequence[int]],
    targets: Sequence[TargetRecord],
    entries: Sequence[EntryRecord],
    cover: Cover,
    within: Days | None,
) -> ActivityRecord:
    deeds = [record for record in view.records if within is None or within.first <= record.done_on <= within.last]
    turns = [turn for turn in view.occurrences if within is None or within.first <= turn.due_to <= within.last]
    return ActivityRecord(
        id=view.id,
        title=cover(view.title),
        area=view.area,
        area_2=view.area_2,
        section_id=view.section_id,
        duty=view.duty.value,
        frequency=view.frequency,
        status=view.status.value,
        reason=cover(view.state_reason),
        starts_on=view.starts_on,
        ends_on=view.ends_on,
        planned_people=view.planned_people,
        planned_budget_fen=view.planned_budget_fen,
        deeds=tuple(_deed(record, papers.get(record.id, ()), cover) for record in deeds),
        turns=tuple(TurnRecord(turn.id, turn.due_from, turn.due_to, turn.status is OccurrenceStatus.MISSED) for turn in turns),
        entries=tuple(entries),
        targets=tuple(replace(target, phrase=cover(target.phrase)) for target in targets),
        relation=view.relation.value,
        is_dated=view.precision is not DatePrecision.PERIOD,
        carried_over=view.carried_over,
    )


def _deed(record: Record, evidence_ids: Sequence[int], cover: Cover) -> Deed:
    return Deed(
        id=record.id,
        done_on=record.done_on,
        done_to=record.done_to,
        participants=record.participants,
        eligible=record.eligible,
        person_times=record.person_times,
        result=cover(record.result),
        award=cover(record.award),
        award_level=record.award_level,
        figures={code: int(value) for code, value in record.figures.items() if isinstance(value, int | float)},
        agenda=tuple(cover(item) for item in record.agenda.splitlines()),
        remaining=cover(record.remaining),
        evidence_ids=tuple(evidence_ids),
    )


def _merge_duties(records: Sequence[ActivityRecord]) -> tuple[ActivityRecord, ...]:
    """Duties of one title become one, the first plan's, with the deeds and turns of all; everything else stays as it is."""
    merged: dict[object, ActivityRecord] = {}
    for record in records:
        key: object = record.id if record.is_one_off else record.title.strip()
        first = merged.get(key)
        if first is None:
            merged[key] = record
            continue
        merged[key] = replace(
            first,
            deeds=tuple(sorted((*first.deeds, *record.deeds), key=lambda deed: (deed.done_on, deed.id))),
            turns=tuple(sorted((*first.turns, *record.turns), key=lambda turn: (turn.due_from, turn.id))),
            entries=(*first.entries, *record.entries),
        )
    return tuple(merged.values())


def _find_papers(session: Session, plan_ids: Sequence[int]) -> dict[int, list[int]]:
    """Papers that are not removed, by check-off."""
    query = (
        select(Evidence.check_off_id, Evidence.id)
        .join(CheckOff, col(CheckOff.id) == Evidence.check_off_id)
        .join(Activity, col(Activity.id) == CheckOff.activity_id)
        .where(col(Activity.plan_id).in_(plan_ids), col(Evidence.removed_at_utc).is_(None))
        .order_by(col(Evidence.id))
    )
    papers: dict[int, list[int]] = defaultdict(list)
    for check_off_id, id_ in session.exec(query):
        papers[check_off_id].append(id_ or 0)
    return papers


def _find_targets(session: Session, plan_ids: Sequence[int]) -> dict[int, list[TargetRecord]]:
    """By activity: its own targets, and those of its measure where no other activity stands for the same."""
    rows = select(Activity.id, Activity.measure_id, Activity.targets).where(col(Activity.plan_id).in_(plan_ids))
    told = session.exec(rows.where(col(Activity.removed).is_(False))).all()
    of_measures = select(Measure.id, Measure.targets).join(Section, col(Section.id) == Measure.section_id)
    measures = dict(session.exec(of_measures.where(col(Section.plan_id).in_(plan_ids))).all())
    alone = Counter(measure_id for _id, measure_id, _targets in told)
    targets: dict[int, list[TargetRecord]] = {}
    for id_, measure_id, own in told:
        found = [_target(one, Source("activity", id_ or 0)) for one in own]
        if measure_id in measures and alone[measure_id] == 1:
            phrases = {target.phrase for target in found}
            more = (_target(one, Source("measure", measure_id or 0)) for one in measures[measure_id])
            found += [target for target in more if target.phrase not in phrases]
        targets[id_ or 0] = found
    return targets


def _target(told: Mapping[str, Any], source: Source) -> TargetRecord:
    return TargetRecord(told["op"], told["low"], told["high"], told["unit"], told.get("phrase", ""), source, told.get("per", ""))


def _by_activity(entries: Iterable[EntryRecord]) -> dict[int, list[EntryRecord]]:
    booked: dict[int, list[EntryRecord]] = defaultdict(list)
    for entry in entries:
        if entry.activity_id is not None:
            booked[entry.activity_id].append(entry)
    return booked
