"""The plan that stands: measures and sections changed where they stand, a change of language, refusals in words."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard import db
from unionboard.models import DatePrecision
from unionboard.services import activities, amendments, plans, sections
from unionboard.ui.text import LANGUAGE_KEY

OpenPage = Callable[..., AppTest]
BY: dict[str, Any] = {"who": "deputy", "now_utc": NOW}


@pytest.fixture
def planned(engine: Engine) -> None:
    """A plan of 2026: two sections, the first with a measure and an activity."""
    with db.writing(engine) as session:
        plan = make_plan(session)
        first, second = make_section(session, plan), make_section(session, plan, position=2, printed_number="二、", heading="做好送温暖")
        make_activity(session, plan, section_id=first.id)
        make_activity(session, plan, title="走访慰问", position=2, section_id=second.id, carried_over=True)
        sections.add_measure(session, first.id or 0, text="组建社团。", **BY)


def pick(open_page: OpenPage, line: int) -> AppTest:
    """The page with line ``line`` of the outline picked."""
    at = open_page("plan")
    at.session_state["plan_editor"].picked = line
    return at.run()


def edit(at: AppTest, edits: dict[str, Any]) -> AppTest:
    """What the grid sends when people type into it."""
    at.session_state[at.session_state["plan_editor"].grid.key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **edits}
    return at.run()


def outline(engine: Engine) -> list[tuple[str, list[str]]]:
    """Headings with their measures."""
    with db.reading(engine) as session:
        measures = plans.list_measures(session, 1)
        return [(row.heading, [m.text for m in measures if m.section_id == row.id]) for row in plans.list_sections(session, 1)]


def test_measure_is_changed_where_it_stands(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = pick(open_page, 10_001)

    at.text_area("measure_text_1_1").input("组建太极社团。")
    at.button("go_save_measure").click().run()

    assert outline(engine) == [("丰富文体生活", ["组建太极社团。"]), ("做好送温暖", [])]


def test_measure_without_words_is_refused(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = pick(open_page, 10_001)

    at.text_area("measure_text_1_1").input(" ")
    at.button("go_save_measure").click().run()

    assert [error.value for error in at.error] == ["请写上措施的内容，或者移走这条措施。"]
    assert outline(engine)[0] == ("丰富文体生活", ["组建社团。"])


def test_measure_is_added_to_the_section_picked(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = pick(open_page, 20_000)

    at.text_area("new_measure_text").input("建立困难职工档案。")
    at.button("go_add_measure").click().run()

    assert outline(engine)[1] == ("做好送温暖", ["建立困难职工档案。"])


def test_removed_measure_is_no_longer_in_the_outline(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = pick(open_page, 10_001)

    at.button("remove_measure").click().run()

    assert outline(engine)[0] == ("丰富文体生活", [])


def test_section_moves_down(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = pick(open_page, 10_000)

    at.button("section_move_1").click().run()

    assert [heading for heading, _ in outline(engine)] == ["做好送温暖", "丰富文体生活"]


def test_removed_section_hands_what_stood_below_it_on(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = pick(open_page, 10_000)

    at.button("remove_section").click().run()

    assert outline(engine) == [("做好送温暖", ["组建社团。"])]
    assert list(at.data_editor[0].value["section"]) == ["2", "2"]


def test_section_is_not_removed_under_unsaved_edits(open_page: OpenPage, planned: None) -> None:
    at = edit(pick(open_page, 10_000), {"edited_rows": {0: {"title": "登山"}}})

    assert at.button("remove_section").disabled


def test_activity_that_comes_every_quarter_is_added_with_its_turns(open_page: OpenPage, engine: Engine, planned: None) -> None:
    at = edit(open_page("plan"), {"added_rows": [{"title": "会员生日会", "when": "每季度"}]})

    at.button("go_save_plan").click().run()

    assert not at.exception, at.exception
    with db.reading(engine) as session:
        (added,) = (view for view in activities.list_activities(session, 1, today=TODAY) if view.title == "会员生日会")
    assert len(added.occurrences) == 4


def test_unsaved_edits_survive_a_change_of_language(open_page: OpenPage, planned: None) -> None:
    at = edit(
        open_page("plan"), {"edited_rows": {0: {"title": "登山", "when": "6月8日"}}, "added_rows": [{"title": "秋游", "when": "10月"}]}
    )

    at.session_state[LANGUAGE_KEY] = "en"
    at.run()

    rows = at.data_editor[0].value
    assert list(zip(rows["title"], rows["when"], strict=True)) == [("登山", "8 Jun"), ("走访慰问", "May"), ("秋游", "Oct")]
    assert at.button("go_save_plan").disabled is False


def test_change_of_language_alone_is_no_edit(open_page: OpenPage, planned: None) -> None:
    at = open_page("plan")

    at.session_state[LANGUAGE_KEY] = "en"
    at.run()

    assert at.button("go_save_plan").disabled


@pytest.mark.parametrize(
    ("theirs", "typed", "sentence"),
    [
        ({"area": "CARE"}, {"area": "DEMO"}, "工作方面：现在是“送温暖与帮扶”，您填的是“民主管理与公开”"),
        ({"section_id": 2}, {"section": "none"}, "所属部分：现在是“做好送温暖”，您填的是“—”"),
        ({"planned_budget_fen": 50_000}, {"budget": 800}, "计划经费：现在是“500元”，您填的是“800元”"),
        (
            {"starts_on": date(2026, 6, 8), "ends_on": date(2026, 6, 8), "precision": DatePrecision.DAY},
            {"when": "7月"},
            "现在是“6月8日”，您填的是“7月1日”",
        ),
    ],
)
def test_stale_save_says_words_not_codes(
    open_page: OpenPage, engine: Engine, planned: None, theirs: dict[str, Any], typed: dict[str, Any], sentence: str
) -> None:
    at = edit(open_page("plan"), {"edited_rows": {0: typed}})
    with db.writing(engine) as session:
        amendments.save_activity(session, 1, version=1, **theirs, **BY)

    at.button("go_save_plan").click().run()

    assert [sentence in error.value for error in at.error] == [True]


def test_what_was_not_done_last_year_is_shown_alone(open_page: OpenPage, planned: None) -> None:
    at = open_page("plan")

    at.button("show_carried").click().run()

    assert list(at.data_editor[0].value["title"]) == ["走访慰问"]
