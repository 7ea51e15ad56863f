"""Bring everything in: an export of another installation into this one, as long as nothing is recorded here."""

import streamlit as st

from unionboard import clock, db, secrecy
from unionboard.config import read_config
from unionboard.errors import Refusal
from unionboard.services.open_archive import read_export
from unionboard.services.open_format import Package
from unionboard.services.open_import import import_all
from unionboard.services.permissions import Act
from unionboard.services.unused import is_empty, is_unused
from unionboard.ui import identity
from unionboard.ui.actions import refuse, report, telling_trouble
from unionboard.ui.history import tell_moment
from unionboard.ui.identity import acting_who
from unionboard.ui.refusals import tell
from unionboard.ui.settings.key_file import laid_down
from unionboard.ui.text import escape, t

_FILE, _KEY, _WAITING = "open_import_file", "open_import_key", "open_import_waiting"


def show_bring_in() -> None:
    """The card, for the welcome page and the settings of an installation without records; else nothing is drawn."""
    if not identity.may(Act.RESTORE_BACKUP) or not is_unused(db.current_engine()):
        return
    with st.container(border=True, key="open_import_card"):
        st.subheader(t("Bring everything in"), anchor=False)
        told = t("You have a .zip that Unionboard made with “Take everything with you”: all of it comes back, or nothing.")
        st.markdown(f":gray[{told}]")
        if not is_empty(db.current_engine()):
            st.markdown(f":gray[{t('What you have answered about your union here gives way to what is in it.')}]")
        _do_waiting()
        chosen = st.file_uploader(t("The export (.zip)"), type="zip", key=_FILE)
        if chosen is None:
            larger = t("Larger than 100 MB: {command}", command="`unionboard import-all everything.zip`")
            st.markdown(f":small[:gray[{larger}]]")
            return
        try:
            package = read_export(chosen, name=chosen.name)
        except Refusal as refusal:
            st.error(tell(refusal), icon=":material/block:")
            return
        _offer(package)


def _offer(package: Package) -> None:
    rows = package.rows
    names = "、".join(package.unions.values())
    st.markdown(f"**{escape(names)}**　:gray[{tell_moment(package.made_at_utc)}]")
    held = {"plans": rows.get("plan", 0), "activities": rows.get("activity", 0), "entries": rows.get("fund_entry", 0)}
    told = t(
        "In it: {plans} plans, {activities} activities, {entries} ledger entries, {files} files.", **held, files=len(package.kept_files)
    )
    st.markdown(told)
    if package.sealed and not _key_fits(package):
        warned = t("Names in this export are sealed with another key. Without it they read ******; all else is there.")
        st.warning(escape(warned), icon=":material/key:")
        st.file_uploader(t("The key that was kept with it, if there is one"), max_upload_size=1, key=_KEY)
    st.button(t("Bring everything in"), type="primary", icon=":material/move_to_inbox:", key="open_import_go", on_click=_ask)


def _key_fits(package: Package) -> bool:
    try:
        return secrecy.key_id() == package.key_id
    except Refusal:
        return False


def _ask() -> None:
    st.session_state[_WAITING] = True


def _do_waiting() -> None:
    """Do what was asked for, if anything; then the page is drawn anew."""
    chosen = st.session_state.get(_FILE)
    if not st.session_state.pop(_WAITING, False) or chosen is None:
        return
    words = t("Bringing everything in …")
    bar = st.progress(0.0, text=words)
    key = st.session_state.get(_KEY)
    with laid_down(key.getvalue() if key else None) as key_path, telling_trouble():
        done = import_all(
            db.current_engine(),
            read_config(),
            chosen,
            name=chosen.name,
            who=acting_who(),
            now_utc=clock.now_utc(),
            actor=identity.require_actor(),
            key_path=key_path,
            tell=lambda share: bar.progress(min(1.0, share), text=words),
        )
        report(t("Everything is in: {rows} rows, {files} files.", rows=done.rows, files=done.files))
        if done.unreadable:
            refuse(t("{n} values and files are sealed with a key that is not here: see “Data safety”.", n=done.unreadable))
    st.rerun()
