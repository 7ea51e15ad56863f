"""meetings and papers

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

from unionboard.models.base import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    """Rows of before have nothing there: the default stays in the table, new rows always bring their own."""
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("chaired_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("started_at_utc", UtcDateTime(), nullable=False),
        sa.Column("ended_at_utc", UtcDateTime(), nullable=True),
        sa.Column("minutes", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_meeting_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(op.f("ix_meeting_plan_id"), "meeting", ["plan_id"])
    is_open = sa.text("ended_at_utc IS NULL")
    op.create_index("uq_meeting_open", "meeting", ["plan_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("is_present", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_attendance_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_meeting_id"), "attendance", ["meeting_id"])

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "done", "postponed", "reassigned", "cancelled", "added", "follow_up", name="decisionkind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("check_off_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("taken_back_at_utc", UtcDateTime(), nullable=True),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_decision_activity_id_activity")),
        sa.ForeignKeyConstraint(["check_off_id"], ["check_off.id"], name=op.f("fk_decision_check_off_id_check_off")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_meeting_id"), "decision", ["meeting_id"])

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("carried", "follow_up", "late", "month", "next", "fund", "other", name="agendakind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("gathered", sa.JSON(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reached_at_utc", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_agenda_item_activity_id_activity")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_agenda_item_decision_id_decision")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    op.create_index(op.f("ix_agenda_item_meeting_id"), "agenda_item", ["meeting_id"])

    op.add_column("check_off", _text("remaining"))
    op.add_column("check_off", _text("agenda"))
    op.add_column("evidence", _text("media_type", 80))
    op.add_column("evidence", _text("place", 200))
    op.add_column("evidence", _text("seen_by", 40))
    op.add_column("evidence", sa.Column("removed_at_utc", UtcDateTime(), nullable=True))


def downgrade() -> None:
    for column in ("removed_at_utc", "seen_by", "place", "media_type"):
        op.drop_column("evidence", column)
    for column in ("agenda", "remaining"):
        op.drop_column("check_off", column)
    for table in ("agenda_item", "decision", "attendance", "meeting"):
        op.drop_table(table)
