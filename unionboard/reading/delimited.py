"""Tables kept as text: cells set apart by commas, semicolons or tabs, quoted or not (.csv, .tsv, a range copied from Excel).

A cell is its characters and nothing else: ``=cmd|…`` is neither a command nor a formula here.
"""

import csv
from collections import Counter
from collections.abc import Iterator

from unionboard.errors.documents import NoPlanFound
from unionboard.reading.cells import MAX_COLUMNS, Cell, Row
from unionboard.reading.columns import find_columns
from unionboard.reading.matrix import find_matrix

_DELIMITERS = "\t,;，"
_TRIED = 200  # rows that are enough to know a table by


def read_delimited(text: str, *, is_named_so: bool) -> list[Row] | None:
    """The rows when ``text`` is a plan table throughout; None when it is anything else, such as prose with commas.

    ``is_named_so``: the file's name says it is a table, so a line or two may stand above or below it.

    Raises: NoPlanFound when it is a table of another kind by its name, its shape and its header.
    """
    for delimiter in _DELIMITERS:
        if text.count(delimiter) < 3:
            continue
        head = _parse("\n".join(text.split("\n", _TRIED)[:_TRIED]), delimiter)
        if not _is_table(head, strict=not is_named_so):
            continue
        if find_matrix(head) or find_columns(head):
            return _parse(text, delimiter)
        if is_named_so and _is_table(head, strict=True) and _has_header(head):
            raise NoPlanFound
    return None


def _parse(text: str, delimiter: str) -> list[Row]:
    """All rows, blank ones too; none when a quotation mark is never closed."""
    try:
        return list(_rows(text, delimiter))
    except csv.Error:  # a cell above 128 KiB: no table, or one mark that swallowed the rest
        return []


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    for values in csv.reader(text.splitlines(keepends=True), delimiter=delimiter, skipinitialspace=True):
        yield tuple(Cell(value.strip().removeprefix("\ufeff")) for value in values[:MAX_COLUMNS])


def _has_header(rows: list[Row]) -> bool:
    """Whether names of columns stand above figures: a register or budget, in which no month is a plan's."""
    names = next((row for row in rows if sum(bool(cell.text) for cell in row) >= len(row) - 1), ())
    return bool(names) and not any(any(map(str.isdigit, cell.text)) for cell in names)


def _is_table(rows: list[Row], *, strict: bool) -> bool:
    filled = [len(row) for row in rows if any(cell.text for cell in row)]
    width, agreeing = Counter(filled).most_common(1)[0] if filled else (0, 0)
    return width >= 2 and len(filled) >= 2 and (not strict or agreeing == len(filled) >= 3)
