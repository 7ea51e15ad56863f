import streamlit as st

from unionboard import db
from unionboard.services import plans
from unionboard.services.guard import not_yours
from unionboard.services.permissions import Act
from unionboard.ui.frame import chosen_plan
from unionboard.ui.identity import may
from unionboard.ui.plan_comparing import current_comparison
from unionboard.ui.plan_comparison import offer_comparison, show_comparison
from unionboard.ui.plan_copying import show_copy_dialog
from unionboard.ui.plan_editor import show_editor
from unionboard.ui.plan_reading import show_reading
from unionboard.ui.plan_start import START_KEY, current_desk, leave_start, show_start
from unionboard.ui.refusals import tell
from unionboard.ui.text import t

with db.reading() as session:
    all_plans = plans.list_plans(session)
plan = chosen_plan()
is_edited = may(Act.EDIT_PLAN)
desk = current_desk() if is_edited else None
comparing = current_comparison(plan) if plan and is_edited else None

if plan is None and not is_edited:
    st.title(t("Plan"), anchor=False)
    st.markdown(tell(not_yours(Act.EDIT_PLAN)))
elif desk is not None:
    offer_comparison(desk, all_plans)
    show_reading(desk)
elif plan is None or (is_edited and st.session_state.get(START_KEY)):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(t("Plan"), anchor=False, width="content")
        st.markdown(f":gray[{t('Bring in the plan as it is; you see what was read before anything is stored.')}]", width="content")
        st.space("stretch")
        if plan is not None:
            st.button(t("Back to the plan"), key="leave_start", icon=":material/arrow_back:", type="tertiary", on_click=leave_start)
    show_start(all_plans)
elif comparing is not None:
    show_comparison(comparing, plan)
else:
    show_editor(plan, all_plans)
if is_edited:
    show_copy_dialog()
