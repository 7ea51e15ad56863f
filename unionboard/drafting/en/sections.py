"""A section of the plan: how much of it is done, and the duties that recur. Source: domain notes E4."""

from collections.abc import Sequence

from unionboard.drafting.en.deeds import attended, figures_of, met
from unionboard.drafting.en.figures import STOPS, counted, listed, named, number, quoted, sentence
from unionboard.drafting.facts import DutyFacts, QuotedText, SectionFacts
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest, show
from unionboard.drafting.typed import cut, same_words

TOLD = 2
"""Results of one duty that are told; its count stands for the rest."""


def tell_opening(section: SectionFacts, *, turn: int) -> Phrase:
    """How much of what was planned is done, and what became of the rest."""
    planned, done = number(section.planned), number(section.done)
    if section.done.number == section.planned.number:
        shapes = (
            "All {planned} activities planned under this heading were completed",
            "The {planned} activities planned here were all completed",
        )
        return sentence([rest(fill(shapes[turn % 2], planned=planned), section.done.records)])
    left = _left(section)
    if not section.done.number and section.planned.number == 1 and left:
        return _tell_single(section, left[0])
    if not section.done.number:
        opening = fill("None of the {planned} planned here has been completed", planned=counted(section.planned, "activity", "activities"))
        return sentence([chain([opening, "; ", listed(left)]) if left else opening])
    opened = (
        "Of the {planned} activities planned under this heading, {done} {were} completed",
        "Under this heading, {done} of the {planned} activities planned {were} completed",
        "The plan set {planned} activities here, of which {done} {were} completed",
    )
    opening = fill(opened[turn % 3], planned=planned, done=done, were="was" if section.done.number == 1 else "were")
    return sentence([chain([opening, "; ", listed(left)]) if left else opening])


def _tell_single(section: SectionFacts, state: Phrase) -> Phrase:
    """The one activity planned, and what became of it instead: 1 is overdue."""
    return sentence([rest(chain(["The ", show(section.planned, "one"), " activity planned here ", cut(state, 2)]), state.records)])


def tell_nothing(section: SectionFacts) -> Phrase:
    """No record: why, as far as the plan knows."""
    left = _left(section)
    if section.planned.number == 1 and left:
        return _tell_single(section, left[0])
    if section.planned.number and left:
        planned = counted(section.planned, "activity", "activities")
        return sentence([fill("None of the {planned} planned here has a record yet: {left}", planned=planned, left=listed(left))])
    if section.silent:
        return tell_silent(section.silent)
    words = "Nothing is on record under this heading yet [to be added: what was done]."
    return rest(words, [section.heading.source] if section.heading.source else [])


def tell_duty(duty: DutyFacts, *, turn: int) -> Phrase:
    """What is kept up: how often, of how many turns, who came, what came of it."""
    told = [_how_often(duty, turn), *attended(duty.attended, is_whole=duty.counted >= duty.kept.number)]
    told += [*figures_of(duty.figures, {}), *met(duty.targets)]
    return sentence([chain(told, ", "), *_results(duty.results)], "; ")


def tell_silent(duties: Sequence[DutyFacts]) -> Phrase:
    """Duties nobody recorded anything of."""
    return sentence([fill("There is no record yet of {names} [to be added: what was done]", names=named([duty.title for duty in duties]))])


def _left(section: SectionFacts) -> list[Phrase]:
    """What became of activities that were not held."""
    states = ((section.late, "is overdue", "are overdue"), (section.waiting, "is still to come", "are still to come"))
    left = [counted(figure, one, many) for figure, one, many in states if figure.number]
    cancelled = section.cancelled
    return [*left, counted(cancelled, "was cancelled", "were cancelled")] if cancelled.number else left


def _how_often(duty: DutyFacts, turn: int) -> Phrase:
    """How many of its turns were kept."""
    title = chain([quoted(duty.title), *_frequency(duty)])
    if duty.planned is None:
        if duty.kept.number == 1:
            return fill("{title} was kept up, with {n} entry on record", title=title, n=number(duty.kept))
        shapes = ("{title} was kept up: {n} entries are on record", "{title} was attended to {n} times")
        return fill(shapes[turn % 2], title=title, n=number(duty.kept))
    planned = number(duty.planned)
    if duty.kept.number >= duty.planned.number:
        all_of = {1: show(duty.planned, "the one occasion"), 2: show(duty.planned, "both occasions")}
        occasions = all_of.get(duty.planned.number) or fill("all {planned} occasions", planned=planned)
        return rest(fill("{title} was carried out on {occasions} planned", title=title, occasions=occasions), duty.kept.records)
    some = (
        "{title} was carried out {n} of the {planned} times planned",
        "Of the {planned} rounds planned of {title}, {n} took place",
        "{title} took place {n} times out of {planned}",
    )
    return fill(some[turn % 3] if duty.kept.number != 1 else some[1], title=title, n=number(duty.kept), planned=planned)


def _frequency(duty: DutyFacts) -> list[Words]:
    """How often the plan wants it, where its title does not say so."""
    if duty.frequency is None or duty.frequency.text.strip(STOPS) in duty.title.text:
        return []
    return [chain([" (", quoted(duty.frequency), ")"])]


def _results(results: Sequence[QuotedText]) -> list[Words]:
    told = same_words(quoted(result) for result in results if result.text.strip(STOPS))
    opening = "recorded among other things: " if len(told) > TOLD else "the record adds: "
    return [chain([opening, listed(told[:TOLD])])] if told else []
