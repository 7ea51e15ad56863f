"""summaries by form, span and language; typing, decisions and templates

Revision: 0005, after 0004
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from unionboard.models.base import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_FORMS = ("full", "congress", "brief", "combined")
_SPANS = ("plan", "calendar_year", "school_year")


def _code(name: str, kind: str, codes: tuple[str, ...], default: str) -> sa.Column[str]:
    return sa.Column(name, sa.Enum(*codes, name=kind, native_enum=False, length=32), nullable=False, server_default=default)


def upgrade() -> None:
    with op.batch_alter_table("union") as batch_op:
        for name in ("staff_count", "delegate_count", "group_count"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("party_body", sa.String(length=80), nullable=False, server_default=""))
    for column in (
        _code("form", "summaryform", _FORMS, "full"),
        _code("span", "summaryspan", _SPANS, "plan"),
        sa.Column("own_title", sa.String(length=200), nullable=True),
        sa.Column("written_at_change", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("finalised_at_utc", UtcDateTime(), nullable=True),
        sa.Column("finalised_by", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("fingerprint", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("final", sa.JSON(), nullable=True),
    ):
        op.add_column("summary_draft", column)  # never in a batch: SQLite cannot make a table anew that blocks refer to
    op.drop_index("ix_summary_draft_plan_id", "summary_draft")
    op.create_index("ix_summary_draft_plan_id", "summary_draft", ["plan_id"], unique=False)
    op.create_index("ix_summary_draft_which", "summary_draft", ["plan_id", "form", "span", "language"], unique=True)
    with op.batch_alter_table("summary_block") as batch_op:
        batch_op.add_column(sa.Column("own_heading", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("is_left_out", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("base", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("base_at_change", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("base_as_of", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("choices", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("edited_by", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("edited_at_utc", UtcDateTime(), nullable=True))
    _remember_bases()
    with op.batch_alter_table("summary_block") as batch_op:
        batch_op.drop_column("edited_from")
    op.create_table(
        "summary_typing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("typed_at_utc", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["summary_draft.id"], name=op.f("fk_summary_typing_draft_id_summary_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_typing")),
        sa.UniqueConstraint("draft_id", "key", "who", name=op.f("uq_summary_typing_draft_id_key_who")),
    )
    op.create_index(op.f("ix_summary_typing_draft_id"), "summary_typing", ["draft_id"])
    op.create_table(
        "summary_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("complaint", sa.String(length=32), nullable=False),
        sa.Column("words_sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("decided_at_utc", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at_utc", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["summary_draft.id"], name=op.f("fk_summary_decision_draft_id_summary_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_decision")),
    )
    op.create_index(op.f("ix_summary_decision_draft_id"), "summary_decision", ["draft_id"])
    op.create_table(
        "summary_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("stored_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("created_at_utc", UtcDateTime(), nullable=False),
        sa.Column("removed_at_utc", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary_template")),
    )


def _remember_bases() -> None:
    """What an edit started from was kept as one text; it is kept as sentences now, and where it is the generated text, as those. The change
    of the data it was written at is the newest of that moment."""
    block = sa.table(
        "summary_block", sa.column("id"), sa.column("sentences", sa.JSON), sa.column("edited_from"), sa.column("base", sa.JSON)
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(block.c.id, block.c.sentences, block.c.edited_from).where(block.c.edited_from.is_not(None)))
    for id_, sentences, edited_from in rows.all():
        same = "".join("".join(one["text"].split()) for one in sentences) == "".join(edited_from.split())
        base = sentences if same else [{"text": line, "sources": [], "opens": n > 0} for n, line in enumerate(edited_from.splitlines())]
        connection.execute(block.update().where(block.c.id == id_).values(base=base))
    newest = 'SELECT coalesce(max(id), 0) FROM "change" WHERE at_utc <= summary_draft.written_at_utc'
    connection.execute(sa.text(f"UPDATE summary_draft SET written_at_change = ({newest})"))  # noqa: S608 -- no outside text
    written = "SELECT written_at_change FROM summary_draft WHERE summary_draft.id = summary_block.draft_id"
    connection.execute(sa.text(f"UPDATE summary_block SET base_at_change = ({written}) WHERE base IS NOT NULL"))  # noqa: S608 -- as above


def _as_before(sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sentences as the version before knew them: the label part of the text, every record by itself, no figures."""
    return [
        {
            "text": one.get("label", "") + one["text"],
            "opens": one.get("opens", False),
            "sources": [source for packed in one.get("sources", ()) for source in _unpack(packed)],
        }
        for one in sentences
    ]


def _unpack(packed: Any) -> list[dict[str, Any]]:
    if isinstance(packed, dict):
        return [packed]
    noun, runs = packed[0], [run.partition("-") for run in packed[1].split()]
    return [{"noun": noun, "id": id_} for first, _, last in runs for id_ in range(int(first), int(last or first) + 1)]


def _join(sentences: list[dict[str, Any]]) -> str:
    text = ""
    for one in sentences:
        glue = "\n" if one["opens"] else " "
        text += (glue if text and (one["opens"] or text[-1].isascii()) else "") + one["text"]
    return text


def _leave_one_of_each_plan(connection: sa.Connection) -> None:
    """The version before knows one summary of a plan: the one with most words of people, of these the full report written last. Parts
    that wait for their records to come back are none of it."""
    edits = "SELECT count(*) FROM summary_block WHERE draft_id = summary_draft.id AND edited IS NOT NULL"
    order = f"({edits}) DESC, form = 'full' DESC, span = 'plan' DESC, written_at_utc DESC"
    ranked = f"SELECT id, row_number() OVER (PARTITION BY plan_id ORDER BY {order}) AS place FROM summary_draft"  # noqa: S608
    others = f"SELECT id FROM ({ranked}) AS ranked WHERE place > 1"  # noqa: S608 -- no outside text here either
    gone = connection.execute(sa.text(others)).scalars().all()
    for table, column in (("summary_block", "draft_id"), ("summary_draft", "id")):
        rows = sa.table(table, sa.column(column))
        connection.execute(rows.delete().where(rows.c[column].in_(gone)))
    block = sa.table("summary_block", sa.column("id"), sa.column("sentences", sa.JSON), sa.column("edited"))
    empty = [row.id for row in connection.execute(sa.select(block)) if not row.sentences and row.edited is None]
    connection.execute(block.delete().where(block.c.id.in_(empty)))


def downgrade() -> None:
    for table in ("summary_template", "summary_decision", "summary_typing"):
        op.drop_table(table)
    connection = op.get_bind()
    with op.batch_alter_table("summary_block") as batch_op:
        batch_op.add_column(sa.Column("edited_from", sa.String(), nullable=True))
    block = sa.table(
        "summary_block", sa.column("id"), sa.column("sentences", sa.JSON), sa.column("edited_from"), sa.column("base", sa.JSON)
    )
    for id_, sentences, base in connection.execute(sa.select(block.c.id, block.c.sentences, block.c.base)).all():
        values = {"sentences": _as_before(sentences), "edited_from": _join(_as_before(base)) if base else None}
        connection.execute(block.update().where(block.c.id == id_).values(**values))
    connection.execute(sa.text("UPDATE summary_block SET heading = own_heading WHERE own_heading IS NOT NULL"))
    connection.execute(sa.text("UPDATE summary_draft SET title = own_title WHERE own_title IS NOT NULL"))
    with op.batch_alter_table("summary_block") as batch_op:
        for name in ("edited_at_utc", "edited_by", "choices", "base_as_of", "base_at_change", "base", "is_left_out", "own_heading"):
            batch_op.drop_column(name)
    _leave_one_of_each_plan(connection)
    op.drop_index("ix_summary_draft_which", "summary_draft")
    op.drop_index("ix_summary_draft_plan_id", "summary_draft")
    op.create_index("ix_summary_draft_plan_id", "summary_draft", ["plan_id"], unique=True)
    for name in ("final", "fingerprint", "finalised_by", "finalised_at_utc", "written_at_change", "own_title", "span", "form"):
        op.drop_column("summary_draft", name)
    for name in ("party_body", "group_count", "delegate_count", "staff_count"):
        op.drop_column("union", name)
