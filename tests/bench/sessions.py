"""Twenty people at once: what their sessions hold in memory, and how many reruns a second they get."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.bench.pages import DEMO, PAGES, both, visit
from tests.bench.rows import Row, at_least, at_most, figure, in_turns
from tests.bench.server import Server
from tests.bench.wire import Visitor

SESSIONS = 20
MEMORY_LIMIT_MB = 250
SLOWER_AT_MOST = 2.0
"""How many times as many reruns of an empty page a second as of the board."""
ROUNDS = 9
BOARDS_EACH, EMPTIES_EACH = 2, 5
"""Reruns a session asks for in one round, one after the other."""


def measure() -> Iterator[Row]:
    with both(DEMO.maker) as (server, bare):
        yield figure("memory after start", server.memory_mb()[0], "MB")
        yield from measure_memory(server)
        yield from measure_throughput(server, bare)


def measure_memory(server: Server) -> Iterator[Row]:
    """Resident memory of the server process: with all at the board, and when each has been on every page."""
    opened: list[Visitor] = []
    try:
        opened.append(visit(server, "board"))
        opened[0].rerun()
        with_one, _ = server.memory_mb()
        for _ in range(SESSIONS - 1):
            opened.append(visit(server, "board"))
            opened[-1].rerun()
        with_all, _ = server.memory_mb()
        yield at_most(f"memory, {SESSIONS} sessions at the board", with_all, "MB", MEMORY_LIMIT_MB)
        yield figure("memory per further session", (with_all - with_one) * 1000 / (SESSIONS - 1), "kB")
        for page in PAGES[1:]:
            for session in opened:
                session.open(page)
        walked, walked_pss = server.memory_mb()
        yield at_most(f"memory, {SESSIONS} sessions that saw every page", walked, "MB", MEMORY_LIMIT_MB)
        yield figure("the same, shared pages split (PSS)", walked_pss, "MB")
    finally:
        for session in opened:
            session.close()


def measure_throughput(server: Server, bare: Server) -> Iterator[Row]:
    """All sessions at once ask again as soon as they are answered: for the board, for the empty page, in turns."""
    boards, empties = [visit(server, "board") for _ in range(SESSIONS)], [Visitor(bare.port, query="empty") for _ in range(SESSIONS)]
    waits: list[float] = []
    try:
        for session in (*boards, *empties):
            session.rerun()
        with ThreadPoolExecutor(SESSIONS) as threads:
            per_s, empty_per_s = in_turns(
                lambda: hammer(threads, boards, BOARDS_EACH, waits),
                lambda: hammer(threads, empties, EMPTIES_EACH, []),
                rounds=ROUNDS,
                warm_ups=1,
            )
    finally:
        for session in (*boards, *empties):
            session.close()
    yield at_least(f"board, {SESSIONS} sessions, reruns a second", per_s, "1/s", floor=empty_per_s, target=SLOWER_AT_MOST)
    waits.sort()
    yield figure(f"board, {SESSIONS} sessions at once, 95 of 100 wait at most", waits[int(len(waits) * 0.95)], "ms")


def hammer(threads: ThreadPoolExecutor, sessions: list[Visitor], each: int, waits: list[float]) -> float:
    """Reruns a second while every session asks ``each`` times; ``waits`` takes the milliseconds of each."""
    began = time.perf_counter()
    for spent in threads.map(lambda session: [session.rerun().ms for _ in range(each)], sessions):
        waits += spent
    return len(sessions) * each / (time.perf_counter() - began)
