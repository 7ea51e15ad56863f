"""Where each activity is told, and the facts of each heading: counted and grouped, never a list by date."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from unionboard.drafting.facts import QuotedText, SectionFacts
from unionboard.drafting.figures import Source
from unionboard.drafting.finding.deeds import group_by_kind, kind_of, sum_spent, tell_deed
from unionboard.drafting.finding.duties import tell_duty
from unionboard.drafting.finding.progress import WAITING, count_done, count_status
from unionboard.drafting.finding.texts import quote
from unionboard.drafting.records import ActivityRecord, Deed, SectionRecord, YearRecords
from unionboard.reference import work_areas

OTHER_KEY = "other"
_WITHOUT_WORK = re.compile("指导思想|工作目标|总体要求|基本思路|工作思路|工作方向|工作重点|活动安排|月份|工作安排")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the draft's body and the activities told under it. ``heading`` is empty for an area and for what has no home."""

    key: str
    heading: QuotedText
    area: str
    activities: tuple[ActivityRecord, ...]


def plan_chapters(records: YearRecords) -> list[Chapter]:
    """The plan's sections in their order, then what has none; without sections, the work areas in the official order.

    An activity without a section goes to the first section of its area (or second area). Sections that announce no work are left out
    as long as nothing stands in them.
    """
    if not records.sections:
        order = list(work_areas())
        areas = sorted({activity.area for activity in records.activities}, key=order.index)
        return [Chapter(f"area:{area}", QuotedText(""), area, tuple(a for a in records.activities if a.area == area)) for area in areas]
    homes: dict[int | None, list[ActivityRecord]] = {section.id: [] for section in records.sections}
    homes[None] = []
    for activity in records.activities:
        homes[_home(activity, records.sections)].append(activity)
    chapters = [
        Chapter(f"section:{section.id}", _heading(section), section.area, tuple(homes[section.id]))
        for section in records.sections
        if homes[section.id] or not _WITHOUT_WORK.search(section.heading)
    ]
    return [*chapters, Chapter(OTHER_KEY, QuotedText(""), "OTHER", tuple(homes[None]))] if homes[None] else chapters


def _heading(section: SectionRecord) -> QuotedText:
    return quote(section.heading, "section.heading", Source("section", section.id))


def _home(activity: ActivityRecord, sections: Sequence[SectionRecord]) -> int | None:
    if activity.section_id in {section.id for section in sections}:
        return activity.section_id
    for area in (activity.area, activity.area_2):
        for section in sections:
            if section.area == area != "OTHER":
                return section.id
    return None


def find_sections(
    records: YearRecords, chapters: Sequence[Chapter], before: Mapping[tuple[str, str], Sequence[Deed]]
) -> tuple[SectionFacts, ...]:
    """The facts of each chapter; care visits are told in the first one of their area. ``before``: deeds of the period before by kind and
    area, with which a group is compared where all of them that were held now stand under one heading."""
    homes = Counter(key for chapter in chapters for key in {(kind_of(one), one.area) for one in chapter.activities if _is_done(one)})
    before = {key: deeds for key, deeds in before.items() if homes[key] == 1}
    visited = next((chapter for chapter in chapters if chapter.area == "CARE"), None) if records.care.cases else None
    return tuple(_tell(chapter, records, before, tells_care=chapter is visited) for chapter in chapters)


def _tell(chapter: Chapter, records: YearRecords, before: Mapping[tuple[str, str], Sequence[Deed]], *, tells_care: bool) -> SectionFacts:
    activities = chapter.activities
    one_offs = [one for one in activities if one.is_one_off]
    duties = tuple(tell_duty(one, records) for one in activities if not one.is_one_off)
    return SectionFacts(
        key=chapter.key,
        heading=chapter.heading,
        area=chapter.area,
        planned=count_status(activities),
        done=count_done(activities),
        late=count_status(activities, "late"),
        waiting=count_status(activities, *WAITING),
        cancelled=count_status(activities, "cancelled"),
        groups=group_by_kind([tell_deed(one, one.deeds[-1]) for one in activities if _is_done(one)], before),
        partly=tuple(tell_deed(one, one.deeds[-1]) for one in one_offs if one.status == "partly"),
        duties=duties,
        spent=sum_spent(entry for one in activities for entry in one.entries),
        has_result=any(deed.result for one in activities for deed in one.deeds),
        tells_care=tells_care,
        silent=tuple(duty for duty in duties if not duty.kept.number and duty.activity.status != "cancelled"),
    )


def _is_done(activity: ActivityRecord) -> bool:
    return activity.is_one_off and activity.status == "done"


def deeds_by_kind(records: YearRecords | None) -> dict[tuple[str, str], list[Deed]]:
    """What was done once, by kind and area: what a group of this year is compared with."""
    found: dict[tuple[str, str], list[Deed]] = {}
    for activity in records.activities if records else ():
        if _is_done(activity):
            found.setdefault((kind_of(activity), activity.area), []).append(activity.deeds[-1])
    return found
