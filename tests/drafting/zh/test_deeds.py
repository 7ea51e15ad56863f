"""What was done, in Chinese: one sentence a deed, its shape chosen by the activity (ids 4 day, 5 month, 6 who came)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.drafting.makers import check_offs, compose, make_deed, make_done, make_entry, make_records, make_section, sentence_of, texts_of
from unionboard.drafting.figures import Source
from unionboard.drafting.records import ActivityRecord, TargetRecord


def told(title: str, *, id: int = 4, area: str = "CULT", activity: dict[str, Any] | None = None, **deed: Any) -> str:  # noqa: A002
    """The sentence of a single deed."""
    return texts_of(make_records(make_done(title, id=id, area=area, deed=make_deed(**deed), **(activity or {}))), f"area:{area}")[0]


@pytest.mark.parametrize(
    ("title", "deed", "sentence"),
    [
        ("教职工趣味运动会", {}, "5月8日，举办教职工趣味运动会。"),
        ("教职工趣味运动会", {"participants": 60}, "5月8日，举办教职工趣味运动会，60人参加。"),
        ("乒乓球比赛", {"participants": 50, "eligible": 62}, "5月8日，举办乒乓球比赛，62人中有50人参加。"),
        ("乒乓球比赛", {"participants": 26, "person_times": 84}, "5月8日，举办乒乓球比赛，26人参加，参与84人次。"),
        (
            "组织教职工体检。",
            {"participants": 55, "eligible": 58, "done_to": date(2026, 5, 12)},
            "5月8日至12日，组织教职工体检，应检58人、实检55人，参检率94.8%。",
        ),
        ("教师疗休养", {"participants": 20, "eligible": 20}, "5月8日，组织教师疗休养，20人全部参加。"),
        ("观影", {"participants": 58, "eligible": 58, "done_to": date(2026, 6, 1)}, "5月8日至6月1日，组织观影，58人全部参加。"),
        ("师德演讲比赛", {"award": "二等奖", "result": "选送2人参加区级比赛。"}, "5月8日，举办师德演讲比赛，选送2人参加区级比赛。"),
        ("报送信息", {"figures": {"articles_sent": 36, "articles_published": 9}}, "5月8日，报送信息，报送信息36篇，录用9篇，录用率25%。"),
        ("端午节慰问", {"participants": 58}, "5月8日，开展端午节慰问，惠及58人。"),
        ("端午节慰问", {"participants": 58, "result": "发放粽子58份"}, "5月8日，开展端午节慰问，发放粽子58份。"),
        (
            "提案办理答复",
            {"figures": {"proposals_received": 16, "proposals_answered": 15}},
            "5月8日，完成提案办理答复，承办提案16件，答复15件，答复率93.8%。",
        ),
    ],
)
def test_deed_tells_day_people_figures_and_result(title: str, deed: dict[str, Any], sentence: str) -> None:
    assert told(title, **deed) == sentence


@pytest.mark.parametrize(
    ("id_", "sentence"),
    [
        (4, "5月8日，举办读书沙龙，30人中有20人参加，荐书9本。"),
        (5, "5月举办读书沙龙，20人参加，参加率66.7%，荐书9本。"),
        (6, "20人参加5月8日的读书沙龙，荐书9本。"),
    ],
)
def test_shape_belongs_to_the_activity(id_: int, sentence: str) -> None:
    assert told("读书沙龙", id=id_, participants=20, eligible=30, result="荐书9本", award="一等奖") == sentence


def test_figure_the_result_says_is_not_said_twice() -> None:
    assert (
        told("提案征集", figures={"proposals_received": 17}, result="收到提案17件，立案16件")
        == "5月8日，开展提案征集，收到提案17件，立案16件。"
    )


def test_middling_deed_is_told_by_its_result_alone() -> None:
    assert told("会员信息更新", participants=9, result="补录信息") == "5月8日，完成会员信息更新，补录信息。"


def test_what_the_superior_union_held_is_joined() -> None:
    assert told("区教工篮球赛", participants=12, activity={"relation": "join"}) == "5月8日，组织12人参加区教工篮球赛。"


def test_large_sum_is_told_and_rests_on_its_entries() -> None:
    records = make_records(make_done(entries=(make_entry(7, 326_050, activity_id=4), make_entry(8, 200_000, activity_id=4))))

    sentence = sentence_of(records, "area:CULT", "deed:4")

    assert sentence.text == "5月8日，举办教职工趣味运动会，支出5260.50元。"
    assert set(sentence.sources) == {*check_offs(11), Source("activity", 4), Source("fund_entry", 7), Source("fund_entry", 8)}


def test_small_sum_is_left_to_the_books() -> None:
    assert told("教职工趣味运动会", activity={"entries": (make_entry(7, 499_999),)}) == "5月8日，举办教职工趣味运动会。"


def test_target_that_was_reached_is_told_in_the_plans_words() -> None:
    target = TargetRecord("at_least", 30, 30, "篇", "报送信息30篇以上", Source("activity", 4))

    sentence = told("报送信息", figures={"articles_sent": 36}, activity={"targets": (target,)})

    assert sentence == "5月8日，报送信息，报送信息36篇，达到计划提出的“报送信息30篇以上”。"


def test_congress_tells_delegates_agenda_votes_and_proposals() -> None:
    figures = {"delegates_due": 48, "delegates_present": 47, "votes_for": 45, "votes_against": 2, "proposals_received": 29}
    sentence = told("按时召开八届五次教代会", area="DEMO", figures=figures, agenda=("听取工作报告。", "审议考勤办法"))

    assert sentence == (
        "5月8日，召开八届五次教代会，应到代表48人，实到47人，听取工作报告，审议考勤办法，表决赞成45票、反对2票，收到提案29件。"
    )


def test_agenda_of_bare_nouns_is_listed() -> None:
    assert told("八届五次教代会", agenda=("工作报告", "考勤办法")) == "5月8日，召开八届五次教代会，会议议程为工作报告、考勤办法。"


def make_contests(*people: int | None, **values: Any) -> list[ActivityRecord]:
    """Contests in a section about culture, one a month."""
    return [
        make_done(f"{name}组比赛", id=n, deed=make_deed(id=n + 100, done_on=date(2026, n, 3), participants=count, **values))
        for n, (name, count) in enumerate(zip("甲乙丙丁", people, strict=False), start=1)
    ]


def make_party() -> ActivityRecord:
    """What stands beside the contests."""
    return make_done("迎新春联欢会", id=9, deed=make_deed(id=109, done_on=date(2026, 1, 30)))


def test_three_of_a_kind_are_counted_before_they_are_told() -> None:
    texts = texts_of(make_records(*make_contests(10, 20, 30), make_party()), "area:CULT")

    assert texts == [
        "计划的4项活动全部完成，登记参与60人次。",
        "全年开展文体比赛和评选3次，参与60人次。",
        "1月举办甲组比赛，10人参加。",
        "20人参加2月3日的乙组比赛。",
        "3月举办丙组比赛，30人参加。",
        "1月举办迎新春联欢会。",
        "【待补充：效果】",
    ]


def test_section_of_one_kind_is_not_counted_twice() -> None:
    keys = [one.key for one in compose(make_records(*make_contests(10, 20, 30)))["area:CULT"].sentences]

    assert keys == ["progress", "deed:1", "deed:2", "deed:3", "effect"]


def test_attendances_are_those_that_were_recorded() -> None:
    records = make_records(*make_contests(10, None, 30), make_party())

    assert texts_of(records, "area:CULT")[1] == "全年开展文体比赛和评选3次，登记参与40人次。"


def test_the_year_before_is_compared_with_its_same_days() -> None:
    now, then = make_records(*make_contests(1, 1, 1, 1), as_of=date(2026, 11, 1)), make_records(*make_contests(1, 1, 1))

    assert texts_of(now, "area:CULT", before=then)[1] == "今年以来开展文体比赛和评选4次，参与4人次，比上年同期增加1次。"


def test_contests_of_another_area_are_told_apart() -> None:
    lessons = [make_done(f"{n}年级赛课", id=n + 20, area="SKILL", section_id=5, deed=make_deed(id=n + 120)) for n in (1, 2, 3)]
    records = make_records(*(replace(one, section_id=5) for one in make_contests(1, 1, 1)), *lessons, sections=(make_section(),))

    counted = [one.text for one in compose(records)["section:5"].sentences if one.key.startswith("group:")]

    assert counted == ["全年开展文体比赛和评选3次，参与3人次。", "全年开展业务比赛和评选3次。"]


def test_small_deeds_of_a_long_year_are_gathered_and_counted() -> None:
    small = [make_done(f"台账{n}", id=n, area="ORG", deed=make_deed(id=n + 100)) for n in range(1, 49)]

    assert texts_of(make_records(*small), "area:ORG")[1] == "办结“台账1”、“台账2”、“台账3”等48项。"
    assert len([one for one in compose(make_records(*small))["area:ORG"].sentences if one.key.startswith("small")]) == 1


@pytest.mark.parametrize(
    ("remaining", "sentence"),
    [
        ("两件提案的答复", "5月8日，提案办理完成一部分，尚余两件提案的答复。"),
        ("", "5月8日，提案办理完成一部分，其余【待补充：进展】。"),
    ],
)
def test_half_done_activity_tells_what_is_left(remaining: str, sentence: str) -> None:
    records = make_records(make_done("提案办理", status="partly", deed=make_deed(remaining=remaining)))

    assert sentence_of(records, "area:CULT", "deed:4").text == sentence


def test_day_of_a_school_year_needs_no_year() -> None:
    year = {"period_kind": "school_year", "starts_on": date(2026, 9, 1), "ends_on": date(2027, 8, 31), "as_of": date(2027, 8, 31)}

    assert (
        texts_of(make_records(make_done(deed=make_deed(done_on=date(2027, 3, 8))), **year), "area:CULT")[0]
        == "3月8日，举办教职工趣味运动会。"
    )


def test_day_outside_the_period_names_its_year() -> None:
    assert told("教职工趣味运动会", done_on=date(2027, 1, 8)) == "2027年1月8日，举办教职工趣味运动会。"
