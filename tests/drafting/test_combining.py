"""Two versions of a sentence put together where they changed different places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionboard.drafting.combining import combine

BASE = "9月14日至28日，组织教职工体检，58人参加，参检率92%。"
NEW = "9月14日至28日，组织教职工体检，61人参加，参检率97%。"


@pytest.mark.parametrize(
    ("mine", "together"),
    [
        (BASE.replace("92%", "92%，为大家筑起健康防线"), "9月14日至28日，组织教职工体检，61人参加，参检率97%，为大家筑起健康防线。"),
        (BASE.replace("组织教职工体检", "分三批组织教职工体检"), "9月14日至28日，分三批组织教职工体检，61人参加，参检率97%。"),
        (BASE.replace("，参检率92%", ""), None),
        (BASE.replace("58人", "60人"), None),
        (NEW, NEW),
        (BASE, NEW),
    ],
    ids=["added-behind-a-number", "added-before", "cut-what-changed", "same-number", "same-words", "untouched"],
)
def test_versions_are_put_together_unless_they_meet(mine: str, together: str | None) -> None:
    assert combine(BASE, mine, NEW) == together


TEXTS = st.text("甲乙丙1，。", max_size=8)


@given(TEXTS, TEXTS)
def test_what_only_one_side_changed_is_that_side(base: str, other: str) -> None:
    assert (combine(base, base, other), combine(base, other, base), combine(base, other, other)) == (other, other, other)
