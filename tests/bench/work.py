"""Work without a server: reading sample plans, drafting the summary, its Word file, the year-end report; each in a process of its own."""

import json
from collections.abc import Iterator

from tests.bench.pages import sized
from tests.bench.rows import Row, against, at_most
from tests.bench.server import data, run_apart

SUMMARIES = (50, 300, 3000)
BOOKS = (2000, 20_000)
SAMPLE_LIMIT_MS, WORK_LIMIT_MS = 300, 1000
LARGE_LIMIT_S, LARGE_LIMIT_MB = 3, 300


def measure() -> Iterator[Row]:
    yield from measure_reading()
    for size in SUMMARIES:
        with data(*sized(size, size).maker) as env:
            yield from rows(f"summary of {size:,}", run_apart("tests.bench.summary", env=env))
    for size in BOOKS:
        with data(*sized(50, size).maker) as env:
            yield from rows(f"book of {size:,}", run_apart("tests.bench.report", env=env))


def measure_reading() -> Iterator[Row]:
    """Plans as they come, and one far larger than any."""
    yield from rows("reading", run_apart("tests.bench.samples"), limit_ms=SAMPLE_LIMIT_MS)
    seconds, peak_mb = map(float, run_apart("tests.bench.large").split())
    yield at_most("reading 5 MB of text", seconds, "s", LARGE_LIMIT_S)
    yield at_most("reading 5 MB of text, peak memory", peak_mb, "MB", LARGE_LIMIT_MB)


def rows(label: str, told: str, *, limit_ms: float = WORK_LIMIT_MS) -> Iterator[Row]:
    """What a process measured: ``{"what": [milliseconds, milliseconds of the floor, "floor"]}``, or ``[milliseconds]`` without a floor."""
    for what, (ms, *floor) in json.loads(told).items():
        yield at_most(f"{label}, {what}", ms, "ms", limit_ms)
        if floor:
            yield against(f"{label}, {what}, against {floor[1]}", ms, "ms", floor=floor[0])
