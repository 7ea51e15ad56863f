"""Signing in by a service the school has: through Streamlit's own addresses, against a real small OpenID Connect provider."""

import re
import time
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

import httpx2
import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import Engine
from sqlmodel import select
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app import create_streamlit_middleware
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from tests.web.provider import CLIENT, SECRET, Provider
from tests.web.test_login import why
from tests.web.visitors import HERE, HTML, THERE, _answer, make_account, post, visit
from unionboard import db, sign_in_service
from unionboard.config import SESSION_COOKIE
from unionboard.models import Account, SignIn
from unionboard.services.throttle import PER_ADDRESS, attempts
from unionboard.web.breakdown import exception_handlers
from unionboard.web.gate import Gate
from unionboard.web.middleware import middleware
from unionboard.web.routes import routes

EMAIL = "chen@qingsong.example"
LINK = re.compile(r'<a class="other" href="([^"]*)">([^<]*)</a>')


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as serving:
        yield serving


@pytest.fixture
def secrets(provider: Provider) -> dict[str, Any]:
    """What stands under [auth]."""
    metadata = f"{provider.address}/.well-known/openid-configuration"
    school = {"label": "青松云", "client_id": CLIENT, "client_secret": SECRET, "server_metadata_url": metadata}
    return {"redirect_uri": f"{HERE}/oauth2callback", "cookie_secret": "s" * sign_in_service.LEAST_SECRET, "school": school}


@pytest.fixture(autouse=True)
def service(provider: Provider, secrets: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The service is set up, and knows 陈立群."""
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": secrets})
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    attempts.forget()
    provider.person, provider.forges = {"email": EMAIL, "email_verified": True}, False
    yield provider
    attempts.forget()


@pytest.fixture
def account(engine: Engine) -> int:
    return add(engine)


def add(engine: Engine, name: str = "陈立群", email: str = EMAIL, **values: bool) -> int:
    account_id = make_account(engine, name, **values)
    with db.writing(engine) as session:
        session.get_one(Account, account_id).email = email
    return account_id


def browse(base: str = HERE) -> TestClient:
    """A browser at this computer, before the program with Streamlit's own sign-in addresses in it."""
    app = Starlette(
        routes=[*routes, *create_auth_routes(""), Route("/{path:path}", _answer)],
        middleware=[*middleware, *create_streamlit_middleware()],
        exception_handlers=exception_handlers,
    )
    return TestClient(app, base_url=base, client=("127.0.0.1", 50_000), follow_redirects=False, headers=dict(HTML))


def come_back(client: TestClient, path: str = "/login") -> tuple[str, str]:
    """Through the link on ``path``, the service, and all the way back to where it ends: the address, and the page."""
    place = unescape(LINK.findall(client.get(path).text)[0][0])
    for _ in range(8):
        far = not place.startswith(("/", HERE))
        answer = httpx2.get(place) if far else client.get(place)
        if answer.status_code not in (302, 303, 307):
            return place, answer.text
        place = answer.headers["location"]
    raise AssertionError(place)


def sign_ins_of(engine: Engine) -> list[int]:
    with db.reading(engine) as session:
        return [row.account_id for row in session.exec(select(SignIn))]


def test_whoever_the_service_knows_comes_in_where_they_wanted_to_go(engine: Engine, account: int) -> None:
    client = browse()

    place, page = come_back(client, "/login?next=/fund%3Ftab%3Dclaims")

    assert (place, '"inside":"/fund"' in page) == ("/fund?tab=claims", True)
    assert sign_ins_of(engine) == [account]
    assert [name for name in client.cookies if not name.startswith("_streamlit_session")] == [SESSION_COOKIE]


def test_case_of_an_address_tells_nobody_apart(service: Provider, engine: Engine, account: int) -> None:
    service.person = {"email": EMAIL.upper()}

    come_back(browse())

    assert sign_ins_of(engine) == [account]


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ({"email": "other@qingsong.example"}, "没有账号登记邮箱 other@qingsong.example，或该账号已停用。请主席在“设置 → 账号”里填上。"),
        ({"email": EMAIL, "email_verified": False}, "统一登录服务没有提供您经过验证的邮箱。请用密码登录。"),
        ({"email": EMAIL, "email_verified": None}, "统一登录服务没有提供您经过验证的邮箱。请用密码登录。"),
        ({"email": EMAIL.replace("h", "һ")}, "统一登录服务没有提供您经过验证的邮箱。请用密码登录。"),  # a Cyrillic letter
        ({"name": "陈立群"}, "统一登录服务没有提供您经过验证的邮箱。请用密码登录。"),
        (None, "统一登录没有成功，或者用时太久。请重试，或用密码登录。"),
    ],
)
@pytest.mark.usefixtures("account")
def test_whoever_is_not_known_for_sure_stays_out(service: Provider, engine: Engine, person: dict[str, Any] | None, sentence: str) -> None:
    service.person = person
    client = browse()

    _, page = come_back(client)

    assert why(page) == sentence
    assert sign_ins_of(engine) == []
    assert [name for name in client.cookies if name != "_streamlit_session"] == []


@pytest.mark.usefixtures("account")
def test_token_signed_by_another_key_opens_nothing(service: Provider, engine: Engine) -> None:
    service.forges = True

    assert why(come_back(browse())[1]).startswith("统一登录没有成功")
    assert sign_ins_of(engine) == []


def test_closed_account_stays_closed(engine: Engine) -> None:
    add(engine, is_active=False)
    add(engine, "罗文静", "luo@qingsong.example")

    assert why(come_back(browse())[1]).startswith("没有账号登记邮箱")
    assert sign_ins_of(engine) == []


def test_address_that_two_accounts_have_lets_in_neither(engine: Engine, account: int) -> None:
    add(engine, "罗文静")

    assert why(come_back(browse())[1]).startswith("没有账号登记邮箱")
    assert sign_ins_of(engine) == []


def test_password_that_was_given_is_replaced_first(engine: Engine) -> None:
    add(engine, must_change=True)
    client = browse()

    place, page = come_back(client, "/login?next=/fund")

    assert (place, 'name="new"' in page) == ("/login?next=%2Ffund", True)
    assert client.get("/fund").status_code == 303


@pytest.mark.usefixtures("account")
def test_signing_out_ends_it_and_nothing_of_the_service_signs_in_again() -> None:
    client = browse()
    come_back(client)

    post(client, "/logout")

    assert client.get("/fund").headers["location"] == "/login?next=%2Ffund"
    assert 'role="alert"' not in client.get("/login").text


def sign(client: TestClient, secret: str, **told: Any) -> None:
    """A letter of introduction, written by whoever knows ``secret``, in a browser that went to the service."""
    letter = f'{{"provider": "school", "origin": "{HERE}", "email": "{EMAIL}"}}'
    value = create_signed_value(secret, told.get("cookie", "_streamlit_user"), told.get("letter", letter)).decode()
    client.headers["cookie"] = f"_streamlit_user={value}" + ("; unionboard_service=/fund" if told.get("went", True) else "")


@pytest.mark.usefixtures("account")
def test_letter_that_streamlit_signed_lets_in() -> None:
    """What the following ones vary."""
    client = browse()
    sign(client, get_cookie_secret())

    assert client.get("/login").headers.get("location") == "/fund"


@pytest.mark.parametrize(
    "told",
    [
        {"secret": "t" * 32},
        {"cookie": "_streamlit_user_tokens"},
        {"letter": f'{{"provider": "gone", "origin": "{HERE}", "email": "{EMAIL}"}}'},
        {"letter": f'{{"provider": "school", "origin": "https://elsewhere.example", "email": "{EMAIL}"}}'},
        {"went": False},
    ],
)
@pytest.mark.usefixtures("account")
def test_letter_that_is_not_quite_right_lets_nobody_in(engine: Engine, told: Mapping[str, Any]) -> None:
    client = browse()
    sign(client, **{"secret": get_cookie_secret(), **told})

    assert client.get("/login").status_code in (200, 403)
    assert client.get("/fund").status_code == 303
    assert sign_ins_of(engine) == []


@pytest.mark.usefixtures("account")
def test_letter_of_six_minutes_ago_is_too_old(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    client = browse()
    with monkeypatch.context() as then:
        then.setattr(TimestampSigner, "get_timestamp", lambda _self: int(time.time()) - 360)
        sign(client, get_cookie_secret())

    assert why(client.get("/login").text).startswith("统一登录没有成功")
    assert sign_ins_of(engine) == []


def without_service(auth: dict[str, Any]) -> list[dict[str, Any]]:
    """Ways of not having set one up, or by half."""
    return [
        {},
        {**auth, "cookie_secret": "short"},
        {**auth, "redirect_uri": f"{HERE}/elsewhere"},
        {name: value for name, value in auth.items() if name != "redirect_uri"},
        {**auth, "school": {"client_id": CLIENT}},
        {**auth, "school": "no section"},
    ]


@pytest.mark.usefixtures("account")
def test_where_none_is_set_up_nothing_is_offered_and_its_addresses_stay_shut(
    secrets: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for auth in without_service(secrets):
        monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": auth} if auth else {})
        client = browse()
        gates = [client.get(path).headers.get("location", "").partition("?")[0] for path in ("/auth/login", "/oauth2callback")]

        assert (LINK.findall(client.get("/login").text), gates) == ([], ["/login", "/login"]), auth


@pytest.mark.usefixtures("account")
def test_without_authlib_nothing_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_service, "_NEEDED", ("authlib_that_is_not_there",))

    assert LINK.findall(browse().get("/login").text) == []


@pytest.mark.usefixtures("account")
def test_link_stands_where_the_service_leads_back_to(secrets: dict[str, Any]) -> None:
    secrets["client_id"], secrets["client_secret"] = CLIENT, SECRET
    secrets["server_metadata_url"] = "https://id.qingsong.example/.well-known/openid-configuration"

    assert [label for _, label in LINK.findall(browse().get("/login").text)] == ["用id.qingsong.example登录", "用青松云登录"]
    assert LINK.findall(visit(THERE).get("/login").text) == []


@pytest.mark.usefixtures("account")
def test_phone_at_its_own_door_finds_the_services_addresses_shut() -> None:
    door = TestClient(Gate(browse().app, key="key", cookie="door"), base_url=HERE, client=("10.0.0.7", 50_000), follow_redirects=False)
    door.get("/?key=key")

    assert door.get("/auth/login", headers=HTML).headers["location"].startswith("/login")
    assert LINK.findall(door.get("/login", headers=HTML).text) == []


@pytest.mark.usefixtures("account")
def test_nobody_goes_to_the_service_a_hundred_times() -> None:
    client = browse()

    answers = [client.get("/login/service?with=school").status_code for _ in range(PER_ADDRESS + 1)]

    assert answers == [303] * PER_ADDRESS + [429]


@pytest.mark.usefixtures("account")
def test_signing_out_throws_away_a_letter_nobody_read() -> None:
    client = browse()
    sign(client, get_cookie_secret())

    dropped = {cookie.partition("=")[0] for cookie in post(client, "/logout").headers.get_list("set-cookie")}  # type: ignore[attr-defined]

    assert dropped == {SESSION_COOKIE, "unionboard_service", "_streamlit_user"}
