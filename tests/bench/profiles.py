"""Where the time of the slowest pages goes: profiles by pyinstrument, kept as text in ``bench/profiles/``."""

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from tests.bench.pages import DEMO, PAGES, SIZES, Year, visit
from tests.bench.rows import Row
from tests.bench.server import data, serve
from tests.bench.wire import Visitor

KEPT = 3
WARM_UPS, RUNS = 3, 10


def keep_slowest(rows: Iterable[Row], folder: Path) -> None:
    """Profile the pages whose reruns took longest among ``rows``, in place of those kept before."""
    ms = {row.name: row.value for row in rows}
    known = [(year, page) for year in (DEMO, *SIZES) for page in PAGES if f"{year.row_label(page)}, rerun" in ms]
    known.sort(key=lambda one: ms[f"{one[0].row_label(one[1])}, rerun"], reverse=True)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    for n, (year, page) in enumerate(known[:KEPT], start=1):
        name = year.row_label(page).replace(" ", "-").replace("/", "-").replace(",", "")
        (folder / f"{n}-{name}.txt").write_text(profile(year, page), encoding="utf-8")


def profile(year: Year, page: str) -> str:
    """The calls of ten reruns of ``page``, as text; the time of one is a tenth."""
    with ExitStack() as stack:
        to = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "profile.txt"
        server = stack.enter_context(serve(stack.enter_context(data(*year.maker)) | {"BENCH_PROFILE": str(to)}))
        visitor, writer = stack.enter_context(visit(server, page)), stack.enter_context(Visitor(server.port, query="profile"))
        for _ in range(WARM_UPS):
            visitor.rerun()
        writer.rerun()  # what came before is not of interest
        for _ in range(RUNS):
            visitor.rerun()
        writer.rerun()
        return to.read_text(encoding="utf-8")
