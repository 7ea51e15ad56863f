"""The demo year goes back to every version that was released, and comes up again as it was."""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from tests.conftest import TODAY
from unionboard import db
from unionboard.config import read_config
from unionboard.services import activities, ledger
from unionboard.services.chain_check import find_chain_faults
from unionboard.services.migrations import MIGRATIONS_DIR, alembic_config, bring_up_to_date, stored_revision
from unionboard.services.verification import verify_books

RELEASED = [one.revision for one in reversed(list(ScriptDirectory(str(MIGRATIONS_DIR)).walk_revisions()))][:-1]
NEW_EACH_TIME = {"sha256", "key_id"}
"""The chain is made anew over what is left; a text is sealed differently each time."""
KNOWS_ALL = RELEASED[3:]
"""Going back to older ones loses columns whose values the change log still tells, and verifying finds just that."""
SEALED = {"recipient", "goods", "visitors", "paper_seen"}
Tables = dict[str, list[dict[str, Any]]]


def _read(path: Path) -> Tables:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {name: [_plain(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY 1')] for name in names}


def _plain(row: sqlite3.Row) -> dict[str, Any]:
    return {name: told for name, told in dict(row).items() if name not in NEW_EACH_TIME | SEALED}


@pytest.fixture(scope="module")
def older(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The demo year as each released version would have it: it goes back step by step, once for all."""
    folder = tmp_path_factory.mktemp("older")
    shutil.copy(demo_file, folder / "now.sqlite3")
    engine = db.open_engine(f"sqlite:///{folder / 'now.sqlite3'}")
    for revision in reversed(RELEASED):
        _go_back(engine, revision)
        shutil.copy(folder / "now.sqlite3", folder / f"{revision}.sqlite3")
    return {revision: folder / f"{revision}.sqlite3" for revision in RELEASED}


@pytest.fixture
def path(data_dir: Path) -> Path:
    return data_dir / "unionboard.sqlite3"


def _go_back(engine: Engine, revision: str) -> None:
    command.downgrade(alembic_config(engine), revision)
    engine.dispose()


def _agree(then: Tables, now: Tables) -> bool:
    """Whether all that the older version had is there, as far as both have a column for it. The log may have gone on."""
    return all(_of_columns(now[name], rows) == _of_columns(rows, now[name]) for name, rows in then.items() if name != "alembic_version")


def _of_columns(rows: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    columns = others[0].keys() if others else ()
    return [{name: row[name] for name in columns if name in row} for row in rows[: len(others)]]


@pytest.mark.parametrize("revision", RELEASED)
def test_year_comes_back_from_a_released_version(demo: Engine, path: Path, older: Mapping[str, Path], revision: str) -> None:
    shown = _look(demo)
    demo.dispose()
    shutil.copy(older[revision], path)
    then = _read(path)

    bring_up_to_date(demo)

    assert stored_revision(demo) == ScriptDirectory(str(MIGRATIONS_DIR)).get_current_head()
    assert _look(demo) == shown
    with db.reading(demo) as session:
        assert list(find_chain_faults(session)) == []
        if revision in KNOWS_ALL:
            assert verify_books(session, evidence_folder=read_config().evidence_dir) == ()
    demo.dispose()
    assert _agree(then, _read(path))


def test_year_goes_back_again_through_every_version(demo: Engine, path: Path, older: Mapping[str, Path]) -> None:
    demo.dispose()
    shutil.copy(older[RELEASED[-1]], path)
    bring_up_to_date(demo)

    for revision in reversed(RELEASED):
        _go_back(demo, revision)
        then = _read(older[revision])
        assert _agree(then, _read(path))
        assert _read(path).keys() == then.keys()


def _look(engine: Engine) -> tuple[list[Any], list[Any]]:
    """What people see of the year: activities with their days and state, the book line by line."""
    with db.reading(engine) as session:
        views = activities.list_activities(session, 1, today=TODAY)
        lines = ledger.list_entries(session, 2026)
    shown = [(one.id, one.title, one.starts_on, one.ends_on, one.status) for one in views]
    return shown, [(line.voucher, line.booked_on, line.in_fen, line.out_fen, line.balance_fen) for line in lines]
