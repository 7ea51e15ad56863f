"""Bodies that are too large, and files that would like to be pages."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config as streamlit_config

from unionboard.web.headers import SecurityHeaders
from unionboard.web.limits import FORM_LIMIT, BodyLimits, MediaHeaders
from unionboard.web.middleware import middleware

UPLOAD = "/_stcore/upload_file/session/file"


async def count_body(request: Request) -> Response:
    """Reads all there is."""
    return PlainTextResponse(str(len(await request.body())))


async def give_file(request: Request) -> Response:
    """As Streamlit serves what a page shows or offers: the type comes from the page, the content from people."""
    headers = {"content-disposition": given} if (given := request.query_params.get("as")) else {}
    return Response(b"<svg onload=alert(1)>", media_type=request.query_params["type"], headers=headers)


routes = [Route("/login", count_body, methods=["POST"]), Route(UPLOAD, count_body, methods=["PUT"]), Route("/media/{name}", give_file)]
app = Starlette(routes=routes, middleware=[Middleware(BodyLimits), Middleware(MediaHeaders)])
client = TestClient(app, base_url="http://localhost:8501")


def in_pieces(size: int) -> Iterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(size // 1024):
        yield b"x" * 1024


def test_form_up_to_the_limit_comes_in() -> None:
    assert client.post("/login", content=b"x" * FORM_LIMIT).text == str(FORM_LIMIT)


@pytest.mark.parametrize("said", ["65537", "99999999999999999999", "-1", "٣", "1e3", "0x10", ""])
def test_form_that_says_it_is_larger_or_lies_is_not_read(said: str) -> None:
    headers = [(b"content-length", said.encode())]
    assert client.post("/login", content=iter([b"x"]), headers=headers).status_code == 413


def test_form_that_does_not_say_is_cut_off_at_the_limit() -> None:
    assert client.post("/login", content=in_pieces(FORM_LIMIT)).text == str(FORM_LIMIT)
    assert client.post("/login", content=in_pieces(FORM_LIMIT + 1024)).status_code == 413


def test_upload_may_be_as_large_as_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(streamlit_config.get_config_options(), "server.maxUploadSize", _option(1))

    assert client.put(UPLOAD, content=b"x" * 1024 * 1024).text == str(1024 * 1024)
    assert client.put(UPLOAD, content=in_pieces(3 * 1024 * 1024)).status_code == 413


def _option(value: int) -> object:
    option = streamlit_config.get_config_options()["server.maxUploadSize"]
    changed = type(option)(option.key, description="", default_val=value)
    changed.set_value(value, "test")
    return changed


@pytest.mark.parametrize(
    "kind", ["image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/pdf", "text/plain", "IMAGE/SVG+XML"]
)
def test_file_is_a_download_and_runs_nothing(kind: str) -> None:
    headers = client.get("/media/x", params={"type": kind}).headers

    assert headers["content-disposition"] == "attachment"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "image/webp"])
def test_picture_is_shown_in_its_place_and_is_nothing_else(kind: str) -> None:
    headers = client.get("/media/x", params={"type": kind}).headers

    assert "content-disposition" not in headers
    assert headers["x-content-type-options"] == "nosniff"


def test_download_keeps_its_name() -> None:
    headers = client.get("/media/x", params={"type": "image/svg+xml", "as": 'attachment; filename="a.svg"'}).headers

    assert headers["content-disposition"] == 'attachment; filename="a.svg"'


def test_file_that_asks_to_be_opened_is_not() -> None:
    headers = client.get("/media/x", params={"type": "text/html", "as": "inline"}).headers

    assert headers["content-disposition"] == "attachment"


def test_both_stand_before_whatever_answers() -> None:
    classes: list[object] = [each.cls for each in middleware]

    assert classes[:3] == [SecurityHeaders, BodyLimits, MediaHeaders]
