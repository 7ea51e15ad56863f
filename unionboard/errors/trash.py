"""The recycle bin: what cannot be put back, and what to do first."""

from unionboard.errors import Refusal


class NotInTrash(Refusal):
    sentence = "This is not in the recycle bin any more: it was put back already, or its 30 days are over. Look for it where it was."


class ActivityInTrash(Refusal):
    sentence = "The activity “{title}” was taken out of the plan. Put it back first."


class CheckOffInTrash(Refusal):
    sentence = "The check-off of “{title}” that this paper proves was undone. Put it back first."


class HandoutInTrash(Refusal):
    sentence = "The hand-out “{title}” was taken away too. Put it back first."


class HeadingInTrash(Refusal):
    sentence = "The heading this measure stood under is gone too. Put it back first."


class AnotherMeetingOpen(Refusal):
    sentence = "Meeting number {number} is open, and there is one at a time. End it first."


class PaidOtherwise(Refusal):
    sentence = "What this claim was to pay for has been booked or claimed otherwise since. Write a new claim for what is left."


class DecisionNotRepeated(Refusal):
    sentence = "“{title}” was changed again since, so the decision cannot be put back. Decide it anew."


class FileErased(Refusal):
    sentence = "The file “{name}” is not there any more. Only a backup can bring it back."
