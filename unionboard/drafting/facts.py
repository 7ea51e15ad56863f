"""The facts of a period as a tree: figures with the records they rest on, under the headings of the plan. No words of any language.

What is told in which words, and how much of it, is the business of the wording; what is true is decided here.
Source: domain notes A4, E2–E4.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from unionboard.drafting.figures import Figure, Source
from unionboard.drafting.records import ActivityRecord, Deed


@dataclass(frozen=True, slots=True)
class QuotedText:
    """Words somebody typed (a result, a title, a reason), the numbers that stand in them, and the record they are from.

    ``source`` is None for words that have no record of their own (the official name of a fund item, of an occasion).
    """

    text: str
    figures: tuple[tuple[int, int, Figure], ...] = ()  # start, end, the figure: rule TEXT
    source: Source | None = None

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """An award: ``level`` is a code of award_levels or empty."""

    text: QuotedText
    level: str
    title: QuotedText  # of the activity
    won_on: Figure


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A figure the plan set itself, and what the records reached: ``is_met`` is None where no record can tell."""

    phrase: QuotedText  # the plan's own words; the source is the activity or measure
    title: QuotedText  # of the activity it was set for
    reached: Figure | None
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class ComparedFacts:
    """The same count in the period before, where it is known."""

    now: Figure
    before: Figure


@dataclass(frozen=True, slots=True)
class DeedFacts:
    """A check-off of a one-off activity, with everything that may be told of it. ``weight`` says how much it deserves to be told."""

    activity: ActivityRecord
    deed: Deed
    title: QuotedText
    kind: str  # code of a kind of activity, see reference/figures.toml: congress, proposals, contest, training …
    from_on: Figure
    to_on: Figure | None  # None: one day
    present: Figure | None  # persons
    eligible: Figure | None
    turnout: Figure | None  # present of eligible, in percent
    person_times: Figure | None
    figures: dict[str, Figure]  # code of reference/figures -> figure, nothing that is 0
    rates: dict[str, Figure]  # "answered": answered of received; "satisfied", "delegates", …
    agenda: tuple[QuotedText, ...]
    award: AwardFacts | None
    spent: Figure | None
    result: QuotedText | None
    remaining: QuotedText | None
    targets: tuple[TargetFacts, ...]
    evidence: Figure  # count of papers
    weight: int


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Deeds of one kind and area within a section, counted. ``attended`` is in person-times and covers ``counted`` of them."""

    kind: str
    area: str
    times: Figure
    attended: Figure | None
    counted: int
    turnout: Figure | None  # over the deeds that have both figures
    spent: Figure | None
    deeds: tuple[DeedFacts, ...]  # by day
    last_year: ComparedFacts | None


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """A recurring or standing duty: how often it was kept, of how many turns planned."""

    activity: ActivityRecord
    title: QuotedText
    frequency: QuotedText | None
    kept: Figure  # count of check-offs; 0 for one without a record
    planned: Figure | None  # count of turns in the whole period
    missed: Figure | None  # count of turns whose time has passed
    attended: Figure | None
    counted: int
    figures: dict[str, Figure]
    spent: Figure | None
    awards: tuple[AwardFacts, ...]
    results: tuple[QuotedText, ...]
    targets: tuple[TargetFacts, ...]


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A heading of the plan (or a work area, for plans without headings) and what became of it."""

    key: str
    heading: QuotedText  # empty: the wording names the area (``area``), or «other work» for the key «other»
    area: str
    planned: Figure  # one-off activities
    done: Figure  # counts check-offs: one for each that is done
    late: Figure
    waiting: Figure  # coming, under way or postponed
    cancelled: Figure
    groups: tuple[GroupFacts, ...]  # what was done, the most important kind first; congresses stand apart as a group of their own
    partly: tuple[DeedFacts, ...]
    duties: tuple[DutyFacts, ...]
    spent: Figure | None
    has_result: bool  # somebody wrote down what something here was good for
    tells_care: bool  # care visits are told here
    silent: tuple[DutyFacts, ...] = ()  # duties without a record, not cancelled; they are among ``duties`` too

    @property
    def has_record(self) -> bool:
        """Whether anything of this section was done."""
        return bool(self.groups or self.partly or any(duty.kept.number for duty in self.duties))


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan as a whole: one-off activities by what became of them."""

    planned: Figure
    done: Figure
    partly: Figure
    under_way: Figure
    waiting: Figure
    late: Figure
    cancelled: Figure
    attended: Figure | None  # person-times of everything
    last_year: ComparedFacts | None


@dataclass(frozen=True, slots=True)
class BasicsFacts:
    """The union itself. None: nobody has said it."""

    members: Figure | None
    women: Figure | None
    staff: Figure | None
    joining: Figure | None  # members of staff, in percent
    joined: Figure | None  # members who came, out of check-offs
    left: Figure | None
    groups: Figure | None
    delegates: Figure | None
    committee: Figure | None  # count of active members of the committee list
    meetings: Figure | None  # committee meetings held and closed


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A sum of a fund item: its code, what the union calls it, and the share it has of the whole where that is told."""

    code: str
    name: QuotedText
    figure: Figure
    share: Figure | None = None


@dataclass(frozen=True, slots=True)
class OccasionFacts:
    """Visits of one occasion. ``spent`` is None when nothing was, or so few were visited that their sum is kept back."""

    code: str
    name: QuotedText
    times: Figure
    attended: Figure  # person-times
    spent: Figure | None


@dataclass(frozen=True, slots=True)
class HandoutFacts:
    """Goods for a festival or an occasion: heads × value a head."""

    title: QuotedText
    festival: str  # code of reference/festivals or empty
    handed_on: Figure
    heads: Figure
    value: Figure  # fen a head
    sum: Figure


@dataclass(frozen=True, slots=True)
class CareFacts:
    """Care visits; occasions with fewer than three cases are merged already, and no name is in here."""

    times: Figure | None
    attended: Figure | None  # person-times
    spent: Figure | None
    occasions: tuple[OccasionFacts, ...]
    handouts: tuple[HandoutFacts, ...]
    last_year: ComparedFacts | None


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """The books of the period."""

    opening: Figure | None  # None: nothing was carried over
    income: Figure
    spending: Figure
    balance: Figure
    items: tuple[NamedFigure, ...]  # spending by item, the largest first, with its share
    incomes: tuple[NamedFigure, ...]
    budget: Figure | None  # of spending
    execution: Figure | None  # spent of it, in percent
    members_share: Figure | None  # members' activities (职工活动支出) of all spending
    over: tuple[NamedFigure, ...]  # fen above the budget of an item
    has_entries: bool
    last_year: ComparedFacts | None


class ProblemKind(StrEnum):
    """What records complain of, the gravest first."""

    LATE = "late"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    PARTLY = "partly"
    MISSED = "missed"  # turns of duties
    TARGET = "target"  # not reached
    TURNOUT = "turnout"
    WEAK_AREA = "weak_area"  # a section without any record, or with much less than the year before
    OVER_PLAN = "over_plan"
    OVER_ITEM = "over_item"
    EXECUTION = "execution"
    EVIDENCE = "evidence"
    ARTICLES = "articles"  # fewer than the target


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing of a problem: what it is called, the figures that say so, and the reason people gave."""

    title: QuotedText
    figures: tuple[Figure, ...] = ()
    reason: QuotedText | None = None
    area: str = ""  # of a weak area whose plan has no headings: ``title`` is empty


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """A problem; next year's idea answers each of them, one to one. What ``figures`` are depends on the kind; see finding.problems."""

    kind: ProblemKind
    complaints: tuple[Complaint, ...]
    figures: tuple[Figure, ...] = ()  # of the problem as a whole


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """Something of the next plan, with the days this one gave it; None where it named none."""

    activity: ActivityRecord
    title: QuotedText
    frequency: QuotedText | None
    from_on: Figure | None
    to_on: Figure | None


@dataclass(frozen=True, slots=True)
class OutlineFacts:
    """A heading of the next plan: duties that go on, and what this one leaves undone. Only headings that hold something."""

    key: str
    heading: QuotedText
    area: str
    going_on: tuple[OutlineItem, ...]
    carried_over: tuple[OutlineItem, ...]


@dataclass(frozen=True, slots=True)
class NextFacts:
    """What goes over into the next period besides the answers to problems."""

    waiting: tuple[QuotedText, ...]  # still to be done in this one
    duties: tuple[QuotedText, ...]  # go on
    biennial: tuple[QuotedText, ...]  # every second year, due again
    promises: tuple[QuotedText, ...]  # open decisions of committee meetings
    outline: tuple[OutlineFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """What the summary is about; days inclusive. ``kind``: calendar_year, school_year, term."""

    kind: str
    year: int
    starts_on: date
    ends_on: date
    as_of: date
    is_year_end: bool  # in its last month or later: then «the whole year» may be said
    is_over: bool
    is_plans: bool = True  # year and days are the plan's own


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Everything the summary may say. ``plan`` is the source of what only the plan says (period, headings)."""

    union_name: QuotedText
    higher_union: QuotedText
    party_body: QuotedText
    centre: QuotedText
    plan_source: Source
    period: Period
    plan: PlanFacts
    basics: BasicsFacts
    sections: tuple[SectionFacts, ...]
    care: CareFacts
    care_in_money: bool  # no section tells the visits
    money: MoneyFacts
    honours: tuple[AwardFacts, ...]
    problems: tuple[ProblemFacts, ...]
    ahead: NextFacts
