"""What a section says of what was done, sentence by sentence, in both languages."""

from datetime import date
from typing import Any

import pytest

from tests.drafting.makers import block_of, keys_of, make_deed, make_done, make_records, texts_of
from unionboard.drafting.figures import Source
from unionboard.drafting.records import ActivityRecord, SectionRecord

GAP = "【待补充：效果】"


@pytest.mark.parametrize(
    ("title", "deed", "zh", "en"),
    [
        ("教职工趣味运动会", {}, "5月8日，举办教职工趣味运动会。", "教职工趣味运动会 (8 May)."),
        (
            "教职工趣味运动会",
            {"participants": 60},
            "5月8日，举办教职工趣味运动会，60人参加。",
            "教职工趣味运动会 (8 May): 60 people took part.",
        ),
        (
            "乒乓球比赛",
            {"participants": 20, "eligible": 62},
            "5月8日，举办乒乓球比赛，应参加62人，实到20人，参加率32.3%。",
            "乒乓球比赛 (8 May): 20 of 62 people took part (32.3%).",
        ),
        (
            "乒乓球比赛",
            {"participants": 26, "person_times": 84},
            "5月8日，举办乒乓球比赛，26人参加，参与84人次。",
            "乒乓球比赛 (8 May): 26 people took part, 84 attendances.",
        ),
        (
            "组织教职工体检。",
            {"participants": 58, "eligible": 58, "done_to": date(2026, 5, 12)},
            "5月8日至12日，组织教职工体检，58人全部参加。",
            "组织教职工体检 (8–12 May): 58 of 58 people took part (100%).",
        ),
        (
            "师德演讲比赛",
            {"award": "二等奖", "award_level": "district", "result": "选送2人参加区级比赛。"},
            "5月8日，举办师德演讲比赛，获区县级二等奖，选送2人参加区级比赛。",
            "师德演讲比赛 (8 May): won 二等奖 (district or county level), 选送2人参加区级比赛.",
        ),
        ("会员信息更新", {"participants": 0}, "5月8日，完成会员信息更新。", "会员信息更新 (8 May)."),
        ("报送信息", {"figures": {"articles_sent": 36}}, "5月8日，报送信息，报送信息36篇。", "报送信息 (8 May): 36 articles sent."),
    ],
)
def test_deed_tells_day_people_award_and_result_as_recorded(title: str, deed: dict[str, Any], zh: str, en: str) -> None:
    facts = make_records(make_done(title, deed=make_deed(**deed)))

    assert texts_of(facts, "area:CULT")[0] == zh
    assert texts_of(facts, "area:CULT", "en")[0] == en


def test_deed_tells_what_was_spent_and_rests_on_the_entries() -> None:
    facts = make_records(make_done(spent_fen=326_050, entry_ids=(7, 8)))

    sentence = block_of(facts, "area:CULT").sentences[0]

    assert sentence.text == "5月8日，举办教职工趣味运动会，支出3260.50元。"
    assert sentence.sources == (Source("check_off", 11), Source("fund_entry", 7), Source("fund_entry", 8))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("八届五次教代会", "召开八届五次教代会"),
        ("校园安全检查（上半年）", "组织校园安全检查（上半年）"),
        ("庆祝三八妇女节活动", "开展庆祝三八妇女节活动"),
        ("慰问困难教职工", "慰问困难教职工"),
        ("拟召开工会小组会", "召开工会小组会"),
        ("会员信息采集", "完成会员信息采集"),
        ("推选一名代表参加区里的成立大会", "推选一名代表参加区里的成立大会"),
        ("成立大会", "召开成立大会"),
        ("民主评议学校领导", "民主评议学校领导"),
        ("民主评议", "组织民主评议"),
        ("暑期送清凉", "开展暑期送清凉"),
        ("上报“书香校园”征文", "上报“书香校园”征文"),
        ("教育论坛，收集调研文章", "举办教育论坛，收集调研文章"),
        ("“六一”节为孩子们表演节目", "“六一”节为孩子们表演节目"),
        ("家访情况调查", "开展家访情况调查"),
        ("布置活动室,添置器材", "布置活动室，添置器材"),
    ],
)
def test_title_without_a_verb_gets_the_one_it_needs(title: str, told: str) -> None:
    assert texts_of(make_records(make_done(title)), "area:CULT")[0] == f"5月8日，{told}。"


def test_three_deeds_of_one_area_are_counted_then_told_one_by_one() -> None:
    deeds = [make_deed(id=n, done_on=date(2026, n, 3), participants=10 * n, result="留影存档" if n == 4 else "") for n in (5, 4, 6)]
    facts = make_records(*(make_done(f"第{deed.id}场联欢会", deed=deed, id=deed.id) for deed in deeds))

    assert texts_of(facts, "area:CULT") == [
        "本部分计划活动3项，完成3项。",
        "全年开展文体活动3次，参与150人次。",
        "其中：4月3日，举办第4场联欢会，40人参加，留影存档；5月3日，举办第5场联欢会，50人参加；6月3日，举办第6场联欢会，60人参加。",
    ]
    assert texts_of(facts, "area:CULT", "en") == [
        "3 of 3 planned activities done.",
        "Over the year, 3 activities (culture and sports) with 150 attendances.",
        (
            "Among them: 第4场联欢会 (3 April): 40 people took part, 留影存档; 第5场联欢会 (3 May): 50 people took part; "
            "第6场联欢会 (3 June): 60 people took part."
        ),
    ]


def test_attendances_are_told_only_of_deeds_with_a_head_count() -> None:
    deeds = [make_deed(id=n, done_on=date(2026, n, 3), participants=10 if n > 4 else None, result="好") for n in (4, 5, 6)]
    facts = make_records(*(make_done(deed=deed, id=deed.id) for deed in deeds))

    assert texts_of(facts, "area:CULT")[1] == "全年开展文体活动3次，有人数记录的2次共参与20人次。"


def test_congress_tells_delegates_proposals_and_their_rate() -> None:
    figures = {"delegates_due": 48, "delegates_present": 47, "proposals_received": 29, "proposals_answered": 28}
    facts = make_records(make_done("召开八届五次教代会", area="DEMO", deed=make_deed(figures=figures)))

    assert texts_of(facts, "area:DEMO") == [
        "5月8日，召开八届五次教代会，应到代表48人，实到代表47人，收到提案29件，答复提案28件，答复率96.6%。",
        GAP,
    ]
    assert texts_of(facts, "area:DEMO", "en")[0] == (
        "召开八届五次教代会 (8 May): 47 of 48 delegates present, 29 proposals received, 28 proposals answered, answer rate 96.6%."
    )


def make_duty(**values: Any) -> ActivityRecord:
    defaults = {"id": 2, "title": "工会委员例会", "area": "ORG", "duty": "recurring", "frequency": "每月一次", "status": "standing"}
    return ActivityRecord(**{**defaults, **values})


def test_recurring_duty_tells_times_against_plan() -> None:
    deeds = tuple(make_deed(id=n, person_times=9) for n in range(10))
    facts = make_records(make_duty(deeds=deeds, turns_planned=12))

    assert texts_of(facts, "area:ORG") == ["坚持每月一次工会委员例会，全年10次（计划12次），参与90人次。", GAP]
    assert texts_of(facts, "area:ORG", "en")[0] == "工会委员例会 (每月一次): 10 times of 12 planned over the year, 90 attendances."


def test_duty_whose_title_says_how_often_does_not_say_it_twice() -> None:
    facts = make_records(make_duty(title="每月召开工会委员例会", frequency="每月", deeds=(make_deed(),)))

    assert texts_of(facts, "area:ORG")[0] == "坚持每月召开工会委员例会，全年1次。"


@pytest.mark.parametrize(
    ("title", "frequency", "told"),
    [
        ("要继续坚持四必访,即生病必访、退休必访", "四必访", "坚持四必访，即生病必访、退休必访"),
        ("认真组织每季度的安全检查", "每季度", "坚持组织每季度的安全检查"),
        ("把校务公开作为每学期的一项工作", "每学期", "坚持把校务公开作为每学期的一项工作"),
        ("教职工每日健身", "每日", "坚持开展教职工每日健身"),
    ],
)
def test_duty_is_told_without_words_of_resolve(title: str, frequency: str, told: str) -> None:
    facts = make_records(make_duty(title=title, frequency=frequency, deeds=(make_deed(),)))

    assert texts_of(facts, "area:ORG")[0] == f"{told}，全年1次。"


def test_duty_counts_heads_only_where_they_were_recorded_and_tells_what_it_cost() -> None:
    deeds = (make_deed(id=1, participants=15), make_deed(id=2))
    facts = make_records(make_duty(deeds=deeds, spent_fen=12_050))

    assert texts_of(facts, "area:ORG")[0] == "坚持每月一次工会委员例会，全年2次，有人数记录的1次共参与15人次，支出120.50元。"
    assert texts_of(facts, "area:ORG", "en")[0] == (
        "工会委员例会 (每月一次): 2 times over the year, 15 attendances at the 1 with a head count, ¥120.50 spent."
    )


def test_counts_before_the_last_month_say_up_to_when() -> None:
    facts = make_records(make_duty(deeds=(make_deed(),), turns_planned=12), as_of=date(2026, 11, 21))

    assert texts_of(facts, "area:ORG")[0] == "坚持每月一次工会委员例会，截至11月21日共1次（计划12次）。"


def test_standing_duty_without_entries_leaves_a_gap_beside_what_was_done() -> None:
    facts = make_records(make_done(area="ORG", deed=make_deed(result="好")), make_duty(duty="standing", frequency=""))

    assert texts_of(facts, "area:ORG")[1] == "“工会委员例会”尚无记录【待补充：开展情况】。"


def test_half_done_activity_is_told_as_such() -> None:
    facts = make_records(make_done("会员信息更新", status="partly"))

    assert texts_of(facts, "area:CULT")[0] == "5月8日，会员信息更新部分完成，其余【待补充：进展】。"


def test_section_with_nothing_done_says_so_and_why() -> None:
    section = SectionRecord(id=5, heading="维护职工权益", area="RIGHT")
    waiting = [ActivityRecord(n, "签订集体合同", "RIGHT", status=status) for n, status in enumerate(("late", "coming", "cancelled"))]

    facts = make_records(*waiting, sections=(section,))

    assert texts_of(facts, "section:5") == ["本部分尚无办结记录，计划活动中1项逾期未办，1项尚未到期，1项已取消。"]
    assert texts_of(make_records(sections=(section,)), "section:5") == ["本部分尚无办结记录。"]


def test_activities_follow_their_section_then_their_area_then_stand_under_other_work() -> None:
    sections = (SectionRecord(7, "丰富文体生活", "CULT"), SectionRecord(8, "加强自身建设", "ORG"))
    facts = make_records(
        make_done("甲", id=1, section_id=8),
        make_done("乙", id=2),
        make_done("丙", id=3, area="WOMEN", area_2="ORG"),
        make_done("丁", id=4, area="HEALTH"),
        sections=sections,
    )

    assert keys_of(facts) == ["lead", "section:7", "section:8", "other", "money", "problems", "next_year", "signature"]
    assert block_of(facts, "section:8").sentences[0].sources == (Source("activity", 1), Source("activity", 3))
    assert texts_of(facts, "other")[0] == "5月8日，完成丁。"


def test_section_that_announces_no_work_is_left_out() -> None:
    facts = make_records(sections=(SectionRecord(1, "指导思想"), SectionRecord(2, "丰富文体生活", "CULT")))

    assert keys_of(facts)[1:3] == ["section:2", "money"]


def test_plan_without_sections_is_told_by_area_in_the_official_order() -> None:
    facts = make_records(make_done(id=1, area="ORG"), make_done(id=2, area="IDEO"))

    assert [(block_of(facts, key).heading) for key in keys_of(facts)[1:3]] == ["思想引领与师德", "自身建设与宣传"]


def test_congress_tells_its_agenda() -> None:
    deed = make_deed(figures={"delegates_due": 48, "delegates_present": 46}, agenda=("听取工作报告。", "审议方案"))
    facts = make_records(make_done("八届五次教代会", deed=deed))

    assert texts_of(facts, "area:CULT")[0] == "5月8日，召开八届五次教代会，应到代表48人，实到代表46人，议程为听取工作报告、审议方案。"
    assert texts_of(facts, "area:CULT", "en")[0] == "八届五次教代会 (8 May): 46 of 48 delegates present, agenda: 听取工作报告; 审议方案."


def test_what_is_left_of_a_part_is_told_where_it_is_known() -> None:
    facts = make_records(make_done("提案办理", deed=make_deed(remaining="两件提案的答复"), status="partly"))

    assert "5月8日，提案办理部分完成，尚余两件提案的答复。" in texts_of(facts, "area:CULT")
    assert "提案办理 (8 May): partly done; left to do: 两件提案的答复." in texts_of(facts, "area:CULT", "en")
