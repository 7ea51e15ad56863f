"""The fund's two figures: spending items as lying bullets, months as standing ones. All data are fen; words come from the caller."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from plotly import graph_objects as go

from unionboard.charts.theme import Palette, fill_pattern, plain_layout
from unionboard.money import format_fen
from unionboard.services.activities import Status
from unionboard.services.execution import BudgetState, ItemMoney, MonthMoney

CONFIG = {"displayModeBar": False}
"""For ``st.plotly_chart(config=…)``: no tool bar; the figures are fixed, so that a phone scrolls past them."""
SHARE_WIDTH = 72
"""Room (px) for the share at the right of an item's row."""
_STEPS = (1, 2, 5)
_FIGURE_SPACE = "\u2007"
_CLEAR = "rgba(0,0,0,0)"


def build_item_bullets(
    items: Sequence[ItemMoney],
    *,
    names: Mapping[str, str],
    over: str,
    unbudgeted: str,
    palette: Palette,
    chosen: str | None = None,
    row_height: int = 44,
    font_size: int = 14,
) -> go.Figure:
    """One row an item: its name, spent / budget and share above, the bar of spending on the bar of the budget below.

    ``over`` is a sentence with ``{n}`` (per cent above the budget), ``unbudgeted`` a word. A click on a row gives the item's code as
    ``customdata``; ``chosen`` is drawn bold. Draw with ``theme=None``, ``config=CONFIG``; the height is ``row_height`` px a row.
    """
    span = max((max(item.budget_fen, item.spent_fen) for item in items), default=0) or 1
    middles = [(index + 0.72) * row_height for index in range(len(items))]
    spent = {
        "y": middles,
        "x": [max(0, item.spent_fen) for item in items],
        "width": row_height * 0.18,
        "marker": {
            "color": [_item_colour(item, palette) for item in items],
            "pattern": {**fill_pattern("/"), "shape": ["/" if item.over_fen and item.budget_fen else "" for item in items]},
            "cornerradius": 2,
        },
    }
    budget = {
        "y": middles,
        "x": [item.budget_fen for item in items],
        "width": row_height * 0.32,
        "marker": {"color": palette.track, "cornerradius": 3},
    }
    rows = {
        "y": [(index + 0.5) * row_height for index in range(len(items))],
        "x": [span] * len(items),
        "width": row_height,
        "marker": {"color": _CLEAR},
        "customdata": [item.item for item in items],
        "hovertext": [_item_hover(item, names) for item in items],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    common: dict[str, Any] = {"orientation": "h", "unselected": {"marker": {"opacity": 1}}}
    layout = plain_layout(palette) | {
        "height": row_height * max(1, len(items)),
        "barmode": "overlay",
        "clickmode": "event+select",
        "xaxis": {"visible": False, "range": [0, span], "fixedrange": True},
        "yaxis": {"visible": False, "range": [row_height * len(items), 0], "fixedrange": True},
        "annotations": [
            note
            for index, item in enumerate(items)
            for note in _item_notes(
                item,
                (index + 0.3) * row_height,
                name=names[item.item],
                share=_tell_share(item, over=over, unbudgeted=unbudgeted),
                palette=palette,
                is_chosen=item.item == chosen,
                font_size=font_size,
            )
        ],
    }
    return go.Figure(
        data=[
            go.Bar(budget | common, hoverinfo="skip"),
            go.Bar(spent | common, hoverinfo="skip"),
            go.Bar(rows | common),
        ],
        layout=layout,
    )


def build_month_columns(
    months: Sequence[MonthMoney],
    *,
    names: Sequence[str],
    planned: str,
    spent: str,
    tick: Callable[[int], str],
    palette: Palette,
    current: int | None = None,
    height: int = 260,
    font_size: int = 13,
) -> go.Figure:
    """Twelve columns: spending on what was planned, hatched when more; the sum above, and for months without spending the plan.

    ``names`` are the twelve axis labels, ``planned`` and ``spent`` sentences with ``{amount}``; ``tick`` writes an axis value (fen).
    ``current`` (1–12) is bold. A click on a column gives the month's number as ``customdata``.
    """
    tops = [max(month.planned_fen, month.spent_fen, 0) for month in months]
    top = max(tops, default=0) * 1.06
    step = choose_step(int(top))
    digits = max(len(_round(month.spent_fen)) for month in months)
    numbers = [month.month for month in months]
    over = [month.spent_fen > month.planned_fen > 0 for month in months]
    tracks = {
        "x": numbers,
        "y": [month.planned_fen for month in months],
        "width": 0.62,
        "marker": {"color": palette.track, "cornerradius": 3},
    }
    columns = {
        "x": numbers,
        "y": [max(0, month.spent_fen) for month in months],
        "width": 0.34,
        "marker": {
            "color": [palette.over if more else palette.primary for more in over],
            "pattern": {**fill_pattern("/"), "shape": ["/" if more else "" for more in over]},
            "cornerradius": 2,
        },
    }
    labels = {
        "x": numbers,
        "y": tops,
        "width": 0.94,
        "marker": {"color": _CLEAR},
        "text": [_month_label(month, planned, digits) for month in months],
        "textposition": "outside",
        "constraintext": "both",
        "textangle": 0,
        "cliponaxis": False,
        "textfont": {
            "size": font_size,
            "color": [
                palette.text[Status.LATE] if more else palette.ink if month.spent_fen > 0 else palette.muted
                for month, more in zip(months, over, strict=True)
            ],
        },
        "customdata": numbers,
        "hovertext": [_month_hover(month, names[month.month - 1], planned, spent) for month in months],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    ticks = list(range(step, int(top) + 1, step))
    layout = plain_layout(palette) | {
        "height": height,
        "barmode": "overlay",
        "uniformtext": {"mode": "hide", "minsize": font_size - 2},
        "margin": {"l": 4, "r": 4, "t": 24, "b": 4},
        "xaxis": {
            "range": [0.4, 12.6],
            "tickvals": numbers,
            "ticktext": [f"<b>{name}</b>" if number == current else name for number, name in enumerate(names, start=1)],
            "tickangle": 0,
            "tickfont": {"size": font_size},
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
        },
        "yaxis": {
            "range": [0, top or step],
            "tickvals": ticks,
            "ticktext": [tick(value) for value in ticks],
            "tickfont": {"size": font_size, "color": palette.muted},
            "ticklabelstandoff": 10,
            "gridcolor": palette.line,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
        },
    }
    return go.Figure(
        data=[go.Bar(tracks, hoverinfo="skip"), go.Bar(columns, hoverinfo="skip"), go.Bar(labels)],
        layout=layout,
    )


def choose_step(top_fen: int) -> int:
    """The distance of grid lines (fen, whole yuan) that gives two to four of them below ``top_fen``."""
    power = 100
    while True:
        for factor in _STEPS:
            if top_fen < 5 * factor * power:
                return factor * power
        power *= 10


def _item_colour(item: ItemMoney, palette: Palette) -> str:
    return {BudgetState.OVER: palette.over, BudgetState.NEAR: palette.near}.get(item.state, palette.primary)


def _tell_share(item: ItemMoney, *, over: str, unbudgeted: str) -> str:
    if item.state is BudgetState.UNBUDGETED:
        return unbudgeted
    if item.state is BudgetState.OVER:
        return over.format(n=max(1, item.over_fen * 100 // item.budget_fen))  # a few fen too much are over, too
    return f"{item.share_pct}%"


def _item_notes(
    item: ItemMoney, y: float, *, name: str, share: str, palette: Palette, is_chosen: bool, font_size: int
) -> list[dict[str, Any]]:
    """Name at the left, sums and share at the right; on paper coordinates, so that they stand whole on a phone."""
    common = {"xref": "paper", "yref": "y", "y": y, "showarrow": False, "yanchor": "middle", "xshift": 0}
    colours = {BudgetState.OVER: palette.text[Status.LATE], BudgetState.NEAR: palette.text[Status.STANDING]}
    colour = colours.get(item.state, palette.muted)
    sums = _round(item.spent_fen) + (f" / {_round(item.budget_fen)}" if item.budget_fen else "")
    is_over = item.state is BudgetState.OVER
    return [
        {**common, "x": 0, "xanchor": "left", "text": _bold(escape(name), is_chosen), "font": {"size": font_size, "color": palette.ink}},
        {**common, "x": 1, "xanchor": "right", "xshift": -SHARE_WIDTH, "text": sums, "font": {"size": font_size, "color": palette.ink}},
        {**common, "x": 1, "xanchor": "right", "text": _bold(escape(share), is_over), "font": {"size": font_size, "color": colour}},
    ]


def _item_hover(item: ItemMoney, names: Mapping[str, str]) -> str:
    return f"{escape(names[item.item])}<br>{format_fen(item.spent_fen)}" + (f" / {format_fen(item.budget_fen)}" if item.budget_fen else "")


def _month_label(month: MonthMoney, planned: str, digits: int) -> str:
    """The sum above a column, padded to ``digits``: labels of one width are shown or hidden together when the figure is narrow."""
    if month.spent_fen > 0:
        return _round(month.spent_fen).center(digits, _FIGURE_SPACE)
    return planned.format(amount=_round(month.planned_fen)) if month.planned_fen else ""


def _month_hover(month: MonthMoney, name: str, planned: str, spent: str) -> str:
    lines = [name, spent.format(amount=format_fen(month.spent_fen))]
    if month.planned_fen:
        lines.append(planned.format(amount=format_fen(month.planned_fen)))
    return "<br>".join(escape(line) for line in lines)


def _round(amount_fen: int) -> str:
    return format_fen(amount_fen, symbol="", decimals=False)


def _bold(text: str, is_bold: bool) -> str:
    return f"<b>{text}</b>" if is_bold else text
