"""A part of the summary in two versions: picked sentence by sentence, kept as it is picked, written when all is picked."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from tests.makers import NOW, make_activity, make_plan, make_section, make_union
from unionboard import db
from unionboard.models import CheckOff
from unionboard.services import checkoffs
from unionboard.services.changes import update_row
from unionboard.services.checkoffs import Details
from unionboard.services.summary import BlockView, Choice, DraftId, read_draft
from unionboard.services.summary_drafts import write_draft
from unionboard.services.summary_editing import save_block

BY: dict[str, Any] = {"who": "chair", "now_utc": NOW}
DRAFT = DraftId(1)
ADDED = "，大家都很高兴。"


def draw() -> None:
    """The view alone, as the page draws it beside the rail."""
    import streamlit as st

    from unionboard import db
    from unionboard.services.summary import DraftId, read_draft
    from unionboard.services.summary_check import gather_knowledge
    from unionboard.ui.actions import show_notices
    from unionboard.ui.summary.conflict import show_conflict

    show_notices()
    with db.reading() as session:
        view = read_draft(session, DraftId(1))
        books = gather_knowledge(session, view).books
    block = next((block for block in view.blocks if block.is_conflict), None)
    if block:
        show_conflict(view, block, books)
    else:
        st.text("settled")


@pytest.fixture
def conflict(engine: Engine) -> BlockView:
    """A deed of 60 people that somebody embellished; then it was 61."""
    with db.writing(engine) as session:
        make_union(session)
        plan = make_plan(session)
        make_section(session, plan)
        activity = make_activity(session, plan)
        record = checkoffs.check_off(
            session, activity.id or 0, done_on=date(2026, 5, 20), today=TODAY, details=Details(participants=60), **BY
        )
        key = f"section:{plan.id}"
        block = next(block for block in write_draft(session, DRAFT, as_of=TODAY, **BY).blocks if block.key == key)
        told = next(sentence.text for sentence in block.sentences if "60" in sentence.text)
        mine = block.text.replace(told, told.removesuffix("。") + ADDED)
        save_block(session, DRAFT, key, text=mine, version=block.version, **BY)
        row = session.get_one(CheckOff, record.id)
        update_row(session, row, version=row.version, participants=61, **BY)
        write_draft(session, DRAFT, as_of=TODAY, **BY)
    return stored(engine)


def stored(engine: Engine) -> BlockView:
    with db.reading(engine) as session:
        return next(block for block in read_draft(session, DRAFT).blocks if block.key == "section:1")


@pytest.fixture
def view(conflict: BlockView) -> AppTest:
    at = AppTest.from_function(draw, default_timeout=30).run()
    assert not at.exception, at.exception
    return at


def pick(at: AppTest, choice: Choice) -> AppTest:
    """Pick for every sentence in two versions."""
    for control in list(at.segmented_control):
        control.set_value(choice)
    return at.run()


def words_of(at: AppTest) -> list[str]:
    return [element.value for element in at.markdown]


def test_both_versions_stand_side_by_side_with_what_differs(view: AppTest) -> None:
    words = "\n".join(words_of(view))

    assert ":orange-background[60]" in words
    assert ":green-background[61]" in words
    assert ":blue-background[，大家都很高兴]" in words


def test_why_it_changed_is_told_by_the_record(view: AppTest) -> None:
    assert ":orange[:material/warning:] **趣味运动会：参加人数“60”→“61”**" in words_of(view)


def test_nothing_is_written_before_all_is_picked(view: AppTest) -> None:
    assert view.button(key="go_conflict_write").disabled


def test_picked_new_words_are_written(view: AppTest, conflict: BlockView, engine: Engine) -> None:
    pick(view, Choice.NEW).button(key="go_conflict_write").click().run()

    assert not view.exception
    assert (stored(engine).text, stored(engine).is_conflict) == (conflict.generated, False)


def test_a_choice_is_kept_before_it_is_written_and_can_be_taken_back(view: AppTest, conflict: BlockView, engine: Engine) -> None:
    pick(view, Choice.MINE)
    kept = stored(engine)
    for control in list(view.segmented_control):
        control.set_value(None)
    view.run()

    assert (kept.open_conflicts, kept.text) == (0, conflict.text)
    assert stored(engine).open_conflicts == len(conflict.conflicts)


def test_all_of_mine_are_kept_with_one_press(view: AppTest, conflict: BlockView, engine: Engine) -> None:
    view.button(key="conflict_all_mine").click().run()
    view.button(key="go_conflict_write").click().run()

    assert (stored(engine).text, stored(engine).is_conflict) == (conflict.text, False)


def test_a_part_changed_by_somebody_else_is_not_overwritten(view: AppTest, conflict: BlockView, engine: Engine) -> None:
    pick(view, Choice.NEW)
    with db.writing(engine) as session:
        theirs = conflict.text + "后来的话。"
        save_block(session, DRAFT, conflict.key, text=theirs, version=stored(engine).version, who="other", now_utc=NOW)

    view.button(key="go_conflict_write").click().run()

    assert len(view.error) == 1
    assert stored(engine).text == theirs
