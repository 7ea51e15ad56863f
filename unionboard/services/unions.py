"""The union itself: its name, its people, its language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from unionboard.errors.entries import MoreMembersThanStaff, MoreWomenThanMembers, NameMissing
from unionboard.errors.unions import UnionNameTaken
from unionboard.models import Member, Plan, Union, UnionKind
from unionboard.models.changelog import ChangeAction
from unionboard.models.separation import of_all
from unionboard.services.changes import record_change, update_row
from unionboard.services.unit_guess import guess_unit


def find_union(session: Session) -> Union | None:
    """The union of this database, or None before the first use."""
    return session.exec(select(Union).order_by(col(Union.id))).first()


def ensure_union(session: Session, *, who: str, now_utc: datetime, name: str = "", kind: UnionKind | None = None) -> Union:
    """The union, made with ``name`` (may be empty until settings are filled in) when there is none; one without a name gets it.

    Of a new one the kind of unit, where nobody says it, is guessed from the name.
    """
    union, name = find_union(session), name.strip()
    if union is None:
        guessed = guess_unit(name)
        union = Union(
            name=name,
            kind=kind or (guessed.kind if guessed else UnionKind.SCHOOL),
            school_type=guessed.school_type if guessed and kind in (None, UnionKind.SCHOOL) else None,
        )
        session.add(union)
        record_change(session, union, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    elif name and not union.name:
        save_union(session, union.id or 0, version=union.version, name=name, who=who, now_utc=now_utc)
    return union


def save_union(session: Session, union_id: int, *, version: int, who: str, now_utc: datetime, **values: object) -> Union:
    """Change fields of the union (name, kind, school_type, period_kind, higher_union, party_body, centre, the counts of people and groups,
    language). What is no school has no type of school.

    Raises: NameMissing for an empty name, UnionNameTaken, MoreMembersThanStaff, MoreWomenThanMembers, StaleSave when somebody else saved
    first.
    """
    if "name" in values:
        values["name"] = str(values["name"]).strip()
        if not values["name"]:
            raise NameMissing
        with of_all(session):
            if session.exec(select(Union.id).where(Union.name == values["name"], Union.id != union_id)).first() is not None:
                raise UnionNameTaken(name=values["name"])
    union = session.exec(select(Union).where(Union.id == union_id)).one()
    if values.get("kind", UnionKind.SCHOOL) != UnionKind.SCHOOL:
        values["school_type"] = None
    _check_counts({**union.model_dump(), **values})
    update_row(session, union, version=version, who=who, now_utc=now_utc, **values)
    return union


def _check_counts(values: Mapping[str, Any]) -> None:
    staff, members, women = (values[name] for name in ("staff_count", "member_count", "women_count"))
    if None not in (staff, members) and members > staff:
        raise MoreMembersThanStaff(members=members, staff=staff)
    if None not in (members, women) and women > members:
        raise MoreWomenThanMembers(women=women, members=members)


def list_members(session: Session, *, active_only: bool = True) -> list[Member]:
    """Committee members and others who act for the union, in their order."""
    query = select(Member).order_by(col(Member.position), col(Member.id))
    return [member for member in session.exec(query) if member.is_active or not active_only]


def add_member(session: Session, *, name: str, duty: str = "", who: str, now_utc: datetime) -> Member:
    """Raises: NameMissing."""
    if not name.strip():
        raise NameMissing
    last = session.exec(select(func.coalesce(func.max(Member.position), 0))).one()
    member = Member(name=name.strip(), duty=duty.strip(), position=last + 1)
    session.add(member)
    record_change(session, member, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return member


def save_member(session: Session, member_id: int, *, version: int, who: str, now_utc: datetime, **values: object) -> Member:
    """Change name, duty, position or is_active (False takes the member off the lists; nothing is deleted).

    Raises: NameMissing, StaleSave.
    """
    if "name" in values and not str(values["name"]).strip():
        raise NameMissing
    member = session.exec(select(Member).where(Member.id == member_id)).one()
    update_row(session, member, version=version, who=who, now_utc=now_utc, **values)
    return member


def is_empty(session: Session) -> bool:
    """Whether the database still holds no plan: then the board welcomes instead of reporting."""
    return session.exec(select(Plan.id)).first() is None
