"""What a language must be able to say. One package per language (zh, en) holds all of a summary's words; nothing else writes a sentence.

Sentences come with their stop and without number or label. Every digit stands in a quote. An empty phrase means: nothing to say.
``turn`` is a number that belongs to what is told (its record, its place in the plan): wordings that know several shapes choose by it, so
that a draft varies, yet no sentence changes because another record went.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Protocol

from unionboard.drafting.facts import DeedFacts, DutyFacts, GroupFacts, OutlineFacts, ProblemFacts, SectionFacts, YearFacts
from unionboard.drafting.phrases import Block, Place, Words, say


class Form(StrEnum):
    """For whom and how long; the values are those of the stored draft. Source: domain notes E2."""

    FULL = "full"
    CONGRESS = "congress"
    BRIEF = "brief"
    COMBINED = "combined"


class Head(StrEnum):
    """Headings that are not the plan's own."""

    BASICS = "basics"
    WORK = "work"  # all sections on one page
    MONEY = "money"
    HONOURS = "honours"
    PROBLEMS = "problems"
    AHEAD = "ahead"
    OUTLINE = "outline"  # of the next plan


Keyed = tuple[str, Words]
"""A sentence and the key that finds it again in a later draft of its block."""


class Wording(Protocol):
    """The words of one language."""

    def title(self, facts: YearFacts, *, form: Form) -> str:
        """The title: union, period, kind of paper."""

    def heading(self, head: Head, facts: YearFacts) -> str:
        """A heading that is not the plan's own."""

    def section_heading(self, part: SectionFacts | OutlineFacts) -> str:
        """The plan's own heading word for word; the name of the work area, or «other work» for the key ``other``, where it has none."""

    def item_label(self, number: int) -> str:
        """The number before an item of a list: ``1.``"""

    def part_label(self, number: int) -> str:
        """The number before a heading of the second level: ``（一）``"""

    def lead(self, facts: YearFacts, *, form: Form) -> Sequence[Keyed]:
        """Under whom and around what; how much of the plan is done; what follows. Keys: lead, plan, closing."""

    def basics(self, facts: YearFacts) -> Sequence[Keyed]:
        """The union in figures; nothing when nobody has said them. Keys: members, bodies."""

    def opening(self, section: SectionFacts, facts: YearFacts, *, turn: int) -> Words:
        """How much of a section is done: only of one with a record and several activities planned."""

    def nothing_done(self, section: SectionFacts, facts: YearFacts) -> Words:
        """A section without a record, and why."""

    def group(self, group: GroupFacts, facts: YearFacts, *, listed: Sequence[DeedFacts]) -> Words:
        """Several deeds of one kind, counted; of them ``listed`` are named here and told nowhere else."""

    def deed(self, deed: DeedFacts, facts: YearFacts, *, turn: int, in_brief: bool) -> Words:
        """One deed in full: when, what, who came, figures, what came of it; in brief who came only where nobody wrote what came of it."""

    def gathered(self, deeds: Sequence[DeedFacts], facts: YearFacts) -> Words:
        """Two small deeds or more in one sentence; its count rests on all of them. It must not say that others were told before."""

    def partly(self, deed: DeedFacts, facts: YearFacts) -> Words:
        """Something that was done in part."""

    def duty(self, duty: DutyFacts, facts: YearFacts, *, turn: int) -> Words:
        """A duty that was kept, how often, of how many turns."""

    def silent_duties(self, duties: Sequence[DutyFacts]) -> Words:
        """Duties without any record, with a gap."""

    def effect_gap(self) -> Words:
        """Only people know what a section was good for."""

    def care(self, facts: YearFacts) -> Sequence[Keyed]:
        """Visits by kind, goods by head; no names. Keys: care, care:year_before, goods."""

    def money(self, facts: YearFacts) -> Sequence[Keyed]:
        """The books exactly; a gap when nothing is booked. Keys: money, money:incomes, money:items, money:budget, money:year_before."""

    def honours(self, facts: YearFacts) -> Sequence[Keyed]:
        """Awards by level, the highest first. Keys: honours, honours:<level>."""

    def problem(self, problem: ProblemFacts, facts: YearFacts) -> Words:
        """What did not go well."""

    def idea(self, problem: ProblemFacts, facts: YearFacts) -> Words:
        """What is answered to it."""

    def no_problems(self) -> Words:
        """Nothing the records could complain of, with a gap."""

    def ahead(self, facts: YearFacts) -> Sequence[Keyed]:
        """What goes over into the next period besides the answers to problems, and the gap that only the committee can fill.
        Keys: waiting, duties, biennial, promises, gap."""

    def outline(self, part: OutlineFacts, facts: YearFacts) -> Sequence[Keyed]:
        """What a heading of the next plan holds: what goes on, what is carried over (with months). Keys: going_on, carried_over."""

    def signature(self, facts: YearFacts) -> Sequence[Keyed]:
        """The union, then the day; without stops. Keys: union, day."""

    def digest(self, section: SectionFacts, facts: YearFacts, *, in_brief: bool) -> Words:
        """A section in one short sentence, beginning with its name: its weightiest deed or its figures; for one page. In brief where the
        page has no room."""

    def short_deed(self, deed: DeedFacts, facts: YearFacts) -> Words:
        """A deed in one short sentence; for one page and half a page."""

    def short_money(self, facts: YearFacts) -> Words:
        """The books in one sentence, in 万元 where that is exact."""

    def short_care(self, facts: YearFacts) -> Words:
        """Visits in one short sentence."""

    def short_honours(self, facts: YearFacts) -> Words:
        """Awards counted by level, in one short sentence."""

    def short_problems(self, facts: YearFacts) -> Words:
        """The problems in one sentence, counted."""


def block_of(key: str, kind: Place, heading: str, told: Iterable[Keyed], *, opens: bool = False) -> Block:
    """A block out of keyed sentences, empty ones left out; ``opens``: each stands in a paragraph of its own."""
    sentences = (say(each, phrase, opens=opens and place > 0) for place, (each, phrase) in enumerate(told))
    return Block(key, kind, heading, tuple(one for one in sentences if one.text))


def sign(facts: YearFacts, words: Wording) -> Block:
    """The signature: the union, then the day on a line of its own."""
    return block_of("signature", Place.SIGNATURE, "", words.signature(facts), opens=True)
