"""The first answers: guessed from the name, changed by hand, and what they decide afterwards."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from unionboard import db
from unionboard.models import PeriodKind, SchoolType, UnionKind
from unionboard.services import plans, unions

OpenPage = Callable[..., AppTest]
GUESSED = ":small[:orange[:material/lightbulb: 按名称推测，不对请改。]]"


def test_unit_and_period_are_guessed_from_the_name_and_shown_as_a_guess(open_page: OpenPage) -> None:
    at = open_page()

    at.text_input("welcome_name").input("滨江幼儿园工会").run()

    fields = [at.selectbox(key).value for key in ("welcome_kind", "welcome_school", "welcome_period")]
    assert fields == [UnionKind.SCHOOL, SchoolType.KINDERGARTEN, PeriodKind.SCHOOL_YEAR]
    assert GUESSED in {one.value for one in at.markdown}


def test_what_was_said_by_hand_is_not_guessed_over(open_page: OpenPage) -> None:
    at = open_page()
    at.selectbox("welcome_kind").select(UnionKind.OFFICE).run()

    at.text_input("welcome_name").input("滨江医院工会").run()

    assert at.selectbox("welcome_kind").value == UnionKind.OFFICE
    assert GUESSED not in {one.value for one in at.markdown}


def test_answers_decide_the_first_template_and_the_period_of_the_plan(open_page: OpenPage, engine: Engine) -> None:
    at = open_page()
    at.text_input("welcome_name").input("滨江医院工会").run()
    at.selectbox("welcome_period").select(PeriodKind.SCHOOL_YEAR).run()

    at.button("welcome_empty").click().run()

    with db.reading(engine) as session:
        union, (plan,) = unions.find_union(session), plans.list_plans(session)
    assert union is not None
    assert (union.name, union.kind, union.school_type, union.period_kind) == (
        "滨江医院工会",
        UnionKind.HOSPITAL,
        None,
        PeriodKind.SCHOOL_YEAR,
    )
    assert (plan.year, plan.period_kind, plan.starts_on, plan.ends_on) == (
        2026,
        PeriodKind.SCHOOL_YEAR,
        date(2026, 9, 1),
        date(2027, 8, 31),
    )
    at.switch_page("pages/plan.py").run()
    at.menu_button("plan_more").click("read_another").run()
    assert next(one.key for one in at.button if str(one.key).startswith("use_template_")) == "use_template_hospital"


def test_template_lies_on_the_desk_right_from_the_welcome(open_page: OpenPage) -> None:
    at = open_page()
    at.text_input("welcome_name").input("滨江燃气公司工会").run()

    at.button("welcome_template").click().run()

    assert at.button("go_adopt").label.endswith("建立2026年度计划")
    assert at.session_state["plan_desk"].reading.filename.startswith("2026年")


def test_in_november_the_next_years_plan_can_be_begun(open_page: OpenPage) -> None:
    at = open_page("plan")

    at.segmented_control("plan_begin_year").set_value(2027).run()

    assert at.button("use_template_school").label == "用来写2027年计划"


def test_old_document_asks_for_which_year_it_is_to_be(open_page: OpenPage) -> None:
    at = open_page("plan")
    at.text_area("plan_text").input("青松小学工会2016年工作计划\n活动安排\n三月：\n1、庆祝三八节\n2、植树\n")

    at.button("go_read_text").click().run()

    assert ":orange[:material/help: 文件是 2016 年的。要当作别的年度的计划，请在左边改年度。]" in {one.value for one in at.markdown}
