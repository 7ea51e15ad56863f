"""Coming in: names, passwords, codes."""

from unionboard.errors import Refusal


class WrongNameOrPassword(Refusal):
    sentence = "Name or password is wrong. Type both again; a chair can give you a new password."


class WrongPassword(Refusal):
    sentence = "The password is wrong. Type it again, or let a chair give you a new one."


class TooManyAttempts(Refusal):
    sentence = "Too many failed attempts. Try again in {minutes} minutes."


class PasswordTooShort(Refusal):
    sentence = "A password needs at least {least} characters. Choose a longer one."


class PasswordTooLong(Refusal):
    sentence = "A password has at most {most} characters. Shorten it."


class PasswordIsName(Refusal):
    sentence = "The name itself is no password. Choose another one."


class PasswordTooCommon(Refusal):
    sentence = "This password is among the first ones that are tried. Choose another one."


class PasswordsDiffer(Refusal):
    sentence = "The two passwords are not the same. Type both again."


class SetUpCodeWrong(Refusal):
    sentence = "This is not the code on the console of the program. Copy it from there once more."


class ServiceFailed(Refusal):
    sentence = "The sign-in service did not let you in, or it took too long. Try again, or sign in with your password."


class ServiceUnsure(Refusal):
    sentence = "The sign-in service does not vouch for an e-mail address of yours. Sign in with your password."


class AddressUnknown(Refusal):
    sentence = "No open account has the address {address}. A chair can enter it in the settings, under Accounts."
