"""What leaves is written down, and so is who looked at what is private."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.conftest import TODAY
from tests.makers import NOW
from unionboard.errors.permissions import Locked, NotYours
from unionboard.models import AccountRole, Change
from unionboard.models.changelog import ChangeAction
from unionboard.services import care, private_names
from unionboard.services.exports import Export, Look, LookKind, list_looks, record_export
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.permissions import ALLOWED, Act

STAMP: dict[str, Any] = {"who": "陈立群", "now_utc": NOW}


def actor(*roles: AccountRole, unlocked: bool = False) -> Actor:
    until = NOW + timedelta(minutes=10) if unlocked else None
    return Actor(name="陈立群", roles=frozenset(roles), origin="10.0.0.7", account_id=1, unlocked_until_utc=until)


def visit(session: Session, recipient: str) -> int:
    told = {"visited_on": date(2026, 11, 18), "kind": "birth", "today": TODAY, **STAMP}
    return care.record_visit(session, recipient=recipient, **told).id or 0


def test_file_that_leaves_is_one_line_of_the_log(session: Session) -> None:
    bind_actor(session, actor(AccountRole.AUDIT))

    record_export(session, Export.AUDIT_FOLDER, **STAMP)

    line = session.exec(select(Change)).one()
    assert (line.action, line.noun, line.row_id, line.who, line.origin) == ("export", "export", 0, "陈立群", "10.0.0.7")
    assert line.after == {"what": "audit_folder", "names": False}


@pytest.mark.parametrize("role", AccountRole)
@pytest.mark.parametrize("names", [False, True])
def test_files_are_for_those_the_table_allows(session: Session, role: AccountRole, names: bool) -> None:
    bind_actor(session, actor(role, unlocked=True))

    if role in ALLOWED[Act.EXPORT_NAMES if names else Act.EXPORT]:
        record_export(session, Export.CARE_REGISTER, names=names, **STAMP)
    else:
        with pytest.raises(NotYours):
            record_export(session, Export.CARE_REGISTER, names=names, **STAMP)


def test_names_leave_only_while_they_are_unlocked(session: Session) -> None:
    bind_actor(session, actor(AccountRole.CHAIR))

    with pytest.raises(Locked):
        record_export(session, Export.CARE_REGISTER, names=True, **STAMP)

    assert session.exec(select(Change)).all() == []


def test_unlock_ends_to_the_second(session: Session) -> None:
    bind_actor(session, actor(AccountRole.CHAIR, unlocked=True))

    with pytest.raises(Locked):
        record_export(session, Export.CARE_REGISTER, names=True, who="陈立群", now_utc=NOW + timedelta(minutes=10))


def test_names_are_looked_at_only_while_they_are_unlocked(session: Session) -> None:
    row_id = visit(session, "林小雨")
    bind_actor(session, actor(AccountRole.TREASURER))

    with pytest.raises(Locked):
        private_names.reveal(session, [row_id], **STAMP)


@pytest.mark.parametrize("role", [AccountRole.COMMITTEE, AccountRole.AUDIT, AccountRole.VIEWER])
def test_names_are_not_for_every_account(session: Session, role: AccountRole) -> None:
    row_id = visit(session, "林小雨")
    bind_actor(session, actor(role, unlocked=True))

    with pytest.raises(NotYours):
        private_names.reveal(session, [row_id], **STAMP)
    with pytest.raises(NotYours):
        private_names.forget_names(session, last=TODAY, **STAMP)


def test_looks_are_told_newest_first_and_one_click_is_one_look(session: Session) -> None:
    shown = [visit(session, "林小雨"), visit(session, "林小荷")]
    bind_actor(session, actor(AccountRole.CHAIR, unlocked=True))
    private_names.reveal(session, shown, **STAMP)
    record_export(session, Export.CARE_REGISTER, names=True, **STAMP)
    record_export(session, Export.LEDGER, **STAMP)

    looks = list_looks(session)

    told: dict[str, Any] = {"who": "陈立群", "at_utc": NOW, "origin": "10.0.0.7"}
    assert looks == (
        Look(LookKind.EXPORT, **told, count=1, what="fund_ledger"),
        Look(LookKind.EXPORT, **told, count=1, what="care_register", has_names=True),
        Look(LookKind.NAMES, **told, count=2),
    )


def test_unlocking_is_a_look_too(session: Session) -> None:
    session.add(Change(at_utc=NOW, who="陈立群", action=ChangeAction.UNLOCK.value, noun="account", row_id=1, origin="10.0.0.7"))
    session.flush()

    assert list_looks(session) == (Look(LookKind.UNLOCK, "陈立群", NOW, "10.0.0.7", 1),)


def test_looks_are_for_the_chair(session: Session) -> None:
    bind_actor(session, actor(AccountRole.TREASURER, AccountRole.COMMITTEE, AccountRole.AUDIT, AccountRole.VIEWER))

    with pytest.raises(NotYours):
        list_looks(session)


def test_private_field_is_logged_as_changed_and_never_with_what(session: Session) -> None:
    row_id = visit(session, "林小雨")
    care.edit_visit(session, row_id, version=1, today=TODAY, recipient="林小荷", goods="鲜花", **STAMP)
    private_names.forget_names(session, last=TODAY, **STAMP)

    lines = session.exec(select(Change).where(Change.noun == "care_visit", Change.action == "update").order_by(Change.id)).all()  # type: ignore[arg-type]

    assert [(line.before, line.after) for line in lines] == [
        ({"recipient": "***", "goods": ""}, {"recipient": "***", "goods": "***"}),
        ({"recipient": "***"}, {"recipient": ""}),
    ]
