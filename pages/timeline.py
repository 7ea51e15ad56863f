"""The plan as a timeline: what was meant to happen, what did, and what is still owed."""

from functools import partial

import streamlit as st

from unionboard import clock
from unionboard.ui.activity_drawer import show_activity_drawer
from unionboard.ui.frame import chosen_plan
from unionboard.ui.kept import keep
from unionboard.ui.live import watch_changes
from unionboard.ui.text import t
from unionboard.ui.timeline import show_timeline
from unionboard.ui.timeline_baseline import ask_baseline, tell_deviation
from unionboard.ui.timeline_calendar import show_calendar
from unionboard.ui.timeline_empty import show_no_activities, show_no_plan, show_nothing_found
from unionboard.ui.timeline_filters import ask_filters, ask_grouping, ask_more, fold
from unionboard.ui.timeline_list import show_list
from unionboard.ui.timeline_paper import show_paper_menu
from unionboard.ui.timeline_period import ask_period, ask_view, step_month
from unionboard.ui.timeline_year import View, read_year

watch_changes()
plan = chosen_plan()
if plan is None or plan.id is None:
    show_no_plan()
    st.stop()

year = keep(read_year, plan.id, today=clock.today())
if not year.views:
    show_no_activities()
    st.stop()

with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"timeline_head_{fold()}"):
    st.markdown(f"# {t('Timeline')}", width="content")
    view = ask_view()
    period = ask_period(plan, kind=year.kind, view=view)
    ask_more()
    st.space("stretch")
    grouping = ask_grouping(year, view=view)
    behind = ask_baseline(plan, year)
    papers = st.container(width="content", key="timeline_papers")
choice, is_empty = ask_filters(plan.id, year, period, view=view, grouping=grouping, behind=behind)
with papers:
    show_paper_menu(plan, choice)
if behind:
    tell_deviation(behind, choice)

if choice.view is View.CALENDAR:
    show_calendar(choice, on_step=partial(step_month, plan))
elif is_empty:
    show_nothing_found(choice)
elif choice.view is View.LIST:
    show_list(choice)
else:
    show_timeline(choice)
show_activity_drawer()
