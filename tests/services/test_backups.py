"""Whether anything is lost, and copies of a live database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.makers import make_union
from unionboard import db
from unionboard.errors.entries import CannotWrite
from unionboard.models import Union
from unionboard.services.backups import back_up, inspect_data


def test_fresh_database_is_sound_and_has_no_copy(session: Session, data_dir: Path) -> None:
    health = inspect_data(session, backup_dir=data_dir / "backups")

    assert (health.is_sound, health.backups, health.last_backup_at_utc) == (True, 0, None)
    assert (health.place, health.size_bytes) == (str(data_dir / "unionboard.sqlite3"), (data_dir / "unionboard.sqlite3").stat().st_size)


def test_copy_holds_what_was_committed_and_is_found_again(engine: Engine, data_dir: Path) -> None:
    with db.writing() as session:
        make_union(session)

    path = back_up(engine, data_dir / "backups", label="by-hand")

    copy = db.open_engine(f"sqlite:///{path}")
    with db.reading(copy) as session:
        assert [union.name for union in session.exec(select(Union))] == ["青松小学工会"]
    copy.dispose()
    with db.reading() as session:
        health = inspect_data(session, backup_dir=data_dir / "backups")
    assert (health.backups, health.last_backup_at_utc) == (1, datetime.fromtimestamp(path.stat().st_mtime, tz=UTC))


def test_copy_can_be_made_while_somebody_writes(engine: Engine, data_dir: Path) -> None:
    with db.writing() as session:
        make_union(session)

        path = back_up(engine, data_dir, label="by-hand")

    copy = db.open_engine(f"sqlite:///{path}")
    with db.reading(copy) as session:
        assert session.exec(select(Union)).all() == []
    copy.dispose()


def test_two_copies_in_one_second_stand_beside_each_other(engine: Engine, data_dir: Path) -> None:
    assert back_up(engine, data_dir, label="by-hand") != back_up(engine, data_dir, label="by-hand")


def test_folder_that_cannot_be_made_is_refused(engine: Engine, data_dir: Path) -> None:
    (data_dir / "backups").write_text("a file where the folder should be")

    with pytest.raises(CannotWrite):
        back_up(engine, data_dir / "backups", label="by-hand")
