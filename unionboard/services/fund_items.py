"""The items of the books as the union keeps them: the official chart, with items renamed, hidden, and some of its own.

Source: 财会〔2021〕7号 through reference/fund_items; domain notes C3: both charts are met in the field, so items are data.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.fund import FundGroupMissing, ItemNameMissing, ItemNameTaken, NoSuchFundItem, WrongDirection
from unionboard.errors.saving import StaleSave
from unionboard.models import BudgetAmendment, BudgetLine, Claim, Direction, FundEntry, OwnItem
from unionboard.models.changelog import ChangeAction
from unionboard.reference import FundItem, fund_groups, fund_items
from unionboard.services.changes import record_change, update_row

OWN_PREFIX = "own_"


def list_items(session: Session, *, with_hidden: bool = False) -> dict[str, FundItem]:
    """The items by code, income first, each own one after the official ones of its side and group.

    A renamed item bears its own name in both languages. A hidden one is left out (unless ``with_hidden``) as long as nothing is booked,
    budgeted or claimed on it. One query, or three when something is hidden.
    """
    own = list_own(session)
    items = [_as_kept(item, own.get(code)) for code, item in fund_items().items()]
    items += [
        FundItem(row.code, row.direction.value, row.name, row.name, group=row.group) for row in own.values() if row.code not in fund_items()
    ]
    hidden = set() if with_hidden else {code for code, row in own.items() if row.is_hidden}
    if hidden:
        hidden -= _find_used(session)
    groups = list(fund_groups())
    items.sort(key=lambda item: (item.direction != Direction.IN, groups.index(item.group) if item.group in groups else len(groups)))
    return {item.code: item for item in items if item.code not in hidden}


def list_own(session: Session) -> dict[str, OwnItem]:
    """What the union has said about items, by code: renamed and hidden official ones, and its own."""
    rows = session.exec(select(OwnItem).order_by(col(OwnItem.position), col(OwnItem.code)))
    return {row.code: row for row in rows}


def save_item(
    session: Session,
    code: str | None,
    *,
    name: str,
    who: str,
    now_utc: datetime,
    direction: Direction = Direction.OUT,
    group: str = "",
    is_hidden: bool = False,
    version: int = 0,
) -> OwnItem:
    """Rename or hide an item, or (``code`` None) add one of the union's own. An empty name gives an official item its own name back.

    ``version`` is the one the caller saw, 0 when nothing was said about the item yet. The side of an item never changes; ``group`` is
    asked of spending items of the union's own only.
    Raises: NoSuchFundItem, WrongDirection, ItemNameMissing, ItemNameTaken, FundGroupMissing, StaleSave.
    """
    name = name.strip()
    own = list_own(session)
    official = fund_items().get(code or "")
    if code is not None and official is None and code not in own:
        raise NoSuchFundItem(code=code, codes=", ".join(list_items(session)))
    if official is not None:
        name = "" if name == official.zh else name
        direction, group = Direction(official.direction), official.group
    elif code is not None and own[code].direction is not direction:
        raise WrongDirection(code=code, codes=direction.value)
    elif not name:
        raise ItemNameMissing
    elif direction is Direction.OUT and group not in fund_groups():
        raise FundGroupMissing
    _check_name(session, code, name, direction)
    values: dict[str, Any] = {"name": name, "group": group if direction is Direction.OUT else "", "is_hidden": is_hidden}
    row = own.get(code or "")
    if row is not None:
        update_row(session, row, version=version, who=who, now_utc=now_utc, **values)
        return row
    if version:
        raise StaleSave(field="name", theirs="", yours=name)
    row = OwnItem(code=code or _next_code(own), direction=direction, position=len(own) + 1, **values)
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def _as_kept(item: FundItem, row: OwnItem | None) -> FundItem:
    return replace(item, zh=row.name, en=row.name) if row is not None and row.name else item


def _find_used(session: Session) -> set[str]:
    used = select(FundEntry.item).union(select(BudgetLine.item).where(BudgetLine.amount_fen > 0), select(Claim.item))
    amended = {line["item"] for lines in session.exec(select(BudgetAmendment.lines)) for line in lines}
    return amended | {str(code) for (code,) in session.execute(used)}


def _check_name(session: Session, code: str | None, name: str, direction: Direction) -> None:
    others = [item for item in list_items(session, with_hidden=True).values() if item.code != code and item.direction == direction]
    if name and any(name.casefold() in (item.zh.casefold(), item.en.casefold()) for item in others):
        raise ItemNameTaken(name=name)


def _next_code(own: dict[str, OwnItem]) -> str:
    numbers = [int(code.removeprefix(OWN_PREFIX)) for code in own if code.startswith(OWN_PREFIX)]
    return f"{OWN_PREFIX}{max(numbers, default=0) + 1}"
