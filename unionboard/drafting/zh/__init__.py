"""The words of a Chinese summary: plain, no praise by the machine. Source: domain notes E4 (patterns), E5 (complaints)."""

from collections.abc import Sequence

from unionboard.drafting.facts import DeedFacts, DutyFacts, GroupFacts, OutlineFacts, ProblemFacts, SectionFacts, YearFacts
from unionboard.drafting.phrases import Words
from unionboard.drafting.wording import Form, Head, Keyed
from unionboard.drafting.zh import ahead, books, deeds, frame, problems, sections, short
from unionboard.numerals import write_numeral


class Chinese:
    """All words of a Chinese summary; see ``wording.Wording``."""

    def title(self, facts: YearFacts, *, form: Form) -> str:
        return frame.title(facts, form)

    def heading(self, head: Head, facts: YearFacts) -> str:
        return frame.heading(head, facts)

    def section_heading(self, part: SectionFacts | OutlineFacts) -> str:
        return short.section_heading(part)

    def item_label(self, number: int) -> str:
        return f"{number}."

    def part_label(self, number: int) -> str:
        return f"（{write_numeral(number)}）"

    def lead(self, facts: YearFacts, *, form: Form) -> Sequence[Keyed]:
        return frame.lead(facts, form)

    def basics(self, facts: YearFacts) -> Sequence[Keyed]:
        return frame.basics(facts)

    def opening(self, section: SectionFacts, facts: YearFacts, *, turn: int) -> Words:
        return sections.tell_opening(section, turn=turn)

    def nothing_done(self, section: SectionFacts, facts: YearFacts) -> Words:
        return sections.tell_nothing(section)

    def group(self, group: GroupFacts, facts: YearFacts, *, listed: Sequence[DeedFacts]) -> Words:
        return deeds.tell_group(group, facts, listed=listed)

    def deed(self, deed: DeedFacts, facts: YearFacts, *, turn: int, in_brief: bool) -> Words:
        return deeds.tell_deed(deed, facts, turn=turn, in_brief=in_brief)

    def gathered(self, small: Sequence[DeedFacts], facts: YearFacts) -> Words:
        return deeds.tell_gathered(small)

    def partly(self, deed: DeedFacts, facts: YearFacts) -> Words:
        return deeds.tell_partly(deed, facts)

    def duty(self, duty: DutyFacts, facts: YearFacts, *, turn: int) -> Words:
        return sections.tell_duty(duty, facts, turn=turn)

    def silent_duties(self, duties: Sequence[DutyFacts]) -> Words:
        return sections.tell_silent(duties)

    def effect_gap(self) -> Words:
        return "【待补充：效果】"

    def care(self, facts: YearFacts) -> Sequence[Keyed]:
        return books.care(facts)

    def money(self, facts: YearFacts) -> Sequence[Keyed]:
        return books.money(facts)

    def honours(self, facts: YearFacts) -> Sequence[Keyed]:
        return books.honours(facts)

    def problem(self, problem: ProblemFacts, facts: YearFacts) -> Words:
        return problems.tell_problem(problem)

    def idea(self, problem: ProblemFacts, facts: YearFacts) -> Words:
        return problems.tell_idea(problem, facts)

    def no_problems(self) -> Words:
        return "对照记录，没有逾期、取消、缺次、超预算等情况。【待补充：存在的问题】"

    def ahead(self, facts: YearFacts) -> Sequence[Keyed]:
        return ahead.tell_ahead(facts)

    def outline(self, part: OutlineFacts, facts: YearFacts) -> Sequence[Keyed]:
        return ahead.tell_outline(part, facts)

    def signature(self, facts: YearFacts) -> Sequence[Keyed]:
        return frame.signature(facts)

    def digest(self, section: SectionFacts, facts: YearFacts, *, in_brief: bool) -> Words:
        return short.tell_digest(section, in_brief=in_brief)

    def short_deed(self, deed: DeedFacts, facts: YearFacts) -> Words:
        return short.tell_short_deed(deed)

    def short_money(self, facts: YearFacts) -> Words:
        return books.short_money(facts)

    def short_care(self, facts: YearFacts) -> Words:
        return books.short_care(facts)

    def short_honours(self, facts: YearFacts) -> Words:
        return books.short_honours(facts)

    def short_problems(self, facts: YearFacts) -> Words:
        return problems.short_problems(facts)
