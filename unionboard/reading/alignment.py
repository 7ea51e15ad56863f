"""Cells that lost their table, put back under its columns: each cell is tried by what its column holds, and the cheapest rows are kept.

One walk over the cells with one cost for each column, so the work grows with cells times columns squared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from unionboard.reading.columns import Kind
from unionboard.reading.lines import Passage
from unionboard.reading.marks import find_mark, starts_with_verb
from unionboard.reading.peel import is_name
from unionboard.reading.rows import cell_time

_FREE = (Kind.NAME, Kind.CONTENT)
_TIMES = (Kind.TIME, Kind.WEEK)
_UNFIT = 8.0  # a cell that cannot stand in the column
_OUTSIDE = 1.2  # a cell below the last row
_STRAY = 2.8  # a cell that belongs to no column: the number of a page
_MISSING = {  # an empty cell
    Kind.NUMBER: 1.5,
    Kind.WEEK: 0.5,
    Kind.TIME: 0.5,
    Kind.CATEGORY: 0.5,
    Kind.NAME: 2.5,
    Kind.CONTENT: 2.5,
    Kind.OWNER: 1.2,
    Kind.AUDIENCE: 1.2,
    Kind.BUDGET: 1.2,
    Kind.NOTE: 0.6,
}
_SEEN_EMPTY = 0.35  # what an empty cell costs where a blank line shows it
_NUMBER = re.compile(r"\d{1,3}[.、]?")
_MONEY = re.compile(r"(?:约|共)?\s*[¥￥]?\s*\d[\d,.]*\s*(?:万?元?)?(?:左右|以内)?(?:/[人次])?")
_LOOSE_TIME = re.compile(
    r"(?:全年|常年|每[月周季年天]度?|每学期|全月|整月|当月|长期|经常性?|平时|日常|待定|另行?通知?|适时|不定期|随时|[上中下](?:、?[中下])?旬|月?[初中底末]"
    r"|贯穿全年|按需|年[初中底末终]|[〃″”\"]|同上|.{0,2}学[期年][初中末终]?|[寒暑][假期]|[春夏秋冬]季|\d{1,2}(?:\s*[-至]\s*\d{1,2})?[日号])(?:左右|[以之]?前后?|[以之]?后|期间|起|中|完成|进行|安排)?"
)
_ONLY_TIME = re.compile(
    r"(?:[\d\s年月日号旬周至到和起止,、./:~()初底中末上下前后左右半季度第一二三四五六七八九十元〇今本-]|[寒暑][假期]|学[期年]|开学|期[初中末]|期间|[上下]午|星期|份)+"
)
_WEEK = re.compile(r"(?:第?\s*[\d一二三四五六七八九十]{1,3}(?:\s*[-至、]\s*第?[\d一二三四五六七八九十]{1,3})?\s*周?|预备周|[〃″”]|同上)")
_NOTHING = re.compile(r"[-/\\—无略空]{1,3}|[〃″”\"]|同上")
_HOLIDAY = re.compile(r".{0,6}(?:放\s*假|[寒暑]\s*假|假\s*期|休息)")
_TELLS = re.compile(r"[由在为于把将]|[。;:《“]")
_GROUP = re.compile(
    r"(?:全体|全校|全院|全厂|各|部分|在职|退休|女|男|青年|新|一线)|(?:会员|职工|教工|教师|员工|代表|委员|组长|干部|子女|家属|人)$"
)
_BODY = re.compile(r"(?:委员|工|协|理事|分|联合|妇联|学生|管理)会$")
_OPEN_END = (",", "、", "(", "《", "“", ":", "和", "与", "及")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it stands in the text. ``blanks``: blank lines before it beyond the usual; ``apart``: wide blanks before it in its line."""

    passage: Passage
    opens_line: bool
    blanks: int = 0
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Alignment:
    """``columns``: the column of each cell, -1 for a stray one; ``begins``: whether it begins a row. Cells beyond them are outside."""

    columns: tuple[int, ...]
    begins: tuple[bool, ...]
    cost: float

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(self.begins)


class _Step(IntEnum):
    """How a cell follows the one before it."""

    NEXT = 0
    BEGIN = 1
    STRAY = 2


def align(cells: Sequence[Cell], kinds: Sequence[Kind], *, in_lines: bool) -> Alignment:
    """The cheapest rows. ``in_lines``: a row stands on a line of its own, so that only a cell that opens a line begins one."""
    width = len(kinds)
    before = [0.0, *accumulate(_MISSING[kind] for kind in kinds)]  # cost of all columns before each
    costs: list[float] = []
    steps: list[list[tuple[int, _Step]]] = []  # for each cell and column: the column before, and how the cell follows it
    best_end, best_column, best_cost = 0, 0, _OUTSIDE * len(cells)
    running = _running_numbers(cells)
    for position, cell in enumerate(cells):
        fits = [_misfit(cell.passage.plain, kind, is_running=running[position]) for kind in kinds]
        factor = _SEEN_EMPTY if cell.blanks else 1.0
        may_begin = cell.opens_line or not in_lines
        row_end = min(
            ((costs[column] + factor * (before[width] - before[column + 1]), column) for column in range(width) if costs), default=(0.0, -1)
        )
        now: list[float] = []
        step: list[tuple[int, _Step]] = []
        for column in range(width):
            fit = fits[column]
            options = [(row_end[0] + factor * before[column] + fit, row_end[1], _Step.BEGIN)] if may_begin or not costs else []
            if costs:
                wrap = 1.0 if in_lines and cell.opens_line else 0.0 if not in_lines or cell.apart else 0.1
                options += [
                    (costs[last] + wrap + factor * (before[column] - before[last + 1]) + fit, last, _Step.NEXT) for last in range(column)
                ]
                options.append((costs[column] + _continuing(cells[position - 1], cell, kinds[column]) + fit, column, _Step.NEXT))
                options.append((costs[column] + _STRAY, column, _Step.STRAY))
            cost, last, kind = min(options)
            now.append(cost)
            step.append((last, kind))
        costs = now
        steps.append(step)
        following = cells[position + 1] if position + 1 < len(cells) else None
        if following is None or following.opens_line:
            closed, column = min((costs[column] + before[width] - before[column + 1], column) for column in range(width))
            closed += _OUTSIDE * (len(cells) - position - 1)
            if closed <= best_cost:
                best_end, best_cost, best_column = position + 1, closed, column
    if not best_end:
        return Alignment((), (), best_cost)
    return _trace(steps[:best_end], best_column, best_cost - _OUTSIDE * (len(cells) - best_end))


def _trace(steps: Sequence[Sequence[tuple[int, _Step]]], column: int, cost: float) -> Alignment:
    columns: list[int] = []
    begins: list[bool] = []
    for step in reversed(steps):
        last, kind = step[column]
        columns.append(-1 if kind is _Step.STRAY else column)
        begins.append(kind is _Step.BEGIN)
        column = last
    return Alignment(tuple(reversed(columns)), tuple(reversed(begins)), cost)


def _running_numbers(cells: Sequence[Cell]) -> list[bool]:
    """Whether each cell is a number that counts on from one before it, or the first."""
    seen, running = {0}, []
    for cell in cells:
        number = int(re.sub(r"\D", "", cell.passage.plain)) if _NUMBER.fullmatch(cell.passage.plain) else 0
        running.append(number - 1 in seen)
        seen |= {number} if running[-1] else set()
    return running


def _continuing(last: Cell, cell: Cell, kind: Kind) -> float:
    """The cost of a cell that goes on with the column of the one before it."""
    if not cell.opens_line:
        blank = 1.0 if cell.apart else 0.2
        return blank if kind in _FREE else 0.4 + blank if kind in (Kind.NOTE, Kind.OWNER, Kind.TIME, Kind.AUDIENCE) else _UNFIT
    plain, above = cell.passage.plain, last.passage.plain
    if kind not in (*_FREE, Kind.NOTE):
        return 2.5 if kind in (Kind.OWNER, Kind.AUDIENCE, Kind.TIME) else _UNFIT
    mark = find_mark(plain)
    if (mark and mark.number != 1) or above.endswith(_OPEN_END) or plain[0] in ")》”,;。" or plain.startswith("("):
        return 0.2
    return (0.4 if mark else 1.5) + (0.6 if kind is Kind.NOTE else 0.0) + (0.8 if cell.blanks else 0.0)


def _misfit(plain: str, kind: Kind, *, is_running: bool) -> float:
    """How badly a cell fits a column, from 0 to ``_UNFIT``."""
    is_number = bool(_NUMBER.fullmatch(plain))
    match kind:
        case Kind.NUMBER:
            return (0.0 if is_running else 2.0) if is_number else _UNFIT
        case Kind.TIME:
            return 0.0 if is_time(plain) else _UNFIT
        case Kind.WEEK:
            return 0.0 if _WEEK.fullmatch(plain) else 1.0 if is_time(plain) else _UNFIT
        case Kind.NAME | Kind.CONTENT:
            return _free_misfit(plain, is_number=is_number)
        case Kind.BUDGET:
            return _budget_misfit(plain)
    if _NOTHING.fullmatch(plain):
        return 0.2
    if is_number or is_time(plain) or (_MONEY.fullmatch(plain) and "元" in plain):
        return 2.0 if kind is Kind.NOTE else 5.0
    if kind is Kind.NOTE:
        return 1.6 if find_mark(plain) else 0.8
    return _short_misfit(plain, kind)


def _budget_misfit(plain: str) -> float:
    if _MONEY.fullmatch(plain):
        return 0.0
    if _NOTHING.fullmatch(plain):
        return 0.3
    return 1.0 if re.search(r"\d|元", plain) and len(plain) <= 12 else 4.0


def _short_misfit(plain: str, kind: Kind) -> float:
    """Of columns that hold names or groups: who is in charge, for whom, what category."""
    named = _is_owner(plain)
    if kind is Kind.OWNER and named:
        return 0.0
    if len(plain) > 12 and not re.search(r"[、,\s/]", plain):
        return 4.0
    if kind is Kind.AUDIENCE and _GROUP.search(plain):
        return 0.3
    if _TELLS.search(plain):
        return 3.0
    if starts_with_verb(plain):
        return 2.0
    if kind is Kind.AUDIENCE:
        return 0.8
    if kind is Kind.CATEGORY:
        return 0.4 if len(plain) <= 6 and not named else 2.5
    return 0.4 if len(plain) <= 4 else 0.8 if len(plain) <= 8 else 1.2


def _free_misfit(plain: str, *, is_number: bool) -> float:
    if is_number:
        return 6.0
    if _NOTHING.fullmatch(plain) or _HOLIDAY.fullmatch(plain):
        return 0.4
    if _MONEY.fullmatch(plain) or is_time(plain):
        return 5.0
    if _is_owner(plain):
        return 2.5
    return 0.2 if len(plain) >= 4 or find_mark(plain) else 0.8


def _is_owner(plain: str) -> bool:
    """A name of who is in charge; 读书会 and 迎新会 are none, though they end like 委员会."""
    return is_name(plain) and not (plain.endswith("会") and not _BODY.search(plain))


def is_time(plain: str) -> bool:
    """Whether a cell holds a time and nothing else, bare months and 上旬 among them."""
    return bool(_LOOSE_TIME.fullmatch(plain) or (_ONLY_TIME.fullmatch(plain) and cell_time(plain)))
