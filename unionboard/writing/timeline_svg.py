"""The year as pages of SVG for A4 and A3 across, or as one long picture: every activity is on them, whole.

A section that goes over a page says so on the next. Fonts are the reader's own. Lengths are tenths of a millimetre.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lxml import etree

from unionboard.charts.theme import LIGHT
from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.services.periods import Span, clip
from unionboard.writing.sheet import SheetRow, YearSheet, is_short
from unionboard.writing.svg_marks import SVG, add, add_actual, add_diamond, add_mark, add_patterns, add_plan, add_turn
from unionboard.writing.text_lines import plain, width_em
from unionboard.writing.timeline_layout import MARGIN, SIZES, Layout, Line, PaperSize, choose_layout, legend_words

__all__ = ["Page", "PaperSize", "draw_pages"]

FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its drawing, and how large it is."""

    svg: str
    width: int
    height: int


def draw_pages(sheet: YearSheet, size: PaperSize) -> list[Page]:
    """The sheet on as few pages as readable type allows. All text is as users typed it and escaped here."""
    layout = choose_layout(sheet, size)
    return [_Drawing(layout, number).draw() for number in range(len(layout.pages))]


class _Drawing:
    """One page."""

    def __init__(self, layout: Layout, number: int) -> None:
        self.layout, self.sheet, self.number = layout, layout.sheet, number
        self.lines = layout.pages[number]
        self.prefix = f"p{number + 1}-"
        self.rows_top = layout.axis["rows"]
        self.rows_end = self.rows_top + (self.lines[-1].top + self.lines[-1].height if self.lines else 0)
        whole = layout.height > SIZES[PaperSize.A3][0]
        self.height = int(self.rows_end + layout.foot_height + MARGIN) if whole else layout.height

    def draw(self) -> Page:
        layout, pages = self.layout, len(self.layout.pages)
        root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
        size = {"width": f"{layout.width / 10:g}mm", "height": f"{self.height / 10:g}mm", "viewBox": f"0 0 {layout.width} {self.height}"}
        for name, value in (size | {"role": "figure", "aria-labelledby": f"{self.prefix}title {self.prefix}desc"}).items():
            root.set(name, value)
        root.set("font-family", FONT)
        root.set("fill", LIGHT.ink)
        add(root, "title", plain(f"{self.sheet.title} · {layout.page_text(self.number + 1, pages)}"), id=f"{self.prefix}title")
        add(root, "desc", plain(f"{self.sheet.choice} {self.sheet.printed}"), id=f"{self.prefix}desc")
        add_patterns(root, self.prefix)
        add(root, "rect", width=layout.width, height=self.height, fill=LIGHT.paper)
        self._head(root)
        self._axis(root)
        self._today(root)
        if not self.lines:
            _text(root, layout.left + 12, self.rows_top + 60, (self.sheet.words.nothing,), layout.text, 0, class_="nothing")
        for line in self.lines:
            if line.row is None:
                self._heading(root, line)
            else:
                self._row(root, line, line.row)
        self._foot(root, pages)
        return Page(etree.tostring(root, encoding="unicode"), layout.width, self.height)

    # --- around the rows ---

    def _head(self, root: etree._Element) -> None:
        layout, scale = self.layout, self.layout.scale
        titles, choice = layout.head_lines
        y = MARGIN + 44 * scale
        _text(root, layout.left, y, titles, 46 * scale, 58 * scale, weight="bold", class_="sheet-title")
        _text(root, layout.right, y, (plain(self.sheet.printed),), layout.side, 0, anchor="end", fill=LIGHT.muted)
        y += (len(titles) - 1) * 58 * scale + 44 * scale
        _text(root, layout.left, y, choice, layout.side, 34 * scale, fill=LIGHT.muted, class_="choice")

    def _axis(self, root: etree._Element) -> None:
        layout, scale, edges = self.layout, self.layout.scale, self.layout.axis
        end = layout.x_of(self.sheet.within[1]) + layout.day_width
        for span, name in self.sheet.terms:
            x, width = self._stretch(span)
            add(root, "rect", x=x + 2, y=edges["terms"], width=width - 4, height=30 * scale, fill=LIGHT.panel, rx=4)
            if width_em(name) * layout.small < width:
                _text(root, x + width / 2, edges["terms"] + 23 * scale, (name,), layout.small, 0, anchor="middle", fill=LIGHT.muted)
        for at, month in enumerate(self.sheet.months):
            x, width = self._stretch(month.span)
            size = min(layout.text, width / max(width_em(month.name), 1) * 0.96)
            weight = "bold" if clip(month.span, (self.sheet.today, self.sheet.today)) else "normal"
            _text(root, x + width / 2, edges["months"] + 32 * scale, (month.name,), size, 0, anchor="middle", weight=weight, class_="month")
            top = edges["months"] + 8 * scale
            if at:
                add(root, "line", x1=x, x2=x, y1=top, y2=self.rows_end, stroke="#C3CCD6", stroke_width=2)
        if layout.has_weeks:
            self._weeks(root)
        for x, lane, name in layout.festival_lanes:
            y = edges["festivals"] + (lane * 30 + 24) * scale
            _text(root, x, y, (name,), layout.small, 0, anchor="middle", fill=LIGHT.muted, class_="festival")
        for day, _ in self.sheet.festivals:
            x = layout.x_of(day) + layout.day_width / 2
            dashes: dict[str, Any] = {"stroke": "#C3CCD6", "stroke_width": 1.5, "stroke_dasharray": "3 7"}
            add(root, "line", x1=x, x2=x, y1=self.rows_top, y2=self.rows_end, **dashes)
        y = edges["months"] + 32 * scale
        heads = ((layout.left + 12 * scale, self.sheet.words.title), (layout.when_at, self.sheet.words.when))
        for x, word in (*heads, (layout.status_at, self.sheet.words.status), (layout.owner_at, self.sheet.words.owner)):
            _text(root, x, y, (word,), layout.side, 0, weight="bold", class_="head")
        add(root, "line", x1=layout.left, x2=layout.right, y1=self.rows_top, y2=self.rows_top, stroke=LIGHT.muted, stroke_width=3)
        add(root, "line", x1=end, x2=end, y1=self.rows_top, y2=self.rows_end, stroke="#C3CCD6", stroke_width=2)

    def _weeks(self, root: etree._Element) -> None:
        layout, y = self.layout, self.layout.axis["weeks"] + 22 * self.layout.scale
        for offset in range(self.sheet.days):
            day = self.sheet.within[0] + timedelta(days=offset)
            if day.weekday() == 0:
                x = layout.x_of(day)
                _text(root, x + layout.day_width / 2, y, (str(day.day),), layout.small, 0, anchor="middle", fill=LIGHT.muted, class_="week")
                add(root, "line", x1=x, x2=x, y1=self.rows_top, y2=self.rows_end, stroke=LIGHT.line, stroke_width=1.5)

    def _today(self, root: etree._Element) -> None:
        layout = self.layout
        if layout.flag is None:
            return
        (start, end), y = layout.flag, layout.axis["festivals"]
        scale = layout.scale
        self._today_line(root, y, self.rows_end)
        add(root, "rect", x=start, y=y, width=end - start, height=30 * scale, rx=5, fill=LIGHT.ink)
        words = (self.sheet.words.today,)
        _text(root, (start + end) / 2, y + 23 * scale, words, layout.small, 0, anchor="middle", fill=LIGHT.paper)

    def _today_line(self, parent: etree._Element, top: float, end: float) -> None:
        x = self.layout.today_x
        add(parent, "line", x1=x, x2=x, y1=top, y2=end, stroke=LIGHT.ink, stroke_width=5, class_="today")

    def _foot(self, root: etree._Element, pages: int) -> None:
        layout, scale = self.layout, self.layout.scale
        top = self.height - MARGIN - layout.foot_height + 16 * scale
        words = dict(legend_words(self.sheet))
        _text(root, layout.left, top + 28 * scale, (self.sheet.words.legend,), layout.side, 0, weight="bold")
        for number, entries in enumerate(layout.legend):
            y = top + (number * 38 + 20) * scale
            for kind, offset in entries:
                x = layout.left + offset
                self._sample(root, kind, x, y)
                _text(root, x + 56 * scale, y + 9 * scale, (words[kind],), layout.side, 0, class_="legend")
        text = (layout.page_text(self.number + 1, pages),)
        _text(root, layout.right, self.height - MARGIN - 2, text, layout.side, 0, anchor="end", fill=LIGHT.muted, class_="page")

    def _sample(self, root: etree._Element, kind: str, x: float, y: float) -> None:
        scale = self.layout.scale
        bar, thin = (x, y - 12 * scale, 48 * scale, 24 * scale), (x, y - 7 * scale, 48 * scale, 14 * scale)
        if kind.startswith("turn_"):
            add_turn(root, OccurrenceStatus(kind.removeprefix("turn_")), x + 32 * scale, y, 11 * scale)
        elif kind == "plan":
            add_plan(root, self.prefix, bar, status=Status.COMING, is_exact=True)
        elif kind == "month":
            add_plan(root, self.prefix, bar, status=Status.COMING, is_exact=False)
        elif kind == "short":
            add_diamond(root, x + 12 * scale, y, 12 * scale, status=Status.COMING, is_filled=False)
            add_diamond(root, x + 38 * scale, y, 12 * scale, status=Status.DONE, is_filled=True)
        elif kind in {"actual", Status.PARTLY, Status.UNDER_WAY}:
            add_actual(root, thin, status=Status.DONE if kind == "actual" else Status(kind))
        else:
            add_plan(root, self.prefix, bar, status=Status(kind), is_exact=True)

    # --- rows ---

    def _heading(self, root: etree._Element, line: Line) -> None:
        layout, scale, part = self.layout, self.layout.scale, line.part
        group = add(root, "g", class_="part")
        top = self.rows_top + line.top
        add(group, "rect", x=layout.left, y=top, width=layout.right - layout.left, height=line.height, fill=LIGHT.track)
        lines = layout.heading_lines(part, is_continued=line.is_continued)
        y = top + line.height / 2
        _middle(group, layout.left + 12 * scale, y, lines, layout.text, layout.line, weight="bold", class_="heading")
        widest = max((width_em(text) for text in lines), default=0) * layout.text
        if layout.flag and layout.left + widest + 40 * scale < layout.today_x:  # never through the heading's words
            self._today_line(group, top, top + line.height)
        if part.total:
            share: dict[str, Any] = {"x": layout.status_at, "y": y - 5 * scale, "height": 10 * scale, "rx": 4}
            add(group, "rect", width=90 * scale, fill="#C3CCD6", **share)
            add(group, "rect", width=max(90 * scale * part.done / part.total, 0.1), fill=LIGHT.fill[Status.DONE], **share)
            words = (f"{part.done}/{part.total}",)
            _middle(group, layout.status_at + 104 * scale, y, words, layout.side, layout.line, weight="bold", class_="share")

    def _row(self, root: etree._Element, line: Line, row: SheetRow) -> None:
        layout, scale = self.layout, self.layout.scale
        group = add(root, "g", class_="row", data_id=row.activity_id)
        end = self.rows_top + line.top + line.height
        y = end - line.height / 2
        add(group, "line", x1=layout.left, x2=layout.right, y1=end, y2=end, stroke=LIGHT.line, stroke_width=1.5)
        is_gone = row.status is Status.CANCELLED
        struck = {"text_decoration": "line-through", "fill": LIGHT.text[Status.CANCELLED]} if is_gone else {}
        _middle(group, layout.left + 28 * scale, y, layout.title_lines(row), layout.text, layout.line, class_="title", **struck)
        when = layout.side_lines(row.when, layout.when_width)
        _middle(group, layout.when_at, y, when, layout.side, layout.line, fill=LIGHT.muted, class_="when")
        if row.is_duty:
            self._lane(group, row, y)
        else:
            self._bars(group, row, y)
        add_mark(group, row.status, layout.status_at + 13 * scale, y, 12 * scale)
        word = {"fill": LIGHT.text[row.status], "class_": "status"}
        _middle(group, layout.status_at + 34 * scale, y, layout.status_lines(row), layout.side, layout.line, **word)
        _middle(group, layout.owner_at, y, layout.side_lines(row.owner, layout.owner_width), layout.side, layout.line, class_="owner")

    def _lane(self, group: etree._Element, row: SheetRow, y: float) -> None:
        span = clip(row.plan, self.sheet.within)
        if span:
            x, width = self._stretch(span)
            add(group, "line", x1=x, x2=x + width, y1=y, y2=y, stroke="#D9C68A", stroke_width=3, class_="lane")
        for turn in row.turns:
            if clip((turn.day, turn.day), self.sheet.within):
                add_turn(group, turn.status, self.layout.x_of(turn.day) + self.layout.day_width / 2, y, 11 * self.layout.scale)

    def _bars(self, group: etree._Element, row: SheetRow, y: float) -> None:
        layout, scale = self.layout, self.layout.scale
        if row.first_plan:
            self._plan(group, row.first_plan, y, status=Status.POSTPONED, is_exact=row.is_exact)
            if row.first_plan[1] < row.plan[0]:
                self._tail(group, (row.first_plan[1], row.plan[0]), y, Status.POSTPONED)
        self._plan(group, row.plan, y, status=row.status, is_exact=row.is_exact)
        if row.late_until:
            self._tail(group, (row.plan[1], row.late_until), y, Status.LATE)
        for span in row.done:
            shown = clip(span, self.sheet.within)
            if shown and is_short(span) and row.status is not Status.UNDER_WAY:
                add_diamond(group, self._centre(shown), y, 14 * scale, status=row.status, is_filled=True)
            elif shown:
                x, width = self._stretch(shown)
                add_actual(group, (x, y - 7 * scale, width, 14 * scale), status=row.status)
        for edge, runs_on, turn in (
            (layout.time_at, row.plan[0] < self.sheet.within[0], -1),
            (None, row.plan[1] > self.sheet.within[1], 1),
        ):
            if runs_on and clip(row.plan, self.sheet.within):  # it goes on beyond what is shown
                x = edge if edge is not None else layout.x_of(self.sheet.within[1]) + layout.day_width
                points = f"{x:.1f},{y - 9 * scale:.1f} {x + turn * 11 * scale:.1f},{y:.1f} {x:.1f},{y + 9 * scale:.1f}"
                add(group, "polygon", points=points, fill=LIGHT.muted, class_="runs-on")

    def _plan(self, group: etree._Element, span: Span, y: float, *, status: Status, is_exact: bool) -> None:
        shown, scale = clip(span, self.sheet.within), self.layout.scale
        if shown is None:
            return
        if is_exact and is_short(span):
            add_diamond(group, self._centre(shown), y, 14 * scale, status=status, is_filled=False)
            return
        x, width = self._stretch(shown)
        add_plan(group, self.prefix, (x, y - 12 * scale, width, 24 * scale), status=status, is_exact=is_exact)

    def _tail(self, group: etree._Element, days: Span, y: float, status: Status) -> None:
        """A dotted line from the end of a plan to where it is owed, or was moved to, with the status' mark at its end."""
        shown = clip(days, self.sheet.within)
        if shown:
            first, last = self.layout.x_of(shown[0]) + self.layout.day_width, self.layout.x_of(shown[1])
            dots: dict[str, Any] = {"stroke": LIGHT.fill[status], "stroke_width": 3, "stroke_dasharray": "3 7", "class_": f"tail {status}"}
            add(group, "line", x1=first, x2=max(last, first), y1=y, y2=y, **dots)
            if shown[1] == days[1]:
                add_mark(group, status, last, y, 9 * self.layout.scale)

    def _stretch(self, span: Span) -> tuple[float, float]:
        x = self.layout.x_of(span[0])
        return x, ((span[1] - span[0]).days + 1) * self.layout.day_width

    def _centre(self, span: Span) -> float:
        x, width = self._stretch(span)
        return x + width / 2


def _text(
    parent: etree._Element, x: float, y: float, lines: Sequence[str], size: float, pitch: float, *, anchor: str = "start", **more: str
) -> None:
    """Lines of text, the first on the baseline ``y``, the next ``pitch`` below."""
    if not lines:
        return
    attributes = {"font_weight": more.pop("weight", "normal"), "text_anchor": anchor, "font_size": float(size), **more}
    text = add(parent, "text", lines[0] if len(lines) == 1 else "", x=float(x), y=float(y), **attributes)
    for number, line in enumerate(lines if len(lines) > 1 else ()):
        add(text, "tspan", line, x=float(x), y=float(y + number * pitch))


def _middle(parent: etree._Element, x: float, y: float, lines: Sequence[str], size: float, pitch: float, **more: str) -> None:
    """The same, centred on ``y``."""
    _text(parent, x, y - (len(lines) - 1) * pitch / 2 + size * 0.36, lines, size, pitch, **more)
