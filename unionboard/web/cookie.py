"""The cookie that holds a browser's token: no script reads it, no other site sends it."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from unionboard import clock, db
from unionboard.config import SESSION_COOKIE, UNION_COOKIE
from unionboard.models import Account, SignIn
from unionboard.services import sign_ins
from unionboard.services.origins import Way
from unionboard.services.sign_ins import LONG, NewSignIn

_BROWSERS = (("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_YEAR_S = 365 * 24 * 3600
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


def remember_union(request: Request, answer: Response, number: int) -> Response:
    """``answer``, after which the form to sign in is that union's: for a year."""
    secure = request.url.scheme == "https"
    answer.set_cookie(UNION_COOKIE, str(number), max_age=_YEAR_S, httponly=True, samesite="lax", secure=secure)
    return answer


def let_out(request: Request, place: str) -> Response:
    """On to ``place`` without the cookie."""
    answer = RedirectResponse(place, status_code=303, headers={"cache-control": "no-store"})
    answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax", secure=request.url.scheme == "https")
    return answer


def find_open(request: Request) -> tuple[SignIn, Account] | None:
    """The sign-in whose token this browser holds, of whichever union, also where the password must be changed first."""
    with db.within(None), db.reading() as session:
        return sign_ins.find_open(session, request.cookies.get(SESSION_COOKIE), now_utc=clock.now_utc())


def leave(request: Request, way: Way, address: str) -> None:
    """Whatever this browser was signed in as, it is no more."""
    if (found := find_open(request)) is not None:
        with db.within(found[0].union_id), db.writing() as session:
            sign_ins.leave(session, request.cookies.get(SESSION_COOKIE), way=way, address=address, now_utc=clock.now_utc())


def tell_device(request: Request) -> str:
    """The browser and the system by their names, as far as they say: what helps to recognise one's own devices in a list."""
    told = request.headers.get("user-agent", "")
    names = (next((name for sign, name in signs if re.search(sign, told)), "") for signs in (_BROWSERS, _SYSTEMS))
    return " · ".join(filter(None, names))
