"""The database is brought up to date without losing anything."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from unionboard import db
from unionboard.errors.database import DatabaseTooNew
from unionboard.models import FundYear, metadata
from unionboard.services import migrations
from unionboard.services.backup_checks import check_backup
from unionboard.services.backup_files import list_backups
from unionboard.services.migrations import alembic_config, bring_up_to_date, stored_revision

pytestmark = pytest.mark.sqlite  # revisions that are made up and taken back, and the backups before them


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A database file that does not exist yet."""
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(tmp_path))
    engine = db.open_engine(f"sqlite:///{tmp_path}/fresh.sqlite3")
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_empty_database_gets_every_table(fresh: Engine) -> None:
    bring_up_to_date(fresh)

    assert tables(fresh) == {*metadata.tables, "alembic_version"}


def test_models_and_migrations_say_the_same(engine: Engine) -> None:
    command.check(alembic_config(engine))


def test_database_that_is_up_to_date_is_left_alone(engine: Engine) -> None:
    assert bring_up_to_date(engine) is None


def test_downgrade_takes_every_table_away(fresh: Engine) -> None:
    bring_up_to_date(fresh)

    command.downgrade(alembic_config(fresh), "base")

    assert tables(fresh) == {"alembic_version"}


def bring_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, then: str = "") -> None:
    """From now on the program brings one more migration, which adds a table ``later`` and does what ``then`` says."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.MIGRATIONS_DIR, folder)
    head = ScriptDirectory(str(folder)).get_current_head()
    (folder / "versions" / "later.py").write_text(
        f"from alembic import op\nrevision = 'later'\ndown_revision = {head!r}\n"
        f"def upgrade() -> None:\n    op.execute('CREATE TABLE later (id INTEGER)')\n    {then}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(migrations, "MIGRATIONS_DIR", folder)


@pytest.fixture
def later_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_later(tmp_path, monkeypatch)


@pytest.mark.sqlite
def test_migration_that_fails_in_the_middle_leaves_the_data_as_they_were(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision, before = stored_revision(engine), tables(engine)
    bring_later(tmp_path, monkeypatch, then="op.execute('DROP TABLE activity'); raise RuntimeError('power cut')")

    with pytest.raises(RuntimeError, match="power cut"):
        bring_up_to_date(engine, backup_dir=tmp_path / "backups")

    assert (stored_revision(engine), tables(engine)) == (revision, before)
    assert [backup.label for backup in list_backups(tmp_path / "backups")] == ["before-later"]


def test_existing_database_is_copied_whole_before_a_migration(fresh: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    bring_up_to_date(fresh)
    with db.writing(fresh) as session:
        session.add(FundYear(year=2026))
    request.getfixturevalue("later_program")

    assert bring_up_to_date(fresh, backup_dir=tmp_path / "backups") == "later"

    (backup,) = list_backups(tmp_path / "backups")
    assert (backup.label, backup.manifest.revision, backup.manifest.rows["fund_year"]) == ("before-later", "0008", 1)
    assert tables(fresh) - set(backup.manifest.rows) == {"later"}
    assert check_backup(backup.path).ok


def test_new_database_needs_no_copy(fresh: Engine, tmp_path: Path) -> None:
    bring_up_to_date(fresh, backup_dir=tmp_path / "backups")

    assert not (tmp_path / "backups").exists()


def test_database_of_a_newer_program_is_refused_untouched(fresh: Engine) -> None:
    bring_up_to_date(fresh)
    with fresh.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseTooNew):
        bring_up_to_date(fresh)

    assert stored_revision(fresh) == "9999"
