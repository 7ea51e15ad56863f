"""secret addresses for other programs, messages to groups, templates of papers, what kind of school and period

Revision: 0008, after 0007
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import unionboard.models.base
from unionboard.migrations import row_security

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NEW = ("access_token", "message_channel", "message_policy", "sent_message")


def upgrade() -> None:
    op.create_table(
        "access_token",
        sa.Column("union_id", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("calendar", "api", name="tokenkind", native_enum=False, length=32), nullable=False),
        sa.Column("scope", sa.Enum("all", "owner", "area", name="feedscope", native_enum=False, length=32), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("token_sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("token", unionboard.models.base.SealedText(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("created_at_utc", unionboard.models.base.UtcDateTime(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("revoked_at_utc", unionboard.models.base.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_access_token_token_sha256")),
    )
    with op.batch_alter_table("access_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_token_union_id"), ["union_id"], unique=False)

    op.create_table(
        "message_channel",
        sa.Column("union_id", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("wecom", "dingtalk", "feishu", "email", "other", name="channelkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("address", unionboard.models.base.SealedText(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("created_at_utc", unionboard.models.base.UtcDateTime(), nullable=False),
        sa.Column("removed_at_utc", unionboard.models.base.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_channel")),
    )
    with op.batch_alter_table("message_channel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_channel_union_id"), ["union_id"], unique=False)

    op.create_table(
        "message_policy",
        sa.Column("union_id", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("send_at", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("budget_share_pct", sa.Integer(), nullable=False),
        sa.Column("board_url", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_policy")),
        sa.UniqueConstraint("union_id", name=op.f("uq_message_policy_union_id")),
    )
    with op.batch_alter_table("message_policy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_policy_union_id"), ["union_id"], unique=False)

    op.create_table(
        "sent_message",
        sa.Column("union_id", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(
                "due_this_week",
                "late",
                "budget_near_end",
                "meeting_called",
                "minutes_ready",
                name="messageevent",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at_utc", unionboard.models.base.UtcDateTime(), nullable=True),
        sa.Column("sent_at_utc", unionboard.models.base.UtcDateTime(), nullable=True),
        sa.Column("failure", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["message_channel.id"], name=op.f("fk_sent_message_channel_id_message_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_message")),
        sa.UniqueConstraint("channel_id", "event", "about", name=op.f("uq_sent_message_channel_id_event_about")),
    )
    with op.batch_alter_table("sent_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_message_channel_id"), ["channel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sent_message_union_id"), ["union_id"], unique=False)

    op.add_column(
        "summary_template",
        sa.Column(
            "kind",
            sa.Enum(
                "summary",
                "notice",
                "sign_in",
                "visit",
                "handout",
                "disclosure",
                "certificate",
                name="templatekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
            server_default="summary",
        ),
    )

    op.add_column(
        "union",
        sa.Column(
            "school_type",
            sa.Enum("kindergarten", "primary", "secondary", "vocational", "university", name="schooltype", native_enum=False, length=32),
            nullable=True,
        ),
    )
    op.add_column(
        "union",
        sa.Column(
            "period_kind", sa.Enum("calendar_year", "school_year", "term", name="periodkind", native_enum=False, length=32), nullable=True
        ),
    )
    row_security.protect(NEW)


def downgrade() -> None:
    op.drop_column("union", "period_kind")
    op.drop_column("union", "school_type")
    op.drop_column("summary_template", "kind")
    for name in reversed(NEW):
        op.drop_table(name)
