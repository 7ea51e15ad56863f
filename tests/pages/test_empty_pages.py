"""Every page with nothing to show says what to do next, and the button that does it stands there."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import make_activity, make_plan
from unionboard import db

OpenPage = Callable[..., AppTest]
READ, ADD = "Read a plan", "Add activities to the plan"
NO_PLAN = {
    ("board", ""): ("begin with one of these.", "go_welcome_read"),
    ("plan", ""): ("No document yet?", "go_read_text"),
    ("timeline", ""): ("will lie before you by month", READ),
    ("checkoffs", ""): ("are ticked off, month by month.", READ),
    ("summary", ""): ("is written from the year's records", READ),
    ("meeting", ""): ("goes through its year.", READ),
    ("papers", ""): ("It is made from the plan, and there is none yet.", "Begin on the board"),
}
NO_BOOK = {
    ("fund", "view=overview"): ("book is still empty", "begin_budget"),
    ("fund", "view=claims"): ("No claims yet.", "open_new_claim"),
    ("fund", "view=budget"): ("no budget", "go_begin_budget"),
    ("fund", "view=care"): ("No care visit and no hand-out yet.", "open_visit"),
    ("fund", "view=rules"): ("No limits of your own yet.", "begin_samples"),
    ("fund", "view=close"): ("Nothing is booked", "go_open_entry"),
}
PAPERS = {("papers", "paper=handout"): ("No hand-out is planned this year.", "Plan a hand-out")}
SETTINGS = {
    ("settings", "tab=union"): ("left empty", "union_1_save"),
    ("settings", "tab=accounts"): ("As long as there is no account", "make_first_account"),
    ("settings", "tab=safety"): ("There is no backup yet; make one", "back_up"),
    ("settings", "tab=trash"): ("The recycle bin is empty", "To the board"),
    ("settings", "tab=history"): ("Nothing was changed that fits.", "changes_all"),
    ("unions", ""): ("No union stands below yours", "To the board"),
}
BARE_PLAN = {
    ("board", ""): ("The plan holds no activities yet.", "Go to the plan"),
    ("plan", ""): ("There are no activities yet.", "read_into_empty"),
    ("timeline", ""): ("The plan holds no activities yet.", ADD),
    ("checkoffs", ""): ("There is nothing to tick off yet", ADD),
    ("summary", ""): ("There is no draft yet.", "go_write_summary"),
    ("meeting", ""): ("The program proposes what to go through", "go_meeting_start"),
}
NOTHING_LATE = {
    ("board", ""): ("", "go_meeting"),
    ("checkoffs", "show=late"): ("", "checkoffs_all"),
    ("checkoffs", "show=coverage"): ("Nothing was checked off yet.", "coverage_tick"),
}


def look(open_page: OpenPage, page: str, choice: str) -> tuple[str, set[str]]:
    """All words of a page in English, and what can be pressed there: buttons by key, links by what they say."""
    at = open_page(page, lang="en", **dict([choice.split("=")] if choice else []))
    told = [*at.title, *at.markdown, *at.info, *at.warning, *at.success, *at.text]
    return "\n".join(element.value for element in told), {str(one.key) for one in at.button if not one.disabled} | {
        one.proto.label for one in at.get("page_link")
    }


@pytest.mark.parametrize(("where", "what"), (NO_PLAN | NO_BOOK | PAPERS | SETTINGS).items(), ids=str)
def test_before_the_first_plan(open_page: OpenPage, where: tuple[str, str], what: tuple[str, str]) -> None:
    words, ways = look(open_page, *where)

    assert (what[0] in words, what[1] in ways) == (True, True), (words, ways)


@pytest.mark.parametrize(("where", "what"), BARE_PLAN.items(), ids=str)
def test_plan_without_activities(open_page: OpenPage, engine: Engine, where: tuple[str, str], what: tuple[str, str]) -> None:
    with db.writing(engine) as session:
        make_plan(session)

    words, ways = look(open_page, *where)

    assert (what[0] in words, what[1] in ways) == (True, True), (words, ways)


@pytest.mark.parametrize(("where", "what"), NOTHING_LATE.items(), ids=str)
def test_nothing_late_and_nothing_held(open_page: OpenPage, engine: Engine, where: tuple[str, str], what: tuple[str, str]) -> None:
    with db.writing(engine) as session:
        make_activity(session, make_plan(session), title="冬季送温暖", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))

    words, ways = look(open_page, *where)

    assert (what[0] in words, what[1] in ways) == (True, True), (words, ways)


def test_list_with_nothing_in_it_leads_to_the_whole_year(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_activity(session, make_plan(session), title="冬季送温暖", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    at = open_page("checkoffs")
    at.session_state["checkoffs_show"] = "late"
    at.run()

    at.button("checkoffs_all").click().run()

    assert at.session_state["checkoffs_show"] == "all"


def test_year_adopted_in_its_midst_asks_what_was_held_already(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        make_activity(session, make_plan(session), title="植树", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))

    at = open_page("board", lang="en")

    assert ":material/lightbulb: 1 activity lies in the past and nothing is ticked off yet. Was it held? Tick it off." in {
        one.value for one in at.markdown
    }
    assert at.button("go_late").label == "Tick off what was held"
