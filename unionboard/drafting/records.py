"""What the records say of a period: plain values, so that neither facts nor wording need a database.

Codes (duty, status, area, fund item, care kind) are the stored ones as text. Money is fen, days are inclusive.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from unionboard.drafting.figures import Source


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """A line of the ledger. ``amount_fen`` counts on its own side: a correction is negative. ``direction``: in, out."""

    id: int
    booked_on: date
    direction: str
    item: str
    amount_fen: int
    activity_id: int | None = None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A turn of a duty, due within ``due_from``–``due_to``; ``is_missed``: its time is over and nothing was checked off."""

    id: int
    due_from: date
    due_to: date
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """A figure the plan sets itself (see reading.draft.Target, whose ``op`` and ``per`` these are). ``source``: the activity or measure."""

    op: str
    low: float
    high: float
    unit: str
    phrase: str
    source: Source
    per: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A check-off. ``participants`` are persons, ``person_times`` attendances; None or 0 means that nothing was recorded."""

    id: int
    done_on: date
    done_to: date | None = None
    participants: int | None = None
    eligible: int | None = None
    person_times: int | None = None
    result: str = ""
    award: str = ""
    award_level: str = ""
    figures: dict[str, int] = field(default_factory=dict)
    agenda: tuple[str, ...] = ()
    remaining: str = ""
    evidence_ids: tuple[int, ...] = ()

    @property
    def source(self) -> Source:
        return Source("check_off", self.id)

    @property
    def attendances(self) -> int:
        """人次: as recorded, else every participant of this one event counts once."""
        return self.person_times or self.participants or 0


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """An activity as it stood on the day of the summary.

    ``status``: done, partly, late, coming, under_way, postponed, cancelled, standing.
    """

    id: int
    title: str
    area: str
    area_2: str | None = None
    section_id: int | None = None
    duty: str = "one_off"
    frequency: str = ""
    status: str = "coming"
    reason: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    planned_people: int | None = None
    planned_budget_fen: int | None = None
    deeds: tuple[Deed, ...] = ()
    turns: tuple[TurnRecord, ...] = ()
    entries: tuple[EntryRecord, ...] = ()  # booked for it, of both sides
    targets: tuple[TargetRecord, ...] = ()  # its own, and those of a measure that has no other activity
    relation: str = "lead"
    is_dated: bool = True  # the plan named days or months
    carried_over: bool = False

    @property
    def is_one_off(self) -> bool:
        return self.duty == "one_off"

    @property
    def source(self) -> Source:
        return Source("activity", self.id)


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A heading of the plan, word for word."""

    id: int
    heading: str
    area: str = "OTHER"


@dataclass(frozen=True, slots=True)
class BudgetLineRecord:
    """A line of the adopted budget."""

    id: int
    item: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class AmendmentRecord:
    """An adopted change of the budget: what it adds to each item or, negative, takes away."""

    id: int
    by_item: dict[str, int]


@dataclass(frozen=True, slots=True)
class OpeningRecord:
    """What the book began with: the balance said for ``year`` and whatever was booked from then until the first day told of."""

    year: int | None = None  # None: nobody ever said one
    said_fen: int = 0
    entries: tuple[EntryRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class BookRecord:
    """The book over the days told of. ``names``: what the union calls its items, in the draft's language."""

    names: dict[str, str] = field(default_factory=dict)
    opening: OpeningRecord = OpeningRecord()
    entries: tuple[EntryRecord, ...] = ()
    lines: tuple[BudgetLineRecord, ...] = ()  # of spending items, nothing that is 0
    amendments: tuple[AmendmentRecord, ...] = ()  # adopted by the day of the summary, spending items only
    member_items: frozenset[str] = frozenset()  # codes of the items for members' activities (职工活动支出)
    has_private_item: bool = (
        False  # an item paid for too few visits, and for nothing else: no item is told, or its sum would be one person's
    )

    @property
    def opening_fen(self) -> int:
        booked = (entry.amount_fen if entry.direction == "in" else -entry.amount_fen for entry in self.opening.entries)
        return self.opening.said_fen + sum(booked)

    @property
    def income_fen(self) -> dict[str, int]:
        """By item, corrections taken off."""
        return self._sum_items("in")

    @property
    def spending_fen(self) -> dict[str, int]:
        """By item, corrections taken off."""
        return self._sum_items("out")

    @property
    def budget_fen(self) -> dict[str, int]:
        """Of spending items, as amended."""
        sums: dict[str, int] = defaultdict(int)
        amended = (pair for amendment in self.amendments for pair in amendment.by_item.items())
        for item, fen in (*((line.item, line.amount_fen) for line in self.lines), *amended):
            sums[item] += fen
        return dict(sums)

    def _sum_items(self, direction: str) -> dict[str, int]:
        sums: dict[str, int] = defaultdict(int)
        for entry in self.entries:
            if entry.direction == direction:
                sums[entry.item] += entry.amount_fen
        return dict(sums)


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A care visit as it may be told: ``kind`` is merged where there are few cases. Nothing of the person."""

    id: int
    kind: str
    people: int
    amount_fen: int


@dataclass(frozen=True, slots=True)
class HandoutRecord:
    """A hand-out to many: heads × value."""

    id: int
    title: str
    festival: str
    handed_on: date
    heads: int
    unit_fen: int


@dataclass(frozen=True, slots=True)
class CareRecord:
    """Care visits of the period; ``names``: what the union calls its occasions, in the draft's language. No names of people.

    ``is_few``: there were visits, but so few in all that nothing is told of them; then ``cases`` is empty.
    """

    names: dict[str, str] = field(default_factory=dict)
    cases: tuple[VisitRecord, ...] = ()  # in the union's order of occasions, OTHER last
    is_few: bool = False
    tells_sums: frozenset[str] = frozenset()  # kinds whose sum may be told
    tells_kinds: frozenset[str] = frozenset()  # kinds that may be told at all
    handouts: tuple[HandoutRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class UnionRecord:
    """The union itself; None: nobody has said it. ``committee_ids``: members of the committee list who act now."""

    id: int = 1
    members: int | None = None
    women: int | None = None
    staff: int | None = None
    delegates: int | None = None
    groups: int | None = None
    party_body: str = ""
    committee_ids: tuple[int, ...] = ()
    meeting_ids: tuple[int, ...] = ()  # committee meetings of the period that are closed

    @property
    def source(self) -> Source:
        return Source("union", self.id)


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """A decision of a meeting that is not settled yet."""

    id: int
    text: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class YearRecords:
    """Everything the draft may say. Nothing in it is later than ``as_of``."""

    union_name: str
    year: int
    starts_on: date
    ends_on: date
    as_of: date
    plan_id: int
    period_kind: str = "calendar_year"
    is_plans_span: bool = True  # False: the calendar or school year around the plan
    higher_union: str = ""
    centre: str = ""
    sections: tuple[SectionRecord, ...] = ()
    activities: tuple[ActivityRecord, ...] = ()
    money: BookRecord = BookRecord()
    care: CareRecord = CareRecord()
    union: UnionRecord = UnionRecord()
    promises: tuple[PromiseRecord, ...] = ()

    @property
    def one_offs(self) -> tuple[ActivityRecord, ...]:
        return tuple(activity for activity in self.activities if activity.is_one_off)

    @property
    def is_year_end(self) -> bool:
        """In the period's last month or later: then «the whole year» may be said of counts."""
        return self.as_of > self.ends_on - timedelta(days=31)

    @property
    def is_over(self) -> bool:
        return self.as_of >= self.ends_on
