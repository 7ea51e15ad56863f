"""The disk is full at many places in every kind of write: ``pytest -s tests/soak/disk.py``."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session as OrmSession

from tests.faults.deeds import DEEDS, OWN_TRANSACTIONS
from tests.faults.disks import FullDisk, ShortFiles
from tests.faults.test_disk_full import CHAIR, WRITING, disk, folder, give_all_roles, write_on_full_disk
from unionboard import db
from unionboard.services.guard import bind_actor
from unionboard.services.permissions import WRITES

__all__ = ["disk", "folder"]
ROOM = (0, 1, 2, 3, 5, 8, 12, 20, 35, 50, 80, 120, 250, 1000, 4000)


@pytest.mark.parametrize("name", WRITING)
def test_full_disk_leaves_nothing_half_written(disk: FullDisk | ShortFiles, folder: Path, name: str) -> None:
    print(f"{name}: refused {write_on_full_disk(disk, folder, name, levels=ROOM)} times")


def test_every_table_is_written_by_one_of_them(demo: Engine) -> None:
    written: set[str] = set()

    def note(session: OrmSession, _context: object) -> None:
        written.update(str(row.__tablename__) for row in [*session.new, *session.dirty, *session.deleted])

    event.listen(OrmSession, "after_flush", note)
    try:
        for name, deed in DEEDS.items():
            if name in OWN_TRANSACTIONS:
                continue
            with db.writing(demo) as session:
                give_all_roles(session)
                prepared = deed.prepare(session)
                session.flush()
                bind_actor(session, CHAIR)
                deed.deed(session, prepared)
                session.flush()
                session.rollback()
    finally:
        event.remove(OrmSession, "after_flush", note)

    assert set(WRITES) - written == set()
