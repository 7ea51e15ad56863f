"""PostgreSQL as Debian packs it, as a child of ours: data in a folder of our choosing, let in by password, on this computer only.

Its settings of safety are left as they come: a commit is on the disk before it is told.
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from unionboard.errors.cluster import DidNotStart, NotInstalled

OWNER, DATABASE, ADMIN = "unionboard", "unionboard", "postgres"
"""The role that owns the database is no superuser: row-level security binds it."""
PATIENCE_S = 60


def find_binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, the newest where Debian keeps them; None when there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: int(found.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def unprivileged() -> dict[str, Any]:
    """As whom the server runs, for ``subprocess``: PostgreSQL refuses root, and Debian's package brings a user for it."""
    return {"user": ADMIN, "group": ADMIN, "extra_groups": []} if os.geteuid() == 0 else {}


def tied(signal_name: str) -> list[str]:
    """Words before a command that end it with ``signal_name`` when its starter is killed; none where the system has no such thing."""
    return ["setpriv", "--pdeathsig", signal_name] if shutil.which("setpriv") else []


def tell_url(port: int) -> str:
    """The address of the database on our own server, as the program takes it; the password comes from ``Postgres.passwords``."""
    return f"postgresql+psycopg://{OWNER}@127.0.0.1:{port}/{DATABASE}"


class Postgres:
    """A server in ``folder``: data/, log, and the passwords (pgpass and admin.pgpass, readable by their owner alone).

    ``connections``: how many may be open at once.
    """

    def __init__(self, folder: Path, *, port: int, connections: int) -> None:
        found = find_binaries()
        if found is None:
            raise NotInstalled(program="PostgreSQL", package="postgresql")
        self._binaries = found
        self.folder, self.port, self._connections = folder, port, connections
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def passwords(self) -> Path:
        """For ``PGPASSFILE``."""
        return self.folder / "pgpass"

    def start(self) -> None:
        """From nothing or from where it was stopped to ready. Raises: DidNotStart."""
        is_new = not (self.folder / "data" / "PG_VERSION").exists()
        log = self.folder / "log"
        self.folder.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as said:
            if is_new:
                self._make(said)
            settings = {
                "listen_addresses": "127.0.0.1",
                "port": self.port,
                "unix_socket_directories": "",
                "max_connections": self._connections,
            }
            options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
            command = [*tied("INT"), str(self._binaries / "postgres"), "-D", str(self.folder / "data"), *options]
            self.process = running = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", start_new_session=True, **unprivileged()
            )
        ready = [str(self._binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        until = time.monotonic() + PATIENCE_S
        while subprocess.run(ready, check=False).returncode != 0:
            if running.poll() is not None or time.monotonic() > until:
                raise DidNotStart(program="PostgreSQL", log=log)
            time.sleep(0.05)
        if is_new:
            self._make_database()

    def stop(self) -> None:
        """Whoever is connected is let go; what was committed stays."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE_S)

    def _make(self, said: Any) -> None:
        """An empty server, with checksums on its pages, so that a bad disk is noticed."""
        password = secrets.token_urlsafe(24)
        data = self.folder / "data"
        data.mkdir(mode=0o700, exist_ok=True)
        self._keep("admin.pgpass", ADMIN, password)
        with tempfile.NamedTemporaryFile("w", dir=data.parent, prefix=".password-") as typed:
            typed.write(password)
            typed.flush()
            if user := unprivileged():
                shutil.chown(data, user["user"], user["group"])
                shutil.chown(typed.name, user["user"], user["group"])
            initdb = [str(self._binaries / "initdb"), "-D", str(data), "-U", ADMIN, "-A", "scram-sha-256", f"--pwfile={typed.name}"]
            done = subprocess.run(
                [*initdb, "-E", "UTF8", "--locale=C.UTF-8", "-k"], stdout=said, stderr=said, check=False, cwd="/", **unprivileged()
            )
        if done.returncode != 0:
            shutil.rmtree(data, ignore_errors=True)
            raise DidNotStart(program="PostgreSQL", log=self.folder / "log")

    def _make_database(self) -> None:
        import psycopg  # noqa: PLC0415 -- comes with requirements-postgresql.txt
        from psycopg import sql  # noqa: PLC0415

        password = secrets.token_urlsafe(24)
        self._keep("pgpass", OWNER, password)
        admin = {"host": "127.0.0.1", "port": self.port, "user": ADMIN, "dbname": "postgres", "passfile": str(self.folder / "admin.pgpass")}
        with psycopg.connect(**admin, autocommit=True) as connection:  # type: ignore[arg-type]
            role, database = sql.Identifier(OWNER), sql.Identifier(DATABASE)
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(password)))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))

    def _keep(self, name: str, user: str, password: str) -> None:
        path = self.folder / name
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"127.0.0.1:*:*:{user}:{password}\n")
