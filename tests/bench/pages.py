"""Every page of the demo year through a real websocket, in turns with an empty page."""

from collections.abc import Iterator
from contextlib import ExitStack

from tests.bench.rows import ROUNDS, Row, against, figure, in_turns
from tests.bench.server import Server, data, serve
from tests.bench.wire import Visitor

PAGES = {"board": 3.0, "plan": None, "timeline": 5.0, "checkoffs": 3.0, "fund": 3.0, "summary": 3.0, "settings": None, "meeting": None}
"""Each page with how many empty reruns one of its own may take at the demo year."""


def measure() -> Iterator[Row]:
    with ExitStack() as stack:
        env = stack.enter_context(data("unionboard", "demo"))
        server, bare = stack.enter_context(serve(env)), stack.enter_context(serve(env))
        for page, target in PAGES.items():
            yield from measure_page(server, bare, page, target=target)
        yield measure_empty(server, bare)


def measure_empty(server: Server, bare: Server) -> Row:
    """The empty page beside pages that were seen: what the program's memory costs every run, whatever it draws."""
    with Visitor(server.port, query="empty") as here, Visitor(bare.port, query="empty") as there:
        ms, floor_ms = in_turns(lambda: here.rerun().ms, lambda: there.rerun().ms)
    return against("empty page beside all pages, rerun", ms, "ms", floor=floor_ms)


def measure_page(server: Server, bare: Server, page: str, *, target: float | None, label: str = "") -> Iterator[Row]:
    """First run and reruns in which nothing changed: milliseconds, the server's processor time, bytes sent.

    The floor is the empty page of ``bare``, a server where no other page was ever seen: that of ``server`` would grow with what the pages
    leave in memory, and flatter them.
    """
    label = label or page
    with Visitor(bare.port, query="empty") as nobody, visit(server, page) as visitor:
        nobody.rerun()
        first, again = visitor.rerun(), visitor.rerun()
        ms, floor_ms = in_turns(lambda: visitor.rerun().ms, lambda: nobody.rerun().ms)
        cpu_ms, floor_cpu_ms = cpu(server, visitor), cpu(bare, nobody)
    yield against(f"{label}, rerun", ms, "ms", floor=floor_ms, target=target)
    yield against(f"{label}, rerun, processor", cpu_ms, "ms", floor=floor_cpu_ms)
    yield figure(f"{label}, first run", first.ms, "ms")
    yield figure(f"{label}, sent on first run", first.received_bytes / 1000, "kB")
    yield figure(f"{label}, sent on a rerun", again.received_bytes / 1000, "kB")


def visit(server: Server, page: str) -> Visitor:
    """A session that looks at ``page``."""
    return Visitor(server.port, "" if page == "board" else page)


def cpu(server: Server, visitor: Visitor) -> float:
    """Mean milliseconds of processor time the server spends on one rerun; steadier than the clock where others use the machine too."""
    before = server.cpu_ms()
    for _ in range(ROUNDS):
        visitor.rerun()
    return (server.cpu_ms() - before) / ROUNDS
