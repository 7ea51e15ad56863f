"""A union whose every word is an attack, on every page: people's words are shown letter for letter, whatever they say."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.attacks.hostile import spoil_file
from tests.attacks.payloads import MARKUP, SQL
from tests.attacks.screen import count_spoilt, find_markup
from unionboard import db
from unionboard.services.ledger import find_entries

OpenPage = Callable[..., AppTest]
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("board", {}),
    ("board", {"screen": "big"}),
    ("board", {"activity": "1"}),
    ("plan", {}),
    ("timeline", {}),
    ("checkoffs", {}),
    ("checkoffs", {"show": "coverage"}),
    ("fund", {}),
    ("fund", {"view": "claims"}),
    ("fund", {"view": "budget"}),
    ("fund", {"view": "care"}),
    ("fund", {"view": "rules"}),
    ("summary", {}),
    ("settings", {}),
    ("settings", {"tab": "trash"}),
    ("settings", {"tab": "history"}),
    ("meeting", {}),
)
DRAWERS = (("facts", 5), ("correction", 5), ("claim", 3), ("visit_facts", 1), ("handout", 1), ("items", None), ("rule", 1))


@pytest.fixture(scope="session")
def hostile_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo year with markup behind every text, made once."""
    path = tmp_path_factory.mktemp("hostile") / "unionboard.sqlite3"
    shutil.copy(demo_file, path)
    assert spoil_file(path) > 2000
    return path


@pytest.fixture
def hostile(data_dir: Path, hostile_file: Path, engine: Engine) -> Path:
    """That year in this test's own folder."""
    return Path(shutil.copy(hostile_file, data_dir / "unionboard.sqlite3"))


@pytest.mark.parametrize(("page", "query"), PAGES, ids=[f"{page} {'&'.join(query.values())}" for page, query in PAGES])
def test_page_shows_words_and_runs_nothing(hostile: Path, open_page: OpenPage, page: str, query: dict[str, str]) -> None:
    at = open_page(page, **query)

    assert find_markup(at) == []
    assert count_spoilt(at) > 0 or page == "settings"


@pytest.mark.parametrize("drawer", DRAWERS, ids=[name for name, _ in DRAWERS])
def test_drawer_of_the_fund_shows_words_and_runs_nothing(hostile: Path, open_page: OpenPage, drawer: tuple[str, int | None]) -> None:
    with closing(sqlite3.connect(hostile)) as connection:
        (somebody,) = connection.execute("SELECT name FROM member WHERE duty LIKE '主席%'").fetchone()
    at = open_page("fund")
    at.session_state["acting_name"], at.session_state["open_drawer"] = somebody, drawer
    at.run()

    assert not at.exception
    assert find_markup(at) == []


def test_finder_sees_what_is_not_escaped() -> None:
    """The test of the test: each kind of place, once with and once without the helper."""

    def page() -> None:
        import streamlit as st

        from tests.attacks.payloads import MARKUP
        from unionboard.ui.text import escape

        for words in (MARKUP, escape(MARKUP)):
            st.markdown(words)
            st.button(words, help=words)
            st.expander(words).metric(words, words)
            st.toast(words)
            st.text(MARKUP)

    at = AppTest.from_function(page).run()

    assert [place.partition(":")[0] for place in find_markup(at)].count("Button.label") == 1
    assert {place.partition(":")[0] for place in find_markup(at)} >= {"Markdown.body", "Button.help", "Expandable.label", "Metric.label"}


@pytest.mark.parametrize("words", [*SQL, MARKUP, "长" * 100_000, "长 " * 10_000])
def test_search_of_the_ledger_takes_words_for_words(demo: Engine, words: str) -> None:
    with db.reading() as session:
        whole = find_entries(session, 2026)
        found = find_entries(session, 2026, words=words)

    assert whole.total == 67
    assert found.total == (3 if words == "%" else 0)  # an item's name says 60%


def test_boxes_of_the_pages_take_words_for_words(demo: Engine, open_page: OpenPage) -> None:
    words = " ".join([*SQL, MARKUP, "长" * 100_000])
    timeline, fund = open_page("timeline", find=MARKUP), open_page("fund")
    for box in fund.text_input:
        box.set_value(words)
    fund.run()

    assert (len(timeline.exception), len(fund.exception)) == (0, 0)
    assert find_markup(timeline) == find_markup(fund) == []
