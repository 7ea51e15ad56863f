"""A copy of every backup in a second folder: a stick or a share, for the day on which this computer breaks or is stolen."""

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from unionboard.config import read_config
from unionboard.errors import Refusal
from unionboard.errors.backups import FolderNotApart, FolderNotThere
from unionboard.models.changelog import ChangeAction
from unionboard.services.archives import copy_whole, require_room
from unionboard.services.backup_files import BackupFile, list_backups
from unionboard.services.backup_keeping import prune
from unionboard.services.changes import record_change, snapshot
from unionboard.services.guard import require
from unionboard.services.keys import load_safekeeping
from unionboard.services.permissions import Act


@dataclass(frozen=True, slots=True)
class SecondFolder:
    """How the second folder stands. ``is_there``: plugged in; ``newest_at_utc`` of the backups in it; ``is_current``: it has the newest."""

    folder: Path
    is_there: bool
    newest_at_utc: datetime | None
    is_current: bool


def set_second_folder(session: Session, folder: str, *, who: str, now_utc: datetime) -> None:
    """From now on a copy of every backup goes to ``folder``; "" for none. Raises: NotYours, FolderNotThere, FolderNotApart."""
    require(session, Act.BACK_UP)
    told = folder.strip()
    if told:
        check_folder(told)
    row = load_safekeeping(session)
    if row.second_folder == told:
        return
    before = snapshot(row)
    row.second_folder, row.version = told, row.version + 1
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)


def check_folder(told: str) -> Path:
    """The folder people typed: it is there, can be written, and lies apart from the data and their key.

    Raises: FolderNotThere, FolderNotApart.
    """
    folder, config = Path(told), read_config()
    try:
        if not folder.is_absolute() or not folder.is_dir():
            raise FolderNotThere(folder=told)
        with tempfile.TemporaryFile(dir=folder):
            pass
        real, data = folder.resolve(), config.data_dir.resolve()
        if real.is_relative_to(data) or data.is_relative_to(real) or config.key_path.resolve().is_relative_to(real):
            raise FolderNotApart(folder=told)
    except (OSError, ValueError):
        raise FolderNotThere(folder=told) from None
    return folder


def inspect_second(session: Session, *, newest: BackupFile | None) -> SecondFolder | None:
    """How the second folder stands to the ``newest`` backup; None when none is set."""
    told = load_safekeeping(session).second_folder
    if not told:
        return None
    folder = Path(told)
    there = list_backups(folder)
    is_current = newest is None or any((one.name, one.size_bytes) == (newest.name, newest.size_bytes) for one in there)
    return SecondFolder(folder, _is_there(folder), there[0].made_at_utc if there else None, is_current)


def _is_there(folder: Path) -> bool:
    """A stick that was pulled out, or a share whose computer is off, may answer with an error of its own."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def copy_to_second(session: Session, backup: BackupFile, *, now_utc: datetime) -> Refusal | None:
    """Copy ``backup`` to the second folder, read it again there, and keep there what is kept here.

    Returns why it could not be done, which is never a reason to do without the first; None: it is there, or no folder is set.
    """
    told = load_safekeeping(session).second_folder
    if not told:
        return None
    try:
        target = check_folder(told) / backup.name
        if not target.is_file() or target.stat().st_size != backup.size_bytes:
            require_room(target.parent, backup.size_bytes)
            copy_whole(backup.path, target)
            if _hash(target) != _hash(backup.path):
                target.unlink()
                return FolderNotThere(folder=told)
        prune(target.parent, now_utc=now_utc)
    except Refusal as refusal:
        return refusal
    except OSError:
        return FolderNotThere(folder=told)
    return None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
