"""A thousand acknowledged writes, the writer killed every fraction of a second: ``pytest -s tests/soak/kill.py``."""

import pytest
from sqlalchemy import Engine

from tests.faults.killing import kill_often
from tests.faults.writer import prepare_year
from unionboard import db
from unionboard.config import read_config
from unionboard.services.verification import verify_books


@pytest.mark.timeout(1200)
def test_nothing_of_a_thousand_writes_is_lost(engine: Engine) -> None:
    with db.writing() as session:
        prepare_year(session)

    tally = kill_often(read_config().data_dir, writes=1_000, seed=2026, longest_s=0.3)

    print(
        f"\n{tally.kills} kills ({tally.hot_journals} in the middle of a transaction), {len(tally.acknowledged)} writes acknowledged, "
        f"{len(tally.lost)} lost, {len(tally.faults)} faults, {tally.unfinished} files of unfinished writes"
    )
    with db.reading() as session:
        faults = verify_books(session, evidence_folder=read_config().evidence_dir)
    assert (tally.lost, tally.faults, faults) == ([], [], ())
