"""The names of columns above a table that was copied as plain text, and the words of its lines."""

import re
from collections.abc import Sequence

from unionboard.reading.alignment import is_time
from unionboard.reading.columns import Kind, find_kind
from unionboard.reading.lines import Line, Passage
from unionboard.reading.marks import find_mark
from unionboard.reading.months import find_time
from unionboard.reading.peel import is_name
from unionboard.reading.rows import is_rule

_HEADER = 10  # columns
_ALIKE = 4  # rows that show the columns of a table without a header
_NAME_GAP = 2  # blanks between the characters of one name
_WORD = re.compile(r"[^\s|]+")
BARS = re.compile(r"[|\t]")


def split_words(passage: Passage, *, at_gaps: bool = False) -> list[tuple[Passage, bool]]:
    """The words of a line, and whether more than one blank stands before each; characters of one name set apart stay together.

    ``at_gaps``: only where more than one blank stands.
    """
    spans: list[tuple[int, int, bool]] = []
    was_single = False
    for found in _WORD.finditer(passage.plain):
        gap = passage.text[spans[-1][1] : found.start()] if spans else "  "
        apart = len(gap) > 1 or gap in ("\u3000", "\t", "|")
        is_single = len(found.group()) == 1 and "\u4e00" <= found.group() <= "\u9fff"
        if (is_single and was_single and len(gap) <= _NAME_GAP) or (at_gaps and not apart):
            spans[-1] = (spans[-1][0], found.end(), spans[-1][2])
        else:
            spans.append((found.start(), found.end(), apart))
        was_single = is_single
    return [(passage.part(start, end), apart) for start, end, apart in spans]


def read_header(lines: Sequence[Line], start: int) -> tuple[int, list[Kind], bool] | None:
    """Where the rows begin, what the columns hold, and whether the rows stand in lines of several cells."""
    kinds: list[Kind] = []
    position, used, widest, barred = start, 0, 0, False
    while position < len(lines) and len(kinds) < _HEADER:
        line = lines[position]
        if not line.plain or line.reason:
            if not kinds:
                return None
            position += 1
            continue
        names = _header_names(line)
        if not names:
            break
        kinds += names
        widest = max(widest, len(names))
        barred = barred or bool(BARS.search(line.plain.strip("| \t")))
        position += 1
        used = position
    if len(kinds) < 2:
        return None
    if barred and _has_whole_rows(lines, used, len(kinds)):
        return None  # a table with all its cells
    return used, kinds, widest > 1


def guess_header(lines: Sequence[Line], start: int) -> tuple[int, list[Kind], bool] | None:
    """The columns of rows without a header: lines with as many words each, a running number first and a month in one place."""
    if not lines[start].plain[:1].isdecimal() or BARS.search(lines[start].plain):
        return None
    rows: list[list[str]] = []
    for line in lines[start : start + _ALIKE]:
        words = [word.plain for word, _ in split_words(as_passage(line))]
        if line.reason or not 3 <= len(words) <= 6 or words[0] != str(len(rows) + 1) or (rows and len(words) != len(rows[0])):
            break
        rows.append(words)
    columns = list(zip(*rows, strict=True))[1:] if len(rows) >= _ALIKE - 1 else []
    times = [place for place, column in enumerate(columns) if all(_is_month(word) for word in column)]
    if not times:
        return None
    kinds = [
        Kind.TIME if place == times[0] else Kind.OWNER if all(map(is_name, column)) else Kind.NOTE for place, column in enumerate(columns)
    ]
    if Kind.NOTE not in kinds:
        return None
    kinds[kinds.index(Kind.NOTE)] = Kind.NAME
    return start, [Kind.NUMBER, *kinds], True


def _is_month(word: str) -> bool:
    time = find_time(word)
    return time is not None and bool(time.months) and "月" in time.words and time.end == len(word)


def _header_names(line: Line) -> list[Kind]:
    """What each word of a line names, when all of them are names of columns."""
    plain = line.plain.strip("|")
    if len(plain) > 80 or re.search(r"[。;,]|:$", plain) or find_mark(plain):
        return []
    whole = find_kind(plain) if not BARS.search(plain) else None
    if whole:
        return [whole]
    words = [word.plain for word, _ in split_words(as_passage(line))]
    kinds = [find_kind(word) for word in words]
    known = [kind for kind in kinds if kind]
    if len(known) == len(kinds):
        return known
    strange = [word for word, kind in zip(words, kinds, strict=True) if kind is None]
    return [kind or Kind.NOTE for kind in kinds] if len(known) >= 3 and len(strange) == 1 and len(strange[0]) <= 6 else []


def _has_whole_rows(lines: Sequence[Line], first: int, width: int) -> bool:
    rows = [line.plain for line in lines[first : first + 12] if line.plain and not line.reason and not is_rule(as_passage(line))][:6]
    whole = [row for row in rows if len(BARS.findall(row.strip("|"))) == width - 1]
    return len(whole) * 2 >= len(rows)


def holds_times(lines: Sequence[Line], first: int, width: int) -> bool:
    """Whether a time stands in the first cells below the header."""
    below = [line for line in lines[first : first + 6 * width] if is_cell(line)][: 2 * width]
    return any(
        is_time(word.plain) for line in below for word, _ in [*split_words(as_passage(line)), (without_bars(as_passage(line)), True)]
    )


def is_cell(line: Line) -> bool:
    """Whether a line may be a cell; a number alone may, though on a page it counts the pages."""
    return bool(line.plain) and (line.reason is None or bool(re.fullmatch(r"[\d,.]+[\s|]*", line.plain)))


def as_passage(line: Line) -> Passage:
    """The line as a passage of its own."""
    return Passage(line.text, line.plain, (line.number,))


def without_bars(passage: Passage) -> Passage:
    """A cell alone on its line without the bar at its end."""
    begin = len(passage.plain) - len(passage.plain.lstrip("| \t"))
    return passage.part(begin, len(passage.plain.rstrip("| \t")))
