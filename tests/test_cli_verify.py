"""``verify``: one sentence and exit 0 when all is well, a line for each fault and exit 1 when not; ``--json`` for programs."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from tests.conftest import Run
from tests.makers import NOW
from unionboard import db
from unionboard.models import Direction
from unionboard.services import fund
from unionboard.services.chain_check import read_head


@pytest.fixture
def booked(engine: Engine) -> Engine:
    """One entry of 100 yuan."""
    day = date(2026, 5, 8)
    facts = {"item": "meetings", "amount_fen": 100_00, "purpose": "茶水", "who": "chair"}
    with db.writing(engine) as session:
        fund.book_entry(session, booked_on=day, today=day, direction=Direction.OUT, now_utc=NOW, **facts)  # type: ignore[arg-type]
    return engine


@pytest.fixture
def tampered(booked: Engine) -> Engine:
    """Somebody changed the entry in the file; the guards stand as before."""
    with db.writing(booked) as session:
        guards = session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for name, _ in guards:
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE fund_entry SET amount_fen = 1, voucher = 2"))
        for _, sql in guards:
            session.execute(text(sql))
    return booked


def code_of(engine: Engine) -> str:
    with db.reading(engine) as session:
        return read_head(session).code


def test_all_well_is_one_sentence_with_the_check_code(booked: Engine, run: Run) -> None:
    assert run("verify") == (0, f"全部核对无误：记录、更改记录、账目与文件相符。校验码 {code_of(booked)}。\n", "")


@pytest.mark.usefixtures("tampered")
def test_each_fault_is_a_line(run: Run) -> None:
    code, out, err = run("--lang", "en", "verify")

    assert (code, out.splitlines(), err) == (1, ["2026: voucher 1 is missing.", "2026: voucher 2 is not as it was booked."], "")


def test_report_for_programs_says_what_was_checked(booked: Engine, run: Run) -> None:
    code, out, _ = run("verify", "--json")
    told: dict[str, Any] = json.loads(out)

    assert (code, told["ok"], told["revision"], told["faults"], told["backup"]) == (0, True, "0008", [], None)
    assert f"{told['chain']['id']}-{told['chain']['sha256'][:16]}" == code_of(booked)
    assert (told["chain"]["lines"], told["counts"]["fund_entry"], told["checked_at_utc"][-6:]) == (1, 1, "+00:00")


@pytest.mark.usefixtures("tampered")
def test_report_of_faults_leaves_with_1(run: Run) -> None:
    code, out, err = run("--lang", "en", "verify", "--json")
    told = json.loads(out)

    assert (code, told["ok"], err) == (1, False, "")
    assert told["faults"][0] == {
        "code": "voucher_gap",
        "sentence": "2026: voucher 1 is missing.",
        "facts": {"year": 2026, "voucher": 1},
    }


def test_check_code_from_paper_is_held_against_the_log(booked: Engine, run: Run) -> None:
    known, other = code_of(booked), "1-" + "0" * 16

    assert run("verify", "--head", known)[0] == 0
    assert run("verify", "--head", known, "--head", other)[:2] == (
        1,
        f"更改记录被重写过：第 1 条与“{other}”里记的不是同一条。\n",
    )
    assert run("verify", "--head", "812")[0] == 2
