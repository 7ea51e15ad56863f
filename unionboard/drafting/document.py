"""The draft as it is read and printed: paragraphs with their level, headings numbered 一、二、三 without a break.

Source: domain notes E6 (levels and number styles), E5.15 (numbering jumps).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from unionboard.drafting.phrases import Sentence
from unionboard.numerals import write_numeral

_LABEL = re.compile(r"(?:(\d{1,3})[.．、]|[（(](\d{1,3})[)）])\s*")
GAP = re.compile(r"【待补充：[^】]*】|\[to be added: [^\]]*\]")
_PRINTED = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]+[)）]、?|第?[一二三四五六七八九十]+\s*[、.．]|\d+\s*[、.．)）](?!\d))\s*")
_SECOND = re.compile(r"^（[一二三四五六七八九十]+）[^。！？】]{1,40}$")
_THIRD = re.compile(r"^\d+[.．][^。！？.】\]]{1,40}$")
_FOURTH = re.compile(r"^（\d+）[^。！？】]{1,40}$")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’）】]*|[^。！？\n]+")
_LATIN = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[“])")
_STOPS, _CLOSING = "。！？”’）】", "”’）】"


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
    """A draft ready for the printer. ``signature``: the union, then the day. ``check_code``: of a final one, where the change log stood."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    signature: tuple[str, ...]
    author: str
    as_of: date
    language: str
    check_code: str = ""

    @property
    def texts(self) -> list[str]:
        """All lines from top to bottom."""
        return [self.title, *(paragraph.text for paragraph in self.paragraphs), *self.signature]


def tell_check_code(document: SummaryDocument) -> str:
    """The line that lets anybody hold a printed final summary against the change log; empty for a draft."""
    if not document.check_code:
        return ""
    return f"Change log {document.check_code}" if document.language == "en" else f"更改记录校验码 {document.check_code}"


def join_sentences(sentences: Iterable[Sentence]) -> str:
    """The running text with labels; a sentence that ``opens`` starts a new line. Latin sentences are parted by a space, Chinese ones by
    nothing."""
    text = ""
    for sentence in sentences:
        glue = "\n" if sentence.opens else " "
        text += (glue if text and (sentence.opens or text[-1].isascii()) else "") + sentence.printed
    return text


def tidy_text(text: str) -> str:
    """Lines without spaces around them and without empty ones: how people's words are kept."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def split_sentences(text: str, known: Sequence[Sentence] = ()) -> tuple[Sentence, ...]:
    """Text as sentences again, words only: what stands word for word in ``known`` is one sentence even with stops inside.

    Numbers before a line (1. （2）) are labels where ``known`` has any.
    """
    whole: dict[str, list[str]] = defaultdict(list)
    for words in sorted({sentence.text.strip() for sentence in known} - {""}, key=len, reverse=True):
        whole[words[:2]].append(words)
    labels = 0 if any(sentence.label for sentence in known) else None
    found = []
    for number, line in enumerate(tidy_text(text).splitlines()):
        label = "" if labels is None else read_label(line, expected=labels + 1)
        labels = labels if labels is None else labels + bool(label)
        pieces = list(_pieces(line[len(label) :], whole)) or [""]
        found += [Sentence(piece, (), number > 0 and n == 0, "", "" if n else label) for n, piece in enumerate(pieces)]
    return tuple(found)


def read_label(line: str, *, expected: int) -> str:
    """The number a line begins with. Before a digit (1.2项) it is one only where it goes on counting; else it is 1.2."""
    match = _LABEL.match(line)
    if match is None or (line[match.end() :][:1].isdigit() and int(match[1] or match[2]) != expected):
        return ""
    return match.group()


def _pieces(line: str, whole: Mapping[str, Sequence[str]]) -> Iterator[str]:
    while line:
        known = (words for words in whole.get(line[:2], ()) if line.startswith(words) and _ends_at(line, len(words)))
        piece = next(known, "") or _first_piece(line)
        yield piece.strip()
        line = line[len(piece) :].lstrip()


def _ends_at(line: str, end: int) -> bool:
    """Whether a sentence may end there: at a stop that belongs to it, or with the line."""
    after = line[end : end + 1]
    return not after or (line[end - 1] in _STOPS and after not in _CLOSING) or (line[end - 1] in ".!?]" and after.isspace())


def _first_piece(line: str) -> str:
    chinese, latin = _SENTENCE.match(line), _LATIN.split(line, maxsplit=1)[0]  # an English line may quote a Chinese title
    return min(chinese.group() if chinese else line, latin, key=len)


def find_gaps(text: str) -> tuple[str, ...]:
    """The places that still wait for what only people know, as they stand."""
    return tuple(GAP.findall(text))


def strip_number(heading: str) -> str:
    """A heading without the number the plan printed before it: 三、 (三) 3."""
    return _PRINTED.sub("", heading).strip() or heading.strip()


def number_heading(number: int, heading: str, *, language: str) -> str:
    """一、丰富文体生活; in English 1. …"""
    name = strip_number(heading)
    return f"{number}. {name}" if language == "en" else f"{write_numeral(number)}、{name}"


def read_paragraphs(text: str) -> list[Paragraph]:
    """The lines of a block. A short line without a stop that begins with （一）, 1. or （1） is a heading of that level."""
    levels = ((_SECOND, Level.SECOND), (_THIRD, Level.THIRD), (_FOURTH, Level.FOURTH))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [Paragraph(line, next((level for pattern, level in levels if pattern.match(line)), Level.BODY)) for line in lines]
