"""What a check-off is asked beside its day and result: the numbers of its kind at once, everything else below."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from unionboard.drafting.numbers import share_text
from unionboard.i18n import mark
from unionboard.reference import award_levels, choose_kind, figures
from unionboard.services.activities import ActivityView
from unionboard.ui.text import named, t

_PEOPLE = ("participants", "eligible", "person_times")
_PEOPLE_WORDS = {"participants": mark("Attended"), "eligible": mark("Should attend"), "person_times": mark("Person-times")}
_RATES = (
    ("participants", "eligible", mark("Took part: {share}")),
    ("delegates_present", "delegates_due", mark("Present: {share}")),
    ("proposals_answered", "proposals_received", mark("Answered: {share}")),
)


def choose_asks(view: ActivityView, seen: Mapping[str, Any]) -> list[str]:
    """The fields and figures asked at once: those of the activity's kind, and figures told before."""
    asks = choose_kind(view.title, view.area, view.area_2).asks
    return [*asks, *(code for code in seen["figures"] if code in figures() and code not in asks)]


def ask_first(asks: Sequence[str], seen: Mapping[str, Any], key: str) -> None:
    """The numbers in pairs with their rate below; then what needs more room."""
    numbers = [code for code in asks if code in _PEOPLE or code in figures()]
    for first in range(0, len(numbers), 2):
        pair = numbers[first : first + 2]
        for column, code in zip(st.columns(2, wrap=False), pair, strict=False):
            with column:
                _ask_number(code, seen, key)
        _show_rate(pair, key)
    for code, ask in (("agenda", _ask_agenda), ("award", _ask_award)):
        if code in asks:
            ask(seen, key)


def ask_more(asks: Sequence[str], seen: Mapping[str, Any], key: str) -> None:
    """What every activity may tell and this kind is not asked at once."""
    numbers = [code for code in _PEOPLE if code not in asks]
    for column, code in zip(st.columns(len(numbers), wrap=False) if numbers else (), numbers, strict=True):
        with column:
            _ask_number(code, seen, key)
    for code, ask in (("award", _ask_award), ("agenda", _ask_agenda)):
        if code not in asks:
            ask(seen, key)


def read_typed(asks: Sequence[str], seen: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What the fields hold, by the names a check-off has for them."""
    state = st.session_state
    codes = [code for code in asks if code in figures()]
    told = {code: int(value) for code in codes if (value := state[f"{key}_figure_{code}"]) is not None}
    kept = {code: value for code, value in seen["figures"].items() if code not in codes}
    people = {name: state[f"{key}_{name}"] for name in _PEOPLE}
    texts = {name: str(state[f"{key}_{name}"] or "").strip() for name in ("award", "award_level")}
    agenda = "\n".join(line.strip() for line in str(state[f"{key}_agenda"] or "").splitlines() if line.strip())
    return {**people, **texts, "agenda": agenda, "figures": {**kept, **told}}


def _ask_number(code: str, seen: Mapping[str, Any], key: str) -> None:
    if code in _PEOPLE:
        st.number_input(t(_PEOPLE_WORDS[code]), step=1, value=seen[code], key=f"{key}_{code}")
    else:
        st.number_input(named(figures()[code]), step=1, value=seen["figures"].get(code), key=f"{key}_figure_{code}")


def _show_rate(pair: Sequence[str], key: str) -> None:
    """The share, in a line that is always there: nothing may move under a finger that is about to press the button below."""
    for part, whole, words in _RATES:
        if part in pair and whole in pair:
            few, all_ = (st.session_state.get(f"{key}_{code}" if code in _PEOPLE else f"{key}_figure_{code}") for code in (part, whole))
            share = share_text(few, all_) if few is not None and all_ and few >= 0 else "—"
            st.markdown(f":small[:gray[{t(words, share=share)}]]")


def _ask_agenda(seen: Mapping[str, Any], key: str) -> None:
    st.text_area(t("Agenda, one item a line"), seen["agenda"], height=104, key=f"{key}_agenda")


def _ask_award(seen: Mapping[str, Any], key: str) -> None:
    levels = {code: named(level) for code, level in award_levels().items()}
    left, right = st.columns([3, 2], wrap=False)
    left.text_input(t("Award"), seen["award"], max_chars=200, key=f"{key}_award")
    right.selectbox(
        t("Level"),
        list(levels),
        index=list(levels).index(seen["award_level"]) if seen["award_level"] in levels else None,
        format_func=levels.__getitem__,
        placeholder=t("Choose"),
        key=f"{key}_award_level",
    )
