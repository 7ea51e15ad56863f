"""What an activity cost: its entries in the fund, and entries that were booked without naming it.

The ledger is append-only. An entry is linked afterwards as it is corrected: taken back and booked again, both on its own day and with the
same amount, so that no month, item or balance moves and whoever audits sees all three lines.
"""

from datetime import datetime

from sqlmodel import Session

from unionboard.errors.fund import NoSuchEntry
from unionboard.models import FundEntry, Plan
from unionboard.services import care, fund, ledger
from unionboard.services.ledger import EntryView

MOST = 500
"""As many lines of a year are told at once."""


def list_entries(session: Session, plan: Plan, activity_id: int) -> list[EntryView]:
    """What was booked for an activity in the years of its plan, oldest first, as it may be shown."""
    pages = [
        ledger.find_entries(session, year, activity_id=activity_id, page_size=MOST, newest_first=False)
        for year in range(plan.starts_on.year, plan.ends_on.year + 1)
    ]
    return [entry for page in pages for entry in page.entries]


def list_unlinked(session: Session, plan: Plan) -> list[EntryView]:
    """Spending within the plan's days that names no activity and stands (no corrections, no care visits), newest first."""
    years = range(plan.ends_on.year, plan.starts_on.year - 1, -1)
    entries = [entry for year in years for entry in ledger.list_unlinked(session, year, limit=MOST)]
    return [entry for entry in entries if plan.starts_on <= entry.booked_on <= plan.ends_on]


def link_entry(session: Session, entry_id: int, *, activity_id: int, reason: str, who: str, now_utc: datetime) -> FundEntry:
    """Take an entry back for ``reason`` and book it again for the activity; the new entry.

    Raises: NoSuchEntry (also for that of a care visit), EntryIsCorrection, EntryAlreadyReversed, ReasonMissing, NoSuchActivity.
    """
    entry = session.get(FundEntry, entry_id)
    if entry is None or care.find_visit_of(session, entry_id) is not None:
        raise NoSuchEntry(id=entry_id)
    day = entry.booked_on
    fund.reverse_entry(session, entry_id, booked_on=day, reason=reason, today=day, who=who, now_utc=now_utc)
    return fund.book_entry(
        session,
        booked_on=day,
        direction=entry.direction,
        item=entry.item,
        amount_fen=entry.amount_fen,
        purpose=entry.purpose,
        source=entry.source,
        payee=entry.payee,
        handler=entry.handler,
        approver=entry.approver,
        papers=entry.papers,
        activity_id=activity_id,
        today=day,
        who=who,
        now_utc=now_utc,
    )
