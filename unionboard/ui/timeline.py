"""The timeline on the screen: activities put into words for the chart, and what a click does."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from unionboard import clock
from unionboard.charts.theme import MARKS
from unionboard.charts.timeline import GROUP_CLICK, Band, Row, Turn, draw_body
from unionboard.charts.timeline_frame import Frame
from unionboard.charts.timeline_header import HEIGHT, HeaderWords, draw_header
from unionboard.models import DatePrecision, DutyKind
from unionboard.reference import work_areas
from unionboard.reference.festivals import Festival, festivals_between
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status
from unionboard.services.periods import Span
from unionboard.services.timeline import Group, Grouping
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.components.phone_timeline import PhoneMonth, PhoneRow, show_phone_timeline
from unionboard.ui.components.screen import Screen
from unionboard.ui.palette import current_palette
from unionboard.ui.status import TURN_LOOKS, describe_status
from unionboard.ui.text import language, month_name, named, short_date, span, t, tn, when, when_turn

FOLD_ABOVE = 60
"""More activities than this begin with their groups folded."""
_FLIPPED, _CLICKED = "timeline_flipped", "timeline_clicked"
_GUTTER, _FOOT = 12, 20


def show_desk(groups: Sequence[Group], *, by: Grouping, within: Span, screen: Screen) -> None:
    """Header and body as two charts of one width; only the body scrolls."""
    frame = Frame(within, clock.today(), width=screen.width - _GUTTER)
    palette = current_palette()
    count = sum(len(group.activities) for group in groups)
    bands = [_band(group, by=by, is_open=_is_open(group.key, count), today=frame.today) for group in groups]
    marked = [found for found in festivals_between(*within) if found.festival.mark]
    names = [(found.day, _festival_name(found.festival)) for found in marked]
    body = draw_body(bands, frame, palette, festivals=[found.day for found in marked])
    height = min(int(body.layout.height), max(screen.height - screen.top - HEIGHT - _FOOT, 260))
    with st.container(gap=None, key="timeline"):
        still: dict[str, Any] = {"staticPlot": True, "displayModeBar": False}
        header = draw_header(frame, palette, _header_words(len(groups), count, by=by, today=frame.today), festivals=names)
        st.plotly_chart(header, theme=None, width=frame.width, height=HEIGHT, config=still, key="timeline_header")
        with st.container(height=height, border=False, key="timeline_body"):
            st.plotly_chart(
                body,
                theme=None,
                width=frame.width,
                height=int(body.layout.height),
                config={"displayModeBar": False, "doubleClick": False},
                key="timeline_chart",
                on_select=_clicked,
                selection_mode="points",
                alt=t("Timeline of the plan, one row an activity"),
            )


def show_phone(shown: Sequence[ActivityView], *, within: Span) -> None:
    """The same activities as a list by the month they begin in."""
    today = clock.today()
    months: dict[tuple[int, int], list[ActivityView]] = {}
    for view in sorted(shown, key=lambda view: (max(view.starts_on, within[0]), view.ends_on, view.position)):
        if view.duty is DutyKind.ONE_OFF and view.precision is not DatePrecision.PERIOD:
            begin = max(view.starts_on, within[0])
            months.setdefault((begin.year, begin.month), []).append(view)
    drawn = [
        _phone_month(month_name(month), views, now=(year, month) == (today.year, today.month)) for (year, month), views in months.items()
    ]
    placed = {view.id for views in months.values() for view in views}
    rest = [view for view in shown if view.id not in placed]
    if rest:
        drawn.append(_phone_month(t("All through the plan"), rest, now=False))
    show_phone_timeline(drawn, on_open=open_activity)


def follow_click(target: int | str) -> None:
    """What a click on a row does: an activity opens its drawer, a group's heading folds or unfolds it."""
    if isinstance(target, str) and target.startswith(GROUP_CLICK):
        st.session_state[_FLIPPED] = st.session_state.get(_FLIPPED, frozenset()) ^ {target.removeprefix(GROUP_CLICK)}
    else:
        open_activity(int(target))


def _clicked() -> None:
    """Plotly takes a second click on the same place for taking the choice back; to us it is a click like any other."""
    points = st.session_state["timeline_chart"].selection.points
    target = points[0]["customdata"] if points else st.session_state.get(_CLICKED)
    if target is not None:
        st.session_state[_CLICKED] = target
        follow_click(target)


def _is_open(key: str, count: int) -> bool:
    return (count <= FOLD_ABOVE) != (key in st.session_state.get(_FLIPPED, frozenset()))


def _band(group: Group, *, by: Grouping, is_open: bool, today: date) -> Band:
    heading = named(work_areas()[group.key]) if by is Grouping.AREA else group.heading or t("Under no section")
    rows = tuple(_row(view, today=today) for view in group.activities)
    return Band(group.key, heading, is_open, group.done, group.total, group.months, rows)


def _row(view: ActivityView, *, today: date) -> Row:
    done = tuple((record.done_on, record.done_to or record.done_on) for record in view.records)
    if view.status is Status.UNDER_WAY and view.starts_on <= today:
        done = ((view.starts_on, today),)
    first = (view.original_starts_on, view.original_ends_on)
    return Row(
        id=view.id,
        title=view.title,
        status=view.status,
        status_word=_side_word(view),
        owner=view.owner,
        hover="\n".join(_hover_lines(view)),
        plan=(view.starts_on, view.ends_on),
        is_exact=view.precision is DatePrecision.DAY,
        done=done,
        first_plan=(first[0], first[1]) if first[0] and first[1] else None,
        is_duty=view.duty is not DutyKind.ONE_OFF,
        turns=tuple(_turns(view)),
    )


def _turns(view: ActivityView) -> list[Turn]:
    if view.duty is DutyKind.STANDING:
        word = t(TURN_LOOKS[OccurrenceStatus.DONE][1])
        return [
            Turn(record.done_on, OccurrenceStatus.DONE, f"{view.title}\n{word} {short_date(record.done_on)}") for record in view.records
        ]
    return [
        Turn(
            turn.done_on or turn.due_to,
            turn.status,
            f"{view.title}\n{t('Turn {number} · {when}', number=turn.number, when=when_turn(turn.due_from, turn.due_to))}\n"
            + f"{t(TURN_LOOKS[turn.status][1])} {short_date(turn.done_on) if turn.done_on else ''}".strip(),
        )
        for turn in view.occurrences
    ]


def _side_word(view: ActivityView) -> str:
    if view.status is Status.POSTPONED:
        return t("Moved to {when}", when=when(view.starts_on, view.ends_on, view.precision))
    return describe_status(view)


def _hover_lines(view: ActivityView) -> list[str]:
    lines = [view.title, describe_status(view), f"{t('Planned')}: {when(view.starts_on, view.ends_on, view.precision)}"]
    if view.record and view.duty is DutyKind.ONE_OFF:
        lines.append(f"{t('Done on')}: {span(view.record.done_on, view.record.done_to)}")
    if view.owner:
        lines.append(f"{t('Owner')}: {view.owner}")
    if view.carried_over:
        lines.append(t("Not done last year"))
    return lines


def _header_words(groups: int, count: int, *, by: Grouping, today: date) -> HeaderWords:
    heads = tn("{n} section", "{n} sections", groups) if by is Grouping.SECTION else tn("{n} work area", "{n} work areas", groups)
    return HeaderWords(
        summary=f"{heads}{t(', ')}{tn('{n} activity', '{n} activities', count)}",
        months=tuple(month_name(month) for month in range(1, 13)),
        today=t("Today {day}", day=today.day),
        status=t("Status"),
        owner=t("Owner"),
        plan=t("Plan"),
        actual=t("Actual"),
        month_only=t("Month only"),
        short=t("1–2 days"),
        duty=t("Standing"),
    )


def _festival_name(festival: Festival) -> str:
    if language() == "en":
        return festival.short_en or festival.en
    return festival.short_zh or festival.zh


def _phone_month(name: str, views: Sequence[ActivityView], *, now: bool) -> PhoneMonth:
    done = sum(view.status is Status.DONE for view in views)
    return PhoneMonth(name, f"{done}/{len(views)}", now, tuple(_phone_row(view) for view in views))


def _phone_row(view: ActivityView) -> PhoneRow:
    mark = MARKS[view.status]
    record = view.record if view.duty is DutyKind.ONE_OFF else None
    time = span(record.done_on, record.done_to) if record else when(view.starts_on, view.ends_on, view.precision)
    detail = " · ".join(part for part in (time, view.owner) if part)
    return PhoneRow(view.id, view.title, detail, view.status.value, mark.colour_name, mark.symbol, _side_word(view))
