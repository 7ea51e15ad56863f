"""Which column of a plan table is what: by the names in its header, in any order and over one row or two, else by the months in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from unionboard.money import YUAN_PER_WAN
from unionboard.reading.cells import Cell, Row
from unionboard.reading.lines import fold
from unionboard.reading.table_times import find_cell_time

_TIME = re.compile(
    r"(?:计划|活动|工作|开展|实施|完成|起止|起始|开始|结束|截止|举办|举行|组织|推进|拟定|预计|具体)*"
    r"(?:时间|时限|期限|时段|日程|月份|月度|日期|月次|月|周次|周别|周|季度|学期)(?:安排|节点|段|要求)?"
)
_WEEK = re.compile(r".*周[次别]?")
_BEGINS = re.compile(r".*(?:开始|起始)")
_ENDS = re.compile(r".*(?:结束|截止|完成)")
_NAME = re.compile(r"(?:主要|重点|活动|工作|具体)*(?:名称|项目|主题|事项|任务|活动|重点|要点)(?:名称)?")
_CONTENT = re.compile(
    r"(?:主要|重点|活动|工作|具体|计划|及|和|与|项目)*(?:内容|安排|工作|措施|举措)(?:.{0,2}(?:要求|形式|措施|安排|方式|目标))?"
)
_CATEGORY = re.compile(r"(?:工作|活动|项目)?(?:类别|类型|板块|领域|模块|分类)")
_ROLE = (
    r"(?:负责人员?|责任人员?|责任者|负责部门|责任部门|负责单位|责任单位|责任科室|责任处室|负责|责任领导|责任委员"
    r"|承办(?:部门|人|单位|科室)?|主办(?:部门|单位)?|牵头(?:部门|人|单位|领导|科室)?"
    r"|组织者|组织部门|执行人|落实人|经办人|主持人?|联系人|分管(?:领导|人|校长)?)"
)
_OWNER = re.compile(rf".{{0,3}}{_ROLE}(?:[和与或及]?{_ROLE})*")
_AUDIENCE = re.compile(r"(?:参加|参与|参训|活动|面向|服务|受益|惠及)?(?:对象|人员|范围|人群)|参加人|参与人")
_BUDGET = re.compile(  # 预计费用, 活动经费, 预算; but 活动, 计划, 安排 alone are no money
    r"(?=.*(?:经费|费用|资金|金额|预算|概算|估算|支出))"
    r"(?:活动|所需|预计|计划|拟)?(?:经费|费用|资金)?(?:预算|概算|估算|预计|安排|支出)?(?:经费|费用|金额|资金|支出)?"
)
_PLAIN_NOTE = re.compile(r"备注|说明")
_RUNNING_NUMBER = re.compile(r"序号?|编号|项次|行号|no\.?|#|id", re.IGNORECASE)
_MINUTES = re.compile(r"议题|得分|分值|评分|电话|手机|姓名|单价|数量")  # registers and forms, whatever else their header has

_PLACE = re.compile(
    r"(?:活动|工作|具体|组织|实施)?(?:地点|场地|场所|形式|方式|要求|目标|目的|效果|进度|标准|规模)|(?:参[加与])?人数|名额|完成情况|落实情况|进展(?:情况)?|协办(?:部门|单位)?"
    r"|配合(?:部门|单位)?|经费来源"
)
_HEADER_WITHIN = 8  # rows: titles and forms stand above the header, rarely more
_NAME_LIMIT = 12  # characters of a column's name
_CATEGORY_SHARE = 0.7  # a column with fewer different words than this share of its rows holds categories, not names


class Kind(StrEnum):
    """What a column of a plan table holds."""

    NUMBER = "number"
    WEEK = "week"
    TIME = "time"
    CATEGORY = "category"
    NAME = "name"
    CONTENT = "content"
    OWNER = "owner"
    AUDIENCE = "audience"
    BUDGET = "budget"
    NOTE = "note"


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.NUMBER, _RUNNING_NUMBER),
    (Kind.WEEK, _WEEK),
    (Kind.TIME, _TIME),
    (Kind.CATEGORY, _CATEGORY),
    (Kind.NAME, _NAME),
    (Kind.CONTENT, _CONTENT),
    (Kind.OWNER, _OWNER),
    (Kind.AUDIENCE, _AUDIENCE),
    (Kind.BUDGET, _BUDGET),
    (Kind.NOTE, _PLAIN_NOTE),
    (Kind.NOTE, _PLACE),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what; ``first`` is the index of the first row below the header, which is ``header_rows`` high.

    ``times`` is empty for a table of duties: what and who, no when. ``is_span``: the first and the last time column are start and end.
    ``weeks``: the time columns in which a bare number is a week of the term.
    """

    first: int
    times: tuple[int, ...]
    title: int
    detail: int | None = None
    category: int | None = None
    owners: tuple[int, ...] = ()
    audience: int | None = None
    budget: int | None = None
    budget_factor: int = 1
    notes: tuple[tuple[int, str], ...] = ()  # column and its name, said before the words; no name for 备注
    wide: int = 0
    header_rows: int = 1
    is_span: bool = False
    weeks: tuple[int, ...] = ()


def find_columns(rows: Sequence[Row], *, has_time: bool = False) -> Columns | None:
    """The columns of a plan table: by its header, else by months in its first column; None when it is no plan table.

    ``has_time``: something around the table says when, so no column needs to.
    """
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        below = rows[index + 1 :]
        if below and (two := _join_header(row, below[0])) and (columns := _header_columns(two, below[1:], index + 2, 2, has_time=has_time)):
            return columns
        if columns := _header_columns(row, below, index + 1, 1, has_time=has_time):
            return columns
    return _bare_columns(rows)


def find_kind(name: str) -> Kind | None:
    """What the column of that name holds, blanks and the unit in brackets left aside (时间（月）); None for any other words."""
    bare = _bare_name(name)
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(bare)), None) if 1 <= len(bare) <= _NAME_LIMIT else None


def _join_header(upper: Row, lower: Row) -> Row | None:
    """Two rows of names as one, when a name is merged down over both; a name under a group's name stands for itself."""
    is_merged = any(cell.continued and column < len(upper) and upper[column].text.strip() for column, cell in enumerate(lower))
    has_groups = any(cell.text.strip() and (column >= len(upper) or not upper[column].text.strip()) for column, cell in enumerate(lower))
    if not (is_merged and has_groups):
        return None
    names = [cell.text if cell.text.strip() or column >= len(upper) else upper[column].text for column, cell in enumerate(lower)]
    return tuple(map(Cell, names))


def _header_columns(row: Row, below: Sequence[Row], first: int, header_rows: int, *, has_time: bool) -> Columns | None:
    names = [_bare_name(cell.text) for cell in row]
    if sum(map(bool, names)) < 2:
        return None

    def find(pattern: re.Pattern[str]) -> list[int]:
        return [column for column, name in enumerate(names) if name and pattern.fullmatch(name)]

    times = sorted(find(_TIME), key=lambda column: bool(_WEEK.fullmatch(names[column])))  # a date says more than the week it lies in
    owners, budgets, audiences = find(_OWNER), find(_BUDGET), find(_AUDIENCE)
    name, content, category = (next(iter(find(pattern)), None) for pattern in (_NAME, _CONTENT, _CATEGORY))
    if name is None and content is None:
        return None
    if not times and not has_time and (not owners or any(_MINUTES.search(each) for each in names)):
        return None
    if name is not None and content is not None and category is None and "名称" not in names[name] and _repeats(below, name):
        name, category = None, name
    title = name if name is not None else content
    assert title is not None
    detail = content if content != title else None
    budget = budgets[0] if budgets else None
    known = {*times, title, detail, category, *owners, *budgets[:1], *audiences[:1]}
    others = [column for column, each in enumerate(names) if each and column not in known and not _RUNNING_NUMBER.fullmatch(each)]
    return Columns(
        first,
        tuple(times),
        title,
        detail=detail,
        category=category,
        owners=tuple(owners),
        audience=audiences[0] if audiences else None,
        budget=budget,
        budget_factor=YUAN_PER_WAN if budget is not None and "万" in row[budget].text else 1,
        notes=tuple((column, "" if _PLAIN_NOTE.fullmatch(names[column]) else names[column]) for column in others),
        wide=len(row),
        header_rows=header_rows,
        weeks=tuple(column for column in times if _WEEK.fullmatch(names[column])),
        is_span=len(times) > 1 and bool(_BEGINS.match(names[times[0]]) and _ENDS.match(names[times[-1]])),
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
    months = [row for row in filled if (time := find_cell_time(row[0].text)) and time.months]
    if len(months) < 2 or len(months) * 3 < len(filled) * 2:
        return None
    return Columns(0, (0,), 1, wide=max(map(len, rows)), header_rows=0)
