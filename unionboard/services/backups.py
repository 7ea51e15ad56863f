"""Backups: the database and the files beside it in one .zip, sealed, opened and checked before it gets its name."""

import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from unionboard import __version__, secrecy
from unionboard.config import read_config
from unionboard.errors.backups import BackupDamaged, BackupNotThere, BackupTooNew, BackupUnreadable, DataDamaged
from unionboard.errors.entries import CannotWrite
from unionboard.services.archives import WRITING, Archive, measure, require_room, sync, tell_unwritten, writing_archive
from unionboard.services.backup_checks import BackupFault, Progress, check_backup, ignore_progress
from unionboard.services.backup_files import (
    DATABASE,
    EVIDENCE,
    FORMS,
    MANIFEST,
    BackupFile,
    Manifest,
    is_ours,
    name_backup,
    read_backup,
)
from unionboard.services.database_image import CHAIN_BROKEN, ImageFacts, copying, in_memory, look_through, session_on
from unionboard.services.exports import Export, record_export
from unionboard.services.guard import Actor, require, require_act
from unionboard.services.permissions import Act
from unionboard.services.sealing import list_private_files, seal_image
from unionboard.soundness import is_damage

DAILY, BY_HAND, BEFORE_RESTORE = "daily", "by-hand", "before-restore"
_OLD = re.compile(r"unionboard-(?P<at>\d{8}-\d{6}-\d{6})-(?P<label>[a-z0-9-]{1,40})\.sqlite3")
_CHECKING = 0.6  # the share of the work that is done when the check begins


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the files beside the database lie, by the folder they get in a backup."""

    evidence: Path
    forms: Path

    @staticmethod
    def configured() -> "Sources":
        config = read_config()
        return Sources(config.evidence_dir, config.form_dir)

    def list_files(self) -> Iterator[tuple[str, Path]]:
        """Every kept file with its path in a backup, in a fixed order; what is just being written is no kept file."""
        for prefix, folder in ((EVIDENCE, self.evidence), (FORMS, self.forms)):
            if folder.is_dir():
                for path in sorted(folder.iterdir()):  # no folders below: small pictures are made anew when they are wanted
                    if is_ours(prefix + path.name) and not path.name.startswith(".") and path.is_file() and not path.is_symlink():
                        yield prefix + path.name, path


def make_backup(
    engine: Engine, *, folder: Path, label: str, now_utc: datetime, sources: Sources | None = None, progress: Progress = ignore_progress
) -> BackupFile:
    """Back up what ``engine`` holds and the files beside it (the configured ones) into ``folder``, while others work.

    Of a database on a server only the files are taken. Raises: DataDamaged, DatabaseBusy, NoRoom, DiskFull, CannotWrite, KeyUnreadable.
    """
    sources = sources or Sources.configured()
    path = folder / name_backup(now_utc, label)
    if engine.dialect.name != "sqlite":
        with Session(engine, info={"union": None}) as session:
            private = list_private_files(session.connection())
        return _write(path, None, None, dict(sources.list_files()), private, label=label, made_at_utc=now_utc, progress=progress)
    try:
        with copying(engine) as image:
            facts, private = _seal_and_look(image)
            files = dict(sources.list_files())  # after the rows that name them: a file is stored before its row
            return _write(path, image.serialize(), facts, files, private, label=label, made_at_utc=now_utc, progress=progress)
    except (sqlite3.Error, DBAPIError) as error:
        if is_damage(error.orig if isinstance(error, DBAPIError) else error):
            raise DataDamaged from None
        raise


def take_backup(session: Session, backup: BackupFile, *, who: str, now_utc: datetime) -> bytes:
    """A backup to be kept elsewhere; that it was taken is written down. Raises: NotYours, BackupNotThere."""
    require(session, Act.BACK_UP)
    record_export(session, Export.BACKUP, who=who, now_utc=now_utc)
    try:
        return backup.path.read_bytes()
    except OSError:
        raise BackupNotThere(file=backup.name) from None


def keep_backup(content: BinaryIO, name: str, *, now_utc: datetime, actor: Actor | None) -> BackupFile:
    """Put a backup that was kept elsewhere back among the others, under the name its manifest gives it.

    Raises: NotYours, BackupUnreadable, BackupTooNew, BackupDamaged, NoRoom, DiskFull, CannotWrite.
    """
    require_act(actor, Act.RESTORE_BACKUP)
    folder = read_config().backup_dir
    folder.mkdir(parents=True, exist_ok=True)
    waiting = folder / f"{WRITING}{now_utc:%Y%m%d-%H%M%S-%f}.zip"
    try:
        with waiting.open("xb") as file:
            shutil.copyfileobj(content, file)
        check = check_backup(waiting)
        if check.manifest is None:
            raise BackupTooNew(file=name) if BackupFault.TOO_NEW in check.faults else BackupUnreadable(file=name)
        if not check.ok:
            raise BackupDamaged(file=name)
        path = folder / name_backup(check.manifest.made_at_utc, re.sub(r"[^a-z0-9-]", "", check.manifest.label) or BY_HAND)
        sync(waiting)
        waiting.replace(path)
    except OSError as error:
        raise tell_unwritten(error, folder) from None
    finally:
        waiting.unlink(missing_ok=True)
    return read_backup(path)


def convert_old(folder: Path) -> tuple[str, ...]:
    """Turn the copies of earlier programs (bare databases, names open) into sealed .zip files; each goes only when its successor was
    checked. The names of those that were turned."""
    turned = []
    for path in sorted(folder.glob("unionboard-*.sqlite3")):
        found = _OLD.fullmatch(path.name)
        if found is None:
            continue
        made_at_utc = datetime.strptime(found["at"], "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as old, in_memory() as image:
                old.backup(image)
                facts, private = _seal_and_look(image)
                files = {name: file for name, file in Sources.configured().list_files() if name in facts.named_files}
                target = folder / name_backup(made_at_utc, found["label"])
                _write(target, image.serialize(), facts, files, private, label=found["label"], made_at_utc=made_at_utc)
        except (sqlite3.Error, DataDamaged, CannotWrite):
            continue  # it stays as it is; people are told that it cannot be read
        path.unlink()
        turned.append(path.name)
    return tuple(turned)


def _seal_and_look(image: sqlite3.Connection) -> tuple[ImageFacts, frozenset[str]]:
    """Seal a copy and look through it; which files beside it name people. Raises: DataDamaged, sqlite3.Error."""
    if not _has_own_key(image):
        secrecy.create_key()  # the names in data of an older program lie open yet
    seal_image(image)
    facts = look_through(image)
    if not facts.is_whole:
        raise DataDamaged
    with session_on(image) as session:
        return facts, list_private_files(session.connection())


def _write(
    path: Path,
    database: bytes | None,
    facts: ImageFacts | None,
    files: Mapping[str, Path],
    private: frozenset[str],
    *,
    label: str,
    made_at_utc: datetime,
    progress: Progress = ignore_progress,
) -> BackupFile:
    require_room(path.parent, len(database or b"") + sum(map(measure, files.values())))

    def check(waiting: Path) -> None:
        if not check_backup(waiting, progress=lambda share: progress(_CHECKING + share * (1 - _CHECKING))).ok:
            raise CannotWrite(path=path)

    with writing_archive(path, at=made_at_utc, check=check) as archive:
        if database is not None:
            archive.add(DATABASE, database)
        missing = _add_files(archive, files, private, progress)
        named = facts.named_files if facts else frozenset()
        manifest = Manifest(
            program=__version__,
            revision=facts.revision if facts else "",
            made_at_utc=made_at_utc,
            label=label,
            key_id=_name_key(facts),
            chain_id=facts.chain_id if facts else 0,
            chain_sha256=facts.chain_sha256 if facts else "",
            rows=facts.rows if facts else {},
            files=dict(archive.files),
            missing=tuple(sorted(missing | (named - set(archive.files)))),
            faults=(CHAIN_BROKEN,) if facts and not facts.is_chained else (),
        )
        archive.add(MANIFEST, manifest.to_json())
    return read_backup(path)


def _has_own_key(image: sqlite3.Connection) -> bool:
    return image.execute("SELECT 1 FROM sqlite_master WHERE name = 'safekeeping'").fetchone() is not None


def _add_files(archive: Archive, files: Mapping[str, Path], private: frozenset[str], progress: Progress) -> set[str]:
    """Put the files in; those that could not be read."""
    lost = set()
    for n, (name, path) in enumerate(files.items(), start=1):
        try:
            content = path.read_bytes()
        except OSError:
            lost.add(name)
            continue
        if path.name in private and not secrecy.is_sealed(content):
            content = secrecy.seal_bytes(content)
        archive.add(name, content, is_packed=secrecy.is_sealed(content) or None)
        progress(_CHECKING * n / len(files))
    return lost


def _name_key(facts: ImageFacts | None) -> str:
    if facts and facts.key_id:
        return facts.key_id
    return secrecy.key_id() if secrecy.has_key() else ""
