"""Numbers in prose: sums over deeds, shares that never round up to the whole."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from unionboard.drafting.facts import Deed

FIGURES = (
    "proposals_received",
    "proposals_answered",
    "cases_settled",
    "households_helped",
    "insured",
    "claims_paid",
    "sessions",
    "prizes",
    "articles_sent",
    "articles_published",
)
"""Figures a deed may tell, in the order they are told; delegates are told by the congress itself."""


def share_text(part: int, whole: int) -> str:
    """``part`` of ``whole`` in percent with at most one decimal; 100% only when they are equal. ``whole`` is not 0."""
    exact = Decimal(part) * 100 / Decimal(whole)
    share = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if share == 100 and part != whole:
        share = exact.quantize(Decimal("0.1"), rounding=ROUND_DOWN if part < whole else ROUND_HALF_UP)
    return f"{share.normalize():f}%"


def sum_figures(deeds: Sequence[Deed]) -> dict[str, int]:
    """The deeds' figures added up, in the order they are told; nothing that is 0."""
    sums = {code: sum(deed.figures.get(code, 0) for deed in deeds) for code in FIGURES}
    return {code: count for code, count in sums.items() if count > 0}


def count_attendances(deeds: Sequence[Deed]) -> tuple[int, int]:
    """How many attendances (人次) were recorded, and of how many of the deeds."""
    counted = [deed.attendances for deed in deeds if deed.attendances]
    return sum(counted), len(counted)
