"""The timeline's figures by their data: where each mark stands for exact rows. 1680 pixels wide, so a day of 2026 is 2.9 pixels."""

from datetime import date
from typing import Any

import plotly.graph_objects as go

from unionboard.charts.theme import LIGHT
from unionboard.charts.timeline import CLOSED_ROW, GAP, GROUP_ROW, ROW, Band, Row, Turn, draw_body
from unionboard.charts.timeline_frame import DAY_MS, Frame, cut_text
from unionboard.charts.timeline_header import HEIGHT, HeaderWords, draw_header
from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.services.timeline import MonthShare

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
TODAY = date(2026, 11, 21)
FRAME = Frame(YEAR, TODAY, width=1680)
WORDS = HeaderWords(
    summary="1 section",
    months=tuple(f"{month}月" for month in range(1, 13)),
    today="今天21日",
    status="状态",
    owner="负责人",
    plan="计划",
    actual="实际",
    month_only="只到月份",
    short="一两天",
    duty="常年",
)
MAY = (date(2026, 5, 1), date(2026, 5, 31))
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def row(**values: Any) -> Row:
    defaults: dict[str, Any] = {
        "id": 7,
        "title": "趣味运动会",
        "status": Status.COMING,
        "status_word": "未到",
        "owner": "沈一鸣",
        "hover": "趣味运动会",
        "plan": MAY,
        "is_exact": False,
    }
    return Row(**{**defaults, **values})


def band(*rows: Row, **values: Any) -> Band:
    defaults: dict[str, Any] = {"key": "3", "heading": "一、文体", "is_open": True, "done": 1, "total": 2, "months": ()}
    return Band(**{**defaults, "rows": rows, **values})


def draw(*rows: Row, frame: Frame = FRAME) -> go.Figure:
    return draw_body([band(*rows)], frame, LIGHT)


def trace(figure: go.Figure, name: str) -> Any:
    return next(found for found in figure.data if found.name == name)


def dotted(figure: go.Figure) -> Any:
    """The trace of a tail."""
    return next(found for found in figure.data if found.type == "scatter" and found.mode == "lines")


def texts(figure: go.Figure) -> list[str]:
    """All words in the body, with their markup."""
    return [text for found in figure.data if found.type == "scatter" and found.mode == "text" for text in found.text]


def names(figure: go.Figure) -> set[str]:
    return {found.name for found in figure.data if found.name}


def bars(figure: go.Figure, name: str) -> list[tuple[str, float, int]]:
    """(start, days, activity id) of each bar of a trace."""
    found = trace(figure, name)
    return [(base, x / DAY_MS, target) for base, x, target in zip(found.base, found.x, found.customdata, strict=True)]


def marks(figure: go.Figure, name: str) -> list[tuple[str, str, str]]:
    """(where, symbol, colour) of each marker of a trace."""
    found = trace(figure, name)
    return list(zip(found.x, found.marker.symbol, found.marker.color, strict=True))


def test_a_month_activity_spans_its_month_without_outline() -> None:
    figure = draw(row())

    assert bars(figure, "plan_month") == [("2026-05-01", 31, 7)]
    assert trace(figure, "plan_month").marker.pattern.shape == "|"
    assert trace(figure, "plan_month").marker.line.width == 0


def test_a_dated_activity_is_an_outlined_bar() -> None:
    figure = draw(row(is_exact=True, plan=(date(2026, 5, 4), date(2026, 5, 15))))

    assert bars(figure, "plan") == [("2026-05-04", 12, 7)]
    assert trace(figure, "plan").marker.line.width == 1


def test_a_planned_day_is_an_open_diamond_at_its_noon() -> None:
    figure = draw(row(is_exact=True, plan=(date(2026, 12, 4), date(2026, 12, 4))))

    assert marks(figure, "days") == [("2026-12-04T12:00:00", "diamond-open", LIGHT.fill[Status.COMING])]
    assert "plan" not in names(figure)


def test_a_day_done_is_a_solid_diamond_on_the_month_it_was_planned_for() -> None:
    figure = draw(row(status=Status.DONE, done=((date(2026, 5, 20), date(2026, 5, 20)),)))

    assert marks(figure, "days") == [("2026-05-20T12:00:00", "diamond", LIGHT.fill[Status.DONE])]
    assert bars(figure, "plan_month") == [("2026-05-01", 31, 7)]


def test_a_done_span_is_a_thinner_bar_on_the_same_row_as_its_plan() -> None:
    figure = draw(row(status=Status.DONE, is_exact=True, plan=MAY, done=((date(2026, 5, 10), date(2026, 6, 8)),)))

    assert bars(figure, "done") == [("2026-05-10", 30, 7)]
    assert trace(figure, "done").y == trace(figure, "plan").y == (GROUP_ROW + ROW / 2,)
    assert trace(figure, "done").width[0] < trace(figure, "plan").width[0]


def test_a_week_is_a_diamond_in_a_year_on_a_small_window_and_a_bar_in_a_quarter() -> None:
    week = row(is_exact=True, plan=(date(2026, 10, 5), date(2026, 10, 11)))
    small = draw(week, frame=Frame(YEAR, TODAY, width=900))
    near = draw(week, frame=Frame((date(2026, 10, 1), date(2026, 12, 31)), TODAY, width=900))

    assert ("days" in names(small), "plan" in names(small)) == (True, False)
    assert ("days" in names(near), "plan" in names(near)) == (False, True)


def test_a_late_activity_is_hatched_with_a_tail_to_a_triangle_before_today() -> None:
    figure = draw(row(status=Status.LATE, plan=OCTOBER))
    tail = dotted(figure)

    assert bars(figure, "plan_late") == [("2026-10-01", 31, 7)]
    assert trace(figure, "plan_late").marker.pattern.shape == "/"
    assert tail.x == ("2026-11-01", "2026-11-21", None)
    assert marks(figure, "ends") == [("2026-11-19T12:00:00", "triangle-up", LIGHT.fill[Status.LATE])]


def test_a_postponed_activity_shows_both_places_joined_by_a_dotted_line() -> None:
    figure = draw(row(status=Status.POSTPONED, first_plan=MAY, plan=OCTOBER))
    tail = dotted(figure)

    assert bars(figure, "plan_postponed") == [("2026-05-01", 31, 7), ("2026-10-01", 31, 7)]
    assert (tail.x, tail.line.dash) == (("2026-06-01", "2026-10-01", None), "dot")


def test_a_cancelled_activity_is_struck_through_and_crossed() -> None:
    figure = draw(row(status=Status.CANCELLED))

    assert trace(figure, "plan_cancelled").marker.pattern.shape == "x"
    assert "<s>趣味运动会</s>" in texts(figure)


def test_a_duty_has_a_circle_a_turn_done_missed_and_coming() -> None:
    turns = (
        Turn(date(2026, 3, 20), OccurrenceStatus.DONE, "第1次"),
        Turn(date(2026, 6, 30), OccurrenceStatus.MISSED, "第2次"),
        Turn(date(2026, 11, 30), OccurrenceStatus.DUE, "第3次"),
        Turn(date(2026, 12, 20), OccurrenceStatus.COMING, "第4次"),
    )
    figure = draw(row(status=Status.STANDING, is_duty=True, plan=YEAR, turns=turns))

    assert marks(figure, "turns") == [
        ("2026-03-20T12:00:00", "circle", LIGHT.fill[Status.STANDING]),
        ("2026-06-30T12:00:00", "x-thin", LIGHT.fill[Status.LATE]),
        ("2026-11-30T12:00:00", "circle", LIGHT.paper),
        ("2026-12-20T12:00:00", "circle", LIGHT.paper),
    ]
    assert trace(figure, "turns").marker.line.color[2:] == (LIGHT.fill[Status.UNDER_WAY], LIGHT.fill[Status.COMING])
    assert bars(figure, "lanes") == [("2026-01-01", 365, 7)]


def test_a_duty_without_turns_is_a_thin_line() -> None:
    figure = draw(row(status=Status.STANDING, is_duty=True, plan=YEAR))

    assert bars(figure, "lanes") == [("2026-01-01", 365, 7)]
    assert "turns" not in names(figure)


def test_a_mark_on_the_last_day_keeps_clear_of_the_edge() -> None:
    figure = draw(row(is_exact=True, plan=(date(2026, 12, 31), date(2026, 12, 31))))

    assert [where[:13] for where, _, _ in marks(figure, "days")] == ["2026-12-29T05"]


def test_only_the_days_in_sight_are_drawn() -> None:
    autumn = Frame((date(2026, 10, 1), date(2026, 12, 31)), TODAY, width=1680)
    figure = draw(row(id=1, plan=MAY), row(id=2, is_exact=True, plan=(date(2026, 9, 1), date(2026, 10, 20))), frame=autumn)

    assert bars(figure, "plan") == [("2026-10-01", 20, 2)]
    assert "plan_month" not in names(figure)


def today_lines(figure: go.Figure) -> list[str]:
    return [shape.x0 for shape in figure.layout.shapes if shape.type == "line" and shape.line.color == LIGHT.ink]


def test_todays_line_stands_at_noon_of_today() -> None:
    assert today_lines(draw(row())) == ["2026-11-21T12:00:00"]


def test_a_period_without_today_has_no_line() -> None:
    assert today_lines(draw(row(), frame=Frame((date(2026, 4, 1), date(2026, 6, 30)), TODAY, width=1680))) == []


def test_festivals_are_hairlines() -> None:
    figure = draw_body([band(row())], FRAME, LIGHT, festivals=[date(2026, 2, 17), date(2027, 1, 1)])

    assert [shape.x0 for shape in figure.layout.shapes if shape.line.dash == "dot"] == ["2026-02-17T12:00:00"]


def test_every_row_and_heading_answers_a_click_on_each_of_its_three_parts() -> None:
    figure = draw(row(id=7), row(id=8))

    assert [trace(figure, part).customdata for part in ("title", "row", "side")] == [("group:3", 7, 8)] * 3


def test_the_body_is_as_high_as_its_rows() -> None:
    figure = draw_body([band(row(), row()), band(row(), is_open=False)], FRAME, LIGHT)

    assert figure.layout.height == GROUP_ROW + 2 * ROW + GAP + CLOSED_ROW


def test_a_closed_group_shows_a_cell_a_month_with_its_late_part_hatched() -> None:
    months = (MonthShare(date(2026, 5, 1), planned=4, done=2, late=1), MonthShare(date(2026, 6, 1), planned=0, done=0, late=0))
    figure = draw_body([band(row(), is_open=False, months=months)], FRAME, LIGHT)
    whole = trace(figure, "month_all").x[0]

    assert "2/4  <b>!1</b>" in texts(figure)
    assert (len(trace(figure, "month_all").x), trace(figure, "month_done").x[0], trace(figure, "month_late").x[0]) == (
        1,
        whole // 2,
        whole // 4,
    )
    assert trace(figure, "month_late").marker.pattern.shape == "/"
    assert "plan_month" not in names(figure)


def test_an_open_group_says_how_much_is_done() -> None:
    assert "<b>1</b>/2" in texts(draw(row()))


def test_what_users_typed_is_escaped() -> None:
    figure = draw(row(title="<b>乒乓</b>", owner="<i>", hover="<a href='x'>\n负责"))

    assert "&lt;b&gt;乒乓&lt;/b&gt;" in texts(figure)
    assert f'<span style="color:{LIGHT.muted}">&lt;i&gt;</span>' in texts(figure)
    assert trace(figure, "plan_month").hovertext == ("&lt;a href=&#x27;x&#x27;&gt;<br>负责",)


def test_a_long_title_is_cut_to_the_room_it_has() -> None:
    assert cut_text("绩效工资分配方案教代会专项审议", 14, 140) == "绩效工资分配方案教…"
    assert cut_text("绩效工资分配方案教代", 14, 140) == "绩效工资分配方案教代"


def test_header_and_body_have_the_same_axes() -> None:
    header, body = draw_header(FRAME, LIGHT, WORDS), draw(row())

    assert header.layout.width == body.layout.width == 1680
    assert header.layout.height == HEIGHT
    for axis in ("xaxis", "xaxis2", "xaxis3"):
        assert header.layout[axis] == body.layout[axis]


def header_notes(frame: Frame, *festivals: tuple[date, str]) -> list[str]:
    return [note.text for note in draw_header(frame, LIGHT, WORDS, festivals=festivals).layout.annotations]


def test_the_header_names_the_months_with_this_one_in_bold() -> None:
    quarter = Frame((date(2026, 10, 1), date(2026, 12, 31)), TODAY, width=1680)

    assert header_notes(quarter)[:3] == ["10月", "<b>11月</b>", "12月"]


def test_festivals_close_together_share_a_place_and_those_under_todays_flag_fall_away() -> None:
    found = header_notes(
        FRAME, (date(2026, 5, 1), "五一"), (date(2026, 5, 4), "五四"), (date(2026, 6, 1), "六一"), (date(2026, 11, 25), "某日")
    )

    assert [text for text in found if "五一" in text or "六一" in text or "某日" in text] == ["五一·五四", "六一"]


def test_the_flag_names_today_only_when_today_is_in_sight() -> None:
    spring = Frame((date(2026, 4, 1), date(2026, 6, 30)), TODAY, width=1680)

    assert ("今天21日" in header_notes(FRAME), "今天21日" in header_notes(spring)) == (True, False)
