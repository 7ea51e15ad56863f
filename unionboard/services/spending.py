"""What an activity cost: its entries in the fund, and entries that were booked without naming it.

The ledger is append-only. An entry is linked afterwards as it is corrected: taken back and booked again, both on its own day (or the
first that is open) and with the same amount, so that no month, item or balance moves and whoever audits sees all three lines.
"""

from datetime import datetime

from sqlmodel import Session, select

from unionboard.errors.fund import NoSuchEntry
from unionboard.models import Claim, FundEntry, FundPaper, Handout, Plan
from unionboard.models.changelog import ChangeAction
from unionboard.services import care, fund, ledger
from unionboard.services.changes import record_change, snapshot, update_row
from unionboard.services.fund_years import first_open_day
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

    Its papers and its claim go with it. Raises: NoSuchEntry (also for that of a care visit or a hand-out), EntryIsCorrection,
    EntryAlreadyReversed, ReasonMissing, NoSuchActivity.
    """
    entry = session.get(FundEntry, entry_id)
    if entry is None or care.find_visit_of(session, entry_id) is not None or _pays_handout(session, entry_id):
        raise NoSuchEntry(id=entry_id)
    claim = session.get(Claim, entry.claim_id) if entry.claim_id is not None else None
    state = claim.state if claim else None
    day = max(entry.booked_on, first_open_day(session, entry.year) or entry.booked_on)
    fund.reverse_entry(session, entry_id, booked_on=day, reason=reason, today=day, who=who, now_utc=now_utc)
    if claim is not None:  # it stays paid, by the new entry
        update_row(session, claim, version=claim.version, who=who, now_utc=now_utc, state=state, activity_id=activity_id)
    row = fund.book_entry(
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
        cashier=entry.cashier,
        one_hand=entry.one_hand,
        claim_id=entry.claim_id,
        papers=entry.papers,
        activity_id=activity_id,
        today=day,
        who=who,
        now_utc=now_utc,
    )
    for paper in session.exec(select(FundPaper).where(FundPaper.fund_entry_id == entry_id)):
        before = snapshot(paper)
        paper.fund_entry_id = row.id
        session.add(paper)
        record_change(session, paper, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)
    return row


def _pays_handout(session: Session, entry_id: int) -> bool:
    return session.exec(select(Handout.id).where(Handout.fund_entry_id == entry_id)).first() is not None
