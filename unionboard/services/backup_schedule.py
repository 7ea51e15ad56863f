"""When backups are made: once a day, before whatever changes much at once, and when somebody presses the button."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from unionboard import db
from unionboard.clock import local_day
from unionboard.config import read_config
from unionboard.errors import Refusal
from unionboard.models.changelog import ChangeAction
from unionboard.services.archives import measure
from unionboard.services.backup_checks import Progress, ignore_progress
from unionboard.services.backup_files import DATABASE, BackupFile, Safe, list_backups, newest_good
from unionboard.services.backup_keeping import prune
from unionboard.services.backups import BY_HAND, DAILY, Sources, convert_old, make_backup
from unionboard.services.chain_check import read_head
from unionboard.services.changes import record_change, snapshot
from unionboard.services.data_swap import sweep
from unionboard.services.guard import Actor, require, require_act
from unionboard.services.keys import load_safekeeping
from unionboard.services.permissions import Act
from unionboard.services.sealing import THUMBS
from unionboard.services.second_folder import copy_to_second


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made; ``second``: why its copy in the second folder could not be, None when it is there or none is wanted."""

    backup: BackupFile
    second: Refusal | None


_BEFORE: Mapping[Safe, tuple[Act, ...]] = {"before-import": (Act.KEEP_BOOKS, Act.PLAN_BUDGET), "before-adopt": (Act.EDIT_PLAN,)}
"""Whose the change is that a backup is made before: any one of the acts is enough."""
_trouble: list[Refusal] = []
"""Why the last daily backup of this process could not be made, if it could not."""


def back_up_now(*, now_utc: datetime, actor: Actor | None, progress: Progress = ignore_progress) -> Made:
    """Somebody asks for a backup. Raises: NotYours, and what ``make_backup`` raises."""
    require_act(actor, Act.BACK_UP)
    return _make(BY_HAND, now_utc=now_utc, progress=progress)


def back_up_before(label: Safe, *, now_utc: datetime, actor: Actor | None) -> BackupFile | None:
    """Before much is changed at once: a backup, unless the newest one holds what is there, or nothing was ever done.

    Whoever may not make the change makes no backup either; ``actor``: None for the program itself.

    Raises: NotYours, what ``make_backup`` raises.
    """
    require_act(actor, *_BEFORE[label])
    newest = newest_good(read_config().backup_dir)
    if not _is_worth_it(db.current_engine()) or (newest is not None and holds_present(newest, db.current_engine())):
        return None
    return _make(label, now_utc=now_utc).backup


def back_up_daily(*, now_utc: datetime) -> Made | None:
    """The backup of the day, unless there is one: of this very day, whichever way the clock was set. Old copies are sealed on the way.

    Nothing is made of data in which nothing was ever done. Raises: what ``make_backup`` raises; ``last_trouble`` tells it, too.
    """
    try:
        made = _make_daily(now_utc)
    except Refusal as refusal:
        _trouble[:] = [refusal]
        raise
    _trouble.clear()
    return made


def last_trouble() -> Refusal | None:
    """Why the last daily backup of this process could not be made; None when nothing went wrong."""
    return next(iter(_trouble), None)


def holds_present(backup: BackupFile, engine: Engine) -> bool:
    """Whether ``backup`` has the newest line of the log and the very files that lie beside the database now."""
    if engine.dialect.name == "sqlite":
        with Session(engine, info={"union": None}) as session:
            head = read_head(session)
        if (head.id, head.sha256) != (backup.manifest.chain_id, backup.manifest.chain_sha256):
            return False
    kept = {name: facts.size_bytes for name, facts in backup.manifest.files.items() if name != DATABASE}
    return kept == {name: measure(path) for name, path in Sources.configured().list_files()}


def note_drill(session: Session, backup: BackupFile, *, who: str, now_utc: datetime) -> None:
    """Write down that ``backup`` was restored on trial and found good. Raises: NotYours."""
    require(session, Act.BACK_UP)
    row = load_safekeeping(session)
    before = snapshot(row)
    row.drill_at_utc, row.drill_backup = now_utc, backup.name[:120]
    row.version += 1
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)


def _make_daily(now_utc: datetime) -> Made | None:
    engine, config = db.current_engine(), read_config()
    folder = config.backup_dir
    for place in (folder, folder.parent, config.evidence_dir, config.evidence_dir / THUMBS, config.form_dir):
        sweep(place, now_utc=now_utc)
    convert_old(folder)
    backups, today = list_backups(folder), local_day(now_utc)
    if any(backup.label == DAILY and local_day(backup.made_at_utc) == today for backup in backups):
        _catch_up(backups[0], now_utc=now_utc)
        return None
    return _make(DAILY, now_utc=now_utc) if _is_worth_it(engine) else None


def _is_worth_it(engine: Engine) -> bool:
    with Session(engine, info={"union": None}) as session:
        return read_head(session).id > 0


def _catch_up(newest: BackupFile, *, now_utc: datetime) -> None:
    """The stick may have been elsewhere when the newest backup was made."""
    with Session(db.current_engine()) as session:
        copy_to_second(session, newest, now_utc=now_utc)


def _make(label: str, *, now_utc: datetime, progress: Progress = ignore_progress) -> Made:
    engine, folder = db.current_engine(), read_config().backup_dir
    backup = make_backup(engine, folder=folder, label=label, now_utc=now_utc, progress=progress)
    prune(folder, now_utc=now_utc)
    with Session(engine) as session:
        return Made(backup, copy_to_second(session, backup, now_utc=now_utc))
