"""What the ledger on the fund page is narrowed to: set by the filters above it and by every figure that can be asked "which entries?"."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from unionboard.models import Direction, FundSource
from unionboard.services.ledger import EntryCheck

VIEW_KEY = "fund_view"
OVERVIEW = "overview"
SEARCH_KEY, ITEM_KEY, MONTH_KEY, SIDE_KEY = "fund_search", "fund_item", "fund_month", "fund_side"
SOURCE_KEY, CHECK_KEY, PAGE_KEY, _NARROWED = "fund_source", "fund_check", "fund_page", "fund_narrowed"
CLAIMS_KEY = "claims_filter"
_KEYS = (SEARCH_KEY, ITEM_KEY, MONTH_KEY, SIDE_KEY, SOURCE_KEY, CHECK_KEY)
EVERY_SIDE = "all"


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What is asked of the ledger; empty fields ask nothing. ``page`` counts from 0."""

    words: str = ""
    item: str | None = None
    month: int | None = None
    side: Direction | None = None
    source: FundSource | None = None
    check: EntryCheck | None = None
    page: int = 0

    @property
    def is_narrow(self) -> bool:
        return any((self.words, self.item, self.month, self.side, self.source, self.check))


def current_filter() -> LedgerFilter:
    """What the ledger is narrowed to in this session."""
    state = st.session_state
    side = state.get(SIDE_KEY) or EVERY_SIDE
    return LedgerFilter(
        words=str(state.get(SEARCH_KEY) or "").strip(),
        item=state.get(ITEM_KEY),
        month=state.get(MONTH_KEY),
        side=None if side == EVERY_SIDE else Direction(side),
        source=state.get(SOURCE_KEY),
        check=state.get(CHECK_KEY),
        page=int(state.get(PAGE_KEY) or 0),
    )


def narrow_ledger(
    *,
    item: str | None = None,
    month: int | None = None,
    side: Direction | None = None,
    source: FundSource | None = None,
    check: EntryCheck | None = None,
) -> None:
    """Show exactly these entries, wherever one is on the fund page; for ``on_click`` callbacks of figures."""
    clear_filter()
    chosen = {ITEM_KEY: item, MONTH_KEY: month, SOURCE_KEY: source, CHECK_KEY: check, SIDE_KEY: side.value if side else EVERY_SIDE}
    st.session_state.update({key: value for key, value in chosen.items() if value is not None})
    st.session_state[VIEW_KEY] = OVERVIEW
    st.session_state[_NARROWED] = times_narrowed() + 1


def clear_filter() -> None:
    """Show every entry again, from the newest."""
    for key in (*_KEYS, PAGE_KEY):
        st.session_state.pop(key, None)
    st.session_state[SIDE_KEY] = EVERY_SIDE


def turn_to(page: int) -> None:
    """Show another page of the same entries."""
    st.session_state[PAGE_KEY] = page


def times_narrowed() -> int:
    """Grows with each ``narrow_ledger``: the ledger then comes in sight."""
    return int(st.session_state.get(_NARROWED, 0))


def choose_item(code: str | None) -> None:
    """Narrow the ledger to an item, or let it go when it is the chosen one already."""
    narrow_ledger(item=None if current_filter().item == code else code)


def choose_month(month: int | None) -> None:
    """Narrow the ledger to a month, or let it go when it is the chosen one already."""
    narrow_ledger(month=None if current_filter().month == month else month)


def follow(kind: str, value: Any) -> None:
    """What a pressed figure stands for: its entries, the claims that stand so, or a view of the page."""
    match kind:
        case "item":
            choose_item(str(value))
        case "month":
            choose_month(int(value))
        case "side":
            narrow_ledger(side=Direction(value))
        case "check":
            narrow_ledger(check=EntryCheck(value))
        case "claims":
            st.session_state.update({VIEW_KEY: "claims", CLAIMS_KEY: str(value)})
        case "view":
            st.session_state[VIEW_KEY] = value
