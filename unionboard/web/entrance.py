"""The gate before everything: pages, files, uploads and the websocket open to whoever is signed in, and to nobody else.

Pure ASGI, so that the websocket passes it too. What cannot be decided is decided against whoever asks. As long as there are no accounts,
this computer and phones that scanned the code come in without; see docs/adr/0011-accounts.md.
"""

from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlencode, urlsplit

from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from unionboard import clock, db
from unionboard.config import ADDRESS_HEADER, FROM_HEADER, SESSION_COOKIE
from unionboard.errors import Refusal
from unionboard.services import sign_ins
from unionboard.services.account_list import has_accounts
from unionboard.services.guard import NOBODY, Actor
from unionboard.services.origins import Way, open_actor
from unionboard.web import service
from unionboard.web.addresses import LOGIN, OPEN, SET_UP, asks_for_token, local_path
from unionboard.web.breakdown import answer_closed

DOOR = "unionboard.door"
"""Set in the scope of what came through the phones' door (``web.gate``); no client can."""
_ACTOR = "unionboard.actor"
_OWN = b"x-unionboard-"
_FORWARDED = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
_OLD_HTTP = "1.0"
"""What servers that pass requests on speak where nobody told them otherwise, and no browser does."""
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Who asks; None: nobody who may come in, and ``gate`` is where they are led."""

    actor: Actor | None
    gate: str = LOGIN


class Entrance:
    """Lets in whoever the database knows at this moment, and writes on every connection from where it comes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        way, address = find_way(asked)
        scope = {**scope, "headers": _own_headers(scope, way, address), _ACTOR: NOBODY}
        if _is_from_elsewhere(asked):
            await _refuse(scope, receive, send, 403, "This was sent by another site.")
            return
        if scope["type"] == "http" and (scope["path"] in OPEN or asks_for_token(scope["path"]) or service.is_open(scope["path"], way)):
            await self.app(scope, receive, send)
            return
        try:
            found = await run_in_threadpool(find_actor, asked, way, address)
        except (Refusal, DBAPIError) as error:  # the data cannot be read: at this computer the pages say what to do about it
            if way is Way.LOCAL:
                await self.app(scope, receive, send)
            elif scope["type"] == "websocket":
                await _refuse(scope, receive, send, 503, "")
            else:
                await answer_closed(asked, error)(scope, receive, send)
            return
        if found.actor is None:
            await _lead(asked, found.gate, receive, send)
            return
        scope[_ACTOR] = found.actor
        await self.app(scope, receive, send)


def acting(asked: HTTPConnection) -> Actor:
    """Who asks for one of our own addresses, as the gate found; whoever came past no gate may do nothing."""
    actor = asked.scope.get(_ACTOR)
    return actor if isinstance(actor, Actor) else NOBODY


def find_way(asked: HTTPConnection) -> tuple[Way, str]:
    """From where a connection comes, and the address of its other end.

    This computer is what comes from a loopback address to a loopback address and was passed on by nobody; all else is the network.
    """
    address = asked.client.host if asked.client else ""
    if asked.scope.get(DOOR):
        return Way.PHONE, address
    told_so = any(name in _FORWARDED or name.startswith("x-forwarded-") for name in asked.headers)
    was_passed_on = told_so or asked.scope.get("http_version") == _OLD_HTTP
    hosts = asked.headers.getlist("host")
    is_local = len(hosts) == 1 and _is_this_computer(hosts[0]) and _is_loopback(address) and not was_passed_on
    return (Way.LOCAL if is_local else Way.NETWORK), address


def find_actor(asked: HTTPConnection, way: Way, address: str) -> Finding:
    """Whoever the cookie belongs to, of whichever union; as long as there are no accounts, whoever the way lets in. Reads the database and
    blocks."""
    token, now_utc = asked.cookies.get(SESSION_COOKIE), clock.now_utc()
    with db.within(None), db.reading() as session:
        actor = sign_ins.look_up(session, token, way=way, address=address, now_utc=now_utc)
        if actor is None:
            if has_accounts(session):
                return Finding(None)
            actor = open_actor(way, address)
            return Finding(actor) if actor.roles else Finding(None, SET_UP)
        sign_in_id = actor.sign_in_id or 0
        was_noted = sign_ins.was_seen_lately(session, sign_in_id, now_utc=now_utc)
    if not was_noted:
        with suppress(Refusal, DBAPIError), db.within(actor.union_id), db.writing() as session:  # a full disk keeps nobody out
            sign_ins.note_seen(session, sign_in_id, now_utc=now_utc)
    return Finding(actor)


def _is_this_computer(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or _is_loopback(name)


def _is_loopback(address: str) -> bool:
    try:
        told = ip_address(address)
    except ValueError:
        return False
    plain = told.ipv4_mapped if isinstance(told, IPv6Address) else None
    return (plain or told).is_loopback


def _own_headers(scope: Scope, way: Way, address: str) -> list[tuple[bytes, bytes]]:
    """What the client sent, without anything under our own names, and what we found out."""
    sent = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(_OWN)]
    return [*sent, (FROM_HEADER.encode(), way.value.encode()), (ADDRESS_HEADER.encode(), address.encode("latin-1", "replace"))]


def _is_from_elsewhere(asked: HTTPConnection) -> bool:
    """Whether another site's page sent this. Browsers say so themselves, and no page can unsay it.

    From elsewhere people may only follow a link to a page. What is no browser says nothing of a site, and may only look.
    """
    origin, site = asked.headers.get("origin"), asked.headers.get("sec-fetch-site")
    is_look = asked.scope["type"] == "websocket" or asked.scope["method"] in _READS
    if origin is not None and origin.partition("://")[2] != asked.headers.get("host"):
        return True
    if site in ("cross-site", "same-site"):  # of the same site is also the program on the next port
        return not (is_look and asked.headers.get("sec-fetch-mode") == "navigate" and asked.headers.get("sec-fetch-dest") == "document")
    return origin is None and site is None and not is_look


async def _lead(asked: HTTPConnection, gate: str, receive: Receive, send: Send) -> None:
    """To the page where one signs in, and back afterwards; for what is no page, a refusal."""
    scope = asked.scope
    if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and "text/html" in asked.headers.get("accept", ""):
        back = local_path(f"{scope['path']}?{asked.url.query}" if asked.url.query else scope["path"])
        place = gate if back == "/" else f"{gate}?{urlencode({'next': back})}"
        await RedirectResponse(place, status_code=303, headers={"cache-control": "no-store"})(scope, receive, send)
        return
    await _refuse(scope, receive, send, 401, "Sign in first.")


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, reason: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # before it is accepted: the browser sees 403
        return
    await PlainTextResponse(reason, status_code=status, headers={"cache-control": "no-store"})(scope, receive, send)
