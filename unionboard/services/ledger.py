"""The lines of the books: searched, narrowed and paged in the database, each with the balance after it.

Lines are shown as they may be shown: what pays for care visits tells the occasion as far as the counts do, and nobody's name; the search
finds no more than that. Source: domain notes D2.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session

from unionboard.errors.fund import NoSuchEntry
from unionboard.models import CareVisit, Direction, FundEntry, FundPaper, FundSource, Handout
from unionboard.services import care
from unionboard.services.fund_items import list_items
from unionboard.services.fund_years import balance_step, opening_of, signed_amount
from unionboard.services.guard import require
from unionboard.services.periods import month_span
from unionboard.services.permissions import Act

PAGE_SIZE = 50
_MOST_WORDS, _WORD_LIMIT = 12, 200
_AMOUNT = re.compile(r"-?(\d+)(?:\.(\d{0,2}))?")
_entry: Any = FundEntry  # as columns: what a row's fields are in SQL, their types cannot say
_visit: Any = CareVisit
_paper: Any = FundPaper
_handout: Any = Handout
_FIELDS = (
    "id",
    "year",
    "voucher",
    "booked_on",
    "direction",
    "item",
    "source",
    "purpose",
    "payee",
    "handler",
    "approver",
    "papers",
    "activity_id",
    "claim_id",
    "cashier",
    "one_hand",
    "who",
    "created_at_utc",
)


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

    Every one of ``words`` (the first ``_MOST_WORDS``) must be found: in the purpose, the payee, the handler or the item's name, or be the
    voucher's number or the amount (1,286 and 1286 and 1286.00 alike; without fen every amount of that many yuan). ``as_of`` (inclusive)
    leaves out what came later, corrections too. A constant number of queries.
    """
    require(session, Act.SEE_MONEY)
    look = _Look(session, year, as_of)
    wanted = [look.in_book, *(look.holds(word) for word in words.split()[:_MOST_WORDS])]
    if only is not None:
        wanted.append(look.check(only))
    narrowed = ((_entry.direction, direction), (_entry.item, item), (_entry.source, source), (_entry.activity_id, activity_id))
    wanted += [column == value for column, value in narrowed if value is not None]
    if month is not None:
        wanted.append(_entry.booked_on.between(*month_span(year * 12 + month - 1)))
    sums = select(_entry.direction, func.count(), func.sum(signed_amount())).where(*wanted).group_by(_entry.direction)
    told = {side: (count, int(amount_fen)) for side, count, amount_fen in session.execute(sums)}
    return EntryPage(
        entries=look.read(wanted, newest_first=newest_first, limit=page_size, offset=page * page_size),
        total=sum(count for count, _ in told.values()),
        in_fen=told.get(Direction.IN, (0, 0))[1],
        out_fen=told.get(Direction.OUT, (0, 0))[1],
    )


def list_entries(session: Session, year: int, *, as_of: date | None = None) -> tuple[EntryView, ...]:
    """All lines of a year up to ``as_of`` (inclusive), oldest first."""
    require(session, Act.SEE_MONEY)
    look = _Look(session, year, as_of)
    return look.read([look.in_book])


def list_unlinked(session: Session, year: int, *, limit: int) -> tuple[EntryView, ...]:
    """The newest lines of spending that stands and names no activity, without those that pay for visits and hand-outs."""
    require(session, Act.SEE_MONEY)
    look = _Look(session, year)
    given = [select(table.fund_entry_id).where(table.fund_entry_id.is_not(None)) for table in (_visit, _handout)]
    wanted = [look.in_book, look.is_standing_spending(), _entry.activity_id.is_(None), *(_entry.id.not_in(ids) for ids in given)]
    return look.read(wanted, newest_first=True, limit=limit)


def sum_checked(session: Session, year: int, only: EntryCheck, *, first: date, last: date) -> tuple[int, int]:
    """How many lines within ``first``-``last`` (inclusive) are to be looked at, and what they come to. Corrections up to ``last`` count."""
    look = _Look(session, year, last)
    query = select(func.count(), func.coalesce(func.sum(signed_amount()), 0)).where(
        look.in_book, _entry.booked_on >= first, look.check(only)
    )
    count, sum_fen = session.execute(query).one()
    return count, int(sum_fen)


def find_entry(session: Session, entry_id: int) -> EntryView:
    """One line. Raises: NoSuchEntry."""
    require(session, Act.SEE_MONEY)
    year = session.execute(select(_entry.year).where(_entry.id == entry_id)).scalar()
    if year is None:
        raise NoSuchEntry(id=entry_id)
    return _Look(session, year).read([_entry.id == entry_id])[0]


def list_known(session: Session, ids: Collection[int], *, limit: int) -> tuple[EntryView, ...]:
    """The first ``limit`` lines out of ``ids`` by day, of one year or several; what is not there is left out."""
    wanted = select(_entry.year, _entry.id).where(_entry.id.in_(ids)).order_by(_entry.booked_on, _entry.voucher).limit(limit)
    by_year: dict[int, list[int]] = defaultdict(list)
    for year, id_ in session.execute(wanted):
        by_year[year].append(id_)
    return tuple(entry for year, of in sorted(by_year.items()) for entry in _Look(session, year).read([_entry.id.in_(of)]))


def last_names(session: Session, year: int) -> tuple[str, str]:
    """Handler and approver as they were named last in a year; empty where nobody was."""
    names = (
        select(column).where(_entry.year == year, column != "").order_by(_entry.booked_on.desc(), _entry.voucher.desc()).limit(1)
        for column in (_entry.handler, _entry.approver)
    )
    handler, approver = (session.execute(name).scalar() or "" for name in names)
    return handler, approver


class _Look:
    """A year's lines as they may be shown, up to a day: the conditions one may ask them by, and the lines themselves."""

    def __init__(self, session: Session, year: int, as_of: date | None = None) -> None:
        self._session, self._year, self._as_of = session, year, as_of
        self._covered: Mapping[int, str] = care.cover_purposes(session, year)
        self.in_book = self._until(_entry.year == year, _entry.booked_on)

    def holds(self, word: str) -> ColumnElement[bool]:
        """Whether a line says ``word``, of which the first ``_WORD_LIMIT`` letters count; what is covered does not."""
        word = word[:_WORD_LIMIT]  # SQLite compares no more than 50,000 bytes
        plain = unicodedata.normalize("NFKC", word).casefold()
        purpose = _contains(_entry.purpose, word, plain)
        if self._covered:
            told = [id_ for id_, text in self._covered.items() if plain in text.casefold()]
            purpose = or_(and_(purpose, _entry.id.not_in(self._covered)), _entry.id.in_(told))
        visits = select(_visit.fund_entry_id).where(_visit.fund_entry_id.is_not(None))
        shows_payee = and_(_entry.id.not_in(visits), func.coalesce(_entry.reverses_id, 0).not_in(visits))
        items = [code for code, item in list_items(self._session).items() if plain in item.zh.casefold() or plain in item.en.casefold()]
        return or_(
            purpose,
            and_(_contains(_entry.payee, word, plain), shows_payee),
            _contains(_entry.handler, word, plain),
            _entry.item.in_(items),
            *_is_number(plain.replace(",", "").lstrip("¥￥").removesuffix("元")),
        )

    def is_standing_spending(self) -> ColumnElement[bool]:
        """Whether a line is spending that was not corrected and corrects nothing."""
        return and_(_entry.direction == Direction.OUT, _entry.reverses_id.is_(None), ~self._is_corrected())

    def check(self, only: EntryCheck) -> ColumnElement[bool]:
        """Whether a line is one of those to be looked at."""
        match only:
            case EntryCheck.NO_PAPERS:
                return and_(self.is_standing_spending(), _entry.papers == 0, *_has_no_paper())
            case EntryCheck.UNAPPROVED:
                return and_(self.is_standing_spending(), _entry.approver == "")
            case EntryCheck.CORRECTIONS:
                return or_(_entry.reverses_id.is_not(None), self._is_corrected())
            case EntryCheck.ONE_HAND:
                one_hand: ColumnElement[bool] = _entry.one_hand != ""
                return one_hand

    def read(
        self, wanted: Sequence[ColumnElement[bool]], *, newest_first: bool = False, limit: int | None = None, offset: int = 0
    ) -> tuple[EntryView, ...]:
        """The lines that fit ``wanted``. The balance runs over the whole year, whatever is asked for."""
        by, of = aliased(_entry, name="by"), aliased(_entry, name="of")
        order = [column.desc() if newest_first else column for column in (_entry.booked_on, _entry.voucher)]
        told = [getattr(_entry, field) for field in _FIELDS]
        query = (
            select(*told, _entry.reverses_id, signed_amount(), by.id, by.year, by.voucher, of.year, of.voucher)
            .outerjoin(by, self._until(by.reverses_id == _entry.id, by.booked_on))
            .outerjoin(of, of.id == _entry.reverses_id)
            .where(*wanted)
            .order_by(*order)
            .limit(limit)
            .offset(offset)
        )
        rows = self._session.execute(query).all()
        if not rows:
            return ()
        page = select(_entry.id).where(*wanted) if limit is None else select(_entry.id).where(_entry.id.in_([row[0] for row in rows]))
        balances = self._balances(rows[-1] if newest_first else rows[0], rows[0] if newest_first else rows[-1])
        papers, visits = self._count_papers(page), self._find_visits()
        return tuple(self._view(row, balances, papers, visits) for row in rows)

    def _balances(self, oldest: Any, newest: Any) -> dict[int, int]:
        """What was left after each line of the year between two of them, by id."""
        place = tuple_(_entry.booked_on, _entry.voucher)
        first, last = ((row.booked_on, row.voucher) for row in (oldest, newest))
        before = select(func.coalesce(func.sum(balance_step()), 0)).where(_entry.year == self._year, place < first)
        opening_fen = opening_of(self._session, self._year) + int(self._session.execute(before).scalar_one())
        between = select(_entry.id, balance_step()).where(_entry.year == self._year, place >= first, place <= last)
        steps = self._session.execute(between.order_by(_entry.booked_on, _entry.voucher)).all()
        after = accumulate((step for _, step in steps), initial=opening_fen)
        next(after)
        return {id_: balance_fen for (id_, _), balance_fen in zip(steps, after, strict=True)}

    def _count_papers(self, page: Select[Any]) -> dict[int, int]:
        """Papers behind the lines of ``page``: their own, those of their claims and of the hand-outs they pay."""
        kept = _paper.removed_at_utc.is_(None)
        own = select(_paper.fund_entry_id, func.count()).where(kept, _paper.fund_entry_id.in_(page)).group_by(_paper.fund_entry_id)
        of_claim = select(_entry.id, func.count()).join(FundPaper, _paper.claim_id == _entry.claim_id)
        of_handout = select(_handout.fund_entry_id, func.count()).join(FundPaper, _paper.handout_id == _handout.id)
        counts: dict[int, int] = {}
        for query in (
            own,
            of_claim.where(kept, _entry.id.in_(page)).group_by(_entry.id),
            of_handout.where(kept, _handout.fund_entry_id.in_(page)).group_by(_handout.fund_entry_id),
        ):
            for entry_id, count in self._session.execute(query):
                counts[entry_id] = counts.get(entry_id, 0) + count
        return counts

    def _find_visits(self) -> dict[int, bool]:
        """Entries that pay for visits: whether one of the visits stands. All there are, for corrections may name one of an earlier year."""
        query = select(_visit.fund_entry_id, func.min(case((_visit.removed, 1), else_=0))).where(_visit.fund_entry_id.is_not(None))
        return {id_: not is_removed for id_, is_removed in self._session.execute(query.group_by(_visit.fund_entry_id))}

    def _view(self, row: Any, balances: Mapping[int, int], papers: Mapping[int, int], visits: Mapping[int, bool]) -> EntryView:
        told = dict(zip(_FIELDS, row, strict=False))
        reverses, counted_fen, by_id, by_year, by_voucher, of_year, of_voucher = row[len(_FIELDS) :]
        id_, is_income = told["id"], told["direction"] is Direction.IN
        told["purpose"] = self._covered.get(id_, told["purpose"])
        if id_ in visits or reverses in visits:
            told["payee"] = ""
        return EntryView(
            **told,
            in_fen=counted_fen if is_income else 0,
            out_fen=0 if is_income else counted_fen,
            balance_fen=balances[id_],
            reverses=reverses,
            reversed_by=by_id,
            other_year=of_year or by_year,
            other_voucher=of_voucher or by_voucher,
            paper_count=papers.get(id_, 0),
            is_visit=visits.get(id_, False),
        )

    def _is_corrected(self) -> ColumnElement[bool]:
        by = aliased(_entry)
        corrected: ColumnElement[bool] = _entry.id.in_(select(by.reverses_id).where(self._until(by.reverses_id.is_not(None), by.booked_on)))
        return corrected

    def _until(self, condition: ColumnElement[bool], day: ColumnElement[date]) -> ColumnElement[bool]:
        return condition if self._as_of is None else and_(condition, day <= self._as_of)


def _contains(column: Any, *words: str) -> ColumnElement[bool]:
    return or_(*(column.icontains(word, autoescape=True) for word in dict.fromkeys(words)))


def _is_number(word: str) -> list[ColumnElement[bool]]:
    """A voucher's number or an amount."""
    found = _AMOUNT.fullmatch(word)
    if found is None or len(word) > 15:
        return []
    yuan, fen = int(found[1]), found[2]
    if not fen:
        return [_entry.voucher == yuan, _entry.amount_fen.between(yuan * 100, yuan * 100 + 99)]
    return [_entry.amount_fen.between(yuan * 100 + int(fen.ljust(2, "0")), yuan * 100 + int(fen.ljust(2, "9")))]


def _has_no_paper() -> list[ColumnElement[bool]]:
    """Neither an entry nor its claim nor the hand-out it pays has a paper on record, and no proof of a visit was seen."""
    kept = _paper.removed_at_utc.is_(None)
    of_handouts = select(_handout.fund_entry_id).join(FundPaper, _paper.handout_id == _handout.id)
    return [
        _entry.id.not_in(select(_paper.fund_entry_id).where(kept, _paper.fund_entry_id.is_not(None))),
        func.coalesce(_entry.claim_id, 0).not_in(select(_paper.claim_id).where(kept, _paper.claim_id.is_not(None))),
        _entry.id.not_in(of_handouts.where(kept, _handout.fund_entry_id.is_not(None))),
        _entry.id.not_in(select(_visit.fund_entry_id).where(_visit.paper_seen != "", _visit.fund_entry_id.is_not(None))),
    ]
