"""The table for the upper union: the year's figures as it asks for them, out of the same facts as the summary."""

from datetime import date

from sqlmodel import Session

from unionboard.drafting.upward import UpwardTable, tell_upward
from unionboard.services.summary import DraftId
from unionboard.services.summary_drafts import gather_facts


def gather_upward(session: Session, draft_id: DraftId, *, as_of: date) -> UpwardTable:
    """The figures of the draft's span up to ``as_of`` (inclusive); its form does not matter. Raises: NoPlanYet."""
    return tell_upward(gather_facts(session, draft_id, as_of=as_of), language=draft_id.language)
