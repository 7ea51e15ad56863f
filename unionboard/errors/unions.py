"""Databases that hold many unions."""

from unionboard.errors import Refusal


class OtherUnion(Refusal):
    sentence = "This belongs to another union. Nothing was changed."


class AccountsFirst(Refusal):
    sentence = "Before a second union is added, add an account: from then on everybody signs in."


class UnionUnknown(Refusal):
    sentence = "There is no union “{name}” here. Look at the list of unions."


class UnionNameTaken(Refusal):
    sentence = "There is a union called “{name}” already."
