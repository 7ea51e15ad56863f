"""The outline of a plan that stands: order, headings taken out, measures."""

from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.errors.activities import NoSuchMeasure, NoSuchSection, SectionHoldsMeasures, TextMissing
from unionboard.errors.saving import StaleSave
from unionboard.models import Activity, Measure
from unionboard.models.changelog import Change
from unionboard.services import plans, sections

BY: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.fixture
def outline(session: Session) -> list[int]:
    """Three sections; the ids."""
    plan = make_plan(session)
    made = (make_section(session, plan, position=n, heading=heading) for n, heading in enumerate(("民主管理", "送温暖", "文体"), start=1))
    return [section.id or 0 for section in made]


def headings(session: Session) -> list[str]:
    return [section.heading for section in plans.list_sections(session, 1)]


@pytest.mark.parametrize(
    ("steps", "order"), [(1, ["送温暖", "民主管理", "文体"]), (9, ["送温暖", "文体", "民主管理"]), (-1, ["民主管理", "送温暖", "文体"])]
)
def test_section_moves_among_its_neighbours_and_stops_at_the_ends(
    session: Session, outline: list[int], steps: int, order: list[str]
) -> None:
    sections.move_section(session, outline[0], steps=steps, **BY)

    assert headings(session) == order


def test_removed_section_leaves_its_activities_without_one(session: Session, outline: list[int]) -> None:
    make_activity(session, plans.list_plans(session)[0], section_id=outline[1])

    sections.remove_section(session, outline[1], **BY)

    assert headings(session) == ["民主管理", "文体"]
    assert [activity.section_id for activity in session.exec(select(Activity))] == [None]


def test_removed_section_hands_measures_and_activities_on(session: Session, outline: list[int]) -> None:
    plan = plans.list_plans(session)[0]
    kept = sections.add_measure(session, outline[2], text="组建社团。", **BY)
    moved = sections.add_measure(session, outline[1], text="走访慰问。", **BY)
    make_activity(session, plan, section_id=outline[1], measure_id=moved.id)

    sections.remove_section(session, outline[1], into=outline[2], **BY)

    assert [(row.id, row.section_id, row.position) for row in plans.list_measures(session, 1)] == [
        (kept.id, outline[2], 1),
        (moved.id, outline[2], 2),
    ]
    assert [activity.section_id for activity in session.exec(select(Activity))] == [outline[2]]


def test_section_with_measures_is_not_removed_without_a_home_for_them(session: Session, outline: list[int]) -> None:
    sections.add_measure(session, outline[1], text="走访慰问。", **BY)

    with pytest.raises(SectionHoldsMeasures, match="“送温暖” still holds 1 measures"):
        sections.remove_section(session, outline[1], **BY)


def test_log_keeps_the_heading_of_a_removed_section(session: Session, outline: list[int]) -> None:
    sections.remove_section(session, outline[1], **BY)

    change = session.exec(select(Change).where(Change.noun == "section", Change.action == "remove")).one()
    assert (change.row_id, (change.before or {})["heading"], change.after) == (outline[1], "送温暖", None)


def test_added_measure_stands_last_in_the_area_of_its_section(session: Session, outline: list[int]) -> None:
    sections.add_measure(session, outline[0], text="校务公开。", **BY)

    sections.add_measure(session, outline[0], text=" 提案征集。 ", **BY)

    assert [(row.position, row.text, row.area) for row in plans.list_measures(session, 1)] == [
        (1, "校务公开。", "CULT"),
        (2, "提案征集。", "CULT"),
    ]


def test_measure_is_changed_in_its_words(session: Session, outline: list[int]) -> None:
    measure = sections.add_measure(session, outline[0], text="校务公开。", **BY)

    sections.save_measure(session, measure.id or 0, version=1, text="每月校务公开。", area="DEMO", **BY)

    assert [(row.text, row.area, row.version) for row in plans.list_measures(session, 1)] == [("每月校务公开。", "DEMO", 2)]


def test_measure_somebody_else_changed_is_not_overwritten(session: Session, outline: list[int]) -> None:
    measure = sections.add_measure(session, outline[0], text="校务公开。", **BY)
    sections.save_measure(session, measure.id or 0, version=1, text="每月校务公开。", **BY)

    with pytest.raises(StaleSave):
        sections.save_measure(session, measure.id or 0, version=1, text="按时校务公开。", **BY)


def test_measure_without_words_is_refused(session: Session, outline: list[int]) -> None:
    with pytest.raises(TextMissing):
        sections.add_measure(session, outline[0], text="  ", **BY)


def test_removed_measure_leaves_the_activity_that_came_from_it(session: Session, outline: list[int]) -> None:
    measure = sections.add_measure(session, outline[0], text="校务公开。", **BY)
    make_activity(session, plans.list_plans(session)[0], measure_id=measure.id)

    sections.remove_measure(session, measure.id or 0, **BY)

    assert session.exec(select(Measure)).all() == []
    assert [activity.measure_id for activity in session.exec(select(Activity))] == [None]


def test_what_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchSection):
        sections.move_section(session, 7, steps=1, **BY)
    with pytest.raises(NoSuchMeasure):
        sections.remove_measure(session, 7, **BY)
