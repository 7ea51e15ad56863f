"""The occasions of care visits as the union keeps them: those of the reference renamed, hidden or marked «must visit», and its own.

Which ones are must-visits (五必访) differs from union to union, so none is marked until the union does. Source: domain notes D1.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from unionboard.errors.care import LastOccasion, NoSuchOccasion, OccasionNameMissing, OccasionNameTaken
from unionboard.errors.saving import StaleSave
from unionboard.models import OwnOccasion
from unionboard.models.changelog import ChangeAction
from unionboard.reference import care_kinds
from unionboard.reference.occasions import USUAL_ITEM, occasion_items
from unionboard.services.changes import record_change, update_row
from unionboard.services.posting import check_item
from unionboard.services.privacy import check_care_text

OTHER_KIND = "other"
"""Where visits that fit nowhere else are counted, and those on occasions too small to be named."""
OWN_PREFIX = "own_"


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion with its names (an own one bears the same in both languages) and the fund item its visits are usually booked on.

    ``version``: 0 as long as the union has said nothing about it.
    """

    code: str
    zh: str
    en: str
    item: str = USUAL_ITEM
    must_visit: bool = False
    is_hidden: bool = False
    is_own: bool = False
    version: int = 0


def list_occasions(session: Session) -> dict[str, Occasion]:
    """All occasions by code, hidden ones too: those of the reference in its order, then the union's own, OTHER_KIND last. One query."""
    own = {row.code: row for row in session.exec(select(OwnOccasion).order_by(col(OwnOccasion.position), col(OwnOccasion.code)))}
    listed = [_as_kept(code, own.get(code)) for code in care_kinds() if code != OTHER_KIND]
    listed += [_as_kept(code, row) for code, row in own.items() if code not in care_kinds()]
    return {occasion.code: occasion for occasion in (*listed, _as_kept(OTHER_KIND, own.get(OTHER_KIND)))}


def offer_occasions(session: Session) -> dict[str, Occasion]:
    """The occasions to choose from for a new visit: none hidden, the must-visit ones first."""
    open_ones = [occasion for occasion in list_occasions(session).values() if not occasion.is_hidden]
    return {occasion.code: occasion for occasion in sorted(open_ones, key=lambda occasion: not occasion.must_visit)}


def save_occasion(
    session: Session,
    code: str | None,
    *,
    name: str,
    item: str = "",
    must_visit: bool = False,
    is_hidden: bool = False,
    version: int = 0,
    who: str,
    now_utc: datetime,
) -> OwnOccasion:
    """Rename, mark or hide an occasion, or (``code`` None) add one. An empty name gives one of the reference its own name back, an empty
    item its usual item. ``version`` is the one the caller saw, 0 when nothing was said about it yet.

    Raises: NoSuchOccasion, OccasionNameMissing, OccasionNameTaken, LastOccasion (OTHER_KIND cannot be hidden), NoSuchFundItem,
    WrongDirection, PrivateNumberTyped, IllnessNamed, StaleSave.
    """
    known = list_occasions(session)
    if code is not None and code not in known:
        raise NoSuchOccasion(code=code)
    name = _checked_name(code, name, known)
    if is_hidden and code == OTHER_KIND:
        raise LastOccasion(name=known[OTHER_KIND].zh)
    if item:
        check_item(session, item)
    values: dict[str, Any] = {"name": name, "item": item, "must_visit": must_visit, "is_hidden": is_hidden}
    row = session.exec(select(OwnOccasion).where(OwnOccasion.code == code)).first() if code else None
    if row is not None:
        update_row(session, row, version=version, who=who, now_utc=now_utc, **values)
        return row
    if version:
        raise StaleSave(field="name", theirs="", yours=name)
    count = session.exec(select(func.count()).select_from(OwnOccasion)).one()
    row = OwnOccasion(code=code or _next_code(known), position=count + 1, **values)
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def _as_kept(code: str, row: OwnOccasion | None) -> Occasion:
    named, item = care_kinds().get(code), occasion_items().get(code, USUAL_ITEM)
    zh, en = (named.zh, named.en) if named else ("", "")
    if row is None:
        return Occasion(code, zh, en, item)
    return Occasion(
        code,
        row.name or zh,
        row.name or en,
        row.item or item,
        must_visit=row.must_visit,
        is_hidden=row.is_hidden,
        is_own=named is None,
        version=row.version,
    )


def _checked_name(code: str | None, name: str, known: dict[str, Occasion]) -> str:
    name, named = name.strip(), care_kinds().get(code or "")
    if named is not None and name in (named.zh, named.en):
        return ""
    if not name and named is None:
        raise OccasionNameMissing
    check_care_text(name)
    others = [occasion for occasion in known.values() if occasion.code != code]
    if name and any(name.casefold() in (other.zh.casefold(), other.en.casefold()) for other in others):
        raise OccasionNameTaken(name=name)
    return name


def _next_code(known: dict[str, Occasion]) -> str:
    numbers = [int(code.removeprefix(OWN_PREFIX)) for code in known if code.startswith(OWN_PREFIX)]
    return f"{OWN_PREFIX}{max(numbers, default=0) + 1}"
