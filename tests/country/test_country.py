"""The reckoning of docs/scaling.md, where its answer is known."""

import numpy as np
import pytest

from tests.country.__main__ import Assumed, reckon, wait_in_line
from tests.country.usage import Habits, Year, draw_year

COSTS = {
    "program_cpu_ms": {"pulse": [5.0], **{name: [20.0] for name in Habits().mix}},
    "postgresql_cpu_ms": {"pulse": 1.0, **dict.fromkeys(Habits().mix, 4.0)},
    "session_kb": 1024,
    "process_mb": 256,
    "year_bytes": 2_000_000,
    "wal_bytes_per_write": 5000,
}


def test_who_comes_while_another_is_served_waits_for_both() -> None:
    answered = wait_in_line(np.array([0.0, 10.0, 100.0]), np.array([30.0, 30.0, 30.0]))

    assert answered.tolist() == [30.0, 50.0, 30.0]


def test_machines_are_counted_for_the_busiest_minute() -> None:
    year = Year(actions=np.array([0.0, 600.0]), sessions=np.array([0.0, 100.0]), activities=10, writes=40, actions_per_union=100)

    need = reckon(1000, year, COSTS, Habits(), Assumed(busy=0.5), load=0.5)

    # 10 actions a second of 20 ms and 50 pulses a second of 5 ms are 0.45 of a core, which may be busy half of the time
    assert need.program_cores == pytest.approx(0.9)
    assert need.of_it_pulse == pytest.approx(0.25 / 0.45)
    assert need.postgresql_cores == pytest.approx((0.04 + 0.05) / 0.5)
    assert (need.database_gb, need.evidence_tb) == pytest.approx((10.0, 0.225))


def test_every_action_and_sitting_of_a_year_is_in_one_of_its_minutes() -> None:
    year = draw_year(Habits(), unions=400, drawn=200, seed=1)

    assert year.actions.sum() == pytest.approx(year.actions_per_union * 400)
    assert (year.actions.min(), year.sessions.min()) >= (0, 0)


def test_same_seed_draws_the_same_year() -> None:
    one, other = (draw_year(Habits(), unions=50, drawn=50, seed=7) for _ in range(2))

    assert np.array_equal(one.actions, other.actions)
