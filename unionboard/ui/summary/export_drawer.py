"""How the summary leaves the house: as Word, PDF, Markdown or the upper union's table; what stops it, and what still stands open in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import streamlit as st

from unionboard import db
from unionboard.config import read_config
from unionboard.errors import Refusal
from unionboard.services import summary
from unionboard.services.exports import Export
from unionboard.services.permissions import Act
from unionboard.services.summary import DraftId, SummaryView
from unionboard.services.summary_annexes import gather_annexes
from unionboard.services.summary_check import check_summary, require_decided
from unionboard.services.summary_templates import find_template, read_template
from unionboard.services.upward import gather_upward
from unionboard.ui.downloads import offer_file
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer
from unionboard.ui.offers import offer
from unionboard.ui.refusals import tell
from unionboard.ui.summary.known import Known, tell_unsaved
from unionboard.ui.summary.place import turn_to
from unionboard.ui.summary.template import show_template
from unionboard.ui.summary.words import name_block
from unionboard.ui.text import escape, t, tn
from unionboard.writing.pdf import find_office
from unionboard.writing.summary_export import ExportKind, export
from unionboard.writing.upward_xlsx import write_upward_xlsx

GAPS_SHOWN = 8
_MADE = f"{FORM_PREFIX}made"


class Paper(StrEnum):
    """What it leaves as; the values are the endings of the files."""

    WORD = "docx"
    PDF = "pdf"
    MARKDOWN = "md"
    TABLE = "xlsx"


MIME: Mapping[Paper, str] = {
    Paper.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Paper.PDF: "application/pdf",
    Paper.MARKDOWN: "text/markdown",
    Paper.TABLE: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


_KINDS: Mapping[Paper, ExportKind] = {Paper.WORD: "docx", Paper.PDF: "pdf", Paper.MARKDOWN: "md"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen in the drawer."""

    paper: Paper
    has_tables: bool = False
    has_sources: bool = False
    has_seal: bool = False
    has_template: bool = False

    @property
    def is_made_first(self) -> bool:
        """PDF takes seconds and a template may not fit: both are made before they are offered, so that a slip is told here."""
        return self.paper is Paper.PDF or self.has_template


def show_export(view: SummaryView, known: Known) -> None:
    """The choices, what stops the export, what is open in it, the file; and at the foot the way to finalise."""
    wish = _choose()
    if known.check.undecided:
        _show_stop(len(known.check.undecided))
    if wish.paper is not Paper.TABLE:
        _show_open(view, known)
    can_leave = not known.check.undecided and not (wish.paper is Paper.PDF and find_office() is None)
    if wish.is_made_first:
        _show_making(view, wish, can_leave=can_leave)
    else:
        _offer(view, wish, partial(make_file, view.id, wish), can_leave=can_leave)
    if not view.is_final:
        with st.container(horizontal=True, vertical_alignment="center", key="export_foot"):
            st.markdown(f":small[:gray[{t('Is it signed and sent? Then lock it.')}]]", width="stretch")
            offer(
                Act.FINALISE_SUMMARY,
                t("Finalise …"),
                icon=":material/lock:",
                type="tertiary",
                key="open_finalise",
                on_click=_open,
                args=("finalise",),
            )


def make_file(draft_id: DraftId, wish: Wish) -> bytes:
    """The file of the draft as it is stored at this moment. Called outside the session too: it says no word of the screen's language.

    Raises: NoSuchSummary, PrivacyUndecided, what a template or LibreOffice may refuse.
    """
    with db.reading() as session:
        view = summary.read_draft(session, draft_id)
        require_decided(check_summary(session, view))
        if wish.paper is Paper.TABLE:
            return write_upward_xlsx(gather_upward(session, draft_id, as_of=view.as_of))
        annexes = gather_annexes(session, view, tables=wish.has_tables, sources=wish.has_sources)
        row = find_template(session) if wish.has_template else None
        template = read_template(row, folder=read_config().form_dir) if row else None
    document = summary.build_document(view)
    return export(document, kind=_KINDS[wish.paper], annexes=annexes or None, template=template, has_seal=wish.has_seal)


def _choose() -> Wish:
    names = {Paper.WORD: "Word", Paper.PDF: "PDF", Paper.MARKDOWN: "Markdown", Paper.TABLE: t("Upward table")}
    paper = st.segmented_control(
        t("Leaves as"),
        list(Paper),
        default=Paper.WORD,
        required=True,
        format_func=names.__getitem__,
        key=f"{FORM_PREFIX}paper",
        width="stretch",
    )
    if paper is Paper.TABLE:
        st.markdown(
            f":gray[{t('An Excel table of the figures an upper union asks for, each with how it is computed and from which records.')}]"
        )
        return Wish(paper)
    prints = paper in {Paper.WORD, Paper.PDF}
    if paper is Paper.PDF and find_office() is None:
        st.info(
            t("LibreOffice is not on this machine, so no PDF can be made here. Take the Word file and print it as PDF."),
            icon=":material/info:",
        )
    has_template = show_template() if prints else False
    with st.container(gap="xsmall"):
        has_tables = st.checkbox(t("Annexes: activities by month, fund by item, joined events, care by kind"), key=f"{FORM_PREFIX}tables")
        has_sources = st.checkbox(t("Annex of sources: each sentence with its records"), key=f"{FORM_PREFIX}sources")
        has_seal = prints and not has_template and st.checkbox(t("Room for the seal at the signature"), key=f"{FORM_PREFIX}seal")
    return Wish(paper, has_tables, has_sources, has_seal, has_template)


def _show_stop(n: int) -> None:
    with st.container(border=True, gap="xsmall", key="export_stop"):
        told = tn(
            "{n} place tells what is private; it cannot leave like this.", "{n} places tell what is private; it cannot leave like this.", n
        )
        st.markdown(f":red[:material/lock: **{told}**]")
        st.button(t("Look at them and decide"), icon=":material/arrow_forward:", key="export_to_check", on_click=_open, args=("check",))


def _show_open(view: SummaryView, known: Known) -> None:
    """What will be read in the file although it is not settled: gaps stand in it as they are."""
    stale = () if view.is_final else known.stale
    points = (
        (
            view.conflicts,
            tn(
                "{n} sentence stands in two versions; yours is exported",
                "{n} sentences stand in two versions; yours are exported",
                view.conflicts,
            ),
        ),
        (len(stale), tn("{n} part is older than the records", "{n} parts are older than the records", len(stale))),
        tell_unsaved(view),
    )
    for count, words in points:
        if count:
            st.markdown(f":orange[:material/warning:] {words}")
    if not view.gaps:
        return
    blocks = {block.key: block for block in view.blocks}
    told = tn("{n} gap will stand in the file as it is", "{n} gaps will stand in the file as they are", len(view.gaps))
    with st.expander(f":orange[:material/help:] {told}", key="export_gaps"):
        for number, (key, words) in enumerate(view.gaps[:GAPS_SHOWN]):
            label = f"{escape(name_block(view, blocks[key]))}　{escape(words)}"
            st.button(label, type="tertiary", key=f"title_gap_{number}", on_click=_turn_to, args=(key,))
        if len(view.gaps) > GAPS_SHOWN:
            st.markdown(f":gray[{tn('and {n} more', 'and {n} more', len(view.gaps) - GAPS_SHOWN)}]")


def _show_making(view: SummaryView, wish: Wish, *, can_leave: bool) -> None:
    made = st.session_state.get(_MADE)
    stands_for = (view.id, view.version, tuple(block.version for block in view.blocks), wish)
    if made and made[0] == stands_for:
        _offer(view, wish, lambda: made[1], can_leave=can_leave)
        return
    st.button(
        t("Make the file"),
        type="primary",
        icon=":material/print:",
        width="stretch",
        disabled=not can_leave,
        key="go_make_file",
        on_click=_ask,
    )
    if st.session_state.pop(f"{FORM_PREFIX}making", False) and can_leave:
        try:
            with st.spinner(t("The file is being made …")):
                content = make_file(view.id, wish)
        except Refusal as refusal:
            st.error(tell(refusal), icon=":material/block:")
        else:
            st.session_state[_MADE] = (stands_for, content)
            st.rerun(scope="fragment")


def _offer(view: SummaryView, wish: Wish, make: Callable[[], bytes], *, can_leave: bool) -> None:
    name = f"{view.title}-{t('Figures for the upper union')}" if wish.paper is Paper.TABLE else view.title
    offer_file(
        t("Download {name}", name=f"{escape(name)}.{wish.paper.value}"),
        make,
        what=Export.UPWARD_TABLE if wish.paper is Paper.TABLE else Export.SUMMARY,
        file_name=f"{name}.{wish.paper.value}",
        mime=MIME[wish.paper],
        type="primary",
        icon=":material/download:",
        width="stretch",
        disabled=not can_leave,
        key=f"go_export_{wish.paper.value}",
    )


def _ask() -> None:
    st.session_state[f"{FORM_PREFIX}making"] = True


def _turn_to(key: str) -> None:
    turn_to(key)
    leave_drawer()


def _open(name: str) -> None:
    open_drawer(name)
    st.rerun()
