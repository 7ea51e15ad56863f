"""The view "budget" of the fund page, run: the table, the adoption, amendments, the year after, and the items."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.models import Activity, Direction, FundSource
from unionboard.services import budget, execution, fund, fund_items, unions
from unionboard.services.budget import AmendmentLine, AmendmentState

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
OWN, DUES, DONATIONS = FundSource.UNION_FUNDS, FundSource.DUES, FundSource.DONATIONS
OpenPage = Callable[..., AppTest]


def set_line(session: Session, item: str, amount_fen: int, **values: Any) -> None:
    budget.set_line(session, **{"year": 2026, "item": item, "amount_fen": amount_fen, **STAMP, **values})


def book(session: Session, item: str, amount_fen: int) -> None:
    """Spending on 8 May 2026."""
    fund.book_entry(
        session,
        booked_on=date(2026, 5, 8),
        direction=Direction.OUT,
        item=item,
        amount_fen=amount_fen,
        purpose="奖品",
        today=TODAY,
        **STAMP,
    )


@pytest.fixture
def drafted(engine: Engine) -> Engine:
    """9,860 yuan carried over, 30,000 expected, 25,000 allowed; of three items one is over and one near its budget."""
    with db.writing(engine) as session:
        make_activity(session, make_plan(session), planned_budget_fen=7_000_00)
        fund.set_opening(session, year=2026, opening_fen=9_860_00, **STAMP)
        for item, amount_fen in (("dues", 30_000_00), ("culture_sports", 20_000_00), ("publicity", 3_000_00), ("meetings", 2_000_00)):
            set_line(session, item, amount_fen)
        book(session, "culture_sports", 6_000_00)
        book(session, "publicity", 3_240_00)
        book(session, "meetings", 1_900_00)
    return engine


def adopt(session: Session) -> None:
    budget.adopt_budget(session, 2026, adopted_on=date(2026, 1, 12), resolution="第三次委员会会议", today=TODAY, version=None, **STAMP)


@pytest.fixture
def adopted(drafted: Engine) -> Engine:
    """The same, adopted on 12 January."""
    with db.writing(drafted) as session:
        adopt(session)
    return drafted


def texts(at: AppTest) -> list[str]:
    return [str(element.value) for element in (*at.markdown, *at.text)]


def table(at: AppTest) -> dict[str, Any]:
    """What the table was given to draw."""
    found = next(one for one in at.get("bidi_component") if one.proto.component_name == "unionboard_budget_table")
    return dict(json.loads(json.loads(found.proto.json)["json"]))


def errors(at: AppTest) -> list[str]:
    return [error.value for error in at.error]


def view_of(engine: Engine, year: int = 2026) -> budget.BudgetView:
    with db.reading(engine) as session:
        return budget.read_budget(session, year)


@pytest.mark.parametrize(
    ("lang", "told", "begin"),
    [("zh_CN", "**2026年还没有预算。**", "开始编预算"), ("en", "**There is no budget for 2026 yet.**", "Fill in the budget")],
)
def test_year_without_a_budget_says_where_to_begin(open_page: OpenPage, engine: Engine, lang: str, told: str, begin: str) -> None:
    at = open_page("fund", view="budget", lang=lang)

    assert told in texts(at)
    assert at.button(key="go_begin_budget").label == begin


@pytest.mark.parametrize(
    ("lang", "means", "use", "over", "near"),
    [
        (
            "zh_CN",
            "上年结转**9,860**元，全年预计收入**30,000**元，支出预算**25,000**元，年末预计结余**14,860**元。",
            "已支**11,140**元（44%），还可以用**13,860**元。",
            ":orange[:material/error:] 超出预算：宣传活动 ¥240",
            ":yellow[:material/warning:] 接近预算：会议 95%",
        ),
        (
            "en",
            (
                "Carried over **9,860** yuan and **30,000** yuan of income expected, **25,000** yuan of spending allowed: "
                "**14,860** yuan left at the year's end."
            ),
            "**11,140** yuan paid (44%); **13,860** yuan may still be spent.",
            ":orange[:material/error:] Over the budget: Publicity ¥240",
            ":yellow[:material/warning:] Near the budget: Meetings 95%",
        ),
    ],
)
def test_view_says_in_words_what_the_year_comes_to(
    open_page: OpenPage, drafted: Engine, lang: str, means: str, use: str, over: str, near: str
) -> None:
    at = open_page("fund", view="budget", lang=lang)

    said = texts(at)
    assert [one for one in (means, use, over, near) if one not in said] == []


def test_more_allowed_than_there_is_is_told(open_page: OpenPage, drafted: Engine) -> None:
    with db.writing(drafted) as session:
        set_line(session, "capital", 20_000_00)

    at = open_page("fund", view="budget")

    assert (
        ":orange[:material/warning: 上年结转**9,860**元，全年预计收入**30,000**元，支出预算**45,000**元，比能用的钱多出**5,140**元。]"
        in texts(at)
    )


def test_activities_that_plan_more_than_the_budget_are_told(open_page: OpenPage, drafted: Engine) -> None:
    with db.writing(drafted) as session:
        session.exec(select(Activity)).one().fund_item = "publicity"

    at = open_page("fund", view="budget")

    assert ":yellow[:material/event_note:] 活动计划多于预算：宣传活动 ¥4,000" in texts(at)


def test_table_shows_a_row_an_item(open_page: OpenPage, drafted: Engine) -> None:
    sides = table(open_page("fund", view="budget"))["sides"]

    rows = [row for group in sides[1]["groups"] for row in group["rows"]]
    assert [(row["name"], row["cells"].get("budget", {}).get("text"), row["mark"]) for row in rows] == [
        ("文体活动", "20,000", ""),
        ("宣传活动", "3,000", "超 ¥240.00"),
        ("会议", "2,000", "接近预算"),
        ("活动计划，科目未定", None, ""),
    ]


# --- editing and adopting ---------------------------------------------------------------------------------------------------------


def test_budget_and_opening_are_saved_in_one_go(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="go_begin_budget").click().run()
    at.text_input(key="drawer_opening").set_value("9860")
    at.text_input(key="drawer_budget_allocated").set_value("8.6万")
    at.text_input(key="drawer_budget_culture_sports").set_value("22,000")

    at.button(key="go_drawer_save").click().run()

    with db.reading(engine) as session:
        read = fund.read_book(session, 2026)
    assert (read.opening_fen, read.budget_fen) == (9_860_00, {"allocated": 86_000_00, "culture_sports": 22_000_00})


def test_line_from_another_source_gets_a_field_and_a_remark(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="go_begin_budget").click().run()
    at.selectbox(key="drawer_add_item").select("hardship_aid")
    at.selectbox(key="drawer_add_source").select(DONATIONS)
    at.button(key="add_pot").click().run()
    at.toggle(key="drawer_with_notes").set_value(True).run()
    at.text_input(key="drawer_budget_hardship_aid@donations").set_value("500")
    at.text_input(key="drawer_note_budget_hardship_aid@donations").set_value("一日捐专款")

    at.button(key="go_drawer_save").click().run()

    [line] = view_of(engine).lines
    assert (line.item, line.source, line.adopted_fen, line.note) == ("hardship_aid", DONATIONS, 500_00, "一日捐专款")


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("若干", "职工教育：“若干”不是金额。请用数字填写元，例如 1200.50。"),
        ("-5", "职工教育：预算不能小于零。没有预算的科目请留空。"),
    ],
)
def test_one_wrong_amount_saves_nothing(open_page: OpenPage, engine: Engine, amount: str, sentence: str) -> None:
    at = open_page("fund", view="budget")
    at.button(key="go_begin_budget").click().run()
    at.text_input(key="drawer_opening").set_value("9860")
    at.text_input(key="drawer_budget_education").set_value(amount)

    at.button(key="go_drawer_save").click().run()

    assert errors(at) == [sentence]
    with db.reading(engine) as session:
        assert fund.read_book(session, 2026).is_empty


def test_budget_that_somebody_else_changed_is_refused(open_page: OpenPage, drafted: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="edit_budget").click().run()
    with db.writing(drafted) as session:
        set_line(session, "culture_sports", 21_000_00)
    at.text_input(key="drawer_budget_culture_sports").set_value("22000")

    at.button(key="go_drawer_save").click().run()

    assert errors(at) == ["刚刚有别人改过这一条（文体活动：现在是“¥21,000.00”，您填的是“¥22,000.00”）。请看过新内容再保存。"]

    at.button(key="go_drawer_save").click().run()

    assert errors(at) == []
    assert {line.item: line.adopted_fen for line in view_of(drafted).lines}["culture_sports"] == 22_000_00


def test_second_press_leaves_lines_alone_that_others_changed_and_nobody_typed_into(open_page: OpenPage, drafted: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="edit_budget").click().run()
    with db.writing(drafted) as session:
        set_line(session, "culture_sports", 21_000_00)
        set_line(session, "publicity", 3_500_00)
    at.text_input(key="drawer_budget_culture_sports").set_value("22000")

    at.button(key="go_drawer_save").click().run()
    at.button(key="go_drawer_save").click().run()

    stands = {line.item: line.adopted_fen for line in view_of(drafted).lines}
    assert (stands["culture_sports"], stands["publicity"]) == (22_000_00, 3_500_00)


def test_opening_balance_is_saved_though_somebody_adopted_the_budget_meanwhile(open_page: OpenPage, drafted: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="edit_budget").click().run()
    with db.writing(drafted) as session:
        adopt(session)
    at.text_input(key="drawer_opening").set_value("9900")
    at.text_input(key="drawer_budget_culture_sports").set_value("22000")

    at.button(key="go_drawer_save").click().run()

    assert errors(at) == ["2026年预算已于2026年1月12日通过。要改动，请提出预算调整。"]

    at.button(key="go_drawer_save").click().run()

    assert errors(at) == []
    with db.reading(drafted) as session:
        assert fund.read_book(session, 2026).opening_fen == 9_900_00


def test_opening_balance_that_somebody_else_set_is_told_in_yuan(open_page: OpenPage, drafted: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="edit_budget").click().run()
    with db.writing(drafted) as session:
        fund.set_opening(session, year=2026, opening_fen=9_870_00, **STAMP)
    at.text_input(key="drawer_opening").set_value("9900")

    at.button(key="go_drawer_save").click().run()

    assert errors(at) == ["刚刚有别人改过这一条（2026年年初结余（元）：现在是“¥9,870.00”，您填的是“¥9,900.00”）。请看过新内容再保存。"]

    at.button(key="go_drawer_save").click().run()

    assert errors(at) == []
    with db.reading(drafted) as session:
        assert fund.read_book(session, 2026).opening_fen == 9_900_00


def test_amount_that_cannot_be_read_is_told_where_the_total_stands(open_page: OpenPage, drafted: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="edit_budget").click().run()

    at.text_input(key="drawer_budget_publicity").set_value("3,5").run()

    assert any("宣传活动：“3,5”的分隔符位置不对" in text for text in (markdown.value for markdown in at.markdown))


def test_budget_is_adopted_by_a_meeting(open_page: OpenPage, drafted: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="adopt_budget").click().run()
    at.date_input(key="drawer_adopted_on").set_value(date(2026, 1, 12))
    at.text_input(key="drawer_resolution").set_value("第三次委员会会议")

    at.button(key="go_drawer_save").click().run()

    view = view_of(drafted)
    assert (view.adopted_on, view.resolution) == (date(2026, 1, 12), "第三次委员会会议")
    assert [one for one in texts(at) if one.startswith("**2026年预算**")] == [
        "**2026年预算**　:green-badge[:material/check: 已通过]　:gray[2026年1月12日　第三次委员会会议]"
    ]


def test_adoption_without_a_meeting_is_refused(open_page: OpenPage, drafted: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="adopt_budget").click().run()

    at.button(key="go_drawer_save").click().run()

    assert errors(at) == ["请写明由哪次会议通过，例如“1月12日工会委员会会议”。"]
    assert view_of(drafted).adopted_on is None


def test_after_the_adoption_only_the_opening_balance_is_asked(open_page: OpenPage, adopted: Engine) -> None:
    at = open_page("fund", view="budget")
    at.session_state["open_drawer"] = ("budget", 2026)
    at.session_state["drawer_seen"] = (None, view_of(adopted))
    at.run()

    assert [field.key for field in at.text_input if str(field.key).startswith("drawer_")] == ["drawer_opening"]


# --- amendments -------------------------------------------------------------------------------------------------------------------


def propose(at: AppTest, delta: str, reason: str = "增加秋季运动会") -> None:
    """Through the drawer: more or less for culture and sports."""
    at.button(key="open_amendment").click().run()
    at.multiselect(key="drawer_lines").select("culture_sports@union_funds").run()
    at.text_area(key="drawer_reason").set_value(reason)
    at.text_input(key="drawer_delta_culture_sports@union_funds").set_value(delta).run()


def test_amendment_is_proposed_with_what_it_comes_to(open_page: OpenPage, adopted: Engine) -> None:
    at = open_page("fund", view="budget")

    propose(at, "+2,000")

    assert [one for one in texts(at) if "→" in one or "＋" in one] == [
        "文体活动  \n:small[:gray[现为 ¥20,000 → ¥22,000]]",
        "支出 ＋¥2,000　:gray[年末结余] **¥12,860**",
    ]
    at.button(key="go_drawer_save").click().run()
    [row] = view_of(adopted).amendments
    assert (row.state, row.reason, row.lines) == (
        AmendmentState.PROPOSED,
        "增加秋季运动会",
        (AmendmentLine("culture_sports", OWN, 2_000_00),),
    )


def test_amendment_that_takes_too_much_is_refused_by_the_items_name(open_page: OpenPage, adopted: Engine) -> None:
    at = open_page("fund", view="budget")
    propose(at, "-20001")

    at.button(key="go_drawer_save").click().run()

    assert errors(at) == ["“文体活动”的预算会变成负数：现在是¥20,000.00，调减¥20,001.00。请少调减一些。"]


def test_proposed_amendment_is_decided_by_the_chair(open_page: OpenPage, adopted: Engine) -> None:
    with db.writing(adopted) as session:
        unions.add_member(session, name="周青", duty="主席", **STAMP)
        budget.propose_amendment(session, year=2026, reason="运动会", lines=[AmendmentLine("culture_sports", OWN, 2_000_00)], **STAMP)
    at = open_page("fund", view="budget")
    at.button(key="decide_1").click().run()
    assert at.text_input(key="drawer_approver").value == "周青"
    at.text_input(key="drawer_resolution").set_value("第八次委员会会议")

    at.button(key="go_drawer_save").click().run()

    [row] = view_of(adopted).amendments
    assert (row.state, row.adopted_on, row.resolution, row.approver) == (AmendmentState.ADOPTED, TODAY, "第八次委员会会议", "周青")
    assert [column["key"] for column in table(at)["columns"]] == [
        "adopted", "amended", "budget", "planned", "booked", "left", "rate",
    ]  # fmt: skip


def test_proposed_amendment_is_withdrawn(open_page: OpenPage, adopted: Engine) -> None:
    with db.writing(adopted) as session:
        budget.propose_amendment(session, year=2026, reason="运动会", lines=[AmendmentLine("culture_sports", OWN, 1)], **STAMP)
    at = open_page("fund", view="budget")
    at.button(key="decide_1").click().run()

    at.button(key="withdraw_amendment").click().run()

    assert [row.state for row in view_of(adopted).amendments] == [AmendmentState.WITHDRAWN]


# --- the next year ------------------------------------------------------------------------------------------------------------------


def test_next_years_budget_begins_with_this_years_and_what_is_left(open_page: OpenPage, drafted: Engine) -> None:
    with db.writing(drafted) as session:
        set_line(session, "hardship_aid", 800_00, source=DONATIONS)
    at = open_page("fund", view="budget")
    at.button(key="prepare_next").click().run()
    at.button(key="fill_budget").click().run()
    at.button(key="fill_left").click().run()

    at.button(key="go_drawer_save").click().run()

    assert [(row.item, row.source, row.adopted_fen) for row in view_of(drafted, 2027).lines] == [
        ("dues", OWN, 30_000_00),
        ("culture_sports", OWN, 34_000_00),
        ("publicity", OWN, 3_000_00),
        ("hardship_aid", DONATIONS, 1_600_00),
        ("meetings", OWN, 2_100_00),
    ]


def test_what_is_left_is_carried_over_once_only(open_page: OpenPage, drafted: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="prepare_next").click().run()

    at.button(key="fill_left").click().run()

    assert at.text_input(key="drawer_budget_meetings").value == "100"
    assert [button.key for button in at.button if button.key == "fill_left"] == []


# --- planned activities -----------------------------------------------------------------------------------------------------------


def test_item_of_an_activity_is_said_where_the_planned_money_is_asked_for(open_page: OpenPage, drafted: Engine) -> None:
    with db.reading(drafted) as session:
        seen = execution.list_planned(session, 2026)
    at = open_page("fund", view="budget")
    at.session_state["open_drawer"] = ("budget_planned", 2026)
    at.session_state["drawer_item"] = ""
    at.session_state["drawer_seen"] = seen
    at.run()
    at.selectbox(key=f"drawer_item_{seen[0].id}").select("culture_sports")

    at.button(key="go_drawer_save").click().run()

    with db.reading(drafted) as session:
        row = session.get_one(Activity, seen[0].id)
        assert (row.fund_item, row.version) == ("culture_sports", 2)
        assert execution.read_execution(session, 2026).unplaced_fen == 0


# --- items ------------------------------------------------------------------------------------------------------------------------


def test_official_item_is_renamed_and_says_its_official_name(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="open_items").click().run()
    at.button(key="item_culture_sports").click().run()
    at.text_input(key="drawer_name").set_value("文体与社团")

    at.button(key="go_drawer_save").click().run()

    assert "文体与社团　:gray[文体活动]" in texts(at)
    with db.reading(engine) as session:
        assert fund_items.list_items(session)["culture_sports"].zh == "文体与社团"


def test_own_item_is_added_below_its_group(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="open_items").click().run()
    at.button(key="add_item").click().run()
    at.selectbox(key="drawer_group").select("services")
    at.text_input(key="drawer_name").set_value("职工书屋")

    at.button(key="go_drawer_save").click().run()

    with db.reading(engine) as session:
        item = fund_items.list_items(session)["own_1"]
    assert (item.zh, item.direction, item.group) == ("职工书屋", "out", "services")


def test_item_can_be_set_aside(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("fund", view="budget")
    at.button(key="open_items").click().run()
    at.button(key="item_investment_income").click().run()
    at.toggle(key="drawer_is_hidden").set_value(True)

    at.button(key="go_drawer_save").click().run()

    assert "投资收益　:gray-badge[停用]" in texts(at)


def test_item_set_aside_has_no_field_in_the_budget(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        fund_items.save_item(session, "investment_income", name="", is_hidden=True, **STAMP)
    at = open_page("fund", view="budget")

    at.button(key="go_begin_budget").click().run()

    keys = [field.key for field in at.text_input]
    assert ("drawer_budget_dues" in keys, "drawer_budget_investment_income" in keys) == (True, False)
