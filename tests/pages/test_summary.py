"""The summary page, run: empty, written, edited, locked; a sentence's figures and records."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard import db
from unionboard.config import LOCAL_USER
from unionboard.services import checkoffs, plans, summary, summary_drafts, summary_editing, summary_final
from unionboard.services.checkoffs import Details
from unionboard.services.summary import BlockView, DraftId, SummaryView

TODAY = date(2026, 11, 21)
BY: dict[str, Any] = {"who": LOCAL_USER, "now_utc": NOW}
OpenPage = Callable[..., AppTest]


def fill(session: Session) -> None:
    """A plan with one section in which one activity was held."""
    plan = make_plan(session)
    make_section(session, plan)
    activity = make_activity(session, plan)
    details = Details(participants=60, eligible=64)
    checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 5, 20), today=TODAY, details=details, **BY)


@pytest.fixture
def written(engine: Engine) -> SummaryView:
    """The summary of that year."""
    with db.writing(engine) as session:
        fill(session)
        plan = plans.list_plans(session)[0]
        return summary_drafts.write_draft(session, DraftId(plan.id or 0), as_of=TODAY, **BY)


def section_of(view: SummaryView) -> BlockView:
    """The part of the plan's only section."""
    return next(block for block in view.blocks if block.key.startswith("section:"))


def stored(engine: Engine, view: SummaryView) -> BlockView:
    """That part as it is now."""
    with db.reading(engine) as session:
        return section_of(summary.read_draft(session, view.id))


def edit(engine: Engine, view: SummaryView, text: str, *, version: int) -> None:
    with db.writing(engine) as session:
        summary_editing.save_block(session, view.id, section_of(view).key, text=text, version=version, **BY)


def choose(at: AppTest, block: BlockView, sentence: int | None = None) -> AppTest:
    """As a click on the paper does, which AppTest cannot make."""
    at.session_state["summary_block"], at.session_state["summary_sentence"] = block.key, sentence
    return at.run()


def sentence_of(block: BlockView, words: str) -> int:
    return next(n for n, shown in enumerate(block.shown) if words in shown.text)


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
    assert at.radio(key="summary_rail").value == "lead"


def test_another_form_is_another_summary(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    at = open_page("summary", form="congress")

    at.button(key="go_write_summary").click().run()

    assert not at.exception
    with db.reading(engine) as session:
        forms = {head.id.form.value for head in summary.list_drafts(session, written.plan_id)}
    assert forms == {"full", "congress"}


def test_summary_is_shown_in_the_language_it_was_written_in(open_page: OpenPage, written: SummaryView) -> None:
    at = open_page("summary", lang="en")

    assert "# Summary" in words_of(at)
    assert at.segmented_control(key="summary_text").value == "zh_CN"


def test_chosen_sentence_shows_its_figures_and_records(open_page: OpenPage, written: SummaryView) -> None:
    block = section_of(written)
    at = choose(open_page("summary"), block, sentence_of(block, "趣味运动会"))

    told = words_of(at)
    assert ":small[:gray[趣味运动会：参加人数]]" in told
    assert [button.label for button in at.button if str(button.key).startswith("open_source_")] == ["**趣味运动会**"]


def test_changed_sentence_shows_what_the_records_say_in_its_place(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    block = section_of(written)
    edit(engine, written, block.text.replace("60人", "六十余人"), version=block.version)
    block = stored(engine, written)
    at = choose(open_page("summary"), block, sentence_of(block, "六十余人"))

    assert [words for words in words_of(at) if "按记录写的是" in words and ":green-background[60]" in words] != []


def test_chosen_figure_leaves_only_its_records(open_page: OpenPage, written: SummaryView) -> None:
    block = written.blocks[0]
    n, figure = next(
        (n, m)
        for n, shown in enumerate(block.shown)
        for m, quote in enumerate(shown.quotes)
        if {source.noun for source in quote.figure.records} == {"plan"}
    )
    at = choose(open_page("summary"), block, n)

    at.session_state["summary_figure"] = figure
    at.run()

    assert [button.key for button in at.button if str(button.key).startswith("open_source_")] == []


def test_own_heading_and_the_way_back_to_the_records(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    edit(engine, written, "我们自己的话。", version=section_of(written).version)
    before = stored(engine, written)
    with db.writing(engine) as session:
        heading: dict[str, Any] = {"heading": "文体生活有声有色", "version": before.version}
        summary_editing.save_heading(session, written.id, before.key, **heading, **BY)
    at = choose(open_page("summary"), before)

    renamed = stored(engine, written)
    at.button(key="restore_block").click().run()

    assert not at.exception
    after = stored(engine, written)
    assert (renamed.heading, renamed.text) == ("文体生活有声有色", "我们自己的话。")
    assert (after.is_edited, after.text) == (False, section_of(written).text)


def test_earlier_version_is_put_back(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    version = section_of(written).version
    edit(engine, written, "第一稿。", version=version)
    edit(engine, written, "第二稿。", version=version + 1)
    with db.reading(engine) as session:
        first = summary_editing.list_versions(session, written.id, section_of(written).key)[-1]
    at = choose(open_page("summary"), section_of(written))

    at.button(key=f"put_back_version_{first.change_id}").click().run()

    assert not at.exception
    assert stored(engine, written).text == "第一稿。"


def test_words_typed_before_somebody_else_saved_are_laid_beside_theirs(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    block = section_of(written)
    with db.writing(engine) as session:
        summary_editing.keep_typing(session, written.id, block.key, text="我正写着的话。", version=block.version, **BY)
        others = {"text": "别人存下的话。", "version": block.version, "who": "何敏", "now_utc": NOW}
        summary_editing.save_block(session, written.id, block.key, **others)  # type: ignore[arg-type]
    at = choose(open_page("summary"), block)

    at.button(key="dispute_mine").click().run()

    assert not at.exception
    assert stored(engine, written).text == "我正写着的话。"


def test_finalised_summary_is_read_only(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    with db.writing(engine) as session:
        summary_final.finalise(session, written.id, version=written.version, **BY)
    at = choose(open_page("summary"), section_of(written))

    assert ":gray[:material/lock: 总结已定稿，文字已锁定。]" in words_of(at)
    assert [button.key for button in at.button if button.key in {"rewrite_summary", "restore_block"}] == []


def test_part_is_left_out_and_taken_in_again(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    at = choose(open_page("summary"), section_of(written))

    at.button(key="leave_out").click().run()
    left_out = stored(engine, written)
    told = [caption for caption in at.radio(key="summary_rail").options if "丰富文体生活" in caption]
    counted = [button.label for button in at.button if button.key == "count_left_out"]
    at.button(key="take_in").click().run()

    assert not at.exception
    assert (left_out.is_left_out, told, stored(engine, written).is_left_out) == (True, [":gray[~~丰富文体生活~~]"], False)
    assert counted == [":gray-badge[:material/visibility_off: 1 节不写入]"]


def test_heading_becomes_a_result_only_with_a_press(engine: Engine, open_page: OpenPage, written: SummaryView) -> None:
    at = choose(open_page("summary"), section_of(written))
    before, label = stored(engine, written).heading, at.button(key="result_heading").label

    at.button(key="result_heading").click().run()

    assert not at.exception
    assert (before, label, stored(engine, written).heading) == ("丰富文体生活", "改成成果式标题：文体生活日益丰富", "文体生活日益丰富")
    assert [button.key for button in at.button if button.key == "result_heading"] == []
