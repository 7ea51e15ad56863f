"""Who is in charge, in a table that lost its columns: the lines below a month that name it."""

from collections.abc import Sequence
from itertools import pairwise

from unionboard.reading.heads import Head
from unionboard.reading.lines import Passage
from unionboard.reading.marks import find_mark
from unionboard.reading.peel import is_name
from unionboard.reading.rows import name_columns


def find_owner_lines(passages: Sequence[Passage], heads: Sequence[Head | None]) -> tuple[frozenset[int], frozenset[int]]:
    """Lines of a table that lost its columns: those that name who is in charge, and those that only stand beside an activity.

    Either a header names that column, so the second line below each month holds its name, or the last line under nearly every month does.
    """
    starts = [position for position, head in enumerate(heads) if head]
    groups = [range(start + 1, end) for start, end in pairwise([*starts, len(passages)])]
    if not starts:
        return frozenset(), frozenset()
    names = [passage.plain.strip("| ") for passage in passages[max(0, starts[0] - 6) : starts[0]]]
    first = next((position for position, name in enumerate(names) if name_columns([name, "负责人"]) == ["time", "owner"]), None)
    columns = name_columns(names[first:]) if first is not None else None
    if columns and columns[0] == "time" and columns[2:3] == ["owner"]:
        groups = [group for group in groups if len(group) >= 2 and not any(find_mark(passages[at].plain) for at in group)]
        known = {passages[group[1]].plain for group in groups}
        owners = {at for group in groups for at in group[1:] if passages[at].plain in known or is_name(passages[at].plain)}
        beside = {at for group in groups for at in group[2:] if at not in owners and at + 1 not in owners}
        return frozenset(owners), frozenset(beside)
    inner = [group for group in groups[:-1] if len(group) >= 2]
    named = [group for group in inner if is_name(passages[group[-1]].plain)]
    if len(named) < 3 or len(named) * 10 < len(groups[:-1]) * 8:
        return frozenset(), frozenset()
    return frozenset(at for group in groups for at in group[1:] if is_name(passages[at].plain)), frozenset()
