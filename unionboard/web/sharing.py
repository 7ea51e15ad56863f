"""Opening the program to phones in the same network, for as long as somebody wants it.

The program itself listens on this machine only. Sharing starts a second listener in the same process, behind a gate that asks for the key
the code on the board carries; stopping closes it and forgets the key. See docs/adr/0006-sharing.md.
"""

import asyncio
import os
import secrets
import socket
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import uvicorn
from starlette.types import ASGIApp
from streamlit import config as streamlit_config

from unionboard.errors.sharing import NoNetwork, NoPortToShare
from unionboard.network import list_addresses
from unionboard.web.gate import KEY, Gate
from unionboard.web.headers import SecurityHeaders

FIRST_PORT, PORTS = 8510, 40
STOP_S, PATIENCE_S = 1, 10
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Door:
    """Where phones come in: the machine's addresses in its networks, most likely first, the port and the key."""

    addresses: tuple[str, ...]
    port: int
    key: str
    scheme: str = "http"

    def link(self, address: str, page: str = "checkoffs") -> str:
        """What the code on the board says, for one of ``addresses``."""
        return f"{self.scheme}://{address}:{self.port}/{page}?{KEY}={self.key}"


class _Listener(uvicorn.Server):
    """The second server of the process: signals stay with the first, which ends us with the app's lifespan."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Sharing:
    """The one door of this process. ``open`` and ``close`` are for the threads that draw pages, ``aclose`` for the server's own loop."""

    def __init__(self) -> None:
        self.door: Door | None = None
        self._app: ASGIApp | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listener: _Listener | None = None
        self._serving: asyncio.Task[None] | None = None

    def attach(self, app: ASGIApp) -> None:
        """At start-up, in the server's loop: what to share."""
        self._app, self._loop = app, asyncio.get_running_loop()

    @property
    def address(self) -> str:
        """Where everybody opens the program when it is several processes behind a proxy (``UNIONBOARD_ADDRESS``): phones come in there too,
        by signing in, since a door of one process would be unknown to the others. Empty: there is no proxy."""
        return os.environ.get("UNIONBOARD_ADDRESS", "").rstrip("/")

    @property
    def is_possible(self) -> bool:
        """Whether there is a server to share (there is none where pages are drawn by a test)."""
        return self._loop is not None and not self.address

    def open(self) -> Door:
        """Start sharing under a new key, or give the door that is open. Raises: NoNetwork, NoPortToShare."""
        return self._wait(self._aopen())

    def close(self) -> None:
        """Stop sharing: connections end, the key opens nothing any more."""
        self._wait(self.aclose())

    async def aclose(self) -> None:
        """The same, from within the loop."""
        listener, serving = self._listener, self._serving
        self.door = self._listener = self._serving = None
        if listener is not None and serving is not None:
            listener.should_exit = True
            await serving

    async def _aopen(self) -> Door:
        if self.door is not None:
            return self.door
        assert self._app is not None
        addresses = list_addresses()
        if not addresses:
            raise NoNetwork
        outside = bind_free_port()
        port = outside.getsockname()[1]
        certificate, private_key = streamlit_config.get_option("server.sslCertFile"), streamlit_config.get_option("server.sslKeyFile")
        door = Door(addresses, port, secrets.token_urlsafe(16), scheme="https" if certificate else "http")
        self.door = door
        self._listener = listener = _Listener(
            uvicorn.Config(
                SecurityHeaders(Gate(self._app, key=door.key, cookie=f"unionboard_phone_{port}")),
                lifespan="off",
                ws="websockets-sansio",
                ws_max_size=streamlit_config.get_option("server.maxMessageSize") * 1_000_000,
                ssl_certfile=certificate,
                ssl_keyfile=private_key,
                proxy_headers=False,
                server_header=False,
                access_log=False,
                log_config=None,
                timeout_graceful_shutdown=STOP_S,
            )
        )
        self._serving = serving = asyncio.create_task(listener.serve(sockets=[outside]))
        serving.add_done_callback(lambda _: self._note_end(listener))
        while not listener.started:
            if serving.done():  # a certificate that cannot be read, for one
                outside.close()
                await serving
            await asyncio.sleep(0.01)
        return door

    def _note_end(self, listener: _Listener) -> None:
        """A listener that ended by itself leaves no door that says it is open."""
        if self._listener is listener:
            self.door = self._listener = self._serving = None

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)


def bind_free_port() -> socket.socket:
    """A listening socket for the network on the first free port from ``FIRST_PORT`` on. Raises: NoPortToShare."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        outside = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio sets TCP_NODELAY only on this protocol
        try:
            if sys.platform != "win32":  # there it would share a port with whoever holds it
                outside.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            outside.bind(("0.0.0.0", port))  # noqa: S104 - the gate stands before it
            outside.listen()
        except OSError:
            outside.close()
        else:
            outside.setblocking(False)
            return outside
    raise NoPortToShare(first=FIRST_PORT, last=FIRST_PORT + PORTS - 1)


sharing = Sharing()
"""The door of this process; the lifespan attaches the app to it and closes it at the end."""
