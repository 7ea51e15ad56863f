"""Secret addresses and tokens that cannot be made or found."""

from unionboard.errors import Refusal


class NoSuchToken(Refusal):
    sentence = "This address or token has been revoked meanwhile, or was never there. Load the page again."


class TokenLabelMissing(Refusal):
    sentence = "Say which program gets the token, so that you know later what you revoke."


class CalendarOfNobody(Refusal):
    sentence = "Choose whose calendar it is: an owner who stands in the plan, or a work area."


class OwnerUnknown(Refusal):
    sentence = "“{owner}” answers for no activity. Give one of these as the plan writes them: {known}."
