"""The demo year on PostgreSQL, in turns with the same on SQLite: what a server on the same machine costs or saves."""

from collections.abc import Iterator
from contextlib import ExitStack

from tests.bench.pages import DEMO, Ticker, visit
from tests.bench.rows import NotHere, Row, against, in_turns
from tests.bench.server import data, serve
from tests.postgres import NoServer, running_server

PAGES = ("board", "fund")


def measure() -> Iterator[Row]:
    with ExitStack() as stack:
        try:
            database = stack.enter_context(running_server(durable=True))
        except NoServer as error:
            raise NotHere("PostgreSQL is not installed (apt-get install postgresql)") from error
        sqlite = stack.enter_context(serve(stack.enter_context(data(*DEMO.maker))))
        postgres = stack.enter_context(serve(stack.enter_context(data(*DEMO.maker, url=database.create("bench")))))
        for page in PAGES:
            with visit(postgres, page) as visitor, visit(sqlite, page) as beside:
                ms, floor_ms = in_turns(lambda: visitor.rerun().ms, lambda: beside.rerun().ms)
            yield against(f"{page} on PostgreSQL, rerun, against SQLite", ms, "ms", floor=floor_ms)
        with Ticker(postgres) as ticker, Ticker(sqlite) as beside_ticker:
            ms, floor_ms = in_turns(lambda: ticker.tick().ms, lambda: beside_ticker.tick().ms)
        yield against("tick on PostgreSQL, against SQLite", ms, "ms", floor=floor_ms)
