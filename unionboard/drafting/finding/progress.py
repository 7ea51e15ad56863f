"""What became of activities, counted: the plan as a whole and each of its headings."""

from collections.abc import Sequence

from unionboard.drafting.figures import Figure, Unit, count
from unionboard.drafting.records import ActivityRecord

WAITING = frozenset({"coming", "under_way", "postponed"})


def count_status(activities: Sequence[ActivityRecord], *statuses: str) -> Figure:
    """How many one-off activities have one of ``statuses``; without any, all of them."""
    return count(Unit.ITEM, [one.source for one in activities if one.is_one_off and (not statuses or one.status in statuses)])


def count_done(activities: Sequence[ActivityRecord], status: str = "done") -> Figure:
    """The same of those that were held, by their check-offs: one for each."""
    return count(Unit.ITEM, [one.deeds[-1].source for one in activities if one.is_one_off and one.status == status])
