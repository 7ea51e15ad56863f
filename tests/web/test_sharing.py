"""The second listener: opened and closed in a running server's loop."""

import asyncio
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from ipaddress import ip_address
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit import config as streamlit_config

from unionboard.errors.sharing import NoNetwork
from unionboard.network import list_addresses
from unionboard.web import sharing as module
from unionboard.web.sharing import Door, Sharing, bind_free_port


async def answer_page(_request: Request) -> Response:
    """The shared page."""
    return PlainTextResponse("inside")


@pytest.fixture
def sharing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sharing]:
    """A door to a tiny app, in a loop that runs in a thread of its own; this machine's address is 127.0.0.1."""
    monkeypatch.setattr(module, "list_addresses", lambda: ("127.0.0.1",))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    sharing = Sharing()
    loop.call_soon_threadsafe(sharing.attach, Starlette(routes=[Route("/checkoffs", answer_page)]))
    while not sharing.is_possible:
        pass
    yield sharing
    sharing.close()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def visit(link: str) -> str:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(link, timeout=5) as answer:
        return str(answer.read().decode())


def status_of(link: str) -> int:
    try:
        visit(link)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
    return 200


def test_link_of_the_code_leads_in(sharing: Sharing) -> None:
    door = sharing.open()

    assert visit(door.link("127.0.0.1")) == "inside"


def test_address_without_the_key_leads_nowhere(sharing: Sharing) -> None:
    door = sharing.open()

    assert status_of(door.link("127.0.0.1").partition("?")[0]) == 403


def test_opening_twice_keeps_the_door(sharing: Sharing) -> None:
    assert sharing.open() is sharing.open()


def test_closed_door_answers_nobody(sharing: Sharing) -> None:
    door = sharing.open()

    sharing.close()

    assert sharing.door is None
    with pytest.raises(urllib.error.URLError):
        visit(door.link("127.0.0.1"))


def test_old_key_does_not_open_the_next_door(sharing: Sharing) -> None:
    old = sharing.open()
    sharing.close()

    new = sharing.open()

    assert status_of(Door(new.addresses, new.port, old.key).link("127.0.0.1")) == 403


def test_without_a_network_nothing_is_opened(sharing: Sharing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "list_addresses", tuple)

    with pytest.raises(NoNetwork):
        sharing.open()
    assert sharing.door is None


def test_door_that_cannot_be_opened_is_closed_again(sharing: Sharing, tmp_path: Path) -> None:
    streamlit_config.set_option("server.sslCertFile", str(tmp_path / "missing.pem"))
    try:
        with pytest.raises(FileNotFoundError):
            sharing.open()
    finally:
        streamlit_config.set_option("server.sslCertFile", None)

    assert sharing.door is None
    assert visit(sharing.open().link("127.0.0.1")) == "inside"


def test_listener_that_ends_by_itself_leaves_no_open_door(sharing: Sharing) -> None:
    sharing.open()
    listener = sharing._listener
    assert listener is not None

    listener.should_exit = True

    deadline = time.monotonic() + 10
    while sharing.door is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert sharing.door is None


def test_port_in_use_is_passed_over() -> None:
    with bind_free_port() as first, bind_free_port() as second:
        assert second.getsockname()[1] > first.getsockname()[1]


def test_listed_addresses_are_none_that_only_this_machine_knows() -> None:
    assert [address for address in list_addresses() if ip_address(address).is_loopback] == []


def test_free_port_is_opened_to_the_network() -> None:
    with bind_free_port() as outside:
        assert (outside.family, outside.getsockname()[0]) == (socket.AF_INET, "0.0.0.0")
