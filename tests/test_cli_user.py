"""``user``: accounts from the command line, and its exit codes."""

import io
import json

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.conftest import Run
from tests.makers import make_account
from unionboard import clock, db
from unionboard.cli.user import RoleName
from unionboard.models import AccountRole, Change, SignIn
from unionboard.services import sign_ins
from unionboard.services.account_list import list_accounts
from unionboard.services.origins import Way

PASSWORD = "松树下的长椅 1926"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """``PASSWORD`` stands on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def test_added_account_signs_in_with_the_password_from_standard_input(run: Run, engine: Engine, typed: None) -> None:
    told = run("user", "add", "陈立群", "--role", "chair", "--role", "committee", "--password-stdin")

    with db.reading(engine) as session:
        account = sign_ins.recognise(session, "陈立群", PASSWORD, address="::1")
        line = session.exec(select(Change).where(Change.noun == "account")).one()
    assert told == (0, "陈立群现在可以登录，角色：主席、委员。\n", "")
    assert (account.roles, line.who, line.origin) == (["chair", "committee"], "command line", "command line")


def test_first_account_that_is_no_chair_is_refused(run: Run, typed: None) -> None:
    assert run("user", "add", "罗文静", "--role", "treasurer", "--password-stdin") == (
        1,
        "",
        "第一个账号必须有主席角色，否则没有人能再开其他账号。请把主席也选上。\n",
    )


def test_name_that_has_an_account_is_refused_however_it_is_written(run: Run, engine: Engine, typed: None) -> None:
    with db.writing(engine) as session:
        make_account(session, AccountRole.CHAIR, name="陈立群")

    assert run("user", "add", "陈 立群", "--role", "chair", "--password-stdin") == (
        1,
        "",
        "已有账号“陈立群”。请换一个名称，或重新启用那个账号。\n",
    )


def test_short_password_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("abc\n"))

    assert run("user", "add", "陈立群", "--role", "chair", "--password-stdin")[0] == 1


def test_unknown_role_is_wrong_usage(run: Run) -> None:
    assert run("user", "add", "陈立群", "--role", "king")[0] == 2


def test_list_tells_everything_but_the_password(run: Run, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_account(session, AccountRole.AUDIT, name="严守正", password_hash="x")

    _, out, _ = run("user", "list", "--json")

    assert json.loads(out) == [
        {
            "name": "严守正",
            "roles": ["audit"],
            "email": "",
            "is_active": True,
            "has_password": True,
            "must_change_password": False,
            "created_at_utc": "2026-11-21 02:00:00+00:00",
        }
    ]


def test_reset_prints_a_password_that_must_be_changed_and_ends_all_sign_ins(run: Run, engine: Engine) -> None:
    with db.writing(engine) as session:
        account = make_account(session, AccountRole.CHAIR, name="陈立群")
        sign_ins.start(session, account.id or 0, way=Way.LOCAL, address="::1", now_utc=clock.now_utc())

    code, out, _ = run("user", "reset", "陈立群")

    with db.reading(engine) as session:
        assert sign_ins.recognise(session, "陈立群", out.strip(), address="::1").must_change
        assert session.exec(select(SignIn).where(SignIn.ended_at_utc == None)).all() == []  # noqa: E711
    assert code == 0


def test_last_chair_is_not_closed(run: Run, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_account(session, AccountRole.CHAIR, name="陈立群", password_hash="x")

    assert run("user", "disable", "陈立群") == (1, "", "陈立群是唯一能登录的主席。请先让另一个人也有主席角色。\n")


def test_closed_account_opens_again(run: Run, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_account(session, AccountRole.CHAIR, name="陈立群", password_hash="x")
        make_account(session, AccountRole.COMMITTEE, name="何敏", password_hash="x")

    told = run("user", "disable", "何敏"), run("user", "enable", "何敏")

    with db.reading(engine) as session:
        assert [row.is_active for row in list_accounts(session)] == [True, True]
    assert told == ((0, "何敏不能再登录了。\n", ""), (0, "何敏又可以登录了。\n", ""))


def test_unknown_name_is_refused(run: Run) -> None:
    assert run("user", "reset", "无名") == (1, "", "没有账号“无名”。请从账号列表里选。\n")


def test_roles_of_the_command_are_those_of_accounts() -> None:
    assert [role.value for role in RoleName] == [role.value for role in AccountRole]


def test_address_at_the_sign_in_service_is_set_and_taken_away(run: Run, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_account(session, AccountRole.CHAIR, name="陈立群")

    told = run("user", "email", "陈立群", "Chen@qingsong.example")
    kept = json.loads(run("user", "list", "--json")[1])[0]["email"]

    assert (told, kept) == ((0, "陈立群在统一登录服务里的邮箱是 chen@qingsong.example。\n", ""), "chen@qingsong.example")
    assert run("user", "email", "陈立群", "")[0] == 0
    assert json.loads(run("user", "list", "--json")[1])[0]["email"] == ""


def test_address_that_is_none_is_refused(run: Run, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_account(session, AccountRole.CHAIR, name="陈立群")

    assert run("user", "email", "陈立群", "青松") == (1, "", "“青松”不是邮箱地址。请写成 name@school.edu.cn 这样。\n")
