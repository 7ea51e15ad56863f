"""Every page through a real websocket, in turns with an empty page: at the demo year and at years of several sizes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import TracebackType

from tests.bench.rows import ROUNDS, Row, against, figure, in_turns
from tests.bench.server import Server, data, serve
from tests.bench.wire import Run, Visitor

PAGES = ("board", "plan", "timeline", "checkoffs", "fund", "summary", "papers", "settings", "meeting")
HELD_TO_A_TARGET = ("board", "checkoffs", "fund", "summary")


@dataclass(frozen=True, slots=True)
class Year:
    """A year to measure: what fills the database with it, and how many empty reruns a page of it may take."""

    maker: tuple[str, ...]
    label: str = ""
    target: float = 6.0
    timeline_target: float | None = None
    ticked_target: float | None = None

    def row_label(self, page: str) -> str:
        return f"{page} of {self.label}" if self.label else page

    def target_of(self, page: str) -> float | None:
        return self.timeline_target if page == "timeline" else self.target if page in HELD_TO_A_TARGET else None


def sized(activities: int, entries: int, **targets: float) -> Year:
    """A year of that many activities and fund entries."""
    return Year(("tests.bench.year", str(activities), str(entries)), f"{activities:,}/{entries:,}", **targets)


DEMO = Year(("unionboard", "demo"), target=3.0, timeline_target=5.0)
SIZES = (
    sized(50, 200, target=3.0, timeline_target=5.0),
    sized(300, 2000, timeline_target=5.0, ticked_target=12.0),
    sized(2000, 20_000, timeline_target=10.0),
)


@dataclass(slots=True)
class Ticker:
    """A session at the check-offs that ticks one activity after another; every click is a write."""

    server: Server
    session: Visitor | None = field(default=None)

    def tick(self) -> Run:
        try:
            if self.session:
                return self.session.click("tick_")
        except KeyError:  # all that is on the page is ticked: a new session begins where this one ended
            self.close()
        self.session = visit(self.server, "checkoffs")
        self.session.rerun()
        while self.session.find("tick_") is None:  # a small year is ticked off: it is taken back
            self.session.click("undo_")
        return self.session.click("tick_")

    def close(self) -> None:
        if self.session:
            self.session.close()

    def __enter__(self) -> "Ticker":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


@contextmanager
def both(maker: tuple[str, ...]) -> Iterator[tuple[Server, Server]]:
    """The program on data of its own, and beside it a server that never showed anything but the empty page.

    The floor of all reruns is that second one: the empty page of the first grows with what the pages leave in memory, and flatters them.
    """
    with ExitStack() as stack:
        env = stack.enter_context(data(*maker))
        yield stack.enter_context(serve(env)), stack.enter_context(serve(env))


def measure_demo() -> Iterator[Row]:
    """The demo year: every page, the tick, and the empty page after all that."""
    with both(DEMO.maker) as (server, bare):
        for page in PAGES:
            yield from measure_page(server, bare, page, DEMO, details=True)
        yield from measure_ticks(server, bare, DEMO)
        yield measure_empty(server, bare)


def measure_sizes() -> Iterator[Row]:
    """Years of 50 to 2,000 activities with books of 200 to 20,000 entries."""
    for year in SIZES:
        with both(year.maker) as (server, bare):
            for page in PAGES:
                yield from measure_page(server, bare, page, year)
            yield from measure_ticks(server, bare, year)


def measure_page(server: Server, bare: Server, page: str, year: Year, *, details: bool = False) -> Iterator[Row]:
    """First run and reruns in which nothing changed: milliseconds and bytes; with ``details`` the server's processor time too."""
    label = year.row_label(page)
    with Visitor(bare.port, query="empty") as nobody, visit(server, page) as visitor:
        nobody.rerun()
        first, again = visitor.rerun(), visitor.rerun()
        ms, floor_ms = in_turns(lambda: visitor.rerun().ms, lambda: nobody.rerun().ms)
        yield against(f"{label}, rerun", ms, "ms", floor=floor_ms, target=year.target_of(page))
        if details:
            yield against(f"{label}, rerun, processor", cpu_ms(server, visitor.rerun), "ms", floor=cpu_ms(bare, nobody.rerun))
    yield figure(f"{label}, first run", first.ms, "ms")
    yield figure(f"{label}, sent on first run", first.received_bytes / 1000, "kB")
    yield figure(f"{label}, sent on a rerun", again.received_bytes / 1000, "kB")


def measure_ticks(server: Server, bare: Server, year: Year) -> Iterator[Row]:
    """A tick by somebody else before each round: the tick's own run, and the timeline and the board that show it."""
    with (
        Ticker(server) as ticker,
        Visitor(bare.port, query="empty") as nobody,
        visit(server, "timeline") as timeline,
        visit(server, "board") as board,
    ):
        for session in (nobody, timeline, board):
            session.rerun()
        tick_ms, floor_ms, timeline_ms, board_ms = in_turns(
            lambda: ticker.tick().ms, lambda: nobody.rerun().ms, lambda: timeline.rerun().ms, lambda: board.rerun().ms
        )
        ticker.tick()
        sent = {"timeline": timeline.rerun().received_bytes, "board": board.rerun().received_bytes}
    yield against(f"{year.row_label('tick')}, rerun", tick_ms, "ms", floor=floor_ms)
    for page, ms in (("timeline", timeline_ms), ("board", board_ms)):
        target = year.ticked_target if page == "timeline" else None
        yield against(f"{year.row_label(page)}, right after a tick", ms, "ms", floor=floor_ms, target=target)
        yield figure(f"{year.row_label(page)}, sent after a tick", sent[page] / 1000, "kB")


def measure_empty(server: Server, bare: Server) -> Row:
    """The empty page beside pages that were seen: what the program's memory costs every run, whatever it draws."""
    with Visitor(server.port, query="empty") as here, Visitor(bare.port, query="empty") as there:
        ms, floor_ms = in_turns(lambda: here.rerun().ms, lambda: there.rerun().ms)
    return against("empty page beside all pages, rerun", ms, "ms", floor=floor_ms)


def visit(server: Server, page: str) -> Visitor:
    """A session that looks at ``page``."""
    return Visitor(server.port, "" if page == "board" else page)


def cpu_ms(server: Server, work: Callable[[], object]) -> float:
    """Mean milliseconds of processor time the server spends on ``work``; steadier than the clock where others use the machine too."""
    before = server.cpu_ms()
    for _ in range(ROUNDS):
        work()
    return (server.cpu_ms() - before) / ROUNDS
