"""How connections to SQLite are set, and that writers queue up."""

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from tests.makers import NOW, make_union
from tests.postgres import Server
from unionboard import db
from unionboard.cluster.postgres import OWNER
from unionboard.errors.database import DatabaseGone, DatabaseReplaced, ServerAway
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole, CheckOff, FundYear
from unionboard.services import unions
from unionboard.services.condition import explain
from unionboard.services.guard import Actor

EXPECTED = {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "busy_timeout": 20_000}


@pytest.mark.sqlite
@pytest.mark.parametrize("pragma", EXPECTED)
def test_every_connection_has_our_settings(engine: Engine, pragma: str) -> None:
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == EXPECTED[pragma]


@pytest.mark.sqlite
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


@pytest.mark.sqlite
def test_writing_takes_its_place_at_the_first_statement(engine: Engine, data_dir: Path) -> None:
    other = sqlite3.connect(data_dir / "unionboard.sqlite3", timeout=0)
    with db.writing() as session:
        unions.find_union(session)  # only looks

        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()


@pytest.mark.sqlite
def test_writer_who_waits_too_long_is_told(impatient: None, data_dir: Path) -> None:
    holder = sqlite3.connect(data_dir / "unionboard.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(OperationalError, match="database is locked"), db.writing() as session:
        unions.find_union(session)
    holder.close()


def put_another(file: Path, year: int) -> None:
    """As a restore does: another database in the place of the one that is open."""
    other = file.with_name("other.sqlite3")
    shutil.copy(file, other)
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("UPDATE fund_year SET year = ?", (year,))
    file.rename(file.with_name("old.sqlite3"))
    other.rename(file)


def years(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        return [year for (year,) in connection.execute("SELECT year FROM fund_year ORDER BY year")]


@pytest.mark.sqlite
def test_file_that_was_replaced_is_the_one_that_is_read_and_written_from_then_on(engine: Engine, data_dir: Path) -> None:
    with db.writing() as session:
        session.add(FundYear(year=2025))

    put_another(data_dir / "unionboard.sqlite3", 2030)

    with db.writing() as session:
        assert session.execute(text("SELECT year FROM fund_year")).scalars().all() == [2030]
        session.add(FundYear(year=2031))
    assert years(data_dir / "unionboard.sqlite3") == [2030, 2031]
    assert years(data_dir / "old.sqlite3") == [2025]


@pytest.mark.sqlite
def test_writer_who_waited_while_the_file_was_replaced_is_refused_and_writes_nowhere(engine: Engine, data_dir: Path) -> None:
    file, old, new = (data_dir / name for name in ("unionboard.sqlite3", "old.sqlite3", "new.sqlite3"))
    shutil.copy(file, new)
    with db.reading() as session:
        assert unions.find_union(session) is None  # from now on there is a connection to take again
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    refused: list[type[BaseException]] = []

    def write() -> None:
        try:
            with db.writing() as session:
                session.add(FundYear(year=2026))
        except DatabaseReplaced as error:
            refused.append(type(error))

    waiting = threading.Thread(target=write)
    waiting.start()
    while engine.pool.checkedout() == 0:  # type: ignore[attr-defined]
        time.sleep(0.005)
    time.sleep(0.1)  # until it waits at BEGIN IMMEDIATE
    file.rename(old)
    new.rename(file)
    holder.close()
    waiting.join()

    assert refused == [DatabaseReplaced]
    assert years(file) == years(old) == []
    with db.writing() as session:
        session.add(FundYear(year=2027))
    assert years(file) == [2027]


@pytest.mark.sqlite
def test_file_that_was_taken_away_is_told_and_not_made_anew(engine: Engine, data_dir: Path) -> None:
    with db.writing() as session:
        session.add(FundYear(year=2026))
    (data_dir / "unionboard.sqlite3").rename(data_dir / "away.sqlite3")

    with pytest.raises(DatabaseGone), db.writing() as session:
        session.add(FundYear(year=2027))

    assert not (data_dir / "unionboard.sqlite3").exists()


def test_broken_reference_is_refused(session: Session) -> None:
    session.add(CheckOff(activity_id=99, done_on=date(2026, 5, 8), who="chair", created_at_utc=NOW))

    with pytest.raises(IntegrityError, match=r"(?i)foreign key constraint"):
        session.flush()


def test_work_for_somebody_is_done_with_their_rights_outside_a_page_too(engine: Engine) -> None:
    viewer = Actor(name="大屏", roles=frozenset({AccountRole.VIEWER}))

    with pytest.raises(NotYours), db.acting(viewer), db.writing(engine) as session:
        make_union(session)

    with db.writing(engine) as session:  # afterwards it is the program again
        make_union(session)


@pytest.mark.postgresql
def test_connection_that_the_server_closed_is_opened_anew(engine: Engine, server: Server) -> None:
    with db.reading() as session:
        unions.find_union(session)  # from now on there is a connection to take again
    with server.connect() as keeper:
        theirs = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = %s"
        keeper.execute(theirs, (engine.url.database, OWNER))

    with db.reading() as session:
        assert unions.find_union(session) is None


def test_server_that_is_away_is_told(data_dir: Path) -> None:
    engine = db.open_engine("postgresql+psycopg://unionboard@127.0.0.1:9/unionboard")

    with pytest.raises(OperationalError) as failed, engine.connect():
        pass

    assert isinstance(explain(failed.value), ServerAway)
    engine.dispose()
