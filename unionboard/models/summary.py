"""The year-end draft as people edit it: blocks that remember what was generated and from which records."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from unionboard.models.base import Row, UtcDateTime, code_type


class BlockKind(StrEnum):
    LEAD = "lead"
    SECTION = "section"
    MONEY = "money"
    HONOURS = "honours"
    PROBLEMS = "problems"
    NEXT_YEAR = "next_year"
    SIGNATURE = "signature"


class SummaryDraft(Row, table=True):
    """The summary of one plan as of a day (inclusive)."""

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True, unique=True)
    title: str = Field(max_length=200)
    as_of: date
    language: str = Field(default="zh_CN", max_length=8)  # what it was written in, whatever the screen speaks
    written_at_utc: datetime = Field(sa_type=UtcDateTime)
    version: int = Field(default=1)


class SummaryBlock(Row, table=True):
    """One heading with its text. ``edited`` is None until somebody changes the generated words.

    ``sentences`` is the generated text as ``[{"text": …, "sources": [{"noun": "check_off", "id": 3}, …]}, …]``.
    """

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="summary_draft.id", index=True)
    key: str = Field(max_length=32)  # lead, section:12, money …: finds the block again when the draft is rewritten
    kind: BlockKind = Field(sa_type=code_type(BlockKind))
    position: int
    heading: str = Field(default="", max_length=300)
    sentences: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    edited: str | None = Field(default=None)
    edited_from: str | None = Field(default=None)  # the generated text the edit started from: shows when the records moved on
    version: int = Field(default=1)
