"""Refusals when a record is to be as it was."""

from unionboard.errors import Refusal


class NoSuchVersion(Refusal):
    sentence = "This version is not among those of the record. Load the page again; nothing was changed."


class RecordGone(Refusal):
    sentence = "The record is no longer there. Look into the recycle bin. Nothing was changed."
