"""What each role is offered: every page of the demo year, once per role."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY
from tests.makers import NOW
from tests.pages.components import list_pressable
from tests.pages.test_every_page import PAGES
from unionboard import db
from unionboard.models import AccountRole, CareVisit, Claim, ClaimState, FundEntry, Handout
from unionboard.models.base import Row
from unionboard.services import meetings
from unionboard.services.permissions import ALLOWED
from unionboard.ui.drawers import FORMS, OPEN_KEY

OpenPage = Callable[..., AppTest]
SignIn = Callable[..., int]
CHAIR, TREASURER, COMMITTEE, AUDIT, VIEWER = AccountRole
FUND_VIEWS = ("overview", "claims", "budget", "care", "rules", "close")
LOOKING = frozenset(
    [
        "go_big",
        "go_meeting",
        "title_card",
        "timeline_unfold",
        "claims_more",
        "open_claim_all",
        "close_look_claims",
        "close_look_no_papers",
        "close_look_over_budget",
        "close_look",
        "close_verify",
        "said_claim",
        "count_fresh",
        "count_gaps",
        "open_check",
        "go_export_summary",
        "show_carried",
        "show_all",
        "tour_again",
        "go_late",
        "checkoffs_all",
        "changes_all",
        "coverage_tick",
    ]
)
"""Buttons that only lead somewhere or check; all others change something."""
ONLY_OF = {
    "go_save_about": {CHAIR, COMMITTEE},
    "tick": {CHAIR, TREASURER, COMMITTEE},
    "go_open_entry": {TREASURER},
    "open_new_claim": {CHAIR, TREASURER, COMMITTEE},
    "open_amendment": {CHAIR, TREASURER},
    "open_visit": {CHAIR, TREASURER},
    "add_rule": {CHAIR, TREASURER},
    "go_close_books": {TREASURER},
    "rewrite_summary": {CHAIR, TREASURER, COMMITTEE},
    "save_members": {CHAIR},
    "go_own_year": {CHAIR},
    "settle": {CHAIR, TREASURER, COMMITTEE},
}


def offered(open_page: OpenPage) -> set[str]:
    """Stems of the keys of all buttons that can be pressed, on all pages and views of the fund."""
    at = open_page("board")
    stems = {stem(button.key) for button in at.button}
    for page in PAGES:
        for view in FUND_VIEWS if page == "fund" else ("",):
            at.switch_page(f"pages/{page}.py")
            if view:
                at.session_state["fund_view"] = view
            at.run()
            assert not at.exception, (page, view, at.exception)
            stems |= {stem(key) for key in pressable(at) | list_pressable(at)}
    return stems


def stem(key: str | None) -> str:
    """``tick_12`` -> tick, ``title_card_12_late`` -> title_card."""
    key = (key or "").rstrip("0123456789_")
    return next((known for known in sorted(LOOKING, key=len, reverse=True) if key.startswith(known)), key)


@pytest.mark.parametrize("role", AccountRole)
def test_role_is_offered_what_it_may_do(demo: Engine, open_page: OpenPage, sign_in: SignIn, role: AccountRole) -> None:
    sign_in(role, name="程立")

    found = offered(open_page)

    assert {name for name, roles in ONLY_OF.items() if role in roles} == found & set(ONLY_OF)
    if role in (AUDIT, VIEWER):
        assert found - LOOKING == set()


def draw_form() -> None:
    """A page with nothing but the forms of drawers, which draw just a word."""
    import streamlit as st

    from unionboard.ui.drawers import FORMS, show_drawer

    show_drawer({name: ("form", lambda _: st.text("the form")) for name in FORMS})  # type: ignore[misc]


@pytest.mark.parametrize("role", AccountRole)
def test_form_that_is_open_for_another_role_says_whose_it_is(engine: Engine, sign_in: SignIn, role: AccountRole) -> None:
    sign_in(role)
    at = AppTest.from_function(draw_form)

    drawn = set()
    for name in FORMS:
        at.session_state[OPEN_KEY] = (name, None)
        at.run()
        assert not at.exception, at.exception
        if [text.value for text in at.text] == ["the form"]:
            drawn.add(name)

    assert drawn == {name for name, acts in FORMS.items() if any(role in ALLOWED[act] for act in acts)}


def first_id(session: Session, table: type[Row], *conditions: object) -> int:
    found = session.exec(select(table.id).where(*conditions)).first()  # type: ignore[attr-defined, arg-type]
    assert isinstance(found, int)
    return found


def test_drawers_that_are_read_offer_readers_nothing_else(demo: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    with db.reading(demo) as session:
        drawers = {
            "claim": first_id(session, Claim, Claim.state == ClaimState.SUBMITTED),
            "facts": first_id(session, FundEntry, FundEntry.reverses_id == None),  # noqa: E711 -- SQL
            "visit_facts": first_id(session, CareVisit),
            "handout": first_id(session, Handout),
        }
    sign_in(AUDIT, name="程立")
    at = open_page("fund")

    found = {}
    for name, row_id in drawers.items():
        at.session_state[OPEN_KEY] = (name, row_id)
        at.run()
        assert not at.exception, (name, at.exception)
        assert len(at.get("dialog")) == 1, name
        found[name] = {stem(button.key) for button in at.get("dialog")[0].get("button")} - LOOKING - {"open_fund_paper", "claim_entry"}

    assert found == {name: set() for name in drawers}


def pressable(at: AppTest) -> set[str | None]:
    return {button.key for button in at.button if not button.disabled}


def test_meeting_is_looked_at_by_others_and_held_by_nobody_else(demo: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    with db.writing(demo) as session:
        meeting = meetings.start_meeting(session, 1, held_on=TODAY, today=TODAY, who="何敏", now_utc=NOW)
        first = meetings.read_meeting(session, meeting.id or 0, today=TODAY).items[0]
        meetings.show_item(session, meeting.id or 0, first.id, who="何敏", now_utc=NOW)
    sign_in(VIEWER, name="大屏")

    at = open_page("meeting")

    assert {button.key for button in at.button if not button.disabled} == {
        "meeting_screen",
        "meeting_back",
        "meeting_to_opening",
        "meeting_to_end",
    }
    at.button(key="meeting_to_opening").click().run()
    assert pressable(at) == {"meeting_screen", "meeting_next", "meeting_to_end"}
    assert [field.key for field in at.text_input] == []
    assert not at.exception, at.exception
