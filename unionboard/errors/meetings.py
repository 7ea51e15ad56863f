"""Meetings and their decisions."""

from unionboard.errors import Refusal


class MeetingClosed(Refusal):
    sentence = "This meeting has ended and its minutes are locked. Bring the matter up at the next one."


class MeetingNotEmpty(Refusal):
    sentence = "Something was decided or written down at this meeting. End it; its minutes are kept."


class NoSuchMeeting(Refusal):
    sentence = "There is no meeting number {number}. Choose one from the list of meetings."


class NoMeetingYet(Refusal):
    sentence = "No meeting has ended yet, so there are no minutes to write. Hold one first, or end the open one."


class MinutesNotReady(Refusal):
    sentence = "Meeting number {number} is still open. End it first; then its minutes are written."


class AgendaTitleMissing(Refusal):
    sentence = "Say in a few words what is to be discussed."


class DecisionMissing(Refusal):
    sentence = "Type what was decided."


class ItemIsNoActivity(Refusal):
    sentence = "This point of the agenda is no single activity. Choose the activity first."


class OwnerUnchanged(Refusal):
    sentence = "{owner} is in charge already. Choose somebody else."


class DecisionOvertaken(Refusal):
    sentence = "“{title}” was changed again after this decision, so the decision cannot be taken back. Correct the activity itself."


class DecisionTakenBack(Refusal):
    sentence = "This decision has already been taken back. Load the page again."
