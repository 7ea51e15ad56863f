"""Drafts of claims: written, changed, copied, or gathered from visits and hand-outs that are to be paid. Sums are fen."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.activities import NoSuchActivity
from unionboard.errors.claims import ClaimMovedOn, GatheredAmountFixed, NoSuchClaim, NoSuchClaimKind
from unionboard.errors.money import AmountMissing, AmountNotPositive
from unionboard.models import Activity, CareVisit, Claim, ClaimState, Handout
from unionboard.models.changelog import ChangeAction
from unionboard.money import yuan_text
from unionboard.reference import claim_kinds
from unionboard.services.ceilings import SpendingFacts
from unionboard.services.changes import record_change, update_row
from unionboard.services.claim_views import ClaimView
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.posting import check_item, is_open
from unionboard.services.privacy import check_care_text, check_purpose, check_text
from unionboard.services.roles import check_not_audit, read_committee

_TEXTS = ("purpose", "payee", "handler", "note", "over_reason")
_FIELDS = frozenset(
    {"year", "kind", "item", "source", "amount_fen", "activity_id", "people", "participants", "winners", "festival", "form", "needed_on"}
).union(_TEXTS)
_COPIED = _FIELDS - {"year", "needed_on", "handler", "over_reason", "note"}


def save_claim(session: Session, claim_id: int | None, *, version: int, who: str, now_utc: datetime, **fields: Any) -> Claim:
    """Make a draft (``claim_id`` None; ``year`` is needed) or change one. A draft may lack anything but its year.

    ``fields``: year, kind, purpose, item, source, amount_fen, payee, activity_id, people, participants, winners, festival, form,
    needed_on, handler, note, over_reason. The purpose of a private kind is written by the program and its payee left out, so that
    nobody is named.
    Raises: NoSuchClaimKind, AmountNotPositive (below zero), NoSuchActivity, PrivateNumberTyped, IllnessNamed, VisitedNamed,
    AuditPaysNothing, NoSuchClaim, ClaimMovedOn (no draft any more), GatheredAmountFixed, StaleSave.
    """
    require(session, Act.HAND_IN_CLAIM)
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
        _cover_person(row)
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
        return row
    row = load_claim(session, claim_id)
    if row.state is not ClaimState.DRAFT:
        raise ClaimMovedOn
    gathered_fen = sum_given(list_gathered(session, claim_id))
    if gathered_fen and fields.get("amount_fen", gathered_fen) != gathered_fen:
        raise GatheredAmountFixed(amount=yuan_text(gathered_fen))
    asked = Claim(**row.model_dump() | fields)
    _cover_person(asked)
    update_row(session, row, version=version, who=who, now_utc=now_utc, **fields | {"purpose": asked.purpose, "payee": asked.payee})
    return row


def copy_claim(session: Session, claim_id: int, *, year: int, who: str, now_utc: datetime, handler: str = "") -> Claim:
    """A new draft that asks for the same, in the book of ``year``, without the papers and parts of the first. Raises: NoSuchClaim."""
    row = load_claim(session, claim_id)
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
    require(session, Act.HAND_IN_CLAIM)
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
        amount_fen=sum_given(given),
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


def load_claim(session: Session, claim_id: int, version: int | None = None, *states: ClaimState) -> Claim:
    """A claim to be changed. With ``states`` it must be in one of them and as the caller saw it. Raises: NoSuchClaim, ClaimMovedOn."""
    row = session.exec(select(Claim).where(Claim.id == claim_id).with_for_update()).first()
    if row is None:
        raise NoSuchClaim(id=claim_id)
    if states and (row.version != version or row.state not in states):
        raise ClaimMovedOn
    return row


def list_gathered(session: Session, claim_id: int) -> list[CareVisit | Handout]:
    """The visits and hand-outs a claim pays for."""
    visits = session.exec(select(CareVisit).where(CareVisit.claim_id == claim_id, col(CareVisit.removed).is_(False)))
    handouts = session.exec(select(Handout).where(Handout.claim_id == claim_id, col(Handout.removed_at_utc).is_(None)))
    return [*visits, *handouts]


def sum_given(given: Iterable[CareVisit | Handout]) -> int:
    """What they cost together."""
    return sum(row.amount_fen if isinstance(row, CareVisit) else row.heads * row.unit_fen for row in given)


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


def _cover_person(row: Claim) -> None:
    """Of care and hardship the purpose says how many, in the language of the stored data, and never for whom or why; nor does the payee,
    and no remark names an illness; what other claims are for names nobody visited either. Raises: IllnessNamed, VisitedNamed.
    """
    kind = claim_kinds()[row.kind]
    if kind.is_private:
        row.purpose = f"{kind.zh}（{row.people}人次）" if row.people else kind.zh
        row.payee = ""
        check_care_text(row.note, row.over_reason)
    check_purpose(row.purpose)
