"""One page under the glass, for whoever works on it: its rows, and where its time goes.

``python -m tests.bench.page fund --activities 50 --entries 20000 --profile``; without sizes it is the demo year. Nothing is kept.
"""

import argparse

from tests.bench.pages import DEMO, PAGES, Year, both, measure_empty, measure_page, measure_ticks
from tests.bench.profiles import profile
from tests.bench.rows import HEAD, cells, line


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.page", description=__doc__)
    parser.add_argument("page", choices=PAGES)
    parser.add_argument("--activities", type=int, default=0)
    parser.add_argument("--entries", type=int, default=0)
    parser.add_argument("--tick", action="store_true", help="the timeline and the board right after a tick as well")
    parser.add_argument("--profile", action="store_true", help="print where the time of ten reruns goes")
    asked = parser.parse_args()
    sizes = str(asked.activities), str(asked.entries)
    year = Year(("tests.bench.year", *sizes), "/".join(sizes)) if asked.activities or asked.entries else DEMO
    with both(year.maker) as (server, bare):
        print(line(HEAD))
        for row in measure_page(server, bare, asked.page, year, details=True):
            print(line(cells(row)))
        print(line(cells(measure_empty(server, bare))))
        for row in measure_ticks(server, bare, year) if asked.tick else ():
            print(line(cells(row)))
    if asked.profile:
        print(profile(year, asked.page))


if __name__ == "__main__":
    main()
