"""The change log and the refusal of stale saves."""

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_union
from unionboard.errors import StaleSave
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
