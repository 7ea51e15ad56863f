"""What a migration may do, so that two versions of the program can work side by side while one replaces the other (docs/cluster.md)."""

import ast
import re
from pathlib import Path

import pytest

from unionboard.services.migrations import MIGRATIONS_DIR

FIRST_IN_A_CLUSTER = 8
"""The migrations before were never met by two versions at once."""
TAKES_AWAY = re.compile(r"drop_(?:column|table)|rename_table|new_column_name|nullable=False(?![^\n]*server_default)")
SINCE = re.compile(r"^# takes away what version \S+ no longer used", re.MULTILINE)


def narrowing(source: str) -> list[str]:
    """What an upgrade takes away from whoever still runs the version before; none where the version before did not use it any more."""
    if SINCE.search(source):
        return []
    upgrade = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "upgrade")
    lines = [ast.unparse(node) for node in ast.walk(upgrade) if isinstance(node, ast.Expr)]
    return [line for line in lines if "create_table" not in line and TAKES_AWAY.search(line)]


@pytest.mark.parametrize(
    ("step", "is_narrowing"),
    [
        ("op.add_column('plan', sa.Column('note', sa.Text(), nullable=True))", False),
        ("op.add_column('plan', sa.Column('note', sa.Text(), nullable=False, server_default=''))", False),
        ("op.create_table('note', sa.Column('id', sa.Integer(), nullable=False))", False),
        ("op.add_column('plan', sa.Column('note', sa.Text(), nullable=False))", True),
        ("op.drop_column('plan', 'title')", True),
        ("op.alter_column('plan', 'title', new_column_name='name')", True),
    ],
)
def test_step_that_takes_something_away_is_known(step: str, is_narrowing: bool) -> None:
    assert bool(narrowing(f"def upgrade():\n    {step}\n")) == is_narrowing
    assert narrowing(f"# takes away what version 0.2 no longer used\ndef upgrade():\n    {step}\n") == []


def test_no_migration_takes_away_what_the_version_before_uses() -> None:
    files = [path for path in (MIGRATIONS_DIR / "versions").glob("[0-9]*.py") if int(path.name[:4]) >= FIRST_IN_A_CLUSTER]

    assert {path.name: found for path in map(Path, files) if (found := narrowing(path.read_text(encoding="utf-8")))} == {}
