"""Right of the paper: heading and words of the chosen part. What is typed is kept at every pause and held against the books."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import db
from unionboard.drafting.typed_figures import Books, TypedFigure, Verdict, check_typed
from unionboard.errors.saving import StaleSave
from unionboard.models import SummaryForm, SummarySpan
from unionboard.services import summary_editing
from unionboard.services.permissions import Act
from unionboard.services.summary import BlockView, DraftId, SummaryView
from unionboard.services.summary_editing import Typing
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.components.summary_editor import TypedMark, show_summary_editor
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.summary.history import show_history
from unionboard.ui.summary.known import find_typing
from unionboard.ui.summary.place import stamp
from unionboard.ui.summary.wishes import offer_heading, offer_leaving_out, show_left_out
from unionboard.ui.summary.words import name_block
from unionboard.ui.text import escape, mark_difference, t

EDITOR, _HANDLED, _DROPPED = "summary_editor", "summary_handled", "summary_dropped"
TITLE_ROOM, HEADING_ROOM = 200, 300


def show_editor(view: SummaryView, block: BlockView, books: Books, typing: Mapping[str, Typing]) -> None:
    """Everything one may change of a part: its heading, its words, and back to what they were."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{t('Edit this part')}**", width="content")
        st.markdown(f":gray[{escape(name_block(view, block))}]", width="stretch")
    if view.is_final:
        _tell_locked()
        return
    if not identity.may(Act.WRITE_SUMMARY):
        return
    if block.is_left_out:
        show_left_out(view, block)
        return
    with st.container(key="summary_line"):  # also without a heading: the text below keeps its place on the page
        if block.generated_heading:
            label, key = t("Heading, without its number"), summary_editing.heading_key(block.key)
            _show_line(view, key, block.heading, [typing], version=block.version, label=label, most=HEADING_ROOM)
            offer_heading(view, block)
    _show_text(view, block, books, [typing])
    if block.is_edited:
        label = t("Back to the records' words")
        offer(
            Act.WRITE_SUMMARY, label, icon=":material/undo:", type="tertiary", key="restore_block", on_click=_restore, args=(view.id, block)
        )
    offer_leaving_out(view, block)
    show_history(view, block)


def show_title(view: SummaryView, typing: Mapping[str, Typing]) -> None:
    """The title, which people may word themselves."""
    st.markdown(f"**{t('Title')}**")
    if view.is_final:
        _tell_locked()
        return
    if not identity.may(Act.WRITE_SUMMARY):
        return
    _show_line(view, summary_editing.TITLE, view.title, [typing], version=view.version, label=t("Title of the summary"), most=TITLE_ROOM)
    if view.own_title is not None:
        label = t("Back to the records' words")
        offer(Act.WRITE_SUMMARY, label, icon=":material/undo:", type="tertiary", key="restore_title", on_click=_restore_title, args=(view,))


def _tell_locked() -> None:
    st.markdown(f":gray[:material/lock: {t('The summary is finalised; its words are locked.')}]")


@st.fragment
def _show_line(view: SummaryView, key: str, saved: str, found: list[Mapping[str, Typing]], *, version: int, label: str, most: int) -> None:
    """The title or a heading: kept while it is typed as all words are, saved when it is left."""
    slot = f"{EDITOR}_line"
    typing = _take_typing(view, found).get(key)
    show_summary_editor(
        key=slot,
        place=name_place(view.id, key),
        version=version,
        saved=saved,
        typed=typing.text if typing else None,
        typed_at=typing.typed_at_utc if typing else None,
        handled=_handled(slot),
        on_steps=partial(take_steps, slot),
        label=label,
        most=most,
    )


@st.fragment
def _show_text(view: SummaryView, block: BlockView, books: Books, found: list[Mapping[str, Typing]]) -> None:
    """The words themselves. A pause in typing draws only this anew."""
    typing = _take_typing(view, found).get(block.key)
    typed = typing.text if typing else None
    show_summary_editor(
        key=EDITOR,
        place=name_place(view.id, block.key),
        version=typing.version if typing else block.version,
        saved=block.text,
        typed=typed,
        typed_at=typing.typed_at_utc if typing else None,
        marks=mark_typed(books, block, block.text if typed is None else typed),
        handled=_handled(EDITOR),
        on_steps=partial(take_steps, EDITOR),
        dropped=int(st.session_state.get(_DROPPED, 0)),
    )
    if typing and typing.version != block.version:
        _show_dispute(view, block, typing)


def _take_typing(view: SummaryView, found: list[Mapping[str, Typing]]) -> Mapping[str, Typing]:
    """What is typed and not saved: ``found`` by the run of the whole page; when a part of it runs alone later, looked up anew."""
    if found:
        return found.pop()
    with db.reading() as session:
        return find_typing(session, view)


def mark_typed(books: Books, block: BlockView, text: str) -> tuple[TypedMark, ...]:
    """The figures in ``text`` that the books do not bear out; the records' own words need no look."""
    if text == block.generated:
        return ()
    found = check_typed(books, block.key, text)
    return tuple(_mark(one) for one in found if one.verdict in {Verdict.CHANGED, Verdict.UNSUPPORTED})


def _mark(one: TypedFigure) -> TypedMark:
    if one.verdict is Verdict.UNSUPPORTED:
        return TypedMark(one.start, one.end, "unsupported", t("No record supports this figure."))
    told = t("The records say {recorded}.", recorded=one.recorded)
    return TypedMark(one.start, one.end, "changed", told, one.recorded, t("Put {recorded}", recorded=one.recorded))


def show_typed_elsewhere(view: SummaryView, typing: Mapping[str, Typing]) -> None:
    """What was typed into parts that the records no longer give: nobody could find it otherwise."""
    known = {summary_editing.TITLE, *(key for block in view.blocks for key in (block.key, summary_editing.heading_key(block.key)))}
    for key in sorted(typing.keys() - known):
        with st.expander(t("Typed into a part that is gone"), icon=":material/history:", key=f"typed_elsewhere_{key}"):
            st.code(typing[key].text, language=None, wrap_lines=True)
            offer(
                Act.WRITE_SUMMARY,
                t("Throw away what I typed"),
                type="tertiary",
                key=f"drop_elsewhere_{key}",
                on_click=_drop,
                args=(view.id, key),
            )


def name_place(draft_id: DraftId, key: str) -> str:
    """A part of a draft as the browser knows it."""
    return "/".join([str(draft_id.plan_id), draft_id.form.value, draft_id.span.value, draft_id.language, key])


def read_place(place: str) -> tuple[DraftId, str]:
    """What ``name_place`` named."""
    plan_id, form, span, language, key = place.split("/", 4)
    return DraftId(int(plan_id), SummaryForm(form), SummarySpan(span), language), key


def _handled(slot: str) -> int:
    return int(st.session_state.get(f"{_HANDLED}_{slot}", 0))


def take_steps(slot: str, steps: Sequence[Mapping[str, Any]]) -> None:
    """Keep, save or drop what people typed in the editor ``slot``. What cannot be saved is kept, what cannot be kept comes again."""
    handled = _handled(slot)
    fresh = [step for step in steps if int(step["n"]) > handled]
    for step in fresh:
        if not _take(step):
            return
    st.session_state[f"{_HANDLED}_{slot}"] = max([handled, *(int(step["n"]) for step in fresh)])
    if any(step["do"] != "typed" for step in fresh):
        st.rerun()


def _take(step: Mapping[str, Any]) -> bool:
    """Whether the step needs not come again."""
    draft_id, key = read_place(str(step["place"]))
    facts: dict[str, Any] = {"text": str(step["text"]), "version": int(step["version"]), **stamp()}
    if step["do"] == "drop":
        return action(lambda session: summary_editing.drop_typing(session, draft_id, key, who=acting_who())).ok
    if step["do"] == "save":
        is_line = key == summary_editing.TITLE or key.startswith(summary_editing.HEADING)
        told_by_caller = () if is_line else (StaleSave,)  # two texts are laid side by side, two headings are told in a sentence
        saved = action(lambda session: _save(session, draft_id, key, facts), done=t("Saved."), told_by_caller=told_by_caller)
        if saved.ok:
            return True
    kept = action(lambda session: summary_editing.keep_typing(session, draft_id, key, **facts))
    return kept.ok or kept.refusal is not None


def _save(session: Session, draft_id: DraftId, key: str, facts: Mapping[str, Any]) -> object:
    words = {name: value for name, value in facts.items() if name != "text"}
    if key == summary_editing.TITLE:
        return summary_editing.save_title(session, draft_id, title=facts["text"], **words)
    if key.startswith(summary_editing.HEADING):
        block = key.removeprefix(summary_editing.HEADING)
        return summary_editing.save_heading(session, draft_id, block, heading=facts["text"], **words)
    return summary_editing.save_block(session, draft_id, key, **facts)


def _show_dispute(view: SummaryView, block: BlockView, typing: Typing) -> None:
    """Somebody saved other words while this was typed: both, and what to do."""
    with st.container(border=True, gap="small", key="typing_dispute"):
        told = t("This part was changed while you typed. Yours is kept and not saved yet.")
        st.markdown(f":orange[:material/group: **{told}**]")
        theirs, yours = mark_difference(block.text, typing.text)
        for name, words in ((t("Now"), theirs), (t("yours"), yours)):
            st.markdown(f":small[:gray[{name}]]  \n{words}")
        with st.container(horizontal=True):
            label = t("Put mine over it")
            offer(
                Act.WRITE_SUMMARY, label, icon=":material/edit:", key="dispute_mine", on_click=_put_over, args=(view.id, block, typing.text)
            )
            offer(
                Act.WRITE_SUMMARY,
                t("Keep theirs"),
                icon=":material/check:",
                key="dispute_theirs",
                on_click=_drop,
                args=(view.id, block.key),
            )


def _put_over(draft_id: DraftId, block: BlockView, text: str) -> None:
    facts: dict[str, Any] = {"text": text, "version": block.version, **stamp()}
    action(lambda session: summary_editing.save_block(session, draft_id, block.key, **facts), done=t("Saved."), close=True)


def _drop(draft_id: DraftId, key: str) -> None:
    st.session_state[_DROPPED] = int(st.session_state.get(_DROPPED, 0)) + 1
    action(lambda session: summary_editing.drop_typing(session, draft_id, key, who=acting_who()), close=True)


def _restore(draft_id: DraftId, block: BlockView) -> None:
    facts: dict[str, Any] = {"version": block.version, **stamp()}
    action(lambda session: summary_editing.restore_block(session, draft_id, block.key, **facts), done=t("The records' words are back."))


def _restore_title(view: SummaryView) -> None:
    facts: dict[str, Any] = {"title": "", "version": view.version, **stamp()}
    action(lambda session: summary_editing.save_title(session, view.id, **facts), done=t("The records' words are back."))
