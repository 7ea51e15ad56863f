"""How the words of a part came to be: who wrote them when, and the way back to any of them."""

from typing import Any

import streamlit as st

from unionboard.services import summary_editing
from unionboard.services.permissions import Act
from unionboard.services.summary import BlockView, DraftId, SummaryView
from unionboard.services.summary_editing import BlockVersion
from unionboard.ui.actions import action
from unionboard.ui.history import tell_moment, tell_who
from unionboard.ui.kept import keep
from unionboard.ui.offers import offer
from unionboard.ui.summary.place import stamp
from unionboard.ui.text import mark_difference, t, tn

SHOWN = 12


def show_history(view: SummaryView, block: BlockView) -> None:
    """The versions of a part, newest first; nothing before somebody has edited it."""
    versions = keep(summary_editing.list_versions, view.id, block.key)
    if not versions:
        return
    label = tn("History, {n} version", "History, {n} versions", len(versions))
    with st.expander(label, icon=":material/history:", key="summary_history"):
        for version in versions[:SHOWN]:
            _show_version(view, block, version)


def _show_version(view: SummaryView, block: BlockView, version: BlockVersion) -> None:
    text = block.generated if version.text is None else version.text
    words = t("the records' words") if version.text is None else tn("{n} character", "{n} characters", len(text))
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f":small[{tell_moment(version.at_utc)}　{tell_who(version.who)}　:gray[{words}]]", width="stretch")
        if text == block.text:
            st.markdown(f":small[:gray[{t('stands now')}]]", width="content")
            return
        with st.popover(t("See"), type="tertiary", key=f"version_{version.change_id}"):
            then, now = mark_difference(text, block.text)
            st.markdown(f":small[:gray[{t('Then')}]]  \n{then}")
            st.markdown(f":small[:gray[{t('Now')}]]  \n{now}")
            key = f"put_back_version_{version.change_id}"
            args = (view.id, block, version.text)
            offer(Act.WRITE_SUMMARY, t("Put this version back"), icon=":material/undo:", key=key, on_click=_put_back, args=args)


def _put_back(draft_id: DraftId, block: BlockView, text: str | None) -> None:
    facts: dict[str, Any] = {"version": block.version, **stamp()}
    if text is None:
        action(lambda session: summary_editing.restore_block(session, draft_id, block.key, **facts), done=t("Put back."))
    else:
        action(
            lambda session: summary_editing.save_block(session, draft_id, block.key, text=text, is_typed=False, **facts),
            done=t("Put back."),
        )
