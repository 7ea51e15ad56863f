"""Claims: spending on its way. Draft -> submitted -> approved -> paid -> filed; returned with a reason it is a draft again.

Handler, approver and cashier are three people (``roles``); paying a claim books its entry. Sums are fen. Source: domain notes C6.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.activities import NoSuchActivity, ReasonMissing
from unionboard.errors.claims import (
    ClaimMovedOn,
    GatheredAmountFixed,
    NoSuchClaim,
    NoSuchClaimKind,
    PaidMoreThanApproved,
    PapersMissing,
    ResolutionMissing,
)
from unionboard.errors.fund import ItemMissing, PurposeMissing
from unionboard.errors.money import AmountMissing, AmountNotPositive
from unionboard.models import Activity, CareVisit, Claim, ClaimState, Direction, FundEntry, Handout
from unionboard.models.changelog import ChangeAction
from unionboard.money import yuan_text
from unionboard.reference import claim_kinds
from unionboard.services import ceilings, fund
from unionboard.services.ceilings import Finding, SpendingFacts
from unionboard.services.changes import record_change, snapshot, update_row
from unionboard.services.claim_views import (
    ClaimView,
    Waiting,
    find_claim,
    list_claims,
    list_turns,
    list_waiting,
    list_waiting_for,
    sum_open,
)
from unionboard.services.fund_papers import list_papers, missing_kinds
from unionboard.services.fund_policy import needs_resolution, read_policy
from unionboard.services.posting import check_item, is_open
from unionboard.services.privacy import check_text
from unionboard.services.roles import check_approver, check_named, check_not_audit, check_payer, check_separate, read_committee

__all__ = [
    "ClaimView",
    "Waiting",
    "approve_claim",
    "copy_claim",
    "file_claim",
    "find_claim",
    "gather_claim",
    "list_claims",
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
_TEXTS = ("purpose", "payee", "handler", "note", "over_reason")
_FIELDS = frozenset(
    {"year", "kind", "item", "source", "amount_fen", "activity_id", "people", "participants", "winners", "festival", "form", "needed_on"}
).union(_TEXTS)
_COPIED = _FIELDS - {"year", "needed_on", "handler", "over_reason", "note"}


def save_claim(session: Session, claim_id: int | None, *, version: int, who: str, now_utc: datetime, **fields: Any) -> Claim:
    """Make a draft (``claim_id`` None; ``year`` is needed) or change one. A draft may lack anything but its year.

    ``fields``: year, kind, purpose, item, source, amount_fen, payee, activity_id, people, participants, winners, festival, form,
    needed_on, handler, note, over_reason. The purpose of a private kind is written by the program, so that it names nobody.
    Raises: NoSuchClaimKind, AmountNotPositive (below zero), NoSuchActivity, PrivateNumberTyped, AuditPaysNothing, NoSuchClaim,
    ClaimMovedOn (no draft any more), GatheredAmountFixed, StaleSave.
    """
    if unknown := set(fields) - _FIELDS:
        raise TypeError(f"not fields of a claim: {sorted(unknown)}")
    fields |= {name: str(fields[name]).strip() for name in _TEXTS if name in fields}
    check_text(*(fields[name] for name in _TEXTS if name in fields))
    _check_fields(session, fields)
    committee = read_committee(session)
    for name in (who, fields.get("handler", "")):
        check_not_audit(committee, name)
    if claim_id is None:
        row = Claim(**fields, who=who, created_at_utc=now_utc)
        _compose_purpose(row)
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
        return row
    row = _load(session, claim_id)
    if row.state is not ClaimState.DRAFT:
        raise ClaimMovedOn
    gathered_fen = _sum_given(_gathered(session, claim_id))
    if gathered_fen and fields.get("amount_fen", gathered_fen) != gathered_fen:
        raise GatheredAmountFixed(amount=yuan_text(gathered_fen))
    asked = Claim(**row.model_dump() | fields)
    _compose_purpose(asked)
    update_row(session, row, version=version, who=who, now_utc=now_utc, **fields | {"purpose": asked.purpose})
    return row


def submit_claim(
    session: Session, claim_id: int, *, version: int, who: str, now_utc: datetime, today: date, over_reason: str = ""
) -> tuple[Finding, ...]:
    """Hand a draft in. Ceilings and the item's budget are judged now, and only now; what is near or over is put on record.

    Whoever hands in is the handler where none is named. Raises: ClaimMovedOn, PurposeMissing, AmountMissing, ItemMissing,
    NoSuchFundItem, WrongDirection, NameUntold, AuditPaysNothing, OverWithoutReason.
    """
    row = _load(session, claim_id, version, ClaimState.DRAFT)
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

    Raises: ClaimMovedOn, NameUntold, AuditPaysNothing, NotYoursToApprove, RolesNotSeparate or OneHandUnexplained (``who`` handles it),
    ResolutionMissing.
    """
    row = _load(session, claim_id, version, ClaimState.SUBMITTED)
    check_named(who)
    check_text(resolution, one_hand)
    committee = read_committee(session)
    check_approver(committee, who)
    check_separate(committee, who, [row.handler], one_hand=one_hand)
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
    row = _load(session, claim_id, version, ClaimState.SUBMITTED, ClaimState.APPROVED)
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
    row = _load(session, claim_id, version, ClaimState.APPROVED)
    check_named(who)
    check_text(one_hand)
    committee = read_committee(session)
    check_payer(committee, who, one_hand=one_hand)
    check_separate(committee, who, [row.handler, row.approver], one_hand=one_hand)
    paid_fen = row.amount_fen if amount_fen is None else amount_fen
    if paid_fen > row.amount_fen:
        raise PaidMoreThanApproved(amount=yuan_text(row.amount_fen))
    gathered = _gathered(session, claim_id)
    if gathered and paid_fen != _sum_given(gathered):
        raise GatheredAmountFixed(amount=yuan_text(_sum_given(gathered)))
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
    row = _load(session, claim_id, version, ClaimState.PAID)
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
    row = _load(session, claim_id, version, *OPEN)
    _check_giving_back(session, who, reason)
    return _move(session, row, who=who, now_utc=now_utc, state=ClaimState.WITHDRAWN, returned_by=who, returned_reason=reason.strip())


def copy_claim(session: Session, claim_id: int, *, year: int, who: str, now_utc: datetime, handler: str = "") -> Claim:
    """A new draft that asks for the same, in the book of ``year``, without the papers and parts of the first. Raises: NoSuchClaim."""
    row = _load(session, claim_id)
    same = {name: getattr(row, name) for name in _COPIED}
    return save_claim(session, None, version=0, who=who, now_utc=now_utc, year=year, handler=handler, **same)


def gather_claim(
    session: Session,
    *,
    year: int,
    who: str,
    now_utc: datetime,
    visit_ids: tuple[int, ...] = (),
    handout_ids: tuple[int, ...] = (),
    handler: str = "",
) -> Claim:
    """A draft for visits and hand-outs that are neither posted nor in another claim (those that are, are passed over): their sum, the
    item and source of the first. Paying it posts them. Raises: AmountMissing when nothing is left to pay, AuditPaysNothing.
    """
    visits = session.exec(
        select(CareVisit).where(
            col(CareVisit.id).in_(visit_ids), col(CareVisit.removed).is_(False), CareVisit.amount_fen > 0, is_open(CareVisit)
        )
    ).all()
    handouts = session.exec(
        select(Handout).where(col(Handout.id).in_(handout_ids), col(Handout.removed_at_utc).is_(None), is_open(Handout))
    ).all()
    given: list[CareVisit | Handout] = [*visits, *handouts]
    if not given:
        raise AmountMissing
    claim = save_claim(
        session,
        None,
        version=0,
        who=who,
        now_utc=now_utc,
        year=year,
        kind="care" if visits else "festival_goods",
        purpose="" if visits else handouts[0].title,
        item=given[0].item,
        source=given[0].source,
        amount_fen=_sum_given(given),
        people=sum(row.people for row in visits) + sum(row.heads for row in handouts),
        festival="" if visits else handouts[0].festival,
        handler=handler,
    )
    for row in given:
        update_row(session, row, version=row.version, who=who, now_utc=now_utc, claim_id=claim.id)
    return claim


def spending_facts(claim: Claim | ClaimView, *, today: date) -> SpendingFacts:
    """What the ceilings ask of a claim, on the day it is needed, else ``today``."""
    return SpendingFacts(
        booked_on=claim.needed_on or today,
        amount_fen=claim.amount_fen,
        item=claim.item,
        source=claim.source,
        text=claim.purpose,
        people=claim.people or None,
        participants=claim.participants or None,
        winners=claim.winners,
        festival=claim.festival,
        form=claim.form,
        not_claim_id=claim.id,
    )


def _load(session: Session, claim_id: int, version: int | None = None, *states: ClaimState) -> Claim:
    row = session.exec(select(Claim).where(Claim.id == claim_id).with_for_update()).first()
    if row is None:
        raise NoSuchClaim(id=claim_id)
    if states and (row.version != version or row.state not in states):
        raise ClaimMovedOn
    return row


def _move(session: Session, row: Claim, *, who: str, now_utc: datetime, **values: Any) -> Claim:
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)
    return row


def _check_fields(session: Session, fields: dict[str, Any]) -> None:
    if "kind" in fields and fields["kind"] not in claim_kinds():
        raise NoSuchClaimKind(code=fields["kind"])
    if fields.get("amount_fen", 0) < 0:
        raise AmountNotPositive
    if fields.get("item"):
        check_item(session, fields["item"])
    if fields.get("activity_id") is not None:
        activity = session.get(Activity, fields["activity_id"])
        if activity is None or activity.removed:
            raise NoSuchActivity(id=fields["activity_id"])


def _check_giving_back(session: Session, who: str, reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing
    check_text(reason)
    check_named(who)
    check_not_audit(read_committee(session), who)


def _compose_purpose(row: Claim) -> None:
    """Of care and hardship the purpose says how many, in the language of the stored data, and never for whom or why."""
    kind = claim_kinds()[row.kind]
    if kind.is_private:
        row.purpose = f"{kind.zh}（{row.people}人次）" if row.people else kind.zh


def _gathered(session: Session, claim_id: int) -> list[CareVisit | Handout]:
    visits = session.exec(select(CareVisit).where(CareVisit.claim_id == claim_id, col(CareVisit.removed).is_(False)))
    handouts = session.exec(select(Handout).where(Handout.claim_id == claim_id, col(Handout.removed_at_utc).is_(None)))
    return [*visits, *handouts]


def _sum_given(given: Iterable[CareVisit | Handout]) -> int:
    return sum(row.amount_fen if isinstance(row, CareVisit) else row.heads * row.unit_fen for row in given)


def _joined(first: str, second: str) -> str:
    return "；".join(dict.fromkeys(part for part in (first.strip(), second.strip()) if part))
