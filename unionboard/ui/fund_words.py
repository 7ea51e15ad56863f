"""How the fund speaks: names of items and sources, sums on an axis, vouchers, and what a line of the ledger is for."""

from unionboard.models import Direction, FundSource
from unionboard.money import FEN_PER_YUAN
from unionboard.reference import fund_items
from unionboard.services.fund import EntryView
from unionboard.ui.text import language, named, t


def items_of(direction: Direction) -> list[str]:
    """Codes of the items of one side, in the official order."""
    return [code for code, item in fund_items().items() if item.direction == direction]


def item_name(code: str) -> str:
    """An item's name in the session's language."""
    return named(fund_items()[code])


def source_name(source: FundSource) -> str:
    """Whose money it is."""
    names = {
        FundSource.UNION_FUNDS: t("Union funds"),
        FundSource.DUES: t("Membership dues"),
        FundSource.HARDSHIP: t("Hardship fund"),
        FundSource.SENDING_WARMTH: t("Sending Warmth fund"),
        FundSource.EMPLOYER: t("Employer's subsidy"),
        FundSource.DONATIONS: t("Donations"),
    }
    return names[source]


def voucher_text(voucher: int) -> str:
    """003."""
    return f"{voucher:03d}"


def purpose_text(entry: EntryView, vouchers: dict[int, int]) -> str:
    """What a line is for, with the line it corrects or is corrected by. ``vouchers``: number by entry id, within this book."""
    if entry.reverses is not None:
        first = voucher_text(vouchers[entry.reverses]) if entry.reverses in vouchers else t("last year")
        return t("Corrects {voucher}: {reason}", voucher=first, reason=entry.purpose)
    if entry.reversed_by is not None:
        by = voucher_text(vouchers[entry.reversed_by]) if entry.reversed_by in vouchers else t("next year")
        return t("Corrected by {voucher}: {purpose}", voucher=by, purpose=entry.purpose)
    return entry.purpose


def tick_text(amount_fen: int) -> str:
    """A sum on an axis: 5千, 1.5万 / 5k, 15k."""
    yuan = amount_fen // FEN_PER_YUAN
    if yuan < 1000:
        return str(yuan)
    if language() == "en":
        return f"{yuan / 1000:g}k"
    return f"{yuan / 10_000:g}万" if yuan >= 10_000 else f"{yuan / 1000:g}千"
