"""Plan tables of Word, Excel, CSV and web pages: a grid of cells -> schedule entries, and what became of every row.

A table is understood by its header names, in any order; without a header when its first column holds months. Pure: knows no file format.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from unionboard.errors import Refusal
from unionboard.errors.money import AmountNotPositive
from unionboard.money import parse_yuan
from unionboard.reading.areas import classify
from unionboard.reading.cells import Row
from unionboard.reading.columns import Columns
from unionboard.reading.draft import (
    ActivityDraft,
    Frequency,
    IgnoredReason,
    LineFate,
    LineUse,
    MeasureDraft,
    Period,
    ScheduleEntry,
    SectionDraft,
)
from unionboard.reading.frequency import find_frequency
from unionboard.reading.lines import fold
from unionboard.reading.marks import find_inline_marks, find_mark
from unionboard.reading.months import Time
from unionboard.reading.table_times import find_cell_dates, find_cell_time, join_times

TOTALS = re.compile(r"(?:合计|总计|小计|共计|总和)(?!划)")
_FORM = re.compile(r"(?:注|备注|说明|制表|填表|填报|审核|审批|单位|日期|联系|负责人|盖章|工会主席).{0,8}[:(]|^注")
_SEMICOLON = re.compile(r"[;；](?![^（(]*[)）])(?=.*\w)")
_ALL_YEAR = re.compile(r"全年|常年|长期|经常|平时|日常|贯穿")


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table gave. ``section`` of the activities counts within ``sections``: the banner rows of the table, and one without heading
    for the duties of a table without banners (每月, 全年)."""

    entries: tuple[ScheduleEntry, ...]
    sections: tuple[SectionDraft, ...]
    fates: tuple[LineFate, ...]


def read_table(rows: Sequence[Row], columns: Columns, *, lines: Sequence[int], time: Time | None = None) -> TableReading:
    """Reads the rows from the header on; ``lines`` holds the source line of each row, ``rows[columns.first:]`` are the plan.

    A month cell that is blank or merged down counts as the one above; ``time`` holds until a row names another. A row without time is a
    duty. Totals and notes below are left out, with the reason.
    Source: domain notes B1 (tables), F (forms).
    """
    return _TableReader(columns, time or Time((), 0)).read(rows, lines)


class _TableReader:
    """Goes down the rows once, carrying the month and the banner that hold until the next one."""

    def __init__(self, columns: Columns, time: Time) -> None:
        self.columns = columns
        self.time = time
        self.category = ""
        self.banner: int | None = None  # index in ``sections``
        self.entries: list[ScheduleEntry] = []
        self.sections: list[SectionDraft] = []
        self.fates: list[LineFate] = []

    def read(self, rows: Sequence[Row], lines: Sequence[int]) -> TableReading:
        first = self.columns.first
        headers = [_words(row) for row in rows[first - self.columns.header_rows : first]]
        for line in lines[first - self.columns.header_rows : first]:
            self.fates.append(LineFate(line, LineUse.IGNORED, IgnoredReason.TABLE_HEADER))
        for row, line in zip(rows[first:], lines[first:], strict=True):
            if any(cell.text.strip() for cell in row):
                repeated = _words(row) in headers  # printed again at the top of a page
                self.fates.append(LineFate(line, LineUse.IGNORED, IgnoredReason.TABLE_HEADER) if repeated else self._read_row(row, line))
        return TableReading(tuple(self.entries), tuple(self.sections), tuple(self.fates))

    def _read_row(self, row: Row, line: int) -> LineFate:
        filled = [(column, cell.text.strip()) for column, cell in enumerate(row) if cell.text.strip()]
        column, words = filled[0]
        if any(TOTALS.match(re.sub(r"\s", "", text)) for _, text in filled if not text[0].isdigit()):
            return LineFate(line, LineUse.IGNORED, IgnoredReason.TOTALS_ROW)
        if len(filled) == 1 and (column != self.columns.title or _FORM.match(fold(words))):
            return self._read_banner(words, line)
        self._read_time(row)
        title = _text(row, self.columns.title)
        if self.columns.category is not None:
            self.category = _text(row, self.columns.category) or self.category
        items = list(self._read_items(row, title, line))
        if not items:
            reason = IgnoredReason.EMPTY_MONTH if any(_text(row, each) for each in self.columns.times) else IgnoredReason.FORM_TEXT
            return LineFate(line, LineUse.IGNORED, reason)
        if self.time.months or self.time.half_year:
            self._add(items, line)
            return LineFate(line, LineUse.ACTIVITY)
        return self._add_duties(items, line)

    def _read_banner(self, words: str, line: int) -> LineFate:
        """A row with one cell filled: a month over its rows, a heading, or a note of the form."""
        plain = fold(words)
        time = find_cell_time(words)
        if time and (time.months or time.half_year):
            self.time = time
            return LineFate(line, LineUse.MONTH_HEAD)
        if plain.isdigit() or _FORM.match(plain) or len(plain) > 40:
            return LineFate(line, LineUse.IGNORED, IgnoredReason.FORM_TEXT)
        mark = find_mark(plain)
        heading = words[mark.end :].strip() if mark else words
        area, _ = classify(heading)
        self.sections.append(SectionDraft(len(self.sections) + 1, mark.printed.rstrip(" 、.,:") if mark else "", heading, line, area=area))
        self.category = ""
        self.banner = len(self.sections) - 1
        return LineFate(line, LineUse.SECTION)

    def _read_time(self, row: Row) -> None:
        found = [time for column in self.columns.times if (time := self._cell_time(row, column))]
        if not found:
            return
        if self.columns.is_span and len(found) > 1:
            found = [join_times(found[0], found[-1])]
        named = next((time for time in found if time.months or time.half_year), None)
        dated = next((time for time in reversed(found) if time.day_from), None)
        within_month = all(time.is_week for time in found) or not _text(row, self.columns.times[0])
        if named is None and within_month:  # 第3周, or a day still open beside a merged month
            named = self.time
        months = named.months if named else ()
        half_year = named.half_year if named else None
        words = " ".join(time.words for time in found)
        third = named.third if named and not dated else None
        self.time = Time(months, 0, half_year, dated.day_from if dated else None, dated.day_to if dated else None, words, third=third)

    def _cell_time(self, row: Row, column: int) -> Time | None:
        words = _text(row, column)
        if column in self.columns.weeks and words.removesuffix(".0").isdecimal():
            return Time((), 0, words=words, is_week=True)
        return find_cell_time(words)

    def _read_items(self, row: Row, title: str, line: int) -> Iterator[ActivityDraft]:
        columns = self.columns
        default = classify(self.category)[0] or (None if self.banner is None else self.sections[self.banner].area)
        starts_on, ends_on = find_cell_dates([_text(row, column) for column in columns.times])
        budget_fen, budget_words = _budget(_text(row, columns.budget), columns.budget_factor)
        note = "；".join(filter(None, [*self._notes(row), budget_words]))
        # days belong to the row that names them, not to rows below that only share its month
        own_time = any(_text(row, column) for column in columns.times)
        dated = self.time if own_time else replace(self.time, day_from=None, day_to=None)
        for number, words in enumerate(split_items(title, lines_are_items=columns.detail is None)):
            area, area_2 = classify(words, default=default or classify(_text(row, columns.detail))[0])
            yield ActivityDraft(
                words,
                line,
                area,
                area_2,
                starts_on,
                ends_on,
                dated.day_from,
                dated.day_to,
                self.banner,
                owner="、".join(dict.fromkeys(" ".join(words.split()) for each in columns.owners if (words := _text(row, each)))),
                audience=" ".join(_text(row, columns.audience).split()),
                budget_fen=budget_fen if number == 0 else None,
                note=note,
                third=dated.third,
            )

    def _notes(self, row: Row) -> Iterator[str]:
        yield "；".join(part.strip() for part in _text(row, self.columns.detail).splitlines())
        for column, header in self.columns.notes:
            if words := " ".join(_text(row, column).split()):
                yield f"{header}：{words}" if header else words

    def _add(self, items: list[ActivityDraft], line: int) -> None:
        last = self.entries[-1] if self.entries else None
        if last and (last.months, last.half_year) == (self.time.months, self.time.half_year):
            self.entries[-1] = replace(last, items=(*last.items, *items))
        else:
            self.entries.append(ScheduleEntry(self.time.months, tuple(items), self.time.half_year, line, self.time.words))

    def _add_duties(self, items: list[ActivityDraft], line: int) -> LineFate:
        """A row whose time names no month (每月, 全年, 待定), or that has no time at all, is a duty, not an activity of one month."""
        place = self._place_duties(line)
        words = self.time.words
        all_year = Frequency(Period.STANDING, phrase=words) if _ALL_YEAR.search(words) else None
        duties = tuple(
            MeasureDraft(
                item.title,
                line,
                item.area,
                item.area_2,
                find_frequency(words) or find_frequency(item.title) or all_year,
                owner=item.owner,
                audience=item.audience,
                budget_fen=item.budget_fen,
                note=item.note,
            )
            for item in items
        )
        self.sections[place] = replace(self.sections[place], measures=(*self.sections[place].measures, *duties))
        return LineFate(line, LineUse.STANDING if any(duty.frequency for duty in duties) else LineUse.MEASURE)

    def _place_duties(self, line: int) -> int:
        """The section of the banner above; without one that of the category in a table of duties, else one without heading."""
        if self.banner is not None:
            return self.banner
        heading = "" if self.columns.times else self.category
        known = [place for place, section in enumerate(self.sections) if section.heading == heading]
        if not known:
            area = classify(heading)[0] if heading else None
            self.sections.append(SectionDraft(len(self.sections) + 1, "", heading, line, area=area))
        return known[0] if known else len(self.sections) - 1


def split_items(cell: str, *, lines_are_items: bool) -> list[str]:
    """The activities in one cell, without their numbers and closing marks.

    Numbered parts and those between semicolons are activities of their own; lines without numbers are too when ``lines_are_items``, else
    one wrapped name.
    """
    items: list[str] = []
    numbered = any(find_mark(fold(line.strip())) for line in cell.splitlines())
    for raw in cell.splitlines():
        line = raw.strip()
        plain = fold(line)
        if not line:
            continue
        if items and not find_mark(plain) and (numbered or not lines_are_items):
            items[-1] += line
            continue
        starts = sorted({0, *find_inline_marks(plain), *(found.end() for found in _SEMICOLON.finditer(plain)), len(line)})
        items += [line[start:end] for start, end in pairwise(starts)]
    return [words for item in items if (words := _without_mark(item))]


def _without_mark(item: str) -> str:
    item = item.strip()
    mark = find_mark(fold(item))
    return (item[mark.end :] if mark else item).strip().rstrip("。；;，,、 ")


def _words(row: Row) -> list[str]:
    return [cell.text for cell in row]


def _text(row: Row, column: int | None) -> str:
    return row[column].text.strip() if column is not None and column < len(row) else ""


def _budget(text: str, factor: int) -> tuple[int | None, str]:
    """The budget in fen, or the words as a note where they are no amount (每人200元)."""
    plain = re.sub(r"^约|左右$|\s", "", fold(text))
    if not plain or plain in ("-", "无", "/"):
        return None, ""
    try:
        return parse_yuan(plain) * factor, ""
    except AmountNotPositive:
        return None, ""
    except Refusal:
        return None, f"预算：{' '.join(text.split())}"
