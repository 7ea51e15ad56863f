"""The year-end summary as people edit it: blocks that remember what was generated, from which records, and what the edit started from."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from unionboard.models.base import OfUnion, UtcDateTime, code_type


class BlockKind(StrEnum):
    LEAD = "lead"
    BASICS = "basics"
    SECTION = "section"
    MONEY = "money"
    HONOURS = "honours"
    PROBLEMS = "problems"
    NEXT_YEAR = "next_year"
    CLOSING = "closing"
    SIGNATURE = "signature"


class SummaryForm(StrEnum):
    """For whom and how long. Source: domain notes E2."""

    FULL = "full"  # the whole report
    CONGRESS = "congress"  # one page, read to the congress
    BRIEF = "brief"  # half a page for the superior union
    COMBINED = "combined"  # the whole report and the next plan's outline in one document


class SummarySpan(StrEnum):
    """Which days count: the plan's own, or a calendar or school year that holds most of them."""

    PLAN = "plan"
    CALENDAR_YEAR = "calendar_year"
    SCHOOL_YEAR = "school_year"


class SummaryDraft(OfUnion, table=True):
    """One summary of a plan as of a day (inclusive). A plan has at most one of each form, span and language.

    ``written_at_change`` is the newest change of the data when it was written. A finalised one is locked: ``final`` holds what it said,
    ``fingerprint`` the SHA-256 of ``final`` together with the facts it rests on.
    """

    __table_args__ = (Index("ix_summary_draft_which", "plan_id", "form", "span", "language", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    form: SummaryForm = Field(default=SummaryForm.FULL, sa_type=code_type(SummaryForm))
    span: SummarySpan = Field(default=SummarySpan.PLAN, sa_type=code_type(SummarySpan))
    title: str = Field(max_length=200)
    own_title: str | None = Field(default=None, max_length=200)  # people's own; None: the generated one
    as_of: date
    language: str = Field(default="zh_CN", max_length=8)  # what it was written in, whatever the screen speaks
    written_at_utc: datetime = Field(sa_type=UtcDateTime)
    written_at_change: int = Field(default=0)
    finalised_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finalised_by: str = Field(default="", max_length=40)
    fingerprint: str = Field(default="", max_length=64)
    final: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    version: int = Field(default=1)


class SummaryBlock(OfUnion, table=True):
    """One heading with its text. ``edited`` is None until somebody changes the generated words.

    ``sentences`` is the newest generated text, ``base`` the generated text the edit started from (both packed by services.summary_storage),
    ``base_at_change`` and ``base_as_of`` are the draft's of that time. ``choices`` are answers to conflicts that are not yet written:
    sentence key -> {"choice", "text": people's own words, "new": the words it was chosen over}.
    """

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="summary_draft.id", index=True)
    key: str = Field(max_length=32)  # lead, section:12, money …: finds the block again when the draft is rewritten
    kind: BlockKind = Field(sa_type=code_type(BlockKind))
    position: int
    heading: str = Field(default="", max_length=300)
    own_heading: str | None = Field(default=None, max_length=300)
    is_left_out: bool = Field(default=False)  # on purpose: not printed, its words are kept
    sentences: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    edited: str | None = Field(default=None)
    base: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    base_at_change: int = Field(default=0)
    base_as_of: date | None = Field(default=None)
    choices: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    edited_by: str = Field(default="", max_length=40)
    edited_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class SummaryTyping(OfUnion, table=True):
    """What somebody has typed into a block and not yet saved: kept with every pause, so that a closed page loses nothing.

    ``version`` is the block's when the typing began.
    """

    __table_args__ = (UniqueConstraint("draft_id", "key", "who"),)

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="summary_draft.id", index=True)
    key: str = Field(max_length=32)
    who: str = Field(max_length=40)
    text: str
    typed_at_utc: datetime = Field(sa_type=UtcDateTime)
    version: int


class SummaryDecision(OfUnion, table=True):
    """Somebody looked at a remark of the checker and let the words stand. It holds for exactly these words (their SHA-256)."""

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="summary_draft.id", index=True)
    complaint: str = Field(max_length=32)
    words_sha256: str = Field(max_length=64)
    note: str = Field(default="", max_length=200)
    who: str = Field(max_length=40)
    decided_at_utc: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class TemplateKind(StrEnum):
    """What a template is for: the year-end summary, or one of the papers that are printed."""

    SUMMARY = "summary"
    NOTICE = "notice"  # the notice board's page of a month (公示栏活动安排)
    SIGN_IN = "sign_in"  # who took part (签到表)
    VISIT = "visit"  # a care visit's form (慰问审批表)
    HANDOUT = "handout"  # who got what (发放签领表)
    DISCLOSURE = "disclosure"  # dues and funds made known (会费收缴与经费收支公示)
    CERTIFICATE = "certificate"  # who was honoured (荣誉证书名单)


class SummaryTemplate(OfUnion, table=True):
    """The union's own file with named places, .docx or .xlsx; it lies under the hash of its content.

    Of each ``kind`` the newest that is not removed is used.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: TemplateKind = Field(
        default=TemplateKind.SUMMARY, sa_type=code_type(TemplateKind), sa_column_kwargs={"server_default": TemplateKind.SUMMARY.value}
    )
    name: str = Field(max_length=200)
    stored_name: str = Field(max_length=200)
    sha256: str = Field(max_length=64)
    size_bytes: int
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
    removed_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)
