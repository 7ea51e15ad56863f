"""The ways into a plan: a document, pasted text, last year's plan, nothing at all."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import make_activity, make_plan
from unionboard import db
from unionboard.models import PeriodKind
from unionboard.services import plans

OpenPage = Callable[..., AppTest]
PAGE = (
    "<html><body><h1>青松小学工会2026年工作计划</h1>"
    "<table><tr><td>月份</td><td>活动</td></tr><tr><td>三月</td><td>植树</td></tr></table></body></html>"
)


@pytest.fixture
def planned(engine: Engine) -> None:
    """A plan of 2026 with one activity."""
    with db.writing(engine) as session:
        make_activity(session, make_plan(session), title="植树", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))


def years(engine: Engine) -> list[int]:
    with db.reading(engine) as session:
        return [plan.year for plan in plans.list_plans(session)]


@pytest.mark.parametrize(("lang", "button"), [("zh_CN", "读取文字"), ("en", "Read the text")])
def test_empty_page_offers_a_document_pasted_text_samples_and_an_empty_plan(open_page: OpenPage, lang: str, button: str) -> None:
    at = open_page("plan", lang=lang)

    assert at.button("go_read_text").label == button
    assert len(at.file_uploader) == 1
    assert {"start_empty", "sample_.docx", "sample_.txt", "sample_.xlsx"} <= {one.key for one in at.button}


def test_source_of_a_web_page_may_be_pasted(open_page: OpenPage) -> None:
    at = open_page("plan")

    at.text_area("plan_text").input(PAGE)
    at.button("go_read_text").click().run()

    assert at.button("go_adopt").label == "采纳 1 项，建立2026年度计划"


def test_empty_plan_is_for_this_year_and_stored_at_once(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("plan")

    at.button("start_empty").click().run()

    assert (at.title[0].value, years(engine)) == ("2026年度工会工作计划", [2026])


def test_empty_plan_beside_another_is_for_the_year_after(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = open_page("plan")
    at.menu_button("plan_more").click("read_another").run()

    at.button("start_empty").click().run()

    assert years(engine) == [2027, 2026]


def test_copying_asks_for_the_year_and_opens_the_copy(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = open_page("plan")
    at.menu_button("plan_more").click("copy").run()

    at.number_input("copy_to").set_value(2028)
    at.button("go_copy").click().run()

    assert (at.title[0].value, years(engine)) == ("2028年工会工作计划", [2028, 2026])


def test_copying_into_a_year_that_has_a_plan_is_refused_in_the_dialog(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = open_page("plan")
    at.menu_button("plan_more").click("copy").run()

    at.number_input("copy_to").set_value(2026)
    at.button("go_copy").click().run()

    assert [error.value for error in at.error] == ["2026年已经有计划了。请在“计划”里打开，或换一个年度。"]
    assert years(engine) == [2026]


def test_copying_called_off_leaves_everything_as_it_was(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = open_page("plan")
    at.menu_button("plan_more").click("copy").run()

    at.button("cancel_copy").click().run()

    assert years(engine) == [2026]
    assert "go_copy" not in {one.key for one in at.button}


@pytest.mark.parametrize("code", ["school", "hospital", "company", "community"])
def test_template_lies_on_the_desk_and_can_be_adopted(open_page: OpenPage, engine: Engine, code: str) -> None:
    at = open_page("plan")

    at.button(f"use_template_{code}").click().run()
    at.button("go_adopt").click().run()

    assert not at.exception
    assert years(engine) == [2026]


def test_copy_names_what_was_left_undone_and_ordinals_to_move_on(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = make_plan(session)
        make_activity(session, plan, title="召开五届三次教代会", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))
    at = open_page("plan")
    at.menu_button("plan_more").click("copy").run()

    at.button("go_copy").click().run()

    told = [text.value for text in at.markdown]
    assert ":orange[:material/history:] 去年未办　:gray[召开五届三次教代会]" in told
    assert ":orange[:material/pin:] 请改届次　:gray[召开五届三次教代会]" in told


def test_copy_of_a_term_asks_for_its_first_day(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        term = {"period_kind": PeriodKind.TERM, "starts_on": date(2026, 2, 23), "ends_on": date(2026, 7, 10)}
        make_activity(
            session, make_plan(session, **term), title="植树", starts_on=date(2026, 3, 12), ends_on=date(2026, 3, 12), precision="day"
        )
    at = open_page("plan")
    at.menu_button("plan_more").click("copy").run()

    at.date_input("copy_starts_on_2027").set_value(date(2027, 3, 1)).run()
    at.button("go_copy").click().run()

    with db.reading(engine) as session:
        assert next((plan.year, plan.starts_on) for plan in plans.list_plans(session)) == (2027, date(2027, 3, 1))
