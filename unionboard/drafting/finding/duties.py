"""Recurring and standing duties: how often they were kept, of how many turns. Source: domain notes A2, E4."""

from unionboard.drafting.facts import DutyFacts
from unionboard.drafting.figures import Source, Unit, count
from unionboard.drafting.finding.deeds import rates_of, sum_attended, sum_figures, sum_spent, tell_award, title_of
from unionboard.drafting.finding.targets import ATTENDED, TIMES, judge_targets
from unionboard.drafting.finding.texts import quote
from unionboard.drafting.records import ActivityRecord, YearRecords


def tell_duty(activity: ActivityRecord, records: YearRecords) -> DutyFacts:
    """The facts of a duty, those of one without any record too."""
    deeds = activity.deeds
    kept = count(Unit.TIME, [deed.source for deed in deeds])
    attended, counted = sum_attended(deeds)
    known = sum_figures(deeds)
    missed = [turn for turn in activity.turns if turn.is_missed]
    reached = {**known, **rates_of(known), **({TIMES: kept} if deeds else {}), **({ATTENDED: attended} if attended else {})}
    last = min(records.as_of, records.ends_on)
    months = (last.year - records.starts_on.year) * 12 + last.month - records.starts_on.month + 1
    return DutyFacts(
        activity=activity,
        title=title_of(activity),
        frequency=quote(activity.frequency, "activity.frequency", activity.source) if activity.frequency.strip() else None,
        kept=kept,
        planned=count(Unit.TIME, [Source("occurrence", turn.id) for turn in activity.turns]) if activity.turns else None,
        missed=count(Unit.TIME, [Source("occurrence", turn.id) for turn in missed]) if missed else None,
        attended=attended,
        counted=counted,
        figures=known,
        spent=sum_spent(activity.entries),
        awards=tuple(award for deed in deeds if (award := tell_award(activity, deed))),
        results=tuple(quote(deed.result, "check_off.result", deed.source) for deed in deeds if deed.result.strip()),
        targets=judge_targets(activity, reached, months=months, is_due=records.is_year_end),
    )
