"""The ledger's lines: found, narrowed, paged, and shown as they may be shown."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from tests.makers import NOW, make_activity, make_plan
from unionboard.errors.fund import NoSuchEntry
from unionboard.models import CareVisit, Claim, ClaimState, Direction, FundEntry, FundPaper, FundSource, Handout
from unionboard.services import care, fund, ledger
from unionboard.services.ledger import EntryCheck

TODAY = date(2026, 11, 21)


def book(session: Session, amount_fen: int = 1_286_00, **values: Any) -> FundEntry:
    """1,286.00 yuan spent on culture and sports on 8 May 2026."""
    usual = {"booked_on": date(2026, 5, 8), "direction": Direction.OUT, "item": "culture_sports", "purpose": "趣味运动会奖品"}
    return fund.book_entry(session, amount_fen=amount_fen, today=TODAY, **{**usual, **values}, who="chair", now_utc=NOW)


def reverse(session: Session, entry: FundEntry, day: date = date(2026, 5, 9)) -> FundEntry:
    return fund.reverse_entry(session, entry.id or 0, booked_on=day, reason="记重了", today=TODAY, who="chair", now_utc=NOW)


def visit(session: Session, kind: str = "hospital", **values: Any) -> CareVisit:
    usual = {"visited_on": date(2026, 5, 8), "today": TODAY, "who": "chair", "now_utc": NOW, "amount_fen": 500_00}
    return care.record_visit(session, kind=kind, **{**usual, **values})


def vouchers(session: Session, year: int = 2026, **asked: Any) -> list[int]:
    """What is found, by voucher, newest first."""
    return [entry.voucher for entry in ledger.find_entries(session, year, **asked).entries]


# --- pages and balances ---------------------------------------------------------------------------------------------------------


def test_a_page_tells_how_many_there_are_and_what_they_come_to(session: Session) -> None:
    for _ in range(5):
        book(session, 100_00)
    book(session, 700_00, direction=Direction.IN, item="dues")

    page = ledger.find_entries(session, 2026, page=1, page_size=2)

    assert [entry.voucher for entry in page.entries] == [4, 3]
    assert (page.total, page.in_fen, page.out_fen) == (6, 700_00, 500_00)


def test_balance_runs_over_the_lines_that_were_not_asked_for(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=1_000_00, who="chair", now_utc=NOW)
    book(session, 100_00)
    book(session, 50_00, item="meetings", booked_on=date(2026, 5, 1))
    book(session, 30_00, booked_on=date(2026, 5, 9))

    found = ledger.find_entries(session, 2026, item="culture_sports").entries

    assert [(entry.voucher, entry.balance_fen) for entry in found] == [(3, 820_00), (1, 850_00)]


def test_page_beyond_the_last_is_empty_but_knows_the_total(session: Session) -> None:
    book(session)

    page = ledger.find_entries(session, 2026, page=3)

    assert (page.entries, page.total) == ((), 1)


def test_oldest_first_when_asked(session: Session) -> None:
    for day in (8, 7, 9):
        book(session, booked_on=date(2026, 5, day))

    assert vouchers(session, newest_first=False) == [2, 1, 3]


def test_a_page_costs_the_same_queries_however_many_lines_there_are(session: Session) -> None:
    def count_queries() -> int:
        said: list[str] = []
        bind = session.get_bind()
        event.listen(bind, "before_cursor_execute", note := lambda *told: said.append(told[2]))
        ledger.find_entries(session, 2026, words="奖品")
        event.remove(bind, "before_cursor_execute", note)
        return len(said)

    visit(session)
    book(session)
    few = count_queries()
    for _ in range(30):
        reverse(session, book(session))

    assert count_queries() == few


# --- search ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["奖品", "运动会 青松", "何敏", "文体活动", "culture", "1,286", "1286", "¥1286.00", "１２８６", "1286元", "002", "2", "奖品 1,286"],
)
def test_words_find_purpose_payee_handler_item_voucher_and_amount(session: Session, words: str) -> None:
    book(session, 5_00, item="meetings", purpose="茶水")
    book(session, payee="青松文具店", handler="何敏")

    assert vouchers(session, words=words) == [2]


@pytest.mark.parametrize("words", ["286", "1286.5", "奖品 茶水", "%", "_", "99999999999999999999"])
def test_words_that_are_not_there_find_nothing(session: Session, words: str) -> None:
    book(session)

    assert vouchers(session, words=words) == []


def test_amount_with_fen_is_exact_and_without_takes_any_fen(session: Session) -> None:
    book(session, 1_286_50)
    book(session, 1_286_05)

    assert [vouchers(session, words=words) for words in ("1286", "1286.5", "1286.05")] == [[2, 1], [1], [2]]


@pytest.mark.parametrize(
    "asked",
    [
        {"direction": Direction.IN},
        {"item": "dues"},
        {"source": FundSource.DUES},
        {"month": 6},
        {"as_of": date(2026, 4, 30), "words": "会费"},
    ],
)
def test_each_filter_narrows(session: Session, asked: dict[str, Any]) -> None:
    book(session)
    day = date(2026, 4, 30) if "as_of" in asked else date(2026, 6, 30)
    book(session, direction=Direction.IN, item="dues", source=FundSource.DUES, booked_on=day, purpose="会费")

    assert vouchers(session, **asked) == [2]


def test_lines_of_one_activity(session: Session) -> None:
    activity = make_activity(session, make_plan(session))
    book(session)
    book(session, activity_id=activity.id)

    assert vouchers(session, activity_id=activity.id) == [2]


# --- what checkers look for -----------------------------------------------------------------------------------------------------


def test_spending_without_any_paper_is_found(session: Session) -> None:
    claim = Claim(year=2026, state=ClaimState.PAID, who="chair", created_at_utc=NOW)
    session.add(claim)
    session.flush()
    naked = book(session)
    attached, filed, claimed = book(session, papers=1), book(session), book(session, claim_id=claim.id)
    handed = book(session)
    handout = Handout(title="中秋", handed_on=TODAY, heads=1, unit_fen=1, fund_entry_id=handed.id, who="chair", created_at_utc=NOW)
    session.add(handout)
    session.flush()
    told: dict[str, Any] = {"name": "发票", "who": "chair", "created_at_utc": NOW}
    homes: list[dict[str, Any]] = [{"fund_entry_id": filed.id}, {"claim_id": claim.id}, {"handout_id": handout.id}]
    session.add_all(FundPaper(**told, **home) for home in homes)
    session.add(FundPaper(**told, fund_entry_id=naked.id, removed_at_utc=NOW))
    book(session, direction=Direction.IN, item="dues")

    assert vouchers(session, only=EntryCheck.NO_PAPERS) == [naked.voucher]
    counts = {entry.voucher: entry.paper_count for entry in ledger.list_entries(session, 2026)}
    assert counts == {naked.voucher: 0, attached.voucher: 0, filed.voucher: 1, claimed.voucher: 1, handed.voucher: 1, 6: 0}


def test_visit_whose_proof_was_seen_needs_no_paper(session: Session) -> None:
    visit(session, paper_seen="出院小结", seen_by="何敏")
    visit(session)

    assert vouchers(session, only=EntryCheck.NO_PAPERS) == [2]


def test_unapproved_spending_is_found_until_it_is_taken_back(session: Session) -> None:
    book(session, approver="陈立群")
    book(session)
    reverse(session, book(session))

    assert vouchers(session, only=EntryCheck.UNAPPROVED) == [2]


def test_corrections_are_found_with_what_they_correct(session: Session) -> None:
    book(session)
    reverse(session, book(session))

    assert vouchers(session, only=EntryCheck.CORRECTIONS) == [3, 2]


def test_entries_in_one_hand_are_found(session: Session) -> None:
    book(session)
    book(session, one_hand="全校工会委员仅两人")

    assert vouchers(session, only=EntryCheck.ONE_HAND) == [2]


def test_sum_of_what_is_to_be_looked_at_within_days(session: Session) -> None:
    book(session, 1_00, booked_on=date(2026, 4, 30))
    book(session, 2_00)
    book(session, 4_00, booked_on=date(2026, 6, 1))

    told = ledger.sum_checked(session, 2026, EntryCheck.UNAPPROVED, first=date(2026, 5, 1), last=date(2026, 5, 31))

    assert told == (1, 2_00)


# --- what is shown --------------------------------------------------------------------------------------------------------------


def test_line_tells_all_that_was_booked(session: Session) -> None:
    row = book(session, cashier="顾海平", one_hand="委员仅两人", papers=2, payee="青松文具店", source=FundSource.DUES)

    entry = ledger.find_entry(session, row.id or 0)

    assert (entry.out_fen, entry.amount_fen, entry.balance_fen) == (1_286_00, 1_286_00, -1_286_00)
    assert (entry.cashier, entry.one_hand, entry.papers, entry.payee) == ("顾海平", "委员仅两人", 2, "青松文具店")
    assert (entry.source, entry.who, entry.created_at_utc, entry.is_visit) == (FundSource.DUES, "chair", NOW, False)


def test_correction_and_corrected_name_each_other_across_years(session: Session) -> None:
    first = book(session, booked_on=date(2025, 12, 30))
    correction = reverse(session, first, date(2026, 1, 4))

    old, new = ledger.find_entry(session, first.id or 0), ledger.find_entry(session, correction.id or 0)

    assert (old.reversed_by, old.other_year, old.other_voucher) == (correction.id, 2026, 1)
    assert (new.reverses, new.other_year, new.other_voucher, new.out_fen) == (first.id, 2025, 1, -1_286_00)


def test_no_such_line_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchEntry):
        ledger.find_entry(session, 7)


@pytest.mark.parametrize("words", ["生育", "林小雨"])
def test_search_finds_no_more_of_visits_than_is_shown(session: Session, words: str) -> None:
    row = visit(session, "birth", recipient="林小雨")
    claimed = book(session, purpose="生育慰问", payee="林小雨")
    row.fund_entry_id = claimed.id
    session.add(row)
    session.flush()

    assert vouchers(session, words=words) == []
    assert [entry.payee for entry in ledger.list_entries(session, 2026)] == ["", ""]


def test_correction_of_a_visit_shows_no_payee(session: Session) -> None:
    entry = book(session, payee="林小雨")
    session.add(CareVisit(visited_on=TODAY, kind="birth", fund_entry_id=entry.id, who="chair", created_at_utc=NOW))
    session.flush()
    reverse(session, entry)

    assert [(line.payee, line.is_visit) for line in ledger.list_entries(session, 2026)] == [("", True), ("", False)]
    assert vouchers(session, words="林小雨") == []


def test_names_named_last_are_offered_again(session: Session) -> None:
    book(session, handler="何敏", approver="陈立群")
    book(session, handler="吴佳")
    book(session, booked_on=date(2026, 5, 1), handler="沈一鸣", approver="严守正")

    assert (ledger.last_names(session, 2026), ledger.last_names(session, 2025)) == (("吴佳", "陈立群"), ("", ""))
