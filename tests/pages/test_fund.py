"""The fund page, run: what it shows, what it books, and what it never shows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.models import CareVisit, Direction, FundEntry
from unionboard.services import care, fund

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"today": TODAY, "who": "chair", "now_utc": NOW}
OpenPage = Callable[..., AppTest]


def fill(session: Session) -> None:
    """A plan, an opening balance of 9,860 yuan, a budget, two entries and a visit."""
    plan = make_plan(session)
    make_activity(session, plan, planned_budget_fen=1_000_00)
    fund.set_opening(session, year=2026, opening_fen=9_860_00, who="chair", now_utc=NOW)
    fund.set_budget(session, year=2026, item="culture_sports", amount_fen=2_000_00, who="chair", now_utc=NOW)
    fund.book_entry(
        session,
        booked_on=date(2026, 3, 2),
        direction=Direction.IN,
        item="dues",
        amount_fen=1_862_50,
        purpose="二月会费",
        approver="周青",
        **STAMP,
    )
    fund.book_entry(
        session,
        booked_on=date(2026, 5, 8),
        direction=Direction.OUT,
        item="culture_sports",
        amount_fen=1_286_00,
        purpose="运动会奖品",
        **STAMP,
    )
    care.record_visit(session, visited_on=date(2026, 11, 18), kind="birth", recipient="林小雨", amount_fen=500_00, **STAMP)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with a small book."""
    with db.writing(engine) as session:
        fill(session)
    return engine


def texts(at: AppTest) -> str:
    """All words on the page outside fields and tables."""
    return "\n".join(str(element.value) for element in (*at.markdown, *at.text, *at.title, *at.error, *at.toast))


def entries(engine: Engine) -> list[FundEntry]:
    """The stored ledger in the order of its ids."""
    with db.reading(engine) as session:
        return list(session.exec(select(FundEntry)))


@pytest.mark.parametrize(
    ("lang", "title", "begin"), [("zh_CN", "经费", "先填年初结余和预算"), ("en", "Fund", "Begin with the opening balance and the budget")]
)
def test_empty_book_says_where_to_begin(open_page: OpenPage, lang: str, title: str, begin: str) -> None:
    at = open_page("fund", lang=lang)

    assert at.title[0].value == title
    assert at.button(key="begin_budget").label == begin
    assert len(at.dataframe) == 0


@pytest.mark.parametrize(("lang", "label"), [("zh_CN", "当前结余"), ("en", "Left now")])
def test_filled_book_shows_what_is_left_and_its_entries(open_page: OpenPage, filled: Engine, lang: str, label: str) -> None:
    at = open_page("fund", lang=lang)

    assert (at.metric[0].label, at.metric[0].value) == (label, "¥9,936.50")
    assert list(at.dataframe[0].value["voucher"]) == ["003", "002", "001"]
    assert list(at.dataframe[0].value["balance"]) == [9936.5, 10436.5, 11722.5]


def test_page_names_nobody_and_no_small_occasion(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")

    shown = texts(at) + at.dataframe[0].value.to_csv()
    assert [word for word in ("林小雨", "生育") if word in shown] == []
    assert at.dataframe[0].value["purpose"][0] == "其他慰问（1人次）"


def test_entry_is_booked_through_the_drawer(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    at.button(key="go_open_entry").click().run()
    at.text_input(key="drawer_amount").set_value("1,200.50")
    at.text_input(key="drawer_purpose").set_value("教工合唱服装")
    at.selectbox(key="drawer_item_out").select("culture_sports")

    at.button(key="go_drawer_save").click().run()

    booked = entries(filled)[-1]
    assert (booked.voucher, booked.booked_on, booked.item, booked.amount_fen) == (4, TODAY, "culture_sports", 1_200_50)
    assert at.toast[0].value == "已记入2026年台账，凭证号 004。"
    assert at.metric[0].value == "¥8,736.00"


def test_income_has_items_of_its_own(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    at.button(key="go_open_entry").click().run()

    at.segmented_control(key="drawer_direction").set_value("in").run()

    assert at.selectbox(key="drawer_item_in").options == [
        "会费收入", "拨缴经费收入", "上级工会补助收入", "行政补助收入", "事业收入", "投资收益", "其他收入",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "purpose", "sentence"),
    [
        ("一百", "奖品", "“一百”不是金额。请用数字填写元，例如 1200.50。"),
        ("0", "奖品", "金额必须大于零。要冲掉一笔，请用“更正”，不要记负数。"),
        ("100", "", "请写明用途。"),
    ],
)
def test_wrong_entry_is_refused_with_a_sentence_and_what_was_typed_stays(
    open_page: OpenPage, filled: Engine, amount: str, purpose: str, sentence: str
) -> None:
    at = open_page("fund")
    at.button(key="go_open_entry").click().run()
    at.text_input(key="drawer_amount").set_value(amount)
    at.text_input(key="drawer_purpose").set_value(purpose)
    at.selectbox(key="drawer_item_out").select("culture_sports")

    at.button(key="go_drawer_save").click().run()

    assert [error.value for error in at.error] == [sentence]
    assert (at.text_input(key="drawer_amount").value, at.text_input(key="drawer_purpose").value) == (amount, purpose)
    assert len(entries(filled)) == 3


def test_new_entry_starts_with_the_last_approver(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        fund.book_entry(
            session, booked_on=date(2026, 3, 2), direction=Direction.IN, item="dues", amount_fen=1, purpose="会费", approver="周青", **STAMP
        )
    at = open_page("fund")

    at.button(key="go_open_entry").click().run()

    assert at.text_input(key="drawer_approver").value == "周青"


def open_correction_of(at: AppTest, entry_id: int) -> None:
    """Open the drawer as a click on the table's button does."""
    at.session_state["fund_drawer"] = ("correction", entry_id)
    at.session_state["drawer_booked_on"] = TODAY
    at.session_state["drawer_again"] = True
    at.run()


def test_entry_is_corrected_and_offered_again(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    open_correction_of(at, 2)
    at.text_input(key="drawer_reason").set_value("金额记错")

    at.button(key="go_drawer_save").click().run()

    assert entries(filled)[-1].reverses_id == 2
    assert at.text_input(key="drawer_amount").value == "1286"
    assert at.selectbox(key="drawer_item_out").value == "culture_sports"
    assert at.dataframe[0].value["purpose"][0] == "更正 002：金额记错"


def test_correcting_a_visits_entry_takes_the_visit_back(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    open_correction_of(at, 3)
    at.toggle(key="drawer_again").set_value(False)
    at.text_input(key="drawer_reason").set_value("记重了")

    at.button(key="go_drawer_save").click().run()

    with db.reading(filled) as session:
        assert [visit.removed for visit in session.exec(select(CareVisit))] == [True]
    assert at.metric[0].value == "¥10,436.50"


def test_budget_and_opening_are_saved_in_one_go(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund")
    at.button(key="begin_budget").click().run()
    at.text_input(key="drawer_opening").set_value("9860")
    at.text_input(key="drawer_budget_allocated").set_value("8.6万")
    at.text_input(key="drawer_budget_culture_sports").set_value("22,000")

    at.button(key="go_drawer_save").click().run()

    with db.reading(engine) as session:
        book = fund.read_book(session, 2026)
    assert (book.opening_fen, book.budget_fen) == (9_860_00, {"allocated": 86_000_00, "culture_sports": 22_000_00})


def test_one_unreadable_budget_saves_nothing(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund")
    at.button(key="begin_budget").click().run()
    at.text_input(key="drawer_opening").set_value("9860")
    at.text_input(key="drawer_budget_education").set_value("若干")

    at.button(key="go_drawer_save").click().run()

    assert [error.value for error in at.error] == ["“若干”不是金额。请用数字填写元，例如 1200.50。"]
    with db.reading(engine) as session:
        assert fund.read_book(session, 2026).is_empty


def test_budget_that_somebody_else_changed_is_refused(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    at.button(key="open_budget").click().run()
    with db.writing(filled) as session:
        fund.set_budget(session, year=2026, item="culture_sports", amount_fen=3_000_00, who="treasurer", now_utc=NOW)
    at.text_input(key="drawer_budget_culture_sports").set_value("2500")

    at.button(key="go_drawer_save").click().run()

    assert [error.value for error in at.error] == [
        "刚刚有别人改过这一条（文体活动：现在是“¥3,000.00”，您填的是“¥2,500.00”）。请看过新内容再保存。"
    ]


def test_visit_is_recorded_through_its_drawer(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    at.button(key="open_visit").click().run()
    at.selectbox(key="drawer_kind").select("hospital")
    at.text_input(key="drawer_amount").set_value("300")

    at.button(key="go_drawer_save").click().run()

    with db.reading(filled) as session:
        counts = care.count_visits(session, first=date(2026, 1, 1), last=TODAY, merge_small=False)
    assert [(count.kind, count.amount_fen) for count in counts] == [("birth", 500_00), ("hospital", 300_00)]


def test_visit_without_an_occasion_is_refused(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    at.button(key="open_visit").click().run()

    at.button(key="go_drawer_save").click().run()

    assert [error.value for error in at.error] == ["请选择慰问事由。"]


def test_ledger_is_narrowed_by_words_side_and_item(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")

    at.text_input(key="fund_search").set_value("1286").run()
    assert list(at.dataframe[0].value["voucher"]) == ["002"]

    at.text_input(key="fund_search").set_value("")
    at.segmented_control(key="fund_side").set_value("in").run()
    assert list(at.dataframe[0].value["voucher"]) == ["001"]

    at.segmented_control(key="fund_side").set_value("all")
    at.selectbox(key="fund_item").select("member_activities").run()
    assert list(at.dataframe[0].value["voucher"]) == ["003"]


def test_another_year_is_opened(open_page: OpenPage, filled: Engine) -> None:
    with db.writing(filled) as session:
        fund.set_opening(session, year=2025, opening_fen=5_000_00, who="chair", now_utc=NOW)
    at = open_page("fund")

    at.selectbox(key="fund_year").select(2025).run()

    assert at.metric[0].value == "¥5,000.00"
