"""The headings and measures of a corrected document against those of the plan that stands."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from unionboard.models import Change, Measure, Plan, Section
from unionboard.models.changelog import ChangeAction
from unionboard.reading.draft import MeasureDraft, PlanDraft, SectionRole
from unionboard.services.plan_rows import list_measure_drafts
from unionboard.services.plans import TITLE_LIMIT, list_measures, list_sections
from unionboard.services.row_matching import Face, bare, pair_faces


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the sections and measures of a document stand in a plan. Keys are their 0-based numbers in the draft, measures counted through.

    ``*_gone``: read from the document once, and no longer in it. ``dropped``: texts read once that people took out of the plan or left
    out of it.
    """

    sections: dict[int, Section]
    measures: dict[int, Measure]
    headings: dict[int, str]
    texts: dict[int, tuple[int, MeasureDraft]]
    sections_gone: tuple[Section, ...] = ()
    measures_gone: tuple[Measure, ...] = ()
    dropped: frozenset[str] = frozenset()

    def section_id(self, number: int | None) -> int | None:
        """The stored section of the draft's ``number``; 0 when it is not stored yet, None without a section."""
        if number is None or number not in self.headings:
            return None
        return self.sections[number].id if number in self.sections else 0


def match_outline(session: Session, plan_id: int, draft: PlanDraft) -> Outline:
    """Find the draft's work sections and measures among those of plan ``plan_id``, one to one."""
    stored = list_sections(session, plan_id)
    headings = {number: s.heading[:TITLE_LIMIT] for number, s in enumerate(draft.sections) if s.role is SectionRole.WORK}
    sections = _match_sections(draft, headings, stored, list_measures(session, plan_id))
    texts = {number: pair for number, pair in enumerate(list_measure_drafts(draft)) if pair[0] in headings}
    measures = _match_measures(texts, sections, list_measures(session, plan_id))
    kept_sections, kept_measures = ({row.id for row in found.values()} for found in (sections, measures))
    return Outline(
        sections,
        measures,
        headings,
        texts,
        tuple(row for row in stored if row.as_read and row.id not in kept_sections),
        tuple(row for row in list_measures(session, plan_id) if row.as_read and row.id not in kept_measures),
        frozenset((*_dropped(session, plan_id, stored), *left_out_texts(session.get_one(Plan, plan_id)))),
    )


def _match_sections(
    draft: PlanDraft, headings: dict[int, str], stored: Sequence[Section], measures: Sequence[Measure]
) -> dict[int, Section]:
    """By heading; one whose heading was reworded or lost by what stands below it."""
    below: dict[int | None, set[str]] = defaultdict(set)
    for measure in measures:
        below[measure.section_id].add(bare(measure.as_read or measure.text))
    numbers = list(headings)
    pairs = pair_faces(
        [Face(headings[number], rank=rank) for rank, number in enumerate(numbers)],
        [Face(row.as_read or row.heading, rank=rank) for rank, row in enumerate(stored)],
    )
    found = {numbers[a]: stored[b] for a, b in pairs.items() if headings[numbers[a]] or stored[b].heading}
    for number in numbers:
        if number not in found:
            words = {bare(measure.text) for measure in draft.sections[number].measures}
            free = [row for row in stored if row not in found.values() and below[row.id] & words]
            if best := max(free, key=lambda row: len(below[row.id] & words), default=None):
                found[number] = best
    nameless = [row for row in stored if row not in found.values() and not row.heading]
    found |= dict(zip((number for number in numbers if number not in found and not headings[number]), nameless, strict=False))
    return found


def _match_measures(
    texts: dict[int, tuple[int, MeasureDraft]], sections: dict[int, Section], stored: Sequence[Measure]
) -> dict[int, Measure]:
    numbers = list(texts)
    homes = {number: str(section.id) for number, section in sections.items()}
    pairs = pair_faces(
        [Face(measure.text, homes.get(section, "new"), rank=rank) for rank, (section, measure) in enumerate(texts.values())],
        [Face(row.as_read or row.text, str(row.section_id), rank=rank) for rank, row in enumerate(stored)],
    )
    return {numbers[a]: stored[b] for a, b in pairs.items()}


def left_out_texts(plan: Plan) -> list[str]:
    """Headings and measures of the document that people chose not to take over; the plan keeps them among its rows left out."""
    return [str(entry["outline"]) for entry in plan.left_out if "outline" in entry]


def _dropped(session: Session, plan_id: int, stored: Sequence[Section]) -> Iterator[str]:
    removed = session.exec(
        select(Change)
        .where(Change.action == ChangeAction.REMOVE.value, col(Change.noun).in_(("section", "measure")))
        .order_by(col(Change.noun).desc())  # sections first: their measures are known by them
    ).all()
    homes = {row.id for row in stored} | {c.row_id for c in removed if c.noun == "section" and (c.before or {}).get("plan_id") == plan_id}
    for change in removed:
        before = change.before or {}
        home = change.row_id if change.noun == "section" else before.get("section_id")
        if home in homes and before.get("as_read"):
            yield str(before["as_read"])
