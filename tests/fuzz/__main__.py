"""``make fuzz``: 10,000 mutated files. ``python -m tests.fuzz [COUNT] [FIRST]``: prints how they ended; 1 is the exit code when one broke.

A mutation is its number: ``python -m tests.fuzz 1 4711`` tries number 4711 alone and shows where it broke.
"""

import sys
import time
import traceback
from collections import Counter
from multiprocessing import Pool

from tests.fuzz.mutations import load_seeds, try_seed

PROCESSES = 2
SLOW_S = 5.0


def attempt(number: int) -> tuple[int, str, float, str]:
    """The number, how it ended, the seconds of CPU it took, and where it broke."""
    began = time.process_time()
    try:
        outcome, trace = try_seed(number, _SEEDS), ""
    except Exception as error:
        outcome, trace = f"BROKE {type(error).__name__}", traceback.format_exc(limit=-4)
    return number, outcome, time.process_time() - began, trace


_SEEDS = load_seeds()


def main() -> int:
    """Try them all, print the counts; 0 when all were read or refused."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    outcomes: Counter[str] = Counter()
    slowest = (0.0, 0)
    with Pool(PROCESSES) as pool:
        for number, outcome, seconds, trace in pool.imap_unordered(attempt, range(first, first + count), chunksize=20):
            outcomes[outcome] += 1
            slowest = max(slowest, (seconds, number))
            if trace or seconds > SLOW_S:
                print(f"number {number}: {outcome} after {seconds:.1f} s\n{trace}", flush=True)
    for outcome, times in outcomes.most_common():
        print(f"{times:>7}  {outcome}")
    print(f"slowest: number {slowest[1]}, {slowest[0]:.2f} s")
    return int(any(outcome.startswith("BROKE") for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
