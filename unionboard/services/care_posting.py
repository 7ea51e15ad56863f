"""Care visits and hand-outs on their way into the books: one entry a visit or one for many, at once or through a claim."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import groupby

from sqlmodel import Session, col, select

from unionboard.errors.care import HandoutInBooks, NothingToPost
from unionboard.errors.fund import NoSuchEntry
from unionboard.models import CareVisit, Claim, Direction, FundEntry, FundSource, Handout
from unionboard.services.booking import check_hands
from unionboard.services.care import find_visits_of, say_neutral, take_back_visit
from unionboard.services.changes import update_row
from unionboard.services.claims import gather_claim
from unionboard.services.fund import book_entry, reverse_entry
from unionboard.services.handouts import load_handout
from unionboard.services.posting import is_open


def list_open_visits(session: Session, *, last: date | None = None) -> Sequence[CareVisit]:
    """Live visits with a sum that is neither booked nor claimed, up to ``last`` (inclusive), earliest first."""
    query = select(CareVisit).where(col(CareVisit.removed).is_(False), CareVisit.amount_fen > 0, is_open(CareVisit))
    if last is not None:
        query = query.where(CareVisit.visited_on <= last)
    return session.exec(query.order_by(col(CareVisit.visited_on), col(CareVisit.id))).all()


def post_visits(
    session: Session,
    visit_ids: Collection[int],
    *,
    booked_on: date,
    today: date,
    who: str,
    now_utc: datetime,
    is_one_each: bool = False,
    handler: str = "",
    approver: str = "",
    cashier: str = "",
    one_hand: str = "",
) -> list[FundEntry]:
    """Book open visits on ``booked_on``: one entry for all of an item and source, or one for each. Those not open are passed over.

    Raises: NothingToPost, and what ``booking.check_hands`` and ``fund.book_entry`` raise.
    """
    visits = _open_of(session, visit_ids)
    is_one_hand = check_hands(session, handler, approver, cashier, one_hand)
    entries = []
    for (item, source), group in _by_item(visits):
        for posted in [[visit] for visit in group] if is_one_each else [group]:
            entry = book_entry(
                session,
                booked_on=booked_on,
                direction=Direction.OUT,
                item=item,
                amount_fen=sum(visit.amount_fen for visit in posted),
                purpose=say_neutral(sum(visit.people for visit in posted)),
                source=source,
                handler=handler,
                approver=approver,
                cashier=cashier,
                one_hand=one_hand if is_one_hand else "",
                today=today,
                who=who,
                now_utc=now_utc,
            )
            for visit in posted:
                _link(session, visit, entry, who=who, now_utc=now_utc)
            entries.append(entry)
    return entries


def claim_visits(session: Session, visit_ids: Collection[int], *, year: int, who: str, now_utc: datetime, handler: str = "") -> list[Claim]:
    """Put open visits into draft claims, one for each item and source. Raises: NothingToPost, and what ``claims.gather_claim`` raises."""
    return [
        gather_claim(session, year=year, visit_ids=tuple(visit.id or 0 for visit in group), handler=handler, who=who, now_utc=now_utc)
        for _, group in _by_item(_open_of(session, visit_ids))
    ]


def post_handout(
    session: Session,
    handout_id: int,
    *,
    booked_on: date,
    today: date,
    who: str,
    now_utc: datetime,
    handler: str = "",
    approver: str = "",
    cashier: str = "",
    one_hand: str = "",
) -> FundEntry:
    """Book what a hand-out cost as one entry. Raises: NoSuchHandout, HandoutInBooks, and what ``post_visits`` raises."""
    row = _open_handout(session, handout_id)
    is_one_hand = check_hands(session, handler, approver, cashier, one_hand)
    entry = book_entry(
        session,
        booked_on=booked_on,
        direction=Direction.OUT,
        item=row.item,
        amount_fen=row.heads * row.unit_fen,
        purpose=f"{row.title}（{row.heads}份）",
        source=row.source,
        payee=row.supplier,
        handler=handler,
        approver=approver,
        cashier=cashier,
        one_hand=one_hand if is_one_hand else "",
        activity_id=row.activity_id,
        today=today,
        who=who,
        now_utc=now_utc,
    )
    _link(session, row, entry, who=who, now_utc=now_utc)
    return entry


def claim_handout(session: Session, handout_id: int, *, year: int, who: str, now_utc: datetime, handler: str = "") -> Claim:
    """Put a hand-out into a draft claim. Raises: NoSuchHandout, HandoutInBooks, and what ``claims.gather_claim`` raises."""
    row = _open_handout(session, handout_id)
    return gather_claim(session, year=year, handout_ids=(row.id or 0,), handler=handler, who=who, now_utc=now_utc)


def link_handout(session: Session, handout_id: int, *, voucher: int, year: int, who: str, now_utc: datetime) -> FundEntry:
    """Say which entry has paid for a hand-out already. Raises: NoSuchHandout, HandoutInBooks, NoSuchEntry."""
    row = _open_handout(session, handout_id)
    query = select(FundEntry).where(FundEntry.year == year, FundEntry.voucher == voucher, FundEntry.direction == Direction.OUT)
    entry = session.exec(query.where(col(FundEntry.reverses_id).is_(None))).first()
    if entry is None:
        raise NoSuchEntry(id=voucher)
    _link(session, row, entry, who=who, now_utc=now_utc)
    return entry


def take_back_entry(session: Session, entry_id: int, *, booked_on: date, reason: str, today: date, who: str, now_utc: datetime) -> None:
    """Correct an entry, whatever it paid for: the one visit it paid is taken back with it; several visits, or a hand-out, are open again.

    Raises: what ``fund.reverse_entry`` and ``care.take_back_visit`` raise.
    """
    visits = find_visits_of(session, entry_id)
    if len(visits) == 1 and visits[0].claim_id is None:
        take_back_visit(session, visits[0].id or 0, booked_on=booked_on, reason=reason, today=today, who=who, now_utc=now_utc)
    else:
        reverse_entry(session, entry_id, booked_on=booked_on, reason=reason, today=today, who=who, now_utc=now_utc)


def _open_of(session: Session, visit_ids: Collection[int]) -> list[CareVisit]:
    visits = [visit for visit in list_open_visits(session) if visit.id in visit_ids]
    if not visits:
        raise NothingToPost
    return visits


def _open_handout(session: Session, handout_id: int) -> Handout:
    row = load_handout(session, handout_id)
    if session.exec(select(Handout.id).where(Handout.id == handout_id, is_open(Handout))).first() is None:
        raise HandoutInBooks
    return row


def _by_item(visits: Sequence[CareVisit]) -> list[tuple[tuple[str, FundSource], list[CareVisit]]]:
    def fund_of(visit: CareVisit) -> tuple[str, FundSource]:
        return visit.item, visit.source

    return [(key, list(group)) for key, group in groupby(sorted(visits, key=fund_of), key=fund_of)]


def _link(session: Session, row: CareVisit | Handout, entry: FundEntry, *, who: str, now_utc: datetime) -> None:
    update_row(session, row, version=row.version, who=who, now_utc=now_utc, fund_entry_id=entry.id)
