"""Care visits: recorded with as little of the person as possible, shown only as counts.

``recipient`` is written and never read back; occasions with few visits are merged, so that nobody is recognised by them.
Source: domain notes D2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from unionboard.errors.activities import ReasonMissing
from unionboard.errors.checkoffs import CountNotPositive, DateInFuture
from unionboard.errors.fund import NoSuchCareKind, NoSuchVisit
from unionboard.errors.money import AmountNotPositive
from unionboard.models import CareVisit, Direction, FundEntry
from unionboard.models.changelog import ChangeAction
from unionboard.reference import care_kinds
from unionboard.services.changes import record_change, snapshot
from unionboard.services.fund import book_entry, reverse_entry

SMALL_COUNT = 3
"""Occasions with fewer visits than this are shown as OTHER_KIND."""
OTHER_KIND = "other"


@dataclass(frozen=True, slots=True)
class VisitCount:
    """Visits of one occasion: how many times, to how many people (人次), for how much."""

    kind: str
    visits: int
    people: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit as it may be shown: no name, and a merged occasion (see ``SMALL_COUNT``)."""

    id: int
    visited_on: date
    kind: str
    people: int
    amount_fen: int


def record_visit(
    session: Session,
    *,
    visited_on: date,
    kind: str,
    today: date,
    who: str,
    now_utc: datetime,
    recipient: str = "",
    people: int = 1,
    amount_fen: int = 0,
    goods: str = "",
    visitors: str = "",
    item: str = "member_activities",
) -> CareVisit:
    """Record a visit; with an amount the fund pays it, under a purpose that names the occasion and nobody.

    Raises: NoSuchCareKind, CountNotPositive, AmountNotPositive (a negative amount), DateInFuture, and what ``fund.book_entry`` raises.
    """
    if kind not in care_kinds():
        raise NoSuchCareKind(code=kind)
    if people < 1:
        raise CountNotPositive
    if amount_fen < 0:
        raise AmountNotPositive
    if visited_on > today:
        raise DateInFuture(day=visited_on)
    entry: FundEntry | None = None
    if amount_fen:
        entry = book_entry(
            session,
            booked_on=visited_on,
            direction=Direction.OUT,
            item=item,
            amount_fen=amount_fen,
            purpose=_purpose(kind, people),
            today=today,
            who=who,
            now_utc=now_utc,
        )
    row = CareVisit(
        visited_on=visited_on,
        kind=kind,
        recipient=recipient.strip(),
        people=people,
        amount_fen=amount_fen,
        goods=goods.strip(),
        visitors=visitors.strip(),
        fund_entry_id=entry.id if entry else None,
        who=who,
        created_at_utc=now_utc,
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def take_back_visit(
    session: Session, visit_id: int, *, booked_on: date, reason: str, today: date, who: str, now_utc: datetime
) -> CareVisit:
    """Take a visit back; what the fund paid for it is corrected on ``booked_on`` with ``reason``.

    Raises: NoSuchVisit, ReasonMissing, and what ``fund.reverse_entry`` raises.
    """
    row = session.get(CareVisit, visit_id)
    if row is None or row.removed:
        raise NoSuchVisit
    if not reason.strip():
        raise ReasonMissing
    if row.fund_entry_id is not None:
        reverse_entry(session, row.fund_entry_id, booked_on=booked_on, reason=reason, today=today, who=who, now_utc=now_utc)
    before = snapshot(row)
    row.removed = True
    row.version += 1
    session.add(row)
    record_change(session, row, action=ChangeAction.REMOVE, who=who, now_utc=now_utc, before=before)
    return row


def find_visit_of(session: Session, entry_id: int) -> CareVisit | None:
    """The live visit a fund entry paid for, or None."""
    return session.exec(select(CareVisit).where(CareVisit.fund_entry_id == entry_id, col(CareVisit.removed).is_(False))).first()


def count_visits(session: Session, *, first: date, last: date, merge_small: bool = True) -> list[VisitCount]:
    """Visits within ``first``–``last`` (inclusive) by occasion, in the official order, OTHER_KIND last.

    With ``merge_small`` occasions with fewer than SMALL_COUNT visits are counted as OTHER_KIND, also when it is a single one.
    """
    rows = _live(session, first, last)
    shown = _shown_kinds(rows) if merge_small else {}
    counts: dict[str, VisitCount] = {}
    for row in rows:
        kind = shown.get(row.kind, row.kind)
        old = counts.get(kind, VisitCount(kind, 0, 0, 0))
        counts[kind] = VisitCount(kind, old.visits + 1, old.people + row.people, old.amount_fen + row.amount_fen)
    return [counts[kind] for kind in care_kinds() if kind in counts]


def list_visits(session: Session, *, first: date, last: date) -> list[VisitView]:
    """Visits within ``first``–``last`` (inclusive), newest first, as they may be shown."""
    rows = _live(session, first, last)
    shown = _shown_kinds(rows)
    views = [VisitView(row.id or 0, row.visited_on, shown[row.kind], row.people, row.amount_fen) for row in rows]
    return sorted(views, key=lambda view: (view.visited_on, view.id), reverse=True)


def cover_purposes(session: Session, year: int) -> dict[int, str]:
    """What entries of ``year`` that pay for visits say in place of their own purpose, by id of the entry: the occasions as they may be
    shown, or the ledger would tell what the counts keep back. Entries that may be shown as they are booked are not among them.
    """
    query = select(FundEntry.id, FundEntry.purpose, CareVisit).join(CareVisit, col(CareVisit.fund_entry_id) == FundEntry.id)
    paid: dict[tuple[int, str], dict[str, int]] = {}
    shown = _shown_kinds(_live(session, date(year, 1, 1), date(year, 12, 31)))
    for entry_id, purpose, visit in session.exec(query.where(FundEntry.year == year)):
        people = paid.setdefault((entry_id or 0, purpose), {})
        kind = shown.get(visit.kind, OTHER_KIND)
        people[kind] = people.get(kind, 0) + visit.people
    told = {key: "、".join(_purpose(kind, count) for kind, count in people.items()) for key, people in paid.items()}
    return {entry_id: text for (entry_id, purpose), text in told.items() if text != purpose}


def _purpose(kind: str, people: int) -> str:
    """What the ledger says, in the language of the stored data."""
    return f"{care_kinds()[kind].zh}（{people}人次）"


def _live(session: Session, first: date, last: date) -> Sequence[CareVisit]:
    query = select(CareVisit).where(CareVisit.visited_on >= first, CareVisit.visited_on <= last, col(CareVisit.removed).is_(False))
    return session.exec(query).all()


def _shown_kinds(rows: Sequence[CareVisit]) -> dict[str, str]:
    kinds = [row.kind for row in rows]
    return {kind: kind if kinds.count(kind) >= SMALL_COUNT else OTHER_KIND for kind in kinds}
