"""What every answer tells the browser about what it may do with it."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from unionboard.ui.shell import write_script


def hash_source(source: str) -> str:
    """A script or style by its hash, as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


_SHELL = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
_SHELL_SCRIPTS = " ".join(hash_source(source) for source in re.findall(r"<script>(.*?)</script>", _SHELL, re.DOTALL))
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' blob: {_SHELL_SCRIPTS} {hash_source(write_script())}",  # blob: is how Streamlit loads the scripts of components
        "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles as it draws
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""What Streamlit's pages need and no more: nothing from another host, no eval."""
HEADERS = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Sets ``HEADERS`` wherever an answer has not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_guarded)
