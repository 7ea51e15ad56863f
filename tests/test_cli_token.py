"""Calendars and tokens on the command line."""

import json

import pytest
from sqlalchemy import Engine

from tests.conftest import Run
from unionboard import db
from unionboard.models import TokenKind
from unionboard.services import access_tokens


def test_made_address_opens_the_calendar_and_revoked_nothing(demo: Engine, run: Run) -> None:
    made = run("token", "add", "calendar", "--owner", "沈一鸣")
    secret = made[1].strip().removeprefix("/calendar/").removesuffix(".ics")
    with db.reading(demo) as session:
        found = access_tokens.find_by_secret(session, secret, TokenKind.CALENDAR)
    revoked = run("token", "revoke", "1")

    assert found is not None
    assert (made[0], found.about, found.who) == (0, "沈一鸣", "command line")
    assert revoked == (0, "已作废，从现在起打不开任何内容。\n", "")
    with db.reading(demo) as session:
        assert access_tokens.find_by_secret(session, secret, TokenKind.CALENDAR) is None


def test_list_tells_no_secret(demo: Engine, run: Run) -> None:
    told = json.loads(run("token", "add", "api", "--for", "校园网站", "--json")[1])

    code, out, _ = run("token", "list", "--json")

    assert (code, told.pop("secret")[:3], json.loads(out)) == (0, "ub_", [told])
    assert run("token", "list")[1] == "1\tapi\t校园网站\t还没有使用\n"


def test_what_cannot_be_made_is_told(demo: Engine, run: Run) -> None:
    assert run("token", "list")[1] == "还没有日历和令牌。\n"
    assert run("token", "add", "api")[::2] == (1, "请写明令牌给哪个程序用，以后作废时才分得清。\n")
    assert run("token", "add", "calendar", "--owner", "吴佳", "--area", "CULT")[0] == 1
    assert run("token", "revoke", "9")[0] == 1


@pytest.mark.usefixtures("demo")
def test_owner_who_is_not_in_the_plan_is_refused_with_those_who_are(run: Run) -> None:
    code, out, err = run("--lang", "en", "token", "add", "calendar", "--owner", "沈一明")

    assert (code, out) == (1, "")
    assert "“沈一明” answers for no activity. Give one of these as the plan writes them: " in err
    assert "沈一鸣" in err
