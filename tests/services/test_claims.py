"""Claims: from a draft to the filed papers, by three people."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.makers import NOW, make_activity, make_committee, make_plan
from unionboard.errors.activities import ReasonMissing
from unionboard.errors.care import IllnessNamed, PrivateNumberTyped, VisitedNamed
from unionboard.errors.ceilings import OverWithoutReason
from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.claims import (
    AuditPaysNothing,
    ClaimMovedOn,
    GatheredAmountFixed,
    NameUntold,
    NoSuchClaim,
    NoSuchClaimKind,
    NotYoursToApprove,
    NotYoursToPay,
    OneHandUnexplained,
    PaidMoreThanApproved,
    PapersMissing,
    ResolutionMissing,
    RolesNotSeparate,
    StandInUnexplained,
)
from unionboard.errors.closing import PeriodClosed
from unionboard.errors.fund import ItemMissing, PurposeMissing, WrongDirection
from unionboard.errors.money import AmountMissing
from unionboard.errors.saving import StaleSave
from unionboard.models import CareVisit, CeilingFinding, Change, Claim, ClaimState, FundEntry, FundMonth, GiftForm, PaperKind
from unionboard.services import care, claims, fund, fund_papers, unions
from unionboard.services.claim_views import Step, Waiting
from unionboard.services.fund_policy import save_policy
from unionboard.services.roles import Role

TODAY = date(2026, 11, 21)
HANDLER, CHAIR, CASHIER, AUDITOR = "沈一鸣", "陈立群", "顾海平", "严守正"


@pytest.fixture(autouse=True)
def committee(session: Session) -> None:
    """A committee of seven."""
    make_committee(session)


def disband(session: Session) -> None:
    """No committee's list any more."""
    for member in unions.list_members(session):
        member.is_active = False


def without_vice_chair(session: Session) -> None:
    """The vice-chair has left the committee."""
    for member in unions.list_members(session):
        member.is_active = member.name != "何敏"


def draft(session: Session, **fields: Any) -> Claim:
    """1,286.00 yuan for the prizes of a sports day."""
    usual = {"year": 2026, "kind": "contest", "purpose": "趣味运动会奖品", "item": "culture_sports", "amount_fen": 1_286_00}
    fields = {**usual, "handler": HANDLER, **fields}
    return claims.save_claim(session, None, version=0, who=HANDLER, now_utc=NOW, **fields)


def submit(session: Session, claim: Claim, **values: Any) -> Claim:
    claims.submit_claim(session, claim.id or 0, **{"version": claim.version, "who": HANDLER, "now_utc": NOW, "today": TODAY, **values})
    return claim


def approve(session: Session, claim: Claim, **values: Any) -> Claim:
    return claims.approve_claim(session, claim.id or 0, **{"version": claim.version, "who": CHAIR, "now_utc": NOW, **values})


def pay(session: Session, claim: Claim, **values: Any) -> FundEntry:
    usual = {"version": claim.version, "who": CASHIER, "now_utc": NOW, "today": TODAY, "paid_on": date(2026, 11, 20)}
    return claims.pay_claim(session, claim.id or 0, **{**usual, **values})


def file(session: Session, claim: Claim, **values: Any) -> Claim:
    return claims.file_claim(session, claim.id or 0, **{"version": claim.version, "who": HANDLER, "now_utc": NOW, **values})


def approved(session: Session, **fields: Any) -> Claim:
    return approve(session, submit(session, draft(session, **fields)))


def paid(session: Session, **fields: Any) -> Claim:
    claim = approved(session, **fields)
    pay(session, claim)
    return claim


def test_claim_goes_from_draft_to_filed_by_three_people(session: Session) -> None:
    claim = paid(session)
    for kind in fund_papers.wanted_kinds("contest"):
        fund_papers.note_paper(session, kind=kind, claim_id=claim.id, seen_by=HANDLER, who=HANDLER, now_utc=NOW)

    file(session, claim)

    assert (claim.state, claim.handler, claim.approver, claim.cashier, claim.filed_by, claim.paid_on) == (
        ClaimState.FILED,
        HANDLER,
        CHAIR,
        CASHIER,
        HANDLER,
        date(2026, 11, 20),
    )
    log = session.exec(select(Change).where(Change.noun == "claim").order_by(col(Change.id)))
    assert [(change.who, (change.after or {})["state"]) for change in log] == [
        (HANDLER, "draft"),
        (HANDLER, "submitted"),
        (CHAIR, "approved"),
        (CASHIER, "paid"),
        (HANDLER, "filed"),
    ]


# drafts


def test_draft_may_lack_all_but_its_year(session: Session) -> None:
    claim = claims.save_claim(session, None, version=0, who=HANDLER, now_utc=NOW, year=2026)

    assert (claim.state, claim.amount_fen, claim.purpose) == (ClaimState.DRAFT, 0, "")


def test_draft_is_changed(session: Session) -> None:
    claim = draft(session)

    claims.save_claim(session, claim.id, version=1, who=HANDLER, now_utc=NOW, amount_fen=900_00, people=30)

    assert (claim.amount_fen, claim.people, claim.purpose, claim.version) == (900_00, 30, "趣味运动会奖品", 2)


def test_stale_draft_is_refused_with_both_values(session: Session) -> None:
    claim = draft(session)
    claims.save_claim(session, claim.id, version=1, who=HANDLER, now_utc=NOW, amount_fen=900_00)

    with pytest.raises(StaleSave) as refused:
        claims.save_claim(session, claim.id, version=1, who="吴佳", now_utc=NOW, amount_fen=800_00)

    assert [(one.field, one.theirs, one.yours) for one in refused.value.differences] == [("amount_fen", 900_00, 800_00)]


def test_submitted_claim_is_no_draft_any_more(session: Session) -> None:
    claim = submit(session, draft(session))

    with pytest.raises(ClaimMovedOn):
        claims.save_claim(session, claim.id, version=claim.version, who=HANDLER, now_utc=NOW, amount_fen=900_00)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"kind": "ktv"}, NoSuchClaimKind),
        ({"item": "dues"}, WrongDirection),
        ({"payee": "李某 6222 0212 3456 7890 123"}, PrivateNumberTyped),
        ({"handler": AUDITOR}, AuditPaysNothing),
        ({"purpose": "慰问李建国老师住院"}, VisitedNamed),
    ],
)
def test_draft_with_a_wrong_field_is_refused(session: Session, fields: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        draft(session, **fields)


def test_field_that_is_none_of_a_claim_is_a_mistake_of_the_caller(session: Session) -> None:
    with pytest.raises(TypeError):
        draft(session, state="paid")


def test_purpose_of_a_care_claim_names_nobody(session: Session) -> None:
    claim = draft(session, kind="care", purpose="慰问住院的林小雨", payee="林小雨", people=2)

    assert (claim.purpose, claim.payee) == ("走访慰问（2人次）", "")


def test_claim_that_turns_out_to_be_about_a_person_forgets_the_payee(session: Session) -> None:
    claim = draft(session, kind="other", payee="林小雨")

    claims.save_claim(session, claim.id, version=1, who=HANDLER, now_utc=NOW, kind="hardship")

    assert (claim.purpose, claim.payee) == ("困难帮扶", "")


@pytest.mark.parametrize("field", ["note", "over_reason"])
def test_care_claim_names_no_illness(session: Session, field: str) -> None:
    with pytest.raises(IllnessNamed):
        draft(session, kind="care", people=1, **{field: "癌症化疗"})


# handing in


@pytest.mark.parametrize(
    ("lacking", "refusal"), [({"purpose": ""}, PurposeMissing), ({"amount_fen": 0}, AmountMissing), ({"item": ""}, ItemMissing)]
)
def test_half_a_claim_is_not_handed_in(session: Session, lacking: dict[str, Any], refusal: type[Exception]) -> None:
    claim = draft(session, **lacking)

    with pytest.raises(refusal):
        submit(session, claim)


def test_whoever_hands_in_is_the_handler_where_none_is_named(session: Session) -> None:
    claim = submit(session, draft(session, handler=""), who="吴佳")

    assert claim.handler == "吴佳"


def test_claim_of_nobody_is_not_handed_in(session: Session) -> None:
    claim = draft(session, handler="")

    with pytest.raises(NameUntold):
        submit(session, claim, who="chair")


def test_audit_committee_hands_nothing_in(session: Session) -> None:
    claim = draft(session)

    with pytest.raises(AuditPaysNothing):
        submit(session, claim, who=AUDITOR)


def test_claim_over_the_budget_needs_a_reason_which_is_kept(session: Session) -> None:
    fund.set_budget(session, year=2026, item="culture_sports", amount_fen=1_000_00, who="chair", now_utc=NOW)
    claim = draft(session)

    with pytest.raises(OverWithoutReason):
        submit(session, claim)
    submit(session, claim, over_reason="运动会扩大到退休教师")

    finding = session.exec(select(CeilingFinding)).one()
    assert (claim.over_reason, finding.reason, finding.claim_id) == ("运动会扩大到退休教师", "运动会扩大到退休教师", claim.id)


def test_paying_does_not_judge_a_second_time(session: Session) -> None:
    fund.set_budget(session, year=2026, item="culture_sports", amount_fen=1_000_00, who="chair", now_utc=NOW)
    claim = submit(session, draft(session), over_reason="人数增加")
    approve(session, claim)

    pay(session, claim)

    assert len(session.exec(select(CeilingFinding)).all()) == 1


# approving


def test_handler_does_not_approve(session: Session) -> None:
    claim = submit(session, draft(session, handler=CHAIR))

    with pytest.raises(RolesNotSeparate):
        approve(session, claim)
    assert approve(session, claim, who="何敏").state is ClaimState.APPROVED


def test_member_does_not_approve(session: Session) -> None:
    claim = submit(session, draft(session))

    with pytest.raises(NotYoursToApprove):
        approve(session, claim, who="吴佳")


def test_chairs_own_claim_without_a_vice_chair_is_approved_by_a_member_with_a_reason_in_the_books(session: Session) -> None:
    without_vice_chair(session)
    claim = submit(session, draft(session, handler=CHAIR))
    assert claims.list_waiting(session, 2026)[0].names == (HANDLER, "吴佳")
    assert [len(claims.list_waiting_for(session, 2026, name)) for name in (HANDLER, CHAIR, CASHIER, AUDITOR)] == [1, 0, 0, 0]

    with pytest.raises(StandInUnexplained):
        approve(session, claim, who=HANDLER)
    approve(session, claim, who=HANDLER, one_hand="主席本人经手，没有副主席")
    entry = pay(session, claim)

    assert (entry.handler, entry.approver, entry.cashier, entry.one_hand) == (CHAIR, HANDLER, CASHIER, "主席本人经手，没有副主席")


def test_chair_without_a_vice_chair_does_not_approve_the_own_claim(session: Session) -> None:
    without_vice_chair(session)
    claim = submit(session, draft(session, handler=CHAIR))

    with pytest.raises(RolesNotSeparate):
        approve(session, claim, who=CHAIR, one_hand="没有副主席")


def test_nobody_does_not_approve(session: Session) -> None:
    claim = submit(session, draft(session))

    with pytest.raises(NameUntold):
        approve(session, claim, who="")


def test_approval_of_what_was_changed_meanwhile_is_refused(session: Session) -> None:
    claim = submit(session, draft(session))
    seen = claim.version
    claims.return_claim(session, claim.id or 0, version=seen, reason="金额写错", who="何敏", now_utc=NOW)
    claims.save_claim(session, claim.id, version=claim.version, who=HANDLER, now_utc=NOW, amount_fen=9_000_00)
    submit(session, claim)

    with pytest.raises(ClaimMovedOn):
        approve(session, claim, version=seen)


def test_second_approval_is_refused(session: Session) -> None:
    claim = approved(session)

    with pytest.raises(ClaimMovedOn):
        approve(session, claim)


@pytest.mark.parametrize(("amount_fen", "refused"), [(4_999_99, False), (5_000_00, True), (5_000_01, True)])
def test_from_the_threshold_on_a_resolution_is_needed(session: Session, amount_fen: int, refused: bool) -> None:
    save_policy(session, resolution_above_fen=5_000_00, version=0, who=CHAIR, now_utc=NOW)
    claim = submit(session, draft(session, amount_fen=amount_fen))

    if refused:
        with pytest.raises(ResolutionMissing):
            approve(session, claim)
        approve(session, claim, resolution="11月18日委员会第6次会议")
    else:
        approve(session, claim)

    assert claim.resolution == ("11月18日委员会第6次会议" if refused else "")


def test_resolution_belongs_to_the_papers_of_a_large_claim(session: Session) -> None:
    save_policy(session, resolution_above_fen=1_000_00, version=0, who=CHAIR, now_utc=NOW)
    claim = draft(session, kind="other")

    assert claims.find_claim(session, claim.id or 0).missing == (PaperKind.INVOICE, PaperKind.RESOLUTION)


# returning and withdrawing


def test_returned_claim_is_a_draft_with_the_reason(session: Session) -> None:
    claim = approved(session)

    claims.return_claim(session, claim.id or 0, version=claim.version, reason="发票抬头不对", who=CASHIER, now_utc=NOW)

    assert (claim.state, claim.approver, claim.approved_at_utc, claim.returned_by, claim.returned_reason) == (
        ClaimState.DRAFT,
        "",
        None,
        CASHIER,
        "发票抬头不对",
    )


def test_reason_of_a_return_goes_when_the_claim_is_handed_in_again(session: Session) -> None:
    claim = submit(session, draft(session))
    claims.return_claim(session, claim.id or 0, version=claim.version, reason="少了名单", who=CHAIR, now_utc=NOW)

    submit(session, claim)

    assert (claim.state, claim.returned_by, claim.returned_reason) == (ClaimState.SUBMITTED, "", "")


@pytest.mark.parametrize("act", [claims.return_claim, claims.withdraw_claim])
def test_giving_back_needs_a_reason(session: Session, act: Any) -> None:
    claim = submit(session, draft(session))

    with pytest.raises(ReasonMissing):
        act(session, claim.id, version=claim.version, reason=" ", who=CHAIR, now_utc=NOW)


def test_withdrawn_claim_stays_on_record(session: Session) -> None:
    claim = submit(session, draft(session))

    claims.withdraw_claim(session, claim.id or 0, version=claim.version, reason="活动取消", who=HANDLER, now_utc=NOW)

    assert (claim.state, claim.returned_reason) == (ClaimState.WITHDRAWN, "活动取消")


def test_paid_claim_is_not_withdrawn(session: Session) -> None:
    claim = paid(session)

    with pytest.raises(ClaimMovedOn):
        claims.withdraw_claim(session, claim.id or 0, version=claim.version, reason="记重了", who=CHAIR, now_utc=NOW)


# paying


def test_paying_books_the_entry_with_all_three_names(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan)
    claim = approved(session, payee="青松文具店", activity_id=activity.id)

    entry = pay(session, claim)

    assert (entry.booked_on, entry.item, entry.amount_fen, entry.purpose, entry.payee) == (
        date(2026, 11, 20),
        "culture_sports",
        1_286_00,
        "趣味运动会奖品",
        "青松文具店",
    )
    assert (entry.handler, entry.approver, entry.cashier, entry.one_hand, entry.claim_id, entry.activity_id) == (
        HANDLER,
        CHAIR,
        CASHIER,
        "",
        claim.id,
        activity.id,
    )


@pytest.mark.parametrize(
    ("who", "refusal"), [(CHAIR, NotYoursToPay), ("吴佳", NotYoursToPay), (AUDITOR, AuditPaysNothing), ("", NameUntold)]
)
def test_only_treasurer_and_cashier_pay(session: Session, who: str, refusal: type[Exception]) -> None:
    claim = approved(session)

    with pytest.raises(refusal):
        pay(session, claim, who=who)


def test_handler_does_not_pay(session: Session) -> None:
    claim = approved(session, handler=CASHIER)

    with pytest.raises(RolesNotSeparate):
        pay(session, claim)
    pay(session, claim, who="罗文静")


def test_less_may_be_paid_than_approved(session: Session) -> None:
    claim = approved(session)

    entry = pay(session, claim, amount_fen=1_200_00)

    assert (entry.amount_fen, claim.amount_fen) == (1_200_00, 1_200_00)


def test_more_is_not_paid_than_approved(session: Session) -> None:
    claim = approved(session)

    with pytest.raises(PaidMoreThanApproved):
        pay(session, claim, amount_fen=1_286_01)


def test_claim_is_not_paid_in_the_future(session: Session) -> None:
    claim = approved(session)

    with pytest.raises(DateInFuture):
        pay(session, claim, paid_on=date(2026, 11, 22))
    assert claim.state is ClaimState.APPROVED


def test_claim_is_not_paid_in_a_closed_month(session: Session) -> None:
    claim = approved(session)
    session.add(FundMonth(year=2026, month=11, closed_at_utc=NOW, closed_by=CHAIR, closing_fen=0))
    session.flush()

    with pytest.raises(PeriodClosed):
        pay(session, claim)
    assert claim.state is ClaimState.APPROVED


def test_claim_paid_after_new_year_belongs_to_the_new_book(session: Session) -> None:
    claim = approved(session)

    entry = pay(session, claim, paid_on=date(2027, 1, 5), today=date(2027, 1, 5))

    assert (claim.year, entry.year, entry.voucher) == (2027, 2027, 1)


def test_claim_of_an_entry_that_is_taken_back_is_reversed(session: Session) -> None:
    claim = paid(session)
    entry_id = claims.find_claim(session, claim.id or 0).entry_id or 0

    fund.reverse_entry(session, entry_id, booked_on=TODAY, reason="重复付款", today=TODAY, who=CASHIER, now_utc=NOW)

    assert claim.state is ClaimState.REVERSED


# a tiny committee


def test_one_person_alone_pays_with_a_reason_that_stands_in_the_books(session: Session) -> None:
    disband(session)
    claim = submit(session, draft(session, handler="王一"), who="王一")

    with pytest.raises(OneHandUnexplained):
        approve(session, claim, who="王一")
    approve(session, claim, who="王一", one_hand="全会只有一名委员")
    with pytest.raises(OneHandUnexplained):
        pay(session, claim, who="王一")
    entry = pay(session, claim, who="王一", one_hand="全会只有一名委员")

    assert (entry.handler, entry.approver, entry.cashier, entry.one_hand) == ("王一", "王一", "王一", "全会只有一名委员")


def test_tiny_committee_with_three_hands_bears_no_mark(session: Session) -> None:
    disband(session)
    claim = submit(session, draft(session, handler="王一"), who="王一")
    approve(session, claim, who="王二")

    assert pay(session, claim, who="王三").one_hand == ""


def test_audit_committee_pays_nothing_in_a_tiny_committee_either(session: Session) -> None:
    disband(session)
    make_committee(session, 王一="主席", 王二="经审委员")
    claim = submit(session, draft(session, handler="王一"), who="王一")
    approve(session, claim, who="王一", one_hand="只有一名委员")

    with pytest.raises(AuditPaysNothing):
        pay(session, claim, who="王二", one_hand="只有一名委员")


# filing


def test_claim_is_not_filed_without_its_papers(session: Session) -> None:
    claim = paid(session, kind="other")

    with pytest.raises(PapersMissing) as refused:
        file(session, claim)
    assert refused.value.facts == {"n": 1}


def test_claim_is_filed_without_papers_for_a_reason(session: Session) -> None:
    claim = paid(session, kind="other", note="分两次送货")

    file(session, claim, reason="商户停业，收据代替")

    assert (claim.state, claim.note) == (ClaimState.FILED, "分两次送货；商户停业，收据代替")


# copies, gathered visits, lists


def test_copy_is_a_new_draft_without_names_and_papers(session: Session) -> None:
    claim = paid(session, form=GiftForm.GOODS, winners=12)

    copy = claims.copy_claim(session, claim.id or 0, year=2026, who="吴佳", now_utc=NOW)

    assert (copy.state, copy.purpose, copy.amount_fen, copy.winners, copy.handler, copy.approver, copy.paid_on) == (
        ClaimState.DRAFT,
        "趣味运动会奖品",
        1_286_00,
        12,
        "",
        "",
        None,
    )
    assert claims.find_claim(session, copy.id or 0).paper_count == 0


def unposted_visit(session: Session, **values: Any) -> CareVisit:
    facts = {"kind": "hospital", "visited_on": date(2026, 11, 18), "amount_fen": 500_00, "recipient": "林小雨", **values}
    return care.record_visit(session, today=TODAY, who=HANDLER, now_utc=NOW, post=False, **facts)


def gather(session: Session, *visits: CareVisit) -> Claim:
    ids = tuple(visit.id or 0 for visit in visits)
    return claims.gather_claim(session, year=2026, visit_ids=ids, handler=HANDLER, who=HANDLER, now_utc=NOW)


def test_visits_gathered_in_a_claim_are_posted_when_it_is_paid(session: Session) -> None:
    visits = [unposted_visit(session), unposted_visit(session, amount_fen=300_00)]
    claim = gather(session, *visits)
    assert (claim.amount_fen, claim.people, claim.purpose, claim.kind) == (800_00, 2, "走访慰问（2人次）", "care")

    approve(session, submit(session, claim))
    entry = pay(session, claim)

    assert [visit.fund_entry_id for visit in visits] == [entry.id, entry.id]


def test_sum_of_gathered_visits_is_fixed(session: Session) -> None:
    claim = gather(session, unposted_visit(session))

    with pytest.raises(GatheredAmountFixed):
        claims.save_claim(session, claim.id, version=claim.version, who=HANDLER, now_utc=NOW, amount_fen=600_00)


def test_visit_is_gathered_once(session: Session) -> None:
    visit = unposted_visit(session)
    gather(session, visit)

    with pytest.raises(AmountMissing):
        gather(session, visit)


def test_visit_of_a_withdrawn_claim_is_gathered_again(session: Session) -> None:
    visit = unposted_visit(session)
    first = gather(session, visit)
    claims.withdraw_claim(session, first.id or 0, version=first.version, reason="换人经办", who=HANDLER, now_utc=NOW)

    assert gather(session, visit).id == visit.claim_id


def test_claims_are_listed_newest_first_with_voucher_and_missing_papers(session: Session) -> None:
    first, second = paid(session, kind="other"), draft(session, kind="insurance")

    views = claims.list_claims(session, 2026)

    assert [(view.id, view.voucher, view.missing, view.step) for view in views] == [
        (second.id, None, (PaperKind.DETAIL_LIST, PaperKind.RECEIPT), Step.SUBMIT),
        (first.id, 1, (PaperKind.INVOICE,), Step.FILE),
    ]
    assert claims.list_claims(session, 2026, states=[ClaimState.DRAFT]) == views[:1]
    assert claims.list_claims(session, 2025) == []


def test_unknown_claim_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchClaim):
        claims.find_claim(session, 99)


def test_what_waits_is_told_by_step_and_names(session: Session) -> None:
    draft(session)
    submit(session, draft(session, handler=CHAIR, amount_fen=200_00))
    submit(session, draft(session, amount_fen=300_00))
    approved(session, amount_fen=400_00)
    paid(session, amount_fen=500_00)

    day = date(2026, 11, 21)
    assert claims.list_waiting(session, 2026) == [
        Waiting(Step.SUBMIT, Role.COMMITTEE, (HANDLER,), 1, 1_286_00, day),
        Waiting(Step.APPROVE, Role.CHAIR, (CHAIR, "何敏"), 2, 500_00, day),
        Waiting(Step.PAY, Role.CASHIER, (CASHIER,), 1, 400_00, day),
        Waiting(Step.FILE, Role.COMMITTEE, (HANDLER,), 1, 500_00, date(2026, 11, 20)),
    ]


@pytest.mark.parametrize(
    ("name", "amounts_fen"),
    [(HANDLER, [500_00, 100_00]), (CHAIR, [300_00]), ("何敏", [200_00, 300_00]), (CASHIER, [500_00, 400_00]), (AUDITOR, []), ("", [])],
)
def test_what_waits_for_one_person(session: Session, name: str, amounts_fen: list[int]) -> None:
    draft(session, amount_fen=100_00)
    submit(session, draft(session, handler=CHAIR, amount_fen=200_00))
    submit(session, draft(session, amount_fen=300_00))
    approved(session, amount_fen=400_00)
    paid(session, amount_fen=500_00)

    assert [view.amount_fen for view in claims.list_waiting_for(session, 2026, name)] == amounts_fen


def test_claim_of_last_year_goes_on_waiting_in_the_new_one(session: Session) -> None:
    claim = submit(session, draft(session))
    draft(session, year=2027, handler="吴佳")

    assert [view.id for view in claims.list_waiting_for(session, 2027, CHAIR)] == [claim.id]
    assert [(one.step, one.count) for one in claims.list_waiting(session, 2027)] == [(Step.SUBMIT, 1), (Step.APPROVE, 1)]
    assert [(one.step, one.count) for one in claims.list_waiting(session, 2026)] == [(Step.APPROVE, 1)]


def test_what_is_on_its_way_is_summed_by_item(session: Session) -> None:
    draft(session)
    submit(session, draft(session, amount_fen=200_00))
    approved(session, amount_fen=400_00)
    approved(session, amount_fen=50_00, item="publicity")
    paid(session, amount_fen=500_00)

    assert claims.sum_open(session, 2026) == {"culture_sports": (200_00, 400_00), "publicity": (0, 50_00)}


def test_turns_of_a_claim_tell_who_did_what_and_why(session: Session) -> None:
    claim = submit(session, draft(session))
    claims.return_claim(session, claim.id or 0, version=claim.version, reason="少了名单", who="何敏", now_utc=NOW)
    claims.save_claim(session, claim.id, version=claim.version, who=HANDLER, now_utc=NOW, amount_fen=900_00, note="附名单")
    approve(session, submit(session, claim))
    pay(session, claim, amount_fen=880_00)

    assert [(turn.who, turn.state, turn.reason, turn.before_fen, turn.after_fen) for turn in claims.list_turns(session, claim.id or 0)] == [
        (HANDLER, ClaimState.DRAFT, "", None, None),
        (HANDLER, ClaimState.SUBMITTED, "", None, None),
        ("何敏", ClaimState.DRAFT, "少了名单", None, None),
        (HANDLER, ClaimState.DRAFT, "", 1_286_00, 900_00),
        (HANDLER, ClaimState.SUBMITTED, "", None, None),
        (CHAIR, ClaimState.APPROVED, "", None, None),
        (CASHIER, ClaimState.PAID, "", 900_00, 880_00),
    ]
