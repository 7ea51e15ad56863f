"""A small table of records that people and screen readers can read: rows and cells, cards on a phone, one press opens a record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from unionboard.ui.components.packing import write_json

_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_record_table",
    html='<div class="records"></div>',
    css=(_here / "record_table.css").read_text(encoding="utf-8"),
    js=(_here / "shapes.js").read_text(encoding="utf-8") + (_here / "record_table.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its words in a row, its head, and how it looks: "main", "day", "number", "sum" or "quiet"."""

    key: str
    label: str
    look: str


def show_record_table(
    key: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    *,
    caption: str,
    sums: Mapping[str, str] | None = None,
    on_open: Callable[[int], None] | None = None,
) -> None:
    """Draw ``rows``: words by column key, with ``marks`` ({"word", "tone"}) and, where a press opens it, ``id``. What stands in no
    column is not sent to the browser.

    ``sums``: a last row. ``on_open`` gets the id before the page runs again.
    """

    def opened() -> None:
        chosen = st.session_state[key].opened
        if chosen is not None and on_open is not None:
            on_open(int(chosen))

    told = [{"key": column.key, "label": column.label, "look": column.look} for column in columns]
    sent = {"id", "marks", "looks", *(column.key for column in columns)}
    shown = [{key: value for key, value in row.items() if key in sent} for row in rows]
    data = {"caption": caption, "columns": told, "rows": shown, "sums": dict(sums) if sums else None}
    _component(key=key, data=write_json(data), on_opened_change=opened, height="content")
