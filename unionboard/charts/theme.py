"""How a status looks: a colour, a shape or pattern, and (from the page) a word; never by colour alone.

On the screen colours come from ``.streamlit/config.toml``, light and dark; what is printed or sent away takes those of ``LIGHT``, which
are the light theme's: a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unionboard.services.activities import Status


@dataclass(frozen=True, slots=True)
class Palette:
    """``fill`` is for surfaces and marks, ``text`` for words (at least 4.5:1 on paper and panel)."""

    ink: str
    muted: str
    paper: str
    panel: str
    line: str
    track: str  # behind a bar
    fill: Mapping[Status, str]
    text: Mapping[Status, str]


LIGHT = Palette(
    ink="#1B2430",
    muted="#4A5565",
    paper="#FFFFFF",
    panel="#F5F7FA",
    line="#DCE2EA",
    track="#E6EBF1",
    fill={
        Status.DONE: "#0B7A6A",
        Status.PARTLY: "#0B7A6A",
        Status.UNDER_WAY: "#1F78B4",
        Status.COMING: "#6B7F94",
        Status.LATE: "#C8500A",
        Status.POSTPONED: "#7A5BA8",
        Status.CANCELLED: "#8A8F98",
        Status.STANDING: "#A8861A",
    },
    text={
        Status.DONE: "#075F53",
        Status.PARTLY: "#075F53",
        Status.UNDER_WAY: "#135580",
        Status.COMING: "#4A5565",
        Status.LATE: "#9A3A05",
        Status.POSTPONED: "#5A3D86",
        Status.CANCELLED: "#5B6776",
        Status.STANDING: "#6B540C",
    },
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The look of a status: its own shape in components, a Material Symbol, and the theme's name of its colour."""

    symbol: str
    icon: str
    colour_name: str


MARKS: Mapping[Status, Mark] = {
    Status.DONE: Mark("check", "check_circle", "green"),
    Status.PARTLY: Mark("half", "incomplete_circle", "green"),
    Status.UNDER_WAY: Mark("dot", "radio_button_checked", "blue"),
    Status.COMING: Mark("ring", "circle", "gray"),
    Status.LATE: Mark("triangle", "warning", "orange"),
    Status.POSTPONED: Mark("arrow", "redo", "violet"),
    Status.CANCELLED: Mark("cross", "close", "gray"),
    Status.STANDING: Mark("bead", "event_repeat", "yellow"),
}
