"""The lines of the books: searched, narrowed and paged in the database, each with the balance after it.

Lines are shown as they may be shown: what pays for care visits tells the occasion as far as the counts do, and nobody's name; the search
finds no more than that. Source: domain notes D2.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select

from unionboard.errors.fund import NoSuchEntry
from unionboard.models import CareVisit, Direction, FundEntry, FundPaper, FundSource, Handout
from unionboard.reference import FundItem
from unionboard.services import care
from unionboard.services.fund_items import list_items
from unionboard.services.fund_years import balance_step, opening_of, signed_amount

PAGE_SIZE = 50
_AMOUNT = re.compile(r"-?(\d+)(?:\.(\d{0,2}))?")


class EntryCheck(StrEnum):
    """What whoever checks the books looks for. The first two are asked of spending that stands: not corrected, no correction."""

    NO_PAPERS = "no_papers"
    UNAPPROVED = "unapproved"
    CORRECTIONS = "corrections"  # corrections and what they correct
    ONE_HAND = "one_hand"


@dataclass(frozen=True, slots=True)
class EntryView:
    """A line of the ledger. A correction has negative ``in_fen`` or ``out_fen``; ``balance_fen`` is what was left after the line.

    ``reverses`` and ``reversed_by`` are ids of entries; ``other_year`` and ``other_voucher`` name that entry. ``papers`` counts the
    vouchers attached on paper, ``paper_count`` files and papers noted (those of its claim too). ``is_visit``: it pays for a care visit
    that stands; whom it went to is left out.
    """

    id: int
    year: int
    voucher: int
    booked_on: date
    direction: Direction
    item: str
    source: FundSource
    in_fen: int
    out_fen: int
    balance_fen: int
    purpose: str
    payee: str
    handler: str
    approver: str
    papers: int
    activity_id: int | None
    reverses: int | None
    reversed_by: int | None
    other_year: int | None
    other_voucher: int | None
    claim_id: int | None
    cashier: str
    one_hand: str
    paper_count: int
    is_visit: bool
    who: str
    created_at_utc: datetime

    @property
    def amount_fen(self) -> int:
        """What the line counts on its side, negative for a correction."""
        return self.in_fen + self.out_fen


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of the lines that were asked for; ``total``, ``in_fen`` and ``out_fen`` speak of all of them."""

    entries: tuple[EntryView, ...]
    total: int
    in_fen: int
    out_fen: int


def find_entries(
    session: Session,
    year: int,
    *,
    words: str = "",
    direction: Direction | None = None,
    item: str | None = None,
    source: FundSource | None = None,
    month: int | None = None,
    activity_id: int | None = None,
    only: EntryCheck | None = None,
    as_of: date | None = None,
    page: int = 0,
    page_size: int = PAGE_SIZE,
    newest_first: bool = True,
) -> EntryPage:
    """The lines of a year that fit all that is asked, a page of them (from 0), by day and voucher.

    Every one of ``words`` must be found: in the purpose, the payee, the handler or the item's name, or be the voucher's number or the
    amount (1,286 and 1286 and 1286.00 alike; without fen every amount of that many yuan). ``as_of`` (inclusive) leaves out what came
    later, corrections too. A constant number of queries.
    """
    look = _Look(session, year, as_of)
    wanted = [look.in_book, *(look.holds(word) for word in words.split())]
    if only is not None:
        wanted.append(look.check(only))
    narrowed = ((FundEntry.direction, direction), (FundEntry.item, item), (FundEntry.source, source), (FundEntry.activity_id, activity_id))
    wanted += [col(column) == value for column, value in narrowed if value is not None]
    if month is not None:
        wanted.append(func.extract("month", FundEntry.booked_on) == month)
    sums = select(FundEntry.direction, func.count(), func.sum(signed_amount())).where(*wanted).group_by(FundEntry.direction)
    told = {side: (count, int(amount_fen)) for side, count, amount_fen in session.exec(sums)}
    return EntryPage(
        entries=look.read(wanted, newest_first=newest_first, limit=page_size, offset=page * page_size),
        total=sum(count for count, _ in told.values()),
        in_fen=told.get(Direction.IN, (0, 0))[1],
        out_fen=told.get(Direction.OUT, (0, 0))[1],
    )


def list_entries(session: Session, year: int, *, as_of: date | None = None) -> tuple[EntryView, ...]:
    """All lines of a year up to ``as_of`` (inclusive), oldest first."""
    look = _Look(session, year, as_of)
    return look.read([look.in_book])


def list_unlinked(session: Session, year: int, *, limit: int) -> tuple[EntryView, ...]:
    """The newest lines of spending that stands and names no activity, without those that pay for visits."""
    look = _Look(session, year, None)
    wanted = [look.in_book, look.is_standing_spending(), col(FundEntry.activity_id).is_(None), ~_is_visit()]
    return look.read(wanted, newest_first=True, limit=limit)


def find_entry(session: Session, entry_id: int) -> EntryView:
    """One line. Raises: NoSuchEntry."""
    year = session.exec(select(FundEntry.year).where(FundEntry.id == entry_id)).first()
    if year is None:
        raise NoSuchEntry(id=entry_id)
    look = _Look(session, year, None)
    return look.read([col(FundEntry.id) == entry_id])[0]


def last_names(session: Session, year: int) -> tuple[str, str]:
    """Handler and approver as they were named last in a year; empty where nobody was."""
    query = select(FundEntry.handler, FundEntry.approver).where(FundEntry.year == year)
    newest = query.order_by(col(FundEntry.booked_on).desc(), col(FundEntry.voucher).desc())
    handler = session.exec(newest.where(FundEntry.handler != "").limit(1)).first()
    approver = session.exec(newest.where(FundEntry.approver != "").limit(1)).first()
    return handler[0] if handler else "", approver[1] if approver else ""


class _Look:
    """A year's lines as they may be shown, up to a day: the conditions one may ask them by, and the lines themselves."""

    def __init__(self, session: Session, year: int, as_of: date | None) -> None:
        self._session, self._year, self._as_of = session, year, as_of
        self._covered: Mapping[int, str] = care.cover_purposes(session, year)
        self._items: Mapping[str, FundItem] = list_items(session)
        self._correction = aliased(FundEntry, name="correction")
        self._corrected = aliased(FundEntry, name="corrected")
        self.in_book = self._until(col(FundEntry.year) == year, col(FundEntry.booked_on))

    def holds(self, word: str) -> ColumnElement[bool]:
        """Whether a line says ``word``; what is covered does not."""
        plain = unicodedata.normalize("NFKC", word).casefold()
        items = [code for code, item in self._items.items() if plain in item.zh.casefold() or plain in item.en.casefold()]
        purpose = _contains(FundEntry.purpose, word, plain)
        if self._covered:
            told = [id_ for id_, text in self._covered.items() if plain in text.casefold()]
            purpose = or_(and_(purpose, col(FundEntry.id).not_in(self._covered)), col(FundEntry.id).in_(told))
        return or_(
            purpose,
            and_(_contains(FundEntry.payee, word, plain), ~self._pays_visits()),
            _contains(FundEntry.handler, word, plain),
            col(FundEntry.item).in_(items) if items else false(),
            *_is_number(plain.replace(",", "").lstrip("¥￥").removesuffix("元")),
        )

    def check(self, only: EntryCheck) -> ColumnElement[bool]:
        """Whether a line is one of those to be looked at."""
        match only:
            case EntryCheck.NO_PAPERS:
                seen = exists().where(col(CareVisit.fund_entry_id) == FundEntry.id, CareVisit.paper_seen != "")
                return and_(self.is_standing_spending(), FundEntry.papers == 0, ~exists().where(_is_paper_of_entry()), ~seen)
            case EntryCheck.UNAPPROVED:
                return and_(self.is_standing_spending(), FundEntry.approver == "")
            case EntryCheck.CORRECTIONS:
                return or_(col(FundEntry.reverses_id).is_not(None), self._is_corrected())
            case EntryCheck.ONE_HAND:
                return col(FundEntry.one_hand) != ""

    def is_standing_spending(self) -> ColumnElement[bool]:
        """Whether a line is spending that was not corrected and corrects nothing."""
        return and_(FundEntry.direction == Direction.OUT, col(FundEntry.reverses_id).is_(None), ~self._is_corrected())

    def read(
        self, wanted: Sequence[ColumnElement[bool]], *, newest_first: bool = False, limit: int | None = None, offset: int = 0
    ) -> tuple[EntryView, ...]:
        """The lines that fit ``wanted``. The balance runs over the whole year, whatever is asked for."""
        after = func.sum(balance_step()).over(order_by=(FundEntry.booked_on, FundEntry.voucher))
        steps = select(FundEntry.id, after.label("after")).where(FundEntry.year == self._year).subquery()
        order = (col(FundEntry.booked_on), col(FundEntry.voucher))
        page = select(FundEntry.id).where(*wanted).order_by(*(column.desc() if newest_first else column for column in order))
        chosen = page.limit(limit).offset(offset).subquery()
        by, of = self._correction, self._corrected
        papers = select(func.count()).select_from(FundPaper).where(_is_paper_of_entry()).correlate(FundEntry).scalar_subquery()
        query = (
            select(FundEntry, steps.c.after, papers, _is_visit(), self._pays_visits(), by.id, by.year, by.voucher, of.year, of.voucher)
            .join(chosen, chosen.c.id == FundEntry.id)
            .join(steps, steps.c.id == FundEntry.id)
            .outerjoin(by, self._until(col(by.reverses_id) == FundEntry.id, col(by.booked_on)))
            .outerjoin(of, col(of.id) == FundEntry.reverses_id)
            .order_by(*(column.desc() if newest_first else column for column in order))
        )
        opening_fen = opening_of(self._session, self._year)
        return tuple(self._view(opening_fen, *row) for row in self._session.exec(query))

    def _view(
        self,
        opening_fen: int,
        row: FundEntry,
        after_fen: int,
        paper_count: int,
        is_visit: bool,
        pays_visits: bool,
        by_id: int | None,
        by_year: int | None,
        by_voucher: int | None,
        of_year: int | None,
        of_voucher: int | None,
    ) -> EntryView:
        counted_fen = row.amount_fen if row.reverses_id is None else -row.amount_fen
        told = row.model_dump(exclude={"amount_fen", "reverses_id", "import_key", "purpose", "payee"})
        return EntryView(
            **told,
            in_fen=counted_fen if row.direction is Direction.IN else 0,
            out_fen=counted_fen if row.direction is Direction.OUT else 0,
            balance_fen=opening_fen + int(after_fen),
            purpose=self._covered.get(row.id or 0, row.purpose),
            payee="" if pays_visits else row.payee,
            reverses=row.reverses_id,
            reversed_by=by_id,
            other_year=of_year or by_year,
            other_voucher=of_voucher or by_voucher,
            paper_count=paper_count,
            is_visit=is_visit,
        )

    def _is_corrected(self) -> ColumnElement[bool]:
        by = self._correction
        return exists().where(self._until(col(by.reverses_id) == FundEntry.id, col(by.booked_on)))

    def _until(self, condition: ColumnElement[bool], day: ColumnElement[date]) -> ColumnElement[bool]:
        return condition if self._as_of is None else and_(condition, day <= self._as_of)

    def _pays_visits(self) -> ColumnElement[bool]:
        """Also for visits that were taken back, and for the correction: whom they went to stays covered."""
        return exists().where(or_(col(CareVisit.fund_entry_id) == FundEntry.id, col(CareVisit.fund_entry_id) == FundEntry.reverses_id))


def _contains(column: Any, *words: str) -> ColumnElement[bool]:
    return or_(*(col(column).icontains(word, autoescape=True) for word in dict.fromkeys(words)))


def _is_number(word: str) -> list[ColumnElement[bool]]:
    """A voucher's number or an amount."""
    found = _AMOUNT.fullmatch(word)
    if found is None or len(word) > 15:
        return []
    yuan, fen = int(found[1]), found[2]
    if not fen:
        return [col(FundEntry.voucher) == yuan, col(FundEntry.amount_fen).between(yuan * 100, yuan * 100 + 99)]
    return [col(FundEntry.amount_fen).between(yuan * 100 + int(fen.ljust(2, "0")), yuan * 100 + int(fen.ljust(2, "9")))]


def _is_visit() -> Any:
    return exists().where(col(CareVisit.fund_entry_id) == FundEntry.id, col(CareVisit.removed).is_(False))


def _is_paper_of_entry() -> ColumnElement[bool]:
    """A paper that stands behind an entry: its own, its claim's, or that of a hand-out it pays."""
    of_handout = select(Handout.id).where(Handout.fund_entry_id == FundEntry.id).correlate(FundEntry)
    return and_(
        col(FundPaper.removed_at_utc).is_(None),
        or_(
            FundPaper.fund_entry_id == FundEntry.id,
            and_(col(FundEntry.claim_id).is_not(None), FundPaper.claim_id == FundEntry.claim_id),
            col(FundPaper.handout_id).in_(of_handout),
        ),
    )
