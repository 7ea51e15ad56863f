"""Care visits: recorded with as little of the person as possible, shown only as counts.

``recipient`` is written and read back by ``private_names`` alone; occasions with few cases are merged, so that nobody is recognised by
them. What the books keep of a visit tells no occasion at all. Source: domain notes D2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from unionboard.errors.activities import NoSuchActivity, ReasonMissing
from unionboard.errors.care import NameRepeated, VisitInBooks, VisitInClaim, VisitPaidWithOthers
from unionboard.errors.checkoffs import CountNotPositive, DateInFuture
from unionboard.errors.fund import NoSuchCareKind, NoSuchVisit
from unionboard.errors.money import AmountNotPositive
from unionboard.models import Activity, CareVisit, Claim, ClaimState, Direction, FundEntry, FundSource, GiftForm
from unionboard.models.changelog import ChangeAction
from unionboard.reference import claim_kinds
from unionboard.reference.occasions import USUAL_ITEM
from unionboard.services import (
    keys,  # noqa: F401 -- with it no name is stored without the right key
    small_counts,
)
from unionboard.services.ceilings import SpendingFacts, settle
from unionboard.services.changes import record_change, snapshot, update_row
from unionboard.services.fund import book_entry, reverse_entry
from unionboard.services.guard import require
from unionboard.services.occasions import OTHER_KIND, list_occasions
from unionboard.services.permissions import Act
from unionboard.services.posting import check_item, is_open
from unionboard.services.privacy import check_care_text
from unionboard.services.small_counts import SMALL_COUNT, count_cases

__all__ = ["OTHER_KIND", "SMALL_COUNT"]

_TEXTS = ("recipient", "goods", "visitors", "paper_seen", "seen_by")
_FIXED = ("visited_on", "people", "amount_fen", "item", "source")
"""What the books or a claim rest on: it stays once the visit is in one of them."""


@dataclass(frozen=True, slots=True)
class VisitCount:
    """Visits of one occasion: how many times, to how many people (人次), for how much (None: so few that their sum is kept back).

    ``zh`` and ``en``: what the union calls the occasion; ``must_visit``: it is one of the must-visit ones.
    """

    kind: str
    visits: int
    people: int
    amount_fen: int | None
    zh: str = field(default="", compare=False)
    en: str = field(default="", compare=False)
    must_visit: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit as it may be shown: no name, and a merged occasion (see ``small_counts``).

    ``goods`` and ``visitors`` are left out of a merged visit: cake or baby things would tell the occasion. ``is_named``: a name or code is
    kept; ``paper_seen``: somebody saw a proof. ``is_open``: it has a sum that is neither booked nor claimed; else ``voucher``, or the state
    of its claim.
    """

    id: int
    visited_on: date
    kind: str
    people: int
    amount_fen: int
    goods: str = ""
    visitors: str = ""
    item: str = USUAL_ITEM
    source: FundSource = FundSource.UNION_FUNDS
    is_named: bool = False
    paper_seen: bool = False
    is_open: bool = False
    voucher: int | None = None
    claim_id: int | None = None
    claim_state: ClaimState | None = None
    zh: str = field(default="", compare=False)
    en: str = field(default="", compare=False)


def record_visit(
    session: Session,
    *,
    visited_on: date,
    kind: str,
    today: date,
    who: str,
    now_utc: datetime,
    recipient: str = "",
    people: int = 1,
    amount_fen: int = 0,
    goods: str = "",
    visitors: str = "",
    item: str = USUAL_ITEM,
    source: FundSource = FundSource.UNION_FUNDS,
    form: GiftForm | None = None,
    paper_seen: str = "",
    seen_by: str = "",
    activity_id: int | None = None,
    post: bool = True,
    handler: str = "",
    approver: str = "",
    reason: str = "",
) -> CareVisit:
    """Record a visit. With ``post`` the fund pays its sum at once, under a purpose that names nobody and no occasion; else it waits.

    ``form`` None: money where nothing is said of goods. ``reason``: why it may be more than a ceiling or the budget allows.
    Raises: NoSuchCareKind, CountNotPositive, AmountNotPositive (a negative amount), DateInFuture, NoSuchFundItem, WrongDirection,
    NoSuchActivity, PrivateNumberTyped, IllnessNamed, NameRepeated, OverWithoutReason, KeyMissing and KeyUnreadable (with texts about the
    person), and what ``fund.book_entry`` raises.
    """
    require(session, Act.RECORD_CARE)
    values = _checked(
        session,
        today,
        visited_on=visited_on,
        kind=kind,
        recipient=recipient,
        people=people,
        amount_fen=amount_fen,
        goods=goods,
        visitors=visitors,
        item=item,
        source=source,
        form=form or (GiftForm.MONEY if amount_fen and not goods.strip() else GiftForm.GOODS),
        paper_seen=paper_seen,
        seen_by=seen_by,
        activity_id=activity_id,
    )
    row = CareVisit(**values, who=who, created_at_utc=now_utc)
    session.add(row)
    session.flush()
    _settle(session, row, reason=reason, today=today, who=who, now_utc=now_utc)
    if post and amount_fen:
        entry = book_entry(
            session,
            booked_on=visited_on,
            direction=Direction.OUT,
            item=item,
            amount_fen=amount_fen,
            purpose=say_neutral(people),
            source=source,
            handler=handler,
            approver=approver,
            today=today,
            who=who,
            now_utc=now_utc,
        )
        row.fund_entry_id = entry.id
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return row


def edit_visit(
    session: Session, visit_id: int, *, version: int, today: date, who: str, now_utc: datetime, reason: str = "", **fields: Any
) -> CareVisit:
    """Change fields of ``record_visit`` by name; day, people, sum, item and source only while it is neither booked nor claimed.

    Raises: NoSuchVisit, VisitInBooks, StaleSave, and what ``record_visit`` raises of the fields.
    """
    require(session, Act.RECORD_CARE)
    row = load_visit(session, visit_id)
    told = {name: getattr(row, name) for name in ("kind", "form", "activity_id", *_TEXTS, *_FIXED)}
    values = _checked(session, today, **told | fields)
    moves_money = any(values[name] != getattr(row, name) for name in _FIXED)
    if moves_money and not is_waiting(session, visit_id):
        raise VisitInBooks
    update_row(session, row, version=version, who=who, now_utc=now_utc, **values)
    if moves_money:
        _settle(session, row, reason=reason, today=today, who=who, now_utc=now_utc)
    return row


def take_back_visit(
    session: Session, visit_id: int, *, booked_on: date, reason: str, today: date, who: str, now_utc: datetime
) -> CareVisit:
    """Take a visit back; what the fund paid for it is corrected on ``booked_on`` with ``reason``.

    Raises: NoSuchVisit, ReasonMissing, VisitInClaim, VisitPaidWithOthers, PrivateNumberTyped, IllnessNamed, NameRepeated, and what
    ``fund.reverse_entry`` raises.
    """
    require(session, Act.RECORD_CARE)
    row = load_visit(session, visit_id)
    if not reason.strip():
        raise ReasonMissing
    check_care_text(reason)
    _check_unnamed(row.recipient, reason)
    entry = _standing_entry(session, row)
    if entry is not None:
        if len(find_visits_of(session, entry.id or 0)) > 1:
            raise VisitPaidWithOthers(voucher=entry.voucher)
        reverse_entry(session, entry.id or 0, booked_on=booked_on, reason=reason, today=today, who=who, now_utc=now_utc)
    elif not is_waiting(session, visit_id):
        raise VisitInClaim
    before = snapshot(row)
    row.removed = True
    row.version += 1
    session.add(row)
    record_change(session, row, action=ChangeAction.REMOVE, who=who, now_utc=now_utc, before=before)
    return row


def load_visit(session: Session, visit_id: int) -> CareVisit:
    """The stored row, for what may see it whole. Raises: NoSuchVisit."""
    row = session.get(CareVisit, visit_id)
    if row is None or row.removed:
        raise NoSuchVisit
    return row


def find_visits_of(session: Session, entry_id: int) -> Sequence[CareVisit]:
    """The live visits a fund entry paid for."""
    query = select(CareVisit).where(CareVisit.fund_entry_id == entry_id, col(CareVisit.removed).is_(False))
    return session.exec(query.order_by(col(CareVisit.id))).all()


def find_visit_of(session: Session, entry_id: int) -> CareVisit | None:
    """The first of them, or None."""
    return next(iter(find_visits_of(session, entry_id)), None)


def count_visits(session: Session, *, first: date, last: date, merge_small: bool = True) -> list[VisitCount]:
    """Visits within ``first``-``last`` (inclusive) by occasion, in the union's order, OTHER_KIND last.

    With ``merge_small`` occasions with few cases are counted as OTHER_KIND, and the sum of fewer than SMALL_COUNT cases is kept back.
    Raises: NotYours.
    """
    require(session, Act.SEE_MONEY)
    rows = _live(session, first, last)
    told = _told_kinds(rows) if merge_small else {row.kind: row.kind for row in rows}
    occasions, counts = list_occasions(session), []
    for occasion in occasions.values():
        kind = occasion.code
        mine = [row for row in rows if told[row.kind] == kind]
        few = merge_small and sum(count_cases((row.kind, row.recipient) for row in mine).values()) < SMALL_COUNT
        if mine:
            amount_fen = None if few else sum(row.amount_fen for row in mine)
            people = sum(row.people for row in mine)
            counts.append(VisitCount(kind, len(mine), people, amount_fen, occasion.zh, occasion.en, occasion.must_visit))
    return counts


def list_visits(session: Session, *, first: date, last: date, merge_small: bool = True) -> list[VisitView]:
    """Visits within ``first``-``last`` (inclusive), newest first, as they may be shown; whole occasions only without ``merge_small``.

    Raises: NotYours.
    """
    require(session, Act.SEE_MONEY)
    told = _told_kinds(_live(session, first, last)) if merge_small else {}
    query = (
        select(CareVisit, Claim.state, FundEntry.voucher, is_open(CareVisit))
        .outerjoin(Claim, col(CareVisit.claim_id) == Claim.id)
        .outerjoin(FundEntry, col(CareVisit.fund_entry_id) == FundEntry.id)
        .where(CareVisit.visited_on >= first, CareVisit.visited_on <= last, col(CareVisit.removed).is_(False))
        .order_by(col(CareVisit.visited_on).desc(), col(CareVisit.id).desc())
    )
    occasions, views = list_occasions(session), []
    for row, state, voucher, waits in session.exec(query):
        kind = told.get(row.kind, row.kind)
        views.append(
            VisitView(
                id=row.id or 0,
                visited_on=row.visited_on,
                kind=kind,
                people=row.people,
                amount_fen=row.amount_fen,
                goods=row.goods if kind == row.kind else "",
                visitors=row.visitors if kind == row.kind else "",
                item=row.item,
                source=row.source,
                is_named=bool(row.recipient),
                paper_seen=bool(row.paper_seen),
                is_open=bool(waits) and row.amount_fen > 0,
                voucher=None if waits else voucher,
                claim_id=row.claim_id,
                claim_state=ClaimState(state) if state else None,
                zh=occasions[kind].zh,
                en=occasions[kind].en,
            )
        )
    return views


def cover_purposes(session: Session, year: int) -> dict[int, str]:
    """What entries of ``year`` that pay for visits say in place of their own purpose, by id of the entry: the occasions as they may be
    shown, or the ledger would tell what the counts keep back. Entries that may be shown as they are booked are not among them.
    """
    query = select(FundEntry.id, FundEntry.purpose, CareVisit).join(CareVisit, col(CareVisit.fund_entry_id) == FundEntry.id)
    paid: dict[tuple[int, str], dict[str, int]] = {}
    told = _told_kinds(_live(session, date(year, 1, 1), date(year, 12, 31)))
    for entry_id, purpose, visit in session.exec(query.where(FundEntry.year == year)):
        people = paid.setdefault((entry_id or 0, purpose), {})
        kind = told.get(visit.kind, OTHER_KIND)
        people[kind] = people.get(kind, 0) + visit.people
    if not paid:
        return {}
    occasions = list_occasions(session)
    shown = {key: "、".join(_say(occasions[kind].zh, people[kind]) for kind in occasions if kind in people) for key, people in paid.items()}
    return {entry_id: text for (entry_id, purpose), text in shown.items() if text != purpose}


def say_neutral(people: int) -> str:
    """What the books say of visits, in the language of the stored data: how many, and nothing else. It can never be taken back."""
    return _say(claim_kinds()["care"].zh, people)


def _say(name: str, people: int) -> str:
    return f"{name}（{people}人次）"


def _checked(session: Session, today: date, **values: Any) -> dict[str, Any]:
    if values["kind"] not in list_occasions(session):
        raise NoSuchCareKind(code=values["kind"])
    if values["people"] < 1:
        raise CountNotPositive
    if values["amount_fen"] < 0:
        raise AmountNotPositive
    if values["visited_on"] > today:
        raise DateInFuture(day=values["visited_on"])
    check_item(session, values["item"])
    activity = session.get(Activity, values["activity_id"]) if values["activity_id"] is not None else None
    if values["activity_id"] is not None and (activity is None or activity.removed):
        raise NoSuchActivity(id=values["activity_id"])
    texts = {name: values[name].strip() for name in _TEXTS}
    check_care_text(*texts.values())
    _check_unnamed(texts["recipient"], *(text for name, text in texts.items() if name != "recipient"))
    return values | texts


def _check_unnamed(recipient: str, *texts: str) -> None:
    """Texts that are shown or exported do not hold the name. Raises: NameRepeated."""
    if len(recipient) > 1 and any(recipient in text for text in texts):
        raise NameRepeated


def _settle(session: Session, row: CareVisit, *, reason: str, today: date, who: str, now_utc: datetime) -> None:
    if row.amount_fen:
        check_care_text(reason)
        _check_unnamed(row.recipient, reason)
        settle(session, spending_facts(row), reason=reason, who=who, now_utc=now_utc, today=today, care_visit_id=row.id)


def spending_facts(row: CareVisit) -> SpendingFacts:
    """What the ceilings ask of a visit."""
    return SpendingFacts(
        booked_on=row.visited_on,
        amount_fen=row.amount_fen,
        item=row.item,
        source=row.source,
        text=row.goods,
        people=row.people,
        kind=row.kind,
        form=row.form,
        person=row.recipient,
    )


def is_waiting(session: Session, visit_id: int) -> bool:
    """Whether no entry that stands has paid for a visit and no claim under way asks for it."""
    return session.exec(select(CareVisit.id).where(CareVisit.id == visit_id, is_open(CareVisit))).first() is not None


def _standing_entry(session: Session, row: CareVisit) -> FundEntry | None:
    """The entry that paid for a visit, unless it was taken back."""
    taken_back = select(FundEntry.reverses_id).where(col(FundEntry.reverses_id) == row.fund_entry_id)
    if row.fund_entry_id is None or session.exec(taken_back).first() is not None:
        return None
    return session.get(FundEntry, row.fund_entry_id)


def _live(session: Session, first: date, last: date) -> Sequence[CareVisit]:
    query = select(CareVisit).where(CareVisit.visited_on >= first, CareVisit.visited_on <= last, col(CareVisit.removed).is_(False))
    return session.exec(query).all()


def _told_kinds(rows: Iterable[CareVisit]) -> dict[str, str]:
    return small_counts.merge_small(count_cases((row.kind, row.recipient) for row in rows), into=OTHER_KIND)
