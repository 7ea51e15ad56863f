"""The server on this computer: where it listens, when it answers, and the browser in front of it. In this process, until it is ended."""

import errno
import os
import socket
import sys
import time
import tomllib
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from unionboard.config import PROJECT_DIR
from unionboard.errors.cluster import PortTaken
from unionboard.errors.running import CannotListen, NoFreePort
from unionboard.network import ask_health

PORTS = 20
"""So many are tried, one after the other, where nobody named one."""
START_S = 180
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 -- compared, not bound
_TAKEN = {errno.EADDRINUSE, errno.EACCES} if os.name == "nt" else {errno.EADDRINUSE}


def read_place() -> tuple[str, int]:
    """Address and port of .streamlit/config.toml."""
    told = tomllib.loads((PROJECT_DIR / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
    return str(told["address"]), int(told["port"])


def reach(address: str) -> str:
    """Where this computer itself finds a server that listens on ``address``."""
    return "127.0.0.1" if address in EVERYWHERE else address


def is_free(address: str, port: int) -> bool:
    """Whether a server can listen there now. Raises: CannotListen."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        socket.create_server((address, port), family=family).close()
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise CannotListen(address=address, port=port) from None
    return True


def choose_port(address: str, port: int | None, *, first: int) -> tuple[int, bool]:
    """``port``, or the first free one from ``first`` on; and whether a Unionboard answers there already.

    Raises: CannotListen; PortTaken and NoFreePort where others hold them.
    """
    for tried in (port,) if port is not None else range(first, first + PORTS):
        if is_free(address, tried):
            return tried, False
        if ask_health(tried, address=reach(address)) is not None:
            return tried, True
    if port is not None:
        raise PortTaken(port=port)
    raise NoFreePort(first=first, last=first + PORTS - 1)


def has_screen() -> bool:
    """Whether a browser can open a window here; without one, Python would start a browser in the terminal."""
    return os.name == "nt" or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_browser(url: str) -> None:
    """In the browser people use, where there is a screen."""
    if has_screen():
        with suppress(webbrowser.Error, OSError):
            webbrowser.open(url)


def serve(address: str, port: int, *, ready: Callable[[], None]) -> None:
    """Until Ctrl-C. ``ready`` is called once, from another thread, as soon as pages are answered."""
    import click  # noqa: PLC0415 -- what only a start needs is paid by it alone
    from streamlit.web.cli import main  # noqa: PLC0415

    Thread(target=_wait, args=(address, port, ready), name="ready", daemon=True).start()
    options = {"server.address": address, "server.port": port, "server.headless": "true", "logger.hideWelcomeMessage": "true"}
    words = [f"--{name}={value}" for name, value in options.items()]
    with suppress(click.Abort, KeyboardInterrupt):
        main(["run", str(PROJECT_DIR / "app.py"), *words], prog_name="streamlit", standalone_mode=False)


def _wait(address: str, port: int, ready: Callable[[], None]) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if ask_health(port, address=reach(address)) is not None:
            ready()
            return
        time.sleep(0.1)
