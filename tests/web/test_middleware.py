"""What every response passes through."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from unionboard.web.middleware import middleware
from unionboard.web.routes import routes

SHELL = '<!doctype html><html lang="en"><body>经费</body></html>'
HTML = {"accept": "text/html"}


async def answer_shell(_request: Request) -> Response:
    """Like Streamlit's page shell."""
    return HTMLResponse(SHELL)


async def answer_json(_request: Request) -> Response:
    """Something that is no page."""
    return JSONResponse({"html": '<html lang="en">'})


shell = [*routes, Route("/data.json", answer_json), Route("/{page:path}", answer_shell)]
client = TestClient(Starlette(routes=shell, middleware=middleware))


def test_shell_page_is_chinese_by_default() -> None:
    assert client.get("/fund", headers=HTML).text == SHELL.replace('lang="en"', 'lang="zh-CN"')


def test_shell_page_is_english_when_asked() -> None:
    assert client.get("/?lang=en", headers=HTML).text == SHELL


def test_rewritten_page_has_its_true_length() -> None:
    answer = client.get("/", headers=HTML)

    assert int(answer.headers["content-length"]) == len(answer.content)


def test_what_is_no_page_passes_unchanged() -> None:
    assert client.get("/data.json", headers=HTML).json() == {"html": '<html lang="en">'}


def test_health_tells_the_version() -> None:
    assert client.get("/healthz").json() == {"status": "ok", "version": "0.1.0"}


def test_address_that_is_no_page_leads_to_the_board_in_the_same_language() -> None:
    answer = client.get("/nonsense?lang=en", headers=HTML, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=en")
