"""Alembic's entry: the engine comes from the caller, revision ids are numbered."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from alembic import context
from sqlalchemy import Connection

from unionboard.models import metadata

config = context.config


def number_revision(_context: object, _revision: object, directives: list) -> None:  # type: ignore[type-arg]
    """Name revisions 0001, 0002 …"""
    heads = [int(head) for head in context.script.get_heads()]
    directives[0].rev_id = f"{max(heads, default=0) + 1:04d}"


@contextmanager
def unchecked_references(connection: Connection) -> Iterator[None]:
    """SQLite makes a table anew to change its keys, and would not drop the old one while others refer to it. So its references are checked
    once, at the end: see https://sqlite.org/lang_altertable.html. Raises: RuntimeError, before anything is committed."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")  # within a transaction it would do nothing
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def check_references(connection: Connection) -> None:
    """Every row that is referred to is there. Raises: RuntimeError."""
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5) if connection.dialect.name == "sqlite" else []
    if lost:
        message = f"rows refer to others that are not there: {lost}"
        raise RuntimeError(message)


# two that start at once migrate one after the other
engine = config.attributes["engine"].execution_options(unionboard_writes=True, unionboard_program=True)
with nullcontext(engine) if isinstance(engine, Connection) else engine.connect() as connection, unchecked_references(connection):
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        process_revision_directives=number_revision,
    )
    with context.begin_transaction():
        context.run_migrations()
        check_references(connection)
