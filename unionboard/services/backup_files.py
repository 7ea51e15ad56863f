"""What a backup is: one .zip with the database, the files beside it, and a manifest that says what everything in it must be.

The manifest is read without touching the rest, so a folder of backups is listed at once.
"""

import json
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile, ZipFile

from unionboard.errors.backups import BackupTooNew, BackupUnreadable
from unionboard.services.archives import FileFacts

Safe = Literal["before-import", "before-adopt"]
"""Before what somebody does a backup is made without being asked for."""
FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "unionboard.sqlite3"
EVIDENCE, FORMS = "evidence/", "forms/"
_NAME = re.compile(r"unionboard-\d{8}-\d{6}-\d{6}-[a-z0-9-]{1,40}\.zip")
_INSIDE = re.compile(r"(?:evidence|forms)/(?:[\w\-.]+/)*[\w\-.]+")
_MANIFEST_LIMIT = 64 * 1024 * 1024
BROKEN_ZIP = (
    *(BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError),
    *(OSError, EOFError, LookupError, ValueError, OverflowError),
)
"""What reading a damaged or made-up .zip brings forth."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``files``: path in the .zip to what it must be; ``missing``: files the data name that were not there.

    ``chain_id`` and ``chain_sha256``: the newest line of the change log in it. ``faults``: codes of what was wrong with the data when they
    were copied, so that a copy of damaged data never counts as a good one. ``key_id``: of the key that opens the names in it.
    """

    program: str
    revision: str
    made_at_utc: datetime
    label: str
    key_id: str
    chain_id: int
    chain_sha256: str
    rows: Mapping[str, int]
    files: Mapping[str, FileFacts]
    missing: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    format: int = field(default=FORMAT)

    def to_json(self) -> bytes:
        """The manifest as it stands in the .zip."""
        told = {
            "format": self.format,
            "program": self.program,
            "revision": self.revision,
            "created_at_utc": self.made_at_utc.isoformat(),
            "label": self.label,
            "key_id": self.key_id,
            "chain": {"id": self.chain_id, "sha256": self.chain_sha256},
            "rows": dict(self.rows),
            "files": {name: {"sha256": facts.sha256, "size": facts.size_bytes} for name, facts in self.files.items()},
            "missing": list(self.missing),
            "faults": list(self.faults),
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup on disk; ``size_bytes`` of the whole .zip."""

    path: Path
    manifest: Manifest
    size_bytes: int

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def label(self) -> str:
        return self.manifest.label

    @property
    def made_at_utc(self) -> datetime:
        return self.manifest.made_at_utc

    @property
    def is_good(self) -> bool:
        """Nothing was wrong with the data when they were copied; whether the copy still is what it was, ``check_backup`` says."""
        return not self.manifest.faults


def name_backup(made_at_utc: datetime, label: str) -> str:
    """The name a backup gets; no two have the same."""
    return f"unionboard-{made_at_utc.astimezone(UTC):%Y%m%d-%H%M%S-%f}-{label}.zip"


def read_manifest(path: Path) -> dict[str, Any]:
    """What a .zip says of itself, not looked into. Raises: what is in ``BROKEN_ZIP``."""
    with ZipFile(path) as archive:
        if archive.getinfo(MANIFEST).file_size > _MANIFEST_LIMIT:
            raise ValueError(MANIFEST)
        told = json.loads(archive.read(MANIFEST))
    if not isinstance(told, dict):
        raise ValueError(MANIFEST)
    return told


def read_backup(path: Path) -> BackupFile:
    """A backup by its manifest alone. Raises: BackupUnreadable, BackupTooNew."""
    try:
        found = path.stat()
    except OSError:
        raise BackupUnreadable(file=path.name) from None
    return _read(path, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, size_bytes: int, _written_ns: int) -> BackupFile:
    """Once for each state of the file: a page that lists them is drawn often, and a list of 2,000 files takes a while."""
    try:
        told = read_manifest(path)
        if int(told["format"]) > FORMAT:
            raise BackupTooNew(file=path.name)
        return BackupFile(path, _parse(told), size_bytes)
    except (*BROKEN_ZIP, TypeError, AttributeError):
        raise BackupUnreadable(file=path.name) from None


def _parse(told: Mapping[str, Any]) -> Manifest:
    files = {str(name): FileFacts(str(facts["sha256"]), int(facts["size"])) for name, facts in told["files"].items()}
    if not all(name == DATABASE or is_ours(name) for name in files):
        raise ValueError(MANIFEST)
    return Manifest(
        program=str(told["program"]),
        revision=str(told["revision"]),
        made_at_utc=datetime.fromisoformat(told["created_at_utc"]).astimezone(UTC),
        label=str(told["label"])[:40],
        key_id=str(told["key_id"]),
        chain_id=int(told["chain"]["id"]),
        chain_sha256=str(told["chain"]["sha256"]),
        rows={str(table): int(n) for table, n in told["rows"].items()},
        files=files,
        missing=tuple(str(name) for name in told.get("missing", ())),
        faults=tuple(str(code) for code in told.get("faults", ())),
    )


def is_ours(name: str) -> bool:
    """Whether ``name`` is a path a backup may hold beside the database: below evidence/ or forms/, and nowhere else."""
    return bool(_INSIDE.fullmatch(name)) and not any(part.strip(".") == "" for part in name.split("/"))


def list_backups(folder: Path) -> list[BackupFile]:
    """The backups in ``folder``, newest first; what cannot be read is told by ``list_unreadable``."""
    found = [backup for backup, _path in _look_through(folder) if backup is not None]
    return sorted(found, key=lambda backup: (backup.made_at_utc, backup.name), reverse=True)


def list_unreadable(folder: Path) -> list[Path]:
    """Files in ``folder`` that bear the name of a backup and are none any more."""
    return sorted(path for backup, path in _look_through(folder) if backup is None)


def newest_good(folder: Path) -> BackupFile | None:
    """The newest backup of data with which nothing was wrong: of the one with most history, should the clock have been set back."""
    good = [backup for backup in list_backups(folder) if backup.is_good]
    return max(good, key=lambda backup: (backup.made_at_utc, backup.name), default=None)


def _look_through(folder: Path) -> Iterator[tuple[BackupFile | None, Path]]:
    try:
        paths = [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file()]
    except OSError:
        return
    for path in paths:
        try:
            yield read_backup(path), path
        except (BackupUnreadable, BackupTooNew):
            yield None, path
