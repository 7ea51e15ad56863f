"""``make bench``: what the program costs, each figure beside its floor or its rival, in one run.

Prints one table and writes ``bench/results.json`` (``{"rows": [{"name", "value", "unit", "floor", "ratio", "target"}]}``) and the same
table as ``bench/results.md``; docs/performance.md explains the rows. ``python -m tests.bench --only pages,timeline`` prints those subjects
and keeps nothing. A subject that fails says why and the others go on; the exit code is 1 then.
"""

import argparse
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator

from tests.bench import browser, pages, postgres, rivals, sessions, start, unions, work
from tests.bench.profiles import keep_slowest
from tests.bench.rows import HEAD, HURRY, NotHere, Row, as_json, cells, line, markdown
from unionboard.config import PROJECT_DIR

SUBJECTS: dict[str, Callable[[], Iterable[Row]]] = {
    "pages": pages.measure_demo,
    "sizes": pages.measure_sizes,
    "sessions": sessions.measure,
    "start": start.measure,
    "browser": browser.measure_demo,
    "browser-large": browser.measure_large,
    "cold": browser.measure_cold,
    "postgres": postgres.measure,
    "unions": unions.measure,
    "rivals": rivals.measure,
    "work": work.measure,
}
OUT = PROJECT_DIR / "bench"


def run(names: Iterable[str], failed: list[str]) -> Iterator[Row]:
    """The rows of the subjects, each as soon as it is known; ``failed`` takes the names of those that ended early."""
    for name in names:
        print(f"-- {name}", flush=True)
        began = time.perf_counter()
        try:
            yield from SUBJECTS[name]()
        except NotHere as missing:
            print(f"!! {name}: left out: {missing}", file=sys.stderr, flush=True)
        except Exception as error:  # whatever it was: the other subjects are worth having
            failed.append(name)
            print(f"!! {name}: {error}", file=sys.stderr, flush=True)
            traceback.print_exc(limit=-3)
        print(f"-- {name}: {time.perf_counter() - began:.0f} s", flush=True)


def main() -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", help=f"subjects, with commas between: {', '.join(SUBJECTS)}; prints, and keeps nothing")
    parser.add_argument("--hurry", action="store_true", help="each measurement once: whether it can be taken, not how fast it is")
    asked = parser.parse_args()
    if asked.hurry:
        os.environ[HURRY] = "1"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended
    names = asked.only.split(",") if asked.only else list(SUBJECTS)
    if unknown := set(names) - set(SUBJECTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(SUBJECTS)}")
    rows: list[Row] = []
    failed: list[str] = []
    began = time.perf_counter()
    print(line(HEAD))
    for row in run(names, failed):
        rows.append(row)
        print(line(cells(row), miss=row.is_miss), flush=True)
    misses = [row.name for row in rows if row.is_miss]
    print(f"{time.perf_counter() - began:.0f} s, {len(rows)} rows, {len(misses)} above target{': ' + '; '.join(misses) if misses else ''}")
    if not asked.only and not asked.hurry:
        OUT.mkdir(exist_ok=True)
        (OUT / "results.json").write_text(json.dumps(as_json(rows), ensure_ascii=False, indent=1), encoding="utf-8")
        (OUT / "results.md").write_text(markdown(rows), encoding="utf-8")
        keep_slowest(rows, OUT / "profiles")
    if failed:
        print(f"not measured to the end: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
