import streamlit as st

from unionboard import clock
from unionboard.services.checklist import COVERAGE, take_stock
from unionboard.ui.activity_drawer import show_activity_drawer
from unionboard.ui.cards import list_cards, show_list
from unionboard.ui.checkoff_filter import choose_owner, choose_show, offer_all, show_owner_filter, show_pills
from unionboard.ui.empty_pages import show_no_activities, show_no_plan
from unionboard.ui.evidence_coverage import show_coverage
from unionboard.ui.frame import chosen_plan
from unionboard.ui.kept import keep
from unionboard.ui.live import watch_changes
from unionboard.ui.text import t, tn

watch_changes()
plan = chosen_plan()
if plan is None:
    show_no_plan(t("Check-offs"), t("Here the year's activities are ticked off, month by month. There is no plan yet."))
    st.stop()

today = clock.today()
stock = keep(take_stock, plan.id or 0, today=today)
show, owner = choose_show(plan, today=today), choose_owner(stock)
listed = list_cards(plan.id or 0, show=show, owner=owner, today=today)

with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(t("Check-offs"), anchor=False, width="content")
    st.markdown(f":gray[{tn('{n} still to do', '{n} still to do', listed['open'])}]", width="content")
    st.space("stretch")
    show_owner_filter(stock)
show_pills(plan, today=today)
if not stock.views:
    show_no_activities(t("There is nothing to tick off yet: the plan holds no activities."))
elif show == COVERAGE:
    show_coverage(plan, owner=owner, today=today)
else:
    show_list(listed)
    if not listed["parts"]:
        offer_all(show)
show_activity_drawer()
