"""What the plan set itself, held against the records."""

from datetime import date
from typing import Any

import pytest

from tests.drafting.makers import facts_of, make_deed, make_done, make_duty, make_records
from unionboard.drafting.facts import TargetFacts
from unionboard.drafting.figures import Source
from unionboard.drafting.records import TargetRecord


def make_target(phrase: str, low: float, unit: str, *, op: str = "at_least", per: str = "", high: float | None = None) -> TargetRecord:
    return TargetRecord(op, low, low if high is None else high, unit, phrase, Source("measure", 3), per)


def judge(title: str, target: TargetRecord, **deed: Any) -> TargetFacts:
    records = make_records(make_done(title, deed=make_deed(**deed), targets=(target,)))
    return facts_of(records).sections[0].groups[0].deeds[0].targets[0]


@pytest.mark.parametrize(
    ("title", "target", "deed", "reached", "is_met"),
    [
        ("健康体检", make_target("体检率85%以上", 85, "%"), {"participants": 55, "eligible": 58}, 94.8, True),
        ("健康体检", make_target("体检率95%以上", 95, "%"), {"participants": 55, "eligible": 58}, 94.8, False),
        ("提案办理", make_target("答复率100%", 100, "%"), {"figures": {"proposals_received": 16, "proposals_answered": 16}}, 100, True),
        ("业务培训", make_target("培训40人次", 40, "人次", op="exactly"), {"participants": 26, "person_times": 84}, 84, True),
        ("业务培训", make_target("不少于3场", 3, "场"), {"figures": {"sessions": 2}}, 2, False),
        ("信息报送", make_target("报送不超过5篇", 5, "篇", op="at_most"), {"figures": {"articles_sent": 6}}, 6, False),
        ("劳动争议调解", make_target("调解1—2件", 1, "件", op="range", high=2), {"figures": {"cases_settled": 3}}, 3, True),
    ],
)
def test_target_is_held_against_what_its_unit_and_words_ask(
    title: str, target: TargetRecord, deed: dict[str, Any], reached: float, is_met: bool
) -> None:
    told = judge(title, target, **deed)

    assert told.reached is not None
    assert (float(told.reached.value), told.is_met) == (reached, is_met)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "target",
    [
        make_target("杜绝安全事故", 0, "", op="zero"),
        make_target("每人一篇心得", 1, "篇", per="person"),
        make_target("知晓率85%以上", 85, "%"),
        make_target("评选10名", 10, "名"),
    ],
)
def test_target_that_no_record_can_tell_is_neither_met_nor_missed(target: TargetRecord) -> None:
    told = judge("师德学习", target, participants=50, eligible=58)

    assert (told.reached, told.is_met) == (None, None)


@pytest.mark.parametrize(("as_of", "is_met"), [(date(2026, 6, 30), True), (date(2026, 8, 31), None), (date(2026, 12, 20), False)])
def test_monthly_target_grows_with_the_year_and_is_missed_only_at_its_end(as_of: date, is_met: bool | None) -> None:
    duty = make_duty(
        title="报送信息",
        deeds=(make_deed(figures={"articles_sent": 12}),),
        targets=(make_target("平均每月2篇", 2, "篇", op="average", per="month"),),
    )

    (told,) = facts_of(make_records(duty, as_of=as_of)).sections[0].duties[0].targets

    assert told.is_met is is_met


def test_phrase_of_a_measures_target_rests_on_the_measure() -> None:
    told = judge("健康体检", make_target("体检率85%以上", 85, "%"))

    assert (told.phrase.text, told.phrase.source, told.phrase.figures[0][2].field) == (
        "体检率85%以上",
        Source("measure", 3),
        "measure.targets",
    )
