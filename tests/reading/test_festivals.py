"""Festivals named as a time, and what only sounds like one."""

import pytest

from unionboard.reading.draft import FestivalTime
from unionboard.reading.festivals import find_festivals, is_on_the_day, name_only


def names(text: str) -> list[str]:
    """The codes found, with + after those whose eve is meant."""
    return [found.code + "+" * found.eve for found in find_festivals(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # one festival, in its many spellings
        ("开展“三八”节庆祝活动", ["WOMENS_DAY"]),
        ("三八节健步走", ["WOMENS_DAY"]),
        ("三.八女教工座谈", ["WOMENS_DAY"]),
        ("“三、八”联谊", ["WOMENS_DAY"]),
        ("“三 · 八”国际劳动妇女节", ["WOMENS_DAY"]),
        ("3.8妇女节插花", ["WOMENS_DAY"]),
        ("妇女节茶话会", ["WOMENS_DAY"]),
        ("“五一”国际劳动节趣味运动会", ["LABOUR_DAY"]),
        ("纪念“五·四”青年节", ["YOUTH_DAY"]),
        ("五·一二护士节授帽", ["NURSES_DAY"]),
        ("端午包粽子", ["DRAGON_BOAT"]),
        ("庆六一亲子游园", ["CHILDRENS_DAY"]),
        ("“七一”重温誓词", ["PARTY_DAY"]),
        ("“八一”慰问退役军人", ["ARMY_DAY"]),
        ("庆祝教师节", ["TEACHERS_DAY"]),
        ("中秋赏月", ["MID_AUTUMN"]),
        ("“十一”期间值班", ["NATIONAL_DAY"]),
        ("重阳节看望退休教师", ["DOUBLE_NINTH"]),
        ("庆元旦联欢", ["NEW_YEAR"]),
        ("元宵猜灯谜", ["LANTERN"]),
        ("腊八送粥", ["LABA"]),
        ("清明祭扫", ["QINGMING"]),
        # several
        ("春节、中秋节慰问会员", ["SPRING_FESTIVAL", "MID_AUTUMN"]),
        ("“两节”送温暖", ["NEW_YEAR", "SPRING_FESTIVAL"]),
        ("中秋、国庆两节期间走访", ["MID_AUTUMN", "NATIONAL_DAY"]),
        # the days before
        ("春节、中秋节、国庆节前夕慰问", ["SPRING_FESTIVAL+", "MID_AUTUMN+", "NATIONAL_DAY+"]),
        ("教师节前表彰先进", ["TEACHERS_DAY+"]),
        ("端午节来临之际送祝福", ["DRAGON_BOAT+"]),
        ("元旦、春节等传统节日前夕走访", ["NEW_YEAR+", "SPRING_FESTIVAL+"]),
        ("在春节、古尔邦节前夕做好慰问", ["SPRING_FESTIVAL+"]),
        ("迎国庆歌咏比赛", ["NATIONAL_DAY+"]),
        ("庆元旦、迎新春联欢", ["NEW_YEAR", "SPRING_FESTIVAL+"]),
        ("春节前后走访", ["SPRING_FESTIVAL"]),
    ],
)
def test_festivals_of_a_text(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "推荐“五一劳动奖章”",
        "弘扬五四精神",
        "学习五四运动史",
        "评选三八红旗手",
        "落实“五一口号”",
        "组织参观八一路小学",
        "关心六一班的家长",
        "“书香三八”读书活动",
        "五·一二防灾减灾演练",
        "听评课两节",
        "每学期两节公开课",
        "三、八月份值班",
        "十一月召开大会",
        "“十一五”规划",
        "二十五一组",
        "新年度工作安排",
        "唱响青春节拍",
        "春节后召开委员会",
        "召开工会小组会",
    ],
)
def test_text_without_a_festival(text: str) -> None:
    assert find_festivals(text) == ()


def test_festival_named_twice_is_found_once() -> None:
    assert find_festivals("教师节座谈，教师节慰问") == (FestivalTime("TEACHERS_DAY"),)


@pytest.mark.parametrize(
    ("title", "is_on_it"),
    [
        ("庆祝教师节", True),
        ("庆祝第40个教师节", True),
        ("开展“三八”节庆祝活动", True),
        ("举办“三八”节女教工陶艺体验", True),
        ("组织教职工子女庆六一", True),
        ("元宵猜灯谜", True),
        ("“三八”系列活动", False),
        ("“三八”维权周", False),
        ("教师节评选优秀教师", False),
        ("春节走访慰问", False),
        ("筹备教师节庆祝活动", False),
        ("布置校园环境，教师节用", False),
        ("召开座谈会", False),
    ],
)
def test_activity_held_on_the_festival_itself(title: str, is_on_it: bool) -> None:
    assert is_on_the_day(title) is is_on_it


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("春节、中秋节慰问", "MID_AUTUMN", "中秋节慰问"),
        ("庆祝“三八”、“五一”活动", "LABOUR_DAY", "庆祝“五一”活动"),
        ("春節、中秋節慰問", "SPRING_FESTIVAL", "春節慰問"),
        ("组织“三八节”、“中秋节”“国庆节”活动", "MID_AUTUMN", "组织“中秋节”活动"),
        ("利用“五一”、“十一”开展活动", "NATIONAL_DAY", "利用“十一”开展活动"),
        ("教师节慰问", "TEACHERS_DAY", "教师节慰问"),
        ("春节、中秋节慰问", "NEW_YEAR", "春节、中秋节慰问"),
    ],
)
def test_list_of_festivals_is_cut_down_to_one(text: str, code: str, named: str) -> None:
    assert name_only(text, code) == named
