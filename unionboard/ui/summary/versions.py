"""A sentence in three versions, told apart letter by letter: what people put in, what the records no longer say, what they say now."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from unionboard.ui.text import escape

_PIECE = re.compile(r"\d[\d.,]*%?|[A-Za-z]+(?:['’-][A-Za-z]+)*|.", re.DOTALL)  # a number and a Latin word are compared whole


def mark_versions(base: str, mine: str, new: str) -> tuple[str, str]:
    """People's and the newest words as Markdown, both against ``base``, from which the edit started.

    In people's: blue what they put in, orange what the records have replaced since. In the newest: green what the records put in.
    """
    old, edited, fresh = (_PIECE.findall(text) for text in (base, mine, new))
    replaced = set(range(len(old))) - {place for place, _there in _pairs(old, fresh)}
    kept = {there: place for place, there in _pairs(old, edited)}
    known = {there for _place, there in _pairs(old, fresh)}
    left = [("blue" if n not in kept else "orange" if kept[n] in replaced else "", piece) for n, piece in enumerate(edited)]
    return _colour(left), _colour([("" if n in known else "green", piece) for n, piece in enumerate(fresh)])


def _pairs(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Places in both of the pieces they share."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]


def _colour(pieces: Sequence[tuple[str, str]]) -> str:
    return "".join(_backed(colour, words) for colour, words in _runs(pieces))


def _backed(colour: str, words: str) -> str:
    """Words on their colour; spaces at the ends stay outside, where they wrap."""
    core = words.strip()
    if not colour or not core:
        return escape(words)
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}:{colour}-background[{escape(core)}]{after}"


def _runs(pieces: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    colour, words = "", ""
    for next_colour, piece in pieces:
        if next_colour != colour and words:
            yield colour, words
            words = ""
        colour = next_colour
        words += piece
    if words:
        yield colour, words
