"""What kind of unit a union belongs to, guessed from its name. A guess is shown as one and can be changed; it never decides.

Source: names of the unions in the plans of domain notes A.
"""

import re
from dataclasses import dataclass

from unionboard.models import PeriodKind, SchoolType, UnionKind


@dataclass(frozen=True, slots=True)
class Unit:
    """``school_type`` is None for what is no school, and for a school whose name does not tell."""

    kind: UnionKind
    school_type: SchoolType | None = None


_WORDS: tuple[tuple[str, Unit], ...] = (
    (r"医院|卫生院|卫生服务|卫生站|疾控|妇幼|门诊|hospital|clinic", Unit(UnionKind.HOSPITAL)),
    (r"幼儿园|幼教|托儿所|kindergarten|nursery", Unit(UnionKind.SCHOOL, SchoolType.KINDERGARTEN)),
    (r"小学|primary|elementary", Unit(UnionKind.SCHOOL, SchoolType.PRIMARY)),
    (r"职业|职校|职教|技校|技工|技师|中专|高职|vocational", Unit(UnionKind.SCHOOL, SchoolType.VOCATIONAL)),
    (
        r"中学|初中|高中|[一二三四五六七八九十\d]中(?!心)|附中|实中|secondary|middle school|high school",
        Unit(UnionKind.SCHOOL, SchoolType.SECONDARY),
    ),
    (r"大学|学院|university|college", Unit(UnionKind.SCHOOL, SchoolType.UNIVERSITY)),
    (r"学校|学区|校(?=工会)|school", Unit(UnionKind.SCHOOL)),
    (r"公司|集团|工厂|厂(?=工会|$)|银行|酒店|商场|超市|车间|企业|company|factory|\bbank\b|\bltd\b", Unit(UnionKind.ENTERPRISE)),
    (r"[局委厅办处]机关|[局厅](?=工会|机关|$)|法院|检察院|机关|政府|街道|社区|委员会办公室|office|bureau", Unit(UnionKind.OFFICE)),
)
"""The first that is found counts: 医学院附属医院 is a hospital, 职业学院 a vocational school."""


def guess_unit(name: str) -> Unit | None:
    """The unit whose union is called ``name``; None when the name says nothing of it."""
    bare = name.strip().casefold().removesuffix("委员会")
    return next((unit for words, unit in _WORDS if re.search(words, bare)), None)


def usual_period(unit: Unit | None) -> PeriodKind:
    """What plans of such a unit are mostly for: kindergartens go by the school year; all others by the calendar year, as the books do."""
    return PeriodKind.SCHOOL_YEAR if unit is not None and unit.school_type is SchoolType.KINDERGARTEN else PeriodKind.CALENDAR_YEAR
