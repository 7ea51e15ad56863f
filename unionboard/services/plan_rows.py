"""The rows of a plan about to be adopted: what was read, as a list that people can correct."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
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
from unionboard.reading.festivals import find_festivals, is_on_the_day, name_only
from unionboard.reading.frequency import FoundFrequency, find_frequencies
from unionboard.reading.targets import find_targets
from unionboard.reference.festivals import festivals
from unionboard.reference.relations import Relation
from unionboard.services.duties import duty_kind
from unionboard.services.periods import Placement, Span, find_festival_span, place

OTHER = "OTHER"
LONG_TITLE = 60  # characters: above that a whole paragraph became one activity

_BY_FESTIVALS = (Period.YEAR, Period.ON_EVENT)  # 每年春节、中秋慰问; 每逢春节慰问
_BEFORE_SPRING = re.compile(r"慰问|走访|送温暖|看望|帮困|帮扶|迎|团拜|茶话")
_HOLE = re.compile(
    r"(?<![A-Za-z])[xX×]{2,}(?![A-Za-z])|[*＊]{2,}|_{2,}|＿+|“”|《》|〔〕|（\s*）|\(\s*\)|…{3,}|(?:—|–){4,}"
    r"|(?:培训|参加|慰问|救助|帮扶|发放|投入|资金|共计|累计|达)(?:人次|万元|万多元|余人|多人|余元|户次|场次)|第届|年月日"
)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One activity to adopt, as read or as people corrected it. ``section`` is an index into the draft's sections, ``measure`` one into all
    its measures counted through, both 0-based. Days are (month, day): the year comes from the plan. Money is fen.

    ``third`` (1–3) narrows one month, ``festival`` says when by a festival whose day the plan's year decides; ``doubts`` are what a person
    should look at, ``area_share`` (0–1) how sure the area is. ``origin``: the row's place (0-based) in ``list_rows`` of its draft, whatever
    became of it since; None for a row people added. ``is_housed``: the section is our proposal, the document names none.
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
    is_housed: bool = field(default=False, compare=False)


def list_rows(draft: PlanDraft, *, within: Span | None = None) -> list[PlanRow]:
    """What adopting ``draft`` as it was read would make, in the order of the text: scheduled activities, the duties of measures with a
    frequency, and one occasion for each festival a measure names, unless the schedule has it.

    An activity read without a section is proposed for the one whose area fits best. ``within``: the plan's period, so far as it is known;
    with it rows are doubted whose festival falls elsewhere.
    """
    measures = list_measure_drafts(draft)
    scheduled = [_scheduled_row(item, entry, measures) for entry in draft.schedule for item in entry.items]
    dated = {row.measure for row in scheduled}
    held = {festival.code for row in scheduled for festival in find_festivals(row.title)}
    standing = [
        row
        for number, (section, measure) in enumerate(measures)
        if draft.sections[section].role is SectionRole.WORK
        for row in _rows_of(number, section, measure)
        if not (number in dated and (row.festival or (row.frequency and row.frequency.period is Period.YEAR)))  # it has its month already
        and not (row.festival and row.festival.code in held)
    ]
    rows = sorted(scheduled + standing, key=lambda row: row.line)
    areas = find_areas(draft, rows)
    housed = [row if row.section in areas else replace(row, section=_best_section(row, draft, areas), is_housed=True) for row in rows]
    return [replace(row, doubts=find_doubts(row, within=within), origin=number) for number, row in enumerate(housed)]


def find_doubts(row: PlanRow, *, within: Span | None = None) -> tuple[Doubt, ...]:
    """Why a person should look at ``row`` as it stands; without the plan's period nothing is said of festivals. Source: trap 14."""
    has_time = row.months or row.half_year or row.day_from or row.festival
    found = {
        Doubt.NO_TIME: row.duty is DutyKind.ONE_OFF and not has_time,
        Doubt.EVERY_TWO_YEARS: row.frequency is not None and row.frequency.period is Period.TWO_YEARS and "今年" not in row.title,
        Doubt.HOLE: bool(_HOLE.search(row.title)),
        Doubt.FESTIVAL_ELSEWHERE: within is not None and _is_elsewhere(row, within),
        Doubt.LONG: len(row.title) > LONG_TITLE,
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def _is_elsewhere(row: PlanRow, within: Span) -> bool:
    """Whether the festival a row names falls in none of its months. A festival of the solar calendar may be kept in the month before it,
    the Spring Festival by visits and good wishes two months before: nobody means another day by that."""
    if row.festival is None or not row.months or row.day_from:
        return False
    named = place(within, months=row.months)
    day = FestivalTime(row.festival.code)
    if any(find_festival_span(time, (named.starts_on, named.ends_on)) for time in (row.festival, day)):
        return False
    festival = festivals()[row.festival.code]
    looks_ahead = festival.code == "SPRING_FESTIVAL" and _BEFORE_SPRING.search(row.title)
    days = 62 if looks_ahead else 31 if festival.calendar == "solar" else 0
    return not find_festival_span(day, (named.ends_on, named.ends_on + timedelta(days=days)))


def placement_of(row: PlanRow, within: Span) -> Placement:
    """The very days on which adopting ``row`` puts it in a plan of the period ``within``; a duty has the whole period, for its turns.

    A festival narrows a named month only for what is held on it: visits before it and a series around it keep the month.
    """
    if row.duty is not DutyKind.ONE_OFF:
        return place(within)
    decides = not (row.months or row.half_year) or is_on_the_day(row.title)
    return place(
        within,
        months=row.months,
        half_year=row.half_year,
        day_from=row.day_from,
        day_to=row.day_to,
        third=row.third,
        festival=row.festival if decides else None,
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


def rows_of_measure(draft: PlanDraft, number: int) -> list[PlanRow]:
    """What measure ``number`` (0-based, counted through) makes by itself: its duties, else an occasion for each festival it names; []
    when it says no time."""
    return _rows_of(number, *list_measure_drafts(draft)[number])


def row_of_measure(draft: PlanDraft, number: int) -> PlanRow:
    """Measure ``number`` as one activity, whatever it says: a duty when it has a frequency, else once in the period."""
    row = _whole_row(number, *list_measure_drafts(draft)[number])
    return replace(row, doubts=find_doubts(row))


def _rows_of(number: int, section: int, measure: MeasureDraft) -> list[PlanRow]:
    whole = _whole_row(number, section, measure)
    if measure.festivals and (measure.frequency is None or measure.frequency.period in _BY_FESTIVALS):
        return [_with_festival(whole, festival, text=measure.text) for festival in measure.festivals]
    found = find_frequencies(measure.text)
    if measure.frequency and len(found) > 1 and measure.frequency.phrase in measure.text:
        parts = zip(found, _split_duties(measure.text, found), strict=True)
        return [replace(_with_frequency(whole, duty.frequency, text=part), targets=find_targets(part)) for duty, part in parts]
    return [whole] if measure.frequency else []


def _whole_row(number: int, section: int, measure: MeasureDraft) -> PlanRow:
    row = PlanRow(
        title=_short_title(measure.text, bool),
        section=section,
        area=measure.area,
        area_2=measure.area_2,
        owner=measure.owner,
        audience=measure.audience,
        planned_budget_fen=measure.budget_fen,
        note=measure.note,
        line=measure.line,
        measure=number,
        relation=measure.relation,
        targets=measure.targets,
        area_share=measure.area_share,
    )
    return _with_frequency(row, measure.frequency, text=measure.text) if measure.frequency else row


def _with_frequency(row: PlanRow, frequency: Frequency, *, text: str) -> PlanRow:
    phrase = frequency.phrase
    title = _short_title(text, lambda words: bool(phrase) and phrase in words, lead=len(phrase))
    return replace(row, title=title, duty=duty_kind(frequency), frequency=frequency)


def _with_festival(row: PlanRow, festival: FestivalTime, *, text: str) -> PlanRow:
    title = _short_title(text, lambda words: any(found.code == festival.code for found in find_festivals(words)), lead=8)
    title = name_only(title, festival.code)
    return replace(row, title=title, duty=DutyKind.ONE_OFF, frequency=None, festival=festival, targets=find_targets(title))


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
        third=item.third,
        festival=item.festival,
        relation=item.relation,
        targets=item.targets,
        area_share=item.area_share,
        measure=next((number for number in behind if item.title in measures[number][1].text), None),
    )


def _split_duties(text: str, found: Sequence[FoundFrequency]) -> list[str]:
    """The words of each duty: a part begins with its clause, or in the middle of one with its frequency."""
    cuts = [0]
    for before, duty in pairwise(found):
        between = text[before.end : duty.start]
        clause = max(between.rfind(mark) for mark in "，,。；;！!、\n")
        cuts.append(before.end + clause + 1 if clause >= 0 else duty.start)
    parts = [text[start:end] for start, end in pairwise([*cuts, len(text)])]
    return [re.sub(r"[，,。；;！!、\s]*(?:以?及|和|与|并且?|同时)?$", "", part).strip() for part in parts]


def _short_title(text: str, is_meant: Callable[[str], object], *, lead: int = 0) -> str:
    """The first sentence of ``text`` that ``is_meant``, of a long one the clauses from the one meant on.

    ``lead``: letters that say only when, so that clauses are added until eight more name something.
    """
    joined = re.sub(r"[。；;]\s*(?=[(（])", "", text)  # 慰问工作。(三八节、护士节等)
    sentences = [part.strip() for part in re.split(r"[。；;!！\n]", joined) if part.strip()]
    title = next(filter(is_meant, sentences), sentences[0] if sentences else text.strip())
    if len(title) <= 40:
        return title
    clauses = re.split(r"(?<=[，,])", title)
    first = next((n for n, clause in enumerate(clauses) if is_meant(clause)), 0)
    taken = clauses[first]
    for clause in clauses[first + 1 :]:
        if len(re.findall(r"[\u4e00-\u9fff]", taken)) >= lead + 8:  # hours and figures name nothing yet
            break
        taken += clause
    return taken.strip("，, ")
