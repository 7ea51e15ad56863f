"""Activities told in fields: a name, and below it lines like 时间:4月, 责任部门:办公室; the time is one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unionboard.reading.fields import Field, Label, split_fields
from unionboard.reading.heads import Head
from unionboard.reading.lines import Passage
from unionboard.reading.marks import Style, find_mark
from unionboard.reading.months import Time, find_time
from unionboard.reading.rows import has_cells

_NAME_LIMIT = 60  # characters of a name that fields can stand below


@dataclass(frozen=True, slots=True)
class Record:
    """The passages from ``start`` to ``end`` (exclusive): a name with its time and its other fields, the time itself left out of them."""

    start: int
    end: int
    name: Passage
    time: Time
    time_lines: tuple[int, ...]
    fields: tuple[Field, ...]
    notes: tuple[Passage, ...] = ()


def find_records(passages: Sequence[Passage], heads: Sequence[Head | None]) -> dict[int, Record]:
    """The records by the position they begin at. Fields below a month head belong to that month and make no record of their own."""
    return {record.start: record for record in _records(passages, heads)}


def _records(passages: Sequence[Passage], heads: Sequence[Head | None]) -> Iterator[Record]:
    fields = [_fields_of(passage) for passage in passages]
    position = 0
    while position < len(passages):
        end = position + 1
        first = fields[position]
        labels = {field.label for field in first}
        while end < len(passages) and fields[end] and not (first and fields[end][0].name == first[0].name):
            if fields[end][0].label is Label.NAME and (not first or Label.NAME in labels):
                break
            labels |= {field.label for field in fields[end]}
            end += 1
        record = _record(position, end, passages, fields) if heads[position] is None and end > position + 1 else None
        if record:
            yield record
            position = record.end
        else:
            position += 1


def _fields_of(passage: Passage) -> list[Field]:
    """The fields of a line that holds nothing else."""
    if ":" not in passage.plain or has_cells(passage):
        return []
    mark = find_mark(passage.plain)
    words, fields = split_fields(passage.part(mark.end) if mark and mark.style in (Style.BULLET, Style.DIGIT, Style.HASH) else passage)
    return [] if words.plain else fields


def _record(start: int, end: int, passages: Sequence[Passage], fields: Sequence[list[Field]]) -> Record | None:
    own = [(field, passage) for passage, line in zip(passages[start:end], fields[start:end], strict=True) for field in line]
    times = [(field, passage) for field, passage in own if field.label is Label.TIME]
    time = find_time(times[0][0].value.plain) if times else None
    if time is None or not (time.months or time.half_year):
        return None
    name = passages[start]
    named = None
    if fields[start]:
        named = next((field for field, _ in own if field.label is Label.NAME), None) or next(
            (field for field, _ in own if field.name.endswith("内容")), None
        )
        if named is None:
            return None
        name = named.value
    if not name.plain or len(name.plain) > _NAME_LIMIT:
        return None
    rest = tuple(field for field, _ in own if field is not named and field is not times[0][0])
    notes = _notes_below(end, passages, fields)
    return Record(start, end + len(notes), name, time, times[0][1].lines, rest, notes)


def _notes_below(end: int, passages: Sequence[Passage], fields: Sequence[list[Field]]) -> tuple[Passage, ...]:
    """Lines behind the same sign as the fields above them that hold no field: - 时间:1月 / - 组织职工…."""
    sign = find_mark(passages[end - 1].plain)
    notes: list[Passage] = []
    if sign is None or sign.style is not Style.BULLET:
        return ()
    for passage, own in zip(passages[end:], fields[end:], strict=True):
        mark = find_mark(passage.plain)
        if own or mark is None or mark.printed != sign.printed or find_time(passage.plain[mark.end :]):
            break
        notes.append(passage.part(mark.end))
    return tuple(notes)
