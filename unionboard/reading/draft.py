"""What reading a document gives: the plan as found, and what became of every line.

Pure data. All line numbers are 1-based positions in ``Reading.lines``; nothing here knows a database, a clock or a language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from unionboard.errors.documents import NoSuchDocument
from unionboard.reference.relations import Relation


class DocumentKind(StrEnum):
    """What one document of a file is: only a plan can be adopted."""

    PLAN = "plan"
    SUMMARY = "summary"
    NEWS = "news"
    OTHER = "other"


class LineUse(StrEnum):
    """What a source line became. A blank line became nothing and has no fate."""

    TITLE = "title"
    GUIDING = "guiding"  # preamble and guiding thought, kept as text
    SECTION = "section"
    INTRO = "intro"  # prose under a section heading, no task of its own
    MEASURE = "measure"
    STANDING = "standing"  # a measure with a frequency: a standing or recurring duty
    MONTH_HEAD = "month_head"
    ACTIVITY = "activity"
    SIGNATURE = "signature"
    CLOSING = "closing"
    IGNORED = "ignored"
    ELSEWHERE = "elsewhere"  # belongs to another document of the same file


class IgnoredReason(StrEnum):
    """Why a line was left out of the plan. The words people read are in the catalogue."""

    PAGE_CHROME = "page_chrome"  # navigation, copyright, page numbers, share links
    ADVERTISEMENT = "advertisement"
    NOT_A_PLAN = "not_a_plan"  # the document it stands in is a summary, a report or news
    DUPLICATE = "duplicate"
    ALREADY_DONE = "already_done"  # tells of work done, plans nothing
    TABLE_HEADER = "table_header"
    TOTALS_ROW = "totals_row"
    EMPTY_MONTH = "empty_month"  # a month head with no activity under it
    FORM_TEXT = "form_text"  # labels, fill-in lines, notes of a form
    BEYOND_LIMIT = "beyond_limit"  # of a text or table too large to be read whole
    UNREADABLE = "unreadable"


class Period(StrEnum):
    """The span within which a frequency counts."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    TERM = "term"
    YEAR = "year"
    TWO_YEARS = "two_years"
    STANDING = "standing"  # 常年, 经常, 随时: no count, entries are logged as they come
    ON_EVENT = "on_event"  # 五必访: whenever the occasion arises


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a duty recurs: ``times_min`` to ``times_max`` (inclusive) per ``period``. Source: domain notes on frequencies."""

    period: Period
    times_min: int = 1
    times_max: int = 1
    phrase: str = ""  # the words in the text, e.g. 每学年召开1－2次


class TargetOp(StrEnum):
    """How a target's figure is meant. Source: domain notes A3."""

    EXACTLY = "exactly"  # 10名
    AT_LEAST = "at_least"  # 85%以上, 不少于2次
    AT_MOST = "at_most"  # 不超过3次
    RANGE = "range"  # 1—2次
    AVERAGE = "average"  # 平均每月二篇
    ZERO = "zero"  # 为零, 杜绝


@dataclass(frozen=True, slots=True)
class Target:
    """A figure the plan sets itself. ``low``–``high`` inclusive (equal but for a range), in ``unit`` (%, 名, 次, 篇, 元 …).

    ``per``: what it is counted for, "" the whole period, else a ``Period`` value or "person", "group". ``phrase``: the words in the text.
    """

    op: TargetOp
    low: float
    high: float
    unit: str
    per: str = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class FestivalTime:
    """A festival named as the time: ``code`` of reference/festivals; ``eve``: 前夕, 节前, the seven days before it."""

    code: str
    eve: bool = False


class Doubt(StrEnum):
    """Why a person should look at a row before it is adopted."""

    NO_TIME = "no_time"  # an activity without month or frequency
    EVERY_TWO_YEARS = "every_two_years"  # was it held last year?
    HOLE = "hole"  # a figure or name is missing: xx, 培训人次
    FESTIVAL_ELSEWHERE = "festival_elsewhere"  # the festival named falls in another month of the plan's year
    LONG = "long"  # a whole paragraph as one activity: split it?


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A task under a section. ``area`` is a work-area code of reference/work_areas, or None when no trigger word decided.

    ``area_share``: how sure the area is, 0 to 1. ``festivals``: the festivals that say when; each is an occasion of its own.
    """

    text: str
    line: int
    area: str | None = None
    area_2: str | None = None
    frequency: Frequency | None = None
    area_share: float = 0.0
    owner: str = ""
    relation: Relation = Relation.LEAD
    targets: tuple[Target, ...] = ()
    festivals: tuple[FestivalTime, ...] = ()
    audience: str = ""
    budget_fen: int | None = None
    note: str = ""


class SectionRole(StrEnum):
    """What a section is for: only work is reported on at the end of the year."""

    WORK = "work"
    GUIDING = "guiding"  # 指导思想, 工作目标: aims, no tasks of their own
    SCHEDULE = "schedule"  # its content is the month schedule


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A section under its own heading, word for word; ``number`` is the running position (1-based), ``printed_number`` what stood there.

    ``heading`` is empty where the document lost its heading line and only the restart of the numbering shows that a section begins.
    """

    number: int
    printed_number: str
    heading: str
    line: int
    intro: str = ""
    area: str | None = None
    measures: tuple[MeasureDraft, ...] = ()
    role: SectionRole = SectionRole.WORK


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """One thing that can be ticked off. ``section`` is the 0-based index of the section it was read under, None in a schedule part.

    ``third``: 1, 2, 3 for 上旬, 中旬, 下旬 (初 and 底 are the first and the last) of its one month.
    ``area_share``: how sure the area is, 0 to 1.
    """

    title: str
    line: int
    area: str | None = None
    area_2: str | None = None
    starts_on: date | None = None  # only when the text gives a day AND a year; see ``day_from``
    ends_on: date | None = None
    day_from: tuple[int, int] | None = None  # (month, day) as printed, year still to be chosen
    day_to: tuple[int, int] | None = None
    section: int | None = None
    owner: str = ""
    audience: str = ""
    budget_fen: int | None = None
    note: str = ""
    third: int | None = None
    festival: FestivalTime | None = None
    relation: Relation = Relation.LEAD
    targets: tuple[Target, ...] = ()
    area_share: float = 0.0


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """Activities under one month head. ``months`` in the order of the plan; ``half_year`` 1 or 2 when the text names only a half-year."""

    months: tuple[int, ...]
    items: tuple[ActivityDraft, ...]
    half_year: int | None = None
    line: int = 0
    head: str = ""  # the words of the head, e.g. 七、八月


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the document as people see it."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class LineFate:
    """What one line became; ``reason`` only when ``use`` is IGNORED."""

    line: int
    use: LineUse
    reason: IgnoredReason | None = None


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """One document found in the file; ``n`` is 1-based."""

    n: int
    title: str
    kind: DocumentKind
    first_line: int
    last_line: int  # inclusive
    has_schedule: bool = False  # a month schedule, not only months named in running text


class DocumentPart(StrEnum):
    """Where in a document something stands."""

    TITLE = "title"
    BODY = "body"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class YearPlace:
    """A year the document names, and where: copied plans keep years of an older one. ``line`` is the first such line."""

    year: int
    part: DocumentPart
    line: int


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """One document of the file, read as a plan."""

    n: int
    title: str
    kind: DocumentKind
    guiding: str = ""
    sections: tuple[SectionDraft, ...] = ()
    schedule: tuple[ScheduleEntry, ...] = ()
    fates: Sequence[LineFate] = ()
    years: tuple[int, ...] = ()  # years named in the text, most frequent first: a proposal, the user decides
    closing: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    year_places: tuple[YearPlace, ...] = ()  # each year once a part, in the order of the text

    @property
    def years_disagree(self) -> bool:
        """Whether title, text and signature cannot all be of one plan's year.

        A text may look back or ahead as long as it names the title's year too; a plan may be signed in the year before it begins.
        """
        of = {part: [place.year for place in self.year_places if place.part is part] for part in DocumentPart}
        title, body, signed = (of[part] for part in DocumentPart)
        own = title or body[:1]
        if not own:
            return False
        is_elsewhere = bool(title) and bool(body) and not set(title) & set(body)
        return is_elsewhere or any(not min(own) - 1 <= year <= max(own) for year in signed)

    @property
    def activities(self) -> tuple[ActivityDraft, ...]:
        """All scheduled activities in the order of the text."""
        return tuple(item for entry in self.schedule for item in entry.items)

    @property
    def ignored(self) -> tuple[LineFate, ...]:
        """The lines left out, each with its reason."""
        return tuple(fate for fate in self.fates if fate.use is LineUse.IGNORED)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file: its lines, the documents found in it, and each of them read."""

    filename: str
    lines: tuple[SourceLine, ...]
    documents: tuple[FoundDocument, ...]
    plans: tuple[PlanDraft, ...] = field(default=())  # one for each document, same order

    def plan(self, n: int | None = None) -> PlanDraft:
        """Document ``n`` (1-based), or by default the first plan that has a schedule, else the first plan, else the first document.

        A schedule of its own comes before single months named in running text.

        Raises: NoSuchDocument when ``n`` is not in the file.
        """
        if n is not None:
            for draft in self.plans:
                if draft.n == n:
                    return draft
            raise NoSuchDocument(n=n, found=len(self.plans))
        plans = [draft for draft in self.plans if draft.kind is DocumentKind.PLAN]
        with_schedule = {document.n for document in self.documents if document.has_schedule}
        scheduled = [draft for draft in plans if draft.n in with_schedule]
        dated = [draft for draft in plans if draft.schedule]
        return (scheduled or dated or plans or list(self.plans))[0]
