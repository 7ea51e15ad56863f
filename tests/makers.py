"""Makers of rows with defaults: a test names only what it is about."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, select

from unionboard.models import Account, AccountRole, Activity, Change, DatePrecision, Direction, FundEntry, Member, Plan, Section, Union
from unionboard.services.account_list import name_key
from unionboard.services.changes import record_creations, row_id
from unionboard.services.fund import book_entry
from unionboard.services.log_replay import REPLAYED
from unionboard.services.unions import find_union

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def make_union(session: Session, **values: Any) -> Union:
    """青松小学工会."""
    row = Union(**{"name": "青松小学工会", **values})
    session.add(row)
    session.flush()
    return row


def make_plan(session: Session, **values: Any) -> Plan:
    """The plan of calendar year 2026, with its union."""
    union = find_union(session) or make_union(session)
    defaults = {
        "title": "2026年工会工作计划",
        "year": 2026,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "adopted_at_utc": NOW,
    }
    row = Plan(**{"union_id": union.id, **defaults, **values})
    session.add(row)
    session.flush()
    return row


def make_section(session: Session, plan: Plan, **values: Any) -> Section:
    """A section of ``plan``."""
    row = Section(**{"plan_id": plan.id, "position": 1, "printed_number": "一、", "heading": "丰富文体生活", "area": "CULT", **values})
    session.add(row)
    session.flush()
    return row


def make_activity(session: Session, plan: Plan, **values: Any) -> Activity:
    """An activity planned for May 2026 (month precision)."""
    defaults = {
        "title": "趣味运动会",
        "area": "CULT",
        "position": 1,
        "precision": DatePrecision.MONTH,
        "starts_on": date(2026, 5, 1),
        "ends_on": date(2026, 5, 31),
    }
    row = Activity(**{"plan_id": plan.id, **defaults, **values})
    session.add(row)
    session.flush()
    return row


def make_committee(session: Session, **duties: str) -> None:
    """The committee's list, ``陈立群="主席"`` and so on; without any: chair, vice-chair, two members, treasurer, cashier, audit."""
    usual = {
        "陈立群": "主席",
        "何敏": "副主席",
        "沈一鸣": "文体委员",
        "吴佳": "生活委员",
        "罗文静": "财务委员",
        "顾海平": "出纳",
        "严守正": "经审委员会主任",
    }
    for position, (name, duty) in enumerate((duties or usual).items(), start=1):
        session.add(Member(name=name, duty=duty, position=position))
    session.flush()


def log_made(session: Session, *, who: str = "chair") -> None:
    """What makers put in is told to the change log, as the services would have: verification asks for it."""
    session.flush()
    for table in REPLAYED:
        noun = str(table.__tablename__)
        known = set(session.exec(select(Change.row_id).where(Change.noun == noun)))
        if noun not in {"fund_year", "safekeeping", "summary_block"}:
            record_creations(session, [row for row in session.exec(select(table)) if row_id(row) not in known], who=who, now_utc=NOW)


def make_account(session: Session, *roles: AccountRole, name: str = "陈立群", **values: Any) -> Account:
    """An account that holds ``roles``; its password is nobody's."""
    defaults = {"name": name, "name_key": name_key(name), "roles": [role.value for role in roles], "created_at_utc": NOW}
    row = Account(**{**defaults, **values})
    session.add(row)
    session.flush()
    return row


def book(session: Session, **values: Any) -> FundEntry:
    """123 元 of prizes on ``NOW``'s day, by the service; any of its words may be another."""
    defaults: dict[str, Any] = {
        "booked_on": NOW.date(),
        "direction": Direction.OUT,
        "item": "member_activities",
        "amount_fen": 12_300,
        "purpose": "球类比赛奖品",
        "today": NOW.date(),
    }
    return book_entry(session, **(defaults | values))
