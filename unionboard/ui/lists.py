"""Lists of activities as the board shows them: when, title (opens the drawer), and one word at the right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from unionboard.models import DatePrecision
from unionboard.services.activities import ActivityView
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.text import escape, short_date, t, tn, when

NAME_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A group of rows. ``icon`` with its colour stands before ``title``; ``when`` and ``note`` write a row's left and right (Markdown).

    ``unfolds``: whether the last row may be "+n", which shows the rest.
    """

    name: str
    title: str
    icon: str
    colour: str
    views: Sequence[ActivityView]
    note: Callable[[ActivityView], str]
    empty: str
    when: Callable[[ActivityView], str]
    unfolds: bool = True


def show_block(block: Block, *, limit: int, is_second: bool = False) -> int:
    """Head and at most ``limit`` rows, the last of them "+n" when there are more: it unfolds the rest in place. Returns the rows drawn."""
    count = tn("{n} item", "{n} items", len(block.views))
    with st.container(horizontal=True, wrap=False, gap="xsmall"):
        if is_second:
            st.markdown(f":small[:gray[**{block.title}**　{count}]]")
        else:
            st.markdown(f":{block.colour}[:material/{block.icon}:] **{block.title}**", width="content")
            st.space("stretch")
            st.markdown(f":gray[{count}]", width="content")
    if not block.views:
        st.markdown(f":gray[{block.empty}]")
    unfolded = f"all_{block.name}"
    fits = len(block.views) <= limit or st.session_state.get(unfolded, False)
    shown = block.views if fits else block.views[: limit - 1 if block.unfolds else limit]
    for view in shown:
        _show_row(block, view)
    if not fits and block.unfolds:
        label = tn("{n} more", "{n} more", len(block.views) - len(shown))
        st.button(label, icon=":material/expand_more:", type="tertiary", key=f"more_{block.name}", on_click=_unfold, args=(unfolded,))
    return max(min(len(block.views), limit), 1)


def _show_row(block: Block, view: ActivityView) -> None:
    with st.container(horizontal=True, wrap=False, gap="xsmall", vertical_alignment="center", key=f"row_{block.name}_{view.id}"):
        with st.container(key=f"when_{block.name}_{view.id}", width="content"):
            st.markdown(f":small[:gray[{block.when(view)}]]")
        with st.container():
            key = f"title_{block.name}_{view.id}"
            st.button(escape(view.title), type="tertiary", key=key, on_click=open_activity, args=(view.id,), wrap=True)
        st.markdown(block.note(view), width="content")


def _unfold(key: str) -> None:
    st.session_state[key] = True


def due(view: ActivityView) -> str:
    """When it ends: 11月24日, 11月, 至11月30日."""
    if view.precision is DatePrecision.DAY and view.starts_on != view.ends_on:
        return t("to {day}", day=short_date(view.ends_on))
    return when(view.starts_on, view.ends_on, view.precision)


def done(view: ActivityView) -> str:
    """When it was last done."""
    return short_date(view.done_on) if view.done_on else ""


def owner(view: ActivityView) -> str:
    """The person in small grey type; two-character names spaced to three, so that columns align."""
    name = view.owner
    if len(name) == NAME_LENGTH - 1 and all(ord(letter) > 0x2E80 for letter in name):
        name = "\u3000".join(name)
    return f":small[:gray[{escape(name)}]]" if name else ""
