"""Rows of a schedule table: cells between | or tabs, on one line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from unionboard.reading.lines import Passage
from unionboard.reading.marks import find_mark
from unionboard.reading.months import MONTH_NUMBER, Time, find_dates, find_time
from unionboard.reading.peel import is_name

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号?|编号|No\.?)$", re.IGNORECASE)),
    (
        "time",
        re.compile(
            r"^(?:活动|计划|开展|实施|完成|举办|起止|起讫|拟定|预计)*(?:时间|月份|日期|月|时段|季度|时限|节点|日程|期限)(?:安排|节点)?$"
        ),
    ),
    ("week", re.compile(r"^周[次别]?$")),
    ("owner", re.compile(r"负责|责任|承办|牵头|主办|主持|经办|实施(?:部门|人)|^分管")),
    ("audience", re.compile(r"参(?:加|与)|对象|范围|人数|人员")),
    ("budget", re.compile(r"预算|经费|金额|费用")),
    ("note", re.compile(r"备注|说明|要求|地点|完成情况|措施|目标|形式|落实|效果|进度")),
    ("name", re.compile(r"(?:名称|项目|主题|事项|任务|要点|工作内容|主要工作|工作安排|重点工作|活动安排|主要活动|^活动$|^工作$)")),
    ("content", re.compile(r"内容|^安排$")),
)
_GAP = re.compile(r"\s{2,}")
_CELL = re.compile(r"[|\t]")
_SAME = re.compile(r"^[〃″\"”同上\s]*$")  # nothing, or 同上
_EVENT = re.compile(
    r"^[\u4e00-\u9fff“”]{2,}(?:比赛|竞赛|大赛|联赛|活动|讲座|分享|培训|评选|体检|座谈|茶话会|联欢|大会|运动会|展览?|赛|走访|游园|踏青|表彰|检查|知识问答|演练|沙龙|交流)会?$"
)
_TOTALS = re.compile(r"^(?:合计|总计|小计|共计)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a schedule: when, what, and what stands beside it. ``passage`` holds the whole row."""

    passage: Passage
    time: Time | None
    what: Passage | None
    owner: str = ""
    audience: str = ""
    budget: str = ""
    note: str = ""
    is_timed: bool = False  # its cell of time holds words, though they may name no month: 常年


def has_cells(passage: Passage) -> bool:
    """Whether the passage is a table row written on one line."""
    return bool(_CELL.search(passage.plain.strip("| "))) and passage.plain.strip("|\t -:") != ""


def is_rule(passage: Passage) -> bool:
    """The line between header and rows of a table in Markdown: | --- | --- |."""
    return {"|", "-"} <= set(passage.plain) <= set("|-:+ \t")


def header_in_words(plain: str) -> bool:
    """A header whose columns are only set apart by blanks: 周次 时间 工作内容."""
    words = plain.split()
    return len(words) >= 2 and name_columns(words) is not None


def is_totals(passage: Passage) -> bool:
    """合计, 总计: a row of sums, not an activity."""
    return any(_TOTALS.match(cell.plain) for cell in split_cells(passage)[:2])


def split_cells(passage: Passage) -> list[Passage]:
    """The cells of a row, empty ones kept; a | at either end of the line is only its border."""
    plain = passage.plain
    is_bordered = plain.startswith("|") and plain.endswith("|") and len(plain) > 1
    start, end = (1, len(plain) - 1) if is_bordered else (0, len(plain))
    cells, begin = [], start
    for found in _CELL.finditer(plain, start, end):
        cells.append(passage.part(begin, found.start()))
        begin = found.end()
    cells.append(passage.part(begin, end))
    return cells


def name_columns(cells: Sequence[str]) -> list[str] | None:
    """The meaning of each column when the cells are a header with a time or month column, else None."""
    columns = []
    for cell in cells:
        words = re.sub(r"\s", "", cell)
        columns.append(next((name for name, pattern in _COLUMNS if len(words) <= 12 and pattern.search(words)), ""))
    known = [column for column in columns if column]
    return columns if len(known) >= 2 and len(known) >= len(columns) - 1 and ({"time", "week"} & set(known)) else None


def is_column_name(plain: str) -> bool:
    """Whether a short line is the name of a table column that stands on a line of its own."""
    words = re.sub(r"[\s|]", "", plain)
    return (
        find_mark(plain) is None
        and 1 <= len(words) <= 8
        and any(pattern.search(words) for _, pattern in _COLUMNS)
        and not re.search(r"[。,:;、]", plain)
    )


def wide_spans(plain: str) -> list[tuple[int, int]]:
    """Where the words begin and end that wide blanks set apart."""
    edges = [0, *(edge for gap in _GAP.finditer(plain) for edge in gap.span()), len(plain)]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if plain[start:end].strip()]


def split_lines(cell: Passage) -> list[Passage]:
    """The lines of a cell that has several."""
    return [cell.part(*found.span()) for found in re.finditer(r"[^\n]+", cell.plain)] if "\n" in cell.plain else [cell]


def split_parallel(what: Passage, audience: str) -> list[tuple[Passage, str]]:
    """The activities of one cell each with its own audience, when both cells hold as many words set apart by blanks."""
    names, groups = [what.part(*found.span()) for found in re.finditer(r"\S+", what.plain)], audience.split()
    if len(names) < 2 or any(len(name.plain) < 2 for name in names):
        return [(what, audience.strip())]
    if len(names) != len(groups):
        return (
            [(name, audience.strip()) for name in names] if all(_EVENT.search(name.plain) for name in names) else [(what, audience.strip())]
        )
    return list(zip(names, groups, strict=True))


def names_owner(plain: str) -> bool:
    """Whether a column name asks who is in charge."""
    return name_columns(["月份", plain.strip("| ")]) == ["time", "owner"]


def read_row(passage: Passage, columns: Sequence[str] | None) -> Row:
    """A row by the names of its columns, or by what the cells look like when there is no header."""
    cells = split_cells(passage)
    if columns and len(cells) < len(columns):
        cells += [passage.part(len(passage.plain))] * (len(columns) - len(cells))
    if columns and len(cells) == len(columns):
        named = {name: cell for name, cell in zip(columns, cells, strict=True) if name}
        what = named.get("name") or named.get("content")
        time = cell_time(named["time"].plain) if "time" in named else None
        if time is None and "week" in named:
            time = cell_time(named["week"].plain) if not named["week"].plain.isdecimal() else None
        text = {name: cell.text for name, cell in named.items()}
        note = "；".join(filter(None, (text.get("content", "") if "name" in named else "", text.get("note", ""))))
        timed = not _SAME.match(text.get("time", ""))
        return Row(passage, time, what, text.get("owner", ""), text.get("audience", ""), text.get("budget", ""), note, timed)
    time, rest = None, []
    for cell in cells:
        found = cell_time(cell.plain) if time is None and not (cell.plain.isdecimal() and _names_month(cells)) else None
        if found:
            time = found
        elif cell.plain and not cell.plain.isdecimal():
            rest.append(cell)
    owner = next((cell for cell in rest[1:] if is_name(cell.plain)), None)
    note = "；".join(cell.text for cell in rest[1:] if cell is not owner)
    return Row(passage, time, rest[0] if rest else None, owner.text if owner else "", note=note)


def _names_month(cells: Sequence[Passage]) -> bool:
    """Whether one of the cells names a month in words, so that a bare number is none."""
    return any("月" in cell.plain and not cell.plain.isdecimal() and cell_time(cell.plain) for cell in cells)


def cell_time(plain: str) -> Time | None:
    """The time a whole cell names: 3月, 2025年9-12月, 3.4-3.10, and 3 or 三 alone in a month column."""
    time = find_time(plain)
    if time and len(plain) - time.end <= 8:
        return time
    dates = find_dates(plain)
    if dates and len(plain) <= 24:
        return Time(tuple(dict.fromkeys(month for month, _ in dates)), len(plain), None, dates[0], dates[-1], plain)
    dated = re.fullmatch(rf"(?:20\d\d\s*[./-]\s*)?({MONTH_NUMBER}(?:\s*[-、,至]\s*{MONTH_NUMBER})*)", plain)
    return find_time(f"{dated.group(1)}月") if dated else None
