"""Take everything with you: all tables and files in one .zip of open formats, made with a bar that shows how far it is, then saved."""

import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from unionboard import clock, db
from unionboard.config import HOME_UNION, read_config
from unionboard.services.archives import tell_size
from unionboard.services.exports import Export
from unionboard.services.guard import require_unlocked
from unionboard.services.open_export import Tell, export_all
from unionboard.services.open_format import Package
from unionboard.services.permissions import Act
from unionboard.services.unused import is_empty
from unionboard.ui import identity
from unionboard.ui.actions import telling_trouble
from unionboard.ui.downloads import may_export, offer_file
from unionboard.ui.text import t

_WAITING, _MADE = "open_export_waiting", "open_export_made"
_DOWNLOAD_LIMIT = 200_000_000
"""What is larger the command line writes: a browser's download goes through the memory of this computer."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class _Made:
    """An export that was made in this session; its file goes with it, when the session ends or another is made."""

    package: Package
    path: Path


def show_take_out() -> None:
    """The card; nothing is drawn for whoever may not take everything out, and where nothing is."""
    if not identity.may(Act.BACK_UP if identity.union_number() == HOME_UNION else Act.HAND_OVER) or is_empty(db.current_engine()):
        return
    with st.container(border=True, key="open_export_card"):
        st.subheader(t("Take everything with you"), anchor=False)
        told = t("All records and files in open formats: for Excel, for other programs, and to bring in again elsewhere.")
        st.markdown(f":gray[{told}]")
        _do_waiting()
        if may_export(names=True):
            st.checkbox(t("Names and private papers lie open in it"), key="open_export_names")
        st.button(t("Put it together"), icon=":material/deployed_code:", key="open_export_make", on_click=_ask)
        _offer(st.session_state.get(_MADE))


def _ask() -> None:
    st.session_state[_WAITING] = may_export(names=True) and bool(st.session_state.get("open_export_names", False))
    st.session_state.pop(_MADE, None)


def _do_waiting() -> None:
    """Make what was asked for, if anything; then the page is drawn anew."""
    with_names = st.session_state.pop(_WAITING, None)
    if with_names is None:
        return
    words = t("Putting everything together …")
    bar = st.progress(0.0, text=words)
    with telling_trouble():
        st.session_state[_MADE] = _make(with_names=with_names, hear=lambda share: bar.progress(min(1.0, share), text=words))
    st.rerun()


def _make(*, with_names: bool, hear: Tell) -> _Made:
    now_utc, number = clock.now_utc(), identity.union_number()
    with db.reading() as session:
        actor = identity.require_actor(session)
        if with_names:
            require_unlocked(session, now_utc=now_utc)
    path = Path(tempfile.mkdtemp(prefix="unionboard-")) / "everything.zip"
    try:
        package = export_all(
            db.current_engine(),
            read_config(),
            path,
            union=None if number == HOME_UNION else number,
            with_names=with_names,
            at=now_utc,
            actor=actor,
            tell=hear,
        )
    except BaseException:
        shutil.rmtree(path.parent, ignore_errors=True)
        raise
    made = _Made(package, path)
    weakref.finalize(made, shutil.rmtree, path.parent, ignore_errors=True)
    return made


def _offer(made: _Made | None) -> None:
    if made is None:
        return
    size_bytes = made.path.stat().st_size
    if size_bytes > _DOWNLOAD_LIMIT:
        told = t(
            "Larger than 200 MB, too much for a browser. On this computer: {command}", command="`unionboard export-all -o everything.zip`"
        )
        st.markdown(f":orange[:material/terminal: {told}]")
        return
    day = f"{made.package.made_at_utc:%Y%m%d}"
    names = made.package.with_names
    offer_file(
        t("Save everything ({size})", size=tell_size(size_bytes)),
        made.path.read_bytes,
        what=Export.EVERYTHING,
        names=names,
        file_name=t("everything-{day}-with-names.zip", day=day) if names else t("everything-{day}.zip", day=day),
        mime="application/zip",
        icon=":material/download:",
        type="primary",
        key="open_export_save",
    )
    if names:
        st.markdown(f":orange[:material/warning: {t('Names lie open in it: keep it safe, and delete it when it has served.')}]")
    elif made.package.sealed:
        st.markdown(f":small[:gray[{t('Names in it stay sealed: take a copy of the key along, apart from it.')}]]")
    if made.package.missing:
        st.markdown(f":orange[:material/warning: {t('{n} files are missing here, so they are not in it.', n=len(made.package.missing))}]")
