"""many unions in one database: every row says whose it is; row-level security on PostgreSQL

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

from unionboard.migrations import row_security
from unionboard.migrations.append_only import allow_changes, allow_replacing, forbid_changes, forbid_replacing

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OWNED = (
    "account",
    "activity",
    "agenda_item",
    "attendance",
    "budget_amendment",
    "budget_line",
    "care_visit",
    "ceiling_finding",
    "ceiling_rule",
    "change",
    "check_off",
    "claim",
    "decision",
    "evidence",
    "fund_entry",
    "fund_month",
    "fund_paper",
    "fund_policy",
    "fund_year",
    "handout",
    "import_mapping",
    "ledger_import",
    "measure",
    "meeting",
    "member",
    "occurrence",
    "own_item",
    "own_occasion",
    "section",
    "sign_in",
    "summary_block",
    "summary_decision",
    "summary_draft",
    "summary_template",
    "summary_typing",
)
"""All tables but the union, its plans, which always said whose they are, and the keeping of the database itself."""
KEYS = {
    "account": ("name_key",),
    "budget_amendment": ("year", "number"),
    "budget_line": ("year", "item", "source"),
    "fund_entry": ("year", "voucher"),
    "fund_month": ("year", "month"),
    "import_mapping": ("name",),
}
"""What was unique in the database is from now on in a union."""
PRIMARY = {"fund_year": "year", "own_item": "code", "own_occasion": "code"}
INDEXES = {
    "ix_fund_entry_year_day": ("year", "booked_on", "voucher"),
    "ix_fund_entry_sums": ("year", "direction", "item", "booked_on", "reverses_id", "amount_fen", "source"),
}
OVERSEEN = (
    "activity",
    "budget_amendment",
    "budget_line",
    "check_off",
    "evidence",
    "fund_entry",
    "fund_month",
    "fund_year",
    "measure",
    "occurrence",
    "own_item",
    "plan",
    "section",
    "summary_draft",
)


def upgrade() -> None:
    above = sa.Column("above_id", sa.Integer(), sa.ForeignKey("union.id", name=op.f("fk_union_above_id_union")), nullable=True)
    op.add_column("union", above, inline_references=True)
    op.create_index(op.f("ix_union_above_id"), "union", ["above_id"])
    op.create_index(op.f("ix_plan_union_id"), "plan", ["union_id"])
    for name in OWNED:
        op.add_column(name, sa.Column("union_id", sa.Integer(), nullable=False, server_default="1"))
    allow_replacing("fund_entry")
    allow_changes("fund_entry")
    for name, old in KEYS.items():
        _exchange_unique(name, old, ("union_id", *old))
    for name, old in PRIMARY.items():
        _exchange_primary(name, ("union_id", old))
    _exchange_indexes(lead=("union_id",))
    forbid_changes("fund_entry")
    forbid_replacing("fund_entry", "union_id,year,voucher", "reverses_id")
    for name in _indexed():
        op.create_index(op.f(f"ix_{name}_union_id"), name, ["union_id"])
    _count_on()
    row_security.enable((*OWNED, "plan"), overseen=OVERSEEN)


def downgrade() -> None:
    """Only where one union is: its rows could not be told from another's afterwards."""
    if op.get_bind().execute(sa.text('SELECT count(*) FROM "union" WHERE id <> 1')).scalar():
        message = "This database holds several unions; an earlier version of the program knows one."
        raise RuntimeError(message)
    row_security.disable((*OWNED, "plan"))
    allow_replacing("fund_entry")
    allow_changes("fund_entry")
    for name in _indexed():
        op.drop_index(op.f(f"ix_{name}_union_id"), name)
    _exchange_indexes(lead=())
    for name, old in PRIMARY.items():
        _exchange_primary(name, (old,))
    for name, old in KEYS.items():
        _exchange_unique(name, ("union_id", *old), old)
    for name in OWNED:
        op.drop_column(name, "union_id")
    forbid_changes("fund_entry")
    forbid_replacing("fund_entry", "year,voucher", "reverses_id")
    op.drop_index(op.f("ix_plan_union_id"), "plan")
    op.drop_index(op.f("ix_union_above_id"), "union")
    op.drop_column("union", "above_id")


def _count_on() -> None:
    """The log's numbers are drawn from the server from here on, for all unions; its counter stood still so far."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('change', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) FROM change")


def _exchange_unique(table: str, old: tuple[str, ...], new: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"uq_{table}_{'_'.join(old)}"), type_="unique")
        batch.create_unique_constraint(op.f(f"uq_{table}_{'_'.join(new)}"), list(new))


def _exchange_primary(table: str, new: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"pk_{table}"), type_="primary")
        batch.create_primary_key(op.f(f"pk_{table}"), list(new))


def _exchange_indexes(*, lead: tuple[str, ...]) -> None:
    for name, columns in INDEXES.items():
        op.drop_index(name, "fund_entry")
        op.create_index(name, "fund_entry", [*lead, *columns])


def _indexed() -> list[str]:
    """A primary key that begins with the union is an index itself."""
    return [name for name in OWNED if name not in PRIMARY]
