"""How well a plan was read: what a careful secretary would list, against what the program lists.

Strict: the months are the same and the text is the same, or one text holds the other and is at least ``ALIKE`` of its length.
Lenient: also the other readings a label allows: ``alts``, ``months_alt``, the months of a half-year, ``groups`` read as one item.
Items that only repeat ``inline_dated`` words (done work, heads of sub-items, notes) count neither for nor against.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self, TypeVar

W = TypeVar("W")
G = TypeVar("G")

ALIKE = 0.6
NEUTRAL_LENGTH = 6  # letters: shorter words stand in any sentence by chance

_NUMBERING = re.compile(
    r"^(?:[\s·●○■◆—\-*•]+"
    r"|第?[一二三四五六七八九十百]{1,3}(?:是|[、.,:)]|章|节)"
    r"|[(]?[一二三四五六七八九十]{1,3}[)]"
    r"|[(]?\d{1,2}[)]"
    r"|\d{1,2}[、,:)]"
    r"|\d{1,2}\.(?!\d)"
    r"|附:|[、.,:;])+"
)
_HALF_YEARS = {1: frozenset(range(1, 7)), 2: frozenset(range(7, 13))}


def bare(text: str) -> str:
    """The letters and digits of ``text`` without its numbering: what two texts are compared by."""
    text = _NUMBERING.sub("", unicodedata.normalize("NFKC", text).strip())
    return "".join(letter for letter in text if unicodedata.category(letter)[0] not in "PZCS").lower()


def alike(one: str, other: str) -> bool:
    """Whether two bare texts say the same."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and shorter in longer and len(shorter) / len(longer) >= ALIKE


@dataclass(frozen=True, slots=True)
class Item:
    """One activity as labelled or as read. ``alts``, ``months_alt``: the other readings its label allows."""

    months: frozenset[int]
    half_year: int | None
    text: str
    alts: tuple[str, ...] = ()
    months_alt: tuple[frozenset[int], ...] = ()

    def at_the_time_of(self, read: "Item", *, lenient: bool) -> bool:
        """Whether ``read`` stands in the right month."""
        same = read.months == self.months and (read.half_year or None) == (self.half_year or None)
        return same or (lenient and read.months in self.months_alt)

    def says(self, read: "Item", *, lenient: bool) -> bool:
        """Whether ``read`` has the right words."""
        accepted = (self.text, *self.alts) if lenient else (self.text,)
        return any(alike(bare(text), bare(read.text)) for text in accepted)


@dataclass(frozen=True, slots=True)
class Group:
    """A sentence that may also be read as one activity: the positions of its items, and its words."""

    items: tuple[int, ...]
    joined: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Labelled items found, read items that are right, and read items that do not count."""

    found: int = 0
    right: int = 0
    neutral: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """The counts for one text, or added up for many; ``negatives`` are texts whose label has no activity at all."""

    labelled: int = 0
    read: int = 0
    strict_found: int = 0
    strict_right: int = 0
    strict_neutral: int = 0
    lenient_found: int = 0
    lenient_right: int = 0
    lenient_neutral: int = 0
    month_seen: int = 0
    sections: int = 0
    sections_found: int = 0
    negatives: int = 0
    negatives_clean: int = 0

    def __add__(self, other: Self) -> "Score":
        return Score(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))

    @property
    def strict_recall(self) -> float | None:
        return _share(self.strict_found, self.labelled)

    @property
    def strict_precision(self) -> float | None:
        return _share(self.strict_right, self.read - self.strict_neutral)

    @property
    def lenient_recall(self) -> float | None:
        return _share(self.lenient_found, self.labelled)

    @property
    def lenient_precision(self) -> float | None:
        return _share(self.lenient_right, self.read - self.lenient_neutral)

    @property
    def month_accuracy(self) -> float | None:
        """Of the labelled items whose words were found at all, the share in the right month."""
        return _share(self.strict_found, self.month_seen)

    @property
    def section_recall(self) -> float | None:
        return _share(self.sections_found, self.sections)


@dataclass(frozen=True, slots=True)
class Marking:
    """One text marked: its counts, and by the strict measure what was missed and what was too much."""

    score: Score
    missed: tuple[Item, ...]
    extra: tuple[Item, ...]
    missed_sections: tuple[str, ...]


def mark(label: dict[str, Any], read: dict[str, Any]) -> Marking:
    """Marks what was read by its label; both hold ``sections`` and ``schedule``, ``read`` as ``parse --json`` prints them."""
    wanted, groups = _labelled_items(label)
    given = [item for entry in read["schedule"] for item in _items(entry)]
    strict_pairs = pair(wanted, given, lambda w, g: w.at_the_time_of(g, lenient=False) and w.says(g, lenient=False))
    strict = _count(label, wanted, given, strict_pairs, ())
    lenient_pairs = pair(wanted, given, lambda w, g: w.at_the_time_of(g, lenient=True) and w.says(g, lenient=True))
    lenient = _count(label, wanted, given, lenient_pairs, groups)

    missed = [item for n, item in enumerate(wanted) if n not in strict_pairs]
    extra = [item for n, item in enumerate(given) if n not in strict_pairs.values()]
    elsewhere = pair(missed, extra, lambda w, g: w.says(g, lenient=True))
    headings = list(label["sections"])
    heads = pair(headings, read["sections"], lambda w, g: alike(bare(w), bare(g)))
    score = Score(
        labelled=len(wanted),
        read=len(given),
        strict_found=strict.found,
        strict_right=strict.right,
        strict_neutral=strict.neutral,
        lenient_found=lenient.found,
        lenient_right=lenient.right,
        lenient_neutral=lenient.neutral,
        month_seen=strict.found + len(elsewhere),
        sections=len(headings),
        sections_found=len(heads),
        negatives=int(not wanted),
        negatives_clean=int(not wanted and len(given) == strict.neutral),
    )
    return Marking(score, tuple(missed), tuple(extra), tuple(head for n, head in enumerate(headings) if n not in heads))


def pair(wanted: Sequence[W], given: Sequence[G], fits: Callable[[W, G], bool]) -> dict[int, int]:
    """As many pairs (position in ``wanted`` -> position in ``given``) as can be made, each position used once."""
    choices = [[n for n, g in enumerate(given) if fits(w, g)] for w in wanted]
    taken_by: dict[int, int] = {}

    def place(n: int, tried: set[int]) -> bool:
        for choice in choices[n]:
            if choice in tried:
                continue
            tried.add(choice)
            if choice not in taken_by or place(taken_by[choice], tried):
                taken_by[choice] = n
                return True
        return False

    for n in range(len(wanted)):
        place(n, set())
    return {n: choice for choice, n in taken_by.items()}


def _count(label: dict[str, Any], wanted: Sequence[Item], given: Sequence[Item], pairs: dict[int, int], groups: Iterable[Group]) -> Hits:
    found, right = set(pairs), set(pairs.values())
    for group in groups:
        own = {pairs.get(n) for n in group.items}
        for n, item in enumerate(given):
            timely = wanted[group.items[0]].at_the_time_of(item, lenient=True)
            if timely and alike(bare(group.joined), bare(item.text)) and (n not in right or n in own):
                found.update(group.items)
                right.add(n)
                break
    optional = [bare(it["text"]) for it in label.get("inline_dated") or ()]
    neutral = sum(_repeats(bare(item.text), optional) for n, item in enumerate(given) if n not in right)
    return Hits(len(found), len(right), neutral)


def _repeats(text: str, optional: Iterable[str]) -> bool:
    def holds(outer: str, inner: str) -> bool:
        return len(inner) >= NEUTRAL_LENGTH and inner in outer

    return any(alike(words, text) or holds(text, words) or holds(words, text) for words in optional)


def _labelled_items(label: dict[str, Any]) -> tuple[list[Item], list[Group]]:
    items: list[Item] = []
    groups: list[Group] = []
    for entry in label["schedule"]:
        groups += [Group(tuple(len(items) + n for n in it["items"]), it["joined"]) for it in entry.get("groups") or ()]
        items += _items(entry)
    return items, groups


def _items(entry: dict[str, Any]) -> list[Item]:
    months, half_year = frozenset(entry["months"]), entry.get("half_year")
    months_alt = [frozenset(it) for it in entry.get("months_alt") or ()]
    if half_year in _HALF_YEARS and not months:
        months_alt.append(_HALF_YEARS[half_year])
    alts = entry.get("alts") or {}
    return [Item(months, half_year, text, tuple(alts.get(text, ())), tuple(months_alt)) for text in entry["items"]]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
