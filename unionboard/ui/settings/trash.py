"""What was deleted in the last 30 days, and the way back."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import streamlit as st

from unionboard import clock, db
from unionboard.errors.permissions import NotYours
from unionboard.models import DecisionKind, EvidenceKind, PaperKind
from unionboard.money import format_fen
from unionboard.services import trash
from unionboard.services.evidence_store import evidence_place
from unionboard.services.trash import TrashItem
from unionboard.ui.actions import action
from unionboard.ui.evidence import EVIDENCE_WORDS
from unionboard.ui.fund.papers import paper_word
from unionboard.ui.history import tell_moment, tell_who
from unionboard.ui.identity import acting_who
from unionboard.ui.meeting_words import DECISION_LOOKS
from unionboard.ui.refusals import tell
from unionboard.ui.text import escape, short_date, t, tn

_ICONS = {
    "activity": ":material/event:",
    "check_off": ":material/task_alt:",
    "evidence": ":material/attach_file:",
    "section": ":material/format_list_numbered:",
    "measure": ":material/short_text:",
    "meeting": ":material/groups:",
    "decision": ":material/gavel:",
    "claim": ":material/request_quote:",
    "fund_paper": ":material/receipt_long:",
    "care_visit": ":material/volunteer_activism:",
    "handout": ":material/redeem:",
    "budget_amendment": ":material/edit_note:",
    "summary_template": ":material/description:",
}
_PAGE = 30
_SHOWN, _KIND = "trash_shown", "trash_kind"


def show() -> None:
    """The tab."""
    now_utc = clock.now_utc()
    try:
        with db.reading() as session:
            items = trash.list_trash(session, now_utc=now_utc)
    except NotYours as refusal:
        st.info(tell(refusal), icon=":material/lock:")
        return
    st.markdown(f":gray[{t('Whatever was deleted stays here for 30 days and comes back as it was.')}]")
    if any(item.is_private for item in items):
        told = t("Names and files about people are erased for good after 30 days; backups made before still hold them, sealed.")
        st.markdown(f":small[:gray[{told}]]")
    if not items:
        st.info(t("The recycle bin is empty: nothing was deleted in the last 30 days."), icon=":material/restore_from_trash:")
        st.page_link("pages/board.py", label=t("To the board"), icon=":material/arrow_forward:")
        return
    chosen = _choose_kind(items)
    wanted = [item for item in items if chosen is None or item.noun == chosen]
    shown = int(st.session_state.get(_SHOWN, _PAGE))
    for item in wanted[:shown]:
        _show_item(item, now_utc)
    if len(wanted) > shown:
        st.button(t("Show more"), key="trash_more", on_click=_show_more, args=(shown,))


def _choose_kind(items: Sequence[TrashItem]) -> str | None:
    counts = Counter(item.noun for item in items)
    if len(counts) < 2:
        return None
    kinds = [noun for noun in trash.WORDS if noun in counts]
    chosen = st.pills(
        t("Kind"), kinds, format_func=lambda noun: f"{t(trash.WORDS[noun])} {counts[noun]}", key=_KIND, label_visibility="collapsed"
    )
    return None if chosen is None else str(chosen)


def _show_item(item: TrashItem, now_utc: datetime) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"trash_{item.id}"):
        with st.container(gap=None):
            st.markdown(f"{_ICONS[item.noun]} :gray[{_kind(item)}] **{escape(_title(item))}**")
            st.markdown(f":small[:gray[{'　'.join(_facts(item, now_utc))}]]")
        if item.may_restore:
            with st.container(width="content"):
                st.button(t("Restore"), icon=":material/restore_from_trash:", key=f"restore_{item.id}", on_click=_restore, args=(item.id,))


def _kind(item: TrashItem) -> str:
    word = t(trash.WORDS[item.noun])
    if item.noun == "evidence":
        return f"{word} · {t(EVIDENCE_WORDS[EvidenceKind(item.code)])}"
    if item.noun == "fund_paper":
        return f"{word} · {paper_word(PaperKind(item.code))}"
    return f"{word} · {t(DECISION_LOOKS[DecisionKind(item.code)][2])}" if item.noun == "decision" else word


def _title(item: TrashItem) -> str:
    if item.title:
        return item.title
    if item.noun == "meeting" and item.number is not None:
        return t("Meeting number {number}", number=item.number)
    if item.noun == "care_visit" and item.people is not None:
        return tn("{n} person", "{n} people", item.people)
    return item.parent or t("not named here")


def _facts(item: TrashItem, now_utc: datetime) -> list[str]:
    """Markdown."""
    told = [item.parent] if item.parent and item.title else []
    if item.day is not None and item.noun != "activity":
        told.append(short_date(item.day))
    if item.amount_fen is not None:
        told.append(format_fen(item.amount_fen))
    if item.others:
        told.append(tn("with {n} more record", "with {n} more records", item.others))
    told = [escape(fact) for fact in told]
    told.append(t("deleted by {who} on {moment}", who=tell_who(item.who), moment=tell_moment(item.removed_at_utc)))
    days = -(-(item.until_utc - now_utc) // timedelta(days=1))
    return [*told, tn("{n} day left", "{n} days left", days)]


def _show_more(shown: int) -> None:
    st.session_state[_SHOWN] = shown + _PAGE


def _restore(trash_id: int) -> None:
    folder, who = evidence_place(), acting_who()
    action(
        lambda session: trash.restore(session, trash_id, evidence_dir=folder, who=who, now_utc=clock.now_utc()),
        done=t("Put back as it was."),
    )
