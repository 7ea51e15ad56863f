"""Words that are too many for their place."""

from unionboard.errors import Refusal


class TextTooLong(Refusal):
    sentence = "A field here takes {limit} letters at most; this text has {length}. Shorten it and save again."


class RecordTooLarge(Refusal):
    sentence = "This is more than one record can hold. Split it and save again."
