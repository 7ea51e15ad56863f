"""Sentences of two texts paired: which is which after people, or the records, have changed some.

Equal ones first, in their order, then equal ones that were moved, then those between two pairs that are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from unionboard.drafting.document import split_sentences
from unionboard.drafting.figures import Source
from unionboard.drafting.phrases import Quote, Sentence, texts

ALIKE_PCT = 50
"""From here on two sentences count as one that was changed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as it stands in a text, and the generated one it stands for. ``sentence`` None: people's own."""

    text: str
    opens: bool = False
    label: str = ""
    sentence: Sentence | None = None

    @property
    def printed(self) -> str:
        """What stands on the page."""
        return self.label + self.text

    @property
    def is_edited(self) -> bool:
        """Whether people wrote it, or changed it."""
        return self.sentence is None or self.sentence.text.strip() != self.text

    @property
    def sources(self) -> tuple[Source, ...]:
        """The records behind it; none behind people's own words."""
        return () if self.sentence is None or self.is_edited else self.sentence.sources

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The figures in it; none are known of people's own words."""
        return () if self.sentence is None or self.is_edited else self.sentence.quotes


def show_generated(sentences: Sequence[Sentence]) -> tuple[Shown, ...]:
    """A text nobody touched."""
    return tuple(Shown(one.text.strip(), one.opens, one.label, one) for one in sentences)


def align(text: str, sentences: Sequence[Sentence]) -> tuple[Shown, ...]:
    """``text`` sentence by sentence, each with the one of ``sentences`` it stands for."""
    pieces = split_sentences(text, sentences)
    pairs = pair_texts(texts(pieces), texts(sentences))
    return tuple(
        Shown(piece.text, piece.opens, piece.label, None if place is None else sentences[place])
        for piece, place in zip(pieces, pairs, strict=True)
    )


def pair_texts(mine: Sequence[str], theirs: Sequence[str]) -> list[int | None]:
    """For each of ``mine`` the place of the one of ``theirs`` it is, or None; each of ``theirs`` is taken once at most."""
    pairs: list[int | None] = [None] * len(mine)
    mine, theirs = [one.strip() for one in mine], [one.strip() for one in theirs]
    free = dict.fromkeys(range(len(theirs)))
    gaps, after_mine, after_theirs = [], 0, 0
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        gaps.append((range(after_mine, block.a), range(after_theirs, block.b)))
        for n in range(block.size):
            pairs[block.a + n] = block.b + n
            del free[block.b + n]
        after_mine, after_theirs = block.a + block.size, block.b + block.size
    for n, text in enumerate(mine):
        if pairs[n] is None:
            moved = next((place for place in free if theirs[place] == text), None)
            if moved is not None:
                pairs[n] = moved
                del free[moved]
    for ours, others in gaps:
        ours_free, others_free = [n for n in ours if pairs[n] is None], [n for n in others if n in free]
        for n, place in _pair_alike([mine[n] for n in ours_free], [theirs[n] for n in others_free]):
            pairs[ours_free[n]] = others_free[place]
    return pairs


def _pair_alike(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs in order whose likeness adds up to the most."""
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(mine) + 1)]
    alike = [[fuzz.ratio(one, other, score_cutoff=ALIKE_PCT) for other in theirs] for one in mine]
    for n in reversed(range(len(mine))):
        for m in reversed(range(len(theirs))):
            together = alike[n][m] + best[n + 1][m + 1] if alike[n][m] else 0.0
            best[n][m] = max(together, best[n + 1][m], best[n][m + 1])
    pairs, n, m = [], 0, 0
    while n < len(mine) and m < len(theirs):
        if best[n][m] == best[n + 1][m]:
            n += 1
        elif best[n][m] == best[n][m + 1]:
            m += 1
        else:
            pairs.append((n, m))
            n, m = n + 1, m + 1
    return pairs
