"""Tables that were copied as plain text: found by the names of their columns and put back into rows with a | between the cells.

The cells stand one to a line, or a row stands on a line with blanks between its cells; months printed once, lost cells and cells of
several lines are put right by ``alignment``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from unionboard.reading.alignment import Alignment, Cell, align
from unionboard.reading.chrome import opens_links
from unionboard.reading.columns import Kind, find_kind
from unionboard.reading.flat_headers import BARS, as_passage, guess_header, holds_times, is_cell, read_header, split_words, without_bars
from unionboard.reading.flat_matrix import read_flat_matrix
from unionboard.reading.heads import find_head, is_introducer
from unionboard.reading.lines import Line, Passage, fold
from unionboard.reading.marks import Mark, Style, find_mark
from unionboard.reading.months import find_time
from unionboard.reading.rows import cell_time
from unionboard.reading.signature import count_signature

_BUDGET = 6000  # lines looked at in vain below what could be a header
_ROWS = 3000  # lines of one table
_LIMIT = 120  # characters: a longer line is no cell
_WORTH = 2.2  # what a row may cost on the average
_END = re.compile(
    r"(?:[备附]?注|说\s*明|附注|附言|[制填]\s*表|审\s*[核批]|备\s*注|填报|报送|联系(?:人|电话|方式)|咨询|抄[送报]|盖章|总之|以上)\s*[^:]{0,8}:"
    r"|(?:[备附]?注|说明)\s*[1一(①]|附?表\s*[\d一二三四五](?![月季])|附件|附\s*[:录]"
)
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计)(?![划量])")
_AMOUNT = re.compile(r"[\s|]*\d[\d,.]*\s*(?:万?元|项|次|个|人次?)?[\s|]*")
_NAMES = {  # the names by which the rows put together are read
    Kind.TIME: "时间",
    Kind.NAME: "项目",
    Kind.CONTENT: "内容",
    Kind.OWNER: "负责人",
    Kind.AUDIENCE: "参加对象",
    Kind.BUDGET: "预算",
    Kind.NOTE: "备注",
}
_WHEN = (Kind.TIME, Kind.WEEK)
_WHAT = (Kind.NAME, Kind.CONTENT)
_SPAN = re.compile(r"(?:开始|起始|启动).*(?:结束|截止|完成|终止)")
_SAME = re.compile(r"[〃″”\"\s]+|同上")
_PART = re.compile(r"[上中下](?:、?[中下])?旬|月?[初中底末]|\d{1,2}(?:\s*[-至]\s*\d{1,2})?[日号]")
_WHOLE = re.compile(r"全月|整月|当月|月内")


@dataclass(slots=True)
class _Region:
    """A header and the lines below it, as positions among the lines. ``in_lines``: a row stands on one line."""

    start: int
    first: int
    kinds: list[Kind]
    in_lines: bool
    end: int = 0
    heading: Mark | None = None
    has_gaps: bool = False  # more than one blank between any two columns
    is_span: bool = False  # one column says when it begins, the next when it ends
    banner: str = ""  # the month the table stands under
    parts: list[tuple[int, int, str]] = field(default_factory=list)  # runs of rows: from, to (exclusive), the month above them


def restore_tables(lines: Sequence[Line]) -> list[Line | Passage]:
    """The lines with every such table as one passage for each row, its names above them; what is no table stays as it is."""
    restored: list[Line | Passage] = []
    position, budget = 0, _BUDGET
    while position < len(lines):
        matrix = read_flat_matrix(lines, position)
        region = _find_region(lines, position) if budget > 0 and not matrix else None
        rows = _read_region(lines, region) if region else None
        budget -= region.end - region.start if region and not rows else 0
        if matrix:
            restored += matrix[0]
            position = matrix[1]
        elif region and rows:
            restored += rows
            position = region.end
        else:
            restored.append(lines[position])
            position += 1
    return restored


def _find_region(lines: Sequence[Line], start: int) -> _Region | None:
    header = read_header(lines, start) or guess_header(lines, start)
    if header is None:
        return None
    first, kinds, in_lines = header
    if not holds_times(lines, first, len(kinds)):
        return None
    header_lines = [line for line in lines[start:first] if line.plain and not line.reason]
    names = "".join(line.plain for line in header_lines)
    gaps = [apart for line in header_lines for _, apart in split_words(as_passage(line))]
    if len(kinds) < 2 or not set(_WHEN) & set(kinds) or not set(_WHAT) & set(kinds):
        return None
    region = _Region(
        start, first, kinds, in_lines, bool(gaps) and all(gaps), is_span=kinds.count(Kind.TIME) == 2 and bool(_SPAN.search(names))
    )
    for line in reversed(lines[max(0, start - 12) : start]):
        mark = find_mark(line.plain)
        if mark and mark.style in (Style.CHINESE, Style.BRACKETED_CHINESE, Style.DIGIT, Style.PART):
            region.heading = mark
            break
    above = next((line.plain for line in reversed(lines[max(0, start - 3) : start]) if line.plain and not line.reason), "")
    region.banner = _month_alone(above)
    _find_end(lines, region)
    return region


def _find_end(lines: Sequence[Line], region: _Region) -> None:
    """Cut the lines below the header into runs of rows; sums, headers printed again and months alone stand between them."""
    header = [_bare(line.plain) for line in lines[region.start : region.first] if line.plain and not line.reason]
    begin, position, banner = region.first, region.first, region.banner
    has_month = Kind.TIME in region.kinds
    after_total = False
    while position < min(len(lines), region.first + _ROWS):
        line = lines[position]
        plain = line.plain
        if not is_cell(line):
            position += 1
            continue
        if _ends_table(lines, position, region):
            break
        month = "" if has_month else _month_alone(plain)
        is_header = len(plain) <= 80 and _bare(plain) in header and _is_header_again(lines, position, header)
        is_total = bool(_TOTAL.match(plain.lstrip("| "))) or (after_total and bool(_AMOUNT.fullmatch(plain)))
        if month or is_header or is_total:
            region.parts.append((begin, position, banner))
            position += len(header) if is_header else 1
            begin, banner = position, month or banner
            after_total = is_total
            continue
        after_total = False
        position += 1
    region.parts.append((begin, position, banner))
    region.end = position


def _is_header_again(lines: Sequence[Line], position: int, header: Sequence[str]) -> bool:
    below = [_bare(line.plain) for line in lines[position : position + 3 * len(header)] if line.plain and not line.reason]
    return below[: len(header)] == list(header)


def _ends_table(lines: Sequence[Line], position: int, region: _Region) -> bool:
    plain = lines[position].plain
    if len(plain) > _LIMIT or _END.match(plain) or opens_links(plain):
        return True
    mark = find_mark(plain)
    if mark and mark.style in (Style.PART, Style.TABLE, Style.APPENDIX, Style.HASH):
        return True
    above = region.heading
    if mark and above and mark.style is above.style and mark.number == above.number + 1 and find_time(plain) is None:
        return True
    if is_introducer(plain) and plain.endswith((":", "表")):
        return True
    kinds = read_header(lines, position) if find_kind(plain.strip("|")) or " " in plain else None
    return kinds is not None and bool(set(_WHEN) & set(kinds[1])) and bool(set(_WHAT) & set(kinds[1])) and kinds[1] != region.kinds


def _read_region(lines: Sequence[Line], region: _Region) -> list[Line | Passage] | None:
    """The rows of a region, and what stands between them; None when it is no table. Sets where the region ends."""
    tail = [as_passage(line) for line in lines[region.first : region.end] if line.plain and not line.reason]
    signed = tail[-count_signature(tail) :] if region.end == len(lines) or count_signature(tail) else []
    signed_lines = {line for passage in signed for line in passage.lines} if count_signature(tail) else set()
    usual = _usual_blanks(lines[region.first : region.end])
    rows: list[Line | Passage] = []
    cost, count, timed, last = 0.0, 0, 0, region.first
    reader = _Rows(region.kinds, is_span=region.is_span)
    position = region.first
    for begin, end, banner in region.parts:
        rows += [line for line in lines[position:begin] if line.plain and not line.reason]
        cells, origins = _cells(lines, begin, end, usual, region, signed_lines)
        found = align(cells, region.kinds, in_lines=region.in_lines)
        used = len(found.columns)
        stop = end if used == len(cells) and not signed_lines & {line.number for line in lines[begin:end]} else begin
        if stop != end:
            stop = origins[used] if used < len(cells) else next((at for at in range(begin, end) if lines[at].number in signed_lines), end)
        rows += reader.read(cells, found, banner)
        cost, count, last = cost + found.cost, count + found.rows, stop
        position = stop
        if stop != end:
            break
    timed = reader.timed
    if (
        count < (1 if lines[region.start].plain.endswith("|") else 2)
        or timed == 0
        or timed * 3 < reader.dated_rows
        or cost > _WORTH * count
        or _is_plain_list(region, rows)
    ):
        return None
    region.end = last
    return [_header(lines, region), *rows] if region.first > region.start else rows


def _cells(lines: Sequence[Line], begin: int, end: int, usual: int, region: _Region, left_out: set[int]) -> tuple[list[Cell], list[int]]:
    """The cells of these lines and the position of the line each stands on."""
    cells: list[Cell] = []
    origins: list[int] = []
    blanks = 0
    for position in range(begin, end):
        line = lines[position]
        if line.number in left_out:
            break
        if not line.plain:
            blanks += 1
            continue
        if not is_cell(line):
            blanks = 0
            continue
        passage = as_passage(line)
        split = region.in_lines or BARS.search(line.plain.strip("| \t"))
        words = (
            split_words(passage, at_gaps=region.has_gaps)
            if region.in_lines
            else _barred(passage)
            if split
            else [(without_bars(passage), True)]
        )
        for number, (word, apart) in enumerate(words):
            cells.append(Cell(word, number == 0, max(0, blanks - usual) if number == 0 else 0, apart))
            origins.append(position)
        blanks = 0
    return cells, origins


def _barred(passage: Passage) -> list[tuple[Passage, bool]]:
    found = re.finditer(r"[^|\t]+", passage.plain)
    return [(part, True) for match in found if (part := passage.part(*match.span())).plain]


def _usual_blanks(lines: Sequence[Line]) -> int:
    """How many blank lines mostly stand between two cells."""
    gaps: Counter[int] = Counter()
    blanks = 0
    for line in lines:
        if line.plain:
            gaps[blanks] += 1
            blanks = 0
        else:
            blanks += 1
    return gaps.most_common(1)[0][0] if gaps else 0


class _Rows:
    """Writes aligned cells as rows, the time of each in one cell: the month printed once, the third of it in a column of its own."""

    def __init__(self, kinds: Sequence[Kind], *, is_span: bool) -> None:
        self.kinds = list(kinds)
        self.is_span = is_span
        self.month = ""
        self.words = ""
        self.timed = 0
        self.dated_rows = 0

    def read(self, cells: Sequence[Cell], found: Alignment, banner: str) -> Iterator[Passage]:
        """The rows, in order."""
        if banner:
            self.month, self.words = banner, banner
        rows: list[dict[int, list[Cell]]] = []
        for cell, column, begins in zip(cells, found.columns, found.begins, strict=False):
            if column < 0:
                continue
            if begins or not rows:
                rows.append({})
            rows[-1].setdefault(column, []).append(cell)
        return iter([self._row(row) for row in rows])

    def _row(self, row: dict[int, list[Cell]]) -> Passage:
        texts = {column: self._join(cells, self.kinds[column]) for column, cells in row.items()}
        time = self._time([texts[column] for column in sorted(row) if self.kinds[column] in _WHEN])
        self.dated_rows += 1
        values = []
        for kind in _shown(self.kinds):
            words = [texts[column] for column in sorted(row) if self.kinds[column] is kind]
            values.append(time if kind is Kind.TIME else ("、" if kind is Kind.OWNER else "；").join(words))
        text = "|".join(values)
        lines = dict.fromkeys(line for cells in row.values() for cell in cells for line in cell.passage.lines)
        return Passage(text, fold(text), tuple(sorted(lines)))

    @staticmethod
    def _join(cells: Sequence[Cell], kind: Kind) -> str:
        text = ""
        for cell in cells:
            between = "\n" if cell.opens_line and kind in _WHAT else "；" if cell.opens_line and kind is Kind.NOTE else " "
            if cell.opens_line and text.endswith(("、", "，", "（", "(")):
                between = ""
            text += (between if text else "") + cell.passage.text
        return text

    def _time(self, cells: Sequence[str]) -> str:
        """One time out of the cells of a row: 三月 and 上旬, 第3周 and 3.2—3.8, 3 in a column of months; nothing when nothing is known."""
        named = [text for text in cells if not _SAME.fullmatch(text)]
        if not named:
            return self.words
        times = [(text, cell_time(fold(text))) for text in named]
        months = [text for text, time in times if time and (time.months or time.half_year)]
        if months:
            self.timed += 1
            dated = [text for text, time in times if time and time.day_from]
            self.month = months[0]
            self.words = "-".join(months) if self.is_span and len(months) == 2 else (dated or months)[-1]
        elif _WHOLE.fullmatch(fold(named[0])):
            self.words = self.month
        part = next((text for text in named if _PART.fullmatch(fold(text))), "")
        week = next((text for text, time in times if (time and time.is_week) or fold(text).isdecimal()), "")
        if part and self.month and cell_time(fold(self.month)):
            self.timed += 1
            return f"{_whole_month(self.month)}{part}"
        if months:
            return self.words
        if week and self.month:
            self.timed += 1
            self.words = self.month
            return self.month
        if not _WHOLE.fullmatch(fold(named[0])):
            self.words = named[0]
        return self.words


def _whole_month(words: str) -> str:
    """3, 三 and 三月 as the words that a third can follow."""
    time = find_time(fold(words))
    return words[: time.end].rstrip() if time and not time.day_from and "月" in time.words else f"{words.strip()}月"


def _shown(kinds: Sequence[Kind]) -> list[Kind]:
    return [Kind.TIME, *(kind for kind in _NAMES if kind is not Kind.TIME and kind in kinds)]


def _header(lines: Sequence[Line], region: _Region) -> Passage:
    numbers = tuple(line.number for line in lines[region.start : region.first] if line.plain and not line.reason)
    text = "|".join(_NAMES[kind] for kind in _shown(region.kinds))
    return Passage(text, fold(text), numbers)


def _is_plain_list(region: _Region, rows: Sequence[Line | Passage]) -> bool:
    """Months with their activities below them and nothing beside: the grammar of months reads them with all it knows."""
    if set(region.kinds) - {Kind.TIME, *_WHAT} or region.in_lines:
        return False
    times = [row.plain.split("|", 1)[0] for row in rows if isinstance(row, Passage)]
    return all(_month_alone(time) for time in times)


def _month_alone(plain: str) -> str:
    """The words when a line is nothing but the head of a month: 三月, 三月份:, 【3月】."""
    head = find_head(plain) if plain and len(plain) <= 12 else None
    if head is None or head.time.day_from or plain[head.rest :].strip() or not head.time.months or head.mark:
        return ""
    return head.time.words if "月" in head.time.words else ""


def _bare(plain: str) -> str:
    return re.sub(r"[\s|]", "", plain)
