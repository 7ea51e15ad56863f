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
