"""Small counts are merged so that neither a screen nor a subtraction tells them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from unionboard.services.small_counts import SMALL_COUNT, count_cases, merge_small


def test_same_person_counts_once_for_an_occasion_and_an_unnamed_one_every_time() -> None:
    cases = [("hospital", "何敏"), ("hospital", "何　敏"), ("birth", "何敏"), ("hospital", ""), ("hospital", "")]

    assert count_cases(cases) == {"hospital": 3, "birth": 1}


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"hospital": 3}, {"hospital": "hospital"}),
        ({"hospital": 2}, {"hospital": "other"}),
        ({"hospital": 5, "birth": 2, "wedding": 1}, {"hospital": "hospital", "birth": "other", "wedding": "other"}),
        ({"hospital": 5, "festival": 3, "birth": 1}, {"hospital": "hospital", "festival": "other", "birth": "other"}),
        ({"hospital": 5, "birth": 1}, {"hospital": "other", "birth": "other"}),
        ({"hospital": 5, "other": 3}, {"hospital": "hospital", "other": "other"}),
    ],
)
def test_small_occasions_are_told_together_and_never_alone(counts: dict[str, int], told: dict[str, str]) -> None:
    assert merge_small(counts, into="other") == told


@given(some.dictionaries(some.sampled_from(["festival", "birthday", "wedding", "birth", "hospital", "other"]), some.integers(1, 12)))
def test_whatever_is_told_has_enough_cases_or_is_all_there_is(counts: dict[str, int]) -> None:
    told = merge_small(counts, into="other")

    sums = {name: sum(count for kind, count in counts.items() if told[kind] == name) for name in told.values()}
    assert [name for name, count in sums.items() if count < SMALL_COUNT and len(sums) > 1] == []
    assert [kind for kind, name in told.items() if name == kind != "other" and counts[kind] < SMALL_COUNT] == []
