"""The work areas, one line each, one cell per activity: far easier to count than a bar."""

from collections.abc import Callable, Mapping, Sequence

import plotly.graph_objects as go

from unionboard.charts.cells import Cell, draw_cells
from unionboard.charts.theme import Palette, plain_layout
from unionboard.services.activities import ActivityView
from unionboard.services.board import AreaRow

FEWEST_PLACES = 8
LINE_PX = 36


def build_area_cells(
    rows: Sequence[AreaRow], names: Mapping[str, str], palette: Palette, *, hover: Callable[[ActivityView], str], line_px: int = LINE_PX
) -> go.Figure:
    """Areas from top to bottom with "done / counted" at the right. ``names``: area code -> name in the reader's language."""
    cells = [Cell(view, line, place) for line, row in enumerate(rows) for place, view in enumerate(row.activities)]
    places = max([FEWEST_PLACES, *(len(row.activities) for row in rows)])
    layout = plain_layout(palette) | {
        "height": line_px * max(len(rows), 1),
        "barmode": "overlay",
        "clickmode": "event+select",
        "margin": {"l": 0, "r": 52, "t": 0, "b": 0},
        "xaxis": {"range": [0, places], "visible": False, "fixedrange": True},
        "yaxis": {
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": [names[row.code] for row in rows],
            "ticklabelstandoff": 12,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        "annotations": [
            {
                "x": 1,
                "xref": "paper",
                "xanchor": "left",
                "xshift": 12,
                "y": line,
                "text": f"{row.done} / {row.counted}",
                "showarrow": False,
                "font": {"color": palette.muted},
            }
            for line, row in enumerate(rows)
        ],
    }
    return go.Figure(draw_cells(cells, palette, is_upright=False, gap=0.1, font_size=12, hover=hover), layout)
