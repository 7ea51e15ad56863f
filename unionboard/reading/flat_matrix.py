"""A table in text with a month or quarter to each column, its cells between | or tabs: one row for each thing to do, its time first."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from unionboard.reading import cells
from unionboard.reading.lines import Line, Passage, fold
from unionboard.reading.matrix import Matrix, find_matrix, unfold
from unionboard.reading.months import Time
from unionboard.reading.rows import has_cells, is_rule, is_totals, split_cells

_HEADER = "时间|项目"


def read_flat_matrix(lines: Sequence[Line], start: int) -> tuple[list[Line | Passage], int] | None:
    """The rows of a matrix whose header is the line at ``start``, and where it ends (exclusive); None when none begins there."""
    matrix = find_matrix([_row(lines[start])]) if _has_cells(lines[start]) else None
    if matrix is None:
        return None
    rows: list[Line | Passage] = [Passage(_HEADER, _HEADER, (lines[start].number,))]
    position, end = start + 1, start + 1
    while position < len(lines):
        line = lines[position]
        position += 1
        if not line.plain or line.reason:
            continue
        if not _has_cells(line):
            break
        end = position
        if is_rule(_passage(line)):
            continue
        if is_totals(_passage(line)):
            rows.append(line)
        else:
            rows += _unfold(line, matrix)
    return (rows, end) if len(rows) > 1 else None


def _unfold(line: Line, matrix: Matrix) -> Iterator[Passage]:
    for times, words in unfold(_row(line), matrix):
        for when in _tell(times):
            text = f"{when}|{words}"
            yield Passage(text, fold(text), (line.number,))


def _tell(times: Sequence[Time]) -> Iterator[str]:
    """Months in one cell of time (3月、5月), quarters each in its own."""
    for is_month, group in groupby(times, lambda time: "月" in time.words):
        words = [time.words for time in group]
        yield from ["、".join(words)] if is_month else words


def _row(line: Line) -> cells.Row:
    return tuple(cells.Cell(cell.text) for cell in split_cells(_passage(line)))


def _has_cells(line: Line) -> bool:
    return line.reason is None and has_cells(_passage(line))


def _passage(line: Line) -> Passage:
    return Passage(line.text, line.plain, (line.number,))
