from tests.bench.rows import Row, against, as_json, at_least, at_most, in_turns, markdown


def test_a_row_is_kept_with_its_floor_as_a_ratio() -> None:
    assert as_json([against("board, rerun", 27.31, "ms", floor=9.1, target=3.0)]) == {
        "rows": [{"name": "board, rerun", "value": 27.3, "unit": "ms", "floor": 9.1, "ratio": 3.0, "target": 3.0}]
    }


def test_a_limit_of_its_own_is_the_floor_and_one_the_target() -> None:
    assert at_most("memory", 275, "MB", 250) == Row("memory", 275, "MB", 250, 1.1, 1.0)


def test_where_more_is_better_the_ratio_still_grows_with_what_is_worse() -> None:
    assert at_least("reruns a second", 40, "1/s", floor=100, target=2.0) == Row("reruns a second", 40, "1/s", 100, 2.5, 2.0)


def test_a_ratio_above_its_target_is_a_miss_and_bold() -> None:
    rows = [against("kept", 3, "ms", floor=1, target=3.0), against("missed", 3.1, "ms", floor=1, target=3.0)]
    assert markdown(rows).splitlines()[2:] == ["| kept | 3 | ms | 1 | 3 | 3 |", "| missed | 3.1 | ms | 1 | **3.1** | 3 |"]


def test_measurements_are_taken_in_turns_and_warm_ups_not_counted() -> None:
    taken: list[str] = []
    values = iter([90.0, 1.0, 5.0, 3.0])

    def ours() -> float:
        taken.append("ours")
        return next(values)

    def floor() -> float:
        taken.append("floor")
        return 1.0

    assert in_turns(ours, floor, rounds=3, warm_ups=1) == (3.0, 1.0)
    assert taken == ["ours", "floor"] * 4
