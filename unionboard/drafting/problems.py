"""What the records complain of, each with what next year's plan answers to it. Source: domain notes E4 «Problems», E5.7."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unionboard.drafting.figures import Source
from unionboard.drafting.phrases import Sentence
from unionboard.drafting.records import ActivityRecord, YearRecords
from unionboard.drafting.old_wording import Wording

LOW_SHARE = 0.6
"""Attendance, or at the year's end spending, below this share of what was planned is a problem."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem and its counterpart among the ideas; both rest on the same records."""

    kind: str
    problem: Sentence
    idea: Sentence


def find_problems(facts: YearRecords, words: Wording, *, empty_headings: Sequence[str] = ()) -> list[Problem]:
    """The problems the records show, gravest first. ``empty_headings``: sections without any record."""
    found = []
    for kind, titles, values, sources in (*_undone(facts, words), *_thin(facts), *_money(facts), *_papers(facts)):
        found.append(_pair(words, kind, titles, values, sources))
    if empty_headings:
        found.append(_pair(words, "empty", empty_headings, (), (Source("plan", facts.plan_id),)))
    return found


Finding = tuple[str, Sequence[str], Sequence[str | int], tuple[Source, ...]]


def _pair(words: Wording, kind: str, titles: Sequence[str], values: Sequence[str | int], sources: tuple[Source, ...]) -> Problem:
    return Problem(kind, Sentence(words.problem(kind, titles, values), sources), Sentence(words.idea(kind, titles), sources))


def _undone(facts: YearRecords, words: Wording) -> Iterator[Finding]:
    counts = Counter(activity.title for activity in facts.activities)
    for status, has_reason in (("late", False), ("cancelled", True), ("postponed", True), ("partly", False)):
        those = [activity for activity in facts.one_offs if activity.status == status]
        if those:
            reasons = [activity.reason for activity in those] if has_reason else []
            titles = [words.dated_title(one) if counts[one.title] > 1 else one.title for one in those]
            yield status, titles, reasons, _sources(those)
    missed = [activity for activity in facts.activities if activity.turns_missed]
    if missed:
        values = [n for activity in missed for n in (activity.turns_planned, activity.turns_missed)]
        yield "missed", _titles(missed), values, _sources(missed)


def _thin(facts: YearRecords) -> Iterator[Finding]:
    """Events to which few of those meant came: the eligible where recorded, else the people planned."""
    few: list[tuple[ActivityRecord, int, int, int]] = []
    for activity in facts.one_offs:
        for deed in activity.deeds:
            due = deed.eligible or activity.planned_people or 0
            if deed.participants and deed.participants < LOW_SHARE * due:
                few.append((activity, due, deed.participants, deed.id))
    if few:
        values = [n for _activity, due, came, _id in few for n in (due, came)]
        yield "turnout", _titles([one[0] for one in few]), values, tuple(Source("check_off", one[3]) for one in few)


def _money(facts: YearRecords) -> Iterator[Finding]:
    over = [activity for activity in facts.activities if activity.planned_budget_fen and activity.spent_fen > activity.planned_budget_fen]
    if over:
        values = [activity.spent_fen - (activity.planned_budget_fen or 0) for activity in over]
        yield "over_plan", _titles(over), values, tuple(source for activity in over for source in activity.deed_sources)
    money, book = facts.money, tuple(Source("fund_entry", id_) for id_ in facts.money.entry_ids)
    items = [code for code, fen in money.budget_fen.items() if money.spending_fen.get(code, 0) > fen]
    if items:
        yield (
            "over_item",
            [money.names.get(code, code) for code in items],
            [money.spending_fen[code] - money.budget_fen[code] for code in items],
            book,
        )
    if facts.is_year_end and 0 < money.total_spending_fen < LOW_SHARE * money.total_budget_fen:
        yield "execution", (), [money.total_spending_fen, money.total_budget_fen], book


def _papers(facts: YearRecords) -> Iterator[Finding]:
    bare = [activity for activity in facts.activities if any(deed.evidence_count == 0 for deed in activity.deeds)]
    if bare:
        ids = [deed.id for activity in bare for deed in activity.deeds if deed.evidence_count == 0]
        yield "evidence", _titles(bare), [len(bare)], tuple(Source("check_off", id_) for id_ in ids)


def _titles(activities: Sequence[ActivityRecord]) -> list[str]:
    return [activity.title for activity in activities]


def _sources(activities: Sequence[ActivityRecord]) -> tuple[Source, ...]:
    return tuple(activity.source for activity in activities)
