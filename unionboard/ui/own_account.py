"""What everybody may do with their own account: another password, and signing out."""

from html import escape as escape_html

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.errors.sign_ins import PasswordsDiffer
from unionboard.services import accounts, passwords
from unionboard.ui.actions import action
from unionboard.ui.text import t

_OLD, _NEW, _AGAIN = (f"own_password_{field}" for field in ("old", "new", "again"))


def show_sign_out() -> None:
    """The way out is a page of the server's own: only a response can take the cookie away."""
    st.html(f'<a class="ub-sign-out" href="/logout" target="_self">{escape_html(t("Sign out"))}</a>', width="content")


def show_password_form() -> None:
    """The old password, and the new one twice."""
    with st.form("own_password", border=False, clear_on_submit=True):
        for key, label, hint in (
            (_OLD, t("Your password"), "current-password"),
            (_NEW, t("New password"), "new-password"),
            (_AGAIN, t("The new password again"), "new-password"),
        ):
            st.text_input(label, type="password", max_chars=passwords.MOST, autocomplete=hint, key=key)
        st.form_submit_button(t("Change the password"), type="primary", key="own_password_send", on_click=_change)
    least = t("At least {n} characters; your other browsers are signed out.", n=passwords.LEAST)
    st.markdown(f":small[:gray[{least}]]")


def _change() -> None:
    old, new, again = (str(st.session_state.get(key) or "") for key in (_OLD, _NEW, _AGAIN))

    def change(session: Session) -> None:
        if new != again:
            raise PasswordsDiffer
        accounts.change_own_password(session, old=old, new=new, now_utc=clock.now_utc())

    action(change, done=t("The password is changed."))
