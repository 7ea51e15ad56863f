"""Two versions of one sentence put together word by word, where people and records changed different places of it."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|.", re.DOTALL)
_Edit = tuple[int, int, tuple[str, ...]]  # words [start, end) of the base, and what stands there instead


def combine(base: str, mine: str, new: str) -> str | None:
    """``base`` with what both changed in it; None where they changed the same place. Numbers are taken whole. It is a proposal: whether it
    reads well, people say."""
    words = _WORD.findall(base)
    edits = sorted({*_edits(words, _WORD.findall(mine)), *_edits(words, _WORD.findall(new))})
    told: list[str] = []
    done = 0
    for n, (start, end, instead) in enumerate(edits):
        if start < done or (n and edits[n - 1][:2] == (start, end)):
            return None
        told += [*words[done:start], *instead]
        done = end
    return "".join([*told, *words[done:]])


def _edits(words: Sequence[str], others: Sequence[str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return [(i, j, tuple(others[k:m])) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
