"""What every response passes through."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config as streamlit_config

from unionboard.ui.shell import write_script, write_style
from unionboard.web.middleware import middleware
from unionboard.web.routes import routes

pytestmark = pytest.mark.usefixtures("engine")

SHELL = '<!doctype html><html lang="en"><body>经费</body></html>'
STYLED = SHELL.replace("</body>", f"{write_style()}<script>{write_script()}</script></body>")
HTML = {"accept": "text/html"}


async def answer_shell(_request: Request) -> Response:
    """Like Streamlit's page shell."""
    return HTMLResponse(SHELL)


async def answer_json(_request: Request) -> Response:
    """Something that is no page."""
    return JSONResponse({"html": '<html lang="en">'})


async def answer_socket(socket: WebSocket) -> None:
    """Like Streamlit's socket."""
    await socket.accept()
    await socket.close()


shell = [*routes, WebSocketRoute("/stream", answer_socket), Route("/data.json", answer_json), Route("/{page:path}", answer_shell)]
client = TestClient(Starlette(routes=shell, middleware=middleware), base_url="http://localhost:8501", client=("127.0.0.1", 50000))


def test_shell_page_is_chinese_by_default() -> None:
    assert client.get("/fund", headers=HTML).text == STYLED.replace('lang="en"', 'lang="zh-CN"')


def test_shell_page_is_english_when_asked() -> None:
    assert client.get("/?lang=en", headers=HTML).text == STYLED


def test_rewritten_page_has_its_true_length() -> None:
    answer = client.get("/", headers=HTML)

    assert int(answer.headers["content-length"]) == len(answer.content)


def test_what_is_no_page_passes_unchanged() -> None:
    assert client.get("/data.json", headers=HTML).json() == {"html": '<html lang="en">'}


def test_health_tells_the_version() -> None:
    assert client.get("/healthz").json() == {"status": "ok", "program": "unionboard", "version": "0.1.0"}


def test_address_that_is_no_page_leads_to_the_board_in_the_same_language() -> None:
    answer = client.get("/nonsense?lang=en", headers=HTML, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=en")


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "192.168.1.20:8510", "board.localhost", "LOCALHOST."])
def test_own_addresses_are_answered(host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example:8501", "localhost.evil.example", "127.0.0.1.evil.example", "user@evil.example", "[", ""])
def test_name_that_somebody_pointed_at_this_machine_is_refused(host: str) -> None:
    assert client.get("/pulse", headers={"host": host}).status_code == 421


def test_socket_under_such_a_name_is_refused() -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/stream", headers={"host": "evil.example:8501"}):
        pass


def test_listed_name_is_answered() -> None:
    listed = streamlit_config.get_option("server.allowedHosts")
    streamlit_config.set_option("server.allowedHosts", ["*.school.example"])
    try:
        assert client.get("/healthz", headers={"host": "union.school.example"}).status_code == 200
    finally:
        streamlit_config.set_option("server.allowedHosts", listed)
