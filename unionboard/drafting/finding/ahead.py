"""What goes over into the next period besides the answers to problems. Source: domain notes E4 «Next year»."""

import re
from collections.abc import Sequence

from unionboard.drafting.facts import NextFacts, OutlineFacts, OutlineItem
from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.finding.deeds import title_of
from unionboard.drafting.finding.sections import Chapter
from unionboard.drafting.finding.texts import quote
from unionboard.drafting.records import ActivityRecord, YearRecords

_EVERY_TWO_YEARS = re.compile(r"[两二2]年[一1](?:次|度|届)|隔年|每[两二2]年|every (?:two|2|second|other) years?", re.IGNORECASE)
_OPEN = frozenset({"coming", "under_way", "postponed"})


def find_ahead(records: YearRecords, chapters: Sequence[Chapter]) -> NextFacts:
    """What is still to come in this period (nothing once it is over), duties that go on, what every second year brings, open promises."""
    waiting = [one for one in records.one_offs if one.status in {"coming", "under_way"}]
    return NextFacts(
        waiting=tuple(title_of(one) for one in waiting),
        duties=tuple(title_of(one) for one in records.activities if _goes_on(one)),
        biennial=tuple(title_of(one) for one in records.activities if _is_biennial(one) and not one.deeds and one.status != "late"),
        promises=tuple(quote(one.text, "decision.text", Source("decision", one.id)) for one in records.promises),
        outline=tuple(outline for chapter in chapters if (outline := _outline(chapter, records)).going_on or outline.carried_over),
    )


def _is_biennial(activity: ActivityRecord) -> bool:
    return bool(_EVERY_TWO_YEARS.search(f"{activity.title} {activity.frequency}"))


def _goes_on(activity: ActivityRecord) -> bool:
    return not activity.is_one_off and activity.status != "cancelled" and not _is_biennial(activity)


def _outline(chapter: Chapter, records: YearRecords) -> OutlineFacts:
    """The heading with its duties, and what it leaves undone; what may still be done in this period is not yet left, and what was cancelled
    is first weighed anew."""
    undone = [one for one in chapter.activities if _is_left(one, records)]
    return OutlineFacts(
        key=chapter.key,
        heading=chapter.heading,
        area=chapter.area,
        going_on=tuple(_item(one) for one in chapter.activities if _goes_on(one)),
        carried_over=tuple(_item(one) for one in undone),
    )


def _is_left(activity: ActivityRecord, records: YearRecords) -> bool:
    if activity.status == "cancelled" or (activity.status in _OPEN and not records.is_over):
        return False
    return not activity.deeds if _is_biennial(activity) else activity.is_one_off and activity.status != "done"


def _item(activity: ActivityRecord) -> OutlineItem:
    here = (activity.source,)
    days = activity.is_one_off and activity.is_dated
    return OutlineItem(
        activity=activity,
        title=title_of(activity),
        frequency=quote(activity.frequency, "activity.frequency", activity.source) if activity.frequency.strip() else None,
        from_on=Figure(activity.starts_on, Unit.DATE, Rule.FIELD, "activity.starts_on", here) if days and activity.starts_on else None,
        to_on=Figure(activity.ends_on, Unit.DATE, Rule.FIELD, "activity.ends_on", here) if days and activity.ends_on else None,
    )
