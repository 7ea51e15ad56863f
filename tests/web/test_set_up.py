"""The first account, made from the network with the code on the console."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit import config as streamlit_config

from tests.web.visitors import PASSWORD, THERE, hear, make_account, post, visit, visit_here
from unionboard import db
from unionboard.models import Account
from unionboard.services.throttle import PER_ADDRESS, attempts
from unionboard.web.set_up import announce, set_up_code

FORM = {"name": "陈立群", "password": PASSWORD, "again": PASSWORD, "chair": "1", "committee": "1"}
pytestmark = pytest.mark.usefixtures("engine")


@pytest.fixture(autouse=True)
def count_anew() -> Iterator[None]:
    attempts.forget()
    yield
    attempts.forget()
    set_up_code.spend()


@pytest.fixture
def code() -> str:
    return set_up_code.draw()


def list_accounts(engine: Engine) -> list[tuple[str, list[str]]]:
    with db.reading(engine) as session:
        return [(account.name, account.roles) for account in session.exec(select(Account))]


def why(page: str) -> str:
    return unescape(re.search(r'role="alert"[^>]*>([^<]*)<', page)[1])  # type: ignore[index]


def test_code_makes_the_first_account_and_lets_in(engine: Engine, code: str) -> None:
    client = visit()

    answer = post(client, "/setup?next=/fund", code=code, **FORM)

    assert (answer.status_code, answer.headers["location"]) == (303, "/fund")
    assert (client.get("/fund").status_code, hear(client, origin=THERE)) == (200, "network 10.0.0.7")
    assert list_accounts(engine) == [("陈立群", ["chair", "committee"])]


@pytest.mark.parametrize("spell", [str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code} "])
def test_code_is_read_as_people_type_it(engine: Engine, code: str, spell: object) -> None:
    post(visit(), "/setup", code=spell(code), **FORM)  # type: ignore[operator]

    assert len(list_accounts(engine)) == 1


@pytest.mark.parametrize("wrong", ["", "AAAA-AAAA", "代码代码代码代码", "\0" * 8, "%"])
def test_without_the_code_nothing_is_made(engine: Engine, code: str, wrong: str) -> None:
    page = post(visit(), "/setup", code=wrong, **FORM)

    assert (page.status_code, why(page.text)) == (403, "这不是程序窗口里显示的代码。请照着再输一次。")  # type: ignore[attr-defined]
    assert list_accounts(engine) == []


def test_codes_are_tried_twenty_times(engine: Engine, code: str) -> None:
    outcomes = [post(visit(), "/setup", code=f"{number:08}", **FORM).status_code for number in range(100)]

    assert (outcomes.count(403), outcomes.count(429)) == (PER_ADDRESS, 100 - PER_ADDRESS)
    assert (post(visit(), "/setup", code=code, **FORM).status_code, list_accounts(engine)) == (429, [])


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA", "anything"])
def test_where_no_code_was_printed_none_is_right(engine: Engine, typed: str) -> None:
    assert post(visit(), "/setup", code=typed, **FORM).status_code == 403
    assert "请在运行本程序的电脑上" in visit().get("/setup").text
    assert list_accounts(engine) == []


def test_code_is_good_once(engine: Engine, code: str) -> None:
    post(visit(), "/setup", code=code, **FORM)

    again = post(visit(), "/setup", code=code, **{**FORM, "name": "王芳"})

    assert (again.status_code, [name for name, _ in list_accounts(engine)]) == (403, ["陈立群"])


def test_of_two_at_once_one_makes_the_account(engine: Engine, code: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: post(visit(), "/setup", code=code, **{**FORM, "name": name}), ("陈立群", "王芳")))

    assert len(list_accounts(engine)) == 1
    assert [bool(answer.headers.get("set-cookie")) for answer in answers].count(True) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"again": "another"}, "两次输入的密码不一样。请重新输入。"),
        ({"password": "", "again": ""}, "密码至少要 8 个字符。请改长一些。"),
        ({"name": ""}, None),
        ({"chair": None}, None),
    ],
)
def test_account_has_a_name_a_password_and_the_chairs_role(
    engine: Engine, code: str, change: dict[str, str | None], sentence: str | None
) -> None:
    form = {name: value for name, value in {**FORM, **change}.items() if value is not None}

    page = post(visit(), "/setup", code=code, **form)

    assert page.status_code == 403
    assert sentence in (None, why(page.text))  # type: ignore[attr-defined]
    assert list_accounts(engine) == []
    assert post(visit(), "/setup", code=code, **FORM).status_code == 303


def test_once_there_is_an_account_nothing_is_set_up(engine: Engine, code: str) -> None:
    make_account(engine)

    assert visit().get("/setup").headers["location"] == "/login"
    assert post(visit(), "/setup", code=code, **{**FORM, "name": "王芳"}).headers["location"] == "/login"
    assert len(list_accounts(engine)) == 1


def test_this_computer_needs_no_set_up(code: str) -> None:
    assert visit_here().get("/setup").headers["location"] == "/"


@pytest.mark.parametrize(
    ("address", "is_told"), [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True), (None, True)]
)
def test_code_is_printed_where_the_network_is_let_in(address: str | None, is_told: bool) -> None:
    listed = streamlit_config.get_option("server.address")
    streamlit_config.set_option("server.address", address)
    try:
        told = announce("en")
    finally:
        streamlit_config.set_option("server.address", listed)

    assert (told is not None, set_up_code.is_printed) == (is_told, is_told)
    assert told is None or re.search(r"http://[^/ :]+:\d+/setup .* [A-Z2-9]{4}-[A-Z2-9]{4}$", told)


def test_no_code_is_printed_once_there_is_an_account(engine: Engine) -> None:
    make_account(engine)
    listed = streamlit_config.get_option("server.address")
    streamlit_config.set_option("server.address", "0.0.0.0")
    try:
        assert announce("en") is None
    finally:
        streamlit_config.set_option("server.address", listed)
