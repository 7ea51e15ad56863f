"""A corrected document against the plan that stands: what is new, changed, the same or gone.

Three sides meet: what the document said when it was adopted (``as_read``), what is stored now, and what the document says now. Only what
the document itself changed is a change; a person's own correction stands.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, func, select

from unionboard.models import Activity, CheckOff, Evidence, FundEntry, Plan, Section
from unionboard.reading.draft import PlanDraft
from unionboard.reading.plan_time import PlanTime
from unionboard.services.outline_comparison import Outline, match_outline
from unionboard.services.plan_rows import PlanRow
from unionboard.services.plan_times import months_of, time_of_row
from unionboard.services.plans import list_sections
from unionboard.services.row_changes import FieldChange, Side, changes_between, corrections_of, row_of_read, row_side, stored_side
from unionboard.services.row_matching import Face, bare, pair_faces


class Difference(StrEnum):
    """What became of a row since it was adopted."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"


class Noun(StrEnum):
    """What a difference is about."""

    SECTION = "section"
    MEASURE = "measure"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One line of the comparison. ``row`` is None when the document no longer has it, ``activity_id`` when the plan has none for it; a new
    row with one was taken out of the plan before and is put back.

    ``records``: check-offs, fund entries and evidence on the activity. ``noun`` tells activities from headings and measures, which are
    listed only when new, changed, gone or left out. ``left_out``: unchanged, and people chose to leave it out of the plan. ``corrections``:
    what people made of an unchanged row; choosing it takes the document's words back.
    """

    key: str
    kind: Difference
    row: PlanRow | None
    activity_id: int | None
    changes: tuple[FieldChange, ...] = ()
    records: int = 0
    noun: Noun = Noun.ACTIVITY
    title: str = ""
    left_out: bool = False
    corrections: tuple[FieldChange, ...] = ()

    @property
    def can_be_taken(self) -> bool:
        """Whether choosing it does anything."""
        return self.kind is not Difference.UNCHANGED or self.left_out or bool(self.corrections)

    @property
    def is_proposed(self) -> bool:
        """Whether it is ticked to begin with: not what would hide records or undo a person's own correction."""
        if self.kind is Difference.GONE:
            return not self.records
        return self.kind is not Difference.UNCHANGED and not any(change.corrected for change in self.changes)


# --- comparing ---------------------------------------------------------------------------------------------------------------


def compare(session: Session, plan_id: int, rows: Sequence[PlanRow], draft: PlanDraft) -> list[RowDifference]:
    """What ``rows``, read from ``draft``, differ in from plan ``plan_id``: headings, measures, activities, each in the order of the
    document, then what is gone."""
    view = PlanView(session, session.get_one(Plan, plan_id), draft)
    found = [_difference(view, number, row, origin) for number, (row, origin) in enumerate(view.match(rows))]
    return [*_section_differences(view), *_measure_differences(view), *found, *_gone(view, found)]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a row of the document goes back to: an activity, a row left out (no activity), and what the document said then (``base``)."""

    activity: Activity | None = None
    base: dict[str, Any] | None = None
    put_back: bool = False


@dataclass(slots=True)
class PlanView:
    """The plan as it stands, loaded once, and where the document's outline lies in it."""

    session: Session
    plan: Plan
    draft: PlanDraft
    outline: Outline = field(init=False)
    stored: dict[int, Section] = field(init=False)
    activities: list[Activity] = field(init=False)
    records: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        plan_id = self.plan.id or 0
        self.outline = match_outline(self.session, plan_id, self.draft)
        self.stored = {section.id or 0: section for section in list_sections(self.session, plan_id)}
        query = select(Activity).where(Activity.plan_id == plan_id).order_by(col(Activity.position), col(Activity.id))
        self.activities = list(self.session.exec(query))
        self.records = count_records(self.session, plan_id)

    @property
    def is_from_before(self) -> bool:
        """Adopted by a version that did not keep what was read, or not read at all: the stored rows have to serve."""
        return not self.plan.left_out and all(activity.as_read is None for activity in self.activities)

    def home(self, row: PlanRow) -> str:
        """The heading of a row's section by the name it had when the plan was adopted."""
        number = row.section
        if number is None or number not in self.outline.headings:
            return ""
        section = self.outline.sections.get(number)
        return (section.as_read or section.heading) if section else self.outline.headings[number]

    def section_named(self, heading: str) -> int | None:
        """The stored section that the document called ``heading``; None when there is none."""
        return next((id_ for id_, section in self.stored.items() if heading and (section.as_read or section.heading) == heading), None)

    def heading_of(self, section_id: int | None) -> str:
        section = self.stored.get(section_id or 0)
        return (section.as_read or section.heading) if section else ""

    def match(self, rows: Sequence[PlanRow]) -> list[tuple[PlanRow, Origin | None]]:
        """Each row with what it goes back to: first what was read before, then what people added or took out under the same name."""
        first = [Origin(activity, activity.as_read) for activity in self.activities if self._was_read(activity)]
        first += [Origin(None, base) for base in self.plan.left_out if "outline" not in base]
        rest = [Origin(activity, put_back=activity.removed) for activity in self.activities if not self._was_read(activity)]
        faces = [Face(row.title, self.home(row), _months(row), rank, _time(row)) for rank, row in enumerate(rows)]
        pairs = {a: first[b] for a, b in pair_faces(faces, [self._face(origin, rank) for rank, origin in enumerate(first)]).items()}
        open_rows = [number for number in range(len(rows)) if number not in pairs]
        known = {bare(rows[number].title) for number in open_rows}
        rest = [origin for origin in rest if origin.activity and bare(origin.activity.title) in known]
        later = pair_faces([faces[number] for number in open_rows], [self._face(origin, rank) for rank, origin in enumerate(rest)])
        pairs |= {open_rows[a]: rest[b] for a, b in later.items() if bare(faces[open_rows[a]].title) == bare(self._face(rest[b], 0).title)}
        return [(row, pairs.get(number)) for number, row in enumerate(rows)]

    def _was_read(self, activity: Activity) -> bool:
        return activity.as_read is not None or (self.is_from_before and not activity.removed)

    def _face(self, origin: Origin, rank: int) -> Face:
        if origin.base is not None:
            row = row_of_read(origin.base)
            return Face(row.title, str(origin.base.get("section") or ""), _months(row), rank, _time(row))
        assert origin.activity is not None
        return Face(origin.activity.title, self.heading_of(origin.activity.section_id), months_of(origin.activity), rank)

    def their_side(self, row: PlanRow) -> Side:
        """The row as the document has it now; a section that is only our proposal is none of its words."""
        number = None if row.is_housed else row.section
        heading = "" if number is None else self.outline.headings.get(number, "")
        return row_side(row, self.plan, section_id=self.outline.section_id(number), heading=heading)

    def base_side(self, base: dict[str, Any]) -> Side:
        """The row as the document had it."""
        heading = str(base.get("section") or "")
        return row_side(row_of_read(base), self.plan, section_id=self.section_named(heading) or (0 if heading else None), heading=heading)


def _time(row: PlanRow) -> PlanTime:
    """When it is, whatever words its frequency has."""
    return replace(time_of_row(row), frequency=None)


def _months(row: PlanRow) -> tuple[int, ...]:
    return (row.day_from[0],) if row.day_from else row.months


def _difference(view: PlanView, number: int, row: PlanRow, origin: Origin | None) -> RowDifference:
    key = f"r{number}"
    if origin is None:
        return RowDifference(key, Difference.NEW, row, None, title=row.title)
    theirs = view.their_side(row)
    base = None if origin.base is None else view.base_side(origin.base)
    if origin.activity is None:
        same = base is not None and not changes_between(base, None, theirs)
        return RowDifference(key, Difference.UNCHANGED if same else Difference.NEW, row, None, title=row.title, left_out=same)
    activity = origin.activity
    id_, records = activity.id or 0, view.records.get(activity.id or 0, 0)
    if origin.put_back:
        return RowDifference(key, Difference.NEW, row, id_, records=records, title=row.title)
    if activity.removed:
        return RowDifference(key, Difference.UNCHANGED, row, id_, records=records, title=row.title, left_out=True)
    mine = stored_side(activity, view.stored)
    if changes := changes_between(mine, base, theirs):
        return RowDifference(f"a{id_}", Difference.CHANGED, row, id_, changes, records, title=activity.title)
    corrections = corrections_of(mine, base, theirs)
    return RowDifference(f"a{id_}", Difference.UNCHANGED, row, id_, records=records, title=activity.title, corrections=corrections)


def _gone(view: PlanView, found: Sequence[RowDifference]) -> Iterator[RowDifference]:
    """Activities read from the document once and no longer in it; what people added by hand was never there."""
    matched = {difference.activity_id for difference in found}
    from_before = view.is_from_before and bool(view.plan.source_text)
    for activity in view.activities:
        if activity.id not in matched and not activity.removed and (activity.as_read is not None or from_before):
            records = view.records.get(activity.id or 0, 0)
            yield RowDifference(f"a{activity.id}", Difference.GONE, None, activity.id, records=records, title=activity.title)
    held = Counter(activity.section_id for activity in view.activities)
    for measure in view.outline.measures_gone:
        yield RowDifference(f"g{measure.id}", Difference.GONE, None, None, noun=Noun.MEASURE, title=measure.text)
    for section in view.outline.sections_gone:
        yield RowDifference(
            f"h{section.id}", Difference.GONE, None, None, records=held[section.id], noun=Noun.SECTION, title=section.heading
        )


def _section_differences(view: PlanView) -> Iterator[RowDifference]:
    for number, heading in view.outline.headings.items():
        stored = view.outline.sections.get(number)
        if stored is None:
            yield _new_text(view, f"s{number}", Noun.SECTION, heading)
        elif heading not in {stored.heading, stored.as_read} and heading:
            change = FieldChange("title", stored.heading, heading, corrected=stored.as_read not in {"", stored.heading})
            yield RowDifference(f"s{number}", Difference.CHANGED, None, None, (change,), noun=Noun.SECTION, title=stored.heading)


def _new_text(view: PlanView, key: str, noun: Noun, text: str) -> RowDifference:
    """A heading or measure the plan has not: new, unless people left it out or took it out before."""
    is_left_out = text in view.outline.dropped
    kind = Difference.UNCHANGED if is_left_out else Difference.NEW
    return RowDifference(key, kind, None, None, noun=noun, title=text, left_out=is_left_out)


def _measure_differences(view: PlanView) -> Iterator[RowDifference]:
    for number, (_, measure) in view.outline.texts.items():
        stored = view.outline.measures.get(number)
        if stored is None:
            yield _new_text(view, f"m{number}", Noun.MEASURE, measure.text)
            continue
        changes = []
        if measure.text not in {stored.text, stored.as_read}:
            changes.append(FieldChange("title", stored.text, measure.text, corrected=stored.as_read not in {"", stored.text}))
        if changes:
            yield RowDifference(f"m{number}", Difference.CHANGED, None, None, tuple(changes), noun=Noun.MEASURE, title=stored.text)


def count_records(session: Session, plan_id: int) -> dict[int, int]:
    """How much is on record of each activity of a plan: live check-offs, fund entries, evidence. Activities without any are missing."""
    live = col(CheckOff.undone_at_utc).is_(None)
    checks = select(CheckOff.activity_id, func.count()).join(Activity, col(Activity.id) == CheckOff.activity_id)
    papers = select(CheckOff.activity_id, func.count()).join(Evidence, col(Evidence.check_off_id) == CheckOff.id)
    papers = papers.join(Activity, col(Activity.id) == CheckOff.activity_id)
    money = select(FundEntry.activity_id, func.count()).join(Activity, col(Activity.id) == FundEntry.activity_id)
    counts: Counter[int] = Counter()
    for query, owner in (
        (checks.where(live), CheckOff.activity_id),
        (papers.where(live, col(Evidence.removed_at_utc).is_(None)), CheckOff.activity_id),
        (money, FundEntry.activity_id),
    ):
        for activity_id, count in session.exec(query.where(Activity.plan_id == plan_id).group_by(col(owner))):
            counts[activity_id or 0] += count
    return dict(counts)
