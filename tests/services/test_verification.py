"""Verification finds nothing in books that were kept by the program, and each kind of tampering with them."""

import sqlite3
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel, select

from tests.makers import NOW, log_made, make_activity, make_committee, make_plan
from unionboard import db, i18n
from unionboard.models import Change, CheckOff, Claim, ClaimState, Direction, EvidenceKind, FundEntry, FundPaper, FundSource, PaperKind
from unionboard.services import budget, care, claims, closing, evidence, fund, fund_items, fund_papers, fund_policy, handouts
from unionboard.services.changes import COVERED, record_creations
from unionboard.services.verification import FaultCode, verify_books

pytestmark = pytest.mark.sqlite  # written past the program, into the file

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}


def book(session: Session, amount_fen: int = 100_00, **values: Any) -> FundEntry:
    usual = {"booked_on": date(2026, 5, 8), "direction": Direction.OUT, "item": "culture_sports", "purpose": "奖品"}
    return fund.book_entry(session, amount_fen=amount_fen, today=TODAY, **{**usual, **values}, **STAMP)


def reverse(session: Session, entry: FundEntry) -> FundEntry:
    return fund.reverse_entry(session, entry.id or 0, booked_on=date(2026, 5, 9), reason="记重了", today=TODAY, **STAMP)


def faults(session: Session, folder: Path = Path("nowhere")) -> list[tuple[FaultCode, dict[str, Any]]]:
    session.flush()
    session.expire_all()
    return [(fault.code, dict(fault.facts)) for fault in verify_books(session, evidence_folder=folder)]


def tamper(session: Session, *statements: str) -> None:
    """What somebody with a database browser can do: the guards are taken off first, and put back so that nobody sees it."""
    session.flush()
    guards = session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in guards:
        session.execute(text(f"DROP TRIGGER {name}"))
    for statement in statements:
        session.execute(text(statement))
    for _, sql in guards:
        session.execute(text(sql))


def drop_constraints(session: Session) -> None:
    """The same table without the rules that its columns and indexes hold."""
    names = session.execute(text("SELECT name FROM pragma_table_info('fund_entry') WHERE name <> 'id'")).scalars().all()
    tamper(
        session,
        f"CREATE TABLE bare (id INTEGER PRIMARY KEY, {', '.join(names)})",
        f"INSERT INTO bare (id, {', '.join(names)}) SELECT id, {', '.join(names)} FROM fund_entry",
        "DROP TABLE fund_entry",
        "ALTER TABLE bare RENAME TO fund_entry",
    )


def test_books_with_everything_in_them_are_in_order(session: Session, tmp_path: Path) -> None:
    fund.set_opening(session, year=2025, opening_fen=50_00, **STAMP)
    book(session, 300_00, direction=Direction.IN, item="dues", booked_on=date(2025, 3, 1))
    reverse(session, book(session))
    care.record_visit(session, visited_on=date(2026, 6, 1), kind="hospital", amount_fen=500_00, today=TODAY, **STAMP)
    closing.close_month(session, 2026, 6, today=TODAY, **STAMP)
    closing.reopen_month(session, 2026, 6, reason="补记", **STAMP)

    assert faults(session, tmp_path) == []


def test_empty_database_is_in_order(session: Session, tmp_path: Path) -> None:
    assert faults(session, tmp_path) == []


def test_changed_amount_is_found(session: Session) -> None:
    book(session)
    tamper(session, "UPDATE fund_entry SET amount_fen = 1")

    assert faults(session) == [(FaultCode.ENTRY_CHANGED, {"year": 2026, "voucher": 1})]


def test_deleted_entry_is_found_even_when_it_was_the_last(session: Session) -> None:
    book(session)
    book(session)
    tamper(session, "DELETE FROM fund_entry WHERE voucher = 2")

    assert faults(session) == [(FaultCode.ENTRY_GONE, {"year": 2026, "voucher": 2})]


def test_gap_in_the_vouchers_is_found(session: Session) -> None:
    for _ in range(3):
        book(session)
    tamper(session, "DELETE FROM fund_entry WHERE voucher = 2", "DELETE FROM change")

    assert (FaultCode.VOUCHER_GAP, {"year": 2026, "voucher": 2}) in faults(session)


def test_double_voucher_is_found(session: Session) -> None:
    book(session)
    book(session)
    drop_constraints(session)
    tamper(session, "UPDATE fund_entry SET voucher = 1")

    assert (FaultCode.VOUCHER_DOUBLE, {"year": 2026, "voucher": 1}) in faults(session)


def test_entry_that_nobody_booked_is_found(session: Session) -> None:
    row = book(session).model_dump(exclude={"id", "voucher"})
    session.add(FundEntry(**row, voucher=2))

    assert faults(session) == [(FaultCode.ENTRY_UNLOGGED, {"year": 2026, "voucher": 2})]


@pytest.mark.parametrize("change", ["amount_fen = 0", "booked_on = '2025-05-08'"])
def test_entry_without_amount_or_in_the_wrong_year_is_found(session: Session, change: str) -> None:
    book(session)
    drop_constraints(session)
    tamper(session, f"UPDATE fund_entry SET {change}")

    assert (FaultCode.ENTRY_WRONG, {"year": 2026, "voucher": 1}) in faults(session)


@pytest.mark.parametrize(
    "change",
    [
        "amount_fen = 99",
        "item = 'meetings'",
        "direction = 'in'",
        "source = 'dues'",
        "reverses_id = 77",
        "booked_on = '2026-05-07'",
        "reverses_id = 3",
    ],
)
def test_correction_that_does_not_fit_is_found(session: Session, change: str) -> None:
    first = book(session)
    reverse(session, first)
    reverse(session, book(session))
    drop_constraints(session)
    tamper(session, f"UPDATE fund_entry SET {change} WHERE voucher = 2")

    assert (FaultCode.REVERSAL_WRONG, {"year": 2026, "voucher": 2}) in faults(session)


def test_visit_that_says_another_sum_than_its_entry_is_found(session: Session) -> None:
    care.record_visit(session, visited_on=date(2026, 6, 1), kind="hospital", amount_fen=500_00, today=TODAY, **STAMP)
    tamper(session, "UPDATE care_visit SET amount_fen = 400")

    assert (FaultCode.GIVEN_WRONG, {"year": 2026, "voucher": 1}) in faults(session)


@pytest.mark.parametrize(
    ("state", "amount_fen", "is_wrong"),
    [(ClaimState.PAID, 100_00, False), (ClaimState.FILED, 90_00, True), (ClaimState.APPROVED, 100_00, True)],
)
def test_claim_that_disagrees_with_what_was_paid_is_found(session: Session, state: ClaimState, amount_fen: int, is_wrong: bool) -> None:
    claim = Claim(year=2026, state=state, amount_fen=amount_fen, who="罗文静", created_at_utc=NOW)
    add_logged(session, claim)
    book(session, claim_id=claim.id)

    assert faults(session) == ([(FaultCode.CLAIM_WRONG, {"year": 2026, "claim": claim.id})] if is_wrong else [])


def test_claim_whose_entry_was_taken_back_agrees(session: Session) -> None:
    claim = Claim(year=2026, state=ClaimState.PAID, amount_fen=100_00, who="罗文静", created_at_utc=NOW)
    add_logged(session, claim)

    reverse(session, book(session, claim_id=claim.id))

    assert (claim.state, faults(session)) == (ClaimState.REVERSED, [])


def test_opening_changed_under_a_closed_month_is_found(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=50_00, **STAMP)
    closing.close_month(session, 2026, 1, today=TODAY, **STAMP)
    tamper(session, "UPDATE fund_year SET opening_fen = 9900")

    assert (FaultCode.CLOSING_MOVED, {"year": 2026, "month": 1, "closed": "¥50.00", "now": "¥99.00"}) in faults(session)


def test_entry_slipped_into_a_closed_month_is_found(session: Session) -> None:
    entry = book(session, booked_on=date(2026, 6, 1))
    closing.close_month(session, 2026, 5, today=TODAY, **STAMP)
    tamper(session, "UPDATE fund_entry SET booked_on = '2026-05-02', created_at_utc = '2026-12-01 00:00:00'")

    assert (FaultCode.BOOKED_AFTER_CLOSING, {"year": 2026, "voucher": entry.voucher}) in faults(session)


def add_logged(session: Session, row: SQLModel) -> None:
    """As services add a row."""
    session.add(row)
    record_creations(session, [row], **STAMP)


def keep(session: Session, folder: Path, **values: Any) -> FundPaper:
    """A photographed invoice on disk and on record."""
    file = evidence.keep_file(b"%PDF-1.4\n% a page\n%%EOF\n", "发票.pdf", folder=folder)
    facts = {"name": file.name, "stored_name": file.stored_name, "sha256": file.sha256, "who": "罗文静", "created_at_utc": NOW}
    paper = FundPaper(**{"fund_entry_id": book(session).id, **facts, **values})
    add_logged(session, paper)
    return paper


@pytest.mark.parametrize(
    ("damage", "code"),
    [(Path.unlink, FaultCode.FILE_MISSING), (lambda path: path.write_bytes(b"another"), FaultCode.FILE_CHANGED)],
)
def test_file_that_is_gone_or_another_is_found(session: Session, tmp_path: Path, damage: Callable[[Path], Any], code: FaultCode) -> None:
    paper = keep(session, tmp_path)
    assert faults(session, tmp_path) == []

    damage(tmp_path / paper.stored_name)

    assert faults(session, tmp_path) == [(code, {"name": "发票.pdf", "file": paper.stored_name})]


def test_private_paper_is_not_told_by_its_name(session: Session, tmp_path: Path) -> None:
    paper = keep(session, tmp_path, name="林小雨签收单.pdf", is_private=True, removed_at_utc=NOW)
    (tmp_path / paper.stored_name).unlink()

    assert faults(session, tmp_path) == [(FaultCode.FILE_MISSING, {"name": "—", "file": paper.stored_name})]


def test_evidence_of_activities_is_looked_at_too(session: Session, tmp_path: Path) -> None:
    activity = make_activity(session, make_plan(session))
    done = CheckOff(activity_id=activity.id or 0, done_on=TODAY, who="chair", created_at_utc=NOW)
    session.add(done)
    log_made(session)
    file = evidence.keep_file(b"%PDF-1.4\n% a page\n%%EOF\n", "签到.pdf", folder=tmp_path)
    evidence.add_file(session, done.id or 0, file, kind=EvidenceKind.SIGN_IN, **STAMP)
    (tmp_path / file.stored_name).unlink()

    assert [code for code, _ in faults(session, tmp_path)] == [FaultCode.FILE_MISSING]


def test_index_that_lacks_rows_is_found_with_the_sums_it_spoils(engine: Engine, data_dir: Path) -> None:
    with db.writing(engine) as session:
        book(session)
        book(session, 30_00)
    engine.dispose()
    spoiled = sqlite3.connect(data_dir / "unionboard.sqlite3")
    sql = spoiled.execute("SELECT sql FROM sqlite_master WHERE name = 'ix_fund_entry_sums'").fetchone()[0]
    spoiled.executescript(f"""
        DROP INDEX ix_fund_entry_sums;
        {sql} WHERE voucher <> 2;
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = '{sql}' WHERE name = 'ix_fund_entry_sums';
    """)
    spoiled.close()

    with db.reading(engine) as session:
        found = faults(session)

    assert [code for code, _ in found] == [FaultCode.DATABASE_DAMAGED, FaultCode.SUM_WRONG]
    assert "ix_fund_entry_sums" in found[0][1]["told"]


def test_row_that_names_one_which_is_not_there_is_found(engine: Engine, data_dir: Path) -> None:
    with db.writing(engine) as session:
        book(session)
    raw = sqlite3.connect(data_dir / "unionboard.sqlite3")
    raw.execute(
        "INSERT INTO handout (title, festival, handed_on, heads, unit_fen, goods, supplier, item, source, fund_entry_id, who,"
        " created_at_utc, version) VALUES ('端午', '', '2026-06-01', 1, 1, '', '', 'meetings', 'union_funds', 77, 'chair', '2026-06-01', 1)"
    )
    raw.commit()
    raw.close()

    with db.reading(engine) as session:
        assert faults(session)[0] == (FaultCode.DATABASE_DAMAGED, {"told": "handout 1 → fund_entry"})


# --- all else the money rests on, against the change log --------------------------------------------------------------------------------


def fill(session: Session) -> None:
    """One record of each kind that is looked at, changed once where that is usual."""
    make_committee(session)
    log_made(session)
    fund_policy.save_policy(session, resolution_above_fen=5_000_00, version=0, **STAMP)
    fund_items.save_item(session, None, name="心理关爱", group="activities", **STAMP)
    budget.set_line(session, year=2026, item="culture_sports", amount_fen=300_00, **STAMP)
    budget.adopt_budget(session, 2026, adopted_on=TODAY, resolution="三届二次会议", today=TODAY, version=None, **STAMP)
    lines = [budget.AmendmentLine("culture_sports", FundSource.UNION_FUNDS, 10_00)]
    budget.propose_amendment(session, year=2026, reason="加一次比赛", lines=lines, **STAMP)
    fields: dict[str, Any] = {"year": 2026, "item": "culture_sports", "amount_fen": 400_00, "purpose": "奖品", "handler": "沈一鸣"}
    claim = claims.save_claim(session, None, version=0, who="沈一鸣", now_utc=NOW, **fields)
    over: dict[str, Any] = {"over_reason": "比赛多了一场", "today": TODAY}
    claims.submit_claim(session, claim.id or 0, version=1, who="沈一鸣", now_utc=NOW, **over)
    fund_papers.note_paper(session, kind=PaperKind.INVOICE, claim_id=claim.id, place="会计柜", **STAMP)
    care.record_visit(session, visited_on=date(2026, 6, 1), kind="hospital", amount_fen=500_00, reason="临时", today=TODAY, **STAMP)
    given: dict[str, Any] = {
        "title": "端午慰问品",
        "handed_on": date(2026, 6, 1),
        "heads": 2,
        "unit_fen": 30_00,
        "reason": "临时",
        "today": TODAY,
    }
    handouts.record_handout(session, **given, **STAMP)
    closing.close_month(session, 2026, 6, today=TODAY, note="照记", **STAMP)


@pytest.mark.parametrize(
    ("change", "code", "record", "name"),
    [
        ("UPDATE claim SET approver = '严守正'", FaultCode.RECORD_CHANGED, "The claim", "1"),
        ("DELETE FROM claim", FaultCode.RECORD_GONE, "The claim", "1"),
        ("UPDATE fund_month SET closed_by = '别人' WHERE month = 6", FaultCode.RECORD_CHANGED, "The month", "2026-06"),
        ("DELETE FROM fund_month WHERE month = 6", FaultCode.RECORD_GONE, "The month", "2026-06"),
        ("UPDATE fund_year SET resolution = '没有'", FaultCode.RECORD_CHANGED, "The book of the year", "2026"),
        ("UPDATE fund_policy SET resolution_above_fen = NULL", FaultCode.RECORD_CHANGED, "The policy", "1"),
        ("UPDATE own_item SET name = '其他'", FaultCode.RECORD_CHANGED, "The fund item", str(crc32(b"own_1") >> 1)),
        ("UPDATE budget_line SET amount_fen = 90000", FaultCode.RECORD_CHANGED, "The budget line", "2026 culture_sports"),
        ("UPDATE budget_amendment SET adopted_on = '2026-11-01'", FaultCode.RECORD_CHANGED, "The amendment", "2026-01"),
        ("UPDATE fund_paper SET place = ''", FaultCode.RECORD_CHANGED, "The paper", "1"),
        ("UPDATE care_visit SET people = 5", FaultCode.RECORD_CHANGED, "The care visit", "1"),
        ("UPDATE handout SET heads = 3", FaultCode.RECORD_CHANGED, "The hand-out", "1"),
        ("UPDATE ceiling_finding SET reason = '改了' WHERE id = 1", FaultCode.RECORD_CHANGED, "The finding", "1"),
        ("DELETE FROM ceiling_finding WHERE id = 1", FaultCode.RECORD_GONE, "The finding", "1"),
        ("DELETE FROM change WHERE noun = 'claim'", FaultCode.RECORD_UNLOGGED, "The claim", "1"),
        ("DELETE FROM change WHERE noun = 'claim' AND action = 'update'", FaultCode.RECORD_CHANGED, "The claim", "1"),
        (
            "UPDATE change SET before = '{\"amount_fen\": 1}' WHERE noun = 'claim' AND action = 'update'",
            FaultCode.LOG_CHANGED,
            "The claim",
            "1",
        ),
        ("UPDATE change SET who = '别人' WHERE noun = 'claim' AND action = 'create'", FaultCode.LOG_CHANGED, "The claim", "1"),
        ("UPDATE change SET at_utc = '2026-01-01 00:00:00.000000' WHERE noun = 'fund_entry'", FaultCode.LOG_CHANGED, "The entry", "1"),
    ],
)
def test_record_that_is_not_what_the_log_made_it_is_found(session: Session, change: str, code: FaultCode, record: str, name: str) -> None:
    fill(session)
    assert faults(session) == []

    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    tamper(session, change)

    assert (code, {"record": record, "name": name}) in faults(session)


@pytest.mark.parametrize(
    "change",
    ["direction = 'inn'", "booked_on = 'Friday'", "amount_fen = 'much'", "created_at_utc = 'x'"],
    ids=lambda change: change.split()[0],
)
def test_entry_that_cannot_be_read_is_a_fault_and_no_failure(session: Session, change: str) -> None:
    book(session)
    tamper(session, f"UPDATE fund_entry SET {change}")

    assert [code for code, _ in faults(session)] == [FaultCode.UNREADABLE]


def test_fault_is_told_with_its_record_translated(session: Session) -> None:
    fill(session)
    tamper(session, "UPDATE claim SET approver = '严守正'")
    session.expire_all()

    [fault] = verify_books(session, evidence_folder=Path("nowhere"))

    assert fault.tell(partial(i18n.translate, "zh_CN")) == "报销单 1 与更改记录里的不一致。"


def test_what_a_ceiling_said_of_a_visit_is_not_told_by_the_log(session: Session) -> None:
    budget.set_line(session, year=2026, item="member_activities", amount_fen=100_00, **STAMP)
    usual: dict[str, Any] = {"visited_on": date(2026, 6, 1), "kind": "hospital", "today": TODAY, **STAMP}
    care.record_visit(session, amount_fen=500_00, reason="两次探望", **usual)

    told = session.exec(select(Change.after).where(Change.noun == "ceiling_finding")).all()

    assert told
    assert {(one or {})[name] for one in told for name in ("rule_name", "reason")} == {COVERED}


def test_balance_that_is_shown_wrong_is_found(engine: Engine, data_dir: Path) -> None:
    with db.writing(engine) as session:
        for day in (1, 2, 3):
            book(session, booked_on=date(2026, 5, day))
    engine.dispose()
    spoiled = sqlite3.connect(data_dir / "unionboard.sqlite3")
    sql = spoiled.execute("SELECT sql FROM sqlite_master WHERE name = 'ix_fund_entry_year_day'").fetchone()[0]
    spoiled.executescript(f"""
        DROP INDEX ix_fund_entry_year_day;
        {sql} WHERE voucher <> 2;
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = '{sql}' WHERE name = 'ix_fund_entry_year_day';
    """)
    spoiled.close()

    with db.reading(engine) as session:
        found = faults(session)

    assert (FaultCode.BALANCE_WRONG, {"year": 2026, "voucher": 3}) in found
