"""What the log of former versions leaves out is told once when the log is chained, so that verification is content from then on."""

from datetime import date

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from tests.makers import NOW, log_made, make_activity, make_plan
from unionboard import db
from unionboard.models import Change, DutyKind
from unionboard.services import duties
from unionboard.services.chain_check import find_chain_faults
from unionboard.services.log_replay import replay_log
from unionboard.services.migrations import alembic_config

pytestmark = pytest.mark.sqlite  # of databases from before there was a chain


@pytest.fixture
def former(engine: Engine) -> Engine:
    """A database of the revision before, whose log knows neither the union nor the turns, and the plan by another title."""
    with db.writing(engine) as session:
        plan = make_plan(session)
        log_made(session)
        duty = make_activity(session, plan, duty=DutyKind.RECURRING)
        duties.add_turns(session, duty, [(date(2026, 5, 1), date(2026, 5, 31))], who="chair", now_utc=NOW)
    command.downgrade(alembic_config(engine), "0005")
    with db.writing(engine) as session:
        for name in ("change_no_delete", "change_no_update"):
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("DELETE FROM change WHERE noun IN ('turns', 'union')"))
        for verb in ("update", "delete"):
            session.execute(
                text(f"CREATE TRIGGER change_no_{verb} BEFORE {verb} ON change BEGIN SELECT RAISE(ABORT, 'change is append-only'); END")
            )
        session.execute(text("UPDATE plan SET title = '改过的计划'"))
    return engine


def told(session: Session) -> list[tuple[str, str, int]]:
    lines = session.exec(select(Change).where(Change.who == "program").order_by(col(Change.id)))
    return [(line.noun, line.action, line.row_id) for line in lines]


def test_upgrade_tells_what_the_log_left_out(former: Engine) -> None:
    command.upgrade(alembic_config(former), "head")

    with db.reading(former) as session:
        assert told(session) == [("union", "create", 1), ("plan", "update", 1), ("activity", "create", 1), ("turns", "update", 1)]
        assert (list(replay_log(session)), list(find_chain_faults(session))) == ([], [])


def test_going_back_and_forth_tells_nothing_twice(former: Engine) -> None:
    command.upgrade(alembic_config(former), "head")
    command.downgrade(alembic_config(former), "0005")
    command.upgrade(alembic_config(former), "head")

    with db.reading(former) as session:
        assert len(told(session)) == 4
        assert list(find_chain_faults(session)) == []


def test_upgrade_of_a_year_kept_by_the_program_tells_nothing(demo: Engine) -> None:
    command.downgrade(alembic_config(demo), "0005")
    command.upgrade(alembic_config(demo), "head")

    with db.reading(demo) as session:
        assert (told(session), list(replay_log(session))) == ([], [])
