"""What the API answers and understands, as its schema tells it: days in ISO 8601, money in fen (1/100 yuan) as integers.

Codes never change their meaning. Descriptions are marked: the page for people shows them in its language.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from unionboard.drafting.figures import Rule, Unit
from unionboard.i18n import mark
from unionboard.models import DatePrecision, Direction, DutyKind, PeriodKind, UnionKind
from unionboard.reference import work_areas
from unionboard.services.activities import Status
from unionboard.services.periods import month_index
from unionboard.services.plans import FIRST_YEAR, LAST_YEAR

Fen = Annotated[int, Field(description=mark("Fen: hundredths of a yuan."))]
RowId = Annotated[int, Field(ge=1, le=2**31 - 1)]
TITLES = mark("Names of people who were visited are covered by ***.")


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class Union(Answer):
    """The union the token belongs to."""

    name: str
    kind: UnionKind
    time_zone: Literal["Asia/Shanghai"] = "Asia/Shanghai"


class Plan(Answer):
    """A year's plan; both days are part of it."""

    id: int
    title: str
    year: int
    period_kind: PeriodKind
    starts_on: date
    ends_on: date


class Plans(Answer):
    items: list[Plan]


class Area(Answer):
    """A work area: the code activities carry, and its names."""

    code: str
    zh: str
    en: str


class Areas(Answer):
    items: list[Area]


class Turns(Answer):
    """How many turns a recurring duty has, how many were held and how many went by."""

    planned: int
    done: int
    missed: int


class Activity(Answer):
    """An activity. Between starts_on and ends_on (both inclusive) it is planned; precision says what of it: with "month" only the month."""

    id: int
    plan_id: int
    title: str = Field(description=TITLES)
    section: str
    area: str
    area_2: str | None
    duty: DutyKind
    precision: DatePrecision
    starts_on: date
    ends_on: date
    original_starts_on: date | None = Field(description=mark("Before it was postponed."))
    original_ends_on: date | None
    owner: str = Field(description=mark("Who answers for it, as the plan says."))
    status: Status
    days_late: int
    done_on: date | None = Field(description=mark("The day it was held, of a duty the latest; never told of care (CARE)."))
    participants: int | None = Field(description=mark("Persons; never told of care (CARE)."))
    turns: Turns | None = Field(description=mark("Of recurring duties."))
    version: int = Field(description=mark("Grows with every edit."))


class Activities(Answer):
    """A page of activities in the plan's order; pages count from 1."""

    items: list[Activity]
    total: int
    page: int
    pages: int


class AreaFigures(Answer):
    area: str
    activities: int
    counted: int
    done: int
    late: int
    missed_turns: int
    share_done_pct: int


class Figures(Answer):
    """The board's figures on a day. Counted are one-off activities and finished duties, without cancelled ones; shares are cut."""

    plan_id: int
    as_of: date
    by_status: dict[Status, int] = Field(description=mark("Activities of each status that occurs; standing duties among them."))
    counted: int
    done: int
    share_done_pct: int
    time_share_pct: int = Field(description=mark("How much of the plan's period is gone."))
    late: int
    longest_late_days: int
    missed_turns: int
    check_offs: int
    check_offs_with_evidence: int
    areas: list[AreaFigures]


class SummaryFigure(Answer):
    """A number of the year-end summary, without those of money, of days and of people's own words."""

    id: str = Field(description=mark("Stays the same as long as the summary says it."))
    section: str = Field(description=mark("The part of the summary; section:3 is the plan’s third."))
    zh: str
    en: str
    value: int | float
    unit: Unit
    rule: Rule = Field(description=mark("How it is computed from the records."))
    records: int = Field(description=mark("How many records it rests on."))


class SummaryFigures(Answer):
    """What the full summary would say today of the plan's days, before anybody edits it."""

    plan_id: int
    as_of: date
    items: list[SummaryFigure]


class FundItem(Answer):
    """An item of the chart of accounts (财会〔2021〕7号) or of the union's own."""

    code: str
    zh: str
    en: str


class FundTotal(Answer):
    """An item of income or spending. Several stand together where one alone was spent on fewer than three people.

    Sums are null where even that would tell what somebody got.
    """

    items: list[FundItem]
    direction: Direction
    budget_fen: Fen
    booked_fen: Fen | None
    used_fen: Fen | None = Field(description=mark("Paid, and approved to be paid."))
    left_fen: Fen | None = Field(description=mark("Budget less used; of income what is still to come."))


class FundTotals(Answer):
    """A calendar year's book in totals. There are no lines, no purposes and no names."""

    year: int
    opening_fen: Fen
    income: list[FundTotal]
    spending: list[FundTotal]
    total_income_fen: Fen
    total_budget_fen: Fen = Field(description=mark("Fen: what the year allows to be spent."))
    total_spent_fen: Fen | None
    balance_fen: Fen | None


class Meeting(Answer):
    """A committee meeting; what was said in it is not told."""

    id: int
    plan_id: int
    number: int
    held_on: date
    is_open: bool
    decisions: int


class Meetings(Answer):
    items: list[Meeting]


class Wrong(Answer):
    """What of a request was not understood."""

    name: str
    problem: str


class Problem(Answer):
    """Why there is no answer: a code for programs, a sentence for people."""

    code: str
    sentence: str
    fields: list[Wrong] = []


class Failure(Answer):
    error: Problem


class Asked(BaseModel):
    """What may stand behind the question mark; nothing else may."""

    model_config = ConfigDict(extra="forbid")


class OfYear(Asked):
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description=mark("The plan’s year; without it the current plan."))
    plan: RowId | None = Field(None, description=mark("A plan's id; goes before the year."))


AreaCode = Annotated[str, Field(pattern=f"^({'|'.join(work_areas())})$", description=mark("A code of /areas."))]


class OfActivities(OfYear):
    area: AreaCode | None = None
    owner: str | None = Field(None, min_length=1, max_length=80, description=mark("As it stands in the plan."))
    status: list[Status] = Field([], max_length=8, description=mark("May be given several times."))
    month: str | None = Field(
        None, pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description=mark("2026-05: what is planned, was held or is late on any of its days.")
    )
    page: int = Field(1, ge=1, le=100_000)
    per_page: int = Field(50, ge=1, le=200)

    @property
    def month_index(self) -> int | None:
        """The month that is asked for, in months since year 0."""
        return None if self.month is None else month_index(date.fromisoformat(f"{self.month}-01"))


class OfBook(Asked):
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description=mark("A calendar year; without it this one."))
