"""The recycle bin: whatever was taken away in the last 30 days and not put back, and the way back for each of them.

It has no table of its own: the change log knows who took away what and when. Ledger entries are not here, for nothing takes them away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from sqlmodel import Session, and_, col, or_, select

from unionboard.errors.trash import NotInTrash
from unionboard.i18n import mark
from unionboard.models import Change, ClaimState
from unionboard.models.changelog import ChangeAction
from unionboard.services.evidence_store import Place
from unionboard.services.guard import actor_of, not_yours, require
from unionboard.services.permissions import Act
from unionboard.services.trash_records import KINDS, Kind, Restoring, Told
from unionboard.services.trash_rows import LOST_KINDS, LostKind, find_restored

KEPT_FOR = timedelta(days=30)
NOUNS: tuple[str, ...] = (*KINDS, *LOST_KINDS)
WORDS: Mapping[str, str] = {
    "activity": mark("Activity"),
    "check_off": mark("Check-off"),
    "evidence": mark("Evidence"),
    "section": mark("Section"),
    "measure": mark("Measure"),
    "meeting": mark("Meeting"),
    "decision": mark("Decision"),
    "claim": mark("Claim"),
    "fund_paper": mark("Paper"),
    "care_visit": mark("Care visit"),
    "handout": mark("Hand-out"),
    "budget_amendment": mark("Budget amendment"),
    "summary_template": mark("Own template"),
}
"""What people call them."""
_TAKEN = (ChangeAction.REMOVE.value, ChangeAction.UNDO.value)
_STAMPED = {
    "decision": "taken_back_at_utc",
    "budget_amendment": "withdrawn_at_utc",
    "summary_template": "removed_at_utc",
    "claim": "state",
}
"""Records whose removal the log tells as a change of this field."""


@dataclass(frozen=True, slots=True)
class TrashItem:
    """One thing in the bin. ``id`` is what ``restore`` takes: the line of the log that took it away.

    ``title`` and ``parent`` (what it belonged to) are people's own words and may be empty; ``others``: how many more rows come back with
    it; ``until_utc``: when it is offered no longer, and of what ``is_private`` names and file are erased. ``may_restore``: whoever looks
    may put it back.
    """

    id: int
    noun: str
    row_id: int
    who: str
    removed_at_utc: datetime
    until_utc: datetime
    may_restore: bool
    title: str
    parent: str
    code: str
    day: date | None
    number: int | None
    people: int | None
    amount_fen: int | None
    others: int
    is_private: bool


def list_trash(session: Session, *, now_utc: datetime, nouns: Sequence[str] = NOUNS) -> list[TrashItem]:
    """What whoever acts may see of the bin, newest first. Raises: NotYours."""
    require(session, Act.SEE_HISTORY)
    actor = actor_of(session)
    seen = {noun for noun in nouns if actor is None or actor.may(_kind_of(noun).sees)}
    items = []
    for line in _find_removals(session, seen, after=now_utc - KEPT_FOR):
        kind = _kind_of(line.noun)
        items.append(_item(line, _tell(session, line), may_restore=actor is None or any(actor.may(act) for act in kind.restores)))
    return items


def restore(session: Session, trash_id: int, *, evidence_dir: Place, who: str, now_utc: datetime) -> TrashItem:
    """Put one thing back as it was, with what went with it; what it was. The log tells it as put back by ``who``.

    ``evidence_dir``: where the files of papers lie. Raises: NotInTrash, NotYours, and what stands in the way (errors.trash,
    AlreadyCheckedOff, BudgetClosed …).
    """
    item = next((item for item in list_trash(session, now_utc=now_utc) if item.id == trash_id), None)
    if item is None:
        raise NotInTrash
    if not item.may_restore:
        raise not_yours(*_kind_of(item.noun).restores)
    way = Restoring(session, session.get_one(Change, trash_id), evidence_dir, who, now_utc)
    if item.noun in KINDS:
        kind = KINDS[item.noun]
        kind.put_back(way, session.get_one(kind.table, item.row_id))
    else:
        LOST_KINDS[item.noun].put_back(way)
    session.flush()
    return item


def _kind_of(noun: str) -> Kind | LostKind:
    return KINDS[noun] if noun in KINDS else LOST_KINDS[noun]


def _tell(session: Session, line: Change) -> Told:
    if line.noun in LOST_KINDS:
        return LOST_KINDS[line.noun].tell(session, line)
    kind = KINDS[line.noun]
    return kind.tell(session, session.get_one(kind.table, line.row_id))


def _item(line: Change, told: Told, *, may_restore: bool) -> TrashItem:
    return TrashItem(
        id=line.id or 0,
        noun=line.noun,
        row_id=line.row_id,
        who=line.who,
        removed_at_utc=line.at_utc,
        until_utc=line.at_utc + KEPT_FOR,
        may_restore=may_restore,
        **{one.name: getattr(told, one.name) for one in fields(told)},
    )


def _find_removals(session: Session, nouns: set[str], *, after: datetime) -> Iterable[Change]:
    """The lines that took away what is gone now, newest first: of a record the newest, of deleted rows each that was not put back."""
    stamped = and_(Change.action == ChangeAction.UPDATE.value, col(Change.noun).in_(nouns & _STAMPED.keys()))
    query = select(Change).where(col(Change.noun).in_(nouns), Change.at_utc > after, or_(col(Change.action).in_(_TAKEN), stamped))
    lines = [line for line in session.exec(query.order_by(col(Change.id).desc())) if _takes_away(line)]
    rows = _load(session, {(line.noun, line.row_id) for line in lines if line.noun in KINDS})
    restored = find_restored(session, tuple(nouns & LOST_KINDS.keys()))
    by_decision = _undone_by_decision(session, lines, rows)
    told: set[tuple[str, int]] = set()
    for line in lines:
        key = (line.noun, line.row_id)
        if line.noun in LOST_KINDS:
            if line.id not in restored:
                yield line
        elif key not in told and key not in by_decision and key in rows and KINDS[line.noun].is_offered(session, rows[key]):
            told.add(key)
            yield line


def _takes_away(line: Change) -> bool:
    if line.action in _TAKEN:
        return line.noun in KINDS or line.after is None
    value = (line.after or {}).get(_STAMPED.get(line.noun, ""))
    return line.action == ChangeAction.UPDATE and (value == ClaimState.WITHDRAWN if line.noun == "claim" else value is not None)


def _load(session: Session, keys: set[tuple[str, int]]) -> dict[tuple[str, int], object]:
    """The records behind lines of the log, one query a table."""
    rows: dict[tuple[str, int], object] = {}
    for noun in {noun for noun, _id in keys}:
        table = KINDS[noun].table
        wanted = [id_ for other, id_ in keys if other == noun]
        rows |= {(noun, getattr(row, "id")): row for row in session.exec(select(table).where(col(getattr(table, "id")).in_(wanted)))}
    return rows


def _undone_by_decision(session: Session, lines: Sequence[Change], rows: dict[tuple[str, int], object]) -> set[tuple[str, int]]:
    """Check-offs and added activities that went with a decision which is in the bin itself: they come back with it."""
    gone: set[tuple[str, int]] = set()
    for line in lines:
        row = rows.get(("decision", line.row_id)) if line.noun == "decision" else None
        if row is None or not KINDS["decision"].is_offered(session, row):
            continue
        check_off_id, activity_id = getattr(row, "check_off_id"), getattr(row, "activity_id")
        went = {("check_off", check_off_id), ("activity", activity_id)}
        gone |= {(other.noun, other.row_id) for other in lines if (other.noun, other.row_id) in went and other.at_utc == line.at_utc}
    return gone
