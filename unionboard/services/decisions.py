"""What a meeting decides, carried out on the spot in the same transaction; a decision taken back takes back what it did."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.checkoffs import ActivityRemoved, DateInFuture
from unionboard.errors.entries import NameMissing
from unionboard.errors.meetings import DecisionMissing, DecisionOvertaken, DecisionTakenBack, ItemIsNoActivity, OwnerUnchanged
from unionboard.models import Activity, ActivityState, AgendaItem, CheckOff, DatePrecision, Decision, DecisionKind, FundEntry
from unionboard.models.changelog import ChangeAction
from unionboard.services import amendments, checkoffs
from unionboard.services.activities import load_row
from unionboard.services.changes import record_change, snapshot, update_row
from unionboard.services.evidence import list_evidence
from unionboard.services.guard import entrust, require
from unionboard.services.meetings import load_item, load_open, mark_reached
from unionboard.services.permissions import Act

_KEPT = (
    "title",
    "owner",
    "state",
    "state_reason",
    "starts_on",
    "ends_on",
    "precision",
    "original_starts_on",
    "original_ends_on",
)
"""The fields of an activity that decisions change or are told by."""
_TYPED: dict[str, Callable[[str], Any]] = {
    "state": ActivityState,
    "precision": DatePrecision,
    **dict.fromkeys(("starts_on", "ends_on", "original_starts_on", "original_ends_on"), date.fromisoformat),
}

# --- carried out on the spot -------------------------------------------------------------------------------------------------------


def decide_done(session: Session, item_id: int, *, done_on: date, today: date, who: str, now_utc: datetime) -> Decision:
    """The activity was held on ``done_on``: it is checked off.

    Raises: MeetingClosed, ItemIsNoActivity, ActivityRemoved, and what ``checkoffs.check_off`` raises.
    """
    require(session, Act.HOLD_MEETING)
    item, activity = _load(session, item_id)
    kept = _keep(activity)
    row = checkoffs.check_off(session, activity.id or 0, done_on=done_on, today=today, who=who, now_utc=now_utc)
    return _decide(
        session,
        item,
        DecisionKind.DONE,
        activity_id=activity.id,
        check_off_id=row.id,
        owner=activity.owner,
        before=kept,
        after=kept,
        who=who,
        now_utc=now_utc,
    )


def decide_postponed(
    session: Session, item_id: int, *, starts_on: date, ends_on: date, precision: DatePrecision, reason: str, who: str, now_utc: datetime
) -> Decision:
    """The activity moves to later dates (inclusive), with a reason.

    Raises: MeetingClosed, ItemIsNoActivity, ActivityRemoved, and what ``amendments.postpone_activity`` raises.
    """
    require(session, Act.HOLD_MEETING)
    item, activity = _load(session, item_id)
    before = _keep(activity)
    with entrust(session, Act.EDIT_PLAN):
        amendments.postpone_activity(
            session,
            activity.id or 0,
            starts_on=starts_on,
            ends_on=ends_on,
            precision=precision,
            reason=reason,
            version=activity.version,
            who=who,
            now_utc=now_utc,
        )
    return _amended(session, item, DecisionKind.POSTPONED, activity, before, text=reason, due_on=ends_on, who=who, now_utc=now_utc)


def decide_reassigned(session: Session, item_id: int, *, owner: str, who: str, now_utc: datetime) -> Decision:
    """Somebody else is in charge of the activity. Raises: MeetingClosed, ItemIsNoActivity, ActivityRemoved, NameMissing, OwnerUnchanged."""
    require(session, Act.HOLD_MEETING)
    item, activity = _load(session, item_id)
    if not owner.strip():
        raise NameMissing
    if owner.strip() == activity.owner:
        raise OwnerUnchanged(owner=activity.owner)
    before = _keep(activity)
    with entrust(session, Act.EDIT_PLAN):
        amendments.save_activity(session, activity.id or 0, owner=owner.strip(), version=activity.version, who=who, now_utc=now_utc)
    return _amended(session, item, DecisionKind.REASSIGNED, activity, before, who=who, now_utc=now_utc)


def decide_cancelled(session: Session, item_id: int, *, reason: str, who: str, now_utc: datetime) -> Decision:
    """The activity is not held, with a reason. Raises: MeetingClosed, ItemIsNoActivity, ActivityRemoved, ReasonMissing."""
    require(session, Act.HOLD_MEETING)
    item, activity = _load(session, item_id)
    before, state = _keep(activity), ActivityState.CANCELLED
    with entrust(session, Act.EDIT_PLAN):
        amendments.set_state(session, activity.id or 0, state=state, reason=reason, version=activity.version, who=who, now_utc=now_utc)
    return _amended(session, item, DecisionKind.CANCELLED, activity, before, text=reason, who=who, now_utc=now_utc)


def decide_added(
    session: Session,
    meeting_id: int,
    item_id: int | None,
    *,
    title: str,
    area: str,
    starts_on: date,
    ends_on: date,
    precision: DatePrecision,
    owner: str,
    who: str,
    now_utc: datetime,
) -> Decision:
    """A new activity stands in the plan; ``item_id`` is the point it came up with.

    Raises: NoSuchMeeting, MeetingClosed, and what ``amendments.add_activity`` raises.
    """
    require(session, Act.HOLD_MEETING)
    meeting = load_open(session, meeting_id)
    with entrust(session, Act.EDIT_PLAN):
        activity = amendments.add_activity(
            session,
            meeting.plan_id,
            title=title,
            area=area,
            starts_on=starts_on,
            ends_on=ends_on,
            precision=precision,
            owner=owner.strip(),
            who=who,
            now_utc=now_utc,
        )
    item = load_item(session, item_id) if item_id is not None else None
    return _decide(
        session,
        item,
        DecisionKind.ADDED,
        meeting_id=meeting_id,
        activity_id=activity.id,
        owner=activity.owner,
        due_on=ends_on,
        after=_keep(activity),
        who=who,
        now_utc=now_utc,
    )


# --- follow-ups ---------------------------------------------------------------------------------------------------------------------


def decide_follow_up(
    session: Session, meeting_id: int, item_id: int | None, *, text: str, owner: str, due_on: date | None, who: str, now_utc: datetime
) -> Decision:
    """Somebody does something until ``due_on`` (inclusive; may be None); the next meetings ask after it until it is settled.

    Raises: DecisionMissing, NoSuchMeeting, MeetingClosed.
    """
    require(session, Act.HOLD_MEETING)
    load_open(session, meeting_id)
    if not text.strip():
        raise DecisionMissing
    item = load_item(session, item_id) if item_id is not None else None
    return _decide(
        session,
        item,
        DecisionKind.FOLLOW_UP,
        meeting_id=meeting_id,
        activity_id=item.activity_id if item else None,
        text=text,
        owner=owner.strip(),
        due_on=due_on,
        who=who,
        now_utc=now_utc,
    )


def settle_follow_up(session: Session, decision_id: int, *, settled_on: date | None, today: date, who: str, now_utc: datetime) -> Decision:
    """What was promised is done; with None it is open again. This may be said at any time, also when its meeting has long ended.

    Raises: DateInFuture, DecisionTakenBack.
    """
    row = session.get_one(Decision, decision_id)
    if row.taken_back_at_utc is not None:
        raise DecisionTakenBack
    if settled_on is not None and settled_on > today:
        raise DateInFuture(day=settled_on)
    update_row(session, row, version=row.version, who=who, now_utc=now_utc, settled_on=settled_on)
    return row


# --- taking back --------------------------------------------------------------------------------------------------------------------


def take_back(session: Session, decision_id: int, *, who: str, now_utc: datetime) -> Decision:
    """Undo a decision and what it did: the check-off, the new dates, owner or state, the added activity. It stays on record, stamped.

    What somebody has already put back by hand is left as it is. Raises: MeetingClosed, DecisionTakenBack, DecisionOvertaken when the
    activity, its check-off or what hangs on them was changed otherwise since.
    """
    require(session, Act.HOLD_MEETING)
    row = session.get_one(Decision, decision_id)
    load_open(session, row.meeting_id)
    if row.taken_back_at_utc is not None:
        raise DecisionTakenBack
    if row.kind is DecisionKind.DONE:
        _undo_done(session, row, who, now_utc)
    elif row.kind is DecisionKind.ADDED:
        _undo_added(session, row, who, now_utc)
    elif row.kind is not DecisionKind.FOLLOW_UP:
        _undo_amendment(session, row, who, now_utc)
    update_row(session, row, version=row.version, who=who, now_utc=now_utc, taken_back_at_utc=now_utc)
    return row


def _undo_done(session: Session, row: Decision, who: str, now_utc: datetime) -> None:
    check_off = session.get_one(CheckOff, row.check_off_id)
    if check_off.undone_at_utc is not None:
        return
    if check_off.version != 1 or list_evidence(session, [check_off.id or 0]):
        raise _overtaken(row)
    checkoffs.undo_check_off(session, check_off.activity_id, check_off_id=check_off.id, who=who, now_utc=now_utc)


def _undo_added(session: Session, row: Decision, who: str, now_utc: datetime) -> None:
    activity = load_row(session, row.activity_id or 0)
    if activity.removed:
        return
    held = session.exec(select(CheckOff.id).where(CheckOff.activity_id == activity.id, col(CheckOff.undone_at_utc).is_(None))).first()
    spent = session.exec(select(FundEntry.id).where(FundEntry.activity_id == activity.id)).first()
    if held is not None or spent is not None or activity.version != 1:
        raise _overtaken(row)
    with entrust(session, Act.EDIT_PLAN):
        amendments.remove_activity(session, activity.id or 0, who=who, now_utc=now_utc)


def _undo_amendment(session: Session, row: Decision, who: str, now_utc: datetime) -> None:
    """Put back the fields the decision changed, if they are still what it made of them."""
    activity = load_row(session, row.activity_id or 0)
    before, after, now = row.before or {}, row.after or {}, snapshot(activity)
    changed = [name for name in _KEPT if before[name] != after[name]]
    if all(now[name] == before[name] for name in changed):
        return
    if any(now[name] != after[name] for name in changed):
        raise _overtaken(row)
    values = {name: _typed(name, before[name]) for name in changed}
    update_row(session, activity, version=activity.version, who=who, now_utc=now_utc, **values)


def _typed(name: str, value: Any) -> Any:
    return value if value is None or name not in _TYPED else _TYPED[name](value)


def _overtaken(row: Decision) -> DecisionOvertaken:
    return DecisionOvertaken(title=(row.after or {}).get("title", ""))


# --- writing ------------------------------------------------------------------------------------------------------------------------


def _load(session: Session, item_id: int) -> tuple[AgendaItem, Activity]:
    item = load_item(session, item_id)
    if item.activity_id is None:
        raise ItemIsNoActivity
    activity = load_row(session, item.activity_id)
    if activity.removed:
        raise ActivityRemoved(title=activity.title)
    return item, activity


def _keep(activity: Activity) -> dict[str, Any]:
    fields = snapshot(activity)
    return {name: fields[name] for name in _KEPT}


def _amended(
    session: Session,
    item: AgendaItem,
    kind: DecisionKind,
    activity: Activity,
    before: dict[str, Any],
    *,
    who: str,
    now_utc: datetime,
    **told: Any,
) -> Decision:
    told = {"activity_id": activity.id, "owner": activity.owner, "before": before, "after": _keep(activity), **told}
    return _decide(session, item, kind, who=who, now_utc=now_utc, **told)


def _decide(
    session: Session, item: AgendaItem | None, kind: DecisionKind, *, who: str, now_utc: datetime, text: str = "", **told: Any
) -> Decision:
    """Write a decision down; the point it belongs to was reached."""
    if item is not None:
        told = {"meeting_id": item.meeting_id, **told}
        mark_reached(session, item, who=who, now_utc=now_utc)
    row = Decision(agenda_item_id=item.id if item else None, kind=kind, text=text.strip(), who=who, created_at_utc=now_utc, **told)
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row
