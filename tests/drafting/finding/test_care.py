"""Visits and hand-outs."""

from datetime import date

from tests.drafting.makers import facts_of, make_records
from unionboard.drafting.facts import CareFacts
from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.records import CareRecord, HandoutRecord, VisitRecord

CASES = (
    *(VisitRecord(n, "hospital", 1, 50_000) for n in range(1, 4)),
    VisitRecord(4, "other", 2, 0),
)
KINDS = frozenset({"hospital", "other"})


def care_of(**values: object) -> CareFacts:
    return facts_of(make_records(care=CareRecord(**{"cases": CASES, "tells_kinds": KINDS, **values}))).care  # type: ignore[arg-type]


def test_visits_are_told_by_occasion_in_the_order_of_the_records() -> None:
    care = care_of(names={"hospital": "住院探望", "other": "其他慰问"}, tells_sums=frozenset({"hospital"}))

    told = [(one.name.text, one.times.value, one.attended.value, one.spent and one.spent.value) for one in care.occasions]
    assert told == [("住院探望", 3, 3, 150_000), ("其他慰问", 1, 2, None)]


def test_whole_sum_is_kept_back_where_that_of_one_occasion_is() -> None:
    sums = [care_of(tells_sums=kinds).spent for kinds in (KINDS, frozenset({"hospital"}))]

    assert [figure and figure.value for figure in sums] == [150_000, None]


def test_sum_rests_on_visits_that_cost_something() -> None:
    spent = care_of(tells_sums=KINDS).spent

    assert spent is not None
    assert spent.sources == tuple(Source("care_visit", n) for n in (1, 2, 3))


def test_year_without_visits_tells_nothing_of_them() -> None:
    care = care_of(cases=())

    assert (care.times, care.attended, care.spent, care.occasions) == (None, None, None, ())


def test_handout_is_heads_times_value() -> None:
    care = care_of(handouts=(HandoutRecord(3, "春节慰问品", "SPRING_FESTIVAL", date(2026, 1, 20), 58, 12_000),))

    (handout,) = care.handouts
    assert handout.sum == Figure(696_000, Unit.FEN, Rule.PRODUCT, parts=(handout.heads, handout.value))
    assert handout.sum.records == (Source("handout", 3),)
