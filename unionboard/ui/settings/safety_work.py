"""What takes a while, with a bar that shows how far it is: a backup, a drill, a check of everything, going back to a backup.

A button only asks for it; it is done by the run that follows, where there is a place to draw the bar.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import streamlit as st

from unionboard import clock, db
from unionboard.config import read_config
from unionboard.errors.backups import BackupNotThere
from unionboard.services.backup_checks import SENTENCES, Progress
from unionboard.services.backup_files import BackupFile, newest_good
from unionboard.services.backup_schedule import back_up_now, note_drill
from unionboard.services.evidence_store import evidence_place
from unionboard.services.keys import load_safekeeping
from unionboard.services.restoring import restore_backup, try_restore
from unionboard.services.verification import Report, verify_data
from unionboard.ui import identity
from unionboard.ui.actions import action, refuse, report, telling_trouble
from unionboard.ui.identity import acting_who
from unionboard.ui.refusals import tell
from unionboard.ui.settings.key_file import laid_down
from unionboard.ui.text import escape, t

_WAITING, _REPORT = "safety_work", "safety_report"


class Work(StrEnum):
    BACK_UP = "back_up"
    DRILL = "drill"
    VERIFY = "verify_everything"
    RESTORE = "restore_now"


@dataclass(frozen=True, slots=True)
class _Asked:
    work: Work
    backup: BackupFile | None = None
    key: bytes = b""


def ask_for(work: Work, backup: BackupFile | None = None, key: bytes = b"") -> None:
    """For ``on_click``: the run that follows does it."""
    st.session_state[_WAITING] = _Asked(work, backup, key)


def last_report() -> Report | None:
    """What the last check of everything in this session came to."""
    found = st.session_state.get(_REPORT)
    return found if isinstance(found, Report) else None


def do_waiting() -> None:
    """Do what was asked for, if anything; then the page is drawn anew."""
    asked = st.session_state.pop(_WAITING, None)
    if not isinstance(asked, _Asked):
        return
    words = {
        Work.BACK_UP: t("Backing up …"),
        Work.DRILL: t("Restoring on trial …"),
        Work.VERIFY: t("Checking everything …"),
        Work.RESTORE: t("Going back to the backup …"),
    }[asked.work]
    bar = st.progress(0.0, text=words)

    def progress(share: float) -> None:
        bar.progress(min(1.0, share), text=words)

    _do(asked, progress)
    st.rerun()


def _do(asked: _Asked, progress: Progress) -> None:
    with telling_trouble():
        _DEEDS[asked.work](asked, progress)


def _back_up(_asked: _Asked, progress: Progress) -> None:
    made = back_up_now(now_utc=clock.now_utc(), actor=identity.require_actor(), progress=progress)
    if made.second is not None:
        refuse(t("Backed up, but there is no copy in the second folder: {why}", why=tell(made.second)))
    report(t("Backed up and checked."))


def _drill(_asked: _Asked, progress: Progress) -> None:
    backup = newest_good(read_config().backup_dir)
    if backup is None:
        raise BackupNotThere(file="")
    check = try_restore(backup.path, actor=identity.require_actor(), progress=progress)
    if not check.ok:
        why = " ".join(t(SENTENCES[fault]) for fault in check.faults)
        refuse(t("“{file}” could not be restored on trial: {why} Make a new backup now.", file=escape(backup.name), why=why))
        return
    action(
        lambda session: note_drill(session, backup, who=acting_who(), now_utc=clock.now_utc()),
        done=t("Restored on trial: the backup is whole and opens."),
    )


def _verify(_asked: _Asked, _progress: Progress) -> None:
    config = read_config()
    with db.reading() as session:
        second = load_safekeeping(session).second_folder
        folders = [config.backup_dir, *([Path(second)] if second else [])]
        st.session_state[_REPORT] = verify_data(
            session, evidence_folder=evidence_place(config), form_folder=config.form_dir, backup_folders=folders, now_utc=clock.now_utc()
        )


def _restore(asked: _Asked, progress: Progress) -> None:
    if asked.backup is None:
        return
    with laid_down(asked.key) as key_path:
        done = restore_backup(
            asked.backup.path,
            who=acting_who(),
            now_utc=clock.now_utc(),
            actor=identity.require_actor(),
            key_path=key_path,
            progress=progress,
        )
    st.session_state.pop(_REPORT, None)
    told = [t("Restored. The data are those of the backup.")]
    if done.kept_in is not None:
        told.append(t("What was there before is kept in {path}.", path=escape(done.kept_in)))
    report(" ".join(told))


_DEEDS: dict[Work, Callable[[_Asked, Progress], None]] = {
    Work.BACK_UP: _back_up,
    Work.DRILL: _drill,
    Work.VERIFY: _verify,
    Work.RESTORE: _restore,
}
