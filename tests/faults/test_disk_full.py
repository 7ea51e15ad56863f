"""The disk is full in the middle of every kind of write: a sentence, nothing half-written, and it works when there is room again."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from shutil import copy

import pytest
from sqlmodel import Session

from tests.faults.deeds import DEEDS, OWN_TRANSACTIONS, WHO
from tests.faults.disks import FullDisk, ShortFiles, small_disk
from tests.makers import NOW, make_account
from tests.services.test_permissions import Prepared
from unionboard import db
from unionboard.errors.backups import NoRoom
from unionboard.errors.database import DiskFull
from unionboard.errors.entries import CannotWrite
from unionboard.models import AccountRole
from unionboard.services import condition
from unionboard.services.guard import Actor, bind_actor

ROOM = (0, 4, 40)
"""So many pages are left, one after the other, until the write goes through; more of them in tests/soak/disk.py."""
READS = {"see_year", "see_money", "see_summary", "see_history", "verify", "hand_over"}
WRITING = [name for name in DEEDS if name not in READS]
CHAIR = Actor(roles=frozenset(AccountRole), origin="this computer", unlocked_until_utc=NOW.replace(year=NOW.year + 1))


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullDisk | ShortFiles]:
    """One disk for all."""
    with small_disk(tmp_path_factory.mktemp("disk") / "data", megabytes=48) as disk:
        yield disk


@pytest.fixture
def folder(disk: FullDisk | ShortFiles, demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The demo year on that disk."""
    for left in disk.folder.iterdir():
        _remove(left)
    copy(demo_file, disk.folder / "unionboard.sqlite3")
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(disk.folder))
    monkeypatch.delenv("UNIONBOARD_DATABASE_URL", raising=False)
    monkeypatch.setenv("UNIONBOARD_TODAY", "2026-11-21")
    db.engine_for.cache_clear()
    yield disk.folder
    db.current_engine().dispose()
    db.engine_for.cache_clear()


def _remove(path: Path) -> None:
    for inner in path.iterdir() if path.is_dir() else ():
        _remove(inner)
    path.rmdir() if path.is_dir() else path.unlink()


def _do(deed: Prepared, prepared: object, *, own_transactions: bool) -> None:
    if own_transactions:
        with Session(db.current_engine()) as session:
            bind_actor(session, CHAIR)
            deed.deed(session, prepared)
        return
    with db.writing() as session:
        bind_actor(session, CHAIR)
        deed.deed(session, prepared)


def _look(folder: Path) -> tuple[bytes, list[str]]:
    """All that is stored: the database to the byte once it is at rest, and the files beside it."""
    with closing(sqlite3.connect(folder / "unionboard.sqlite3")) as database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)  # rolls back what was left in the middle
    content = sha256((folder / "unionboard.sqlite3").read_bytes()).digest()
    beside = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".sqlite3"]
    return content, beside


@pytest.mark.parametrize("name", WRITING)
def test_full_disk_leaves_nothing_half_written(disk: FullDisk | ShortFiles, folder: Path, name: str) -> None:
    write_on_full_disk(disk, folder, name, levels=ROOM)


def write_on_full_disk(disk: FullDisk | ShortFiles, folder: Path, name: str, *, levels: Sequence[int]) -> int:
    """Try the write with so little room, until it goes through; how often it was refused."""
    deed, own = DEEDS[name], name in OWN_TRANSACTIONS
    with db.writing() as session:
        give_all_roles(session)
        prepared = deed.prepare(session)
    before = _look(folder)
    refusals: list[type[BaseException]] = []

    for pages in levels:
        try:
            with disk.leaving(pages):
                _do(deed, prepared, own_transactions=own)
        except Exception as error:
            refusals.append(type(condition.explain(error) or error))
            now = _look(folder)
            assert now[0] == before[0]
            assert [file for file in now[1] if file not in before[1] and not _is_whole(file)] == []
        else:
            break

    assert set(refusals) <= {DiskFull, CannotWrite, NoRoom}
    assert refusals
    if len(refusals) == len(levels):
        _do(deed, prepared, own_transactions=own)
    assert _look(folder) != before
    return len(refusals)


def _is_whole(file: str) -> bool:
    """A paper is kept before the row that names it, and found again when it is handed in once more; so is the copy before a restore."""
    return file.startswith(("evidence/", "forms/", "backups/unionboard-")) and ".writing-" not in file


def give_all_roles(session: Session) -> None:
    """An account that may do everything, by the name the writes are signed with."""
    make_account(session, AccountRole.CHAIR, AccountRole.TREASURER, AccountRole.COMMITTEE, name=WHO)
