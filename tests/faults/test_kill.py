"""kill -9 of a writing process at any moment: what was acknowledged is there, nothing is there by half."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.faults.killing import kill_often
from tests.faults.writer import prepare_year
from tests.makers import NOW
from unionboard import db
from unionboard.config import read_config
from unionboard.services.backup_schedule import back_up_daily
from unionboard.services.verification import verify_books


@pytest.fixture
def year(engine: Engine) -> Engine:
    """A year with one standing duty."""
    with db.writing() as session:
        prepare_year(session)
    return engine


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(year: Engine) -> None:
    tally = kill_often(read_config().data_dir, writes=30, seed=1, longest_s=0.2)

    assert (tally.lost, tally.faults) == ([], [])
    assert tally.kills >= 3
    with db.reading() as session:
        assert verify_books(session, evidence_folder=read_config().evidence_dir) == ()


def test_half_written_files_are_swept_after_a_day_and_whole_ones_stay(year: Engine, data_dir: Path) -> None:
    names = (".writing-old", ".writing-new", "paper.pdf")
    for folder in (data_dir / "evidence", data_dir / "evidence" / "thumbs", data_dir / "forms"):
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            (folder / name).write_bytes(b"%PDF")
            written = (NOW - timedelta(days=0 if name == ".writing-new" else 2)).timestamp()
            os.utime(folder / name, (written, written))

    back_up_daily(now_utc=NOW)

    left = sorted(path.relative_to(data_dir).as_posix() for path in data_dir.rglob("*") if path.name in names)
    assert left == [f"{folder}/{name}" for folder in ("evidence", "evidence/thumbs", "forms") for name in names[1:]]
