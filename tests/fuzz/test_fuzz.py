"""A few hundred mutated files in every run of the tests; ``make fuzz`` tries ten thousand."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.mutations import load_seeds, mutate, read_or_refuse

SEEDS = load_seeds()
NAMES = st.sampled_from(["plan.docx", "plan.xlsx", "plan.txt", "plan.csv", "plan.html", "plan.md", ""])
WORDS = st.sampled_from(
    [
        "三月",
        "：",
        "一、",
        "1、",
        "(一)",
        "开展",
        "活动",
        "种树",
        "\n",
        "\t",
        "|",
        ",",
        " ",
        "。",
        "上半年",
        "每月",
        "负责人：",
        "<td>",
        "<p>",
        "\x00",
        "3",
        "合计",
        "“",
        "（",
    ]
)


@settings(max_examples=200, derandomize=True, database=None)
@given(name=st.sampled_from(sorted(SEEDS)), number=st.integers(0, 2**32))
def test_mutated_file_is_read_or_refused(name: str, number: int) -> None:
    data = mutate(SEEDS[name], list(SEEDS.values()), random.Random(number))

    assert read_or_refuse(data, name)


@settings(max_examples=150, derandomize=True, database=None)
@given(words=st.lists(WORDS, max_size=60), filename=NAMES)
def test_any_words_are_read_or_refused(words: list[str], filename: str) -> None:
    assert read_or_refuse("".join(words).encode(), filename)


@settings(max_examples=100, derandomize=True, database=None)
@given(data=st.binary(max_size=400), filename=NAMES)
def test_any_bytes_are_read_or_refused(data: bytes, filename: str) -> None:
    assert read_or_refuse(data, filename)
