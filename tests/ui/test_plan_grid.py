"""The grid's rows and the edits that come back from the browser by position."""

from unionboard.ui.plan_grid import GridRow, fold

ROWS = [GridRow("a", title="教代会", when="3月"), GridRow("b", title="运动会", when="5月"), GridRow("c", title="登山", when="10月")]
NEW = GridRow("new-1", section="7")


def test_edit_of_a_filtered_view_reaches_the_row_it_was_made_on() -> None:
    rows = fold(ROWS, ["b", "c"], {"edited_rows": {1: {"title": "登山比赛", "people": 60.0, "owner": None}}}, new_row=NEW)

    assert rows == [ROWS[0], ROWS[1], GridRow("c", title="登山比赛", when="10月", people=60)]


def test_deleted_row_is_gone_and_the_hidden_ones_stay() -> None:
    assert fold(ROWS, ["b"], {"deleted_rows": [0]}, new_row=NEW) == [ROWS[0], ROWS[2]]


def test_added_row_stands_last_with_the_views_section() -> None:
    rows = fold(ROWS, ["a"], {"added_rows": [{"title": " 游园 "}]}, new_row=NEW)

    assert rows[3:] == [GridRow("new-1-0", title="游园", section="7")]


def test_emptied_choice_keeps_the_kind() -> None:
    assert fold(ROWS[:1], ["a"], {"edited_rows": {0: {"duty": None}}}, new_row=NEW) == ROWS[:1]
