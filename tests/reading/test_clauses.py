"""One sentence, several activities or one: what can be ticked off on its own, and what only tells about it."""

import pytest

from unionboard.reading.activities import read_activities
from unionboard.reading.lines import Passage, fold


def read(words: str) -> list[tuple[str, str]]:
    return [(found.activity.title, found.activity.note) for found in read_activities(Passage(words, fold(words), (1,)), numbered=True)]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("走访三户病困会员，给夜班组送去热水壶。", ["走访三户病困会员", "给夜班组送去热水壶"]),
        ("评选岗位明星，举办叉车技能比武", ["评选岗位明星", "举办叉车技能比武"]),
        ("召开会员大会，民主评议工会委员，上报全年小结", ["召开会员大会", "民主评议工会委员", "上报全年小结"]),
        ("开办暑期托管班，并为门卫岗亭补充饮用水", ["开办暑期托管班", "为门卫岗亭补充饮用水"]),
        ("清点小家物品、做好资产登记", ["清点小家物品", "做好资产登记"]),
        ("教工拔河赛、退休教师健步走", ["教工拔河赛", "退休教师健步走"]),
        ("女职工权益讲座，办理互助保险续保", ["女职工权益讲座", "办理互助保险续保"]),
    ],
)
def test_clauses_that_can_be_ticked_off_alone_are_activities(words: str, titles: list[str]) -> None:
    assert read(words) == [(title, "") for title in titles]


@pytest.mark.parametrize(
    "words",
    [
        "召开工会委员会，审议上年决算",
        "开展安全月活动，组织灭火演练",
        "走访困难会员，慰问退休老师",
        "举办茶艺沙龙，组织女教师参加",
        "印发评比办法，明确评分标准",
        "举行表彰会，宣传身边榜样",
        "举办拔河赛、跳绳赛",
    ],
)
def test_clauses_that_say_what_it_is_made_of_stay_with_it(words: str) -> None:
    assert read(words) == [(words, "")]


@pytest.mark.parametrize(
    ("words", "title", "note"),
    [
        ("举行诗词诵读赛，各组至少选派两人", "举行诗词诵读赛", "各组至少选派两人"),
        ("更新阅览角图书，新增图书不少于80册，让大家有书可读", "更新阅览角图书", "新增图书不少于80册，让大家有书可读"),
        ("教工飞盘赛，地点在东操场", "教工飞盘赛", "地点在东操场"),
        ("秋日野餐会，滨河公园", "秋日野餐会", "滨河公园"),
        ("召开三届二次职代会，审议校长工作报告、财务报告", "召开三届二次职代会", "审议校长工作报告、财务报告"),
        ("以世界读书日为契机，举办换书集市", "举办换书集市", "以世界读书日为契机"),
        ("女教师编织课（4月9日下午3:30，美术教室）", "女教师编织课", "美术教室"),
        ("我们打算去敬老院包馄饨，每个组都要有人参加", "去敬老院包馄饨", "每个组都要有人参加"),
        ("接力跑（东操场，遇雨顺延）", "接力跑", "东操场，遇雨顺延"),
    ],
)
def test_words_that_tell_how_or_where_become_a_note(words: str, title: str, note: str) -> None:
    assert read(words) == [(title, note)]
