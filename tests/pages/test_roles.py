"""What each role is offered: every page of the demo year, once per role."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.test_every_page import PAGES
from unionboard.models import AccountRole

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
        "title_rule",
        "count_fresh",
        "count_gaps",
        "open_check",
        "go_export_summary",
        "show_carried",
        "show_all",
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
            stems |= {stem(button.key) for button in at.button if not button.disabled}
    return stems


def stem(key: str | None) -> str:
    """``tick_12`` -> tick, ``title_rule_words_cards`` -> title_rule."""
    key = (key or "").rstrip("0123456789_")
    return next((known for known in sorted(LOOKING, key=len, reverse=True) if key.startswith(known)), key)


@pytest.mark.parametrize("role", AccountRole)
def test_role_is_offered_what_it_may_do(demo: Engine, open_page: OpenPage, sign_in: SignIn, role: AccountRole) -> None:
    sign_in(role, name="程立")

    found = offered(open_page)

    assert {name for name, roles in ONLY_OF.items() if role in roles} == found & set(ONLY_OF)
    if role in (AUDIT, VIEWER):
        assert found - LOOKING == set()
