"""Short views of what was read, for comparing whole readings at once."""

from unionboard.reading.draft import IgnoredReason, LineUse, PlanDraft, Reading
from unionboard.reading.text import read_text


def read_plan(text: str, n: int | None = None) -> PlanDraft:
    """The plan in a text."""
    return read_text(text).plan(n)


def schedule_of(text: str, n: int | None = None) -> list[tuple[tuple[int, ...], list[str]]]:
    """Months and titles of every entry."""
    return [(entry.months, [item.title for item in entry.items]) for entry in read_plan(text, n).schedule]


def sections_of(text: str, n: int | None = None) -> list[tuple[str, str]]:
    """Printed number and heading of every section."""
    return [(section.printed_number, section.heading) for section in read_plan(text, n).sections]


def fates_of(plan: PlanDraft) -> dict[int, tuple[LineUse, IgnoredReason | None]]:
    """What became of each line."""
    return {fate.line: (fate.use, fate.reason) for fate in plan.fates}


def counts_of(reading: Reading, n: int | None = None) -> list[tuple[tuple[int, ...], int]]:
    """Months and number of activities of every entry."""
    return [(entry.months, len(entry.items)) for entry in reading.plan(n).schedule]
