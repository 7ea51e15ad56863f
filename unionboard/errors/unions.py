"""Databases that hold many unions."""

from unionboard.errors import Refusal


class OtherUnion(Refusal):
    sentence = "This belongs to another union, and nothing was changed. Load the page again to see your own."


class AccountsFirst(Refusal):
    sentence = "Before a second union is added, add an account: from then on everybody signs in."


class FirstNameMissing(Refusal):
    sentence = "Give the first union its name before another is added: people choose by it when they sign in."


class UnionUnknown(Refusal):
    sentence = "There is no union “{name}” here. Look at the list of unions."


class UnionUnderItself(Refusal):
    sentence = "“{name}” would stand under itself. Choose another union above it."


class KeptByFirst(Refusal):
    sentence = "Backups and the key are about all unions in this database: they are for the chair of the one that keeps it, the first."


class UnionNameTaken(Refusal):
    sentence = "There is a union called “{name}” already. Choose another name."
