"""``make score``: every labelled plan is read and marked; the figures are printed, and 1 is the exit code when one is below its target.

``python -m tests.score [PLANS] [--labels LABELS] [-v]``: PLANS holds ID.txt, ID.md, ID.csv, ID.html …, LABELS the ID.json for each
(by default the folder ``labels`` beside PLANS). A label's ``plan`` says which document of the file is meant.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

from tests.score.scoring import Item, Marking, Score, mark
from unionboard.cli_json import describe_reading
from unionboard.errors import Refusal
from unionboard.reading.files import read_file

PLANS = Path(__file__).parent / "plans"
TARGETS = {"lenient_recall": 0.98, "lenient_precision": 0.98, "month_accuracy": 0.99, "section_recall": 0.95}
FIGURES = ("strict_recall", "strict_precision", *TARGETS)


def read_plan(path: Path, number: int | None = None) -> dict[str, Any]:
    """What the program reads in the file at ``path``; nothing when it refuses the file."""
    try:
        reading = read_file(path.read_bytes(), filename=path.name)
        return describe_reading(reading, reading.plan(number))
    except Refusal:
        return {"sections": [], "schedule": []}


def mark_all(plans: Path, labels: Path) -> Iterator[tuple[str, Marking]]:
    """Each labelled text with its marking, by name.

    Raises: FileNotFoundError when a label has no text.
    """
    for path in sorted(labels.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        text = next(plans.glob(f"{path.stem}.*"), None)
        if text is None:
            raise FileNotFoundError(f"{path.stem} has a label in {labels} but no text in {plans}")
        yield path.stem, mark(label, read_plan(text, label.get("plan")))


def find_shortfalls(total: Score) -> list[str]:
    """What keeps the set from meeting its targets: one line for each figure below its own."""
    short = [f"{name} {_tell(getattr(total, name))} < {target}" for name, target in TARGETS.items() if (getattr(total, name) or 0) < target]
    if total.negatives_clean < total.negatives:
        short.append(f"negatives {total.negatives_clean} of {total.negatives} clean")
    return short


def main() -> int:
    """Print the table; 0 when all targets are met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.score", description="Mark how well the labelled plans are read.")
    parser.add_argument("plans", nargs="?", type=Path, default=PLANS)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was missed and what was too much")
    chosen = parser.parse_args()

    markings = list(mark_all(chosen.plans, chosen.labels or chosen.plans.parent / "labels"))
    print(f"{'text':<6}{'items':>6}{'read':>6}   {'strict R / P':<15}{'lenient R / P':<15}{'month':<8}{'sections':<8}")
    for name, marking in markings:
        _print_row(name, marking.score)
        if chosen.verbose:
            _print_faults(marking)
    total = reduce(add, (marking.score for _, marking in markings), Score())
    _print_row("all", total)
    print(f"\n{len(markings)} texts, {total.labelled} activities; negatives clean: {total.negatives_clean} of {total.negatives}")
    for name in FIGURES:
        print(f"{name:<20}{_tell(getattr(total, name))}")
    for shortfall in (shortfalls := find_shortfalls(total)):
        print(f"BELOW TARGET  {shortfall}")
    return 1 if shortfalls else 0


def _print_row(name: str, score: Score) -> None:
    strict = f"{_tell(score.strict_recall)} / {_tell(score.strict_precision)}"
    lenient = f"{_tell(score.lenient_recall)} / {_tell(score.lenient_precision)}"
    month, sections = _tell(score.month_accuracy), _tell(score.section_recall)
    print(f"{name:<6}{score.labelled:>6}{score.read:>6}   {strict:<15}{lenient:<15}{month:<8}{sections:<8}".rstrip())


def _print_faults(marking: Marking) -> None:
    def tell(item: Item) -> str:
        return f"{sorted(item.months) or item.half_year} {item.text}"

    for word, lines in (
        ("missed", map(tell, marking.missed)),
        ("extra", map(tell, marking.extra)),
        ("no section", marking.missed_sections),
    ):
        for line in lines:
            print(f"        {word:<11}{line}")


def _tell(share: float | None) -> str:
    return "  -" if share is None else f"{share:.3f}"


if __name__ == "__main__":
    sys.exit(main())
