"""Headings without a number that the shape of a document shows, and lines that only look like them."""

from tests.reading.views import read_plan, schedule_of, sections_of


def _headings(text: str) -> list[str]:
    return [heading for _, heading in sections_of(text)]


def test_short_lines_below_a_blank_line_and_above_their_text() -> None:
    text = "青松小学工会工作计划\n\n民主管理\n完善教代会制度。\n\n关爱帮扶\n走访困难教工。\n\n文体活动\n举办健步走。"

    assert _headings(text) == ["民主管理", "关爱帮扶", "文体活动"]


def test_heading_below_the_months_ends_the_last_month() -> None:
    text = "青松小学工会活动安排\n\n活动月份\n三月\n踏青\n四月\n球赛\n\n奖励办法\n各项活动取前三名。\n\n经费来源\n会费列支。"

    assert schedule_of(text) == [((3,), ["踏青"]), ((4,), ["球赛"])]


def test_activities_of_a_month_between_blank_lines_are_no_headings() -> None:
    text = "青松小学工会活动安排\n三月\n\n女教工插花\n地点:多功能厅\n\n四月\n\n教工篮球赛\n地点:体育馆\n\n五月\n\n红歌会\n地点:礼堂"

    assert [len(items) for _, items in schedule_of(text)] == [1, 1, 1]
    assert _headings(text) == []


def test_signature_between_blank_lines_is_no_heading() -> None:
    text = "青松小学工会计划\n\n民主管理\n完善教代会制度。\n\n关爱帮扶\n走访困难教工。\n\n青松小学工会\n2026年1月6日"

    assert _headings(text) == ["民主管理", "关爱帮扶"]
    assert read_plan(text).signed_by == "青松小学工会"


def test_lines_behind_one_sign_above_lines_without_it() -> None:
    text = "青松医院工会计划\n★ 工作方针\n服务临床一线。\n★ 主要抓手\n职工书屋一起建。\n★ 注意事项\n活动前联系排班组。"

    assert _headings(text) == ["工作方针", "主要抓手", "注意事项"]


def test_parts_that_one_word_counts() -> None:
    text = "青松公司工会重点项目\n项目一 技能提升\n完善师徒结对办法。\n项目二 民主管理\n完善提案办法。"

    assert _headings(text) == ["项目一 技能提升", "项目二 民主管理"]


def test_projects_with_fields_are_activities() -> None:
    text = "青松公司工会活动计划\n项目一：技能比武\n时间：5月\n项目二：篮球赛\n时间：9月"

    assert _headings(text) == []


def test_parts_that_end_in_one_word() -> None:
    text = "青松中学工会计划\n教工发展篇\n青年教师展评（4月）\n温暖关怀篇\n退休教师送花（9月）"

    assert _headings(text) == ["教工发展篇", "温暖关怀篇"]
    assert schedule_of(text) == [((4,), ["青年教师展评"]), ((9,), ["退休教师送花"])]


def test_short_lines_without_a_full_stop_above_lines_that_have_one() -> None:
    text = (
        "青松社区工会计划\n组织建设\n新建工会小组。\n关爱服务\n建立困难档案。\n活动安排\n一月\n写春联\n十月\n敬老\n经费保障\n从会费中列支。"
    )

    assert _headings(text) == ["组织建设", "关爱服务", "活动安排", "经费保障"]
    assert schedule_of(text)[-1] == ((10,), ["敬老"])


def test_heading_in_a_frame_before_its_text() -> None:
    text = "青松街道工会计划\n【思想引领】组织职工学习工会法。\n【普惠关爱】3月开展女职工体检；7月送清凉。"

    assert _headings(text) == ["思想引领", "普惠关爱"]
    assert schedule_of(text) == [((3,), ["开展女职工体检"]), ((7,), ["送清凉"])]


def test_frames_inside_a_month_are_no_headings() -> None:
    text = "青松街道工会计划\n三月\n【民主】召开职代会\n【关爱】走访老会员\n四月\n【文体】健步走"

    assert _headings(text) == []
    assert schedule_of(text) == [((3,), ["【民主】召开职代会", "【关爱】走访老会员"]), ((4,), ["【文体】健步走"])]


def test_roman_numbers_head_sections() -> None:
    assert sections_of("青松公司工会计划\nⅠ. 工作目标\n职工满意。\nⅡ. 重点工作\n办好协会。") == [("I", "工作目标"), ("Ⅱ", "重点工作")]


def test_number_that_goes_on_with_the_headings_ends_the_months() -> None:
    text = "青松小学工会计划\n1. 师德\n开展读书。\n2. 民主\n开好教代会。\n3. 月份活动\n3月：插花\n4月：踏青\n9月：茶会\n4. 保障\n落实经费。"

    assert schedule_of(text) == [((3,), ["插花"]), ((4,), ["踏青"]), ((9,), ["茶会"])]


def test_notes_below_the_last_month_are_no_activities() -> None:
    text = "青松厂工会活动安排\n1月：送温暖\n3月：插花\n12月：表彰\n说明：\n1、时间可调整。\n2、会费列支。\n二〇二六年一月"

    assert schedule_of(text)[-1] == ((12,), ["表彰"])


def test_heading_and_its_text_with_only_a_gap_between_them() -> None:
    guiding = "一、指导思想 以工会章程为依据，围绕园所发展规划，发挥工会各项职能。"
    text = f"青松幼儿园工会计划\n{guiding}\n二、主要工作 、加强园务公开，坚持重大事项公示。 、开展师德承诺活动。"

    assert _headings(text) == ["指导思想", "主要工作"]


def test_stems_before_a_gap_head_sections() -> None:
    assert sections_of("仁和書院工會計劃\n甲　引言\n同工合作。\n乙　方針\n增進福利。") == [("甲", "引言"), ("乙", "方針")]
