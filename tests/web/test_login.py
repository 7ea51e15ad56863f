"""Signing in and out in a browser."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from tests.web.visitors import HERE, HTML, PASSWORD, THERE, hear, make_account, make_token, post, visit, visit_here
from unionboard import db
from unionboard.config import SESSION_COOKIE
from unionboard.models import Account, Change, SignIn
from unionboard.services.account_list import name_key
from unionboard.services.throttle import PER_ADDRESS, PER_NAME, attempts
from unionboard.services.unions import ensure_union

NEW = "槐树下的第三张长凳"


@pytest.fixture(autouse=True)
def count_anew() -> Iterator[None]:
    attempts.forget()
    yield
    attempts.forget()


@pytest.fixture
def account(engine: Engine) -> int:
    return make_account(engine)


def sign_in(client: TestClient, name: str = "陈立群", password: str = PASSWORD, *, path: str = "/login", **form: str) -> tuple[int, str]:
    """Status, and where it led."""
    answer = post(client, path, name=name, password=password, **form)
    return answer.status_code, answer.headers.get("location", "")


def why(page: str) -> str:
    return unescape(re.search(r'role="alert"[^>]*>([^<]*)<', page)[1])  # type: ignore[index]


@pytest.mark.usefixtures("account")
def test_right_password_lets_in_where_one_wanted_to_go() -> None:
    client = visit()

    assert sign_in(client, path="/login?next=/fund%3Ftab%3Dclaims") == (303, "/fund?tab=claims")
    assert client.get("/fund").status_code == 200
    assert hear(client, origin=THERE) == "network 10.0.0.7"


@pytest.mark.parametrize(
    ("base", "keep", "flags"),
    [
        (THERE, {}, ["HttpOnly", "Path=/", "SameSite=lax"]),
        (THERE, {"keep": "1"}, ["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=lax"]),
        ("https://192.168.1.20", {}, ["HttpOnly", "Path=/", "SameSite=lax", "Secure"]),
    ],
)
@pytest.mark.usefixtures("account")
def test_cookie_is_for_this_site_and_no_script(base: str, keep: dict[str, str], flags: list[str]) -> None:
    told = post(visit(base), "/login", name="陈立群", password=PASSWORD, **keep).headers["set-cookie"].split("; ")

    assert (told[0].partition("=")[0], len(told[0].partition("=")[2]), sorted(told[1:])) == (SESSION_COOKIE, 43, flags)


def test_signing_in_is_kept_with_address_and_browser(engine: Engine, account: int) -> None:
    client = visit()
    client.headers["user-agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
    sign_in(client)

    with db.reading(engine) as session:
        row, line = session.exec(select(SignIn)).one(), session.exec(select(Change)).one()
    assert (row.account_id, row.origin, row.device, row.expires_at_utc - row.created_at_utc) == (
        account,
        "10.0.0.7",
        "Chrome · Windows",
        timedelta(hours=12),
    )
    assert (line.who, line.action, line.origin) == ("陈立群", "sign_in", "10.0.0.7")


@pytest.mark.usefixtures("account")
def test_wrong_name_and_wrong_password_look_alike() -> None:
    pages = [post(visit(), "/login", name=name, password="guess") for name in ("陈立群", "陈立郡")]

    assert [page.status_code for page in pages] == [403, 403]
    assert pages[0].text.replace("陈立群", "陈立郡") == pages[1].text  # type: ignore[attr-defined]
    assert why(pages[0].text) == "姓名或密码不对。请重新输入；忘了密码请主席重设。"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("account")
def test_hundred_guesses_at_one_name_are_five() -> None:
    outcomes = [sign_in(visit(address=f"10.0.1.{number}"), password=f"guess {number}")[0] for number in range(100)]

    assert (outcomes.count(403), outcomes.count(429)) == (PER_NAME, 100 - PER_NAME)
    assert sign_in(visit(address="10.0.2.1"))[0] == 429


def guess_from_one_address(times: int) -> None:
    """Failures without the time a password takes."""
    for _ in range(times):
        attempts.enter(address="10.0.0.7")


@pytest.mark.usefixtures("account")
def test_hundred_guesses_from_one_address_are_twenty() -> None:
    guess_from_one_address(PER_ADDRESS - 2)
    outcomes = [sign_in(visit(), name=f"name {number}", password="guess")[0] for number in range(82)]

    assert (outcomes.count(403), outcomes.count(429)) == (2, 80)


@pytest.mark.usefixtures("account")
def test_address_is_no_header_a_visitor_writes() -> None:
    guess_from_one_address(PER_ADDRESS)
    form = {"name": "王芳", "password": "guess"}
    outcomes = [
        visit().post("/login", data=form, headers={"origin": THERE, "x-forwarded-for": f"10.9.0.{number}"}).status_code
        for number in range(25)
    ]

    assert outcomes == [429] * 25


@pytest.mark.usefixtures("account")
def test_whoever_waits_is_told_how_long() -> None:
    for _ in range(PER_NAME):
        attempts.enter(name=name_key("陈立群"))

    page = post(visit(), "/login", name="陈立群", password=PASSWORD)
    assert (why(page.text), page.headers["retry-after"]) == ("试错次数太多，请 15 分钟后再试。", "900")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example/fund",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/%09/evil.example",
        "/fund\r\nset-cookie: unionboard=x",
        "/fund\\@evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:fund",
        "http:///fund",
        "/fund/../../evil",
        "/logout",
        "/login",
        "/nonsense",
        "@evil.example",
        "fund",
        "[",
        "",
    ],
)
@pytest.mark.usefixtures("account")
def test_nobody_is_sent_elsewhere(elsewhere: str) -> None:
    client = visit()
    answer = client.post("/login", params={"next": elsewhere}, data={"name": "陈立群", "password": PASSWORD}, headers={"origin": THERE})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/login", params={"next": elsewhere}).headers["location"] == "/"


@pytest.mark.usefixtures("account")
def test_typed_name_comes_back_as_text() -> None:
    page = post(visit(), "/login?lang=en&next=%22%3E%3Cscript%3E", name='"><script>alert(1)</script>', password="x")

    assert "<script" not in page.text  # type: ignore[attr-defined]
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page.text  # type: ignore[attr-defined]


def test_unions_name_stands_above_as_text(engine: Engine) -> None:
    make_account(engine)
    with db.writing(engine) as session:
        ensure_union(session, name="<b>青松小学工会", who="chair", now_utc=session.exec(select(Account.created_at_utc)).one())

    assert "</svg>&lt;b&gt;青松小学工会</header>" in visit().get("/login").text


@pytest.mark.usefixtures("account")
def test_pages_before_one_is_in_run_no_script() -> None:
    answer = visit().get("/login")

    policy = re.sub("'sha256-[^']+'", "'sha256'", answer.headers["content-security-policy"])
    assert policy == ("default-src 'none'; style-src 'sha256'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("query", "accepted", "title"), [("", "", "登录"), ("", "en-GB", "Sign in"), ("?lang=en", "zh-CN", "Sign in")])
@pytest.mark.usefixtures("account")
def test_page_speaks_the_visitors_language(query: str, accepted: str, title: str) -> None:
    assert f"<h1>{title}</h1>" in visit().get(f"/login{query}", headers={"accept-language": accepted}).text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"name=a&password=b" + b"x" * 20_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"f%d=1" % number for number in range(1000)), "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00name=%00%ff&password=%ED%A0%80", "application/x-www-form-urlencoded"),
        (b'{"name": "a"}', "application/json"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"", ""),
    ],
)
@pytest.mark.usefixtures("account")
def test_what_is_no_form_of_ours_is_a_wrong_name(content: bytes, kind: str) -> None:
    answer = visit().post("/login", content=content, headers={"origin": THERE, "content-type": kind})

    assert answer.status_code == 403


def test_signing_in_again_ends_what_the_browser_was_in_as(engine: Engine, account: int) -> None:
    old = make_token(engine, account)
    client = visit(token=old)

    sign_in(client)

    assert visit(token=old).get("/fund").status_code == 401


def test_signing_out_ends_the_token_and_takes_the_cookie(engine: Engine, account: int) -> None:
    token = make_token(engine, account)

    answer = post(visit(token=token), "/logout")

    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert answer.headers["set-cookie"].startswith(f'{SESSION_COOKIE}="";')
    assert (visit(token=token).get("/fund").status_code, hear(visit(token=token), origin=THERE)) == (401, "")


def test_link_alone_signs_nobody_out(engine: Engine, account: int) -> None:
    token = make_token(engine, account)

    page = visit(token=token).get("/logout?lang=en", headers=HTML)

    assert '<form method="post" action="/logout?lang=en"><button>Sign out</button></form>' in page.text
    assert visit(token=token).get("/fund").status_code == 200


def test_given_password_opens_nothing_until_another_is_chosen(engine: Engine) -> None:
    make_account(engine, must_change=True)
    client = visit()

    assert sign_in(client, path="/login?next=/fund") == (303, "/login?next=%2Ffund")
    assert (client.get("/fund").status_code, hear(client, origin=THERE)) == (401, "")
    assert "<h1>设置新密码</h1>" in client.get("/login").text
    old = client.cookies[SESSION_COOKIE]

    assert post(client, "/login?next=/fund", new=NEW, again=NEW).headers["location"] == "/fund"
    assert client.get("/fund").status_code == 200
    assert visit(token=old).get("/fund").status_code == 401
    assert [sign_in(visit(), password=password)[0] for password in (PASSWORD, NEW)] == [403, 303]


@pytest.mark.parametrize(
    ("new", "again", "sentence"),
    [
        (NEW, "another", "两次输入的密码不一样。请重新输入。"),
        ("short", "short", "密码至少要 8 个字符。请改长一些。"),
        ("password", "password", "这个密码太常见，别人一试就中，请换一个。"),
        ("陈立群20261121", "陈立群20261121", "密码不能就是姓名，请换一个。"),
    ],
)
def test_new_password_has_to_be_one(engine: Engine, new: str, again: str, sentence: str) -> None:
    make_account(engine, must_change=True)
    client = visit()
    sign_in(client)

    page = post(client, "/login", new=new, again=again)

    assert (page.status_code, why(page.text)) == (403, sentence)  # type: ignore[attr-defined]
    assert client.get("/fund").status_code == 401


def test_nobody_sets_a_password_without_the_given_one(engine: Engine, account: int) -> None:
    token = make_token(engine, account)
    make_account(engine, "王芳", must_change=True)

    for client in (visit(), visit(token=token), visit(token="A" * 43)):
        post(client, "/login", name="王芳", new=NEW, again=NEW)

    assert [sign_in(visit(), name, NEW)[0] for name in ("陈立群", "王芳")] == [403, 403]


@pytest.mark.usefixtures("engine")
def test_without_accounts_there_is_nothing_to_sign_in_to() -> None:
    assert [visit_here().get("/login").headers["location"], visit().get("/login").headers["location"]] == ["/", "/setup"]
    assert sign_in(visit())[0] == 403


def test_host_is_one_of_ours(engine: Engine, account: int) -> None:
    token = make_token(engine, account)

    for host in ("evil.example", "localhost.evil.example", "192.168.1.20.evil.example:8501", "unionboard"):
        assert visit(token=token).get("/fund", headers={"host": host}).status_code == 421
    assert visit(HERE, token=token).get("/fund").status_code == 200
