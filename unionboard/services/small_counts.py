"""Counts that are small enough to point at somebody are merged, so that no screen, draft or export tells them, and no subtraction either.

Source: domain notes D2 (small cells).
"""

from collections.abc import Iterable, Mapping

SMALL_COUNT = 3
"""A kind with fewer cases than this is never named."""


def count_cases(cases: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Cases by kind, out of (kind, person) pairs: the same person counts once for a kind, an unnamed one (empty) every time."""
    counts: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for kind, person in cases:
        who = "".join(person.split()).casefold()
        if not who or (kind, who) not in seen:
            counts[kind] = counts.get(kind, 0) + 1
        seen.add((kind, who))
    return counts


def merge_small(counts: Mapping[str, int], *, into: str) -> dict[str, str]:
    """Each kind with the name it may be told by: its own, or ``into``.

    What is told together has SMALL_COUNT cases at least, or is everything there is: where the small kinds have fewer between them, the
    next smallest kinds join them, or the total less what is named would tell of one person.
    """
    told = {kind: into if count < SMALL_COUNT else kind for kind, count in counts.items()}
    named = sorted((kind for kind in told if told[kind] != into), key=lambda kind: (counts[kind], kind))
    while named and 0 < sum(count for kind, count in counts.items() if told[kind] == into) < SMALL_COUNT:
        told[named.pop(0)] = into
    return told
