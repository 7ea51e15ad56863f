"""Where each activity is told, and what a section says of what was done: counted and grouped, never a list by date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unionboard.drafting.figures import Source
from unionboard.drafting.phrases import Sentence
from unionboard.drafting.records import ActivityRecord, Deed, SectionRecord, YearRecords
from unionboard.drafting.old_wording import Wording
from unionboard.reference import work_areas

GATHER_FROM = 3
"""So many deeds of one area in a section are counted together."""
OTHER_KEY = "other"

_WITHOUT_WORK = re.compile("指导思想|工作目标|总体要求|基本思路|工作思路|工作方向|工作重点|活动安排|月份|工作安排")
_CONGRESS = re.compile("教代会|职代会|工代会|双代会|代表大会|congress", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the draft's body and the activities told under it."""

    key: str
    heading: str
    area: str
    activities: tuple[ActivityRecord, ...]


def plan_chapters(facts: YearRecords, words: Wording) -> list[Chapter]:
    """The plan's sections in their order, then what has none; without sections, the work areas in the official order.

    An activity without a section goes to the first section of its area (or second area). Sections that announce no work are left out
    as long as nothing stands in them.
    """
    if not facts.sections:
        order = list(work_areas())
        areas = sorted({activity.area for activity in facts.activities}, key=order.index)
        return [_chapter(f"area:{area}", words.area_heading(area), area, [a for a in facts.activities if a.area == area]) for area in areas]
    homes: dict[int | None, list[ActivityRecord]] = {section.id: [] for section in facts.sections}
    homes[None] = []
    for activity in facts.activities:
        homes[_home(activity, facts.sections)].append(activity)
    chapters = [
        _chapter(f"section:{section.id}", section.heading, section.area, homes[section.id])
        for section in facts.sections
        if homes[section.id] or not _WITHOUT_WORK.search(section.heading)
    ]
    return [*chapters, _chapter(OTHER_KEY, words.other_heading, "OTHER", homes[None])] if homes[None] else chapters


def _chapter(key: str, heading: str, area: str, activities: Sequence[ActivityRecord]) -> Chapter:
    return Chapter(key, heading, area, tuple(activities))


def _home(activity: ActivityRecord, sections: Sequence[SectionRecord]) -> int | None:
    if activity.section_id in {section.id for section in sections}:
        return activity.section_id
    for area in (activity.area, activity.area_2):
        for section in sections:
            if section.area == area != "OTHER":
                return section.id
    return None


def has_record(chapter: Chapter) -> bool:
    """Whether anything of this chapter was done."""
    return any(activity.deeds for activity in chapter.activities)


def is_forgotten(chapter: Chapter) -> bool:
    """No record and no single activity either, whose own state would already tell why."""
    return not has_record(chapter) and not any(activity.is_one_off for activity in chapter.activities)


def tell_chapter(chapter: Chapter, facts: YearRecords, words: Wording) -> list[Sentence]:
    """What was done: progress, deeds area by area, duties, what is half done, and a gap where nobody wrote down what it was good for."""
    one_offs = [activity for activity in chapter.activities if activity.is_one_off]
    if not has_record(chapter):
        sources = tuple(activity.source for activity in chapter.activities) or (Source("plan", facts.plan_id),)
        return [Sentence(words.nothing_done(*_why_nothing(one_offs)), sources)]
    done = [activity for activity in one_offs if activity.status == "done"]
    told = []
    if len(one_offs) > 1 and done:
        told.append(Sentence(words.progress(len(one_offs), len(done)), tuple(activity.source for activity in one_offs)))
    told += _tell_done(done, facts, words)
    told += [
        Sentence(words.partly(facts, activity, activity.deeds[-1]), activity.deed_sources)
        for activity in one_offs
        if activity.status == "partly"
    ]
    duties = [activity for activity in chapter.activities if not activity.is_one_off]
    told += [Sentence(words.recurring(facts, duty), duty.deed_sources) for duty in duties if duty.deeds]
    silent = [duty for duty in duties if not duty.deeds and duty.status != "cancelled"]
    if silent:
        told.append(Sentence(words.silent_duties([duty.title for duty in silent]), tuple(duty.source for duty in silent)))
    if not any(deed.result for activity in chapter.activities for deed in activity.deeds):
        told.append(Sentence(words.effect_gap()))
    return told


def _why_nothing(one_offs: Sequence[ActivityRecord]) -> tuple[int, int, int]:
    statuses = [activity.status for activity in one_offs]
    late, cancelled = statuses.count("late"), statuses.count("cancelled")
    return late, len(statuses) - late - cancelled, cancelled


def _tell_done(done: Sequence[ActivityRecord], facts: YearRecords, words: Wording) -> Iterator[Sentence]:
    pairs = sorted(((activity, activity.deeds[-1]) for activity in done), key=lambda pair: (pair[1].done_on, pair[0].id))
    for activity, deed in pairs:
        if is_congress(activity, deed):
            yield Sentence(words.sentence(words.congress(facts, activity, deed)), activity.deed_sources)
    groups: dict[str, list[tuple[ActivityRecord, Deed]]] = {}
    for activity, deed in pairs:
        if not is_congress(activity, deed):
            groups.setdefault(activity.area, []).append((activity, deed))
    for area, group in groups.items():
        clauses = [words.deed(facts, activity, deed) for activity, deed in group]
        if len(group) < GATHER_FROM:
            yield from (Sentence(words.sentence(clause), pair[0].deed_sources) for clause, pair in zip(clauses, group, strict=True))
        else:
            sources = tuple(source for activity, _deed in group for source in activity.deed_sources)
            yield Sentence(words.gathered(facts, area, [deed for _activity, deed in group]), sources)
            yield Sentence(words.among(clauses), sources)


def is_congress(activity: ActivityRecord, deed: Deed) -> bool:
    """A staff or members' congress whose delegates were counted."""
    return bool(_CONGRESS.search(activity.title)) and bool(deed.figures.get("delegates_present") or deed.figures.get("delegates_due"))
