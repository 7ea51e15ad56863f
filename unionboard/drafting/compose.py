"""Facts -> the summary's blocks, in the order a committee expects them. What is said how is the wording's, how much of it the telling's.

Source: domain notes E2 (structure), E5 (what a checker complains about).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from unionboard.drafting.en import English
from unionboard.drafting.facts import SectionFacts, YearFacts
from unionboard.drafting.phrases import Block, Place, Sentence, Words, say
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
    scale_of,
    split_section,
    width,
)
from unionboard.drafting.wording import Form, Head, Keyed, Wording
from unionboard.drafting.zh import Chinese

_MOST_ANSWERS = 3
"""Answers to problems that one page tells."""
_DEEDS_A_SECTION = 3
_EVERY_SECTION = 1
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
    make = {Form.FULL: _full, Form.COMBINED: _combined, Form.CONGRESS: _congress, Form.BRIEF: _brief}[form]
    return tuple(block for block in make(facts, words) if block.sentences)


def _full(facts: YearFacts, words: Wording, form: Form = Form.FULL) -> Iterator[Block]:
    yield _block("lead", Place.LEAD, "", words.lead(facts, form=form))
    yield _block("basics", Place.BASICS, words.heading(Head.BASICS, facts), words.basics(facts))
    for place, section in enumerate(facts.sections):
        told = tuple(_tell_section(section, facts, words, turn=place))
        yield Block(section.key, Place.SECTION, words.section_heading(section), told)
    care = words.care(facts) if facts.care_in_money else ()
    yield _block("money", Place.MONEY, words.heading(Head.MONEY, facts), [*words.money(facts), *care])
    yield _block("honours", Place.HONOURS, words.heading(Head.HONOURS, facts), words.honours(facts))
    yield _problems(facts, words)
    yield _ahead(facts, words, without=_OUTLINED if form is Form.COMBINED else frozenset())
    yield _signature(facts, words)


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
        if not section.tells_care:
            yield say("nothing", words.nothing_done(section, facts))
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


def _signature(facts: YearFacts, words: Wording) -> Block:
    return _block("signature", Place.SIGNATURE, "", words.signature(facts), opens=True)


def _congress(facts: YearFacts, words: Wording) -> Iterator[Block]:
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

    signature = _signature(facts, words)
    title_lines = -(-int(width(words.title(facts, form=Form.CONGRESS)) * 11) // (8 * LINE_WIDTH))  # 2号 against 3号
    room = PAGE_LINES - title_lines - 1 - 1 - len(signature.sentences)  # a line behind the title, one before the signature
    for in_brief in (False, True):
        candidates = list(_page_candidates(facts, words, in_brief=in_brief))
        chosen = choose_fitting(candidates, lambda those: count_lines(build(those)) <= room)
        if all(one in chosen for one in candidates if one.rank <= _EVERY_SECTION):
            break
    yield from build(chosen)
    yield signature


def _page_candidates(facts: YearFacts, words: Wording, *, in_brief: bool) -> Iterator[Candidate]:
    """Ranks: 0 the frame with the first answer, 1 every section, 2 money and the gap, 3 care, honours, further answers, then deeds."""
    yield from _keyed("lead", words.lead(facts, form=Form.CONGRESS), 0)
    for section in facts.sections:
        if section.has_record:
            yield Candidate(say(f"digest:{section.key}", words.digest(section, facts, in_brief=in_brief)), _EVERY_SECTION, "work")
            for place, deed in enumerate(heaviest_deeds(section)[1:_DEEDS_A_SECTION]):  # the first one is in the digest
                yield Candidate(say(f"deed:{deed.activity.id}", words.short_deed(deed, facts)), 4 + place, "work")
    yield from _keyed("work", [("care", words.short_care(facts)), ("honours", words.short_honours(facts))], 3)
    yield from _keyed("work", [("money", words.short_money(facts))], 2)
    yield from _keyed("problems", [("problems", words.short_problems(facts) if facts.problems else words.no_problems())], 0)
    answers = [problem for _number, _is_first, problem in number_problems(facts.problems)][:_MOST_ANSWERS]
    for place, problem in enumerate(answers):
        yield Candidate(say(problem.kind.value, words.idea(problem, facts)), 0 if place == 0 else 3, "next_year")
    yield from _keyed("next_year", words.ahead(facts)[-1:], 2 if answers else 0)


def _brief(facts: YearFacts, words: Wording) -> Iterator[Block]:
    """Half a page for the superior union, without headings: figures first, then the weightiest deeds."""
    signature = _signature(facts, words)
    taken = letters(words.title(facts, form=Form.BRIEF)) + sum(letters(one.printed) for one in signature.sentences)
    chosen = choose_fitting(
        list(_brief_candidates(facts, words)), lambda those: taken + sum(letters(one.sentence.printed) for one in those) <= HALF_PAGE
    )
    yield Block("lead", Place.LEAD, "", _first_closed(one.sentence for one in chosen))
    yield signature


def _brief_candidates(facts: YearFacts, words: Wording) -> Iterator[Candidate]:
    yield from _keyed("lead", words.lead(facts, form=Form.BRIEF), 0)
    deeds = sorted(
        (deed for section in facts.sections for deed in heaviest_deeds(section)), key=lambda deed: (-deed.weight, deed.activity.id)
    )
    for rank, deed in sorted(enumerate(deeds[:6], start=4), key=lambda pair: (pair[1].deed.done_on, pair[1].activity.id)):
        told = say(f"deed:{deed.activity.id}", words.short_deed(deed, facts))
        if len(told.quotes) > 1:  # more than when it was
            yield Candidate(told, rank, "lead")
    for section in facts.sections:
        if section.has_record and not section.groups:
            yield Candidate(say(f"digest:{section.key}", words.digest(section, facts, in_brief=True)), 10, "lead")
    yield from _keyed("lead", [("care", words.short_care(facts))], 2)
    yield from _keyed("lead", [("honours", words.short_honours(facts))], 3)
    yield from _keyed("lead", [("money", words.short_money(facts))], 1)
    yield from _keyed("lead", [("problems", words.short_problems(facts))], 1)


def _keyed(block: str, told: Iterable[Keyed], rank: int) -> Iterator[Candidate]:
    return (Candidate(say(key, phrase), rank, block) for key, phrase in told if _text(phrase))


def _first_closed(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Money and problems begin a paragraph of their own."""
    return tuple(replace(one, opens=one.key in {"money"}) for one in sentences)


def _block(key: str, kind: Place, heading: str, told: Iterable[Keyed], *, opens: bool = False) -> Block:
    sentences = (say(each, phrase, opens=opens and place > 0) for place, (each, phrase) in enumerate(told))
    return Block(key, kind, heading, tuple(one for one in sentences if one.text))


def _numbered(number: int, is_first: bool, key: str, phrase: Words, words: Wording) -> Sentence:
    return say(key, phrase, opens=is_first, label=words.item_label(number) if is_first else "")


def _unlabelled_if_single(told: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """A single number needs no second to wait for."""
    if sum(bool(one.label) for one in told) > 1:
        return tuple(told)
    return tuple(replace(one, label="", opens=False) for one in told)


def _text(words: Words) -> str:
    return words if isinstance(words, str) else words.text
