"""Facts -> the draft's blocks, in the order a committee expects them. Only records speak.

Source: domain notes E2 (structure) and E5 (what a checker complains about).
"""

from collections.abc import Sequence

from unionboard.drafting.figures import Source
from unionboard.drafting.phrases import Block, Place, Sentence
from unionboard.drafting.problems import Problem, find_problems
from unionboard.drafting.records import ActivityRecord, YearRecords
from unionboard.drafting.sections import Chapter, has_record, is_forgotten, plan_chapters, tell_chapter
from unionboard.drafting.templates_en import English
from unionboard.drafting.templates_zh import Chinese
from unionboard.drafting.old_wording import Wording


def wording_of(language: str) -> Wording:
    """The template set of a language (zh_CN, en)."""
    return English() if language == "en" else Chinese()


def compose_title(facts: YearRecords, *, language: str) -> str:
    """The draft's title."""
    return wording_of(language).title(facts)


def compose_blocks(facts: YearRecords, *, language: str) -> tuple[Block, ...]:
    """The whole draft: lead, the plan's sections, money, honours (when any), problems, next year's ideas, signature."""
    words = wording_of(language)
    chapters = plan_chapters(facts, words)
    visited = _care_chapter(chapters) if facts.care.visit_ids else None
    empty = [chapter.heading for chapter in chapters if is_forgotten(chapter) and chapter is not visited]
    problems = find_problems(facts, words, empty_headings=empty)
    blocks = [
        _lead(facts, words),
        *(_section(chapter, facts, words, tells_care=chapter is visited) for chapter in chapters),
        _money(facts, words, tells_care=bool(facts.care.visit_ids) and visited is None),
        _honours(facts, words),
        _problems(problems, words),
        _next_year(problems, facts, words),
        _signature(facts, words),
    ]
    return tuple(block for block in blocks if block.sentences)


def _lead(facts: YearRecords, words: Wording) -> Block:
    sources = (Source("plan", facts.plan_id), *(activity.source for activity in facts.one_offs))
    count, closing = words.lead(facts)
    return Block("lead", Place.LEAD, "", (Sentence(count, sources), Sentence(closing)))


def _care_chapter(chapters: Sequence[Chapter]) -> Chapter | None:
    """Where care visits are told: the first section of their area; without one they stand with the money."""
    return next((chapter for chapter in chapters if chapter.area == "CARE"), None)


def _care(facts: YearRecords, words: Wording) -> Sentence:
    return Sentence(words.care(facts, facts.care), tuple(Source("care_visit", id_) for id_ in facts.care.visit_ids))


def _section(chapter: Chapter, facts: YearRecords, words: Wording, *, tells_care: bool) -> Block:
    care = [_care(facts, words)] if tells_care else []
    told = tell_chapter(chapter, facts, words) if has_record(chapter) or not care else []
    return Block(chapter.key, Place.SECTION, chapter.heading, (*care, *told))


def _money(facts: YearRecords, words: Wording, *, tells_care: bool) -> Block:
    entries = tuple(Source("fund_entry", id_) for id_ in facts.money.entry_ids)
    told = [Sentence(text, entries) for text in words.money(facts, facts.money)]
    return Block("money", Place.MONEY, words.money_heading, (*told, *([_care(facts, words)] if tells_care else [])))


def _honours(facts: YearRecords, words: Wording) -> Block:
    awards = [(activity, deed) for activity in facts.activities for deed in activity.deeds if deed.award]
    sources = tuple(Source("check_off", deed.id) for _activity, deed in awards)
    told = (Sentence(words.honours(facts, awards), sources),) if awards else ()
    return Block("honours", Place.HONOURS, words.honours_heading, told)


def _problems(problems: Sequence[Problem], words: Wording) -> Block:
    told = [problem.problem for problem in problems] or [Sentence(words.no_problems())]
    return Block("problems", Place.PROBLEMS, words.problems_heading, _numbered(told, words))


def _next_year(problems: Sequence[Problem], facts: YearRecords, words: Wording) -> Block:
    told = [problem.idea for problem in problems]
    waiting = [] if facts.is_over else [one for one in facts.one_offs if one.status in {"coming", "under_way"}]
    duties = [one for one in facts.activities if not one.is_one_off and one.status != "cancelled"]
    if waiting:
        told.append(Sentence(words.still_open(facts, _titles(waiting)), _sources(waiting)))
    if duties:
        told.append(Sentence(words.keep_duties(_titles(duties)), _sources(duties)))
    told.append(Sentence(words.next_year_gap()))
    return Block("next_year", Place.NEXT_YEAR, words.next_year_heading, _numbered(told, words))


def _signature(facts: YearRecords, words: Wording) -> Block:
    union, day = words.signature(facts)
    return Block("signature", Place.SIGNATURE, "", (Sentence(union), Sentence(day, opens=True)))


def _numbered(sentences: Sequence[Sentence], words: Wording) -> tuple[Sentence, ...]:
    """1. 2. 3. on lines of their own; a single one needs no number."""
    if len(sentences) == 1:
        return tuple(sentences)
    return tuple(Sentence(words.numbered(n, one.text), one.sources, opens=True) for n, one in enumerate(sentences, start=1))


def _titles(activities: Sequence[ActivityRecord]) -> list[str]:
    return [activity.title for activity in activities]


def _sources(activities: Sequence[ActivityRecord]) -> tuple[Source, ...]:
    return tuple(activity.source for activity in activities)
