"""Tokens for other programs: made for one by its name, told once, revoked at once."""

import streamlit as st

from unionboard import clock, db
from unionboard.models import AccessToken, TokenKind
from unionboard.services import access_tokens
from unionboard.ui.actions import action
from unionboard.ui.identity import acting_who
from unionboard.ui.settings.calendars import show_revoking, tell_use
from unionboard.ui.text import escape, language, t

_LABEL, _TOLD = "api_token_label", "api_token_told"


def show() -> None:
    """The card."""
    with st.container(border=True, key="api_tokens_card"):
        st.subheader(t("Tokens for other programs"), anchor=False)
        st.markdown(t("The school’s website or a dashboard may read activities, figures and the fund’s totals. They change nothing."))
        st.link_button(t("What can be read, and how"), f"/api?lang={language()}", icon=":material/data_object:", key="api_page")
        _show_told()
        with db.reading() as session:
            rows = access_tokens.list_tokens(session, TokenKind.API)
        for row in rows:
            _show_row(row)
        with st.container(horizontal=True, vertical_alignment="bottom", key="api_token_new"):
            st.text_input(t("For which program"), max_chars=80, placeholder=t("School website"), width=320, key=_LABEL)
            st.button(t("Make a token"), key="make_api_token", on_click=_make)


def _show_told() -> None:
    """The token just made, until it was copied."""
    told: tuple[str, str] | None = st.session_state.get(_TOLD)
    if told is None:
        return
    label, token = told
    with st.container(border=True, key="api_token_told_box"):
        st.markdown(f"**{t('The token for {name}. It is shown this once: copy it now.', name=escape(label))}**")
        st.code(token, language=None, wrap_lines=True)
        st.button(t("Copied"), icon=":material/check:", key="api_token_told_done", on_click=lambda: st.session_state.pop(_TOLD, None))


def _show_row(row: AccessToken) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"api_token_row_{row.id}"):
        with st.container(gap=None):
            st.text(row.label)
            st.markdown(f":small[:gray[{tell_use(row)}]]")
        st.space("stretch")
        with st.popover(t("Rename"), key=f"api_token_{row.id}"):
            key = f"api_token_label_{row.id}_{row.version}"
            st.text_input(t("For which program"), row.label, max_chars=80, key=key)
            st.button(t("Save"), key=f"rename_api_token_{row.id}", on_click=_rename, args=(row, key))
        show_revoking(row, t("The program that uses this token reads nothing from this moment on."))


def _make() -> None:
    label = str(st.session_state.get(_LABEL) or "")
    outcome = action(
        lambda session: access_tokens.issue_api_token(session, label=label, language=language(), who=acting_who(), now_utc=clock.now_utc())
    )
    if outcome.ok and outcome.value is not None:
        st.session_state.update({_TOLD: (outcome.value.row.label, outcome.value.token), _LABEL: ""})


def _rename(row: AccessToken, key: str) -> None:
    label = str(st.session_state.get(key) or "")
    action(
        lambda session: access_tokens.rename(
            session, row.id or 0, label=label, version=row.version, who=acting_who(), now_utc=clock.now_utc()
        ),
        done=t("Saved."),
    )
