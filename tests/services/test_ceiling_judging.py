"""What one rule says of one spending: pure judging, each shape, its boundary, its days, and that more money never says less."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionboard.models import CeilingLevel, CeilingRule, CeilingShape, GiftForm
from unionboard.services.ceiling_judging import (
    Finding,
    History,
    Past,
    SpendingFacts,
    festival_year,
    find_words,
    is_in_force,
    judge_facts,
    judge_rule,
    same_person,
)

DAY = date(2026, 9, 20)
NEAR_PCT = 90
SEVERITY = [CeilingLevel.OK, CeilingLevel.NEAR, CeilingLevel.OVER]


def rule(shape: CeilingShape, **values: Any) -> CeilingRule:
    """A rule without bounds in time or matter."""
    return CeilingRule(**{"id": 1, "name": "规则", "shape": shape, "source": "本工会决议", **values})


def spend(amount_fen: int = 300_00, **values: Any) -> SpendingFacts:
    """A spending of 20 September 2026."""
    return SpendingFacts(**{"booked_on": DAY, "amount_fen": amount_fen, **values})


def ask(one: CeilingRule, facts: SpendingFacts, history: History | None = None) -> Finding | None:
    """The one thing a rule says, or None."""
    findings = judge_rule(facts, one, history or History(), near_pct=NEAR_PCT)
    assert len(findings) <= 1
    return findings[0] if findings else None


def measures(finding: Finding | None) -> tuple[str, int | None, int | None, int | None]:
    """Level, limit, used, left."""
    assert finding is not None
    return finding.level.value, finding.limit, finding.used, finding.left


# --- a person on one occasion --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("amount_fen", "level"), [(800_00, "ok"), (800_01, "over")])
def test_gift_of_exactly_what_is_allowed_is_within(amount_fen: int, level: str) -> None:
    one = rule(CeilingShape.PERSON_OCCASION, amount_fen=800_00, kinds=["hospital"])

    assert measures(ask(one, spend(amount_fen, kind="hospital"))) == (level, 800_00, amount_fen, 800_00 - amount_fen)


def test_sum_for_several_is_judged_a_head_and_rounded_up() -> None:
    one = rule(CeilingShape.PERSON_OCCASION, amount_fen=100_00)

    assert measures(ask(one, spend(300_01, people=3))) == ("over", 100_00, 100_01, -1)


def test_sum_for_nobody_knows_how_many_is_not_judged_a_head() -> None:
    assert ask(rule(CeilingShape.PERSON_OCCASION, amount_fen=1), spend()) is None


def test_rule_of_one_occasion_is_silent_on_another() -> None:
    assert ask(rule(CeilingShape.PERSON_OCCASION, amount_fen=1, kinds=["hospital"]), spend(kind="wedding")) is None


# --- a person in a year ------------------------------------------------------------------------------------------------------------


def test_a_year_adds_up_what_the_person_was_given_and_what_all_were_given() -> None:
    one = rule(CeilingShape.PERSON_YEAR, amount_fen=1_000_00)
    before = [
        Past(date(2026, 1, 20), 200_00, people=1, kind="hardship", person="林 小雨"),
        Past(date(2026, 2, 10), 60 * 300_00, people=60, kind="festival", festival="SPRING_FESTIVAL"),
        Past(date(2026, 3, 10), 900_00, people=1, kind="hardship", person="陈大海"),
        Past(date(2025, 12, 31), 900_00, people=1, kind="hardship", person="林小雨"),
    ]

    assert measures(ask(one, spend(100_00, person="林小雨"), History(given=before))) == ("ok", 1_000_00, 600_00, 400_00)


def test_a_rule_over_two_years_looks_back_a_year() -> None:
    one = rule(CeilingShape.PERSON_YEAR, amount_fen=500_00, years=2, words=["服装"])
    before = [Past(date(2025, 5, 1), 30 * 300_00, people=30, text="合唱服装"), Past(date(2025, 6, 1), 30 * 300_00, people=30, text="奖品")]

    assert measures(ask(one, spend(30 * 250_00, people=30, text="运动会服装"), History(given=before))) == ("over", 500_00, 550_00, -50_00)


def test_a_year_is_near_from_the_unions_share_on() -> None:
    one = rule(CeilingShape.PERSON_YEAR, amount_fen=1_000_00)

    assert [measures(ask(one, spend(fen, people=1)))[0] for fen in (899_99, 900_00, 1_000_00, 1_000_01)] == ["ok", "near", "near", "over"]


# --- a festival --------------------------------------------------------------------------------------------------------------------


def test_a_festival_adds_up_its_hand_outs_a_head() -> None:
    one = rule(CeilingShape.FESTIVAL, amount_fen=400_00)
    before = [
        Past(date(2026, 9, 18), 60 * 250_00, people=60, festival="MID_AUTUMN"),
        Past(date(2026, 6, 1), 60 * 250_00, people=60, festival="DRAGON_BOAT"),
    ]

    assert measures(ask(one, spend(60 * 200_00, people=60, festival="MID_AUTUMN"), History(given=before))) == (
        "over",
        400_00,
        450_00,
        -50_00,
    )


def test_new_years_goods_of_december_belong_to_the_next_new_year() -> None:
    assert [festival_year("NEW_YEAR", day) for day in (date(2026, 1, 3), date(2026, 12, 28))] == [2026, 2027]


def test_a_festival_the_rule_allows_nothing_for_is_over_at_once() -> None:
    one = rule(CeilingShape.FESTIVAL, amount_fen=0, festivals=["TEACHERS_DAY"], items=["member_activities"])

    assert measures(ask(one, spend(60_00, people=60, festival="TEACHERS_DAY", item="member_activities"))) == ("over", 0, 1_00, -1_00)


# --- shares and counts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount_fen", "level", "left_fen"), [(99_99, "ok", 400_01), (190_00, "near", 310_00), (500_00, "near", 0), (500_01, "over", -1)]
)
def test_a_share_of_income_counts_what_its_items_have_cost(amount_fen: int, level: str, left_fen: int) -> None:
    one = rule(CeilingShape.INCOME_SHARE, share_pct=31, items=["member_activities"])
    history = History(spent_fen={"member_activities": 2_600_00, "publicity": 5_000_00}, income_fen=10_000_00)

    finding = ask(one, spend(amount_fen, item="member_activities"), history)

    assert (measures(finding)[0], finding and finding.left_fen) == (level, left_fen)


def test_a_share_of_no_income_cannot_be_judged() -> None:
    assert ask(rule(CeilingShape.INCOME_SHARE, share_pct=30), spend()) is None


def test_three_times_the_dues_counts_only_what_its_words_name() -> None:
    one = rule(CeilingShape.DUES_MULTIPLE, share_pct=300, words=["电影", "秋游"])
    bookings = [Past(date(2026, 4, 1), 2_000_00, text="观影 电影票"), Past(date(2026, 4, 2), 9_000_00, text="图书")]

    assert measures(ask(one, spend(1_000_01, text="秋游用车"), History(bookings=bookings, dues_fen=1_000_00))) == ("over", 300, 301, -1)


@pytest.mark.parametrize(("winners", "level"), [(20, "ok"), (21, "over")])
def test_two_thirds_may_win(winners: int, level: str) -> None:
    one = rule(CeilingShape.WINNERS_SHARE, share_pct=66)

    assert measures(ask(one, spend(participants=30, winners=winners)))[0] == level


def test_winners_without_participants_are_not_judged() -> None:
    assert ask(rule(CeilingShape.WINNERS_SHARE, share_pct=66), spend(winners=5)) is None


def test_visits_are_counted_a_person() -> None:
    one = rule(CeilingShape.COUNT, count=2, kinds=["hospital"])
    before = [Past(date(2026, month, 1), 500_00, people=1, kind="hospital", person="a17") for month in (2, 5)]

    assert measures(ask(one, spend(kind="hospital", person=" A17 "), History(given=before))) == ("over", 2, 3, -1)
    assert measures(ask(one, spend(kind="hospital", person="A18"), History(given=before))) == ("ok", 2, 1, 1)


def test_visits_to_somebody_unnamed_are_not_counted() -> None:
    assert ask(rule(CeilingShape.COUNT, count=0, kinds=["hospital"]), spend(kind="hospital")) is None


def test_outings_are_counted_by_their_words() -> None:
    one = rule(CeilingShape.COUNT, count=2, words=["春游", "秋游"])
    bookings = [Past(date(2026, 4, 1), 100, text="春游用车"), Past(date(2026, 4, 2), 100, text="春游门票"), Past(DAY, 100, text="图书")]

    assert measures(ask(one, spend(text="秋游用车"), History(bookings=bookings))) == ("over", 2, 3, -1)


# --- forms and words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "speaks"), [(GiftForm.GOODS, False), (None, False), (GiftForm.MONEY, True), (GiftForm.BOTH, True)])
def test_goods_only_speaks_of_money(form: GiftForm | None, speaks: bool) -> None:
    finding = ask(rule(CeilingShape.FORM, kinds=["festival"]), spend(festival="MID_AUTUMN", form=form))

    assert (finding is not None) is speaks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中秋慰问购物卡", ["购物卡"]),
        ("ＫＴＶ团建", ["KTV"]),
        ("禁烟宣传展板", []),
        ("烟酒各两份", ["烟酒"]),
        ("酒店会议室场租", []),
        ("红酒和黄酒", ["红酒", "酒"]),
        ("住院慰问现金", []),
        ("端午慰问品折现金", ["现金"]),
        ("提取现金备用", []),
    ],
)
def test_words_are_found_where_they_do_harm(text: str, found: list[str]) -> None:
    words = ["购物卡", "KTV", "烟", "酒", "烟酒", "红酒", "现金"]

    assert find_words(words, spend(text=text)) == found


def test_cash_is_no_matter_where_money_is_usual() -> None:
    assert find_words(["现金"], spend(text="现金", kind="bereavement")) == []
    assert find_words(["现金"], spend(text="现金", kind="birthday")) == ["现金"]


def test_word_that_may_be_meant_otherwise_only_asks_to_look_again() -> None:
    findings = judge_rule(spend(text="红酒和黄酒"), rule(CeilingShape.WORDS, words=["红酒", "酒"]), History(), near_pct=NEAR_PCT)

    assert [(finding.word, finding.level.value) for finding in findings] == [("红酒", "over"), ("酒", "near")]


def test_word_of_the_unions_own_is_over() -> None:
    findings = judge_rule(spend(text="订购蟹卡"), rule(CeilingShape.WORDS, words=["蟹卡"]), History(), near_pct=NEAR_PCT)

    assert [(finding.word, finding.level.value) for finding in findings] == [("蟹卡", "over")]


# --- all together --------------------------------------------------------------------------------------------------------------------


def test_the_worst_comes_first_and_the_items_budget_speaks_too() -> None:
    rules = [rule(CeilingShape.PERSON_OCCASION, amount_fen=800_00), rule(CeilingShape.WORDS, words=["购物卡"])]
    history = History(spent_fen={"publicity": 700_00}, budget_fen=1_000_00)

    findings = judge_facts(spend(200_00, people=1, item="publicity", text="购物卡"), rules, history, near_pct=NEAR_PCT)

    assert [(finding.shape.value, finding.level.value) for finding in findings] == [
        ("words", "over"),
        ("budget", "near"),
        ("person_occasion", "ok"),
    ]


def test_finding_names_its_rule_source_and_condition() -> None:
    one = rule(CeilingShape.PERSON_OCCASION, name="住院慰问", amount_fen=1, condition="会员本人", source="决议第五条", is_sample=True)

    finding = ask(one, spend(person="A1"))

    assert finding is not None
    assert (finding.rule_id, finding.name, finding.source, finding.condition, finding.is_sample) == (
        1,
        "住院慰问",
        "决议第五条",
        "会员本人",
        True,
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("林小雨", " 林 小雨 ", True), ("a17", "Ａ17", True), ("林小雨", "林小宇", False), ("", "", False), (" ", "", False)],
)
def test_people_are_the_same_but_for_spaces_width_and_case(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


# --- properties ----------------------------------------------------------------------------------------------------------------------

amounts = st.integers(min_value=0, max_value=10**9)
pasts = st.builds(
    Past,
    on=st.dates(min_value=date(2025, 1, 1), max_value=date(2026, 12, 31)),
    amount_fen=amounts,
    people=st.none() | st.integers(min_value=1, max_value=100),
    item=st.sampled_from(["", "publicity"]),
    kind=st.sampled_from(["", "hospital", "festival"]),
    festival=st.sampled_from(["", "MID_AUTUMN"]),
    person=st.sampled_from(["", "A1"]),
    text=st.sampled_from(["", "秋游"]),
)
rules = st.builds(
    rule,
    st.sampled_from([shape for shape in CeilingShape if shape is not CeilingShape.BUDGET]),
    amount_fen=amounts,
    share_pct=st.integers(min_value=1, max_value=300),
    count=st.integers(min_value=0, max_value=5),
    years=st.integers(min_value=1, max_value=2),
    items=st.sampled_from([[], ["publicity"]]),
    kinds=st.sampled_from([[], ["hospital"]]),
    words=st.sampled_from([[], ["秋游"], ["购物卡"]]),
)
facts = st.builds(
    spend,
    amounts,
    people=st.none() | st.integers(min_value=1, max_value=100),
    participants=st.none() | st.integers(min_value=0, max_value=100),
    winners=st.none() | st.integers(min_value=0, max_value=100),
    item=st.sampled_from(["", "publicity"]),
    kind=st.sampled_from(["", "hospital"]),
    festival=st.sampled_from(["", "MID_AUTUMN"]),
    person=st.sampled_from(["", "A1"]),
    text=st.sampled_from(["", "秋游购物卡"]),
    form=st.none() | st.sampled_from(list(GiftForm)),
)
histories = st.builds(
    History,
    given=st.lists(pasts, max_size=5),
    bookings=st.lists(pasts, max_size=5),
    spent_fen=st.fixed_dictionaries({"publicity": amounts}),
    income_fen=amounts,
    dues_fen=amounts,
    budget_fen=st.none() | amounts,
)


@given(rules, facts, histories, amounts)
def test_more_money_never_says_less(one: CeilingRule, smaller: SpendingFacts, history: History, more_fen: int) -> None:
    values = {name: getattr(smaller, name) for name in SpendingFacts.__dataclass_fields__}
    larger = SpendingFacts(**values | {"amount_fen": smaller.amount_fen + more_fen})

    before, after = (judge_facts(facts, [one], history, near_pct=NEAR_PCT) for facts in (smaller, larger))

    levels = {finding.shape: SEVERITY.index(finding.level) for finding in before}
    assert {finding.shape for finding in after} == set(levels)
    assert all(SEVERITY.index(finding.level) >= levels[finding.shape] for finding in after)


@given(rules, facts, histories)
def test_over_is_exactly_more_used_than_the_limit(one: CeilingRule, spending: SpendingFacts, history: History) -> None:
    for finding in judge_facts(spending, [one], history, near_pct=NEAR_PCT):
        if finding.limit is not None and finding.used is not None:
            assert (finding.level is CeilingLevel.OVER) == (finding.used > finding.limit)
            assert finding.left == finding.limit - finding.used


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=1, max_value=500))
def test_exactly_at_the_limit_is_never_over(limit_fen: int, people: int) -> None:
    for shape in (CeilingShape.PERSON_OCCASION, CeilingShape.PERSON_YEAR, CeilingShape.FESTIVAL):
        finding = ask(rule(shape, amount_fen=limit_fen), spend(limit_fen * people, people=people, festival="MID_AUTUMN"))
        assert finding is not None
        assert (finding.level is CeilingLevel.OVER, finding.left) == (False, 0)
        past_it = ask(rule(shape, amount_fen=limit_fen), spend(limit_fen * people + 1, people=people, festival="MID_AUTUMN"))
        assert past_it is not None
        assert past_it.level is CeilingLevel.OVER


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)), st.integers(min_value=0, max_value=900))
def test_both_days_of_a_rule_belong_to_it(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    one = rule(CeilingShape.FORM, valid_from=first, valid_to=last)

    assert [is_in_force(one, day) for day in (first - timedelta(days=1), first, last, last + timedelta(days=1))] == [
        False,
        True,
        True,
        False,
    ]


def test_rule_that_is_switched_off_or_without_bounds() -> None:
    assert [is_in_force(rule(CeilingShape.FORM, is_active=on), DAY) for on in (True, False)] == [True, False]
