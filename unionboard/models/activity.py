"""What is planned to happen: activities, standing and recurring duties, and the occurrences of the latter."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from unionboard.models.base import OfUnion, code_type
from unionboard.reference.relations import Relation


class ActivityState(StrEnum):
    """What people decided; done, late and coming are not stored but follow from check-offs and today."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class DatePrecision(StrEnum):
    """How sure the dates are: a month-precision activity reads «3月», never «3月1日»."""

    DAY = "day"
    THIRD = "third"  # ten days of a month: 上旬, 中旬, 下旬
    MONTH = "month"
    HALF_YEAR = "half_year"
    PERIOD = "period"  # the whole plan: no month was given


class DutyKind(StrEnum):
    """One-off activity, duty that recurs a number of times, or standing duty without a count."""

    ONE_OFF = "one_off"
    RECURRING = "recurring"
    STANDING = "standing"


class Activity(OfUnion, table=True):
    """One thing to be ticked off. ``starts_on``–``ends_on`` are inclusive bounds; ``precision`` says what of them was really planned.

    ``targets`` are figures the plan sets (see reading.draft.Target), ``as_read`` is what the document said when the activity was taken
    from it, so that a corrected document can be told from a person's own correction.
    """

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    section_id: int | None = Field(default=None, foreign_key="section.id", index=True)
    measure_id: int | None = Field(default=None, foreign_key="measure.id")
    position: int
    title: str = Field(max_length=300)
    area: str = Field(default="OTHER", max_length=8)
    area_2: str | None = Field(default=None, max_length=8)
    duty: DutyKind = Field(default=DutyKind.ONE_OFF, sa_type=code_type(DutyKind))
    precision: DatePrecision = Field(default=DatePrecision.MONTH, sa_type=code_type(DatePrecision))
    starts_on: date
    ends_on: date
    owner: str = Field(default="", max_length=80)
    audience: str = Field(default="", max_length=200)
    planned_people: int | None = Field(default=None, ge=0)
    planned_budget_fen: int | None = Field(default=None, ge=0, sa_type=BigInteger)
    fund_item: str = Field(default="", max_length=32)  # the item it is planned on, where somebody has said it
    frequency: str = Field(default="", max_length=120)
    state: ActivityState = Field(default=ActivityState.PLANNED, sa_type=code_type(ActivityState))
    state_reason: str = Field(default="", max_length=300)
    original_starts_on: date | None = Field(default=None)  # set when postponed, so that the first plan stays visible
    original_ends_on: date | None = Field(default=None)
    note: str = Field(default="")
    relation: Relation = Field(default=Relation.LEAD, sa_type=code_type(Relation))
    targets: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    as_read: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    carried_over: bool = Field(default=False)  # copied from a year that left it undone
    removed: bool = Field(default=False)  # taken out of the plan; kept, so that it can be put back
    version: int = Field(default=1)


class Occurrence(OfUnion, table=True):
    """One turn of a recurring duty, due within ``due_from``–``due_to`` (inclusive). ``number`` counts from 1."""

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    number: int
    due_from: date
    due_to: date
