"""The unions below this one in the same database: which there are, and adding one. An ordinary union hardly notices it."""

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.models import UnionKind
from unionboard.services.permissions import Act
from unionboard.services.union_tree import NewUnion, add_union, list_unions
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.text import escape, t

_TOLD = "union_told"
"""The union just added, with its chair's one-time password: shown until it was written down."""


def may_add() -> bool:
    """Whoever is signed in and may set up unions and accounts."""
    return identity.is_signed_in() and identity.may(Act.SET_UNION) and identity.may(Act.MANAGE_ACCOUNTS)


def show(kinds: dict[UnionKind, str]) -> None:
    """At the end of the union's tab, folded up; ``kinds``: what the kinds of unions are called, to be translated."""
    if not may_add():
        return
    own = identity.union_number()
    with db.reading() as session:
        below = [one for one in list_unions(session) if one.above == own]
    with st.expander(t("Unions under us"), icon=":material/account_tree:", expanded=_TOLD in st.session_state, key="unions_under"):
        _show_told()
        for one in below:
            st.text(f"{one.number}　{one.name}　{t(kinds[one.kind])}")
        if not below:
            st.markdown(f":small[:gray[{t('For a county or a group: its unions can keep their year here, and we see their figures.')}]]")
        with st.form("union_under_form", border=False, clear_on_submit=True):
            name, chair, kind = st.columns(3)
            name.text_input(t("Name of the union"), max_chars=80, key="union_under_name")
            chair.text_input(t("Its chair's name"), max_chars=40, key="union_under_chair")
            kind.selectbox(t("Kind of unit"), list(kinds), format_func=lambda one: t(kinds[one]), key="union_under_kind")
            st.form_submit_button(t("Add a union"), icon=":material/add:", key="union_under_add", on_click=_add)


def _show_told() -> None:
    told = st.session_state.get(_TOLD)
    if not isinstance(told, NewUnion):
        return
    with st.container(border=True, key="union_told_box"):
        sentence = t("Hand this password to {name}. It is shown this once and is good for one sign-in.", name=escape(told.chair))
        st.markdown(f"**{escape(told.name)}** · {sentence}")
        st.code(told.password, language=None)
        st.button(t("Written down"), icon=":material/check:", key="union_told_done", on_click=lambda: st.session_state.pop(_TOLD, None))


def _add() -> None:
    name, chair, kind = (st.session_state[f"union_under_{field}"] for field in ("name", "chair", "kind"))

    def add(session: Session) -> NewUnion:
        who, now_utc = identity.acting_who(), clock.now_utc()
        return add_union(session, name=name, kind=kind, above=identity.union_number(), chair=chair, who=who, now_utc=now_utc)

    outcome = action(add)
    if outcome.ok:
        st.session_state[_TOLD] = outcome.value
