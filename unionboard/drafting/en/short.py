"""The work on one page: a section in one sentence, a deed in one, the books in one. Source: domain notes E2 (lengths)."""

import re
from itertools import groupby

from unionboard.drafting.en.books import tell_balance
from unionboard.drafting.en.deeds import figures_of
from unionboard.drafting.en.figures import counted, listed, money, month_name, number, percent, quoted, sentence, times
from unionboard.drafting.en.union import LEVELS
from unionboard.drafting.facts import DeedFacts, OutlineFacts, SectionFacts, YearFacts
from unionboard.drafting.figures import Unit, count, total
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest, show
from unionboard.drafting.telling import heaviest_deeds
from unionboard.drafting.typed import cut
from unionboard.reference import work_areas

_FIRST_CLAUSE = re.compile("“[^，,；;：:‘’” ]+(?=[，,；;：: ])")


def section_heading(part: SectionFacts | OutlineFacts) -> str:
    """The plan's own heading; without one the area's name."""
    if part.heading:
        return part.heading.text
    return "Other work" if part.key == "other" else work_areas()[part.area].en


def tell_digest(section: SectionFacts, *, in_brief: bool) -> Phrase:
    """Name, its weightiest deed and how many there were; in brief only their number. Without any, how often duties were kept."""
    name = _name(section)
    deeds = heaviest_deeds(section)
    kept = [duty.kept for duty in section.duties if duty.kept.number]
    if deeds and in_brief:
        return sentence([chain([name, ": ", counted(section.done, "activity", "activities")])])
    if len(deeds) == 1:
        return sentence([rest(chain([name, ": ", quoted(deeds[0].title)]), section.done.records)])
    if deeds:
        return sentence(
            [fill("{name}: {n} activities, {title} among them", name=name, title=quoted(deeds[0].title), n=number(section.done))]
        )
    if kept:
        return sentence([chain([name, ": regular duties kept ", times(total(Unit.TIME, kept))])])
    return chain([name, ": nothing on record yet."])


def tell_short_deed(deed: DeedFacts) -> Phrase:
    """Month, what, and the foremost of what came of it: the award, delegates, figures, who came."""
    told = figures_of(deed.figures, deed.rates)[:2]
    if deed.award:
        told = [chain(["winning ", quoted(deed.award.text)])]
    elif deed.kind == "congress" and "delegates_present" in deed.figures:
        told = [counted(deed.figures["delegates_present"], "delegate", "delegates"), *told]
    elif not told and deed.present:
        told = [counted(deed.present, "person", "people")]
    day = show(deed.from_on, month_name(deed.from_on))
    return sentence([chain([day, ": ", quoted(deed.title)]), *told])


def _name(section: SectionFacts) -> Phrase:
    """The first clause of the heading."""
    if not section.heading:
        return Phrase(section_heading(section))
    heading = quoted(section.heading)
    clause = _FIRST_CLAUSE.match(heading.text)
    return chain([cut(heading, 0, clause.end()), "”"]) if clause else heading


def tell_short_money(facts: YearFacts) -> Phrase:
    """The books in one sentence."""
    books = facts.money
    if not books.has_entries:
        return Phrase("")
    share = chain([" (", percent(books.execution), " of the budget)"]) if books.execution else ""
    moved = (("income", books.income, ""), ("spending", books.spending, share))
    told = [chain([what, " came to ", money(figure), more]) for what, figure, more in moved if figure.number > 0]
    opening = chain(["In all, ", listed(told)]) if told else "As much came in as was spent"
    return sentence([opening, tell_balance(books.balance)])


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
