"""What may be attached to the summary: tables of activities, fund and care out of the same records, and the records behind each sentence.

Names of people who were visited are in none of it, and small counts stay merged. Source: domain notes E1 (tables of real summaries), D2.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from unionboard.drafting.facts import CareFacts
from unionboard.drafting.figures import Source
from unionboard.drafting.finding.care import find_care
from unionboard.drafting.records import ActivityRecord, YearRecords
from unionboard.models import BlockKind, FundEntry
from unionboard.reference.relations import Relation
from unionboard.services.summary import SummaryView
from unionboard.services.summary_check import open_cover
from unionboard.services.year_records import gather_records


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """Something that was held: days inclusive (``done_to`` None: one day). 0: nothing was recorded."""

    done_on: date
    done_to: date | None
    title: str
    person_times: int
    result: str
    award: str


@dataclass(frozen=True, slots=True)
class FundRow:
    """An item of the books in fen; ``budget_fen`` 0: none was budgeted."""

    name: str
    budget_fen: int
    booked_fen: int


@dataclass(frozen=True, slots=True)
class CareRow:
    """Visits of one occasion, small ones merged; ``amount_fen`` None: so few that their sum is kept back."""

    name: str
    visits: int
    person_times: int
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class HandoutRow:
    """A hand-out to members: heads × value a head."""

    title: str
    handed_on: date
    heads: int
    unit_fen: int

    @property
    def amount_fen(self) -> int:
        return self.heads * self.unit_fen


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence below its printed heading (empty for the lead), and the records it rests on. ``is_own``: people wrote or changed it, and
    the records are those of the words it stands for."""

    heading: str
    text: str
    sources: tuple[Source, ...]
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class RecordLabel:
    """How a record is found again: its day and title, or the number of its voucher."""

    on: date | None = None
    title: str = ""
    voucher: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryAnnexes:
    """Everything that is attached, in its order; what is empty is not printed.

    ``activities``: the union's own, ``joined``: those of superior bodies, both by day. ``labels``: of the records behind ``sentences``.
    """

    as_of: date
    activities: tuple[ActivityRow, ...] = ()
    joined: tuple[ActivityRow, ...] = ()
    income: tuple[FundRow, ...] = ()
    spending: tuple[FundRow, ...] = ()
    opening_fen: int = 0
    care: tuple[CareRow, ...] = ()
    care_fen: int | None = None
    handouts: tuple[HandoutRow, ...] = ()
    sentences: tuple[SentenceRow, ...] = ()
    labels: dict[Source, RecordLabel] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any((self.activities, self.joined, self.income, self.spending, self.care, self.handouts, self.sentences))

    @property
    def income_fen(self) -> int:
        return sum(row.booked_fen for row in self.income)

    @property
    def spending_fen(self) -> int:
        return sum(row.booked_fen for row in self.spending)

    @property
    def balance_fen(self) -> int:
        return self.opening_fen + self.income_fen - self.spending_fen


def gather_annexes(session: Session, view: SummaryView, *, tables: bool = True, sources: bool = False) -> SummaryAnnexes:
    """What is attached to a draft: the ``tables``, and with ``sources`` every sentence with the records it rests on. Raises: NoPlanYet."""
    if not (tables or sources):
        return SummaryAnnexes(as_of=view.as_of)
    cover = open_cover(session, view)
    records = _cover(gather_records(session, view.plan_id, as_of=view.as_of, language=view.language, span=view.span), cover)
    told = _tell_tables(records) if tables else SummaryAnnexes(as_of=view.as_of)
    if not sources:
        return told
    sentences = tuple(_sentences(view))
    behind = {source for row in sentences for source in row.sources}
    return replace(told, sentences=sentences, labels=_labels(session, records, behind))


def _cover(records: YearRecords, cover: Callable[[str], str]) -> YearRecords:
    """The records with all that people typed into them fit to be listed."""
    activities = tuple(
        replace(
            activity,
            title=cover(activity.title),
            deeds=tuple(replace(deed, result=cover(deed.result), award=cover(deed.award)) for deed in activity.deeds),
        )
        for activity in records.activities
    )
    handouts = tuple(replace(row, title=cover(row.title)) for row in records.care.handouts)
    return replace(records, activities=activities, care=replace(records.care, handouts=handouts))


def _tell_tables(records: YearRecords) -> SummaryAnnexes:
    joined = [activity for activity in records.activities if activity.relation == Relation.JOIN]
    own = [activity for activity in records.activities if activity.relation != Relation.JOIN]
    care = find_care(records.care, None, union=records.union.source)
    return SummaryAnnexes(
        as_of=records.as_of,
        activities=_activity_rows(own),
        joined=_activity_rows(joined),
        income=_fund_rows(records.money.income_fen, {}, records.money.names),
        spending=_fund_rows(records.money.spending_fen, records.money.budget_fen, records.money.names),
        opening_fen=records.money.opening_fen,
        care=_care_rows(care),
        care_fen=care.spent.number if care.spent else None,
        handouts=tuple(HandoutRow(row.title, row.handed_on, row.heads, row.unit_fen) for row in records.care.handouts),
    )


def _activity_rows(activities: Iterable[ActivityRecord]) -> tuple[ActivityRow, ...]:
    rows = [
        ActivityRow(deed.done_on, deed.done_to, activity.title, deed.attendances, deed.result, deed.award)
        for activity in activities
        for deed in activity.deeds
    ]
    return tuple(sorted(rows, key=lambda row: (row.done_on, row.done_to or row.done_on)))


def _fund_rows(booked: Mapping[str, int], budget: Mapping[str, int], names: Mapping[str, str]) -> tuple[FundRow, ...]:
    """By item, the largest sum first; those that were budgeted and not touched stand last."""
    rows = [FundRow(names.get(code, code), budget.get(code, 0), booked.get(code, 0)) for code in dict.fromkeys([*booked, *budget])]
    return tuple(sorted((row for row in rows if row.booked_fen or row.budget_fen), key=lambda row: (-row.booked_fen, -row.budget_fen)))


def _care_rows(care: CareFacts) -> tuple[CareRow, ...]:
    return tuple(
        CareRow(one.name.text, one.times.number, one.attended.number, one.spent.number if one.spent else None) for one in care.occasions
    )


def _sentences(view: SummaryView) -> Iterable[SentenceRow]:
    headings = view.headings
    for block in view.printed:
        if block.kind is not BlockKind.SIGNATURE:
            for sentence in block.shown:
                sources = sentence.sentence.sources if sentence.sentence else ()
                if sources or sentence.is_edited:
                    yield SentenceRow(headings.get(block.key, ""), sentence.printed, sources, sentence.is_edited)


def _labels(session: Session, records: YearRecords, wanted: set[Source]) -> dict[Source, RecordLabel]:
    """Of check-offs and activities their day and title, of entries the number of their voucher."""
    labels = {activity.source: RecordLabel(title=activity.title) for activity in records.activities}
    labels |= {deed.source: RecordLabel(deed.done_on, activity.title) for activity in records.activities for deed in activity.deeds}
    entries = [source.id for source in wanted if source.noun == "fund_entry"]
    if entries:
        columns = select_columns(col(FundEntry.id), col(FundEntry.booked_on), col(FundEntry.voucher))
        rows = session.execute(columns.where(col(FundEntry.id).between(min(entries), max(entries))))
        labels |= {Source("fund_entry", id_): RecordLabel(booked_on, voucher=voucher) for id_, booked_on, voucher in rows}
    return {source: label for source, label in labels.items() if source in wanted}
