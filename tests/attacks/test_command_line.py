"""Arguments nobody types: too long, cut in halves, of other alphabets, made for a shell or a database."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Engine

from tests.attacks.payloads import MARKUP, SQL, TRAVERSALS
from tests.conftest import Run

TEN_MB = "长" * 10_000_000


def count_entries(engine: Engine) -> int:
    """Lines in the ledger."""
    with closing(sqlite3.connect(engine.url.database or "")) as connection:
        return int(connection.execute("SELECT count(*) FROM fund_entry").fetchone()[0])


@pytest.mark.parametrize(
    "command",
    [
        ("spend", "--on", "2026-11-20", "--item", "culture_sports", "--yuan", "1", "--purpose", TEN_MB),
        ("spend", "--on", "2026-11-20", "--item", TEN_MB, "--yuan", "1", "--purpose", "球"),
        ("spend", "--on", TEN_MB, "--item", "culture_sports", "--yuan", "1", "--purpose", "球"),
        ("spend", "--on", "2026-11-20", "--item", "culture_sports", "--yuan", "9" * 10_000_000, "--purpose", "球"),
        ("check-off", TEN_MB),
        ("fund", "--year", "9" * 5000),
        ("parse", TEN_MB),
        ("parse", "\udcff\udcfe"),
        ("summary", "--year", "2026", "--template", TEN_MB),
        ("trash", "restore", TEN_MB),
        ("user", "disable", TEN_MB[:1_000_000]),
    ],
    ids=["purpose", "item", "day", "sum", "activity", "year", "file", "no text", "template", "trash", "name"],
)
def test_argument_without_end_is_refused_in_a_sentence(demo: Engine, run: Run, command: tuple[str, ...]) -> None:
    before = count_entries(demo)

    code, _, err = run(*command)

    assert code in (1, 2)
    assert "Traceback" not in err
    assert "程序出现意外错误" not in err
    assert count_entries(demo) == before


@pytest.mark.parametrize("words", [*SQL, *TRAVERSALS[:3], MARKUP[:300], "'$(reboot)`reboot`;|&"])
def test_words_for_a_shell_or_a_database_are_words(demo: Engine, run: Run, words: str) -> None:
    before = count_entries(demo)

    code, _, _ = run("spend", "--on", "2026-11-20", "--item", "culture_sports", "--yuan", "1.50", "--purpose", words)

    assert (code, count_entries(demo)) == (0, before + 1)
    with closing(sqlite3.connect(demo.url.database or "")) as connection:
        assert connection.execute("SELECT purpose FROM fund_entry ORDER BY id DESC LIMIT 1").fetchone() == (words.strip(),)
