"""Whatever a committee tries, in whatever order: no entry is handled, approved or paid by one hand without saying so."""

from contextlib import suppress
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from tests.makers import NOW, make_committee
from unionboard.errors import Refusal
from unionboard.models import Claim, ClaimState, FundEntry
from unionboard.services import claims, fund, ledger
from unionboard.services.fund_policy import save_policy
from unionboard.services.roles import Role, read_committee

TODAY = date(2026, 11, 21)
THRESHOLD_FEN = 5_000_00
LARGE = {"陈立群": "主席", "何敏": "副主席", "沈一鸣": "文体委员", "罗文静": "财务委员", "顾海平": "出纳", "严守正": "经审委员"}
TINY = {"陈立群": "主席", "罗文静": "会计", "严守正": "经审委员"}

people = st.sampled_from([*LARGE, "外人", "chair", ""])
USUAL = {"draft": "沈一鸣", "submit": "沈一鸣", "approve": "陈立群", "pay": "罗文静", "file": "沈一鸣"}
reasons = st.sampled_from(["", "只有两名委员"])
sums = st.integers(1, 9_000_00)
which = st.integers(0, 2)
anything = st.tuples(
    st.sampled_from(["draft", "submit", "approve", "return", "pay", "file", "withdraw", "reverse"]), people, which, sums, reasons
)
usual = st.sampled_from([*USUAL.items()]).flatmap(lambda step: st.tuples(st.just(step[0]), st.just(step[1]), which, sums, reasons))
steps = st.one_of(usual, usual, anything)


def take(session: Session, step: tuple[str, str, int, int, str], ids: list[int]) -> None:
    """One step, with the version as it stands, as whoever presses a button does."""
    act, who, number, amount_fen, reason = step
    if act == "draft":
        fields: dict[str, Any] = {"year": 2026, "purpose": "活动", "item": "culture_sports", "amount_fen": amount_fen, "handler": who}
        ids.append(claims.save_claim(session, None, version=0, who=who, now_utc=NOW, **fields).id or 0)
        return
    if not ids:
        return
    row = session.get_one(Claim, ids[number % len(ids)])
    facts: dict[str, Any] = {"version": row.version, "who": who, "now_utc": NOW}
    claim_id = row.id or 0
    match act:
        case "submit":
            claims.submit_claim(session, claim_id, today=TODAY, over_reason="会议同意", **facts)
        case "approve":
            claims.approve_claim(session, claim_id, resolution=reason, one_hand=reason, **facts)
        case "return":
            claims.return_claim(session, claim_id, reason=reason, **facts)
        case "pay":
            paid_fen = min(amount_fen, row.amount_fen + 1)
            claims.pay_claim(session, claim_id, paid_on=TODAY, today=TODAY, amount_fen=paid_fen, one_hand=reason, **facts)
        case "file":
            claims.file_claim(session, claim_id, reason=reason, **facts)
        case "withdraw":
            claims.withdraw_claim(session, claim_id, reason=reason, **facts)
        case "reverse":
            entry_id = claims.find_claim(session, claim_id).entry_id or 0
            fund.reverse_entry(session, entry_id, booked_on=TODAY, reason="重复", today=TODAY, who=who, now_utc=NOW)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(duties=st.sampled_from([LARGE, TINY, {}]), taken=st.lists(steps, min_size=5, max_size=30))
def test_every_paid_claim_went_through_three_hands_or_says_why_not(
    session: Session, duties: dict[str, str], taken: list[tuple[str, str, int, int, str]]
) -> None:
    session.rollback()  # what the example before has written
    if duties:
        make_committee(session, **duties)
    save_policy(session, resolution_above_fen=THRESHOLD_FEN, version=0, who="陈立群", now_utc=NOW)
    ids: list[int] = []
    for step in taken:
        with suppress(Refusal), session.begin_nested():
            take(session, step, ids)
    check_books(session)


def check_books(session: Session) -> None:
    committee = read_committee(session)
    rows = session.exec(select(Claim)).all()
    entries = session.exec(select(FundEntry)).all()
    for entry in entries:
        hands = (entry.handler, entry.approver, entry.cashier)
        assert "" not in hands
        assert not any(Role.AUDIT in committee.roles_of(name) for name in hands)
        if len(set(hands)) < len(hands):
            assert committee.is_tiny
            assert entry.one_hand
        if committee.approvers:
            assert entry.approver in committee.approvers
    paid = [row for row in rows if row.state in (ClaimState.PAID, ClaimState.FILED)]
    assert all(row.resolution for row in paid if row.amount_fen >= THRESHOLD_FEN)
    assert {row.id for row in paid} == {
        entry.claim_id for entry in ledger.list_entries(session, 2026) if entry.reverses is None and entry.reversed_by is None
    }
    assert sum(row.amount_fen for row in paid) == fund.read_book(session, 2026).total_spending_fen
