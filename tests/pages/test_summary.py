"""The summary page, run: empty, written, edited, in conflict."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard import db
from unionboard.services import checkoffs, plans, summary, summary_drafts, summary_editing
from unionboard.services.checkoffs import Details
from unionboard.services.summary import BlockView, DraftId, SummaryView
from unionboard.ui.text import mark_difference

TODAY = date(2026, 11, 21)
BY: dict[str, Any] = {"who": "chair", "now_utc": NOW}
OpenPage = Callable[..., AppTest]


def fill(session: Session) -> None:
    """A plan with one section in which one activity was held."""
    plan = make_plan(session)
    make_section(session, plan)
    activity = make_activity(session, plan)
    checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 5, 20), today=TODAY, details=Details(participants=60), **BY)


@pytest.fixture
def written(engine: Engine) -> SummaryView:
    """The draft of that year."""
    with db.writing(engine) as session:
        fill(session)
        plan = plans.list_plans(session)[0]
        return summary_drafts.write_draft(session, DraftId(plan.id or 0), as_of=TODAY, **BY)


def stored(engine: Engine, view: SummaryView, key: str) -> BlockView:
    with db.reading(engine) as session:
        return next(block for block in summary.read_draft(session, view.id).blocks if block.key == key)


def choose(at: AppTest, key: str) -> AppTest:
    return at.radio(key="summary_block").set_value(key).run() if len(at.radio) else at.selectbox(key="summary_block").set_value(key).run()


def section_key(view: SummaryView) -> str:
    return view.blocks[1].key


def words_of(at: AppTest) -> list[str]:
    return [element.value for element in at.markdown]


def test_page_without_a_plan_says_what_it_will_show(open_page: OpenPage) -> None:
    at = open_page("summary")

    assert words_of(at) == ["# 总结", "这里根据全年记录、按计划的各个部分写出年度工作总结。现在还没有计划。"]


def test_first_draft_is_written_with_one_button(engine: Engine, open_page: OpenPage) -> None:
    with db.writing(engine) as session:
        fill(session)
    at = open_page("summary")

    at.button(key="go_write_summary").click().run()

    assert not at.exception
    with db.reading(engine) as session:
        view = summary.read_draft(session, DraftId(plans.list_plans(session)[0].id or 0))
    assert (view.title, view.as_of) == ("青松小学工会2026年工作总结", TODAY)
    assert at.text_area[0].value == view.blocks[0].text


@pytest.mark.parametrize(("lang", "heading"), [("zh_CN", "# 总结"), ("en", "# Summary")])
def test_page_speaks_the_language_of_the_session(open_page: OpenPage, written: SummaryView, lang: str, heading: str) -> None:
    at = open_page("summary", lang=lang)

    assert heading in words_of(at)


def test_edit_is_kept_and_can_be_taken_back(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    key = section_key(written)
    at = choose(open_page("summary"), key)

    at.text_area[0].set_value("我们自己的话。")
    at.button(key="go_save_block").click().run()
    edited = stored(engine, written, key)
    at.button(key="restore_block").click().run()

    assert not at.exception
    assert (edited.text, edited.is_edited) == ("我们自己的话。", True)
    assert not stored(engine, written, key).is_edited
    assert at.text_area[0].value == written.blocks[1].text


def test_conflict_shows_both_versions_and_takes_the_new_one(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    key = section_key(written)
    with db.writing(engine) as session:
        summary_editing.save_block(session, written.id, key, text="我们自己的话。", version=1, **BY)
        make_activity(session, plans.list_plans(session)[0], title="乒乓球比赛", position=2)
    at = open_page("summary")
    at.button(key="rewrite_summary").click().run()
    choose(at, key)

    at.button(key="settle_new").click().run()

    assert not at.exception
    block = stored(engine, written, key)
    assert (block.is_edited, block.text) == (False, "本部分计划活动2项，完成1项。5月20日，举办趣味运动会，60人参加。【待补充：效果】")


def test_difference_of_two_versions_takes_numbers_whole() -> None:
    assert mark_difference("实到30人", "实到100人") == (
        "实到:orange-background[30]人",
        "实到:green-background[100]人",
    )


def test_chosen_sentence_shows_its_records(open_page: OpenPage, written: SummaryView) -> None:
    at = choose(open_page("summary"), section_key(written))
    at.session_state["summary_sentence"] = 0

    at.run()

    assert "“5月20日，举办趣味运动会，60人参加。”" in words_of(at)
    assert [button.label for button in at.button if str(button.key).startswith("title_source_")] == ["趣味运动会"]


def test_draft_can_be_taken_home_as_word_and_markdown(open_page: OpenPage, written: SummaryView) -> None:
    at = open_page("summary")

    buttons: list[Any] = list(at.get("download_button"))
    assert [(button.key, button.label) for button in buttons] == [
        ("export_summary_md", "Markdown"),
        ("go_export_summary", "导出 Word"),
    ]
