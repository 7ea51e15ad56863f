"""People's own words in a summary: saved, put back, kept while they are typed, found again in the history."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from unionboard.drafting.document import tidy_text
from unionboard.errors.saving import Difference, StaleSave
from unionboard.errors.summary import NeededInSummary
from unionboard.models import SummaryBlock, SummaryDraft
from unionboard.models.changelog import ChangeAction
from unionboard.models.summary import SummaryTyping
from unionboard.services.changes import list_changes, record_change, snapshot
from unionboard.services.privacy import check_text
from unionboard.services.summary import (
    BlockView,
    DraftId,
    SummaryView,
    find_block,
    find_draft,
    open_draft,
    read_draft,
    view_block,
)
from unionboard.services.summary_blocks import set_block
from unionboard.services.summary_merging import settle_block

TITLE = "title"
"""Typing under this key is of the summary's title; its version is the summary's."""
HEADING = "#"


def heading_key(key: str) -> str:
    """The key of what is typed into the heading of the block ``key``."""
    return HEADING + key


@dataclass(frozen=True, slots=True)
class Typing:
    """Words typed into a block, its heading or the title, and not saved. ``version``: the block's when the typing began."""

    key: str
    text: str
    typed_at_utc: datetime
    version: int


@dataclass(frozen=True, slots=True)
class BlockVersion:
    """What stood in a block from ``at_utc`` on. ``text`` None: the records' words; ``heading`` None: the generated one."""

    change_id: int
    at_utc: datetime
    who: str
    text: str | None
    heading: str | None


def save_block(
    session: Session, draft_id: DraftId, key: str, *, text: str, version: int, who: str, now_utc: datetime, is_typed: bool = True
) -> BlockView:
    """Keep people's words for a block; the words of the records themselves, or none, mean that nothing is edited.

    ``version`` is the one the editor saw. What ``who`` was typing here is done with, unless the text ``is_typed`` by nobody but put there
    with a press: a mend, an earlier version. Raises: NoSuchSummary, SummaryFinalised, StaleSave.
    """
    draft = open_draft(session, draft_id)
    row = find_block(session, draft, key)
    view = view_block(row)
    words = tidy_text(text)
    edited = None if words in {"", view.generated} else words
    check_text(edited or "")
    set_block(session, row, version=version, who=who, now_utc=now_utc, over=None if view.is_conflict else draft, edited=edited)
    settle_block(session, draft, row, who=who, now_utc=now_utc)  # the new words may leave nothing to choose
    if is_typed:
        _forget_typing(session, draft, key, who)
    _carry_typing(session, draft, heading_key(key), view.version, row.version)
    return view_block(row)


def restore_block(session: Session, draft_id: DraftId, key: str, *, version: int, who: str, now_utc: datetime) -> BlockView:
    """Give a block back to the records. Raises: NoSuchSummary, SummaryFinalised, StaleSave."""
    row = find_block(session, open_draft(session, draft_id), key)
    set_block(session, row, version=version, who=who, now_utc=now_utc, edited=None, choices={})
    return view_block(row)


def leave_out(session: Session, draft_id: DraftId, key: str, *, version: int, who: str, now_utc: datetime) -> BlockView:
    """Leave a block out on purpose: it is neither printed nor numbered; its words are kept and go on following the records.

    Raises: NoSuchSummary, SummaryFinalised, StaleSave, NeededInSummary. Source: domain notes E5.5.
    """
    return _set_left_out(session, draft_id, key, version=version, who=who, now_utc=now_utc, is_left_out=True)


def take_in(session: Session, draft_id: DraftId, key: str, *, version: int, who: str, now_utc: datetime) -> BlockView:
    """Print a block again that was left out. Raises: NoSuchSummary, SummaryFinalised, StaleSave."""
    return _set_left_out(session, draft_id, key, version=version, who=who, now_utc=now_utc, is_left_out=False)


def save_heading(session: Session, draft_id: DraftId, key: str, *, heading: str, version: int, who: str, now_utc: datetime) -> BlockView:
    """Keep people's own heading for a block, without its number; the generated one, or none, means that there is none of one's own.

    Raises: NoSuchSummary, SummaryFinalised, StaleSave, PrivateNumberTyped.
    """
    draft = open_draft(session, draft_id)
    row = find_block(session, draft, key)
    before, words = row.version, " ".join(heading.split())
    check_text(words)
    set_block(session, row, version=version, who=who, now_utc=now_utc, own_heading=None if words in {"", row.heading} else words)
    _forget_typing(session, draft, heading_key(key), who)
    _carry_typing(session, draft, key, before, row.version)
    return view_block(row)


def save_title(session: Session, draft_id: DraftId, *, title: str, version: int, who: str, now_utc: datetime) -> SummaryView:
    """Keep people's own title; the generated one, or none, means that there is none of one's own. ``version`` is the summary's.

    Raises: NoSuchSummary, SummaryFinalised, StaleSave, PrivateNumberTyped.
    """
    draft = open_draft(session, draft_id)
    words = " ".join(title.split())
    check_text(words)
    own = None if words in {"", draft.title} else words
    if own != draft.own_title:
        if draft.version != version:
            raise StaleSave(differences=[Difference("title", draft.own_title or draft.title, words)], version=draft.version)
        before = snapshot(draft)
        draft.own_title, draft.version = own, version + 1
        session.add(draft)
        record_change(session, draft, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)
    _forget_typing(session, draft, TITLE, who)
    return read_draft(session, draft_id)


def keep_typing(session: Session, draft_id: DraftId, key: str, *, text: str, version: int, who: str, now_utc: datetime) -> None:
    """Keep what ``who`` has typed so far, with every pause; what stands there anyway is forgotten.

    ``key`` is a block's, ``heading_key`` of one, or ``TITLE``; ``version`` is the block's, or the summary's, when the typing began.
    Nothing stands in the way of it, so that nothing typed is lost: the block may be gone, newer, or the summary finalised. Raises:
    NoSuchSummary.
    """
    draft = find_draft(session, draft_id)
    if tidy_text(text) == _standing(session, draft, key):
        _forget_typing(session, draft, key, who)
        return
    row = _find_typing(session, draft, key, who) or SummaryTyping(
        draft_id=draft.id or 0, key=key, who=who, text="", typed_at_utc=now_utc, version=version
    )
    row.text, row.typed_at_utc, row.version = text, now_utc, version
    session.add(row)
    session.flush()


def drop_typing(session: Session, draft_id: DraftId, key: str, *, who: str) -> None:
    """Forget what ``who`` has typed into a block and not saved. Raises: NoSuchSummary."""
    _forget_typing(session, find_draft(session, draft_id), key, who)


def find_typing(session: Session, draft_id: DraftId, *, who: str) -> dict[str, Typing]:
    """What ``who`` has typed and not saved, by its key, that of blocks that are gone meanwhile too. Raises: NoSuchSummary."""
    draft = find_draft(session, draft_id)
    rows = session.exec(
        select(SummaryTyping).where(SummaryTyping.draft_id == draft.id, SummaryTyping.who == who).order_by(col(SummaryTyping.id))
    )
    return {row.key: Typing(row.key, row.text, row.typed_at_utc, row.version) for row in rows}


def list_versions(session: Session, draft_id: DraftId, key: str) -> tuple[BlockVersion, ...]:
    """What has stood in a block, what people did to it newest first; nothing before the first edit.

    One is put back by ``save_block`` with its text, or by ``restore_block``. Raises: NoSuchSummary.
    """
    row = find_block(session, find_draft(session, draft_id), key)
    versions: list[BlockVersion] = []
    text: str | None = None
    heading: str | None = None
    for change in reversed(list_changes(session, noun=str(SummaryBlock.__tablename__), row_id=row.id or 0)):
        after = change.after or {}
        if not {"edited", "own_heading"} & after.keys():
            continue
        text, heading = after.get("edited", text), after.get("own_heading", heading)
        versions.append(BlockVersion(change.id or 0, change.at_utc, change.who, text, heading))
    return tuple(reversed(versions))


def _standing(session: Session, draft: SummaryDraft, key: str) -> str | None:
    """What stands where ``key`` points; None: the block is gone."""
    if key == TITLE:
        return draft.own_title or draft.title
    blocks = session.exec(select(SummaryBlock).where(SummaryBlock.draft_id == draft.id)).all()
    for block in blocks:
        if key == block.key:
            return view_block(block).text
        if key == heading_key(block.key):
            return view_block(block).heading
    return None


def _set_left_out(
    session: Session, draft_id: DraftId, key: str, *, version: int, who: str, now_utc: datetime, is_left_out: bool
) -> BlockView:
    draft = open_draft(session, draft_id)
    row = find_block(session, draft, key)
    if is_left_out and not view_block(row).may_be_left_out:
        raise NeededInSummary
    before = row.version
    set_block(session, row, version=version, who=who, now_utc=now_utc, signs=False, is_left_out=is_left_out)
    for typed in (key, heading_key(key)):
        _carry_typing(session, draft, typed, before, row.version)
    return view_block(row)


def _carry_typing(session: Session, draft: SummaryDraft, key: str, before: int, after: int) -> None:
    """A heading's save makes no words typed below it late, nor theirs the heading's."""
    query = select(SummaryTyping).where(SummaryTyping.draft_id == draft.id, SummaryTyping.key == key, SummaryTyping.version == before)
    for row in session.exec(query):
        row.version = after
        session.add(row)
    session.flush()


def _find_typing(session: Session, draft: SummaryDraft, key: str, who: str) -> SummaryTyping | None:
    query = select(SummaryTyping).where(SummaryTyping.draft_id == draft.id, SummaryTyping.key == key, SummaryTyping.who == who)
    return session.exec(query).first()


def _forget_typing(session: Session, draft: SummaryDraft, key: str, who: str) -> None:
    row = _find_typing(session, draft, key, who)
    if row is not None:
        session.delete(row)
        session.flush()
