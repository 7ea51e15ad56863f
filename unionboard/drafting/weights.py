"""How much a deed deserves to be told: a number that rests on its own record alone, so that no other record moves it.

Source: domain notes E2 (the important ones in full), E3 (what upper unions ask).
"""

import re

from unionboard.drafting.records import ActivityRecord, Deed
from unionboard.reference import award_levels

OF_KIND = {
    "congress": 60,
    "proposals": 25,
    "contest": 20,
    "checkup": 20,
    "cases": 20,
    "care": 15,
    "insurance": 15,
    "training": 15,
    "event": 10,
}
"""Points for the kind; all others have 5."""
_STATUTORY = re.compile("集体合同|专项合同|换届|选举|民主评议|collective contract|election", re.IGNORECASE)
"""What the law or the statutes ask of a union, however few came."""
_STATUTORY_POINTS = 25
_AWARD, _LEVEL = 25, 5  # an award, and for each step its level lies above the lowest
_RESULT, _AGENDA, _PLANNED_MONEY = 8, 8, 4
_CROWD = ((100, 15), (50, 10), (20, 5))  # so many attendances at least
_MONEY_FEN = ((500_000, 10), (100_000, 5))


def weigh(activity: ActivityRecord, deed: Deed, *, kind: str, spent_fen: int) -> int:
    """The weight of a check-off: kind, award, crowd, money, and whether somebody wrote down what came of it. 5 to about 180."""
    levels = list(award_levels())
    weight = OF_KIND.get(kind, 5) + (_STATUTORY_POINTS if _STATUTORY.search(activity.title) else 0)
    if deed.award:
        weight += _AWARD + _LEVEL * (levels.index(deed.award_level) if deed.award_level in levels else 0)
    weight += next((points for least, points in _CROWD if deed.attendances >= least), 0)
    weight += next((points for least, points in _MONEY_FEN if spent_fen >= least), 0)
    weight += _RESULT if deed.result else 0
    weight += _AGENDA if deed.agenda else 0
    return weight + (_PLANNED_MONEY if activity.planned_budget_fen else 0)
