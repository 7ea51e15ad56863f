"""The year-end summary as it is stored: which ones there are, what stands in them, where people and records disagree.

It is written from the records in ``summary_drafts``, edited in ``summary_editing``,
merged in ``summary_merging`` and locked in ``summary_final``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, select

from unionboard.drafting.alignment import Shown, align, show_generated
from unionboard.drafting.combining import combine
from unionboard.drafting.document import Level, Paragraph, SummaryDocument, find_gaps, join_sentences, number_heading, read_paragraphs
from unionboard.drafting.merge import Conflict, Segment, merge, write_out
from unionboard.drafting.phrases import Sentence
from unionboard.errors.entries import NoSuchSummary
from unionboard.errors.summary import SummaryFinalised
from unionboard.models import BlockKind, SummaryBlock, SummaryDraft
from unionboard.models.summary import SummaryForm, SummarySpan
from unionboard.services import unions
from unionboard.services.chain_check import read_kept_head
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.summary_storage import unpack_sentences

ALWAYS_PRINTED = frozenset({BlockKind.LEAD, BlockKind.SIGNATURE})
"""What no summary goes without."""


@dataclass(frozen=True, slots=True)
class DraftId:
    """Which summary of a plan; there is at most one of each. ``language``: what it is written in (zh_CN, en)."""

    plan_id: int
    form: SummaryForm = SummaryForm.FULL
    span: SummarySpan = SummarySpan.PLAN
    language: str = "zh_CN"


class Choice(StrEnum):
    """How a sentence in two versions is settled."""

    MINE = "mine"
    NEW = "new"
    OWN = "own"  # other words, typed for it


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A sentence that people and the records both changed. ``choice`` None: nobody has chosen; ``own`` is kept beside every choice."""

    conflict: Conflict
    choice: Choice | None = None
    own: str = ""

    @property
    def key(self) -> str:
        return self.conflict.key

    @property
    def base(self) -> Sentence:
        """What was generated when people began to edit."""
        return self.conflict.base

    @property
    def mine(self) -> str:
        """People's words; empty: they took the sentence out."""
        return self.conflict.mine

    @property
    def new(self) -> Sentence | None:
        """What the records give now; None: nothing any more."""
        return self.conflict.new

    @property
    def proposal(self) -> str:
        """Own words to begin with: both versions put together; empty where they changed the same words or one of them left it out."""
        together = combine(self.base.text.strip(), self.mine, self.new.text.strip()) if self.mine and self.new else None
        return "" if together in {None, self.mine, self.new.text if self.new else ""} else str(together)

    @property
    def words(self) -> str | None:
        """What will stand there, empty when it is left out; None: not chosen yet."""
        told = {Choice.MINE: self.mine, Choice.NEW: self.new.text if self.new else "", Choice.OWN: self.own}
        return None if self.choice is None else told[self.choice]


@dataclass(frozen=True, slots=True)
class BlockView:
    """A heading and its text. ``sentences`` is what the records say; ``text`` is what stands in the draft.

    With sentences in two versions, ``segments`` are all of the merge in their order and ``conflicts`` those to be decided.
    One left out on purpose keeps its words and follows the records, and is not printed.
    """

    key: str
    kind: BlockKind
    generated_heading: str
    own_heading: str | None
    sentences: tuple[Sentence, ...]
    edited: str | None
    edited_by: str
    edited_at_utc: datetime | None
    segments: tuple[Segment, ...]
    conflicts: tuple[OpenConflict, ...]
    version: int
    is_left_out: bool = False

    @property
    def heading(self) -> str:
        """Without a number."""
        return self.generated_heading if self.own_heading is None else self.own_heading

    @property
    def may_be_left_out(self) -> bool:
        return self.kind not in ALWAYS_PRINTED

    @property
    def is_edited(self) -> bool:
        return self.edited is not None

    @property
    def is_conflict(self) -> bool:
        return bool(self.conflicts)

    @property
    def has_own_heading(self) -> bool:
        return self.own_heading is not None

    @property
    def open_conflicts(self) -> int:
        """How many sentences in two versions nobody has chosen for."""
        return sum(one.choice is None for one in self.conflicts)

    @property
    def generated(self) -> str:
        return join_sentences(self.sentences)

    @property
    def text(self) -> str:
        return self.generated if self.edited is None else self.edited

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The text sentence by sentence, each with the generated one it stands for."""
        return show_generated(self.sentences) if self.edited is None else align(self.edited, self.sentences)

    @property
    def preview(self) -> str:
        """What the text becomes with the choices made so far; where nobody has chosen, people's words stand."""
        return write_out(self.segments, self.picks) if self.conflicts else self.text

    @property
    def picks(self) -> dict[str, str]:
        """The words chosen, by key of the conflict."""
        return {one.key: one.words for one in self.conflicts if one.words is not None}

    @property
    def gaps(self) -> tuple[str, ...]:
        """What only people know, as it stands in the text."""
        return find_gaps(self.text)


@dataclass(frozen=True, slots=True)
class Final:
    """When and by whom a summary was locked. ``change``: the newest change of a record it knew. ``check_code``: where the change log stood
    (see ``chain_check``), empty for one finalised before the log was chained."""

    at_utc: datetime
    who: str
    fingerprint: str
    change: int
    check_code: str = ""


@dataclass(frozen=True)
class SummaryView:
    """A summary as of a day (inclusive). What a page asks of it again and again is worked out once."""

    id: DraftId
    generated_title: str
    own_title: str | None
    as_of: date
    author: str
    written_at_utc: datetime
    blocks: tuple[BlockView, ...]
    version: int
    final: Final | None

    @property
    def plan_id(self) -> int:
        return self.id.plan_id

    @property
    def form(self) -> SummaryForm:
        return self.id.form

    @property
    def span(self) -> SummarySpan:
        return self.id.span

    @property
    def language(self) -> str:
        return self.id.language

    @property
    def title(self) -> str:
        return self.generated_title if self.own_title is None else self.own_title

    @property
    def printed(self) -> tuple[BlockView, ...]:
        """The blocks that go into the text: all but those left out on purpose."""
        return tuple(block for block in self.blocks if not block.is_left_out)

    @cached_property
    def headings(self) -> dict[str, str]:
        """Printed headings by block key, numbered without a break; blocks without a heading have none."""
        headed = [block for block in self.printed if block.heading]
        return {block.key: number_heading(n, block.heading, language=self.language) for n, block in enumerate(headed, start=1)}

    @cached_property
    def letters(self) -> int:
        """Characters of the whole text without spaces (字数)."""
        return sum(len("".join(line.split())) for line in build_document(self).texts)

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """What only people know: block key and the words that stand for it."""
        return tuple((block.key, words) for block in self.printed for words in block.gaps)

    @property
    def conflicts(self) -> int:
        """How many sentences stand in two versions."""
        return sum(len(block.conflicts) for block in self.printed)

    @property
    def is_final(self) -> bool:
        return self.final is not None


@dataclass(frozen=True, slots=True)
class DraftHead:
    """A summary in a list."""

    id: DraftId
    title: str
    as_of: date
    written_at_utc: datetime
    edited_blocks: int
    is_final: bool


def read_draft(session: Session, draft_id: DraftId) -> SummaryView:
    """The stored summary. Raises: NoSuchSummary."""
    require(session, Act.SEE_SUMMARY)
    draft = find_draft(session, draft_id)
    union = unions.find_union(session)
    blocks = [view_block(row) for row in list_blocks(session, draft) if row.sentences or row.edited]
    return SummaryView(
        id=draft_id,
        generated_title=draft.title,
        own_title=draft.own_title,
        as_of=draft.as_of,
        author=union.name if union else "",
        written_at_utc=draft.written_at_utc,
        blocks=_in_order(blocks),
        version=draft.version,
        final=_final(draft),
    )


def list_drafts(session: Session, plan_id: int) -> tuple[DraftHead, ...]:
    """All summaries of a plan, the one written last first."""
    require(session, Act.SEE_SUMMARY)
    edited = [(row.draft_id, row.edited) for row in session.exec(select(SummaryBlock).where(col(SummaryBlock.edited).is_not(None)))]
    rows = session.exec(select(SummaryDraft).where(SummaryDraft.plan_id == plan_id).order_by(col(SummaryDraft.written_at_utc).desc()))
    return tuple(
        DraftHead(
            id=DraftId(plan_id, row.form, row.span, row.language),
            title=row.title if row.own_title is None else row.own_title,
            as_of=row.as_of,
            written_at_utc=row.written_at_utc,
            edited_blocks=sum(draft_id == row.id for draft_id, _ in edited),
            is_final=row.finalised_at_utc is not None,
        )
        for row in rows
    )


def build_document(view: SummaryView) -> SummaryDocument:
    """The summary as it is printed: what people see, numbered and levelled."""
    headings = view.headings
    paragraphs: list[Paragraph] = []
    signature: tuple[str, ...] = ()
    for block in view.printed:
        lines = read_paragraphs(block.text)
        if block.kind is BlockKind.SIGNATURE:
            signature = tuple(line.text for line in lines)
            continue
        if block.key in headings:
            paragraphs.append(Paragraph(headings[block.key], Level.FIRST))
        paragraphs += lines
    code = view.final.check_code if view.final else ""
    return SummaryDocument(view.title, tuple(paragraphs), signature, view.author, view.as_of, view.language, code)


def find_draft(session: Session, draft_id: DraftId) -> SummaryDraft:
    """The row of a summary. Raises: NoSuchSummary."""
    wanted = {"plan_id": draft_id.plan_id, "form": draft_id.form, "span": draft_id.span, "language": draft_id.language}
    row = session.exec(select(SummaryDraft).filter_by(**wanted)).first()
    if row is None:
        raise NoSuchSummary
    return row


def open_draft(session: Session, draft_id: DraftId) -> SummaryDraft:
    """The row of a summary that may be changed. Raises: NoSuchSummary, SummaryFinalised."""
    row = find_draft(session, draft_id)
    if row.finalised_at_utc is not None:
        raise SummaryFinalised
    return row


def list_blocks(session: Session, draft: SummaryDraft) -> list[SummaryBlock]:
    """The rows of a summary in their order."""
    return list(session.exec(select(SummaryBlock).where(SummaryBlock.draft_id == draft.id).order_by(col(SummaryBlock.position))))


def find_block(session: Session, draft: SummaryDraft, key: str) -> SummaryBlock:
    """The row of a block. Raises: NoSuchSummary."""
    row = session.exec(select(SummaryBlock).where(SummaryBlock.draft_id == draft.id, SummaryBlock.key == key)).first()
    if row is None:
        raise NoSuchSummary
    return row


def view_block(row: SummaryBlock) -> BlockView:
    """What stands in a block."""
    sentences = unpack_sentences(row.sentences)
    segments: tuple[Segment, ...] = ()
    if row.edited is not None and row.base != row.sentences:
        segments = merge(unpack_sentences(row.base), row.edited, sentences)
    conflicts = tuple(_with_choice(one, row.choices) for one in segments if isinstance(one, Conflict))
    return BlockView(
        key=row.key,
        kind=row.kind,
        generated_heading=row.heading,
        own_heading=row.own_heading,
        sentences=sentences,
        edited=row.edited,
        edited_by=row.edited_by,
        edited_at_utc=row.edited_at_utc,
        segments=segments if conflicts else (),
        conflicts=conflicts,
        version=row.version,
        is_left_out=row.is_left_out,
    )


def _with_choice(conflict: Conflict, choices: Mapping[str, Any]) -> OpenConflict:
    """A choice holds while the records say what they said when it was made."""
    stored = choices.get(conflict.key, {})
    holds = stored.get("new") == (conflict.new.text if conflict.new else "")
    choice = Choice(stored["choice"]) if holds and stored.get("choice") else None
    return OpenConflict(conflict, choice, stored.get("text", ""))


def _final(draft: SummaryDraft) -> Final | None:
    if draft.finalised_at_utc is None:
        return None
    final = draft.final or {}
    head = read_kept_head(final)
    code = head.code if head else ""
    return Final(draft.finalised_at_utc, draft.finalised_by, draft.fingerprint, int(final.get("change", 0)), code)


def _in_order(blocks: Sequence[BlockView]) -> tuple[BlockView, ...]:
    """As stored, the signature last: what outlived its records stands before it."""
    return tuple(sorted(blocks, key=lambda block: block.kind is BlockKind.SIGNATURE))
