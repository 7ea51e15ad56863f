"""nginx before the processes: one address, each browser kept with the process that holds its session."""

import shutil
import subprocess
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection

from jinja2 import Environment, StrictUndefined

from unionboard.config import PROJECT_DIR, SESSION_COOKIE
from unionboard.errors.cluster import DidNotStart, NotInstalled

COOKIE = "unionboard_process"
"""Names the process a browser is kept with: its mark, which is no secret."""
_TEMPLATE = Path(__file__).with_name("nginx.conf.j2")


@dataclass(frozen=True, slots=True)
class Member:
    """A process as nginx knows it. ``mark``: letters and digits, others after a crash: nobody is led back to where their session was."""

    mark: str
    port: int


@dataclass(frozen=True, slots=True)
class Address:
    """Where people come in; with a certificate and its key by https."""

    address: str
    port: int
    certificate: Path | None = None
    certificate_key: Path | None = None


def find_nginx() -> str:
    """Raises: NotInstalled."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise NotInstalled(program="nginx", package="nginx")
    return found


def answers(port: int, address: str = "127.0.0.1") -> bool:
    """Whether anything listens on ``port`` of this computer; 0.0.0.0 is all its addresses."""
    try:
        create_connection(("127.0.0.1" if address == "0.0.0.0" else address, port), timeout=1).close()  # noqa: S104 -- compared, not bound
    except OSError:
        return False
    return True


def write_conf(members: Sequence[Member], at: Address) -> str:
    """nginx.conf, its paths relative to the folder nginx is given (``-p``)."""
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 -- no HTML
    streamlit = tomllib.loads((PROJECT_DIR / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        members=members,
        at=at,
        cookie=COOKIE,
        sign_in_cookie=SESSION_COOKIE,
        body_mb=streamlit["server"]["maxUploadSize"] + 1,
    )


def command(folder: Path, *options: str) -> list[str]:
    """nginx on the nginx.conf in ``folder``. Raises: NotInstalled."""
    return [find_nginx(), "-p", f"{folder}/", "-e", "nginx.log", "-c", "nginx.conf", *options]


def lay_conf(folder: Path, members: Sequence[Member], at: Address) -> None:
    """Write nginx.conf and have nginx look at it; one it refuses is not left there. Raises: NotInstalled, DidNotStart."""
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    path, waiting = folder / "nginx.conf", folder / "nginx.conf.new"
    waiting.write_text(write_conf(members, at), encoding="utf-8")
    tried = [find_nginx(), "-t", "-q", "-p", f"{folder}/", "-e", "nginx.log", "-c", waiting.name]
    with (folder / "nginx.log").open("ab") as said:
        if subprocess.run(tried, stdout=said, stderr=said, check=False).returncode != 0:
            raise DidNotStart(program="nginx", log=folder / "nginx.log")
    waiting.replace(path)
