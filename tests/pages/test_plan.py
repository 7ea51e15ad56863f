"""The plan page: bring a plan in, correct it, adopt it, change it later."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard import db
from unionboard.models import Activity
from unionboard.services import amendments, plans

OpenPage = Callable[..., AppTest]
TEXT = """青松小学工会2026年工作计划
一、推进民主管理
1、坚持每月一次校务公开。
2、做好提案征集工作。
活动安排
三月：
1、庆祝三八节
五月：
1、教职工趣味运动会
"""


def read_pasted(open_page: OpenPage, text: str = TEXT, **query: str) -> AppTest:
    at = open_page("plan", **query)
    at.text_area("plan_text").input(text)
    return at.button("go_read_text").click().run()


def edit(at: AppTest, key: str, edits: dict[str, Any]) -> AppTest:
    """What the grid sends when people type into it."""
    at.session_state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits}
    return at.run()


def grid_key(at: AppTest) -> str:
    return str(at.session_state["plan_editor"].grid.key)


def stored(engine: Engine) -> list[tuple[str, date, date]]:
    with db.reading(engine) as session:
        rows = session.exec(select(Activity).where(Activity.removed == False).order_by(Activity.id)).all()  # type: ignore[arg-type] # noqa: E712
        return [(row.title, row.starts_on, row.ends_on) for row in rows]


@pytest.fixture
def planned(engine: Engine) -> None:
    """A plan of 2026 with one section and two activities."""
    with db.writing(engine) as session:
        plan = make_plan(session)
        section = make_section(session, plan)
        make_activity(session, plan, section_id=section.id)
        make_activity(session, plan, title="登山", position=2, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))


# --- bringing in ---------------------------------------------------------------------------------------------------------------


def test_text_without_a_plan_is_refused_with_one_sentence(open_page: OpenPage, engine: Engine) -> None:
    at = read_pasted(open_page, "今天天气很好。")

    assert [error.value for error in at.error] == ["这段文字里没有找到计划：没有部分、措施，也没有月份。请换一个文件，或只粘贴计划那一段。"]
    with db.reading(engine) as session:
        assert plans.list_plans(session) == []


def test_damaged_file_is_refused_in_english_too(open_page: OpenPage) -> None:
    at = open_page("plan", lang="en")

    at.file_uploader[0].upload("plan.docx", b"PK\x03\x04broken").run()

    assert [error.value for error in at.error] == [
        "The file is damaged and cannot be opened. Open it in Word or WPS, save it again as .docx or .xlsx, and choose the new file."
    ]


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt"])
def test_sample_can_be_read_and_adopted(open_page: OpenPage, engine: Engine, suffix: str) -> None:
    at = open_page("plan")

    at.button(f"sample_{suffix}").click().run()
    at.button("go_adopt").click().run()

    assert not at.exception
    with db.reading(engine) as session:
        assert [plan.year for plan in plans.list_plans(session)] == [2026]
    assert len(stored(engine)) >= 20


# --- the plan that stands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "times"), [("zh_CN", ["5月", "10月"]), ("en", ["May", "Oct"])])
def test_plan_shows_its_title_and_activities(open_page: OpenPage, planned: None, lang: str, times: list[str]) -> None:
    at = open_page("plan", lang=lang)

    assert at.title[0].value == "2026年工会工作计划"
    assert list(at.data_editor[0].value["when"]) == times


def test_saved_edits_change_add_and_remove_activities(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = open_page("plan")

    edit(
        at,
        grid_key(at),
        {"edited_rows": {0: {"when": "5月8日", "people": 60}}, "deleted_rows": [1], "added_rows": [{"title": "游园", "when": "6月"}]},
    )
    at.button("go_save_plan").click().run()

    assert stored(engine) == [("趣味运动会", date(2026, 5, 8), date(2026, 5, 8)), ("游园", date(2026, 6, 1), date(2026, 6, 30))]


def test_removed_activity_can_be_put_back(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = open_page("plan")
    edit(at, grid_key(at), {"deleted_rows": [1]})
    at.button("go_save_plan").click().run()

    at.button("restore_2").click().run()

    assert [title for title, _, _ in stored(engine)] == ["趣味运动会", "登山"]


def test_stale_save_shows_both_values_and_the_second_one_counts(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = open_page("plan")
    edit(at, grid_key(at), {"edited_rows": {0: {"title": "春季运动会"}}})
    with db.writing(engine) as session:
        amendments.save_activity(session, 1, version=1, title="师生运动会", who="deputy", now_utc=NOW)

    at.button("go_save_plan").click().run()

    assert [("师生运动会" in error.value, "春季运动会" in error.value) for error in at.error] == [(True, True)]
    at.button("go_save_plan").click().run()
    assert [title for title, _, _ in stored(engine)] == ["春季运动会", "登山"]


def test_heading_is_saved_word_for_word(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = open_page("plan")
    at.session_state["plan_editor"].picked = 10_000
    at.run()

    at.text_area("section_heading_1_1").input("凝心聚力， 办实事")
    at.button("go_save_section").click().run()

    with db.reading(engine) as session:
        assert [section.heading for section in plans.list_sections(session, 1)] == ["凝心聚力， 办实事"]
