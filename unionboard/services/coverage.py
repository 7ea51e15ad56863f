"""How far what was done can be proved: every check-off with its papers, by work area, as inspections go through it. Pure.

Source: inspection sheets, domain notes F (nearly every line is judged by the records, 查台账).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from unionboard.models import Evidence, EvidenceKind
from unionboard.reference import work_areas
from unionboard.services.activities import ActivityView, OccurrenceView, Record


@dataclass(frozen=True, slots=True)
class Deed:
    """A check-off: what was held, which turn of a duty it was, and the papers that are not removed, oldest first."""

    view: ActivityView
    record: Record
    turn: OccurrenceView | None
    papers: tuple[Evidence, ...]

    @property
    def kinds(self) -> Counter[EvidenceKind]:
        return Counter(paper.kind for paper in self.papers)

    @property
    def is_proven(self) -> bool:
        return bool(self.papers)


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """The check-offs of a work area, earliest first; none when the area is planned for and nothing was held yet."""

    code: str
    deeds: tuple[Deed, ...]

    @property
    def unproven(self) -> tuple[Deed, ...]:
        return tuple(deed for deed in self.deeds if not deed.is_proven)

    @property
    def proven(self) -> int:
        return len(self.deeds) - len(self.unproven)

    @property
    def share_pct(self) -> int | None:
        """Whole per cent, rounded down: 100 only when nothing lacks papers; None when nothing was held."""
        return self.proven * 100 // len(self.deeds) if self.deeds else None

    @property
    def kinds(self) -> Counter[EvidenceKind]:
        """By how many check-offs a kind of paper is shown."""
        return Counter(kind for deed in self.deeds for kind in deed.kinds)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The areas in their usual order, only those the plan has; ``whole`` is all of them as one (its code is empty)."""

    areas: tuple[AreaCoverage, ...]
    whole: AreaCoverage


def make_coverage(views: Sequence[ActivityView], papers: Sequence[Evidence]) -> Coverage:
    """The coverage of ``views`` by ``papers``, in which removed ones and those of other check-offs do not count."""
    of_record: dict[int, list[Evidence]] = defaultdict(list)
    for paper in papers:
        if paper.removed_at_utc is None:
            of_record[paper.check_off_id].append(paper)
    deeds: dict[str, list[Deed]] = {}
    for view in views:
        turns = {turn.id: turn for turn in view.occurrences}
        here = deeds.setdefault(view.area, [])
        here += [Deed(view, record, turns.get(record.occurrence_id or 0), tuple(of_record[record.id])) for record in view.records]
    order = list(work_areas())
    codes = sorted(deeds, key=order.index)
    areas = tuple(AreaCoverage(code, _by_day(deeds[code])) for code in codes)
    return Coverage(areas, AreaCoverage("", _by_day([deed for area in areas for deed in area.deeds])))


def _by_day(deeds: Sequence[Deed]) -> tuple[Deed, ...]:
    return tuple(sorted(deeds, key=lambda deed: (deed.record.done_on, deed.record.id)))
