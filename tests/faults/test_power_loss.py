"""The power goes: whatever the disk kept of what was not synced, the database opens, is sound, and has all that was acknowledged."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.faults.killing import Tally, check_what_is_left
from tests.faults.power import STRACE, Step, cut_everywhere, record_writes
from tests.faults.writer import prepare_year
from unionboard import db


@pytest.fixture
def before(engine: Engine, data_dir: Path, tmp_path: Path) -> Path:
    """The data folder as it was before the writes."""
    with db.writing() as session:
        prepare_year(session)
    engine.dispose()
    (data_dir / "evidence").mkdir()
    shutil.copytree(data_dir, tmp_path / "before")
    return tmp_path / "before"


@pytest.fixture
def steps(before: Path, data_dir: Path, tmp_path: Path) -> list[Step]:
    """What two writes do to the files."""
    if STRACE is None:
        pytest.skip("strace is not installed: nothing can watch what a process asks of the disk")
    return record_writes(data_dir, tmp_path / "trace", count=2)


def test_acknowledged_writes_outlive_a_power_cut_at_any_moment(before: Path, steps: list[Step], tmp_path: Path) -> None:
    faults: Counter[str] = Counter()
    images = 0
    for image, acknowledged in cut_everywhere(before, steps, tmp_path / "images", chances=1, every=4):
        tally = Tally(kills=99, acknowledged=acknowledged)
        faults.update(check_what_is_left(image, tally))
        faults.update(f"lost {number}" for number in tally.lost)
        images += 1

    assert faults == Counter()
    assert images > 100
