"""The change log and the refusal of stale saves."""

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan, make_section, make_union
from unionboard.errors.saving import Difference, StaleSave
from unionboard.services import changes


def test_update_logs_only_what_differs(session: Session) -> None:
    union = make_union(session)

    changes.update_row(session, union, version=1, who="chair", now_utc=NOW, name="青松中心小学工会", centre="")

    change = changes.list_changes(session, noun="union", row_id=union.id or 0)[0]
    assert (change.before, change.after) == ({"name": "青松小学工会"}, {"name": "青松中心小学工会"})


def test_update_that_changes_nothing_is_not_logged(session: Session) -> None:
    union = make_union(session)

    changed = changes.update_row(session, union, version=1, who="chair", now_utc=NOW, name="青松小学工会")

    assert (changed, union.version, changes.current_pulse(session)) == (False, 1, 0)


def test_save_from_an_old_version_is_refused_with_both_values(session: Session) -> None:
    union = make_union(session)
    changes.update_row(session, union, version=1, who="chair", now_utc=NOW, name="青松中心小学工会")

    with pytest.raises(StaleSave) as refusal:
        changes.update_row(session, union, version=1, who="treasurer", now_utc=NOW, name="青松实验小学工会")

    assert refusal.value.facts == {"field": "name", "theirs": "青松中心小学工会", "yours": "青松实验小学工会"}


def test_pulse_grows_with_every_change(session: Session) -> None:
    union = make_union(session)
    before = changes.current_pulse(session)

    changes.update_row(session, union, version=1, who="chair", now_utc=NOW, centre="办好家门口的学校")

    assert changes.current_pulse(session) > before


def test_late_save_names_every_field_that_differs_and_who_was_first(session: Session) -> None:
    plan = make_plan(session)
    section = make_section(session, plan, heading="推进民主管理")
    activity = make_activity(session, plan, section_id=section.id)
    changes.update_row(session, activity, version=1, who="deputy", now_utc=NOW, title="运动会", owner="吴佳")

    with pytest.raises(StaleSave) as refusal:
        changes.update_row(session, activity, version=1, who="chair", now_utc=NOW, title="登山", owner="吴佳", section_id=None)

    stale = refusal.value
    assert stale.differences == (Difference("title", "运动会", "登山"), Difference("section_id", "推进民主管理", None))
    assert (stale.version, stale.who, stale.at_utc) == (2, "deputy", NOW)
