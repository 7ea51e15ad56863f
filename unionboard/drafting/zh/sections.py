"""A section of the plan: how much of it is done, and the duties that recur. Source: domain notes E4."""

import re
from collections.abc import Sequence
from itertools import takewhile

from unionboard.drafting.facts import DutyFacts, QuotedText, SectionFacts, YearFacts
from unionboard.drafting.figures import Figure, Unit, count, total
from unionboard.drafting.phrases import Phrase, Quote, Words, chain, fill, rest
from unionboard.drafting.typed import cut, same_words
from unionboard.drafting.zh.deeds import attended, figures_of, met, whole_period
from unionboard.drafting.zh.figures import clauses, named, number
from unionboard.drafting.zh.titles import duty_name, flowing, leading_verb

TOLD = 2
"""Results of one duty that are told; its count stands for the rest."""
_COUNTED = re.compile(r"(?:条|件|项|人次|人|篇|份|户|次)")


def tell_opening(section: SectionFacts, *, turn: int) -> Phrase:
    """How much of what was planned is done, how many came; what is late or cancelled stands among the problems."""
    planned, done = number(section.planned), number(section.done)
    if section.done.number == section.planned.number:
        shapes = ("计划的{planned}项活动全部完成", "{planned}项计划活动全部办结", "列入计划的{planned}项活动都已办完")
        opening = rest(fill(shapes[turn % len(shapes)], planned=planned), section.done.records)
    elif section.cancelled.number == section.planned.number:
        opening = rest(fill("计划的{planned}项活动取消", planned=planned), section.cancelled.records)
    elif not section.done.number:
        partly = count(Unit.ITEM, [deed.deed.source for deed in section.partly])
        some = fill("部分完成{n}项", n=number(partly)) if partly.number else "尚无办结"
        opening = fill("计划活动{planned}项，{some}", planned=planned, some=some)
    else:
        shapes = ("计划活动{planned}项，完成{done}项", "{planned}项计划活动完成了{done}项", "列入计划的活动有{planned}项，已办结{done}项")
        opening = fill(shapes[turn % len(shapes)], planned=planned, done=done)
    people = [group.attended for group in section.groups if group.attended]
    came = total(Unit.PERSON_TIME, people) if people else None
    return clauses([opening, *attended(came, sum(group.counted for group in section.groups), section.done, section.area)])


def tell_nothing(section: SectionFacts) -> Phrase:
    """No record: why, as far as the plan knows."""
    why = (("逾期未办{n}项", section.late), ("取消{n}项", section.cancelled), ("尚未到期{n}项", section.waiting))
    parts = [fill(words, n=number(figure)) for words, figure in why if figure.number]
    if section.planned.number and section.waiting.number == section.planned.number:
        return rest(fill("计划的{n}项活动都未到期。", n=number(section.planned)), section.waiting.records)
    for undone, words in ((section.late, "逾期未办"), (section.cancelled, "取消")):
        if undone.number == section.planned.number > 0:
            all_of = "计划的{n}项活动都" if undone.number > 1 else "计划的{n}项活动"
            return rest(fill(all_of + words + "。", n=number(section.planned)), undone.records)
    if section.planned.number and parts:
        planned = fill("计划活动{n}项，尚无办结记录", n=number(section.planned))
        return chain([planned, "，其中", chain(parts, "、"), "。"])
    if section.silent:
        return tell_silent(section.silent)
    return rest("尚无办结记录【待补充：开展情况】。", [section.heading.source] if section.heading.source else [])


def tell_duty(duty: DutyFacts, facts: YearFacts, *, turn: int) -> Phrase:
    """What is kept up: how often, of how many turns, who came, what came of it."""
    parts = [*_how_often(duty, facts, turn), *attended(duty.attended, duty.counted, duty.kept), *figures_of(duty.figures, {})]
    return clauses([*parts, *met(duty.targets), *_results(duty.results)])


def tell_silent(duties: Sequence[DutyFacts]) -> Phrase:
    """Duties nobody recorded anything of."""
    return chain([named([duty.title for duty in duties]), "尚无记录【待补充：开展情况】。"])


def _how_often(duty: DutyFacts, facts: YearFacts, turn: int) -> list[Words]:
    name = duty_name(duty.title, duty.frequency)
    kept = number(duty.kept)
    begins = "" if name.text.startswith(("坚持", "落实", "开展", "做好")) or turn % 2 else "坚持"
    if duty.planned is None:
        return [chain([begins, name]), fill(whole_period(facts) + ("{n}次" if facts.period.is_year_end else "已有{n}次"), n=kept)]
    planned = number(duty.planned)
    if duty.kept.number == duty.planned.number == 1:
        return [chain([begins, name]), rest(fill("计划{planned}次，按计划办了", planned=planned), duty.kept.records)]
    if duty.kept.number >= duty.planned.number:
        return [chain([begins, name]), rest(fill("计划的{planned}次全部办到", planned=planned), duty.kept.records)]
    ended = ("计划{planned}次，办了{n}次", "{planned}次中办了{n}次")
    shapes = ended if facts.period.is_year_end else ("计划{planned}次，已办{n}次", "已办{n}次（计划{planned}次）")
    return [chain([begins, name]), fill(shapes[turn % 2], planned=planned, n=kept)]


def _results(results: Sequence[QuotedText]) -> list[Words]:
    """What came of it: numbers of one wording are added up; the first few of different ones, a common verb said once."""
    told = same_words(flowing(result) for result in results if result.text.strip())
    summed = _sum_alike(told) if len(told) > 1 else None
    if summed:
        return [chain(["累计", summed])]
    some = told[:TOLD]
    if not some:
        return []
    verb = leading_verb(some[0].text)
    if len(some) > 1 and verb and all(one.text.startswith(verb) and "，" not in one.text for one in some):
        listed: Phrase = chain([some[0], *(cut(one, len(verb)) for one in some[1:])], "、")
    else:
        listed = chain(some, "；" if any("，" in one.text for one in some) else "，")
    in_turn = "先后" if len(some) > 1 and all(leading_verb(one.text) for one in some) else ""
    return [chain([in_turn, listed, "等" if len(told) > TOLD else ""])]


def _sum_alike(told: Sequence[Phrase]) -> Phrase | None:
    """The same words with other numbers (收集意见9条，回复9条) as one, each number the sum of its fellows; None when they differ."""
    first = told[0]
    if not first.quotes or any(_pattern(one) != _pattern(first) or len(one.quotes) != len(first.quotes) for one in told):
        return None
    if any(not isinstance(quote.figure.value, int) or not _COUNTED.match(one.text[quote.end :]) for one in told for quote in one.quotes):
        return None
    pieces: list[Words] = []
    done = 0
    for place, quote in enumerate(first.quotes):
        figures: list[Figure] = [one.quotes[place].figure for one in told]
        pieces += [Phrase(first.text[done : quote.start]), number(total(quote.figure.unit, figures))]
        done = quote.end
    return chain([*pieces, Phrase(first.text[done:])])


def _pattern(phrase: Phrase) -> tuple[str, ...]:
    def outside(quotes: Sequence[Quote]) -> list[str]:
        ends = [0, *(quote.end for quote in quotes)]
        starts = [*(quote.start for quote in quotes), len(phrase.text)]
        return [phrase.text[end:start] for end, start in zip(ends, starts, strict=True)]

    return tuple(outside(phrase.quotes))


def first_clause(heading: str) -> str:
    """The first part of a heading: 开好教代会 of 开好教代会，让校务在阳光下运行."""
    return "".join(takewhile(lambda letter: letter not in "，,；;：: ", heading))
