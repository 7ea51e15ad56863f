"""The view «close» of the fund page: the checklist, closing, opening again, and the check of books and papers."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from tests.makers import NOW
from unionboard import db
from unionboard.models import Direction
from unionboard.services import closing, fund
from unionboard.ui.text import escape

OpenPage = Callable[..., AppTest]
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.fixture
def books(engine: Engine) -> None:
    """Two entries: 500 in dues in February, 120 spent in May without papers or approval."""
    facts: dict[str, Any] = {"today": date(2026, 11, 21), "purpose": "记账", **STAMP}
    with db.writing(engine) as session:
        fund.book_entry(session, booked_on=date(2026, 2, 1), direction=Direction.IN, item="dues", amount_fen=500_00, **facts)
        fund.book_entry(session, booked_on=date(2026, 5, 8), direction=Direction.OUT, item="meetings", amount_fen=120_00, **facts)


def words(at: AppTest) -> str:
    return " ".join(one.value for one in [*at.markdown, *at.text])


def test_empty_book_says_what_will_be_here(open_page: OpenPage) -> None:
    at = open_page("fund", view="close")

    assert "2026年还没有记账。" in words(at)


@pytest.mark.usefixtures("books")
def test_checklist_is_told_for_the_month_that_is_chosen(open_page: OpenPage) -> None:
    at = open_page("fund", view="close")
    assert at.selectbox(key="close_until").options[:1] == ["1月"]
    assert escape("1笔支出没有附件，共¥120.00") in words(at)

    at.selectbox(key="close_until").set_value(2).run()

    assert "每笔支出都有附件" in words(at)


@pytest.mark.usefixtures("books")
def test_books_are_closed_up_to_the_month_with_the_banks_figure(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund", view="close")
    at.selectbox(key="close_until").set_value(5).run()
    at.text_input(key="close_bank").set_value("380").run()
    assert escape("银行余额与账面一致：¥380.00") in words(at)

    at.button(key="go_close_books").click().run()

    with db.reading(engine) as session:
        assert closing.first_open_day(session, 2026) == date(2026, 6, 1)
        assert closing.list_months(session, 2026, today=date(2026, 11, 21))[4].bank_fen == 380_00
    assert at.selectbox(key="close_until").options[0] == "6月"


@pytest.mark.usefixtures("books")
def test_what_is_red_is_closed_with_a_note_only(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund", view="close")
    at.text_input(key="close_bank").set_value("400").run()

    at.button(key="go_close_books").click().run()
    assert [one.value for one in at.error] == ["清单里有红色项。请在备注里写明为什么仍然结账。"]

    at.text_input(key="close_note").set_value("在途").run()
    at.button(key="go_close_books").click().run()
    with db.reading(engine) as session:
        assert closing.first_open_day(session, 2026) == date(2026, 11, 1)


@pytest.mark.usefixtures("books")
def test_banks_figure_that_cannot_be_read_closes_nothing(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund", view="close")
    at.text_input(key="close_bank").set_value("about 400").run()

    at.button(key="go_close_books").click().run()

    with db.reading(engine) as session:
        assert closing.first_open_day(session, 2026) is None


@pytest.mark.usefixtures("books")
def test_closed_month_is_opened_again_with_a_reason(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        closing.close_month(session, 2026, 5, today=date(2026, 11, 21), **STAMP)
    at = open_page("fund", view="close")
    at.session_state["open_drawer"] = ("closed_month", 202604)
    at.run()
    assert "主席于11月21日 10:00结账" in words(at)

    at.text_input(key="drawer_reason").set_value("补记").run()
    at.button(key="go_drawer_save").click().run()

    with db.reading(engine) as session:
        assert closing.first_open_day(session, 2026) == date(2026, 4, 1)


@pytest.mark.usefixtures("books")
def test_what_is_found_leads_to_its_entries(open_page: OpenPage) -> None:
    at = open_page("fund", view="close")

    at.button(key="close_look_unapproved").click().run()

    assert (at.session_state["fund_view"], at.session_state["fund_check"]) == ("overview", "unapproved")


@pytest.mark.usefixtures("books")
def test_check_says_what_is_wrong_and_that_nothing_is(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund", view="close")
    at.button(key="close_verify").click().run()
    assert "核对无误（2026年11月21日）。" in words(at)

    with db.writing(engine) as session:
        for name in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE fund_entry SET amount_fen = 1 WHERE voucher = 2"))
    at.button(key="close_verify").click().run()

    assert "2026年：第2号凭证与记账时不符，被改动过。" in words(at)
