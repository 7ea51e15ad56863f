"""What is waiting to be booked among visits and hand-outs: neither in the books nor in a claim that is under way."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from unionboard.errors.fund import NoSuchFundItem, WrongDirection
from unionboard.models import CareVisit, Claim, ClaimState, Direction, FundEntry, Handout
from unionboard.services.fund_items import list_items

ENDED = (ClaimState.WITHDRAWN, ClaimState.REVERSED)
"""A claim in one of these holds nothing any more: what it gathered is open again."""


def is_open(table: type[CareVisit] | type[Handout]) -> ColumnElement[bool]:
    """In SQL: no entry has paid for the row, or that entry was taken back; and no claim asks for it, or that claim has ended."""
    taken_back = select(FundEntry.reverses_id).where(col(FundEntry.reverses_id).is_not(None))
    ended = select(Claim.id).where(col(Claim.state).in_(ENDED))
    return and_(
        or_(col(table.fund_entry_id).is_(None), col(table.fund_entry_id).in_(taken_back)),
        or_(col(table.claim_id).is_(None), col(table.claim_id).in_(ended)),
    )


def check_item(session: Session, code: str) -> None:
    """Whether money can be spent on an item. Raises: NoSuchFundItem, WrongDirection."""
    items = list_items(session)
    fitting = [item.code for item in items.values() if item.direction == Direction.OUT]
    if code not in fitting:
        refusal = WrongDirection if code in items else NoSuchFundItem
        raise refusal(code=code, codes=", ".join(fitting))
