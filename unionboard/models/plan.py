"""A year's plan, its sections under the committee's own headings, and their measures."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from unionboard.models.base import OfUnion, UtcDateTime, code_type
from unionboard.reference.relations import Relation


class PeriodKind(StrEnum):
    """What the plan's span is called; the span itself is ``starts_on``–``ends_on``."""

    CALENDAR_YEAR = "calendar_year"
    SCHOOL_YEAR = "school_year"
    TERM = "term"


class Plan(OfUnion, table=True):
    """One period's plan. ``year`` is the year it is known by (a school year: the one it starts in); dates are inclusive."""

    id: int | None = Field(default=None, primary_key=True)
    union_id: int | None = Field(default=None, foreign_key="union.id", nullable=False, index=True)
    title: str = Field(max_length=200)
    year: int = Field(index=True)
    period_kind: PeriodKind = Field(default=PeriodKind.CALENDAR_YEAR, sa_type=code_type(PeriodKind))
    starts_on: date
    ends_on: date
    guiding: str = Field(default="")
    closing: str = Field(default="")
    source_name: str = Field(default="", max_length=200)
    source_text: str = Field(default="")
    left_out: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)  # read from the source, not taken over
    adopted_at_utc: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class Section(OfUnion, table=True):
    """A heading of the plan, kept word for word: the summary follows it. ``area`` is only the default of what stands below."""

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    position: int
    printed_number: str = Field(default="", max_length=16)
    heading: str = Field(max_length=300)
    intro: str = Field(default="")
    area: str = Field(default="OTHER", max_length=8)
    as_read: str = Field(default="", max_length=300)  # the heading as the document had it when it was taken from there
    version: int = Field(default=1)

    @property
    def title(self) -> str:
        """Number and heading as a plan prints them: 一、丰富文体生活, 第一部分 丰富文体生活."""
        number = self.printed_number
        if re.fullmatch("[一二三四五六七八九十]+", number):
            number += "、"
        elif re.search(r"\w$", number):
            number += ". " if number.isdigit() else " "
        return number + self.heading


class Measure(OfUnion, table=True):
    """A task under a section, in the plan's words."""

    id: int | None = Field(default=None, primary_key=True)
    section_id: int = Field(foreign_key="section.id", index=True)
    position: int
    text: str
    area: str = Field(default="OTHER", max_length=8)
    area_2: str | None = Field(default=None, max_length=8)
    frequency: str = Field(default="", max_length=120)  # the plan's words for how often, e.g. 每学期一次
    owner: str = Field(default="", max_length=80)
    relation: Relation = Field(default=Relation.LEAD, sa_type=code_type(Relation))
    targets: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    as_read: str = Field(default="")  # the text as the document had it
    version: int = Field(default=1)
