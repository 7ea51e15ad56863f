"""targets, relations and what was read

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Rows of before lead their activities and have no targets: the default stays in the table, new rows always bring their own.
_NO_LIST = sa.text("'[]'")


def _relation() -> sa.Column[str]:
    return sa.Column(
        "relation", sa.Enum("lead", "support", "join", name="relation", native_enum=False, length=32), nullable=False, server_default="lead"
    )


def upgrade() -> None:
    op.add_column("activity", _relation())
    op.add_column("activity", sa.Column("targets", sa.JSON(), nullable=False, server_default=_NO_LIST))
    op.add_column("activity", sa.Column("as_read", sa.JSON(), nullable=True))
    op.add_column("activity", sa.Column("carried_over", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("measure", sa.Column("owner", sa.String(length=80), nullable=False, server_default=""))
    op.add_column("measure", _relation())
    op.add_column("measure", sa.Column("targets", sa.JSON(), nullable=False, server_default=_NO_LIST))
    op.add_column("measure", sa.Column("as_read", sa.String(), nullable=False, server_default=""))
    op.add_column("section", sa.Column("as_read", sa.String(length=300), nullable=False, server_default=""))
    op.add_column("plan", sa.Column("left_out", sa.JSON(), nullable=False, server_default=_NO_LIST))


def downgrade() -> None:
    op.drop_column("plan", "left_out")
    op.drop_column("section", "as_read")
    for column in ("as_read", "targets", "relation", "owner"):
        op.drop_column("measure", column)
    for column in ("carried_over", "as_read", "targets", "relation"):
        op.drop_column("activity", column)
