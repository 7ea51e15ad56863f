"""A summary is written from the records, and written anew when they move on, without ever losing what people changed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from unionboard.drafting.compose import compose_blocks, compose_title
from unionboard.drafting.document import join_sentences
from unionboard.drafting.facts import YearFacts
from unionboard.drafting.finding import find_facts
from unionboard.drafting.phrases import Block
from unionboard.drafting.records import YearRecords
from unionboard.drafting.wording import Form
from unionboard.errors.entries import NoSuchSummary
from unionboard.models import BlockKind, Change, SummaryBlock, SummaryDraft
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import record_change, snapshot
from unionboard.services.summary import DraftId, SummaryView, list_blocks, open_draft, read_draft
from unionboard.services.summary_merging import rewrite_block
from unionboard.services.summary_storage import pack_sentences, unpack_sentences
from unionboard.services.year_records import gather_before, gather_records


def compose_now(session: Session, draft_id: DraftId, *, as_of: date) -> tuple[str, tuple[Block, ...]]:
    """Title and blocks as the records give them on ``as_of`` (inclusive); nothing is stored. Raises: NoPlanYet."""
    facts, form = gather_facts(session, draft_id, as_of=as_of), Form(draft_id.form.value)
    title = compose_title(facts, form=form, language=draft_id.language)
    return title, compose_blocks(facts, form=form, language=draft_id.language)


def gather_facts(session: Session, draft_id: DraftId, *, as_of: date) -> YearFacts:
    """Everything a summary may say on ``as_of`` (inclusive). Raises: NoPlanYet."""
    return gather_year(session, draft_id, as_of=as_of)[1]


def gather_year(session: Session, draft_id: DraftId, *, as_of: date) -> tuple[YearRecords, YearFacts]:
    """The records up to ``as_of`` (inclusive) and what can be said of them. Raises: NoPlanYet."""
    days: dict[str, Any] = {"as_of": as_of, "language": draft_id.language, "span": draft_id.span}
    records = gather_records(session, draft_id.plan_id, **days)
    return records, find_facts(records, before=gather_before(session, draft_id.plan_id, **days))


def write_draft(session: Session, draft_id: DraftId, *, as_of: date, who: str, now_utc: datetime) -> SummaryView:
    """Write a summary from the records up to ``as_of`` (inclusive), or write it anew.

    What nobody touched follows the records. Where people edited, both are merged sentence by sentence; sentences that both changed wait for
    a choice, and until then the block keeps people's words. An edited block that the records no longer give stays before the signature.
    Raises: NoPlanYet, SummaryFinalised.
    """
    title, blocks = compose_now(session, draft_id, as_of=as_of)
    values: dict[str, Any] = {
        "title": title,
        "as_of": as_of,
        "written_at_utc": now_utc,
        "written_at_change": newest_record_change(session),
    }
    try:
        draft = open_draft(session, draft_id)
    except NoSuchSummary:
        told: dict[str, Any] = {"plan_id": draft_id.plan_id, "form": draft_id.form, "span": draft_id.span, "language": draft_id.language}
        draft = SummaryDraft(**told, **values)
        session.add(draft)
        record_change(session, draft, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    else:
        before = snapshot(draft)
        for name, value in values.items():
            setattr(draft, name, value)
        draft.version += 1
        session.add(draft)
        record_change(session, draft, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)
    _store_blocks(session, draft, blocks, who=who, now_utc=now_utc)
    return read_draft(session, draft_id)


def find_stale(session: Session, view: SummaryView, *, facts: YearFacts | None = None) -> frozenset[str]:
    """Keys of printed blocks that the records would now give other words than when the summary was written, on the same day.

    ``facts``: of that day, where they are gathered already.
    """
    facts = facts or gather_facts(session, view.id, as_of=view.as_of)
    blocks = compose_blocks(facts, form=Form(view.form.value), language=view.language)
    now = {block.key: join_sentences(block.sentences) for block in blocks}
    then = {block.key: block.generated for block in view.blocks}
    left_out = {block.key for block in view.blocks if block.is_left_out}
    return frozenset(key for key in (now.keys() | then.keys()) - left_out if now.get(key, "") != then.get(key, ""))


def newest_record_change(session: Session) -> int:
    """The newest change of the data that is none of a summary itself; 0 before the first."""
    query = select(func.max(Change.id)).where(col(Change.noun).not_like("summary%"))
    return session.exec(query).one() or 0


def _store_blocks(session: Session, draft: SummaryDraft, blocks: Sequence[Block], *, who: str, now_utc: datetime) -> None:
    """A block the records no longer give stays without sentences: its heading and history are people's, and it may come back."""
    old = {row.key: row for row in list_blocks(session, draft)}
    for position, block in enumerate(blocks, start=1):
        row = old.pop(block.key, None) or SummaryBlock(draft_id=draft.id or 0, key=block.key, kind=BlockKind(block.kind.value), position=0)
        if row.id is not None and join_sentences(unpack_sentences(row.sentences)) != join_sentences(block.sentences):
            row.version += 1  # whoever has the former words before them is told when they save
        row.position = position
        row.heading = block.heading
        session.add(row)
        rewrite_block(session, draft, row, pack_sentences(block.sentences), who=who, now_utc=now_utc)
    for position, row in enumerate(old.values(), start=len(blocks) + 1):
        row.position = position
        rewrite_block(session, draft, row, [], who=who, now_utc=now_utc)
    session.flush()
