"""Which summary: its form, the days it covers, its language, and the day up to which records count."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.config import WRITTEN_LANGUAGES
from unionboard.i18n import name_language
from unionboard.models import Plan, SummaryForm, SummarySpan
from unionboard.services import summary_drafts
from unionboard.services.summary import DraftHead, DraftId, SummaryView
from unionboard.services.summary_spans import days_of
from unionboard.ui import address
from unionboard.ui.actions import action
from unionboard.ui.summary.place import stamp
from unionboard.ui.summary.words import FORMS, SPANS
from unionboard.ui.text import language, long_date, short_date, t

FORM, SPAN, TEXT, AS_OF = "summary_form", "summary_span", "summary_text", "summary_as_of"
RECENT_DAYS = 90


def chosen_draft(plan: Plan, heads: Sequence[DraftHead]) -> DraftId:
    """The summary that is asked for here or by the address (``?form=congress&span=school_year&text=en``).

    Without a choice: the full one over the plan's year, in the screen's language if there is one in it, else as it was written last.
    """
    spoken = [head.id.language for head in heads]
    usual = spoken[0] if spoken and language() not in spoken else language()
    choices: tuple[tuple[str, str, dict[str, Any], Any], ...] = (
        (FORM, "form", {form.value: form for form in SummaryForm}, SummaryForm.FULL),
        (SPAN, "span", {span.value: span for span in SummarySpan}, SummarySpan.PLAN),
        (TEXT, "text", {code: code for code in WRITTEN_LANGUAGES}, usual),
    )
    for key, name, options, default in choices:
        address.take_choice(key, name, options, default=default)
        st.session_state[key] = st.session_state.get(key) or default
        address.note_choice(name, str(st.session_state[key]), default=str(default))
    return DraftId(plan.id or 0, st.session_state[FORM], st.session_state[SPAN], st.session_state[TEXT])


def show_chooser(plan: Plan, draft_id: DraftId, view: SummaryView | None, heads: Sequence[DraftHead]) -> None:
    """A menu that says which summary this is, and leads to the others."""
    with st.popover(name_draft(draft_id, view), icon=":material/tune:", key="summary_chooser"):
        written = {head.id.form for head in heads if (head.id.span, head.id.language) == (draft_id.span, draft_id.language)}
        st.radio(
            t("Form"),
            list(SummaryForm),
            format_func=lambda form: t(FORMS[form]),
            captions=[t("written") if form in written else t("not written yet") for form in SummaryForm],
            key=FORM,
        )
        st.segmented_control(t("Days"), list(SummarySpan), format_func=lambda span: t(SPANS[span]), required=True, key=SPAN)
        st.segmented_control(t("Language"), list(WRITTEN_LANGUAGES), format_func=name_language, required=True, key=TEXT)
        if view is not None and not view.is_final:
            ask_day(plan, draft_id, view)


def name_draft(draft_id: DraftId, view: SummaryView | None) -> str:
    """What sets this summary apart: its form, the last day that counts, and whatever is not as usual."""
    parts = [t(FORMS[draft_id.form])]
    if draft_id.span is not SummarySpan.PLAN:
        parts.append(t(SPANS[draft_id.span]))
    if draft_id.language != language():
        parts.append(name_language(draft_id.language))
    if view is not None:
        parts.append(t("up to {day}", day=short_date(view.as_of)))
    return " · ".join(parts)


def ask_day(plan: Plan, draft_id: DraftId, view: SummaryView | None) -> None:
    """The day up to which records count: today while the period runs and shortly after, else the draft's, else the period's last."""
    today, days = clock.today(), days_of(plan, draft_id.span)
    is_recent = (today - days.last).days <= RECENT_DAYS
    default = today if is_recent else view.as_of if view else days.last
    first = min(days.first, today)
    st.date_input(
        t("Records up to"),
        value=max(first, min(default, today)),
        min_value=first,
        max_value=today,
        format="YYYY-MM-DD",
        key=AS_OF,
        width=170,
        help=t("Nothing after this day counts. It holds when the draft is written anew."),
    )


def write_now(draft_id: DraftId) -> None:
    """Write the draft, or write it anew, as of the day chosen; for ``on_click``."""
    as_of = st.session_state.get(AS_OF) or clock.today()

    def write(session: Session) -> SummaryView:
        return summary_drafts.write_draft(session, draft_id, as_of=as_of, **stamp())

    action(write, done=t("Written from the records up to {day}.", day=long_date(as_of)))
