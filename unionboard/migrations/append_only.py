"""Database triggers that keep a table append-only, for SQLite and PostgreSQL: see docs/adr/0005-append-only-ledger.md."""

from alembic import op


def forbid_changes(table: str) -> None:
    """Refuse UPDATE and DELETE on ``table``, whoever asks."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def allow_changes(table: str) -> None:
    """Take the triggers away again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP FUNCTION {table}_append_only()")
        return
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER {table}_no_{verb}")


def forbid_replacing(table: str, *keys: str) -> None:
    """Refuse a row under a key (columns, comma between) that is taken: SQLite's REPLACE deletes the one there and asks no trigger."""
    if op.get_bind().dialect.name != "sqlite":
        return
    same = " OR ".join("(" + " AND ".join(f"{column} = NEW.{column}" for column in key.split(",")) + ")" for key in ("id", *keys))
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 -- names of ours
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def allow_replacing(table: str) -> None:
    """Take that trigger away again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {table}_no_replace")
