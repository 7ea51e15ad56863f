"""The reading page: what was read is corrected beside its source, and adopted as it is shown."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.makers import make_plan
from unionboard import db
from unionboard.models import Activity, DatePrecision, Measure
from unionboard.services import plans
from unionboard.ui.plan_drafts import list_desks
from unionboard.ui.plan_steps import take_steps
from unionboard.ui.text import when

OpenPage = Callable[..., AppTest]
TEXT = """第 1 页 共 5 页
青松小学工会2026年工作计划
一、推进民主管理
1、坚持每月一次校务公开。
2、做好提案征集工作。
活动安排
三月：
1、庆祝三八节
五月：
1、教职工趣味运动会
"""


@pytest.fixture
def reading(open_page: OpenPage) -> AppTest:
    """``TEXT`` on the desk."""
    return read_pasted(open_page)


def read_pasted(open_page: OpenPage, text: str = TEXT, **query: str) -> AppTest:
    at = open_page("plan", **query)
    at.text_area("plan_text").input(text)
    return at.button("go_read_text").click().run()


def take(at: AppTest, do: str, **what: Any) -> AppTest:
    """What the component sends when people press and type in it."""
    desk = at.session_state["plan_desk"]
    take_steps(desk, [{"n": desk.step + 1, "do": do, **what}])
    return at.run()


def shown(at: AppTest) -> dict[str, Any]:
    """What the component was given to draw."""
    data: dict[str, Any] = json.loads(json.loads(at.get("bidi_component")[0].proto.json)["json"])
    return data


def titles(at: AppTest) -> list[str]:
    return [row["title"] for row in shown(at)["rows"] if row["kept"]]


def stored(engine: Engine) -> list[Activity]:
    with db.reading(engine) as session:
        return list(session.exec(select(Activity).order_by(Activity.position)))  # type: ignore[arg-type]


def test_read_text_shows_its_rows_and_waits_for_the_adoption(reading: AppTest, engine: Engine) -> None:
    assert reading.button("go_adopt").label == "采纳 3 项，建立2026年度计划"
    assert titles(reading) == ["坚持每月一次校务公开", "庆祝三八节", "教职工趣味运动会"]
    assert stored(engine) == []


def test_what_the_page_lists_is_what_is_stored(reading: AppTest, engine: Engine) -> None:
    take(reading, "split", id="r1", titles=["庆祝三八节", "植树节"])
    take(reading, "edit", ids=["r2"], values={"when": "中秋节", "owner": "刘老师", "people": "60", "budget": "1286.5", "area": "CULT"})
    take(reading, "keep", ids=["r0"], kept=False)
    take(reading, "take", line=5, what="activity")
    take(reading, "take", line=1, what="measure")
    take(reading, "edit", ids=["r1"], values={"when": "3月上旬"})
    listed = [row for row in shown(reading)["rows"] if row["kept"]]

    reading.button("go_adopt").click().run()

    with db.reading(engine) as session:
        sections = {section.id: str(section.position - 1) for section in plans.list_sections(session, 1)}
        measures = [measure.text for measure in session.exec(select(Measure))]

    def told(activity: Activity) -> tuple[object, ...]:
        is_open = activity.precision is DatePrecision.PERIOD
        return (
            activity.title,
            "" if is_open else when(activity.starts_on, activity.ends_on, activity.precision),
            activity.area,
            sections.get(activity.section_id, ""),
            activity.owner,
            activity.planned_people,
            activity.planned_budget_fen,
        )

    assert [told(activity) for activity in stored(engine)] == [
        (
            row["title"],
            row["days"] or ("" if row["when"] == "未定" else row["when"]),
            row["area"],
            row["section"],
            row["owner"],
            int(row["people"]) if row["people"] else None,
            round(float(row["budget"]) * 100) if row["budget"] else None,
        )
        for row in listed
    ]
    assert measures == ["坚持每月一次校务公开。", "做好提案征集工作。", "第 1 页 共 5 页"]
    assert [row["title"] for row in listed] == ["做好提案征集工作", "庆祝三八节", "植树节", "教职工趣味运动会"]


def test_adopted_plan_says_so_and_nothing_lies_aside_any_more(reading: AppTest) -> None:
    reading.button("go_adopt").click().run()

    assert any("2026年度计划已建立，共 3 项。" in text.value for text in reading.markdown)
    assert list_desks() == []


def test_time_nobody_understands_keeps_the_plan_from_being_adopted(reading: AppTest) -> None:
    take(reading, "edit", ids=["r1"], values={"when": "下周"})

    assert reading.button("go_adopt").disabled
    assert any("时间“下周”读不懂" in text.value for text in reading.markdown)


def test_next_one_jumps_to_the_row_that_waits(reading: AppTest) -> None:
    take(reading, "edit", ids=["r1"], values={"when": "下周"})

    reading.button("next_doubt").click().run()

    assert shown(reading)["jump"] == ["r1", 1]


def test_school_year_puts_may_into_the_second_calendar_year(reading: AppTest, engine: Engine) -> None:
    token = reading.session_state["plan_desk"].token

    reading.selectbox(f"plan_kind_{token}").select("school_year").run()
    reading.button("go_adopt").click().run()

    assert (stored(engine)[2].starts_on, stored(engine)[2].ends_on) == (date(2027, 5, 1), date(2027, 5, 31))


def test_second_plan_of_a_year_is_refused_and_the_rows_stay(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_plan(session)
    at = open_page("plan")
    at.session_state["plan_start"] = True
    at.run()
    at.text_area("plan_text").input(TEXT)
    at.button("go_read_text").click().run()

    at.button("go_adopt").click().run()

    assert [error.value for error in at.error] == ["2026年已经有计划了。请在“计划”里打开，或换一个年度。"]
    assert titles(at) == ["坚持每月一次校务公开", "庆祝三八节", "教职工趣味运动会"]


def test_corrections_survive_a_reload_of_the_page(reading: AppTest, open_page: OpenPage) -> None:
    take(reading, "edit", ids=["r1"], values={"title": "三八节座谈"})
    reading.button("put_aside").click().run()
    token = list_desks()[0].token

    at = open_page("plan", reading=token)

    assert titles(at) == ["坚持每月一次校务公开", "三八节座谈", "教职工趣味运动会"]


def test_desk_put_aside_is_offered_again_and_can_be_thrown_away(reading: AppTest) -> None:
    reading.button("put_aside").click().run()
    token = list_desks()[0].token

    reading.button(f"go_on_{token}").click().run()
    assert len(titles(reading)) == 3

    reading.button("put_aside").click().run()
    reading.button(f"throw_away_{token}").click().run()
    assert list_desks() == []


def test_desk_thrown_away_by_mistake_can_be_taken_back(reading: AppTest) -> None:
    take(reading, "edit", ids=["r1"], values={"title": "三八节座谈"})
    reading.button("put_aside").click().run()
    token = list_desks()[0].token

    reading.button(f"throw_away_{token}").click().run()
    reading.button("undo_throw_away").click().run()
    reading.button(f"go_on_{token}").click().run()

    assert titles(reading) == ["坚持每月一次校务公开", "三八节座谈", "教职工趣味运动会"]


def test_file_with_several_documents_lets_one_choose_and_keeps_the_corrections_of_each(open_page: OpenPage) -> None:
    other = TEXT.replace("青松小学工会2026年工作计划", "篇二：青松小学工会2025年工作计划").replace("庆祝三八节", "植树")
    at = read_pasted(open_page, "篇一：青松小学工会2026年工作计划\n" + TEXT.partition("\n")[2] + other)
    first = at.session_state["plan_desk"].token
    take(at, "keep", ids=["r0"], kept=False)

    at.selectbox(f"plan_document_{first}").select(2).run()
    assert at.button("go_adopt").label == "采纳 3 项，建立2025年度计划"

    at.selectbox(f"plan_document_{at.session_state['plan_desk'].token}").select(1).run()
    assert at.button("go_adopt").label == "采纳 2 项，建立2026年度计划"


@pytest.mark.parametrize(("lang", "other"), [("zh_CN", r"[A-Za-z]"), ("en", r"[\u4e00-\u9fff]")])
def test_page_speaks_one_language(open_page: OpenPage, lang: str, other: str) -> None:
    at = read_pasted(open_page, lang=lang)

    data = shown(at)
    words = {**data["words"], "whenHint": ""}  # its examples are Chinese in either language
    said = [*words.values(), *(chip["words"] for chip in data["chips"]), *(line["mark"] for line in data["lines"])]
    assert [word for word in said if re.search(other, word.replace("{n}", ""))] == []
