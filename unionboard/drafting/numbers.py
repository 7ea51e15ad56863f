"""Numbers in prose: sums over deeds, shares that never round up to the whole."""

from collections.abc import Sequence
from decimal import Decimal

from unionboard.drafting.figures import share
from unionboard.drafting.records import Deed

FIGURES = (
    "proposals_received",
    "proposals_filed",
    "proposals_answered",
    "proposals_satisfied",
    "cases_settled",
    "households_helped",
    "insured",
    "claims_paid",
    "sessions",
    "prizes",
    "members_joined",
    "members_left",
    "disclosures",
    "articles_sent",
    "articles_published",
    "media_reports",
)
"""Figures a deed may tell, in the order they are told; delegates are told by the congress itself."""


def share_text(part: int, whole: int) -> str:
    """``share`` as it is printed: 81%, 97.5%."""
    return percent_text(share(part, whole))


def percent_text(percent: Decimal | int) -> str:
    """A share as it is printed: 81%, 97.5%."""
    return f"{Decimal(percent).normalize():f}%"


def sum_figures(deeds: Sequence[Deed]) -> dict[str, int]:
    """The deeds' figures added up, in the order they are told; nothing that is 0."""
    sums = {code: sum(deed.figures.get(code, 0) for deed in deeds) for code in FIGURES}
    return {code: count for code, count in sums.items() if count > 0}


def count_attendances(deeds: Sequence[Deed]) -> tuple[int, int]:
    """How many attendances (人次) were recorded, and of how many of the deeds."""
    counted = [deed.attendances for deed in deeds if deed.attendances]
    return sum(counted), len(counted)
