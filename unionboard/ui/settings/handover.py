"""The package for the next committee: a year in one .zip, made with a bar that shows how far it is, and then saved."""

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from unionboard import clock, db
from unionboard.errors import Refusal
from unionboard.services.archives import tell_size
from unionboard.services.audit_folder import read_paper
from unionboard.services.evidence_store import evidence_place
from unionboard.services.exports import Export
from unionboard.services.guard import require_unlocked
from unionboard.services.handover import gather_handover, list_years
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import refuse
from unionboard.ui.downloads import may_export, offer_file
from unionboard.ui.refusals import tell
from unionboard.ui.text import language, t
from unionboard.writing.handover import Tell, write_handover

_WAITING, _MADE = "handover_waiting", "handover_made"


@dataclass(frozen=True, slots=True)
class _Made:
    """A package that was made in this session; its file goes with ``folder``, when the session ends or another is made."""

    year: int
    with_names: bool
    path: Path
    folder: "tempfile.TemporaryDirectory[str]"


def show_handover() -> None:
    """The card; nothing is drawn for whoever hands nothing over."""
    if not identity.may(Act.HAND_OVER):
        return
    with db.reading() as session:
        years = list_years(session)
    if not years:
        return
    with st.container(border=True, key="handover_card"):
        st.subheader(t("Handover package"), anchor=False)
        told = t("A whole year in one .zip: a page for any browser, tables, papers. It needs neither this program nor a network.")
        st.markdown(f":gray[{told}]")
        _do_waiting()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(t("Year"), years, key="handover_year", width=140)
            st.button(t("Make the package"), icon=":material/inventory_2:", key="handover_make", on_click=_ask)
        if may_export(names=True):
            st.checkbox(t("With names, and the papers that name people"), key="handover_names")
        _offer(st.session_state.get(_MADE))


def _ask() -> None:
    with_names = may_export(names=True) and bool(st.session_state.get("handover_names", False))
    st.session_state[_WAITING] = (int(st.session_state["handover_year"]), with_names)
    st.session_state.pop(_MADE, None)


def _do_waiting() -> None:
    """Make what was asked for, if anything; then the page is drawn anew."""
    asked = st.session_state.pop(_WAITING, None)
    if asked is None:
        return
    year, with_names = asked
    words = t("Putting the package together …")
    bar = st.progress(0.0, text=words)

    def hear(done: int, steps: int) -> None:
        bar.progress(done / steps, text=words)

    try:
        st.session_state[_MADE] = _make(year, with_names=with_names, hear=hear)
    except Refusal as refusal:
        refuse(tell(refusal))
    st.rerun()


def _make(year: int, *, with_names: bool, hear: Tell) -> _Made:
    now_utc = clock.now_utc()
    with db.reading() as session:
        if with_names:
            require_unlocked(session, now_utc=now_utc)
        facts = gather_handover(session, year, as_of=clock.today(), language=language(), with_names=with_names)
    folder = tempfile.TemporaryDirectory(prefix="unionboard-")
    path = Path(folder.name) / "handover.zip"
    write_handover(facts, path, at=now_utc, read_file=partial(read_paper, folder=evidence_place()), tell=hear)
    return _Made(year, with_names, path, folder)


def _offer(made: _Made | None) -> None:
    if made is None:
        return
    name = t("handover-{year}-with-names.zip", year=made.year) if made.with_names else t("handover-{year}.zip", year=made.year)
    offer_file(
        t("Save the package of {year} ({size})", year=made.year, size=tell_size(made.path.stat().st_size)),
        made.path.read_bytes,
        what=Export.HANDOVER,
        names=made.with_names,
        file_name=name,
        mime="application/zip",
        icon=":material/download:",
        type="primary",
        key="handover_save",
    )
