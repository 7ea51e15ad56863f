"""``make bench``: reruns of every page through a real websocket against an empty page of a like server, reading, drafting and Word.

Prints one table and writes ``bench/results.json``: ``{"rows": [{"name", "value", "unit", "floor", "ratio", "target"}]}``.
Medians of 15 after 5 warm-ups; the demo year on a database of its own.
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

from tests.bench.wire import Visitor
from unionboard.config import PROJECT_DIR

PAGES = ("", "plan", "timeline", "checkoffs", "fund", "summary", "settings")
WARM_UPS, ROUNDS = 5, 15
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
    """All rows, servers first."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"UNIONBOARD_DATA_DIR": folder}
        env.pop("UNIONBOARD_DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", "unionboard", "demo"], env=env, check=True, stdout=subprocess.DEVNULL, cwd=PROJECT_DIR)
        with serve("tests/bench/empty_app.py", env) as (port, _):
            visitor = Visitor(port)
            floor = median_ms(lambda: visitor.rerun().ms)
            visitor.close()
        yield row("empty page, rerun", floor, "ms")
        with serve("app.py", env) as (port, start_s):
            yield row("start until it answers", start_s * 1000, "ms", target=2000)
            for page in PAGES:
                visitor = Visitor(port)
                first = visitor.rerun(page)
                value = median_ms(lambda page=page, visitor=visitor: visitor.rerun(page).ms)  # type: ignore[misc]
                yield row(f"{page or 'board'}, rerun", value, "ms", floor=floor, target=RERUN_TARGET.get(page))
                yield row(f"{page or 'board'}, first run", first.ms, "ms")
                yield row(f"{page or 'board'}, sent", first.received_bytes / 1000, "kB")
                visitor.close()
    yield from measure_work()


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
