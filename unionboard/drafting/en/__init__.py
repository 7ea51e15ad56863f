"""The summary in English. Titles, headings and results that people typed stay as they typed them, in quotation marks.

Source: domain notes E4, E5, glossary G.
"""

from collections.abc import Sequence

from unionboard.drafting.en import ahead, books, deeds, problems, sections, short, union
from unionboard.drafting.facts import DeedFacts, DutyFacts, GroupFacts, OutlineFacts, ProblemFacts, SectionFacts, YearFacts
from unionboard.drafting.phrases import Phrase, Words
from unionboard.drafting.wording import Form, Head, Keyed

_HEADINGS = {
    Head.BASICS: "The union",
    Head.WORK: "The work",
    Head.MONEY: "Income and spending",
    Head.HONOURS: "Honours",
    Head.PROBLEMS: "Problems",
}


class English:
    """All words of an English summary; see ``wording.Wording``."""

    def title(self, facts: YearFacts, *, form: Form) -> str:
        return union.tell_title(facts, form=form)

    def heading(self, head: Head, facts: YearFacts) -> str:
        if head is Head.AHEAD:
            return "Plans for the future" if facts.period.is_year_end else "What comes next"
        return f"Outline of {problems.next_plan(facts)}" if head is Head.OUTLINE else _HEADINGS[head]

    def section_heading(self, part: SectionFacts | OutlineFacts) -> str:
        return short.section_heading(part)

    def item_label(self, number: int) -> str:
        return f"{number}. "

    def part_label(self, number: int) -> str:
        return f"({number}) "

    def lead(self, facts: YearFacts, *, form: Form) -> Sequence[Keyed]:
        return union.tell_lead(facts, form=form)

    def basics(self, facts: YearFacts) -> Sequence[Keyed]:
        return union.tell_basics(facts)

    def opening(self, section: SectionFacts, facts: YearFacts, *, turn: int) -> Words:
        return sections.tell_opening(section, turn=turn)

    def nothing_done(self, section: SectionFacts, facts: YearFacts) -> Words:
        return sections.tell_nothing(section)

    def group(self, group: GroupFacts, facts: YearFacts, *, listed: Sequence[DeedFacts]) -> Words:
        return deeds.tell_group(group, facts, listed=listed)

    def deed(self, deed: DeedFacts, facts: YearFacts, *, turn: int, in_brief: bool) -> Words:
        return deeds.tell_deed(deed, facts, turn=turn, in_brief=in_brief)

    def gathered(self, several: Sequence[DeedFacts], facts: YearFacts) -> Words:
        return deeds.tell_gathered(several, facts)

    def partly(self, deed: DeedFacts, facts: YearFacts) -> Words:
        return deeds.tell_partly(deed, facts)

    def duty(self, duty: DutyFacts, facts: YearFacts, *, turn: int) -> Words:
        return sections.tell_duty(duty, turn=turn)

    def silent_duties(self, duties: Sequence[DutyFacts]) -> Words:
        return sections.tell_silent(duties)

    def effect_gap(self) -> Words:
        return "[to be added: effect]"

    def care(self, facts: YearFacts) -> Sequence[Keyed]:
        return union.tell_care(facts)

    def money(self, facts: YearFacts) -> Sequence[Keyed]:
        return books.tell_money(facts)

    def honours(self, facts: YearFacts) -> Sequence[Keyed]:
        return union.tell_honours(facts)

    def problem(self, problem: ProblemFacts, facts: YearFacts) -> Words:
        return problems.tell_problem(problem)

    def idea(self, problem: ProblemFacts, facts: YearFacts) -> Words:
        return problems.tell_idea(problem, facts)

    def no_problems(self) -> Words:
        return "The records show nothing overdue, cancelled or over budget [to be added: problems]."

    def ahead(self, facts: YearFacts) -> Sequence[Keyed]:
        return ahead.tell_ahead(facts)

    def outline(self, part: OutlineFacts, facts: YearFacts) -> Sequence[Keyed]:
        return ahead.tell_outline(part)

    def signature(self, facts: YearFacts) -> Sequence[Keyed]:
        return union.tell_signature(facts)

    def digest(self, section: SectionFacts, facts: YearFacts, *, in_brief: bool) -> Words:
        return short.tell_digest(section, in_brief=in_brief)

    def short_deed(self, deed: DeedFacts, facts: YearFacts) -> Phrase:
        return short.tell_short_deed(deed)

    def short_money(self, facts: YearFacts) -> Words:
        return short.tell_short_money(facts)

    def short_care(self, facts: YearFacts) -> Words:
        return short.tell_short_care(facts)

    def short_honours(self, facts: YearFacts) -> Words:
        return short.tell_short_honours(facts)

    def short_problems(self, facts: YearFacts) -> Words:
        return problems.short_problems(facts)
