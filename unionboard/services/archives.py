"""A .zip that is written whole or not at all, with the checksum of everything in it."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from unionboard.errors.backups import NoRoom
from unionboard.errors.database import DiskFull
from unionboard.errors.entries import CannotWrite

_PACKED = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".docx", ".xlsx", ".pptx", ".ofd", ".zip"})
_UNIX = 3
WRITING = ".writing-"
"""What the names of files begin with that are not whole yet."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file must be: its SHA-256 in hex, and its length."""

    sha256: str
    size_bytes: int


class Archive:
    """A .zip in the making; ``at`` is the moment it says of every file in it."""

    def __init__(self, zip_file: ZipFile, *, at: datetime) -> None:
        self._zip = zip_file
        self._at = at
        self._files: dict[str, FileFacts] = {}

    @property
    def files(self) -> Mapping[str, FileFacts]:
        """What was added so far."""
        return MappingProxyType(self._files)

    def add(self, name: str, content: bytes, *, is_packed: bool | None = None) -> None:
        """Add a file; what is packed already (photos, Office files; ``is_packed`` says so of others) is stored as it is."""
        packed = PurePosixPath(name).suffix.lower() in _PACKED if is_packed is None else is_packed
        self._zip.writestr(self._describe(name, is_packed=packed), content)
        self._files[name] = FileFacts(hashlib.sha256(content).hexdigest(), len(content))

    def add_parts(self, name: str, parts: Iterable[bytes]) -> None:
        """Add a file that need not fit into memory, part by part."""
        digest, size_bytes = hashlib.sha256(), 0
        with self._zip.open(self._describe(name, is_packed=False), "w", force_zip64=True) as file:
            for part in parts:
                file.write(part)
                digest.update(part)
                size_bytes += len(part)
        self._files[name] = FileFacts(digest.hexdigest(), size_bytes)

    def _describe(self, name: str, *, is_packed: bool) -> ZipInfo:
        info = ZipInfo(name, self._at.timetuple()[:6])
        info.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
        info.create_system, info.external_attr = _UNIX, 0o600 << 16
        return info


def _take_as_it_is(_path: Path) -> None:
    return


@contextmanager
def writing_archive(path: Path, *, at: datetime, check: Callable[[Path], None] = _take_as_it_is) -> Iterator[Archive]:
    """The archive to fill; when the block ends it is on the disk as ``path``, readable by its owner alone.

    ``check`` is shown the finished file before it gets its name. When it or the block raises nothing stays. Raises: CannotWrite, DiskFull.
    """
    waiting: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=WRITING)
        waiting = Path(name)
        with os.fdopen(handle, "w+b") as file, ZipFile(file, "w") as zip_file:
            yield Archive(zip_file, at=at)
        sync(waiting)
        check(waiting)
        waiting.replace(path)
        sync(path.parent)
    except OSError as error:
        raise tell_unwritten(error, path) from None
    finally:
        if waiting is not None:
            waiting.unlink(missing_ok=True)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file; under its final name it is whole or not there. Raises: CannotWrite, DiskFull."""
    waiting = target.with_name(f"{WRITING}{target.name}")
    try:
        shutil.copyfile(source, waiting)
        sync(waiting)
        waiting.replace(target)
        sync(target.parent)
    except OSError as error:
        raise tell_unwritten(error, target) from None
    finally:
        waiting.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk itself."""
    if path.is_dir() and os.name == "nt":
        return  # Windows keeps names by itself
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def require_room(folder: Path, needed_bytes: int) -> None:
    """``folder``, or the nearest above it that exists, has so much free. Raises: NoRoom."""
    there = next(one for one in (folder, *folder.parents) if one.is_dir())
    free = shutil.disk_usage(there).free
    if free < needed_bytes:
        raise NoRoom(place=folder, needed=tell_size(needed_bytes), free=tell_size(free))


def measure(path: Path) -> int:
    """How many bytes a file has; one that somebody took away meanwhile has none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def tell_size(size_bytes: int) -> str:
    """730 KB, 1.5 MB, 2.1 GB."""
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1000:,.0f} KB"
    return f"{size_bytes / 1_000_000:,.1f} MB" if size_bytes < 1_000_000_000 else f"{size_bytes / 1_000_000_000:,.1f} GB"


def tell_unwritten(error: OSError, path: Path) -> CannotWrite | DiskFull:
    """Why ``path`` could not be written, as a refusal."""
    return DiskFull() if error.errno in _FULL else CannotWrite(path=path)
