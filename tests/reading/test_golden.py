"""The layouts of real plans, read whole."""

from tests.reading.samples import sample
from tests.reading.views import counts_of, fates_of
from unionboard.reading.draft import DocumentKind, IgnoredReason, LineUse, SectionRole
from unionboard.reading.text import read_text


def test_heads_on_own_lines_give_eighteen_activities_in_eight_months() -> None:
    reading = read_text(sample("heads_on_own_lines"))

    assert counts_of(reading) == [((2,), 2), ((3,), 2), ((4,), 2), ((5,), 2), ((6,), 3), ((7, 8), 1), ((9,), 4), ((10,), 2)]


def test_item_that_lost_its_number_is_an_activity_of_its_month() -> None:
    september = read_text(sample("heads_on_own_lines")).plan().schedule[6]

    assert [item.title for item in september.items] == [
        "庆祝教师节活动",
        "组织教师参加全区教职工合唱赛",
        "召开工会小组会",
        "开展师德演讲活动",
    ]


def test_item_repeated_in_two_months_is_kept_twice() -> None:
    plan = read_text(sample("heads_on_own_lines")).plan()

    assert [entry.months for entry in plan.schedule for item in entry.items if "赛课" in item.title] == [(4,), (5,)]


def test_sections_keep_their_headings_and_printed_numbers_word_for_word() -> None:
    plan = read_text(sample("heads_on_own_lines")).plan()

    work = [section for section in plan.sections if section.role is SectionRole.WORK]
    assert [(section.number, section.printed_number, section.heading) for section in work] == [
        (1, "一", "学习上级会议精神，推进书香校园建设"),
        (2, "二", "以“学习型小组”为载体，提高教师素养"),
        (3, "三", "健全民主管理机制，做好校务公开"),
        (4, "四", "加强工会自身建设，提高服务水平"),
        (5, "五", "继续做好关爱工程"),
        (6, "六", "认真做好退休教师工作"),
        (7, "六", "开展丰富的文体活动，增强教师体质"),
    ]


def test_words_before_the_months_are_the_heading_of_the_schedule() -> None:
    section = read_text(sample("heads_on_own_lines")).plan().sections[-1]

    assert (section.heading, section.role) == ("活动安排", SectionRole.SCHEDULE)


def test_run_in_measures_are_split_and_what_leads_to_them_stays() -> None:
    section = read_text(sample("heads_on_own_lines")).plan().sections[1]

    assert section.intro == "提高素养是工会的本分，"
    assert [measure.text for measure in section.measures] == [
        "开展师德学习，倡导爱岗敬业。",
        "协助教导处组织教学竞赛，发挥骨干教师的作用。",
    ]


def test_measure_that_lost_its_number_is_a_measure() -> None:
    section = read_text(sample("heads_on_own_lines")).plan().sections[4]

    assert [measure.text for measure in section.measures] == [
        "落实生日慰问制度",
        "关心单亲教工家庭",
        "关心新教师的住宿",
        "在关心生活的同时，关注教职工的心理健康",
    ]


def test_every_line_of_a_plan_has_one_fate() -> None:
    reading = read_text(sample("heads_on_own_lines"))

    assert [fate.line for fate in reading.plan().fates] == [line.number for line in reading.lines]


def test_heads_without_colon_give_thirty_activities_in_twelve_months() -> None:
    reading = read_text(sample("heads_without_colon"))

    assert [count for _, count in counts_of(reading)] == [2, 2, 3, 2, 3, 4, 2, 2, 3, 2, 2, 3]
    assert [months for months, _ in counts_of(reading)] == [(month,) for month in range(1, 13)]


def test_two_sentences_in_one_line_are_two_activities() -> None:
    june = read_text(sample("heads_without_colon")).plan().schedule[5]

    assert [item.title for item in june.items] == [
        "“六一”节为学生表演节目，展现教师风采",
        "召开六届三次教代会",
        "做好工会资料归档",
        "开展“金点子”征集活动",
    ]


def test_audience_in_brackets_becomes_a_note() -> None:
    march = read_text(sample("heads_without_colon")).plan().schedule[2]

    assert (march.items[2].title, march.items[2].note) == ("教工跳绳预赛", "以工会小组为单位，人人参加")


def test_restart_of_the_numbering_opens_a_section_without_heading() -> None:
    plan = read_text(sample("heads_without_colon")).plan(1)

    assert [(section.heading, len(section.measures)) for section in plan.sections] == [("", 3), ("", 2), ("", 2), ("", 2)]


def test_prose_before_the_restart_is_the_introduction() -> None:
    section = read_text(sample("heads_without_colon")).plan(1).sections[1]

    assert section.intro == "教代会是教职工参与民主管理的基本制度，校务公开是民主监督的有效载体。"


def test_numbered_lines_with_prose_below_are_headings() -> None:
    plan = read_text(sample("heads_without_colon")).plan(2)

    assert [section.heading for section in plan.sections] == [
        "加强工会自身建设",
        "履行维权职能，主动送温暖",
        "丰富会员生活，增强凝聚力",
    ]


def test_month_in_prose_gives_an_activity_when_there_is_no_schedule() -> None:
    plan = read_text(sample("heads_without_colon")).plan(2)

    assert [(entry.months, [item.title for item in entry.items]) for entry in plan.schedule] == [
        ((3,), ["推选一名代表参加街道工会会议"]),
        ((11,), ["开展一次有意义的活动"]),
    ]


def test_month_in_prose_does_not_make_a_schedule_of_its_own() -> None:
    documents = read_text(sample("heads_without_colon")).documents

    assert [document.has_schedule for document in documents] == [True, False]


def test_heads_with_ranges_are_entries_over_several_months() -> None:
    reading = read_text(sample("heads_with_ranges"))

    assert counts_of(reading, 2) == [
        ((1, 2), 3),
        ((3,), 3),
        ((4, 5), 2),
        ((6,), 1),
        ((7, 8), 1),
        ((9,), 1),
        ((10,), 1),
        ((11, 12), 1),
    ]


def test_default_plan_is_the_first_with_a_schedule() -> None:
    assert read_text(sample("heads_with_ranges")).plan().n == 2


def test_documents_are_numbered_as_the_file_counts_them() -> None:
    documents = read_text(sample("heads_with_ranges")).documents

    assert [(document.n, document.title) for document in documents] == [
        (1, "校工会工作计划篇1"),
        (2, "校工会工作计划篇2"),
        (3, "校工会工作计划篇3"),
    ]


def test_guiding_thought_is_a_section_and_the_plans_guiding_text() -> None:
    plan = read_text(sample("heads_with_ranges")).plan(1)

    assert (plan.sections[0].heading, plan.sections[0].role) == ("指导思想", SectionRole.GUIDING)
    assert plan.guiding == "围绕学校中心工作,团结全体教职工与时俱进。"


def test_appendix_that_holds_the_schedule_is_a_section_of_that_role() -> None:
    section = read_text(sample("heads_with_ranges")).plan(2).sections[-1]

    assert (section.printed_number, section.heading, section.role) == ("附", "月份工作安排", SectionRole.SCHEDULE)


def test_collection_is_cut_into_plans_news_and_summary() -> None:
    documents = read_text(sample("mixed_collection")).documents

    assert [(document.n, document.title, document.kind) for document in documents] == [
        (1, "2026年小学工会工作计划", DocumentKind.PLAN),
        (2, "2026小学工会工作要点", DocumentKind.PLAN),
        (3, "", DocumentKind.NEWS),
        (4, "关于贯彻落实区教育工作会议精神的情况报告", DocumentKind.SUMMARY),
    ]


def test_lines_of_news_are_ignored_as_no_plan() -> None:
    plan = read_text(sample("mixed_collection")).plan(3)

    assert {fate for fate in fates_of(plan).values() if fate[0] is not LineUse.ELSEWHERE} == {(LineUse.IGNORED, IgnoredReason.NOT_A_PLAN)}


def test_signature_gives_who_signed_and_when() -> None:
    plan = read_text(sample("mixed_collection")).plan(2)

    assert (plan.signed_by, str(plan.signed_on)) == ("青松小学工会委员会", "2025-02-18")


def test_summary_has_no_schedule_though_it_names_months() -> None:
    plan = read_text(sample("summary")).plan()

    assert (plan.kind, plan.schedule) == (DocumentKind.SUMMARY, ())


def test_summary_keeps_its_headings() -> None:
    plan = read_text(sample("summary")).plan()

    assert [section.heading for section in plan.sections] == ["主要工作", "不足与打算"]
