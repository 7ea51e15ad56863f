"""The union and its people."""

import pytest
from sqlmodel import Session

from tests.makers import NOW, make_plan, make_union
from unionboard.errors.entries import NameMissing
from unionboard.services import unions


def test_ensuring_the_union_twice_keeps_the_first(session: Session) -> None:
    first = unions.ensure_union(session, name="青松小学工会", who="chair", now_utc=NOW)

    second = unions.ensure_union(session, name="别的工会", who="chair", now_utc=NOW)

    assert (second.id, second.name) == (first.id, "青松小学工会")


def test_union_without_a_name_is_refused(session: Session) -> None:
    union = make_union(session)

    with pytest.raises(NameMissing):
        unions.save_union(session, union.id or 0, version=1, who="chair", now_utc=NOW, name="  ")


def test_members_keep_the_order_they_were_added_in(session: Session) -> None:
    for name in ("陈立群", "何敏"):
        unions.add_member(session, name=name, who="chair", now_utc=NOW)

    assert [member.name for member in unions.list_members(session)] == ["陈立群", "何敏"]


def test_member_who_left_is_kept_but_not_listed(session: Session) -> None:
    member = unions.add_member(session, name="陈立群", who="chair", now_utc=NOW)

    unions.save_member(session, member.id or 0, version=1, who="chair", now_utc=NOW, is_active=False)

    assert (unions.list_members(session), [row.name for row in unions.list_members(session, active_only=False)]) == ([], ["陈立群"])


def test_database_with_a_plan_is_not_empty(session: Session) -> None:
    assert unions.is_empty(session)

    make_plan(session)

    assert not unions.is_empty(session)
