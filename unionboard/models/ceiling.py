"""Ceilings and prohibitions: a union's own rules about spending, and what they said when something was spent."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from unionboard.models.base import OfUnion, UtcDateTime, code_type


class CeilingShape(StrEnum):
    """What a rule limits. Source: shapes met in the field, domain notes C5."""

    PERSON_YEAR = "person_year"  # yuan for a person in a year
    PERSON_OCCASION = "person_occasion"  # yuan for a person on one occasion
    FESTIVAL = "festival"  # yuan for a head at one festival
    INCOME_SHARE = "income_share"  # per cent of the year's income
    DUES_MULTIPLE = "dues_multiple"  # per cent of the year's dues (300 = three times)
    WINNERS_SHARE = "winners_share"  # per cent of the participants
    COUNT = "count"  # times in ``years`` years
    FORM = "form"  # goods only
    WORDS = "words"  # words that should not be in a purpose
    BUDGET = "budget"  # the item's budget itself: no rule of its own, always watched


class CeilingLevel(StrEnum):
    OK = "ok"
    NEAR = "near"
    OVER = "over"


class CeilingRule(OfUnion, table=True):
    """One rule. It speaks of spending on one of ``items``, occasions ``kinds``, ``festivals`` (each empty: any) from ``valid_from`` to
    ``valid_to`` (inclusive). ``is_sample``: it came with the program and nobody has said yet that it holds here.

    Source: ``source`` is the text people see: document, number, place. Nothing here is national law.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    shape: CeilingShape = Field(sa_type=code_type(CeilingShape))
    amount_fen: int | None = Field(default=None, ge=0, sa_type=BigInteger)
    share_pct: int | None = Field(default=None, ge=0)
    count: int | None = Field(default=None, ge=0)
    years: int = Field(default=1, ge=1)
    items: list[str] = Field(default_factory=list, sa_type=JSON)
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)
    festivals: list[str] = Field(default_factory=list, sa_type=JSON)
    words: list[str] = Field(default_factory=list, sa_type=JSON)
    condition: str = Field(default="", max_length=120)  # told beside the rule: with surgery; the member, not kin
    valid_from: date | None = Field(default=None)
    valid_to: date | None = Field(default=None)
    source: str = Field(default="", max_length=200)
    is_sample: bool = Field(default=False)
    sample: str = Field(default="", max_length=32)  # code of reference/ceilings it was made from
    is_active: bool = Field(default=True)
    position: int = Field(default=0)
    version: int = Field(default=1)


class CeilingFinding(OfUnion, table=True):
    """What a rule said when something near or over it was booked all the same, with the reason people gave. Never changed.

    The rule's name, source and limit are kept as they were on the day; ``limit`` and ``used`` are fen, per cent or times by ``shape``.
    """

    id: int | None = Field(default=None, primary_key=True)
    rule_id: int | None = Field(default=None, foreign_key="ceiling_rule.id", index=True)
    rule_name: str = Field(max_length=80)
    rule_source: str = Field(default="", max_length=200)
    shape: CeilingShape = Field(sa_type=code_type(CeilingShape))
    level: CeilingLevel = Field(sa_type=code_type(CeilingLevel))
    limit: int | None = Field(default=None, sa_type=BigInteger)
    used: int | None = Field(default=None, sa_type=BigInteger)
    word: str = Field(default="", max_length=40)
    reason: str = Field(default="", max_length=300)
    fund_entry_id: int | None = Field(default=None, foreign_key="fund_entry.id", index=True)
    claim_id: int | None = Field(default=None, foreign_key="claim.id", index=True)
    care_visit_id: int | None = Field(default=None, foreign_key="care_visit.id", index=True)
    handout_id: int | None = Field(default=None, foreign_key="handout.id", index=True)
    who: str = Field(max_length=40)
    created_at_utc: datetime = Field(sa_type=UtcDateTime)
