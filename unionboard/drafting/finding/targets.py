"""What the plan set itself in figures, held against what the records reached. Source: domain notes A3."""

import re
from collections.abc import Mapping

from unionboard.drafting.facts import QuotedText, TargetFacts
from unionboard.drafting.figures import Figure
from unionboard.drafting.finding.texts import quote
from unionboard.drafting.records import ActivityRecord, TargetRecord

TIMES, PRESENT, ATTENDED, TURNOUT = "times", "present", "attended", "turnout"
"""What is reached beside the figures and shares of check-offs."""
_MONTHS_OF = {"month": 1, "quarter": 3, "half_year": 6, "term": 6}
_REACHED_BY: tuple[tuple[str, str, str], ...] = (
    ("%", "答复|办理|办结", "answered"),
    ("%", "满意", "satisfied"),
    ("%", "立案", "filed"),
    ("%", "录用|采用", "published"),
    ("%", "参[加与检训]|到[会课]|出[席勤]|体检|受检", TURNOUT),
    ("人次", "", ATTENDED),
    ("人|名|位", "参?保", "insured"),
    ("人|名|位", "参[加与检训]|到会|出席|培训|体检", PRESENT),
    ("期|场|场次|次|课时|堂", "", "sessions"),
    ("期|场|场次|次|堂", "", TIMES),
    ("篇|条", "录用|采用|发表|刊[登发]", "articles_published"),
    ("篇", "报送|上报|稿|信息|宣传|报道", "articles_sent"),
    ("件|条", "提案|建议", "proposals_received"),
    ("件", "调解|纠纷|争议", "cases_settled"),
    ("件", "理赔", "claims_paid"),
    ("户", "", "households_helped"),
)
"""Unit, words beside it, and the record that tells: the first that fits and was recorded."""


def judge_targets(activity: ActivityRecord, reached: Mapping[str, Figure], *, months: int, is_due: bool) -> tuple[TargetFacts, ...]:
    """The activity's targets; ``months``: of the period so far, for those that count by month or term. ``is_due``: what is not reached
    by now was missed. Targets by head or group, and those that forbid something, no record can judge."""
    if not activity.targets:
        return ()
    title = quote(activity.title, "activity.title", activity.source)
    return tuple(_judge(target, activity, title, reached, months, is_due) for target in activity.targets)


def _judge(
    target: TargetRecord, activity: ActivityRecord, title: QuotedText, reached: Mapping[str, Figure], months: int, is_due: bool
) -> TargetFacts:
    found = _find_reached(target, activity.title, reached)
    return TargetFacts(
        phrase=quote(target.phrase, f"{target.source.noun}.targets", target.source),
        title=title,
        reached=found,
        is_met=None if found is None else _is_met(target, found, months, is_due),
    )


def _find_reached(target: TargetRecord, title: str, reached: Mapping[str, Figure]) -> Figure | None:
    if target.op == "zero" or target.per not in {"", "year", *_MONTHS_OF}:
        return None
    words = f"{target.phrase} {title}"
    codes = (code for unit, near, code in _REACHED_BY if re.fullmatch(unit, target.unit) and re.search(near, words))
    return next((reached[code] for code in codes if code in reached), None)


def _is_met(target: TargetRecord, found: Figure, months: int, is_due: bool) -> bool | None:
    spans = max(1, months // _MONTHS_OF[target.per]) if target.per in _MONTHS_OF else 1
    value = float(found.value)  # type: ignore[arg-type]
    if target.op == "at_most":
        is_kept = value <= target.high * spans
        return is_kept if is_due or not is_kept else None
    return True if value >= target.low * spans else False if is_due else None
