"""Bringing the database up to date: Alembic configured in code, a backup taken before any change of an existing SQLite file."""

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from unionboard.config import read_config
from unionboard.db import current_engine
from unionboard.errors.database import DatabaseTooNew
from unionboard.models import metadata
from unionboard.services.backups import make_backup

MIGRATIONS_DIR = Path(__file__).resolve().parent.parent / "migrations"


def alembic_config(engine: Engine | Connection) -> AlembicConfig:
    """Alembic's settings without an .ini file; ``env.py`` takes the engine, or a connection in a transaction, from ``attributes``."""
    config = _point_at_scripts()
    config.attributes["engine"] = engine
    return config


def _point_at_scripts() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS_DIR))
    return config


def stored_revision(engine: Engine) -> str | None:
    """The revision the database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def bring_up_to_date(engine: Engine | None = None, *, backup_dir: Path | None = None) -> str | None:
    """Apply the missing migrations; returns the new revision, or None when there was nothing to do.

    An existing SQLite file is backed up first. Raises: DatabaseTooNew, and what ``make_backup`` raises.
    """
    engine = engine or current_engine()
    before, head = _find_gap(engine)
    if before == head:
        return None
    if before is not None and engine.dialect.name == "sqlite":
        make_backup(engine, folder=backup_dir or read_config().backup_dir, label=f"before-{head}", now_utc=datetime.now(UTC))
    command.upgrade(alembic_config(engine), "head")
    return head


def upgrade(engine: Engine) -> None:
    """The same for a copy, which needs no backup. Raises: DatabaseTooNew."""
    before, head = _find_gap(engine)
    if before != head:
        command.upgrade(alembic_config(engine), "head")


def build_tables(connection: Connection) -> None:
    """All tables in an empty database, in the caller's transaction: they come or go with the rest of it."""
    command.upgrade(alembic_config(connection), "head")


def is_newest(engine: Engine) -> bool:
    """Whether the tables are those of this program. Raises: DatabaseTooNew."""
    before, head = _find_gap(engine)
    return before == head


def build_revision(engine: Engine, revision: str) -> None:
    """All tables of ``revision`` in an empty database; the newest straight from the models, which the migrations come to, in a tenth of
    the time. That is for a copy: without the triggers that keep what is written for good."""
    if revision != ScriptDirectory.from_config(_point_at_scripts()).get_current_head():
        command.upgrade(alembic_config(engine), revision)
        return
    metadata.create_all(engine)
    command.stamp(alembic_config(engine), revision)


def is_known_revision(revision: str) -> bool:
    """Whether this program can make tables of ``revision`` and bring them up to date."""
    script = ScriptDirectory.from_config(_point_at_scripts())
    return revision in {known.revision for known in script.walk_revisions()}


def _find_gap(engine: Engine) -> tuple[str | None, str | None]:
    """The revision the database is at, and the newest there is. Raises: DatabaseTooNew."""
    script = ScriptDirectory.from_config(alembic_config(engine))
    head, before = script.get_current_head(), stored_revision(engine)
    if before not in {None, head} and before not in {revision.revision for revision in script.walk_revisions()}:
        raise DatabaseTooNew
    return before, head
