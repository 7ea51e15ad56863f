"""A part in two versions, sentence by sentence: people's words beside those of the records now, and why they changed."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any
from zlib import crc32

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.drafting.merge import Conflict, Settled
from unionboard.drafting.typed_figures import Books
from unionboard.services import summary_merging as merging
from unionboard.services.permissions import Act
from unionboard.services.summary import BlockView, Choice, OpenConflict, SummaryView, read_draft
from unionboard.services.summary_merging import Reasons
from unionboard.ui.actions import Outcome, action
from unionboard.ui.components.summary_editor import sent_steps, show_summary_editor
from unionboard.ui.history import tell_who
from unionboard.ui.offers import offer
from unionboard.ui.summary.editor import mark_typed, name_place
from unionboard.ui.summary.place import stamp
from unionboard.ui.summary.reasons import head_reason, show_reasons, tell_since
from unionboard.ui.summary.versions import mark_versions
from unionboard.ui.summary.words import name_block
from unionboard.ui.text import escape, language, short_date, t

_HANDLED, _TYPED = "own_handled", "own_typed"


def show_conflict(view: SummaryView, block: BlockView, books: Books) -> None:
    """All sentences of the part: what is settled, and each conflict with its choice; right of them the reasons and the outcome."""
    with db.reading() as session:
        reasons = merging.list_reasons(session, view.id, block.key)
        because = {one.key: merging.list_reasons(session, view.id, block.key, one.key) for one in block.conflicts}
    sentences, side = st.columns([7.4, 4], gap="medium")
    with sentences:
        _show_head(view, block, reasons)
        open_ones = {one.key: one for one in block.conflicts}
        for is_settled, segments in groupby(block.segments, lambda segment: isinstance(segment, Settled)):
            if is_settled:
                _show_settled(view, block, [segment for segment in segments if isinstance(segment, Settled)])
            else:
                for segment in segments:
                    _show_choice(view, block, open_ones[segment.key], because[segment.key], books)
        _show_foot(view, block)
    with side:
        show_reasons(reasons)
        _show_outcome(view, block)


def _show_head(view: SummaryView, block: BlockView, reasons: Reasons) -> None:
    told = [t("Pick one for each sentence; nothing is written until all are picked.")]
    if block.edited_at_utc:
        edited = clock.local_day(block.edited_at_utc)
        since = tell_since(edited, len({(one.noun, one.row_id) for one in reasons.records}))
        told.insert(0, t("Edited by {who} on {day}; {since}.", who=tell_who(block.edited_by), day=short_date(edited), since=since))
    st.markdown(f"**{escape(name_block(view, block))}**  \n:gray[{(' ' if language() == 'en' else '').join(told)}]")


def _show_settled(view: SummaryView, block: BlockView, segments: Sequence[Settled]) -> None:
    """What needs no choice, in one box: runs of sentences that are alike in where they come from."""
    with st.container(border=True, gap="xsmall"):
        for head, run in groupby(segments, lambda segment: _origin(block, segment)):
            st.markdown(f":small[{head}]")
            st.markdown(escape(_joined([segment.label + segment.text for segment in run], view)))


def _origin(block: BlockView, segment: Settled) -> str:
    if segment.sentence is None or segment.text != segment.sentence.text:
        return f":blue[:material/edit: {t('Your own words, kept')}]"
    if segment.text not in (block.edited or ""):
        return f":green[:material/sync: {t('As the records are now; you had not touched it')}]"
    return f":gray[:material/check_circle: {t('The same in both, nothing to pick')}]"


def _show_choice(view: SummaryView, block: BlockView, one: OpenConflict, reasons: Reasons, books: Books) -> None:
    place = _name_place(block, one)
    with st.container(border=True, gap="small", key=f"conflict_{place}"):
        st.markdown(f":orange[:material/warning:] **{_title(one, reasons)}**")
        mine, new = mark_versions(one.base.text, one.mine, one.new.text if one.new else "")
        left, right = st.columns(2)
        edited = " ".join([tell_who(block.edited_by), short_date(clock.local_day(block.edited_at_utc))]) if block.edited_at_utc else ""
        left.markdown(f":small[:gray[{t('Your version')}　{edited}]]  \n{mine or _nothing(t('You took this sentence out.'))}")
        now = t("by the records up to {day}", day=short_date(view.as_of))
        gone = _nothing(t("The records no longer give this sentence."))
        right.markdown(f":small[:gray[{t('New version')}　{now}]]  \n{new or gone}")
        st.session_state[f"pick_{place}"] = one.choice
        st.segmented_control(
            t("What shall stand there?"),
            list(Choice),
            format_func=lambda choice: _choices(one)[choice],
            key=f"pick_{place}",
            label_visibility="collapsed",
            width="stretch",
            on_change=_pick,
            args=(view, block, one, place),
        )
        if one.choice is Choice.OWN:
            _ask_own(view, block, one, books)


def _ask_own(view: SummaryView, block: BlockView, one: OpenConflict, books: Books) -> None:
    """Words of one's own, kept at every pause: neither a reload nor a press at once loses them."""
    place = _name_place(block, one)
    text = str(st.session_state.get(f"{_TYPED}_{place}", one.own))
    show_summary_editor(
        key=f"own_{place}",
        place=f"{name_place(view.id, block.key)}/{place}",
        version=block.version,
        saved=text,
        typed=text,
        typed_at=None,
        handled=int(st.session_state.get(f"{_HANDLED}_{place}", 0)),
        on_steps=partial(_keep_own, view, block, one),
        marks=mark_typed(books, block, text),
        is_kept_at_once=True,
    )


def _name_place(block: BlockView, one: OpenConflict) -> str:
    """A choice as session and browser know it: other versions are another choice."""
    return f"{block.key}_{crc32(repr((one.key, one.mine, one.new and one.new.text)).encode()):08x}"


def _choices(one: OpenConflict) -> dict[Choice, str]:
    """The three ways out; what one of them would do is said where there is nothing to keep or to take."""
    return {
        Choice.MINE: t("Keep mine") if one.mine else t("Leave it out"),
        Choice.NEW: t("Take new") if one.new else t("Let it go"),
        Choice.OWN: t("Rewrite"),
    }


def _title(one: OpenConflict, reasons: Reasons) -> str:
    if because := head_reason(reasons):
        return because
    if one.new is None:
        return t("The records no longer give this sentence.")
    if not one.mine:
        return t("You took this sentence out, and the records have moved on.")
    return t("You and the records both changed this sentence.")


def _nothing(words: str) -> str:
    return f":gray[{words}]"


def _show_foot(view: SummaryView, block: BlockView) -> None:
    left = block.open_conflicts
    picked = len(block.conflicts) - left
    with st.container(horizontal=True, vertical_alignment="center", key="conflict_foot"):
        told = t("{picked} picked, {left} to go", picked=picked, left=left) if left else t("All picked")
        st.markdown(f":gray[{told}]", width="stretch")
        if left:
            mine, new = (t("Keep mine everywhere"), t("Take all new")) if not picked else (t("Keep mine in the rest"), t("The rest new"))
            offer(Act.WRITE_SUMMARY, mine, type="tertiary", key="conflict_all_mine", on_click=_pick_all, args=(view, block, Choice.MINE))
            offer(Act.WRITE_SUMMARY, new, type="tertiary", key="conflict_all_new", on_click=_pick_all, args=(view, block, Choice.NEW))
        st.button(
            t("Write into this part"),
            type="primary",
            icon=":material/check:",
            disabled=bool(left),
            key="go_conflict_write",
            on_click=_write,
            args=(view, block),
        )


def _show_outcome(view: SummaryView, block: BlockView) -> None:
    """The part as it will read; what is not yet picked stands in brackets."""
    st.markdown(f"**{t('Then this part reads')}**")
    found = {one.key: one for one in block.conflicts}
    lines: list[list[str]] = [[]]
    for segment in block.segments:
        words = _outcome(segment, found)
        if segment.opens and lines[-1]:
            lines.append([])
        if words:
            lines[-1].append(words)
    with st.container(border=True):
        st.markdown("\n\n".join(_joined(line, view) for line in lines if line))


def _outcome(segment: Settled | Conflict, found: dict[str, OpenConflict]) -> str:
    if isinstance(segment, Settled):
        return escape(segment.label + segment.text)
    one = found[segment.key]
    if one.words is None:
        start = (one.mine or (one.new.text if one.new else ""))[:8]
        return f":orange[〔{escape(start)}… {t('to be picked')}〕]"
    return f":primary[{escape(segment.label + one.words)}]" if one.words else ""


def _joined(sentences: Sequence[str], view: SummaryView) -> str:
    return (" " if view.language == "en" else "").join(sentences)


def _pick(view: SummaryView, block: BlockView, one: OpenConflict, place: str) -> None:
    choice: Choice | None = st.session_state[f"pick_{place}"]
    own = one.own or one.proposal or one.mine or (one.new.text if one.new else "")
    _choose(view, block, one, choice, own if choice is Choice.OWN else "")


def _keep_own(view: SummaryView, block: BlockView, one: OpenConflict, steps: Sequence[Mapping[str, Any]]) -> None:
    """Take the words as they are typed; the last step tells all. What cannot be kept comes again, what is refused does not."""
    place = _name_place(block, one)
    if not steps or int(steps[-1]["n"]) <= int(st.session_state.get(f"{_HANDLED}_{place}", 0)):
        return
    text = str(steps[-1]["text"])
    kept = _choose(view, block, one, Choice.OWN, text)
    if kept.ok or kept.refusal:
        st.session_state[f"{_HANDLED}_{place}"], st.session_state[f"{_TYPED}_{place}"] = int(steps[-1]["n"]), text


def _choose(view: SummaryView, block: BlockView, one: OpenConflict, choice: Choice | None, own: str) -> Outcome[BlockView]:
    def choose(session: Session) -> BlockView:
        version = _seen_version(session, view, block)
        return merging.choose(session, view.id, block.key, one.key, choice=choice, own=own, version=version, **stamp())

    return action(choose)


def _pick_all(view: SummaryView, block: BlockView, choice: Choice) -> None:
    def choose(session: Session) -> None:
        merging.choose_all(session, view.id, block.key, choice=choice, version=_seen_version(session, view, block), **stamp())

    action(choose)


def _write(view: SummaryView, block: BlockView) -> None:
    for one in block.conflicts:
        if one.choice is Choice.OWN:  # what was typed until the press comes along with it
            _keep_own(view, block, one, sent_steps(f"own_{_name_place(block, one)}"))

    def write(session: Session) -> None:
        merging.write_choices(session, view.id, block.key, version=_seen_version(session, view, block), **stamp())

    action(write, done=t("Written."))


def _seen_version(session: Session, view: SummaryView, block: BlockView) -> int:
    """The version of what the person saw. A choice made since does not make it older: words typed reach the server with the next press."""
    now = next((one for one in read_draft(session, view.id).blocks if one.key == block.key), None)
    is_same = now is not None and (now.edited, now.sentences) == (block.edited, block.sentences)
    return now.version if now and is_same else block.version
