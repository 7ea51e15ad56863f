"""The fund page, run: what it shows, what it books, and what it never shows."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from tests.bench.year import load_book
from tests.makers import NOW, make_activity, make_committee, make_plan
from unionboard import db
from unionboard.models import CareVisit, CeilingFinding, Claim, ClaimState, Direction, FundEntry, PaperKind
from unionboard.services import care, fund, fund_papers, unions
from unionboard.ui.fund.filter import VIEW_KEY

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"today": TODAY, "who": "chair", "now_utc": NOW}
OpenPage = Callable[..., AppTest]
VIEWS = ("overview", "claims", "budget", "care", "rules", "close")


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


def drawn(at: AppTest, name: str, place: int = 0) -> dict[str, Any]:
    """What a component of the page was given to draw."""
    found = [one for one in at.get("bidi_component") if one.proto.component_name == f"unionboard_{name}"]
    return dict(json.loads(json.loads(found[place].proto.json)["json"]))


def lines(at: AppTest, field: str) -> list[Any]:
    """One column of the ledger as it is shown."""
    return [row[field] for row in drawn(at, "ledger_table")["rows"]]


def cards(at: AppTest) -> dict[str, Any]:
    """The cards of the overview by their kind."""
    return {card["kind"]: card for place in (0, 1) for card in drawn(at, "fund_cards", place)["cards"]}


def open_drawer_of(at: AppTest, name: str, entry_id: int, **typed: object) -> None:
    """Open a drawer as a click in the ledger does."""
    at.session_state["open_drawer"] = (name, entry_id)
    for field, value in typed.items():
        at.session_state[f"drawer_{field}"] = value
    at.run()


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
    assert [one.proto.component_name for one in at.get("bidi_component")] == ["unionboard_live"]


@pytest.mark.parametrize(("lang", "label"), [("zh_CN", "当前结余"), ("en", "Left now")])
def test_filled_book_shows_what_is_left_and_its_entries(open_page: OpenPage, filled: Engine, lang: str, label: str) -> None:
    at = open_page("fund", lang=lang)

    assert (cards(at)["balance"]["title"], cards(at)["balance"]["value"]) == (label, "¥9,936.50")
    assert lines(at, "voucher") == ["003", "002", "001"]
    assert lines(at, "balance") == ["9,936.50", "10,436.50", "11,722.50"]
    assert next((row["name"], row["spent"]) for row in cards(at)["items"]["rows"]) == (
        ("文体活动", 64.3) if lang == "zh_CN" else ("Culture and sports", 64.3)
    )


def test_overview_says_what_waits_for_whom(open_page: OpenPage, filled: Engine) -> None:
    with db.writing(filled) as session:
        session.add(
            Claim(
                year=2026, state=ClaimState.SUBMITTED, purpose="合唱服装", item="culture_sports", amount_fen=800_00, handler="沈一鸣",
                submitted_at_utc=NOW, who="沈一鸣", created_at_utc=NOW,
            )
        )  # fmt: skip
    at = open_page("fund")

    waits = cards(at)["waiting"]["rows"]
    assert [(wait["label"], wait["count"], wait["sum"], wait["go"]) for wait in waits] == [
        ("待审批", 1, "¥800", ["claims", "submitted"]),
        ("支出缺附件", 2, "¥1,786", ["check", "no_papers"]),
    ]


def test_page_names_nobody_and_no_small_occasion(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")

    shown = texts(at) + json.dumps([drawn(at, "ledger_table"), cards(at)], ensure_ascii=False)
    assert [word for word in ("林小雨", "生育") if word in shown] == []
    assert lines(at, "purpose")[0] == "其他慰问（1人次）"


def test_search_finds_nothing_that_is_not_shown(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")

    at.text_input(key="fund_search").set_value("生育").run()

    assert "没有符合条件的记录。" in texts(at)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_an_empty_book_opens_by_its_address(open_page: OpenPage, view: str) -> None:
    assert open_page("fund", view=view).segmented_control(key=VIEW_KEY).value == view


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_a_filled_book_opens_by_its_address(open_page: OpenPage, filled: Engine, view: str) -> None:
    assert open_page("fund", view=view, lang="en").segmented_control(key=VIEW_KEY).value == view


def test_entry_is_booked_through_the_drawer(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    at.button(key="go_open_entry").click().run()
    at.text_input(key="drawer_amount").set_value("700.50")
    at.text_input(key="drawer_purpose").set_value("教工合唱服装")
    at.selectbox(key="drawer_item_out").select("culture_sports")

    at.button(key="go_drawer_save").click().run()

    booked = entries(filled)[-1]
    assert (booked.voucher, booked.booked_on, booked.item, booked.amount_fen) == (4, TODAY, "culture_sports", 700_50)
    assert at.toast[0].value == "已记入2026年台账，凭证号 004。"
    assert cards(at)["balance"]["value"] == "¥9,236.00"


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


def test_entry_over_its_budget_is_booked_with_a_reason_only(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    at.button(key="go_open_entry").click().run()
    at.text_input(key="drawer_amount").set_value("714.01")
    at.text_input(key="drawer_purpose").set_value("教工合唱服装")
    at.selectbox(key="drawer_item_out").select("culture_sports").run()

    at.button(key="go_drawer_save").click().run()
    assert len(entries(filled)) == 3

    at.text_input(key="drawer_over_reason").set_value("委员会3月12日同意")
    at.button(key="go_drawer_save").click().run()
    assert entries(filled)[-1].amount_fen == 714_01
    with db.reading(filled) as session:
        assert [(one.level, one.reason) for one in session.exec(select(CeilingFinding))] == [("over", "委员会3月12日同意")]


def test_entry_says_what_is_left_of_its_budget_while_one_types(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    at.button(key="go_open_entry").click().run()
    at.text_input(key="drawer_amount").set_value("14")

    at.selectbox(key="drawer_item_out").select("culture_sports").run()

    assert [line for line in texts(at).splitlines() if "¥700" in line] != []


def test_one_hand_is_told_in_the_books(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    at.button(key="go_open_entry").click().run()
    at.text_input(key="drawer_amount").set_value("100")
    at.text_input(key="drawer_purpose").set_value("奖品")
    at.selectbox(key="drawer_item_out").select("education")
    at.text_input(key="drawer_approver").set_value("周青")
    at.text_input(key="drawer_cashier").set_value("周　青").run()
    at.text_input(key="drawer_one_hand").set_value("委员只有两人")

    at.button(key="go_drawer_save").click().run()

    assert entries(filled)[-1].one_hand == "委员只有两人"
    assert drawn(at, "ledger_table")["rows"][0]["marks"] == [{"word": "一人经办", "tone": "violet", "why": "委员只有两人"}]


def test_handler_and_approver_of_a_whole_committee_differ(open_page: OpenPage, filled: Engine) -> None:
    with db.writing(filled) as session:
        for name, duty in (("周青", "主席"), ("沈一鸣", "文体委员"), ("罗文静", "出纳"), ("吴佳", "女工委员")):
            unions.add_member(session, name=name, duty=duty, who="chair", now_utc=NOW)
    at = open_page("fund")
    at.button(key="go_open_entry").click().run()
    at.text_input(key="drawer_amount").set_value("100")
    at.text_input(key="drawer_purpose").set_value("奖品")
    at.selectbox(key="drawer_item_out").select("education")
    at.text_input(key="drawer_handler").set_value("周青")
    at.text_input(key="drawer_approver").set_value("周青").run()

    at.button(key="go_drawer_save").click().run()

    assert (len(at.error), len(entries(filled))) == (1, 3)


def test_the_chair_is_not_proposed_to_approve_what_is_their_own(open_page: OpenPage, filled: Engine) -> None:
    with db.writing(filled) as session:
        make_committee(session, 周青="主席", 何敏="副主席", 罗文静="出纳")
    at = open_page("fund")
    at.session_state["acting_name"] = "周青"

    at.button(key="go_open_entry").click().run()

    assert (at.text_input(key="drawer_handler").value, at.text_input(key="drawer_approver").value) == ("周青", "何敏")


def test_entry_in_the_drawer_tells_its_facts_papers_and_correction(open_page: OpenPage, filled: Engine) -> None:
    with db.writing(filled) as session:
        fund_papers.note_paper(session, kind=PaperKind.INVOICE, name="发票2张", fund_entry_id=2, who="沈一鸣", now_utc=NOW)
        fund.reverse_entry(session, 2, booked_on=TODAY, reason="金额记错", **STAMP)
    at = open_page("fund")

    open_drawer_of(at, "facts", 2)

    shown = texts(at) + "\n".join(str(getattr(one, "value", "")) for one in at.get("html"))
    assert [word for word in ("运动会奖品", "2026年5月8日", "文体活动", "已被 004 更正", "发票") if word not in shown] == []
    assert "金额记错" in at.button(key="open_other_entry").label


def test_visits_entry_in_the_drawer_names_nobody(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")

    open_drawer_of(at, "facts", 3)

    shown = texts(at) + "\n".join(str(getattr(one, "value", "")) for one in at.get("html"))
    assert [word for word in ("林小雨", "生育") if word in shown] == []


def test_entry_is_corrected_and_offered_again(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    open_drawer_of(at, "correction", 2, booked_on=TODAY, again=True)
    at.text_input(key="drawer_reason").set_value("金额记错")

    at.button(key="go_drawer_save").click().run()

    assert entries(filled)[-1].reverses_id == 2
    assert at.text_input(key="drawer_amount").value == "1286"
    assert at.selectbox(key="drawer_item_out").value == "culture_sports"
    assert lines(at, "purpose")[0] == "更正 002：金额记错"


def test_correcting_a_visits_entry_takes_the_visit_back(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    open_drawer_of(at, "correction", 3, booked_on=TODAY, again=False)
    at.text_input(key="drawer_reason").set_value("记重了")

    at.button(key="go_drawer_save").click().run()

    with db.reading(filled) as session:
        assert [visit.removed for visit in session.exec(select(CareVisit))] == [True]
    assert cards(at)["balance"]["value"] == "¥10,436.50"


def test_entry_is_booked_again_for_its_activity(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    open_drawer_of(at, "facts", 2)
    at.selectbox(key="drawer_link_to").select(1).run()

    at.button(key="go_link").click().run()

    assert [(one.reverses_id, one.activity_id) for one in entries(filled)[-2:]] == [(2, None), (None, 1)]


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

    assert [error.value for error in at.error] == ["职工教育：“若干”不是金额。请用数字填写元，例如 1200.50。"]
    with db.reading(engine) as session:
        assert fund.read_book(session, 2026).is_empty


def test_visit_is_recorded_through_its_drawer(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund", view="care")
    at.button(key="open_visit").click().run()
    at.selectbox(key="drawer_kind").select("hospital")
    at.text_input(key="drawer_amount").set_value("300")

    at.button(key="go_drawer_save").click().run()

    with db.reading(filled) as session:
        counts = care.count_visits(session, first=date(2026, 1, 1), last=TODAY, merge_small=False)
    assert [(count.kind, count.amount_fen) for count in counts] == [("birth", 500_00), ("hospital", 300_00)]


def test_visit_without_an_occasion_is_refused(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund", view="care")
    at.button(key="open_visit").click().run()

    at.button(key="go_drawer_save").click().run()

    assert [error.value for error in at.error] == ["请选择慰问事由。"]


def test_ledger_is_narrowed_by_words_side_and_item(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")

    at.text_input(key="fund_search").set_value("1286").run()
    assert (lines(at, "voucher"), drawn(at, "ledger_table")["sums"]["spending"]) == (["002"], "1,286.00")

    at.text_input(key="fund_search").set_value("")
    at.segmented_control(key="fund_side").set_value("in").run()
    assert lines(at, "voucher") == ["001"]

    at.segmented_control(key="fund_side").set_value("all")
    at.selectbox(key="fund_item").select("member_activities").run()
    assert lines(at, "voucher") == ["003"]

    at.button(key="fund_clear").click().run()
    assert lines(at, "voucher") == ["003", "002", "001"]


def test_ledger_is_paged(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        load_book(session, 35)
    at = open_page("fund")
    assert drawn(at, "ledger_table")["pager"]["told"] == "第 1–15 笔，共 35 笔"

    at.session_state["fund_page"] = 2
    at.run()

    assert lines(at, "voucher") == ["005", "004", "003", "002", "001"]


def test_page_costs_the_same_at_any_size(open_page: OpenPage, engine: Engine) -> None:
    costs = []
    for begun, count in ((0, 60), (60, 600)):
        with db.writing(engine) as session:
            load_book(session, count, begun=begun)
        at = open_page("fund")
        with counted(engine) as queries:
            at.run()
        costs.append((len(queries), len(json.dumps(drawn(at, "ledger_table"))) // 1000))

    assert costs[0] == costs[1]
    assert costs[0][0] <= 60


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The queries asked of the database meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_another_year_is_opened(open_page: OpenPage, filled: Engine) -> None:
    with db.writing(filled) as session:
        fund.set_opening(session, year=2025, opening_fen=5_000_00, who="chair", now_utc=NOW)
    at = open_page("fund")

    at.selectbox(key="fund_year").select(2025).run()

    assert cards(at)["balance"]["value"] == "¥5,000.00"


def test_files_of_the_books_are_offered_when_their_menu_is_opened(open_page: OpenPage, filled: Engine) -> None:
    at = open_page("fund")
    closed = len(at.get("download_button"))

    at.session_state["fund_exports"] = True
    at.run()

    assert (closed, len(at.get("download_button"))) == (0, 5)
