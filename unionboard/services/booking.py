"""A line booked at once, without a claim: by small unions, and for income. The same rules hold as for a claim that is paid.

Three parts in three hands (``roles``), ceilings that speak and ask for a reason, and no private numbers. Source: domain notes C5, C6.
"""

from datetime import date, datetime

from sqlmodel import Session

from unionboard.errors.claims import OneHandUnexplained
from unionboard.models import Direction, FundEntry
from unionboard.services import ceilings, fund
from unionboard.services.ceilings import SpendingFacts
from unionboard.services.privacy import check_purpose, check_text
from unionboard.services.roles import Committee, check_approver, check_not_audit, check_payer, check_separate, read_committee


def book_at_once(
    session: Session,
    facts: SpendingFacts,
    *,
    direction: Direction,
    purpose: str,
    today: date,
    who: str,
    now_utc: datetime,
    payee: str = "",
    handler: str = "",
    approver: str = "",
    cashier: str = "",
    one_hand: str = "",
    over_reason: str = "",
    papers: int = 0,
    activity_id: int | None = None,
) -> FundEntry:
    """Book what ``facts`` tell (day, amount, item, source, and what ceilings ask). Names left empty are not told; the books show it.

    ``one_hand``: why one person has several parts; kept only where it is so. ``over_reason``: why a ceiling may be exceeded.
    Raises: PrivateNumberTyped, VisitedNamed, AuditPaysNothing, NotYoursToApprove, NotYoursToPay, RolesNotSeparate, OneHandUnexplained,
    OverWithoutReason, and what ``fund.book_entry`` raises.
    """
    check_purpose(purpose)
    check_text(payee, one_hand, over_reason)
    needed = check_hands(session, handler, approver, cashier, one_hand) if direction is Direction.OUT else False
    entry = fund.book_entry(
        session,
        booked_on=facts.booked_on,
        direction=direction,
        item=facts.item,
        amount_fen=facts.amount_fen,
        purpose=purpose,
        source=facts.source,
        payee=payee,
        handler=handler,
        approver=approver,
        cashier=cashier,
        one_hand=one_hand if needed else "",
        papers=papers,
        activity_id=activity_id,
        today=today,
        who=who,
        now_utc=now_utc,
    )
    if direction is Direction.OUT:
        session.flush()
        ceilings.settle(session, facts, reason=over_reason, who=who, now_utc=now_utc, today=today, fund_entry_id=entry.id)
    return entry


def check_hands(session: Session, handler: str, approver: str, cashier: str, one_hand: str) -> bool:
    """Whether one person has several parts, or one that is another's, which only ``one_hand`` explains.

    Raises: AuditPaysNothing, NotYoursToApprove, NotYoursToPay, RolesNotSeparate, OneHandUnexplained.
    """
    committee = read_committee(session)
    if handler:
        check_not_audit(committee, handler)
    try:
        _check_parts(committee, handler, approver, cashier, "")
    except OneHandUnexplained:
        _check_parts(committee, handler, approver, cashier, one_hand)
        return True
    return False


def _check_parts(committee: Committee, handler: str, approver: str, cashier: str, one_hand: str) -> None:
    if approver:
        check_approver(committee, approver, handler=handler, one_hand=one_hand)
        check_separate(committee, approver, [handler], one_hand=one_hand)
    if cashier:
        check_payer(committee, cashier, one_hand=one_hand)
        check_separate(committee, cashier, [handler, approver], one_hand=one_hand)
