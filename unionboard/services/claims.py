"""Claims: spending on its way. Draft -> submitted -> approved -> paid -> filed; returned with a reason it is a draft again.

Handler, approver and cashier are three people (``roles``); paying a claim books its entry. Sums are fen. Source: domain notes C6.
"""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from unionboard.errors.activities import ReasonMissing
from unionboard.errors.claims import (
    GatheredAmountFixed,
    PaidMoreThanApproved,
    PapersMissing,
    ResolutionMissing,
)
from unionboard.errors.fund import ItemMissing, PurposeMissing
from unionboard.errors.money import AmountMissing
from unionboard.models import Claim, ClaimState, Direction, FundEntry
from unionboard.money import yuan_text
from unionboard.services import ceilings, fund
from unionboard.services.ceilings import Finding
from unionboard.services.changes import move_row, update_row
from unionboard.services.claim_drafts import copy_claim, gather_claim, list_gathered, load_claim, save_claim, spending_facts, sum_given
from unionboard.services.claim_views import (
    ClaimView,
    Waiting,
    find_claim,
    list_claims,
    list_open,
    list_turns,
    list_waiting,
    list_waiting_for,
    sum_open,
)
from unionboard.services.fund_papers import list_papers, missing_kinds
from unionboard.services.fund_policy import needs_resolution, read_policy
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.posting import check_item
from unionboard.services.privacy import check_text
from unionboard.services.roles import (
    check_approver,
    check_named,
    check_not_audit,
    check_payer,
    check_separate,
    explain_hand,
    is_among,
    read_committee,
)

__all__ = [
    "ClaimView",
    "Waiting",
    "approve_claim",
    "copy_claim",
    "file_claim",
    "find_claim",
    "gather_claim",
    "list_claims",
    "list_open",
    "list_turns",
    "list_waiting",
    "list_waiting_for",
    "pay_claim",
    "return_claim",
    "save_claim",
    "spending_facts",
    "submit_claim",
    "sum_open",
    "withdraw_claim",
]

OPEN = (ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.APPROVED)
"""Not paid yet, so it can be given up."""


def submit_claim(
    session: Session, claim_id: int, *, version: int, who: str, now_utc: datetime, today: date, over_reason: str = ""
) -> tuple[Finding, ...]:
    """Hand a draft in. Ceilings and the item's budget are judged now, and only now; what is near or over is put on record.

    Whoever hands in is the handler where none is named. Raises: ClaimMovedOn, PurposeMissing, AmountMissing, ItemMissing,
    NoSuchFundItem, WrongDirection, NameUntold, AuditPaysNothing, OverWithoutReason.
    """
    require(session, Act.HAND_IN_CLAIM)
    row = load_claim(session, claim_id, version, ClaimState.DRAFT)
    if not row.purpose:
        raise PurposeMissing
    if not row.amount_fen:
        raise AmountMissing
    if not row.item:
        raise ItemMissing
    check_item(session, row.item)
    handler = row.handler or who
    check_named(handler)
    committee = read_committee(session)
    for name in (who, handler):
        check_not_audit(committee, name)
    reason = over_reason.strip() or row.over_reason
    check_text(reason)
    findings = ceilings.settle(
        session, spending_facts(row, today=today), reason=reason, who=who, now_utc=now_utc, today=today, claim_id=claim_id
    )
    _move(
        session,
        row,
        who=who,
        now_utc=now_utc,
        state=ClaimState.SUBMITTED,
        handler=handler,
        submitted_at_utc=now_utc,
        over_reason=reason,
        returned_by="",
        returned_reason="",
    )
    return findings


def approve_claim(
    session: Session, claim_id: int, *, version: int, who: str, now_utc: datetime, resolution: str = "", one_hand: str = ""
) -> Claim:
    """``who`` approves a submitted claim; of large sums ``resolution`` names the committee's meeting or decision.

    Raises: ClaimMovedOn, NameUntold, AuditPaysNothing, NotYoursToApprove, StandInUnexplained, RolesNotSeparate or OneHandUnexplained
    (``who`` handles it), ResolutionMissing.
    """
    row = load_claim(session, claim_id, version, ClaimState.SUBMITTED)
    check_named(who)
    check_text(resolution, one_hand)
    committee = read_committee(session)
    require(session, Act.HAND_IN_CLAIM if is_among(who, committee.stand_ins(row.handler)) else Act.APPROVE_CLAIM)

    def check_part(reason: str) -> None:
        check_approver(committee, who, handler=row.handler, one_hand=reason)
        check_separate(committee, who, [row.handler], one_hand=reason)

    one_hand = explain_hand(check_part, one_hand)
    policy = read_policy(session)
    if needs_resolution(policy, row.amount_fen) and not resolution.strip():
        raise ResolutionMissing(amount=yuan_text(policy.resolution_above_fen or 0))
    return _move(
        session,
        row,
        who=who,
        now_utc=now_utc,
        state=ClaimState.APPROVED,
        approver=who,
        approved_at_utc=now_utc,
        resolution=resolution.strip(),
        one_hand=_joined(row.one_hand, one_hand),
    )


def return_claim(session: Session, claim_id: int, *, version: int, reason: str, who: str, now_utc: datetime) -> Claim:
    """Give a submitted or approved claim back to its handler with a ``reason``: it is a draft again.

    Raises: ClaimMovedOn, ReasonMissing, NameUntold, AuditPaysNothing, PrivateNumberTyped.
    """
    row = load_claim(session, claim_id, version, ClaimState.SUBMITTED, ClaimState.APPROVED)
    if not is_among(who, read_committee(session).stand_ins(row.handler)):
        require(session, Act.APPROVE_CLAIM, Act.KEEP_BOOKS)
    _check_giving_back(session, who, reason)
    return _move(
        session,
        row,
        who=who,
        now_utc=now_utc,
        state=ClaimState.DRAFT,
        returned_by=who,
        returned_reason=reason.strip(),
        submitted_at_utc=None,
        approver="",
        approved_at_utc=None,
        resolution="",
        one_hand="",
    )


def pay_claim(
    session: Session,
    claim_id: int,
    *,
    version: int,
    paid_on: date,
    who: str,
    now_utc: datetime,
    today: date,
    amount_fen: int | None = None,
    papers: int = 0,
    one_hand: str = "",
) -> FundEntry:
    """``who`` pays an approved claim: its entry is booked, and visits and hand-outs gathered in it are posted with it.

    ``amount_fen``: what was really paid, when it is less than approved. The claim then belongs to the book of ``paid_on``.
    Raises: ClaimMovedOn, NameUntold, AuditPaysNothing, NotYoursToPay, RolesNotSeparate or OneHandUnexplained, PaidMoreThanApproved,
    GatheredAmountFixed, and what ``fund.book_entry`` raises (DateInFuture, PeriodClosed …).
    """
    require(session, Act.KEEP_BOOKS)
    row = load_claim(session, claim_id, version, ClaimState.APPROVED)
    check_named(who)
    check_text(one_hand)
    committee = read_committee(session)

    def check_part(reason: str) -> None:
        check_payer(committee, who, one_hand=reason)
        check_separate(committee, who, [row.handler, row.approver], one_hand=reason)

    one_hand = explain_hand(check_part, one_hand)
    paid_fen = row.amount_fen if amount_fen is None else amount_fen
    if paid_fen > row.amount_fen:
        raise PaidMoreThanApproved(amount=yuan_text(row.amount_fen))
    gathered = list_gathered(session, claim_id)
    if gathered and paid_fen != sum_given(gathered):
        raise GatheredAmountFixed(amount=yuan_text(sum_given(gathered)))
    one_hand = _joined(row.one_hand, one_hand)
    entry = fund.book_entry(
        session,
        booked_on=paid_on,
        direction=Direction.OUT,
        item=row.item,
        amount_fen=paid_fen,
        purpose=row.purpose,
        today=today,
        who=who,
        now_utc=now_utc,
        source=row.source,
        payee=row.payee,
        handler=row.handler,
        approver=row.approver,
        cashier=who,
        one_hand=one_hand,
        papers=papers,
        activity_id=row.activity_id,
        claim_id=claim_id,
    )
    for given in gathered:
        update_row(session, given, version=given.version, who=who, now_utc=now_utc, fund_entry_id=entry.id)
    _move(
        session,
        row,
        who=who,
        now_utc=now_utc,
        state=ClaimState.PAID,
        cashier=who,
        paid_on=paid_on,
        amount_fen=paid_fen,
        one_hand=one_hand,
        year=paid_on.year,
    )
    return entry


def file_claim(session: Session, claim_id: int, *, version: int, who: str, now_utc: datetime, reason: str = "") -> Claim:
    """Put a paid claim away with its papers; without all of them only for a ``reason``, which is kept in its note.

    Raises: ClaimMovedOn, NameUntold, AuditPaysNothing, PapersMissing.
    """
    require(session, Act.HAND_IN_CLAIM)
    row = load_claim(session, claim_id, version, ClaimState.PAID)
    check_named(who)
    check_text(reason)
    check_not_audit(read_committee(session), who)
    large = needs_resolution(read_policy(session), row.amount_fen)
    missing = missing_kinds(row.kind, list_papers(session, claim_ids=[claim_id]), with_resolution=large)
    if missing and not reason.strip():
        raise PapersMissing(n=len(missing))
    note = _joined(row.note, reason) if missing else row.note
    return _move(session, row, who=who, now_utc=now_utc, state=ClaimState.FILED, filed_by=who, filed_at_utc=now_utc, note=note)


def withdraw_claim(session: Session, claim_id: int, *, version: int, reason: str, who: str, now_utc: datetime) -> Claim:
    """Give a claim up that is not paid yet; visits and hand-outs gathered in it are open again (``posting.is_open``).

    Raises: ClaimMovedOn, ReasonMissing, NameUntold, AuditPaysNothing, PrivateNumberTyped.
    """
    require(session, Act.HAND_IN_CLAIM)
    row = load_claim(session, claim_id, version, *OPEN)
    _check_giving_back(session, who, reason)
    return _move(session, row, who=who, now_utc=now_utc, state=ClaimState.WITHDRAWN, returned_by=who, returned_reason=reason.strip())


def _move(session: Session, row: Claim, *, who: str, now_utc: datetime, **values: Any) -> Claim:
    move_row(session, row, who=who, now_utc=now_utc, **values)
    return row


def _check_giving_back(session: Session, who: str, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
    check_text(reason)
    check_named(who)
    check_not_audit(read_committee(session), who)


def _joined(first: str, second: str) -> str:
    return "；".join(dict.fromkeys(part for part in (first.strip(), second.strip()) if part))
