"""Words, names and marks."""

from typing import Any

import pytest

from tests.drafting.lints.makers import check, codes, make_passage, own
from unionboard.drafting.lints import Code, mend_text

LANGUAGE = {
    Code.EMPTY_PHRASE,
    Code.PLACEHOLDER,
    Code.FORBIDDEN_SPENDING,
    Code.EVENT_NAME,
    Code.OFFICIAL_NAME,
    Code.MIXED_NUMERALS,
    Code.DATE_STYLE,
    Code.HALF_WIDTH,
}


def found(text: str, **known: Any) -> list[tuple[Code, str]]:
    return [(one.code, one.words) for one in check(make_passage(None, text), **known) if one.code in LANGUAGE]


def mended(text: str, **known: Any) -> str:
    passage = own(text)
    return mend_text(passage.shown, next(one for one in check(passage, **known) if one.code in LANGUAGE))


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("活动取得圆满成功。", (Code.EMPTY_PHRASE, "圆满")),
        ("得到一致好评。", (Code.EMPTY_PHRASE, "一致好评")),
        ("学习xx精神。", (Code.PLACEHOLDER, "xx")),
        ("20xx年开展活动。", (Code.PLACEHOLDER, "20xx年")),
        ("参加“”国际志愿者日活动。", (Code.PLACEHOLDER, "“”")),
        ("组织会员泡温泉。", (Code.FORBIDDEN_SPENDING, "温泉")),
        ("发放超市购物卡。", (Code.FORBIDDEN_SPENDING, "购物卡")),
        ("中秋节慰问发放现金。", (Code.FORBIDDEN_SPENDING, "现金")),
        ("举办三八妇女节茶话会。", (Code.EVENT_NAME, "三八")),
        ("组织女工委学习。", (Code.OFFICIAL_NAME, "女工委")),
        ("学习工会法和教师法。", (Code.OFFICIAL_NAME, "工会法")),
        ("于2026.3.8开展活动。", (Code.DATE_STYLE, "2026.3.8")),
        ("认真学习,积极参加。", (Code.HALF_WIDTH, ",")),
    ],
)
def test_word_is_told_in_generated_text_too(text: str, remark: tuple[Code, str]) -> None:
    assert found(text)[0] == remark


@pytest.mark.parametrize(
    "text",
    [
        "参观“显著成绩”图片展。",
        "开展禁烟宣传，登记现金日记账。",
        "庆祝“三八”国际妇女节，获评全国三八红旗手和五一劳动奖章。",
        "十一月八日座谈。",
        "中华全国总工会女职工委员会来访。",
        "学习《工会法》《中华人民共和国教师法》，开展工会法律援助。",
        "培训工会经审委员。",
        "3月8日，3.5小时，第1.2节。",
        "看“ABC,DEF”演出。",
        "【待补充：xx】",
    ],
)
def test_harmless_words_are_let_be(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("活动取得显著成绩。", "活动取得成绩。"),
        ("举办三八妇女节茶话会。", "举办“三八”妇女节茶话会。"),
        ("举办三.八妇女节茶话会。", "举办“三八”妇女节茶话会。"),
        ("五一前夕慰问劳模。", "“五一”前夕慰问劳模。"),
        ("在全国总工会领导下。", "在中华全国总工会领导下。"),
        ("登记台帐。", "登记台账。"),
        ("学习工会法。", "学习《工会法》。"),
        ("于2026.3.8开展活动。", "于2026年3月8日开展活动。"),
        ("03月08日座谈。", "3月8日座谈。"),
        ("认真学习,积极参加(自愿)。", "认真学习，积极参加（自愿）。"),
        ("培训三次，参加58人，走访五户。", "培训3次，参加58人，走访5户。"),
    ],
)
def test_word_is_mended(text: str, right: str) -> None:
    assert mended(text) == right


def test_body_above_is_called_as_the_union_knows_it() -> None:
    assert mended("在市教育工会和党支部领导下。", higher_union="区教育工会") == "在区教育工会和党支部领导下。"


@pytest.mark.parametrize("text", ["在区教育工会领导下。", "在上级工会的正确领导下。"])
def test_body_above_by_its_name_is_let_be(text: str) -> None:
    assert found(text, higher_union="区教育工会") == []


def test_weak_word_is_told_only_of_own_sentences_without_a_figure() -> None:
    assert codes(own("凝聚力进一步增强。")) == [Code.EMPTY_PHRASE]
    assert Code.EMPTY_PHRASE not in codes(own("参加率进一步提高到98%。"))
    assert codes(make_passage(None, "凝聚力进一步增强。")) == []


@pytest.mark.parametrize("text", ["培训三次。", "每月一次例会，58人参加。", "四个社团58人参加。", "五届三次教代会58人参加。"])
def test_numerals_of_one_kind_are_let_be(text: str) -> None:
    assert Code.MIXED_NUMERALS not in codes(own(text))


def test_placeholder_in_the_title_is_told() -> None:
    assert [(one.code, one.block) for one in check(title="xx小学工会2026年工作总结")] == [(Code.PLACEHOLDER, "title")]


def test_english_words_are_read() -> None:
    told = check(own("The contest was a great success, and further progress was made."), language="en")

    assert [(one.code, one.words) for one in told if one.code in LANGUAGE] == [
        (Code.EMPTY_PHRASE, "great success"),
        (Code.EMPTY_PHRASE, "further"),
    ]


def test_forbidden_spending_is_told_in_english() -> None:
    assert found("Gift coupons were handed out.", language="en") == [(Code.FORBIDDEN_SPENDING, "gift coupon")]


def test_chinese_marks_are_not_asked_of_english() -> None:
    assert codes(make_passage(None, "趣味运动会, held in May: 58 people."), language="en") == []
