"""The cookie that holds a browser's token: no script reads it, no other site sends it."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from unionboard.config import SESSION_COOKIE
from unionboard.services.sign_ins import LONG, NewSignIn

_BROWSERS = (("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def let_in(request: Request, new: NewSignIn, place: str, *, is_kept: bool) -> Response:
    """On to ``place`` with the token in a cookie: for 30 days, or until the browser is closed."""
    answer = RedirectResponse(place, status_code=303, headers={"cache-control": "no-store"})
    answer.set_cookie(
        SESSION_COOKIE,
        new.token,
        max_age=int(LONG.total_seconds()) if is_kept else None,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def let_out(request: Request, place: str) -> Response:
    """On to ``place`` without the cookie."""
    answer = RedirectResponse(place, status_code=303, headers={"cache-control": "no-store"})
    answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


def tell_device(request: Request) -> str:
    """The browser and the system by their names, as far as they say: what helps to recognise one's own devices in a list."""
    told = request.headers.get("user-agent", "")
    names = (next((name for sign, name in signs if re.search(sign, told)), "") for signs in (_BROWSERS, _SYSTEMS))
    return " · ".join(filter(None, names))
