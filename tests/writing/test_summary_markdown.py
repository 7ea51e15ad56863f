"""The draft as Markdown: the same text, and tables of what is attached."""

from tests.writing.test_summary_annexes import CONGRESS
from tests.writing.test_summary_docx import DRAFT
from unionboard.drafting.document import SummaryDocument
from unionboard.services.summary_annexes import ActivityRow, SummaryAnnexes
from unionboard.writing.summary_annexes import make_annexes
from unionboard.writing.summary_markdown import write_summary_markdown


def test_markdown_holds_the_same_text() -> None:
    assert write_summary_markdown(DRAFT) == (
        "# 青松小学工会2026年工作总结\n\n2026年，青松小学工会按照计划开展工作。\n\n## 一、健全民主管理\n\n### （一）开好教代会\n\n"
        "#### 1\\.会前准备\n\n##### （1）代表培训\n\n1\\.有1项活动未按期完成。\n\n青松小学工会  \n2026年12月20日\n"
    )


def test_annexes_follow_as_tables() -> None:
    annexes = make_annexes(SummaryAnnexes(as_of=DRAFT.as_of, activities=(CONGRESS,)), "zh_CN")

    assert write_summary_markdown(DRAFT, annexes=annexes).split("2026年12月20日\n\n")[1] == (
        "## 附件 活动开展情况表\n\n| 序号 | 日期 | 活动 | 人次 | 成效与获奖 |\n|:-:|:-:|:--|:-:|:--|\n"
        "| **2026年3月（1次，30人次）** | | | | |\n| 1 | 3月20日 | 教代会 | 30 | 通过报告3项 |\n"
    )


def test_marks_and_lines_in_a_cell_do_not_break_the_table() -> None:
    row = ActivityRow(DRAFT.as_of, None, "甲|乙\n丙", 0, "*", "")
    document = SummaryDocument("总结", (), (), "", DRAFT.as_of, "zh_CN")

    text = write_summary_markdown(document, annexes=make_annexes(SummaryAnnexes(as_of=DRAFT.as_of, joined=(row,)), "zh_CN"))

    assert text.splitlines()[-1] == "| 1 | 12月20日 | 甲\\|乙<br>丙 | — | \\* |"
