"""An export that came from somewhere: looked at with suspicion before anything of it is believed.

Only names an export may hold are let in, each once and each as long as it says; what is packed as tightly as no data of people are (a zip
bomb) is not unpacked, and nothing is ever written under a name that the archive gives.
"""

import hashlib
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import ZipFile, ZipInfo

from unionboard.errors.open_format import ExportDamaged, ExportForeign, ExportIsBackup, ExportTooLarge, ExportTooNew, ExportUnreadable
from unionboard.services.archives import FileFacts
from unionboard.services.backup_files import BROKEN_ZIP, DATABASE, EVIDENCE, FORMS, MANIFEST, is_ours
from unionboard.services.open_format import DESCRIPTOR, FORMAT, README, SHEETS, TABLES, Package, parse_package, read_format

BROKEN = (*BROKEN_ZIP, TypeError, AttributeError, RecursionError)
DESCRIPTOR_LIMIT = 64 * 1024 * 1024
LINE_LIMIT = 64 * 1024 * 1024  # bytes of one record; the longest text a record may hold has a third of it
KEPT_FILE_LIMIT = 256 * 1024 * 1024
SUSPICIOUS = 1024 * 1024
TIGHTEST = 200
"""How many times smaller a file of more than ``SUSPICIOUS`` bytes may be packed: a change log takes a tenth, zeros a thousandth."""
_PART = 1024 * 1024
_IN_DATABASES = 4  # two of them, each with its indexes
_TABLE = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """An export whose index was read and found fit; what is in its files is checked while they are read."""

    name: str
    package: Package
    zip_file: ZipFile

    @property
    def room_bytes(self) -> int:
        """What it takes on the disk until everything is in its place: rows lie in two databases for a while."""
        sizes = ((name, taken.facts.size_bytes) for name, taken in self.package.files.items() if not name.startswith(SHEETS))
        return sum(_IN_DATABASES * size if name.startswith(TABLES) else size for name, size in sizes)

    def read_lines(self, path: str) -> Generator[bytes, None, None]:
        """The records of a table, one by one; checked when the last is read. Raises: ExportDamaged."""
        facts = self.package.files[path].facts
        with self._open(path) as file:
            checked = _Checked(file, facts)
            while line := checked.read(file.readline(LINE_LIMIT + 1)):
                if len(line) > LINE_LIMIT:
                    raise self.damaged(path)
                yield line
            if not checked.is_right:
                raise self.damaged(path)

    def read_parts(self, path: str) -> Generator[bytes, None, None]:
        """A file in parts. Raises: ExportDamaged, after the last part when it is not what it should be."""
        facts = self.package.files[path].facts
        with self._open(path) as file:
            checked = _Checked(file, facts)
            while part := checked.read(file.read(_PART)):
                yield part
            if not checked.is_right:
                raise self.damaged(path)

    @contextmanager
    def _open(self, path: str) -> Iterator[IO[bytes]]:
        """What a damaged .zip brings forth while it is read is told as damage."""
        try:
            with self.zip_file.open(path) as file:
                yield file
        except OSError:
            raise
        except BROKEN:
            raise self.damaged(path) from None

    def damaged(self, path: str) -> ExportDamaged:
        """The refusal that says which part of it is not what it should be."""
        return ExportDamaged(file=self.name, part=path)


class _Checked:
    """What is read from a file, counted and hashed; no more is read than there should be."""

    def __init__(self, file: IO[bytes], facts: FileFacts) -> None:
        self._file, self._facts = file, facts
        self._digest, self._size_bytes = hashlib.sha256(), 0

    def read(self, part: bytes) -> bytes:
        self._size_bytes += len(part)
        if self._size_bytes > self._facts.size_bytes:
            raise ValueError(self._size_bytes)
        self._digest.update(part)
        return part

    @property
    def is_right(self) -> bool:
        return (self._digest.hexdigest(), self._size_bytes) == (self._facts.sha256, self._facts.size_bytes)


@contextmanager
def opening_export(source: Path | IO[bytes], *, name: str = "") -> Iterator[OpenArchive]:
    """The export in ``source``; ``name``: what people know it by, where that is another.

    Raises: ExportUnreadable, ExportIsBackup, ExportTooNew, ExportForeign, ExportTooLarge, ExportDamaged.
    """
    name = name or (source.name if isinstance(source, Path) else DESCRIPTOR)
    try:
        zip_file = ZipFile(source)
    except BROKEN:
        raise ExportUnreadable(file=name) from None
    with zip_file:
        yield OpenArchive(name, _read_package(zip_file, name), zip_file)


def read_export(source: Path | IO[bytes], *, name: str = "") -> Package:
    """What an export says of itself, and nothing more. Raises: as ``opening_export``."""
    with opening_export(source, name=name) as found:
        return found.package


def _read_package(zip_file: ZipFile, name: str) -> Package:
    entries = zip_file.infolist()
    names = {entry.filename for entry in entries}
    if DESCRIPTOR not in names:
        raise ExportIsBackup(file=name) if {MANIFEST, DATABASE} <= names else ExportUnreadable(file=name)
    _check_entry(zip_file.getinfo(DESCRIPTOR), name)
    if zip_file.getinfo(DESCRIPTOR).file_size > DESCRIPTOR_LIMIT:
        raise ExportTooLarge(file=name, part=DESCRIPTOR)
    try:
        content = zip_file.read(DESCRIPTOR)
        if read_format(content) > FORMAT:
            raise ExportTooNew(file=name)
        package = parse_package(content)
    except BROKEN:
        raise ExportUnreadable(file=name) from None
    seen = {DESCRIPTOR}
    for entry in entries:
        if entry.filename == DESCRIPTOR and entry is zip_file.getinfo(DESCRIPTOR):
            continue
        if entry.filename in seen or entry.filename not in package.files or not _is_known(entry.filename):
            raise ExportForeign(file=name, part=_show(entry.filename))
        seen.add(entry.filename)
        _check_entry(entry, name)
        if entry.file_size != package.files[entry.filename].facts.size_bytes:
            raise ExportDamaged(file=name, part=entry.filename)
    _check_whole(package, seen, name)
    return package


def _check_whole(package: Package, seen: set[str], name: str) -> None:
    gone = next((path for path in package.files if path not in seen), None)
    if gone is not None:
        raise ExportDamaged(file=name, part=_show(gone))
    for path, taken in package.files.items():
        if path.startswith(TABLES) and (taken.rows is None or taken.rows < 0):
            raise ExportDamaged(file=name, part=path)


def _check_entry(entry: ZipInfo, name: str) -> None:
    tight = entry.file_size > SUSPICIOUS and entry.file_size > TIGHTEST * max(1, entry.compress_size)
    large = entry.filename.startswith((EVIDENCE, FORMS)) and entry.file_size > KEPT_FILE_LIMIT
    if tight or large:
        raise ExportTooLarge(file=name, part=_show(entry.filename))


def _is_known(path: str) -> bool:
    """Whether an export may hold a file of this name: no other is looked at, whatever the index says."""
    if path == README:
        return True
    for folder, ending in ((TABLES, ".jsonl"), (SHEETS, ".csv")):
        if path.startswith(folder) and path.endswith(ending):
            return _TABLE.fullmatch(path.removeprefix(folder).removesuffix(ending)) is not None
    return is_ours(path) and path.count("/") == 1 and not Path(path).name.startswith(".")


def _show(path: str) -> str:
    """A name from elsewhere, short enough for a sentence and without what would break it."""
    return "".join(letter if letter.isprintable() else "�" for letter in path)[:80]
