"""The demo county: a fictitious upper union and the unions below it, each with a year that went its own way.

The story is data (``reference/demo/county.toml``) and chance with a fixed seed: the same number gives the same union. What is told is plain
values, so that a bench can store thousands of unions at once; ``store_union`` stores one in a session of its own, with its change log.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from sqlmodel import Session

from unionboard.errors.plans import DatabaseNotEmpty
from unionboard.models import (
    AccountRole,
    Activity,
    ActivityState,
    BudgetAmendment,
    BudgetLine,
    CheckOff,
    DatePrecision,
    Direction,
    DutyKind,
    Evidence,
    EvidenceKind,
    FundEntry,
    FundYear,
    Occurrence,
    Plan,
    SummaryForm,
    Union,
    UnionKind,
)
from unionboard.services import duties, passwords
from unionboard.services.account_list import has_accounts
from unionboard.services.accounts import add_account
from unionboard.services.changes import record_creations
from unionboard.services.periods import month_span
from unionboard.services.summary import DraftId
from unionboard.services.summary_drafts import write_draft
from unionboard.services.summary_final import finalise
from unionboard.services.unions import find_union

COUNTY = 1
"""The number of the upper union; those below it follow."""
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DeedStory:
    """A check-off with its papers; ``turn``: which of a duty's turns, from 1."""

    values: Values
    papers: tuple[Values, ...]
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityStory:
    """An activity, the turns of a duty, and what was held."""

    values: Values
    turns: tuple[Values, ...] = ()
    deeds: tuple[DeedStory, ...] = ()


@dataclass(frozen=True, slots=True)
class UnionStory:
    """A union's year as values of rows without keys. ``plan`` None: it has handed in nothing. Of an entry: which activity it was for."""

    union: Values
    plan: Values | None = None
    activities: tuple[ActivityStory, ...] = ()
    entries: tuple[tuple[Values, int | None], ...] = ()
    head: Values = field(default_factory=dict)
    budget: tuple[Values, ...] = ()
    amendments: tuple[Values, ...] = ()
    summarises: bool = False
    hands_in: bool = False


@cache
def _county() -> dict[str, Any]:
    return tomllib.loads(resources.files("unionboard.reference").joinpath("demo", "county.toml").read_text(encoding="utf-8"))


def tell_county() -> Values:
    """The upper union itself."""
    return {"name": _county()["county"]["name"], "kind": UnionKind.OTHER, "higher_union": _county()["county"]["higher_union"]}


def tell_unions(count: int, *, year: int, today: date) -> Iterator[UnionStory]:
    """The unions of a county of ``count``, one after the other."""
    for number in range(count):
        yield tell_union(number, year=year, today=today)


def tell_union(number: int, *, year: int, today: date) -> UnionStory:
    """The union of that ``number`` (from 0): about forty activities and sixty lines of the book, as they stand on ``today``."""
    chance = Random(f"{number} {year}")  # noqa: S311 -- a story, no secret
    places, units = _county()["names"]["places"], _county()["unit"]
    unit = units[number % len(units)]
    staff = chance.randrange(24, 400)
    name = f"{places[number // len(units) % len(places) if number >= len(units) else number % len(places)]}{unit['name']}工会"
    union = {
        "name": name,
        "kind": UnionKind(unit["kind"]),
        "higher_union": _county()["county"]["name"],
        "above_id": COUNTY,
        "staff_count": staff,
        "member_count": staff - chance.randrange(0, 4),
        "women_count": staff // 2,
        "group_count": max(1, staff // 15),
    }
    if number % 13 == 11:
        return UnionStory(union)
    told = _Year(chance, year, today, diligence=chance.uniform(0.55, 1.0), papers=0.0 if number % 17 == 9 else chance.uniform(0.4, 1.0))
    activities = tuple(told.activities())
    return UnionStory(
        union=union,
        plan={
            "title": _county()["plan"]["title"].format(name=name, year=year),
            "year": year,
            "starts_on": date(year, 1, 1),
            "ends_on": date(year, 12, 31),
            "adopted_at_utc": _moment(date(year, 1, 8)),
        },
        activities=activities,
        entries=tuple(told.entries(activities)),
        head={"year": year, "opening_fen": chance.randrange(20, 400) * 100_00, "adopted_on": date(year, 1, 15), "resolution": "委员会决议"},
        budget=tuple(told.budget()),
        amendments=tuple(told.amendments()),
        summarises=number % 3 != 1,
        hands_in=number % 3 == 0,
    )


class _Year:
    """One union's year, by chance."""

    def __init__(self, chance: Random, year: int, today: date, *, diligence: float, papers: float) -> None:
        self.chance, self.year, self.today, self.diligence, self.papers = chance, year, today, diligence, papers
        self.scale = chance.randrange(3, 40)

    def activities(self) -> Iterator[ActivityStory]:
        for position, (month, area, title, _item) in enumerate(_county()["plan"]["activity"], start=1):
            if self.chance.random() < 0.93:
                yield self._one_off(position, month, area, title)
        for position, (area, title, turns) in enumerate(_county()["plan"]["duty"], start=100):
            yield self._duty(position, area, title, turns)

    def _one_off(self, position: int, month: int, area: str, title: str) -> ActivityStory:
        first, last = month_span(self.year * 12 + month - 1)
        precision = self.chance.choices((DatePrecision.MONTH, DatePrecision.DAY, DatePrecision.HALF_YEAR), (12, 5, 1))[0]
        if precision is DatePrecision.DAY:
            first = last = first + timedelta(days=self.chance.randrange(0, 25))
        elif precision is DatePrecision.HALF_YEAR:
            first, last = (date(self.year, 1, 1), date(self.year, 6, 30)) if month < 7 else (date(self.year, 7, 1), date(self.year, 12, 31))
        state = self.chance.choices((ActivityState.PLANNED, ActivityState.CANCELLED, ActivityState.POSTPONED), (40, 1, 1))[0]
        values = {
            "position": position,
            "title": title,
            "area": area,
            "precision": precision,
            "starts_on": first,
            "ends_on": last,
            "state": state,
            "removed": self.chance.random() < 0.01,
        }
        held_on = (first if precision is DatePrecision.DAY else month_span(self.year * 12 + month - 1)[0]) + timedelta(
            days=self.chance.randrange(0, 28)
        )
        is_held = held_on <= self.today and state is not ActivityState.CANCELLED and self.chance.random() < self.diligence
        return ActivityStory(values, deeds=(self._deed(held_on, is_partial=self.chance.random() < 0.02),) if is_held else ())

    def _duty(self, position: int, area: str, title: str, turns: int) -> ActivityStory:
        spans = [
            (month_span(self.year * 12 + n * 12 // turns)[0], month_span(self.year * 12 + (n + 1) * 12 // turns - 1)[1])
            for n in range(turns)
        ]
        deeds = []
        for number, (first, last) in enumerate(spans, start=1):
            held_on = first + timedelta(days=self.chance.randrange(0, (last - first).days))
            if held_on <= self.today and self.chance.random() < self.diligence:
                deeds.append(self._deed(held_on, turn=number))
        values = {
            "position": position,
            "title": title,
            "area": area,
            "duty": DutyKind.RECURRING,
            "precision": DatePrecision.PERIOD,
            "starts_on": date(self.year, 1, 1),
            "ends_on": date(self.year, 12, 31),
        }
        told = tuple({"number": number, "due_from": first, "due_to": last} for number, (first, last) in enumerate(spans, start=1))
        return ActivityStory(values, told, tuple(deeds))

    def _deed(self, held_on: date, *, turn: int | None = None, is_partial: bool = False) -> DeedStory:
        came = self.chance.randrange(12, 260)
        values = {
            "done_on": held_on,
            "is_partial": is_partial,
            "participants": came,
            "person_times": came,
            "eligible": came + self.chance.randrange(0, 20),
            "created_at_utc": _moment(held_on),
        }
        if self.chance.random() >= self.papers:
            return DeedStory(values, (), turn)
        kinds = self.chance.sample([EvidenceKind.SIGN_IN, EvidenceKind.PHOTO, EvidenceKind.NOTICE], self.chance.randrange(1, 3))
        names = {EvidenceKind.SIGN_IN: "签到表", EvidenceKind.PHOTO: "活动照片", EvidenceKind.NOTICE: "通知"}
        papers = tuple({"kind": kind, "name": names[kind], "place": "工会资料柜", "created_at_utc": _moment(held_on)} for kind in kinds)
        return DeedStory(values, papers, turn)

    def entries(self, activities: tuple[ActivityStory, ...]) -> Iterator[tuple[Values, int | None]]:
        """By day: the employer's part each month, and what was held with a bill or two."""
        paid_in = [self._line(date(self.year, month, 10), Direction.IN, "allocated", 16, "拨缴经费") for month in range(1, 13)]
        rows: list[tuple[Values, int | None]] = [(line, None) for line in paid_in]
        items = {title: item for _, _, title, item in _county()["plan"]["activity"]}
        for number, activity in enumerate(activities):
            item = items.get(activity.values["title"], "")
            for deed in activity.deeds if item else ():
                for _ in range(self.chance.randrange(1, 3)):
                    title = activity.values["title"]
                    rows.append((self._line(deed.values["done_on"], Direction.OUT, item, self.chance.randrange(2, 9), title), number))
        told = sorted((row for row in rows if row[0]["booked_on"] <= self.today), key=lambda row: row[0]["booked_on"])
        for voucher, (values, number_of) in enumerate(told, start=1):
            yield values | {"voucher": voucher}, number_of

    def _line(self, day: date, direction: Direction, item: str, times: int, purpose: str) -> Values:
        return {
            "year": self.year,
            "booked_on": day,
            "direction": direction,
            "item": item,
            "amount_fen": self.scale * times * 10_00 + self.chance.randrange(0, 9_99),
            "purpose": purpose,
            "created_at_utc": _moment(day),
        }

    def budget(self) -> Iterator[Values]:
        weights = {"allocated": 200}
        for _, _, _, item in _county()["plan"]["activity"]:
            if item:
                weights[item] = weights.get(item, 0) + 7
        for item, weight in weights.items():
            yield {"year": self.year, "item": item, "amount_fen": self.scale * weight * 10_00}

    def amendments(self) -> Iterator[Values]:
        if self.chance.random() < 0.2:
            line = {"item": "member_activities", "source": "union_funds", "delta_fen": self.scale * 10 * 10_00}
            adopted_on = date(self.year, 7, 6)
            yield {
                "year": self.year,
                "number": 1,
                "reason": "活动增加",
                "lines": [line],
                "adopted_on": adopted_on if adopted_on <= self.today else None,
                "created_at_utc": _moment(date(self.year, 7, 1)),
            }


def begin_county(session: Session, *, who: str, now_utc: datetime) -> tuple[str, str]:
    """The upper union in an empty database, with an account of its chair: its name and a password that is good for one sign-in.

    Raises: DatabaseNotEmpty.
    """
    if find_union(session) is not None or has_accounts(session):
        raise DatabaseNotEmpty
    union = Union(**tell_county())
    session.add(union)
    record_creations(session, [union], who=who, now_utc=now_utc)
    password, roles = passwords.make_password(), (AccountRole.CHAIR, AccountRole.COMMITTEE)
    name = str(_county()["account"]["name"])
    add_account(session, name=name, roles=roles, password=password, must_change=True, who=who, now_utc=now_utc)
    return name, password


def store_union(session: Session, story: UnionStory, *, today: date, who: str, now_utc: datetime) -> None:
    """A union in a session of its own, with its change log; finalises the summary it hands in. The caller commits."""
    rows: list[Any] = [Union(**story.union)]
    session.add(rows[0])
    session.flush()
    if story.plan is not None:
        plan = Plan(**story.plan)
        session.add(plan)
        session.flush()
        activities = [Activity(plan_id=plan.id or 0, **told.values) for told in story.activities]
        session.add_all(activities)
        session.flush()
        rows += [plan, *activities]
        for activity, told in zip(activities, story.activities, strict=True):
            rows += _store_deeds(session, activity.id or 0, told, who=who, now_utc=now_utc)
        lines: list[Any] = [BudgetLine(**values) for values in story.budget]
        lines += [BudgetAmendment(who=who, **values) for values in story.amendments]
        lines += [
            FundEntry(who=who, activity_id=None if number is None else activities[number].id, **values) for values, number in story.entries
        ]
        rows += [FundYear(**story.head), *lines]
        session.add_all(rows)
    _log(session, rows, who=who, now_utc=now_utc)
    if story.plan is not None and story.summarises:
        draft_id = DraftId(plan.id or 0, SummaryForm.BRIEF)
        view = write_draft(session, draft_id, as_of=today, who=who, now_utc=now_utc)
        if story.hands_in:
            finalise(session, draft_id, version=view.version, who=who, now_utc=now_utc)


def _store_deeds(session: Session, activity_id: int, told: ActivityStory, *, who: str, now_utc: datetime) -> Iterator[Any]:
    before = duties.tell_turns(session, activity_id)
    turns = [Occurrence(activity_id=activity_id, **values) for values in told.turns]
    session.add_all(turns)
    session.flush()
    if turns:
        duties.log_turns(session, activity_id, before, who=who, now_utc=now_utc)
    for deed in told.deeds:
        turn_id = turns[deed.turn - 1].id if deed.turn else None
        row = CheckOff(activity_id=activity_id, occurrence_id=turn_id, who=who, **deed.values)
        session.add(row)
        session.flush()
        yield row
        for values in deed.papers:
            paper = Evidence(check_off_id=row.id or 0, who=who, **values)
            session.add(paper)
            yield paper


def _log(session: Session, rows: Sequence[Any], *, who: str, now_utc: datetime) -> None:
    """Each row as of the moment it says it was made at."""
    by_moment: dict[datetime, list[Any]] = defaultdict(list)
    for row in rows:
        by_moment[getattr(row, "created_at_utc", now_utc)].append(row)
    for moment, made in sorted(by_moment.items()):
        record_creations(session, made, who=who, now_utc=moment)


def _moment(day: date) -> datetime:
    """Four in the afternoon there."""
    return datetime.combine(day, time(8), tzinfo=UTC)
