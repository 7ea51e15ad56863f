"""Backups: the database and the files beside it in one .zip, sealed, opened and checked before it gets its name."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from unionboard import __version__, secrecy
from unionboard.config import read_config
from unionboard.errors.backups import DataDamaged
from unionboard.errors.entries import CannotWrite
from unionboard.services.archives import Archive, require_room, writing_archive
from unionboard.services.backup_checks import Progress, check_backup, ignore_progress
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
    files = dict((sources or Sources.configured()).list_files())
    path = folder / name_backup(now_utc, label)
    if engine.dialect.name != "sqlite":
        with Session(engine) as session:
            private = list_private_files(session.connection())
        return _write(path, None, None, files, private, label=label, made_at_utc=now_utc, progress=progress)
    try:
        with copying(engine) as image:
            facts, private = _seal_and_look(image)
            return _write(path, image.serialize(), facts, files, private, label=label, made_at_utc=now_utc, progress=progress)
    except (sqlite3.Error, DBAPIError) as error:
        if is_damage(error.orig if isinstance(error, DBAPIError) else error):
            raise DataDamaged from None
        raise


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
    require_room(path.parent, len(database or b"") + sum(file.stat().st_size for file in files.values()))

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


# --- as it was, until its successors are in use --------------------------------------------------------------------------------

PATTERN = "unionboard-*.sqlite3"


@dataclass(frozen=True, slots=True)
class DataHealth:
    """Where the data are and how they are. ``size_bytes`` is None for a database on a server, whose keeper makes the backups."""

    place: str
    size_bytes: int | None
    faults: tuple[str, ...]
    backups: int
    last_backup_at_utc: datetime | None

    @property
    def is_sound(self) -> bool:
        return not self.faults


def inspect_data(session: Session, *, backup_dir: Path) -> DataHealth:
    """Check the database now (SQLite's own check of pages, indexes and references) and look at the backups in ``backup_dir``."""
    url = session.connection().engine.url
    if url.get_backend_name() != "sqlite":
        return DataHealth(url.render_as_string(hide_password=True), None, (), 0, None)
    path = Path(url.database or "")
    copies = list(backup_dir.glob(PATTERN))
    newest = max((copy.stat().st_mtime for copy in copies), default=None)
    return DataHealth(
        place=str(path),
        size_bytes=path.stat().st_size if path.is_file() else 0,
        faults=tuple(_find_faults(session)),
        backups=len(copies),
        last_backup_at_utc=None if newest is None else datetime.fromtimestamp(newest, tz=UTC),
    )


def _find_faults(session: Session) -> list[str]:
    said = [str(row[0]) for row in session.connection().exec_driver_sql("PRAGMA integrity_check(5)")]
    lost = [f"{row[0]} {row[1]} -> {row[2]}" for row in session.connection().exec_driver_sql("PRAGMA foreign_key_check")]
    return [fault for fault in said if fault != "ok"] + lost[:5]


def back_up(engine: Engine, backup_dir: Path, *, label: str) -> Path:
    """A consistent copy of a live SQLite database by ``VACUUM INTO``, named by the moment in UTC; its path.

    Raises: CannotWrite.
    """
    path = backup_dir / f"unionboard-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{label}.sqlite3"
    try:
        backup_dir.mkdir(parents=True, exist_ok=True)
        with closing(engine.raw_connection()) as connection:  # VACUUM must not stand in a transaction; the engine begins one by itself
            connection.cursor().execute("VACUUM INTO ?", (str(path),))
    except (OSError, sqlite3.OperationalError):
        raise CannotWrite(path=path) from None
    return path
