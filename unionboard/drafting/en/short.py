"""The work on one page: a section in one sentence, a deed in one, the books in one. Source: domain notes E2 (lengths)."""

from itertools import groupby

from unionboard.drafting.en.books import tell_balance
from unionboard.drafting.en.deeds import figures_of, whole_period
from unionboard.drafting.en.figures import counted, listed, money, month_name, number, percent, quoted, sentence, times
from unionboard.drafting.en.union import LEVELS
from unionboard.drafting.facts import DeedFacts, OutlineFacts, SectionFacts, YearFacts
from unionboard.drafting.figures import Unit, count, total
from unionboard.drafting.phrases import Phrase, Words, chain, fill, show
from unionboard.reference import work_areas


def section_heading(part: SectionFacts | OutlineFacts) -> str:
    """The plan's own heading; without one the area's name."""
    if part.heading:
        return part.heading.text
    return "Other work" if part.key == "other" else work_areas()[part.area].en


def tell_digest(section: SectionFacts) -> Phrase:
    """Name and figures: activities held, attendances, turns of duties."""
    name = quoted(section.heading) if section.heading else Phrase(section_heading(section))
    attended = [group.attended for group in section.groups if group.attended]
    kept = [duty.kept for duty in section.duties if duty.kept.number]
    parts: list[Words] = []
    if section.done.number:
        parts.append(counted(section.done, "activity held", "activities held"))
        parts += [chain(["with ", counted(total(Unit.PERSON_TIME, attended), "attendance", "attendances")])] if attended else []
    parts += [chain(["regular duties kept ", times(total(Unit.TIME, kept))])] if kept else []
    return sentence([chain([name, ": ", parts[0]]), *parts[1:]]) if parts else chain([name, ": nothing on record yet."])


def tell_short_deed(deed: DeedFacts) -> Phrase:
    """Month, what, who came, its foremost figures."""
    told = figures_of(deed.figures, deed.rates)
    if deed.kind == "congress" and "delegates_present" in deed.figures:
        told = [counted(deed.figures["delegates_present"], "delegate", "delegates"), *told]
    elif not told and deed.present:
        told = [counted(deed.present, "person", "people")]
    day = show(deed.from_on, month_name(deed.from_on))
    return sentence([chain(["In ", day, ": ", quoted(deed.title)]), *told[:2]])


def tell_short_money(facts: YearFacts) -> Phrase:
    """The books in one sentence."""
    books = facts.money
    if not books.has_entries:
        return Phrase("")
    parts = [fill("{sum} came in", sum=money(books.income)), fill("{sum} was spent", sum=money(books.spending))]
    if books.execution:
        parts[1] = chain([parts[1], " (", percent(books.execution), " of the budget)"])
    return sentence([chain([whole_period(facts), ", ", listed(parts)]), tell_balance(books.balance)])


def tell_short_care(facts: YearFacts) -> Phrase:
    """Visits in one short sentence."""
    care = facts.care
    if not care.attended:
        return Phrase("")
    told = chain(["Care visits reached people ", times(care.attended)])
    return sentence([told, *([chain(["at a cost of ", money(care.spent)])] if care.spent else [])])


def tell_short_honours(facts: YearFacts) -> Phrase:
    """Awards counted by level."""
    told: list[Words] = []
    for level, awards in groupby(facts.honours, key=lambda award: award.level):
        how_many = count(Unit.ITEM, [award.text.source for award in awards if award.text.source])
        told.append(chain([number(how_many), f" at {LEVELS[level]} level" if level in LEVELS else " without a level on record"]))
    return sentence([chain(["Awards won: ", listed(told)])]) if told else Phrase("")
