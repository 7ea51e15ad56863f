"""Many unions in one database: the upper union's board over 120 and 1,000 of them, and one union's own board among theirs.

The floor of the pages is the empty page. The overview is read in this process, without what is kept between runs.
"""

from collections.abc import Iterator
from os import environ
from unittest.mock import patch

from tests.bench.pages import Year, measure_page
from tests.bench.rows import Row, figure, median_of, timed_ms
from tests.bench.server import data, serve
from tests.bench.year import TODAY
from unionboard.services.below import read_below
from unionboard.services.overview import read_overview
from unionboard.services.upward_sums import read_sums

COUNTS = (120, 1000)


def measure() -> Iterator[Row]:
    """The page, and what it reads."""
    for count in COUNTS:
        year = Year(("tests.bench.unions_year", str(count)), f"{count:,} unions")
        with data(*year.maker) as env:
            with serve(env) as server, serve(env) as bare:
                yield from measure_page(server, bare, "unions", year)
            yield from measure_reading(year, env)


def measure_reading(year: Year, env: dict[str, str]) -> Iterator[Row]:
    """All figures of all unions from the database, and the sums of what they handed in."""
    with patch.dict(environ, env), read_below() as session:
        yield figure(
            f"overview of {year.label}, read",
            median_of(timed_ms(lambda: read_overview(session, TODAY.year, today=TODAY)), rounds=5, warm_ups=1),
            "ms",
        )
        yield figure(
            f"figures handed in by {year.label}, summed",
            median_of(timed_ms(lambda: read_sums(session, TODAY.year)), rounds=5, warm_ups=1),
            "ms",
        )
