"""The fund in totals, as they may leave the house: by item budget, spent and left; no line, no purpose, nobody's name.

An item all of whose spending was for one or two people is told together with another item, or its sum would be what they got; where there
is no other, nothing of the year's spending is told. Source: domain notes D2 (small cells).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from unionboard.models import CareVisit, Claim, ClaimState, Direction, FundEntry
from unionboard.reference import FundItem, claim_kinds
from unionboard.services.execution import Execution, PotMoney, read_execution
from unionboard.services.fund_items import list_items
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.small_counts import SMALL_COUNT, count_cases


@dataclass(frozen=True, slots=True)
class FundTotal:
    """One item, or several that are told together. Sums in fen; ``used_fen`` is paid and approved to be paid; None: it may not be told."""

    items: tuple[FundItem, ...]
    direction: Direction
    budget_fen: int
    booked_fen: int | None
    used_fen: int | None

    @property
    def left_fen(self) -> int | None:
        """Of spending what may still be used, of income what is still to come; may be below zero."""
        return None if self.used_fen is None else self.budget_fen - self.used_fen


@dataclass(frozen=True, slots=True)
class FundTotals:
    """A year's book in totals: ``opening_fen`` carried over, then ``income`` and ``spending`` in the order of the union's items."""

    year: int
    opening_fen: int
    income: tuple[FundTotal, ...]
    spending: tuple[FundTotal, ...]
    total_income_fen: int
    total_budget_fen: int
    total_spent_fen: int | None

    @property
    def balance_fen(self) -> int | None:
        """Left now: carried over + received - spent."""
        return None if self.total_spent_fen is None else self.opening_fen + self.total_income_fen - self.total_spent_fen


def read_totals(session: Session, year: int) -> FundTotals:
    """The totals of ``year``. Raises: NotYours."""
    require(session, Act.SEE_MONEY)
    execution, names = read_execution(session, year), list_items(session)
    income = [_total((pot,), names, Direction.IN, is_told=True) for pot in _pots(execution, Direction.IN)]
    joined = _join_small(_pots(execution, Direction.OUT), _find_cases(session, year))
    spending = [_total(pots, names, Direction.OUT, is_told=is_told) for pots, is_told in joined]
    is_told = all(one.used_fen is not None for one in spending)
    return FundTotals(
        year=year,
        opening_fen=execution.opening_fen,
        income=tuple(income),
        spending=tuple(spending),
        total_income_fen=execution.income.booked_fen,
        total_budget_fen=execution.spending.budget_fen,
        total_spent_fen=execution.spending.booked_fen if is_told else None,
    )


def find_told_of_few(session: Session, year: int, used_fen: Mapping[str, int]) -> frozenset[str]:
    """Of ``used_fen``, by item, those all of whose spending was for one or two people: a share of the budget, too, would tell what they
    got."""
    cases = _find_cases(session, year)
    return frozenset(item for item, fen in used_fen.items() if _is_small(fen, cases.get(item)))


@dataclass(frozen=True, slots=True)
class _Cases:
    """What one item's money for people was: how many of them, and how much."""

    people: int
    fen: int


def _pots(execution: Execution, direction: Direction) -> list[PotMoney]:
    return [item.whole for group in execution.groups if group.direction is direction for item in group.items]


def _join_small(pots: Sequence[PotMoney], cases: dict[str, _Cases]) -> Iterator[tuple[tuple[PotMoney, ...], bool]]:
    """The items as they are told: those of too few people with the next best item; False beside them where there is no other."""
    small = [pot for pot in pots if _is_small(pot.used_fen, cases.get(pot.item))]
    if not small:
        yield from (((pot,), True) for pot in pots)
        return
    others = [pot for pot in pots if pot not in small]
    beside = min((pot for pot in others if pot.used_fen > 0), key=lambda pot: pot.used_fen, default=None)
    people = sum(cases[pot.item].people for pot in small)
    joined = tuple(pot for pot in pots if pot in small or pot is beside)
    for pot in pots:
        if pot is joined[0]:
            yield joined, beside is not None or people >= SMALL_COUNT
        elif pot not in joined:
            yield (pot,), True


def _is_small(used_fen: int, found: _Cases | None) -> bool:
    return found is not None and 0 < found.people < SMALL_COUNT and used_fen <= found.fen


def _total(pots: Sequence[PotMoney], names: dict[str, FundItem], side: Direction, *, is_told: bool) -> FundTotal:
    return FundTotal(
        items=tuple(names[pot.item] for pot in pots),
        direction=side,
        budget_fen=sum(pot.budget_fen for pot in pots),
        booked_fen=sum(pot.booked_fen for pot in pots) if is_told else None,
        used_fen=sum(pot.used_fen for pot in pots) if is_told else None,
    )


def _find_cases(session: Session, year: int) -> dict[str, _Cases]:
    """By item: on how many people money was spent, or approved to be, in ``year``, and how much. Visits and what was claimed for people
    without one. Three queries."""
    alive = col(CareVisit.removed).is_(False)
    booked = select(FundEntry.item, CareVisit.recipient, FundEntry.amount_fen).join(CareVisit, col(CareVisit.fund_entry_id) == FundEntry.id)
    approved = select(Claim.item, CareVisit.recipient, Claim.amount_fen).join(CareVisit, col(CareVisit.claim_id) == Claim.id)
    of_visits = select(CareVisit.claim_id).where(col(CareVisit.claim_id).is_not(None))
    private = [kind.code for kind in claim_kinds().values() if kind.is_private]
    others = select(Claim.item, Claim.amount_fen).where(col(Claim.kind).in_(private), col(Claim.id).not_in(of_visits), Claim.year == year)
    found = [
        *session.exec(booked.where(FundEntry.year == year, alive)),
        *session.exec(approved.where(Claim.year == year, Claim.state == ClaimState.APPROVED, alive)),
    ]
    rows = [(item, person, fen) for item, person, fen in found]
    granted = col(Claim.state).in_((ClaimState.APPROVED, ClaimState.PAID, ClaimState.FILED))
    rows += [(item, "", fen) for item, fen in session.exec(others.where(granted))]
    people, sums = count_cases((item, person) for item, person, _ in rows), defaultdict[str, int](int)
    for item, _, fen in rows:
        sums[item] += fen
    return {item: _Cases(people[item], sums[item]) for item in sums}
