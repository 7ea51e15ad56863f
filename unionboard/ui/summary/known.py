"""What the page needs to know of a summary besides its words."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.drafting.typed_figures import Books
from unionboard.services import summary_check, summary_drafts, summary_editing
from unionboard.services.changes import tell_moment
from unionboard.services.summary import DraftId, SummaryView
from unionboard.services.summary_check import SummaryCheck
from unionboard.services.summary_editing import Typing
from unionboard.ui.identity import acting_who
from unionboard.ui.text import tn

_KNOWN = "summary_known"


@dataclass(frozen=True, slots=True)
class Known:
    """``stale``: parts whose records have changed; ``books``: what typed figures are held to; ``check``: what a checker would say.

    It holds as long as nothing is written, at the ``moment`` it was looked up.
    """

    moment: str
    draft_id: DraftId
    stale: frozenset[str]
    books: Books
    check: SummaryCheck


def look_up(session: Session, view: SummaryView) -> Known:
    """All of it for ``view``. The draft is composed for it, which takes longer than a click may: nothing is looked up twice."""
    moment = tell_moment(session, today=clock.today())
    known = st.session_state.get(_KNOWN)
    if not isinstance(known, Known) or (known.moment, known.draft_id) != (moment, view.id):
        knowledge = summary_check.gather_knowledge(session, view)
        known = st.session_state[_KNOWN] = Known(
            moment,
            view.id,
            stale=summary_drafts.find_stale(session, view, facts=knowledge.facts),
            books=knowledge.books,
            check=summary_check.check_summary(session, view, known=knowledge),
        )
    return known


def find_typing(session: Session, view: SummaryView) -> Mapping[str, Typing]:
    """What was typed and not saved, by part; typing is no change of the data."""
    return summary_editing.find_typing(session, view.id, who=acting_who())


def tell_unsaved(view: SummaryView) -> tuple[int, str]:
    """In how many places words were typed and not saved, and the sentence that says so: nothing made of the summary holds them."""
    with db.reading() as session:
        n = len(find_typing(session, view))
    return n, tn("{n} place holds words not saved yet; they are left out", "{n} places hold words not saved yet; they are left out", n)
