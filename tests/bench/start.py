"""From the command to the first page, with files in the system's cache; beside it what Streamlit takes for an empty script."""

import time
from collections.abc import Iterator

from tests.bench.rows import Row, against, at_most, in_turns
from tests.bench.server import data, serve
from tests.bench.wire import Visitor

LIMIT_S = 2.0
ROUNDS, WARM_UPS = 9, 1


def measure() -> Iterator[Row]:
    with data("unionboard", "demo") as env:
        ours, bare = in_turns(
            lambda: start_s(env, "app.py"), lambda: start_s(env, "tests/bench/empty.py"), rounds=ROUNDS, warm_ups=WARM_UPS
        )
    yield at_most("start to the first page, warm", ours, "s", LIMIT_S)
    yield against("start to the first page, against an empty script", ours, "s", floor=bare)


def start_s(env: dict[str, str], script: str) -> float:
    """Seconds from ``streamlit run`` to the end of the first visitor's first run."""
    began = time.perf_counter()
    command = ("-m", "streamlit", "run", script, "--server.port", "{port}", "--server.headless", "true")
    with serve(env, *command) as server, Visitor(server.port) as visitor:
        visitor.rerun()
        return time.perf_counter() - began
