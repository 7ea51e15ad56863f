"""The year-end draft: written from the records, rewritten when they move on, without ever losing what people changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from unionboard.drafting.compose import compose_blocks, compose_title
from unionboard.drafting.document import (
    Level,
    Paragraph,
    SummaryDocument,
    count_gaps,
    join_sentences,
    number_heading,
    read_paragraphs,
    split_sentences,
)
from unionboard.drafting.figures import Source
from unionboard.drafting.phrases import Block, Sentence
from unionboard.errors.entries import NoSuchSummary
from unionboard.errors.saving import StaleSave
from unionboard.models import BlockKind, SummaryBlock, SummaryDraft
from unionboard.models.changelog import ChangeAction
from unionboard.services import unions
from unionboard.services.changes import record_change, snapshot
from unionboard.services.year_records import gather_records


class Choice(StrEnum):
    """How a conflict is settled."""

    MINE = "mine"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class BlockView:
    """A heading and its text. ``sentences`` is what the records say; ``text`` is what stands in the draft."""

    key: str
    kind: BlockKind
    heading: str
    sentences: tuple[Sentence, ...]
    edited: str | None
    is_conflict: bool
    version: int

    @property
    def is_edited(self) -> bool:
        return self.edited is not None

    @property
    def generated(self) -> str:
        return join_sentences(self.sentences)

    @property
    def text(self) -> str:
        return self.generated if self.edited is None else self.edited

    @property
    def shown(self) -> tuple[Sentence, ...]:
        """The text sentence by sentence; people's own sentences have no sources."""
        return self.sentences if self.edited is None else split_sentences(self.edited, self.sentences)

    @property
    def gaps(self) -> int:
        return count_gaps(self.text)


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The draft of a plan as of a day (inclusive), in the language it was written in."""

    plan_id: int
    title: str
    as_of: date
    language: str
    author: str
    written_at_utc: datetime
    blocks: tuple[BlockView, ...]

    @property
    def headings(self) -> dict[str, str]:
        """Printed headings by block key, numbered without a break; blocks without a heading are left out."""
        headed = [block for block in self.blocks if block.heading]
        return {block.key: number_heading(n, block.heading, language=self.language) for n, block in enumerate(headed, start=1)}

    @property
    def letters(self) -> int:
        """Characters of the whole text without spaces (字数)."""
        return sum(len("".join(line.split())) for line in build_document(self).texts)


def write_draft(session: Session, plan_id: int, *, as_of: date, language: str, who: str, now_utc: datetime) -> SummaryView:
    """Write the draft of a plan from the records up to ``as_of`` (inclusive), or write it anew.

    Blocks nobody touched are replaced. Edited ones keep people's words; where the records now say something else they become conflicts,
    and an edited block that the records no longer give stays at the end. Raises: NoPlanYet.
    """
    facts = gather_records(session, plan_id, as_of=as_of, language=language)
    draft = _find_draft(session, plan_id)
    values: dict[str, Any] = {
        "title": compose_title(facts, language=language),
        "as_of": as_of,
        "language": language,
        "written_at_utc": now_utc,
    }
    if draft is None:
        draft = SummaryDraft(plan_id=plan_id, **values)
        session.add(draft)
        record_change(session, draft, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    else:
        before = snapshot(draft)
        for name, value in values.items():
            setattr(draft, name, value)
        draft.version += 1
        session.add(draft)
        record_change(session, draft, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)
    _store_blocks(session, draft, compose_blocks(facts, language=language))
    return read_draft(session, plan_id)


def _store_blocks(session: Session, draft: SummaryDraft, blocks: Sequence[Block]) -> None:
    old = {row.key: row for row in _rows(session, draft)}
    for position, block in enumerate(blocks, start=1):
        row = old.pop(block.key, None) or SummaryBlock(draft_id=draft.id or 0, key=block.key, kind=BlockKind(block.kind.value), position=0)
        row.position = position
        row.heading = block.heading
        row.sentences = [_to_json(sentence) for sentence in block.sentences]
        session.add(row)
    for position, row in enumerate(old.values(), start=len(blocks) + 1):
        if row.edited is None:
            session.delete(row)
        else:
            row.position, row.sentences = position, []
            session.add(row)
    session.flush()


def read_draft(session: Session, plan_id: int) -> SummaryView:
    """The stored draft. Raises: NoSuchSummary."""
    draft = _find_draft(session, plan_id)
    if draft is None:
        raise NoSuchSummary
    union = unions.find_union(session)
    return SummaryView(
        plan_id=plan_id,
        title=draft.title,
        as_of=draft.as_of,
        language=draft.language,
        author=union.name if union else "",
        written_at_utc=draft.written_at_utc,
        blocks=_in_order([_view(row) for row in _rows(session, draft) if row.sentences or row.edited]),
    )


def find_stale(session: Session, view: SummaryView) -> frozenset[str]:
    """Keys of blocks that the records would now give other words than when the draft was written, on the same day and in its language."""
    facts = gather_records(session, view.plan_id, as_of=view.as_of, language=view.language)
    now = {block.key: join_sentences(block.sentences) for block in compose_blocks(facts, language=view.language)}
    then = {block.key: block.generated for block in view.blocks}
    return frozenset(key for key in now.keys() | then.keys() if now.get(key, "") != then.get(key, ""))


def _in_order(blocks: Sequence[BlockView]) -> tuple[BlockView, ...]:
    """As stored, the signature last: what outlived its records stands before it."""
    return tuple(sorted(blocks, key=lambda block: block.kind is BlockKind.SIGNATURE))


def save_block(session: Session, plan_id: int, key: str, *, text: str, version: int, who: str, now_utc: datetime) -> BlockView:
    """Keep people's words for a block; the words of the records themselves, or none, mean that nothing is edited.

    ``version`` is the one the editor saw. Raises: NoSuchSummary, StaleSave.
    """
    row = _find_row(session, plan_id, key)
    generated = _view(row).generated
    words = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    is_own = words not in {"", generated}
    return _set_edit(session, row, words if is_own else None, generated if is_own else None, version=version, who=who, now_utc=now_utc)


def restore_block(session: Session, plan_id: int, key: str, *, version: int, who: str, now_utc: datetime) -> BlockView:
    """Give a block back to the records. Raises: NoSuchSummary, StaleSave."""
    return _set_edit(session, _find_row(session, plan_id, key), None, None, version=version, who=who, now_utc=now_utc)


def settle_conflict(session: Session, plan_id: int, key: str, *, choice: Choice, version: int, who: str, now_utc: datetime) -> BlockView:
    """Keep one's own words beside the new records, or take the new text. Raises: NoSuchSummary, StaleSave."""
    row = _find_row(session, plan_id, key)
    kept, seen = (row.edited, _view(row).generated) if choice is Choice.MINE else (None, None)
    return _set_edit(session, row, kept, seen, version=version, who=who, now_utc=now_utc)


def build_document(view: SummaryView) -> SummaryDocument:
    """The draft as it is printed: what people see, numbered and levelled."""
    headings = view.headings
    paragraphs: list[Paragraph] = []
    signature: tuple[str, ...] = ()
    for block in view.blocks:
        lines = read_paragraphs(block.text)
        if block.kind is BlockKind.SIGNATURE:
            signature = tuple(line.text for line in lines)
            continue
        if block.key in headings:
            paragraphs.append(Paragraph(headings[block.key], Level.FIRST))
        paragraphs += lines
    return SummaryDocument(view.title, tuple(paragraphs), signature, view.author, view.as_of, view.language)


def _set_edit(
    session: Session, row: SummaryBlock, edited: str | None, edited_from: str | None, *, version: int, who: str, now_utc: datetime
) -> BlockView:
    if row.version != version:
        raise StaleSave(field=row.heading or row.key, theirs=_view(row).text, yours=edited or "")
    before = snapshot(row)
    base = row.sentences if edited_from is not None else None
    row.edited, row.base, row.version = edited, base, version + 1
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)
    return _view(row)


def _find_draft(session: Session, plan_id: int) -> SummaryDraft | None:
    return session.exec(select(SummaryDraft).where(SummaryDraft.plan_id == plan_id)).first()


def _rows(session: Session, draft: SummaryDraft) -> list[SummaryBlock]:
    return list(session.exec(select(SummaryBlock).where(SummaryBlock.draft_id == draft.id).order_by(col(SummaryBlock.position))))


def _find_row(session: Session, plan_id: int, key: str) -> SummaryBlock:
    draft = _find_draft(session, plan_id)
    row = next((row for row in _rows(session, draft) if row.key == key), None) if draft else None
    if row is None:
        raise NoSuchSummary
    return row


def _view(row: SummaryBlock) -> BlockView:
    sentences = tuple(_from_json(one) for one in row.sentences)
    return BlockView(
        key=row.key,
        kind=row.kind,
        heading=row.heading,
        sentences=sentences,
        edited=row.edited,
        is_conflict=row.edited is not None and _joined(row.base) != join_sentences(sentences),
        version=row.version,
    )


def _joined(stored: list[dict[str, object]] | None) -> str:
    return join_sentences([_from_json(one) for one in stored or ()])


def _to_json(sentence: Sentence) -> dict[str, object]:
    sources = [{"noun": source.noun, "id": source.id} for source in sentence.sources]
    return {"text": sentence.text, "sources": sources, "opens": sentence.opens}


def _from_json(stored: dict[str, object]) -> Sentence:
    sources = stored["sources"]
    assert isinstance(sources, list)
    return Sentence(str(stored["text"]), tuple(Source(str(one["noun"]), int(one["id"])) for one in sources), bool(stored["opens"]))
