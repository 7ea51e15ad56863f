"""How often a page asks the database: as often for a large year as for a small one, and hardly ever when nothing changed."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from tests.bench.year import load_book, load_year
from tests.conftest import make_once
from unionboard import db

OpenPage = Callable[..., AppTest]
SMALL, LARGE = (10, 50), (300, 2000)
"""Activities of the plan, lines of the book."""
QUERIES = {
    "board": (30, 2),
    "timeline": (12, 2),
    "checkoffs": (8, 2),
    "fund": (45, 2),
    "summary": (5, 3),
    "plan": (14, 4),
    "papers": (23, 2),
    "settings": (11, 11),
}
"""Statements of a page's first run, when nothing of it is kept yet, and of a run after which nothing changed: who asks, and the moment."""


@contextmanager
def count_statements(engine: Engine) -> Iterator[list[str]]:
    """What is asked of ``engine`` meanwhile; that a transaction begins asks nothing."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(params=[SMALL, LARGE], ids=["small", "large"])
def year(request: pytest.FixtureRequest, data_dir: Path, migrated_file: Path, common_dir: Path, engine: Engine) -> Engine:
    """A year of either size in this test's own folder."""
    activities, entries = request.param

    def make(path: Path) -> None:
        shutil.copy(migrated_file, path)
        making = db.open_engine(f"sqlite:///{path}")
        with db.writing(making) as session:
            load_year(session, activities)
            load_book(session, entries)
        making.dispose()

    shutil.copy(make_once(common_dir / f"year-of-{activities}.sqlite3", make), data_dir / "unionboard.sqlite3")
    return engine


@pytest.mark.parametrize("page", QUERIES)
def test_a_page_asks_as_little_of_a_large_year_as_of_a_small_one(year: Engine, open_page: OpenPage, page: str) -> None:
    with count_statements(year) as first:
        at = open_page()
    if page != "board":
        with count_statements(year) as first:
            at.switch_page(f"pages/{page}.py").run()
    with count_statements(year) as again:
        at.run()

    assert (len(first), len(again)) == QUERIES[page]
