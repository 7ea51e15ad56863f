"""The board's lists: how a column's rows are shared, and why an area is weak."""

from typing import Any

import pytest

from unionboard.services.board import AreaRow
from unionboard.ui.board_blocks import share_rows, why_weak


def limits(counts: list[int], rows: int) -> list[int]:
    blocks: list[dict[str, Any]] = [{"rows": [{}] * count} for count in counts]
    return [block["limit"] for block in share_rows(blocks, rows)]


@pytest.mark.parametrize(
    ("counts", "limited"),
    [
        ([3], [3]),
        ([20], [8]),
        ([0], [0]),
        ([3, 0, 0], [3]),
        ([3, 2], [3, 2]),
        ([9, 1], [6, 1]),
        ([9, 9, 9], [2, 2, 2]),
        ([0, 9], [0, 7]),
    ],
)
def test_column_gives_each_list_a_row_in_turn_and_the_later_heads_theirs(counts: list[int], limited: list[int]) -> None:
    assert limits(counts, 8) == limited


def test_area_far_behind_says_by_how_much() -> None:
    assert why_weak(AreaRow("CULT", (), 2, 8), time_share_pct=89) == "已办结 25%，时间已过 89%"
