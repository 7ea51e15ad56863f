"""The work on one page: a section in one sentence, a deed in one. Source: domain notes E2 (lengths)."""

from unionboard.drafting.facts import DeedFacts, OutlineFacts, SectionFacts
from unionboard.drafting.figures import Unit, total
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest
from unionboard.drafting.telling import heaviest_deeds
from unionboard.drafting.typed import cut, typed
from unionboard.drafting.zh.books import award_words
from unionboard.drafting.zh.deeds import figures_of, people
from unionboard.drafting.zh.figures import clauses, month, number
from unionboard.drafting.zh.sections import first_clause
from unionboard.drafting.zh.titles import act, clean
from unionboard.reference import work_areas


def section_heading(part: SectionFacts | OutlineFacts) -> str:
    """The plan's own heading; without one the area's name."""
    if part.heading:
        return part.heading.text
    return "其他工作" if part.key == "other" else work_areas()[part.area].zh


def tell_digest(section: SectionFacts, *, in_brief: bool) -> Phrase:
    """Name, the weightiest deed, if there is room what came of it, and how many there were; else how often duties were kept."""
    deeds = heaviest_deeds(section)
    kept = [duty.kept for duty in section.duties if duty.kept.number]
    if deeds:
        foremost = chain(_foremost(deeds[0]), "，") if not in_brief else Phrase("")
        inside = chain(["（", foremost, "）"]) if foremost else ""
        more = fill("等{n}项", n=number(section.done)) if section.done.number > 1 else ""
        return chain(
            [_name(section), "：", act(deeds[0].title, deeds[0].activity.relation), inside, rest(more, section.done.records), "。"]
        )
    if kept:
        return fill("{name}：经常性工作办理{n}次。", name=_name(section), n=number(total(Unit.TIME, kept)))
    return chain([_name(section), "：", chain([clean(deed.title) for deed in section.partly], "、"), "完成一部分。"])


def tell_short_deed(deed: DeedFacts) -> Phrase:
    """Month, what, and the foremost of what came of it."""
    return clauses([chain([month(deed.from_on), act(deed.title, deed.activity.relation)]), *_foremost(deed)])


def _foremost(deed: DeedFacts) -> list[Words]:
    """The award, else delegates and figures, else who came."""
    if deed.award:
        return [award_words(deed.award)]
    told = figures_of(deed.figures, deed.rates)[:2]
    if deed.kind == "congress" and "delegates_present" in deed.figures:
        told = [fill("到会代表{n}人", n=number(deed.figures["delegates_present"])), *told]
    return told or people(deed, turn=2)[:1]


def _name(section: SectionFacts) -> Phrase:
    """The first clause of the heading."""
    if not section.heading:
        return Phrase(section_heading(section))
    return cut(typed(section.heading), 0, len(first_clause(section.heading.text)))
