"""The backups there are: to take one along, to put one back, to go back to one; and the folder that gets a copy of each."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from sqlmodel import Session

from unionboard import clock, secrecy
from unionboard.errors import Refusal
from unionboard.i18n import mark
from unionboard.services.archives import tell_size
from unionboard.services.backup_files import BackupFile, list_backups
from unionboard.services.backups import keep_backup, take_backup
from unionboard.services.data_health import DataHealth
from unionboard.services.permissions import Act
from unionboard.services.second_folder import set_second_folder
from unionboard.ui import identity
from unionboard.ui.actions import action, refuse, report
from unionboard.ui.downloads import as_whoever_looks
from unionboard.ui.history import tell_moment
from unionboard.ui.identity import acting_who
from unionboard.ui.refusals import tell
from unionboard.ui.settings import safety_work
from unionboard.ui.settings.safety_work import Work
from unionboard.ui.text import escape, t, tn

_FEW = 6
_ALL, _WANTED, _FOLDER, _UPLOAD, _KEY = "all_backups", "restore_wanted", "second_folder", "backup_upload", "restore_key"
_DOWNLOAD_LIMIT = 200_000_000
"""What is larger is copied from its folder: a browser's download goes through the memory of this computer."""
LABELS = {
    "daily": mark("daily"),
    "by-hand": mark("by hand"),
    "before-import": mark("before an import"),
    "before-adopt": mark("before a plan was taken over"),
    "before-restore": mark("before going back"),
    "before-own-year": mark("the demo year, before your own began"),
}


def show_backups(health: DataHealth) -> None:
    """The list, newest first. Whoever may not make backups is told how many there are."""
    with st.container(border=True, key="backups_card"):
        st.subheader(tn("{n} backup", "{n} backups", len(health.backups)), anchor=False)
        told = t("One a day by itself, and before every import, plan taken over and update. Kept: 7 days, 4 weeks, 12 months.")
        st.markdown(f":small[:gray[{told}]]")
        if not identity.may(Act.BACK_UP):
            return
        for path in health.unreadable:
            st.markdown(f":red[:material/broken_image: {t('“{file}” cannot be read any more.', file=escape(path.name))}]")
        shown = health.backups if st.session_state.get(_ALL) else health.backups[:_FEW]
        for backup in shown:
            _show_backup(backup)
        if len(health.backups) > len(shown):
            st.button(t("Show more"), key="more_backups", on_click=_show_all)
        if identity.may(Act.RESTORE_BACKUP):
            _offer_upload()
    if st.session_state.get(_WANTED):
        _confirm()


def tell_label(label: str) -> str:
    """Why a backup was made."""
    return t(LABELS[label]) if label in LABELS else t("before an update") if label.startswith("before-") else escape(label)


def _show_backup(backup: BackupFile) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"backup_{backup.path.stem}"):
        told = _tell(backup)
        if not backup.is_good:
            told += f"　:red[:material/report: {t('the change log in it does not fit itself')}]"
        st.markdown(told, width="stretch")
        if backup.size_bytes <= _DOWNLOAD_LIMIT:
            st.download_button(
                t("Save"),
                as_whoever_looks(_take(backup, acting_who())),
                file_name=backup.name,
                mime="application/zip",
                icon=":material/download:",
                on_click="ignore",
                key=f"save_{backup.path.stem}",
            )
        else:
            told = t("Larger than 200 MB, too much for a browser: copy it from {folder}.", folder=escape(backup.path.parent))
            st.markdown(f":small[:gray[{told}]]")
        if identity.may(Act.RESTORE_BACKUP):
            st.button(t("Restore …"), icon=":material/history:", key=f"restore_{backup.path.stem}", on_click=_want, args=(backup,))


def _tell(backup: BackupFile) -> str:
    return f"**{tell_moment(backup.made_at_utc)}**　{tell_label(backup.label)}　:gray[{tell_size(backup.size_bytes)}]"


def _take(backup: BackupFile, who: str) -> Callable[[Session], bytes]:
    return lambda session: take_backup(session, backup, who=who, now_utc=clock.now_utc())


def _show_all() -> None:
    st.session_state[_ALL] = True


# --- going back --------------------------------------------------------------------------------------------------------------


def _want(backup: BackupFile) -> None:
    st.session_state[_WANTED] = backup


def _give_up() -> None:
    st.session_state.pop(_WANTED, None)


def _confirm() -> None:
    st.dialog(t("Go back to this backup?"), on_dismiss=_give_up)(_ask)()


def _ask() -> None:
    backup = st.session_state.get(_WANTED)
    if not isinstance(backup, BackupFile):
        st.rerun()  # answered: the dialog runs by itself, and what was asked for is done by the page
    rows, files = backup.manifest.rows, len(backup.manifest.files) - 1
    st.markdown(_tell(backup))
    held = {"plans": rows.get("plan", 0), "activities": rows.get("activity", 0), "entries": rows.get("fund_entry", 0), "files": files}
    st.markdown(t("In it: {plans} plans, {activities} activities, {entries} ledger entries, {files} files.", **held))
    st.markdown(
        t(
            "**What was recorded since then is no longer in the program.** It is not deleted: the present data are backed up and kept in a "
            "folder of their own. Everybody who is signed in has to sign in again."
        )
    )
    st.markdown(
        f":small[:gray[{t('Accounts, roles and passwords stay as they are now; accounts that only the backup knows are closed.')}]]"
    )
    key = b"" if _key_fits(backup) else _ask_for_key()
    with st.container(horizontal=True):
        st.button(t("Go back"), type="primary", icon=":material/history:", key=Work.RESTORE.value, on_click=_go_back, args=(backup, key))
        st.button(t("Cancel"), key="restore_cancel", on_click=_give_up)


def _key_fits(backup: BackupFile) -> bool:
    try:
        return not backup.manifest.key_id or secrecy.key_id() == backup.manifest.key_id
    except Refusal:
        return False


def _ask_for_key() -> bytes:
    told = t("The names in it are sealed with another key. Without it they read ******; everything else is there.")
    st.warning(escape(told), icon=":material/key:")
    chosen = st.file_uploader(t("The key that was kept with it, if there is one"), max_upload_size=1, key=_KEY)
    return chosen.getvalue() if chosen is not None else b""


def _go_back(backup: BackupFile, key: bytes) -> None:
    _give_up()
    safety_work.ask_for(Work.RESTORE, backup, key)


def _offer_upload() -> None:
    with st.expander(t("A backup from elsewhere"), icon=":material/upload_file:", key="backup_from_elsewhere"):
        told = t("It is checked and joins the list; then go back to it there. Larger than 100 MB: copy it into the folder of the backups.")
        st.markdown(f":small[:gray[{told}]]")
        st.file_uploader(t("The backup (.zip)"), type="zip", key=_UPLOAD, on_change=_take_in)


def _take_in() -> None:
    chosen = st.session_state.get(_UPLOAD)
    if chosen is None:
        return
    try:
        kept = keep_backup(chosen, Path(chosen.name).name, now_utc=clock.now_utc(), actor=identity.current_actor())
    except Refusal as refusal:
        refuse(tell(refusal))
        return
    report(t("It is whole, and in the list: {moment}.", moment=tell_moment(kept.made_at_utc)))


# --- the second folder -------------------------------------------------------------------------------------------------------


def show_second_folder(health: DataHealth) -> None:
    """Where a copy of every backup goes, and whether the newest is there."""
    if not identity.may(Act.BACK_UP):
        return
    second = health.second
    with st.container(border=True, key="second_folder_card"):
        st.subheader(t("A copy elsewhere"), anchor=False)
        told = t("A stick, another disk or a share: it gets a copy of every backup. This computer may break or be stolen.")
        st.markdown(f":small[:gray[{told}]]")
        if second is None:
            st.markdown(f":orange[:material/warning: {t('None yet: all backups are on this computer.')}]")
        elif second.is_current:
            st.markdown(f":green[:material/check_circle: {t('The newest backup is there.')}]")
        else:
            there = list_backups(second.folder) if second.is_there else []
            last = tell_moment(there[0].made_at_utc) if there else t("none")
            reason = t("The newest backup is not there yet.") if second.is_there else t("The folder is not there: is the stick plugged in?")
            st.markdown(f":red[:material/usb_off: {reason}] {t('Last copy: {last}', last=last)}")
        with st.form("second_folder_form", border=False):
            st.text_input(
                t("Whole path of the folder"),
                str(second.folder) if second else "",
                max_chars=300,
                placeholder=t("e.g. E:\\Unionboard or /media/stick"),
                key=_FOLDER,
            )
            st.form_submit_button(t("Save"), key="second_folder_save", on_click=_save_folder)


def _save_folder() -> None:
    told = str(st.session_state.get(_FOLDER) or "")
    action(lambda session: set_second_folder(session, told, who=acting_who(), now_utc=clock.now_utc()), done=t("Saved."))
