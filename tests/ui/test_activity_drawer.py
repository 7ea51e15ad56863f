"""The drawer of one activity: what its panels change, and what stays when they are refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard import db
from unionboard.models import ActivityState, DatePrecision, Direction, DutyKind, EvidenceKind, Occurrence
from unionboard.reference.relations import Relation
from unionboard.services import activities, amendments, checkoffs, evidence, fund
from unionboard.services.activities import ActivityView, OccurrenceStatus, Status

TODAY = date(2026, 11, 21)
OpenPage = Callable[..., AppTest]
Drawer = Callable[..., AppTest]
ONE_OFF, RECURRING, STANDING = 1, 2, 3
FORM = f"form_{ONE_OFF}_0"
SAVE = f"report_activity_{ONE_OFF}"
THEIRS: dict[str, Any] = {"who": "吴佳", "now_utc": NOW}


@pytest.fixture(autouse=True)
def plan(engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = make_plan(session)
        section = make_section(session, plan, heading="推进民主管理", area="DEMO")
        make_activity(session, plan, title="教代会", area="DEMO", section_id=section.id, owner="何敏")
        duty = make_activity(session, plan, title="例会", duty=DutyKind.RECURRING, precision=DatePrecision.PERIOD, frequency="每学期一次")
        for number, month in enumerate((8, 11, 12), start=1):
            session.add(Occurrence(activity_id=duty.id or 0, number=number, due_from=date(2026, month, 1), due_to=date(2026, month, 28)))
        make_activity(session, plan, title="五必访", area="CARE", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)


@pytest.fixture
def drawer(open_page: OpenPage) -> Drawer:
    """The drawer of an activity on the check-offs page, and in it one of its panels."""

    def run(activity_id: int = ONE_OFF, panel: str = "", lang: str = "zh_CN") -> AppTest:
        at = open_page("checkoffs", lang=lang)
        at.query_params["activity"] = str(activity_id)
        at.run()
        if panel:
            at.button(f"go_{panel}_{activity_id}").click().run()
        assert not at.exception, at.exception
        return at

    return run


def find(engine: Engine, activity_id: int = ONE_OFF) -> ActivityView:
    with db.reading(engine) as session:
        return activities.find_activity(session, activity_id, today=TODAY)


def report(engine: Engine, activity_id: int = ONE_OFF, **details: Any) -> int:
    """Somebody else checks it off for 8 May; the check-off's id."""
    with db.writing(engine) as session:
        told = checkoffs.Details(**details)
        row = checkoffs.check_off(session, activity_id, done_on=date(2026, 5, 8), today=TODAY, details=told, **THEIRS)
        return row.id or 0


def is_open(at: AppTest) -> bool:
    return "activity" in at.query_params


def texts(at: AppTest) -> str:
    return "\n".join(text.value for text in at.markdown)


def buttons(at: AppTest) -> list[str]:
    return [str(button.key) for button in at.button]


def facts(at: AppTest) -> str:
    return "".join(text for html in at.get("html") if "ub-facts" in (text := str(getattr(html, "value", ""))))


def test_saving_in_a_panel_leads_back_to_what_is_known(drawer: Drawer) -> None:
    at = drawer(panel="report")

    at.button(SAVE).click().run()

    assert is_open(at)
    assert "take_back_1" in buttons(at)


def test_leaving_a_panel_keeps_nothing_that_was_typed(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="edit")
    at.text_input(f"edit_{ONE_OFF}_title").set_value("八届五次教代会")

    at.button(f"leave_{ONE_OFF}").click().run()
    at.button(f"go_edit_{ONE_OFF}").click().run()

    assert at.text_input(f"edit_{ONE_OFF}_title").value == "教代会"
    assert find(engine).version == 1


def test_all_that_is_known_is_read_first(drawer: Drawer, engine: Engine) -> None:
    with db.writing(engine) as session:
        values: dict[str, Any] = {"audience": "全体教师", "planned_people": 48, "relation": Relation.SUPPORT, "note": "借用礼堂"}
        amendments.save_activity(session, ONE_OFF, version=1, area_2="ORG", planned_budget_fen=200_000, **values, **THEIRS)

    told = facts(drawer())

    for fact in ("5月", "何敏", "全体教师", "48 人", "协助", "借用礼堂", "民主管理", "自身建设", "¥2,000.00"):
        assert fact in told


def test_form_saves_everything_that_was_told_in_one_go(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="report")
    at.date_input(f"{FORM}_done_on").set_value(date(2026, 5, 8))
    at.number_input(f"{FORM}_figure_delegates_due").set_value(48)
    at.number_input(f"{FORM}_figure_delegates_present").set_value(46)
    at.number_input(f"{FORM}_figure_proposals_received").set_value(12)
    at.text_area(f"{FORM}_agenda").set_value("听取工作报告\n\n 审议方案 ")
    at.text_area(f"{FORM}_result").set_value("审议通过三项报告。")
    at.text_input(f"{FORM}_award").set_value("民主管理先进单位")
    at.selectbox(f"{FORM}_award_level").select("district")
    at.text_input(f"{FORM}_place").set_value("3号文件夹")

    at.button(SAVE).click().run()

    view = find(engine)
    record = view.record
    assert record is not None
    assert (view.status, record.done_on, view.days_after) == (Status.DONE, date(2026, 5, 8), 0)
    assert record.figures == {"delegates_due": 48, "delegates_present": 46, "proposals_received": 12}
    assert (record.result, record.award, record.award_level) == ("审议通过三项报告。", "民主管理先进单位", "district")
    assert record.agenda == "听取工作报告\n审议方案"
    with db.reading(engine) as session:
        (paper,) = evidence.list_evidence(session, [record.id])
    assert (paper.kind, paper.place) == (EvidenceKind.OTHER, "3号文件夹")


def test_share_of_those_present_is_shown_while_it_is_typed(drawer: Drawer) -> None:
    at = drawer(panel="report")
    assert ":small[:gray[到会率 —]]" in texts(at)

    at.number_input(f"{FORM}_figure_delegates_due").set_value(48)
    at.number_input(f"{FORM}_figure_delegates_present").set_value(46)
    at.run()

    assert ":small[:gray[到会率 95.8%]]" in texts(at)


def test_form_says_how_late_the_chosen_day_is(drawer: Drawer) -> None:
    at = drawer(panel="report")
    assert ":small[:orange[比计划晚 174 天]]" in texts(at)

    at.date_input(f"{FORM}_done_on").set_value(date(2026, 5, 31)).run()

    assert ":small[:gray[按期]]" in texts(at)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh_CN", "实到 50 人多于应到 48 人，请检查。"),
        ("en", "More people attended (50) than were eligible (48). Check the two numbers."),
    ],
)
def test_wrong_numbers_are_refused_and_what_was_typed_stays(drawer: Drawer, engine: Engine, lang: str, sentence: str) -> None:
    at = drawer(panel="report", lang=lang)
    at.number_input(f"{FORM}_participants").set_value(50)
    at.number_input(f"{FORM}_eligible").set_value(48)
    at.text_area(f"{FORM}_result").set_value("圆满")

    at.button(SAVE).click().run()

    assert [error.value for error in at.error] == [sentence]
    assert (at.number_input(f"{FORM}_participants").value, at.text_area(f"{FORM}_result").value) == (50, "圆满")
    assert find(engine).records == ()


def test_negative_number_is_refused_in_the_users_language(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="report")
    at.number_input(f"{FORM}_person_times").set_value(-5)

    at.button(SAVE).click().run()

    assert [error.value for error in at.error] == ["人数要填整数，不能小于零。请核对。"]
    assert find(engine).records == ()


def test_day_outside_the_plan_is_refused_with_the_plans_days(drawer: Drawer) -> None:
    at = drawer(panel="report")
    at.date_input(f"{FORM}_done_on").set_value(date(2025, 12, 31))

    at.button(SAVE).click().run()

    assert [error.value for error in at.error] == ["2025年12月31日 不在计划期内（2026年1月1日 至 2026年12月31日），请检查日期。"]


def test_what_is_left_of_a_part_is_asked_and_finished_later(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="report")
    at.date_input(f"{FORM}_done_on").set_value(date(2026, 5, 8))
    at.checkbox(f"{FORM}_is_partial").check().run()
    at.text_input(f"{FORM}_remaining").set_value("提案答复")
    at.button(SAVE).click().run()
    assert "提案答复" in facts(at)

    at.button(f"finish_activity_{ONE_OFF}").click().run()

    view = find(engine)
    assert view.record is not None
    assert (view.status, view.record.done_on, view.record.done_to, view.record.remaining) == (Status.DONE, date(2026, 5, 8), TODAY, "")
    assert view.days_after == 174


def test_saved_record_can_be_completed_later(drawer: Drawer, engine: Engine) -> None:
    record_id = report(engine, result="圆满")
    at = drawer(panel="report")

    at.number_input(f"form_{ONE_OFF}_{record_id}_person_times").set_value(90)
    at.button(SAVE).click().run()

    assert [(one.id, one.person_times, one.result) for one in find(engine).records] == [(record_id, 90, "圆满")]


def test_take_back_reopens_the_activity_and_keeps_the_drawer(drawer: Drawer, engine: Engine) -> None:
    record_id = report(engine)
    at = drawer()

    at.button(f"take_back_{record_id}").click().run()

    assert find(engine).status is Status.LATE
    assert is_open(at)
    assert f"go_report_{ONE_OFF}" in buttons(at)


def test_missed_turn_is_told_afterwards_with_its_own_day(drawer: Drawer, engine: Engine) -> None:
    at = drawer(RECURRING)
    missed = find(engine, RECURRING).missed[0]

    at.button(f"turn_{missed.id}").click().run()
    assert at.date_input(f"form_{RECURRING}_0_done_on_{missed.id}").value == date(2026, 8, 28)
    at.button(f"report_activity_{RECURRING}").click().run()

    turns = find(engine, RECURRING).occurrences
    assert [(turn.status, turn.done_on) for turn in turns] == [
        (OccurrenceStatus.DONE, date(2026, 8, 28)),
        (OccurrenceStatus.DUE, None),
        (OccurrenceStatus.COMING, None),
    ]
    assert [box.label for box in at.expander if box.label.startswith("已办")] == ["已办 1/3 次"]


def test_turn_of_a_duty_can_be_chosen(drawer: Drawer, engine: Engine) -> None:
    at = drawer(RECURRING, panel="report")

    turn = at.selectbox(f"form_{RECURRING}_0_turn")
    assert turn.options == ["第1次 · 8月1日–28日", "第2次 · 11月1日–28日", "第3次 · 12月1日–28日"]
    assert turn.value == find(engine, RECURRING).occurrences[1].id


def test_what_happens_as_it_comes_is_logged_again_and_again(drawer: Drawer, engine: Engine) -> None:
    at = drawer(STANDING)
    for _ in range(2):
        at.button(f"go_report_{STANDING}").click().run()
        at.button(f"report_activity_{STANDING}").click().run()
    assert find(engine, STANDING).done_count == 2

    at.button("take_back_1").click().run()

    assert [record.id for record in find(engine, STANDING).records] == [2]


def test_entry_of_a_duty_can_be_completed_with_a_paper(drawer: Drawer, engine: Engine) -> None:
    record_id = report(engine, STANDING)
    at = drawer(STANDING)
    at.button(f"complete_{record_id}").click().run()

    at.text_input(f"form_{STANDING}_{record_id}_paper").set_value("签领表")
    at.button(f"report_activity_{STANDING}").click().run()

    assert [(record.id, record.evidence_count) for record in find(engine, STANDING).records] == [(record_id, 1)]


def test_beginning_is_noted_and_taken_back(drawer: Drawer, engine: Engine) -> None:
    with db.writing(engine) as session:
        december: dict[str, Any] = {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 31)}
        amendments.save_activity(session, ONE_OFF, version=1, **december, **THEIRS)
    at = drawer()

    at.button(f"under_way_activity_{ONE_OFF}").click().run()
    assert find(engine).status is Status.UNDER_WAY
    at.button(f"under_way_activity_{ONE_OFF}").click().run()

    assert find(engine).status is Status.COMING


def test_postpone_needs_a_reason(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="postpone")

    at.button(f"postpone_activity_{ONE_OFF}").click().run()

    assert [error.value for error in at.error] == ["请简单写明原因，会随记录留存。"]
    assert find(engine).state is ActivityState.PLANNED


def test_postpone_moves_the_months_and_keeps_the_first_ones(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="postpone")
    for end in ("first", "last"):
        at.selectbox(f"postpone_{ONE_OFF}_{end}_month").select(date(2026, 12, 1))
    at.text_input(f"postpone_{ONE_OFF}_reason").set_value("场地装修")

    at.button(f"postpone_activity_{ONE_OFF}").click().run()

    view = find(engine)
    assert (view.status, view.starts_on, view.original_starts_on) == (Status.POSTPONED, date(2026, 12, 1), date(2026, 5, 1))
    assert "原因：场地装修" in texts(at)
    assert "12月（原计划5月）" in facts(at)


def test_cancelled_activity_offers_only_the_way_back(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="cancel")
    at.text_input(f"cancel_{ONE_OFF}_reason").set_value("上级取消")
    at.button(f"cancel_activity_{ONE_OFF}").click().run()
    assert find(engine).status is Status.CANCELLED
    assert f"go_report_{ONE_OFF}" not in buttons(at)

    at.button(f"restore_activity_{ONE_OFF}").click().run()

    assert find(engine).status is Status.LATE


def test_every_field_of_the_plan_can_be_changed(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="edit")
    key = f"edit_{ONE_OFF}"
    at.text_input(f"{key}_title").set_value("八届五次教代会")
    at.text_input(f"{key}_owner").set_value("吴佳")
    at.text_input(f"{key}_audience").set_value("教职工代表")
    at.text_input(f"{key}_budget").set_value("1200.50")
    at.number_input(f"{key}_planned_people").set_value(48)
    at.selectbox(f"{key}_relation").select(Relation.JOIN.value)
    at.selectbox(f"{key}_section_id").select(0)
    at.selectbox(f"{key}_area").select("ORG")
    at.selectbox(f"{key}_area_2").select("DEMO")
    at.text_area(f"{key}_targets").set_value("到会率90%以上\n提案不少于10件")
    at.text_area(f"{key}_note").set_value("借用礼堂")

    at.button(f"save_activity_{ONE_OFF}").click().run()

    view = find(engine)
    assert (view.title, view.owner, view.audience, view.note) == ("八届五次教代会", "吴佳", "教职工代表", "借用礼堂")
    assert (view.planned_budget_fen, view.planned_people, view.relation) == (120_050, 48, Relation.JOIN)
    assert (view.section_id, view.area, view.area_2) == (None, "ORG", "DEMO")
    assert [(target["op"], target["low"], target["unit"]) for target in view.targets] == [("at_least", 90, "%"), ("at_least", 10, "件")]
    assert is_open(at)


def test_line_without_a_figure_is_no_target(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="edit")
    at.text_area(f"edit_{ONE_OFF}_targets").set_value("办得更好")

    at.button(f"save_activity_{ONE_OFF}").click().run()

    assert [error.value for error in at.error] == ["“办得更好”里没有要达到的数。请每行写一条，如：参加率95%以上、不少于2次。"]
    assert find(engine).targets == ()


def test_activity_becomes_a_duty_with_its_turns(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="edit")
    at.selectbox(f"edit_{ONE_OFF}_duty").select(DutyKind.RECURRING.value).run()
    at.text_input(f"edit_{ONE_OFF}_frequency").set_value("每季度一次")

    at.button(f"save_activity_{ONE_OFF}").click().run()

    view = find(engine)
    assert (view.duty, view.frequency, len(view.occurrences)) == (DutyKind.RECURRING, "每季度一次", 4)


def test_plan_can_be_changed_to_a_day(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="edit")
    at.segmented_control(f"edit_{ONE_OFF}_precision").set_value(DatePrecision.DAY).run()
    for end in ("first", "last"):
        at.date_input(f"edit_{ONE_OFF}_{end}_day").set_value(date(2026, 12, 5))
    at.run()

    at.button(f"save_activity_{ONE_OFF}").click().run()

    view = find(engine)
    assert (view.precision, view.starts_on, view.ends_on) == (DatePrecision.DAY, date(2026, 12, 5), date(2026, 12, 5))


def test_plan_can_be_narrowed_to_ten_days_of_a_month(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="edit")
    at.segmented_control(f"edit_{ONE_OFF}_precision").set_value(DatePrecision.THIRD).run()
    at.selectbox(f"edit_{ONE_OFF}_third").set_value(date(2026, 6, 21)).run()

    at.button(f"save_activity_{ONE_OFF}").click().run()

    view = find(engine)
    assert (view.precision, view.starts_on, view.ends_on) == (DatePrecision.THIRD, date(2026, 6, 21), date(2026, 6, 30))
    assert "<dd>6月下旬</dd>" in facts(at)


def test_stale_save_shows_both_versions_and_mine_goes_over_theirs(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="edit")
    at.text_input(f"edit_{ONE_OFF}_title").set_value("八届五次教代会")
    with db.writing(engine) as session:
        amendments.save_activity(session, ONE_OFF, version=1, title="教职工代表大会", owner="吴佳", **THEIRS)
    at.button(f"save_activity_{ONE_OFF}").click().run()

    assert find(engine).title == "教职工代表大会"
    assert ":orange[:material/group: **吴佳刚改过这项（11月21日 10:00），您填的还没有保存。**]" in texts(at)
    assert ":small[:orange[对方还改了（会保留）：负责人 吴佳]]" in texts(at)
    assert at.text_input(f"edit_{ONE_OFF}_title").value == "八届五次教代会"

    at.button("conflict_mine").click().run()

    view = find(engine)
    assert (view.title, view.owner) == ("八届五次教代会", "吴佳")


def test_redrawing_does_not_pass_for_having_seen_theirs(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="edit")
    with db.writing(engine) as session:
        amendments.save_activity(session, ONE_OFF, version=1, title="教职工代表大会", **THEIRS)
    at.text_input(f"edit_{ONE_OFF}_title").set_value("八届五次教代会").run()

    at.button(f"save_activity_{ONE_OFF}").click().run()

    assert find(engine).title == "教职工代表大会"


def test_keeping_theirs_drops_mine(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="edit")
    at.text_input(f"edit_{ONE_OFF}_title").set_value("八届五次教代会")
    with db.writing(engine) as session:
        amendments.save_activity(session, ONE_OFF, version=1, title="教职工代表大会", **THEIRS)
    at.button(f"save_activity_{ONE_OFF}").click().run()

    at.button("conflict_theirs").click().run()

    assert find(engine).title == "教职工代表大会"
    assert "conflict_mine" not in buttons(at)
    assert f"go_edit_{ONE_OFF}" in buttons(at)


def test_details_meet_a_tick_made_meanwhile_and_are_added_to_it(drawer: Drawer, engine: Engine) -> None:
    at = drawer(panel="report")
    at.text_area(f"{FORM}_result").set_value("审议通过三项报告。")
    at.number_input(f"{FORM}_figure_proposals_received").set_value(12)
    record_id = report(engine, result="开了", person_times=90)

    at.button(SAVE).click().run()
    assert ":orange[:material/group: **吴佳刚办结了这项（11月21日 10:00），您填的还没有保存。**]" in texts(at)
    at.button("conflict_mine").click().run()

    (record,) = find(engine).records
    assert (record.id, record.result, record.person_times) == (record_id, "审议通过三项报告。", 90)
    assert record.figures == {"proposals_received": 12}


def test_spending_booked_for_the_activity_is_listed(drawer: Drawer, engine: Engine) -> None:
    with db.writing(engine) as session:
        fund.book_entry(
            session,
            booked_on=date(2026, 5, 9),
            direction=Direction.OUT,
            item="education",
            amount_fen=125_050,
            purpose="会议资料印刷",
            activity_id=ONE_OFF,
            today=TODAY,
            who="chair",
            now_utc=NOW,
        )

    at = drawer()

    assert [box.label for box in at.expander if box.label.startswith("支出")] == ["支出 ¥1,250\\.50"]
    assert ":small[会议资料印刷]" in texts(at)


def test_link_to_the_fund_opens_an_entry_for_the_activity(open_page: OpenPage) -> None:
    at = open_page("fund", book_for=str(ONE_OFF))

    assert (at.selectbox("drawer_activity_id").value, at.text_input("drawer_purpose").value) == (ONE_OFF, "教代会")


def test_history_is_told_in_plain_words(drawer: Drawer, engine: Engine) -> None:
    report(engine)

    assert "吴佳　办结（5月8日）" in texts(drawer())


@pytest.mark.parametrize("wish", ["99", "abc", ""])
def test_drawer_of_no_activity_stays_closed(open_page: OpenPage, wish: str) -> None:
    at = open_page("checkoffs", activity=wish)

    assert "go_report" not in " ".join(buttons(at))


@pytest.mark.parametrize("panel", ["", "report", "edit", "postpone", "cancel"])
def test_drawer_leaves_no_chinese_of_ours_in_english(drawer: Drawer, panel: str) -> None:
    at = drawer(panel=panel, lang="en")

    fields = (at.text_input, at.number_input, at.selectbox, at.date_input, at.text_area, at.segmented_control, at.expander, at.button)
    labels = [element.label for elements in fields for element in elements if not str(element.key).startswith(("title_", "tick_"))]
    assert [label for label in labels if any("\u4e00" <= letter <= "\u9fff" for letter in label)] == []


def test_details_typed_while_somebody_took_the_check_off_back_are_told_and_saved_anew(drawer: Drawer, engine: Engine) -> None:
    first = report(engine)
    at = drawer(panel="report")
    at.text_area(f"form_{ONE_OFF}_{first}_result").set_value("收到 12 条")
    with db.writing(engine) as session:
        checkoffs.undo_check_off(session, ONE_OFF, **THEIRS)

    at.button(SAVE).click().run()
    assert [error.value for error in at.error] == ["“教代会”的办结已被撤销，请重新办结。"]
    assert at.text_area(f"form_{ONE_OFF}_{first}_result").value == "收到 12 条"
    at.button(SAVE).click().run()

    (record,) = find(engine).records
    assert (record.id, record.result, record.done_on) == (first + 1, "收到 12 条", date(2026, 5, 8))


@pytest.mark.parametrize("wish", ["0", "999", "99999999999999999999999", "-1", "abc", "１"])
def test_address_of_no_activity_opens_no_drawer(open_page: OpenPage, wish: str) -> None:
    at = open_page("board", activity=wish)

    assert [button.key for button in at.button if str(button.key).startswith("go_report_")] == []


def test_address_with_a_number_no_database_holds_opens_nothing(open_page: OpenPage) -> None:
    at = open_page("checkoffs", activity="9" * 23)

    assert [key for key in buttons(at) if key.startswith("go_")] == []
