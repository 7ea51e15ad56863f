"""What a language must be able to say. One class per language holds all of the draft's wording; nothing else writes a sentence."""

from collections.abc import Sequence
from typing import Protocol

from unionboard.drafting.records import ActivityRecord, BookRecord, CareRecord, Deed, YearRecords


class Wording(Protocol):
    """The sentences of a draft. Each returns a whole sentence with its stop, unless it says otherwise."""

    money_heading: str
    honours_heading: str
    problems_heading: str
    next_year_heading: str
    other_heading: str

    def title(self, facts: YearRecords) -> str:
        """The draft's title."""

    def area_heading(self, area: str) -> str:
        """The name of a work area, for plans without sections."""

    def lead(self, facts: YearRecords) -> Sequence[str]:
        """Under whom, around what, how much of the plan is done."""

    def signature(self, facts: YearRecords) -> Sequence[str]:
        """The union, then the day."""

    def progress(self, planned: int, done: int) -> str:
        """How much of a section is done."""

    def nothing_done(self, late: int, open_: int, cancelled: int) -> str:
        """A section without a single record."""

    def deed(self, facts: YearRecords, activity: ActivityRecord, deed: Deed) -> str:
        """A clause (no stop): when, what, how many, which award, how much."""

    def congress(self, facts: YearRecords, activity: ActivityRecord, deed: Deed) -> str:
        """A congress with its figures: a clause."""

    def gathered(self, facts: YearRecords, area: str, deeds: Sequence[Deed]) -> str:
        """Several activities of one area, counted."""

    def among(self, clauses: Sequence[str]) -> str:
        """The same, one by one."""

    def sentence(self, clause: str) -> str:
        """A clause with its stop."""

    def numbered(self, number: int, sentence: str) -> str:
        """A sentence of a numbered row."""

    def partly(self, facts: YearRecords, activity: ActivityRecord, deed: Deed) -> str:
        """Something that was only partly done."""

    def recurring(self, facts: YearRecords, activity: ActivityRecord) -> str:
        """A duty and how often it was kept."""

    def silent_duties(self, titles: Sequence[str]) -> str:
        """Duties without any record."""

    def effect_gap(self) -> str:
        """Only people know what it was good for."""

    def care(self, facts: YearRecords, care: CareRecord) -> str:
        """Visits by kind, no names."""

    def money(self, facts: YearRecords, money: BookRecord) -> Sequence[str]:
        """Income, spending, balance; main items by share; share of the budget. A gap when nothing is booked."""

    def honours(self, facts: YearRecords, awards: Sequence[tuple[ActivityRecord, Deed]]) -> str:
        """All awards of the year."""

    def dated_title(self, activity: ActivityRecord) -> str:
        """Which of several activities of one name is meant: no sentence."""

    def problem(self, kind: str, titles: Sequence[str], values: Sequence[str | int]) -> str:
        """What did not go well; ``kind`` is one of problems.KINDS."""

    def idea(self, kind: str, titles: Sequence[str]) -> str:
        """What next year's plan answers to a problem of ``kind``."""

    def no_problems(self) -> str:
        """Nothing the records could complain of."""

    def still_open(self, facts: YearRecords, titles: Sequence[str]) -> str:
        """Activities whose time has not come yet."""

    def keep_duties(self, titles: Sequence[str]) -> str:
        """Duties that go on next year."""

    def next_year_gap(self) -> str:
        """What only the committee can add."""
