"""Where people's words and new records meet: what needs no choice is merged, what does waits for one, sentence by sentence."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from unionboard.drafting.document import join_sentences, tidy_text
from unionboard.drafting.merge import Conflict, merge, write_out
from unionboard.errors.summary import ConflictsOpen, NoSuchConflict, OwnWordsMissing
from unionboard.models import SummaryBlock, SummaryDraft
from unionboard.services.privacy import check_text
from unionboard.services.record_changes import RecordChange, list_record_changes
from unionboard.services.summary import (
    BlockView,
    Choice,
    DraftId,
    OpenConflict,
    find_block,
    find_draft,
    open_draft,
    view_block,
)
from unionboard.services.summary_blocks import rebase_block, set_block
from unionboard.services.summary_storage import Stored, unpack_sentences


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the records now say something else. ``as_of_before`` None: they are still read up to the same day.

    ``records``: their changes since people began to edit, newest first.
    """

    as_of_before: date | None
    as_of_now: date
    records: tuple[RecordChange, ...]


def settle_block(session: Session, draft: SummaryDraft, row: SummaryBlock, *, who: str, now_utc: datetime) -> None:
    """Merge people's words with the block's newest sentences; where there is a choice to make, leave them as they are."""
    if row.edited is None or row.base == row.sentences:
        return
    base, sentences = unpack_sentences(row.base), unpack_sentences(row.sentences)
    segments = merge(base, row.edited, sentences)
    if any(isinstance(segment, Conflict) for segment in segments):
        return
    told = row.edited if join_sentences(base) == join_sentences(sentences) else write_out(segments)
    rebase_block(row, draft)
    edited = None if told in {"", join_sentences(sentences)} else told
    set_block(session, row, version=row.version, who=who, now_utc=now_utc, signs=False, edited=edited, choices={})


def rewrite_block(
    session: Session, draft: SummaryDraft, row: SummaryBlock, sentences: list[Stored], *, who: str, now_utc: datetime
) -> None:
    """Put newer generated sentences under people's words. Where that leaves nothing to choose, words that somebody wrote as their choice
    stand in the text from now on: they were to stand there, and nothing typed is lost."""
    waiting = {one.key: one for one in view_block(row).conflicts if row.choices.get(one.key, {}).get("choice") == Choice.OWN}
    row.sentences = sentences
    lapsed = [one for key, one in waiting.items() if key not in {left.key for left in view_block(row).conflicts}]
    if lapsed:
        edited = row.edited or ""
        for one in lapsed:
            edited = edited.replace(one.mine, one.own, 1) if one.mine else f"{edited}\n{one.own}"
        choices = {key: stored for key, stored in row.choices.items() if key not in {one.key for one in lapsed}}
        set_block(session, row, version=row.version, who=who, now_utc=now_utc, signs=False, edited=edited, choices=choices)
    settle_block(session, draft, row, who=who, now_utc=now_utc)


def choose(
    session: Session,
    draft_id: DraftId,
    key: str,
    conflict_key: str,
    *,
    choice: Choice | None,
    own: str = "",
    version: int,
    who: str,
    now_utc: datetime,
) -> BlockView:
    """Choose for one sentence in two versions, or with None take the choice back; nothing is written into the text yet.

    Raises: NoSuchSummary, SummaryFinalised, StaleSave, NoSuchConflict, OwnWordsMissing, PrivateNumberTyped.
    """
    row = find_block(session, open_draft(session, draft_id), key)
    conflict = next((one for one in view_block(row).conflicts if one.key == conflict_key), None)
    if conflict is None:
        raise NoSuchConflict
    words = tidy_text(own) or conflict.own
    check_text(words)
    if choice is Choice.OWN and not words:
        raise OwnWordsMissing
    return _remember(session, row, {conflict_key: _pack(conflict, choice, words)}, version=version, who=who, now_utc=now_utc)


def choose_all(session: Session, draft_id: DraftId, key: str, *, choice: Choice, version: int, who: str, now_utc: datetime) -> BlockView:
    """Choose the same for all that nobody has chosen for yet. Raises: NoSuchSummary, SummaryFinalised, StaleSave."""
    row = find_block(session, open_draft(session, draft_id), key)
    waiting = [one for one in view_block(row).conflicts if one.choice is None]
    return _remember(session, row, {one.key: _pack(one, choice, one.own) for one in waiting}, version=version, who=who, now_utc=now_utc)


def write_choices(session: Session, draft_id: DraftId, key: str, *, version: int, who: str, now_utc: datetime) -> BlockView:
    """Write what was chosen into the text. Raises: NoSuchSummary, SummaryFinalised, StaleSave, NoSuchConflict, ConflictsOpen."""
    draft = open_draft(session, draft_id)
    row = find_block(session, draft, key)
    view = view_block(row)
    if not view.is_conflict:
        raise NoSuchConflict
    if view.open_conflicts:
        raise ConflictsOpen(n=view.open_conflicts)
    edited = None if view.preview in {"", view.generated} else view.preview
    set_block(session, row, version=version, who=who, now_utc=now_utc, over=draft, edited=edited, choices={})
    return view_block(row)


def list_reasons(session: Session, draft_id: DraftId, key: str, conflict_key: str | None = None) -> Reasons:
    """What changed in the records under a sentence in two versions, or under all of the block. Raises: NoSuchSummary."""
    draft = find_draft(session, draft_id)
    row = find_block(session, draft, key)
    wanted = [one for one in view_block(row).conflicts if conflict_key in (None, one.key)]
    sources = [source for one in wanted for side in (one.base, one.new) if side for source in side.sources]
    return Reasons(
        as_of_before=None if row.base_as_of == draft.as_of else row.base_as_of,
        as_of_now=draft.as_of,
        records=list_record_changes(session, sources, after=row.base_at_change, until=draft.written_at_change),
    )


def _remember(
    session: Session, row: SummaryBlock, choices: dict[str, dict[str, str]], *, version: int, who: str, now_utc: datetime
) -> BlockView:
    set_block(session, row, version=version, who=who, now_utc=now_utc, signs=False, choices={**row.choices, **choices})
    return view_block(row)


def _pack(conflict: OpenConflict, choice: Choice | None, own: str) -> dict[str, str]:
    return {"choice": choice.value if choice else "", "text": own, "new": conflict.new.text if conflict.new else ""}
