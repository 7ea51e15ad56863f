"""What is sent to the timeline on the screen, in words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.models import CheckOff, DatePrecision, DutyKind, Plan, Section
from unionboard.services.activities import ActivityView, Status, list_activities
from unionboard.services.baseline import BaselineItem
from unionboard.services.timeline import Grouping, Term, TermName, group_activities
from unionboard.ui.timeline import FOLD_ABOVE, write_timeline

TODAY = date(2026, 11, 21)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session)


@pytest.fixture
def sport(session: Session, plan: Plan) -> Section:
    return make_section(session, plan)


@pytest.fixture
def views(session: Session, plan: Plan, sport: Section) -> list[ActivityView]:
    """A race done in May, a visit late since October, a notice board all year; the last two under no section."""
    race = make_activity(session, plan, owner="沈一鸣", section_id=sport.id)
    make_activity(session, plan, title="走访慰问", area="CARE", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31), carried_over=True)
    year = {"starts_on": YEAR[0], "ends_on": YEAR[1], "precision": DatePrecision.PERIOD, "duty": DutyKind.STANDING}
    make_activity(session, plan, title="更新公开栏", area="DEMO", frequency="每月一次", **year)
    session.add(CheckOff(activity_id=race.id or 0, done_on=date(2026, 5, 20), who="chair", created_at_utc=NOW))
    session.flush()
    return list_activities(session, plan.id or 0, today=TODAY)


def write(views: list[ActivityView], sections: list[Section], *, by: Grouping = Grouping.SECTION, **more: Any) -> dict[str, Any]:
    groups = group_activities(views, by=by, sections=sections, within=YEAR)
    return write_timeline(groups, by=by, within=YEAR, today=TODAY, **more)


def as_adopted(view: ActivityView, **values: Any) -> BaselineItem:
    base = BaselineItem(
        view.id, view.title, view.section_id, view.area, view.owner, view.starts_on, view.ends_on, view.precision, view.duty
    )
    return replace(base, **values)


def test_rows_stand_under_their_headings_with_the_share_done(views: list[ActivityView], sport: Section) -> None:
    groups = write(views, [sport])["groups"]

    assert [(group["k"], group["h"], group["d"], group["n"], group["m"]) for group in groups] == [
        (f"section:{sport.id}", "一、丰富文体生活", 1, 1, [[4, 1, 1, 0]]),
        ("section:", "未列入部分", 0, 1, [[9, 0, 1, 1]]),
    ]
    assert [[row["t"] for row in group["r"]] for group in groups] == [["趣味运动会"], ["走访慰问", "更新公开栏"]]


def test_row_carries_its_words_and_marks(views: list[ActivityView], sport: Section) -> None:
    race, visit, board = [row for group in write(views, [sport])["groups"] for row in group["r"]]

    assert race == {
        "i": views[0].id,
        "t": "趣味运动会",
        "s": "done",
        "w": "已办",
        "o": "沈一鸣",
        "p": "5月",
        "a": "5月20日",
        "b": [["soft", 120, 31], ["done", 139, 1]],
    }
    assert (visit["w"], visit["c"]) == ("逾期 21 天", 1)
    assert (board["p"], board["b"]) == ("每月一次", [["lane", 0, 365]])


def test_folds_of_sections_and_areas_do_not_mix(views: list[ActivityView], sport: Section) -> None:
    groups = write(views, [sport], by=Grouping.AREA)["groups"]

    assert [(group["k"], group["h"]) for group in groups] == [
        ("area:DEMO", "民主管理与公开"),
        ("area:CARE", "送温暖与帮扶"),
        ("area:CULT", "文体活动"),
    ]


def test_many_activities_begin_folded(views: list[ActivityView], sport: Section) -> None:
    many = views * (FOLD_ABOVE // len(views))

    assert (write(many, [sport])["folded"], write([*many, views[0]], [sport])["folded"]) == (False, True)


def test_of_a_folded_group_only_the_heading_is_sent(views: list[ActivityView], sport: Section) -> None:
    gone = [as_adopted(views[0], activity_id=99, section_id=77)]

    groups = write(views, [sport], baseline={}, gone=gone, unfolded={"section:"})["groups"]

    assert [(group["k"], group["d"], len(group.get("r", []))) for group in groups] == [
        (f"section:{sport.id}", 1, 0),
        ("section:", 0, 2),
        ("gone", 0, 0),
    ]


def test_what_was_added_moved_and_taken_out_is_told(views: list[ActivityView], sport: Section) -> None:
    race, _visit, board = views
    base = {race.id: as_adopted(race, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 30)), board.id: as_adopted(board)}
    gone = as_adopted(race, activity_id=99, title="春游")

    groups = write(views, [sport], baseline=base, gone=[gone])["groups"]

    assert groups[0]["r"][0]["v"] == "4月"
    assert groups[0]["r"][1] == {"i": 0, "t": "春游", "s": "cancelled", "w": "已移出", "o": "沈一鸣", "p": "5月", "b": [["lost", 120, 31]]}
    assert [row.get("x") for row in groups[1]["r"]] == [1, None]


def test_what_was_taken_out_with_its_section_stands_at_the_end(views: list[ActivityView], sport: Section) -> None:
    gone = as_adopted(views[0], section_id=77, title="春游")

    last = write(views, [sport], baseline={}, gone=[gone])["groups"][-1]

    assert (last["h"], [row["t"] for row in last["r"]]) == ("已移出计划", ["春游"])


def test_header_names_months_festivals_and_terms(views: list[ActivityView], sport: Section) -> None:
    terms = [Term(TermName.AUTUMN, date(2026, 9, 1), date(2027, 1, 20))]

    data = write(views, [sport], terms=terms)

    assert data["months"][10] == [304, 30, "11月", "11", ""]
    assert [120, 4, "五一·五四"] in [list(found) for found in data["festivals"]]
    assert data["terms"] == [[243, 122, "秋季学期"]]
    assert (data["days"], data["today"], data["ticks"]) == (365, 324, [])
    assert data["words"]["summary"] == "2 个部分，3 项活动"


def test_year_is_said_where_a_new_one_begins(views: list[ActivityView], sport: Section) -> None:
    within = (date(2026, 9, 1), date(2027, 8, 31))
    groups = group_activities(views, by=Grouping.SECTION, sections=[sport], within=within)

    months = write_timeline(groups, by=Grouping.SECTION, within=within, today=TODAY)["months"]

    assert [month[2:] for month in months[3:6]] == [["12月", "12", ""], ["1月", "1", "2027"], ["2月", "2", ""]]


def test_every_status_has_its_colour_and_shape(views: list[ActivityView], sport: Section) -> None:
    looks = write(views, [sport])["looks"]

    assert looks["late"] == ["orange", "triangle"]
    assert list(looks) == [status.value for status in Status]
