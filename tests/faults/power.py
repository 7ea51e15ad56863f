"""A power cut, played back: what a process did to its files is recorded, and after every step the disk is laid out as a cut could leave it.

Only what was synced is sure to be there. Of the rest the disk may have anything: all of it, nothing, some writes and not others, half a
write; of names (files made, renamed, removed) the first few, in their order. A name is sure once its folder was synced.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from unionboard.config import PROJECT_DIR

STRACE = shutil.which("strace")
CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat"
SECTOR = 512
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?:<.*>)?(?: .*)?$")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Step:
    """``kind``: make, folder, write, cut, sync, remove, rename, ack. Paths are relative to the data folder."""

    kind: str
    path: str = ""
    to: str = ""
    offset: int = 0
    data: bytes = b""
    number: int = 0


def record_writes(folder: Path, trace: Path, *, count: int) -> list[Step]:
    """What ``count`` writes of the program do to the files below ``folder``, in order."""
    env = os.environ | {"UNIONBOARD_DATA_DIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    env.pop("UNIONBOARD_DATABASE_URL", None)
    watch = [str(STRACE), "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    command = [*watch, sys.executable, "-m", "tests.faults.writer", str(count)]
    subprocess.run(command, env=env, cwd=PROJECT_DIR, check=True, stdout=subprocess.DEVNULL, timeout=120)
    return list(_read_trace(trace, folder))


def _read_trace(trace: Path, folder: Path) -> Iterator[Step]:
    known = {str(path.relative_to(folder)) for path in folder.rglob("*")}  # as it is at the end: what is made is told by O_CREAT
    del known
    made: set[str] = set()
    places: dict[str, int] = {}
    for line in trace.read_text(encoding="ascii").splitlines():
        found = _CALL.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call, told, answer = found[1], found[2], int(found[3])
        strings = [_unescape(text) for text in _STRING.findall(told)]
        if call == "write" and strings and strings[0].startswith(b"ack "):
            yield Step("ack", number=int(strings[0].split()[1]))
            continue
        path = _open_path(told) if call in {"write", "pwrite64", "ftruncate", "fsync", "fdatasync"} else strings[0].decode()
        place = _below(path, folder)
        if place is None:
            continue
        descriptor = told.partition("<")[0]
        match call:
            case "openat":
                places[str(answer)] = 0
                if ("O_CREAT" in told and "O_EXCL" in told) or ("O_CREAT" in told and place not in made):
                    made.add(place)
                    yield Step("make", place)
                if "O_TRUNC" in told:
                    yield Step("cut", place)
            case "write":
                yield Step("write", place, offset=places[descriptor], data=strings[0])
                places[descriptor] += answer
            case "pwrite64":
                yield Step("write", place, offset=int(told.rpartition(", ")[2]), data=strings[0])
            case "ftruncate":
                yield Step("cut", place, offset=int(told.rpartition(", ")[2]))
            case "fsync" | "fdatasync":
                yield Step("sync", place)
            case "unlink" | "unlinkat":
                made.discard(place)
                yield Step("remove", place)
            case "mkdir" | "mkdirat":
                yield Step("folder", place)
            case _:
                made.discard(place)
                to = _below(strings[1].decode(), folder) or ""
                made.add(to)
                yield Step("rename", place, to=to)


def _unescape(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()


def _open_path(told: str) -> str:
    text = told.partition("<")[2].rpartition(">")[0].partition(">,")[0]
    return _unescape(text).decode() if text.startswith("\\x") else text


def _below(path: str, folder: Path) -> str | None:
    try:
        return Path(path).relative_to(folder).as_posix()
    except ValueError:
        return None


@dataclass(slots=True)
class _File:
    """What the disk surely has of a file, and what was written since it was synced last."""

    sure: bytes
    waiting: list[Step] = field(default_factory=list)


class Disk:
    """What a disk may hold. ``sure`` names the files whose names are sure; ``waiting`` are changes of names that are not."""

    def __init__(self, folder: Path) -> None:
        self.acknowledged: list[int] = []
        self._names: dict[str, _File | None] = {}  # as the running process sees them; None: a folder
        self._sure: dict[str, _File | None] = {}
        self._waiting: list[tuple[Step, _File | None]] = []
        for path in sorted(folder.rglob("*")):
            self._names[path.relative_to(folder).as_posix()] = None if path.is_dir() else _File(path.read_bytes())
        self._sure = dict(self._names)

    def take(self, step: Step) -> None:
        """One step of the process."""
        match step.kind:
            case "ack":
                self.acknowledged.append(step.number)
            case "sync":
                self._sync(step.path)
            case "write" | "cut":
                file = self._names[step.path]
                assert file is not None
                file.waiting.append(step)
            case "make":
                if step.path not in self._names:
                    self._rename(step, _File(b""))
            case "folder":
                self._rename(step, None)
            case _:
                self._rename(step, self._names.get(step.path))

    def lay_out(self, folder: Path, chance: random.Random | None, *, everything: bool = False) -> None:
        """The disk after a cut at this moment: ``everything`` that was written, only what is sure, or by ``chance``."""
        names = dict(self._sure)
        count = len(self._waiting) if everything else chance.randint(0, len(self._waiting)) if chance else 0
        for step, file in self._waiting[:count]:
            _apply_name(names, step, file)
        for name, file in sorted(names.items()):
            target = folder / name
            if file is None:
                target.mkdir(parents=True, exist_ok=True)
            elif target.parent.is_dir():  # a file in a folder that is not there is not there
                target.write_bytes(_settle(file, chance, everything=everything))

    def _sync(self, place: str) -> None:
        file = self._names.get(place)
        if file is not None:
            file.sure = _settle(file, None, everything=True)
            file.waiting.clear()
            return
        ours = [(step, one) for step, one in self._waiting if _parent(step.path) == place]
        for step, one in ours:
            _apply_name(self._sure, step, one)
        self._waiting = [pair for pair in self._waiting if pair not in ours]

    def _rename(self, step: Step, file: _File | None) -> None:
        _apply_name(self._names, step, file)
        self._waiting.append((step, file))


def _parent(place: str) -> str:
    return Path(place).parent.as_posix()


def _apply_name(names: dict[str, _File | None], step: Step, file: _File | None) -> None:
    if step.kind in {"remove", "rename"}:
        names.pop(step.path, None)
    if step.kind != "remove":
        names[step.to or step.path] = file


def _settle(file: _File, chance: random.Random | None, *, everything: bool) -> bytes:
    """The content with all, none or some of what waits; by chance a write is there up to one of its sectors only."""
    content = bytearray(file.sure)
    for step in file.waiting:
        part = len(step.data) if everything else _choose(step.data, chance) if chance else None
        if part is None:
            continue
        if step.kind == "cut":
            del content[step.offset :]
            content.extend(b"\0" * (step.offset - len(content)))
            continue
        content.extend(b"\0" * (step.offset - len(content)))
        content[step.offset : step.offset + part] = step.data[:part]
    return bytes(content)


def _choose(data: bytes, chance: random.Random) -> int | None:
    """None: the write is not there; else how much of it."""
    dice = chance.random()
    if dice < 0.4:
        return None
    return len(data) if dice < 0.8 else min(len(data), SECTOR * chance.randint(0, len(data) // SECTOR))


def cut_everywhere(before: Path, steps: Sequence[Step], images: Path, *, chances: int, every: int = 1) -> Iterator[tuple[Path, list[int]]]:
    """The data folder as each cut leaves it, and what had been acknowledged: after ``every`` n-th step and every acknowledgement."""
    disk, number = Disk(before), 0
    for place, step in enumerate(steps):
        disk.take(step)
        if place % every and step.kind != "ack":
            continue
        for kind in range(2 + chances):
            image = images / str(number)
            image.mkdir(parents=True)
            disk.lay_out(image, random.Random(number) if kind > 1 else None, everything=kind == 1)
            yield image, list(disk.acknowledged)
            shutil.rmtree(image)
            number += 1
