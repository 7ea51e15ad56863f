"""Quiet buttons of a part: leave it out of the summary, take it in again, tell its heading as a result."""

from typing import Any

import streamlit as st

from unionboard.services import summary_editing
from unionboard.services.permissions import Act
from unionboard.services.summary import BlockView, DraftId, SummaryView
from unionboard.services.summary_headings import offer_result_heading
from unionboard.ui.actions import action
from unionboard.ui.offers import offer
from unionboard.ui.summary.place import stamp
from unionboard.ui.text import escape, t


def offer_leaving_out(view: SummaryView, block: BlockView) -> None:
    """Only for a part that a summary can do without."""
    if block.may_be_left_out:
        label = t("Leave this part out")
        offer(
            Act.WRITE_SUMMARY,
            label,
            icon=":material/visibility_off:",
            type="tertiary",
            key="leave_out",
            on_click=_leave_out,
            args=(view.id, block),
        )


def show_left_out(view: SummaryView, block: BlockView) -> None:
    """What is said of a part that is left out, and the way back."""
    told = t("This part is left out of the summary. Its words are kept and go on following the records.")
    st.markdown(f":gray[:material/visibility_off: {told}]")
    offer(
        Act.WRITE_SUMMARY,
        t("Take this part in again"),
        icon=":material/visibility:",
        key="take_in",
        on_click=_take_in,
        args=(view.id, block),
    )


def offer_heading(view: SummaryView, block: BlockView) -> None:
    """The heading as a result, where there is one; nothing puts it in but the press."""
    heading = offer_result_heading(view, block)
    if heading:
        label, args = escape(t("As a result: {heading}", heading=heading)), (view.id, block, heading)
        offer(Act.WRITE_SUMMARY, label, icon=":material/auto_fix:", type="tertiary", key="result_heading", on_click=_rename, args=args)


def _leave_out(draft_id: DraftId, block: BlockView) -> None:
    facts: dict[str, Any] = {"version": block.version, **stamp()}
    action(lambda session: summary_editing.leave_out(session, draft_id, block.key, **facts), done=t("Left out. Its words are kept."))


def _take_in(draft_id: DraftId, block: BlockView) -> None:
    facts: dict[str, Any] = {"version": block.version, **stamp()}
    action(lambda session: summary_editing.take_in(session, draft_id, block.key, **facts), done=t("It stands in the summary again."))


def _rename(draft_id: DraftId, block: BlockView, heading: str) -> None:
    facts: dict[str, Any] = {"heading": heading, "version": block.version, **stamp()}
    action(lambda session: summary_editing.save_heading(session, draft_id, block.key, **facts), done=t("Saved."))
