"""The year and the days the summary is about, as figures: all of them stand in the plan, but for the day of the summary itself."""

from datetime import date

from unionboard.drafting.facts import YearFacts
from unionboard.drafting.figures import Figure, Rule, Unit


def year_figure(facts: YearFacts) -> Figure:
    """The year in the name of the period."""
    return Figure(facts.period.year, Unit.YEAR, Rule.FIELD, "plan.year", (facts.plan_source,))


def next_year_figure(facts: YearFacts) -> Figure:
    """The year after it, as the first of the two years of a school year or in the name of the next plan."""
    return Figure(facts.period.year + 1, Unit.YEAR, Rule.FIELD, "plan.year+1", (facts.plan_source,))


def as_of_figure(facts: YearFacts) -> Figure:
    """The day up to which the records are told (inclusive)."""
    return _day(facts, facts.period.as_of, "summary_draft.as_of")


def starts_figure(facts: YearFacts) -> Figure:
    """The first day of the period."""
    return _day(facts, facts.period.starts_on, "plan.starts_on")


def ends_figure(facts: YearFacts) -> Figure:
    """The last day of the period."""
    return _day(facts, facts.period.ends_on, "plan.ends_on")


def _day(facts: YearFacts, day: date, field: str) -> Figure:
    return Figure(day, Unit.DATE, Rule.FIELD, field, (facts.plan_source,))
