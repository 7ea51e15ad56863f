"""Words people typed, as phrases: they can be cut and mended, and the figures in them keep their places."""

import re
from collections.abc import Iterable

from unionboard.drafting.facts import QuotedText
from unionboard.drafting.phrases import Phrase, Quote, chain


def typed(text: QuotedText) -> Phrase:
    """Somebody's words with the figures in them; they rest on their record, if they have one."""
    return Phrase(text.text, tuple(Quote(start, end, figure) for start, end, figure in text.figures), (text.source,) if text.source else ())


def cut(phrase: Phrase, start: int, end: int | None = None) -> Phrase:
    """``text[start:end]`` (no negative bounds) with the figures that stand wholly inside; all else it rests on stays."""
    last = len(phrase.text) if end is None else end
    inside = (quote for quote in phrase.quotes if start <= quote.start and quote.end <= last)
    quotes = tuple(Quote(quote.start - start, quote.end - start, quote.figure) for quote in inside)
    return Phrase(phrase.text[start:last], quotes, phrase.sources)


def mend(phrase: Phrase, pattern: re.Pattern[str], replacement: str) -> Phrase:
    """Every match of ``pattern`` replaced; ``replacement`` may hold groups. A match that holds a figure stays as it is."""
    pieces, done = [], 0
    for match in pattern.finditer(phrase.text):
        if any(match.start() < quote.end and quote.start < match.end() for quote in phrase.quotes):
            continue
        pieces += [cut(phrase, done, match.start()), Phrase(match.expand(replacement))]
        done = match.end()
    mended = chain([*pieces, cut(phrase, done)])
    return Phrase(mended.text, mended.quotes, phrase.sources)


def trim(phrase: Phrase, marks: str) -> Phrase:
    """Without any of ``marks`` at both ends."""
    start = len(phrase.text) - len(phrase.text.lstrip(marks))
    return cut(phrase, start, max(start, len(phrase.text.rstrip(marks))))


def same_words(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Each wording once, resting on the records of all that say it."""
    found: dict[str, Phrase] = {}
    for phrase in phrases:
        known = found.get(phrase.text)
        found[phrase.text] = Phrase(known.text, known.quotes, (*known.sources, *phrase.records)) if known else phrase
    return list(found.values())
