"""Activities, sections and measures of a plan."""

from unionboard.errors import Refusal


class NoSuchActivity(Refusal):
    sentence = "There is no activity number {id}. Look it up in the plan; it may have been taken out."


class NoSuchSection(Refusal):
    sentence = "There is no section number {id} any more. Load the page again and choose another one."


class NoSuchMeasure(Refusal):
    sentence = "There is no measure number {id} any more. Load the page again."


class SectionHoldsMeasures(Refusal):
    sentence = "“{heading}” still holds {n} measures. Choose the section they go to."


class TextMissing(Refusal):
    sentence = "Type the text of the measure, or remove the measure."


class TitleMissing(Refusal):
    sentence = "An activity needs a name. Type one, or remove the row."


class TargetUnclear(Refusal):
    sentence = "“{text}” names no figure to reach. Write it like 参加率95%以上 or 不少于2次, one target a line."


class DatesReversed(Refusal):
    sentence = "The last day is before the first day. Check the two dates."


class DateOutsidePlan(Refusal):
    sentence = "{day} is outside the plan, which runs from {starts_on} to {ends_on}. Check the date."


class NotLater(Refusal):
    sentence = "That is not later than planned so far. Choose the new time."


class ReasonMissing(Refusal):
    sentence = "Say in a few words why, for it is kept with the change."
