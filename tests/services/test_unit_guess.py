"""What a union's name says of its unit."""

import pytest

from unionboard.models import PeriodKind, SchoolType, UnionKind
from unionboard.services.unit_guess import Unit, guess_unit, usual_period

SCHOOL = UnionKind.SCHOOL


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("青松小学工会委员会", Unit(SCHOOL, SchoolType.PRIMARY)),
        ("阳光幼儿园工会", Unit(SCHOOL, SchoolType.KINDERGARTEN)),
        ("第三中学工会", Unit(SCHOOL, SchoolType.SECONDARY)),
        ("市二中工会", Unit(SCHOOL, SchoolType.SECONDARY)),
        ("滨江职业技术学院工会", Unit(SCHOOL, SchoolType.VOCATIONAL)),
        ("江城师范学院工会", Unit(SCHOOL, SchoolType.UNIVERSITY)),
        ("江城大学医学院附属医院工会", Unit(UnionKind.HOSPITAL)),
        ("镇卫生院工会", Unit(UnionKind.HOSPITAL)),
        ("特殊教育学校工会", Unit(SCHOOL)),
        ("华联燃气有限公司工会", Unit(UnionKind.ENTERPRISE)),
        ("县教育局机关工会", Unit(UnionKind.OFFICE)),
        ("和平街道总工会", Unit(UnionKind.OFFICE)),
        ("教师活动中心工会", None),
        ("县总工会", None),
        ("Green Pine Primary School union", Unit(SCHOOL, SchoolType.PRIMARY)),
        ("", None),
    ],
)
def test_unit_is_guessed_from_the_words_of_the_name(name: str, unit: Unit | None) -> None:
    assert guess_unit(name) == unit


def test_kindergartens_plan_by_the_school_year_and_others_by_the_calendar() -> None:
    kindergarten = Unit(SCHOOL, SchoolType.KINDERGARTEN)

    assert [usual_period(unit) for unit in (kindergarten, Unit(SCHOOL), None)] == [
        PeriodKind.SCHOOL_YEAR,
        PeriodKind.CALENDAR_YEAR,
        PeriodKind.CALENDAR_YEAR,
    ]
