"""Whose part is what in the fund's flow: by the duties in the committee's list, and for whoever has an account by the account's roles.

Source: domain notes C6 (handler, approver and cashier differ; the audit committee holds no finance post).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlmodel import Session, col, select

from unionboard.config import COMMAND_LINE, LOCAL_USER
from unionboard.errors.claims import (
    AuditPaysNothing,
    NameUntold,
    NotYoursToApprove,
    NotYoursToPay,
    OneHandUnexplained,
    RolesNotSeparate,
    StandInUnexplained,
)
from unionboard.models import Account, AccountRole
from unionboard.reading.characters import simplify
from unionboard.reference import fund_roles, no_role_words
from unionboard.services.unions import list_members

TINY = 3
"""With fewer people than this besides the audit committee one of them may hold two parts, with a reason."""


class Role(StrEnum):
    """Codes of reference fund_roles; COMMITTEE is everybody else."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    TREASURER = "treasurer"
    CASHIER = "cashier"
    AUDIT = "audit"
    COMMITTEE = "committee"


APPROVERS = (Role.CHAIR, Role.VICE_CHAIR)
PAYERS = (Role.TREASURER, Role.CASHIER)


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody on the committee's list or with an account, with the roles these name (at least COMMITTEE)."""

    name: str
    duty: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Committee:
    """The active members of the committee's list, in their order, then others with an account; empty when there is neither."""

    officers: tuple[Officer, ...]

    @property
    def is_tiny(self) -> bool:
        """Too few people for three parts in three hands, or no list that would tell."""
        return sum(Role.AUDIT not in officer.roles for officer in self.officers) < TINY

    def roles_of(self, name: str) -> frozenset[Role]:
        """The roles of a person by name; whoever is not on the list has none but COMMITTEE."""
        roles = [officer.roles for officer in self.officers if is_same_person(officer.name, name)]
        return frozenset[Role]().union(*roles) if roles else frozenset({Role.COMMITTEE})

    def holders(self, *roles: Role) -> tuple[str, ...]:
        """Names of those who hold one of ``roles``, in the list's order."""
        return tuple(officer.name for officer in self.officers if officer.roles & frozenset(roles))

    @property
    def approvers(self) -> tuple[str, ...]:
        """Whom the list names to approve; empty: anybody (the list names no chair)."""
        return self.holders(*APPROVERS)

    @property
    def payers(self) -> tuple[str, ...]:
        """Whom the list names to pay; empty: anybody."""
        return self.holders(*PAYERS)

    def stand_ins(self, handler: str) -> tuple[str, ...]:
        """Who may approve, with a reason, what the only approver handles: whoever else neither pays nor audits; where nobody is left, one
        of two payers, for the other can pay. Empty while another may approve, and in a tiny committee, where one hand does.
        """
        if self.is_tiny or not self.approvers or any(not is_same_person(name, handler) for name in self.approvers):
            return ()
        others = [one for one in self.officers if Role.AUDIT not in one.roles and not is_same_person(one.name, handler)]
        free = tuple(one.name for one in others if not one.roles & frozenset(PAYERS))
        return free or tuple(one.name for one in others if len(others) > 1)


def read_committee(session: Session) -> Committee:
    """The committee as its list stands now, with those who have an account but no place on the list. Two queries."""
    accounts = session.exec(select(Account).where(col(Account.is_active)).order_by(col(Account.id))).all()
    listed = tuple(Officer(member.name, member.duty, roles_in(member.duty)) for member in list_members(session))
    names = [officer.name for officer in listed]
    others = (one for one in accounts if not is_among(one.name, names) and set(one.roles) - {AccountRole.VIEWER.value})
    unlisted = (Officer(account.name, "", frozenset({Role.COMMITTEE})) for account in others)
    return Committee(tuple(_with_account(officer, accounts) for officer in (*listed, *unlisted)))


def _with_account(officer: Officer, accounts: Iterable[Account]) -> Officer:
    """An account's roles decide; which of two equal parts it is (chair or vice-chair, treasurer or cashier) the duty still says."""
    account = next((one for one in accounts if is_same_person(one.name, officer.name)), None)
    if account is None:
        return officer
    if AccountRole.AUDIT.value in account.roles:
        return replace(officer, roles=frozenset({Role.AUDIT}))
    roles: frozenset[Role] = frozenset()
    if AccountRole.CHAIR.value in account.roles:
        roles |= officer.roles & frozenset(APPROVERS) or {Role.CHAIR}
    if AccountRole.TREASURER.value in account.roles:
        roles |= officer.roles & frozenset(PAYERS) or {Role.TREASURER}
    return replace(officer, roles=roles or frozenset({Role.COMMITTEE}))


def roles_in(duty: str) -> frozenset[Role]:
    """The roles a duty names: 副主席兼财务委员 is vice-chair and treasurer, 文体委员 just of the committee; the audit committee's outweigh
    all others."""
    words = dict.fromkeys(no_role_words()) | {word: Role(role.code) for role in fund_roles() for word in role.words}
    found = re.findall("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), duty.casefold())
    roles = frozenset(role for word in found if (role := words[word]) is not None)
    if Role.AUDIT in roles:
        return frozenset({Role.AUDIT})
    return roles or frozenset({Role.COMMITTEE})


def is_same_person(first: str, second: str) -> bool:
    """Whether two typed names are one person's: spaces (何　敏), dots, width, case and Traditional characters do not tell people apart.

    Nobody is nobody else.
    """
    left, right = plain_name(first), plain_name(second)
    return bool(left) and left == right


def check_named(name: str) -> None:
    """Whoever acts is somebody. Raises: NameUntold."""
    if not plain_name(name) or name in (LOCAL_USER, COMMAND_LINE):
        raise NameUntold


def check_not_audit(committee: Committee, name: str) -> None:
    """The audit committee reads. Raises: AuditPaysNothing."""
    if Role.AUDIT in committee.roles_of(name):
        raise AuditPaysNothing(name=name)


def check_approver(committee: Committee, name: str, *, handler: str = "", one_hand: str = "") -> None:
    """Where the list names a chair, only chair and vice-chair approve; what the only one of them handles, another member with a reason.

    Raises: AuditPaysNothing, NotYoursToApprove, StandInUnexplained.
    """
    check_not_audit(committee, name)
    if not committee.approvers or is_among(name, committee.approvers):
        return
    stand_ins = committee.stand_ins(handler)
    if not is_among(name, stand_ins):
        raise NotYoursToApprove(name=name, names="、".join(stand_ins or committee.approvers))
    if not one_hand.strip():
        raise StandInUnexplained(name=name)


def check_payer(committee: Committee, name: str, *, one_hand: str = "") -> None:
    """Where the list names a treasurer or cashier, only they pay; in a tiny committee others may, with a reason.

    Raises: AuditPaysNothing, NotYoursToPay, OneHandUnexplained.
    """
    check_not_audit(committee, name)
    if not committee.payers or is_among(name, committee.payers):
        return
    if not committee.is_tiny:
        raise NotYoursToPay(name=name, names="、".join(committee.payers))
    if not one_hand.strip():
        raise OneHandUnexplained(name=name)


def check_separate(committee: Committee, name: str, others: Sequence[str], *, one_hand: str = "") -> None:
    """``name`` has none of the parts that ``others`` have already; in a tiny committee it may, with a reason.

    Raises: RolesNotSeparate, OneHandUnexplained.
    """
    if not is_among(name, others):
        return
    if not committee.is_tiny:
        raise RolesNotSeparate(name=name)
    if not one_hand.strip():
        raise OneHandUnexplained(name=name)


def explain_hand(check: Callable[[str], None], one_hand: str) -> str:
    """``one_hand`` where ``check`` asks for a reason, else nothing: only what was in one hand is marked. Raises: what ``check`` raises."""
    try:
        check("")
    except OneHandUnexplained:
        check(one_hand)
        return one_hand
    return ""


def is_among(name: str, others: Sequence[str]) -> bool:
    """Whether ``name`` is one of ``others``, as ``is_same_person`` tells."""
    return any(is_same_person(name, other) for other in others)


def plain_name(name: str) -> str:
    """What of a name tells people apart; empty when it has neither letter nor digit."""
    letters = (letter for letter in simplify(unicodedata.normalize("NFKC", name)) if letter.isalnum())
    return "".join(letters).casefold()
