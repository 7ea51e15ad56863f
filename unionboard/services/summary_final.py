"""A summary is finished: locked, with a fingerprint of what it says and of the figures it rests on, until somebody opens it again."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.activities import ReasonMissing
from unionboard.errors.saving import Difference, StaleSave
from unionboard.errors.summary import ConflictsOpen, NotFinalised
from unionboard.models import SummaryDraft
from unionboard.models.changelog import Change, ChangeAction
from unionboard.services.chain_check import keep_head, read_head
from unionboard.services.changes import record_change, snapshot
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.record_changes import RecordChange, list_record_changes
from unionboard.services.summary import DraftId, SummaryView, build_document, find_draft, open_draft, read_draft
from unionboard.services.summary_check import check_summary, require_decided
from unionboard.services.summary_drafts import newest_record_change
from unionboard.services.summary_storage import pack_sentences
from unionboard.services.upward import gather_upward
from unionboard.services.upward_sums import pack_figures

_STAMP = ("finalised_at_utc", "finalised_by", "fingerprint")


def finalise(session: Session, draft_id: DraftId, *, version: int, who: str, now_utc: datetime) -> SummaryView:
    """Lock a summary as it stands and keep what it says. ``version`` is the summary's.

    Raises: NoSuchSummary, SummaryFinalised, StaleSave, ConflictsOpen, PrivacyUndecided.
    """
    require(session, Act.FINALISE_SUMMARY)
    draft = open_draft(session, draft_id)
    _check_version(draft, version)
    view = read_draft(session, draft_id)
    if view.conflicts:
        raise ConflictsOpen(n=view.conflicts)
    require_decided(check_summary(session, view))
    figures = pack_figures(gather_upward(session, draft_id, as_of=view.as_of))  # what the upper union sums up
    final = {**_describe(view, change=newest_record_change(session)), "figures": figures, **keep_head(read_head(session))}
    before = snapshot(draft)
    draft.finalised_at_utc, draft.finalised_by, draft.final, draft.fingerprint = now_utc, who, final, take_fingerprint(final)
    draft.version += 1
    session.add(draft)
    record_change(session, draft, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)
    return read_draft(session, draft_id)


def reopen(session: Session, draft_id: DraftId, *, reason: str, version: int, who: str, now_utc: datetime) -> SummaryView:
    """Open a finalised summary again; the change log keeps the reason, and from its finalising what the summary said.

    Raises: NoSuchSummary, NotFinalised, StaleSave, ReasonMissing.
    """
    require(session, Act.FINALISE_SUMMARY)
    draft = find_draft(session, draft_id)
    if draft.finalised_at_utc is None:
        raise NotFinalised
    if not reason.strip():
        raise ReasonMissing
    _check_version(draft, version)
    before = snapshot(draft)
    draft.finalised_at_utc, draft.finalised_by, draft.final, draft.fingerprint = None, "", None, ""
    draft.version += 1
    session.add(draft)
    told = {name: before[name] for name in _STAMP}
    session.add(
        Change(
            at_utc=now_utc,
            who=who,
            action=ChangeAction.UPDATE.value,
            noun=str(SummaryDraft.__tablename__),
            row_id=draft.id or 0,
            before=told,
            after={**dict.fromkeys(told), "final": None, "finalised_by": "", "fingerprint": "", "reason": reason.strip()},
        )
    )
    session.flush()
    return read_draft(session, draft_id)


def list_changes_since(session: Session, draft_id: DraftId) -> tuple[RecordChange, ...]:
    """What changed in the records a summary rests on since it was finalised, or written, newest first. Raises: NoSuchSummary."""
    view = read_draft(session, draft_id)
    since = view.final.change if view.final else find_draft(session, draft_id).written_at_change
    sources = [source for block in view.printed for sentence in block.sentences for source in sentence.sources]
    return list_record_changes(session, sources, after=since)


def take_fingerprint(final: dict[str, Any]) -> str:
    """SHA-256 (64 hex digits) of what a finalised summary says and rests on, as JSON with sorted keys and without blanks."""
    canonical = json.dumps(final, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def find_changed_finals(session: Session) -> Iterator[str]:
    """Titles of summaries that are not what was finalised, were opened past the program, or are gone: by their text, their stamp and
    fingerprint, and what the change log, which nobody can change, says of both."""
    logged = _logged_stamps(session)
    drafts = {draft.id or 0: draft for draft in session.exec(select(SummaryDraft))}
    for id_ in sorted({*logged, *drafts}):
        stamp, draft = logged.get(id_, {}), drafts.get(id_)
        if draft is None:
            if stamp["fingerprint"]:
                yield str(stamp["final"]["title"])
        elif not _is_as_logged(session, draft, stamp):
            yield draft.title if draft.own_title is None else draft.own_title


def _logged_stamps(session: Session) -> dict[int, dict[str, Any]]:
    """What the change log last said of each summary's fingerprint."""
    rows = session.exec(select(Change).where(Change.noun == SummaryDraft.__tablename__).order_by(col(Change.id)))
    return {row.row_id: row.after for row in rows if row.after and "fingerprint" in row.after}


def _is_as_logged(session: Session, draft: SummaryDraft, stamp: Mapping[str, Any]) -> bool:
    if draft.finalised_at_utc is None:
        return not stamp.get("fingerprint")
    if any(stamp.get(name) != value for name, value in snapshot(draft).items() if name in _STAMP):
        return False
    try:
        view = read_draft(session, DraftId(draft.plan_id, draft.form, draft.span, draft.language))
        final = draft.final or {}
        now = _describe(view, change=final["change"])
    except (LookupError, AttributeError, TypeError, ValueError):  # the columns of SQLite take anything
        return False
    told = {name: final.get(name) for name in now}
    return take_fingerprint(final) == draft.fingerprint and now | {"lines": None} == told | {"lines": None}  # printing may change


def _describe(view: SummaryView, *, change: int) -> dict[str, Any]:
    """What a summary says, printed and block by block as it is stored, with the figures of all its sentences."""
    headings = view.headings
    return {
        "title": view.title,
        "form": view.form.value,
        "span": view.span.value,
        "language": view.language,
        "as_of": view.as_of.isoformat(),
        "lines": build_document(view).texts,
        "blocks": [
            {
                "key": block.key,
                "heading": headings.get(block.key, ""),
                "edited": block.edited,
                "sentences": pack_sentences(block.sentences),
            }
            for block in view.printed
        ],
        "change": change,
    }


def _check_version(draft: SummaryDraft, version: int) -> None:
    if draft.version != version:
        raise StaleSave(differences=[Difference("title", draft.own_title or draft.title, "")], version=draft.version)
