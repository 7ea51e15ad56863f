"""What every chart shares: colours for light and dark, and how a status looks.

A status never speaks by colour alone: each has a colour, a shape or pattern, and (from the page) a word.
The same values stand in ``.streamlit/config.toml``, where badges and ``:orange[…]`` take them from; a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from unionboard.services.activities import Status


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode. ``fill`` is for surfaces and marks, ``text`` for words (at least 4.5:1 on paper and panel)."""

    is_dark: bool
    ink: str
    muted: str
    paper: str
    panel: str
    line: str
    primary: str  # money spent, selection
    track: str  # what was planned, behind what was spent
    fill: Mapping[Status, str]
    text: Mapping[Status, str]

    @property
    def over(self) -> str:
        """Money over its budget."""
        return self.fill[Status.LATE]

    @property
    def near(self) -> str:
        """Money at 90 % of its budget or more."""
        return self.fill[Status.STANDING]


LIGHT = Palette(
    is_dark=False,
    ink="#1B2430",
    muted="#4A5565",
    paper="#FFFFFF",
    panel="#F5F7FA",
    line="#DCE2EA",
    primary="#1F5AA6",
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

DARK = Palette(
    is_dark=True,
    ink="#E8ECF1",
    muted="#9AA7B5",
    paper="#12171E",
    panel="#1A212B",
    line="#2C3643",
    primary="#6FA8EE",
    track="#2C3643",
    fill={
        Status.DONE: "#3FBFA9",
        Status.PARTLY: "#3FBFA9",
        Status.UNDER_WAY: "#6DB3E2",
        Status.COMING: "#7C8FA3",
        Status.LATE: "#F08A4B",
        Status.POSTPONED: "#B79AE0",
        Status.CANCELLED: "#7D838C",
        Status.STANDING: "#D9B84A",
    },
    text={
        Status.DONE: "#56CDB8",
        Status.PARTLY: "#56CDB8",
        Status.UNDER_WAY: "#85C1EA",
        Status.COMING: "#9AA7B5",
        Status.LATE: "#F59E66",
        Status.POSTPONED: "#C4ACE8",
        Status.CANCELLED: "#9AA7B5",
        Status.STANDING: "#E2C563",
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
