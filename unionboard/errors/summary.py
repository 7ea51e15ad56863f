"""The year-end summary: what is locked, what still waits for a decision."""

from unionboard.errors import Refusal


class SummaryFinalised(Refusal):
    sentence = "This summary is finalised. Open it again, with a reason, before anything in it is changed."


class NotFinalised(Refusal):
    sentence = "This summary is not finalised, so it need not be opened again. Change it as it stands."


class ConflictsOpen(Refusal):
    sentence = "{n} sentences stand in two versions and nobody has chosen yet. Choose for each of them first."


class NoSuchConflict(Refusal):
    sentence = "There is nothing left to choose here. Look at the text once more."


class OwnWordsMissing(Refusal):
    sentence = "Type your own sentence, or choose one of the two versions."


class NeededInSummary(Refusal):
    sentence = "The lead and the signature stand in every summary and cannot be left out. Change their words instead."


class DayBeforeSummary(Refusal):
    sentence = "{day} is before the first day this summary tells of, {first}. Check the date."
