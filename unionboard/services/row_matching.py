"""Which line of one reading is which line of another: one to one, by words first, then by likeness, section and month."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 0.6
"""From this share of common letters on, two titles under one heading or in one month are taken for the same thing reworded."""
ALIKE_ANYWHERE = 0.8


@dataclass(frozen=True, slots=True)
class Face:
    """What a line is known by. ``place``: its section; ``months``: when, in the plan's order; ``time``: all that is said of when, as a
    value to compare; ``rank``: its position in the text."""

    title: str
    place: str = ""
    months: tuple[int, ...] = ()
    rank: int = 0
    time: object = None


def bare(text: str) -> str:
    """Letters and digits alone: punctuation, blanks and full width make no difference."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def likeness(one: str, other: str) -> float:
    """The share of letters two titles have in common, in order; 1 when they say the same."""
    return fuzz.ratio(bare(one), bare(other)) / 100


def pair_faces(new: Sequence[Face], old: Sequence[Face]) -> dict[int, int]:
    """Index in ``new`` -> index in ``old``. The same title goes before a similar one; the same section, a near month and the order of the
    text break ties."""
    pairs: dict[int, int] = {}
    for candidates in (_same(new, old), _alike(new, old, pairs)):
        taken = set(pairs.values())
        for _, a, b in sorted(candidates):
            if a not in pairs and b not in taken:
                pairs[a] = b
                taken.add(b)
    return pairs


Candidate = tuple[tuple[float, ...], int, int]  # what is smaller fits better


def _same(new: Sequence[Face], old: Sequence[Face]) -> Iterator[Candidate]:
    by_title: dict[str, list[int]] = defaultdict(list)
    for b, face in enumerate(old):
        by_title[bare(face.title)].append(b)
    for a, face in enumerate(new):
        for b in by_title.get(bare(face.title), ()):
            yield (*_distance(face, old[b]),), a, b


def _alike(new: Sequence[Face], old: Sequence[Face], paired: dict[int, int]) -> Iterator[Candidate]:
    """Read after the same titles have been paired: the rest is few, also in a long plan."""
    taken = set(paired.values())
    rest = [(b, bare(face.title)) for b, face in enumerate(old) if b not in taken]
    for a, face in enumerate(new):
        if a in paired:
            continue
        words = bare(face.title)
        for b, others in rest:
            share = fuzz.ratio(words, others) / 100
            near = face.place == old[b].place or bool(set(face.months) & set(old[b].months))
            if share >= (ALIKE if near else ALIKE_ANYWHERE):
                yield (-round(share, 1), *_distance(face, old[b])), a, b


def _distance(one: Face, other: Face) -> tuple[float, ...]:
    """Another section, another time, months apart (around the year), places apart in the text."""
    months = _months_apart(one.months, other.months)
    return float(one.place != other.place), float(one.time != other.time), months, abs(one.rank - other.rank)


def _months_apart(some: tuple[int, ...], others: tuple[int, ...]) -> float:
    if some == others:
        return 0
    if not some or not others:
        return 6
    apart = abs(some[0] - others[0])
    return min(apart, 12 - apart) + 0.5
