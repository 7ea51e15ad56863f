"""The short forms: one printed page for the congress, half a page for the superior union. Source: domain notes E2.

What has no room is left out, the weightiest last; so a record may move the sentence of another here, where every letter counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum

from unionboard.drafting.facts import YearFacts
from unionboard.drafting.phrases import Block, Place, Sentence, say
from unionboard.drafting.telling import (
    HALF_PAGE,
    LINE_WIDTH,
    PAGE_LINES,
    Candidate,
    choose_fitting,
    count_lines,
    heaviest_deeds,
    letters,
    number_problems,
    width,
)
from unionboard.drafting.wording import Form, Head, Keyed, Wording, sign

_MOST_ANSWERS = 3
"""Answers to problems that one page tells."""
_MOST_DEEDS = 6
"""Deeds of the year that half a page tells."""
_DEEDS_A_SECTION = 3


class Rank(IntEnum):
    """What is told first where there is little room; deeds come from ``DEEDS`` on, the weightiest first."""

    FRAME = 0  # told in any case
    SECTIONS = 1
    MONEY = 2
    MORE = 3
    DEEDS = 4
    DUTIES = 10


def compose_congress(facts: YearFacts, words: Wording) -> Iterator[Block]:
    """One printed page: a sentence for each section, then as many of its deeds, problems and answers as there is room for."""
    heads = {
        "lead": (Place.LEAD, ""),
        "work": (Place.SECTION, words.heading(Head.WORK, facts)),
        "problems": (Place.PROBLEMS, words.heading(Head.PROBLEMS, facts)),
        "next_year": (Place.NEXT_YEAR, words.heading(Head.AHEAD, facts)),
    }

    def build(chosen: Sequence[Candidate]) -> list[Block]:
        grouped = {key: tuple(one.sentence for one in chosen if one.block == key) for key in heads}
        return [Block(key, kind, head, grouped[key]) for key, (kind, head) in heads.items() if grouped[key]]

    signature = sign(facts, words)
    title_lines = -(-int(width(words.title(facts, form=Form.CONGRESS)) * 11) // (8 * LINE_WIDTH))  # 2号 against 3号
    room = PAGE_LINES - title_lines - 1 - 1 - len(signature.sentences)  # a line behind the title, one before the signature
    for in_brief in (False, True):
        candidates = list(_page_candidates(facts, words, in_brief=in_brief))
        chosen = choose_fitting(candidates, lambda those: count_lines(build(those)) <= room)
        if all(one in chosen for one in candidates if one.rank <= Rank.MONEY):
            break
    yield from build(chosen)
    yield signature


def _page_candidates(facts: YearFacts, words: Wording, *, in_brief: bool) -> Iterator[Candidate]:
    yield from _ranked("lead", words.lead(facts, form=Form.CONGRESS), Rank.FRAME)
    for section in facts.sections:
        if section.has_record:
            yield Candidate(say(f"digest:{section.key}", words.digest(section, facts, in_brief=in_brief)), Rank.SECTIONS, "work")
            for place, deed in enumerate(heaviest_deeds(section)[1:_DEEDS_A_SECTION]):  # the first one is in the digest
                told = say(f"deed:{deed.activity.id}", words.short_deed(deed, facts))
                if len(told.quotes) > 1:  # more than when it was
                    yield Candidate(told, Rank.DEEDS + place, "work")
    yield from _ranked("work", [("care", words.short_care(facts)), ("honours", words.short_honours(facts))], Rank.MORE)
    yield from _ranked("work", [("money", words.short_money(facts))], Rank.MONEY)
    problems = words.short_problems(facts) if facts.problems else words.no_problems()
    yield from _ranked("problems", [("problems", problems)], Rank.FRAME)
    answers = [(one.kind.value, words.idea(one, facts)) for _number, _is_first, one in number_problems(facts.problems)]
    yield from _ranked("next_year", answers[:1], Rank.FRAME)
    yield from _ranked("next_year", answers[1:_MOST_ANSWERS], Rank.MORE)
    yield from _ranked("next_year", words.ahead(facts)[-1:], Rank.MORE if answers else Rank.FRAME)


def compose_brief(facts: YearFacts, words: Wording) -> Iterator[Block]:
    """Half a page for the superior union, without headings: figures first, then the weightiest deeds."""
    signature = sign(facts, words)
    taken = letters(words.title(facts, form=Form.BRIEF)) + sum(letters(one.printed) for one in signature.sentences)
    chosen = choose_fitting(
        list(_brief_candidates(facts, words)), lambda those: taken + sum(letters(one.sentence.printed) for one in those) <= HALF_PAGE
    )
    yield Block("lead", Place.LEAD, "", _in_paragraphs([one.sentence for one in chosen]))
    yield signature


def _brief_candidates(facts: YearFacts, words: Wording) -> Iterator[Candidate]:
    yield from _ranked("lead", words.lead(facts, form=Form.BRIEF), Rank.FRAME)
    every = (deed for section in facts.sections for deed in heaviest_deeds(section))
    heaviest = sorted(every, key=lambda deed: (-deed.weight, deed.activity.id))[:_MOST_DEEDS]
    for rank, deed in sorted(enumerate(heaviest, start=Rank.DEEDS), key=lambda pair: (pair[1].deed.done_on, pair[1].activity.id)):
        told = say(f"deed:{deed.activity.id}", words.short_deed(deed, facts))
        if len(told.quotes) > 1:  # more than when it was
            yield Candidate(told, rank, "lead")
    for section in facts.sections:
        if section.has_record and not section.groups:
            yield Candidate(say(f"digest:{section.key}", words.digest(section, facts, in_brief=True)), Rank.DUTIES, "lead")
    yield from _ranked("lead", [("care", words.short_care(facts)), ("honours", words.short_honours(facts))], Rank.MORE)
    yield from _ranked("lead", [("money", words.short_money(facts)), ("problems", words.short_problems(facts))], Rank.SECTIONS)


def _ranked(block: str, told: Iterable[Keyed], rank: int) -> Iterator[Candidate]:
    sentences = (say(key, phrase) for key, phrase in told)
    return (Candidate(sentence, rank, block) for sentence in sentences if sentence.text)


def _in_paragraphs(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """What was done, and then in a second paragraph money and problems."""
    second = next((one.key for one in sentences if one.key in {"money", "problems"}), None)
    return tuple(replace(one, opens=one.key == second) for one in sentences)
