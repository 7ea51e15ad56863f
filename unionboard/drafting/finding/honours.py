"""All awards of the period, the highest level first. Source: domain notes A4, E2 (荣誉)."""

from datetime import date

from unionboard.drafting.facts import AwardFacts
from unionboard.drafting.finding.deeds import tell_award
from unionboard.drafting.records import YearRecords
from unionboard.reference import award_levels


def find_honours(records: YearRecords) -> tuple[AwardFacts, ...]:
    """By level, within one by day; those without a level come last."""
    levels = list(award_levels())
    found = [award for activity in records.activities for deed in activity.deeds if (award := tell_award(activity, deed))]

    def rank(award: AwardFacts) -> tuple[int, date]:
        won_on = award.won_on.value
        assert isinstance(won_on, date)
        return -levels.index(award.level) if award.level in levels else 1, won_on

    return tuple(sorted(found, key=rank))
