"""Saves and undoings that come too late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from unionboard.errors import Refusal


class PlanMovedOn(Refusal):
    sentence = "Somebody else changed the plan in the meantime. The comparison is up to date again: look once more, then apply it."


class ChangedSince(Refusal):
    sentence = "Something was changed since, so this can no longer be undone as a whole. Correct the lines in the plan."


@dataclass(frozen=True, slots=True)
class Difference:
    """A field with two values, as the change log keeps them (a section by its heading): what is stored now, and what was to be saved."""

    field: str
    theirs: object
    yours: object


class StaleSave(Refusal):
    """``differences``: every field that was to be saved otherwise than it stands now, whose ``version`` is that of ``who`` at ``at_utc``.

    The sentence names the first of them; a form shows them all.
    """

    sentence = (
        "Somebody else changed this in the meantime ({field}: now “{theirs}”, yours “{yours}”). Look at the new values and save again."
    )

    def __init__(
        self, *, differences: Sequence[Difference] = (), version: int = 0, who: str = "", at_utc: datetime | None = None, **facts: object
    ) -> None:
        self.differences, self.version, self.who, self.at_utc = tuple(differences), version, who, at_utc
        if differences:
            facts = {"field": differences[0].field, "theirs": differences[0].theirs, "yours": differences[0].yours, **facts}
        super().__init__(**facts)
