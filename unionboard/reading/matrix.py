"""A plan table with a month, quarter or half-year to each column: work down the left side, what is done when in the cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from unionboard.reading.areas import classify
from unionboard.reading.cells import Row
from unionboard.reading.draft import ActivityDraft, IgnoredReason, LineFate, LineUse, ScheduleEntry
from unionboard.reading.lines import fold
from unionboard.reading.months import Time, find_time
from unionboard.reading.tables import TOTALS, TableReading, split_items

_HEADER_WITHIN = 8  # rows
_TICK = re.compile(r"[✓✔√☑★☆●○■◆▲△*vVyYxX]|是|有|1")
_NOTHING = re.compile(r"[-/—×无]*")


@dataclass(frozen=True, slots=True)
class Matrix:
    """``times``: column -> its month or months; ``first``: index of the first row below the header."""

    first: int
    times: Mapping[int, Time]
    header_rows: int = 1
    wide: int = 0


def find_matrix(rows: Sequence[Row]) -> Matrix | None:
    """The columns when one of the first rows is a row of at least three times, or of two halves of a year; None for any other table."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        times = {column: time for column, cell in enumerate(row) if column and (time := _find_column_time(cell.text))}
        named = {(time.months, time.half_year) for time in times.values()}
        if len(named) == len(times) and (len(times) >= 3 or (len(times) == 2 and all(time.half_year for time in times.values()))):
            return Matrix(index + 1, times, wide=len(row))
    return None


def _find_column_time(text: str) -> Time | None:
    plain = fold(text).strip()
    time = find_time(plain)
    return time if time and (time.months or time.half_year) and not time.day_from and time.end == len(plain) else None


def read_matrix(rows: Sequence[Row], matrix: Matrix, *, lines: Sequence[int]) -> TableReading:
    """One activity for each cell with words, under the area of its row's name; ticks are one activity of all their months."""
    found: dict[tuple[tuple[int, ...], int | None], list[ActivityDraft]] = {
        (time.months, time.half_year): [] for time in matrix.times.values()
    }
    fates = [LineFate(line, LineUse.IGNORED, IgnoredReason.TABLE_HEADER) for line in lines[matrix.first - 1 : matrix.first]]
    for row, line in zip(rows[matrix.first :], lines[matrix.first :], strict=True):
        if not any(cell.text.strip() for cell in row):
            continue
        items = [] if TOTALS.match(row[0].text.strip()) else list(_read_row(row, matrix, line))
        for when, item in items:
            found.setdefault(when, []).append(item)
        reason = IgnoredReason.TOTALS_ROW if TOTALS.match(row[0].text.strip()) else IgnoredReason.FORM_TEXT
        fates.append(LineFate(line, LineUse.ACTIVITY) if items else LineFate(line, LineUse.IGNORED, reason))
    entries = [ScheduleEntry(months, tuple(items), half, items[0].line) for (months, half), items in found.items() if items]
    return TableReading(tuple(entries), (), tuple(fates))


def _read_row(row: Row, matrix: Matrix, line: int) -> list[tuple[tuple[tuple[int, ...], int | None], ActivityDraft]]:
    name = _name(row, matrix)
    default = classify(name)[0] if name else None
    read: list[tuple[tuple[tuple[int, ...], int | None], ActivityDraft]] = []
    for times, words in unfold(row, matrix):
        when = (tuple(month for time in times for month in time.months), times[0].half_year)
        items = [words] if words == name else split_items(words, lines_are_items=True)
        read += [(when, ActivityDraft(item, line, *classify(item, default=default))) for item in items]
    return read


def unfold(row: Row, matrix: Matrix) -> Iterator[tuple[tuple[Time, ...], str]]:
    """What is done when: the row's name with all the months that are ticked, and the words of every other cell."""
    name = _name(row, matrix)
    ticked: list[Time] = []
    for column, time in matrix.times.items():
        text = row[column].text.strip() if column < len(row) else ""
        if name and _TICK.fullmatch(text):
            if time.half_year:
                yield (time,), name
            else:
                ticked.append(time)
        elif not _NOTHING.fullmatch(text):
            yield (time,), text
    if ticked:
        yield tuple(ticked), name


def _name(row: Row, matrix: Matrix) -> str:
    return next((cell.text.strip() for column, cell in enumerate(row) if column not in matrix.times and _is_name(cell.text)), "")


def _is_name(text: str) -> bool:
    return bool(text.strip()) and not text.strip().isdecimal()
