"""Closed months and years of the fund's books."""

from unionboard.errors import Refusal


class PeriodClosed(Refusal):
    sentence = "The books are closed up to the day before {first}. Take a day from {first} on, or open the month again under “Closings”."


class PeriodNotOver(Refusal):
    sentence = "Books are closed on the last day of the month or later: from {day} on."


class EarlierYearOpen(Refusal):
    sentence = "The book of {year} is still open. Close it first: what it leaves is what the next year begins with."


class ClosingNoteMissing(Refusal):
    sentence = "Something on the checklist is red. Say in a note why the books are closed all the same."


class AlreadyClosed(Refusal):
    sentence = "The books are closed up to {day} already. Choose a later month."


class NotClosed(Refusal):
    sentence = "These books are not closed, so there is nothing to open. Load the page again."
