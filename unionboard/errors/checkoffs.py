"""Check-offs that cannot be."""

from unionboard.errors import Refusal


class AlreadyCheckedOff(Refusal):
    """``check_off_id``: what stands in the way; ``who`` told it ``at`` a moment (UTC)."""

    sentence = "{who} has already checked “{title}” off for {done_on} (told {at}). Open it to add what you know, or undo it."


class NotCheckedOff(Refusal):
    sentence = "“{title}” is not checked off, so there is nothing to undo. Check which one was meant."


class ActivityRemoved(Refusal):
    sentence = "“{title}” has been taken out of the plan. Put it back first, under “removed” in the plan."


class CheckOffTakenBack(Refusal):
    sentence = "The check-off of “{title}” was taken back in the meantime. Check it off again."


class CheckOffCompleted(Refusal):
    sentence = "Somebody else completed the record of “{title}” in the meantime. Look at it before you take it back."


class NoSuchTurn(Refusal):
    sentence = "The turns of “{title}” were planned anew in the meantime. Choose one of them again."


class ActivityCancelled(Refusal):
    sentence = "“{title}” is cancelled. Take it back into the plan before checking it off."


class DateInFuture(Refusal):
    sentence = "{day} has not come yet. Record it on the day or afterwards."


class CountNotPositive(Refusal):
    sentence = "The number of people must be a whole number and not less than zero. Check the number."


class CountTooLarge(Refusal):
    sentence = "{count} is more than a union can count. Check the number."


class MoreThanEligible(Refusal):
    sentence = "More people attended ({attended}) than were eligible ({eligible}). Check the two numbers."


class MorePresentThanDue(Refusal):
    sentence = "More delegates were present ({present}) than were due ({due}). Check the two numbers."
