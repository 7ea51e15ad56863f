"""The disk is full, or the process is killed, while everything is brought in: nothing is there by half, and it works again."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.faults.disks import FullDisk, ShortFiles, small_disk
from tests.makers import NOW
from unionboard import db
from unionboard.config import PROJECT_DIR, read_config
from unionboard.errors.backups import NoRoom
from unionboard.errors.database import DiskFull
from unionboard.errors.entries import CannotWrite
from unionboard.services import condition
from unionboard.services.open_export import export_all
from unionboard.services.open_import import BroughtIn, import_all
from unionboard.services.unused import is_empty

KILLED = """
import os, signal, sys
from pathlib import Path
from unionboard import clock, db
from unionboard.config import read_config
from unionboard.services.open_import import import_all

def die(share):
    if share >= float(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

import_all(db.current_engine(), read_config(), Path(sys.argv[1]), who="chair", now_utc=clock.now_utc(), actor=None, tell=die)
"""
pytestmark = pytest.mark.sqlite


@pytest.fixture
def export(demo_file: Path, tmp_path: Path) -> Path:
    """The demo year, taken out."""
    engine = db.open_engine(f"sqlite:///{demo_file}")
    export_all(engine, read_config(), tmp_path / "e.zip", at=NOW, actor=None)
    engine.dispose()
    return tmp_path / "e.zip"


def bring(export: Path) -> BroughtIn:
    return import_all(db.current_engine(), read_config(), export, who="chair", now_utc=NOW, actor=None)


@pytest.mark.parametrize("share", ["0.3", "0.98"])
def test_killed_on_the_way_it_is_still_empty_and_works_the_next_time(share: str, engine: Engine, export: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(export), share], check=False, cwd=PROJECT_DIR, timeout=100)

    assert done.returncode == -signal.SIGKILL
    assert is_empty(engine)
    assert bring(export).package.rows["activity"] == 48


@pytest.fixture
def disk(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FullDisk | ShortFiles]:
    """An empty installation on a small disk of its own."""
    with small_disk(tmp_path / "small", megabytes=24) as disk:
        shutil.copy(migrated_file, disk.folder / "unionboard.sqlite3")
        monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(disk.folder))
        db.engine_for.cache_clear()
        yield disk
        db.current_engine().dispose()
        db.engine_for.cache_clear()


@pytest.mark.parametrize("pages", [20, 300, 450])
def test_full_disk_leaves_it_empty(pages: int, disk: FullDisk | ShortFiles, export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unionboard.services.open_import.require_room", lambda folder, needed_bytes: None)  # it fills up meanwhile
    with pytest.raises(Exception) as refused, disk.leaving(pages):  # noqa: PT011 -- said below
        bring(export)

    assert type(condition.explain(refused.value)) in {DiskFull, CannotWrite}
    assert is_empty(db.current_engine())
    assert sorted(path.name for path in disk.folder.iterdir()) == ["unionboard.sqlite3"]
    assert bring(export).package.rows["activity"] == 48


def test_too_little_room_is_told_before_anything_is_done(disk: FullDisk | ShortFiles, export: Path) -> None:
    if isinstance(disk, ShortFiles):
        pytest.skip("no disk of our own may be mounted here")
    with pytest.raises(NoRoom), disk.leaving(20):
        bring(export)
