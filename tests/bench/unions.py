"""Many unions in one database: the upper union's board over 120 and 1,000 of them, and one union's own board among theirs.

Here come ``measure_page`` of the upper union's page and of the board, with ``Year(("tests.bench.unions_year", "120"), "120 unions")`` and
the like as their years; the floor is the empty page, and one union's board beside that of the demo year.
"""

from collections.abc import Iterator

from tests.bench.rows import Row

COUNTS = (120, 1000)


def measure() -> Iterator[Row]:
    yield from ()
