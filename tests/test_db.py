"""How connections to SQLite are set, and that writers queue up."""

import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from tests.makers import NOW
from unionboard import db
from unionboard.models import CheckOff, FundYear
from unionboard.services import unions

EXPECTED = {"journal_mode": "delete", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


@pytest.mark.parametrize("pragma", EXPECTED)
def test_every_connection_has_our_settings(engine: Engine, pragma: str) -> None:
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == EXPECTED[pragma]


def test_folder_of_the_database_is_made(tmp_path: Path) -> None:
    engine = db.open_engine(f"sqlite:///{tmp_path}/deep/down/unionboard.sqlite3")
    engine.dispose()

    assert (tmp_path / "deep" / "down").is_dir()


def test_error_does_not_tell_what_was_to_be_written(engine: Engine) -> None:
    with pytest.raises(IntegrityError) as failed, db.writing(engine) as session:
        session.execute(text("INSERT INTO member (name) VALUES (:name)"), {"name": "何敏"})

    assert "何敏" not in str(failed.value)


def test_writing_commits_when_the_block_ends(engine: Engine) -> None:
    with db.writing() as session:
        session.add(FundYear(year=2026))

    with db.reading() as session:
        assert session.execute(text("SELECT year FROM fund_year")).scalars().all() == [2026]


def test_writing_leaves_nothing_behind_when_it_fails(engine: Engine) -> None:
    def fail() -> None:
        with db.writing() as session:
            session.add(FundYear(year=2026))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    with db.reading() as session:
        assert session.execute(text("SELECT year FROM fund_year")).scalars().all() == []


def test_reading_stores_nothing(engine: Engine) -> None:
    with db.reading() as session:
        session.add(FundYear(year=2026))
        session.flush()

    with db.reading() as session:
        assert session.execute(text("SELECT year FROM fund_year")).scalars().all() == []


def test_two_writers_queue_up_and_no_increment_is_lost(engine: Engine) -> None:
    with db.writing() as session:
        session.add(FundYear(year=2026, opening_fen=0))

    def add_often() -> None:
        for _ in range(15):
            with db.writing() as session:
                now = session.execute(text("SELECT opening_fen FROM fund_year")).scalar_one()
                session.execute(text("UPDATE fund_year SET opening_fen = :fen"), {"fen": now + 1})

    writers = [threading.Thread(target=add_often) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with db.reading() as session:
        assert session.execute(text("SELECT opening_fen FROM fund_year")).scalar_one() == 30


def test_writing_takes_its_place_at_the_first_statement(engine: Engine, data_dir: Path) -> None:
    other = sqlite3.connect(data_dir / "unionboard.sqlite3", timeout=0)
    with db.writing() as session:
        unions.find_union(session)  # only looks

        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()


def test_writer_who_waits_too_long_is_told(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 20)
    impatient = db.open_engine(f"sqlite:///{data_dir}/unionboard.sqlite3")
    holder = sqlite3.connect(data_dir / "unionboard.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(OperationalError, match="database is locked"), db.writing(impatient) as session:
        unions.find_union(session)
    holder.close()
    impatient.dispose()


def test_broken_reference_is_refused(session: Session) -> None:
    session.add(CheckOff(activity_id=99, done_on=date(2026, 5, 8), who="chair", created_at_utc=NOW))

    with pytest.raises(IntegrityError, match="FOREIGN KEY constraint failed"):
        session.flush()
