"""kill -9 of a writing process at any moment: what was acknowledged is there, nothing is there by half."""

import pytest
from sqlalchemy import Engine

from tests.faults.killing import kill_often
from tests.faults.writer import prepare_year
from unionboard import db
from unionboard.config import read_config
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
