"""The plan as a timeline: what was meant to happen, what did, and what is still owed."""

import streamlit as st

from unionboard import clock, db
from unionboard.services import activities, plans, timeline
from unionboard.ui.activity_drawer import show_activity_drawer
from unionboard.ui.components.screen import measure_screen
from unionboard.ui.frame import chosen_plan
from unionboard.ui.text import t
from unionboard.ui.timeline import show_desk, show_phone
from unionboard.ui.timeline_filters import ask_filters, clear_filters

plan = chosen_plan()
if plan is None or plan.id is None:
    st.markdown(f"# {t('Timeline')}")
    st.markdown(t("Here the plan of the year will lie before you by month: what was planned, what happened, and what is still owed."))
    st.page_link("pages/plan.py", label=t("Read a plan"), icon=":material/arrow_forward:")
    st.stop()

with db.reading() as session:
    views = activities.list_activities(session, plan.id, today=clock.today())
    sections = plans.list_sections(session, plan.id)

if not views:
    st.markdown(f"# {t('Timeline')}")
    st.markdown(t("The plan holds no activities yet. Each one you add will be a row here, in the months it was planned for."))
    st.page_link("pages/plan.py", label=t("Add activities to the plan"), icon=":material/arrow_forward:")
    st.stop()

filters, chart = st.container(gap="small"), st.container(gap=None)
with chart:
    screen = measure_screen()
with filters:
    choice = ask_filters(plan, sections, views, is_phone=screen.is_phone)
if not choice.shown:
    st.markdown(t("No activity fits this choice."))
    if choice.is_narrowed:
        st.button(t("Show all again"), icon=":material/filter_alt_off:", key="timeline_clear", on_click=clear_filters)
elif screen.is_phone:
    with chart:
        show_phone(choice.shown, within=choice.within)
else:
    groups = timeline.group_activities(choice.shown, by=choice.grouping, sections=sections, within=choice.within, shares_of=choice.found)
    with chart:
        show_desk(groups, by=choice.grouping, within=choice.within, screen=screen)
show_activity_drawer()
