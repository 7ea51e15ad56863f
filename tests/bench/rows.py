"""Rows of the table, and how they are measured: beside their floor, in the same minute."""

import os
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

WARM_UPS, ROUNDS = 3, 15
HURRY = "BENCH_HURRY"
"""Set in the environment, every measurement is taken once: to see that all of them can be taken."""


class NotHere(Exception):
    """What this is measured with is not on this machine; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``ratio`` is worse when higher; above ``target`` the row is a miss."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    target: float | None = None

    @property
    def is_miss(self) -> bool:
        return self.ratio is not None and self.target is not None and self.ratio > self.target


def figure(name: str, value: float, unit: str) -> Row:
    """A figure that stands alone."""
    return Row(name, _short(value), unit)


def against(name: str, value: float, unit: str, *, floor: float, target: float | None = None) -> Row:
    """``value`` as a multiple of ``floor``: of what cannot be had for less."""
    return Row(name, _short(value), unit, _short(floor), round(value / floor, 2), target)


def at_most(name: str, value: float, unit: str, limit: float) -> Row:
    """A figure with a limit of its own: the limit is its floor, 1.0 its target."""
    return Row(name, _short(value), unit, _short(limit), round(value / limit, 2), 1.0)


def at_least(name: str, value: float, unit: str, *, floor: float, target: float) -> Row:
    """A figure that is better when higher: ``ratio`` is how many times ``floor`` exceeds it."""
    return Row(name, _short(value), unit, _short(floor), round(floor / value, 2), target)


def _short(value: float) -> float:
    return round(value, 3 if abs(value) < 10 else 1)


def median_of(measure: Callable[[], float], *, rounds: int = ROUNDS, warm_ups: int = WARM_UPS) -> float:
    """Median of ``rounds`` measurements after ``warm_ups``."""
    return in_turns(measure, rounds=rounds, warm_ups=warm_ups)[0]


def in_turns(*measures: Callable[[], float], rounds: int = ROUNDS, warm_ups: int = WARM_UPS) -> tuple[float, ...]:
    """The medians of several measurements, taken in turns: what else the machine does meanwhile hits all of them alike."""
    if HURRY in os.environ:
        rounds, warm_ups = 1, 0
    for _ in range(warm_ups):
        for measure in measures:
            measure()
    taken = [[measure() for measure in measures] for _ in range(rounds)]
    return tuple(map(statistics.median, zip(*taken, strict=True)))


def timed_ms(work: Callable[[], object]) -> Callable[[], float]:
    """A measurement of ``work`` in milliseconds."""

    def measure() -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    return measure


HEAD = ("what", "value", "unit", "floor", "ratio", "target")


def cells(row: Row) -> tuple[str, ...]:
    """A row as the table shows it."""
    number = [f"{n:g}" if n is not None else "" for n in (row.floor, row.ratio, row.target)]
    return row.name, f"{row.value:,g}" if row.value < 1e6 else f"{row.value:,.0f}", row.unit, *number


def line(columns: tuple[str, ...], *, miss: bool = False) -> str:
    """A line on the console."""
    name, value, unit, floor, ratio, target = columns
    return f"{name:<52}{value:>10} {unit:<6}{floor:>9}{ratio:>8}{target:>8}{'  MISS' if miss else ''}"


def markdown(rows: Iterable[Row]) -> str:
    """The table for docs and notes; misses are bold."""
    lines = ["| " + " | ".join(HEAD) + " |", "|---|--:|---|--:|--:|--:|"]
    for row in rows:
        name, value, unit, floor, ratio, target = cells(row)
        lines.append(f"| {name} | {value} | {unit} | {floor} | {f'**{ratio}**' if row.is_miss else ratio} | {target} |")
    return "\n".join(lines) + "\n"


def as_json(rows: Iterable[Row]) -> dict[str, list[dict[str, object]]]:
    """What ``bench/results.json`` holds."""
    return {"rows": [asdict(row) for row in rows]}
