"""The timeline's header: months, festivals, today, what the marks mean, and the heads of the right columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from unionboard.charts.theme import Palette, fill_pattern, plain_layout
from unionboard.charts.timeline import OWNER_AT, SIDE_SIZE, SMALL, TITLE_SIZE
from unionboard.charts.timeline_frame import Frame, grey, middle, month_end, noon, text_px
from unionboard.services.activities import Status

HEIGHT = 52
MONTHS_AT, FESTIVALS_AT = 17, 40
"""Heights (pixels from the top) of the two lines of the header."""


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """The header's words in the user's language. ``months``: January to December; ``today``: on the flag."""

    summary: str
    months: tuple[str, ...]
    today: str
    status: str
    owner: str
    plan: str
    actual: str
    month_only: str
    short: str
    duty: str


def draw_header(frame: Frame, palette: Palette, words: HeaderWords, *, festivals: Sequence[tuple[date, str]] = ()) -> go.Figure:
    """The header of a timeline with ``frame``; ``festivals`` are days with their short names, earliest first."""
    shapes: list[dict[str, Any]] = []
    for month in frame.months[1:]:
        line = {"color": grey(0.5), "width": 1}
        shapes.append({"type": "line", "x0": month.isoformat(), "x1": month.isoformat(), "y0": 6, "y1": 28, "line": line})
    notes = [_note(middle((month, month_end(month))), MONTHS_AT, words.months[month.month - 1], TITLE_SIZE) for month in frame.months]
    notes += [_note(x, FESTIVALS_AT, text, SMALL, color=palette.muted) for x, text in _join_festivals(frame, festivals)]
    notes.append(_note(8, MONTHS_AT, f"<b>{escape(words.summary)}</b>", TITLE_SIZE, xref="x2", xanchor="left"))
    notes.append(_note(8, MONTHS_AT, f"<b>{words.status}</b>", SIDE_SIZE, xref="x3", xanchor="left"))
    notes.append(_note(OWNER_AT, MONTHS_AT, f"<b>{words.owner}</b>", SIDE_SIZE, xref="x3", xanchor="left"))
    if frame.holds(frame.today):
        first = frame.today.replace(day=1)
        end = (month_end(first) + timedelta(days=1)).isoformat()
        shade = {"type": "rect", "x0": first.isoformat(), "x1": end, "y0": 0, "y1": HEIGHT, "line": {"width": 0}}
        shapes.append({**shade, "fillcolor": grey(0.18), "layer": "below"})
        this_month = frame.months.index(first)
        notes[this_month]["text"] = f"<b>{notes[this_month]['text']}</b>"
        flag = {"bgcolor": palette.ink, "borderpad": 3, "xshift": _keep_inside(frame, words.today)}
        notes.append(_note(noon(frame.today), FESTIVALS_AT, words.today, SMALL, color=palette.paper) | flag)
    ground = {"type": "scatter", "x": [frame.within[0].isoformat()], "y": [0], "opacity": 0}  # Plotly lays out only axes that carry data
    traces = [ground, {**ground, "xaxis": "x3", "x": [0]}, *_legend(frame, palette, words, notes)]
    rule = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": HEIGHT - 0.5, "y1": HEIGHT - 0.5}
    shapes.append({**rule, "line": {"color": grey(0.7), "width": 1}})
    layout = {
        **plain_layout(palette),
        **frame.axes(HEIGHT),
        "barmode": "overlay",
        "hovermode": False,
        "shapes": shapes,
        "annotations": notes,
    }
    return go.Figure({"data": traces, "layout": layout})


def _note(x: Any, y: float, text: str, size: int, *, color: str | None = None, **more: Any) -> dict[str, Any]:
    font = {"size": size, **({"color": color} if color else {})}
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": font,
        "xanchor": "center",
        "yanchor": "middle",
        "borderpad": 0,
        **more,
    }


def _days_px(frame: Frame, day: date) -> float:
    return ((day - frame.within[0]).days + 0.5) * frame.day_px


def _keep_inside(frame: Frame, text: str) -> float:
    """How far the flag over today moves so that it does not run out of the time part."""
    half = text_px(text, SMALL) / 2 + 4
    at = _days_px(frame, frame.today)
    return max(half - at, 0) - max(at + half - frame.time, 0)


def _join_festivals(frame: Frame, festivals: Sequence[tuple[date, str]]) -> list[tuple[str, str]]:
    """Where the festivals' names stand. Close neighbours share a place (五一·五四); a name that would overlap another, or today's flag, is
    left out: its hairline stays."""
    groups: list[tuple[list[date], str]] = []
    for day, name in festivals:
        if not frame.holds(day) or (frame.holds(frame.today) and abs(_days_px(frame, day) - _days_px(frame, frame.today)) < 44):
            continue
        if groups:
            days, names = groups[-1]
            if _days_px(frame, day) - _days_px(frame, days[-1]) < 24:
                groups[-1] = ([*days, day], f"{names}·{name}")
                continue
            apart = _days_px(frame, day) - sum(_days_px(frame, at) for at in days) / len(days)
            if apart < (text_px(names, SMALL) + text_px(name, SMALL)) / 2 + 4:
                continue
        groups.append(([day], name))
    placed = []
    for days, names in groups:
        half = text_px(names, SMALL) / 2
        at = sum(_days_px(frame, day) for day in days) / len(days)
        inside = min(max(at, half), frame.time - half)
        placed.append((middle((days[0], days[-1])) if inside == at else _at_px(frame, inside), escape(names)))
    return placed


def _at_px(frame: Frame, px: float) -> str:
    return noon(frame.within[0] + timedelta(days=int(px / frame.day_px)))


def _legend(frame: Frame, palette: Palette, words: HeaderWords, notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The marks with their names, as far as the title column has room; the names are added to ``notes``."""
    outline = {"color": grey(0.26), "line": {"color": grey(0.95), "width": 1}}
    done, standing = palette.fill[Status.DONE], palette.fill[Status.STANDING]
    bars = [
        (words.plan, 22, 11, outline),
        (words.actual, 22, 6, {"color": done}),
        (words.month_only, 20, 11, {"color": grey(0.75), "pattern": fill_pattern("|")}),
    ]
    marks = [(words.short, "diamond", 10, done), (words.duty, "circle", 8, standing)]
    x, traces = 8.0, []
    for name, length, width, look in bars:
        bar = {"type": "bar", "orientation": "h", "xaxis": "x2", "y": [FESTIVALS_AT], "base": [x], "x": [length], "width": [width]}
        traces.append({**bar, "marker": look})
        notes.append(_note(x + length + 4, FESTIVALS_AT, name, SMALL, color=palette.muted, xref="x2", xanchor="left"))
        x += length + text_px(name, SMALL) + 16
    for name, symbol, size, colour in marks:
        if x + 16 + text_px(name, SMALL) > frame.label:
            break
        mark = {"type": "scatter", "mode": "markers", "xaxis": "x2", "x": [x + 5], "y": [FESTIVALS_AT]}
        traces.append({**mark, "marker": {"symbol": symbol, "size": size, "color": colour, "opacity": 1}})
        notes.append(_note(x + 14, FESTIVALS_AT, name, SMALL, color=palette.muted, xref="x2", xanchor="left"))
        x += 14 + text_px(name, SMALL) + 12
    return traces
