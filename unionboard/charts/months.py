"""The months of a plan as piles of cells, for the back row of a meeting room."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

import plotly.graph_objects as go

from unionboard.charts.cells import Cell, draw_cells
from unionboard.charts.theme import Palette, plain_layout
from unionboard.models import DatePrecision, DutyKind
from unionboard.services.activities import ActivityView
from unionboard.services.board import status_rank

Month = tuple[int, int]
FEWEST_PLACES = 6


def pile_by_month(views: Sequence[ActivityView]) -> dict[Month, list[ActivityView]]:
    """One-off activities under the (year, month) they happened in, or else should end in; done ones at the bottom of each pile.

    What was only planned within half a year or the whole plan stands in no month until it is done.
    """
    piles: dict[Month, list[ActivityView]] = defaultdict(list)
    for view in views:
        vague = view.precision in (DatePrecision.PERIOD, DatePrecision.HALF_YEAR)
        if view.duty is DutyKind.ONE_OFF and (view.done_on or not vague):
            day = view.done_on or view.ends_on
            piles[day.year, day.month].append(view)
    for pile in piles.values():
        pile.sort(key=lambda view: (status_rank(view.status), view.done_on or view.ends_on, view.id))
    return dict(piles)


def build_month_cells(
    views: Sequence[ActivityView],
    months: Sequence[tuple[Month, str]],
    palette: Palette,
    *,
    today: date,
    hover: Callable[[ActivityView], str],
    height_px: int,
    font_px: int,
) -> go.Figure:
    """``months``: (year, month) and its name, in the plan's order; the month of ``today`` is bold."""
    piles = pile_by_month(views)
    cells = [Cell(view, line, place) for line, (month, _) in enumerate(months) for place, view in enumerate(piles.get(month, []))]
    places = max([FEWEST_PLACES, *(cell.place + 1 for cell in cells)])
    current = (today.year, today.month)
    layout = plain_layout(palette) | {
        "height": height_px,
        "barmode": "overlay",
        "clickmode": "event+select",
        "margin": {"l": 0, "r": 0, "t": 4, "b": font_px * 2},
        "yaxis": {"range": [0, places], "visible": False, "fixedrange": True},
        "xaxis": {
            "range": [-0.5, len(months) - 0.5],
            "tickvals": list(range(len(months))),
            "ticktext": [f"<b>{name}</b>" if month == current else name for month, name in months],
            "tickfont": {"size": font_px},
            "tickangle": 0,
            "ticklabelstandoff": 6,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    return go.Figure(draw_cells(cells, palette, is_upright=True, gap=0.16, font_size=font_px - 8, hover=hover), layout)
