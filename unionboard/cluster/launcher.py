"""Starts a cluster, keeps it going, replaces its processes by a newer version's one after the other, and stops it.

Only the launcher starts and ends processes; ``ask_to_upgrade`` leaves it a note and a signal. Linux and macOS.
"""

import fcntl
import json
import os
import secrets
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_lowercase
from types import FrameType
from typing import IO

from unionboard.cluster import proxy
from unionboard.cluster.postgres import Postgres, tell_url, tied
from unionboard.cluster.proxy import Address, Member
from unionboard.config import PROJECT_DIR, read_config
from unionboard.errors.cluster import ClusterRuns, DidNotStart, NoCluster, PortTaken, UpgradeFailed
from unionboard.network import ask_health, list_addresses

ENVIRONMENT = "environment"
START_S, STOP_S, LOOK_S = 60, 10, 10
RELOAD_S = 0.5
"""So long nginx has to take up its new configuration; who still comes by the old one after that is passed on to another process."""
MISSES = 3
"""Looks in a row that a process may leave without an answer before it is replaced."""
POOL = 15  # connections to the database one process may hold: SQLAlchemy's five and ten more at need
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Release:
    """A version of the program: its folder, and the Python that has what it needs."""

    folder: Path = PROJECT_DIR
    python: str = sys.executable


@dataclass(slots=True)
class Process:
    """One process of the program under its letter. It has two ports: a successor starts on the other while it still works.

    ``mark``: what nginx knows it by. A successor in an upgrade keeps it, so that people change over once; after a crash it is another one.
    """

    name: str
    ports: tuple[int, int]
    mark: str = ""
    running: "subprocess.Popen[bytes] | None" = None
    misses: int = 0
    has_answered: bool = False

    @property
    def port(self) -> int:
        """Where it listens now."""
        return self.ports[0]


@dataclass(slots=True)
class Cluster:
    """``folder`` holds what it runs on: nginx.conf, logs, process numbers, postgresql/. Data and key are the configured ones.

    ``count`` processes on the ports after ``at.port``, two for each; ``database_port``: of our PostgreSQL, unless
    ``UNIONBOARD_DATABASE_URL`` names another. ``names``: under which people may open it, besides addresses in digits.
    """

    folder: Path
    at: Address
    count: int
    database_port: int
    names: tuple[str, ...] = ()
    tell: Tell = print
    tell_ready: Tell = lambda _address: None
    release: Release = field(default_factory=Release)
    _processes: list[Process] = field(default_factory=list)
    _database: Postgres | None = None
    _nginx: "subprocess.Popen[bytes] | None" = None
    _claimed: IO[str] | None = None
    _is_over: bool = False
    _is_asked: bool = False

    def run(self) -> None:
        """Until SIGINT or SIGTERM. Raises: NotInstalled, PortTaken, DidNotStart, ClusterRuns."""
        self._claim()
        try:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, self._note_signal)
            self._start()
            self.tell_ready(self.tell_address())
            self._look_after()
        finally:
            self._stop()

    def tell_address(self) -> str:
        """What people type to open it, or the code on the board says: by name, else in digits."""
        host = self.at.address
        if self.names:
            host = self.names[0]
        elif host == "0.0.0.0":  # noqa: S104 -- compared, not bound
            host = next(iter(list_addresses()), "localhost")
        scheme, usual = ("https", 443) if self.at.certificate else ("http", 80)
        return f"{scheme}://{host}" if self.at.port == usual else f"{scheme}://{host}:{self.at.port}"

    def _claim(self) -> None:
        proxy.find_nginx()
        self.folder.mkdir(parents=True, exist_ok=True)
        if (pid := find_launcher(self.folder)) is not None:
            raise ClusterRuns(folder=self.folder, pid=pid)
        needed = [self.at.port, *range(self.at.port + 1, self.at.port + 1 + 2 * self.count)]
        if self._has_own_database():
            needed.append(self.database_port)
        for port in needed:
            if proxy.answers(port):
                raise PortTaken(port=port)
        self._claimed = (self.folder / "launcher.pid").open("w")
        self._claimed.write(str(os.getpid()))
        self._claimed.flush()
        fcntl.flock(self._claimed, fcntl.LOCK_EX)

    def _start(self) -> None:
        if self._has_own_database():
            self._database = Postgres(self.folder / "postgresql", port=self.database_port, connections=POOL * (self.count + 1) + 5)
            self._database.start()
        self._write_environment()
        self._migrate(self.release)
        first = self.at.port + 1
        self._processes = [Process(ascii_lowercase[n], (first + 2 * n, first + 2 * n + 1)) for n in range(self.count)]
        for one in self._processes:
            one.running, one.mark = self._spawn(one.name, one.port, self.release), make_mark(one.name)
        for one in self._processes:
            self._wait_for(one.running, one.port, self._log(one.name))
        self._lay_conf()
        self._nginx = self._start_nginx()

    def _look_after(self) -> None:
        """Whatever ends by itself is started again; without the database there is nothing to go on with."""
        looked = time.monotonic()
        while not self._is_over:
            if self._is_asked:
                self._is_asked = False
                self._upgrade()
            if self._database is not None and self._database.process is not None and self._database.process.poll() is not None:
                raise DidNotStart(program="PostgreSQL", log=self._database.folder / "log")
            if self._nginx is not None and self._nginx.poll() is not None:
                self._nginx = self._start_nginx()
            is_time = time.monotonic() - looked > LOOK_S
            looked = time.monotonic() if is_time else looked
            for one in self._processes:
                self._look_at(one, asks=is_time)
            time.sleep(0.2)

    def _look_at(self, one: Process, *, asks: bool) -> None:
        if one.running is None:
            return
        if asks:
            answers = ask_health(one.port, timeout_s=LOOK_S / 2) is not None
            one.has_answered |= answers
            one.misses = one.misses + 1 if one.has_answered and not answers else 0  # one that starts on a busy machine takes its time
        if one.running.poll() is None and one.misses < MISSES:
            return
        self.tell(f"process {one.name} (port {one.port}) ended with {one.running.poll()}; started again")
        _end(one.running, at_once=True)
        one.running, one.mark = self._spawn(one.name, one.port, self.release), make_mark(one.name)
        one.misses, one.has_answered = 0, False
        self._lay_conf()

    def _upgrade(self) -> None:
        """One process after the other: the successor answers first, then nginx is told, then the old one goes."""
        note = self.folder / "upgrade.json"
        told = json.loads(note.read_text())
        release = Release(Path(told["folder"]), told["python"])
        try:
            self._migrate(release)
            for one in self._processes:
                self._replace(one, release)
        except DidNotStart as refusal:
            self.tell(str(refusal))
            note.rename(self.folder / "upgrade.failed")
            return
        self.release = release
        note.unlink()
        self.tell(f"upgraded to {ask_health(self._processes[0].port)}")

    def _replace(self, one: Process, release: Release) -> None:
        old, (was, following) = one.running, one.ports
        successor = self._spawn(one.name, following, release)
        try:
            self._wait_for(successor, following, self._log(one.name))
        except DidNotStart:
            _end(successor, at_once=True)
            raise
        one.running, one.ports = successor, (following, was)
        self._lay_conf()
        time.sleep(RELOAD_S)
        _end(old)
        self.tell(f"process {one.name} replaced, now on port {following}")

    def _stop(self) -> None:
        """Nobody new first, then the processes, then the database."""
        _end(self._nginx)
        for one in self._processes:
            if one.running is not None and one.running.poll() is None:
                one.running.terminate()
        for one in self._processes:
            _end(one.running)
        if self._database is not None:
            self._database.stop()
        if self._claimed is not None:
            self._claimed.close()

    def _note_signal(self, number: int, _frame: FrameType | None) -> None:
        self._is_asked = self._is_asked or number == signal.SIGHUP
        self._is_over = self._is_over or number != signal.SIGHUP

    def _has_own_database(self) -> bool:
        """Also where a shell has read ``environment``."""
        return os.environ.get("UNIONBOARD_DATABASE_URL") in (None, "", tell_url(self.database_port))

    def environment(self) -> dict[str, str]:
        """What every process is told: the same data, key and database."""
        return os.environ | self._told()

    def _told(self) -> dict[str, str]:
        config = read_config()
        told = {
            "UNIONBOARD_DATA_DIR": str(config.data_dir),
            "UNIONBOARD_KEY_FILE": str(config.key_path),
            "UNIONBOARD_ADDRESS": self.tell_address(),
        }
        if self._database is not None:
            told |= {"UNIONBOARD_DATABASE_URL": tell_url(self.database_port), "PGPASSFILE": str(self._database.passwords)}
        return told

    def _write_environment(self) -> None:
        """For a shell whose commands shall work on these data: ``. data/cluster/environment``."""
        lines = [f"export {name}={shlex.quote(value)}\n" for name, value in self._told().items()]
        (self.folder / ENVIRONMENT).write_text("".join(lines), encoding="utf-8")

    def _migrate(self, release: Release) -> None:
        """Once, before any process would: they start at the same time."""
        log = self.folder / "migrate.log"
        with log.open("ab") as said:
            command = [release.python, "-m", "unionboard", "migrate"]
            done = subprocess.run(command, env=self.environment(), cwd=release.folder, stdout=said, stderr=said, check=False)
        if done.returncode != 0:
            raise DidNotStart(program="unionboard migrate", log=log)

    def _spawn(self, name: str, port: int, release: Release) -> "subprocess.Popen[bytes]":
        options = {"server.port": str(port), "server.address": "127.0.0.1", "server.headless": "true"}
        words = [f"--{option}={value}" for option, value in options.items()] + [f"--server.allowedHosts={name}" for name in self.names]
        command = [*tied("TERM"), release.python, "-m", "streamlit", "run", "app.py", *words]
        with self._log(name).open("ab") as said:
            running = subprocess.Popen(
                command,
                env=self.environment(),
                cwd=release.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        (self.folder / f"process-{name}.pid").write_text(str(running.pid))
        return running

    def _log(self, name: str) -> Path:
        return self.folder / f"process-{name}.log"

    def _wait_for(self, running: "subprocess.Popen[bytes] | None", port: int, log: Path) -> None:
        until = time.monotonic() + START_S
        while ask_health(port) is None:
            if running is None or running.poll() is not None or time.monotonic() > until:
                raise DidNotStart(program="Unionboard", log=log)
            time.sleep(0.1)

    def _lay_conf(self) -> None:
        proxy.lay_conf(self.folder, [Member(one.mark, one.port) for one in self._processes], self.at)
        if self._nginx is not None:
            self._nginx.send_signal(signal.SIGHUP)

    def _start_nginx(self) -> "subprocess.Popen[bytes]":
        with (self.folder / "nginx.log").open("ab") as said:
            command = [*tied("TERM"), *proxy.command(self.folder)]
            running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)
        while not proxy.answers(self.at.port, self.at.address):
            if running.poll() is not None:
                raise DidNotStart(program="nginx", log=self.folder / "nginx.log")
            time.sleep(0.05)
        return running


def make_mark(name: str) -> str:
    """A process' letter and four letters that were hardly ever used before: browsers keep marks of yesterday."""
    return name + secrets.token_hex(2)


def ask_to_upgrade(folder: Path, release: Release) -> None:
    """Have the launcher at work in ``folder`` replace its processes by those of ``release``, and wait until it has.

    Raises: NoCluster, UpgradeFailed.
    """
    pid = find_launcher(folder)
    if pid is None:
        raise NoCluster(folder=folder)
    note, failed = folder / "upgrade.json", folder / "upgrade.failed"
    failed.unlink(missing_ok=True)
    note.write_text(json.dumps({"folder": str(release.folder), "python": release.python}))
    os.kill(pid, signal.SIGHUP)
    while note.exists():
        if find_launcher(folder) is None:
            raise NoCluster(folder=folder)
        time.sleep(0.2)
    if failed.exists():
        raise UpgradeFailed(log=folder)


def find_launcher(folder: Path) -> int | None:
    """The number of the process that runs the cluster of ``folder``; None when none does: it holds a lock as long as it lives."""
    try:
        with (folder / "launcher.pid").open() as claimed:
            try:
                fcntl.flock(claimed, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(claimed.read())
    except OSError:
        pass
    return None


def _end(process: "subprocess.Popen[bytes] | None", *, at_once: bool = False) -> None:
    """Let it finish what it is at; who has not after ten seconds is stopped."""
    if process is None or process.poll() is not None:
        return
    process.kill() if at_once else process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
