"""Ceilings: rules about spending, and spending that goes over them."""

from collections.abc import Sequence

from unionboard.errors import Refusal


class OverWithoutReason(Refusal):
    """``names``: the ceilings that would be exceeded, as they call themselves."""

    sentence = "This goes over {n} of the limits. Say why in a sentence and save again; the reason is kept beside it."

    def __init__(self, *, names: Sequence[str] = (), **facts: object) -> None:
        self.names = tuple(names)
        super().__init__(n=len(self.names), **facts)


class NoSuchCeiling(Refusal):
    sentence = "This rule is not there any more. Load the page again."


class NoSuchSample(Refusal):
    sentence = "There is no sample rule “{code}”. Choose one of: {codes}."


class CeilingNameMissing(Refusal):
    sentence = "Give the rule a name, as it will be read beside an amount."


class CeilingLimitMissing(Refusal):
    sentence = "Say how much the rule allows."


class CeilingWordsMissing(Refusal):
    sentence = "Type at least one word the rule watches for."


class CeilingShareTooLarge(Refusal):
    sentence = "More than 100% can never be exceeded here. Type a share between 1 and 100."
