"""What was used before of what a union's rules allow: visits, hand-outs, claims and entries, each sum once.

Corrected entries, withdrawn claims and removed visits do not count. Where a visit is paid through a claim, and the claim by an entry, the
visit speaks for all three when it is about people, and the entry (or, until it is booked, what waits for it) when it is about sums.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, false, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select

from unionboard.models import CareVisit, CeilingRule, Claim, ClaimState, Direction, FundEntry, Handout
from unionboard.services.budget import sum_booked, sum_budget
from unionboard.services.ceiling_judging import DUES_ITEM, History, Past, SpendingFacts, counts_bookings
from unionboard.services.fund_items import list_items
from unionboard.services.fund_years import find_head
from unionboard.services.posting import is_open

ON_THE_WAY = (ClaimState.SUBMITTED, ClaimState.APPROVED)
SETTLED = (ClaimState.PAID, ClaimState.FILED)
HANDOUT_KIND = "festival"
"""The occasion hand-outs are for."""

_Correction = aliased(FundEntry)


@dataclass(frozen=True, slots=True)
class _Gift:
    """A visit or hand-out, and whether its sum is neither in the books nor in a claim."""

    row: CareVisit | Handout
    is_open: bool
    past: Past


def load_history(session: Session, facts: SpendingFacts, rules: Sequence[CeilingRule]) -> History:
    """What ``rules`` and the item's budget have to know of the time before ``facts``, without what ``facts`` leaves out.

    A constant number of queries, whatever the number of rules.
    """
    year = facts.booked_on.year
    first = date(year - max((rule.years for rule in rules), default=1), 1, 1)  # a year more: New Year's goods may be handed out before it
    last = date(year + 1, 12, 31)
    gifts = [*_visits(session, first, last), *_handouts(session, first, last)]
    others = [gift for gift in gifts if not _is_judged(gift.row, facts)]
    judged = [gift for gift in gifts if _is_judged(gift.row, facts)]
    stored = _claims(session, first, last)
    drafts = {row.id for row in stored if row.state is ClaimState.DRAFT}
    claims = [row for row in stored if row.id not in {facts.not_claim_id, *drafts}]
    waiting = [gift.past for gift in others if gift.is_open or gift.row.claim_id in drafts]
    waiting += [_without(_of_claim(row), judged, row.id) for row in claims if row.state in ON_THE_WAY]
    gathered = {gift.row.claim_id for gift in gifts}
    allowed = sum_budget(session, year)
    booked = _sum_booked(session, year, facts, judged)
    spent = defaultdict(int, booked)
    for past in waiting:
        if past.on.year == year:
            spent[past.item] += past.amount_fen
    income = [code for code, item in list_items(session, with_hidden=True).items() if item.direction == Direction.IN]
    return History(
        given=[*(gift.past for gift in others), *(_of_claim(row) for row in claims if row.id not in gathered)],
        bookings=[*_entries(session, facts, rules, first, last), *waiting],
        spent_fen={item: fen for item, fen in spent.items() if item not in income},
        income_fen=max(sum(allowed.get(item, 0) for item in income), sum(booked.get(item, 0) for item in income)),
        dues_fen=max(allowed.get(DUES_ITEM, 0), booked.get(DUES_ITEM, 0)),
        budget_fen=allowed.get(facts.item, 0 if _is_adopted(session, year) else None),
    )


def _visits(session: Session, first: date, last: date) -> list[_Gift]:
    query = select(CareVisit, is_open(CareVisit)).where(col(CareVisit.visited_on).between(first, last), col(CareVisit.removed).is_(False))
    return [_Gift(row, bool(still_open), _of_visit(row)) for row, still_open in session.exec(query)]


def _handouts(session: Session, first: date, last: date) -> list[_Gift]:
    query = select(Handout, is_open(Handout)).where(col(Handout.handed_on).between(first, last), col(Handout.removed_at_utc).is_(None))
    return [_Gift(row, bool(still_open), _of_handout(row)) for row, still_open in session.exec(query)]


def _claims(session: Session, first: date, last: date) -> Sequence[Claim]:
    is_live = col(Claim.state).in_((ClaimState.DRAFT, *ON_THE_WAY, *SETTLED))
    return session.exec(select(Claim).where(col(Claim.year).between(first.year, last.year), is_live)).all()


def _entries(session: Session, facts: SpendingFacts, rules: Sequence[CeilingRule], first: date, last: date) -> list[Past]:
    """Spending line by line, as far as one of ``rules`` counts it or looks for words in it."""
    rules = [rule for rule in rules if counts_bookings(rule)]
    if not rules:
        return []
    query = select(col(FundEntry.booked_on), col(FundEntry.amount_fen), col(FundEntry.item), col(FundEntry.purpose)).where(
        FundEntry.direction == Direction.OUT,
        col(FundEntry.booked_on).between(first, last),
        _is_live(),
        ~_pays_judged(facts),
        or_(*(_is_watched(rule) for rule in rules)),
    )
    return [Past(on, amount_fen, item=item, text=purpose) for on, amount_fen, item, purpose in session.exec(query)]


def _is_watched(rule: CeilingRule) -> ColumnElement[bool]:
    by_words = [col(FundEntry.purpose).icontains(word, autoescape=True) for word in rule.words]
    by_items = [col(FundEntry.item).in_(rule.items)] if rule.items else []
    return and_(true(), *by_items, or_(*by_words) if by_words else true())


def _is_live() -> ColumnElement[bool]:
    """An entry that is no correction and that none takes back."""
    return and_(col(FundEntry.reverses_id).is_(None), ~select(_Correction.id).where(_Correction.reverses_id == FundEntry.id).exists())


def _pays_judged(facts: SpendingFacts) -> ColumnElement[bool]:
    """The entry that is judged again, or that paid the claim that is."""
    wanted = ((col(FundEntry.id), facts.not_entry_id), (col(FundEntry.claim_id), facts.not_claim_id))
    return or_(false(), *(and_(column.is_not(None), column == own_id) for column, own_id in wanted if own_id is not None))


def _is_judged(row: CareVisit | Handout, facts: SpendingFacts) -> bool:
    """Whether a visit or hand-out is what is judged, or is paid through it."""
    own_id = facts.not_visit_id if isinstance(row, CareVisit) else facts.not_handout_id
    through = (row.claim_id, facts.not_claim_id), (row.fund_entry_id, facts.not_entry_id)
    return row.id == own_id or any(mine is not None and mine == theirs for mine, theirs in through)


def _sum_booked(session: Session, year: int, facts: SpendingFacts, judged: Iterable[_Gift]) -> dict[str, int]:
    """What was booked in ``year`` by item, without the entries of what is judged."""
    sums: dict[str, int] = defaultdict(int)
    for (item, _), fen in sum_booked(session, year).items():
        sums[item] += fen
    entries = session.exec(select(FundEntry).where(FundEntry.year == year, _is_live(), _pays_judged(facts))).all()
    for entry in entries:
        sums[entry.item] -= entry.amount_fen
    left_out = {entry.id for entry in entries}
    for gift in judged:
        if not gift.is_open and gift.row.fund_entry_id not in {None, *left_out} and gift.past.on.year == year:
            sums[gift.past.item] -= gift.past.amount_fen
    return sums


def _without(claim: Past, judged: Iterable[_Gift], claim_id: int | None) -> Past:
    """A claim on its way without those of its visits that are judged by themselves."""
    own_fen = sum(gift.past.amount_fen for gift in judged if gift.row.claim_id == claim_id)
    return replace(claim, amount_fen=max(0, claim.amount_fen - own_fen))


def _of_visit(row: CareVisit) -> Past:
    return Past(row.visited_on, row.amount_fen, people=row.people, item=row.item, kind=row.kind, person=row.recipient, text=row.goods)


def _of_handout(row: Handout) -> Past:
    words, total_fen = f"{row.title} {row.goods}", row.heads * row.unit_fen
    return Past(row.handed_on, total_fen, people=row.heads, item=row.item, kind=HANDOUT_KIND, festival=row.festival, text=words)


def _of_claim(row: Claim) -> Past:
    day = row.paid_on or row.needed_on
    on = day if day and day.year == row.year else date(row.year, 12, 31)
    return Past(on, row.amount_fen, people=row.people, item=row.item, festival=row.festival, text=row.purpose)


def _is_adopted(session: Session, year: int) -> bool:
    head = find_head(session, year)
    return head is not None and head.adopted_on is not None
