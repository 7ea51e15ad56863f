"""The timeline page: what it says when empty, what its choices leave in each view, and what the address keeps of them."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard import db
from unionboard.models import CheckOff, DatePrecision, DutyKind, UnionKind
from unionboard.services import amendments
from unionboard.services.activities import Status, load_row
from unionboard.services.timeline import Grouping, Zoom
from unionboard.services.unions import find_union
from unionboard.ui.board_links import link
from unionboard.ui.timeline_baseline import Since
from unionboard.ui.timeline_year import View

OpenPage = Callable[..., AppTest]
STAMP: dict[str, Any] = {"who": "chair", "now_utc": datetime(2026, 11, 20, 2, 0, tzinfo=UTC)}


@pytest.fixture
def year(engine: Engine) -> dict[str, int]:
    """A plan with two sections: a race done in May, a visit late since October, a notice board, a ball in December. Their ids."""
    with db.writing(engine) as session:
        plan = make_plan(session, adopted_at_utc=datetime(2026, 1, 4, tzinfo=UTC))
        sport = make_section(session, plan, position=1, printed_number="一、", heading="丰富文体生活")
        care = make_section(session, plan, position=2, printed_number="二、", heading="常走访、真帮扶")
        october: dict[str, Any] = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}
        december: dict[str, Any] = {"starts_on": date(2026, 12, 4), "ends_on": date(2026, 12, 4), "precision": DatePrecision.DAY}
        whole: dict[str, Any] = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "duty": DutyKind.STANDING}
        rows = {
            "race": make_activity(session, plan, title="趣味运动会", owner="沈一鸣", section_id=sport.id, planned_budget_fen=50_000),
            "ball": make_activity(session, plan, title="迎新联欢", owner="沈一鸣", section_id=sport.id, **december),
            "visit": make_activity(session, plan, title="走访慰问*", owner="吴佳", area="CARE", section_id=care.id, **october),
            "board": make_activity(session, plan, title="更新公开栏", area="DEMO", section_id=care.id, **whole),
        }
        session.add(CheckOff(activity_id=rows["race"].id or 0, done_on=date(2026, 5, 20), participants=42, who="chair", created_at_utc=NOW))
        return {name: row.id or 0 for name, row in rows.items()}


def drawn(at: AppTest, name: str) -> dict[str, Any]:
    """What a component of ours was given to draw."""
    found = next(one for one in at.get("bidi_component") if one.proto.component_name == f"unionboard_{name}")
    return dict(json.loads(found.proto.bytes))


def shown(at: AppTest) -> list[int]:
    """Ids of the Gantt's rows, top to bottom; 0 for what is no longer in the plan."""
    return [row["i"] for group in drawn(at, "year_timeline")["groups"] for row in group["r"]]


def words(at: AppTest) -> str:
    return "\n".join(text.value for text in at.markdown)


def periods(at: AppTest) -> list[str]:
    """What the stepper offers."""
    return list(at.selectbox(key="timeline_at").options)


# --- nothing to show ----------------------------------------------------------------------------------------------------------


def test_without_a_plan_the_page_says_what_it_will_show_and_leads_to_the_plan(open_page: OpenPage) -> None:
    at = open_page("timeline")

    assert "全年计划会按月份铺在这里" in words(at)
    assert [link.proto.page for link in at.get("page_link")] == ["plan", ""]


def test_a_plan_without_activities_leads_to_adding_them(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_plan(session)

    at = open_page("timeline", lang="en")

    assert "The plan holds no activities yet." in words(at)


def test_a_search_that_finds_nothing_offers_the_way_back(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    at.text_input(key="timeline_find").set_value("羽毛球").run()
    assert "没有符合条件的活动。" in words(at)
    at.button(key="timeline_clear").click().run()

    assert len(shown(at)) == len(year)


def test_a_period_without_activities_offers_the_whole_plan(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_activity(session, make_plan(session))

    at = open_page("timeline", zoom="month", at="2026-03")
    assert "3月没有安排活动。" in words(at)
    at.button(key="timeline_whole").click().run()

    assert len(shown(at)) == 1


# --- choosing -----------------------------------------------------------------------------------------------------------------


def test_rows_stand_under_their_sections_in_the_plans_order(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    assert shown(at) == [year["race"], year["ball"], year["visit"], year["board"]]


def test_grouped_by_area_the_official_order_holds(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    at.segmented_control(key="timeline_by").set_value(Grouping.AREA).run()

    assert shown(at) == [year["board"], year["visit"], year["race"], year["ball"]]


def test_status_pills_are_legend_count_and_filter(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")
    pills = at.pills(key="timeline_status")

    assert pills.options == ["已办 1", "未到 1", "逾期 1", "常年 1"]
    pills.set_value([Status.LATE]).run()
    assert shown(at) == [year["visit"]]


def test_a_quarter_is_todays_until_another_is_chosen(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    at.segmented_control(key="timeline_zoom").set_value(Zoom.QUARTER).run()
    assert (at.selectbox(key="timeline_at").value, periods(at)) == ("2026-10", ["第一季度", "第二季度", "第三季度", "第四季度"])
    assert shown(at) == [year["ball"], year["visit"], year["board"]]
    at.selectbox(key="timeline_at").set_value("2026-04").run()

    assert shown(at) == [year["race"], year["board"]]


def test_steps_lead_to_the_period_before_and_end_with_the_plan(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline", zoom="quarter")

    assert at.button(key="timeline_later").disabled
    at.button(key="timeline_earlier").click().run()

    assert (at.query_params["at"], at.button(key="timeline_later").disabled) == ("2026-07", False)


def test_a_shorter_period_is_looked_for_where_the_longer_one_was(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline", zoom="half", at="2026-01")

    at.segmented_control(key="timeline_zoom").set_value(Zoom.QUARTER).run()
    assert at.selectbox(key="timeline_at").value == "2026-01"
    at.segmented_control(key="timeline_zoom").set_value(Zoom.HALF).run()
    at.button(key="timeline_later").click().run()
    at.segmented_control(key="timeline_zoom").set_value(Zoom.MONTH).run()

    assert at.selectbox(key="timeline_at").value == "2026-11"  # today's, where the half holds today


def test_a_schools_calendar_year_has_terms(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline", zoom="term", at="2026-02")

    assert periods(at) == ["春季学期", "秋季学期"]
    assert shown(at) == [year["race"], year["board"]]


def test_other_unions_have_no_terms(open_page: OpenPage, engine: Engine, year: dict[str, int]) -> None:
    with db.writing(engine) as session:
        union = find_union(session)
        assert union is not None
        union.kind = UnionKind.HOSPITAL
        session.add(union)

    at = open_page("timeline", zoom="term")

    assert at.segmented_control(key="timeline_zoom").value is Zoom.ALL
    assert drawn(at, "year_timeline")["terms"] == []


# --- the address --------------------------------------------------------------------------------------------------------------


def test_the_address_keeps_the_choices_in_words_of_no_language(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    at.selectbox(key="timeline_owner").set_value("沈一鸣").run()
    at.segmented_control(key="timeline_zoom").set_value(Zoom.HALF).run()
    at.segmented_control(key="timeline_view").set_value(View.LIST).run()

    kept = {name: at.query_params[name] for name in ("owner", "zoom", "at", "view")}
    assert kept == {"owner": "沈一鸣", "zoom": "half", "at": "2026-07", "view": "list"}


def test_a_link_shows_what_its_sender_saw(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline", zoom="quarter", at="2026-10", by="area", owner="沈一鸣", status="coming", find="联欢", view="gantt")

    assert shown(at) == [year["ball"]]


@pytest.mark.parametrize(("former", "expected"), [("first_half", "2026-01"), ("second_half", "2026-07")])
def test_links_from_before_any_half_could_be_chosen_still_hold(
    open_page: OpenPage, year: dict[str, int], former: str, expected: str
) -> None:
    at = open_page("timeline", zoom=former)

    assert (at.query_params["zoom"], at.query_params["at"]) == ("half", expected)


@pytest.mark.parametrize(
    "address", [{"zoom": "decade"}, {"zoom": "month", "at": "soon"}, {"base": "ever"}, {"sort": "colour", "view": "list"}]
)
def test_an_address_written_by_hand_does_no_harm(open_page: OpenPage, year: dict[str, int], address: dict[str, str]) -> None:
    at = open_page("timeline", **address)

    assert not at.exception


def test_back_shows_what_was_seen_before(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")
    at.selectbox(key="timeline_owner").set_value("沈一鸣").run()
    at.segmented_control(key="timeline_zoom").set_value(Zoom.QUARTER).run()

    at.query_params.clear()
    at.query_params["owner"] = "沈一鸣"
    at.run()
    one_step = (shown(at), at.segmented_control(key="timeline_zoom").value)
    at.query_params.clear()
    at.run()

    assert one_step == ([year["race"], year["ball"]], Zoom.ALL)
    assert shown(at) == [year["race"], year["ball"], year["visit"], year["board"]]


def test_back_to_a_shortened_link_leaves_it_as_it_came(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline", zoom="quarter")  # the page adds which quarter
    at.query_params.clear()
    at.query_params["zoom"] = "quarter"

    at.run()

    assert {name: at.query_params[name] for name in at.query_params} == {"zoom": "quarter"}


def test_choices_hold_on_the_way_over_another_page(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")
    at.selectbox(key="timeline_owner").set_value("吴佳").run()

    at.query_params.clear()  # as the menu does
    at.switch_page("pages/fund.py").run()
    at.switch_page("pages/timeline.py").run()

    assert (shown(at), at.query_params["owner"]) == ([year["visit"]], "吴佳")


def test_a_link_on_the_way_goes_before_what_was_chosen(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")
    at.selectbox(key="timeline_owner").set_value("沈一鸣").run()

    at.switch_page("pages/board.py").run()
    at.query_params.clear()
    at.query_params["in"] = parse_qs(urlparse(link("area_CARE")["href"]).query)["in"][0]
    at.switch_page("pages/timeline.py").run()

    assert shown(at) == [year["visit"]]


def test_the_address_opens_an_activitys_drawer(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline", view="list")

    at.query_params["activity"] = str(year["visit"])
    at.run()

    assert "逾期 21 天" in words(at)


# --- calendar and list --------------------------------------------------------------------------------------------------------


def test_the_calendar_shows_the_month_that_was_looked_at(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline", view="calendar", at="2026-12")

    drawing = drawn(at, "month_calendar")

    assert (drawing["name"], len(drawing["weeks"]), drawing["weekdays"][0]) == ("12月", 5, "周一")
    assert [(bar["title"], bar["first"], bar["word"]) for bar in drawing["weeks"][0]["bars"]] == [("迎新联欢", 4, "未到")]
    assert [day["name"] for day in drawing["agenda"] if day["items"]] == ["12月4日 星期五"]


def test_the_calendar_has_what_is_late_above_its_weeks_and_duties_below(open_page: OpenPage, year: dict[str, int]) -> None:
    drawing = drawn(open_page("timeline", view="calendar"), "month_calendar")

    assert [(item["title"], item["word"]) for item in drawing["monthLong"]] == [("走访慰问*", "逾期 21 天")]
    assert [item["title"] for item in drawing["allYear"]] == ["更新公开栏"]


def test_the_calendar_marks_festivals_terms_and_today(open_page: OpenPage, year: dict[str, int]) -> None:
    september = drawn(open_page("timeline", view="calendar", at="2026-09"), "month_calendar")
    november = drawn(open_page("timeline", view="calendar"), "month_calendar")

    marks = {day["name"]: day["marks"] for day in september["agenda"] if day["marks"]}
    assert marks["9月1日 星期二"] == [["秋季学期开始", "term"]]
    assert marks["9月10日 星期四"] == [["教师节", "festival"]]
    assert [day["number"] for week in november["weeks"] for day in week["days"] if day["today"]] == [21]


def test_leaving_the_calendar_the_period_is_what_it_was(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    at.segmented_control(key="timeline_view").set_value(View.CALENDAR).run()
    at.segmented_control(key="timeline_view").set_value(View.GANTT).run()

    assert at.segmented_control(key="timeline_zoom").value is Zoom.ALL


def test_the_list_tells_people_money_and_papers(open_page: OpenPage, year: dict[str, int]) -> None:
    drawing = drawn(open_page("timeline", view="list"), "activity_table")

    race = {key: cell[0] for key, cell in drawing["rows"][0]["cells"].items()}
    assert race == {
        "time": "5月20日",
        "title": "趣味运动会",
        "area": "文体活动",
        "section": "一、丰富文体生活",
        "owner": "沈一鸣",
        "people": "42 / –",
        "money": "¥0 / ¥500",
        "status": "已办",
        "evidence": "无",
    }
    assert (drawing["total"], drawing["sums"]) == ("4 项活动", {"money": "¥0 / ¥500"})


def test_the_lists_order_comes_from_the_address(open_page: OpenPage, year: dict[str, int]) -> None:
    assert drawn(open_page("timeline", view="list", sort="-money"), "activity_table")["sort"] == "-money"


# --- against a former plan ----------------------------------------------------------------------------------------------------


@pytest.fixture
def changed(engine: Engine, year: dict[str, int]) -> dict[str, int]:
    """The year with a reading club added, the visit taken out and the ball moved on 20 November."""
    with db.writing(engine) as session:
        plan_id = load_row(session, year["ball"]).plan_id
        days: dict[str, Any] = {"starts_on": date(2026, 12, 11), "ends_on": date(2026, 12, 11), "precision": DatePrecision.DAY}
        club = amendments.add_activity(session, plan_id, title="读书会", **days, **STAMP)
        amendments.remove_activity(session, year["visit"], **STAMP)
        amendments.save_activity(session, year["ball"], version=1, **days, **STAMP)
        return {**year, "club": club.id or 0}


def test_the_plan_as_adopted_is_told_in_a_line_and_laid_behind(open_page: OpenPage, changed: dict[str, int]) -> None:
    at = open_page("timeline")

    at.radio(key="timeline_base").set_value(Since.ADOPTION).run()

    assert "与2026年1月4日定下的计划对照：后增 **1** · 移出 **1** · 改期 **1**" in words(at)
    assert shown(at) == [changed["race"], changed["ball"], changed["board"], 0, changed["club"]]
    assert at.query_params["base"] == "adopted"


def test_a_day_before_any_change_has_nothing_to_tell(open_page: OpenPage, changed: dict[str, int]) -> None:
    at = open_page("timeline", base="2026-11-20")

    assert "与2026年11月20日的计划对照：没有增加、移出或改期。" in words(at)
    assert at.query_params["base"] == "2026-11-20"


def test_what_the_log_never_saw_begin_is_owned_up_to(open_page: OpenPage, changed: dict[str, int]) -> None:
    assert "有 4 项活动没有加入时间的记录，按原计划算。" in words(open_page("timeline", base="adopted"))


def test_the_list_says_what_was_added_and_moved(open_page: OpenPage, changed: dict[str, int]) -> None:
    drawing = drawn(open_page("timeline", view="list", base="adopted"), "activity_table")

    assert {row["id"]: row["note"] for row in drawing["rows"] if row["note"]} == {changed["ball"]: "原定 12月4日", changed["club"]: "后增"}


def test_the_list_ends_with_what_was_taken_out(open_page: OpenPage, changed: dict[str, int]) -> None:
    drawing = drawn(open_page("timeline", view="list", base="adopted"), "activity_table")

    last = drawing["rows"][-1]
    told = [last["cells"][column][0] for column in ("title", "time", "status")]
    assert (last["id"], told) == (0, ["走访慰问*", "10月", "已移出"])
    assert drawing["total"] == "4 项活动"


def test_the_calendar_says_what_was_added_and_moved(open_page: OpenPage, changed: dict[str, int]) -> None:
    drawing = drawn(open_page("timeline", view="calendar", at="2026-12", base="adopted"), "month_calendar")

    details = {item["title"]: item["detail"] for day in drawing["agenda"] for item in day["items"]}
    assert details == {"迎新联欢": "12月11日 · 沈一鸣 · 原定 12月4日", "读书会": "12月11日 · 后增"}


def test_the_paper_menu_says_that_the_former_plan_stays_on_the_screen(open_page: OpenPage, changed: dict[str, int]) -> None:
    told = "不带对照的原计划"

    assert (told in words(open_page("timeline")), told in words(open_page("timeline", base="adopted"))) == (False, True)


def test_what_is_gone_passes_the_filters_too(open_page: OpenPage, changed: dict[str, int]) -> None:
    assert shown(open_page("timeline", base="adopted", find="走访")) == [0]
