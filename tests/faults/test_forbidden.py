"""A file that may not be written, or that another program holds: pages are drawn where they can be, nothing is half-written."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from tests.conftest import Run
from tests.faults.rights import read_only
from tests.makers import NOW
from unionboard import db, soundness
from unionboard.errors import Refusal
from unionboard.errors.database import DatabaseBusy, DataReadOnly
from unionboard.services import condition, unions
from unionboard.services.condition import Trouble
from unionboard.services.evidence import keep_file


def _write() -> None:
    with db.writing() as session:
        unions.add_member(session, name="罗文静", who="chair", now_utc=NOW)


def _explain(act: Callable[[], object]) -> Refusal | None:
    with pytest.raises((OperationalError, Refusal, OSError)) as refused:
        act()
    return condition.explain(refused.value)


@pytest.fixture
def forbidden(demo: Engine, data_dir: Path) -> Iterator[Path]:
    """The demo year in a folder that may only be read."""
    demo.dispose()
    with read_only(data_dir):
        yield data_dir
        demo.dispose()


def test_read_only_file_is_told_at_the_start_and_read(forbidden: Path) -> None:
    found = condition.open_data()

    assert (found.trouble, found.is_open) == (Trouble.READ_ONLY, True)


def test_write_to_a_read_only_file_is_refused_with_a_sentence(forbidden: Path) -> None:
    assert isinstance(_explain(_write), DataReadOnly)


def test_paper_for_a_read_only_folder_is_refused_with_a_sentence(forbidden: Path) -> None:
    refusal = _explain(lambda: keep_file(b"%PDF-1.4", "notice.pdf", folder=forbidden / "evidence"))

    assert refusal is not None
    assert refusal.sentence.startswith("The file “{path}” cannot be written.")


def test_page_from_a_read_only_file_is_drawn_and_says_so(open_page: Callable[..., AppTest], forbidden: Path) -> None:
    at = open_page(lang="zh_CN")

    assert [warning.value.startswith("数据只能看，不能写。") for warning in at.warning] == [True]


def test_commands_read_a_read_only_file_and_refuse_to_write(run: Run, forbidden: Path) -> None:
    assert run("activities", "--year", "2026", "--json")[0] == 0

    code, out, err = run("check-off", "1", "--on", "2026-11-20")

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "数据只能看，不能写" in err


def test_writing_goes_on_when_it_is_allowed_again(demo: Engine, data_dir: Path) -> None:
    demo.dispose()
    with read_only(data_dir):
        _explain(_write)
        demo.dispose()

    _write()

    assert condition.look().trouble is None


@pytest.fixture
def held(impatient: None, demo: Engine, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Another program holds the file altogether."""
    monkeypatch.setattr(soundness, "PATIENCE_S", 0.05)
    demo.dispose()
    with closing(sqlite3.connect(data_dir / "unionboard.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other
        other.execute("ROLLBACK")


def test_file_that_another_program_holds_is_told_and_taken_up_when_free(held: sqlite3.Connection) -> None:
    assert condition.open_data().trouble is Trouble.LOCKED

    held.execute("ROLLBACK")
    assert condition.look().trouble is None
    held.execute("BEGIN")


def test_write_to_a_held_file_is_refused_with_a_sentence(held: sqlite3.Connection) -> None:
    assert isinstance(_explain(_write), DatabaseBusy)


def test_page_of_a_held_file_says_so(open_page: Callable[..., AppTest], held: sqlite3.Connection) -> None:
    condition.open_data()

    at = open_page(lang="zh_CN")

    assert [error.value for error in at.error] == ["另一个程序正占用数据文件（也许是同步或备份软件）。请把它关掉，再试一次。"]
