"""Who may come in from the network: whoever scanned the code on the board, as long as sharing lasts."""

import secrets
import time
from collections import OrderedDict
from html import escape
from urllib.parse import parse_qsl, urlencode

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from unionboard.i18n import choose_language, mark, translate
from unionboard.web.entrance import DOOR

KEY = "key"
TRIES, TRIES_S = 10, 60
VISITORS_KEPT = 1000
_REFUSAL = mark("Please scan the code on the board")
_REASON = mark("This page is open to phones that scanned the code. When sharing was stopped, ask for a new code.")


class Gate:
    """Stands before the app on the shared listener. Pure ASGI, so that the websocket passes it too.

    The key from the code opens once and is exchanged for a cookie; the address is then shown without it. ``cookie`` is the cookie's name:
    browsers share cookies between the ports of one machine. Wrong keys are counted per address: ten a minute, then none is looked at.
    """

    def __init__(self, app: ASGIApp, *, key: str, cookie: str) -> None:
        self.app = app
        self._key = key
        self._cookie = cookie
        self._token = secrets.token_urlsafe(32)
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        if scope["type"] == "websocket":
            if self._is_known(asked) and _is_same_origin(asked):
                await self.app(_mark_phone(scope), receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})  # before it is accepted: the browser sees 403
            return
        wish = asked.query_params.get(KEY)
        if wish is not None and scope["method"] in ("GET", "HEAD"):
            await self._try_key(asked, wish)(scope, receive, send)
        elif self._is_known(asked):
            await self.app(_mark_phone(scope), receive, send)
        else:
            await _refuse(asked)(scope, receive, send)

    def _is_known(self, asked: HTTPConnection) -> bool:
        return _equal(asked.cookies.get(self._cookie, ""), self._token)

    def _try_key(self, asked: HTTPConnection, wish: str) -> Response:
        visitor = asked.client.host if asked.client else ""
        if self._is_throttled(visitor):
            return PlainTextResponse("429", status_code=429, headers={"retry-after": str(TRIES_S)})
        if not _equal(wish, self._key):
            self._note_wrong(visitor)
            return _refuse(asked)
        rest = urlencode([(name, value) for name, value in parse_qsl(asked.url.query) if name != KEY])
        path = "/" + asked.url.path.lstrip("/")  # //elsewhere would lead to another machine
        headers = {"cache-control": "no-store", "referrer-policy": "no-referrer"}
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, status_code=303, headers=headers)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="lax", secure=asked.url.scheme == "https")
        return answer

    def _is_throttled(self, visitor: str) -> bool:
        recent = [moment for moment in self._wrong.get(visitor, []) if time.monotonic() - moment < TRIES_S]
        return len(recent) >= TRIES

    def _note_wrong(self, visitor: str) -> None:
        self._wrong[visitor] = [*self._wrong.pop(visitor, [])[-TRIES + 1 :], time.monotonic()]
        if len(self._wrong) > VISITORS_KEPT:
            self._wrong.popitem(last=False)


def _mark_phone(scope: Scope) -> Scope:
    """The connection as one through this door; ``Host`` would say the same, but whoever speaks without a browser chooses that."""
    return {**scope, DOOR: True}


def _equal(given: str, expected: str) -> bool:
    """Compared in constant time; as bytes, since people may send any letters."""
    return secrets.compare_digest(given.encode(), expected.encode())


def _is_same_origin(asked: HTTPConnection) -> bool:
    """A page of another site must not open our socket with the visitor's cookie."""
    origin = asked.headers.get("origin")
    return origin is None or origin.partition("://")[2] == asked.headers.get("host")


def _refuse(asked: HTTPConnection) -> Response:
    """One sentence to read on a phone, in its language."""
    language = choose_language(asked.query_params.get("lang"), asked.headers.get("accept-language"))
    title, reason = (escape(translate(language, sentence)) for sentence in (_REFUSAL, _REASON))
    return HTMLResponse(
        f'<!doctype html><html lang="{language.replace("_", "-")}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{title}</title>'
        '<style>body{font:1.125rem/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:24em;margin:20vh auto;'
        f"padding:0 1.5rem}}h1{{font-size:1.5rem}}</style><h1>{title}</h1><p>{reason}</p></html>",
        status_code=403,
        headers={"cache-control": "no-store"},
    )
