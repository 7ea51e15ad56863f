"""What every response passes through. Pure ASGI: Starlette's BaseHTTPMiddleware does not see websockets."""

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from unionboard.i18n import choose_language

_SHELL_LANGUAGE = b'<html lang="en">'


class PageLanguage:
    """Says the true language in ``<html lang>``: Streamlit hard-wires English; browsers choose Han glyphs and offer translation by it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accepts_html = scope["type"] == "http" and any(k == b"accept" and b"text/html" in v for k, v in scope["headers"])
        if not accepts_html:
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
                    body = b"".join(part.get("body", b"") for part in held[1:]).replace(_SHELL_LANGUAGE, b'<html lang="%s">' % tag, 1)
                    MutableHeaders(raw=held[0]["headers"])["content-length"] = str(len(body))
                    await send(held[0])
                    await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        await self.app(scope, receive, send_html)


middleware = [Middleware(PageLanguage)]
