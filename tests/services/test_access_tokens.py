"""Secret addresses and tokens: what is kept of them, what they open, and that a revoked one opens nothing."""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select, text

from tests.conftest import TODAY
from tests.makers import NOW, make_union
from unionboard.errors.access_tokens import CalendarOfNobody, NoSuchToken, TokenLabelMissing
from unionboard.errors.permissions import NotYours
from unionboard.models import AccessToken, AccountRole, Change, FeedScope, TokenKind
from unionboard.models.separation import bind_union
from unionboard.services.access_tokens import (
    NewToken,
    actor_for,
    find_by_secret,
    issue_api_token,
    list_tokens,
    note_used,
    open_calendar,
    rename,
    revoke,
)
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.log_replay import replay_log
from unionboard.services.permissions import Act

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


def calendar(session: Session, scope: FeedScope = FeedScope.ALL, about: str = "", language: str = "zh_CN") -> NewToken:
    return open_calendar(session, scope=scope, about=about, language=language, **STAMP)


def test_calendar_is_found_by_its_secret_of_256_bits(session: Session) -> None:
    new = calendar(session, FeedScope.AREA, "CULT")

    found = find_by_secret(session, new.token, TokenKind.CALENDAR)

    assert len(new.token) == 43
    assert found is not None
    assert (found.id, found.scope, found.about) == (new.row.id, FeedScope.AREA, "CULT")


def test_database_holds_the_hash_and_of_a_calendar_the_sealed_secret(session: Session) -> None:
    feed, api = calendar(session), issue_api_token(session, label="校园网站", language="zh_CN", **STAMP)
    session.flush()

    rows = session.execute(text("SELECT token_sha256, token FROM access_token ORDER BY id")).all()

    assert [row[0] for row in rows] == [hashlib.sha256(one.token.encode()).hexdigest() for one in (feed, api)]
    assert (rows[0][1][:7], feed.token in rows[0][1], rows[1][1]) == ("sealed:", False, "")


def test_log_tells_that_one_was_made_and_not_the_secret(session: Session) -> None:
    new = calendar(session)

    line = session.exec(select(Change).where(Change.noun == "access_token")).one()

    assert (line.action, line.who, (line.after or {})["token"]) == ("create", "chair", "***")
    assert new.token not in str(line.after)
    assert hashlib.sha256(new.token.encode()).hexdigest() not in str(line.after)


@pytest.mark.parametrize("token", ["", "x", "中" * 43, "a" * 43, "a" * 10_000])
def test_unknown_secret_opens_nothing(session: Session, token: str) -> None:
    calendar(session)

    assert find_by_secret(session, token, TokenKind.CALENDAR) is None


def test_secret_of_one_kind_does_not_open_the_other(session: Session) -> None:
    new = calendar(session)

    assert find_by_secret(session, new.token, TokenKind.API) is None


def test_revoked_secret_opens_nothing_and_is_kept_no_longer(session: Session) -> None:
    new = calendar(session)

    revoke(session, new.row.id or 0, **STAMP)

    assert find_by_secret(session, new.token, TokenKind.CALENDAR) is None
    assert (list_tokens(session), new.row.token) == ([], "")
    with pytest.raises(NoSuchToken):
        revoke(session, new.row.id or 0, **STAMP)


def test_same_calendar_keeps_its_address_until_it_is_revoked(session: Session) -> None:
    first, again, english = calendar(session), calendar(session), calendar(session, language="en")
    revoke(session, first.row.id or 0, **STAMP)
    new = calendar(session)

    assert (again.token, again.row.id) == (first.token, first.row.id)
    assert len({first.token, english.token, new.token}) == 3


@pytest.mark.parametrize(("scope", "about"), [(FeedScope.OWNER, " "), (FeedScope.AREA, "XYZ"), (FeedScope.ALL, "文体委员")])
def test_calendar_must_say_whose_it_is(session: Session, scope: FeedScope, about: str) -> None:
    with pytest.raises(CalendarOfNobody):
        calendar(session, scope, about)


def test_token_is_named_after_the_program_that_gets_it(session: Session) -> None:
    new = issue_api_token(session, label="  校园  网站 ", language="zh_CN", **STAMP)

    rename(session, new.row.id or 0, label="教育局平台", version=new.row.version, **STAMP)

    assert new.token.startswith("ub_")
    assert [row.label for row in list_tokens(session, TokenKind.API)] == ["教育局平台"]
    with pytest.raises(TokenLabelMissing):
        issue_api_token(session, label=" ", language="zh_CN", **STAMP)


def test_use_is_noted_once_a_day_and_not_in_the_log(session: Session) -> None:
    new = calendar(session)
    lines = len(session.exec(select(Change)).all())

    noted = [note_used(session, new.row.id or 0, today=day) for day in (TODAY, TODAY, TODAY + timedelta(days=1))]

    assert (noted, new.row.used_on) == ([True, False, True], date(2026, 11, 22))
    assert len(session.exec(select(Change)).all()) == lines
    assert [found for found in replay_log(session) if found.noun == "access_token"] == []


def test_secret_exchanged_past_the_program_is_found(session: Session) -> None:
    calendar(session)
    session.execute(text("UPDATE access_token SET token_sha256 = :other"), {"other": "0" * 64})
    session.expire_all()

    assert [found.contradiction.value for found in replay_log(session) if found.noun == "access_token"] == ["changed"]


def test_calendar_sees_the_year_and_the_api_the_books_too(session: Session) -> None:
    feed = actor_for(calendar(session).row, origin="10.0.0.7")
    api = actor_for(issue_api_token(session, label="校园网站", language="en", **STAMP).row, origin="10.0.0.7")

    asked = (Act.SEE_YEAR, Act.SEE_MONEY, Act.SEE_NAMES, Act.EXPORT_NAMES, Act.CHECK_OFF, Act.CONNECT)

    assert [feed.may(act) for act in asked] == [True, False, False, False, False, False]
    assert [api.may(act) for act in asked] == [True, True, False, False, False, False]


@pytest.mark.parametrize("role", [role for role in AccountRole if role is not AccountRole.CHAIR])
def test_only_the_chair_sees_and_makes_addresses(session: Session, role: AccountRole) -> None:
    bind_actor(session, Actor(name="何敏", roles=frozenset({role})))

    for attempt in (lambda: list_tokens(session), lambda: calendar(session), lambda: revoke(session, 1, **STAMP)):
        with pytest.raises(NotYours):
            attempt()


def test_union_sees_its_own_addresses_and_a_secret_tells_whose_it_is(session: Session) -> None:
    make_union(session)
    calendar(session)
    bind_union(session, 2)
    make_union(session, name="梧桐中学工会")
    theirs = calendar(session)
    listed = [row.id for row in list_tokens(session)]
    bind_union(session, None)

    found = find_by_secret(session, theirs.token, TokenKind.CALENDAR)

    assert listed == [theirs.row.id]
    assert found is not None
    assert (found.union_id, actor_for(found, origin="").union_id) == (2, 2)
    assert session.exec(select(col(AccessToken.union_id)).order_by(col(AccessToken.id))).all() == [1, 2]
