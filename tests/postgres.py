"""A PostgreSQL server of the tests' own: in memory where there is room, as an unprivileged user, gone with whoever started it.

``with running_server() as server: db.open_engine(server.create("year"))``. Nothing in it survives a power cut, which makes it quick.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from unionboard.cluster.postgres import OWNER, find_binaries, tied, unprivileged

SOCKET_PORT = 5432  # part of the socket's name; nothing listens there
ROOM_BYTES = 2 * 1024**3
_SMALL = {"max_wal_senders": "0", "wal_level": "minimal", "dynamic_shared_memory_type": "mmap", "max_connections": "100"}
_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class NoServer(Exception):
    """There is no PostgreSQL on this machine."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. ``folder`` holds its socket, data and log; ``port`` is listened to on 127.0.0.1 only if it was asked for."""

    folder: Path
    port: int = SOCKET_PORT

    def url(self, database: str) -> str:
        """The address of ``database`` as the program takes it, over the socket."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}&port={self.port}"

    def tcp_url(self, database: str) -> str:
        """The same over TCP."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """A new database, a copy of ``template``, to which nobody may be connected; its address."""
        self._execute("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY", database, OWNER, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Take a database away, whoever is connected."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection of the server's superuser, whom no row-level security binds; each statement stands by itself."""
        return psycopg.connect(host=str(self.folder), port=self.port, user="postgres", dbname=database, autocommit=True)

    def _execute(self, statement: Any, *names: str) -> None:
        """``names`` fill the statement's gaps."""
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@dataclass(slots=True)
class OwnDatabase:
    """A database that one test after the other has to itself, each time as ``template`` is."""

    server: Server
    name: str
    template: str
    _connection: psycopg.Connection | None = None
    _shape: object = None
    _rows: dict[str, bytes] = field(default_factory=dict)
    _counters: list[str] = field(default_factory=list)

    def renew(self) -> str:
        """Make it like the template again, and give its address.

        What was written is taken out, which is ten times as quick as a new copy; that is made when a test has changed tables or triggers,
        or still holds a lock.
        """
        try:
            if self._connection is not None and self._read_shape() == self._shape:
                self._put_back()
                return self.server.url(self.name)
        except psycopg.Error:
            pass
        if self._connection is not None:
            self._connection.close()
        self.server.drop(self.name)
        url = self.server.create(self.name, template=self.template)
        self._connection = self.server.connect(self.name)
        self._connection.execute("SET lock_timeout = '2s'")
        self._shape = self._read_shape()
        with self._connection.cursor() as cursor:
            for (table,) in cursor.execute(_TABLES).fetchall():
                with cursor.copy(f"COPY {table} TO STDOUT") as rows:
                    self._rows[table] = b"".join(rows)
            self._counters = [told for (told,) in cursor.execute(_COUNTERS).fetchall()]
        return url

    def close(self) -> None:
        """Let go of it."""
        if self._connection is not None:
            self._connection.close()

    def _put_back(self) -> None:
        assert self._connection is not None
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # neither triggers nor references
            cursor.execute(";".join(f"DELETE FROM {table}" for table in self._rows))
            cursor.execute(";".join(self._counters))
            for table, rows in self._rows.items():
                if rows:
                    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                        copy.write(rows)

    def _read_shape(self) -> object:
        assert self._connection is not None
        return self._connection.execute(_SHAPE).fetchone()


_TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_COUNTERS = """SELECT format('SELECT setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename),
    coalesce(last_value, start_value), last_value IS NOT NULL) FROM pg_sequences"""
_SHAPE = "SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O')"


@contextmanager
def running_server(*, port: int = 0, settings: Mapping[str, str] | None = None, durable: bool = False) -> Iterator[Server]:
    """A new, empty server; shut down and erased at the end, on Linux also when this process is killed.

    ``port``: listen there on 127.0.0.1 too, not only on the socket. ``settings``: of postgresql.conf. ``durable``: on disk, and wait for
    it as in earnest, for measurements. Raises: NoServer.
    """
    binaries = find_binaries()
    if binaries is None:
        raise NoServer
    folder = _make_folder(in_memory=not durable)
    try:
        initdb: list[str | Path] = [
            binaries / "initdb",
            "-D",
            "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run(initdb, cwd=folder, check=True, stdout=subprocess.DEVNULL, **unprivileged())
        listening = {"listen_addresses": "127.0.0.1" if port else "", "port": str(port or SOCKET_PORT)}
        wanted = {**_SMALL, **({} if durable else _QUICK), **listening, "unix_socket_directories": str(folder), **(settings or {})}
        with (folder / "data" / "postgresql.auto.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in wanted.items())
        server = Server(folder, port or SOCKET_PORT)
        with _serving(server, binaries):
            server._execute("CREATE ROLE {} LOGIN CREATEDB", OWNER)
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _serving(server: Server, binaries: Path) -> Iterator[None]:
    """The server as a child of this process, from ready to down."""
    is_ready: list[str | Path] = [binaries / "pg_isready", "-q", "-h", server.folder, "-p", str(server.port)]
    with (server.folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*tied("INT"), binaries / "postgres", "-D", "data"],
            cwd=server.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            **unprivileged(),
        )
    try:
        while subprocess.run(is_ready, check=False).returncode != 0:
            if process.poll() is not None:
                raise RuntimeError((server.folder / "log").read_text(errors="replace"))
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(signal.SIGINT)  # whoever is still connected is let go
        process.wait(30)


def _make_folder(*, in_memory: bool) -> Path:
    """A folder of the server's user; its path is short, as that of a socket has to be."""
    memory = Path("/dev/shm")
    has_room = in_memory and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_BYTES
    folder = Path(tempfile.mkdtemp(prefix="unionboard-pg-", dir=memory if has_room else None))
    if user := unprivileged():
        shutil.chown(folder, user["user"], user["group"])
    return folder
