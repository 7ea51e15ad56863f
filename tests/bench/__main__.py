"""``make bench``: reruns of every page through a real websocket and clicks in Chromium, against an empty page of a like server; reading.

Prints one table and writes ``bench/results.json``: ``{"rows": [{"name", "value", "unit", "floor", "ratio", "target"}]}``.
Medians of 15 after 5 warm-ups; the demo year, years of 50, 300 and 2,000 activities, books of 2,000 and 20,000 entries, and summaries of
50, 300 and 3,000 activities, each on a database of its own.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import clicks
from tests.bench.wire import Visitor
from unionboard.config import PROJECT_DIR

PAGES = ("", "plan", "timeline", "checkoffs", "fund", "summary", "settings")
WARM_UPS, ROUNDS = 5, 15
SIZES = (50, 300, 2000)
BOOKS = (2000, 20_000)
SUMMARIES = (50, 300, 3000)
TIMELINE_TARGET = {50: 5.0, 300: 5.0, 2000: 10.0}
RERUN_TARGET = {"": 3.0, "checkoffs": 3.0, "fund": 3.0, "summary": 3.0, "timeline": 5.0}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(script: str, env: dict[str, str]) -> Iterator[tuple[int, float]]:
    """A running server; yields its port and the seconds until it answered."""
    port = free_port()
    began = time.perf_counter()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), "--server.headless", "true"]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=PROJECT_DIR)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1)
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        yield port, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(20)


def median_ms(measure: Callable[[], float]) -> float:
    """Median of ``ROUNDS`` measurements in milliseconds after ``WARM_UPS``."""
    for _ in range(WARM_UPS):
        measure()
    return statistics.median(measure() for _ in range(ROUNDS))


def timed_ms(work: Callable[[], object]) -> Callable[[], float]:
    """A measurement of ``work`` in milliseconds."""

    def measure() -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    return measure


def row(name: str, value: float, unit: str, *, floor: float | None = None, target: float | None = None) -> dict[str, object]:
    """One line of the table; ``ratio`` is value to floor."""
    ratio = round(value / floor, 2) if floor else None
    return {"name": name, "value": round(value, 1), "unit": unit, "floor": floor and round(floor, 1), "ratio": ratio, "target": target}


def measure_all() -> Iterator[dict[str, object]]:
    """All rows: pages of the demo year, clicks, timelines of several sizes, and work without a server."""
    with data("unionboard", "demo") as env:
        with serve("tests/bench/empty_app.py", env) as (port, _):
            floor = measure_reruns(port)
            with clicks.open_page(f"http://127.0.0.1:{port}") as page:
                empty_click = median_ms(lambda: clicks.empty_click(page))
        yield row("empty page, rerun", floor, "ms")
        yield row("empty page, click", empty_click, "ms")
        with serve("app.py", env) as (port, start_s):
            yield row("start until it answers", start_s * 1000, "ms", target=2000)
            for name in PAGES:
                yield from measure_page(port, name, floor=floor, target=RERUN_TARGET.get(name))
            with clicks.open_page(f"http://127.0.0.1:{port}/checkoffs") as page:
                yield row("tick to repaint", median_ms(lambda: clicks.tick(page)), "ms", floor=empty_click, target=2)
            with clicks.open_page(f"http://127.0.0.1:{port}") as page:
                yield row(
                    "tick elsewhere to the board", median_ms(clicks.tick_elsewhere(page, f"http://127.0.0.1:{port}")), "ms", target=3000
                )
    for size in SIZES:
        with data("tests.bench.year", str(size)) as env, serve("app.py", env) as (port, _):
            yield from measure_page(port, "timeline", floor=floor, target=TIMELINE_TARGET[size], label=f"timeline of {size}")
            with clicks.open_page(f"http://127.0.0.1:{port}/timeline") as page:
                yield row(f"timeline of {size}, click to drawer", median_ms(lambda: clicks.open_drawer(page)), "ms", floor=empty_click)
    for size in BOOKS:
        with data("tests.bench.year", "50", str(size)) as env, serve("app.py", env) as (port, _):
            label = f"fund of {size:,}"
            yield from measure_page(port, "fund", floor=floor, target=6.0, label=label)
            yield from measure_page(port, "", floor=floor, target=6.0, label=f"board, fund of {size:,}")
            with clicks.open_page(f"http://127.0.0.1:{port}/fund") as page:
                yield row(f"{label}, search", median_ms(lambda: clicks.search_ledger(page)), "ms", floor=empty_click)
                yield row(f"{label}, line to drawer", median_ms(lambda: clicks.open_entry(page)), "ms", floor=empty_click)
            yield row(f"{label}, year-end report", measure_report(env), "ms")
    for size in SUMMARIES:
        with data("tests.bench.year", str(size), str(size)) as env:
            for what, ms in json.loads(run_apart("tests.bench.summary", env)).items():
                yield row(f"summary of {size:,}, {what}", ms, "ms", target=1000)
    yield from measure_work()


@contextmanager
def data(module: str, *arguments: str) -> Iterator[dict[str, str]]:
    """An environment with a database of its own, filled by ``python -m module``."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"UNIONBOARD_DATA_DIR": folder}
        env.pop("UNIONBOARD_DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", module, *arguments], env=env, check=True, stdout=subprocess.DEVNULL, cwd=PROJECT_DIR)
        yield env


def measure_reruns(port: int, page: str = "") -> float:
    """Milliseconds of a rerun in which nothing changed."""
    visitor = Visitor(port)
    value = median_ms(lambda: visitor.rerun(page).ms)
    visitor.close()
    return value


def measure_page(port: int, page: str, *, floor: float, target: float | None, label: str = "") -> Iterator[dict[str, object]]:
    """First run, bytes sent, and reruns of one page."""
    label = label or page or "board"
    visitor = Visitor(port)
    first = visitor.rerun(page)
    visitor.close()
    yield row(f"{label}, rerun", measure_reruns(port, page), "ms", floor=floor, target=target)
    yield row(f"{label}, first run", first.ms, "ms")
    yield row(f"{label}, sent", first.received_bytes / 1000, "kB")


def measure_report(env: dict[str, str]) -> float:
    """Milliseconds of making the year-end report of 2026, in a process of its own."""
    return float(run_apart("tests.bench.report", env))


def run_apart(module: str, env: dict[str, str]) -> str:
    """What ``python -m module`` prints."""
    done = subprocess.run([sys.executable, "-m", module], env=env, check=True, capture_output=True, text=True, cwd=PROJECT_DIR)
    return done.stdout


def measure_work() -> Iterator[dict[str, object]]:
    """Reading a plan, without server or database."""
    from unionboard.reading.files import read_file

    for suffix in ("txt", "docx", "xlsx"):
        path = Path(PROJECT_DIR / "data" / "samples" / f"plan-2026.{suffix}")
        data = path.read_bytes()
        ms = median_ms(timed_ms(lambda d=data, p=path: read_file(d, filename=p.name)))  # type: ignore[misc]
        yield row(f"reading the sample .{suffix}", ms, "ms", target=300)
    large = subprocess.run([sys.executable, "-m", "tests.bench.large"], check=True, capture_output=True, text=True, cwd=PROJECT_DIR)
    seconds, peak_mb = map(float, large.stdout.split())
    yield row("reading 5 MB of text", seconds, "s", target=3)
    yield row("reading 5 MB of text, peak memory", peak_mb, "MB", target=300)


def main() -> None:
    """Print the table and keep it."""
    rows = []
    print(f"{'what':<34}{'value':>10} {'unit':<5}{'floor':>8}{'ratio':>8}{'target':>8}")
    for line in measure_all():
        rows.append(line)
        cells = [line[key] if line[key] is not None else "" for key in ("floor", "ratio", "target")]
        print(f"{line['name']:<34}{line['value']:>10} {line['unit']:<5}{cells[0]:>8}{cells[1]:>8}{cells[2]:>8}", flush=True)
    out = PROJECT_DIR / "bench" / "results.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"rows": rows}, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
