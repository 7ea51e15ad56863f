"""``python -m tests.country.costs``: what one action, one session and one union's year cost on PostgreSQL, kept in bench/costs.json.

Processor time is the server's own, sample by sample, so that the simulation draws from what was measured and not from a mean. It holds on a
busy machine, too. PostgreSQL's is a mean over all samples: its processes are counted in hundredths of a second.
"""

import json
import os
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.bench.pages import DEMO, visit
from tests.bench.server import Server, data, serve
from tests.postgres import Server as Database
from tests.postgres import running_server
from unionboard.config import PROJECT_DIR

COSTS = PROJECT_DIR / "bench" / "costs.json"
SAMPLES, WARM_UPS = 80, 5
SESSIONS = 60
LOOKS = ("checkoffs", "timeline", "fund", "summary", "board")


def measure() -> dict[str, object]:
    """All costs of the demo year: milliseconds of processor time by action, kB a session, bytes a union's year."""
    with running_server(durable=True) as database, data(*DEMO.maker, url=database.create("year")) as env, serve(env) as server:
        program, postgres = {}, {}
        for name, act in actions(server).items():
            program[name], postgres[name] = sample(server, database, act)
        with visit(server, "checkoffs") as chair:
            chair.rerun()
            before = read_wal(database)
            program["tick"], postgres["tick"] = sample(server, database, lambda: chair.click("undo_" if chair.find("undo_") else "tick_"))
            wal_bytes = (read_wal(database) - before) / (SAMPLES + WARM_UPS)
        session_kb, process_mb = measure_memory(server)
        year_bytes = read_size(database, "year") - measure_empty(database)
    return {
        "program_cpu_ms": program,
        "postgresql_cpu_ms": postgres,
        "session_kb": round(session_kb),
        "process_mb": round(process_mb),
        "year_bytes": year_bytes,
        "wal_bytes_per_write": round(wal_bytes),
    }


def actions(server: Server) -> dict[str, Callable[[], object]]:
    """What people's browsers ask for: to come in, to go from page to page, and whether anything changed."""
    walker = visit(server, "board")
    walker.rerun()

    def arrive() -> None:
        with visit(server, "board") as newcomer:
            newcomer.rerun()

    def ask_pulse() -> None:
        urllib.request.urlopen(f"{server.address}/pulse").read()

    looks: dict[str, Callable[[], object]] = {page: lambda page=page: walker.open("" if page == "board" else page) for page in LOOKS}  # type: ignore[misc]
    return {"arrive": arrive, "pulse": ask_pulse} | looks


def sample(server: Server, database: Database, act: Callable[[], object]) -> tuple[list[float], float]:
    """Milliseconds of the program for each of ``SAMPLES`` times, and PostgreSQL's mean."""
    for _ in range(WARM_UPS):
        act()
    spent, database_before = [], count_cpu_ms(database)
    for _ in range(SAMPLES):
        before = server.cpu_ms()
        act()
        spent.append(round(server.cpu_ms() - before, 2))
    return spent, round((count_cpu_ms(database) - database_before) / SAMPLES, 3)


def count_cpu_ms(database: Database) -> float:
    """Of PostgreSQL's first process and all it started."""
    first = int((database.folder / "data" / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, told = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if pid == first or int(told[1]) == first:
            ticks += sum(map(int, told[11:15] if pid == first else told[11:13]))
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def read_wal(database: Database) -> float:
    """Bytes of the write-ahead log so far."""
    return float(_ask(database, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"))


def read_size(database: Database, name: str) -> int:
    """Bytes of one database on disk."""
    return int(_ask(database, f"SELECT pg_database_size('{name}')"))


def _ask(database: Database, statement: str) -> float:
    with psycopg.connect(host=str(database.folder), port=database.port, user="postgres", dbname="postgres") as connection:
        row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return float(row[0])


def measure_empty(database: Database) -> int:
    """Bytes of a database that was brought up to date and holds nothing."""
    with data("unionboard", "migrate", url=database.create("nothing")):
        return read_size(database, "nothing")


def measure_memory(server: Server) -> tuple[float, float]:
    """kB a further session at the board takes, and megabytes of the process without them."""
    visitors = [visit(server, "board")]
    visitors[0].rerun()
    before, _ = server.memory_mb()
    for _ in range(SESSIONS):
        visitors.append(visit(server, "board"))
        visitors[-1].rerun()
    after, _ = server.memory_mb()
    for visitor in visitors:
        visitor.close()
    return (after - before) * 1024 / SESSIONS, before


if __name__ == "__main__":
    found = measure()
    COSTS.parent.mkdir(exist_ok=True)
    COSTS.write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(json.dumps({name: value for name, value in found.items() if name != "program_cpu_ms"}, indent=1))
