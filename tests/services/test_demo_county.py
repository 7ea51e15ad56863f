"""The demo county: an empty database becomes a county that its own log can vouch for, with one account to sign in with."""

from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select

from tests.conftest import TODAY, Run
from unionboard import db
from unionboard.models import Account
from unionboard.services.demo_county import tell_union
from unionboard.services.passwords import verify
from unionboard.services.plans import list_plans
from unionboard.services.verification import verify_books


def test_the_command_makes_a_county_whose_books_and_log_agree(data_dir: Path, run: Run) -> None:
    code, password, told = run("--lang", "en", "demo", "--unions", "2")

    assert (code, told.splitlines()[-1]) == (
        0,
        "Loaded a county with 2 unions. 县总工会主席 signs in with this password; another one is asked for at once.",
    )
    with db.within(1), db.reading() as session:
        account = session.exec(select(Account)).one()
        assert (account.must_change, verify(password.strip(), account.password_hash)) == (True, True)
    for number in (1, 2, 3):
        with db.within(number), db.reading() as session:
            assert [plan.year for plan in list_plans(session)] == ([TODAY.year] if number > 1 else [])
            assert verify_books(session, evidence_folder=data_dir / "evidence") == ()


def test_a_database_that_is_in_use_is_left_alone(engine: Engine, run: Run) -> None:
    run("demo", "--unions", "1")

    code, out, told = run("--lang", "en", "demo", "--unions", "1")

    assert (code, out, bool(told)) == (1, "", True)


def test_the_same_number_tells_the_same_union() -> None:
    assert tell_union(3, year=2026, today=TODAY) == tell_union(3, year=2026, today=TODAY)
