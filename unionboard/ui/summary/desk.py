"""The summary page's pieces: the bar on top, the rail of sections, the paper."""

from collections.abc import Sequence
from functools import partial

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.drafting.lints import Remark
from unionboard.models import Plan
from unionboard.services import summary, summary_drafts
from unionboard.services.summary import BlockView, DraftId, SummaryView
from unionboard.ui.actions import LOCAL_USER, action
from unionboard.ui.summary.place import BLOCK, SENTENCE, turn_to
from unionboard.ui.summary.words import describe_state, name_block, tell_remark
from unionboard.ui.text import escape, language, long_date, short_date, t, tn
from unionboard.writing.summary_docx import write_summary_docx
from unionboard.writing.summary_markdown import write_summary_markdown

RAIL, AS_OF = BLOCK, "summary_as_of"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STALE_AFTER_DAYS = 90


def write_now(plan: Plan) -> None:
    """Write the draft, or write it anew, as of the day chosen; for ``on_click``."""
    as_of = st.session_state.get(AS_OF) or clock.today()

    def write(session: Session) -> SummaryView:
        draft_id = DraftId(plan.id or 0, language=language())
        return summary_drafts.write_draft(session, draft_id, as_of=as_of, who=LOCAL_USER, now_utc=clock.now_utc())

    action(write, done=t("Written from the records up to {day}.", day=long_date(as_of)))


def choose_day(plan: Plan, view: SummaryView | None) -> None:
    """The day up to which records count: today while the plan runs and shortly after, else the draft's, else the plan's last."""
    today = clock.today()
    recent = (today - plan.ends_on).days <= STALE_AFTER_DAYS
    default = today if recent else view.as_of if view else plan.ends_on
    first = min(plan.starts_on, today)
    st.date_input(
        t("Records up to"),
        value=max(first, min(default, today)),
        min_value=first,
        max_value=today,
        key=AS_OF,
        width=150,
        label_visibility="collapsed",
        help=t("Nothing after this day counts"),
    )


def show_bar(plan: Plan, view: SummaryView, stale: frozenset[str], remarks: Sequence[Remark]) -> None:
    """Title, counts, remarks, and the three things one may do."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="summary_bar"):
        st.markdown(f"# {t('Summary')}", width="content")
        with st.container(horizontal=True, width="content", gap="xsmall", vertical_alignment="bottom"):
            for badge in _badges(view, stale):
                st.markdown(badge, width="content")
        if remarks:
            with st.popover(tn("{n} place to check", "{n} places to check", len(remarks)), icon=":material/rule:", key="summary_remarks"):
                for remark in remarks:
                    st.markdown(tell_remark(view, remark))
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom", key="actions_summary"):
            st.markdown(f":gray[{t('Records up to')}]", width="content")
            choose_day(plan, view)
            st.button(t("Write anew"), icon=":material/refresh:", key="rewrite_summary", on_click=write_now, args=(plan,))
            _show_exports(view)


def _badges(view: SummaryView, stale: frozenset[str]) -> list[str]:
    edited = sum(block.is_edited and not block.is_conflict for block in view.blocks)
    conflicts = sum(block.is_conflict for block in view.blocks)
    fresh = sum(not block.is_edited and block.key not in stale for block in view.blocks)
    gaps = len(view.gaps)
    counted = (
        (1, "gray", "", tn("{n} character", "{n} characters", view.letters)),
        (view.as_of != clock.today(), "gray", ":material/event: ", t("up to {day}", day=short_date(view.as_of))),
        (0 if stale or conflicts else fresh, "green", ":material/check: ", tn("{n} part as recorded", "{n} parts as recorded", fresh)),
        (edited, "blue", ":material/edit: ", tn("{n} part edited by you", "{n} parts edited by you", edited)),
        (conflicts, "orange", ":material/warning: ", tn("{n} part in two versions", "{n} parts in two versions", conflicts)),
        (gaps, "orange", ":material/help: ", tn("{n} gap to fill", "{n} gaps to fill", gaps)),
        (len(stale), "orange", ":material/sync_problem: ", t("Records have changed")),
    )
    return [f":{colour}-badge[{icon}{text}]" for count, colour, icon, text in counted if count]


def _show_exports(view: SummaryView) -> None:
    document = summary.build_document(view)
    st.download_button(
        "Markdown",
        partial(write_summary_markdown, document),
        file_name=f"{view.title}.md",
        mime="text/markdown",
        on_click="ignore",
        key="export_summary_md",
    )
    st.download_button(
        t("Export Word"),
        partial(write_summary_docx, document),
        file_name=f"{view.title}.docx",
        mime=DOCX,
        type="primary",
        icon=":material/description:",
        on_click="ignore",
        key="go_export_summary",
    )


def chosen_block(view: SummaryView) -> BlockView:
    """The block in question; the first one when nothing is chosen or what was chosen is gone."""
    wanted = st.session_state.get(RAIL)
    found = next((block for block in view.blocks if block.key == wanted), view.blocks[0])
    if wanted != found.key:
        st.session_state[RAIL], st.session_state[SENTENCE] = found.key, None
    return found


def show_rail(view: SummaryView, stale: frozenset[str], *, is_phone: bool) -> None:
    """All blocks with their state; a choice scrolls the paper."""
    blocks = {block.key: block for block in view.blocks}
    if is_phone:
        st.selectbox(
            t("Part"),
            list(blocks),
            format_func=lambda key: name_block(view, blocks[key]),
            key=RAIL,
            on_change=_turn_to,
            label_visibility="collapsed",
            required=True,
        )
        return
    st.radio(
        t("Part"),
        list(blocks),
        format_func=lambda key: escape(name_block(view, blocks[key])),
        captions=[describe_state(block, is_stale=block.key in stale) for block in view.blocks],
        key=RAIL,
        on_change=_turn_to,
        label_visibility="collapsed",
    )


def _turn_to() -> None:
    turn_to(st.session_state[RAIL])
