"""Who may come in from the network."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from unionboard.web.entrance import DOOR
from unionboard.web.gate import TRIES, Gate

KEY = "right-key"


async def answer_page(request: Request) -> Response:
    """The page behind the gate."""
    return PlainTextResponse(f"inside {request.url.path}{', by phone' if DOOR in request.scope else ''}")


async def answer_socket(socket: WebSocket) -> None:
    """The socket behind the gate."""
    await socket.accept()
    await socket.send_text("inside, by phone" if DOOR in socket.scope else "inside")
    await socket.close()


ROUTES = [WebSocketRoute("/stream", answer_socket), Route("/{path:path}", answer_page, methods=["GET", "POST"])]


@pytest.fixture
def client() -> Iterator[TestClient]:
    gate = Gate(Starlette(routes=ROUTES), key=KEY, cookie="phone")
    with TestClient(gate, base_url="http://192.168.1.20:8510", follow_redirects=False) as client:
        yield client


def hear(client: TestClient, **headers: str) -> str:
    with client.websocket_connect("ws://192.168.1.20:8510/stream", headers=headers) as socket:
        return socket.receive_text()


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh-CN,zh;q=0.9", "请扫看板上的二维码"), ("en-GB", "Please scan the code on the board"), ("", "请扫看板上的二维码")],
)
def test_stranger_is_asked_to_scan_in_the_phones_language(client: TestClient, language: str, title: str) -> None:
    answer = client.get("/checkoffs", headers={"accept-language": language})

    assert answer.status_code == 403
    assert f"<h1>{title}</h1>" in answer.text


def test_key_is_exchanged_for_a_cookie_and_leaves_the_address(client: TestClient) -> None:
    answer = client.get(f"/checkoffs?lang=en&key={KEY}&show=late")

    assert (answer.status_code, answer.headers["location"]) == (303, "/checkoffs?lang=en&show=late")
    assert KEY not in answer.headers["set-cookie"]
    assert sorted(answer.headers["set-cookie"].split("; ")[1:]) == ["HttpOnly", "Path=/", "SameSite=lax"]
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_cookie_opens_every_page(client: TestClient) -> None:
    client.get(f"/checkoffs?key={KEY}")

    assert client.get("/fund").text == "inside /fund, by phone"


@pytest.mark.parametrize("query", ["key=wrong-key", "key=", "key=right-ke", "key=%E9%92%A5%E5%8C%99"])
def test_wrong_key_gives_no_cookie(client: TestClient, query: str) -> None:
    answer = client.get(f"/checkoffs?{query}")

    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


def test_made_up_cookie_opens_nothing(client: TestClient) -> None:
    assert client.get("/fund", headers={"cookie": f"phone={KEY}"}).status_code == 403


def test_key_cannot_be_posted(client: TestClient) -> None:
    assert client.post(f"/fund?key={KEY}").status_code == 403


def test_key_leads_to_no_other_machine(client: TestClient) -> None:
    answer = client.get(f"http://192.168.1.20:8510//elsewhere.example/?key={KEY}")

    assert answer.headers["location"] == "/elsewhere.example/"


def test_after_ten_wrong_keys_even_the_right_one_waits(client: TestClient) -> None:
    for _ in range(TRIES):
        client.get("/?key=wrong")

    assert client.get(f"/?key={KEY}").status_code == 429


def test_visitor_with_a_cookie_stays_in_while_wrong_keys_are_tried(client: TestClient) -> None:
    client.get(f"/?key={KEY}")
    for _ in range(TRIES):
        client.get("/?key=wrong")

    assert client.get("/fund").status_code == 200


def test_socket_opens_with_the_cookie(client: TestClient) -> None:
    client.get(f"/?key={KEY}")

    assert hear(client, origin="http://192.168.1.20:8510") == "inside, by phone"


def test_socket_stays_shut_without_the_cookie(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect):
        hear(client, origin="http://192.168.1.20:8510")


def test_socket_stays_shut_for_another_sites_page(client: TestClient) -> None:
    client.get(f"/?key={KEY}")

    with pytest.raises(WebSocketDisconnect):
        hear(client, origin="http://elsewhere.example")
