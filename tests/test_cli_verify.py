"""``verify``: one sentence and exit 0 when the books are in order, a line for each fault and exit 1 when not."""

from datetime import date

import pytest
from sqlalchemy import Engine, text

from tests.makers import NOW
from unionboard import cli, db
from unionboard.models import Direction
from unionboard.services import fund


@pytest.fixture
def booked(engine: Engine) -> Engine:
    """One entry of 100 yuan."""
    day = date(2026, 5, 8)
    facts = {"item": "meetings", "amount_fen": 100_00, "purpose": "茶水", "who": "chair"}
    with db.writing(engine) as session:
        fund.book_entry(session, booked_on=day, today=day, direction=Direction.OUT, now_utc=NOW, **facts)  # type: ignore[arg-type]
    return engine


def verify(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        cli.main([*options, "verify"])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


@pytest.mark.usefixtures("booked")
def test_books_in_order_are_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(capsys) == (0, "账目与附件核对无误。\n", "")


def test_each_fault_is_a_line(booked: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    with db.writing(booked) as session:
        for name in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE fund_entry SET amount_fen = 1, voucher = 2"))

    code, out, err = verify(capsys, "--lang", "en")

    assert (code, out.splitlines(), err) == (1, ["2026: voucher 1 is missing.", "2026: voucher 2 is not as it was booked."], "")
