"""Power cuts after every single step of ten writes, six images each: ``pytest -s tests/soak/power.py``."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.faults.killing import Tally, check_what_is_left
from tests.faults.power import cut_everywhere, record_writes
from tests.faults.writer import prepare_year
from unionboard import db


@pytest.mark.timeout(1800)
def test_acknowledged_writes_outlive_a_power_cut_after_every_step(engine: Engine, data_dir: Path, tmp_path: Path) -> None:
    with db.writing() as session:
        prepare_year(session)
    engine.dispose()
    (data_dir / "evidence").mkdir()
    shutil.copytree(data_dir, tmp_path / "before")
    steps = record_writes(data_dir, tmp_path / "trace", count=10)

    faults: Counter[str] = Counter()
    images = 0
    for image, acknowledged in cut_everywhere(tmp_path / "before", steps, tmp_path / "images", chances=4):
        tally = Tally(kills=99, acknowledged=acknowledged)
        faults.update(check_what_is_left(image, tally))
        faults.update(f"lost {number}" for number in tally.lost)
        images += 1

    print(f"\n{len(steps)} steps, {images} images of the disk, {sum(faults.values())} faults")
    assert faults == Counter()
