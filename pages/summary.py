"""The year-end summary: paper, the sources of each sentence, people's own words."""

from collections.abc import Mapping, Sequence

import streamlit as st

from unionboard import db
from unionboard.errors.entries import NoSuchSummary
from unionboard.models import Plan
from unionboard.services import summary
from unionboard.services.permissions import Act
from unionboard.services.summary import DraftHead, DraftId, SummaryView
from unionboard.services.summary_editing import Typing
from unionboard.ui import empty_pages
from unionboard.ui.activity_drawer import opened_activity, show_activity_drawer
from unionboard.ui.components.screen import measure_screen
from unionboard.ui.drawers import show_drawer
from unionboard.ui.frame import chosen_plan
from unionboard.ui.fund.facts import show_correction_form, show_entry
from unionboard.ui.kept import keep
from unionboard.ui.live import watch_changes
from unionboard.ui.offers import offer
from unionboard.ui.summary.checker import show_checker
from unionboard.ui.summary.chooser import ask_day, chosen_draft, show_chooser, write_now
from unionboard.ui.summary.conflict import show_conflict
from unionboard.ui.summary.desk import ask_paper, settle_block, show_bar, show_rail
from unionboard.ui.summary.editor import show_editor, show_title, show_typed_elsewhere
from unionboard.ui.summary.export_drawer import show_export
from unionboard.ui.summary.finalise import show_finalise, show_reopen, show_stamp
from unionboard.ui.summary.known import Known, find_typing, look_up
from unionboard.ui.summary.place import picked
from unionboard.ui.summary.sheet import show_sheet
from unionboard.ui.summary.sources import show_sources
from unionboard.ui.text import t

SHORTEST_PANE, PHONE_PANE, BELOW, CHOICE = 480, 440, 40, 48
PHONE_SHARE_PCT = 42  # of a phone's height, once a sentence is chosen: its records stand below the paper


def show_no_plan() -> None:
    """What this page will show, and the next step."""
    text = t("Here the year-end summary is written from the year's records, by the plan's own sections. There is no plan yet.")
    empty_pages.show_no_plan(t("Summary"), text)


def show_no_draft(plan: Plan, draft_id: DraftId, heads: Sequence[DraftHead]) -> None:
    """What the first draft will hold, and the button that writes it."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="summary_bar"):
        st.markdown(f"# {t('Summary')}", width="content")
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom", key="actions_summary"):
            show_chooser(plan, draft_id, None, heads)
    with st.container(border=True):
        st.markdown(f"**{t('There is no draft yet.')}**")
        st.markdown(
            t(
                "It is written from what was checked off and booked, under the plan's own headings: what was done, money, problems, "
                "next year's ideas. Every sentence shows its records, and your own words are kept."
            )
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            ask_day(plan, draft_id, None)
            label = t("Write the draft")
            offer(
                Act.WRITE_SUMMARY,
                label,
                type="primary",
                icon=":material/edit_note:",
                key="go_write_summary",
                on_click=write_now,
                args=(draft_id,),
            )


def show_draft(plan: Plan, view: SummaryView, heads: Sequence[DraftHead], known: Known, typing: Mapping[str, Typing]) -> None:
    """Bar, then rail, paper and what stands behind it side by side (one below the other on a phone)."""
    show_bar(plan, view, heads, known.stale, len(known.check.remarks))
    show_stamp(view)
    block = settle_block(view)
    screen = measure_screen("summary_room")
    rail, rest = st.columns([2.4, 11.4], gap="medium")
    height = max(SHORTEST_PANE, screen.height - screen.top - BELOW)
    if screen.is_phone:
        height = PHONE_PANE if picked().n is None else screen.height * PHONE_SHARE_PCT // 100
    with rail, st.container(height="content" if screen.is_phone else height, border=False):
        show_rail(view, known.stale, typing, is_phone=screen.is_phone)
    with rest:
        if block and block.is_conflict and not block.is_left_out:
            if not ask_paper():
                show_conflict(view, block, known.books)
                return
            height -= CHOICE
        paper, side = st.columns([7.4, 4], gap="medium")
        with paper:
            show_sheet(view, height=height)
        with side, st.container(height="content" if screen.is_phone else height, border=False, key="summary_side"):
            if block is None:
                show_title(view, typing)
            else:
                show_sources(view, block)
                show_editor(view, block, known.books, typing)
            show_typed_elsewhere(view, typing)


plan = chosen_plan()
if plan is None:
    show_no_plan()
    st.stop()
watch_changes(auto=False)
heads = keep(summary.list_drafts, plan.id or 0)
draft_id = chosen_draft(plan, heads)
try:
    view, known = keep(summary.read_draft, draft_id), look_up(draft_id)
    with db.reading() as session:
        typing = find_typing(session, view)
except NoSuchSummary:
    show_no_draft(plan, draft_id, heads)
else:
    show_draft(plan, view, heads, known, typing)
    if opened_activity() is None:
        show_drawer(
            {
                "check": (t("Check before it goes out"), lambda _: show_checker(view, known.check)),
                "export": (t("Export"), lambda _: show_export(view, known)),
                "finalise": (t("Finalise"), lambda _: show_finalise(view, known)),
                "reopen": (t("Reopen"), lambda _: show_reopen(view)),
                "facts": (t("Entry"), show_entry),
                "correction": (t("Correct an entry"), show_correction_form),
            }
        )
show_activity_drawer()
