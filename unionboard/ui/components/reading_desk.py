"""A document beside the rows read from it: one click on either lights the other up; rows are corrected where they stand.

What people do arrives as steps (a dict with a running ``n`` and what to ``do``). The browser sends those not yet confirmed, so that none is
lost when two follow each other quickly; ``data["step"]`` confirms the last one taken.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from unionboard.ui.components.packing import write_json
from unionboard.ui.text import t

_HERE = Path(__file__).parent
_PARTS = ("reading_desk.js", "reading_desk_lines.js", "reading_desk_rows.js", "reading_desk_editor.js", "reading_desk_drag.js")
_desk = st.components.v2.component(
    "unionboard_reading_desk",
    html='<div class="desk"></div>',
    css=(_HERE / "reading_desk.css").read_text(encoding="utf-8"),
    js="\n".join((_HERE / part).read_text(encoding="utf-8") for part in _PARTS),
)


def show_reading_desk(data: Mapping[str, Any], *, key: str, on_steps: Callable[[Sequence[Mapping[str, Any]]], None]) -> None:
    """Draw ``data`` (of ``plan_desk_view.show_desk``) down to the bar at the foot of the window; ``on_steps`` gets what people did."""

    _desk(key=key, data=write_json({**data, "words": _words()}), on_steps_change=lambda: on_steps(steps_sent(key)), height="content")


def steps_sent(key: str) -> list[Mapping[str, Any]]:
    """What people did that came with this run, taken or not: the callback of a button pressed meanwhile may come first."""
    state = st.session_state.get(key)
    return list(state.get("steps") or ()) if state else []


def _words() -> dict[str, str]:
    """Labels by the names the script knows them by; ``{n}`` is filled in by the script."""
    return {
        "source": t("Source"),
        "sourceHint": t("Every line became something; click one to see what."),
        "rows": t("Activities read"),
        "ofLine": t("Line {n} became:", n="{n}"),
        "noRows": t("No activity came from line {n}.", n="{n}"),
        "line": t("Line {n}", n="{n}"),
        "takeActivity": t("Take in as an activity"),
        "takeMeasure": t("Take in as a measure"),
        "seeRows": t("See its activities"),
        "seeLine": t("See line {n}", n="{n}"),
        "showAll": t("Show all"),
        "measuresOnly": t("Measures alone"),
        "takeAll": t("Take all in as activities"),
        "unusedOnly": t("Only the lines left out"),
        "nothingHere": t("Nothing here any more."),
        "order": t("Order"),
        "byText": t("As in the document"),
        "byMonth": t("By month"),
        "bySection": t("By section"),
        "undo": t("Undo"),
        "redo": t("Redo"),
        "add": t("Add a row"),
        "select": t("Select"),
        "selected": t("{n} selected", n="{n}"),
        "unselect": t("Clear the selection"),
        "title": t("Activity"),
        "when": t("Time"),
        "duty": t("Kind"),
        "section": t("Section"),
        "area": t("Area"),
        "owner": t("Owner"),
        "relation": t("Our part"),
        "people": t("People"),
        "budget": t("Budget (yuan)"),
        "audience": t("For whom"),
        "note": t("Note"),
        "targets": t("Targets"),
        "suggested": t("suggested"),
        "whenHint": t("e.g. 3月, 3月上旬, 3–5月, 3月8日, 教师节前, 上半年, 每月一次"),
        "split": t("Split"),
        "splitHint": t("One activity per line. Press Enter where one ends."),
        "splitInto": t("Split into {n}", n="{n}"),
        "merge": t("Merge"),
        "mergeAbove": t("Merge with the one above"),
        "drop": t("Do not keep"),
        "keep": t("Keep again"),
        "addBelow": t("Add a row below"),
        "fine": t("It is right as it is"),
        "close": t("Close"),
        "cancel": t("Cancel"),
        "setSection": t("Move to a section …"),
        "setArea": t("Set the area …"),
        "setWhen": t("Set the time …"),
        "untitled": t("(no name yet)"),
        "withoutSection": t("Without a section"),
        "people_n": t("{n} people", n="{n}"),
        "budget_n": t("¥{n}", n="{n}"),
        "empty": t("No activity was read. Add a row, or take a line of the source in."),
    }
