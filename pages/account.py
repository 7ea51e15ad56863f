"""One's own account: the name, what it may do, another password, where it is signed in, and signing out."""

import streamlit as st

from unionboard import clock, db
from unionboard.services import sign_ins
from unionboard.ui import identity
from unionboard.ui.own_account import show_password_form, show_sign_out
from unionboard.ui.settings.accounts import show_sign_ins, sign_out_everywhere, tell_roles
from unionboard.ui.text import t

actor = identity.current_actor()
if actor.account_id is None:
    st.title(t("Account"), anchor=False)
    st.markdown(t("There are no accounts yet: this program opens on this computer only. The settings make the first one."))
    st.page_link("pages/settings.py", label=t("To the accounts"), icon=":material/arrow_forward:", query_params={"tab": "accounts"})
    st.stop()

with db.reading() as session:
    open_ones = sign_ins.list_sign_ins(session, actor.account_id, now_utc=clock.now_utc())

with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(t("Account"), anchor=False, width="content")
    st.text(actor.name, width="content")
    st.markdown(f":gray[{tell_roles(actor.roles)}]", width="content")
    st.space("stretch")
    show_sign_out()
left, right = st.columns(2)
with left, st.container(border=True):
    st.subheader(t("Where you are signed in"), anchor=False)
    show_sign_ins(open_ones)
    if len(open_ones) > 1:
        st.button(t("Sign out everywhere else"), key="end_others", on_click=sign_out_everywhere, args=(actor.account_id,))
with right, st.container(border=True):
    st.subheader(t("Another password"), anchor=False)
    show_password_form()
