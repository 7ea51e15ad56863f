"""The work on one page: a section in one sentence, a deed in one. Source: domain notes E2 (lengths)."""

from unionboard.drafting.facts import DeedFacts, OutlineFacts, SectionFacts, YearFacts
from unionboard.drafting.figures import Unit, total
from unionboard.drafting.phrases import Phrase, Words, chain, fill
from unionboard.drafting.typed import cut, typed
from unionboard.drafting.zh.deeds import figures_of, people
from unionboard.drafting.zh.figures import clauses, month, number
from unionboard.drafting.zh.sections import first_clause
from unionboard.drafting.zh.titles import act
from unionboard.reference import work_areas


def section_heading(part: SectionFacts | OutlineFacts) -> str:
    """The plan's own heading; without one the area's name."""
    if part.heading:
        return part.heading.text
    return "其他工作" if part.key == "other" else work_areas()[part.area].zh


def tell_digest(section: SectionFacts, facts: YearFacts) -> Phrase:
    """Name and figures: activities done of those planned, attendances, turns of duties."""
    name = _name(section)
    people_times = [group.attended for group in section.groups if group.attended]
    kept = [duty.kept for duty in section.duties if duty.kept.number]
    parts: list[Words] = []
    if section.done.number:
        parts.append(fill("完成活动{n}项", n=number(section.done)))
        parts += [fill("参与{n}人次", n=number(total(Unit.PERSON_TIME, people_times)))] if people_times else []
    parts += [fill("经常性工作办理{n}次", n=number(total(Unit.TIME, kept)))] if kept else []
    return clauses([chain([name, "：", parts[0]]), *parts[1:]]) if parts else chain([name, "：尚无办结记录。"])


def tell_short_deed(deed: DeedFacts, facts: YearFacts) -> Phrase:
    """Month, what, who came, its foremost figures."""
    told = figures_of(deed.figures, deed.rates)
    if deed.kind == "congress" and "delegates_present" in deed.figures:
        told = [fill("到会代表{n}人", n=number(deed.figures["delegates_present"])), *told]
    elif not told:
        told = people(deed, turn=2)[:1]
    return clauses([chain([month(deed.from_on), act(deed.title)]), *told[:2]])


def _name(section: SectionFacts) -> Phrase:
    """The first clause of the heading."""
    if not section.heading:
        return Phrase(section_heading(section))
    return cut(typed(section.heading), 0, len(first_clause(section.heading.text)))
