"""Whatever a committee tries, in whatever order: no entry is handled, approved or paid by one hand without saying so."""

from contextlib import suppress
from dataclasses import dataclass
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
NO_VICE = {name: duty for name, duty in LARGE.items() if name != "何敏"}
TINY = {"陈立群": "主席", "罗文静": "会计", "严守正": "经审委员"}

ENDINGS = ("", "file", "return", "withdraw", "reverse")


@dataclass(frozen=True)
class Story:
    """One claim and who tries what with it: some of it is refused, and the next step is tried all the same."""

    handler: str
    approver: str
    payer: str
    amount_fen: int
    paid_fen: int
    reason: str
    ending: str


people = st.sampled_from(["沈一鸣", "陈立群", "陈立群", "罗文静", "罗文静", "何敏", "顾海平", "严守正", "外人", "chair", ""])
sums = st.integers(1, 9_000_00)
stories = st.builds(
    Story,
    handler=people,
    approver=st.sampled_from(["陈立群", "何敏"]) | people,  # half of them in their right: else few claims come to be paid
    payer=st.sampled_from(["罗文静", "顾海平"]) | people,
    amount_fen=sums,
    paid_fen=sums,
    reason=st.sampled_from(["", "只有两名委员"]),
    ending=st.sampled_from(ENDINGS),
)


def live(session: Session, story: Story) -> None:
    """Draft, hand in, approve, pay, and whatever comes then; each step like a button: it is done whole, or refused."""
    stamp: dict[str, Any] = {"now_utc": NOW}
    fields: dict[str, Any] = {"year": 2026, "purpose": "活动", "item": "culture_sports", "amount_fen": story.amount_fen}
    with suppress(Refusal):
        row = claims.save_claim(session, None, version=0, handler=story.handler, who=story.handler, **fields, **stamp)
        claim_id, reason = row.id or 0, story.reason
        day: dict[str, Any] = {"today": TODAY, **stamp}
        paid_fen = min(story.paid_fen, story.amount_fen)
        for step in (
            lambda: claims.submit_claim(session, claim_id, version=row.version, who=story.handler, over_reason="会议同意", **day),
            lambda: claims.approve_claim(
                session, claim_id, version=row.version, who=story.approver, resolution=reason, one_hand=reason, **stamp
            ),
            lambda: claims.pay_claim(
                session, claim_id, version=row.version, who=story.payer, paid_on=TODAY, amount_fen=paid_fen, one_hand=reason, **day
            ),
            lambda: end(session, claim_id, story),
        ):
            with suppress(Refusal), session.begin_nested():
                step()


def end(session: Session, claim_id: int, story: Story) -> None:
    """File it, give it back, withdraw it, or take its entry back."""
    view = claims.find_claim(session, claim_id)
    facts: dict[str, Any] = {"version": view.version, "reason": "少了材料", "who": story.handler, "now_utc": NOW}
    match story.ending:
        case "file":
            claims.file_claim(session, claim_id, **facts)
        case "return":
            claims.return_claim(session, claim_id, **facts)
        case "withdraw":
            claims.withdraw_claim(session, claim_id, **facts)
        case "reverse":
            fund.reverse_entry(session, view.entry_id or 0, booked_on=TODAY, reason="重复", today=TODAY, who=story.payer, now_utc=NOW)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(duties=st.sampled_from([LARGE, NO_VICE, TINY, {}]), told=st.lists(stories, min_size=2, max_size=8))
def test_every_paid_claim_went_through_three_hands_or_says_why_not(session: Session, duties: dict[str, str], told: list[Story]) -> None:
    session.rollback()  # what the example before has written
    if duties:
        make_committee(session, **duties)
    save_policy(session, resolution_above_fen=THRESHOLD_FEN, version=0, who="陈立群", now_utc=NOW)
    for story in told:
        live(session, story)
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
        if committee.approvers and entry.approver not in committee.approvers:
            assert entry.approver in committee.stand_ins(entry.handler)
            assert entry.one_hand
    paid = [row for row in rows if row.state in (ClaimState.PAID, ClaimState.FILED)]
    assert all(row.resolution for row in paid if row.amount_fen >= THRESHOLD_FEN)
    assert {row.id for row in paid} == {
        entry.claim_id for entry in ledger.list_entries(session, 2026) if entry.reverses is None and entry.reversed_by is None
    }
    assert sum(row.amount_fen for row in paid) == fund.read_book(session, 2026).total_spending_fen
