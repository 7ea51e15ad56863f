"""Row-level security of PostgreSQL: a transaction sees the rows of the union it named, and no others, whatever is asked.

``unionboard.union`` (the number, or * for the program itself) and ``unionboard.below`` (an array of numbers, for looking only) are set for
each transaction by ``models.separation``. Where nothing is set, nothing is seen. The owner of the tables is bound too, a superuser
never is: see docs/postgresql.md. SQLite knows nothing of the kind.
"""

from collections.abc import Iterable

from alembic import op

_UNION = "unionboard_union"
_BELOW = "unionboard_below"
_ALL = -1


def enable(tables: Iterable[str], *, overseen: Iterable[str]) -> None:
    """Rows of ``tables`` belong to ``union_id``; those of ``overseen`` may be looked at from above. The union itself is among both."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        f"CREATE FUNCTION {_UNION}() RETURNS integer LANGUAGE sql STABLE AS $$ "
        f"SELECT CASE current_setting('unionboard.union', true) WHEN '*' THEN {_ALL} "
        "ELSE nullif(current_setting('unionboard.union', true), '')::integer END $$"
    )
    op.execute(
        f"CREATE FUNCTION {_BELOW}() RETURNS integer[] LANGUAGE sql STABLE AS $$ "
        "SELECT coalesce(nullif(current_setting('unionboard.below', true), ''), '{}')::integer[] $$"
    )
    _protect(tables, overseen=overseen)
    _protect_table("union", "id", is_overseen=True)


def protect(tables: Iterable[str], *, overseen: Iterable[str] = ()) -> None:
    """The same for tables that come later."""
    if op.get_bind().dialect.name == "postgresql":
        _protect(tables, overseen=overseen)


def _protect(tables: Iterable[str], *, overseen: Iterable[str]) -> None:
    seen_from_above = set(overseen)
    for table in tables:
        _protect_table(table, "union_id", is_overseen=table in seen_from_above)


def _protect_table(table: str, column: str, *, is_overseen: bool) -> None:
    own = f"{column} = (SELECT {_UNION}()) OR (SELECT {_UNION}()) = {_ALL}"
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY {table}_own ON "{table}" USING ({own}) WITH CHECK ({own})')
    if is_overseen:
        op.execute(f'CREATE POLICY {table}_below ON "{table}" FOR SELECT USING ({column} = ANY ((SELECT {_BELOW}())::integer[]))')


def disable(tables: Iterable[str]) -> None:
    """Take all of it away again."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in (*tables, "union"):
        op.execute(f'DROP POLICY {table}_own ON "{table}"')
        op.execute(f'DROP POLICY IF EXISTS {table}_below ON "{table}"')
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
    op.execute(f"DROP FUNCTION {_UNION}()")
    op.execute(f"DROP FUNCTION {_BELOW}()")
