"""A record is put back as it stood: by a new change, through the service that edits it, never past its rules."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, log_made, make_activity, make_plan, make_section
from unionboard.errors.activities import DateOutsidePlan
from unionboard.errors.claims import ClaimMovedOn
from unionboard.errors.history import NoSuchVersion, RecordGone
from unionboard.errors.permissions import NotYours
from unionboard.errors.saving import StaleSave
from unionboard.models import AccountRole, Activity, ActivityState, Change, DatePrecision, Plan
from unionboard.services import (
    amendments,
    budget,
    care,
    ceiling_rules,
    checkoffs,
    claims,
    fund_items,
    fund_policy,
    handouts,
    meetings,
    occasions,
    plans,
    sections,
    unions,
)
from unionboard.services.changes import COVERED, row_id, snapshot
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.log_replay import replay_log
from unionboard.services.record_changes import FieldChange
from unionboard.services.versions import EDITABLE, Version, list_versions, put_back

TODAY = date(2026, 11, 21)
BY: dict[str, Any] = {"who": "何敏", "now_utc": NOW}


@pytest.fixture
def activity(session: Session) -> Activity:
    """趣味运动会, told to the log."""
    row = make_activity(session, make_plan(session), owner="沈一鸣")
    log_made(session)
    return row


def first_version(session: Session, noun: str, id_: int) -> Version:
    return list_versions(session, noun, id_)[-1]


def go_back(session: Session, version: Version, **changed: Any) -> None:
    usual = {"change_id": version.change_id, "version": version.row_version, "today": TODAY, **BY}
    put_back(session, version.noun, version.row_id, **{**usual, **changed})


def test_versions_say_who_when_and_what_going_back_would_change(session: Session, activity: Activity) -> None:
    amendments.save_activity(session, activity.id or 0, version=1, owner="何敏", **BY)

    newest, first = list_versions(session, "activity", activity.id or 0)

    assert (newest.who, newest.at_utc, newest.origin, newest.differing) == ("何敏", NOW, "program", ())
    assert (first.who, first.differing) == ("chair", (FieldChange("owner", "何敏", "沈一鸣"),))


def test_going_back_is_a_new_change_and_the_way_forth_stays_open(session: Session, activity: Activity) -> None:
    amendments.save_activity(session, activity.id or 0, version=1, owner="何敏", **BY)
    before = session.exec(select(Change)).all()

    go_back(session, first_version(session, "activity", activity.id or 0))
    line = session.exec(select(Change)).all()[len(before) :]

    assert (activity.owner, activity.version) == ("沈一鸣", 3)
    assert [(one.action, one.before, one.after, one.who) for one in line] == [("update", {"owner": "何敏"}, {"owner": "沈一鸣"}, "何敏")]
    assert len(list_versions(session, "activity", activity.id or 0)) == 3


def test_going_back_to_what_stands_writes_nothing(session: Session, activity: Activity) -> None:
    lines = len(session.exec(select(Change)).all())

    go_back(session, first_version(session, "activity", activity.id or 0))

    assert len(session.exec(select(Change)).all()) == lines


def test_postponed_activity_goes_back_to_its_first_plan_whole(session: Session, activity: Activity) -> None:
    september: dict[str, Any] = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 9, 30), "precision": DatePrecision.MONTH}
    amendments.postpone_activity(session, activity.id or 0, **september, reason="场地", version=1, **BY)

    go_back(session, first_version(session, "activity", activity.id or 0))

    assert (activity.state, activity.state_reason, activity.original_starts_on) == (ActivityState.PLANNED, "", None)
    assert (activity.starts_on, activity.ends_on) == (date(2026, 5, 1), date(2026, 5, 31))


def test_rules_are_asked_again(session: Session, activity: Activity) -> None:
    plan = plans.list_plans(session)[0]
    plan.starts_on = date(2026, 6, 1)
    amendments.save_activity(session, activity.id or 0, version=1, starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 31), **BY)

    with pytest.raises(DateOutsidePlan):
        go_back(session, first_version(session, "activity", activity.id or 0))

    assert activity.starts_on == date(2026, 7, 1)


def test_what_somebody_changed_meanwhile_is_not_overwritten(session: Session, activity: Activity) -> None:
    amendments.save_activity(session, activity.id or 0, version=1, owner="何敏", **BY)
    seen = first_version(session, "activity", activity.id or 0)
    amendments.save_activity(session, activity.id or 0, version=2, owner="吴佳", **BY)

    with pytest.raises(StaleSave):
        go_back(session, seen)

    assert activity.owner == "吴佳"


def test_section_that_is_gone_is_left_as_it_is(session: Session, activity: Activity) -> None:
    section = make_section(session, session.get_one(Plan, activity.plan_id))
    log_made(session)
    amendments.save_activity(session, activity.id or 0, version=1, section_id=section.id, **BY)
    amendments.save_activity(session, activity.id or 0, version=2, section_id=None, owner="何敏", **BY)
    with_section = list_versions(session, "activity", activity.id or 0)[1]
    sections.remove_section(session, section.id or 0, **BY)

    go_back(session, with_section)

    assert (activity.section_id, activity.owner) == (None, "沈一鸣")


def test_version_of_another_record_is_refused(session: Session, activity: Activity) -> None:
    plan_line = session.exec(select(Change).where(Change.noun == "plan")).one()

    with pytest.raises(NoSuchVersion):
        go_back(session, first_version(session, "activity", activity.id or 0), change_id=plan_line.id)


def test_record_that_is_gone_has_no_versions(session: Session) -> None:
    section = make_section(session, make_plan(session))
    log_made(session)
    seen = first_version(session, "section", section.id or 0)
    sections.remove_section(session, section.id or 0, **BY)

    assert list_versions(session, "section", seen.row_id) == ()
    with pytest.raises(RecordGone):
        go_back(session, seen)


@pytest.mark.parametrize("role", [AccountRole.AUDIT, AccountRole.TREASURER])
def test_whoever_may_not_edit_may_look_and_not_go_back(session: Session, activity: Activity, role: AccountRole) -> None:
    amendments.save_activity(session, activity.id or 0, version=1, owner="何敏", **BY)
    bind_actor(session, Actor(roles=frozenset({role}), origin="10.0.0.7"))
    seen = first_version(session, "activity", activity.id or 0)

    with pytest.raises(NotYours):
        go_back(session, seen)


def test_screen_for_everybody_sees_no_history(session: Session, activity: Activity) -> None:
    bind_actor(session, Actor(roles=frozenset({AccountRole.VIEWER}), origin="10.0.0.7"))

    with pytest.raises(NotYours):
        list_versions(session, "activity", activity.id or 0)


def test_claim_on_its_way_is_not_put_back(session: Session) -> None:
    fields: dict[str, Any] = {"year": 2026, "item": "culture_sports", "amount_fen": 400_00, "purpose": "奖品", "handler": "沈一鸣"}
    claim = claims.save_claim(session, None, version=0, who="沈一鸣", now_utc=NOW, **fields)
    claims.save_claim(session, claim.id or 0, version=1, who="沈一鸣", now_utc=NOW, amount_fen=300_00)
    claims.submit_claim(session, claim.id or 0, version=2, who="沈一鸣", now_utc=NOW, today=TODAY)

    with pytest.raises(ClaimMovedOn):
        go_back(session, first_version(session, "claim", claim.id or 0))


def test_care_visit_says_that_it_was_changed_and_not_what(session: Session) -> None:
    visit = care.record_visit(
        session, visited_on=date(2026, 6, 1), kind="hospital", amount_fen=500_00, goods="水果", post=False, today=TODAY, **BY
    )
    care.edit_visit(session, visit.id or 0, version=1, people=2, goods="花", today=TODAY, **BY)
    first = first_version(session, "care_visit", visit.id or 0)

    go_back(session, first)

    assert first.differing == (FieldChange("people", COVERED, COVERED),)
    assert (visit.people, visit.goods) == (1, "花")


# --- every kind of record: changed, and put back through its service -----------------------------------------------------------------

Made = tuple[int, Callable[[], object]]


def _union(session: Session) -> Made:
    row = unions.ensure_union(session, name="青松小学工会", **BY)
    return row.id or 0, lambda: unions.save_union(session, row.id or 0, version=1, member_count=80, name="青松学校工会", **BY)


def _member(session: Session) -> Made:
    row = unions.add_member(session, name="何敏", duty="委员", **BY)
    return row.id or 0, lambda: unions.save_member(session, row.id or 0, version=1, duty="副主席", is_active=False, **BY)


def _plan(session: Session) -> Made:
    row = plans.start_empty_plan(session, year=2026, title="计划", **BY)
    return row.id or 0, lambda: plans.save_plan(session, row.id or 0, version=1, title="新计划", guiding="为民", **BY)


def _section(session: Session) -> Made:
    plan = plans.start_empty_plan(session, year=2026, **BY)
    row = plans.add_section(session, plan.id or 0, heading="文体", **BY)
    return row.id or 0, lambda: plans.save_section(session, row.id or 0, version=1, heading="丰富文体生活", area="CULT", **BY)


def _measure(session: Session) -> Made:
    section_id, _ = _section(session)
    row = sections.add_measure(session, section_id, text="办好运动会", **BY)
    return row.id or 0, lambda: sections.save_measure(session, row.id or 0, version=1, text="办好趣味运动会", owner="文体委员", **BY)


def _activity(session: Session) -> Made:
    plan = plans.start_empty_plan(session, year=2026, **BY)
    days: dict[str, Any] = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 31), "precision": DatePrecision.MONTH}
    row = amendments.add_activity(session, plan.id or 0, title="运动会", **days, **BY)
    told: dict[str, Any] = {"title": "趣味运动会", "planned_people": 60, "starts_on": date(2026, 5, 8), "ends_on": date(2026, 5, 8)}
    return row.id or 0, lambda: amendments.save_activity(session, row.id or 0, version=1, precision=DatePrecision.DAY, **told, **BY)


def _check_off(session: Session) -> Made:
    activity_id, _ = _activity(session)
    row = checkoffs.check_off(session, activity_id, done_on=date(2026, 5, 8), today=TODAY, **BY)
    told: dict[str, Any] = {"done_on": date(2026, 5, 9), "participants": 58, "figures": {"proposals_received": 3}}
    return row.id or 0, lambda: checkoffs.amend_check_off(session, row.id or 0, version=1, today=TODAY, **told, **BY)


def _claim(session: Session) -> Made:
    fields: dict[str, Any] = {"year": 2026, "item": "culture_sports", "amount_fen": 400_00, "purpose": "奖品", "handler": "沈一鸣"}
    row = claims.save_claim(session, None, version=0, **fields, **BY)
    return row.id or 0, lambda: claims.save_claim(session, row.id or 0, version=1, amount_fen=300_00, needed_on=TODAY, **BY)


def _budget_line(session: Session) -> Made:
    row = budget.set_line(session, year=2026, item="culture_sports", amount_fen=300_00, note="比赛", **BY)
    return row.id or 0, lambda: budget.set_line(session, year=2026, item="culture_sports", amount_fen=0, note="", **BY)


def _care_visit(session: Session) -> Made:
    row = care.record_visit(session, visited_on=date(2026, 6, 1), kind="hospital", amount_fen=500_00, post=False, today=TODAY, **BY)
    return row.id or 0, lambda: care.edit_visit(session, row.id or 0, version=1, visited_on=date(2026, 6, 2), today=TODAY, **BY)


def _handout(session: Session) -> Made:
    facts: dict[str, Any] = {"title": "端午", "handed_on": date(2026, 6, 1), "heads": 2, "unit_fen": 30_00, "today": TODAY}
    row = handouts.record_handout(session, **facts, **BY)
    return row.id or 0, lambda: handouts.edit_handout(session, row.id or 0, version=1, heads=3, goods="粽子", today=TODAY, **BY)


def _meeting(session: Session) -> Made:
    plan = plans.start_empty_plan(session, year=2026, **BY)
    row = meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, **BY)
    seen = row.version
    told: dict[str, Any] = {"place": "会议室", "chaired_by": "陈立群", "recorded_by": "何敏"}
    return row.id or 0, lambda: meetings.save_particulars(session, row.id or 0, version=seen, **told, **BY)


def _agenda_item(session: Session) -> Made:
    meeting_id, _ = _meeting(session)
    row = meetings.add_item(session, meeting_id, title="春游", **BY)
    return row.id or 0, lambda: meetings.save_note(session, row.id or 0, note="定在四月", version=row.version, **BY)


def _own_item(session: Session) -> Made:
    row = fund_items.save_item(session, None, name="心理关爱", group="activities", **BY)
    return row_id(row), lambda: fund_items.save_item(session, row.code, name="心理", group="activities", is_hidden=True, version=1, **BY)


def _own_occasion(session: Session) -> Made:
    row = occasions.save_occasion(session, None, name="乔迁", **BY)
    return row_id(row), lambda: occasions.save_occasion(session, row.code, name="搬家", must_visit=True, version=1, **BY)


def _ceiling_rule(session: Session) -> Made:
    row = ceiling_rules.save_rule(session, None, version=0, name="奖品", shape="person_year", amount_fen=500_00, **BY)
    return row.id or 0, lambda: ceiling_rules.save_rule(session, row.id or 0, version=1, amount_fen=600_00, valid_from=TODAY, **BY)


def _fund_policy(session: Session) -> Made:
    fund_policy.save_policy(session, resolution_above_fen=5_000_00, version=0, **BY)
    return 1, lambda: fund_policy.save_policy(session, resolution_above_fen=None, near_pct=80, version=1, **BY)


MAKERS: dict[str, Callable[[Session], Made]] = {
    "union": _union,
    "member": _member,
    "plan": _plan,
    "section": _section,
    "measure": _measure,
    "activity": _activity,
    "check_off": _check_off,
    "claim": _claim,
    "budget_line": _budget_line,
    "care_visit": _care_visit,
    "handout": _handout,
    "meeting": _meeting,
    "agenda_item": _agenda_item,
    "own_item": _own_item,
    "own_occasion": _own_occasion,
    "ceiling_rule": _ceiling_rule,
    "fund_policy": _fund_policy,
}


def test_every_editable_kind_is_tried() -> None:
    assert set(MAKERS) == set(EDITABLE)


@pytest.mark.parametrize("noun", MAKERS)
def test_each_kind_goes_back_to_how_it_was_made(session: Session, noun: str) -> None:
    id_, change = MAKERS[noun](session)
    table, fields = EDITABLE[noun].table, EDITABLE[noun].fields

    def stands() -> dict[str, Any]:
        session.flush()
        session.expire_all()
        row = next(row for row in session.exec(select(table)) if row_id(row) == id_)
        return {name: value for name, value in snapshot(row).items() if name in fields}

    before = stands()
    change()
    after = stands()
    go_back(session, first_version(session, noun, id_))

    assert after != before
    assert stands() == before
    assert [found for found in replay_log(session) if found.noun == noun] == []
