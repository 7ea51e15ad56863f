"""The plan as a Gantt chart: titles left, time in the middle, status and owner right, one row an activity.

The vertical axis counts pixels from the top, so that nothing depends on an order of categories. Three horizontal axes stand side by
side on it: ``x2`` for titles, ``x`` for time, ``x3`` for status and owner. The header is a figure of its own with the same axes: it
stays in sight while the body scrolls, and fits it as long as both get the same width.
Every row answers a click anywhere: ``customdata`` is the activity's id, or ``group:<key>`` on a group's row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from html import escape
from typing import Any

import plotly.graph_objects as go

from unionboard.charts.theme import MARKS, Palette, fill_pattern, plain_layout
from unionboard.charts.timeline_frame import DAY_MS, Frame, cut_text, grey, middle, month_end, noon, span_ms
from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.services.periods import Span, clip
from unionboard.services.timeline import MonthShare

ROW, GROUP_ROW, CLOSED_ROW, GAP = 26, 32, 46, 6
PLAN_BAR, DONE_BAR, DIAMOND = 16, 8, 12
TITLE_SIZE, SIDE_SIZE, SMALL = 14, 13, 11
OWNER_AT = 128
CLEAR = "rgba(0,0,0,0)"
GROUP_CLICK = "group:"


@dataclass(frozen=True, slots=True)
class Turn:
    """A circle in a duty's lane: on the day it was done, else on the last day it is due."""

    day: date
    status: OccurrenceStatus
    hover: str


@dataclass(frozen=True, slots=True)
class Row:
    """An activity as drawn. Spans are inclusive; ``hover`` is plain text, a line each. All text is as users typed it: escaped here.

    ``is_exact``: planned to the day. ``done``: what happened, up to today when it is under way. ``first_plan``: before it was postponed.
    """

    id: int
    title: str
    status: Status
    status_word: str
    owner: str
    hover: str
    plan: Span
    is_exact: bool
    done: tuple[Span, ...] = ()
    first_plan: Span | None = None
    is_duty: bool = False
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A group's row with its share of done activities; closed, it shows a cell a month instead of its ``rows``."""

    key: str
    heading: str
    is_open: bool
    done: int
    total: int
    months: tuple[MonthShare, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Points:
    """The growing columns of one trace, and what its points share."""

    shared: dict[str, Any]
    columns: dict[str, list[Any]] = field(default_factory=dict)
    marker: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, *, marker: dict[str, Any] | None = None, **values: Any) -> None:
        for key, value in values.items():
            self.columns.setdefault(key, []).append(value)
        for key, value in (marker or {}).items():
            self.marker.setdefault(key, []).append(value)

    def trace(self) -> dict[str, Any]:
        shared = dict(self.shared)
        marker = {**shared.pop("marker", {}), **self.marker}
        if "line_color" in marker:
            marker["line"] = {"color": marker.pop("line_color"), "width": 1.6}
        return {**shared, **self.columns, **({"marker": marker} if marker else {})}


def _bars(**shared: Any) -> _Points:
    marker = {"opacity": 1, "line": {"width": 0}, **shared.pop("marker", {})}
    return _Points({"type": "bar", "orientation": "h", "marker": marker, "unselected": {"marker": {"opacity": 1}}, **shared})


def _marks(**shared: Any) -> _Points:
    still = {"unselected": {"marker": {"opacity": 1}}}
    return _Points({"type": "scatter", "mode": "markers", "marker": {"opacity": 1}, "cliponaxis": False, **still, **shared})


def _texts(palette: Palette, *, xaxis: str, size: int, place: str = "middle right") -> _Points:
    return _Points(
        {
            "type": "scatter",
            "mode": "text",
            "xaxis": xaxis,
            "textposition": place,
            "hoverinfo": "skip",
            "textfont": {"size": size, "color": palette.ink},
            "selected": {"textfont": {"color": palette.ink}},  # without it Plotly fades all other words on a click
        }
    )


def _lines(colour: str) -> dict[str, Any]:
    line = {"color": colour, "width": 1.4, "dash": "dot"}
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "connectgaps": False, "line": line, "x": [], "y": []}


class _Body:
    """Collects the traces of the body row by row; one trace a look, never one an activity."""

    def __init__(self, frame: Frame, palette: Palette) -> None:
        self.frame, self.palette = frame, palette
        self.top = 0
        hover = {"hovertemplate": "%{hovertext}<extra></extra>"}
        hit = {"color": CLEAR, "line": {"width": 0}}
        chosen = {"selected": {"marker": {"color": grey(0.16), "opacity": 1}}}
        self.hits = {
            "x2": _bars(xaxis="x2", marker=hit, name="title", **hover, **chosen),
            "x": _bars(marker=hit, name="row", hoverinfo="none", **chosen),
            "x3": _bars(xaxis="x3", marker=hit, name="side", hoverinfo="none", **chosen),
        }
        self.titles = _texts(palette, xaxis="x2", size=TITLE_SIZE)
        self.words = _texts(palette, xaxis="x3", size=SIDE_SIZE)
        self.cells = _texts(palette, xaxis="x", size=SMALL, place="middle center")
        outline = {"color": grey(0.26), "line": {"color": grey(0.95), "width": 1}}
        self.plans = {
            "exact": _bars(name="plan", marker=outline, **hover),
            "month": _bars(name="plan_month", marker={"color": grey(0.75), "pattern": fill_pattern("|")}, **hover),
            **{
                status.value: _bars(
                    name=f"plan_{status.value}",
                    marker={"color": palette.fill[status], "pattern": fill_pattern(MARKS[status].pattern)},
                    **hover,
                )
                for status in (Status.LATE, Status.POSTPONED, Status.CANCELLED)
            },
        }
        self.lanes = _bars(name="lanes", **hover)
        self.done = _bars(name="done", zorder=3, **hover)
        self.days = _marks(name="days", zorder=4, **hover)
        self.turns = _marks(name="turns", zorder=4, **hover)
        self.ends = _marks(name="ends", zorder=4, hoverinfo="skip")
        self.folds = _marks(name="folds", xaxis="x2", hoverinfo="skip")
        self.statuses = _marks(name="statuses", xaxis="x3", hoverinfo="skip")
        self.tails = {status: _lines(palette.fill[status]) for status in (Status.LATE, Status.POSTPONED)}
        self.shares = _bars(name="shares", xaxis="x3", hoverinfo="skip")
        self.months = {
            "all": _bars(name="month_all", hoverinfo="skip", marker={"color": grey(0.22), "line": {"color": grey(0.6), "width": 1}}),
            "done": _bars(name="month_done", hoverinfo="skip", marker={"color": palette.fill[Status.DONE]}),
            "late": _bars(name="month_late", hoverinfo="skip", marker={"color": palette.fill[Status.LATE], "pattern": fill_pattern("/")}),
        }
        self.rules: list[str] = []
        self.shapes: list[dict[str, Any]] = []

    def add_band(self, band: Band) -> None:
        height = GROUP_ROW if band.is_open else CLOSED_ROW
        y = self.top + height / 2
        self.shapes.append(
            {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": self.top, "y1": self.top + height}
            | {"fillcolor": grey(0.13), "line": {"width": 0}, "layer": "below"}
        )
        self._hit(f"{GROUP_CLICK}{band.key}", y, height, escape(band.heading))
        room = self.frame.label - 40
        self.titles.add(x=18, y=y, text=f"<b>{cut_text(band.heading, TITLE_SIZE + 1, room)}</b>")
        arrow = "triangle-down" if band.is_open else "triangle-right"
        self.folds.add(x=11, y=y, marker={"symbol": arrow, "size": 8, "color": self.palette.muted})
        if band.total:
            self.shares.add(y=y, base=8, x=56, width=6, marker={"color": grey(0.35)})
            self.shares.add(y=y, base=8, x=56 * band.done / band.total, width=6, marker={"color": self.palette.fill[Status.DONE]})
            self.words.add(x=70, y=y, text=f"<b>{band.done}</b>/{band.total}")
        if not band.is_open:
            for month in band.months:
                self._add_cell(month, y)
        self.top += height
        if band.is_open:
            for row in band.rows:
                self._add_row(row)
            self.top += GAP
        else:
            self._rule()

    def _add_cell(self, share: MonthShare, y: float) -> None:
        if not share.planned:
            return
        pad = round(5 / self.frame.day_px * DAY_MS)
        month = (share.starts_on, month_end(share.starts_on))
        start = datetime.combine(month[0], time()) + timedelta(milliseconds=pad)
        full = span_ms(month) - 2 * pad
        done_ms = full * share.done // share.planned
        self.months["all"].add(y=y + 8, base=start.isoformat(), x=full, width=10)
        self.months["done"].add(y=y + 8, base=start.isoformat(), x=done_ms, width=10)
        late_at = start + timedelta(milliseconds=done_ms)
        self.months["late"].add(y=y + 8, base=late_at.isoformat(), x=full * share.late // share.planned, width=10)
        late = f"  <b>!{share.late}</b>" if share.late else ""
        self.cells.add(x=middle(month), y=y - 9, text=f"{share.done}/{share.planned}{late}")

    def _add_row(self, row: Row) -> None:
        y = self.top + ROW / 2
        hover = "<br>".join(escape(line) for line in row.hover.split("\n"))
        self._hit(row.id, y, ROW, hover)
        title = cut_text(row.title, TITLE_SIZE, self.frame.label - 40)
        self.titles.add(x=22, y=y, text=f"<s>{title}</s>" if row.status is Status.CANCELLED else title)
        word = cut_text(row.status_word, SIDE_SIZE, OWNER_AT - 22)
        self.statuses.add(x=12, y=y, marker=self._mark(row.status, 9))
        self.words.add(x=20, y=y, text=f'<span style="color:{self.palette.text[row.status]}">{word}</span>')
        owner = cut_text(row.owner, SIDE_SIZE, self.frame.side - OWNER_AT - 8)
        self.words.add(x=OWNER_AT, y=y, text=f'<span style="color:{self.palette.muted}">{owner}</span>')
        if row.is_duty:
            self._add_lane(row, y, hover)
        else:
            self._add_plan(row, y, hover)
            for span in row.done:
                self._add_done(row, span, y, hover)
        self.top += ROW
        self._rule()

    def _add_lane(self, row: Row, y: float, hover: str) -> None:
        lane = clip(row.plan, self.frame.within)
        if lane is None:
            return
        look = {"color": self.palette.fill[row.status]}
        self.lanes.add(y=y, base=lane[0].isoformat(), x=span_ms(lane), width=1.5, customdata=row.id, hovertext=hover, marker=look)
        for turn in row.turns:
            if self.frame.holds(turn.day):
                look = self._turn_mark(turn.status)
                self.turns.add(
                    x=self.frame.place((turn.day, turn.day)),
                    y=y,
                    customdata=row.id,
                    hovertext=escape(turn.hover).replace("\n", "<br>"),
                    marker=look,
                )

    def _add_plan(self, row: Row, y: float, hover: str) -> None:
        look = row.status.value if row.status.value in self.plans else "exact" if row.is_exact else "month"
        if row.status is Status.POSTPONED and row.first_plan:
            self._add_bar(look, row, row.first_plan, y, hover)
            self._tail(row.status, row.first_plan[1], row.plan[0], y)
        if row.status is Status.LATE:
            self._tail(row.status, row.plan[1], self.frame.today, y)
            if self.frame.holds(self.frame.today):
                self.ends.add(
                    x=noon(self.frame.today - timedelta(days=round(7 / self.frame.day_px))), y=y, marker=self._mark(row.status, 9)
                )
        self._add_bar(look, row, row.plan, y, hover)

    def _add_bar(self, look: str, row: Row, span: Span, y: float, hover: str) -> None:
        if self._is_short(span):
            if not row.done:
                self._add_day(row, span, y, hover, is_open=True)
            return
        if seen := clip(span, self.frame.within):
            self.plans[look].add(y=y, base=seen[0].isoformat(), x=span_ms(seen), width=PLAN_BAR, customdata=row.id, hovertext=hover)

    def _add_done(self, row: Row, span: Span, y: float, hover: str) -> None:
        if self._is_short(span):
            self._add_day(row, span, y, hover, is_open=False)
        elif seen := clip(span, self.frame.within):
            look = {"color": self.palette.fill[row.status]}
            self.done.add(y=y, base=seen[0].isoformat(), x=span_ms(seen), width=DONE_BAR, customdata=row.id, hovertext=hover, marker=look)

    def _add_day(self, row: Row, span: Span, y: float, hover: str, *, is_open: bool) -> None:
        """A bar shorter than it is high becomes a diamond: one or two days in a whole year."""
        if clip(span, self.frame.within) is None:
            return
        symbol = {Status.LATE: "diamond", Status.CANCELLED: "x"}.get(row.status, "diamond-open" if is_open else "diamond")
        size = 8 if symbol == "x" else DIAMOND
        look = {"symbol": symbol, "size": size, "color": self.palette.fill[row.status]}
        self.days.add(x=self.frame.place(span), y=y, customdata=row.id, hovertext=hover, marker=look)

    def _tail(self, status: Status, from_day: date, to_day: date, y: float) -> None:
        seen = clip((from_day + timedelta(days=1), to_day), self.frame.within)
        if seen and seen[0] < seen[1]:
            self.tails[status]["x"] += [seen[0].isoformat(), seen[1].isoformat(), None]
            self.tails[status]["y"] += [y, y, None]

    def _is_short(self, span: Span) -> bool:
        return ((span[1] - span[0]).days + 1) * self.frame.day_px < PLAN_BAR - 2

    def _mark(self, status: Status, size: int) -> dict[str, Any]:
        return {"symbol": MARKS[status].symbol, "size": size, "color": self.palette.fill[status]}

    def _turn_mark(self, status: OccurrenceStatus) -> dict[str, Any]:
        fill = self.palette.fill
        if status is OccurrenceStatus.MISSED:
            return {"symbol": "x-thin", "size": 8, "color": fill[Status.LATE], "line_color": fill[Status.LATE]}
        if status is OccurrenceStatus.DONE:
            return {"symbol": "circle", "size": 8, "color": fill[Status.STANDING], "line_color": fill[Status.STANDING]}
        ring = fill[Status.UNDER_WAY] if status is OccurrenceStatus.DUE else fill[Status.COMING]
        return {"symbol": "circle", "size": 8, "color": self.palette.paper, "line_color": ring}

    def _hit(self, target: int | str, y: float, height: float, hover: str) -> None:
        ends = {
            "x2": (0, self.frame.label),
            "x3": (0, self.frame.side),
            "x": (self.frame.within[0].isoformat(), span_ms(self.frame.within)),
        }
        for axis, (base, length) in ends.items():
            self.hits[axis].add(y=y, base=base, x=length, width=height, customdata=target)
        self.hits["x2"].add(hovertext=hover)

    def _rule(self) -> None:
        self.rules.append(f"M0,{self.top}L1,{self.top}")

    def figure(self, festivals: Sequence[date]) -> go.Figure:
        rules = {"type": "path", "path": "".join(self.rules) or "M0,0", "xref": "paper", "yref": "y", "layer": "below"}
        lines = [{**rules, "line": {"color": grey(0.18), "width": 1}}, *_time_shapes(self.frame, self.palette, 0, self.top)]
        hairline = {"color": grey(0.35), "width": 1, "dash": "dot"}
        lines += [_upright(noon(day), 0, self.top, hairline) | {"layer": "below"} for day in festivals if self.frame.holds(day)]
        looks = [*self.hits.values(), *self.plans.values(), self.lanes, self.done, *self.months.values(), self.shares]
        looks += [self.days, self.turns, self.ends, self.folds, self.statuses, self.titles, self.words, self.cells]
        traces = [*(points.trace() for points in looks if points.columns), *(tail for tail in self.tails.values() if tail["x"])]
        layout = {
            **plain_layout(self.palette),
            **self.frame.axes(max(self.top, 1)),
            "barmode": "overlay",
            "hovermode": "closest",
            "clickmode": "event+select",
            "shapes": [*self.shapes, *lines],
        }
        return go.Figure({"data": traces, "layout": layout})


def draw_body(bands: Sequence[Band], frame: Frame, palette: Palette, *, festivals: Sequence[date] = ()) -> go.Figure:
    """The rows of the timeline, exactly as high as they need (pixels, ``figure.layout.height``)."""
    body = _Body(frame, palette)
    for band in bands:
        body.add_band(band)
    return body.figure(festivals)


def _upright(x: str, y0: float, y1: float, line: dict[str, Any]) -> dict[str, Any]:
    return {"type": "line", "x0": x, "x1": x, "y0": y0, "y1": y1, "line": line}


def _time_shapes(frame: Frame, palette: Palette, top: float, bottom: float) -> Iterator[dict[str, Any]]:
    """Month lines, this month's shade and today's line between two heights."""
    for month in frame.months:
        if month > frame.within[0]:
            yield _upright(month.isoformat(), top, bottom, {"color": grey(0.3), "width": 1}) | {"layer": "below"}
    if frame.holds(frame.today):
        first = frame.today.replace(day=1)
        end = month_end(first) + timedelta(days=1)
        shade = {"type": "rect", "x0": first.isoformat(), "x1": end.isoformat(), "y0": top, "y1": bottom}
        yield shade | {"fillcolor": grey(0.1), "line": {"width": 0}, "layer": "below"}
        yield _upright(noon(frame.today), top, bottom, {"color": palette.ink, "width": 1.6})
