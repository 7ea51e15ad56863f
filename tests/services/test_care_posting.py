"""Visits and hand-outs on their way into the books."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors import Refusal
from unionboard.errors.care import (
    HandoutInBooks,
    HandoutTitleMissing,
    MoreSignedThanHeads,
    NameRepeated,
    NoSuchHandout,
    NothingToPost,
    VisitInBooks,
    VisitInClaim,
    VisitPaidWithOthers,
)
from unionboard.errors.ceilings import OverWithoutReason
from unionboard.errors.checkoffs import CountNotPositive
from unionboard.errors.claims import OneHandUnexplained
from unionboard.errors.fund import NoSuchEntry
from unionboard.errors.money import AmountNotPositive
from unionboard.errors.saving import StaleSave
from unionboard.models import CareVisit, CeilingFinding, CeilingRule, CeilingShape, Change, ClaimState, FundEntry, Handout
from unionboard.services import care, care_posting, claims, fund, handouts

TODAY = date(2026, 11, 21)
DAY = date(2026, 11, 20)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
STAMP: dict[str, Any] = {"who": "吴佳", "now_utc": NOW}
WRITE: dict[str, Any] = {**STAMP, "today": TODAY}


def wait(session: Session, kind: str = "hospital", **values: Any) -> CareVisit:
    """A visit of 18 November with 500.00 yuan that is not booked yet."""
    defaults = {"visited_on": date(2026, 11, 18), "amount_fen": 500_00, "post": False}
    return care.record_visit(session, kind=kind, **{**defaults, **values}, **WRITE)


def plan_handout(session: Session, **values: Any) -> Handout:
    """Mid-Autumn gifts for 58 at 100.00 yuan."""
    defaults = {"title": "中秋慰问品", "handed_on": date(2026, 9, 23), "heads": 58, "unit_fen": 100_00}
    return handouts.record_handout(session, **{**defaults, **values}, **WRITE)


def ids(*rows: CareVisit) -> list[int]:
    return [row.id or 0 for row in rows]


def test_visit_that_waits_books_nothing_and_is_open(session: Session) -> None:
    row = wait(session)

    assert session.exec(select(FundEntry)).all() == []
    assert [visit.id for visit in care_posting.list_open_visits(session)] == [row.id]


def test_visits_are_booked_as_one_entry_that_tells_no_occasion(session: Session) -> None:
    rows = [wait(session, "hospital", people=2), wait(session, "birth", amount_fen=300_00)]

    [entry] = care_posting.post_visits(session, ids(*rows), booked_on=DAY, **WRITE)

    assert (entry.amount_fen, entry.purpose, entry.booked_on) == (800_00, "走访慰问（3人次）", DAY)
    assert [row.fund_entry_id for row in rows] == [entry.id, entry.id]
    assert care_posting.list_open_visits(session) == []


def test_visits_are_booked_one_entry_each(session: Session) -> None:
    rows = [wait(session), wait(session, amount_fen=300_00)]

    entries = care_posting.post_visits(session, ids(*rows), booked_on=DAY, is_one_each=True, **WRITE)

    assert [(entry.voucher, entry.amount_fen) for entry in entries] == [(1, 500_00), (2, 300_00)]


def test_visits_under_two_items_are_booked_apart(session: Session) -> None:
    rows = [wait(session), wait(session, item="sending_warmth"), wait(session)]

    entries = care_posting.post_visits(session, ids(*rows), booked_on=DAY, **WRITE)

    assert [(entry.item, entry.amount_fen) for entry in entries] == [("member_activities", 1_000_00), ("sending_warmth", 500_00)]


def test_visit_is_booked_once_only(session: Session) -> None:
    row = wait(session)
    care_posting.post_visits(session, ids(row), booked_on=DAY, **WRITE)

    with pytest.raises(NothingToPost):
        care_posting.post_visits(session, ids(row), booked_on=DAY, **WRITE)


def test_one_person_in_two_parts_needs_a_reason_that_the_books_keep(session: Session) -> None:
    row = wait(session)
    hands: dict[str, Any] = {"handler": "吴佳", "approver": "吴佳", "booked_on": DAY}

    with pytest.raises(OneHandUnexplained):
        care_posting.post_visits(session, ids(row), **hands, **WRITE)
    [entry] = care_posting.post_visits(session, ids(row), one_hand="全校只有两名委员", **hands, **WRITE)

    assert entry.one_hand == "全校只有两名委员"


def test_claim_gathers_visits_and_paying_it_books_them(session: Session) -> None:
    rows = [wait(session), wait(session, amount_fen=300_00)]

    [claim] = care_posting.claim_visits(session, ids(*rows), year=2026, handler="吴佳", **STAMP)

    assert (claim.amount_fen, claim.purpose, claim.state) == (800_00, "走访慰问（2人次）", ClaimState.DRAFT)
    assert care_posting.list_open_visits(session) == []
    assert [view.claim_id for view in care.list_visits(session, first=FIRST, last=LAST)] == [claim.id, claim.id]


def test_withdrawn_claim_leaves_its_visits_open(session: Session) -> None:
    row = wait(session)
    [claim] = care_posting.claim_visits(session, ids(row), year=2026, **STAMP)

    claims.withdraw_claim(session, claim.id or 0, version=claim.version, reason="改为直接入账", **STAMP)

    assert [visit.id for visit in care_posting.list_open_visits(session)] == [row.id]


def test_visit_in_a_claim_is_not_taken_back(session: Session) -> None:
    row = wait(session)
    care_posting.claim_visits(session, ids(row), year=2026, **STAMP)

    with pytest.raises(VisitInClaim):
        care.take_back_visit(session, row.id or 0, booked_on=DAY, reason="记重了", **WRITE)


def test_visit_paid_with_others_is_not_taken_back_alone(session: Session) -> None:
    rows = [wait(session), wait(session)]
    care_posting.post_visits(session, ids(*rows), booked_on=DAY, **WRITE)

    with pytest.raises(VisitPaidWithOthers) as refused:
        care.take_back_visit(session, rows[0].id or 0, booked_on=DAY, reason="记重了", **WRITE)

    assert refused.value.facts == {"voucher": 1}


def test_corrected_entry_of_several_leaves_all_of_them_open(session: Session) -> None:
    rows = [wait(session), wait(session)]
    [entry] = care_posting.post_visits(session, ids(*rows), booked_on=DAY, **WRITE)

    care_posting.take_back_entry(session, entry.id or 0, booked_on=DAY, reason="重复报销", **WRITE)

    assert [visit.id for visit in care_posting.list_open_visits(session)] == ids(*rows)
    assert fund.read_book(session, 2026).total_spending_fen == 0


def test_corrected_entry_of_one_visit_takes_the_visit_back(session: Session) -> None:
    row = wait(session)
    [entry] = care_posting.post_visits(session, ids(row), booked_on=DAY, **WRITE)

    care_posting.take_back_entry(session, entry.id or 0, booked_on=DAY, reason="记重了", **WRITE)

    assert row.removed


def test_visit_is_edited_and_the_log_keeps_neither_name_nor_occasion(session: Session) -> None:
    row = wait(session, "wedding", recipient="林小雨", goods="喜糖回礼")

    care.edit_visit(session, row.id or 0, version=1, kind="birth", recipient="林小荷", goods="礼盒", **WRITE)

    assert (row.kind, row.recipient, row.goods, row.version) == ("birth", "林小荷", "礼盒", 2)
    log = "".join(change.model_dump_json() for change in session.exec(select(Change)))
    assert [word for word in ("林小", "wedding", "birth", "喜糖", "礼盒") if word in log] == []


def test_sum_of_a_booked_visit_stays_and_its_name_may_be_corrected(session: Session) -> None:
    row = wait(session)
    care_posting.post_visits(session, ids(row), booked_on=DAY, **WRITE)

    with pytest.raises(VisitInBooks):
        care.edit_visit(session, row.id or 0, version=row.version, amount_fen=600_00, **WRITE)
    care.edit_visit(session, row.id or 0, version=row.version, recipient="林小雨", **WRITE)

    assert (row.amount_fen, row.recipient) == (500_00, "林小雨")


def test_stale_edit_is_refused_without_telling_what_is_private(session: Session) -> None:
    row = wait(session, recipient="林小雨")
    care.edit_visit(session, row.id or 0, version=1, recipient="林小荷", **WRITE)

    with pytest.raises(StaleSave) as refused:
        care.edit_visit(session, row.id or 0, version=1, recipient="何敏", **WRITE)

    assert [(one.field, one.theirs, one.yours) for one in refused.value.differences] == [("recipient", "***", "***")]


@pytest.mark.parametrize("field", ["goods", "visitors", "reason"])
def test_name_stands_in_no_other_field(session: Session, field: str) -> None:
    with pytest.raises(NameRepeated):
        wait(session, recipient="林小雨", **{field: "看望林小雨"})


def test_reason_for_taking_back_holds_no_name(session: Session) -> None:
    row = wait(session, recipient="林小雨")

    with pytest.raises(NameRepeated):
        care.take_back_visit(session, row.id or 0, booked_on=DAY, reason="林小雨没有收", **WRITE)


def test_sum_over_a_ceiling_needs_a_reason_that_is_kept(session: Session) -> None:
    session.add(CeilingRule(name="住院每次", shape=CeilingShape.PERSON_OCCASION, amount_fen=400_00, kinds=["hospital"]))

    with pytest.raises(OverWithoutReason):
        wait(session)
    session.expunge_all()
    row = wait(session, reason="委员会11月12日同意")

    findings = session.exec(select(CeilingFinding).where(CeilingFinding.care_visit_id == row.id)).all()
    assert [(finding.limit, finding.reason) for finding in findings] == [(400_00, "委员会11月12日同意")]


def test_handout_is_heads_times_value_and_booked_as_one_entry(session: Session) -> None:
    row = plan_handout(session, supplier="区供销超市")

    entry = care_posting.post_handout(session, row.id or 0, booked_on=DAY, **WRITE)

    [view] = handouts.list_handouts(session, first=FIRST, last=LAST)
    assert (entry.amount_fen, entry.purpose, entry.payee) == (5_800_00, "中秋慰问品（58份）", "区供销超市")
    assert (view.total_fen, view.voucher, view.is_open) == (5_800_00, entry.voucher, False)


def test_handout_is_claimed(session: Session) -> None:
    row = plan_handout(session)

    claim = care_posting.claim_handout(session, row.id or 0, year=2026, **STAMP)

    assert (claim.amount_fen, claim.people, row.claim_id) == (5_800_00, 58, claim.id)
    with pytest.raises(HandoutInBooks):
        care_posting.post_handout(session, row.id or 0, booked_on=DAY, **WRITE)


def test_handout_names_the_entry_that_paid_for_it_already(session: Session) -> None:
    first = plan_handout(session)
    entry = care_posting.post_handout(session, first.id or 0, booked_on=DAY, **WRITE)
    second = plan_handout(session, title="中秋水果")

    care_posting.link_handout(session, second.id or 0, voucher=entry.voucher, year=2026, **STAMP)

    assert handouts.find_handout(session, second.id or 0).voucher == entry.voucher
    with pytest.raises(NoSuchEntry):
        care_posting.link_handout(session, plan_handout(session).id or 0, voucher=99, year=2026, **STAMP)


def test_figures_of_a_booked_handout_stay_and_corrected_it_is_open_again(session: Session) -> None:
    row = plan_handout(session)
    entry = care_posting.post_handout(session, row.id or 0, booked_on=DAY, **WRITE)

    with pytest.raises(HandoutInBooks):
        handouts.edit_handout(session, row.id or 0, version=row.version, heads=60, **WRITE)
    care_posting.take_back_entry(session, entry.id or 0, booked_on=DAY, reason="人数记错", **WRITE)
    handouts.edit_handout(session, row.id or 0, version=row.version, heads=60, **WRITE)

    assert handouts.find_handout(session, row.id or 0).total_fen == 6_000_00


def test_signatures_are_counted_up_to_the_heads(session: Session) -> None:
    row = plan_handout(session)

    handouts.set_signed(session, row.id or 0, signed=57, version=row.version, **STAMP)

    assert row.signed == 57
    with pytest.raises(MoreSignedThanHeads):
        handouts.set_signed(session, row.id or 0, signed=59, version=row.version, **STAMP)


def test_handout_is_taken_away_while_it_is_open(session: Session) -> None:
    row = plan_handout(session)

    handouts.remove_handout(session, row.id or 0, **STAMP)

    assert handouts.list_handouts(session, first=FIRST, last=LAST) == []
    with pytest.raises(NoSuchHandout):
        handouts.find_handout(session, row.id or 0)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"title": " "}, HandoutTitleMissing),
        ({"heads": 0}, CountNotPositive),
        ({"unit_fen": 0}, AmountNotPositive),
    ],
)
def test_wrong_handout_is_refused(session: Session, values: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        plan_handout(session, **values)
