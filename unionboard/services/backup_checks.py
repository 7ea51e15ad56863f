"""Whether a backup is what it says it is: every byte of it is read, and the database in it opened."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from zipfile import ZipFile

from unionboard.errors.backups import BackupTooNew, BackupUnreadable
from unionboard.i18n import mark
from unionboard.services.backup_files import BROKEN_ZIP, DATABASE, MANIFEST, BackupFile, Manifest, list_backups, read_backup
from unionboard.services.database_image import CHAIN_BROKEN, look_through, opening

Progress = Callable[[float], None]
"""Told how much is done, from 0 to 1."""


class BackupFault(StrEnum):
    UNREADABLE = "unreadable"
    TOO_NEW = "too_new"
    FILES_DIFFER = "files_differ"
    FILE_CHANGED = "file_changed"
    DATABASE_DAMAGED = "database_damaged"
    ROWS_DIFFER = "rows_differ"
    CHAIN_DIFFERS = "chain_differs"
    FILE_UNNAMED = "file_unnamed"


SENTENCES = {
    BackupFault.UNREADABLE: mark("It is no backup of this program, or it is damaged."),
    BackupFault.TOO_NEW: mark("It was made by a newer version of the program."),
    BackupFault.FILES_DIFFER: mark("It does not hold the files its list names."),
    BackupFault.FILE_CHANGED: mark("A file in it is not what it was."),
    BackupFault.DATABASE_DAMAGED: mark("The database in it is damaged."),
    BackupFault.ROWS_DIFFER: mark("The database in it is not the one its list describes."),
    BackupFault.CHAIN_DIFFERS: mark("The change log in it was changed behind the program's back."),
    BackupFault.FILE_UNNAMED: mark("Papers that the database names are not in it."),
}


@dataclass(frozen=True, slots=True)
class BackupCheck:
    """What the check of a backup came to."""

    manifest: Manifest | None
    faults: tuple[BackupFault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults


def ignore_progress(_share: float) -> None:
    """For whoever does not wait for it."""


def check_backup(path: Path, *, progress: Progress = ignore_progress) -> BackupCheck:
    """Read all of a backup: CRC and checksum of every file, the database opened, its pages, references, rows and change log checked.

    Needs no key and changes nothing. 500 MB take 2 s, or 5.5 s on a computer that is busy.
    """
    try:
        manifest = read_backup(path).manifest
    except BackupTooNew:
        return BackupCheck(None, (BackupFault.TOO_NEW,))
    except BackupUnreadable:
        return BackupCheck(None, (BackupFault.UNREADABLE,))
    try:
        with ZipFile(path) as archive:
            return BackupCheck(manifest, tuple(dict.fromkeys(_find_faults(archive, manifest, progress))))
    except BROKEN_ZIP:
        return BackupCheck(manifest, (BackupFault.UNREADABLE,))


def find_sound(folder: Path) -> BackupFile | None:
    """The newest backup in ``folder`` that was good when it was made and still is, every byte of it read; None: there is none."""
    return next((one for one in list_backups(folder) if one.is_good and check_backup(one.path).ok), None)


def _find_faults(archive: ZipFile, manifest: Manifest, progress: Progress) -> Iterator[BackupFault]:
    if Counter(archive.namelist()) != Counter([MANIFEST, *manifest.files]):
        yield BackupFault.FILES_DIFFER
        return
    whole, read = sum(facts.size_bytes for facts in manifest.files.values()) or 1, 0
    for name, facts in manifest.files.items():
        if archive.getinfo(name).file_size != facts.size_bytes or hash_entry(archive, name) != facts.sha256:
            yield BackupFault.FILE_CHANGED
        read += facts.size_bytes
        progress(read / whole)
    if DATABASE in manifest.files:
        yield from _check_database(archive.read(DATABASE), manifest)


def hash_entry(archive: ZipFile, name: str) -> str:
    """SHA-256 of a file in a .zip; its CRC is checked on the way. Raises: what a broken .zip brings forth."""
    with archive.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _check_database(content: bytes, manifest: Manifest) -> Iterator[BackupFault]:
    try:
        with opening(content) as image:
            found = look_through(image)
    except sqlite3.Error:
        yield BackupFault.DATABASE_DAMAGED
        return
    if not found.is_whole:
        yield BackupFault.DATABASE_DAMAGED
    if (found.rows, found.revision) != (dict(manifest.rows), manifest.revision):
        yield BackupFault.ROWS_DIFFER
    is_chained = CHAIN_BROKEN not in manifest.faults
    if (found.chain_id, found.chain_sha256, found.is_chained) != (manifest.chain_id, manifest.chain_sha256, is_chained):
        yield BackupFault.CHAIN_DIFFERS
    if not found.named_files <= {*manifest.files, *manifest.missing}:
        yield BackupFault.FILE_UNNAMED
