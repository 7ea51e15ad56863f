"""What a pressed figure narrows the ledger to."""

from typing import Any

import pytest
import streamlit as st

from unionboard.models import Direction
from unionboard.services.ledger import EntryCheck
from unionboard.ui.fund.filter import (
    LedgerFilter,
    choose_item,
    choose_month,
    clear_filter,
    current_filter,
    follow,
    narrow_ledger,
    times_narrowed,
)


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session's state without a session."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def test_nothing_is_narrowed_at_first() -> None:
    assert (current_filter(), current_filter().is_narrow) == (LedgerFilter(), False)


@pytest.mark.parametrize(
    ("kind", "value", "wish"),
    [
        ("item", "dues", LedgerFilter(item="dues")),
        ("month", 3, LedgerFilter(month=3)),
        ("side", "out", LedgerFilter(side=Direction.OUT)),
        ("check", "no_papers", LedgerFilter(check=EntryCheck.NO_PAPERS)),
    ],
)
def test_pressed_figure_asks_for_its_entries(kind: str, value: object, wish: LedgerFilter) -> None:
    follow(kind, value)

    assert (current_filter(), times_narrowed()) == (wish, 1)


def test_figure_of_a_view_opens_the_view(state: dict[str, Any]) -> None:
    follow("view", "claims")

    assert state == {"fund_view": "claims"}


def test_figure_replaces_what_was_asked_before_and_leads_to_the_first_page(state: dict[str, Any]) -> None:
    state.update(fund_search="奖品", fund_page=4, fund_view="budget")

    narrow_ledger(item="dues", side=Direction.IN)

    assert current_filter() == LedgerFilter(item="dues", side=Direction.IN)
    assert state["fund_view"] == "overview"


def test_item_pressed_twice_lets_go() -> None:
    choose_item("dues")
    choose_item("dues")

    assert not current_filter().is_narrow


def test_month_pressed_twice_lets_go() -> None:
    choose_month(5)
    choose_month(5)

    assert not current_filter().is_narrow


def test_everything_is_shown_again() -> None:
    narrow_ledger(month=2, check=EntryCheck.CORRECTIONS)

    clear_filter()

    assert current_filter() == LedgerFilter()
