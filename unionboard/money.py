"""Money is whole fen. Floats never touch a sum; yuan exist only in what people type and read."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from unionboard.errors.money import (
    AmountGroupedWrongly,
    AmountMissing,
    AmountNotPositive,
    AmountNotReadable,
    AmountTooFine,
    AmountTooLarge,
)

FEN_PER_YUAN = 100
LARGEST_FEN = 10**12  # ten thousand million yuan: beyond it a zero too many was typed
YUAN_PER_WAN = 10_000
_UNITS = {"元": 1, "圆": 1, "块": 1, "千": 1000, "千元": 1000, "万": YUAN_PER_WAN, "万元": YUAN_PER_WAN, "亿": 10**8, "亿元": 10**8}
_CURRENCY = r"(?:RMB|CNY|人民币)?\s*¥?"
_SPELLINGS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "负": "-", "負": "-", "萬": "万", "億": "亿", "圓": "圆", "幣": "币", "\u2009": " ", "\u202f": " "}
)
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff]")
_AMOUNT = re.compile(
    rf"(?P<open>[(\[])?\s*(?P<sign>[-+△▲])?\s*{_CURRENCY}\s*(?P<sign_inside>[-+])?\s*"
    r"(?P<number>[\d.,。' ]*\d)\s*(?P<unit>[千万亿]?[元圆块]|[千万亿])?\s*[整正]?\s*(?P<sign_after>-)?\s*"
    r"(?P<close>[)\]])?\s*(?P<unit_after>[千万亿]?[元圆块]|[千万亿])?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(\d*)(?:\.(\d+))?")
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+|(?:'\d{3})+))(?:\.(\d+))?")
_COMMA_FOR_POINT = re.compile(r"([1-9]\d{0,2}(?:,\d{3})+),(\d{2})")
_STOP_FOR_POINT = re.compile(r"(\d+|[1-9]\d{0,2}(?:,\d{3})+)。(\d{1,2})")
_LONGEST = 60  # characters: beyond it nobody wrote a sum of money


class AmountRemark(StrEnum):
    """What was taken for a slip of the pen in an amount that is read all the same."""

    COMMA_FOR_POINT = "comma_for_point"
    STOP_FOR_POINT = "stop_for_point"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum as it was read; ``remark`` when it was not written as one writes it."""

    fen: int
    remark: AmountRemark | None = None


def parse_yuan(text: str) -> int:
    """What people type as an amount, in fen: ``1200.50``, ``1,200.5元``, ``¥300``, ``1.2万``, full-width digits.

    Raises: AmountMissing for nothing, AmountNotReadable for anything else, AmountGroupedWrongly for ``1,20`` and ``293,549,90`` (who types
    can be asked), AmountTooFine for fractions of a fen, AmountNotPositive for zero or less, AmountTooLarge.
    """
    amount = parse_amount(text, signed=False)
    if amount.remark is not None:
        raise AmountGroupedWrongly(text=text.strip())
    return amount.fen


def parse_amount(text: str, *, signed: bool, unit_yuan: int | Fraction = 1) -> Amount:
    """An amount as files hold it, in fen: besides what ``parse_yuan`` reads, ``293,549,90元`` (a comma for the point, with a remark),
    ``3.2万元``, ``1 200.50``, and with ``signed`` zero and negatives: ``-1,200``, ``1,200-``, ``(1,200)``, ``△1,200``.

    ``unit_yuan``: what a number without a unit of its own counts, 10,000 in a table in 万元. Raises: as ``parse_yuan``.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_SPELLINGS).strip()
    if not plain.strip("¥ "):
        raise AmountMissing
    match = _AMOUNT.fullmatch(plain) if len(plain) <= _LONGEST else None
    if match is None or (match["unit"] and match["unit_after"]) or bool(match["open"]) != bool(match["close"]):
        raise AmountNotReadable(text=text.strip())
    signs = [sign for sign in (match["open"], match["sign"], match["sign_inside"], match["sign_after"]) if sign]
    if len(signs) > 1:
        raise AmountNotReadable(text=text.strip())
    whole, fraction, remark = _read_number(match["number"], text.strip())
    unit = match["unit"] or match["unit_after"]
    fen, rest = divmod(Fraction(int(whole + fraction)) * (_UNITS[unit] if unit else unit_yuan) * FEN_PER_YUAN, 10 ** len(fraction))
    if rest:
        raise AmountTooFine(text=text.strip())
    if fen > LARGEST_FEN:
        raise AmountTooLarge(text=text.strip())
    if signs and signs[0] != "+":
        fen = -fen
    if not signed and fen <= 0:
        raise AmountNotPositive(text=text.strip())
    return Amount(fen, remark)


def _read_number(number: str, text: str) -> tuple[str, str, AmountRemark | None]:
    """Digits before and after the point. Raises: AmountGroupedWrongly, AmountNotReadable."""
    for pattern, remark in (
        (_PLAIN, None),
        (_GROUPED, None),
        (_COMMA_FOR_POINT, AmountRemark.COMMA_FOR_POINT),
        (_STOP_FOR_POINT, AmountRemark.STOP_FOR_POINT),
    ):
        if match := pattern.fullmatch(number):
            return re.sub(r"\D", "", match[1]), match[2] or "", remark
    raise AmountGroupedWrongly(text=text) if re.search(r"[, ']", number) else AmountNotReadable(text=text)


def format_fen(amount_fen: int, *, symbol: str = "¥", decimals: bool = True) -> str:
    """``¥1,200.50``; without ``decimals`` rounded half up to whole yuan, ``¥1,201``. The minus sign stands before the symbol."""
    yuan = Decimal(abs(amount_fen)) / FEN_PER_YUAN
    number = f"{yuan:,.2f}" if decimals else f"{yuan.quantize(Decimal(1), rounding=ROUND_HALF_UP):,}"
    return f"{'-' if amount_fen < 0 else ''}{symbol}{number}"


def yuan_text(amount_fen: int) -> str:
    """A sum as prose writes it, without unit or separators: ``1200``, ``1200.50``, ``0.08``."""
    yuan, fen = divmod(abs(amount_fen), FEN_PER_YUAN)
    return f"{'-' if amount_fen < 0 else ''}{yuan}{f'.{fen:02d}' if fen else ''}"
