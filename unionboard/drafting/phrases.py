"""Words with the figures they quote: what the templates of every language are made of.

A template is plain text with slots: ``fill("{people}人参加", people=show(figure, "58"))``. What is put in keeps its figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from unionboard.drafting.figures import Figure, Source, merge_sources


@dataclass(frozen=True, slots=True)
class Quote:
    """A figure and where it stands in the text: ``text[start:end]`` are its words."""

    start: int
    end: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words, the figures in them in their order, and records behind words that hold no figure."""

    text: str
    quotes: tuple[Quote, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def records(self) -> tuple[Source, ...]:
        """All records behind it, each once."""
        return merge_sources([*(quote.figure.records for quote in self.quotes), self.sources])

    def __bool__(self) -> bool:
        return bool(self.text)


Words = str | Phrase


def show(figure: Figure, text: str) -> Phrase:
    """A figure in the words it is printed with."""
    return Phrase(text, (Quote(0, len(text), figure),))


def rest(words: Words, sources: Iterable[Source]) -> Phrase:
    """Words that rest on records without quoting a figure, such as a title."""
    phrase = _phrase(words)
    return Phrase(phrase.text, phrase.quotes, merge_sources([phrase.sources, sources]))


def chain(pieces: Iterable[Words], glue: str = "") -> Phrase:
    """Pieces in a row, ``glue`` between them; empty ones are left out."""
    text, quotes, sources = "", [], []
    for piece in (_phrase(words) for words in pieces if words):
        text += glue if text else ""
        quotes += [Quote(quote.start + len(text), quote.end + len(text), quote.figure) for quote in piece.quotes]
        sources.append(piece.sources)
        text += piece.text
    return Phrase(text, tuple(quotes), merge_sources(sources))


def fill(template: str, **slots: Words) -> Phrase:
    """The template with its slots filled. Raises: KeyError for a slot that is not given."""
    pieces: list[Words] = []
    for literal, name, _format, _conversion in Formatter().parse(template):
        pieces.append(literal)
        if name is not None:
            pieces.append(slots[name])
    return chain(pieces)


class Place(StrEnum):
    """What a block is; the values are those of the stored draft."""

    LEAD = "lead"
    BASICS = "basics"
    SECTION = "section"
    MONEY = "money"
    HONOURS = "honours"
    PROBLEMS = "problems"
    NEXT_YEAR = "next_year"
    CLOSING = "closing"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its final stop.

    ``key`` finds it again in a later draft of the same block. ``label`` (1.) is printed before it and is no part of what it says;
    ``opens``: it begins a paragraph of its own.
    """

    text: str
    sources: tuple[Source, ...] = ()
    opens: bool = False
    key: str = ""
    label: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def printed(self) -> str:
        """What stands on the page."""
        return self.label + self.text


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, word for word and without a number, and what stands below it. ``key`` finds the block again in a later draft."""

    key: str
    kind: Place
    heading: str
    sentences: tuple[Sentence, ...]


def say(key: str, words: Words, *, opens: bool = False, label: str = "") -> Sentence:
    """A sentence out of a phrase."""
    phrase = _phrase(words)
    return Sentence(phrase.text, phrase.records, opens, key, label, phrase.quotes)


def _phrase(words: Words) -> Phrase:
    return Phrase(words) if isinstance(words, str) else words


def texts(sentences: Sequence[Sentence]) -> list[str]:
    """What the sentences say, one by one."""
    return [sentence.text for sentence in sentences]
