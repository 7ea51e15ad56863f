from functools import reduce
from operator import add

from tests.score.__main__ import PLANS, find_shortfalls, mark_all
from tests.score.scoring import Score


def test_the_regression_set_meets_its_targets() -> None:
    markings = [marking for _, marking in mark_all(PLANS, PLANS.parent / "labels")]

    assert len(markings) >= 60
    assert find_shortfalls(reduce(add, (marking.score for marking in markings), Score())) == []
