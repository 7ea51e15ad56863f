"""Servers and data of a measurement's own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from unionboard.config import PROJECT_DIR

TODAY = "2026-11-21"
PATIENCE_S = 60
_CPU_CLOCK = 2  # CPUCLOCK_SCHED: what the scheduler counted, in nanoseconds, threads that ended included


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    pid: int
    start_s: float
    """From the command to the first answer."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu_ms(self) -> float:
        """Processor time the server has used so far."""
        return time.clock_gettime(~self.pid << 3 | _CPU_CLOCK) * 1000

    def memory_mb(self) -> tuple[float, float]:
        """What the server holds in memory: resident (RSS), and its share when pages shared with others are split (PSS)."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()[1:]
        kb = {name.strip(): int(rest.split()[0]) for name, rest in (line.split(":", 1) for line in lines)}
        return kb["Rss"] / 1024, kb["Pss"] / 1024


@contextmanager
def serve(env: dict[str, str], *command: str) -> Iterator[Server]:
    """A running server on ``env``; the program with an empty page beside it unless ``command`` says otherwise (``{port}`` is filled in)."""
    with running(sys.executable, *(command or ("-m", "tests.bench.served", "{port}")), env=env, path="/_stcore/health") as server:
        yield server


@contextmanager
def running(*command: str, env: dict[str, str], path: str) -> Iterator[Server]:
    """A process that listens on the port filled in for ``{port}``, from its first answer at ``path`` to its end.

    Raises: RuntimeError with the end of what it said when it ends by itself or does not answer within a minute.
    """
    port = free_port()
    with tempfile.TemporaryFile() as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            [part.format(port=port) for part in command], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=PROJECT_DIR
        )
        try:
            while not answers(f"http://127.0.0.1:{port}{path}"):
                if process.poll() is not None or time.perf_counter() - began > PATIENCE_S:
                    log.seek(0)
                    raise RuntimeError(f"no server: {log.read().decode(errors='replace')[-2000:]}")
                time.sleep(0.01)
            yield Server(port, process.pid, time.perf_counter() - began)
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; after ten seconds, end it."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def answers(address: str) -> bool:
    """Whether somebody is up there."""
    try:
        urllib.request.urlopen(address, timeout=1).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


@contextmanager
def data(module: str, *arguments: str, url: str = "") -> Iterator[dict[str, str]]:
    """An environment with a database of its own, or the empty one at ``url``, filled by ``python -m module``."""
    with tempfile.TemporaryDirectory() as folder:
        env = environment(folder) | ({"UNIONBOARD_DATABASE_URL": url} if url else {})
        run_apart(module, *arguments, env=env)
        try:
            yield env
        except Exception as error:
            log = Path(folder) / "unionboard.log"
            if log.exists():  # a page that broke says there why
                error.add_note(log.read_text(encoding="utf-8")[-1500:])
            raise


def environment(folder: str) -> dict[str, str]:
    """The settings of a program that keeps its data in ``folder`` on the day all measurements take place."""
    env = os.environ | {"UNIONBOARD_DATA_DIR": folder, "UNIONBOARD_TODAY": TODAY}
    for name in ("UNIONBOARD_DATABASE_URL", "UNIONBOARD_KEY_FILE", "PYTHONDONTWRITEBYTECODE"):
        env.pop(name, None)
    return env


def run_apart(module: str, *arguments: str, env: dict[str, str] | None = None) -> str:
    """What ``python -m module`` prints, in a process of its own.

    Raises: RuntimeError with the end of what it complained about.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=env, capture_output=True, text=True, cwd=PROJECT_DIR, check=False, timeout=300
    )
    if done.returncode:
        raise RuntimeError(f"{module}: {done.stderr[-1000:]}")
    return done.stdout
