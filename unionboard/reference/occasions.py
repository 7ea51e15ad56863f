"""What care visits rest on beside the list of occasions (``reference.care_kinds``): usual fund items, and words that are never kept."""

import tomllib
from functools import cache
from importlib import resources

USUAL_ITEM = "member_activities"
_FOLDER = resources.files("unionboard.reference")


@cache
def occasion_items() -> dict[str, str]:
    """Fund items visits are usually booked on, by occasion; USUAL_ITEM for those that are not among them."""
    items: dict[str, str] = tomllib.loads(_FOLDER.joinpath("care_kinds.toml").read_text(encoding="utf-8"))["items"]
    return items


@cache
def illness_words() -> tuple[str, ...]:
    """Words, case-folded, that tell what somebody suffers from."""
    told = tomllib.loads(_FOLDER.joinpath("illness_words.toml").read_text(encoding="utf-8"))["words"]
    return tuple(word.casefold() for word in told)
