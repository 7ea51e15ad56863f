"""Accounts: the first is a chair's, one chair remains, names are told apart as people do, roles suggested from the duty."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_account, make_committee
from unionboard.errors.accounts import (
    AccountClosed,
    AccountExists,
    AddressTaken,
    AddressWrong,
    AuditHoldsNoOffice,
    FirstIsChair,
    LastChair,
    RolesMissing,
)
from unionboard.errors.entries import NameMissing
from unionboard.errors.permissions import NotYours, SignedOut
from unionboard.errors.saving import StaleSave
from unionboard.errors.sign_ins import WrongPassword
from unionboard.models import Account, AccountRole, Change
from unionboard.services import accounts, sign_ins
from unionboard.services.account_list import find_account, has_accounts
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.origins import Way
from unionboard.services.roles import Role, read_committee

CHAIR, TREASURER, COMMITTEE, AUDIT, VIEWER = AccountRole
PASSWORD = "松树下的长椅 1926"


def signed_in(session: Session, account: Account) -> int:
    return sign_ins.start(session, account.id or 0, way=Way.LOCAL, address="::1", now_utc=NOW).sign_in_id


def act_as(session: Session, account: Account, sign_in_id: int | None = None) -> None:
    roles = frozenset(AccountRole(role) for role in account.roles)
    bind_actor(session, Actor(name=account.name, roles=roles, account_id=account.id, sign_in_id=sign_in_id, origin="this computer"))


def test_first_account_is_a_chairs(session: Session) -> None:
    with pytest.raises(FirstIsChair):
        accounts.add_account(session, name="罗文静", roles=[TREASURER], who="罗文静", now_utc=NOW)


def test_account_keeps_its_roles_in_the_order_of_the_table(session: Session) -> None:
    account = accounts.add_account(session, name=" 陈　立群 ", roles=[COMMITTEE, CHAIR], who="陈立群", now_utc=NOW)

    assert (account.name, account.name_key, account.roles) == ("陈 立群", "陈立群", ["chair", "committee"])


@pytest.mark.parametrize("name", ["陈 立群", "陳立群", "陈·立群"])
def test_name_that_is_written_otherwise_is_the_same(session: Session, name: str) -> None:
    make_account(session, CHAIR, name="陈立群")

    with pytest.raises(AccountExists):
        accounts.add_account(session, name=name, roles=[COMMITTEE], who="陈立群", now_utc=NOW)


@pytest.mark.parametrize("name", ["", "  ", "——"])
def test_account_needs_a_name(session: Session, name: str) -> None:
    with pytest.raises(NameMissing):
        accounts.add_account(session, name=name, roles=[CHAIR], who="陈立群", now_utc=NOW)


def test_account_needs_a_role(session: Session) -> None:
    with pytest.raises(RolesMissing):
        accounts.add_account(session, name="陈立群", roles=[], who="陈立群", now_utc=NOW)


def test_audit_committee_holds_no_other_office(session: Session) -> None:
    make_account(session, CHAIR)

    with pytest.raises(AuditHoldsNoOffice):
        accounts.add_account(session, name="严守正", roles=[AUDIT, TREASURER], who="陈立群", now_utc=NOW)


@pytest.mark.parametrize(
    ("duty", "roles"),
    [
        ("主席", {CHAIR, COMMITTEE}),
        ("副主席兼财务委员", {CHAIR, TREASURER, COMMITTEE}),
        ("出纳", {TREASURER, COMMITTEE}),
        ("文体委员", {COMMITTEE}),
        ("经审委员会主任", {AUDIT}),
    ],
)
def test_roles_are_suggested_from_the_duty(duty: str, roles: set[AccountRole]) -> None:
    assert accounts.suggest_roles(duty) == roles


def test_last_chair_keeps_the_role_and_the_account(session: Session) -> None:
    chair = make_account(session, CHAIR, password_hash="x")
    make_account(session, CHAIR, name="何敏", password_hash="x", is_active=False)
    make_account(session, CHAIR, name="吴佳")  # nobody signs in without a password

    with pytest.raises(LastChair):
        accounts.change_account(session, chair.id or 0, version=1, roles=[COMMITTEE], who="陈立群", now_utc=NOW)
    with pytest.raises(LastChair):
        accounts.disable_account(session, chair.id or 0, version=1, who="陈立群", now_utc=NOW)


def test_chair_hands_over_once_there_is_another(session: Session) -> None:
    chair = make_account(session, CHAIR, password_hash="x")
    make_account(session, CHAIR, name="何敏", password_hash="x")

    accounts.change_account(session, chair.id or 0, version=1, roles=[COMMITTEE], who="陈立群", now_utc=NOW)

    assert chair.roles == ["committee"]


def test_stale_change_of_roles_is_refused(session: Session) -> None:
    make_account(session, CHAIR, password_hash="x")
    other = make_account(session, COMMITTEE, name="何敏", version=2)

    with pytest.raises(StaleSave):
        accounts.change_account(session, other.id or 0, version=1, roles=[TREASURER], who="陈立群", now_utc=NOW)


def test_closed_account_is_signed_out_at_once(session: Session) -> None:
    make_account(session, CHAIR, password_hash="x")
    other = make_account(session, COMMITTEE, name="何敏")
    signed_in(session, other)

    accounts.disable_account(session, other.id or 0, version=1, who="陈立群", now_utc=NOW)

    assert sign_ins.list_sign_ins(session, other.id, now_utc=NOW) == []
    assert has_accounts(session)


def test_reset_password_opens_once_and_must_be_changed(session: Session) -> None:
    chair = make_account(session, CHAIR)
    signed_in(session, chair)

    password = accounts.reset_password(session, chair.id or 0, who="陈立群", now_utc=NOW)

    assert sign_ins.recognise(session, "陈立群", password, address="::1").must_change
    assert sign_ins.list_sign_ins(session, chair.id, now_utc=NOW) == []


def test_closed_account_gets_no_new_password(session: Session) -> None:
    account = make_account(session, CHAIR, is_active=False)

    with pytest.raises(AccountClosed):
        accounts.reset_password(session, account.id or 0, who="陈立群", now_utc=NOW)


def test_own_password_takes_the_old_one_and_leaves_only_this_browser_in(session: Session) -> None:
    account = make_account(session, COMMITTEE, name="何敏")
    accounts.set_password(session, account.id or 0, PASSWORD, who="何敏", now_utc=NOW)
    here, _elsewhere = signed_in(session, account), signed_in(session, account)
    act_as(session, account, here)

    with pytest.raises(WrongPassword):
        accounts.change_own_password(session, old="错的密码 1926", new="另一张长椅 2026", now_utc=NOW)
    accounts.change_own_password(session, old=PASSWORD, new="另一张长椅 2026", now_utc=NOW)

    assert sign_ins.recognise(session, "何敏", "另一张长椅 2026", address="::1").id == account.id
    assert [one.id for one in sign_ins.list_sign_ins(session, account.id, now_utc=NOW)] == [here]


def test_whoever_is_not_signed_in_has_no_password_to_change(session: Session) -> None:
    with pytest.raises(SignedOut):
        accounts.change_own_password(session, old="x", new=PASSWORD, now_utc=NOW)


def test_anothers_browser_is_signed_out_by_a_chair_only(session: Session) -> None:
    chair, other = make_account(session, CHAIR), make_account(session, COMMITTEE, name="何敏")
    theirs = signed_in(session, chair)
    act_as(session, other)

    with pytest.raises(NotYours):
        accounts.end_sign_in(session, theirs, who="何敏", now_utc=NOW)
    act_as(session, chair)
    accounts.end_sign_in(session, theirs, who="陈立群", now_utc=NOW)

    assert sign_ins.list_sign_ins(session, chair.id, now_utc=NOW) == []


def test_password_is_in_no_line_of_the_log(session: Session) -> None:
    account = make_account(session, CHAIR)
    accounts.set_password(session, account.id or 0, PASSWORD, who="陈立群", now_utc=NOW)

    lines = [f"{line.before} {line.after}" for line in session.exec(select(Change))]

    assert [line for line in lines if PASSWORD in line or "$argon2" in line or account.password_hash in line] == []


def test_account_decides_who_approves_and_pays_whatever_the_list_says(session: Session) -> None:
    make_committee(session, 陈立群="主席", 罗文静="财务委员", 沈一鸣="文体委员", 严守正="经审委员会主任")
    make_account(session, CHAIR, name="沈一鸣")
    make_account(session, AUDIT, name="罗文静")
    make_account(session, TREASURER, name="安然")
    make_account(session, VIEWER, name="大屏")

    committee = read_committee(session)

    assert (committee.approvers, committee.payers, committee.holders(Role.AUDIT)) == (
        ("陈立群", "沈一鸣"),
        ("安然",),
        ("罗文静", "严守正"),
    )
    assert [officer.name for officer in committee.officers] == ["陈立群", "罗文静", "沈一鸣", "严守正", "安然"]


def test_closed_account_leaves_the_list_as_it_was(session: Session) -> None:
    make_committee(session, 陈立群="主席")
    make_account(session, AUDIT, name="陈立群", is_active=False)

    assert read_committee(session).approvers == ("陈立群",)


def test_expired_sign_in_is_none(session: Session) -> None:
    account = make_account(session, CHAIR)
    signed_in(session, account)

    assert sign_ins.list_sign_ins(session, account.id, now_utc=NOW + timedelta(hours=13)) == []
    assert find_account(session, "陈立群") is account


def test_address_for_the_sign_in_service_is_kept_in_small_letters(session: Session) -> None:
    account = accounts.add_account(session, name="陈立群", roles=[CHAIR], email=" Chen@Qingsong.example ", who="陈立群", now_utc=NOW)

    assert account.email == "chen@qingsong.example"


@pytest.mark.parametrize("address", ["陈立群", "chen", "@", "chen@青松.example", "chen li@qingsong.example", "a@b@c", f"{'a' * 120}@b"])
def test_what_is_no_address_is_refused(session: Session, address: str) -> None:
    account = make_account(session, CHAIR)

    with pytest.raises(AddressWrong):
        accounts.change_account(session, account.id or 0, version=1, email=address, who="陈立群", now_utc=NOW)


def test_two_accounts_cannot_have_one_address(session: Session) -> None:
    make_account(session, CHAIR, name="陈立群", email="chen@qingsong.example")
    other = make_account(session, COMMITTEE, name="罗文静")

    with pytest.raises(AddressTaken):
        accounts.change_account(session, other.id or 0, version=1, email="CHEN@qingsong.example", who="陈立群", now_utc=NOW)


def test_own_address_may_be_saved_again_or_taken_away(session: Session) -> None:
    account = make_account(session, CHAIR, email="chen@qingsong.example")

    for email in ("Chen@qingsong.example", ""):
        accounts.change_account(session, account.id or 0, version=account.version, email=email, who="陈立群", now_utc=NOW)

    assert account.email == ""
