"""Visitors of the program behind everything that stands before it: what they sent, what they got."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from unionboard import db
from unionboard.config import ADDRESS_HEADER, FROM_HEADER, SESSION_COOKIE
from unionboard.models import Account, AccountRole
from unionboard.services import passwords, sign_ins
from unionboard.services.account_list import name_key
from unionboard.services.origins import Way
from unionboard.web.breakdown import exception_handlers
from unionboard.web.middleware import middleware
from unionboard.web.routes import routes

PASSWORD = "青松小学的大槐树"
_HASH = passwords.hash_password(PASSWORD)
HERE, THERE = "http://localhost:8501", "http://192.168.1.20:8501"
HTML: Mapping[str, str] = MappingProxyType({"accept": "text/html,*/*"})  # a TestClient writes into the headers it is given


async def _answer(request: Request) -> Response:
    """Whatever lies behind the gate: says who came in, and how."""
    marks = {name: request.headers.getlist(name) for name in request.headers if name.startswith("x-unionboard-")}
    return JSONResponse({"inside": request.url.path, "marks": marks})


async def _answer_socket(socket: WebSocket) -> None:
    """Like Streamlit's socket."""
    await socket.accept()
    await socket.send_text(f"{socket.headers[FROM_HEADER]} {socket.headers[ADDRESS_HEADER]}")
    await socket.close()


METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
program = Starlette(
    routes=[*routes, WebSocketRoute("/_stcore/stream", _answer_socket), Route("/{path:path}", _answer, methods=METHODS)],
    middleware=middleware,
    exception_handlers=exception_handlers,
)


def visit(base: str = THERE, address: str = "10.0.0.7", token: str | None = None) -> TestClient:
    """A browser at ``address`` that opened the program under ``base``; with ``token`` in its cookie."""
    client = TestClient(program, base_url=base, client=(address, 50_000), follow_redirects=False, raise_server_exceptions=False)
    if token is not None:
        client.headers["cookie"] = f"{SESSION_COOKIE}={token}"
    return client


def visit_here(token: str | None = None) -> TestClient:
    """A browser on this computer."""
    return visit(HERE, "127.0.0.1", token)


def hear(client: TestClient, **headers: str) -> str:
    """What the socket says; empty when it stays shut."""
    try:
        with client.websocket_connect(str(client.base_url).replace("http", "ws", 1) + "/_stcore/stream", headers=headers) as socket:
            return socket.receive_text()
    except WebSocketDisconnect:
        return ""


def post(client: TestClient, path: str, **form: str) -> Response:
    """A form of ours, sent as a browser sends it."""
    return client.post(path, data=form, headers={**HTML, "origin": str(client.base_url)})  # type: ignore[return-value]


def make_account(engine: Engine, name: str = "陈立群", *roles: AccountRole, is_active: bool = True, must_change: bool = False) -> int:
    codes = [role.value for role in roles or (AccountRole.CHAIR,)]
    now = datetime.now(UTC)
    account = Account(name=name, name_key=name_key(name), roles=codes, password_hash=_HASH, created_at_utc=now)
    account.is_active, account.must_change = is_active, must_change
    with db.writing(engine) as session:
        session.add(account)
        session.flush()
        return account.id or 0


def make_token(engine: Engine, account_id: int, *, ago: timedelta = timedelta(), is_kept: bool = False) -> str:
    """A token of somebody who signed in ``ago``."""
    with db.writing(engine) as session:
        new = sign_ins.start(session, account_id, way=Way.NETWORK, address="10.0.0.7", is_kept=is_kept, now_utc=datetime.now(UTC) - ago)
    return new.token
