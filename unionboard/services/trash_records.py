"""What the recycle bin knows of records that stay in their table when they are taken away: how to tell them, and how to put them back.

A record comes back exactly as it was when it went, unless something stands in its way; then the refusal says what. What a rule forbids to
be done, it forbids to be put back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.checkoffs import ActivityCancelled, AlreadyCheckedOff
from unionboard.errors.trash import (
    ActivityInTrash,
    CheckOffInTrash,
    DecisionNotRepeated,
    FileErased,
    HandoutInTrash,
    PaidOtherwise,
)
from unionboard.models import (
    Activity,
    ActivityState,
    BudgetAmendment,
    CareVisit,
    Change,
    CheckOff,
    Claim,
    ClaimState,
    Decision,
    DecisionKind,
    Evidence,
    FundEntry,
    FundPaper,
    Handout,
    Meeting,
    SummaryTemplate,
)
from unionboard.models.base import Row
from unionboard.models.changelog import ChangeAction
from unionboard.services import amendments, budget, evidence, fund_papers
from unionboard.services.activities import load_row
from unionboard.services.changes import record_change, snapshot
from unionboard.services.claim_drafts import list_gathered
from unionboard.services.evidence_store import Place
from unionboard.services.guard import require
from unionboard.services.log_values import read_values
from unionboard.services.permissions import Act
from unionboard.services.posting import ENDED, is_open
from unionboard.services.roles import check_not_audit, read_committee
from unionboard.services.summary_templates import find_template


@dataclass(frozen=True, slots=True)
class Told:
    """What the bin says of a record. ``title`` and ``parent`` are people's own words and may be empty; ``code`` is of the record's kind
    (evidence, paper, decision); ``number`` of a meeting, amendment, claim or voucher."""

    title: str = ""
    parent: str = ""
    code: str = ""
    day: date | None = None
    number: int | None = None
    people: int | None = None
    amount_fen: int | None = None
    others: int = 0
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Restoring:
    """Who puts something back, when, and where the files lie; ``removal`` is the line of the log that took it away."""

    session: Session
    removal: Change
    evidence_dir: Place
    who: str
    now_utc: datetime

    def write(self, row: Row, **values: Any) -> None:
        """Set ``values`` and log it as put back."""
        before = snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        if hasattr(row, "version"):
            row.version += 1
        self.session.add(row)
        record_change(self.session, row, action=ChangeAction.RESTORE, who=self.who, now_utc=self.now_utc, before=before)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its table, who may see it in the bin and who may put it back, and how.

    ``is_offered``: whether a row lies in the bin at present.
    """

    table: type[Row]
    sees: Act
    restores: tuple[Act, ...]
    is_offered: Callable[[Session, Any], bool]
    tell: Callable[[Session, Any], Told]
    put_back: Callable[[Restoring, Any], None]


# --- the plan and what was held ---------------------------------------------------------------------------------------------------------


def _put_back_activity(way: Restoring, row: Activity) -> None:
    amendments.remove_activity(way.session, row.id or 0, removed=False, who=way.who, now_utc=way.now_utc)


def _tell_check_off(session: Session, row: CheckOff) -> Told:
    kept = len(evidence.list_evidence(session, [row.id or 0]))
    return Told(title=load_row(session, row.activity_id).title, day=row.done_on, people=row.participants, others=kept)


def _put_back_check_off(way: Restoring, row: CheckOff) -> None:
    activity = load_row(way.session, row.activity_id)
    if activity.removed:
        raise ActivityInTrash(title=activity.title)
    if activity.state is ActivityState.CANCELLED:
        raise ActivityCancelled(title=activity.title)
    earlier = None if row.is_log else _live_check_off(way.session, row)
    if earlier is not None:
        raise AlreadyCheckedOff(
            title=activity.title,
            done_on=earlier.done_on,
            who=earlier.who,
            at=earlier.created_at_utc,
            activity_id=row.activity_id,
            check_off_id=earlier.id,
        )
    way.write(row, undone_at_utc=None)


def _live_check_off(session: Session, row: CheckOff) -> CheckOff | None:
    """Another one that took its place."""
    query = select(CheckOff).where(CheckOff.activity_id == row.activity_id, CheckOff.occurrence_id == row.occurrence_id)
    return session.exec(query.where(col(CheckOff.undone_at_utc).is_(None), col(CheckOff.is_log).is_(False))).first()


def _tell_evidence(session: Session, row: Evidence) -> Told:
    check_off = session.get_one(CheckOff, row.check_off_id)
    return Told(title=row.name or row.place, parent=load_row(session, check_off.activity_id).title, code=row.kind.value)


def _put_back_evidence(way: Restoring, row: Evidence) -> None:
    check_off = way.session.get_one(CheckOff, row.check_off_id)
    if check_off.undone_at_utc is not None:
        raise CheckOffInTrash(title=load_row(way.session, check_off.activity_id).title)
    _check_file(way, row)
    evidence.put_back_evidence(way.session, row.id or 0, who=way.who, now_utc=way.now_utc)


def _check_file(way: Restoring, row: Evidence | FundPaper) -> None:
    if row.sha256 and evidence.find_file(row, folder=way.evidence_dir) is None:
        raise FileErased(name=row.name)


# --- meetings ---------------------------------------------------------------------------------------------------------------------------


def _is_decision_offered(session: Session, row: Decision) -> bool:
    """Only while its meeting is open: the minutes of one that ended are locked."""
    return row.taken_back_at_utc is not None and session.get_one(Meeting, row.meeting_id).ended_at_utc is None


def _tell_decision(session: Session, row: Decision) -> Told:
    activity = session.get(Activity, row.activity_id) if row.activity_id is not None else None
    meeting = session.get_one(Meeting, row.meeting_id)
    title = (row.after or {}).get("title", "") if activity is None else activity.title
    return Told(title=row.text or title, parent=title if row.text else "", code=row.kind.value, number=meeting.number, day=meeting.held_on)


def _put_back_decision(way: Restoring, row: Decision) -> None:
    """With what it did: the check-off, the new dates, owner or state, the added activity."""
    session, kind = way.session, row.kind
    if kind is DecisionKind.DONE:
        check_off = session.get_one(CheckOff, row.check_off_id)
        if check_off.undone_at_utc is not None:
            _put_back_check_off(way, check_off)
    elif kind is DecisionKind.ADDED:
        activity = load_row(session, row.activity_id or 0)
        if activity.removed:
            _put_back_activity(way, activity)
    elif kind is not DecisionKind.FOLLOW_UP:
        _repeat_amendment(way, row)
    way.write(row, taken_back_at_utc=None)


def _repeat_amendment(way: Restoring, row: Decision) -> None:
    activity = load_row(way.session, row.activity_id or 0)
    if activity.removed:
        raise ActivityInTrash(title=activity.title)
    before, after, now = row.before or {}, row.after or {}, snapshot(activity)
    changed = [name for name in after if before.get(name) != after[name]]
    if all(now[name] == after[name] for name in changed):
        return
    if any(now[name] != before[name] for name in changed):
        raise DecisionNotRepeated(title=activity.title)
    way.write(activity, **read_values(Activity, {name: after[name] for name in changed}))


# --- money ------------------------------------------------------------------------------------------------------------------------------


def _tell_paper(session: Session, row: FundPaper) -> Told:
    title = "" if row.is_private else row.name or row.place
    told = Told(title=title, code=row.kind.value, is_private=row.is_private)
    if row.claim_id is not None:
        return _told(told, parent=session.get_one(Claim, row.claim_id).purpose)
    if row.handout_id is not None:
        return _told(told, parent=session.get_one(Handout, row.handout_id).title)
    return _told(told, number=session.get_one(FundEntry, row.fund_entry_id).voucher if row.fund_entry_id is not None else None)


def _told(told: Told, *, parent: str = "", number: int | None = None) -> Told:
    return Told(title=told.title, code=told.code, is_private=told.is_private, parent=parent, number=number)


def _put_back_paper(way: Restoring, row: FundPaper) -> None:
    handout = way.session.get(Handout, row.handout_id) if row.handout_id is not None else None
    if handout is not None and handout.removed_at_utc is not None:
        raise HandoutInTrash(title=handout.title)
    _check_file(way, row)
    fund_papers.put_back_paper(way.session, row.id or 0, who=way.who, now_utc=way.now_utc)


def _tell_visit(_session: Session, row: CareVisit) -> Told:
    """Neither name nor occasion: the bin is read by more than one."""
    return Told(day=row.visited_on, people=row.people, amount_fen=row.amount_fen, is_private=True)


def _put_back_visit(way: Restoring, row: CareVisit) -> None:
    """What the fund paid for it was corrected when it was taken back and stays so: the visit waits to be booked."""
    way.write(row, removed=False, claim_id=_claim_left(way.session, row))


def _tell_handout(_session: Session, row: Handout) -> Told:
    return Told(title=row.title, day=row.handed_on, people=row.heads, amount_fen=row.heads * row.unit_fen)


def _put_back_handout(way: Restoring, row: Handout) -> None:
    way.write(row, removed_at_utc=None, claim_id=_claim_left(way.session, row))


def _claim_left(session: Session, row: CareVisit | Handout) -> int | None:
    """The claim it was in, unless that is under way again: then it asks for the others only."""
    claim = session.get(Claim, row.claim_id) if row.claim_id is not None else None
    return claim.id if claim is not None and claim.state in ENDED else None


def _tell_claim(_session: Session, row: Claim) -> Told:
    return Told(title=row.purpose, day=row.needed_on, amount_fen=row.amount_fen, number=row.id)


def _put_back_claim(way: Restoring, row: Claim) -> None:
    """In the state it was withdrawn in; an approved one only by whoever may approve."""
    before = way.removal.before or {}
    state = ClaimState(before["state"])
    if state is ClaimState.APPROVED:
        require(way.session, Act.APPROVE_CLAIM)
    check_not_audit(read_committee(way.session), way.who)
    _check_gathered(way.session, row)
    way.write(row, state=state, returned_by=before.get("returned_by", ""), returned_reason=before.get("returned_reason", ""))


def _check_gathered(session: Session, row: Claim) -> None:
    """Everything that was ever gathered in it still waits for it, and for nothing else."""
    into_it = col(Change.after)["claim_id"].as_integer() == row.id
    query = select(Change.noun, Change.row_id).where(col(Change.noun).in_(("care_visit", "handout")), into_it)
    gathered = set(session.exec(query))
    if not gathered:
        return
    now = {(str(given.__tablename__), given.id) for given in list_gathered(session, row.id or 0)}
    waiting = {
        (str(table.__tablename__), id_)
        for table in (CareVisit, Handout)
        for id_ in session.exec(select(table.id).where(table.claim_id == row.id, is_open(table)))
    }
    if not now or now - waiting or sum_of(session, row) != row.amount_fen:
        raise PaidOtherwise


def sum_of(session: Session, row: Claim) -> int:
    """What is gathered in a claim costs."""
    given = list_gathered(session, row.id or 0)
    return sum(one.amount_fen if isinstance(one, CareVisit) else one.heads * one.unit_fen for one in given)


def _tell_amendment(_session: Session, row: BudgetAmendment) -> Told:
    return Told(title=row.reason, number=row.number)


def _put_back_amendment(way: Restoring, row: BudgetAmendment) -> None:
    budget.check_amendable(way.session, row)
    way.write(row, withdrawn_at_utc=None)


# --- the summary's template -------------------------------------------------------------------------------------------------------------


def _put_back_template(way: Restoring, row: SummaryTemplate) -> None:
    """It is in use again; the one that was meanwhile, for the same, goes into the bin."""
    current = find_template(way.session, row.kind)
    if current is not None:
        before = snapshot(current)
        current.removed_at_utc, current.version = way.now_utc, current.version + 1
        way.session.add(current)
        record_change(way.session, current, action=ChangeAction.REMOVE, who=way.who, now_utc=way.now_utc, before=before)
    way.write(row, removed_at_utc=None)


def _has(name: str) -> Callable[[Session, Any], bool]:
    """Whether a row's field says that it was taken away."""
    return lambda _session, row: bool(getattr(row, name))


KINDS: Mapping[str, Kind] = {
    str(kind.table.__tablename__): kind
    for kind in (
        Kind(
            Activity,
            Act.SEE_YEAR,
            (Act.EDIT_PLAN,),
            _has("removed"),
            lambda _session, row: Told(title=row.title, day=row.starts_on),
            _put_back_activity,
        ),
        Kind(CheckOff, Act.SEE_YEAR, (Act.CHECK_OFF,), _has("undone_at_utc"), _tell_check_off, _put_back_check_off),
        Kind(Evidence, Act.SEE_YEAR, (Act.CHECK_OFF,), _has("removed_at_utc"), _tell_evidence, _put_back_evidence),
        Kind(Decision, Act.SEE_YEAR, (Act.HOLD_MEETING,), _is_decision_offered, _tell_decision, _put_back_decision),
        Kind(FundPaper, Act.SEE_MONEY, (Act.HAND_IN_CLAIM,), _has("removed_at_utc"), _tell_paper, _put_back_paper),
        Kind(CareVisit, Act.RECORD_CARE, (Act.RECORD_CARE,), _has("removed"), _tell_visit, _put_back_visit),
        Kind(Handout, Act.SEE_MONEY, (Act.KEEP_BOOKS,), _has("removed_at_utc"), _tell_handout, _put_back_handout),
        Kind(
            Claim,
            Act.SEE_MONEY,
            (Act.HAND_IN_CLAIM,),
            lambda _session, row: row.state is ClaimState.WITHDRAWN,
            _tell_claim,
            _put_back_claim,
        ),
        Kind(BudgetAmendment, Act.SEE_MONEY, (Act.PLAN_BUDGET,), _has("withdrawn_at_utc"), _tell_amendment, _put_back_amendment),
        Kind(
            SummaryTemplate,
            Act.SEE_SUMMARY,
            (Act.WRITE_SUMMARY,),
            _has("removed_at_utc"),
            lambda _session, row: Told(title=row.name),
            _put_back_template,
        ),
    )
}
"""By the log's noun. Nothing here leaves its table: a flag or a stamp says that it was taken away."""
