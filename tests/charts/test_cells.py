"""One cell per activity, by area and by month."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.charts.areas import build_area_cells
from unionboard.charts.months import build_month_cells, pile_by_month
from unionboard.charts.theme import LIGHT
from unionboard.models import ActivityState, DatePrecision, DutyKind, Plan
from unionboard.services import checkoffs
from unionboard.services.activities import ActivityView, Status
from unionboard.services.board import Board, read_board

TODAY = date(2026, 11, 21)


def title(view: ActivityView) -> str:
    return view.title


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


@pytest.fixture
def board(session: Session, plan: Plan) -> Board:
    done = make_activity(session, plan, title="<b>球赛</b>")
    checkoffs.check_off(session, done.id or 0, done_on=date(2026, 5, 8), today=TODAY, who="chair", now_utc=NOW)
    make_activity(session, plan, title="逾期的")
    make_activity(session, plan, title="在办的", state=ActivityState.UNDER_WAY, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    make_activity(session, plan, title="提案", area="DEMO", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    make_activity(session, plan, title="常年", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)
    return read_board(session, plan.id or 0, today=TODAY)


def test_area_figure_has_one_cell_per_activity_in_its_line(board: Board) -> None:
    figure = build_area_cells(board.areas, {"DEMO": "民主", "CULT": "文体"}, LIGHT, hover=title)

    cells = figure.data[0]
    statuses = {view.id: view.status for view in board.activities}
    assert [(line, place, statuses[id_]) for line, place, id_ in zip(cells.y, cells.base, cells.customdata, strict=True)] == [
        (0, 0, Status.COMING),
        (1, 0, Status.DONE),
        (1, 1, Status.STANDING),
        (1, 2, Status.UNDER_WAY),
        (1, 3, Status.LATE),
    ]
    assert list(figure.layout.yaxis.ticktext) == ["民主", "文体"]
    assert [note.text for note in figure.layout.annotations] == ["0 / 1", "1 / 3"]


def test_status_shows_without_colour(board: Board) -> None:
    figure = build_area_cells(board.areas, {"DEMO": "民主", "CULT": "文体"}, LIGHT, hover=title)

    cells, halves = figure.data
    assert list(cells.marker.pattern.shape) == ["", "", "", "", "/"]
    assert list(cells.text) == ["", "", "●", "", ""]
    assert [(place, width) for place, width in zip(halves.base, halves.x, strict=True)] == [(2, 0.45)]


def test_user_text_in_a_hover_is_escaped(board: Board) -> None:
    figure = build_area_cells(board.areas, {"DEMO": "民主", "CULT": "文体"}, LIGHT, hover=title)

    assert figure.data[0].hovertext[1] == "&lt;b&gt;球赛&lt;/b&gt;"


def test_clicking_a_cell_dims_nothing(board: Board) -> None:
    figure = build_area_cells(board.areas, {"DEMO": "民主", "CULT": "文体"}, LIGHT, hover=title)

    assert [trace.unselected.marker.opacity for trace in figure.data] == [1, 1]


def test_empty_board_draws_an_empty_figure() -> None:
    figure = build_area_cells([], {}, LIGHT, hover=title)

    assert list(figure.data[0].customdata) == []


def test_months_pile_up_what_happened_or_should_end_there(board: Board) -> None:
    piles = pile_by_month(board.activities)

    assert {month: [view.title for view in pile] for month, pile in piles.items()} == {
        (2026, 5): ["<b>球赛</b>", "逾期的"],
        (2026, 12): ["在办的", "提案"],
    }


def test_activity_without_a_month_piles_up_once_it_is_done(session: Session, plan: Plan) -> None:
    activity = make_activity(session, plan, precision=DatePrecision.PERIOD, starts_on=plan.starts_on, ends_on=plan.ends_on)
    before = pile_by_month(read_board(session, plan.id or 0, today=TODAY).activities)

    checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 4, 8), today=TODAY, who="chair", now_utc=NOW)
    after = pile_by_month(read_board(session, plan.id or 0, today=TODAY).activities)

    assert (before, list(after)) == ({}, [(2026, 4)])


def test_current_month_is_bold(board: Board) -> None:
    months = [((2026, 10), "10月"), ((2026, 11), "11月")]

    figure = build_month_cells(board.activities, months, LIGHT, today=TODAY, hover=title, height_px=200, font_px=20)

    assert list(figure.layout.xaxis.ticktext) == ["10月", "<b>11月</b>"]
