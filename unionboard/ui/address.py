"""Choices that live in the page's address: a link shows what its sender saw, Back and Forward show what was seen before.

A run goes: ``arrive``, before each widget ``take_choice``, after it ``note_choice``, ``write_address`` last: one act is one step Back.
Whatever the address says anew goes before what the session chose; after Back it is left as it came, or nobody could go further back.

Streamlit's own ``bind="query-params"`` writes the label a user reads, which changes with the language and with every count in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")

_PAGE, _IS_LINK, _TAKEN, _NOTED, _FOLLOWED, _KEPT = (
    f"address_{name}" for name in ("page", "is_link", "taken", "noted", "followed", "kept")
)
_NO_CHOICES = {"lang", "plan", "screen", "activity"}
"""What an address may name without choosing anything of what a page shows."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """How a run left a choice: what the address said, what was meant, and the widget's value."""

    address: list[str]
    meant: list[str]
    value: Any


def arrive(page: str) -> None:
    """Begin a run of ``page``. Coming from another one the choices last made here hold, unless the address makes any."""
    if st.session_state.get(_PAGE) != page:
        st.session_state.update({_PAGE: page, _KEPT: {}, _TAKEN: {}, _IS_LINK: not set(st.query_params) <= _NO_CHOICES})
    st.session_state.update({_NOTED: {}, _FOLLOWED: set()})


def take_choice(key: str, name: str, options: Mapping[str, T], *, default: T) -> bool:
    """Before the widget ``key``: when the address is new, choose what its ``name`` says, or ``default`` if that is no option.

    Returns whether the address was followed. What the widget itself just changed is never overruled.
    """
    wishes = [options[wish] for wish in st.query_params.get_all(name) if wish in options]
    return _take(key, name, wishes[0] if wishes else default)


def take_choices(key: str, name: str, options: Mapping[str, T]) -> bool:
    """The same for a widget with several values; none by default."""
    return _take(key, name, [options[wish] for wish in st.query_params.get_all(name) if wish in options])


def note_choice(name: str, value: str | Sequence[str], *, default: str = "") -> None:
    """After the widget: what the address is to say; the default leaves no trace there."""
    values = [value] if isinstance(value, str) else list(value)
    st.session_state[_NOTED][name] = [one for one in values if one != default]


def write_address() -> None:
    """End a run: write what was noted, at once. A run that breaks off writes nothing; the next one does."""
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    noted: dict[str, list[str]] = st.session_state[_NOTED]
    kept: dict[str, _Kept] = st.session_state[_KEPT]
    own = noted.keys() - st.session_state[_FOLLOWED]
    changed = {name: noted[name] for name in noted if name in own and (name not in kept or kept[name].meant != noted[name])}
    wanted = {name: values for name, values in {**now, **changed}.items() if values}
    if wanted != now:
        st.query_params.from_dict(wanted)
    for name, meant in noted.items():
        kept[name] = _Kept(wanted.get(name, []), meant, _value(name))


def _take(key: str, name: str, wish: object) -> bool:
    is_first = name not in st.session_state[_TAKEN]
    st.session_state[_TAKEN][name] = key
    kept: _Kept | None = st.session_state[_KEPT].get(name)
    says = st.query_params.get_all(name)
    if kept is None:
        is_news = bool(is_first and st.session_state[_IS_LINK])
    else:
        is_news = says != kept.address and kept.value == _value(name)
        st.session_state[_FOLLOWED] |= {name} if is_news else set()
    if is_news:
        st.session_state[key] = wish
    return is_news


def _value(name: str) -> Any:
    return st.session_state.get(st.session_state[_TAKEN].get(name, ""))
