"""Accounts that cannot be made, changed or closed."""

from unionboard.errors import Refusal


class AccountExists(Refusal):
    sentence = "There is an account {name} already."


class AccountUnknown(Refusal):
    sentence = "There is no account {name}."


class AccountClosed(Refusal):
    sentence = "The account {name} is closed. Open it again first."


class AddressTaken(Refusal):
    sentence = "{name} has the address {address} already: whoever signs in with it could be either."


class AddressTakenElsewhere(Refusal):
    sentence = "Somebody in another union has the address {address} already: whoever signs in with it could be either."


class AddressWrong(Refusal):
    sentence = "{address} is no e-mail address."


class RolesMissing(Refusal):
    sentence = "Choose at least one role."


class FirstIsChair(Refusal):
    sentence = "The first account has to be a chair's: somebody must be able to make the others."


class LastChair(Refusal):
    sentence = "{name} is the only chair who can sign in. Make another chair first."


class AuditHoldsNoOffice(Refusal):
    """Source: domain notes C6."""

    sentence = "The audit committee only reads: an account with this role can hold no other but the shared screen's."
