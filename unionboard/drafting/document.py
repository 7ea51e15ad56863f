"""The draft as it is read and printed: paragraphs with their level, headings numbered 一、二、三 without a break.

Source: domain notes E6 (levels and number styles), E5.15 (numbering jumps).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from unionboard.drafting.figures import Source
from unionboard.drafting.phrases import Sentence

GAP = re.compile(r"【待补充：[^】]*】|\[to be added: [^\]]*\]")
_PRINTED = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]+[)）]、?|第?[一二三四五六七八九十]+\s*[、.．]|\d+\s*[、.．)）](?!\d))\s*")
_SECOND = re.compile(r"^（[一二三四五六七八九十]+）[^。！？】]{1,40}$")
_THIRD = re.compile(r"^\d+[.．][^。！？.】\]]{1,40}$")
_FOURTH = re.compile(r"^（\d+）[^。！？】]{1,40}$")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’）】]*|[^。！？\n]+")
_DIGITS = "零一二三四五六七八九"


class Level(StrEnum):
    """What a paragraph is on the page."""

    BODY = "body"
    FIRST = "first"  # 一、
    SECOND = "second"  # （一）
    THIRD = "third"  # 1.
    FOURTH = "fourth"  # （1）


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``text`` holds its number."""

    text: str
    level: Level = Level.BODY


@dataclass(frozen=True, slots=True)
class SummaryDocument:
    """A draft ready for the printer. ``signature``: the union, then the day."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    signature: tuple[str, ...]
    author: str
    as_of: date
    language: str

    @property
    def texts(self) -> list[str]:
        """All lines from top to bottom."""
        return [self.title, *(paragraph.text for paragraph in self.paragraphs), *self.signature]


def join_sentences(sentences: Sequence[Sentence]) -> str:
    """The running text; a sentence that ``opens`` starts a new line. Latin sentences are parted by a space, Chinese ones by nothing."""
    text = ""
    for sentence in sentences:
        glue = "\n" if sentence.opens else " "
        text += (glue if text and (sentence.opens or text[-1].isascii()) else "") + sentence.text
    return text


def split_sentences(text: str, known: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Edited text as sentences again; one that still stands word for word in ``known`` keeps its sources."""
    sources: dict[str, tuple[Source, ...]] = {sentence.text.strip(): sentence.sources for sentence in known}
    found = []
    for number, line in enumerate(line.strip() for line in text.splitlines() if line.strip()):
        pieces = [line] if line in sources else _pieces(line)
        found += [Sentence(piece, sources.get(piece.strip(), ()), opens=number > 0 and index == 0) for index, piece in enumerate(pieces)]
    return tuple(found)


def _pieces(line: str) -> list[str]:
    if any("\u4e00" <= letter <= "\u9fff" for letter in line):
        return [match.group() for match in _SENTENCE.finditer(line)]
    return re.split(r"(?<=[.!?])\s+(?=[A-Z\[“])", line)


def count_gaps(text: str) -> int:
    """How many places still wait for what only people know."""
    return len(GAP.findall(text))


def strip_number(heading: str) -> str:
    """A heading without the number the plan printed before it: 三、 (三) 3."""
    return _PRINTED.sub("", heading).strip() or heading.strip()


def number_heading(number: int, heading: str, *, language: str) -> str:
    """一、丰富文体生活; in English 1. …"""
    name = strip_number(heading)
    return f"{number}. {name}" if language == "en" else f"{_chinese(number)}、{name}"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


def read_paragraphs(text: str) -> list[Paragraph]:
    """The lines of a block. A short line without a stop that begins with （一）, 1. or （1） is a heading of that level."""
    levels = ((_SECOND, Level.SECOND), (_THIRD, Level.THIRD), (_FOURTH, Level.FOURTH))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [Paragraph(line, next((level for pattern, level in levels if pattern.match(line)), Level.BODY)) for line in lines]
