"""Names in the order a school register has them."""

from unionboard.alphabet import rank_text


def test_chinese_names_stand_by_their_sound_behind_latin_ones() -> None:
    assert sorted(["周明", "安然", "何敏", "Zoe", "吴佳", "bob", "陈立群"], key=rank_text) == [
        "bob",
        "Zoe",
        "安然",
        "陈立群",
        "何敏",
        "吴佳",
        "周明",
    ]
