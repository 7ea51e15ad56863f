"""Taking over what people tick of a comparison with a corrected document.

A decision once taken stands: what was not ticked is not proposed again until the document says something else.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from unionboard.errors.saving import PlanMovedOn
from unionboard.models import Activity, Measure, Plan, Section
from unionboard.models.changelog import ChangeAction
from unionboard.reading.draft import PlanDraft
from unionboard.services import amendments, sections
from unionboard.services.changes import change_row, update_row
from unionboard.services.differences import Difference, Noun, PlanView, RowDifference, compare
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.plan_rows import OTHER, PlanRow, as_read, find_areas
from unionboard.services.plans import store_measure, store_section
from unionboard.services.row_changes import FieldChange, changes_between, stored_side
from unionboard.services.row_taking import add_row, change_activity
from unionboard.services.sections import Stamp

__all__ = ["Applied", "Difference", "FieldChange", "Noun", "RowDifference", "apply", "compare"]


@dataclass(frozen=True, slots=True)
class Applied:
    """How many lines were taken over."""

    new: int = 0
    changed: int = 0
    removed: int = 0


def apply(
    session: Session,
    plan_id: int,
    differences: Sequence[RowDifference],
    *,
    chosen: Collection[str],
    draft: PlanDraft,
    who: str,
    now_utc: datetime,
    source_name: str = "",
    source_text: str = "",
) -> Applied:
    """Take over the differences whose key is ``chosen``; check-offs, spending and turns already held stay with what stays.

    Something gone is taken out of the plan and can be put back; a heading goes only when it holds nothing any more. What is not chosen is
    a decision: it counts as read. With ``source_text`` the document becomes the plan's source. Without anything chosen nothing changes.

    Raises: PlanMovedOn when what is chosen is no longer what ``differences`` says.
    """
    require(session, Act.EDIT_PLAN)
    rows = [difference.row for difference in differences if difference.row is not None]
    now = {difference.key: difference for difference in compare(session, plan_id, rows, draft)}
    wanted = [difference for difference in differences if difference.key in chosen and difference.can_be_taken]
    if any(now.get(difference.key) != difference for difference in wanted):
        raise PlanMovedOn
    if not wanted:
        return Applied()
    taking = _Taking(PlanView(session, session.get_one(Plan, plan_id), draft), find_areas(draft, rows), Stamp(who=who, now_utc=now_utc))
    for difference in wanted:
        taking.take(difference)
    taking.settle(list(now.values()), {difference.key for difference in wanted})
    texts = {"source_name": source_name[:200], "source_text": source_text} if source_text else {}
    plan = taking.view.plan
    update_row(session, plan, version=plan.version, who=who, now_utc=now_utc, **texts)
    session.flush()
    kinds = Counter(difference.kind for difference in wanted)
    restored = kinds[Difference.UNCHANGED]
    return Applied(kinds[Difference.NEW], kinds[Difference.CHANGED] + restored, kinds[Difference.GONE])


@dataclass(slots=True)
class _Taking:
    """Differences being taken over, headings before what stands below them."""

    view: PlanView
    areas: dict[int, str]
    stamp: Stamp
    taken: dict[str, Activity] = field(default_factory=dict)

    def take(self, difference: RowDifference) -> None:
        match difference.noun:
            case Noun.SECTION:
                self._take_section(difference)
            case Noun.MEASURE:
                self._take_measure(difference)
            case Noun.ACTIVITY:
                self._take_activity(difference)

    def _take_section(self, difference: RowDifference) -> None:
        number = int(difference.key[1:])
        if difference.kind is Difference.NEW or difference.left_out:
            self.home(number)
        elif difference.kind is Difference.CHANGED:
            section = self.view.outline.sections[number]
            update_row(self.view.session, section, version=section.version, heading=difference.changes[0].after, **self.stamp)

    def _take_measure(self, difference: RowDifference) -> None:
        number = int(difference.key[1:])
        session, outline = self.view.session, self.view.outline
        if difference.kind is Difference.GONE:
            sections.remove_measure(session, number, **self.stamp)
        elif difference.kind is Difference.CHANGED:
            stored = outline.measures[number]
            words = outline.texts[number][1].frequency
            frequency = words.phrase[:120] if words else ""
            values = {"text": difference.changes[0].after, "frequency": frequency}
            update_row(session, stored, version=stored.version, **values, **self.stamp)
        elif number not in outline.measures:
            self._store_measure(number)

    def _store_measure(self, number: int) -> Measure:
        section, measure = self.view.outline.texts[number]
        home = self.home(section) or 0
        area = self.areas.get(section, OTHER)
        stored = store_measure(self.view.session, measure, home, number, default=area, **self.stamp)
        self.view.outline.measures[number] = stored
        return stored

    def home(self, number: int | None) -> int | None:
        """The stored section of the draft's ``number``, stored now when it is new: behind the one that stands before it in the document."""
        outline = self.view.outline
        if number is None or number not in outline.headings:
            return None
        if number not in outline.sections:
            before = [outline.sections[n].position for n in outline.headings if n < number and n in outline.sections]
            position = max(before, default=0) + 1
            for section in self.view.stored.values():
                if section.position >= position:  # a place is nobody's words: the version stays, so that no save is refused for it
                    change_row(self.view.session, section, action=ChangeAction.UPDATE, **self.stamp, position=section.position + 1)
            read = self.view.draft.sections[number]
            row = store_section(
                self.view.session, self.view.plan, read, position=position, area=self.areas.get(number, OTHER), **self.stamp
            )
            outline.sections[number] = row
            self.view.stored[row.id or 0] = row
        return outline.sections[number].id

    def _take_activity(self, difference: RowDifference) -> None:
        session, row = self.view.session, difference.row
        if row is None:
            amendments.remove_activity(session, difference.activity_id or 0, **self.stamp)
        elif difference.activity_id is None:
            self.taken[difference.key] = self._add(row)
        else:
            if difference.left_out or difference.kind is Difference.NEW:
                amendments.remove_activity(session, difference.activity_id, removed=False, **self.stamp)
            self._change(difference, row)

    def _add(self, row: PlanRow) -> Activity:
        home, measure = self.home(row.section), self._measure_id(row)
        return add_row(self.view.session, self.view.plan, row, section_id=home, area=self._area(row), measure_id=measure, stamp=self.stamp)

    def _area(self, row: PlanRow) -> str:
        return OTHER if row.section is None else self.areas.get(row.section, OTHER)

    def _measure_id(self, row: PlanRow) -> int | None:
        measure = None if row.measure is None else self.view.outline.measures.get(row.measure)
        return measure.id if measure else None

    def _change(self, difference: RowDifference, row: PlanRow) -> None:
        session = self.view.session
        activity = session.get_one(Activity, difference.activity_id)
        theirs = self.view.their_side(row)
        changes = difference.changes or difference.corrections
        if difference.left_out or difference.kind is Difference.NEW:
            changes = changes_between(stored_side(activity, self.view.stored), None, theirs)
        moves = any(change.name == "section" for change in changes)
        home = self.home(row.section) if moves else None
        change_activity(session, self.view.plan, activity, changes, theirs, section_id=home, stamp=self.stamp)

    # --- what counts as read from now on ---

    def settle(self, differences: Sequence[RowDifference], chosen: set[str]) -> None:
        """Keep what the document says now with every row, so that reading it again finds no difference; no version moves by that."""
        left_out: list[dict[str, Any]] = []
        for difference in differences:
            row, is_chosen = difference.row, difference.key in chosen
            if difference.noun is not Noun.ACTIVITY:
                continue
            activity = self.taken.get(difference.key) or self._stored(difference.activity_id)
            read = None if row is None else as_read(row, self.view.draft)
            if activity is not None:
                activity.as_read = read
            elif read is not None and not is_chosen:
                left_out.append(read)
        outline = self.view.outline
        texts = [heading for number, heading in outline.headings.items() if number not in outline.sections]
        texts += [measure.text for number, (_, measure) in outline.texts.items() if number not in outline.measures]
        self.view.plan.left_out = [*left_out, *({"outline": text} for text in dict.fromkeys(texts))]
        self._settle_outline(chosen)

    def _stored(self, activity_id: int | None) -> Activity | None:
        return next((activity for activity in self.view.activities if activity.id == activity_id), None) if activity_id else None

    def _settle_outline(self, chosen: set[str]) -> None:
        outline = self.view.outline
        for number, section in outline.sections.items():
            section.as_read = outline.headings[number] or section.as_read
        for number, measure in outline.measures.items():
            measure.as_read = outline.texts[number][1].text
        for gone in outline.measures_gone:
            if f"g{gone.id}" not in chosen:
                gone.as_read = ""
        for emptied in outline.sections_gone:
            emptied.as_read = ""
            if f"h{emptied.id}" in chosen and self._is_empty(emptied):
                sections.remove_section(self.view.session, emptied.id or 0, **self.stamp)

    def _is_empty(self, section: Section) -> bool:
        self.view.session.flush()
        held = (select(model.id).where(model.section_id == section.id) for model in (Activity, Measure))
        return all(self.view.session.exec(query).first() is None for query in held)
