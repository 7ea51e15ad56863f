"""What ceilings say on the screen: one line, with name, limit, used, left and source; a sample says so."""

from datetime import date
from typing import Any

import pytest

from unionboard.models import CeilingLevel, CeilingRule, CeilingShape
from unionboard.reference import fund_items
from unionboard.reference.ceilings import sample_rules
from unionboard.services.ceiling_judging import Finding, History, Past, SpendingFacts, judge_facts
from unionboard.services.ceilings import rule_of_sample
from unionboard.ui.fund.ceiling_notes import write_finding
from unionboard.ui.text import speak


def say(rule: CeilingRule, history: History | None = None, *, language: str = "zh_CN", **facts: Any) -> list[str]:
    """What is written of a spending of 20 September 2026, without the zero-width joiners of escaped text."""
    spending = SpendingFacts(**{"booked_on": date(2026, 9, 20), "amount_fen": 1_000_00, **facts})
    found = judge_facts(spending, [rule], history or History(), near_pct=90)
    with speak(language):
        return [write_finding(finding, items=fund_items()).replace("\u2060", "") for finding in found]


def own(shape: CeilingShape, **values: Any) -> CeilingRule:
    """A rule of the union's own."""
    return CeilingRule(**{"id": 1, "name": "住院慰问", "shape": shape, "source": "大会决议第五条", **values})


def test_a_line_holds_name_limit_used_left_and_source() -> None:
    rule = own(CeilingShape.PERSON_OCCASION, amount_fen=1_200_00, condition="会员本人")

    assert say(rule, person="A17") == [
        ":gray[:material/check: **以内**] 住院慰问　限额 每人 ¥1,200，含本笔 ¥1,000，还可用 ¥200　:gray[大会决议第五条；会员本人]"
    ]


def test_over_says_by_how_much() -> None:
    rule = own(CeilingShape.PERSON_YEAR, amount_fen=1_000_00, years=2)
    history = History(given=[Past(date(2025, 9, 1), 300_50, people=1, kind="hospital", person="A17")])

    assert say(rule, history, kind="hospital", person="A17") == [
        ":orange[:material/warning: **超出**] 住院慰问　限额 每人 ¥1,000/2年，含本笔 ¥1,300\\.50，超 ¥300\\.50　:gray[大会决议第五条]"
    ]


def test_a_share_says_what_is_left_in_yuan() -> None:
    rule = own(CeilingShape.INCOME_SHARE, name="会员活动", share_pct=30)

    assert say(rule, History(income_fen=3_500_00)) == [
        ":yellow[:material/info: **接近**] 会员活动　限额 30%，含本笔 29%，还可用 ¥50　:gray[大会决议第五条]"
    ]


def test_an_untouched_sample_says_that_it_is_one_in_both_languages() -> None:
    rule = rule_of_sample(sample_rules()["birthday_count"])

    assert say(rule, kind="birthday", person="A17") == [
        ":gray[:material/check: **以内**] 生日慰问每人每年一次　限额 1 次/年，含本笔 1 次，还可用 0 次 :gray-badge[样例]"
    ]
    assert say(rule, kind="birthday", person="A17", language="en") == [
        ":gray[:material/check: **Within**] One birthday a year　limit 1 time a year, 1 time with this, 0 times left :gray-badge[sample]"
    ]


def test_a_word_says_what_is_wrong_and_what_to_do() -> None:
    [line] = say(rule_of_sample(sample_rules()["words_cards"]), text="购物卡")

    assert line.startswith(":orange[:material/warning: **不可列支**] “购物卡”　工会经费不能买购物卡、代金券一类的卡券；改发实物")
    assert "八不准" in line


def test_the_budget_is_called_by_its_item() -> None:
    rule = own(CeilingShape.FORM)

    assert say(rule, History(budget_fen=1_500_00), item="publicity") == [
        ":gray[:material/check: **以内**] 宣传活动预算　限额 ¥1,500，含本笔 ¥1,000，还可用 ¥500"
    ]


def test_a_rules_name_is_not_read_as_markdown() -> None:
    [line] = say(own(CeilingShape.PERSON_OCCASION, amount_fen=1, name="**:red[住院]**"), person="A17")

    assert ":red[" not in line


@pytest.mark.parametrize("shape", [shape for shape in CeilingShape if shape is not CeilingShape.BUDGET])
def test_every_shape_has_a_sentence(shape: CeilingShape) -> None:
    finding = Finding(1, "规则", "决议", shape, CeilingLevel.OVER, limit=3, used=2, left=1, word="蟹卡" if shape == "words" else "")

    for language in ("zh_CN", "en"):
        with speak(language):
            assert "规则" in write_finding(finding)


def test_an_item_without_a_budget_is_said_to_have_none() -> None:
    assert say(own(CeilingShape.FORM), History(budget_fen=0), item="publicity") == [
        ":orange[:material/warning: **超出**] 宣传活动预算　未列入预算，含本笔 ¥1,000"
    ]
