"""A maker of sheets: a test names only what it is about."""

from dataclasses import fields
from datetime import date
from typing import Any

from unionboard.services.activities import Status
from unionboard.services.periods import Span, month_index, month_span
from unionboard.writing.sheet import SheetMonth, SheetPart, SheetRow, SheetWords, YearSheet

WORDS = SheetWords(**{field.name: field.name for field in fields(SheetWords)})


def day(month: int, number: int) -> date:
    return date(2026, month, number)


YEAR: Span = (day(1, 1), day(12, 31))


def make_row(activity_id: int = 1, **values: Any) -> SheetRow:
    """An activity planned from the 4th to the 20th of May, to the day."""
    defaults: dict[str, Any] = {"number": activity_id, "title": "趣味运动会", "owner": "", "when": "5月4日–20日", "status": Status.COMING}
    defaults |= {"status_text": "未到", "people": None, "people_planned": True, "plan": (day(5, 4), day(5, 20)), "is_exact": True}
    return SheetRow(activity_id=activity_id, **{**defaults, **values})


def make_sheet(*rows: SheetRow, parts: list[SheetPart] | None = None, within: Span = YEAR, **values: Any) -> YearSheet:
    """A sheet of 2026 with one section, seen on 21 November."""
    months = [month_span(index) for index in range(month_index(within[0]), month_index(within[1]) + 1)]
    defaults: dict[str, Any] = {
        "title": "青松小学工会2026年工作计划",
        "choice": "全部计划",
        "printed": "打印于2026年11月21日",
        "within": within,
        "today": day(11, 21),
        "months": tuple(SheetMonth(span, f"{span[0].month}月") for span in months),
        "festivals": (),
        "terms": (),
        "parts": tuple(parts if parts is not None else [SheetPart("一、丰富文体生活", 0, len(rows), rows)]),
        "words": WORDS,
    }
    return YearSheet(**{**defaults, **values})
