"""Right of the paper: where the chosen sentence comes from, both versions of a conflict, and the block's text to edit."""

from typing import Any
from zlib import crc32

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.money import format_fen
from unionboard.services import summary_editing, summary_merging
from unionboard.services.activities import ActivityView
from unionboard.services.summary import BlockView, Choice, DraftId, SummaryView
from unionboard.services.summary_sources import trace_sources
from unionboard.ui.actions import LOCAL_USER, action
from unionboard.ui.activity_drawer import open_activity
from unionboard.ui.status import describe_status, write_badge
from unionboard.ui.summary.place import SENTENCE
from unionboard.ui.summary.words import name_block
from unionboard.ui.text import escape, mark_difference, span, t, tn

SHOWN = 6
TEXT_HEIGHT = 220


def show_sources(view: SummaryView, block: BlockView) -> None:
    """The chosen sentence and its records; without a choice, how to choose."""
    st.markdown(f"**{t('Where this sentence comes from')}**")
    chosen = st.session_state.get(SENTENCE)
    if chosen is None or chosen >= len(block.shown):
        st.markdown(f":gray[{t('Click a sentence on the paper to see its records.')}]")
        return
    sentence = block.shown[chosen]
    st.markdown(f"“{escape(sentence.text)}”")
    if not sentence.sources:
        hint = t("Your own words; no record stands behind them.") if block.is_edited else t("No record stands behind this sentence.")
        st.markdown(f":gray[{hint}]")
        return
    with db.reading() as session:
        behind = trace_sources(session, view, sentence.sources)
    for activity in behind.activities[:SHOWN]:
        _show_record(activity)
    more = len(behind.activities) - SHOWN
    if more > 0:
        st.markdown(f":gray[{tn('and {n} more activity', 'and {n} more activities', more)}]")
    if behind.entries:
        sums = (t("received {amount}", amount=format_fen(behind.in_fen)), t("spent {amount}", amount=format_fen(behind.out_fen)))
        told = [words for words, fen in zip(sums, (behind.in_fen, behind.out_fen), strict=True) if fen]
        entries = tn("{n} fund entry", "{n} fund entries", behind.entries)
        st.page_link("pages/fund.py", label=escape("　".join([entries, *told])), icon=":material/account_balance_wallet:")
    if behind.visits:
        label = tn("{n} care visit, shown without names", "{n} care visits, shown without names", behind.visits)
        st.page_link("pages/fund.py", label=label, icon=":material/volunteer_activism:")


def _show_record(activity: ActivityView) -> None:
    with st.container(border=True, gap="xsmall"):
        st.button(escape(activity.title), type="tertiary", key=f"title_source_{activity.id}", on_click=open_activity, args=(activity.id,))
        facts = [write_badge(activity.status, describe_status(activity))]
        if record := activity.record:
            facts.append(f":small[:gray[{span(record.done_on, record.done_to)}]]")
            if record.participants:
                facts.append(f":small[:gray[{tn('{n} person', '{n} people', record.participants)}]]")
            if not record.evidence_count:
                facts.append(f":small[:orange[{t('no evidence')}]]")
        st.markdown("　".join(facts))


def show_conflict(view: SummaryView, block: BlockView) -> None:
    """Both versions with what differs, and the choice."""
    st.markdown(f":orange[:material/warning:] **{t('Two versions of this part')}**")
    st.markdown(f":gray[{t('You edited this part; since then the records have changed.')}]")
    mine, new = mark_difference(block.text, block.generated)
    for choice, title, words, label in (
        (Choice.MINE, t("Yours"), mine, t("Keep mine")),
        (Choice.NEW, t("From the records now"), new, t("Take the new one")),
    ):
        with st.container(border=True):
            st.markdown(f":gray[{title}]")
            st.markdown(words or f":gray[{t('The records no longer give this part.')}]")
            st.button(label, key=f"settle_{choice.value}", on_click=_settle, args=(view.id, block, choice), width="stretch")


def show_editor(view: SummaryView, block: BlockView) -> None:
    """The block's words; saving keeps them through every rewriting."""
    st.markdown(f"**{t('Edit this part')}**　:gray[{escape(name_block(view, block))}]")
    key = f"summary_text_{block.key}_{block.version}_{crc32(block.text.encode()):08x}"
    st.text_area(t("Text"), block.text, height=TEXT_HEIGHT, key=key, label_visibility="collapsed")
    with st.container(horizontal=True):
        st.button(t("Save"), type="primary", shortcut="Ctrl+Enter", key="go_save_block", on_click=_save, args=(view.id, block, key))
        if block.is_edited:
            st.button(
                t("Back to the records' words"),
                icon=":material/undo:",
                type="tertiary",
                key="restore_block",
                on_click=_restore,
                args=(view.id, block),
            )


def _save(draft_id: DraftId, block: BlockView, key: str) -> None:
    def save(session: Session) -> BlockView:
        text = str(st.session_state[key])
        return summary_editing.save_block(session, draft_id, block.key, text=text, version=block.version, who=LOCAL_USER, now_utc=clock.now_utc())

    action(save, done=t("Saved."))


def _restore(draft_id: DraftId, block: BlockView) -> None:
    def restore(session: Session) -> BlockView:
        return summary_editing.restore_block(session, draft_id, block.key, version=block.version, who=LOCAL_USER, now_utc=clock.now_utc())

    action(restore, done=t("The records' words are back."))


def _settle(draft_id: DraftId, block: BlockView, choice: Choice) -> None:
    def settle(session: Session) -> BlockView:
        facts: dict[str, Any] = {"who": LOCAL_USER, "now_utc": clock.now_utc()}
        chosen = summary_merging.choose_all(session, draft_id, block.key, choice=choice, version=block.version, **facts)
        return summary_merging.write_choices(session, draft_id, block.key, version=chosen.version, **facts)

    action(settle, done=t("Saved."))
