"""The draft as a whole: lead, money, care, honours, signature, and what an empty year says."""

from datetime import date

import pytest

from tests.drafting.makers import block_of, keys_of, make_deed, make_done, make_records, texts_of
from unionboard.drafting.compose import compose_title
from unionboard.drafting.figures import Source
from unionboard.drafting.records import ActivityRecord, BookRecord, CareRecord, SectionRecord


def test_lead_counts_the_plan_and_rests_on_it() -> None:
    facts = make_records(
        make_done(id=1), ActivityRecord(2, "春游", "CULT", status="under_way"), ActivityRecord(3, "观影", "CULT", status="late")
    )

    lead = block_of(facts, "lead").sentences

    assert [sentence.text for sentence in lead] == [
        "2026年，在区教育工会领导下，青松小学工会围绕“办好家门口的学校”这一中心，按照计划开展工作，计划活动3项，完成1项，另有1项正在进行。",
        "现总结如下。",
    ]
    assert lead[0].sources == (Source("plan", 1), Source("activity", 1), Source("activity", 2), Source("activity", 3))
    assert texts_of(facts, "lead", "en")[0] == (
        "In 2026, led by 区教育工会, 青松小学工会 worked to its plan around 办好家门口的学校. "
        "Of 3 planned activities, 1 was done, 1 under way."
    )


def test_lead_leaves_gaps_for_what_settings_do_not_say() -> None:
    facts = make_records(union_name="", higher_union="", centre="")

    assert texts_of(facts, "lead")[0] == (
        "2026年，在【待补充：上级工会和党组织】领导下，【待补充：工会名称】围绕【待补充：中心工作】，按照计划开展工作。"
    )


@pytest.mark.parametrize(
    ("kind", "starts_on", "ends_on", "title"),
    [
        ("calendar_year", date(2026, 1, 1), date(2026, 12, 31), "青松小学工会2026年工作总结"),
        ("school_year", date(2026, 9, 1), date(2027, 8, 31), "青松小学工会2026—2027学年工作总结"),
        ("term", date(2027, 2, 1), date(2027, 7, 31), "青松小学工会2026—2027学年第二学期工作总结"),
    ],
)
def test_title_names_the_period(kind: str, starts_on: date, ends_on: date, title: str) -> None:
    facts = make_records(period_kind=kind, starts_on=starts_on, ends_on=ends_on)

    assert compose_title(facts, language="zh_CN") == title


def test_day_of_the_second_calendar_year_names_its_year() -> None:
    facts = make_records(make_done(deed=make_deed(done_on=date(2027, 3, 8))), period_kind="school_year", starts_on=date(2026, 9, 1))

    assert texts_of(facts, "area:CULT")[0] == "2027年3月8日，举办教职工趣味运动会。"


MONEY = BookRecord(
    opening_fen=986_000,
    income_fen={"allocated": 6_000_000, "dues": 14_000},
    spending_fen={"culture_sports": 300_000, "member_activities": 100_000},
    budget_fen={"culture_sports": 500_000},
    entry_ids=(1, 2, 3, 4),
)


def test_money_is_told_in_brief_with_shares_and_execution() -> None:
    facts = make_records(money=MONEY)

    assert texts_of(facts, "money") == [
        "上年结转9860元，全年收入60140元，支出4000元，结余66000元。",
        "主要支出：文体活动3000元，占75%；会员活动1000元，占25%。",
        "支出预算5000元，执行率80%。",
    ]
    assert texts_of(facts, "money", "en") == [
        "Over the year: ¥9,860.00 carried over, ¥60,140.00 received, ¥4,000.00 spent, ¥66,000.00 left.",
        "Main items: Culture and sports ¥3,000.00 (75%); Member activities ¥1,000.00 (25%).",
        "80% of the spending budget of ¥5,000.00 was used.",
    ]
    assert {source for sentence in block_of(facts, "money").sentences for source in sentence.sources} == {
        Source("fund_entry", id_) for id_ in (1, 2, 3, 4)
    }


def test_empty_book_gives_no_figure() -> None:
    assert texts_of(make_records(), "money") == ["经费收支尚未登记【待补充：经费收支情况】。"]


CARE = CareRecord(people={"festival": 10, "hospital": 3, "other": 2}, amount_fen=440_000, visit_ids=(1, 2, 3))


def test_care_is_told_in_the_section_of_its_area() -> None:
    facts = make_records(sections=(SectionRecord(4, "送温暖", "CARE"),), care=CARE)

    assert texts_of(facts, "section:4") == ["全年走访慰问15人次，支出4400元，其中节日慰问10人次、住院探望3人次、其他慰问2人次。"]


def test_care_is_told_with_the_money_when_no_section_is_about_it() -> None:
    facts = make_records(make_done(), care=CARE)

    assert texts_of(facts, "money")[-1] == "全年走访慰问15人次，支出4400元，其中节日慰问10人次、住院探望3人次、其他慰问2人次。"
    assert texts_of(facts, "money", "en")[-1] == (
        "Over the year, care visits reached 15 attendances at a cost of ¥4,400.00, among them festival 10, hospital 3, other 2."
    )


def test_honours_gather_all_awards() -> None:
    award = make_deed(award="获二等奖", award_level="district")
    facts = make_records(
        make_done("“师德”演讲比赛", deed=award), make_done("合唱", id=2, deed=make_deed(id=12, award="市一等奖", award_level="city"))
    )

    assert texts_of(facts, "honours") == ["全年获奖2项：“‘师德’演讲比赛”获区县级二等奖；“合唱”获市一等奖。"]


def test_year_without_any_record_is_short_and_honest() -> None:
    facts = make_records()

    assert keys_of(facts) == ["lead", "money", "problems", "next_year", "signature"]
    assert texts_of(facts, "problems") == ["对照记录，没有逾期、取消、超支等情况。【待补充：存在的问题】"]
    assert texts_of(facts, "next_year") == ["【待补充：下一年重点工作】"]
    assert texts_of(facts, "signature") == ["青松小学工会", "2026年12月20日"]
