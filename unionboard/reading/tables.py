"""Plan tables of Word and Excel: a grid of cells -> schedule entries, and what became of every row.

A table is understood by its header names, in any order; without a header when its first column holds months. Pure: knows no file format.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from unionboard.errors import AmountNotPositive, AmountNotReadable, AmountTooFine
from unionboard.money import YUAN_PER_WAN, parse_yuan
from unionboard.reading.areas import classify
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
from unionboard.reading.months import Time, find_dates, find_time


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as read; ``continued`` when a cell above is merged down over it."""

    text: str
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that is a heading by its style alone; ``level`` 0 is the highest."""

    text: str
    level: int

    def __str__(self) -> str:
        return self.text


Row = tuple[Cell, ...]
Block = str | Heading | list[Row]  # a line of text, or a table

_TIME = re.compile(r"(?:计划|活动|工作|开展|实施|完成|起止|举办|组织|推进)*(?:时间|月份|月度|日期|月|周次|周|季度)(?:安排|节点|段)?")
_NAME = re.compile(r"(?:主要|重点|活动|工作|具体)*(?:名称|项目|主题|事项|任务|活动|重点|要点)")
_CONTENT = re.compile(
    r"(?:主要|重点|活动|工作|具体|计划|及|和|与|项目)*(?:内容|安排|工作|措施|举措)(?:.{0,2}(?:要求|形式|措施|安排|方式|目标))?"
)
_CATEGORY = re.compile(r"(?:工作|活动|项目)?(?:类别|类型|板块|领域|模块|分类)")
_OWNER = re.compile(
    r".{0,3}(?:负责人|责任人|负责部门|责任部门|责任单位|承办(?:部门|人|单位)?|主办(?:部门|单位)?|牵头(?:部门|人)?|组织者|执行人|分管(?:领导|人)?)"
)
_AUDIENCE = re.compile(r"(?:参加|参与|活动|面向|服务)?(?:对象|人员|范围)")
_BUDGET = re.compile(r"(?:活动|所需)?(?:经费|费用|资金)?(?:预算|概算|估算)?(?:经费|费用|金额|资金)?")
_NOTE = re.compile(r"备注|说明|地点|活动地点|(?:工作)?目标(?:.要求)?|要求|配合部门|协办(?:部门)?|参与人数|参加人数|人数|活动形式|形式")
_TOTALS = re.compile(r"(?:合计|总计|小计|共计|总和)(?!划)")
_FORM = re.compile(r"(?:注|备注|说明|制表|填表|填报|审核|审批|单位|日期|联系|负责人|盖章|工会主席).{0,8}[:(]|^注")
_ALL_YEAR = re.compile(r"全年|常年|长期|经常|平时|日常|贯穿")
_FULL_DATE = re.compile(r"(?P<y>20\d\d)\s*(?:年|[./-])\s*(?P<m>1[0-2]|0?[1-9])\s*(?:月|[./-])\s*(?P<d>[12]\d|3[01]|0?[1-9])\s*日?")
_YEAR_MONTH = re.compile(r"20\d\d\s*[./-]\s*(?P<m>1[0-2]|0?[1-9])$")
_BARE_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])(?:\.0)?$")
_HEADER_WITHIN = 8  # rows: titles and forms stand above the header, rarely more
_CATEGORY_SHARE = 0.7  # a column with fewer different words than this share of its rows holds categories, not names


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what; ``first`` is the index of the first row below the header."""

    first: int
    times: tuple[int, ...]
    title: int
    detail: int | None = None
    category: int | None = None
    owner: int | None = None
    audience: int | None = None
    budget: int | None = None
    budget_factor: int = 1
    notes: tuple[tuple[int, str], ...] = ()  # column and its header, said before the words where it is not 备注
    wide: int = 0


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table gave. ``section`` of the activities counts within ``sections``: the banner rows of the table, and one without heading
    for the duties of a table without banners (每月, 全年)."""

    entries: tuple[ScheduleEntry, ...]
    sections: tuple[SectionDraft, ...]
    fates: tuple[LineFate, ...]


def find_columns(rows: Sequence[Row]) -> Columns | None:
    """The columns of a plan table: by its header, else by months in its first column; None when it is no plan table."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if columns := _header_columns(row, rows[index + 1 :], first=index + 1):
            return columns
    return _bare_columns(rows)


def _header_columns(row: Row, below: Sequence[Row], *, first: int) -> Columns | None:
    names = [_bare_name(cell.text) for cell in row]
    if sum(map(bool, names)) < 2:
        return None

    def find(pattern: re.Pattern[str]) -> int | None:
        return next((column for column, name in enumerate(names) if name and pattern.fullmatch(name)), None)

    times = tuple(column for column, name in enumerate(names) if name and _TIME.fullmatch(name))
    name, content, category = find(_NAME), find(_CONTENT), find(_CATEGORY)
    if not times or (name is None and content is None):
        return None
    if name is not None and content is not None and category is None and "名称" not in names[name] and _repeats(below, name):
        name, category = None, name
    title = name if name is not None else content
    assert title is not None
    budget = find(_BUDGET)
    return Columns(
        first,
        times,
        title,
        detail=content if content != title else None,
        category=category,
        owner=find(_OWNER),
        audience=find(_AUDIENCE),
        budget=budget,
        budget_factor=YUAN_PER_WAN if budget is not None and "万" in row[budget].text else 1,
        notes=tuple((column, name) for column, name in enumerate(names) if name and _NOTE.fullmatch(name)),
        wide=len(row),
    )


def _bare_name(text: str) -> str:
    return re.sub(r"\(.*?\)|[\s:/、]", "", fold(text))


def _repeats(rows: Sequence[Row], column: int) -> bool:
    words = [row[column].text.strip() for row in rows if column < len(row) and row[column].text.strip()]
    merged = any(column < len(row) and row[column].continued for row in rows)
    return merged or len(set(words)) < _CATEGORY_SHARE * len(words)


def _bare_columns(rows: Sequence[Row]) -> Columns | None:
    """A table without header: months in the first column, words in the next."""
    filled = [row for row in rows if len(row) > 1 and row[0].text.strip()]
    months = [row for row in filled if (time := _find_cell_time(row[0].text)) and time.months]
    if len(months) < 2 or len(months) * 3 < len(filled) * 2:
        return None
    return Columns(0, (0,), 1, wide=max(map(len, rows)))


def read_table(rows: Sequence[Row], columns: Columns, *, lines: Sequence[int]) -> TableReading:
    """Reads the rows from the header on; ``lines`` holds the source line of each row, ``rows[columns.first:]`` are the plan.

    A month cell that is blank or merged down counts as the one above. Totals and notes below are left out, with the reason.
    Source: domain notes B1 (tables), F (forms).
    """
    return _TableReader(columns).read(rows, lines)


class _TableReader:
    """Goes down the rows once, carrying the month and the banner that hold until the next one."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.time = Time((), 0)
        self.category = ""
        self.banner: int | None = None  # index in ``sections``
        self.entries: list[ScheduleEntry] = []
        self.sections: list[SectionDraft] = []
        self.fates: list[LineFate] = []

    def read(self, rows: Sequence[Row], lines: Sequence[int]) -> TableReading:
        first = self.columns.first
        header = rows[first - 1] if first else ()
        if first:
            self.fates.append(LineFate(lines[first - 1], LineUse.IGNORED, IgnoredReason.TABLE_HEADER))
        for row, line in zip(rows[first:], lines[first:], strict=True):
            if any(cell.text.strip() for cell in row):
                repeated = first and [cell.text for cell in row] == [cell.text for cell in header]
                self.fates.append(LineFate(line, LineUse.IGNORED, IgnoredReason.TABLE_HEADER) if repeated else self._read_row(row, line))
        return TableReading(tuple(self.entries), tuple(self.sections), tuple(self.fates))

    def _read_row(self, row: Row, line: int) -> LineFate:
        filled = [(column, cell.text.strip()) for column, cell in enumerate(row) if cell.text.strip()]
        column, words = filled[0]
        if any(_TOTALS.match(re.sub(r"\s", "", text)) for _, text in filled if not text[0].isdigit()):
            return LineFate(line, LineUse.IGNORED, IgnoredReason.TOTALS_ROW)
        if len(filled) == 1 and column != self.columns.title:
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
        time = _find_cell_time(words)
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
        found = [time for column in self.columns.times if (time := _find_cell_time(_text(row, column)))]
        if not found:
            return
        named = next((time for time in found if time.months or time.half_year), None)
        dated = next((time for time in reversed(found) if time.day_from), None)
        within_month = all(time.is_week for time in found) or not _text(row, self.columns.times[0])
        if named is None and within_month:  # 第3周, or a day still open beside a merged month
            named = self.time
        months = named.months if named else ()
        half_year = named.half_year if named else None
        words = " ".join(time.words for time in found)
        self.time = Time(months, 0, half_year, dated.day_from if dated else None, dated.day_to if dated else None, words)

    def _read_items(self, row: Row, title: str, line: int) -> Iterator[ActivityDraft]:
        columns = self.columns
        default = classify(self.category)[0] or (None if self.banner is None else self.sections[self.banner].area)
        starts_on, ends_on = _dates([_text(row, column) for column in columns.times])
        budget_fen, budget_words = _budget(_text(row, columns.budget), columns.budget_factor)
        note = "；".join(filter(None, [*self._notes(row), budget_words]))
        # days belong to the row that names them, not to rows below that only share its month
        dated = self.time if any(_text(row, column) for column in columns.times) else replace(self.time, day_from=None, day_to=None)
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
                owner=" ".join(_text(row, columns.owner).split()),
                audience=" ".join(_text(row, columns.audience).split()),
                budget_fen=budget_fen if number == 0 else None,
                note=note,
            )

    def _notes(self, row: Row) -> Iterator[str]:
        yield "；".join(part.strip() for part in _text(row, self.columns.detail).splitlines())
        for column, header in self.columns.notes:
            if words := " ".join(_text(row, column).split()):
                yield words if header in ("备注", "说明") else f"{header}：{words}"

    def _add(self, items: list[ActivityDraft], line: int) -> None:
        last = self.entries[-1] if self.entries else None
        if last and (last.months, last.half_year) == (self.time.months, self.time.half_year):
            self.entries[-1] = replace(last, items=(*last.items, *items))
        else:
            self.entries.append(ScheduleEntry(self.time.months, tuple(items), self.time.half_year, line, self.time.words))

    def _add_duties(self, items: list[ActivityDraft], line: int) -> LineFate:
        """A row whose time names no month (每月, 全年, 待定) is a duty, not an activity of one month."""
        if self.banner is None and not self.sections:
            self.sections.append(SectionDraft(1, "", "", line))
        place = len(self.sections) - 1 if self.banner is None else self.banner
        words = self.time.words
        all_year = Frequency(Period.STANDING, phrase=words) if _ALL_YEAR.search(words) else None
        duties = tuple(
            MeasureDraft(item.title, line, item.area, item.area_2, find_frequency(words) or find_frequency(item.title) or all_year)
            for item in items
        )
        self.sections[place] = replace(self.sections[place], measures=(*self.sections[place].measures, *duties))
        return LineFate(line, LineUse.STANDING if any(duty.frequency for duty in duties) else LineUse.MEASURE)


def split_items(cell: str, *, lines_are_items: bool) -> list[str]:
    """The activities in one cell, without their numbers and closing marks.

    Numbered parts are activities of their own; lines without numbers are too when ``lines_are_items``, else one wrapped name.
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
        starts = [0, *find_inline_marks(plain), len(line)]
        items += [line[start:end] for start, end in pairwise(starts)]
    return [words for item in items if (words := _without_mark(item))]


def _without_mark(item: str) -> str:
    item = item.strip()
    mark = find_mark(fold(item))
    return (item[mark.end :] if mark else item).strip().rstrip("。；;，,、 ")


def _text(row: Row, column: int | None) -> str:
    return row[column].text.strip() if column is not None and column < len(row) else ""


def _find_cell_time(text: str) -> Time | None:
    """The time in a month or date cell; also 3, 2026-03-08, 3.8; with no months for words such as 每月 or 待定. None for a blank cell."""
    plain = fold(text).strip()
    if not plain:
        return None
    if _BARE_MONTH.match(plain):
        return Time((int(float(plain)),), 0, words=text)
    if found := _YEAR_MONTH.match(plain):
        return Time((int(found["m"]),), 0, words=text)
    if days := [(int(found["m"]), int(found["d"])) for found in _FULL_DATE.finditer(plain)]:
        time = find_time(plain)
        months = time.months if time and time.months else tuple(dict.fromkeys(month for month, _ in days))
        last = time.day_to if time and time.day_to and time.day_to[0] == months[-1] else days[-1]
        return Time(months, 0, None, days[0], max(days[-1], last), text)
    if time := find_time(plain):
        return replace(time, words=" ".join(text.split()))
    if days := find_dates(plain):
        return Time(tuple(dict.fromkeys(month for month, _ in days)), 0, None, days[0], days[-1], text)
    return Time((), 0, words=" ".join(text.split()))


def _dates(cells: Sequence[str]) -> tuple[date | None, date | None]:
    """The first and last day when a time cell names day and year; a second day without year lies in the same year."""
    for cell in cells:
        plain = fold(cell)
        found = list(_FULL_DATE.finditer(plain))
        time = _find_cell_time(cell)
        if not found or time is None or time.day_to is None:
            continue
        try:
            starts_on = date(int(found[0]["y"]), int(found[0]["m"]), int(found[0]["d"]))
            ends_on = date(int(found[-1]["y"]), *time.day_to)
        except ValueError:  # 2月30日: the day stays as printed, for people to choose
            continue
        return starts_on, max(starts_on, ends_on)
    return None, None


def _budget(text: str, factor: int) -> tuple[int | None, str]:
    """The budget in fen, or the words as a note where they are no amount (每人200元)."""
    plain = re.sub(r"^约|左右$|\s", "", fold(text))
    if not plain or plain in ("-", "无", "/"):
        return None, ""
    try:
        return parse_yuan(plain) * factor, ""
    except AmountNotPositive:
        return None, ""
    except (AmountNotReadable, AmountTooFine):
        return None, f"预算：{' '.join(text.split())}"
