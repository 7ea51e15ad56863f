"""Seven days, four weeks, twelve months; never the newest good one; whatever the clock says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionboard.services.backup_files import BackupFile, Manifest
from unionboard.services.backup_keeping import choose_kept, prune

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def backup(at_utc: datetime, *, is_good: bool = True, chain_id: int = 1, label: str = "daily") -> BackupFile:
    manifest = Manifest(
        program="1",
        revision="0006",
        made_at_utc=at_utc,
        label=label,
        key_id="",
        chain_id=chain_id,
        chain_sha256="",
        rows={},
        files={},
        faults=() if is_good else ("chain_broken",),
    )
    return BackupFile(Path(f"{at_utc:%Y%m%d-%H%M%S-%f}-{label}.zip"), manifest, 1)


def days_ago(days: float, **values: object) -> BackupFile:
    return backup(NOW - timedelta(days=days), **values)  # type: ignore[arg-type]


def kept_days(backups: list[BackupFile]) -> list[int]:
    kept = choose_kept(backups, now_utc=NOW)
    return sorted((NOW - one.made_at_utc).days for one in backups if one.path in kept)


def test_of_two_years_of_daily_backups_twenty_days_stay() -> None:
    kept = kept_days([days_ago(n) for n in range(730)])

    assert kept[:7] == [0, 1, 2, 3, 4, 5, 6]  # a week of days
    assert kept == [0, 1, 2, 3, 4, 5, 6, 13, 20, 21, 52, 82, 113, 144, 174, 205, 235, 266, 294, 325]  # Sundays, last days of months


def test_of_several_on_one_day_the_last_stays_and_all_of_the_last_24_hours() -> None:
    backups = [days_ago(hours / 24, label="by-hand") for hours in (1, 2, 3, 50, 51, 52)]

    kept = choose_kept(backups, now_utc=NOW)

    assert [one.path in kept for one in backups] == [True, True, True, True, False, False]


def test_a_long_rest_takes_no_backup_away() -> None:
    backups = [days_ago(200 + n) for n in range(5)]

    assert choose_kept(backups, now_utc=NOW) == {one.path for one in backups}


def test_copies_of_a_changed_log_push_no_good_one_out() -> None:
    good = [days_ago(40), days_ago(41)]
    bad = [days_ago(n, is_good=False) for n in range(40)]

    assert {one.path for one in good} <= choose_kept([*good, *bad], now_utc=NOW)


def test_backups_from_the_future_stay_and_push_none_out() -> None:
    """The clock was a year ahead for a while, or is a year behind now."""
    future = [days_ago(-365 - n) for n in range(9)]
    past = [days_ago(n) for n in range(7)]

    assert choose_kept([*future, *past], now_utc=NOW) == {one.path for one in (*future, *past)}


def test_the_one_with_most_history_stays_when_the_clock_was_set_back() -> None:
    newest_by_history = days_ago(400, chain_id=900)

    assert newest_by_history.path in choose_kept([newest_by_history, *(days_ago(n) for n in range(30))], now_utc=NOW)


@given(st.lists(st.tuples(st.integers(-100, 1000), st.booleans()), unique_by=lambda one: one[0], max_size=80))
def test_the_newest_good_one_always_stays_and_the_number_is_bounded(made: list[tuple[int, bool]]) -> None:
    backups = [days_ago(days + 0.5, is_good=is_good) for days, is_good in made]

    kept = choose_kept(backups, now_utc=NOW)

    past = [one for one in backups if one.made_at_utc <= NOW]
    good = max((one for one in past if one.is_good), key=lambda one: one.made_at_utc, default=None)
    assert good is None or good.path in kept
    assert len([one for one in past if one.path in kept]) <= 2 * (7 + 4 + 12) + 2


def test_pruning_touches_nothing_but_backups(tmp_path: Path) -> None:
    for name in ("notes.txt", "unionboard-20200101-000000-000000-daily.zip", "unionboard-20200101-000000-000000-daily.sqlite3"):
        (tmp_path / name).write_text("not ours to judge")

    assert prune(tmp_path, now_utc=NOW) == ()
    assert len(list(tmp_path.iterdir())) == 3


def test_folder_that_is_not_there_has_no_backups(tmp_path: Path) -> None:
    assert prune(tmp_path / "nowhere", now_utc=NOW) == ()


@pytest.mark.parametrize("hour", [15, 17])
def test_days_are_those_where_the_union_is(hour: int) -> None:
    """16:00 UTC is midnight in China: one of two backups at 15 and 17 o'clock is the next day's."""
    two = [backup(datetime(2026, 11, 10, 14, tzinfo=UTC)), backup(datetime(2026, 11, 10, hour, tzinfo=UTC), label="by-hand")]
    later = [days_ago(n) for n in (0, 1)]

    kept = choose_kept([*two, *later], now_utc=NOW)

    assert (two[0].path in kept) is (hour == 17)
