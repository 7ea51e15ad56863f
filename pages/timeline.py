"""The plan as a timeline: what was meant to happen, what did, and what is still owed."""

from functools import partial

import streamlit as st

from unionboard import clock, db
from unionboard.models import UnionKind
from unionboard.services import activities, plans, timeline, unions
from unionboard.ui.activity_drawer import show_activity_drawer
from unionboard.ui.frame import chosen_plan
from unionboard.ui.live import watch_changes
from unionboard.ui.text import t
from unionboard.ui.timeline import show_timeline
from unionboard.ui.timeline_baseline import ask_baseline, tell_deviation
from unionboard.ui.timeline_calendar import show_calendar
from unionboard.ui.timeline_empty import show_no_activities, show_no_plan, show_nothing_found
from unionboard.ui.timeline_filters import ask_filters, ask_grouping, ask_more, fold
from unionboard.ui.timeline_list import show_list
from unionboard.ui.timeline_paper import show_paper_menu
from unionboard.ui.timeline_period import View, ask_period, ask_view, step_month

watch_changes()
plan = chosen_plan()
if plan is None or plan.id is None:
    show_no_plan()
    st.stop()

with db.reading() as session:
    views = activities.list_activities(session, plan.id, today=clock.today())
    sections = plans.list_sections(session, plan.id)
    union = unions.find_union(session)
if not views:
    show_no_activities()
    st.stop()
kind = union.kind if union else UnionKind.SCHOOL

with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"timeline_head_{fold()}"):
    st.markdown(f"# {t('Timeline')}", width="content")
    view = ask_view()
    period = ask_period(plan, kind=kind, view=view)
    ask_more()
    st.space("stretch")
    grouping = ask_grouping(views, view=view)
    compared = ask_baseline(plan, views)
    papers = st.container(width="content", key="timeline_papers")
choice = ask_filters(period, sections, views, view=view, grouping=grouping, compared=compared)
with papers:
    show_paper_menu(plan, choice, is_compared=compared is not None)
if compared:
    tell_deviation(compared)

terms = timeline.list_terms(choice.within, kind=kind)
if view is View.CALENDAR:
    show_calendar(choice.shown, month=choice.within, name=choice.period, terms=terms, on_step=partial(step_month, plan), compared=compared)
elif not choice.shown and not choice.gone:
    show_nothing_found(choice)
elif view is View.LIST:
    show_list(choice.shown, compared=compared, gone=choice.gone)
else:
    groups = timeline.group_activities(choice.shown, by=choice.grouping, sections=sections, within=choice.within, shares_of=choice.found)
    base = compared.baseline if compared else None
    show_timeline(groups, by=choice.grouping, within=choice.within, terms=terms, baseline=base, gone=choice.gone)
show_activity_drawer()
