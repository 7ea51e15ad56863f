"""Running text, numbers of headings, levels of paragraphs, gaps."""

import pytest

from unionboard.drafting.document import (
    Level,
    find_gaps,
    join_sentences,
    number_heading,
    read_paragraphs,
    split_sentences,
    strip_number,
)
from unionboard.drafting.figures import Source
from unionboard.drafting.numbers import share_text
from unionboard.drafting.phrases import Sentence

ONE, TWO = Sentence("召开教代会。", (Source("check_off", 1),)), Sentence("收到提案3件。", (Source("check_off", 2),))


def test_chinese_sentences_join_without_and_english_with_a_space() -> None:
    assert join_sentences([ONE, TWO]) == "召开教代会。收到提案3件。"
    assert join_sentences([Sentence("Done."), Sentence("Left."), Sentence("New.", opens=True)]) == "Done. Left.\nNew."


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("召开教代会。收到提案4件。\n收到提案3件。", ["召开教代会。", "收到提案4件。", "/收到提案3件。"]),
        ("他说：“好。”大家都笑了", ["他说：“好。”", "大家都笑了"]),
        ("【待补充：效果】此外，还有三项。", ["【待补充：效果】", "此外，还有三项。"]),
        ("开幕。闭幕。散会。", ["开幕。闭幕。", "散会。"]),
        ("青松小学工会委员会", ["青松小学工会委员会"]),
        ("Held in May. 30 came. It rained.", ["Held in May. 30 came.", "It rained."]),
        ("“趣味运动会” drew 30. “工会小组会” was held. We met.", ["“趣味运动会” drew 30.", "“工会小组会” was held.", "We met."]),
    ],
    ids=["stops", "closing-quote", "gap", "stops-inside-a-known-one", "known-one-is-only-a-beginning", "latin", "latin-with-titles"],
)
def test_text_is_cut_into_sentences_known_ones_whole(text: str, pieces: list[str]) -> None:
    known = [Sentence(words) for words in ("【待补充：效果】", "开幕。闭幕。", "青松小学工会")]

    found = split_sentences(text, known)

    assert ["/" * piece.opens + piece.text for piece in found] == pieces


def test_numbers_before_lines_are_labels_where_the_generated_text_has_some() -> None:
    text = "1.2项逾期。\n（2）一项取消。\n5.5天。"

    told = [[(piece.label, piece.text) for piece in split_sentences(text, known)] for known in ([Sentence("甲。", label="1.")], [ONE])]

    assert told == [
        [("1.", "2项逾期。"), ("（2）", "一项取消。"), ("", "5.5天。")],
        [("", "1.2项逾期。"), ("", "（2）一项取消。"), ("", "5.5天。")],
    ]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("三、丰富文体生活", "丰富文体生活"),
        ("（二）重服务", "重服务"),
        ("(一)、重学习", "重学习"),
        ("4.夯实基础，提高能效。", "夯实基础，提高能效。"),
        ("3.8妇女节系列", "3.8妇女节系列"),
        ("一日捐活动", "一日捐活动"),
        ("三八节活动", "三八节活动"),
    ],
)
def test_heading_loses_only_a_printed_number(heading: str, name: str) -> None:
    assert strip_number(heading) == name


@pytest.mark.parametrize(("number", "printed"), [(1, "一、甲"), (10, "十、甲"), (11, "十一、甲"), (20, "二十、甲"), (32, "三十二、甲")])
def test_headings_are_numbered_in_chinese(number: int, printed: str) -> None:
    assert number_heading(number, "六、甲", language="zh_CN") == printed


def test_short_lines_with_a_number_and_no_stop_are_headings() -> None:
    text = "（一）开好教代会\n1.会前准备\n（1）代表培训\n1.这是一句话。\n2.【待补充：重点】"

    assert [paragraph.level for paragraph in read_paragraphs(text)] == [Level.SECOND, Level.THIRD, Level.FOURTH, Level.BODY, Level.BODY]


def test_gaps_are_found_in_both_languages() -> None:
    assert find_gaps("甲【待补充：效果】乙【待补充：原因】") == ("【待补充：效果】", "【待补充：原因】")
    assert find_gaps("[to be added: effect]") == ("[to be added: effect]",)


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(32, 35, "91.4%"), (1, 1, "100%"), (9999, 10000, "99.9%"), (1, 2, "50%"), (3, 2, "150%")]
)
def test_share_is_never_rounded_up_to_the_whole(part: int, whole: int, text: str) -> None:
    assert share_text(part, whole) == text
