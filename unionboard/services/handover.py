"""What one committee hands to the next: a year with everything in it, to be read without the program.

Nobody who was visited or helped is named, and no paper about them is in it, unless that is asked for. Source: domain notes D2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from unionboard.drafting.document import Paragraph, SummaryDocument
from unionboard.errors.handover import NothingToHandOver
from unionboard.errors.plans import NoPlanForYear
from unionboard.models import Activity, CareVisit, CheckOff, Evidence, FundEntry, Measure, Meeting, Plan
from unionboard.services import plans, unions
from unionboard.services.activities import ActivityView, Record, list_activities
from unionboard.services.audit_folder import AuditFacts, gather_audit
from unionboard.services.chain_check import ChainHead, read_head
from unionboard.services.covering import Cover
from unionboard.services.evidence import stays_on_paper
from unionboard.services.guard import require
from unionboard.services.meeting_views import DecisionFacts
from unionboard.services.minutes import MinutesFacts, MinutesItem, read_minutes
from unionboard.services.occasions import list_occasions
from unionboard.services.permissions import Act
from unionboard.services.summary import build_document, list_drafts, read_draft


@dataclass(frozen=True, slots=True)
class HandedPaper:
    """Something that proves a check-off. ``is_private``: it stays with the union; ``stored_name`` is empty when it was seen, not copied."""

    row: Evidence
    is_private: bool


@dataclass(frozen=True, slots=True)
class HandedSummary:
    """A summary as it reads; ``final_on`` None: nobody has locked it."""

    document: SummaryDocument
    final_on: date | None
    who: str


@dataclass(frozen=True, slots=True)
class HandedVisit:
    """A visit with the name of whom it was for; only where names were asked for."""

    visited_on: date
    zh: str
    en: str
    recipient: str
    people: int
    amount_fen: int
    goods: str


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """Everything of a year. ``plan`` None: only the books were kept. ``measures`` by section; ``papers`` by check-off; ``books``: one a
    calendar year the plan touches. Files in which one of ``private_names`` stands are left out; ``visits`` only with names."""

    union: str
    year: int
    as_of: date
    language: str
    plan: Plan | None
    guiding: str
    closing: str
    activities: tuple[ActivityView, ...]
    measures: Mapping[int, tuple[str, ...]]
    papers: Mapping[int, tuple[HandedPaper, ...]]
    meetings: tuple[MinutesFacts, ...]
    summaries: tuple[HandedSummary, ...]
    books: tuple[AuditFacts, ...]
    visits: tuple[HandedVisit, ...]
    chain: ChainHead
    private_names: tuple[str, ...]
    with_names: bool

    @property
    def first(self) -> date:
        """The first day of the year that is handed over."""
        return self.plan.starts_on if self.plan else date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """Its last day (inclusive)."""
        return self.plan.ends_on if self.plan else date(self.year, 12, 31)


def gather_handover(session: Session, year: int, *, as_of: date, language: str, with_names: bool = False) -> HandoverFacts:
    """The year as it stands on ``as_of`` (inclusive), written in ``language``. Changes nothing; that it is taken out is for
    ``exports.record_export`` to write down.

    Raises: NothingToHandOver, NotYours.
    """
    require(session, Act.HAND_OVER)
    if with_names:
        require(session, Act.EXPORT_NAMES)
    return _Gathering(session, year, as_of, language, with_names=with_names).gather()


def list_years(session: Session) -> list[int]:
    """The years that can be handed over, newest first: those with a plan or a book."""
    return sorted({*session.exec(select(Plan.year)), *session.exec(select(FundEntry.year).distinct())}, reverse=True)


class _Gathering:
    """The year's rows, and how their texts are cleaned."""

    def __init__(self, session: Session, year: int, as_of: date, language: str, *, with_names: bool) -> None:
        self._session, self._year, self._as_of, self._language, self._with_names = session, year, as_of, language, with_names
        self._cover = Cover(session, language=language)
        try:
            self._plan: Plan | None = plans.plan_of_year(session, year)
        except NoPlanForYear:
            self._plan = None

    def gather(self) -> HandoverFacts:
        plan, session = self._plan, self._session
        books = [self._gather_book(year) for year in self._years()]
        kept = tuple(book for book in books if not book.report.is_empty)
        if plan is None and not kept:
            raise NothingToHandOver(year=self._year)
        union = unions.find_union(session)
        activities = [] if plan is None else list_activities(session, plan.id or 0, today=self._as_of)
        return HandoverFacts(
            union=union.name if union else "",
            year=self._year,
            as_of=self._as_of,
            language=self._language,
            plan=plan,
            guiding="" if plan is None else self._text(plan.guiding),
            closing="" if plan is None else self._text(plan.closing),
            activities=tuple(self._tell_activity(view) for view in activities),
            measures={} if plan is None else self._gather_measures(plan),
            papers={} if plan is None else self._gather_papers(plan, activities),
            meetings=() if plan is None else self._gather_meetings(plan),
            summaries=() if plan is None else self._gather_summaries(plan),
            books=kept,
            visits=self._gather_visits() if self._with_names else (),
            chain=read_head(session),
            private_names=() if self._with_names else self._cover.names,
            with_names=self._with_names,
        )

    def _years(self) -> range:
        return range(self._plan.starts_on.year, self._plan.ends_on.year + 1) if self._plan else range(self._year, self._year + 1)

    def _gather_book(self, year: int) -> AuditFacts:
        return gather_audit(self._session, year, as_of=self._as_of, language=self._language, with_names=self._with_names)

    def _text(self, text: str) -> str:
        """Names stay covered in every text: with names, they stand in the list of visits and in papers."""
        return self._cover.text(text)

    # --- the plan and what was held -----------------------------------------------------------------------------------------------

    def _tell_activity(self, view: ActivityView) -> ActivityView:
        return replace(
            view,
            title=self._text(view.title),
            note=self._text(view.note),
            state_reason=self._text(view.state_reason),
            audience=self._text(view.audience),
            section_title=self._text(view.section_title),
            records=tuple(self._tell_record(record) for record in view.records),
        )

    def _tell_record(self, record: Record) -> Record:
        return replace(
            record,
            result=self._text(record.result),
            award=self._text(record.award),
            remaining=self._text(record.remaining),
            agenda=self._text(record.agenda),
        )

    def _gather_measures(self, plan: Plan) -> dict[int, tuple[str, ...]]:
        measures: dict[int, list[Measure]] = {}
        for row in plans.list_measures(self._session, plan.id or 0):
            measures.setdefault(row.section_id, []).append(row)
        return {section_id: tuple(self._text(row.text) for row in rows) for section_id, rows in measures.items()}

    def _gather_papers(self, plan: Plan, activities: list[ActivityView]) -> dict[int, tuple[HandedPaper, ...]]:
        """Papers of activities about illness and hardship stay, and so does what is called after somebody."""
        private = {record.id for view in activities if stays_on_paper(view) for record in view.records}
        live = (
            select(Evidence)
            .join(CheckOff, col(CheckOff.id) == Evidence.check_off_id)
            .join(Activity, col(Activity.id) == CheckOff.activity_id)
        )
        live = live.where(Activity.plan_id == plan.id, col(CheckOff.undone_at_utc).is_(None), col(Evidence.removed_at_utc).is_(None))
        papers: dict[int, list[HandedPaper]] = {}
        for row in self._session.exec(live.order_by(col(Evidence.id))):
            is_named = any(name in text for name in self._cover.names for text in (row.name, row.place))
            is_private = is_named or row.check_off_id in private
            shown = Evidence(**row.model_dump() | ({"name": "", "place": ""} if is_named else {}))
            papers.setdefault(row.check_off_id, []).append(HandedPaper(shown, is_private and not self._with_names))
        return {id_: tuple(found) for id_, found in papers.items()}

    # --- meetings and summaries ---------------------------------------------------------------------------------------------------

    def _gather_meetings(self, plan: Plan) -> tuple[MinutesFacts, ...]:
        """Those that ended, oldest first, as their minutes tell them."""
        query = select(Meeting).where(Meeting.plan_id == plan.id, col(Meeting.ended_at_utc).is_not(None), Meeting.held_on <= self._as_of)
        rows = self._session.exec(query.order_by(col(Meeting.number)))
        return tuple(self._tell_minutes(read_minutes(row.minutes)) for row in rows if row.minutes)

    def _tell_minutes(self, facts: MinutesFacts) -> MinutesFacts:
        return replace(
            facts,
            items=tuple(self._tell_item(item) for item in facts.items),
            not_reached=tuple(self._tell_item(item) for item in facts.not_reached),
            decisions=tuple(self._tell_decision(one) for one in facts.decisions),
        )

    def _tell_item(self, item: MinutesItem) -> MinutesItem:
        return replace(
            item,
            title=self._text(item.title),
            note=self._text(item.note),
            gathered=tuple(self._text(title) for title in item.gathered),
            follow_up=self._tell_decision(item.follow_up) if item.follow_up else None,
            decisions=tuple(self._tell_decision(one) for one in item.decisions),
        )

    def _tell_decision(self, facts: DecisionFacts) -> DecisionFacts:
        return replace(facts, title=self._text(facts.title), text=self._text(facts.text))

    def _gather_summaries(self, plan: Plan) -> tuple[HandedSummary, ...]:
        """Every summary of the plan, final ones first; a draft is told as one."""
        told = []
        for head in list_drafts(self._session, plan.id or 0):
            view = read_draft(self._session, head.id)
            document = build_document(view)
            paragraphs = tuple(Paragraph(self._text(one.text), one.level) for one in document.paragraphs)
            final = view.final
            covered = replace(document, paragraphs=paragraphs)
            told.append(HandedSummary(covered, final.at_utc.date() if final else None, final.who if final else ""))
        return tuple(sorted(told, key=lambda one: one.final_on is None))

    def _gather_visits(self) -> tuple[HandedVisit, ...]:
        years, occasions = self._years(), list_occasions(self._session)
        within = col(CareVisit.visited_on).between(date(years[0], 1, 1), min(date(years[-1], 12, 31), self._as_of))
        rows = self._session.exec(select(CareVisit).where(within, col(CareVisit.removed).is_(False)).order_by(col(CareVisit.visited_on)))
        return tuple(
            HandedVisit(
                row.visited_on,
                occasions[row.kind].zh,
                occasions[row.kind].en,
                row.recipient,
                row.people,
                row.amount_fen,
                row.goods,
            )
            for row in rows
        )
