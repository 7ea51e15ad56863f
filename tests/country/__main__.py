"""``make country``: a year of 1 to 2,000,000 unions drawn with the measured costs (bench/costs.json): machines, memory, storage, money.

Prints the tables of docs/scaling.md and keeps their figures in bench/country.json.
"""

import json
import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from tests.country.costs import COSTS
from tests.country.usage import Habits, Numbers, Year, draw_year

OUT = COSTS.with_name("country.json")
SIZES = (1, 120, 1000, 10_000, 100_000, 2_000_000)
DRAWN = 20_000
SEED = 20260501
PULSE_S = 2.0
PROMISE_MS = 300.0
"""95 of 100 answers of a process at its busiest minute take no longer."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What cannot be measured here. Prices: yuan a month, rented in a public cloud in China, an order of magnitude."""

    photos: float = 1.5  # an activity
    photo_mb: float = 3.0
    shared_photo_mb: float = 0.35  # if they were made smaller on arrival
    core_yuan: float = 70.0  # with 4 GB of memory
    memory_yuan: float = 15.0  # a further GB
    disk_yuan: float = 1.0  # a GB of replicated SSD
    object_yuan: float = 0.12  # a GB
    copies: float = 2.0  # of the database: a standby; backups lie with the objects
    busy: float = 0.6  # of a core of PostgreSQL at the busiest minute
    years: int = 5


@dataclass(frozen=True, slots=True)
class Need:
    """What ``unions`` need at the busiest minute of the year, and what is stored after ``Assumed.years``."""

    unions: int
    actions_per_s: float
    sessions: float
    program_cores: float
    of_it_pulse: float
    postgresql_cores: float
    memory_gb: float
    database_gb: float
    evidence_tb: float
    writes_per_s: float
    yuan_a_month: float
    yuan_a_union_and_year: float


def main() -> None:
    """Draw, reckon, print, keep."""
    costs, habits, assumed = json.loads(COSTS.read_text(encoding="utf-8")), Habits(), Assumed()
    chance = np.random.default_rng(SEED)
    load = find_safe_load(costs, habits, chance)
    print(f"one process keeps 95 of 100 answers under {PROMISE_MS:.0f} ms up to {load:.0%} of a core")
    needs = []
    for unions in SIZES:
        year = draw_year(habits, unions=unions, drawn=min(unions, DRAWN), seed=SEED)
        needs.append(reckon(unions, year, costs, habits, assumed, load))
    print_table(needs)
    smaller = [asdict(reckon_variant(name, change, costs, load)) | {"what": name} for name, change in VARIANTS.items()]
    print("\nif an assumption is wrong, or a change is made (2,000,000 unions)")
    for row in smaller:
        figures = f"{row['program_cores']:>8,.0f} cores {row['evidence_tb']:>8,.0f} TB {row['yuan_a_union_and_year']:>6.2f} yuan"
        print(f"{row['what']:<48}{figures} a union and year")
    told = {
        "safe_load": load,
        "habits": asdict(habits),
        "assumed": asdict(assumed),
        "needs": [asdict(need) for need in needs],
        "variants": smaller,
    }
    OUT.write_text(json.dumps(told, indent=1), encoding="utf-8")


def draw_costs(costs: dict[str, Any], habits: Habits, chance: np.random.Generator, count: int) -> Numbers:
    """Milliseconds of processor time of ``count`` actions, each drawn from the samples of its kind."""
    names = list(habits.mix)
    kinds = chance.choice(len(names), count, p=np.array(list(habits.mix.values())) / sum(habits.mix.values()))
    spent = np.empty(count)
    for number, name in enumerate(names):
        mine = kinds == number
        spent[mine] = chance.choice(np.array(costs["program_cpu_ms"][name]), int(mine.sum()))
    return spent


def find_safe_load(costs: dict[str, Any], habits: Habits, chance: np.random.Generator) -> float:
    """The share of one core, in steps of 5 per cent, up to which one process keeps the promise: one line of people before one clerk,
    who come by chance; Python's threads take turns, so a process is one clerk."""
    spent = draw_costs(costs, habits, chance, 50_000)
    for per_cent in range(95, 0, -5):
        between = chance.exponential(spent.mean() / (per_cent / 100), len(spent))
        if np.percentile(wait_in_line(np.cumsum(between), spent), 95) <= PROMISE_MS:
            return per_cent / 100
    return 0.05


def wait_in_line(arrivals: Numbers, spent: Numbers) -> Numbers:
    """From arrival to answer for each, one after the other (Lindley's recursion)."""
    answered, free_at = np.empty(len(arrivals)), 0.0
    for number, (at, takes) in enumerate(zip(arrivals, spent, strict=True)):
        free_at = max(free_at, at) + takes
        answered[number] = free_at - at
    return answered


def reckon(
    unions: int, year: Year, costs: dict[str, Any], habits: Habits, assumed: Assumed, load: float, *, pulse_s: float = PULSE_S
) -> Need:
    """Cores by the busiest minute of the year, pulses of open sessions included; memory by the most sessions at once."""
    mean = {name: float(np.mean(samples)) for name, samples in costs["program_cpu_ms"].items()}
    action_ms = sum(mean[name] * share for name, share in habits.mix.items())
    database_ms = sum(costs["postgresql_cpu_ms"][name] * share for name, share in habits.mix.items())
    program = (year.actions / 60 * action_ms + year.sessions / pulse_s * mean["pulse"]) / 1000
    postgresql = (year.actions / 60 * database_ms + year.sessions / pulse_s * costs["postgresql_cpu_ms"]["pulse"]) / 1000
    busiest = int(program.argmax())
    cores, database_cores = float(program.max()) / load, float(postgresql.max()) / assumed.busy
    sessions = float(year.sessions.max())
    memory_gb = (math.ceil(cores) * costs["process_mb"] + sessions * costs["session_kb"] / 1024) / 1024
    database_gb = unions * costs["year_bytes"] * assumed.years / 1e9
    evidence_tb = unions * year.activities * assumed.photos * assumed.photo_mb * assumed.years / 1e6
    yuan = (
        (math.ceil(cores) + math.ceil(database_cores) * assumed.copies) * assumed.core_yuan
        + max(0.0, memory_gb - 4 * math.ceil(cores)) * assumed.memory_yuan
        + database_gb * assumed.copies * assumed.disk_yuan
        + evidence_tb * 1000 * assumed.object_yuan
    )
    return Need(
        unions,
        float(year.actions.max()) / 60,
        sessions,
        cores,
        float(year.sessions[busiest] / pulse_s * mean["pulse"] / 1000 / program.max()),
        database_cores,
        memory_gb,
        database_gb,
        evidence_tb,
        float(year.actions.max()) / 60 * habits.mix["tick"],
        yuan,
        yuan * 12 / unions,
    )


VARIANTS: dict[str, dict[str, Any]] = {
    "as assumed": {},
    "twice as many phones and clicks in meetings": {"habits": Habits(phones=6, screen_actions=80, phone_actions=20)},
    "all summaries in the last three days": {"habits": Habits(in_last_days=1.0)},
    "every union meets in the same two hours a week": {
        "habits": Habits(meeting_days=(0, 0, 1, 0, 0, 0, 0), meeting_hours=tuple(float(hour in (15, 16)) for hour in range(24)))
    },
    "a process asks the log once a second for all": {"pulse_s": 60.0},
    "photos made smaller on arrival": {"assumed": Assumed(photo_mb=Assumed().shared_photo_mb)},
    "both changes": {"pulse_s": 60.0, "assumed": Assumed(photo_mb=Assumed().shared_photo_mb)},
}


def reckon_variant(name: str, change: dict[str, Any], costs: dict[str, Any], load: float) -> Need:
    """The whole country with one thing changed."""
    habits, assumed = change.get("habits", Habits()), change.get("assumed", Assumed())
    year = draw_year(habits, unions=SIZES[-1], drawn=DRAWN, seed=SEED)
    return reckon(SIZES[-1], year, costs, habits, assumed, load, pulse_s=change.get("pulse_s", PULSE_S))


def print_table(needs: list[Need]) -> None:
    """One column a size."""
    for field in Need.__dataclass_fields__:
        print(f"{field:<24}" + "".join(f"{getattr(need, field):>14,.2f}" for need in needs))


if __name__ == "__main__":
    main()
