"""A short tour of the year, a card above each page in turn: it covers nothing, blocks nothing, and asks the database nothing.

It begins by itself after the demo year was loaded and is called again from the heads of the board and the settings. Whoever ended it is
left alone. Walking off to another page leaves it waiting there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from html import escape as escape_html

import streamlit as st

from unionboard.i18n import mark
from unionboard.ui.text import t

_STEP, _GO = "tour_step", "tour_go"


@dataclass(frozen=True, slots=True)
class Step:
    """A page and what is said of it; ``code`` names the step for the style sheet, which points at what is spoken of."""

    code: str
    page: str
    title: str
    text: str
    is_big: bool = False


STEPS = (
    Step(
        "board",
        "board",
        mark("The board: the year at a glance"),
        mark("What is late, what comes next, what was done and what the fund has left. Press any number to see which ones it counts."),
    ),
    Step(
        "checkoffs",
        "checkoffs",
        mark("Check-offs: one tap when it is done"),
        mark("Tap the circle beside an activity that was held; a wrong tap is undone on the spot. Photos and sign-in sheets go here too."),
    ),
    Step(
        "timeline",
        "timeline",
        mark("The timeline: planned and held"),
        mark("Each row is an activity: when it was planned, and when it was held. Press one to see everything about it."),
    ),
    Step(
        "fund",
        "fund",
        mark("The fund: what is left, and for what"),
        mark("What each item has cost of its budget. Claims, budget, care visits, rules and closings are beside the title."),
    ),
    Step(
        "summary",
        "summary",
        mark("The summary: every sentence has its source"),
        mark("It is drafted from the year's records under the plan's own headings. Press a sentence: its records stand beside it."),
    ),
    Step(
        "big",
        "board",
        mark("The large screen: for the meeting room"),
        mark("The board in letters the back row can read, names left out. “Leave the large screen” leads back."),
        is_big=True,
    ),
    Step(
        "phones",
        "board",
        mark("Phones: scan and look"),
        mark("“Open on a phone” shows a code; phones in the same Wi-Fi scan it. That was the tour; “Tour” at the top shows it again."),
    ),
)


def begin() -> None:
    """For ``on_click``: from the first step on."""
    _go(0)


def offer(*, has_plan: bool = True) -> None:
    """The way to the tour, in the head of a page; none while it runs, nor while there is nothing to be shown."""
    if has_plan and st.session_state.get(_STEP) is None:
        st.button(t("Tour"), icon=":material/help:", type="tertiary", key="tour_again", on_click=begin)


def show(page: str, *, is_big: bool, open_to: Collection[str]) -> None:
    """The card above ``page``; nothing when no tour runs. ``open_to``: the pages this reader may see, others are left out."""
    n = st.session_state.get(_STEP)
    if n is None:
        return
    steps = [step for step in STEPS if step.page in open_to]
    step = steps[min(n, len(steps) - 1)]
    is_there = (page, is_big) == (step.page, step.is_big)
    if st.session_state.pop(_GO, False) and not is_there:
        keep = {name: st.query_params[name] for name in ("plan",) if name in st.query_params}
        st.switch_page(f"pages/{step.page}.py", query_params=keep | ({"screen": "big"} if step.is_big else {}))
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"tour_{step.code}" if is_there else "tour_waiting"):
        place = t("{n} of {all}", n=steps.index(step) + 1, all=len(steps))
        if is_there:
            _say(place, t(step.title), t(step.text))
            _show_steps(steps, steps.index(step))
        else:
            _say(place, t("The tour waits for you."), "")
            st.button(t("Go on with the tour"), type="primary", key="tour_on", on_click=_go, args=(n,))
        st.button(t("End the tour"), type="tertiary", key="tour_end", shortcut="Esc", on_click=end)


def _say(place: str, title: str, text: str) -> None:
    """Announced when it changes, without taking the focus."""
    st.html(
        f'<div class="ub-tour" role="status"><small>{escape_html(place)}</small> <b>{escape_html(title)}</b> '
        f"<span>{escape_html(text)}</span></div>",
        width="stretch",
    )


def _show_steps(steps: list[Step], n: int) -> None:
    if n:
        st.button(t("Step back"), icon=":material/arrow_back:", key="tour_back", shortcut="B", on_click=_go, args=(n - 1,))
    if n + 1 < len(steps):
        st.button(
            t("Next step"), icon=":material/arrow_forward:", type="primary", key="tour_next", shortcut="N", on_click=_go, args=(n + 1,)
        )


def _go(n: int) -> None:
    st.session_state[_STEP], st.session_state[_GO] = n, True


def end() -> None:
    """For ``on_click``: no more of it, until somebody asks."""
    st.session_state.pop(_STEP, None)
    st.session_state.pop(_GO, None)
