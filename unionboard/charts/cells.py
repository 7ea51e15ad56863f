"""One cell per activity: filled when done, half filled under way, an outline while it is to come, hatched when late."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from unionboard.charts.theme import DARK, LIGHT, MARKS, Palette, fill_pattern
from unionboard.services.activities import ActivityView, Status

SIGNS = {Status.STANDING: "●", Status.CANCELLED: "×"}
_OUTLINED = (Status.COMING, Status.UNDER_WAY, Status.PARTLY, Status.CANCELLED)
_HALF = (Status.UNDER_WAY, Status.PARTLY)
_CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True, slots=True)
class Cell:
    """An activity at ``place`` (0, 1, 2 …) along line ``line``."""

    view: ActivityView
    line: int
    place: int


def draw_cells(
    cells: Iterable[Cell], palette: Palette, *, is_upright: bool, gap: float, font_size: int, hover: Callable[[ActivityView], str]
) -> list[dict[str, Any]]:
    """Two bar traces: all cells, and the filled halves of those under way. ``customdata`` is the activity's id; ``hover`` gives plain text.

    Upright cells pile up along y at x = line; the others follow one another along x at y = line. ``gap``: space between two, in cells.
    """
    every = list(cells)
    halves = [cell for cell in every if cell.view.status in _HALF]
    whole = _bars(every, palette, is_upright=is_upright, gap=gap, hover=hover)
    whole["text"] = [SIGNS.get(cell.view.status, "") for cell in every]
    whole |= {"textposition": "inside", "insidetextanchor": "middle", "textangle": 0}
    whole["textfont"] = {"size": font_size, "color": [_sign_colour(cell.view.status, palette) for cell in every]}
    whole["marker"] |= {
        "color": [_CLEAR if cell.view.status in _OUTLINED else palette.fill[cell.view.status] for cell in every],
        "pattern": _patterns(every),
    }
    half = _bars(halves, palette, is_upright=is_upright, gap=gap, hover=hover)
    half["marker"]["color"] = [palette.fill[cell.view.status] for cell in halves]
    if is_upright:  # lying half bars would look like two cells: upright ones are filled from the left
        half["width"] = [0.4] * len(halves)
        half["x"] = [cell.line - 0.2 for cell in halves]
    else:
        half["x"] = [(1 - gap) / 2] * len(halves)
    return [whole, half]


def _bars(cells: list[Cell], palette: Palette, *, is_upright: bool, gap: float, hover: Callable[[ActivityView], str]) -> dict[str, Any]:
    along, across = ("y", "x") if is_upright else ("x", "y")
    return {
        "type": "bar",
        "orientation": "v" if is_upright else "h",
        "base": [cell.place for cell in cells],
        along: [1 - gap] * len(cells),
        across: [cell.line for cell in cells],
        "width": [0.8 if is_upright else 0.62] * len(cells),
        "customdata": [cell.view.id for cell in cells],
        "hovertext": [escape(hover(cell.view)) for cell in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "marker": {"line": {"color": [palette.fill[cell.view.status] for cell in cells], "width": 1.5}, "cornerradius": 3, "opacity": 1},
        "unselected": {"marker": {"opacity": 1}},
    }


def _patterns(cells: list[Cell]) -> dict[str, Any]:
    looks = [fill_pattern(MARKS[cell.view.status].pattern if cell.view.status is not Status.CANCELLED else "") for cell in cells]
    return {
        "shape": [look["shape"] for look in looks],
        "size": [look["size"] for look in looks],
        "solidity": [look["solidity"] for look in looks],
        "fillmode": "replace",
    }


def _sign_colour(status: Status, palette: Palette) -> str:
    return palette.text[status] if status is Status.CANCELLED else palette.paper


def swatch(status: Status) -> str:
    """A cell as a small picture for a legend: HTML that follows the browser's light or dark by itself."""
    colour = f"light-dark({LIGHT.fill[status]},{DARK.fill[status]})"
    if status in _HALF:
        fill = f"linear-gradient(90deg,{colour} 50%,transparent 50%)"
    elif status in _OUTLINED:
        fill = "none"
    elif MARKS[status].pattern == "/":
        fill = f"repeating-linear-gradient(135deg,{colour} 0 2px,transparent 2px 5px)"
    elif MARKS[status].pattern == ".":
        fill = f"radial-gradient({colour} 30%,transparent 35%) 0 0/4px 4px"
    else:
        fill = colour
    size = "width:1.4em;height:.75em;border-radius:3px;box-sizing:border-box"
    return f'<i style="{size};display:inline-block;border:1.5px solid {colour};background:{fill}"></i>'
