"""The marks of a printed timeline as SVG: a status is told by its shape or pattern, so that it survives a black-and-white printer.

Lengths are tenths of a millimetre. Shapes follow ``charts.theme.MARKS``; colours are those of light paper.
"""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from unionboard.charts.theme import LIGHT, MARKS
from unionboard.services.activities import OccurrenceStatus, Status

SVG = "http://www.w3.org/2000/svg"
PAPER = LIGHT.paper
TURN_MARKS = {
    OccurrenceStatus.DONE: ("event_repeat", LIGHT.fill[Status.STANDING]),
    OccurrenceStatus.DUE: ("radio_button_checked", LIGHT.fill[Status.UNDER_WAY]),
    OccurrenceStatus.COMING: ("circle", LIGHT.fill[Status.COMING]),
    OccurrenceStatus.MISSED: ("close", LIGHT.fill[Status.LATE]),
}
"""Shape and colour of a duty's turn."""
PATTERNED = (Status.LATE, Status.POSTPONED, Status.CANCELLED)
MONTH_PATTERN = "month"
_MONTH_STRIPE, _PLAN_FILL, _PLAN_LINE = "#AEBAC7", "#E6EBF1", "#7A8898"


def add(parent: etree._Element, name: str, text: str = "", **attributes: Any) -> etree._Element:
    """A child element; ``stroke_width`` becomes ``stroke-width``, lengths are rounded to a hundredth of a millimetre."""
    values = {key.rstrip("_").replace("_", "-"): _write(value) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{SVG}}}{name}", values)
    element.text = text or None
    return element


def _write(value: Any) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def add_patterns(svg: etree._Element, prefix: str) -> None:
    """The fills of bars, under ids that begin with ``prefix``: several drawings may stand in one page."""
    defs = add(svg, "defs")
    months = _pattern(defs, f"{prefix}{MONTH_PATTERN}", 10)
    add(months, "rect", width=4, height=10, fill=_MONTH_STRIPE)
    late = _pattern(defs, f"{prefix}{Status.LATE}", 12, patternTransform="rotate(45)")
    add(late, "rect", width=6, height=12, fill=LIGHT.fill[Status.LATE])
    postponed = _pattern(defs, f"{prefix}{Status.POSTPONED}", 12)
    add(postponed, "circle", cx=6, cy=6, r=3.6, fill=LIGHT.fill[Status.POSTPONED])
    cancelled = _pattern(defs, f"{prefix}{Status.CANCELLED}", 14)
    add(cancelled, "path", d="M0 0L14 14M14 0L0 14", stroke=LIGHT.fill[Status.CANCELLED], stroke_width=1.6)


def _pattern(defs: etree._Element, id_: str, size: int, **more: str) -> etree._Element:
    return add(defs, "pattern", id=id_, width=size, height=size, patternUnits="userSpaceOnUse", **more)


def add_plan(parent: etree._Element, prefix: str, box: Sequence[float], *, status: Status, is_exact: bool) -> None:
    """The bar of a plan in ``box`` (x, y, width, height): outlined when planned to the day, stripes when only to the month."""
    if status in PATTERNED:
        colour = LIGHT.fill[status]
        _box(parent, box, fill=f"url(#{prefix}{status})", stroke=colour, stroke_width=2, class_=f"plan {status}")
    elif is_exact:
        _box(parent, box, fill=_PLAN_FILL, stroke=_PLAN_LINE, stroke_width=2, rx=4, class_="plan exact")
    else:
        _box(parent, box, fill=f"url(#{prefix}{MONTH_PATTERN})", class_="plan month")


def add_actual(parent: etree._Element, box: Sequence[float], *, status: Status) -> None:
    """The bar of what happened: solid; half of it when done in part, open with an arrow's head while it is under way."""
    x, y, width, height = box
    colour = LIGHT.fill[status if status in LIGHT.fill else Status.DONE]
    if status is Status.PARTLY:
        _box(parent, box, fill=PAPER, stroke=colour, stroke_width=3, class_="actual partly")
        _box(parent, (x, y + height / 2, width, height / 2), fill=colour)
    elif status is Status.UNDER_WAY:
        head = min(height, width)
        points = ((x, y), (x + width - head / 2, y), (x + width, y + height / 2), (x + width - head / 2, y + height), (x, y + height))
        add(parent, "polygon", points=_points(points), fill=colour, class_="actual under_way")
    else:
        _box(parent, box, fill=colour, rx=3, class_="actual")


def add_diamond(parent: etree._Element, x: float, y: float, radius: float, *, status: Status, is_filled: bool) -> None:
    """A day or two: filled when it happened, half filled when in part, open as long as it is only planned."""
    colour = LIGHT.fill[status]
    points = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    is_half = is_filled and status is Status.PARTLY
    fill = colour if is_filled and not is_half else PAPER
    kind = "diamond actual" if is_filled else "diamond plan"
    add(parent, "polygon", points=_points(points), fill=fill, stroke=colour, stroke_width=3, class_=kind)
    if is_half:
        add(parent, "polygon", points=_points((points[3], points[1], points[2])), fill=colour)


def add_mark(parent: etree._Element, status: Status, x: float, y: float, radius: float) -> None:
    """The mark of a status beside its word."""
    add_shape(parent, MARKS[status].icon, x, y, radius, LIGHT.fill[status])


def add_turn(parent: etree._Element, status: OccurrenceStatus, x: float, y: float, radius: float) -> None:
    """One turn of a duty in its lane."""
    shape, colour = TURN_MARKS[status]
    add_shape(parent, shape, x, y, radius, colour, class_=f"turn {status}")


def add_shape(parent: etree._Element, shape: str, x: float, y: float, radius: float, colour: str, **more: str) -> None:
    """The shape that the screen's symbol of that name has; a plain disc for one without a shape of its own here."""
    ring: dict[str, Any] = {"fill": PAPER, "stroke": colour, "stroke_width": 3}
    match shape:
        case "check_circle":
            add(parent, "circle", cx=x, cy=y, r=radius, fill=colour, **more)
            start, down, up = (-0.48, 0.05), (0.35, 0.38), (0.6, -0.75)
            moves = (f"{radius * across:.1f} {radius * along:.1f}" for across, along in (down, up))
            tick = f"M{x + radius * start[0]:.1f} {y + radius * start[1]:.1f}l" + "l".join(moves)
            add(parent, "path", d=tick, fill="none", stroke=PAPER, stroke_width=2.6)
        case "incomplete_circle":
            add(parent, "circle", cx=x, cy=y, r=radius - 1.5, **ring, **more)
            turn = f"M{x - radius + 1.5:.1f} {y:.1f}a{radius - 1.5:.1f} {radius - 1.5:.1f} 0 0 0 {2 * radius - 3:.1f} 0z"
            add(parent, "path", d=turn, fill=colour)
        case "radio_button_checked":
            add(parent, "circle", cx=x, cy=y, r=radius - 1.5, **ring, **more)
            add(parent, "circle", cx=x, cy=y, r=radius * 0.42, fill=colour)
        case "circle":
            add(parent, "circle", cx=x, cy=y, r=radius - 1.5, **ring, **more)
        case "warning":
            corners = ((x, y - radius * 1.1), (x + radius * 1.15, y + radius * 0.9), (x - radius * 1.15, y + radius * 0.9))
            add(parent, "polygon", points=_points(corners), fill=colour, **more)
        case "redo":
            corners = ((x - radius * 0.8, y - radius), (x + radius, y), (x - radius * 0.8, y + radius))
            add(parent, "polygon", points=_points(corners), fill=colour, **more)
        case "close":
            arm = radius * 0.75
            cross = f"M{x - arm:.1f} {y - arm:.1f}l{2 * arm:.1f} {2 * arm:.1f}M{x + arm:.1f} {y - arm:.1f}l{-2 * arm:.1f} {2 * arm:.1f}"
            add(parent, "path", d=cross, fill="none", stroke=colour, stroke_width=4, **more)
        case _:
            add(parent, "circle", cx=x, cy=y, r=radius - 1, fill=colour, **more)


def _box(parent: etree._Element, box: Sequence[float], **attributes: Any) -> None:
    x, y, width, height = box
    add(parent, "rect", x=float(x), y=float(y), width=float(max(width, 3)), height=float(height), **attributes)


def _points(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
