"""The union itself and its committee."""

from enum import StrEnum

from sqlmodel import Field

from unionboard.models.base import OfUnion, Row, code_type
from unionboard.models.plan import PeriodKind


class UnionKind(StrEnum):
    """What the union belongs to: it decides a few words and defaults (教代会 or 职代会, school terms or none)."""

    SCHOOL = "school"
    HOSPITAL = "hospital"
    ENTERPRISE = "enterprise"
    OFFICE = "office"
    OTHER = "other"


class SchoolType(StrEnum):
    """What kind of school; it decides a few defaults and words."""

    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    UNIVERSITY = "university"


class Union(Row, table=True):
    """A union. Most databases hold one; a county's or a group's hold many, each under the one in ``above_id``, which sees their figures."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    kind: UnionKind = Field(default=UnionKind.SCHOOL, sa_type=code_type(UnionKind))
    school_type: SchoolType | None = Field(default=None, sa_type=code_type(SchoolType))
    period_kind: PeriodKind | None = Field(default=None, sa_type=code_type(PeriodKind))  # what its plans are usually for; None: not said
    higher_union: str = Field(default="", max_length=80)
    above_id: int | None = Field(default=None, foreign_key="union.id", index=True)
    centre: str = Field(default="", max_length=200)  # the unit's central task, quoted in the summary's lead
    member_count: int | None = Field(default=None, ge=0)
    women_count: int | None = Field(default=None, ge=0)
    staff_count: int | None = Field(default=None, ge=0)  # members or not
    delegate_count: int | None = Field(default=None, ge=0)  # of the staff or members' congress
    group_count: int | None = Field(default=None, ge=0)  # union groups (工会小组)
    party_body: str = Field(default="", max_length=80)  # the party organisation at the unit, named in the summary's lead
    language: str = Field(default="zh_CN", max_length=8)
    version: int = Field(default=1)


class Member(OfUnion, table=True):
    """Somebody who acts for the union (committee, group leader): a name and a duty, nothing private."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=40)
    duty: str = Field(default="", max_length=40)
    position: int = Field(default=0)
    is_active: bool = Field(default=True)
    version: int = Field(default=1)
