"""How the fund speaks: names of items and sources, sums on an axis, vouchers, and what a line of the ledger is for."""

from collections.abc import Mapping

from unionboard import db
from unionboard.models import Direction, FundSource
from unionboard.money import FEN_PER_YUAN
from unionboard.reference import FundItem, fund_items
from unionboard.services.fund_items import list_items
from unionboard.services.ledger import EntryCheck, EntryView
from unionboard.ui.text import language, named, t


def items_of(direction: Direction, items: Mapping[str, FundItem] | None = None) -> list[str]:
    """Codes of the items of one side, in their order: the union's ``items`` (``Book.items``), or the official ones."""
    return [code for code, item in (items or fund_items()).items() if item.direction == direction]


def item_name(code: str, items: Mapping[str, FundItem] | None = None) -> str:
    """What the union calls an item, in the session's language. ``items`` (``Book.items``) spare a query."""
    if items is None:
        with db.reading() as session:
            items = list_items(session, with_hidden=True)
    item = items.get(code) or fund_items().get(code)
    return named(item) if item else code


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


def purpose_text(entry: EntryView) -> str:
    """What a line is for, with the line it corrects or is corrected by."""
    if entry.reverses is not None:
        return t("Corrects {voucher}: {reason}", voucher=other_voucher(entry), reason=entry.purpose)
    if entry.reversed_by is not None:
        return t("Corrected by {voucher}: {purpose}", voucher=other_voucher(entry), purpose=entry.purpose)
    return entry.purpose


def other_voucher(entry: EntryView) -> str:
    """The voucher of the line it corrects or is corrected by, with the year when it stands in another book."""
    number = voucher_text(entry.other_voucher or 0)
    return number if entry.other_year == entry.year else t("{voucher} of {year}", voucher=number, year=entry.other_year)


def check_name(check: EntryCheck) -> str:
    """What whoever checks the books looks for."""
    names = {
        EntryCheck.NO_PAPERS: t("Without papers"),
        EntryCheck.UNAPPROVED: t("Without approval"),
        EntryCheck.CORRECTIONS: t("Corrections"),
        EntryCheck.ONE_HAND: t("In one hand"),
    }
    return names[check]


def tick_text(amount_fen: int) -> str:
    """A sum on an axis: 5千, 1.5万 / 5k, 15k."""
    yuan = amount_fen // FEN_PER_YUAN
    if yuan < 1000:
        return str(yuan)
    if language() == "en":
        return f"{yuan / 1000:g}k"
    return f"{yuan / 10_000:g}万" if yuan >= 10_000 else f"{yuan / 1000:g}千"
