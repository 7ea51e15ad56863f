"""accounts and sign-ins; the change log chained; names of those visited sealed

Revision: 0006, after 0005
"""

from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from unionboard import secrecy
from unionboard.migrations.append_only import allow_changes, forbid_changes
from unionboard.migrations.log_baseline import PROGRAM, tell_rows
from unionboard.models import chain
from unionboard.models.base import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SEALED = ("recipient", "goods", "visitors", "paper_seen")
_LENGTHS = {"recipient": 40, "goods": 120, "visitors": 120, "paper_seen": 80}


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_key", sa.String(length=80), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name_key", name=op.f("uq_account_name_key")),
    )
    op.create_index(op.f("ix_account_email"), "account", ["email"])
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("expires_at_utc", UtcDateTime(), nullable=False),
        sa.Column("seen_at_utc", UtcDateTime(), nullable=False),
        sa.Column("ended_at_utc", UtcDateTime(), nullable=True),
        sa.Column("unlocked_until_utc", UtcDateTime(), nullable=True),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_sign_in_token_sha256")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"])
    op.create_table(
        "safekeeping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("key_kept_at_utc", UtcDateTime(), nullable=True),
        sa.Column("second_folder", sa.String(length=300), nullable=False),
        sa.Column("drill_at_utc", UtcDateTime(), nullable=True),
        sa.Column("drill_backup", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safekeeping")),
    )
    _keep_key()
    op.add_column("change", sa.Column("origin", sa.String(length=80), nullable=False, server_default=""))
    op.add_column("change", sa.Column("sha256", sa.String(length=64), nullable=False, server_default=""))
    _tell_untold()
    _chain_log()
    _rewrite(_seal_once, sa.Text)


def downgrade() -> None:
    _rewrite(secrecy.unseal, lambda name: sa.String(length=_LENGTHS[name]))
    _count_on()
    op.drop_column("change", "sha256")
    op.drop_column("change", "origin")
    op.drop_table("safekeeping")
    op.drop_index(op.f("ix_sign_in_account_id"), "sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_account_email"), "account")
    op.drop_table("account")


def _keep_key() -> None:
    """The key is made with the first database that needs one; later databases beside it take the same."""
    columns = [sa.column(name) for name in ("id", "key_id", "second_folder", "drill_backup", "version")]
    op.bulk_insert(
        sa.table("safekeeping", *columns),
        [{"id": 1, "key_id": secrecy.create_key(), "second_folder": "", "drill_backup": "", "version": 1}],
    )


_TOLD_NOW = (
    "union",
    "member",
    "plan",
    "section",
    "measure",
    "activity",
    "check_off",
    "meeting",
    "agenda_item",
    "attendance",
    "decision",
    "own_occasion",
    "ledger_import",
    "import_mapping",
    "summary_draft",
    "summary_block",
    "summary_decision",
    "summary_template",
)
"""Tables that verification holds against the log from now on. Of the others it did before: what is wrong there must stay to be seen."""


def _count_on() -> None:
    """The guard numbers the log's lines itself; whoever lets a PostgreSQL server do it again must find its counter behind them."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('change', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) FROM change")


def _tell_untold() -> None:
    """What the log of former versions leaves out is told once, by the program."""
    _count_on()
    connection = op.get_bind()
    lines = tell_rows(connection, _TOLD_NOW)
    if lines:
        names = ("at_utc", "who", "origin", "action", "noun", "row_id", "before", "after", "sha256")
        types = {"at_utc": UtcDateTime(), "before": sa.JSON(), "after": sa.JSON()}
        change = sa.table("change", *(sa.column(name, types.get(name)) for name in names))
        stamp = {"at_utc": datetime.now(UTC), "who": PROGRAM, "origin": PROGRAM, "sha256": ""}
        connection.execute(sa.insert(change), [{**stamp, **line} for line in lines])


def _chain_log() -> None:
    """Every line written so far gets its place in the chain, in the order of their numbers."""
    change = sa.table(
        "change",
        *(sa.column(name) for name in ("id", "who", "action", "noun", "row_id", "origin", "sha256")),
        sa.column("at_utc", UtcDateTime()),
        sa.column("before", sa.JSON()),
        sa.column("after", sa.JSON()),
    )
    connection = op.get_bind()
    previous, hashes = chain.START, []
    for row in connection.execute(sa.select(change).order_by(change.c.id)).mappings():
        facts = {name: row[name] for name in ("id", "at_utc", "who", "origin", "action", "noun", "row_id", "before", "after")}
        previous = chain.hash_line(previous, **facts)
        hashes.append({"of": row["id"], "hash": previous})
    if hashes:
        allow_changes("change")
        connection.execute(sa.update(change).where(change.c.id == sa.bindparam("of")).values(sha256=sa.bindparam("hash")), hashes)
        forbid_changes("change")


def _seal_once(told: str) -> str:
    """A copy of an older database may have been sealed already, see ``services.sealing``."""
    return told if told.startswith(secrecy.MARK) else secrecy.seal(told)


def _rewrite(turn: Callable[[str], str], kind: Callable[..., sa.types.TypeEngine[str]]) -> None:
    """The sealed columns, anew: never in a batch, since SQLite cannot make a table anew that others refer to."""
    connection = op.get_bind()
    for name in _SEALED:
        new = f"{name}_anew"
        column_type = kind() if kind is sa.Text else kind(name)
        op.add_column("care_visit", sa.Column(new, column_type, nullable=False, server_default=""))
        stored = connection.execute(sa.text(f"SELECT id, {name} FROM care_visit WHERE {name} <> ''")).all()  # noqa: S608 -- names of ours
        if stored:
            turned = [{"of": id_, "told": turn(told)} for id_, told in stored]
            connection.execute(sa.text(f"UPDATE care_visit SET {new} = :told WHERE id = :of"), turned)  # noqa: S608
        op.drop_column("care_visit", name)
        op.alter_column("care_visit", new, new_column_name=name) if connection.dialect.name != "sqlite" else op.execute(
            f"ALTER TABLE care_visit RENAME COLUMN {new} TO {name}"
        )
