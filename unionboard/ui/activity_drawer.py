"""The drawer of one activity: what is planned, what became of it, and everything one may do about it."""

import streamlit as st

from unionboard import clock, db
from unionboard.errors.activities import NoSuchActivity
from unionboard.models import DutyKind, TemplateKind
from unionboard.services import activities, evidence, plans, spending
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import show_notices
from unionboard.ui.activity_actions import show_actions, show_cancel, show_postpone
from unionboard.ui.activity_editor import show_editor
from unionboard.ui.activity_facts import show_facts, show_head
from unionboard.ui.activity_spending import show_spending
from unionboard.ui.activity_turns import show_turns
from unionboard.ui.checkoff_form import show_check_off_form
from unionboard.ui.drawer_state import Panel, Place, close_activity, current_place, open_activity, opened_activity
from unionboard.ui.evidence import show_papers
from unionboard.ui.papers.words import link_paper
from unionboard.ui.record_history import show_record_history
from unionboard.ui.text import escape, t

__all__ = ["Panel", "close_activity", "open_activity", "opened_activity", "show_activity_drawer"]
WIDTH = 560


def show_activity_drawer() -> None:
    """Open the drawer on the right when the address names an activity. Called once, at the end of a page; it stays open until closed.

    While a panel asks, only its buttons lead out: a click beside the drawer or Esc would throw away what was typed.
    """
    activity_id = opened_activity()
    if activity_id is None:
        return
    try:
        with db.reading() as session:
            title = activities.find_activity(session, activity_id, today=clock.today()).title
    except NoSuchActivity:
        close_activity()
        return
    is_read = _current_place(activity_id).panel is Panel.READ
    st.dialog(escape(title), position="right", width=WIDTH, dismissible=is_read, on_dismiss=close_activity)(_show)(activity_id)


def _current_place(activity_id: int) -> Place:
    """What the drawer shows, and to whoever may not change the activity what is known of it."""
    place = current_place(activity_id)
    act = Act.CHECK_OFF if place.panel is Panel.REPORT else Act.EDIT_PLAN
    return place if place.panel is Panel.READ or identity.may(act) else Place(activity_id)


def _show(activity_id: int) -> None:
    show_notices()
    place = _current_place(activity_id)
    with db.reading() as session:
        try:
            view = activities.find_activity(session, activity_id, today=clock.today())
        except NoSuchActivity:  # somebody took it out of the plan meanwhile
            close_activity()
            st.rerun()
        plan = next(plan for plan in plans.list_plans(session) if plan.id == view.plan_id)
        sections = plans.list_sections(session, view.plan_id)
        papers = evidence.list_evidence(session, [record.id for record in view.records], with_removed=True)
        sees_money = identity.may(Act.SEE_MONEY)
        entries = spending.list_entries(session, plan, activity_id) if sees_money else []
        unlinked = spending.list_unlinked(session, plan) if identity.may(Act.KEEP_BOOKS) else []
    with st.container(key="drawer"):
        show_head(view, is_brief=place.panel is not Panel.READ)
        if place.panel is Panel.REPORT:
            show_check_off_form(view, place)
        elif place.panel is Panel.EDIT:
            show_editor(view, plan, sections)
        elif place.panel is Panel.POSTPONE:
            show_postpone(view, plan)
        elif place.panel is Panel.CANCEL:
            show_cancel(view)
        else:
            show_facts(view)
            show_actions(view)
            if view.duty is not DutyKind.ONE_OFF:
                show_turns(view)
            show_papers(view, papers)
            link_paper(TemplateKind.SIGN_IN, t("Sign-in sheet"), view.id)
            if sees_money:
                show_spending(view, entries, unlinked)
            show_record_history("activity", activity_id, key="history")
