"""Who may do what with the fund, read from the duties in the committee's list."""

import pytest
from sqlmodel import Session

from tests.makers import make_committee
from unionboard.errors.claims import (
    AuditPaysNothing,
    NameUntold,
    NotYoursToApprove,
    NotYoursToPay,
    OneHandUnexplained,
    RolesNotSeparate,
    StandInUnexplained,
)
from unionboard.services.roles import (
    Committee,
    Role,
    check_approver,
    check_named,
    check_payer,
    check_separate,
    is_same_person,
    read_committee,
    roles_in,
)


@pytest.mark.parametrize(
    ("duty", "roles"),
    [
        ("主席", {Role.CHAIR}),
        ("校工会主席", {Role.CHAIR}),
        ("副主席", {Role.VICE_CHAIR}),
        ("副主席兼财务委员", {Role.VICE_CHAIR, Role.TREASURER}),
        ("会计", {Role.TREASURER}),
        ("出纳员", {Role.CASHIER}),
        ("经审委员会主任", {Role.AUDIT}),
        ("经费审查委员会主席", {Role.AUDIT}),
        ("文体委员", {Role.COMMITTEE}),
        ("女工委主席", {Role.COMMITTEE}),
        ("主席团成员", {Role.COMMITTEE}),
        ("", {Role.COMMITTEE}),
        ("Chair", {Role.CHAIR}),
        ("Vice-chair", {Role.VICE_CHAIR}),
        ("Treasurer and cashier", {Role.TREASURER, Role.CASHIER}),
        ("Audit committee chair", {Role.AUDIT}),
    ],
)
def test_roles_of_a_duty(duty: str, roles: set[Role]) -> None:
    assert roles_in(duty) == roles


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("何　敏", "何敏", True),
        ("Anna", " anna ", True),
        ("Ａｎｎａ", "Anna", True),
        ("陳立羣", "陈立群", True),
        ("买买提·艾力", "买买提•艾力", True),
        ("何\u200b敏", "何敏", True),
        ("何敏", "何 敏华", False),
        ("", "", False),
        ("·", "\u200b", False),
    ],
)
def test_names_are_one_persons_whatever_their_spaces(first: str, second: str, same: bool) -> None:
    assert is_same_person(first, second) is same


def test_committee_names_approvers_and_payers(session: Session) -> None:
    make_committee(session)

    committee = read_committee(session)

    assert (committee.approvers, committee.payers) == (("陈立群", "何敏"), ("罗文静", "顾海平"))
    assert committee.roles_of("何　敏") == {Role.VICE_CHAIR}
    assert committee.roles_of("路过的人") == {Role.COMMITTEE}


def test_committee_is_tiny_with_two_besides_the_audit_committee(session: Session) -> None:
    make_committee(session, 甲="主席", 乙="委员", 丙="经审委员", 丁="经审委员")

    assert read_committee(session).is_tiny


def test_committee_of_three_besides_the_audit_committee_is_not_tiny(session: Session) -> None:
    make_committee(session, 甲="主席", 乙="委员", 丙="委员", 丁="经审委员")

    assert not read_committee(session).is_tiny


def test_without_a_list_the_committee_is_tiny_and_names_nobody(session: Session) -> None:
    committee = read_committee(session)

    assert (committee.is_tiny, committee.approvers, committee.payers) == (True, (), ())


@pytest.mark.parametrize("name", ["", "  ", "chair"])
def test_whoever_acts_is_named(name: str) -> None:
    with pytest.raises(NameUntold):
        check_named(name)


def test_where_there_is_a_chair_nobody_else_approves(session: Session) -> None:
    make_committee(session)
    committee = read_committee(session)

    check_approver(committee, "何敏")
    with pytest.raises(NotYoursToApprove) as refused:
        check_approver(committee, "沈一鸣")
    assert refused.value.facts == {"name": "沈一鸣", "names": "陈立群、何敏"}


def test_where_nobody_is_named_chair_anybody_approves(session: Session) -> None:
    make_committee(session, 甲="委员", 乙="委员", 丙="委员")

    check_approver(read_committee(session), "乙")


def test_chairs_own_claim_is_approved_by_the_vice_chair_without_a_reason(session: Session) -> None:
    make_committee(session)
    committee = read_committee(session)

    check_approver(committee, "何敏", handler="陈立群")
    assert committee.stand_ins("陈立群") == ()


def test_without_a_vice_chair_another_member_approves_the_chairs_claim_with_a_reason(session: Session) -> None:
    make_committee(session, 甲="主席", 乙="文体委员", 丙="财务委员", 丁="出纳", 戊="经审委员")
    committee = read_committee(session)

    check_approver(committee, "乙", handler="甲", one_hand="主席本人报销，无副主席")
    with pytest.raises(StandInUnexplained) as refused:
        check_approver(committee, "乙", handler="甲")
    assert refused.value.facts == {"name": "乙"}


@pytest.mark.parametrize(("name", "refusal"), [("丙", NotYoursToApprove), ("戊", AuditPaysNothing), ("外人", NotYoursToApprove)])
def test_neither_payer_nor_auditor_nor_stranger_stands_in_for_the_chair(session: Session, name: str, refusal: type[Exception]) -> None:
    make_committee(session, 甲="主席", 乙="文体委员", 丙="财务委员", 丁="出纳", 戊="经审委员")

    with pytest.raises(refusal):
        check_approver(read_committee(session), name, handler="甲", one_hand="主席本人报销")


def test_of_two_payers_one_may_stand_in_for_the_chair_where_nobody_else_is(session: Session) -> None:
    make_committee(session, 甲="主席", 丙="财务委员", 丁="出纳")

    assert read_committee(session).stand_ins("甲") == ("丙", "丁")


def test_nobody_stands_in_while_the_claim_is_anothers_or_the_committee_tiny(session: Session) -> None:
    make_committee(session, 甲="主席", 乙="文体委员", 丙="财务委员")
    large = read_committee(session)
    tiny = Committee(large.officers[:2])

    assert (large.stand_ins("乙"), large.stand_ins(""), tiny.stand_ins("甲")) == ((), (), ())


@pytest.mark.parametrize("check", [check_approver, check_payer])
def test_audit_committee_neither_approves_nor_pays(session: Session, check: object) -> None:
    make_committee(session)

    with pytest.raises(AuditPaysNothing):
        check(read_committee(session), "严守正")  # type: ignore[operator]


def test_where_there_is_a_treasurer_nobody_else_pays(session: Session) -> None:
    make_committee(session)

    with pytest.raises(NotYoursToPay):
        check_payer(read_committee(session), "吴佳", one_hand="出纳出差")


def test_in_a_tiny_committee_another_may_pay_with_a_reason(session: Session) -> None:
    make_committee(session, 甲="主席", 乙="会计")
    committee = read_committee(session)

    with pytest.raises(OneHandUnexplained):
        check_payer(committee, "甲")
    check_payer(committee, "甲", one_hand="会计休产假")


def test_one_person_has_one_part(session: Session) -> None:
    make_committee(session)

    with pytest.raises(RolesNotSeparate):
        check_separate(read_committee(session), "何　敏", ["何敏"], one_hand="忙不过来")


def test_in_a_tiny_committee_one_person_may_have_two_parts_with_a_reason(session: Session) -> None:
    committee = read_committee(session)

    with pytest.raises(OneHandUnexplained):
        check_separate(committee, "甲", ["甲"])
    check_separate(committee, "甲", ["甲"], one_hand="全会只有两人")
