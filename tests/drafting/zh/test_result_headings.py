"""Task headings of a plan told as results, and those that are better left alone."""

import pytest

from unionboard.drafting.zh.result_headings import result_heading


@pytest.mark.parametrize(
    ("task", "result"),
    [
        ("加强民主管理和民主监督", "民主管理和民主监督不断加强"),
        ("进一步加强工会自身建设", "工会自身建设不断加强"),
        ("完善教代会制度", "教代会制度更加规范"),
        ("建立健全有效的维权机制", "维权机制更加规范"),
        ("规范经费使用", "经费使用更加规范"),
        ("完善活动设施", "活动设施不断完善"),
        ("丰富文体生活", "文体生活日益丰富"),
        ("努力提高教师整体素质", "教师整体素质不断提高"),
        ("提高教职工的积极性", "教职工的积极性不断提高"),
        ("积极推进校务公开", "校务公开稳步推进"),
        ("依法维护女教职工的合法权益", "女教职工的合法权益得到维护"),
        ("落实教职工疗休养制度", "教职工疗休养制度落到实处"),
        ("开展师德主题教育活动", "师德主题教育活动有序开展"),
        ("组织开展丰富多彩的文体活动", "文体活动有序开展"),
        ("抓好“青蓝”结对活动", "“青蓝”结对活动有序开展"),
        ("做好女职工工作", "女职工工作扎实推进"),
        ("继续做好送温暖工程。", "送温暖工程扎实推进"),
    ],
)
def test_task_is_told_as_a_result(task: str, result: str) -> None:
    assert result_heading(task) == result


@pytest.mark.parametrize(
    ("task", "result"),
    [
        ("丰富文体生活，让校园充满活力", "文体生活日益丰富，校园充满活力"),
        ("开展岗位练兵活动,提升业务水平", "岗位练兵活动有序开展，业务水平不断提升"),
        ("以建家为载体，增强工会凝聚力", "以建家为载体，工会凝聚力不断增强"),
    ],
)
def test_every_clause_is_told_as_a_result(task: str, result: str) -> None:
    assert result_heading(task) == result


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "其他工作",
        "文体生活日益丰富",
        "加强",
        "加强和改进思想工作",
        "完善体系切实保障",
        "弘扬师德提高素养",
        "开展活动",
        "做好准备",
        "加强学习、提高素养",
        "抓活动，凝聚人心",
        "常走访、真帮扶，做教职工贴心人",
        "加强管理，抓自身",
        "围绕中心，服务大局",
        "让校园充满活力",
    ],
)
def test_heading_that_fits_no_rule_is_left_alone(heading: str) -> None:
    assert result_heading(heading) is None


def test_result_is_no_task_any_more() -> None:
    assert result_heading(result_heading("加强民主管理") or "") is None
