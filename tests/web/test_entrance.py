"""What stands before everything: who gets through, from where, with which token."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.requests import HTTPConnection

from tests.web.visitors import HERE, HTML, THERE, hear, make_account, make_token, visit, visit_here
from unionboard import db
from unionboard.models import Account, SignIn
from unionboard.services import sign_ins
from unionboard.services.origins import Way
from unionboard.web.entrance import find_way

pytestmark = pytest.mark.usefixtures("engine")

PLACES = (
    ("GET", "/"),
    ("GET", "/fund"),
    ("GET", "/settings?tab=accounts"),
    ("GET", "/pulse"),
    ("GET", "/paper/timeline"),
    ("GET", "/media/4f0c.jpg"),
    ("GET", "/component/unionboard.live/index.js"),
    ("GET", "/_stcore/bidi-components/unionboard_live/main.js"),
    ("GET", "/_stcore/host-config"),
    ("GET", "/_stcore/metrics"),
    ("GET", "/_stcore/agent/openapi.json"),
    ("POST", "/_stcore/agent/interact"),
    ("PUT", "/_stcore/upload_file/session/file"),
    ("DELETE", "/_stcore/upload_file/session/file"),
    ("GET", "/static/js/index.js"),
    ("HEAD", "/fund"),
    # what looks like one of the open addresses and is not
    ("GET", "/login/"),
    ("GET", "/login/../fund"),
    ("GET", "//login"),
    ("GET", "/LOGIN"),
    ("GET", "/healthz/x"),
    ("GET", "/_stcore/health/../stream"),
)


def status(token: str | None, method: str, path: str, *, base: str = THERE, address: str = "10.0.0.7") -> int:
    return visit(base, address, token).request(method, path, headers={"origin": base}).status_code


def is_let_in(token: str | None) -> list[str]:
    """Everything a token opens, the socket with it."""
    opened = [f"{method} {path}" for method, path in PLACES if status(token, method, path) not in (401, 303)]
    return [*opened, *(["socket"] if hear(visit(token=token), origin=THERE) else [])]


def test_this_computer_opens_at_once_while_there_are_no_accounts() -> None:
    here = visit_here()

    assert here.get("/fund").json()["marks"] == {"x-unionboard-from": ["local"], "x-unionboard-address": ["127.0.0.1"]}
    assert hear(here, origin=HERE) == "local 127.0.0.1"


def test_network_is_let_in_nowhere_while_there_are_no_accounts() -> None:
    assert is_let_in(None) == []


def test_page_leads_to_the_set_up_while_there_are_no_accounts() -> None:
    answer = visit().get("/fund?lang=en", headers=HTML)

    assert (answer.status_code, answer.headers["location"]) == (303, "/setup?next=%2Ffund%3Flang%3Den")


@pytest.mark.parametrize("base", [HERE, "http://127.0.0.1:8501", "http://[::1]:8501"])
@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_loopback_address_under_a_loopback_name_is_this_computer(base: str, address: str) -> None:
    assert visit(base, address).get("/fund").json()["marks"]["x-unionboard-from"] == ["local"]


@pytest.mark.parametrize(
    ("base", "address", "headers"),
    [
        (HERE, "10.0.0.7", {}),
        (HERE, "::ffff:10.0.0.7", {}),
        (HERE, "", {}),
        (HERE, "localhost", {}),
        (THERE, "127.0.0.1", {}),
        ("http://192.168.1.20", "192.168.1.20", {}),
        (HERE, "127.0.0.1", {"x-forwarded-for": "10.0.0.7"}),
        (HERE, "127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
        (HERE, "127.0.0.1", {"X-Forwarded-Host": "localhost"}),
        (HERE, "127.0.0.1", {"x-forwarded-proto": "http"}),
        (HERE, "127.0.0.1", {"forwarded": "for=127.0.0.1"}),
        (HERE, "127.0.0.1", {"x-real-ip": "127.0.0.1"}),
        (HERE, "127.0.0.1", {"via": "1.1 proxy"}),
        (HERE, "10.0.0.7", {"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", "host": "localhost:8501"}),
        (THERE, "10.0.0.7", {"host": "localhost"}),
    ],
)
def test_whoever_only_says_so_is_not_this_computer(base: str, address: str, headers: dict[str, str]) -> None:
    answer = visit(base, address).get("/fund", headers={**HTML, **headers})

    assert (answer.status_code, answer.headers["location"]) == (303, "/setup?next=%2Ffund")


@pytest.mark.parametrize(("version", "way"), [("1.1", Way.LOCAL), ("1.0", Way.NETWORK)])
def test_what_no_browser_speaks_was_passed_on_by_another_server(version: str, way: Way) -> None:
    headers = [(b"host", b"localhost:8501")]
    asked = HTTPConnection({"type": "http", "client": ("127.0.0.1", 50_000), "headers": headers, "http_version": version})

    assert find_way(asked) == (way, "127.0.0.1")


@pytest.mark.parametrize(
    "name", ["x-unionboard-from", "X-Unionboard-From", "x-unionboard-address", "x-unionboard-phone", "x-unionboard-any"]
)
def test_marks_of_ours_that_a_visitor_sends_are_taken_away(engine: Engine, name: str) -> None:
    token = make_token(engine, make_account(engine))
    client = visit(token=token)

    answer = client.get("/fund", headers={name: "local"})

    assert answer.json()["marks"] == {"x-unionboard-from": ["network"], "x-unionboard-address": ["10.0.0.7"]}
    assert hear(client, **{name: "local"}) == "network 10.0.0.7"


def test_everybody_signs_in_once_there_is_an_account(engine: Engine) -> None:
    make_account(engine)

    assert [visit_here().get("/fund", headers=HTML).headers["location"], hear(visit_here(), origin=HERE)] == ["/login?next=%2Ffund", ""]


def test_closed_account_alone_counts_as_none(engine: Engine) -> None:
    make_account(engine, is_active=False)

    assert visit_here().get("/fund").status_code == 200


def test_token_opens_everything(engine: Engine) -> None:
    token = make_token(engine, make_account(engine))

    assert len(is_let_in(token)) == len(PLACES) + 1


def _expired(engine: Engine, account: int) -> str:
    return make_token(engine, account, ago=sign_ins.SHORT)


def _expired_long(engine: Engine, account: int) -> str:
    return make_token(engine, account, ago=sign_ins.LONG, is_kept=True)


def _ended(engine: Engine, account: int) -> str:
    token = make_token(engine, account)
    with db.writing(engine) as session:
        sign_ins.end_sign_ins(session, account, who="陈立群", now_utc=datetime.now(UTC))
    return token


def _of_closed_account(engine: Engine, account: int) -> str:
    make_account(engine, "王芳")
    token = make_token(engine, account)
    with db.writing(engine) as session:
        session.get_one(Account, account).is_active = False
    return token


def _of_given_password(engine: Engine, account: int) -> str:
    token = make_token(engine, account)
    with db.writing(engine) as session:
        session.get_one(Account, account).must_change = True
    return token


def _hash_of_a_token(engine: Engine, account: int) -> str:
    make_token(engine, account)
    with db.reading(engine) as session:
        return session.exec(select(SignIn.token_sha256)).one()


def _altered(engine: Engine, account: int) -> str:
    token = make_token(engine, account)
    return token[:-1] + ("A" if token[-1] != "A" else "B")


MAKERS: tuple[Callable[[Engine, int], str], ...] = (
    _expired,
    _expired_long,
    _ended,
    _of_closed_account,
    _of_given_password,
    _hash_of_a_token,
    _altered,
    lambda _engine, _account: "",
    lambda _engine, _account: "A" * 43,
    lambda _engine, _account: "' OR '1'='1' -- ".ljust(43, "x"),
    lambda _engine, _account: "A" * 20_000,
)


@pytest.mark.parametrize("make", MAKERS)
def test_any_other_token_opens_nothing(engine: Engine, make: Callable[[Engine, int], str]) -> None:
    assert is_let_in(make(engine, make_account(engine))) == []


def test_no_token_opens_nothing(engine: Engine) -> None:
    make_account(engine)

    assert is_let_in(None) == []


def test_open_addresses_are_answered_to_everybody(engine: Engine) -> None:
    make_account(engine)

    assert [status(None, "GET", path) for path in ("/login", "/logout", "/healthz", "/_stcore/health")] == [200] * 4
    assert status(None, "GET", "/setup") == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://192.168.1.20"},
        {"origin": "http://192.168.1.20:8502"},
        {"origin": "http://192.168.1.20:8501.evil.example"},
        {"origin": "http://evil.example/http://192.168.1.20:8501"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
        {"origin": "http://evil.example", "sec-fetch-site": "same-origin"},
        {"referer": "http://192.168.1.20:8501/fund"},
    ],
)
@pytest.mark.parametrize("path", ["/login", "/logout", "/setup", "/_stcore/upload_file/session/file"])
def test_what_another_site_sends_changes_nothing(engine: Engine, path: str, headers: dict[str, str]) -> None:
    token = make_token(engine, make_account(engine))
    method = "PUT" if "upload" in path else "POST"

    assert visit(token=token).request(method, path, headers=headers).status_code == 403
    assert visit(token=token).get("/fund").status_code == 200


@pytest.mark.parametrize("origin", ["null", "http://evil.example", "http://192.168.1.20:8502", "http://localhost:8501"])
def test_socket_stays_shut_for_another_sites_page(engine: Engine, origin: str) -> None:
    token = make_token(engine, make_account(engine))

    assert hear(visit(token=token), origin=origin) == ""


def test_socket_at_this_computer_stays_shut_for_another_sites_page_too() -> None:
    assert hear(visit_here(), origin="http://evil.example") == ""


@pytest.mark.parametrize("destination", ["image", "script", "iframe", "object", "embed", "empty", "style"])
def test_another_site_puts_nothing_of_ours_into_its_page(destination: str) -> None:
    mode = "navigate" if destination in ("iframe", "object", "embed") else "no-cors"
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": destination}

    assert visit_here().get("/paper/timeline", headers=headers).status_code == 403


def test_link_from_elsewhere_may_be_followed() -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document", **HTML}

    assert visit_here().get("/fund", headers=headers).status_code == 200


def test_when_a_browser_was_here_is_noted(engine: Engine) -> None:
    token = make_token(engine, make_account(engine), ago=timedelta(hours=1))

    visit(token=token).get("/fund")

    with db.reading(engine) as session:
        seen = session.exec(select(SignIn.seen_at_utc)).one()
    assert datetime.now(UTC) - seen < timedelta(minutes=5)


def test_data_that_cannot_be_read_let_nobody_in_from_the_network(engine: Engine, data_dir: Path) -> None:
    token = make_token(engine, make_account(engine))
    engine.dispose()
    (data_dir / "unionboard.sqlite3").write_bytes(b"no database at all" * 1000)

    answers = [visit(token=token).get(path, headers=HTML).status_code for path in ("/fund", "/media/4f0c.jpg", "/login")]

    assert (answers, hear(visit(token=token), origin=THERE)) == ([503, 503, 503], "")
    assert visit_here().get("/fund").status_code == 200  # where the page says what to do, see ui.rescue
