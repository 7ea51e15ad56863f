"""Money, care and honours in Chinese."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.drafting.makers import compose, make_deed, make_done, make_entry, make_records, make_section, texts_of
from unionboard.drafting.figures import Source
from unionboard.drafting.records import BookRecord, BudgetLineRecord, CareRecord, HandoutRecord, OpeningRecord, VisitRecord
from unionboard.drafting.wording import Form

NAMES = {"allocated": "拨缴经费", "dues": "会费", "culture_sports": "文体活动", "member_activities": "会员活动"}
BOOK = BookRecord(
    opening=OpeningRecord(2026, 986_000),
    entries=(
        make_entry(1, 6_000_000, item="allocated", direction="in"),
        make_entry(2, 14_050, item="dues", direction="in"),
        make_entry(3, 300_000),
        make_entry(4, 100_000, item="member_activities"),
    ),
    lines=(BudgetLineRecord(1, "culture_sports", 500_000),),
    names=NAMES,
    member_items=frozenset({"member_activities"}),
)


def test_books_are_told_to_the_fen() -> None:
    assert texts_of(make_records(money=BOOK), "money") == [
        "上年结转9860元，全年收入60140.50元，支出4000元，结余66000.50元。",
        "收入中，拨缴经费60000元、会费140.50元。",
        "支出中，文体活动3000元（占75%）、会员活动1000元（占25%），职工活动支出占25%。",
        "年度支出预算5000元，执行率80%。",
    ]


def test_books_rest_on_every_line_of_theirs() -> None:
    money = compose(make_records(money=BOOK))["money"].sentences

    assert set(money[0].sources) == {Source("fund_year", 2026), *(Source("fund_entry", n) for n in (1, 2, 3, 4))}
    assert set(money[2].sources) == {Source("fund_entry", 3), Source("fund_entry", 4)}


def test_empty_book_gives_no_figure() -> None:
    assert texts_of(make_records(), "money") == ["经费收支尚未登记【待补充：经费收支情况】。"]


def test_more_spent_than_there_was_is_an_overdraft() -> None:
    assert texts_of(make_records(money=BookRecord(entries=(make_entry(1, 500),), names=NAMES)), "money") == ["全年支出5元，超支5元。"]


def test_small_items_are_told_in_one() -> None:
    entries = tuple(make_entry(n, n * 10_000, item=f"i{n}") for n in range(1, 8))

    spent = texts_of(make_records(money=BookRecord(entries=entries, names={f"i{n}": f"第{n}项" for n in range(1, 8)})), "money")[1]

    assert spent == "支出中，第7项700元（占25%）、第6项600元（占21.4%）、第5项500元（占17.9%）、第4项400元（占14.3%）、其他各项600元。"


def test_spending_is_compared_with_the_year_before() -> None:
    then = replace(make_records(money=replace(BOOK, entries=(make_entry(9, 450_000),))), year=2025)

    assert texts_of(make_records(money=BOOK), "money", before=then)[-1] == "支出比上年减少500元。"


def test_short_forms_say_ten_thousands_where_that_is_exact() -> None:
    entries = (make_entry(1, 6_012_000, direction="in"), make_entry(2, 1_250_050))
    blocks = compose(make_records(money=BookRecord(entries=entries, names=NAMES)), form=Form.BRIEF)

    assert blocks["lead"].sentences[-1].text == "经费收入60120元，支出12500.50元，结余47619.50元。"
    blocks = compose(make_records(money=BookRecord(entries=(make_entry(1, 6_010_000, direction="in"),), names=NAMES)), form=Form.BRIEF)
    assert blocks["lead"].sentences[-1].text == "经费收入6.01万元，结余6.01万元。"


def make_care(**values: Any) -> CareRecord:
    """Ten festival visits without money, three in hospital with 500 yuan each, two others whose sum is kept back."""
    cases = (
        VisitRecord(1, "festival", 10, 0),
        *(VisitRecord(n, "hospital", 1, 50_000) for n in (2, 3, 4)),
        VisitRecord(5, "other", 2, 30_000),
    )
    names = {"festival": "节日慰问", "hospital": "住院探望", "other": "其他慰问"}
    told = {"cases": cases, "names": names, "tells_sums": frozenset({"festival", "hospital"}), "tells_kinds": frozenset(names)}
    return CareRecord(**{**told, **values})


CARE = "全年走访慰问15人次，其中节日慰问10人次、住院探望3人次1500元、其他慰问2人次。"


def test_care_is_told_in_the_section_of_its_area() -> None:
    assert texts_of(make_records(sections=(make_section(4, "送温暖", "CARE"),), care=make_care()), "section:4") == [CARE]


def test_care_is_told_with_the_money_when_no_section_is_about_it() -> None:
    assert texts_of(make_records(make_done(), care=make_care()), "money")[-1] == CARE


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "发放春节慰问品58份（每份120元），计6960元。"),
        (2, "发放春节慰问品58份（每份120元）、端午慰问品58份（每份60.50元），合计10469元。"),
    ],
)
def test_goods_are_heads_times_value(count: int, sentence: str) -> None:
    goods = (
        HandoutRecord(1, "春节慰问品", "SPRING", date(2026, 2, 10), 58, 12_000),
        HandoutRecord(2, "端午慰问品", "DUANWU", date(2026, 6, 10), 58, 6_050),
    )
    records = make_records(sections=(make_section(4, "送温暖", "CARE"),), care=make_care(handouts=goods[:count]))

    assert texts_of(records, "section:4")[1] == sentence


def test_honours_are_told_by_level_the_highest_first() -> None:
    records = make_records(
        make_done("“师德”演讲比赛", id=1, deed=make_deed(id=1, award="获二等奖", award_level="district")),
        make_done("合唱", id=2, deed=make_deed(id=2, award="市一等奖", award_level="city")),
    )

    assert texts_of(records, "honours") == ["全年获奖2项。", "“合唱”获市一等奖。", "“‘师德’演讲比赛”获区县级二等奖。"]


def test_many_awards_of_a_level_are_cut_with_their_number() -> None:
    many = [make_done(f"赛{n}", id=n, deed=make_deed(id=n, award="一等奖", award_level="city")) for n in range(1, 8)]

    assert texts_of(make_records(*many), "honours")[1].endswith("“赛5”获市级一等奖等7项。")
