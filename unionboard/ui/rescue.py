"""The page that stands in for all others while the data cannot be trusted: what is wrong, and the way back to the last good backup."""

from pathlib import Path
from typing import Any

import streamlit as st

from unionboard import clock
from unionboard.config import LOCAL_USER, read_config
from unionboard.errors import Refusal
from unionboard.i18n import choose_language
from unionboard.log import record
from unionboard.services import backup_files, condition
from unionboard.services.condition import Condition, Trouble
from unionboard.services.origins import Way
from unionboard.ui import identity
from unionboard.ui.history import tell_moment
from unionboard.ui.refusals import tell
from unionboard.ui.text import LANGUAGE_KEY, escape, t

_REFUSED = "rescue_refused"


def stand_in(found: Condition) -> bool:
    """First thing of every drawing; True: the data cannot be used, and the page of that stands there instead."""
    if found.is_open:
        return False
    st.session_state[LANGUAGE_KEY] = choose_language(st.query_params.get("lang"), st.session_state.get(LANGUAGE_KEY))
    st.set_page_config(page_title="Unionboard", layout="centered", initial_sidebar_state="collapsed")
    show(found)
    return True


def show_line(found: Condition) -> None:
    """Above a page that is drawn from data that cannot be written."""
    if found.trouble is Trouble.READ_ONLY and found.refusal is not None:
        st.warning(tell(found.refusal), icon=":material/lock:")


def show(found: Condition) -> None:
    """What is wrong, and what can be done here. Away from the computer that has the data: one sentence."""
    st.header(t("The data cannot be opened"))
    if identity.way_in() is not Way.LOCAL:
        st.error(
            t("Something is wrong with the data. It can be put right at the computer on which the program runs."), icon=":material/error:"
        )
        return
    if found.trouble is Trouble.LOCKED:
        st.error(
            t("Another program holds the data, perhaps one that syncs or backs up. Close it and try again."), icon=":material/lock_clock:"
        )
    elif found.refusal is not None:
        st.error(tell(found.refusal), icon=":material/error:")
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(refused, icon=":material/block:")
    if found.needs_backup:
        _offer_backups(found)
    st.button(t("Try again"), icon=":material/refresh:", key="rescue_again", on_click=_look_again)


def _offer_backups(found: Condition) -> None:
    config = read_config()
    good = {one.name: one for one in backup_files.list_backups(config.backup_dir) if one.is_good}
    if good:
        chosen = st.selectbox(t("Backup"), list(good), format_func=lambda name: _tell_backup(good[name]), key="rescue_backup")
        st.caption(t("What lies there now is kept in a folder “replaced-…”. What was recorded after the backup has to be recorded again."))
        st.button(
            t("Go back to this backup"),
            type="primary",
            icon=":material/history:",
            key="rescue_restore",
            on_click=_restore,
            args=(good[chosen].path,),
        )
        return
    st.warning(
        t(
            "No good backup was found. Copy the whole folder {folder} before anything else, then ask for help.",
            folder=escape(config.data_dir),
        ),
        icon=":material/folder_copy:",
    )
    if found.trouble is Trouble.GONE:
        st.button(t("Begin with empty data"), icon=":material/note_add:", key="rescue_anew", on_click=_begin_anew)


def _tell_backup(backup: Any) -> str:
    return f"{tell_moment(backup.made_at_utc)} · {backup.name}"


def _still_needs_backup() -> bool:
    """Asked again when a button is pressed: on a page that has stood open since, the data may be whole by now, and then others decide."""
    return identity.way_in() is Way.LOCAL and condition.open_data().needs_backup


def _restore(path: Path) -> None:
    from unionboard.services import restoring  # noqa: PLC0415

    if not _still_needs_backup():
        return
    try:
        restoring.restore_backup(path, who=LOCAL_USER, now_utc=clock.now_utc(), actor=None)
    except Refusal as refusal:
        record(refusal, where="rescue")
        st.session_state[_REFUSED] = tell(refusal)
    condition.open_data()


def _look_again() -> None:
    condition.open_data()


def _begin_anew() -> None:
    if _still_needs_backup():
        condition.begin_anew()
