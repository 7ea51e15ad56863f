"""A block of a summary is changed in one way: never over somebody else's newer words, and always logged."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from unionboard.errors.saving import Difference, StaleSave
from unionboard.models import SummaryBlock, SummaryDraft
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import record_change, snapshot
from unionboard.services.summary import view_block


def set_block(
    session: Session,
    row: SummaryBlock,
    *,
    version: int,
    who: str,
    now_utc: datetime,
    over: SummaryDraft | None = None,
    signs: bool = True,
    **values: Any,
) -> bool:
    """Set what people say in a block (edited, own_heading, is_left_out, choices) and log it; returns whether anything differed.

    ``over``: the words rest on the newest sentences of this summary from now on. ``signs``: the block is ``who``'s from now on; a merge
    leaves it whose it was. Raises: StaleSave.
    """
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not differing:
        return False
    if row.version != version:
        yours = values.get("edited", values.get("own_heading"))
        theirs = row.own_heading if "own_heading" in values else view_block(row).text
        told = [Difference(row.own_heading or row.heading or row.key, theirs or "", yours or "")]
        raise StaleSave(differences=told, version=row.version, who=row.edited_by, at_utc=row.edited_at_utc)
    before = snapshot(row)
    if over is not None:
        rebase_block(row, over)
        before |= {name: value for name, value in snapshot(row).items() if name.startswith("base")}  # generated: no news for the log
    for name, value in differing.items():
        setattr(row, name, value)
    if signs:
        row.edited_by, row.edited_at_utc = who, now_utc
    if row.edited is None:
        row.choices = {}
    row.version += 1
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)
    return True


def rebase_block(row: SummaryBlock, draft: SummaryDraft) -> None:
    """What people say in a block rests on its newest sentences from now on."""
    row.base, row.base_at_change, row.base_as_of = row.sentences, draft.written_at_change, draft.as_of
