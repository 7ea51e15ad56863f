"""How else people lay a schedule out: one short text each."""

from datetime import date

from tests.reading.views import fates_of, read_plan, schedule_of, sections_of
from unionboard.reading.draft import DocumentKind, IgnoredReason, LineUse
from unionboard.reading.text import CHARACTERS_READ, read_text


def test_items_in_one_line_behind_circled_numbers() -> None:
    text = "青松医院工会工作计划\n（一）一月：①送温暖；②团拜会。\n（二）二月：①元宵游园。\n（三）三月：①三八节插花。"

    assert schedule_of(text) == [((1,), ["送温暖", "团拜会"]), ((2,), ["元宵游园"]), ((3,), ["三八节插花"])]


def test_items_whose_numbers_were_lost_in_one_line() -> None:
    text = "工会工作计划\n二月:、整理会员资料。、会费收缴。、劳保用品发放。\n三月:、小组会。\n四月、参加球赛。"

    assert schedule_of(text) == [((2,), ["整理会员资料", "会费收缴", "劳保用品发放"]), ((3,), ["小组会"]), ((4,), ["参加球赛"])]


def test_numbered_item_keeps_its_month_to_itself() -> None:
    text = "春季工会文体活动计划\n1、2026年1月迎新会。\n2、2026年3月:跳绳赛\n赛制:循环赛\n3、摄影展。\n4、2026年4月:田径赛。"

    assert schedule_of(text) == [((1,), ["迎新会"]), ((3,), ["跳绳赛"]), ((4,), ["田径赛"])]


def test_line_below_a_dated_item_is_its_note() -> None:
    text = "春季工会文体活动计划\n1、2026年1月迎新会。\n2、2026年3月:跳绳赛\n赛制:循环赛\n3、2026年4月:田径赛。"

    assert read_plan(text).schedule[1].items[0].note == "赛制:循环赛"


def test_parent_that_ends_in_a_colon_gives_way_to_its_parts() -> None:
    text = "工会活动工作计划\n3月\n一、举办健身节:(3月10日—28日)\n1、棋牌赛\n4月\n2. 趣味赛 (4月19日);\n5月\n一、网球赛。"

    assert schedule_of(text) == [((3,), ["棋牌赛"]), ((4,), ["趣味赛 (4月19日)"]), ((5,), ["网球赛"])]


def test_lower_level_below_an_activity_is_its_note() -> None:
    text = "工会活动工作计划\n9月\n一、篮球赛。\n 1、第一阶段为小组赛\n 2、第二阶段为淘汰赛\n10月\n一、网球赛。\n11月\n足球赛"

    assert [(entry.months, [(item.title, item.note) for item in entry.items]) for entry in read_plan(text).schedule] == [
        ((9,), [("篮球赛", "第一阶段为小组赛；第二阶段为淘汰赛")]),
        ((10,), [("网球赛", "")]),
        ((11,), [("足球赛", "")]),
    ]


def test_holiday_alone_is_an_empty_month() -> None:
    plan = read_plan("工会工作计划\n一月：\n1、送温暖。\n二月：寒假。\n三月：\n1、教代会。")

    assert [entry.months for entry in plan.schedule] == [(1,), (3,)]
    assert fates_of(plan)[4] == (LineUse.IGNORED, IgnoredReason.EMPTY_MONTH)


def test_month_behind_the_item() -> None:
    text = "青松医院工会工作计划\n一、民主管理\n1、召开职代会（3月）。\n2、做好帮扶。\n二、文体活动\n1、羽毛球赛——9月\n2、摄影展 11月"

    assert schedule_of(text) == [((3,), ["召开职代会"]), ((9,), ["羽毛球赛"]), ((11,), ["摄影展"])]


def test_month_told_in_running_text_ends_at_the_comma() -> None:
    text = "工会工作计划\n一、指导思想:服务职工。\n二、主要工作\n工会将在今年十月份开展经验交流活动。十一月举办成果发布会,以推动工作。"

    assert schedule_of(text) == [((10,), ["开展经验交流活动"]), ((11,), ["举办成果发布会"])]


def test_work_told_as_done_is_no_activity() -> None:
    text = "工会工作计划\n一、前期工作\n1、5月份组织职工参加了知识竞赛。\n二、后期打算\n1、做好帮扶。"

    assert schedule_of(text) == []


def test_months_told_in_one_line() -> None:
    text = "工会工作计划\n1月：送温暖；制定计划。2月：元宵灯会。3月：三八节插花。"

    assert schedule_of(text) == [((1,), ["送温暖", "制定计划"]), ((2,), ["元宵灯会"]), ((3,), ["三八节插花"])]


def test_clauses_that_begin_with_verbs_are_split_when_the_line_is_the_whole_month() -> None:
    text = "工会工作计划\n三月份:召开会员会,推选代表。\n四月份:举办书画展,展现会员风采。"

    assert schedule_of(text) == [((3,), ["召开会员会", "推选代表"]), ((4,), ["举办书画展,展现会员风采"])]


def test_quarters_and_half_years() -> None:
    plan = read_plan("工会工作安排\n第一季度：\n1.教代会\n第二季度（4—6月）：\n1.运动会\n下半年：\n1.体检")

    assert [(entry.months, entry.half_year) for entry in plan.schedule] == [((1, 2, 3), None), ((4, 5, 6), None), ((), 2)]


def test_school_year_runs_over_new_year_in_its_own_order() -> None:
    text = "青松小学2026—2027学年工会工作计划\n九月：\n教师节庆祝\n十二月：\n教代会\n元月：\n迎新会"

    assert schedule_of(text) == [((9,), ["教师节庆祝"]), ((12,), ["教代会"]), ((1,), ["迎新会"])]


def test_numbered_months_are_no_pairs_of_months() -> None:
    text = "活动安排\n1、1月份：送温暖。\n2、2月份：灯谜会。\n3、3月份：踏青。"

    assert schedule_of(text) == [((1,), ["送温暖"]), ((2,), ["灯谜会"]), ((3,), ["踏青"])]


def test_week_without_dates_belongs_to_the_open_month() -> None:
    text = "行事历\n九月\n第一周：召开委员会\n第二周：教师节庆祝\n十月\n第五周：运动会"

    assert schedule_of(text) == [((9,), ["召开委员会", "教师节庆祝"]), ((10,), ["运动会"])]


def test_block_of_fields_under_the_name_of_an_activity() -> None:
    text = "工会活动工作计划\n一、趣味运动会\n时间：1月上旬\n负责人：体育组\n二、插花\n时间：2026年3月8日\n地点：会议室"
    first, second = read_plan(text).activities

    assert (first.title, first.owner) == ("趣味运动会", "体育组")
    assert (second.title, second.note, second.starts_on) == ("插花", "地点：会议室", date(2026, 3, 8))


def test_cells_that_stand_one_to_a_line() -> None:
    header = "分工会活动工作计划\n序号 |\n活动时间 |\n活动名称 |\n活动内容 |\n"
    text = header + "1 |\n2026年1月 |\n迎新会 |\n邀请退休教工 |\n2 |\n2026年9-10月 |\n合唱 |\n每组一首"

    assert schedule_of(text) == [((1,), ["迎新会"]), ((9, 10), ["合唱"])]


def test_row_without_time_takes_the_month_above_it() -> None:
    text = "工会活动安排表\n月份\t工作内容\t负责人\n3月\t插花\t女工委\n\t讲座\t女工委\n合计\t2项\t"
    plan = read_plan(text)

    assert [(entry.months, entry.items[0].title, entry.items[0].owner) for entry in plan.schedule] == [
        ((3,), "插花", "女工委"),
        ((3,), "讲座", "女工委"),
    ]
    assert fates_of(plan)[5] == (LineUse.IGNORED, IgnoredReason.TOTALS_ROW)


def test_owner_in_brackets_leaves_the_title() -> None:
    item = read_plan("工会工作安排\n3月：插花（负责人：李老师）\n4月：运动会\n5月：体检").activities[0]

    assert (item.title, item.owner) == ("插花", "李老师")


def test_headings_of_the_second_level_are_sections_when_something_stands_below() -> None:
    text = "工会工作计划\n一、主要工作\n（一）加强学习\n1、学习《工会法》。\n（二）做好服务\n1、做好体检。"

    assert sections_of(text) == [("一", "主要工作"), ("(一)", "加强学习"), ("(二)", "做好服务")]


def test_headings_of_the_second_level_are_measures_when_nothing_stands_below() -> None:
    text = "工会工作计划\n一、工作目标\n人人满意。\n二、主要措施\n（一）强化学习\n（二）做实关爱"

    assert [[measure.text for measure in section.measures] for section in read_plan(text).sections] == [[], ["强化学习", "做实关爱"]]


def test_headings_inside_a_line_are_found() -> None:
    text = "工会工作计划\n一、创建目标：人人学习。二、创建要求：分三步走。\n1、建立小组。"

    assert sections_of(text) == [("一", "创建目标"), ("二", "创建要求")]


def test_list_that_restarts_inside_a_section_opens_no_section() -> None:
    text = "工会工作计划\n一、目标\n人人学习。\n二、创建要求：主要途径如下：\n一、建立宣传栏。\n二、开展培训。\n三、创建规划\n分步推进。"

    assert sections_of(text) == [("一", "目标"), ("二", "创建要求"), ("三", "创建规划")]


def test_heading_ends_at_the_comma_when_its_paragraph_is_one_long_sentence() -> None:
    text = (
        "工会工作计划\n一、抓好劳动安全保护，认真贯彻安全第一的方针，教育会员提高防范意识，切实保障会员的人身安全，保证全年安全生产无事故，共建和谐家园。\n"
        "二、开展文体活动，搞好四个一，即组织一次庆祝，搞一次竞赛，举办一次球赛，召开一次推进会，丰富会员的业余生活，增强会员的体质。"
    )

    assert sections_of(text) == [("一", "抓好劳动安全保护"), ("二", "开展文体活动")]


def test_standing_duties_beside_the_months_are_measures() -> None:
    plan = read_plan("工会工作计划\n一、重点\n1、抓学习。\n二、时间安排\n3月：教代会\n5月：运动会\n每月：召开例会")

    assert [measure.text for measure in plan.sections[-1].measures] == ["每月：召开例会"]
    assert [entry.months for entry in plan.schedule] == [(3,), (5,)]


def test_years_are_named_most_frequent_first() -> None:
    plan = read_plan("2026年工会工作计划\n一、回望\n2025年打下了基础。\n二、2026年重点\n1、抓学习。")

    assert plan.years == (2026, 2025)


def test_cell_of_who_is_in_charge_is_no_activity() -> None:
    plan = read_plan("工会工作计划表\n月份\n工作内容\n责任人\n三月\n插花\n女工委\n四月\n1.教代会\n2.球赛\n工会主席")

    assert [(entry.months, [(item.title, item.owner) for item in entry.items]) for entry in plan.schedule] == [
        ((3,), [("插花", "女工委")]),
        ((4,), [("教代会", "工会主席"), ("球赛", "工会主席")]),
    ]


def test_list_numbers_that_lost_their_points() -> None:
    assert schedule_of("工会活动安排\n三月\n1召开委员会\n2教工踏青\n四月\n1教工体检") == [
        ((3,), ["召开委员会", "教工踏青"]),
        ((4,), ["教工体检"]),
    ]


def test_blanks_between_activities_when_a_blank_follows_the_month() -> None:
    assert schedule_of("工会工作安排\n4月 清明祭扫 春游\n5月 体检\n6月 六一慰问") == [
        ((4,), ["清明祭扫", "春游"]),
        ((5,), ["体检"]),
        ((6,), ["六一慰问"]),
    ]


def test_months_in_brackets() -> None:
    assert schedule_of("工会年度工作安排\n【三月】插花；植树\n（四月）春游") == [((3,), ["插花", "植树"]), ((4,), ["春游"])]


def test_section_that_looks_back_is_left_out() -> None:
    back = "工会2025年工作总结及2026年工作计划\n一、2025年工作总结\n1、3月召开了教代会。\n"
    text = f"{back}二、2026年工作计划\n（一）3月召开教代会。\n（二）5月组织体检。\n（三）9月慰问教师。"
    plan = read_plan(text)

    assert [entry.months for entry in plan.schedule] == [(3,), (5,), (9,)]
    assert fates_of(plan)[3] == (LineUse.IGNORED, IgnoredReason.ALREADY_DONE)


def test_week_of_a_table_takes_its_month_from_the_date_column() -> None:
    plan = read_plan("工会行事历安排\n周次|日期|工作内容|责任人\n1|9.1-9.5|制定计划|主席\n2|9.8-9.12||\n3|9.22-9.26|中秋慰问；小组会|组长")

    assert [(entry.months, [item.title for item in entry.items]) for entry in plan.schedule] == [
        ((9,), ["制定计划"]),
        ((9,), ["中秋慰问", "小组会"]),
    ]
    assert fates_of(plan)[4] == (LineUse.IGNORED, IgnoredReason.EMPTY_MONTH)


def test_name_of_a_term_closes_the_month() -> None:
    assert schedule_of("工会行事历安排\n第一学期\n九月：教师节\n一月：总结\n第二学期\n二月：计划") == [
        ((9,), ["教师节"]),
        ((1,), ["总结"]),
        ((2,), ["计划"]),
    ]


def test_fields_behind_the_name_on_its_line() -> None:
    first, second = read_plan("工会活动工作计划\n一、文体\n1.羽毛球赛 时间：4月 地点：体育馆\n2.登山（时间：10月 地点：西山）").activities

    assert (first.title, first.note) == ("羽毛球赛", "地点：体育馆")
    assert (second.title, second.note) == ("登山", "地点：西山")


def test_clause_that_counts_is_no_activity_of_its_own() -> None:
    assert schedule_of("工会全年活动安排\n3月：开展维权宣传，发放资料200份。\n4月：召开会员大会，改选委员。") == [
        ((3,), ["开展维权宣传，发放资料200份"]),
        ((4,), ["召开会员大会", "改选委员"]),
    ]


def test_theme_of_a_month_is_no_activity() -> None:
    assert schedule_of("工会工作要点\n四月（主题：阅读）\n1.读书会\n五月  主题：劳动最光荣\n1.劳动竞赛") == [
        ((4,), ["读书会"]),
        ((5,), ["劳动竞赛"]),
    ]


def test_prose_below_the_schedule_is_the_closing() -> None:
    plan = read_plan("工会工作安排\n三月份\n召开教代会。\n四月份\n体检。\n以上安排如有变动另行通知。")

    assert (plan.closing, len(plan.activities)) == ("以上安排如有变动另行通知。", 2)


def test_covering_letter_is_no_plan() -> None:
    letter = "关于印发《青松小学工会2026年工作计划》的通知\n各工会小组：\n现将计划印发给你们，请结合实际认真执行。\n"
    reading = read_text(f"{letter}青松小学工会2026年工作计划\n一、重点工作\n1.学习。\n二、时间安排\n2月 制定计划\n3月 插花\n4月 教代会")

    assert [document.kind for document in reading.documents] == [DocumentKind.OTHER, DocumentKind.PLAN]


def test_second_level_that_holds_months_stays_a_section() -> None:
    months = "1.3月：插花。\n2.5月：技能比武。\n3.10月：运动会。\n"
    text = f"工会工作计划\n一、主要任务\n（一）抓学习\n1.读书。\n（二）文体\n{months}二、要求\n1.认真。"

    assert sections_of(text) == [("一", "主要任务"), ("(一)", "抓学习"), ("(二)", "文体"), ("二", "要求")]


def test_text_far_longer_than_a_plan_is_read_as_far_as_plans_go_and_says_so() -> None:
    text = "青松小学工会工作计划\n三月：\n1、三八节插花。\n" + "好" * (CHARACTERS_READ - 20) + "\n四月：\n1、健步走。"

    plan = read_plan(text)

    assert [(entry.months, [item.title for item in entry.items]) for entry in plan.schedule] == [((3,), ["三八节插花"])]
    assert [fates_of(plan)[line] for line in (5, 6)] == [(LineUse.IGNORED, IgnoredReason.BEYOND_LIMIT)] * 2


def test_numbers_that_run_on_across_the_months_are_items_with_their_notes() -> None:
    text = """工会文体计划
【3月】
一、健身操展演
地点：礼堂
二、象棋赛
录取：取前三名
【7—8月】
教工疗休养
名额另行通知
【9月】
三、气排球赛
每队限报八人
"""

    assert schedule_of(text) == [((3,), ["健身操展演", "象棋赛"]), ((7, 8), ["教工疗休养"]), ((9,), ["气排球赛"])]


def test_year_and_month_in_figures_head_a_month() -> None:
    text = "工会活动日程\n2026.03\n▲女工插花\n2026.04\n▲拔河赛\n2026.11\n▲会员体检\n"

    assert schedule_of(text) == [((3,), ["女工插花"]), ((4,), ["拔河赛"]), ((11,), ["会员体检"])]


def test_bracketed_numbers_without_a_full_stop_before_them_part_the_line() -> None:
    assert schedule_of("工会安排\n5月：(1)插花(2)法律讲座(3)春游\n6月：义诊") == [((5,), ["插花", "法律讲座", "春游"]), ((6,), ["义诊"])]


def test_months_in_the_prose_above_the_measures_of_a_section_are_read() -> None:
    text = """工会工作计划
一、丰富生活
全年活动这样安排：三月份组织女工植树，五月份举办职工拔河赛。
1、每周开放活动室。
2、每月更换黑板报。
二、关心职工
1、建好困难职工档案。
"""

    assert schedule_of(text) == [((3,), ["组织女工植树"]), ((5,), ["举办职工拔河赛"])]


def test_rules_below_a_numbered_activity_with_its_month_behind_are_not_its_name() -> None:
    text = """工会体育计划
一、机构
文体委员负责。
二、项目
1) 飞盘赛——3月
赛制：循环赛
奖励：取前两名
2) 跳绳赛——4月
每队六人
"""

    assert schedule_of(text) == [((3,), ["飞盘赛"]), ((4,), ["跳绳赛"])]


def test_month_in_the_middle_of_a_sentence_of_prose() -> None:
    text = """工会工作计划
一、提升素质。平时用好书屋。组织教工参观气象台定在4月中旬。办好黑板报。
二、丰富生活。排球赛的时间为五月；迎新联欢于12月底举行。支持协会活动。
"""

    assert schedule_of(text) == [((4,), ["组织教工参观气象台"]), ((5,), ["排球赛"]), ((12,), ["迎新联欢"])]


def test_minutes_that_resolve_what_each_month_brings_are_a_plan() -> None:
    text = """青松厂工会一届二次委员会会议纪要
时间：2026年1月8日
一、听取汇报
2025年10月组织疗休养3批。
二、会议决定
决议一：3月设立读书角，由宣传委员负责。
决议二：4月举办叉车比武，由生产委员负责。
决议三：5月评选岗位明星。
"""

    assert schedule_of(text) == [((3,), ["设立读书角"]), ((4,), ["举办叉车比武"]), ((5,), ["评选岗位明星"])]


def test_lines_below_numbered_activities_that_begin_with_their_month_are_rules() -> None:
    text = (
        "云河医院工会文体活动计划\n一、3月份：职工踢毽赛\n计分：一分钟内累计个数\n分组抽签，三局两胜\n二、5月份：钓鱼友谊赛\n用具自备，注意安全\n"
        "三、9月份：趣味接力\n四、12月份：迎新长跑\n男子3000米，女子1500米"
    )

    assert [(entry.months, [(item.title, item.note) for item in entry.items]) for entry in read_plan(text).schedule] == [
        ((3,), [("职工踢毽赛", "计分：一分钟内累计个数；分组抽签，三局两胜")]),
        ((5,), [("钓鱼友谊赛", "用具自备，注意安全")]),
        ((9,), [("趣味接力", "")]),
        ((12,), [("迎新长跑", "男子3000米，女子1500米")]),
    ]


def test_points_to_note_below_the_last_month_are_no_activities() -> None:
    text = (
        "青松小学工会工作计划\n五月份：\n1、健步走\n2、插花赛\n六月份：\n1、资料归档\n注意事项：\n"
        "1、各项活动提前一周报方案。\n2、外出购买意外保险。"
    )

    assert schedule_of(text) == [((5,), ["健步走", "插花赛"]), ((6,), ["资料归档"])]
