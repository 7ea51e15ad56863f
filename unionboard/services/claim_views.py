"""Claims as they are looked at: lists, what waits for whom, and how much is on its way. Nothing here names a recipient."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from unionboard.config import TIME_ZONE
from unionboard.errors.claims import NoSuchClaim
from unionboard.models import (
    Activity,
    CareVisit,
    Claim,
    ClaimState,
    FundEntry,
    FundPaper,
    FundSource,
    GiftForm,
    Handout,
    PaperKind,
)
from unionboard.services.changes import list_changes
from unionboard.services.fund_papers import list_papers, missing_kinds
from unionboard.services.fund_policy import needs_resolution, read_policy
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.roles import Committee, Role, is_same_person, read_committee


class Step(StrEnum):
    """What a claim waits for."""

    SUBMIT = "submit"
    APPROVE = "approve"
    PAY = "pay"
    FILE = "file"


STEP_AFTER = {
    ClaimState.DRAFT: Step.SUBMIT,
    ClaimState.SUBMITTED: Step.APPROVE,
    ClaimState.APPROVED: Step.PAY,
    ClaimState.PAID: Step.FILE,
}
"""The next step of a claim, by its state; none after the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim with what belongs to it. ``entry_id`` and ``voucher``: the entry that paid it; ``missing``: papers its kind needs and that
    are not there; ``gathered``: how many visits and hand-outs it pays for; ``needs_resolution``: the committee decides on such a sum."""

    id: int
    year: int
    state: ClaimState
    kind: str
    purpose: str
    item: str
    source: FundSource
    amount_fen: int
    payee: str
    activity_id: int | None
    activity_title: str
    people: int | None
    participants: int | None
    winners: int | None
    festival: str
    form: GiftForm | None
    needed_on: date | None
    handler: str
    submitted_at_utc: datetime | None
    approver: str
    approved_at_utc: datetime | None
    resolution: str
    cashier: str
    paid_on: date | None
    filed_by: str
    filed_at_utc: datetime | None
    returned_by: str
    returned_reason: str
    over_reason: str
    one_hand: str
    note: str
    who: str
    created_at_utc: datetime
    version: int
    entry_id: int | None
    voucher: int | None
    missing: tuple[PaperKind, ...]
    paper_count: int
    gathered: int
    needs_resolution: bool

    @property
    def step(self) -> Step | None:
        """What it waits for; None when it is at its end."""
        return STEP_AFTER.get(self.state)

    @property
    def waits_since(self) -> date:
        """The day of its last step, where the union is."""
        if self.state is ClaimState.PAID and self.paid_on:
            return self.paid_on
        moment = {ClaimState.SUBMITTED: self.submitted_at_utc, ClaimState.APPROVED: self.approved_at_utc}.get(self.state)
        return (moment or self.created_at_utc).astimezone(ZoneInfo(TIME_ZONE)).date()


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn a claim took: who brought it to ``state`` and why; where the sum changed, from what to what."""

    at_utc: datetime
    who: str
    state: ClaimState
    reason: str
    before_fen: int | None
    after_fen: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Claims that wait for one step: for which role, who that is (by the committee's list; of drafts the handlers), how many, how much."""

    step: Step
    role: Role
    names: tuple[str, ...]
    count: int
    sum_fen: int
    oldest_on: date


def list_claims(session: Session, year: int, *, states: Collection[ClaimState] | None = None) -> list[ClaimView]:
    """The claims of a book, newest first; of ``states`` only, when given. A constant number of queries."""
    require(session, Act.SEE_MONEY)
    query = select(Claim).where(Claim.year == year).order_by(col(Claim.id).desc())
    if states is not None:
        query = query.where(col(Claim.state).in_(list(states)))
    return _views(session, session.exec(query).all())


def list_open(session: Session, year: int) -> list[ClaimView]:
    """Claims of this and earlier books that still wait for a step, the longest waiting first: at New Year nothing drops out of sight."""
    query = select(Claim).where(Claim.year <= year, col(Claim.state).in_(list(STEP_AFTER)))
    return sorted(_views(session, session.exec(query).all()), key=lambda view: (view.waits_since, view.id))


def find_claim(session: Session, claim_id: int) -> ClaimView:
    """Raises: NoSuchClaim."""
    require(session, Act.SEE_MONEY)
    row = session.get(Claim, claim_id)
    if row is None:
        raise NoSuchClaim(id=claim_id)
    return _views(session, [row])[0]


def list_turns(session: Session, claim_id: int) -> list[Turn]:
    """What happened to a claim, oldest first: every change of its state and of its sum, from the change log."""
    turns, state = [], ClaimState.DRAFT
    for change in reversed(list_changes(session, noun=str(Claim.__tablename__), row_id=claim_id)):
        before, after = change.before or {}, change.after or {}
        is_moved, is_paid_less = "state" in after, bool(before) and "amount_fen" in after
        if is_moved:
            state = ClaimState(after["state"])
        if is_moved or is_paid_less:
            reason = str(after.get("returned_reason") or after.get("resolution") or "")
            sums = (before["amount_fen"], after["amount_fen"]) if is_paid_less else (None, None)
            turns.append(Turn(change.at_utc, change.who, state, reason, *sums))
    return turns


def list_waiting(session: Session, year: int) -> list[Waiting]:
    """What waits in this and earlier books, and for whom, in the order of the steps; steps nothing waits for are left out."""
    committee = read_committee(session)
    views = list_open(session, year)
    waiting = []
    for step in Step:
        mine = [view for view in views if view.step is step]
        if mine:
            names = _in_order((name for view in mine for name in names_for(view, committee)), committee)
            since = min(view.waits_since for view in mine)
            waiting.append(Waiting(step, _role_for(step, committee), names, len(mine), sum(view.amount_fen for view in mine), since))
    return waiting


def list_waiting_for(session: Session, year: int, name: str) -> list[ClaimView]:
    """The claims of this and earlier books whose next step ``name`` may take, the longest waiting first."""
    require(session, Act.SEE_MONEY)
    committee = read_committee(session)
    return [view for view in list_open(session, year) if may_act(view, name, committee)]


def names_for(view: ClaimView, committee: Committee) -> tuple[str, ...]:
    """Whom the next step of a claim waits for, by the committee's list; empty when it tells nobody."""
    handler = (view.handler,) if view.handler else ()
    if view.step is Step.SUBMIT:
        return handler
    if view.step is Step.FILE:
        return handler or committee.payers
    named = approvers_of(view, committee) if view.step is Step.APPROVE else committee.holders(Role.CASHIER) or committee.payers
    taken = (view.handler,) if view.step is Step.APPROVE else (view.handler, view.approver)
    free = tuple(name for name in named if not any(is_same_person(name, other) for other in taken))
    return free or (named if committee.is_tiny else ())


def approvers_of(view: ClaimView, committee: Committee) -> tuple[str, ...]:
    """Who may approve a claim by the committee's list: of one the only approver handles, others in that one's place."""
    return committee.stand_ins(view.handler) or committee.approvers


def may_act(view: ClaimView, name: str, committee: Committee) -> bool:
    """Whether ``name`` may take the next step of a claim, as far as names and duties tell."""
    if view.step is None or not name.strip() or Role.AUDIT in committee.roles_of(name):
        return False
    if view.step in (Step.SUBMIT, Step.FILE):
        others = [] if view.step is Step.SUBMIT else [view.cashier]
        return any(is_same_person(name, other) for other in (view.handler, *others)) or not view.handler
    named = approvers_of(view, committee) if view.step is Step.APPROVE else committee.payers
    taken = (view.handler,) if view.step is Step.APPROVE else (view.handler, view.approver)
    is_named = not named or any(is_same_person(name, other) for other in named)
    is_taken = any(is_same_person(name, other) for other in taken)
    if view.step is Step.PAY and committee.is_tiny:
        return True
    return is_named and (not is_taken or committee.is_tiny)


def sum_open(session: Session, year: int) -> dict[str, tuple[int, int]]:
    """What is on its way by item: submitted, and approved but not paid."""
    query = select(Claim.item, Claim.state, func.sum(Claim.amount_fen)).where(Claim.year == year)
    query = query.where(col(Claim.state).in_([ClaimState.SUBMITTED, ClaimState.APPROVED])).group_by(col(Claim.item), col(Claim.state))
    sums: dict[str, tuple[int, int]] = {}
    for item, state, amount_fen in session.exec(query):
        submitted_fen, approved_fen = sums.get(item, (0, 0))
        sums[item] = (
            (submitted_fen + int(amount_fen), approved_fen)
            if state is ClaimState.SUBMITTED
            else (submitted_fen, approved_fen + int(amount_fen))
        )
    return sums


def _in_order(names: Iterable[str], committee: Committee) -> tuple[str, ...]:
    """Each once, as they stand on the committee's list; whoever is not on it last."""
    once = dict.fromkeys(names)
    listed = [officer.name for officer in committee.officers]
    return tuple(sorted(once, key=lambda name: listed.index(name) if name in listed else len(listed)))


def _role_for(step: Step, committee: Committee) -> Role:
    if step is Step.APPROVE:
        return Role.CHAIR
    if step is Step.PAY:
        return Role.CASHIER if committee.holders(Role.CASHIER) else Role.TREASURER
    return Role.COMMITTEE


def _views(session: Session, rows: Sequence[Claim]) -> list[ClaimView]:
    ids = [row.id or 0 for row in rows]
    policy = read_policy(session)
    activity_ids = {row.activity_id for row in rows if row.activity_id}
    titles = dict(session.exec(select(Activity.id, Activity.title).where(col(Activity.id).in_(activity_ids))).all())
    entries = {
        row.claim_id: row
        for row in session.exec(select(FundEntry).where(col(FundEntry.claim_id).in_(ids), col(FundEntry.reverses_id).is_(None)))
    }
    papers: dict[int, list[FundPaper]] = {}
    for paper in list_papers(session, claim_ids=ids):
        papers.setdefault(paper.claim_id or 0, []).append(paper)
    gathered = _count_gathered(session, ids)
    return [
        ClaimView(
            **row.model_dump(exclude={"union_id"}),
            activity_title=titles.get(row.activity_id, ""),
            entry_id=entries[row.id].id if row.id in entries else None,
            voucher=entries[row.id].voucher if row.id in entries else None,
            missing=missing_kinds(row.kind, mine, with_resolution=needs_resolution(policy, row.amount_fen)),
            paper_count=len(mine),
            gathered=gathered.get(row.id or 0, 0),
            needs_resolution=needs_resolution(policy, row.amount_fen),
        )
        for row in rows
        for mine in [papers.get(row.id or 0, [])]
    ]


def _count_gathered(session: Session, ids: Iterable[int]) -> dict[int, int]:
    ids = list(ids)
    counts: dict[int, int] = {}
    visits = select(CareVisit.claim_id, func.count()).where(col(CareVisit.claim_id).in_(ids), col(CareVisit.removed).is_(False))
    handouts = select(Handout.claim_id, func.count()).where(col(Handout.claim_id).in_(ids), col(Handout.removed_at_utc).is_(None))
    for query in (visits.group_by(col(CareVisit.claim_id)), handouts.group_by(col(Handout.claim_id))):
        for claim_id, count in session.exec(query):
            counts[claim_id or 0] = counts.get(claim_id or 0, 0) + count
    return counts
