"""Traditional plans are understood as Simplified ones and shown as they were written."""

from io import BytesIO

import docx
import pytest

from unionboard.reading.files import read_file
from unionboard.reading.lines import fold

PLAN = """青松國小工會2026年工作計畫
一、加強民主管理
1、每學期召開一次會員大會。
2、按時公佈會費帳目。
二、豐富文體生活
1、辦好教職員運動會。
活動安排：
三月：
1、慶祝婦女節插花。
2、學習《工會法》。
七、八月：
1、組織會員療休養。
"""
MONTHS = [((3,), ["慶祝婦女節插花", "學習《工會法》"]), ((7, 8), ["組織會員療休養"])]


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("後勤、裡外、裏面、週會、個人、會員", "后勤、里外、里面、周会、个人、会员"),
        ("工會工作計畫與總結", "工会工作计划与总结"),
        ("圖畫比賽", "图画比赛"),
        ("由於、徵集、著名", "由于、征集、著名"),
        ("plan 2026", "plan 2026"),
    ],
)
def test_characters_are_simplified_one_by_one(traditional: str, simplified: str) -> None:
    assert fold(traditional) == simplified


def test_folded_line_is_simplified_and_keeps_its_length() -> None:
    assert fold("（三）開展“師德”學習——每週１次") == "(三)开展“师德”学习--每周1次"


def make_docx() -> bytes:
    document = docx.Document()
    for line in PLAN.splitlines():
        document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(("data", "filename"), [(PLAN.encode(), "計畫.txt"), (PLAN.encode("big5"), "計畫.txt"), (make_docx(), "計畫.docx")])
def test_traditional_plan_is_read_and_kept_as_written(data: bytes, filename: str) -> None:
    plan = read_file(data, filename=filename).plan()

    assert plan.title == "青松國小工會2026年工作計畫"
    assert [(section.printed_number, section.heading) for section in plan.sections if section.measures] == [
        ("一", "加強民主管理"),
        ("二", "豐富文體生活"),
    ]
    assert [(entry.months, [item.title for item in entry.items]) for entry in plan.schedule] == MONTHS
