"""Accounts that cannot be made, changed or closed."""

from unionboard.errors import Refusal


class AccountExists(Refusal):
    sentence = "There is an account {name} already. Choose another name, or open that account again."


class AccountUnknown(Refusal):
    sentence = "There is no account {name}. Choose one from the list of accounts."


class AccountClosed(Refusal):
    sentence = "The account {name} is closed. Open it again first."


class AddressTaken(Refusal):
    sentence = "{name} has the address {address} already: whoever signs in with it could be either. Enter another address."


class AddressTakenElsewhere(Refusal):
    sentence = (
        "Somebody in another union has the address {address} already: whoever signs in with it could be either. Enter another address."
    )


class AddressWrong(Refusal):
    sentence = "{address} is no e-mail address. Type it like name@school.edu.cn."


class RolesMissing(Refusal):
    sentence = "Choose at least one role."


class FirstIsChair(Refusal):
    sentence = "The first account has to be a chair's: somebody must be able to make the others. Choose the role of chair too."


class LastChair(Refusal):
    sentence = "{name} is the only chair who can sign in. Make another chair first."


class AuditHoldsNoOffice(Refusal):
    """Source: domain notes C6."""

    sentence = "The audit committee only reads. Choose its role alone (the shared screen's may be added), or leave it out."
