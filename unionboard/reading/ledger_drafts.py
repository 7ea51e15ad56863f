"""A line of a file on its way to the books, and rows that turn out to be none."""

from dataclasses import dataclass, field
from enum import StrEnum

from unionboard.reading.ledger_rows import Problem, RawRow, Remark, Sum
from unionboard.reference.item_words import ItemMatch


class LeftOut(StrEnum):
    """Why a row or sheet of the file is no line."""

    TOTAL = "total"
    HEADING_SUM = "heading_sum"
    COUNTER_ACCOUNT = "counter_account"
    CLOSING_ENTRY = "closing_entry"
    OTHER_SHEET = "other_sheet"
    COPY_SHEET = "copy_sheet"


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A row that is no line: where, what it says, why."""

    place: str
    text: str
    why: LeftOut


@dataclass(slots=True, eq=False)
class Draft:
    """A line on its way: its row, the sum it is about, and what is known so far."""

    raw: RawRow
    sum: Sum
    side: str | None = None
    fen: int = 0
    match: ItemMatch | None = None
    is_heading: bool = False
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
