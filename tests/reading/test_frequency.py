"""How often a duty recurs, read from its sentence."""

import pytest

from unionboard.reading.draft import Frequency, Period
from unionboard.reading.frequency import find_frequencies, find_frequency


@pytest.mark.parametrize(
    ("text", "period", "times_min", "times_max"),
    [
        # once per period
        ("坚持两周一次的主席例会", Period.FORTNIGHT, 1, 1),
        ("每两周碰头一次", Period.FORTNIGHT, 1, 1),
        ("每周一次的小组学习", Period.WEEK, 1, 1),
        ("每周组织一次健步走", Period.WEEK, 1, 1),
        ("每周三下午开放活动室", Period.WEEK, 1, 1),
        ("校务每月一公开", Period.MONTH, 1, 1),
        ("一月一次的例会", Period.MONTH, 1, 1),
        ("每月为会员过集体生日", Period.MONTH, 1, 1),
        ("按月收缴会费", Period.MONTH, 1, 1),
        ("每个季度检查一次食堂", Period.QUARTER, 1, 1),
        ("每一季度的健康讲座", Period.QUARTER, 1, 1),
        ("每季度开展一次读书沙龙", Period.QUARTER, 1, 1),
        ("每半年公布一次账目", Period.HALF_YEAR, 1, 1),
        ("每学期末办一次交流会", Period.TERM, 1, 1),
        ("学期初按时召开一次教代会", Period.TERM, 1, 1),
        ("一学期一次家访", Period.TERM, 1, 1),
        ("每学年向会员公布一次会费", Period.YEAR, 1, 1),
        ("学年终民主评议一次", Period.YEAR, 1, 1),
        ("每年一次女教工体检", Period.YEAR, 1, 1),
        ("做好一年一度的“三八”庆祝", Period.YEAR, 1, 1),
        ("每年向会员作工作汇报", Period.YEAR, 1, 1),
        ("年内组织一次疗休养", Period.YEAR, 1, 1),
        ("全体教工两年一次体检", Period.TWO_YEARS, 1, 1),
        ("体检工作（2年一次）", Period.TWO_YEARS, 1, 1),
        ("二年一次的暑期休养", Period.TWO_YEARS, 1, 1),
        ("每天做工间操", Period.DAY, 1, 1),
        # several times, ranges, bounds
        ("平均每月二篇宣传稿件", Period.MONTH, 2, 2),
        ("每月组织志愿服务2次", Period.MONTH, 2, 2),
        ("每月向上级报送1份简报", Period.MONTH, 1, 1),
        ("每学期记读书笔记10篇", Period.TERM, 10, 10),
        ("每学期写心得十二篇", Period.TERM, 12, 12),
        ("坚持每学年召开1－2次教代会", Period.YEAR, 1, 2),
        ("每学期举办两到三次讲座", Period.TERM, 2, 3),
        ("每学期召开一至二次座谈会", Period.TERM, 1, 2),
        ("每年召开二三次恳谈会", Period.YEAR, 2, 3),
        ("每年至少两次教代会和每年一次民主评议", Period.YEAR, 2, 2),
        ("一学期至少召开两次小组会", Period.TERM, 2, 2),
        ("全年召开委员会不少于4次", Period.YEAR, 4, 4),
        ("每学期不超过3次", Period.TERM, 1, 3),
        ("每两个月出一期简报", Period.YEAR, 6, 6),
        # a counted frequency goes before an uncounted one
        ("每月一公开，特殊事情随时公开", Period.MONTH, 1, 1),
        ("安排女教工每年检查一次、全体教工两年一次体检", Period.YEAR, 1, 1),
        # no count at all
        ("活动室常年开放", Period.STANDING, 1, 1),
        ("经常性开展谈心", Period.STANDING, 1, 1),
        ("定期召开信息员会", Period.STANDING, 1, 1),
        ("不定期抽查", Period.STANDING, 1, 1),
        ("适时组织座谈", Period.STANDING, 1, 1),
        ("长期公布，定期更换", Period.STANDING, 1, 1),
        ("每天7：00-7：30开放健身房", Period.STANDING, 1, 1),
        ("坚持五必访制度", Period.ON_EVENT, 1, 1),
        ("教职工生病住院必访", Period.ON_EVENT, 1, 1),
        ("特殊事情随时公开", Period.ON_EVENT, 1, 1),
        ("每逢传统佳节慰问会员", Period.ON_EVENT, 1, 1),
    ],
)
def test_frequency_of_a_sentence(text: str, period: Period, times_min: int, times_max: int) -> None:
    found = find_frequency(text)

    assert found is not None
    assert (found.period, found.times_min, found.times_max) == (period, times_min, times_max)


@pytest.mark.parametrize(
    "text",
    [
        "召开工会小组会",
        "八届四次教代会",
        "二月一日开学",
        "十一月召开一次座谈会",
        "3月开展一次乒乓球比赛",
        "第一学期开展一次活动",
        "做到每位代表一案",
        "一年来的工作",
        "一年级组织参观",
        "这是一项长期的任务",
        "上半年工作总结2篇",
        "三年一次换届",
        "",
    ],
)
def test_sentence_without_frequency(text: str) -> None:
    assert find_frequency(text) is None


def test_phrase_is_the_words_of_the_text_as_written() -> None:
    assert find_frequency("三、坚持每学年召开1－2次教代会。") == Frequency(Period.YEAR, 1, 2, phrase="每学年召开1－2次")


def test_count_of_another_period_is_not_taken() -> None:
    assert find_frequency("每年安排好女教工检查和两年一次的全体体检") == Frequency(Period.YEAR, 1, 1, phrase="每年")


def test_count_in_another_clause_is_not_taken() -> None:
    assert find_frequency("每学期听取意见，评选10篇论文") == Frequency(Period.TERM, 1, 1, phrase="每学期")


def test_people_and_money_are_no_counts() -> None:
    assert find_frequency("每年安排30名会员疗休养") == Frequency(Period.YEAR, 1, 1, phrase="每年")
    assert find_frequency("会费每月10元") == Frequency(Period.MONTH, 1, 1, phrase="每月")


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("每年组织好女教工妇科检查和两年一次的全体教工体检", ["每年", "两年一次"]),
        ("每年至少两次教代会和每年一次民主评议", ["每年至少两次", "每年一次"]),
        ("每月召开一次例会，每学期总结一次", ["每月召开一次", "每学期总结一次"]),
        ("每月一公开，特殊事情随时公开", ["每月一公开"]),
        ("每月一次的月例会", ["每月一次"]),  # said twice, one duty
        ("每月召开一次大会，时间安排在每月最后一个周五", ["每月召开一次"]),
        ("每学期末办一次交流会", ["每学期末办一次"]),
        ("每學期召開一次座談會", ["每學期召開一次"]),
        ("每天7：00-7：30开放健身房", []),
        ("常年开放", []),
        ("召开工会小组会", []),
    ],
)
def test_counted_frequencies_of_a_sentence(text: str, phrases: list[str]) -> None:
    assert [found.frequency.phrase for found in find_frequencies(text)] == phrases


def test_frequencies_say_where_they_stand() -> None:
    text = "每年组织妇科检查和两年一次的全体体检"

    assert [(found.start, found.end) for found in find_frequencies(text)] == [(0, 2), (9, 13)]
