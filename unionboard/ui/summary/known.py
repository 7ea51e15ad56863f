"""What the page needs to know of a summary besides its words."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from unionboard import db
from unionboard.drafting.typed_figures import Books
from unionboard.services import summary, summary_check, summary_drafts, summary_editing
from unionboard.services.summary import DraftId, SummaryView
from unionboard.services.summary_check import SummaryCheck
from unionboard.services.summary_editing import Typing
from unionboard.ui.identity import acting_who
from unionboard.ui.kept import find_moment_of_run, keep
from unionboard.ui.text import tn

_KNOWN = "summary_known"


@dataclass(frozen=True, slots=True)
class Known:
    """``stale``: parts whose records have changed; ``books``: what typed figures are held to; ``check``: what a checker would say."""

    stale: frozenset[str]
    books: Books
    check: SummaryCheck


def look_up(draft_id: DraftId) -> Known:
    """All of it for a summary as it stands. The draft is composed for it, which takes longer than a click may: nobody waits for it twice.

    What is typed and not saved yet makes no difference to it, so the session holds on to it until something is logged.
    Raises: NoSuchSummary.
    """
    now = (find_moment_of_run().told, draft_id)
    held = st.session_state.get(_KNOWN)
    if held is None or held[0] != now:
        held = st.session_state[_KNOWN] = (now, keep(gather_known, draft_id))
    known: Known = held[1]
    return known


def gather_known(session: Session, draft_id: DraftId) -> Known:
    """The same, from the records. For ``kept.keep``."""
    view = summary.read_draft(session, draft_id)
    knowledge = summary_check.gather_knowledge(session, view)
    return Known(
        stale=summary_drafts.find_stale(session, view, facts=knowledge.facts),
        books=knowledge.books,
        check=summary_check.check_summary(session, view, known=knowledge),
    )


def find_typing(session: Session, view: SummaryView) -> Mapping[str, Typing]:
    """What was typed and not saved, by part; typing is no change of the data."""
    return summary_editing.find_typing(session, view.id, who=acting_who())


def tell_unsaved(view: SummaryView) -> tuple[int, str]:
    """In how many places words were typed and not saved, and the sentence that says so: nothing made of the summary holds them."""
    with db.reading() as session:
        n = len(find_typing(session, view))
    return n, tn("{n} place holds words not saved yet; they are left out", "{n} places hold words not saved yet; they are left out", n)
