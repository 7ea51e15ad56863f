"""The plan table as an Excel workbook comes back: its rows by their ids, word for word. What the words mean the services find out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from openpyxl.utils import get_column_letter

from unionboard.errors.documents import DocumentTooLarge, FormatNotRead
from unionboard.errors.plans import NotOurTable
from unionboard.reading.cells import Row
from unionboard.reading.files import LIMIT_MB
from unionboard.reading.formats import find_format
from unionboard.reading.lines import fold
from unionboard.reading.package import MIB, Package
from unionboard.reading.workbook import read_workbook

HEADINGS = {
    "id": "编号",
    "section": "部分",
    "when": "时间",
    "title": "工作内容",
    "duty": "性质",
    "owner": "负责人",
    "audience": "参加对象",
    "people": "计划人数",
    "budget": "预算（元）",
    "note": "备注",
    "status": "完成情况",
}
"""The columns of the table by field, as it is written."""
_OTHER_NAMES = {
    "section": ("板块", "板块部分"),
    "when": ("月份", "月份时间", "时间月份", "计划时间"),
    "title": ("活动名称", "活动内容", "内容"),
    "owner": ("责任人",),
    "people": ("人数",),
    "budget": ("预算", "经费预算"),
}
DUTIES = {"one_off": "活动", "recurring": "定期", "standing": "常年"}
"""The kinds of activity by code, as the column 性质 says them."""
AS_WRITTEN_SHEET = "导出时"
TOTAL = "合计"
_HEADER_WITHIN = 10
_ID = re.compile(r"P(\d{1,9})-A(\d{1,9})")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its line in the sheet (1-based), the ids of plan and activity (None for a row people added), and its texts by field."""

    line: int
    plan_id: int | None
    activity_id: int | None
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The table read back. ``as_written``: the texts of each activity when it was written; None when people threw that sheet away.

    ``letters``: the column of each field that is still there.
    """

    rows: tuple[TableRow, ...]
    as_written: dict[int, dict[str, str]] | None
    letters: dict[str, str]

    def cell(self, row: TableRow, name: str) -> str:
        """The address of a cell, e.g. C7."""
        return f"{self.letters.get(name, 'A')}{row.line}"


def read_plan_table(data: bytes, *, filename: str) -> PlanTable:
    """The plan table in a workbook that was written by ``writing.plan_table`` and edited since: sorted, filled in, with rows added or gone.

    Raises: NotOurTable when no sheet has the columns 编号 and 工作内容, DocumentTooLarge, FormatNotRead, ProtectedDocument,
    DamagedDocument.
    """
    if len(data) > LIMIT_MB * MIB:
        raise DocumentTooLarge(limit_mb=LIMIT_MB)
    suffix = PurePath(filename).suffix.lower()
    if find_format(data, suffix) != ".xlsx":
        raise FormatNotRead(suffix=suffix or ".txt")
    sheets = read_workbook(Package(data), with_hidden=True)  # also rows that a filter hides: they are not gone
    as_written = next((sheet.rows for sheet in sheets if sheet.name == AS_WRITTEN_SHEET), None)
    for sheet in sheets:
        if sheet.name != AS_WRITTEN_SHEET and (found := _find_columns(sheet.rows)):
            first, columns = found
            letters = {field_name: get_column_letter(column + 1) for field_name, column in columns.items()}
            return PlanTable(tuple(_read_rows(sheet.rows, first, columns)), _read_written(as_written), letters)
    raise NotOurTable


def _find_columns(rows: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """Index of the first row below the header, and the column of each field."""
    names = {_bare(heading): name for name, heading in HEADINGS.items()}
    names |= {other: name for name, others in _OTHER_NAMES.items() for other in others}
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            if name := names.get(_bare(cell.text)):
                columns.setdefault(name, column)
        if {"id", "title"} <= columns.keys():
            return index + 1, columns
    return None


def _bare(text: str) -> str:
    return re.sub(r"\(.*?\)|[\s:/、]", "", fold(text))


def _read_rows(rows: Sequence[Row], first: int, columns: dict[str, int]) -> list[TableRow]:
    """Rows that say anything; a cell merged down says what stands above. An id met a second time is a copied row and counts as added."""
    read: list[TableRow] = []
    seen: set[int] = set()
    above: dict[str, str] = {}
    for line, row in enumerate(rows[first:], start=first + 1):
        cells = {name: row[column] for name, column in columns.items() if column < len(row)}
        texts = {name: above.get(name, "") if cell.continued else cell.text.strip() for name, cell in cells.items()}
        above = texts
        id_ = texts.pop("id", "")
        if not any(text for name, text in texts.items() if name not in {"status", "section"}) or fold(id_).strip() == TOTAL:
            continue
        found = _ID.fullmatch(fold(id_).strip().upper())
        plan_id, activity_id = (int(found[1]), int(found[2])) if found else (None, None)
        if activity_id in seen:
            activity_id = None
        if activity_id is not None:
            seen.add(activity_id)
        read.append(TableRow(line, plan_id, activity_id, texts))
    return read


def _read_written(rows: Sequence[Row] | None) -> dict[int, dict[str, str]] | None:
    found = _find_columns(rows) if rows else None
    if not rows or not found:
        return None
    return {row.activity_id: row.texts for row in _read_rows(rows, *found) if row.activity_id is not None}
