"""The fund's exports name nobody who was visited, whatever people typed."""

from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from tests.makers import NOW, make_union
from unionboard import db
from unionboard.models import Direction
from unionboard.services import budget, care, fund
from unionboard.ui.fund import exports

STAMP: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}
VISITED = "许文博"


@pytest.fixture
def typed(engine: Engine) -> None:
    """A visit, and its recipient's name wherever people may type."""
    today = date(2026, 11, 21)
    with db.writing() as session:
        make_union(session)
        care.record_visit(session, visited_on=today, kind="hospital", recipient=VISITED, amount_fen=500_00, today=today, **STAMP)
        told: dict[str, Any] = {"item": "meetings", "amount_fen": 12_00, "purpose": f"给{VISITED}补课的资料", "payee": VISITED}
        fund.book_entry(session, booked_on=today, direction=Direction.OUT, today=today, **told, **STAMP)
        budget.set_line(session, year=2026, item="meetings", amount_fen=100_00, note=f"含{VISITED}的补课", **STAMP)
        budget.adopt_budget(session, 2026, adopted_on=today, resolution=f"{VISITED}提议", today=today, version=None, **STAMP)


@pytest.mark.parametrize("make", ["_write_ledger", "_write_budget", "_write_report", "_write_folder", "write_care_register"])
@pytest.mark.usefixtures("typed")
def test_no_export_names_whoever_was_visited(make: str) -> None:
    with ZipFile(BytesIO(getattr(exports, make)(2026, "zh_CN"))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, content in [*parts.items()]:
        if content[:2] == b"PK":
            with ZipFile(BytesIO(content)) as inner:
                parts |= {f"{name}/{part}": inner.read(part) for part in inner.namelist()}

    assert [name for name, content in parts.items() if VISITED.encode() in content] == []


@pytest.mark.usefixtures("typed")
def test_ledger_speaks_the_language_asked_for() -> None:
    sheet = load_workbook(BytesIO(exports._write_ledger(2026, "en"))).worksheets[0]

    assert [cell.value for cell in sheet[3]][:4] == ["Date", "Voucher", "What for", "Item"]
    assert sheet["C6"].value == "给a member补课的资料"
