"""Money is whole fen. Floats never touch a sum; yuan exist only in what people type and read."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from unionboard.errors.money import AmountMissing, AmountNotPositive, AmountNotReadable, AmountTooFine, AmountTooLarge

FEN_PER_YUAN = 100
LARGEST_FEN = 10**12  # ten thousand million yuan: beyond it a zero too many was typed
YUAN_PER_WAN = 10_000
_AMOUNT = re.compile(r"[¥￥]?\s*(?P<number>[+-]?\d[\d,]*(?:\.\d+)?|[+-]?\.\d+)\s*(?P<unit>万元|万|元)?")


def parse_yuan(text: str) -> int:
    """What people type as an amount, in fen: ``1200.50``, ``1,200.5元``, ``¥300``, ``1.2万``, full-width digits.

    Raises: AmountMissing for nothing, AmountNotReadable for anything else, AmountTooFine for fractions of a fen, AmountNotPositive
    for zero or less, AmountTooLarge.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("¥", "")
    if not plain:
        raise AmountMissing
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise AmountNotReadable(text=text.strip())
    try:
        yuan = Decimal(match["number"].replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        raise AmountNotReadable(text=text.strip()) from None
    if match["unit"] and match["unit"].startswith("万"):
        yuan *= YUAN_PER_WAN
    fen = yuan * FEN_PER_YUAN
    if fen != fen.to_integral_value():
        raise AmountTooFine(text=text.strip())
    if fen <= 0:
        raise AmountNotPositive(text=text.strip())
    if fen > LARGEST_FEN:
        raise AmountTooLarge(text=text.strip())
    return int(fen)


def format_fen(amount_fen: int, *, symbol: str = "¥", decimals: bool = True) -> str:
    """``¥1,200.50``; without ``decimals`` rounded half up to whole yuan, ``¥1,201``. The minus sign stands before the symbol."""
    yuan = Decimal(abs(amount_fen)) / FEN_PER_YUAN
    number = f"{yuan:,.2f}" if decimals else f"{yuan.quantize(Decimal(1), rounding=ROUND_HALF_UP):,}"
    return f"{'-' if amount_fen < 0 else ''}{symbol}{number}"


def yuan_text(amount_fen: int) -> str:
    """A sum as prose writes it, without unit or separators: ``1200``, ``1200.50``, ``0.08``."""
    yuan, fen = divmod(abs(amount_fen), FEN_PER_YUAN)
    return f"{'-' if amount_fen < 0 else ''}{yuan}{f'.{fen:02d}' if fen else ''}"
