"""Finalise and reopen: what is final is locked and stamped, and says when the records have moved on since."""

import streamlit as st

from unionboard import db
from unionboard.services import summary_final
from unionboard.services.permissions import Act
from unionboard.services.record_changes import RecordChange
from unionboard.services.summary import SummaryView
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.history import tell_moment, tell_who
from unionboard.ui.offers import offer
from unionboard.ui.summary.known import Known, tell_unsaved
from unionboard.ui.summary.place import stamp
from unionboard.ui.summary.reasons import name_record, tell_reason
from unionboard.ui.text import escape, t, tn

SHOWN = 12
MARK = 12  # letters of the fingerprint that are shown: enough to compare two papers by eye


def show_stamp(view: SummaryView) -> None:
    """Under the bar of a final summary: who, when, its mark, what changed in the records since, and the way to open it again."""
    final = view.final
    if final is None:
        return
    with db.reading() as session:
        changes = summary_final.list_changes_since(session, view.id)
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="summary_stamp"):
        told = t("Final: {who}, {at}", who=tell_who(final.who), at=tell_moment(final.at_utc))
        st.markdown(f":green[:material/lock: **{told}**]", width="content")
        mark = " ".join(final.fingerprint[n : n + 4] for n in range(0, MARK, 4))
        st.markdown(f":small[:gray[{t('Mark {mark}', mark=mark)}]]", width="content")
        if final.check_code:
            st.markdown(f":small[:gray[{t('Change log {code}', code=final.check_code)}]]", width="content")
        if changes:
            _show_changes(changes)
        else:
            st.markdown(f":small[:gray[{t('The records have not changed since.')}]]", width="content")
        st.space("stretch")
        offer(
            Act.FINALISE_SUMMARY,
            t("Reopen"),
            icon=":material/lock_open:",
            type="tertiary",
            key="open_reopen",
            on_click=open_drawer,
            args=("reopen",),
        )


def _show_changes(changes: tuple[RecordChange, ...]) -> None:
    label = tn("{n} change in the records since", "{n} changes in the records since", len(changes))
    with st.popover(label, icon=":material/sync_problem:", type="tertiary", key="changes_since"):
        for change in changes[:SHOWN]:
            st.markdown(
                f"**{escape(name_record(change))}**　{tell_reason(change)}  \n"
                f":small[:gray[{tell_moment(change.at_utc)}　{tell_who(change.who)}]]"
            )
        if len(changes) > SHOWN:
            st.markdown(f":gray[{tn('and {n} more', 'and {n} more', len(changes) - SHOWN)}]")


def show_finalise(view: SummaryView, known: Known) -> None:
    """What finalising means, what is still open, and the button. Conflicts and what is private stop it; gaps and other remarks do not."""
    st.markdown(
        t("A final summary can no longer be edited. It keeps its words and figures, with a mark that shows whether anything was changed.")
    )
    st.markdown(f":gray[{t('Somebody who gives a reason can open it again; that is written down.')}]")
    private = len(known.check.undecided)
    remarks = len(known.check.remarks) - private
    unsaved, unsaved_told = tell_unsaved(view)
    points = (
        (
            view.conflicts,
            "error",
            tn("{n} sentence stands in two versions: pick first", "{n} sentences stand in two versions: pick first", view.conflicts),
        ),
        (
            private,
            "error",
            tn("{n} place tells what is private: change it or decide", "{n} places tell what is private: change them or decide", private),
        ),
        (
            len(known.stale),
            "sync_problem",
            tn("{n} part is older than the records", "{n} parts are older than the records", len(known.stale)),
        ),
        (unsaved, "edit_note", unsaved_told),
        (len(view.gaps), "help", tn("{n} gap is not filled", "{n} gaps are not filled", len(view.gaps))),
        (remarks, "rule", tn("{n} remark of the checker is open", "{n} remarks of the checker are open", remarks)),
    )
    still_open = [(icon, words) for count, icon, words in points if count]
    with st.container(border=True, gap="xsmall"):
        for icon, words in still_open:
            st.markdown(f":orange[:material/{icon}:] {words}")
        if not still_open:
            st.markdown(f":green[:material/check_circle:] {t('Nothing is open.')}")
    with st.container(horizontal=True, wrap=False):
        st.button(
            t("Finalise"),
            type="primary",
            icon=":material/lock:",
            width="stretch",
            disabled=bool(view.conflicts or private),
            key="go_finalise",
            on_click=_finalise,
            args=(view,),
        )
        st.button(t("Cancel"), key="close_drawer", on_click=leave_drawer)


def show_reopen(view: SummaryView) -> None:
    """Why it is opened again; asked, and kept in the log."""
    st.markdown(t("Papers that left the house keep the mark of the final one. Say why it is opened again."))
    st.text_input(t("Reason"), key=f"{FORM_PREFIX}reason", max_chars=200)
    show_buttons(t("Reopen"), _reopen, view)


def _finalise(view: SummaryView) -> None:
    if action(lambda session: summary_final.finalise(session, view.id, version=view.version, **stamp()), done=t("It is final now.")).ok:
        leave_drawer()


def _reopen(view: SummaryView) -> None:
    reason = typed("reason")
    if action(
        lambda session: summary_final.reopen(session, view.id, reason=reason, version=view.version, **stamp()),
        done=t("It can be edited again."),
    ).ok:
        leave_drawer()
