"""Amounts as people type and read them; inside only whole fen."""

import pytest

from unionboard.errors import Refusal
from unionboard.errors.money import AmountMissing, AmountNotPositive, AmountNotReadable, AmountTooFine, AmountTooLarge
from unionboard.money import format_fen, parse_yuan, yuan_text


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1200.50", 120050),
        ("1200.5", 120050),
        ("1,200.50", 120050),
        (" ¥ 300 ", 30000),
        ("￥300元", 30000),
        ("１２００．５", 120050),
        ("1.2万", 1200000),
        ("3.35万元", 3350000),
        (".08", 8),
        ("0.01", 1),
        ("10000000000", 10**12),
    ],
)
def test_typed_amount_is_read_in_fen(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", AmountMissing),
        ("  ", AmountMissing),
        ("¥", AmountMissing),
        ("twelve", AmountNotReadable),
        ("12元5角", AmountNotReadable),
        ("1.2.3", AmountNotReadable),
        ("1e3", AmountNotReadable),
        ("0", AmountNotPositive),
        ("-5", AmountNotPositive),
        ("0.00", AmountNotPositive),
        ("0.001", AmountTooFine),
        ("1200.555", AmountTooFine),
        ("10000000000.01", AmountTooLarge),
    ],
)
def test_amount_that_cannot_be_booked_is_refused(text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        parse_yuan(text)


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "¥0.00"), (8, "¥0.08"), (120050, "¥1,200.50"), (-120050, "-¥1,200.50"), (10**11, "¥1,000,000,000.00")]
)
def test_amount_is_shown_with_separators(fen: int, text: str) -> None:
    assert format_fen(fen) == text


@pytest.mark.parametrize(("fen", "text"), [(120050, "¥1,201"), (120049, "¥1,200"), (-50, "-¥1"), (0, "¥0")])
def test_amount_without_decimals_is_rounded_half_up(fen: int, text: str) -> None:
    assert format_fen(fen, decimals=False) == text


@pytest.mark.parametrize(("fen", "text"), [(120000, "1200"), (120050, "1200.50"), (120005, "1200.05"), (8, "0.08"), (-8, "-0.08")])
def test_amount_in_prose_has_neither_separators_nor_empty_decimals(fen: int, text: str) -> None:
    assert yuan_text(fen) == text
