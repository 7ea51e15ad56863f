"""``make load``: a cluster on this machine under people who work, with one process and with several; a process killed, a rolling upgrade.

Prints one table: sessions, reruns a second, their median and 95 of 100, errors. Everybody thinks for a second between two clicks, in the
lines «no pause» not at all; and the processors' time a rerun took in the program and in PostgreSQL, which holds on a busy machine too.
Who was told by a page that their tick is in must find it in the database. The clients run on the same cores.
"""

import argparse
import http.client
import os
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from string import ascii_lowercase
from threading import Event, Thread

from sqlmodel import select

from tests.load.person import Person
from tests.load.year import TODAY, name_person
from unionboard import db
from unionboard.cluster.launcher import ENVIRONMENT
from unionboard.config import PROJECT_DIR
from unionboard.models import CheckOff
from unionboard.services.verification import verify_books

NO_PAUSE, MANY = 20, 40
"""How many work without a pause, and how many are there when a process is killed or replaced."""
THINK_S = 1.0
HEAD = (
    f"{'processes':>9} {'sessions':>8} {'what':<20}{'reruns/s':>9}{'median ms':>10}{'p95 ms':>8}{'errors':>7}"
    f"{'CPU ms':>8}{'PostgreSQL ms':>14}"
)


@contextmanager
def running_cluster(folder: Path, *, processes: int, port: int, database_port: int) -> Iterator[None]:
    """The command people type, on the data in ``folder``."""
    env = os.environ | {"UNIONBOARD_DATA_DIR": str(folder), "UNIONBOARD_TODAY": TODAY.isoformat(), "UNIONBOARD_LANG": "en"}
    options = {"--processes": processes, "--port": port, "--database-port": database_port}
    words = [str(word) for option in options.items() for word in option]
    launcher = subprocess.Popen(
        [sys.executable, "-m", "unionboard", "cluster", *words], env=env, cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdout is not None
    try:
        first = launcher.stdout.readline()
        assert "Ctrl-C" in first, first
        Thread(target=lambda: [print("         ", line, end="") for line in launcher.stdout or ()], daemon=True).start()
        yield
    finally:
        launcher.send_signal(signal.SIGINT)
        launcher.wait(60)


def take_environment(folder: Path) -> None:
    """From now on this process and its children work on the cluster's data."""
    for line in (folder / "cluster" / ENVIRONMENT).read_text().splitlines():
        name, _, value = shlex.split(line)[1].partition("=")
        os.environ[name] = value
    os.environ["UNIONBOARD_TODAY"] = TODAY.isoformat()


def work_for(people: Sequence[Person], seconds: float, *, think_s: float, meanwhile: Callable[[], None] = lambda: None) -> float:
    """They all arrive, work and leave; the seconds they worked."""
    with ThreadPoolExecutor(8) as few:
        list(few.map(Person.arrive, people))
    for one in people:
        one.notes.waits_ms.clear()
        one.think_s = think_s
    over = Event()
    began = time.monotonic()
    threads = [Thread(target=one.work, args=(over.is_set,)) for one in people]
    for thread in threads:
        thread.start()
    try:
        meanwhile()
        time.sleep(max(0, seconds - (time.monotonic() - began)))
    finally:
        over.set()
    spent = time.monotonic() - began
    for thread in threads:
        thread.join()
    for one in people:
        one.leave()
    return spent


def print_row(processes: int, people: Sequence[Person], what: str, spent_s: float, cpu_s: tuple[float, float] | None = None) -> None:
    """One line of the table; the people's waits and errors are those of this phase. ``cpu_s``: of all processes, and of PostgreSQL."""
    waits = sorted(wait for one in people for wait in one.notes.waits_ms)
    p95 = waits[int(len(waits) * 0.95)]
    errors = [error for one in people for error in one.notes.errors]
    figures = f"{len(waits) / spent_s:>9.1f}{statistics.median(waits):>10.0f}{p95:>8.0f}{len(errors):>7}"
    cpu = "".join(f"{spent * 1000 / len(waits):>{width}.0f}" for spent, width in zip(cpu_s or (), (8, 14), strict=False))
    print(f"{processes:>9} {len(people):>8} {what:<20}{figures}{cpu}", flush=True)
    for error in errors[:5]:
        print("         ", error)
    for one in people:
        one.notes.errors.clear()


def read_pid(folder: Path, name: str) -> int:
    """The process under this letter."""
    return int((folder / "cluster" / f"process-{name}.pid").read_text())


def count_cpu(folder: Path, names: str) -> tuple[float, float]:
    """Seconds of processor time of the processes, and of PostgreSQL with all that it started, since they began."""
    server = int((folder / "cluster" / "postgresql" / "data" / "postmaster.pid").read_text().split()[0])
    ours, servers = {read_pid(folder, name) for name in names}, 0.0
    spent = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, told = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        own_s = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
        ended_s = (int(told[13]) + int(told[14])) / os.sysconf("SC_CLK_TCK")
        spent += own_s if pid in ours else 0
        servers += own_s + ended_s if pid == server else own_s if int(told[1]) == server else 0
    return spent, servers


def count_memory(folder: Path, names: str) -> int:
    """Megabytes all processes take, shared pages once for all."""
    told = [Path(f"/proc/{read_pid(folder, name)}/smaps_rollup").read_text() for name in names]
    return sum(int(line.split()[1]) for text in told for line in text.splitlines() if line.startswith("Pss:")) // 1024


def kill_one(folder: Path, people: Sequence[Person], after_s: float) -> None:
    """In the middle of it, the process most of them are with is gone from one moment to the next."""
    time.sleep(after_s)
    name, count = Counter(one.process for one in people).most_common(1)[0]
    os.kill(read_pid(folder, name), signal.SIGKILL)
    print(f"          kill -9 of process {name}, which {count} of {len(people)} browsers are kept with")


def upgrade(port: int) -> None:
    """Every process is replaced, while somebody asks all the time whether the program answers."""
    over, failed, asked = Event(), list[str](), list[float]()

    def ask() -> None:
        while not over.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            began = time.monotonic()
            try:
                connection.request("GET", "/healthz")
                status = connection.getresponse().status
            except (OSError, http.client.HTTPException) as error:
                status = 0
                failed.append(repr(error))
            connection.close()
            asked.append(time.monotonic() - began)
            if status not in (0, 200):
                failed.append(str(status))
            time.sleep(0.02)

    asking = Thread(target=ask)
    asking.start()
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "unionboard", "--lang", "en", "upgrade"], check=True, cwd=PROJECT_DIR)
    spent = time.monotonic() - began
    over.set()
    asking.join()
    print(f"          upgrade in {spent:.1f} s; /healthz asked {len(asked)} times meanwhile, {len(failed)} failed {failed[:3]}")


def tell_away(people: Sequence[Person]) -> None:
    """How many sessions broke off and how long it took until each was back with its page."""
    away = sorted(seconds for one in people for seconds in one.notes.away_s)
    if away:
        middle, last = statistics.median(away), away[-1]
        print(f"          {len(away)} sessions broke off; back with a page after {middle:.1f} s, the last after {last:.1f} s", flush=True)
    for one in people:
        one.notes.away_s.clear()


def check_deeds(people: Sequence[Person]) -> int:
    """How many confirmed ticks and ways back the database does not have. Prints what was looked at, and what verify says."""
    engine = db.open_engine(os.environ["UNIONBOARD_DATABASE_URL"])
    with db.reading(engine) as session:
        rows = [(row.activity_id, row.undone_at_utc is None) for row in session.exec(select(CheckOff))]
        faults = verify_books(session, evidence_folder=Path(os.environ["UNIONBOARD_DATA_DIR"]) / "evidence")
    engine.dispose()
    ticks, live = Counter(activity for activity, _ in rows), Counter(activity for activity, is_live in rows if is_live)
    lost = 0
    for one in people:
        unsure = {deed.activity_id for deed in one.notes.unsure}
        last = {deed.activity_id: deed.is_tick for deed in one.notes.deeds}
        told = Counter((deed.activity_id, deed.is_tick) for deed in one.notes.deeds)
        for activity, is_ticked in last.items():
            lost += max(0, told[activity, True] - ticks[activity])
            lost += max(0, told[activity, False] - (ticks[activity] - live[activity]))
            lost += activity not in unsure and live[activity] != is_ticked
    confirmed, cut_off = sum(len(one.notes.deeds) for one in people), sum(len(one.notes.unsure) for one in people)
    print(f"{confirmed} ticks and ways back were confirmed, {lost} of them lost; {cut_off} were cut off before an answer;", end=" ")
    print(f"verify: {len(faults)} faults", flush=True)
    for fault in faults[:5]:
        print("         ", fault)
    return lost + len(faults)


def main() -> None:
    """Print the table; exit code 1 when something was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, nargs="+", default=[1, max(2, os.cpu_count() or 2)])
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 20, 60])
    parser.add_argument("--seconds", type=float, default=20, help="each line of the table")
    parser.add_argument("--port", type=int, default=8600)
    parser.add_argument("--database-port", type=int, default=5433)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="unionboard-load-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL's user has to come through
        people = [Person(asked.port, name_person(number), think_s=THINK_S) for number in range(max(asked.sessions))]
        print(f"{os.cpu_count()} cores, which the clients use too; {THINK_S:g} s of thinking between two clicks\n{HEAD}")
        for processes in asked.processes:
            with running_cluster(folder, processes=processes, port=asked.port, database_port=asked.database_port):
                if processes == asked.processes[0]:
                    take_environment(folder)
                    subprocess.run([sys.executable, "-m", "tests.load.year", str(len(people))], check=True, cwd=PROJECT_DIR)
                    with ThreadPoolExecutor(2) as few:
                        list(few.map(Person.sign_in, people))
                names = ascii_lowercase[:processes]
                for count, think_s in [*((count, THINK_S) for count in asked.sessions), (min(NO_PAUSE, len(people)), 0.0)]:
                    before = count_cpu(folder, names)
                    spent = work_for(people[:count], asked.seconds, think_s=think_s)
                    own, servers = (after - begun for begun, after in zip(before, count_cpu(folder, names), strict=True))
                    print_row(processes, people[:count], "" if think_s else "no pause", spent, (own, servers))
                print(f"          {count_memory(folder, names)} MB in all")
                if processes == asked.processes[-1] and processes > 1:
                    some = people[:MANY]
                    kill = partial(kill_one, folder, some, asked.seconds / 3)
                    spent = work_for(some, asked.seconds, think_s=THINK_S, meanwhile=kill)
                    print_row(processes, some, "one process killed", spent)
                    tell_away(some)
                    spent = work_for(some, asked.seconds, think_s=THINK_S, meanwhile=partial(upgrade, asked.port))
                    print_row(processes, some, "rolling upgrade", spent)
                    tell_away(some)
                faults = check_deeds(people)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
