"""Text in every encoding people keep, long and short, whole and slightly spoilt."""

import pytest

from unionboard.errors.documents import EmptyDocument, NotADocument
from unionboard.reading.encoding import decode_text

SIMPLIFIED = """青松小学工会2026年工作计划
一、加强民主管理，做好校务公开
1、每学期召开一次教代会，审议学校年度工作报告，提案件件有答复。
2、每月更新校务公开栏，会费收支每学期公布一次（85%以上会员满意）。
二、丰富文体生活，办好“三八”“五四”和教师节活动
活动安排：
三月：插花比赛；四月：教工乒乓球赛；五月：会员体检，分两批进行。
"""
TRADITIONAL = """青松國小工會2026年工作計畫
一、加強民主管理，做好校務公開
1、每學期召開一次會員大會，審議年度工作報告，提案件件有答覆。
2、每月更新公佈欄，會費收支每學期公佈一次（85%以上會員滿意）。
二、豐富文體生活，辦好婦女節和教師節活動
活動安排：
三月：插花比賽；四月：教職員桌球賽；五月：會員健康檢查，分兩批進行。
"""
PASSAGES = [
    (SIMPLIFIED, "utf-8"),
    (TRADITIONAL, "utf-8"),
    (SIMPLIFIED, "utf-16-le"),
    (SIMPLIFIED, "utf-16-be"),
    (SIMPLIFIED, "utf-16"),
    (SIMPLIFIED, "gbk"),
    (SIMPLIFIED, "gb18030"),
    (TRADITIONAL, "big5"),
    (TRADITIONAL, "gb18030"),
]


@pytest.mark.parametrize(("text", "encoding"), PASSAGES)
@pytest.mark.parametrize("length", [5, 20, 200, 5000])
def test_text_of_any_length_in_every_encoding(text: str, encoding: str, length: int) -> None:
    passage = (text * 40)[:length]

    assert decode_text(passage.encode(encoding)) == passage


@pytest.mark.parametrize(("text", "encoding"), PASSAGES)
def test_every_line_alone_is_read_right(text: str, encoding: str) -> None:
    lines = text.splitlines()

    assert [decode_text(line.encode(encoding)) for line in lines] == lines


@pytest.mark.parametrize(("text", "encoding"), [(SIMPLIFIED, "utf-8"), (SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5")])
def test_one_spoilt_byte_costs_no_more_than_the_characters_beside_it(text: str, encoding: str) -> None:
    spoilt = bytearray((text * 20).encode(encoding))
    spoilt[0] = 0xFF

    assert decode_text(bytes(spoilt)).endswith(text * 19)


@pytest.mark.parametrize("length", range(65_530, 65_545))
def test_large_file_is_read_right_wherever_the_sample_ends(length: int) -> None:
    text = "a" * (length % 7) + SIMPLIFIED * 200

    assert decode_text(text.encode("gb18030")) == text


def test_characters_that_windows_and_hong_kong_added_to_big5() -> None:
    text = "香港啓思小學工會計劃：喺三月舉辦健步行，裏外同心。" * 10

    assert decode_text(text.encode("big5hkscs")) == text


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\u3000\u3000\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        decode_text(data)


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x7fELF\x02\x01\x01\xff" + b"\x00" * 200, b"plan\x00\x01\x02"])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(NotADocument):
        decode_text(data)
