"""Shares as prose writes them."""

from decimal import Decimal

from unionboard.drafting.figures import share


def share_text(part: int, whole: int) -> str:
    """``share`` as it is printed: 81%, 97.5%."""
    return percent_text(share(part, whole))


def percent_text(percent: Decimal | int) -> str:
    """A share as it is printed: 81%, 97.5%."""
    return f"{Decimal(percent).normalize():f}%"
