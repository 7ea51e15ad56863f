"""A damaged or lost file is told at once, at the start and while the program runs; nothing is written to it, and a backup is offered."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY, Run
from tests.faults.damage import DAMAGES, LOSSES, Damage, cut_off, delete, overwrite_header, tear_page
from tests.makers import NOW
from unionboard import db
from unionboard.config import read_config
from unionboard.errors.database import DatabaseDamaged, DatabaseGone
from unionboard.services import activities, condition, plans, unions
from unionboard.services.backups import make_backup
from unionboard.services.condition import Trouble

FILE = "unionboard.sqlite3"
ALL = pytest.mark.parametrize("damage", DAMAGES + LOSSES, ids=lambda damage: str(damage.__name__))


@pytest.fixture
def kept(demo: Engine, data_dir: Path) -> Path:
    """The demo year's file beside other data of the union, no connection open to it."""
    demo.dispose()
    (data_dir / "evidence").mkdir()
    (data_dir / "evidence" / "notice.txt").write_text("通知")
    return data_dir / FILE


@pytest.fixture
def running(kept: Path, demo: Engine) -> Path:
    """The same while the program runs: it has read and written."""
    with db.writing() as session:
        _rename(session, "青松小学工会")
    return kept


def _rename(session: Session, name: str) -> None:
    union = unions.ensure_union(session, who="chair", now_utc=NOW)
    unions.save_union(session, union.id or 0, version=union.version, name=f"{name}委员会", who="chair", now_utc=NOW)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


@ALL
def test_damage_is_told_at_the_start_and_the_file_is_left_alone(kept: Path, damage: Damage) -> None:
    damage(kept)
    broken = _content(kept)

    found = condition.open_data()

    assert found.trouble is (Trouble.DAMAGED if damage in DAMAGES else Trouble.GONE)
    assert _content(kept) == broken


@ALL
def test_nothing_is_written_to_a_file_that_was_damaged_meanwhile(running: Path, damage: Damage) -> None:
    damage(running)
    broken = _content(running)

    with pytest.raises((DatabaseDamaged, DatabaseGone, DatabaseError)) as refused, db.writing() as session:
        _rename(session, "青松")

    assert type(condition.explain(refused.value)) is (DatabaseDamaged if damage in DAMAGES else DatabaseGone)
    assert _content(running) == broken


@ALL
def test_page_says_so_instead_of_being_drawn(open_page: Callable[..., AppTest], running: Path, damage: Damage) -> None:
    damage(running)
    broken = _content(running)

    at = open_page(lang="zh_CN")

    word = "已损坏" if damage in DAMAGES else "不见了或是空的"
    assert [word in error.value for error in at.error] == [True]
    assert [header.value for header in at.header] == ["数据打不开"]
    assert _content(running) == broken


@ALL
def test_command_says_so_in_one_sentence(run: Run, kept: Path, damage: Damage) -> None:
    damage(kept)
    broken = _content(kept)

    code, out, err = run("check-off", "1", "--on", "2026-11-20")

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert ("已损坏" if damage in DAMAGES else "不见了或是空的") in err
    assert _content(kept) == broken


def test_damage_met_while_reading_ends_writing_too(running: Path) -> None:
    path = running
    with db.writing() as session:  # the last write of ours: from here on the file is known to be as it is
        _rename(session, "青松")
    db.current_engine().dispose()
    times = path.stat()
    tear_page(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # nothing to be seen from outside

    with pytest.raises(DatabaseError), db.reading() as session:
        activities.list_activities(session, 1, today=TODAY)

    with pytest.raises(DatabaseDamaged), db.writing() as session:
        _rename(session, "青松小学")


def test_file_changed_by_another_process_is_checked_and_written_on_when_sound(running: Path) -> None:

    with closing(sqlite3.connect(running)) as other:
        other.execute("UPDATE \"union\" SET name = '另一程序写的'")
        other.commit()

    with db.writing() as session:
        _rename(session, "青松")

    with db.reading() as session:
        union = unions.find_union(session)
        assert union is not None
        assert union.name == "青松委员会"


def test_empty_folder_is_a_new_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(tmp_path / "new"))

    assert condition.open_data().trouble is None


@pytest.mark.parametrize("damage", [overwrite_header, cut_off, delete], ids=lambda damage: str(damage.__name__))
def test_sound_file_put_back_is_taken_up_at_once(running: Path, damage: Damage) -> None:
    sound = running.read_bytes()
    damage(running)
    assert not condition.look().is_open
    running.write_bytes(sound)

    assert condition.open_data().trouble is None

    with db.writing() as session:
        _rename(session, "青松")


def test_beginning_anew_is_a_decision(open_page: Callable[..., AppTest], running: Path) -> None:
    running.unlink()
    at = open_page()

    at.button(key="rescue_anew").click().run()

    assert not at.exception
    assert [header.value for header in at.header if header.value == "数据打不开"] == []
    with db.reading() as session:
        assert plans.list_plans(session) == []


def test_page_left_standing_goes_back_to_no_backup_once_the_data_are_whole(open_page: Callable[..., AppTest], running: Path) -> None:
    make_backup(db.current_engine(), folder=read_config().backup_dir, label="daily", now_utc=NOW)
    with db.writing() as session:
        _rename(session, "青松")
    sound = running.read_bytes()
    cut_off(running)
    at = open_page()
    running.write_bytes(sound)

    at.button(key="rescue_restore").click().run()

    with db.reading() as session:
        union = unions.find_union(session)
    assert union is not None
    assert union.name == "青松委员会"
