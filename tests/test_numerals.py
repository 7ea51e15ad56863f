"""Numbers in digits and in Chinese."""

import pytest

from unionboard.numerals import read_numeral, write_numeral


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("7", 7),
        ("1.5", 1.5),
        ("1,200", 1200),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("三十", 30),
        ("一百零五", 105),
        ("两千五百", 2500),
        ("三万", 30000),
    ],
)
def test_numeral(words: str, number: float) -> None:
    assert read_numeral(words) == number


@pytest.mark.parametrize("words", ["", "几", "1.2.3", "x"])
def test_words_that_are_no_number_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words.replace('.', chr(92) + '.')}$"):
        read_numeral(words)


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")])
def test_written_numeral(number: int, words: str) -> None:
    assert write_numeral(number) == words


def test_written_numerals_are_read_again() -> None:
    assert [read_numeral(write_numeral(number)) for number in range(1, 100)] == list(range(1, 100))
