"""The rows of a table met on the way through a schedule: header, rows and sums, each row a month of its own with what stands beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from unionboard.reading.activities import add_note
from unionboard.reading.draft import IgnoredReason, LineUse
from unionboard.reading.fates import Fate
from unionboard.reading.fields import read_budget_fen
from unionboard.reading.heads import split_marked_parts
from unionboard.reading.lines import Passage
from unionboard.reading.months import Time
from unionboard.reading.open_month import OpenMonth
from unionboard.reading.rows import (
    Row,
    has_cells,
    header_in_words,
    is_column_name,
    is_rule,
    is_totals,
    name_columns,
    names_owner,
    read_row,
    split_cells,
    split_lines,
    split_parallel,
)

_DITTO = re.compile(r"^[〃″”\"同上\s]{1,3}$")
_HEADER = Fate(LineUse.IGNORED, IgnoredReason.TABLE_HEADER)


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of a table: its fate, None when it has to be read as something else after all; ``month`` holds the activities of a row.

    ``closes``: the month above ends here.
    """

    fate: Fate | None
    closes: bool = False
    month: OpenMonth | None = None


class TableRows:
    """Goes down the rows; columns, time and owner hold until the next ones."""

    def __init__(self) -> None:
        self.columns: list[str] | None = None
        self.time: Time | None = None
        self.owner = ""
        self.owners_below = False  # cells stand one to a line and the last of each row names who is in charge

    def read(self, passage: Passage, neighbours: Sequence[Passage]) -> TableLine | None:
        """What a line is in the table; None outside of one. ``neighbours``: the lines right above and below."""
        if not has_cells(passage):
            return self._read_single(passage, neighbours)
        if is_rule(passage):
            return TableLine(_HEADER)
        if columns := name_columns([cell.plain for cell in split_cells(passage)]):
            self.columns, self.time = columns, None
            return TableLine(_HEADER, closes=True)
        if is_totals(passage):
            return TableLine(Fate(LineUse.IGNORED, IgnoredReason.TOTALS_ROW))
        row = read_row(passage, self.columns)
        time = row.time or (self.time if self.columns and not row.is_timed else None)
        if time is None or not (time.months or time.half_year):
            return TableLine(None, closes=True) if row.is_timed else None
        if row.what is None or not row.what.plain:
            self.time = row.time or self.time
            return TableLine(Fate(LineUse.IGNORED, IgnoredReason.EMPTY_MONTH))
        self.time = time
        return TableLine(Fate(LineUse.ACTIVITY), closes=True, month=self._read_row(row, row.what, time))

    def _read_single(self, passage: Passage, neighbours: Sequence[Passage]) -> TableLine | None:
        """A line of one cell: a rule, a header in words, or one of several column names below each other."""
        if is_rule(passage) or header_in_words(passage.plain):
            return TableLine(_HEADER)
        if is_column_name(passage.plain) and any(is_column_name(other.plain) and not has_cells(other) for other in neighbours):
            self.owners_below = names_owner(passage.plain)
            return TableLine(_HEADER)
        self.columns, self.time = None, None
        return None

    def _read_row(self, row: Row, what: Passage, time: Time) -> OpenMonth:
        month = OpenMonth(time, time.words, row.passage.line, None)
        for words, audience in split_parallel(what, row.audience):
            known = len(month.items)
            for line in split_lines(words):
                for part in split_marked_parts(line):
                    month.take(part)
            month.items[known:] = [
                replace(item, activity=replace(item.activity, audience=item.activity.audience or audience)) for item in month.items[known:]
            ]
        self.owner = self.owner if _DITTO.match(row.owner) else row.owner.strip()
        month.own(self.owner)
        month.fund(read_budget_fen(row.budget))
        if row.note and month.items:
            month.items[-1] = add_note(month.items[-1], row.note)
        return month
