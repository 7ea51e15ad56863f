"""What every response passes through. Pure ASGI: Starlette's BaseHTTPMiddleware does not see websockets."""

from fnmatch import fnmatchcase
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config as streamlit_config

from unionboard.i18n import choose_language
from unionboard.ui.shell import write_script, write_style
from unionboard.web.addresses import OPEN, PAGES, SERVICE, asks_for_token
from unionboard.web.entrance import Entrance
from unionboard.web.headers import SecurityHeaders
from unionboard.web.limits import BodyLimits, MediaHeaders

_SHELL_LANGUAGE, _SHELL_END = b'<html lang="en">', b"</body>"


class KnownHosts:
    """Answers only under addresses in digits and names that are known to be ours.

    Any website can point a name of its own at 127.0.0.1 (DNS rebinding): to the visitor's browser it is then one site with this program,
    and its scripts could read and change everything. Who puts the program behind a name says so in ``server.allowedHosts``.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_ours(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("This name is not listed in server.allowedHosts.", status_code=421)(scope, receive, send)


def _is_ours(host: str) -> bool:
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return False
    listed = (streamlit_config.get_option("browser.serverAddress"), *streamlit_config.get_option("server.allowedHosts"))
    return _is_in_digits(name) or any(fnmatchcase(name, one.lower()) for one in ("localhost", "*.localhost", *listed))


def _is_in_digits(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class PageShell:
    """What Streamlit's page shell lacks: the true language in ``<html lang>``, by which browsers choose Han glyphs and offer translation,
    our style, which then no run has to send, and the words for what Streamlit says in English only."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _wants_page(scope):
            await self.app(scope, receive, send)
            return
        wish = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [None])[0]
        tag = choose_language(wish).replace("_", "-").encode()
        scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]}
        held: list[Message] = []

        async def send_html(message: Message) -> None:
            if message["type"] == "http.response.start":
                if not MutableHeaders(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                    await send(message)
                    return
                held.append(message)
            elif message["type"] == "http.response.body" and held:
                held.append(message)
                if not message.get("more_body"):
                    body = b"".join(part.get("body", b"") for part in held[1:])
                    if _SHELL_LANGUAGE in body:
                        body = body.replace(_SHELL_LANGUAGE, b'<html lang="%s">' % tag, 1)
                        body = body.replace(_SHELL_END, f"{write_style()}<script>{write_script()}</script>".encode() + _SHELL_END, 1)
                    MutableHeaders(raw=held[0]["headers"])["content-length"] = str(len(body))
                    await send(held[0])
                    await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        await self.app(scope, receive, send_html)


class KnownPages:
    """Leads an address that is no page of ours to the board; Streamlit would show its English «Page not found» over it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.paths = PAGES | OPEN | SERVICE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _wants_page(scope) and not self._knows(scope["path"]):
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"/?{query}" if query else "/", status_code=303)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _knows(self, path: str) -> bool:
        return path.rstrip("/") in self.paths | {""} or "." in path or asks_for_token(path)


def _wants_page(scope: Scope) -> bool:
    """A browser going to an address, not asking for a script, a picture or one of Streamlit's own endpoints."""
    if scope["type"] != "http" or scope["path"].startswith(("/_stcore/", "/healthz", "/static/", "/media/", "/component/")):
        return False
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


middleware = [
    Middleware(SecurityHeaders),
    Middleware(BodyLimits),
    Middleware(MediaHeaders),
    Middleware(KnownHosts),
    Middleware(Entrance),
    Middleware(KnownPages),
    Middleware(PageShell),
]
"""The outermost first."""
