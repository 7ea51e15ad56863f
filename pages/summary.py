import streamlit as st

from unionboard import db
from unionboard.errors.entries import NoSuchSummary
from unionboard.models import Plan
from unionboard.services import summary, summary_drafts
from unionboard.services.summary import DraftId, SummaryView
from unionboard.services.summary_sources import check_draft
from unionboard.ui.activity_drawer import show_activity_drawer
from unionboard.ui.components.screen import measure_screen
from unionboard.ui.frame import chosen_plan
from unionboard.ui.live import watch_changes
from unionboard.ui.summary.desk import choose_day, chosen_block, show_bar, show_rail, write_now
from unionboard.ui.summary.editor import show_conflict, show_editor, show_sources
from unionboard.ui.summary.sheet import show_sheet
from unionboard.ui.text import language, t

SHORTEST_PANE, PHONE_PANE, BELOW = 480, 440, 40


def show_no_plan() -> None:
    """What this page will show, and the next step."""
    st.markdown(f"# {t('Summary')}")
    st.markdown(t("Here the year-end summary is written from the year's records, by the plan's own sections. There is no plan yet."))
    st.page_link("pages/board.py", label=t("Begin on the board"), icon=":material/arrow_forward:")


def show_no_draft(plan: Plan) -> None:
    """What the first draft will hold, and the button that writes it."""
    st.markdown(f"# {t('Summary')}")
    with st.container(border=True):
        st.markdown(f"**{t('There is no draft yet.')}**")
        st.markdown(
            t(
                "It is written from what was checked off and booked, under the plan's own headings: what was done, money, problems, "
                "next year's ideas. Every sentence shows its records, and your own words are kept."
            )
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":gray[{t('Records up to')}]", width="content")
            choose_day(plan, None)
            st.button(
                t("Write the draft"), type="primary", icon=":material/edit_note:", key="go_write_summary", on_click=write_now, args=(plan,)
            )


def show_draft(plan: Plan, view: SummaryView) -> None:
    """Bar, then rail, paper and editor side by side (one below the other on a phone)."""
    with db.reading() as session:
        stale, remarks = summary_drafts.find_stale(session, view), check_draft(session, view)
    show_bar(plan, view, stale, remarks)
    block = chosen_block(view)
    screen = measure_screen()
    height = PHONE_PANE if screen.is_phone else max(SHORTEST_PANE, screen.height - screen.top - BELOW)
    rail, paper, editor = st.columns([2.4, 7.4, 4], gap="medium")
    with rail:
        show_rail(view, stale, is_phone=screen.is_phone)
    with paper:
        show_sheet(view, height=height)
    with editor:
        if block.is_conflict:
            show_conflict(view, block)
        else:
            show_sources(view, block)
        show_editor(view, block)


plan = chosen_plan()
if plan is None:
    show_no_plan()
    st.stop()
watch_changes(auto=False)
try:
    with db.reading() as session:
        view = summary.read_draft(session, DraftId(plan.id or 0, language=language()))
except NoSuchSummary:
    show_no_draft(plan)
else:
    show_draft(plan, view)
show_activity_drawer()
