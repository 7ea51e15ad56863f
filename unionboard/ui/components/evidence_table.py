"""Work areas with their share of proven check-offs and the papers of each: one table, whose lines without papers stand first."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from unionboard.ui.components.packing import write_json

_KEY = "evidence_table"
_here = Path(__file__).parent
_component = st.components.v2.component(
    "unionboard_evidence_table",
    html='<div class="areas"></div>',
    css=(_here / "evidence_table.css").read_text(encoding="utf-8"),
    js=(_here / "evidence_table.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A check-off: ``counts`` papers of each kind, in the order of the columns."""

    record: int
    activity: int
    title: str
    when: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A work area: ``told`` beside its bar (10 of 12 …), ``counts`` check-offs with each kind; lines without papers, and the others;
    ``left`` tells of those not listed."""

    name: str
    told: str
    share_pct: int | None
    counts: tuple[int, ...]
    bare: tuple[Line, ...]
    proven: tuple[Line, ...]
    more: str
    left: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the heads and on the marks, translated."""

    caption: str
    activity: str
    kinds: tuple[str, ...]
    missing: str
    less: str


def show_evidence_table(areas: Sequence[Area], words: Words, *, on_open: Callable[[int, int], None]) -> None:
    """Draw the table; a click on a line calls ``on_open(activity, record)`` before the page runs again."""

    def opened() -> None:
        chosen = st.session_state[_KEY].opened
        if chosen:
            on_open(int(chosen["activity"]), int(chosen["record"]))

    data = {"areas": [asdict(area) for area in areas], "words": asdict(words)}
    _component(key=_KEY, data=write_json(data), on_opened_change=opened, height="content")
