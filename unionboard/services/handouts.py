"""Hand-outs at festivals: heads × value, posted to the books as one entry. Who got something stands on the signed list, never in here.

Sums are fen. Source: domain notes D1 (plan, buy, hand out against signatures, account).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from unionboard.errors.activities import NoSuchActivity
from unionboard.errors.care import HandoutInBooks, HandoutTitleMissing, MoreSignedThanHeads, NoSuchHandout
from unionboard.errors.checkoffs import CountNotPositive
from unionboard.errors.money import AmountNotPositive
from unionboard.models import Activity, Claim, ClaimState, FundEntry, FundSource, GiftForm, Handout
from unionboard.models.changelog import ChangeAction
from unionboard.reference.occasions import USUAL_ITEM
from unionboard.services.ceilings import SpendingFacts, settle
from unionboard.services.changes import record_change, snapshot, update_row
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.posting import check_item, is_open
from unionboard.services.privacy import check_text

_FIXED = ("handed_on", "heads", "unit_fen", "item", "source")
"""What the books or a claim rest on: it stays once the hand-out is in one of them."""


@dataclass(frozen=True, slots=True)
class HandoutView:
    """A hand-out with where its money stands: ``is_open`` neither booked nor claimed, else ``voucher`` or the claim's state.

    ``signed``: how many signatures were counted on the returned list; None: not counted yet.
    """

    id: int
    title: str
    festival: str
    handed_on: date
    heads: int
    unit_fen: int
    goods: str
    supplier: str
    item: str
    source: FundSource
    signed: int | None
    activity_id: int | None
    claim_id: int | None
    claim_state: ClaimState | None
    fund_entry_id: int | None
    voucher: int | None
    is_open: bool
    version: int

    @property
    def total_fen(self) -> int:
        """What it cost: heads × value."""
        return self.heads * self.unit_fen


def record_handout(
    session: Session,
    *,
    title: str,
    handed_on: date,
    heads: int,
    unit_fen: int,
    today: date,
    who: str,
    now_utc: datetime,
    festival: str = "",
    goods: str = "",
    supplier: str = "",
    item: str = USUAL_ITEM,
    source: FundSource = FundSource.UNION_FUNDS,
    activity_id: int | None = None,
    reason: str = "",
) -> Handout:
    """Note a hand-out, also one to come (``handed_on`` may lie ahead: the list to sign is printed before). Nothing is booked.

    ``reason``: why it may be more than a ceiling or the budget allows.
    Raises: HandoutTitleMissing, CountNotPositive, AmountNotPositive, NoSuchFundItem, WrongDirection, NoSuchActivity, PrivateNumberTyped,
    OverWithoutReason.
    """
    require(session, Act.KEEP_BOOKS)
    values = _checked(
        session,
        title=title,
        handed_on=handed_on,
        heads=heads,
        unit_fen=unit_fen,
        festival=festival,
        goods=goods,
        supplier=supplier,
        item=item,
        source=source,
        activity_id=activity_id,
    )
    row = Handout(**values, who=who, created_at_utc=now_utc)
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    _settle(session, row, reason=reason, today=today, who=who, now_utc=now_utc)
    return row


def edit_handout(
    session: Session, handout_id: int, *, version: int, today: date, who: str, now_utc: datetime, reason: str = "", **fields: Any
) -> Handout:
    """Change fields of ``record_handout`` by name; those the books rest on (day, heads, value, item, source) only while it is open.

    Raises: what ``record_handout`` raises, NoSuchHandout, HandoutInBooks, StaleSave.
    """
    require(session, Act.KEEP_BOOKS)
    row = load_handout(session, handout_id)
    values = _checked(session, **{name: getattr(row, name) for name in _FIELDS} | fields)
    moves_money = any(values[name] != getattr(row, name) for name in _FIXED)
    if moves_money and not _is_open(session, handout_id):
        raise HandoutInBooks
    update_row(session, row, version=version, who=who, now_utc=now_utc, **values)
    if moves_money:
        _settle(session, row, reason=reason, today=today, who=who, now_utc=now_utc)
    return row


def spending_facts(row: Handout) -> SpendingFacts:
    """What the ceilings ask of a hand-out: always goods."""
    return SpendingFacts(
        booked_on=row.handed_on,
        amount_fen=row.heads * row.unit_fen,
        item=row.item,
        source=row.source,
        text=f"{row.title} {row.goods}",
        people=row.heads,
        festival=row.festival,
        form=GiftForm.GOODS,
    )


def set_signed(session: Session, handout_id: int, *, signed: int | None, version: int, who: str, now_utc: datetime) -> Handout:
    """How many signatures stand on the returned list. Raises: NoSuchHandout, CountNotPositive, MoreSignedThanHeads, StaleSave."""
    row = load_handout(session, handout_id)
    if signed is not None and signed < 0:
        raise CountNotPositive
    if signed is not None and signed > row.heads:
        raise MoreSignedThanHeads(signed=signed, heads=row.heads)
    update_row(session, row, version=version, who=who, now_utc=now_utc, signed=signed)
    return row


def remove_handout(session: Session, handout_id: int, *, who: str, now_utc: datetime) -> Handout:
    """Take a hand-out away; it stays on record, stamped. Raises: NoSuchHandout, HandoutInBooks."""
    row = load_handout(session, handout_id)
    if not _is_open(session, handout_id):
        raise HandoutInBooks
    before = snapshot(row)
    row.removed_at_utc = now_utc
    row.version += 1
    session.add(row)
    record_change(session, row, action=ChangeAction.REMOVE, who=who, now_utc=now_utc, before=before)
    return row


def load_handout(session: Session, handout_id: int) -> Handout:
    """The stored row. Raises: NoSuchHandout."""
    row = session.get(Handout, handout_id)
    if row is None or row.removed_at_utc is not None:
        raise NoSuchHandout
    return row


def list_handouts(session: Session, *, first: date, last: date) -> list[HandoutView]:
    """Hand-outs within ``first``-``last`` (inclusive), newest first. One query."""
    return _views(session, col(Handout.handed_on).between(first, last))


def find_handout(session: Session, handout_id: int) -> HandoutView:
    """One hand-out as ``list_handouts`` gives it. Raises: NoSuchHandout."""
    for view in _views(session, col(Handout.id) == handout_id):
        return view
    raise NoSuchHandout


_FIELDS = ("title", "handed_on", "heads", "unit_fen", "festival", "goods", "supplier", "item", "source", "activity_id")


def _checked(session: Session, **values: Any) -> dict[str, Any]:
    values |= {name: values[name].strip() for name in ("title", "goods", "supplier")}
    if not values["title"]:
        raise HandoutTitleMissing
    check_text(values["title"], values["goods"], values["supplier"])
    if values["heads"] < 1:
        raise CountNotPositive
    if values["unit_fen"] < 1:
        raise AmountNotPositive
    check_item(session, values["item"])
    activity = session.get(Activity, values["activity_id"]) if values["activity_id"] is not None else None
    if values["activity_id"] is not None and (activity is None or activity.removed):
        raise NoSuchActivity(id=values["activity_id"])
    return values


def _settle(session: Session, row: Handout, *, reason: str, today: date, who: str, now_utc: datetime) -> None:
    check_text(reason)
    settle(session, spending_facts(row), reason=reason, who=who, now_utc=now_utc, today=today, handout_id=row.id)


def _is_open(session: Session, handout_id: int) -> bool:
    return session.exec(select(Handout.id).where(Handout.id == handout_id, is_open(Handout))).first() is not None


def _views(session: Session, wanted: ColumnElement[bool]) -> list[HandoutView]:
    query = (
        select(Handout, Claim.state, FundEntry.voucher, is_open(Handout))
        .outerjoin(Claim, col(Handout.claim_id) == Claim.id)
        .outerjoin(FundEntry, col(Handout.fund_entry_id) == FundEntry.id)
        .where(wanted, col(Handout.removed_at_utc).is_(None))
        .order_by(col(Handout.handed_on).desc(), col(Handout.id).desc())
    )
    left_out = {"id", "union_id", "who", "created_at_utc", "removed_at_utc"}
    return [
        HandoutView(
            **row.model_dump(exclude=left_out),
            id=row.id or 0,
            claim_state=ClaimState(state) if state else None,
            voucher=None if waits else voucher,
            is_open=bool(waits),
        )
        for row, state, voucher, waits in session.exec(query)
    ]
