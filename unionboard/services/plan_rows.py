"""The rows of a plan about to be adopted: what was read, as a list that people can correct."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from unionboard.models import DutyKind
from unionboard.reading.draft import (
    ActivityDraft,
    Doubt,
    FestivalTime,
    Frequency,
    MeasureDraft,
    Period,
    PlanDraft,
    ScheduleEntry,
    SectionRole,
    Target,
)
from unionboard.reference.relations import Relation
from unionboard.services.duties import duty_kind
from unionboard.services.periods import Placement, Span, place

OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One activity to adopt, as read or as people corrected it. ``section`` is an index into the draft's sections, ``measure`` one into all
    its measures counted through, both 0-based. Days are (month, day): the year comes from the plan. Money is fen.

    ``third`` (1–3) narrows one month, ``festival`` says when by a festival whose day the plan's year decides; ``doubts`` are what a person
    should look at, ``area_share`` (0–1) how sure the area is. ``origin``: the row's place (0-based) in ``list_rows`` of its draft, whatever
    became of it since; None for a row people added.
    """

    title: str
    section: int | None = None
    months: tuple[int, ...] = ()
    half_year: int | None = None
    day_from: tuple[int, int] | None = None
    day_to: tuple[int, int] | None = None
    duty: DutyKind = DutyKind.ONE_OFF
    frequency: Frequency | None = None
    area: str | None = None
    area_2: str | None = None
    owner: str = ""
    audience: str = ""
    planned_people: int | None = None
    planned_budget_fen: int | None = None
    note: str = ""
    line: int = 0
    measure: int | None = None
    third: int | None = None
    festival: FestivalTime | None = None
    relation: Relation = Relation.LEAD
    targets: tuple[Target, ...] = ()
    area_share: float = 1.0
    doubts: tuple[Doubt, ...] = ()
    origin: int | None = field(default=None, compare=False)


def list_rows(draft: PlanDraft) -> list[PlanRow]:
    """What adopting ``draft`` as it was read would make, in the order of the text: scheduled activities, and measures with a frequency.

    An activity read without a section is proposed for the one whose area fits best.
    """
    measures = list_measure_drafts(draft)
    scheduled = [_scheduled_row(item, entry, measures) for entry in draft.schedule for item in entry.items]
    dated = {row.measure for row in scheduled}
    standing = [
        row_of_measure(draft, number)
        for number, (section, measure) in enumerate(measures)
        if measure.frequency
        and draft.sections[section].role is SectionRole.WORK
        and not (number in dated and measure.frequency.period is Period.YEAR)  # the year's one time already has its month
    ]
    rows = sorted(scheduled + standing, key=lambda row: row.line)
    areas = find_areas(draft, rows)
    housed = [row if row.section in areas else replace(row, section=_best_section(row, draft, areas)) for row in rows]
    return [replace(row, origin=number) for number, row in enumerate(housed)]


def placement_of(row: PlanRow, within: Span) -> Placement:
    """The very days on which adopting ``row`` puts it in a plan of the period ``within``; a duty has the whole period, for its turns."""
    if row.duty is not DutyKind.ONE_OFF:
        return place(within)
    return place(
        within,
        months=row.months,
        half_year=row.half_year,
        day_from=row.day_from,
        day_to=row.day_to,
        third=row.third,
        festival=row.festival,
    )


def as_read(row: PlanRow, draft: PlanDraft) -> dict[str, Any]:
    """What the document says of ``row``, as plain JSON: the third side when a corrected document meets what people changed since."""
    return {
        "title": row.title,
        "months": list(row.months),
        "half_year": row.half_year,
        "day_from": list(row.day_from) if row.day_from else None,
        "day_to": list(row.day_to) if row.day_to else None,
        "third": row.third,
        "festival": asdict(row.festival) if row.festival else None,
        "duty": row.duty.value,
        "frequency": row.frequency.phrase if row.frequency else "",
        "section": "" if row.section is None else draft.sections[row.section].heading,
        "area": row.area,
        "owner": row.owner,
        "audience": row.audience,
        "people": row.planned_people,
        "budget_fen": row.planned_budget_fen,
        "note": row.note,
        "relation": row.relation.value,
        "targets": list_targets(row.targets),
    }


def list_targets(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """Targets as plain JSON, the way they are stored."""
    return [{**asdict(target), "op": target.op.value} for target in targets]


def find_areas(draft: PlanDraft, rows: Sequence[PlanRow]) -> dict[int, str]:
    """The area of each work section by its index: its own, else the one most of its measures and rows have."""
    areas = {}
    for number, section in enumerate(draft.sections):
        if section.role is SectionRole.WORK:
            below = [*(measure.area for measure in section.measures), *(row.area for row in rows if row.section == number)]
            named = Counter(area for area in below if area and area != OTHER)
            areas[number] = section.area or (named.most_common(1)[0][0] if named else OTHER)
    return areas


def _best_section(row: PlanRow, draft: PlanDraft, areas: dict[int, str]) -> int | None:
    """The section that speaks of the row's area: its own area first, then how many of its measures do; None when none does."""
    if not row.area or row.area == OTHER:
        return None
    fits = {number: (area == row.area, sum(m.area == row.area for m in draft.sections[number].measures)) for number, area in areas.items()}
    best = max(fits, key=lambda number: fits[number], default=None)
    return best if best is not None and any(fits[best]) else None


def row_of_measure(draft: PlanDraft, number: int) -> PlanRow:
    """Measure ``number`` (0-based, counted through) as an activity: a duty when it has a frequency, else once in the period."""
    section, measure = list_measure_drafts(draft)[number]
    return PlanRow(
        title=_duty_title(measure),
        section=section,
        duty=duty_kind(measure.frequency) if measure.frequency else DutyKind.ONE_OFF,
        frequency=measure.frequency,
        area=measure.area,
        area_2=measure.area_2,
        line=measure.line,
        measure=number,
    )


def list_measure_drafts(draft: PlanDraft) -> list[tuple[int, MeasureDraft]]:
    """All measures of the draft in order, each with the index of its section."""
    return [(number, measure) for number, section in enumerate(draft.sections) for measure in section.measures]


def _scheduled_row(item: ActivityDraft, entry: ScheduleEntry, measures: Sequence[tuple[int, MeasureDraft]]) -> PlanRow:
    dated = item.starts_on is not None  # the plan's year counts, not the one the text happens to name
    behind = [number for number, (section, measure) in enumerate(measures) if measure.line == item.line and section == item.section]
    return PlanRow(
        title=item.title,
        section=item.section,
        months=entry.months,
        half_year=entry.half_year,
        day_from=(item.starts_on.month, item.starts_on.day) if item.starts_on else item.day_from,
        day_to=((item.ends_on.month, item.ends_on.day) if item.ends_on else None) if dated else item.day_to,
        area=item.area,
        area_2=item.area_2,
        owner=item.owner,
        audience=item.audience,
        planned_budget_fen=item.budget_fen,
        note=item.note,
        line=item.line,
        measure=next((number for number in behind if item.title in measures[number][1].text), None),
    )


def _duty_title(measure: MeasureDraft) -> str:
    """The sentence that names the frequency, or of a long one the clauses from there on; the whole text stays with the measure."""
    sentences = [part.strip() for part in re.split(r"[。；;!！\n]", measure.text) if part.strip()]
    phrase = measure.frequency.phrase if measure.frequency else ""
    title = next((part for part in sentences if phrase and phrase in part), sentences[0] if sentences else measure.text.strip())
    if len(title) > 40:
        clauses = re.split(r"(?<=[，,])", title)
        first = next((n for n, clause in enumerate(clauses) if phrase and phrase in clause), 0)
        taken = clauses[first]
        for clause in clauses[first + 1 :]:
            if len(re.findall(r"[\u4e00-\u9fff]", taken)) >= len(phrase) + 8:  # hours and figures name nothing yet
                break
            taken += clause
        title = taken.strip("，, ")
    return title
