"""Whom people meant by what they wrote, and where such a name stands in a text."""

import pytest

from unionboard.drafting.names import hide_names, holds_name, read_names


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("王小明", {"王小明"}),
        ("王小明、李雪倩", {"王小明、李雪倩", "王小明", "李雪倩"}),
        ("王小明和李雪倩", {"王小明和李雪倩", "王小明", "李雪倩"}),
        ("赵 大力", {"赵 大力", "赵大力"}),
        ("周晓梅老师（三年级组）", {"周晓梅老师（三年级组）", "周晓梅"}),
        ("李老师", {"李老师"}),
        ("Anna Li, Bo Chen", {"Anna Li, Bo Chen", "Anna Li", "Bo Chen"}),
        ("何", set()),
    ],
)
def test_names_are_read_out_of_what_people_wrote(told: str, names: set[str]) -> None:
    assert set(read_names(told)) == names


@pytest.mark.parametrize(
    ("text", "name", "stands"),
    [
        ("看望王 小明。", "王小明", True),
        ("看望Anna Li老师", "Anna Li", True),
        ("a visit to anna  li", "Anna Li", True),
        ("the Annual report", "Ann", False),
    ],
)
def test_name_is_found_as_it_may_be_written(text: str, name: str, stands: bool) -> None:
    assert holds_name(text, name) is stands


def test_longer_names_are_hidden_before_shorter_ones() -> None:
    assert hide_names("李雪倩和李雪来了。", ("李雪", "李雪倩"), "某会员") == "某会员和某会员来了。"
