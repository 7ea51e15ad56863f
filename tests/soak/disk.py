"""The disk is full at many places in every kind of write: ``pytest -s tests/soak/disk.py``."""

from pathlib import Path

import pytest

from tests.faults.disks import FullDisk, ShortFiles
from tests.faults.test_disk_full import WRITING, disk, folder, write_on_full_disk

__all__ = ["disk", "folder"]
ROOM = (0, 1, 2, 3, 5, 8, 12, 20, 35, 50, 80, 120, 250, 1000, 4000)


@pytest.mark.parametrize("name", WRITING)
def test_full_disk_leaves_nothing_half_written(disk: FullDisk | ShortFiles, folder: Path, name: str) -> None:
    print(f"{name}: refused {write_on_full_disk(disk, folder, name, levels=ROOM)} times")
