"""Facts -> the summary's blocks, in the order a committee expects them. What is said how is the wording's, how much of it the telling's.

Source: domain notes E2 (structure), E5 (what a checker complains about).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from unionboard.drafting.en import English
from unionboard.drafting.facts import SectionFacts, YearFacts
from unionboard.drafting.phrases import Block, Place, Sentence, Words, say
from unionboard.drafting.short_forms import compose_brief, compose_congress
from unionboard.drafting.telling import number_problems, scale_of, split_section
from unionboard.drafting.wording import Form, Head, Wording, block_of, sign
from unionboard.drafting.zh import Chinese

_OUTLINED = frozenset({"duties", "biennial"})
"""What goes on anyway is told under the outline's headings where there is one."""


def wording_of(language: str) -> Wording:
    """The words of a language (zh_CN, en)."""
    if language == "en":
        return English()
    return Chinese()


def compose_title(facts: YearFacts, *, form: Form = Form.FULL, language: str) -> str:
    """The summary's title."""
    return wording_of(language).title(facts, form=form)


def compose_blocks(facts: YearFacts, *, form: Form = Form.FULL, language: str) -> tuple[Block, ...]:
    """The whole summary in a form; blocks without a sentence are left out."""
    words = wording_of(language)
    make = {Form.FULL: _full, Form.COMBINED: _combined, Form.CONGRESS: compose_congress, Form.BRIEF: compose_brief}[form]
    return tuple(block for block in make(facts, words) if block.sentences)


def _full(facts: YearFacts, words: Wording, form: Form = Form.FULL) -> Iterator[Block]:
    yield block_of("lead", Place.LEAD, "", words.lead(facts, form=form))
    yield block_of("basics", Place.BASICS, words.heading(Head.BASICS, facts), words.basics(facts))
    for place, section in enumerate(facts.sections):
        told = tuple(_tell_section(section, facts, words, turn=place))
        yield Block(section.key, Place.SECTION, words.section_heading(section), told)
    care = words.care(facts) if facts.care_in_money else ()
    yield block_of("money", Place.MONEY, words.heading(Head.MONEY, facts), [*words.money(facts), *care])
    yield block_of("honours", Place.HONOURS, words.heading(Head.HONOURS, facts), words.honours(facts))
    yield _problems(facts, words)
    yield _ahead(facts, words, without=_OUTLINED if form is Form.COMBINED else frozenset())
    yield sign(facts, words)


def _combined(facts: YearFacts, words: Wording) -> Iterator[Block]:
    """The whole report, and before the signature the outline of the next plan under its own headings."""
    *report, signature = _full(facts, words, Form.COMBINED)
    yield from report
    yield Block("outline", Place.NEXT_YEAR, words.heading(Head.OUTLINE, facts), tuple(_outline(facts, words)))
    yield signature


def _tell_section(section: SectionFacts, facts: YearFacts, words: Wording, *, turn: int) -> Iterator[Sentence]:
    """Visits, progress, deeds, what is half done; then in a paragraph of their own the duties, and a gap where nobody wrote what it was
    good for."""
    if section.tells_care:
        yield from (say(key, phrase) for key, phrase in words.care(facts))
    if not section.has_record:
        if section.planned.number or section.silent or not section.tells_care:
            yield say("nothing", words.nothing_done(section, facts), opens=section.tells_care)
        if section.planned.number and section.silent:
            yield say("silent", words.silent_duties(section.silent))
        return
    if section.planned.number > 1 or (section.planned.number and not section.groups and not section.partly):
        yield say("progress", words.opening(section, facts, turn=turn), opens=section.tells_care)
    scale = scale_of(facts)
    for part in split_section(section, least=scale.brief):
        if part.counted:
            yield say(f"group:{part.key}", words.group(part.counted, facts, listed=part.small))
        for deed in part.told:
            phrase = words.deed(deed, facts, turn=deed.activity.id, in_brief=deed.weight < scale.full)
            yield say(f"deed:{deed.activity.id}", phrase)
        if part.small and not part.counted:
            yield say(f"small:{part.key}", words.gathered(part.small, facts))
    yield from (say(f"deed:{deed.activity.id}", words.partly(deed, facts)) for deed in section.partly)
    kept = [duty for duty in section.duties if duty.kept.number]
    for place, duty in enumerate(kept):
        yield say(f"duty:{duty.activity.id}", words.duty(duty, facts, turn=duty.activity.id), opens=place == 0 and bool(section.groups))
    if section.silent:
        yield say("silent", words.silent_duties(section.silent))
    if not section.has_result:
        yield say("effect", words.effect_gap())


def _problems(facts: YearFacts, words: Wording) -> Block:
    told = [
        _numbered(n, is_first, problem.kind.value, words.problem(problem, facts), words)
        for n, is_first, problem in number_problems(facts.problems)
    ]
    sentences = told or [say("none", words.no_problems())]
    return Block("problems", Place.PROBLEMS, words.heading(Head.PROBLEMS, facts), _unlabelled_if_single(sentences))


def _ahead(facts: YearFacts, words: Wording, *, without: frozenset[str]) -> Block:
    """Answers to the problems under the problems' own numbers, then what else goes on."""
    answers = list(number_problems(facts.problems))
    told = [_numbered(n, is_first, problem.kind.value, words.idea(problem, facts), words) for n, is_first, problem in answers]
    last = answers[-1][0] if answers else 0
    more = [(key, phrase) for key, phrase in words.ahead(facts) if key not in without]
    told += [_numbered(n, True, key, phrase, words) for n, (key, phrase) in enumerate(more, start=last + 1)]
    return Block("next_year", Place.NEXT_YEAR, words.heading(Head.AHEAD, facts), _unlabelled_if_single(told))


def _outline(facts: YearFacts, words: Wording) -> Iterator[Sentence]:
    for number, part in enumerate(facts.ahead.outline, start=1):
        yield say(f"head:{part.key}", words.section_heading(part), opens=True, label=words.part_label(number))
        for place, (key, phrase) in enumerate(words.outline(part, facts)):
            yield say(f"{key}:{part.key}", phrase, opens=place == 0)


def _numbered(number: int, is_first: bool, key: str, phrase: Words, words: Wording) -> Sentence:
    return say(key, phrase, opens=is_first, label=words.item_label(number) if is_first else "")


def _unlabelled_if_single(told: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """A single number needs no second to wait for."""
    if sum(bool(one.label) for one in told) > 1:
        return tuple(told)
    return tuple(replace(one, label="", opens=False) for one in told)
