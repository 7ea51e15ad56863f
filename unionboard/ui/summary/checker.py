"""What a checker would complain of: each sentence with its why and a way to mend it; what is private stops every export until decided."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from unionboard.drafting.lints import TITLE, MendKind, Remark, mend_text, mend_words
from unionboard.services import summary_check, summary_drafts, summary_editing
from unionboard.services.permissions import Act
from unionboard.services.summary import SummaryView
from unionboard.services.summary_check import Decided, SummaryCheck
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, typed
from unionboard.ui.history import tell_moment, tell_who
from unionboard.ui.offers import offer
from unionboard.ui.summary.place import stamp, turn_to
from unionboard.ui.summary.remark_words import name_code, tell_mend, tell_place, tell_why
from unionboard.ui.text import escape, t, tn

_ICONS: Mapping[MendKind, str] = {
    MendKind.REPLACE: "edit_note",
    MendKind.USE_RECORDED: "fact_check",
    MendKind.DELETE: "delete",
    MendKind.ADD: "add",
    MendKind.RESTORE: "undo",
    MendKind.REFRESH: "refresh",
    MendKind.WRITE: "edit",
}


def show_checker(view: SummaryView, check: SummaryCheck) -> None:
    """What stops the export first, then the rest in the order of the page, then what was decided to stand."""
    stops = check.undecided
    others = [remark for remark in check.remarks if remark not in stops]
    if not check.remarks:
        st.success(t("Nothing to complain of."), icon=":material/task_alt:")
    if stops:
        told = tn("{n} place tells what is private", "{n} places tell what is private", len(stops))
        why = t("Nothing leaves this page until each is mended or somebody decides that it may stand.")
        st.error(f"**{told}**  \n{why}", icon=":material/lock:")
        _show_sentences(view, stops, "stop")
    if others:
        st.markdown(f"**{tn('{n} place to look at', '{n} places to look at', len(others))}**")
        _show_sentences(view, others, "look")
    if check.decided:
        with st.expander(tn("{n} place may stand as it is", "{n} places may stand as they are", len(check.decided)), key="check_decided"):
            for decided in check.decided:
                _show_decided(view, decided)


def _show_sentences(view: SummaryView, remarks: Sequence[Remark], name: str) -> None:
    """A card for each sentence, all that is said of it below."""
    for number, (_, group) in enumerate(groupby(remarks, lambda remark: (remark.block, remark.sentence))):
        _show_sentence(view, list(group), f"{name}_{number}")


def _show_sentence(view: SummaryView, remarks: Sequence[Remark], place: str) -> None:
    first = remarks[0]
    block = next((block for block in view.blocks if block.key == first.block), None)
    with st.container(border=True, gap="xsmall", key=f"remark_{place}"):
        label = escape(tell_place(view, first))
        if block or first.block == TITLE:
            st.button(f"**{label}**", type="tertiary", key=f"title_remark_{place}", on_click=_turn_to, args=(first,))
        else:
            st.markdown(f"**{label}**")
        if first.text:
            st.markdown(f"“{_mark(first.text, [remark.words for remark in remarks])}”")
        for number, remark in enumerate(remarks):
            colour, icon = ("red", "lock") if remark.is_private else ("orange", "rule")
            st.markdown(f":{colour}-badge[:material/{icon}: {name_code(remark.code)}] :small[{escape(tell_why(remark))}]")
            if not (block and block.is_conflict):
                _show_ways(view, remark, f"{place}_{number}")
        if block and block.is_conflict:
            label = t("Pick between the two versions first")
            st.button(label, icon=":material/compare_arrows:", key=f"pick_first_{place}", on_click=_turn_to, args=(first,))


def _mark(text: str, words: Sequence[str]) -> str:
    """The sentence with the words in question on a ground of their own."""
    wanted = sorted({word for word in words if word and word != text}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    pieces = re.split(f"({'|'.join(map(re.escape, wanted))})", text)
    return "".join(f":orange-background[{escape(piece)}]" if n % 2 else escape(piece) for n, piece in enumerate(pieces))


def _show_ways(view: SummaryView, remark: Remark, place: str) -> None:
    """The button that mends; for what is private also the decision that it may stand, which a final summary still takes."""
    label, note = "" if view.is_final else tell_mend(remark), f"note_{place}"
    if remark.is_private:
        st.text_input(
            t("Why it may stand"),
            key=f"{FORM_PREFIX}{note}",
            max_chars=200,
            placeholder=t("Why it may stand, such as: agreed by the person"),
            label_visibility="collapsed",
        )
    with st.container(horizontal=True):
        if label and remark.mend:
            icon = f":material/{_ICONS[remark.mend.kind]}:"
            offer(Act.WRITE_SUMMARY, escape(label), icon=icon, key=f"mend_{place}", on_click=_mend, args=(view, remark))
        if remark.is_private:
            offer(
                Act.WRITE_SUMMARY,
                t("It may stand"),
                icon=":material/how_to_reg:",
                key=f"decide_{place}",
                on_click=_decide,
                args=(view, remark, note),
            )


def _turn_to(remark: Remark) -> None:
    turn_to(remark.block, remark.sentence)
    leave_drawer()


def _mend(view: SummaryView, remark: Remark) -> None:
    mend = remark.mend
    assert mend is not None
    if mend.kind is MendKind.WRITE:
        _turn_to(remark)
    if mend.kind is MendKind.REFRESH:
        action(partial(summary_drafts.write_draft, draft_id=view.id, as_of=view.as_of, **stamp()), done=t("Written anew."), close=True)
    elif remark.block == TITLE:
        title = mend_words(view.title, mend)
        action(lambda session: summary_editing.save_title(session, view.id, title=title, version=view.version, **stamp()), close=True)
    else:
        _mend_block(view, remark)


def _mend_block(view: SummaryView, remark: Remark) -> None:
    block = next((block for block in view.blocks if block.key == remark.target), None)
    if block is None:
        return
    if remark.mend and remark.mend.kind is MendKind.RESTORE:
        action(
            lambda session: summary_editing.restore_block(session, view.id, block.key, version=block.version, **stamp()),
            done=t("The records' words are back."),
            close=True,
        )
    else:
        text = mend_text(block.shown, remark)
        action(
            lambda session: summary_editing.save_block(
                session, view.id, block.key, text=text, version=block.version, is_typed=False, **stamp()
            ),
            done=t("Mended."),
            close=True,
        )


def _decide(view: SummaryView, remark: Remark, note: str) -> None:
    words = typed(note)
    action(lambda session: summary_check.decide_remark(session, view, remark, note=words, **stamp()), done=t("Decided."), close=True)


def _show_decided(view: SummaryView, decided: Decided) -> None:
    remark = decided.remark
    with st.container(horizontal=True, vertical_alignment="center"):
        told = [f"**{escape(tell_place(view, remark))}**", name_code(remark.code), *([escape(decided.note)] if decided.note else [])]
        who = f":small[:gray[{tell_who(decided.who)}　{tell_moment(decided.decided_at_utc)}]]"
        st.markdown(f"{'　'.join(told)}  \n{who}", width="stretch")
        offer(
            Act.WRITE_SUMMARY, t("Take it back"), type="tertiary", key=f"withdraw_{decided.id}", on_click=_withdraw, args=(view, decided.id)
        )


def _withdraw(view: SummaryView, decision_id: int) -> None:
    action(lambda session: summary_check.withdraw_decision(session, view, decision_id, **stamp()), close=True)
