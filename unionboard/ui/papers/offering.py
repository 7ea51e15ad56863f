"""A paper's buttons: Word, Excel, and the union's own form; each file is made when it is asked for, in the reader's language."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from sqlmodel import Session

from unionboard import db
from unionboard.config import read_config
from unionboard.errors.exports import TemplateLost
from unionboard.models import SummaryTemplate, TemplateKind
from unionboard.services.exports import Export
from unionboard.services.permissions import Act
from unionboard.services.summary_templates import find_template, list_templates, read_template
from unionboard.ui import identity
from unionboard.ui.downloads import may_export, offer_file
from unionboard.ui.drawers import open_drawer
from unionboard.ui.kept import keep
from unionboard.ui.refusals import tell
from unionboard.ui.text import escape, language, t
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.filling import Filled
from unionboard.writing.papers.making import ONE_EACH, list_suffixes, write_paper

KINDS = tuple(kind for kind in TemplateKind if kind is not TemplateKind.SUMMARY)
MIMES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LOOKS = {".docx": ("Word", ":material/description:"), ".xlsx": ("Excel", ":material/table_view:")}
Fill = Callable[[Session, FundWords], Filled]
"""Reads what a paper says; called outside the session, with the rights of whoever asked."""


def offer_paper(kind: TemplateKind, fill: Fill, *, what: Export, name: str, one_each: bool = False) -> None:
    """The files of a paper. ``name``: of the file, without its suffix; ``one_each``: a certificate a page besides."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"paper_files_{kind.value}"):
        _offer_own(kind, fill, what, name)
        for suffix in list_suffixes(kind):
            label, icon = _LOOKS[suffix]
            _offer(kind, fill, what, name, label=label, icon=icon, suffix=suffix, key=f"paper_{kind.value}_{suffix[1:]}")
        if one_each:
            told = t("A certificate each")
            _offer(kind, fill, what, name, label=told, icon=":material/workspace_premium:", suffix=ONE_EACH, key="paper_certificate_each")
    offer_own_form(kind)


def offer_named(kind: TemplateKind, fill: Fill, *, what: Export, name: str) -> None:
    """The same paper with the names of those it is about, in Word, for whoever has unlocked them."""
    make = partial(make_paper, kind, fill, language(), ".docx", is_own=False)
    label = t("Word, with the name")
    offer_file(
        label,
        make,
        what=what,
        names=True,
        file_name=f"{name}.docx",
        mime=MIMES[".docx"],
        icon=":material/lock_open:",
        key=f"paper_{kind.value}_named",
    )


def make_paper(kind: TemplateKind, fill: Fill, spoken: str, suffix: str, *, is_own: bool) -> bytes:
    """The file, on our own form of ``suffix`` or on the union's. Raises: TemplateLost, TemplateRefused, and what ``fill`` raises."""
    with db.reading() as session:
        filled = fill(session, FundWords(spoken))
        row = find_template(session, kind) if is_own else None
        form = read_template(row, folder=read_config().form_dir) if row else None
    return write_paper(filled, suffix, form=form)


def offer_own_form(kind: TemplateKind) -> None:
    """The way to a form of the union's own, for whoever may set it."""
    row = find_own(kind)
    if identity.may(Act.WRITE_SUMMARY):
        label = t("Our own form: {name}", name=escape(row.name)) if row else t("Use a form of our own")
        st.button(
            label,
            type="tertiary",
            icon=":material/draft:",
            key=f"open_form_{kind.value}",
            on_click=open_drawer,
            args=("own_form", KINDS.index(kind)),
        )


def find_own(kind: TemplateKind) -> SummaryTemplate | None:
    """The union's own form of a paper."""
    return keep(list_templates).get(kind)


def find_own_there(kind: TemplateKind) -> SummaryTemplate | None:
    """The same for whoever may take files out; where its file was lost that is said instead."""
    row = find_own(kind)
    if row is None or not may_export():
        return None
    if not (read_config().form_dir / row.stored_name).is_file():
        st.markdown(f":orange[:material/warning: {tell(TemplateLost())}]")
        return None
    return row


def _offer_own(kind: TemplateKind, fill: Fill, what: Export, name: str) -> None:
    row = find_own_there(kind)
    if row is None:
        return
    suffix = f".{row.stored_name.rpartition('.')[2]}"
    label = t("Our own form")
    _offer(kind, fill, what, name, label=label, icon=":material/draft:", suffix=suffix, key=f"paper_{kind.value}_own", is_own=True)


def _offer(
    kind: TemplateKind, fill: Fill, what: Export, name: str, *, label: str, icon: str, suffix: str, key: str, is_own: bool = False
) -> None:
    ending = ".docx" if suffix == ONE_EACH else suffix
    offer_file(
        label,
        partial(make_paper, kind, fill, language(), suffix, is_own=is_own),
        what=what,
        file_name=f"{name}{ending}",
        mime=MIMES[ending],
        icon=icon,
        key=key,
    )
