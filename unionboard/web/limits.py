"""How much may come in, and as what files go out: nothing a visitor uploaded is ever run by somebody's browser as a page of ours."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config as streamlit_config

FORM_LIMIT = 64 * 1024
"""Bytes of a body that is no upload: a sign-in has two hundred."""
_MIB = 1024 * 1024
_UPLOADS = "/_stcore/upload_file/"
_MEDIA = "/media/"
_INLINE = ("image/jpeg", "image/png", "image/webp")
"""What a page shows in its place: pictures that hold nothing but points."""
_MEDIA_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


class _TooLarge(HTTPException):
    def __init__(self) -> None:
        super().__init__(413, "Too large.")


class BodyLimits:
    """Ends a request whose body is larger than its place may take, by what it says of itself and, as it may lie, while it comes in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        left = _limit(scope["path"])
        said = Headers(scope=scope).get("content-length", "0")
        if not (said.isascii() and said.isdigit() and len(said) < 16 and int(said) <= left):
            await PlainTextResponse("Too large.", status_code=413, headers={"connection": "close"})(scope, receive, send)
            return
        answered = False

        async def receive_counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise _TooLarge
            return message

        async def send_watched(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self.app(scope, receive_counted, send_watched)
        except _TooLarge:
            if answered:
                raise
            await PlainTextResponse("Too large.", status_code=413, headers={"connection": "close"})(scope, receive, send)


def _limit(path: str) -> int:
    """Bytes a body under this address may have; of uploads the frame around the file too."""
    return int(streamlit_config.get_option("server.maxUploadSize")) * _MIB + _MIB if path.startswith(_UPLOADS) else FORM_LIMIT


class MediaHeaders:
    """Files people uploaded are saved, not opened: whatever is no plain picture is a download, is what its type says, and runs nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_MEDIA):
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers["x-content-type-options"] = "nosniff"
                headers["content-security-policy"] = _MEDIA_POLICY
                kind = headers.get("content-type", "").partition(";")[0].strip().lower()
                if kind not in _INLINE and not headers.get("content-disposition", "").lower().startswith("attachment"):
                    headers["content-disposition"] = "attachment"
            await send(message)

        await self.app(scope, receive, send_guarded)
