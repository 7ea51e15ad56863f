"""initial tables

Revision: 0001, after None
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import unionboard.models.base
from unionboard.migrations.append_only import allow_changes, forbid_changes

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("item", sqlmodel.AutoString(length=32), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("note", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint("year", "item", name=op.f("uq_budget_line_year_item")),
    )
    with op.batch_alter_table("budget_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_line_year"), ["year"], unique=False)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at_utc", unionboard.models.base.UtcDateTime(), nullable=False),
        sa.Column("who", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("action", sqlmodel.AutoString(length=16), nullable=False),
        sa.Column("noun", sqlmodel.AutoString(length=32), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_noun"), ["noun"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_row_id"), ["row_id"], unique=False)

    op.create_table(
        "fund_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opening_fen", sa.BigInteger(), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("resolution", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_fund_year")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("duty", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    op.create_table(
        "union",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.AutoString(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("school", "hospital", "enterprise", "office", "other", name="unionkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("higher_union", sqlmodel.AutoString(length=80), nullable=False),
        sa.Column("centre", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("member_count", sa.Integer(), nullable=True),
        sa.Column("women_count", sa.Integer(), nullable=True),
        sa.Column("language", sqlmodel.AutoString(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_union")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("union_id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "period_kind", sa.Enum("calendar_year", "school_year", "term", name="periodkind", native_enum=False, length=32), nullable=False
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("guiding", sqlmodel.AutoString(), nullable=False),
        sa.Column("closing", sqlmodel.AutoString(), nullable=False),
        sa.Column("source_name", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("source_text", sqlmodel.AutoString(), nullable=False),
        sa.Column("adopted_at_utc", unionboard.models.base.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["union_id"], ["union.id"], name=op.f("fk_plan_union_id_union")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_year"), ["year"], unique=False)

    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("printed_number", sqlmodel.AutoString(length=16), nullable=False),
        sa.Column("heading", sqlmodel.AutoString(length=300), nullable=False),
        sa.Column("intro", sqlmodel.AutoString(), nullable=False),
        sa.Column("area", sqlmodel.AutoString(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_section_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
    )
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "summary_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("language", sqlmodel.AutoString(length=8), nullable=False),
        sa.Column("written_at_utc", unionboard.models.base.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_summary_draft_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_draft")),
    )
    with op.batch_alter_table("summary_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_draft_plan_id"), ["plan_id"], unique=True)

    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.AutoString(), nullable=False),
        sa.Column("area", sqlmodel.AutoString(length=8), nullable=False),
        sa.Column("area_2", sqlmodel.AutoString(length=8), nullable=True),
        sa.Column("frequency", sqlmodel.AutoString(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_measure_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_section_id"), ["section_id"], unique=False)

    op.create_table(
        "summary_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.AutoString(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "lead", "section", "money", "honours", "problems", "next_year", "signature", name="blockkind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sqlmodel.AutoString(length=300), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("edited", sqlmodel.AutoString(), nullable=True),
        sa.Column("edited_from", sqlmodel.AutoString(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["summary_draft.id"], name=op.f("fk_summary_block_draft_id_summary_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_block")),
    )
    with op.batch_alter_table("summary_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_summary_block_draft_id"), ["draft_id"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.AutoString(length=300), nullable=False),
        sa.Column("area", sqlmodel.AutoString(length=8), nullable=False),
        sa.Column("area_2", sqlmodel.AutoString(length=8), nullable=True),
        sa.Column("duty", sa.Enum("one_off", "recurring", "standing", name="dutykind", native_enum=False, length=32), nullable=False),
        sa.Column(
            "precision", sa.Enum("day", "month", "half_year", "period", name="dateprecision", native_enum=False, length=32), nullable=False
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("owner", sqlmodel.AutoString(length=80), nullable=False),
        sa.Column("audience", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("planned_people", sa.Integer(), nullable=True),
        sa.Column("planned_budget_fen", sa.BigInteger(), nullable=True),
        sa.Column("frequency", sqlmodel.AutoString(length=120), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "under_way", "postponed", "cancelled", name="activitystate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("state_reason", sqlmodel.AutoString(length=300), nullable=False),
        sa.Column("original_starts_on", sa.Date(), nullable=True),
        sa.Column("original_ends_on", sa.Date(), nullable=True),
        sa.Column("note", sqlmodel.AutoString(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_activity_measure_id_measure")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_activity_plan_id_plan")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_activity_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_section_id"), ["section_id"], unique=False)

    op.create_table(
        "fund_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("voucher", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("direction", sa.Enum("in", "out", name="direction", native_enum=False, length=32), nullable=False),
        sa.Column("item", sqlmodel.AutoString(length=32), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "union_funds",
                "dues",
                "hardship",
                "sending_warmth",
                "employer",
                "donations",
                name="fundsource",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sqlmodel.AutoString(length=300), nullable=False),
        sa.Column("payee", sqlmodel.AutoString(length=80), nullable=False),
        sa.Column("handler", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("approver", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("who", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("created_at_utc", unionboard.models.base.UtcDateTime(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_fund_entry_amount_positive")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_fund_entry_activity_id_activity")),
        sa.ForeignKeyConstraint(["reverses_id"], ["fund_entry.id"], name=op.f("fk_fund_entry_reverses_id_fund_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_fund_entry_reverses_id")),
        sa.UniqueConstraint("year", "voucher", name=op.f("uq_fund_entry_year_voucher")),
    )
    with op.batch_alter_table("fund_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fund_entry_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fund_entry_item"), ["item"], unique=False)
        batch_op.create_index(batch_op.f("ix_fund_entry_year"), ["year"], unique=False)

    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_from", sa.Date(), nullable=False),
        sa.Column("due_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_occurrence_activity_id_activity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_occurrence_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "care_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(length=32), nullable=False),
        sa.Column("recipient", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("goods", sqlmodel.AutoString(length=120), nullable=False),
        sa.Column("visitors", sqlmodel.AutoString(length=120), nullable=False),
        sa.Column("fund_entry_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("who", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("created_at_utc", unionboard.models.base.UtcDateTime(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_care_visit_activity_id_activity")),
        sa.ForeignKeyConstraint(["fund_entry_id"], ["fund_entry.id"], name=op.f("fk_care_visit_fund_entry_id_fund_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_visit")),
    )
    with op.batch_alter_table("care_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_visit_kind"), ["kind"], unique=False)

    op.create_table(
        "check_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=True),
        sa.Column("is_log", sa.Boolean(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_to", sa.Date(), nullable=True),
        sa.Column("is_partial", sa.Boolean(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("person_times", sa.Integer(), nullable=True),
        sa.Column("result", sqlmodel.AutoString(), nullable=False),
        sa.Column("award", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("award_level", sqlmodel.AutoString(length=16), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("who", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("created_at_utc", unionboard.models.base.UtcDateTime(), nullable=False),
        sa.Column("undone_at_utc", unionboard.models.base.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_check_off_activity_id_activity")),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"], name=op.f("fk_check_off_occurrence_id_occurrence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_off")),
    )
    with op.batch_alter_table("check_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_off_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(
            "uq_check_off_live_activity",
            ["activity_id"],
            unique=True,
            sqlite_where=sa.text("undone_at_utc IS NULL AND is_log = 0 AND occurrence_id IS NULL"),
            postgresql_where=sa.text("undone_at_utc IS NULL AND NOT is_log AND occurrence_id IS NULL"),
        )
        batch_op.create_index(
            "uq_check_off_live_occurrence",
            ["occurrence_id"],
            unique=True,
            sqlite_where=sa.text("undone_at_utc IS NULL"),
            postgresql_where=sa.text("undone_at_utc IS NULL"),
        )

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_off_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "plan",
                "notice",
                "sign_in",
                "photo",
                "invoice",
                "minutes",
                "bulletin",
                "other",
                name="evidencekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("stored_name", sqlmodel.AutoString(length=200), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("sha256", sqlmodel.AutoString(length=64), nullable=False),
        sa.Column("who", sqlmodel.AutoString(length=40), nullable=False),
        sa.Column("created_at_utc", unionboard.models.base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["check_off_id"], ["check_off.id"], name=op.f("fk_evidence_check_off_id_check_off")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_check_off_id"), ["check_off_id"], unique=False)

    for table in ("fund_entry", "change"):
        forbid_changes(table)


def downgrade() -> None:
    for table in ("fund_entry", "change"):
        allow_changes(table)
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_check_off_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("check_off", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_check_off_live_occurrence", sqlite_where=sa.text("undone_at_utc IS NULL"), postgresql_where=sa.text("undone_at_utc IS NULL")
        )
        batch_op.drop_index(
            "uq_check_off_live_activity",
            sqlite_where=sa.text("undone_at_utc IS NULL AND is_log = 0 AND occurrence_id IS NULL"),
            postgresql_where=sa.text("undone_at_utc IS NULL AND NOT is_log AND occurrence_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_check_off_activity_id"))

    op.drop_table("check_off")
    with op.batch_alter_table("care_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_care_visit_kind"))

    op.drop_table("care_visit")
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_occurrence_activity_id"))

    op.drop_table("occurrence")
    with op.batch_alter_table("fund_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fund_entry_year"))
        batch_op.drop_index(batch_op.f("ix_fund_entry_item"))
        batch_op.drop_index(batch_op.f("ix_fund_entry_activity_id"))

    op.drop_table("fund_entry")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_section_id"))
        batch_op.drop_index(batch_op.f("ix_activity_plan_id"))

    op.drop_table("activity")
    with op.batch_alter_table("summary_block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_block_draft_id"))

    op.drop_table("summary_block")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_section_id"))

    op.drop_table("measure")
    with op.batch_alter_table("summary_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_summary_draft_plan_id"))

    op.drop_table("summary_draft")
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_plan_id"))

    op.drop_table("section")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_year"))

    op.drop_table("plan")
    op.drop_table("union")
    op.drop_table("member")
    op.drop_table("fund_year")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_row_id"))
        batch_op.drop_index(batch_op.f("ix_change_noun"))

    op.drop_table("change")
    with op.batch_alter_table("budget_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budget_line_year"))

    op.drop_table("budget_line")
