"""A document just read: its rows under correction beside their source, and what adopting makes of them. Nothing is stored before that."""

import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate

from unionboard.models import PeriodKind
from unionboard.reading.draft import Doubt, MeasureDraft, PlanDraft, Reading, SectionRole
from unionboard.services.periods import Span
from unionboard.services.plan_periods import Period, propose_period
from unionboard.services.plan_rows import PlanRow, find_doubts, list_rows
from unionboard.ui.text import t


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A row as it stands now. ``kept``: it will be adopted; ``typed``: a time that was typed and is not understood; ``settled``: doubts
    about which a person said that the row is right.
    """

    id: str
    row: PlanRow
    kept: bool = True
    typed: str = ""
    settled: tuple[Doubt, ...] = ()

    @property
    def is_unclear(self) -> bool:
        """It cannot be adopted as it stands: no name, or a time nobody understands."""
        return self.kept and bool(self.typed or not self.row.title.strip())


@dataclass(frozen=True, slots=True)
class TakenMeasure:
    """A line taken in as a measure of the draft's section ``section`` (0-based)."""

    line: int
    section: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that corrections change; undoing puts an earlier one back."""

    rows: tuple[DeskRow, ...]
    measures: tuple[TakenMeasure, ...] = ()


@dataclass(slots=True)
class Desk:
    """What lies on the desk while a document is being turned into a plan.

    ``token`` names it across a reload of the page; ``step`` is the last step of the browser that was taken; ``jump`` the row the page was
    asked to show and how many times it was asked, ``siblings`` the tokens under which other documents of the file are kept.
    """

    reading: Reading
    n: int
    sheet: Sheet
    title: str
    year: int
    kind: PeriodKind
    starts_on: date
    ends_on: date
    past: list[Sheet] = field(default_factory=list)
    future: list[Sheet] = field(default_factory=list)
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    step: int = 0
    jump: tuple[str, int] = ("", 0)
    siblings: dict[int, str] = field(default_factory=dict)

    @property
    def draft(self) -> PlanDraft:
        return self.reading.plan(self.n)

    @property
    def rows(self) -> tuple[DeskRow, ...]:
        return self.sheet.rows

    @property
    def span(self) -> Span:
        return self.starts_on, self.ends_on

    def doubts_of(self, shown: DeskRow) -> tuple[Doubt, ...]:
        """What a person should still decide about a row, in the plan's period; nothing of one that was dropped."""
        return tuple(doubt for doubt in find_doubts(shown.row, within=self.span) if doubt not in shown.settled) if shown.kept else ()

    def text_of(self, line: int) -> str:
        """The words of a source line (1-based); "" when there is none."""
        return next((source.text.strip() for source in self.reading.lines if source.number == line), "")


def open_desk(
    reading: Reading, *, today: date, n: int | None = None, usual: PeriodKind = PeriodKind.CALENDAR_YEAR, period: Period | None = None
) -> Desk:
    """Lay out document ``n`` (by default the best plan of the file), with its year and period proposed: ``period`` where that is settled,
    else as the document says and the union's plans are ``usual``."""
    draft = reading.plan(n)
    period = period or propose_period(draft.title, years=draft.years, usual=usual, today=today)
    rows = tuple(DeskRow(f"r{number}", row) for number, row in enumerate(list_rows(draft)))
    return Desk(reading, draft.n, Sheet(rows), draft.title, period.year, period.kind, *period.span)


def kept_rows(desk: Desk) -> list[PlanRow]:
    """The rows that will be adopted, in their order; the very objects the page shows."""
    return [shown.row for shown in desk.rows if shown.kept]


def unclear_rows(desk: Desk) -> list[DeskRow]:
    """The rows that must be corrected or dropped first."""
    return [shown for shown in desk.rows if shown.is_unclear]


def doubtful_rows(desk: Desk) -> list[DeskRow]:
    """The rows a person should look at: those that cannot be adopted yet, and those the reader was in doubt about."""
    return [shown for shown in desk.rows if shown.is_unclear or desk.doubts_of(shown)]


def plan_to_adopt(desk: Desk) -> tuple[PlanDraft, list[PlanRow]]:
    """The draft with the measures taken in at the end of their sections, and the kept rows pointing to their measures in it."""
    draft, rows = desk.draft, kept_rows(desk)
    if not desk.sheet.measures:
        return draft, rows
    more: list[list[MeasureDraft]] = [
        [MeasureDraft(bare_words(desk.text_of(taken.line)), taken.line) for taken in desk.sheet.measures if taken.section == number]
        for number in range(len(draft.sections))
    ]
    sections = tuple(replace(section, measures=(*section.measures, *more[n])) for n, section in enumerate(draft.sections))
    homes = [n for n, section in enumerate(draft.sections) for _ in section.measures]
    before = [0, *accumulate(len(added) for added in more)]
    moved = [row if row.measure is None else replace(row, measure=row.measure + before[homes[row.measure]]) for row in rows]
    return replace(draft, sections=sections), moved


def bare_words(text: str) -> str:
    """A line without its number and its full stop."""
    return re.sub(r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]\s*", "", text).strip(" \t\u3000。；;")


def next_doubt(desk: Desk) -> DeskRow | None:
    """The doubtful row after the one last shown, the first one after the last."""
    waiting = doubtful_rows(desk)
    ids = [shown.id for shown in desk.rows]
    place = ids.index(desk.jump[0]) if desk.jump[0] in ids else -1
    return next((shown for shown in waiting if ids.index(shown.id) > place), next(iter(waiting), None))


def section_names(desk: Desk) -> dict[int, str]:
    """Short names of the sections an activity can stand under, by their index in the draft."""
    sections = enumerate(desk.draft.sections)
    return {n: short_name(s.printed_number, s.heading, s.number) for n, s in sections if s.role is SectionRole.WORK}


def short_name(printed: str, heading: str, number: int) -> str:
    """A section in few words, for a cell."""
    bare = printed.rstrip("、.．")
    words = heading if len(heading) <= 7 else f"{heading[:6]}…"
    return f"{bare or number} {words or t('(without a heading)')}"
