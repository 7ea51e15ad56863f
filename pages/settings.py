"""Settings: is anything lost, who we are, which words, where the data live."""

import streamlit as st

from unionboard import __version__, db
from unionboard.config import read_config
from unionboard.models import Union
from unionboard.services import backups, plans, unions
from unionboard.ui import settings_forms as forms
from unionboard.ui.frame import chosen_plan
from unionboard.ui.text import t

with db.reading() as session:
    union = unions.find_union(session) or Union(name="")
    members = unions.list_members(session, active_only=False)
    all_plans = plans.list_plans(session)
    health = backups.inspect_data(session, backup_dir=read_config().backup_dir)

st.title(t("Settings"))
forms.show_health(health)

left, right = st.columns(2)
with left:
    with st.container(border=True):
        st.subheader(t("The union"), anchor=False)
        forms.show_union(union)
    with st.container(border=True):
        st.subheader(t("Language"), anchor=False)
        forms.show_language()
        forms.show_plan_choice(all_plans, chosen_plan())
with right:
    with st.container(border=True):
        st.subheader(t("The committee"), anchor=False)
        forms.show_members(members)
    with st.container(border=True):
        st.subheader(t("Data and backups"), anchor=False)
        forms.show_data(health)

st.caption(t("Unionboard {version}", version=__version__))
