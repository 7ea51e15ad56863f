"""Signing in and out, and what a token opens."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors import Refusal
from unionboard.errors.permissions import NotYours, SignedOut
from unionboard.errors.sign_ins import TooManyAttempts, WrongNameOrPassword, WrongPassword
from unionboard.models import Account, AccountRole, Change, SignIn
from unionboard.services import passwords, sign_ins
from unionboard.services.account_list import name_key
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.origins import Way
from unionboard.services.sign_ins import KEPT, LONG, SHORT, UNLOCKED, NewSignIn
from unionboard.services.throttle import PER_NAME, attempts

PASSWORD = "青松小学的大槐树"
HASH = passwords.hash_password(PASSWORD)


@pytest.fixture(autouse=True)
def count_anew() -> Iterator[None]:
    attempts.forget()
    yield
    attempts.forget()


def make_account(
    session: Session,
    name: str = "陈立群",
    *roles: AccountRole,
    password_hash: str = HASH,
    is_active: bool = True,
    must_change: bool = False,
) -> Account:
    codes = [role.value for role in roles or (AccountRole.CHAIR,)]
    account = Account(name=name, name_key=name_key(name), roles=codes, password_hash=password_hash, created_at_utc=NOW)
    account.is_active, account.must_change = is_active, must_change
    session.add(account)
    session.flush()
    return account


def sign_in(session: Session, name: str = "陈立群", password: str = PASSWORD, *, is_kept: bool = False) -> NewSignIn:
    account = sign_ins.recognise(session, name, password, address="10.0.0.7")
    return sign_ins.start(
        session, account.id or 0, way=Way.NETWORK, address="10.0.0.7", device="Firefox, Windows", is_kept=is_kept, now_utc=NOW
    )


def look_up(session: Session, token: str | None, *, way: Way = Way.NETWORK, after: timedelta = timedelta()) -> Actor | None:
    return sign_ins.look_up(session, token, way=way, address="10.0.0.7", now_utc=NOW + after)


def list_lines(session: Session) -> list[tuple[str, str, str, int, str]]:
    return [(line.who, line.action, line.noun, line.row_id, line.origin) for line in session.exec(select(Change).order_by("id"))]


def test_token_opens_with_the_accounts_name_and_roles(session: Session) -> None:
    account = make_account(session, "陈立群", AccountRole.CHAIR, AccountRole.COMMITTEE)
    signed_in = sign_in(session)

    assert look_up(session, signed_in.token) == Actor(
        name="陈立群",
        roles=frozenset({AccountRole.CHAIR, AccountRole.COMMITTEE}),
        origin="10.0.0.7",
        account_id=account.id,
        sign_in_id=signed_in.sign_in_id,
        union_id=1,
    )


def test_only_the_hash_of_a_token_is_kept(session: Session) -> None:
    make_account(session)
    token = sign_in(session).token

    (row,) = session.exec(select(SignIn))
    assert token not in str(row.model_dump())
    assert (len(row.token_sha256), row.device, row.origin) == (64, "Firefox, Windows", "10.0.0.7")


def test_signing_in_is_logged_under_the_account(session: Session) -> None:
    account = make_account(session)
    sign_in(session)

    assert list_lines(session) == [("陈立群", "sign_in", "account", account.id, "10.0.0.7")]


@pytest.mark.parametrize(
    ("name", "password"),
    [("陈立群", "another one"), ("陈立群", ""), ("nobody", PASSWORD), ("", PASSWORD), ("关闭的", PASSWORD), ("无密码", "")],
)
def test_wrong_name_and_wrong_password_are_answered_alike(session: Session, name: str, password: str) -> None:
    make_account(session)
    make_account(session, "关闭的", is_active=False)
    make_account(session, "无密码", password_hash="")

    with pytest.raises(WrongNameOrPassword):
        sign_in(session, name, password)
    assert list(session.exec(select(SignIn))) == []


def test_after_five_wrong_passwords_even_the_right_one_waits(session: Session) -> None:
    make_account(session)
    for _ in range(PER_NAME):
        with pytest.raises(WrongNameOrPassword):
            sign_in(session, password="guess")

    with pytest.raises(TooManyAttempts):
        sign_in(session)


def test_name_spelt_otherwise_is_the_same_name_to_the_throttle(session: Session) -> None:
    make_account(session)
    for name in ("陈立群", "陈 立群", "陈立 群", " 陈立群", "陳立群"):
        with pytest.raises(WrongNameOrPassword):
            sign_in(session, name, "guess")

    with pytest.raises(TooManyAttempts):
        sign_in(session)


@pytest.mark.parametrize("token", [None, "", "x", "x" * 43, "x" * 10_000_000, "钥" * 43, "\0" * 43, "' OR 1=1 --".ljust(43)])
def test_forged_token_opens_nothing(session: Session, token: str | None) -> None:
    make_account(session)
    sign_in(session)

    assert look_up(session, token) is None


@pytest.mark.parametrize("is_kept", [False, True])
def test_token_expires(session: Session, is_kept: bool) -> None:
    make_account(session)
    token, lasts = sign_in(session, is_kept=is_kept).token, LONG if is_kept else SHORT

    last = timedelta(microseconds=1)
    assert look_up(session, token, after=lasts - last) is not None
    assert look_up(session, token, after=lasts) is None


def test_signed_out_token_opens_nothing(session: Session) -> None:
    account = make_account(session)
    signed_in = sign_in(session)

    assert sign_ins.sign_out(session, signed_in.sign_in_id, who="陈立群", now_utc=NOW)
    assert look_up(session, signed_in.token) is None
    assert not sign_ins.sign_out(session, signed_in.sign_in_id, who="陈立群", now_utc=NOW)
    assert list_lines(session)[1:] == [("陈立群", "sign_out", "account", account.id, "program")]


def test_disabled_account_opens_nothing(session: Session) -> None:
    account = make_account(session)
    token = sign_in(session).token
    account.is_active = False

    assert look_up(session, token) is None


def test_other_roles_hold_at_once(session: Session) -> None:
    account = make_account(session)
    token = sign_in(session).token
    account.roles = ["viewer", "no such role"]

    actor = look_up(session, token)
    assert actor is not None
    assert actor.roles == {AccountRole.VIEWER}


def test_given_password_opens_nothing_before_it_is_changed(session: Session) -> None:
    make_account(session, must_change=True)
    signed_in = sign_in(session)

    assert signed_in.must_change
    assert look_up(session, signed_in.token) is None
    assert sign_ins.find_open(session, signed_in.token, now_utc=NOW) is not None


def test_signing_out_everywhere_leaves_others_and_the_browser_it_came_from(session: Session) -> None:
    account = make_account(session)
    make_account(session, "王芳", AccountRole.TREASURER)
    here, there, another = sign_in(session), sign_in(session), sign_in(session, "王芳")

    ended = sign_ins.end_sign_ins(session, account.id or 0, who="陈立群", now_utc=NOW, except_id=here.sign_in_id)

    assert ended == 1
    assert [look_up(session, one.token) is not None for one in (here, there, another)] == [True, False, True]
    assert [row.id for row in sign_ins.list_sign_ins(session, now_utc=NOW)] == [another.sign_in_id, here.sign_in_id]


def test_unlock_lasts_ten_minutes_and_is_logged(session: Session) -> None:
    account = make_account(session)
    signed_in = sign_in(session)

    until = sign_ins.unlock(session, signed_in.sign_in_id, PASSWORD, now_utc=NOW)

    actor = look_up(session, signed_in.token)
    assert actor is not None
    assert (until, actor.unlocked_until_utc) == (NOW + UNLOCKED, NOW + UNLOCKED)
    assert list_lines(session)[1:] == [("陈立群", "unlock", "account", account.id, "program")]


def test_unlocked_browser_shows_nothing_on_a_phone(session: Session) -> None:
    make_account(session)
    signed_in = sign_in(session)
    sign_ins.unlock(session, signed_in.sign_in_id, PASSWORD, now_utc=NOW)

    actor = look_up(session, signed_in.token, way=Way.PHONE)
    assert actor is not None
    assert (actor.unlocked_until_utc, actor.origin) == (None, "phone 10.0.0.7")


def test_clock_set_back_unlocks_nothing_for_longer(session: Session) -> None:
    make_account(session)
    signed_in = sign_in(session)
    sign_ins.unlock(session, signed_in.sign_in_id, PASSWORD, now_utc=NOW)

    actor = look_up(session, signed_in.token, after=-timedelta(minutes=5))
    assert actor is not None
    assert actor.unlocked_until_utc is None


def test_locking_ends_the_unlock(session: Session) -> None:
    make_account(session)
    signed_in = sign_in(session)
    sign_ins.unlock(session, signed_in.sign_in_id, PASSWORD, now_utc=NOW)

    sign_ins.lock(session, signed_in.sign_in_id, now_utc=NOW)

    actor = look_up(session, signed_in.token)
    assert actor is not None
    assert actor.unlocked_until_utc == NOW


def test_unlock_needs_the_password_and_is_throttled(session: Session) -> None:
    make_account(session)
    signed_in = sign_in(session)
    for _ in range(PER_NAME):
        with pytest.raises(WrongPassword):
            sign_ins.unlock(session, signed_in.sign_in_id, "guess", now_utc=NOW)

    with pytest.raises(TooManyAttempts):
        sign_ins.unlock(session, signed_in.sign_in_id, PASSWORD, now_utc=NOW)


@pytest.mark.parametrize(
    ("role", "is_own", "is_ended", "refusal"),
    [
        (AccountRole.COMMITTEE, True, False, NotYours),
        (AccountRole.AUDIT, True, False, NotYours),
        (AccountRole.CHAIR, False, False, SignedOut),
        (AccountRole.CHAIR, True, True, SignedOut),
    ],
)
def test_unlock_of_somebody_who_may_not(session: Session, role: AccountRole, is_own: bool, is_ended: bool, refusal: type[Refusal]) -> None:
    make_account(session)
    make_account(session, "王芳", role)
    chairs, own = sign_in(session), sign_in(session, "王芳")
    actor = look_up(session, own.token)
    if is_ended:
        sign_ins.sign_out(session, own.sign_in_id, who="王芳", now_utc=NOW)
    bind_actor(session, actor)

    with pytest.raises(refusal):
        sign_ins.unlock(session, (own if is_own else chairs).sign_in_id, PASSWORD, now_utc=NOW)


def test_when_a_browser_was_last_here_is_kept_to_ten_minutes(session: Session) -> None:
    make_account(session)
    signed_in = sign_in(session)
    row = session.get_one(SignIn, signed_in.sign_in_id)

    later = NOW + timedelta(minutes=10)
    noted = [sign_ins.was_seen_lately(session, signed_in.sign_in_id, now_utc=moment) for moment in (NOW, later)]
    sign_ins.note_seen(session, signed_in.sign_in_id, now_utc=later)

    assert (noted, row.seen_at_utc) == ([True, False], later)


def test_old_sign_ins_are_forgotten_after_ninety_days(session: Session) -> None:
    make_account(session)
    sign_in(session)
    ended = sign_in(session, is_kept=True)
    sign_ins.sign_out(session, ended.sign_in_id, who="陈立群", now_utc=NOW)
    sign_in(session, is_kept=True)

    assert sign_ins.drop_old(session, now_utc=NOW + KEPT) == 0
    assert sign_ins.drop_old(session, now_utc=NOW + KEPT + timedelta(days=1)) == 2
    assert len(list(session.exec(select(SignIn)))) == 1
