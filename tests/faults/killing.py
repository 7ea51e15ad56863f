"""Killing a writer again and again, and looking each time at what is left."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from queue import Empty, Queue

from tests.faults.writer import name_deed
from unionboard.config import PROJECT_DIR


@dataclass(slots=True)
class Tally:
    """What came of it. ``unfinished``: files of writes that were killed before their transaction was over; no row names them."""

    kills: int = 0
    acknowledged: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unfinished: int = 0
    hot_journals: int = 0


class Writers:
    """The process that forks writers on ``folder``."""

    def __init__(self, folder: Path) -> None:
        env = os.environ | {"UNIONBOARD_DATA_DIR": str(folder)}
        env.pop("UNIONBOARD_DATABASE_URL", None)
        command = [sys.executable, "-m", "tests.faults.writer"]
        self.process = subprocess.Popen(command, env=env, cwd=PROJECT_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.said: Queue[str] = Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        assert self.said.get(timeout=60) == "ready"

    def start(self, first: int) -> int:
        """The process id of a new writer."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{first}\n")
        self.process.stdin.flush()
        word, number = self.said.get(timeout=30).split()
        assert word == "pid"
        return int(number)

    def listen_until_gone(self) -> list[int]:
        """What was acknowledged until the writer was dead."""
        acknowledged: list[int] = []
        while (line := self.said.get(timeout=30)) != "gone":
            acknowledged.append(int(line.removeprefix("ack ")))
        return acknowledged

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)
        self._listener.join(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.put(line.strip())


@contextmanager
def writers(folder: Path) -> Iterator[Writers]:
    """Stopped at the end."""
    forge = Writers(folder)
    try:
        yield forge
    finally:
        forge.stop()


def kill_often(folder: Path, *, writes: int, seed: int, longest_s: float) -> Tally:
    """Until so many ``writes`` were acknowledged: let a writer write for up to ``longest_s`` after its first one, kill it, check."""
    chance, tally = random.Random(seed), Tally()
    with writers(folder) as forge:
        while len(tally.acknowledged) < writes:
            pid = forge.start(first=max(tally.acknowledged, default=0) + 100)  # never a number twice
            early = _await_first(forge)
            time.sleep(chance.random() * longest_s)
            os.kill(pid, signal.SIGKILL)
            tally.kills += 1
            tally.acknowledged += early + forge.listen_until_gone()
            tally.hot_journals += (folder / "unionboard.sqlite3-journal").exists()
            tally.faults += check_what_is_left(folder, tally)
    return tally


def _await_first(forge: Writers) -> list[int]:
    """A writer that is killed before its first write proves nothing."""
    try:
        return [int(forge.said.get(timeout=30).removeprefix("ack "))]
    except Empty:
        raise AssertionError("the writer does not write") from None


def check_what_is_left(folder: Path, tally: Tally) -> list[str]:
    """The database opens and is sound; every acknowledged write is there whole, nothing half; rows and files agree."""
    with closing(sqlite3.connect(folder / "unionboard.sqlite3", timeout=10)) as database:
        found = [str(row[0]) for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"reference {row}" for row in database.execute("PRAGMA foreign_key_check")]
        results = {row[0] for row in database.execute("SELECT result FROM check_off")}
        purposes = {row[0] for row in database.execute("SELECT purpose FROM fund_entry")}
        vouchers = [row[0] for row in database.execute("SELECT voucher FROM fund_entry ORDER BY voucher")]
        papers = dict(database.execute("SELECT stored_name, sha256 FROM evidence"))
        counts = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("check_off", "fund_entry", "evidence")]
    tally.lost = [number for number in tally.acknowledged if name_deed(number) not in results]
    if results != purposes or len(set(counts)) != 1:
        found.append(f"half-written: {counts}")
    if vouchers != list(range(1, len(vouchers) + 1)):
        found.append("vouchers")
    stored = {path.name: path for path in (folder / "evidence").iterdir() if path.is_file()}
    for name, digest in papers.items():
        if name not in stored or sha256(stored[name].read_bytes()).hexdigest() != digest:
            found.append(f"file {name}")
    tally.unfinished = len(stored) - len(papers)
    if tally.unfinished > tally.kills:
        found.append(f"{tally.unfinished} files without a row after {tally.kills} kills")
    return found
