"""The fund's view of care, run: what it shows to everybody, what only on a click, and what it books."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_committee, make_plan
from unionboard import clock, db
from unionboard.models import CareVisit, CeilingRule, CeilingShape, Change, Claim, FundEntry, Handout, Member, OwnOccasion
from unionboard.services import care, handouts
from unionboard.ui import identity
from unionboard.ui.components import record_table
from unionboard.ui.fund.care_register import write_care_register
from unionboard.ui.papers import handout as handouts_ui
from unionboard.writing.signoff import SignOffList

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"today": TODAY, "who": "chair", "now_utc": NOW}
OpenPage = Callable[..., AppTest]


def fill(session: Session) -> None:
    """Three hospital visits and one birth, one wedding, one bereavement, none booked; and a hand-out."""
    make_plan(session)
    for place, kind in enumerate(("hospital", "hospital", "hospital", "birth", "wedding", "bereavement")):
        care.record_visit(
            session, visited_on=date(2026, 3, 1 + place), kind=kind, recipient=f"林小{place}号", amount_fen=500_00, post=False, **STAMP
        )
    handouts.record_handout(session, title="中秋慰问品", handed_on=date(2026, 9, 23), heads=58, unit_fen=100_00, **STAMP)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with care in it."""
    with db.writing(engine) as session:
        fill(session)
    return engine


def tables(at: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Rows of the view's tables by their keys."""
    return {table: _shown[table] for table in ("care_counts", "care_handouts", "care_visits") if table in _shown} if at else {}


_shown: dict[str, list[dict[str, Any]]] = {}


@pytest.fixture(autouse=True)
def catch_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest cannot see into components: keep what they are given."""
    drawn = record_table.show_record_table
    _shown.clear()

    def draw(key: str, columns: Any, rows: Any, **told: Any) -> None:
        _shown[key] = [dict(row) for row in rows]
        drawn(key, columns, rows, **told)

    monkeypatch.setattr("unionboard.ui.fund.care.show_record_table", draw)


def words(at: AppTest) -> str:
    """All that stands on the page outside fields, tables included."""
    told = "\n".join(str(element.value) for element in (*at.markdown, *at.text, *at.title, *at.error, *at.toast))
    return told + str(tables(at))


def open_care(open_page: OpenPage, **query: str) -> AppTest:
    """The view, as its address opens it."""
    at = open_page("fund", **query)
    at.query_params["view"] = "care"
    return at.run()


def stored(engine: Engine, table: type[Any]) -> list[Any]:
    with db.reading(engine) as session:
        return list(session.exec(select(table)))


@pytest.mark.parametrize(("lang", "begin"), [("zh_CN", "还没有慰问和发放记录"), ("en", "No care visit and no hand-out yet.")])
def test_empty_view_says_what_will_be_here(open_page: OpenPage, engine: Engine, lang: str, begin: str) -> None:
    at = open_care(open_page, lang=lang)

    assert begin in words(at)
    assert not at.exception


def test_view_names_nobody_and_no_small_occasion(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)

    assert [word for word in ("林小", "生育", "结婚", "丧事") if word in words(at)] == []
    assert [(row["occasion"], row["visits"], row["sum"]) for row in _shown["care_counts"]] == [
        ("住院探望", "3", "¥1,500"),
        ("其他慰问", "3", "¥1,500"),
    ]
    assert [row["title"] for row in _shown["care_handouts"]] == ["中秋慰问品"]


def test_names_come_on_a_click_that_is_written_down_and_go_after_ten_minutes(
    open_page: OpenPage, filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_care(open_page)

    at.button(key="show_names").click().run()

    assert [(row["name"], row["occasion"], row["sum"]) for row in _shown["care_visits"]][:2] == [
        ("林小5号", "丧事吊唁", "¥500.00"),
        ("林小4号", "结婚", "¥500.00"),
    ]
    assert len([change for change in stored(filled, Change) if change.action == "reveal"]) == 6

    later = clock.now_utc() + timedelta(minutes=10)
    monkeypatch.setattr("unionboard.clock.now_utc", lambda: later)
    at.run()
    assert "林小" not in words(at)
    assert "care_names" not in at.session_state


def test_names_are_hidden_by_a_click_too(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    at.button(key="show_names").click().run()

    at.button(key="hide_names").click().run()

    assert "林小" not in words(at)


def test_names_of_earlier_years_are_erased(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    at.button(key="show_names").click().run()
    at.button(key="open_forget").click().run()
    at.date_input(key="drawer_until").set_value(date(2026, 3, 3)).run()

    at.button(key="go_drawer_save").click().run()

    assert [row.recipient for row in stored(filled, CareVisit)] == ["", "", "", "林小3号", "林小4号", "林小5号"]
    assert "林小" not in words(at)


def test_names_do_not_come_through_the_phones_door(open_page: OpenPage, filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_care(open_page)
    monkeypatch.setattr(identity, "is_here", lambda: False)

    at.button(key="show_names").click().run()

    assert [button.key for button in at.button if button.key == "show_names"] == []
    assert "林小" not in words(at)
    assert [change for change in stored(filled, Change) if change.action == "reveal"] == []


def test_names_are_not_for_the_big_screen(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    at.button(key="show_names").click().run()
    assert "林小" in words(at)

    at.query_params["screen"] = "big"
    at.run()

    assert "林小" not in words(at)
    assert [button.key for button in at.button if button.key == "show_names"] == []


def test_names_are_not_for_every_member(open_page: OpenPage, filled: Engine) -> None:
    with db.writing(filled) as session:
        session.add(Member(name="陈立群", duty="主席"))
        session.add(Member(name="何敏", duty="文体委员"))
    at = open_care(open_page)

    at.button(key="show_names").click().run()

    assert [error.value for error in at.error] == ["慰问对象姓名只有主席和财务委员可以查看。请先在上方选择您是谁。"]
    assert "林小" not in words(at)


def test_visit_is_recorded_and_waits(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    at.button(key="open_visit").click().run()
    at.selectbox(key="drawer_kind").select("hardship").run()
    at.text_input(key="drawer_amount").set_value("300").run()

    assert at.selectbox(key="drawer_item").value == "hardship_aid"
    at.button(key="go_drawer_save").click().run()

    row = stored(filled, CareVisit)[-1]
    assert (row.kind, row.amount_fen, row.item, row.fund_entry_id) == ("hardship", 300_00, "hardship_aid", None)


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("goods", "术后手术慰问", "“手术”涉及病情或家庭隐私，这里不保存，写“住院”即可。"),
        ("recipient", "13812345678", "这里像是身份证号、银行卡号或手机号。本程序不保存这类号码，请去掉。"),
    ],
)
def test_private_things_are_refused_where_they_are_typed(open_page: OpenPage, filled: Engine, field: str, text: str, sentence: str) -> None:
    at = open_care(open_page)
    at.button(key="open_visit").click().run()
    at.selectbox(key="drawer_kind").select("hospital").run()
    at.text_input(key=f"drawer_{field}").set_value(text)

    at.button(key="go_drawer_save").click().run()

    assert [error.value for error in at.error] == [sentence]
    assert len(stored(filled, CareVisit)) == 6


def test_typing_a_name_does_not_tell_what_the_person_had_before(open_page: OpenPage, filled: Engine) -> None:
    with db.writing(filled) as session:
        session.add(CeilingRule(name="每人全年", shape=CeilingShape.PERSON_YEAR, amount_fen=600_00))
    at = open_care(open_page)
    at.button(key="open_visit").click().run()
    at.selectbox(key="drawer_kind").select("hardship").run()
    at.text_input(key="drawer_recipient").set_value("林小3号").run()
    at.text_input(key="drawer_amount").set_value("200").run()
    assert "含本笔 ¥200，还可用 ¥400" in words(at)

    at.button(key="go_drawer_save").click().run()

    assert [error.value for error in at.error] == ["有 1 项超出限额或不可列支。请用一句话写明理由再保存，理由会一并留存。"]
    at.text_input(key="drawer_reason").set_value("委员会11月12日同意")
    at.button(key="go_drawer_save").click().run()
    assert stored(filled, CareVisit)[-1].amount_fen == 200_00


def open_drawer(at: AppTest, name: str, subject: int) -> None:
    """As a press on a row of a table does."""
    at.session_state["open_drawer"] = (name, subject)
    at.run()


def test_drawer_of_a_visit_tells_little_until_names_are_shown(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)

    open_drawer(at, "visit_facts", 4)
    assert [word for word in ("林小3号", "生育", "¥500.00") if word in words(at)] == []

    at.button(key="show_names").click().run()
    open_drawer(at, "visit_facts", 4)
    assert [word for word in ("林小3号", "生育", "¥500.00") if word in words(at)] == ["林小3号", "生育", "¥500.00"]


def test_visit_is_changed_while_names_are_shown(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    at.button(key="show_names").click().run()
    open_drawer(at, "visit_facts", 4)
    at.button(key="edit_visit").click().run()
    at.text_input(key="drawer_amount").set_value("600")

    at.button(key="go_drawer_save").click().run()

    assert stored(filled, CareVisit)[3].amount_fen == 600_00


def test_form_of_a_visit_is_empty_when_the_names_are_hidden_again(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)

    open_drawer(at, "visit_edit", 4)

    assert [field.key for field in at.text_input if field.key == "drawer_recipient"] == []


def test_visit_is_taken_back(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    open_drawer(at, "visit_facts", 4)
    at.text_input(key="drawer_reason").set_value("记重了")

    at.button(key="go_take_back").click().run()

    assert [row.id for row in stored(filled, CareVisit) if row.removed] == [4]


def test_visits_are_booked_together(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    at.button(key="open_posting").click().run()
    at.segmented_control(key="drawer_way").set_value("at_once").run()

    at.button(key="go_drawer_save").click().run()

    assert [(entry.amount_fen, entry.purpose) for entry in stored(filled, FundEntry)] == [(3_000_00, "走访慰问（6人次）")]


def test_posting_visits_asks_why_another_approves_for_the_chair(open_page: OpenPage, filled: Engine) -> None:
    with db.writing(filled) as session:
        make_committee(session, 陈立群="主席", 沈一鸣="文体委员", 罗文静="财务委员", 顾海平="出纳")
    at = open_care(open_page)
    at.button(key="open_posting").click().run()
    at.segmented_control(key="drawer_way").set_value("at_once").run()
    for part, name in (("handler", "陈立群"), ("approver", "沈一鸣"), ("cashier", "顾海平")):
        at.text_input(key=f"drawer_{part}").set_value(name).run()

    at.text_input(key="drawer_one_hand").set_value("主席本人经手").run()
    at.button(key="go_drawer_save").click().run()

    assert [entry.one_hand for entry in stored(filled, FundEntry)] == ["主席本人经手"]


def test_visits_are_claimed_together(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    at.button(key="open_posting").click().run()

    at.button(key="go_drawer_save").click().run()

    assert [(claim.amount_fen, claim.purpose) for claim in stored(filled, Claim)] == [(3_000_00, "走访慰问（6人次）")]


def test_handout_is_planned_by_its_festival(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    at.button(key="open_handout").click().run()
    at.selectbox(key="drawer_festival").select("MID_AUTUMN").run()
    at.number_input(key="drawer_heads").set_value(60)
    at.text_input(key="drawer_unit").set_value("80").run()

    at.button(key="go_drawer_save").click().run()

    row = stored(filled, Handout)[-1]
    assert (row.title, row.handed_on, row.heads, row.unit_fen) == ("中秋慰问品", date(2026, 9, 25), 60, 80_00)


def test_pasted_names_are_on_the_list_and_nowhere_in_the_database(
    open_page: OpenPage, filled: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[SignOffList] = []
    write = handouts_ui._write_list

    def note(*told: Any) -> SignOffList:
        printed.append(write(*told))
        return printed[-1]

    monkeypatch.setattr(handouts_ui, "_write_list", note)
    at = open_care(open_page)
    open_drawer(at, "handout", 1)

    at.text_area(key="drawer_roster").set_value("何敏\t语文组\t13812345678\n吴佳").run()

    assert [receiver.name for receiver in printed[-1].receivers] == ["何敏", "吴佳"]
    assert "名单 2 人，发放人数 58 人，请核对。" in words(at)
    assert [row for table in (Handout, Change) for row in stored(filled, table) if "何敏" in str(row)] == []


def test_signatures_are_counted(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    open_drawer(at, "handout", 1)
    at.number_input(key="drawer_signed").set_value(57)

    at.button(key="note_signed").click().run()

    assert stored(filled, Handout)[0].signed == 57


def test_occasions_are_marked_and_added(open_page: OpenPage, filled: Engine) -> None:
    at = open_care(open_page)
    at.button(key="open_occasions").click().run()
    at.session_state["drawer_occasions"] = {
        "edited_rows": {4: {"must_visit": True}},
        "added_rows": [{"name": "教龄满三十年"}],
        "deleted_rows": [],
    }

    at.button(key="go_drawer_save").click().run()

    assert [(row.code, row.name, row.must_visit) for row in stored(filled, OwnOccasion)] == [
        ("hospital", "", True),
        ("own_1", "教龄满三十年", False),
    ]


def test_register_names_nobody_and_no_small_occasion(engine: Engine, filled: Engine) -> None:
    book = load_workbook(BytesIO(write_care_register(2026, "zh_CN")))
    shown = str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])

    assert [word for word in ("林小", "生育", "结婚", "丧事") if word in shown] == []
    assert shown.count("住院探望") == 4
