"""Which work area a line speaks of, by the trigger words of reference/work_areas.toml.

A proposal for people to correct, never a decision: see ``classify``.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from unionboard.reading.lines import fold
from unionboard.reference import neutral_phrases, work_areas

STRONG_FACTOR = 3.0
WEAK_FACTOR = 0.4
SECTION_BONUS = 3.5  # an area that the section itself is about needs less evidence,
SECTION_BONUS_FACTOR = 2.5  # … but a weak word stays weak
SECOND_AREA_SCORE = 2.0  # a second area is named only on a full trigger word
SECOND_AREA_SHARE = 0.25  # … that is not a mere aside
DEFAULT_SHARE = 0.3  # how sure an area is that only its section speaks for
WEAK_SHARE = 0.5  # of an area that only weak words speak for (活动, 学习)
AREA_SURE = 0.4
"""From this share on an area is taken without asking; below it a person should look."""

_SILENT = re.compile(r"[\s“”\"'‘’「」『』《》<>·・.．]|(?<=三)、(?=八)")  # 三.八, “三、八” and 《工会法》 read as the bare words


@dataclass(frozen=True, slots=True)
class AreaProposal:
    """Codes of ``reference.work_areas``; ``share`` (0 to 1): the primary area's part of all that speaks for any area."""

    primary: str | None
    secondary: str | None
    share: float


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Trigger word -> area code -> weight; a neutral phrase has no area."""
    weights: dict[str, dict[str, float]] = {phrase: {} for phrase in neutral_phrases()}
    for area in work_areas().values():
        for words, factor in ((area.weak, WEAK_FACTOR), (area.triggers, 1.0), (area.strong, STRONG_FACTOR)):
            for word in words:
                weights.setdefault(word, {})[area.code] = len(word) * factor
    return weights


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_weights(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def classify(text: str, *, default: str | None = None) -> tuple[str | None, str | None]:
    """The work area of ``text`` and, when it clearly speaks of two, the second one; see ``propose_area``."""
    proposal = propose_area(text, default=default)
    return proposal.primary, proposal.secondary


def propose_area(text: str, *, default: str | None = None) -> AreaProposal:
    """The work area of ``text``, a second one when it clearly speaks of two, and how sure the first is.

    ``default`` is the area of the section the line stands in: the answer when no trigger word is found, and what tips the scales between
    two areas that are both found. A word inside a longer trigger word is not counted again, and a word said twice counts once.

    Source: domain notes A5 (rules a-c), A6.
    """
    plain = _SILENT.sub("", fold(text))
    scores: defaultdict[str, float] = defaultdict(float)
    for word in dict.fromkeys(match.group() for match in _pattern().finditer(plain)):
        for area, weight in _weights()[word].items():
            scores[area] += weight
    if default is not None and default in scores:
        scores[default] += min(SECTION_BONUS, scores[default] * SECTION_BONUS_FACTOR)
    if not scores:
        return AreaProposal(default, None, DEFAULT_SHARE if default else 0.0)
    primary, *others = sorted(scores, key=lambda area: -scores[area])  # stable: on a tie the area named first
    needed = max(SECOND_AREA_SCORE, scores[primary] * SECOND_AREA_SHARE)
    secondary = next((area for area in others if scores[area] >= needed), None)
    is_weak = scores[primary] < SECOND_AREA_SCORE
    share = scores[primary] / sum(scores.values()) * (WEAK_SHARE if is_weak else 1)
    return AreaProposal(primary, secondary, round(share, 2))
