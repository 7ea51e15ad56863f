"""Words that say when."""

import pytest

from unionboard.reading.heads import find_head
from unionboard.reading.lines import fold
from unionboard.reading.months import span_months


@pytest.mark.parametrize(
    ("line", "months", "rest"),
    [
        ("二月:", (2,), ""),
        ("４月份", (4,), ""),
        ("元月：", (1,), ""),
        ("七、八月:", (7, 8), ""),
        ("三、四、五月份：合唱", (3, 4, 5), "合唱"),
        ("一至二月份:走访", (1, 2), "走访"),
        ("七月份至八月份:疗养", (7, 8), "疗养"),
        ("十一月份 十二月份:归档", (11, 12), "归档"),
        ("11月—次年1月：总结", (11, 12, 1), "总结"),
        ("2026年9-12月", (9, 10, 11, 12), ""),
        ("三月份召开会员会。", (3,), "召开会员会。"),
        ("四月、参加球赛", (4,), "参加球赛"),
        ("八月底：碰头会", (8,), "碰头会"),
        ("3月中旬推选代表", (3,), "推选代表"),
        ("五月份工作安排：", (5,), ""),
        ("九月（师德建设月）：", (9,), ""),
        ("第二季度：", (4, 5, 6), ""),
        ("三季度（7-9月）：疗养", (7, 8, 9), "疗养"),
        ("暑期：", (7, 8), ""),
        ("（十二）十二月：①总结", (12,), "①总结"),
        ("1、20xx年元月迎新会。", (1,), "迎新会。"),
        ("2、2026年3月：跳绳赛", (3,), "跳绳赛"),
        ("三、七月份：疗养", (7,), "疗养"),
    ],
)
def test_month_head_is_read(line: str, months: tuple[int, ...], rest: str) -> None:
    head = find_head(fold(line))

    assert head is not None
    assert (head.time.months, line[head.rest :]) == (months, rest)


@pytest.mark.parametrize(
    "line",
    [
        "3月17日中午，会议室里暖意融融",
        "9月9日，区教育工作会议召开",
        "1.9月1日，学校召开了会议",
        "2026年2月18日",
        "一月一次的例会",
        "三届七次教代会",
        "七、认真做好女教工工作",
        "二、民主管理工作",
        "三个代表学习",
        "十个五活动",
        "三月以来，工会做了许多工作",
        "7：00-7：30开放健身房",
        "三.八妇女节活动",
    ],
)
def test_line_that_only_looks_like_a_month_is_no_head(line: str) -> None:
    assert find_head(fold(line)) is None


def test_half_year_head_names_no_months() -> None:
    head = find_head(fold("下半年："))

    assert head is not None
    assert (head.time.months, head.time.half_year) == ((), 2)


def test_day_head_gives_month_and_day() -> None:
    head = find_head(fold("3月8日：健步走"))

    assert head is not None
    assert (head.time.day_from, head.time.day_to) == ((3, 8), (3, 8))


def test_week_takes_its_month_from_the_dates_beside_it() -> None:
    head = find_head(fold("第5周（9月29日—10月3日）：慰问"))

    assert head is not None
    assert (head.time.months, head.time.day_from, head.time.day_to) == ((9, 10), (9, 29), (10, 3))


def test_marked_month_is_no_pair_when_the_months_are_numbered() -> None:
    head = find_head(fold("一、二月"), lists=False)

    assert head is not None
    assert head.time.months == (2,)


def test_span_runs_over_new_year() -> None:
    assert span_months(11, 2) == (11, 12, 1, 2)
