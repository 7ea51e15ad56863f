"""The year and the days of a summary as figures: the plan's own, or (field ``summary_draft.…``) what the chosen span makes of them."""

from datetime import date

from unionboard.drafting.facts import YearFacts
from unionboard.drafting.figures import Figure, Rule, Unit


def year_figure(facts: YearFacts) -> Figure:
    """The year in the name of the period."""
    return Figure(facts.period.year, Unit.YEAR, Rule.FIELD, _field(facts, "year"), (facts.plan_source,))


def as_of_figure(facts: YearFacts) -> Figure:
    """The day up to which the records are told (inclusive)."""
    return _day(facts, facts.period.as_of, "summary_draft.as_of")


def starts_figure(facts: YearFacts) -> Figure:
    """The first day of the period."""
    return _day(facts, facts.period.starts_on, _field(facts, "starts_on"))


def ends_figure(facts: YearFacts) -> Figure:
    """The last day of the period."""
    return _day(facts, facts.period.ends_on, _field(facts, "ends_on"))


def _field(facts: YearFacts, column: str) -> str:
    return f"plan.{column}" if facts.period.is_plans else f"summary_draft.{column}"


def _day(facts: YearFacts, day: date, field: str) -> Figure:
    return Figure(day, Unit.DATE, Rule.FIELD, field, (facts.plan_source,))
