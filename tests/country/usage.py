"""How two million unions would use the program: what is known, what is assumed, and a year drawn from both.

Known: how many dated activities real plans list (13 plans with a schedule, of 32 that were read for the reader's tests), and what an action
costs. The rest is assumed, stands here by name, and docs/scaling.md says what follows when it is wrong.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
MINUTES_A_DAY = 1440
DAYS = 365
ACTIVITIES_OF_PLANS = (3, 6, 9, 12, 13, 13, 13, 18, 21, 22, 23, 33, 33)
ACTIONS = ("arrive", "board", "checkoffs", "timeline", "fund", "summary", "tick")


@dataclass(frozen=True, slots=True)
class Habits:
    """What one union does in a year. Shares are of 1; times are in minutes, hours of the day in China's time."""

    undated: float = 1.0  # standing duties and measures ticked off, for each dated activity
    entries: float = 3.0  # fund entries and claims for each activity
    looks_per_tick: float = 4.0  # pages opened alone around one tick or entry
    meetings: float = 10.0
    meeting_minutes: float = 60.0
    phones: float = 3.0  # besides the screen
    screen_actions: float = 40.0  # in one meeting
    phone_actions: float = 10.0
    plan_actions: float = 120.0  # reading and correcting the plan, in the first ten weeks
    summary_actions: float = 200.0  # in the last weeks
    in_last_days: float = 0.3  # of the summaries' work, in the three days before they are due
    alone_minutes: float = 8.0
    on_weekdays: float = 0.95
    hours: tuple[float, ...] = (0, 0, 0, 0, 0, 0, 0.2, 1, 3, 4, 4, 2, 1, 2, 4, 5, 5, 2, 0.7, 0.7, 0.6, 0.4, 0.2, 0)
    meeting_hours: tuple[float, ...] = (0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 0.2, 0, 0.5, 3, 6, 5, 0.5, 0, 0, 0, 0, 0, 0)
    meeting_days: tuple[float, ...] = (1.5, 1, 3, 1, 3, 0.1, 0.05)  # Monday first
    mix: dict[str, float] = field(
        default_factory=lambda: {
            "arrive": 0.12,
            "board": 0.2,
            "checkoffs": 0.22,
            "timeline": 0.1,
            "fund": 0.16,
            "summary": 0.08,
            "tick": 0.12,
        }
    )


@dataclass(frozen=True, slots=True)
class Year:
    """Minute by minute for all unions together: actions begun, and sessions open. ``writes``: a union's mean in the year."""

    actions: Numbers
    sessions: Numbers
    activities: float
    writes: float
    actions_per_union: float


def draw_year(habits: Habits, *, unions: int, drawn: int, seed: int) -> Year:
    """A year of ``unions``, drawn for ``drawn`` of them one by one and scaled up: the peaks of the calendar stay, chance evens out."""
    chance = np.random.default_rng(seed)
    sizes = chance.choice(np.array(ACTIVITIES_OF_PLANS), drawn).astype(float)
    actions, sessions = np.zeros(DAYS * MINUTES_A_DAY), np.zeros(DAYS * MINUTES_A_DAY)
    days = _weights_of_days(habits)
    _meet(habits, chance, drawn, actions, sessions)
    deeds = sizes * (1 + habits.undated) * (1 + habits.entries / (1 + habits.undated))
    _work_alone(habits, chance, deeds * (1 + habits.looks_per_tick), days, actions, sessions)
    _work_alone(habits, chance, np.full(drawn, habits.plan_actions), _window(days, 0, 70), actions, sessions)
    due = DAYS - 11
    early, late = habits.summary_actions * (1 - habits.in_last_days), habits.summary_actions * habits.in_last_days
    _work_alone(habits, chance, np.full(drawn, early), _window(days, due - 30, due), actions, sessions)
    _work_alone(habits, chance, np.full(drawn, late), _window(days, due - 3, due), actions, sessions)
    scale = unions / drawn
    total = float(actions.sum())
    return Year(actions * scale, sessions * scale, float(sizes.mean()), float(deeds.mean()), total / drawn)


def _weights_of_days(habits: Habits) -> Numbers:
    weekday = np.arange(DAYS) % 7
    weights = np.where(weekday < 5, habits.on_weekdays / 5, (1 - habits.on_weekdays) / 2)
    return np.asarray(weights / weights.sum())


def _window(days: Numbers, first: int, end: int) -> Numbers:
    weights = np.zeros(DAYS)
    weights[first:end] = days[first:end]
    return np.asarray(weights / weights.sum())


def _meet(habits: Habits, chance: np.random.Generator, drawn: int, actions: Numbers, sessions: Numbers) -> None:
    """Every union meets on days of its own, not on holidays in midsummer; everybody there clicks at any minute of it."""
    weekday = np.arange(DAYS) % 7
    weights = np.array(habits.meeting_days, dtype=float)[weekday]
    weights[200:235] *= 0.2
    count = chance.poisson(habits.meetings, drawn)
    held = int(count.sum())
    day = chance.choice(DAYS, held, p=weights / weights.sum())
    hour = chance.choice(24, held, p=np.array(habits.meeting_hours) / sum(habits.meeting_hours))
    start = day * MINUTES_A_DAY + hour * 60 + chance.choice([0, 30], held, p=[0.7, 0.3])
    minutes = np.maximum(20, chance.normal(habits.meeting_minutes, 15, held)).astype(int)
    phones = chance.poisson(habits.phones, held)
    _open(sessions, start, minutes, 1 + phones)
    clicks = chance.poisson(habits.screen_actions + habits.phone_actions * phones)
    _click(actions, chance, start, minutes, clicks)


def _work_alone(habits: Habits, chance: np.random.Generator, wanted: Numbers, days: Numbers, actions: Numbers, sessions: Numbers) -> None:
    """``wanted`` actions of each union, in sittings of about eight."""
    sittings = chance.poisson(wanted / 8)
    held = int(sittings.sum())
    day = chance.choice(DAYS, held, p=days)
    hour = chance.choice(24, held, p=np.array(habits.hours) / sum(habits.hours))
    start = day * MINUTES_A_DAY + hour * 60 + chance.integers(0, 60, held)
    minutes = np.maximum(1, chance.exponential(habits.alone_minutes, held)).astype(int)
    _open(sessions, start, minutes, np.ones(held, dtype=int))
    _click(actions, chance, start, minutes, chance.poisson(8, held))


def _open(sessions: Numbers, start: NDArray[np.int64], minutes: NDArray[np.int64], people: NDArray[np.int64]) -> None:
    change = np.zeros(len(sessions) + 1)
    np.add.at(change, np.minimum(start, len(sessions)), people)
    np.add.at(change, np.minimum(start + minutes, len(sessions)), -people)
    sessions += np.cumsum(change)[:-1]


def _click(
    actions: Numbers, chance: np.random.Generator, start: NDArray[np.int64], minutes: NDArray[np.int64], clicks: NDArray[np.int64]
) -> None:
    at = np.repeat(start, clicks) + (chance.random(int(clicks.sum())) * np.repeat(minutes, clicks)).astype(int)
    np.add.at(actions, np.minimum(at, len(actions) - 1), 1)
