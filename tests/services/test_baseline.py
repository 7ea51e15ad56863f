"""The plan as it once stood, and what became of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from tests.conftest import TODAY
from tests.makers import make_activity, make_plan, make_section
from unionboard.models import Activity, DatePrecision, DutyKind, Meeting, Plan
from unionboard.services import amendments, plan_copy, plans, sections
from unionboard.services.activities import list_activities
from unionboard.services.baseline import (
    BaselineItem,
    Deviation,
    compare_with_baseline,
    count_unlogged,
    find_adoption,
    find_last_meeting,
    read_baseline,
    select_gone,
)

ADOPTED = datetime(2026, 1, 4, 8, 0, tzinfo=UTC)
MAY: dict[str, Any] = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 31), "precision": DatePrecision.MONTH}
JUNE: dict[str, Any] = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 30), "precision": DatePrecision.MONTH}


def after(days: int) -> dict[str, Any]:
    """Who and when, ``days`` after the plan was adopted."""
    return {"who": "chair", "now_utc": ADOPTED + timedelta(days=days)}


@pytest.fixture
def plan(session: Session) -> Plan:
    return make_plan(session, adopted_at_utc=ADOPTED)


def add(session: Session, plan: Plan, title: str, *, on: int = 0, **values: Any) -> Activity:
    return amendments.add_activity(session, plan.id or 0, title=title, **{**MAY, **values}, **after(on))


def titles(session: Session, plan: Plan, *, days: int | None = None) -> list[str]:
    as_of_utc = None if days is None else ADOPTED + timedelta(days=days)
    return [item.title for item in read_baseline(session, plan.id or 0, as_of_utc=as_of_utc).values()]


def compare(session: Session, plan: Plan) -> Deviation:
    views = list_activities(session, plan.id or 0, today=TODAY)
    return compare_with_baseline(views, read_baseline(session, plan.id or 0))


def test_an_activity_stands_as_it_was_when_adopted_whatever_was_changed_since(session: Session, plan: Plan) -> None:
    section = make_section(session, plan)
    row = add(session, plan, "趣味运动会", area="CULT", owner="沈一鸣", section_id=section.id)
    amendments.save_activity(session, row.id or 0, version=1, title="秋季运动会", owner="吴佳", area="CARE", **after(10))
    amendments.postpone_activity(session, row.id or 0, **JUNE, reason="下雨", version=2, **after(20))

    assert read_baseline(session, plan.id or 0) == {
        row.id: BaselineItem(
            activity_id=row.id or 0,
            title="趣味运动会",
            section_id=section.id,
            area="CULT",
            owner="沈一鸣",
            starts_on=date(2026, 5, 1),
            ends_on=date(2026, 5, 31),
            precision=DatePrecision.MONTH,
            duty=DutyKind.ONE_OFF,
        )
    }


def test_added_gone_and_moved_are_told_apart(session: Session, plan: Plan) -> None:
    moved, gone, kept = (add(session, plan, title) for title in ("运动会", "春游", "座谈会"))
    amendments.postpone_activity(session, moved.id or 0, **JUNE, reason="下雨", version=1, **after(3))
    amendments.remove_activity(session, gone.id or 0, **after(3))
    amendments.save_activity(session, kept.id or 0, version=1, owner="吴佳", **after(3))
    added = add(session, plan, "读书会", on=3)

    found = compare(session, plan)

    assert (found.added, [item.title for item in found.gone], found.moved) == (frozenset({added.id}), ["春游"], frozenset({moved.id}))


def test_more_precise_is_moved_too(session: Session, plan: Plan) -> None:
    row = add(session, plan, "运动会")
    amendments.save_activity(session, row.id or 0, version=1, precision=DatePrecision.DAY, **after(3))

    assert compare(session, plan).moved == frozenset({row.id})


def test_moved_there_and_back_is_not_moved(session: Session, plan: Plan) -> None:
    row = add(session, plan, "运动会")
    amendments.save_activity(session, row.id or 0, version=1, **JUNE, **after(3))
    amendments.save_activity(session, row.id or 0, version=2, **MAY, **after(4))

    assert compare(session, plan) == Deviation(frozenset(), (), frozenset())


def test_taken_out_and_put_back_is_neither_gone_nor_added(session: Session, plan: Plan) -> None:
    row = add(session, plan, "运动会")
    amendments.remove_activity(session, row.id or 0, **after(3))
    amendments.remove_activity(session, row.id or 0, removed=False, **after(4))

    assert compare(session, plan) == Deviation(frozenset(), (), frozenset())


def test_cancelled_is_still_in_the_plan(session: Session, plan: Plan) -> None:
    row = add(session, plan, "运动会")
    amendments.set_state(session, row.id or 0, state="cancelled", reason="场地停用", version=1, **after(3))  # type: ignore[arg-type]

    assert compare(session, plan) == Deviation(frozenset(), (), frozenset())


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, []), (0, ["春游"]), (5, ["春游", "读书会"]), (9, ["读书会"]), (20, ["读书会", "春游"])]
)
def test_as_of_any_moment_the_changes_of_that_moment_included(session: Session, plan: Plan, days: int, expected: list[str]) -> None:
    trip = add(session, plan, "春游")
    add(session, plan, "读书会", on=5)
    amendments.remove_activity(session, trip.id or 0, **after(9))
    amendments.remove_activity(session, trip.id or 0, removed=False, **after(12))

    assert sorted(titles(session, plan, days=days)) == sorted(expected)


def test_a_section_that_is_gone_today_is_named_no_more(session: Session, plan: Plan) -> None:
    section = plans.add_section(session, plan.id or 0, heading="送温暖", **after(0))
    row = add(session, plan, "慰问", section_id=section.id)
    sections.remove_section(session, section.id or 0, **after(3))

    assert read_baseline(session, plan.id or 0)[row.id or 0].section_id is None


def test_what_the_log_never_saw_begin_counts_as_planned_and_is_counted(session: Session, plan: Plan) -> None:
    old = make_activity(session, plan, title="老数据")
    amendments.save_activity(session, old.id or 0, version=1, title="改过的", **after(3))
    add(session, plan, "读书会", on=3)

    assert (titles(session, plan), count_unlogged(session, plan.id or 0)) == (["老数据"], 1)


def test_a_plan_that_does_not_say_when_it_was_adopted_was_when_the_log_first_saw_it(session: Session) -> None:
    plan = plans.start_empty_plan(session, year=2026, **after(7))
    plan.adopted_at_utc = None
    session.flush()

    assert find_adoption(session, plan.id or 0) == ADOPTED + timedelta(days=7)


def test_a_copied_plan_is_adopted_as_copied(session: Session, plan: Plan) -> None:
    add(session, plan, "运动会")
    copy = plan_copy.copy_plan(session, plan.id or 0, year=2027, **after(350))
    row = list_activities(session, copy.id or 0, today=TODAY)[0]
    amendments.save_activity(session, row.id, version=1, title="新春运动会", **after(360))

    assert (titles(session, copy), titles(session, plan)) == (["运动会"], ["运动会"])


def test_the_demo_year_moved_what_was_postponed_and_took_nothing_out(demo: Engine, session: Session) -> None:
    plan = plans.plan_of_year(session, 2026)
    views = list_activities(session, plan.id or 0, today=TODAY)

    found = compare_with_baseline(views, read_baseline(session, plan.id or 0))

    assert found.moved == frozenset(view.id for view in views if view.original_starts_on)
    assert not found.gone
    assert count_unlogged(session, plan.id or 0) == 0


def test_the_last_meeting_is_the_one_that_ended_last(session: Session, plan: Plan) -> None:
    for number, ended in ((1, 30), (2, 60), (3, None)):
        ended_at = None if ended is None else ADOPTED + timedelta(days=ended)
        session.add(Meeting(plan_id=plan.id or 0, number=number, held_on=date(2026, 3, 1), started_at_utc=ADOPTED, ended_at_utc=ended_at))
    session.flush()

    assert find_last_meeting(session, plan.id or 0) == ADOPTED + timedelta(days=60)


def test_without_a_meeting_there_is_no_last_one(session: Session, plan: Plan) -> None:
    assert find_last_meeting(session, plan.id or 0) is None


def test_gone_items_pass_the_same_filters(session: Session, plan: Plan) -> None:
    for title, owner, area in (("春游", "吴佳", "CULT"), ("慰问", "何敏", "CARE"), ("春训", "吴佳", "CULT")):
        row = add(session, plan, title, owner=owner, area=area, **(JUNE if title == "春训" else {}))
        amendments.remove_activity(session, row.id or 0, **after(3))
    gone = compare(session, plan).gone
    may, june = ((month["starts_on"], month["ends_on"]) for month in (MAY, JUNE))

    assert [item.title for item in select_gone(gone, within=may, owners=["吴佳"])] == ["春游"]
    assert [item.title for item in select_gone(gone, within=may, areas=["CARE"])] == ["慰问"]
    assert [item.title for item in select_gone(gone, within=june, words="春")] == ["春训"]


@pytest.mark.parametrize("count", [3, 30])
def test_it_takes_the_same_number_of_queries_whatever_the_size(session: Session, plan: Plan, count: int) -> None:
    for number in range(count):
        row = add(session, plan, f"活动{number}")
        amendments.save_activity(session, row.id or 0, version=1, **JUNE, **after(3))
    asked: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *seen: asked.append(seen[2]))

    read_baseline(session, plan.id or 0)

    assert len(asked) == 4
