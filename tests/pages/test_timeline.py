"""The timeline page: what it says when empty, what its choices leave, and what a click opens."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard import db
from unionboard.models import CheckOff, DatePrecision, DutyKind
from unionboard.services.activities import Status
from unionboard.services.timeline import Grouping, Zoom

OpenPage = Callable[..., AppTest]


@pytest.fixture
def year(engine: Engine) -> dict[str, int]:
    """A plan with two sections: a race done in May, a visit late since October, a notice board, a ball in December. Their ids."""
    with db.writing(engine) as session:
        plan = make_plan(session)
        sport = make_section(session, plan, position=1, printed_number="一、", heading="丰富文体生活")
        care = make_section(session, plan, position=2, printed_number="二、", heading="常走访、真帮扶")
        october = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)}
        december = {"starts_on": date(2026, 12, 4), "ends_on": date(2026, 12, 4), "precision": DatePrecision.DAY}
        whole = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "duty": DutyKind.STANDING}
        rows = {
            "race": make_activity(session, plan, title="趣味运动会", owner="沈一鸣", section_id=sport.id),
            "ball": make_activity(session, plan, title="迎新联欢", owner="沈一鸣", section_id=sport.id, **december),
            "visit": make_activity(session, plan, title="走访慰问*", owner="吴佳", area="CARE", section_id=care.id, **october),
            "board": make_activity(session, plan, title="更新公开栏", area="DEMO", section_id=care.id, **whole),
        }
        session.add(CheckOff(activity_id=rows["race"].id or 0, done_on=date(2026, 5, 20), who="chair", created_at_utc=NOW))
        return {name: row.id or 0 for name, row in rows.items()}


def body(at: AppTest) -> list[dict[str, Any]]:
    """The traces of the chart's body."""
    return list(json.loads(at.get("plotly_chart")[1].proto.spec)["data"])


def shown(at: AppTest) -> list[int | str]:
    """Ids of the rows on the screen, with the keys of their groups."""
    targets: list[int | str] = next(trace["customdata"] for trace in body(at) if trace.get("name") == "title")
    return [target for target in targets if isinstance(target, int)]


def words(at: AppTest) -> str:
    return "\n".join(text.value for text in at.markdown)


def test_without_a_plan_the_page_says_what_it_will_show_and_leads_to_the_plan(open_page: OpenPage) -> None:
    at = open_page("timeline")

    assert "全年计划会按月份铺在这里" in words(at)
    assert [link.proto.page for link in at.get("page_link")] == ["plan"]


def test_a_plan_without_activities_leads_to_adding_them(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_plan(session)

    at = open_page("timeline", lang="en")

    assert "The plan holds no activities yet." in words(at)


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

    assert pills.options == [
        "已办 1",
        "未到 1",
        "逾期 1",
        "常年 1",
    ]
    pills.set_value([Status.LATE]).run()
    assert shown(at) == [year["visit"]]


def test_the_quarter_leaves_out_what_lies_before_it(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    at.segmented_control(key="timeline_zoom").set_value(Zoom.QUARTER).run()

    assert shown(at) == [year["ball"], year["visit"], year["board"]]


def test_the_address_keeps_the_choices_in_words_of_no_language(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    at.selectbox(key="timeline_owner").set_value("沈一鸣").run()
    at.segmented_control(key="timeline_zoom").set_value(Zoom.SECOND_HALF).run()

    assert (at.query_params["owner"], at.query_params["zoom"]) == ("沈一鸣", "second_half")
    assert shown(at) == [year["ball"]]


def test_a_search_that_finds_nothing_offers_the_way_back(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    at.text_input(key="timeline_find").set_value("羽毛球").run()
    assert "没有符合条件的活动。" in words(at)
    at.button(key="timeline_clear").click().run()

    assert len(shown(at)) == len(year)


def test_a_folded_group_hides_its_rows(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline", by="area")

    at.session_state["timeline_flipped"] = frozenset({"CULT"})
    at.run()

    assert year["race"] not in shown(at)
    assert year["visit"] in shown(at)


def test_a_click_opens_the_activitys_drawer(open_page: OpenPage, year: dict[str, int]) -> None:
    at = open_page("timeline")

    at.query_params["activity"] = str(year["visit"])
    at.run()

    assert not at.exception
    assert "逾期 21 天" in words(at)


@pytest.mark.parametrize(("lang", "months"), [("zh_CN", ["1月", "2月"]), ("en", ["Jan", "Feb"])])
def test_the_header_speaks_the_users_language(open_page: OpenPage, year: dict[str, int], lang: str, months: list[str]) -> None:
    at = open_page("timeline", lang=lang)

    header = json.loads(at.get("plotly_chart")[0].proto.spec)

    assert [note["text"] for note in header["layout"]["annotations"]][:2] == months
