"""Signing in where one database holds several unions; where it holds one, the form asks for none."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.makers import NOW
from tests.web.visitors import HTML, PASSWORD, make_account, make_token, post, visit
from unionboard import db
from unionboard.config import SESSION_COOKIE, UNION_COOKIE
from unionboard.models import AccountRole, Change, SignIn, Union
from unionboard.services import accounts, unions
from unionboard.services.throttle import PER_NAME, attempts
from unionboard.web.login import _LISTED

OTHER = "白鹭的芦苇荡里有船"


@pytest.fixture(autouse=True)
def count_anew() -> Iterator[None]:
    attempts.forget()
    yield
    attempts.forget()


@pytest.fixture
def county(engine: Engine) -> Engine:
    """县总工会 and 白鹭小学工会, each with a 王芳."""
    for number, name, password in ((1, "县总工会", PASSWORD), (2, "白鹭小学工会", OTHER)):
        with db.within(number), db.writing(engine) as session:
            unions.ensure_union(session, name=name, who="chair", now_utc=NOW)
            accounts.add_account(session, name="王芳", roles=[AccountRole.CHAIR], password=password, who="chair", now_utc=NOW)
    return engine


def enter(union: str | None, password: str, name: str = "王芳") -> tuple[int, str]:
    form = {} if union is None else {"union": union}
    answer = post(visit(), "/login", name=name, password=password, **form)
    return answer.status_code, unescape((re.findall(r'role="alert"[^>]*>([^<]*)<', answer.text) or [""])[0])  # type: ignore[attr-defined]


def field_of(page: str) -> str:
    return unescape((re.findall(r'<input id="union"[^>]*>', page) or [""])[0])


def test_one_union_is_not_asked_for(engine: Engine) -> None:
    make_account(engine)

    assert field_of(visit().get("/login", headers=HTML).text) == ""
    answer = post(visit(), "/login", name="陈立群", password=PASSWORD)
    assert UNION_COOKIE not in answer.headers["set-cookie"]


@pytest.mark.parametrize(("union", "password"), [("县总工会", PASSWORD), ("1", PASSWORD), ("白鹭小学工会", OTHER), ("2", OTHER)])
@pytest.mark.usefixtures("county")
def test_each_comes_into_their_own_union(union: str, password: str) -> None:
    assert enter(union, password) == (303, "")


@pytest.mark.parametrize(
    ("union", "password"), [("县总工会", OTHER), ("白鹭小学工会", PASSWORD), ("红旗医院工会", PASSWORD), ("", PASSWORD), (None, PASSWORD)]
)
@pytest.mark.usefixtures("county")
def test_unknown_union_looks_like_a_wrong_password(union: str | None, password: str) -> None:
    assert enter(union, password) == enter("县总工会", "这不是密码呀呀")


@pytest.mark.parametrize("union", ["县总工会", "没有这家工会"])
@pytest.mark.usefixtures("county")
def test_tries_are_counted_by_union_and_name(union: str) -> None:
    for _ in range(PER_NAME):
        enter(union, "这不是密码呀呀")

    assert enter(union, PASSWORD)[0] == 429
    assert enter("白鹭小学工会", OTHER)[0] == 303


@pytest.mark.parametrize("union", ["1", "2"])
def test_sign_in_and_its_line_belong_to_the_account_s_union(county: Engine, union: str) -> None:
    enter(union, PASSWORD if union == "1" else OTHER)

    with db.within(None), db.reading(county) as session:
        rows = list(session.exec(select(SignIn.union_id)))
        lines = list(session.exec(select(Change.union_id).where(Change.action == "sign_in")))
    assert (rows, lines) == ([int(union)], [int(union)])


def test_signing_in_elsewhere_ends_what_this_browser_was(county: Engine) -> None:
    client = visit()
    post(client, "/login", union="1", name="王芳", password=PASSWORD)
    post(client, "/login", union="2", name="王芳", password=OTHER)

    with db.within(None), db.reading(county) as session:
        told = [(row.union_id, row.ended_at_utc is None) for row in session.exec(select(SignIn).order_by(SignIn.id))]  # type: ignore[arg-type]
    assert told == [(1, False), (2, True)]


@pytest.mark.usefixtures("county")
def test_form_lists_the_names_and_remembers_the_last() -> None:
    client = visit()
    first = client.get("/login", headers=HTML).text
    post(client, "/login", union="白鹭小学工会", name="王芳", password=OTHER)
    client.cookies.delete(SESSION_COOKIE)
    then = client.get("/login", headers=HTML).text

    assert (re.findall('<option value="([^"]*)">', first), 'value=""' in field_of(first)) == (["县总工会", "白鹭小学工会"], True)
    assert ('value="白鹭小学工会"' in field_of(then), "<title>登录 · 白鹭小学工会</title>" in then) == (True, True)


@pytest.mark.parametrize(("told", "value"), [("2", "白鹭小学工会"), ("白鹭小学工会", "白鹭小学工会"), ('"><b>', '"><b>')])
@pytest.mark.usefixtures("county")
def test_address_fills_the_union_in(told: str, value: str) -> None:
    page = visit().get("/login", params={"union": told}, headers=HTML).text

    assert (f'value="{value}"' in field_of(page) or value in unescape(page), "<b>" in page) == (True, False)


def test_of_many_unions_no_list_is_sent(county: Engine) -> None:
    with db.within(None), db.writing(county) as session:
        session.add_all(Union(id=number, name=f"第{number}工会") for number in range(3, _LISTED + 2))
    page = visit().get("/login", headers=HTML).text

    assert ("<datalist" in page, field_of(page) != "") == (False, True)


def test_token_of_any_union_opens_and_closes(county: Engine) -> None:
    with db.within(2):
        token = make_token(county, 2)
    client = visit(token=token)

    assert client.get("/pulse").status_code == 200
    assert post(client, "/logout").status_code == 303
    assert visit(token=token).get("/pulse").status_code == 401
