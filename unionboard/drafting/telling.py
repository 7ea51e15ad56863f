"""How much is told: which deeds in full and which gathered, what is counted together, which problems share a number, what one page holds.

Whether a deed is told in full rests on its own weight and on the size of the year alone, so that no record moves the sentence of another.
Source: domain notes E2 (lengths, 2–4 problems), E5.6 (no list by date).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from unionboard.drafting.facts import DeedFacts, GroupFacts, ProblemFacts, ProblemKind, SectionFacts, YearFacts
from unionboard.drafting.phrases import Block, Sentence

COUNT_FROM = 3
"""So many deeds of one kind are counted together before they are told."""
PAGE_LINES, LINE_WIDTH = 22, 28
"""Lines of the official page, and Chinese characters in a line; Latin letters take half of one."""
HALF_PAGE = 280
"""Characters of the short form, title and signature with it."""
GRAVEST = 3
"""Kinds of problems that a short form names."""
LARGE_FEN = 500_000
"""Money a deed names: from 5,000 yuan on."""
_HOMES = {
    "contest": "SKILL",
    "training": "SKILL",
    "care": "CARE",
    "checkup": "HEALTH",
    "insurance": "HEALTH",
    "proposals": "DEMO",
    "cases": "RIGHT",
    "publicity": "ORG",
    "membership": "ORG",
    "meeting": "ORG",
}
"""Kinds that are counted by their own name, but for the area they make up anyway: there the opening has counted them."""
_WEIGHTS = ((30, 32, 13), (45, 42, 19), (70, 45, 28), (120, 50, 36), (200, 65, 48), (400, 75, 62))
"""Up to so many deeds in the year: the weights from which a deed is told in full, and in brief."""
_HEAVIEST = (95, 80)
_TOKENS = re.compile(r"[!-~’–¥]+|.", re.DOTALL)
_FIGURES, _WORDS = 1.12, 0.9
"""Fonts that stand in for 仿宋 set figures this much wider, those of English words are narrower; a page that is full to the last letter
would run over."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_NO_BEGINNING = "，。、；：！？）】》”’"
_TOGETHER = (
    (ProblemKind.LATE, ProblemKind.PARTLY),
    (ProblemKind.CANCELLED, ProblemKind.POSTPONED),
    (ProblemKind.MISSED, ProblemKind.WEAK_AREA),
    (ProblemKind.TARGET, ProblemKind.ARTICLES),
    (ProblemKind.TURNOUT,),
    (ProblemKind.OVER_PLAN, ProblemKind.OVER_ITEM, ProblemKind.EXECUTION),
    (ProblemKind.EVIDENCE,),
)
"""Problems of one nature stand under one number."""


@dataclass(frozen=True, slots=True)
class Part:
    """Deeds told one after the other: ``counted`` is the group they are counted as, ``small`` are gathered behind those that are told."""

    key: str
    counted: GroupFacts | None
    told: tuple[DeedFacts, ...]
    small: tuple[DeedFacts, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights from which a deed is told in full, and in brief; below they are gathered."""

    full: int
    brief: int


def scale_of(facts: YearFacts) -> Scale:
    """The more was done in a year, the more a deed must weigh."""
    deeds = facts.plan.done.number
    return Scale(*next(((full, brief) for most, full, brief in _WEIGHTS if deeds <= most), _HEAVIEST))


def split_section(section: SectionFacts, *, least: int) -> Iterator[Part]:
    """Congresses first, then what is counted under its own name, then all other deeds by day. Where all that was done is of one kind, the
    opening has counted it already: it is only counted once more to be compared with the year before."""
    counted = [group for group in section.groups if _is_counted(group, section)]
    rest = [deed for group in section.groups if group not in counted for deed in group.deeds]
    congresses = [deed for deed in rest if deed.kind == "congress"]
    if congresses:
        yield _part("congress", None, congresses, least)
    for group in counted:
        yield _part(f"{group.area}:{group.kind}", group, group.deeds, least)
    others = sorted((deed for deed in rest if deed.kind != "congress"), key=lambda deed: (deed.deed.done_on, deed.activity.id))
    if others:
        yield _part("others", None, others, least)


def _is_counted(group: GroupFacts, section: SectionFacts) -> bool:
    has_own_name = _HOMES.get(group.kind, section.area) != section.area or group.area != section.area
    is_news = group.times.number < section.done.number or group.last_year is not None
    return group.times.number >= COUNT_FROM and has_own_name and is_news


def _part(key: str, group: GroupFacts | None, deeds: Iterable[DeedFacts], least: int) -> Part:
    """A single small one is told like the others: there is nothing to gather."""
    told = tuple(deeds)
    small = tuple(one for one in told if one.weight < least)
    if len(small) == 1 and group is None:
        return Part(key, group, told, ())
    return Part(key, group, tuple(one for one in told if one.weight >= least), small)


def tells_money(deed: DeedFacts, facts: YearFacts) -> bool:
    """Large sums are told with their deed; goods and visits are counted with the care."""
    if deed.spent is None or deed.spent.number <= 0:
        return False
    return deed.spent.number >= LARGE_FEN if deed.kind != "care" else not facts.care.handouts


def number_problems(problems: Sequence[ProblemFacts]) -> Iterator[tuple[int, bool, ProblemFacts]]:
    """Each problem with the number it stands under and whether it is the first of that number; the gravest nature first."""
    found = {problem.kind: problem for problem in problems}
    number = 0
    for kinds in _TOGETHER:
        those = [found[kind] for kind in kinds if kind in found]
        number += bool(those)
        for place, problem in enumerate(those):
            yield number, place == 0, problem


def heaviest_deeds(section: SectionFacts) -> list[DeedFacts]:
    """What a section did, the weightiest first."""
    deeds = [deed for group in section.groups for deed in group.deeds]
    return sorted(deeds, key=lambda deed: (-deed.weight, deed.deed.done_on, deed.activity.id))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be told where there is room; the lowest ``rank`` first, 0 always."""

    sentence: Sentence
    rank: int
    block: str


def choose_fitting(candidates: Sequence[Candidate], fits: Callable[[Sequence[Candidate]], bool]) -> list[Candidate]:
    """As many as there is room for, in the order in which they stand; those of rank 0 in any case."""
    chosen = {place for place, one in enumerate(candidates) if one.rank == 0}
    for place, one in sorted(enumerate(candidates), key=lambda pair: (pair[1].rank, pair[0])):
        if one.rank and fits([candidates[index] for index in sorted({*chosen, place})]):
            chosen.add(place)
    return [candidates[index] for index in sorted(chosen)]


def width(text: str) -> float:
    """Characters as the page counts them: Latin letters and digits take half of a Chinese one, spaces a quarter."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if letter == " ":
        return 0.25
    return 1 if unicodedata.east_asian_width(letter) in "WF" or letter in "“”‘’…—" else 0.5


def letters(text: str) -> float:
    """Length as a form counts it: of Chinese text every character but spaces, of Latin text half of them."""
    is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    return len("".join(text.split())) if is_chinese else width("".join(text.split()))


def count_lines(blocks: Sequence[Block]) -> int:
    """Lines of the official page: headings, paragraphs with their indent; no title, no signature."""
    lines = 0
    for block in blocks:
        lines += 1 if block.heading else 0
        for paragraph in _paragraphs(block.sentences):
            lines += _wrap(paragraph)
    return lines


def _wrap(paragraph: str) -> int:
    """Lines of a paragraph as a word processor sets it: numbers and words are not broken, no line begins with a stop, and between Chinese
    and Latin letters there is a quarter of a letter."""
    lines, filled, before = 1, 2.0, ""  # the first line is indented by two
    for token in _TOKENS.findall(paragraph):
        wide = width(token) * (_FIGURES if token[0].isdigit() else _WORDS if token.isascii() else 1)
        gap = 0.25 if before and (_CHINESE.match(before[-1]) and token[0].isalnum() and token[0].isascii()) else 0.0
        gap += 0.25 if before and before[-1].isalnum() and before[-1].isascii() and _CHINESE.match(token) else 0.0
        if filled + gap + wide > LINE_WIDTH:
            lines += 1
            filled, gap = (width(before), 0.0) if token in _NO_BEGINNING else (0.0, 0.0)
        filled += gap + wide
        before = token
    return lines


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[str]:
    text = ""
    for sentence in sentences:
        if sentence.opens and text:
            yield text
            text = ""
        text += sentence.printed
    if text:
        yield text
