"""The table for the upper union: the year's figures as it asks for them, out of the same facts as the summary."""

from datetime import date

from sqlmodel import Session

from unionboard.drafting.finding import find_facts
from unionboard.drafting.upward import UpwardTable, tell_upward
from unionboard.services.summary import DraftId
from unionboard.services.year_records import gather_before, gather_records


def gather_upward(session: Session, draft_id: DraftId, *, as_of: date) -> UpwardTable:
    """The figures of the draft's span up to ``as_of`` (inclusive); its form does not matter. Raises: NoPlanYet."""
    language, span = draft_id.language, draft_id.span
    records = gather_records(session, draft_id.plan_id, as_of=as_of, language=language, span=span)
    before = gather_before(session, draft_id.plan_id, as_of=as_of, language=language, span=span)
    return tell_upward(find_facts(records, before=before), language=language)
