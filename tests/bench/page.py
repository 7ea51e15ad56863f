"""One page under the glass, for whoever works on it: its rows, and where its time goes.

``python -m tests.bench.page fund --activities 50 --entries 20000 --profile``; without sizes it is the demo year. Nothing is kept.
"""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.pages import PAGES, measure_empty, measure_page, visit
from tests.bench.rows import HEAD, cells, line
from tests.bench.server import data, serve
from tests.bench.wire import Visitor

PROFILED_RUNS = 10


def profile(env: dict[str, str], page: str) -> str:
    """The calls of ten reruns of ``page``, as text."""
    with ExitStack() as stack:
        to = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "profile.txt"
        server = stack.enter_context(serve(env | {"BENCH_PROFILE": str(to)}))
        visitor, writer = stack.enter_context(visit(server, page)), stack.enter_context(Visitor(server.port, query="profile"))
        for _ in range(3):
            visitor.rerun()
        writer.rerun()  # what came before is not of interest
        for _ in range(PROFILED_RUNS):
            visitor.rerun()
        writer.rerun()
        return to.read_text(encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", choices=list(PAGES))
    parser.add_argument("--activities", type=int, default=0)
    parser.add_argument("--entries", type=int, default=0)
    parser.add_argument("--profile", action="store_true", help="print the calls of ten reruns as well")
    asked = parser.parse_args()
    year = ("tests.bench.year", str(asked.activities), str(asked.entries)) if asked.activities or asked.entries else ("unionboard", "demo")
    with ExitStack() as stack:
        env = stack.enter_context(data(*year))
        server, bare = stack.enter_context(serve(env)), stack.enter_context(serve(env))
        print(line(HEAD))
        for row in (*measure_page(server, bare, asked.page, target=PAGES[asked.page]), measure_empty(server, bare)):
            print(line(cells(row)))
        if asked.profile:
            print(profile(env, asked.page))


if __name__ == "__main__":
    main()
