"""Amounts as people type and read them; inside only whole fen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionboard.errors import Refusal
from unionboard.errors.money import (
    AmountGroupedWrongly,
    AmountMissing,
    AmountNotPositive,
    AmountNotReadable,
    AmountTooFine,
    AmountTooLarge,
)
from unionboard.money import LARGEST_FEN, Amount, AmountRemark, format_fen, parse_amount, parse_yuan, yuan_text

FEN = st.integers(min_value=-LARGEST_FEN, max_value=LARGEST_FEN)
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


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
        ("1,20", AmountGroupedWrongly),
        ("1,2345", AmountGroupedWrongly),
        ("12,34,567", AmountGroupedWrongly),
        ("0,123", AmountGroupedWrongly),
        ("293,549,90元", AmountGroupedWrongly),
        ("1,200-", AmountNotPositive),
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


# --- as files hold them ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("3.2万元", 3_200_000),
        ("3.2 萬元", 3_200_000),
        ("０．５万", 500_000),
        ("(1,200)", -120_000),
        ("（1,200.00）元", -120_000),
        ("1,200-", -120_000),
        ("-¥1,200", -120_000),
        ("¥-1,200", -120_000),
        ("−300", -30_000),
        ("△300", -30_000),
        ("1 200.50", 120_050),
        ("1'200'000", 120_000_000),
        ("RMB 1,200.00", 120_000),
        ("人民币1200元整", 120_000),
        ("\u200b1200\xa0", 120_000),
        ("0.00", 0),
        ("-0", 0),
    ],
)
def test_amount_of_a_file_is_read(text: str, fen: int) -> None:
    assert parse_amount(text, signed=True) == Amount(fen)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("293,549,90元", Amount(29_354_990, AmountRemark.COMMA_FOR_POINT)),
        ("（1,042,552,26）", Amount(-104_255_226, AmountRemark.COMMA_FOR_POINT)),
        ("1200。5", Amount(120_050, AmountRemark.STOP_FOR_POINT)),
    ],
)
def test_slip_of_the_pen_is_read_with_a_remark(text: str, amount: Amount) -> None:
    assert parse_amount(text, signed=True) == amount


@pytest.mark.parametrize("text", ["--5", "(-5)", "(5", "5)", "5+", "-", "1e3", "3万2千", "万", "12元元", "#REF!", "=SUM(E2:E9)", "1" * 99])
def test_what_is_no_amount_is_refused_in_a_file_too(text: str) -> None:
    with pytest.raises(AmountNotReadable):
        parse_amount(text, signed=True)


def test_number_without_a_unit_counts_in_the_tables_unit() -> None:
    assert [parse_amount(text, signed=True, unit_yuan=10_000).fen for text in ("151.92", "0.00001", "300元")] == [151_920_000, 10, 30_000]


@given(FEN)
def test_every_amount_reads_back_as_it_is_written(fen: int) -> None:
    written = format_fen(fen)
    bracketed = f"({format_fen(-fen, symbol='')})" if fen < 0 else written
    spellings = [written, yuan_text(fen), f"{yuan_text(fen)}元", written.replace("¥", "").translate(FULL_WIDTH), bracketed]

    assert {parse_amount(spelling, signed=True).fen for spelling in spellings} == {fen}


@given(FEN)
def test_a_table_in_ten_thousands_loses_no_fen(fen: int) -> None:
    whole, rest = divmod(abs(fen), 1_000_000)
    written = f"{'-' if fen < 0 else ''}{whole}.{rest:06d}"

    assert parse_amount(written, signed=True, unit_yuan=10_000).fen == parse_amount(f"{written}万元", signed=True).fen == fen


@given(st.text(alphabet="0123456789,.。 '-+()万元¥", max_size=12))
def test_whatever_is_typed_is_read_or_refused_and_never_guessed(text: str) -> None:
    try:
        amount = parse_amount(text, signed=True)
    except Refusal:
        return
    digits = [letter for letter in text if letter.isdigit()]
    assert digits
    assert abs(amount.fen) <= LARGEST_FEN
