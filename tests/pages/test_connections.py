"""The settings' tab of calendars and tokens: one click makes an address, a token is told once, both can be revoked."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from unionboard import db
from unionboard.config import FROM_HEADER
from unionboard.models import AccessToken, AccountRole, FeedScope, TokenKind
from unionboard.services import access_tokens
from unionboard.services.origins import Way
from unionboard.ui.text import escape

OpenPage = Callable[..., AppTest]


def stored(kind: TokenKind | None = None) -> list[AccessToken]:
    with db.reading() as session:
        return access_tokens.list_tokens(session, kind)


def written(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in (*at.markdown, *at.text, *at.code, *at.warning))


def test_one_click_makes_the_address_of_everything(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("settings", tab="connections")

    at.button(key="make_calendar").click().run()

    (row,) = stored()
    assert (row.kind, row.scope, row.language, row.who) == (TokenKind.CALENDAR, FeedScope.ALL, "zh_CN", "chair")
    assert f"http://localhost:8501/calendar/{row.token}.ics" in [code.value for code in at.code]
    assert "还没有使用 · 主席于" in written(at)


@pytest.mark.parametrize(
    ("scope", "key", "about", "shown"),
    [(FeedScope.OWNER, "calendar_owner", "沈一鸣", "沈一鸣"), (FeedScope.AREA, "calendar_area", "CULT", "文体活动")],
)
def test_calendar_of_an_owner_or_an_area(demo: Engine, open_page: OpenPage, scope: FeedScope, key: str, about: str, shown: str) -> None:
    at = open_page("settings", tab="connections")

    at.button_group(key="calendar_scope").set_value(scope).run()
    at.selectbox(key=key).set_value(about).run()
    at.button(key="make_calendar").click().run()

    assert [(row.scope, row.about) for row in stored()] == [(scope, about)]
    assert shown in [text.value for text in at.text]


def test_address_can_be_revoked(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("settings", tab="connections")
    at.button(key="make_calendar").click().run()

    at.button(key="revoke_1").click().run()

    assert stored() == []
    assert "/calendar/" not in written(at)


def test_address_of_this_computer_is_said_to_lead_telephones_nowhere(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("settings", lang="en", tab="connections")

    told = escape("You opened the program as http://localhost:8501: only calendars on this computer can use such an address.")
    assert told in written(at)
    assert "`unionboard run --address 0.0.0.0`" in written(at)


def test_token_is_told_once(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("settings", lang="en", tab="connections")

    at.text_input(key="api_token_label").set_value("School website")
    at.button(key="make_api_token").click().run()
    told = [code.value for code in at.code if str(code.value).startswith("ub_")]
    at.button(key="api_token_told_done").click().run()

    with db.reading() as session:
        found = access_tokens.find_by_secret(session, str(told[0]), TokenKind.API)
    assert found is not None
    assert (found.label, len(told)) == ("School website", 1)
    assert "ub_" not in "\n".join(str(code.value) for code in at.code)
    assert at.text_input(key="api_token_label").value == ""


def test_token_needs_a_name_and_takes_another(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("settings", lang="en", tab="connections")

    at.button(key="make_api_token").click().run()
    nameless = stored()
    at.text_input(key="api_token_label").set_value("Website")
    at.button(key="make_api_token").click().run()
    at.text_input(key="api_token_label_1_1").set_value("Dashboard")
    at.button(key="rename_api_token_1").click().run()

    assert (nameless, [row.label for row in stored()]) == ([], ["Dashboard"])


def test_last_use_is_shown(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("settings", lang="en", tab="connections")
    at.button(key="make_calendar").click().run()
    with db.writing() as session:
        access_tokens.note_used(session, 1, today=date(2026, 11, 20))

    assert "last used on" in written(open_page("settings", lang="en", tab="connections"))


@pytest.mark.parametrize("role", [AccountRole.TREASURER, AccountRole.COMMITTEE, AccountRole.AUDIT])
def test_others_than_the_chair_are_told_whom_to_ask(
    demo: Engine, open_page: OpenPage, sign_in: Callable[..., int], role: AccountRole
) -> None:
    sign_in(role)

    at = open_page("settings", lang="en", tab="connections")

    assert "Calendars and tokens are kept by the chair" in written(at)
    assert [button.key for button in at.button if str(button.key).startswith("make_")] == []


def test_phones_door_makes_no_addresses_that_would_lead_through_it(
    demo: Engine, open_page: OpenPage, sign_in: Callable[..., int], visitor: object
) -> None:
    sign_in(AccountRole.CHAIR)
    getattr(visitor, "headers")[FROM_HEADER] = Way.PHONE

    at = open_page("settings", lang="en", tab="connections")

    assert "You came in through the phones’ door, which calendars cannot pass." in written(at)


def test_history_tells_who_made_and_revoked_and_no_secret(demo: Engine, open_page: OpenPage) -> None:
    at = open_page("settings", lang="en", tab="connections")
    at.button(key="make_calendar").click().run()
    secret = stored()[0].token
    at.button(key="revoke_1").click().run()

    lines = [
        line for line in written(open_page("settings", lang="en", tab="history")).splitlines() if "The secret address or token" in line
    ]

    assert len(lines) == 2
    assert [line for line in lines if secret in line] == []
