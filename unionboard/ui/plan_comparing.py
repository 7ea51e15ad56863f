"""A corrected version under comparison with the plan that stands: a document read again, or the plan table come back from Excel."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors.documents import FormatNotRead
from unionboard.errors.plans import NotOurTable
from unionboard.models import Plan
from unionboard.reading.draft import PlanDraft, Reading
from unionboard.reading.files import read_file
from unionboard.reading.plan_table import PlanTable, read_plan_table
from unionboard.services import activities, comparison, table_comparison
from unionboard.services.activities import ActivityView
from unionboard.services.changes import current_pulse
from unionboard.services.comparison import Applied, Difference, RowDifference
from unionboard.services.plan_rows import list_rows
from unionboard.services.plan_states import PlanState, keep_state, put_back
from unionboard.services.table_comparison import TableProblem
from unionboard.ui.actions import action
from unionboard.ui.frame import PLAN_KEY
from unionboard.ui.identity import acting_who
from unionboard.ui.plan_differences import is_ticked_first
from unionboard.ui.plan_intake import attempt, forget_intake
from unionboard.ui.text import t

COMPARING_KEY = "plan_comparing"
APPLIED_KEY = "plan_applied"


@dataclass(slots=True)
class Comparing:
    """A corrected version beside plan ``plan_id``: document ``n`` of ``reading``, or ``table``; neither until one is chosen.

    ``headings`` are what the rows' sections count in, ``problems`` cells of a table that are not understood, ``ticked`` keys of lines.
    """

    plan_id: int
    serial: int
    filename: str = ""
    reading: Reading | None = None
    n: int = 0
    table: PlanTable | None = None
    differences: Sequence[RowDifference] = ()
    headings: Sequence[str] = ()
    problems: Sequence[TableProblem] = ()
    views: dict[int, ActivityView] = field(default_factory=dict)
    ticked: set[str] = field(default_factory=set)
    unfolded: set[Difference] = field(default_factory=set)
    pulse: int = -1

    @property
    def is_chosen(self) -> bool:
        return self.reading is not None or self.table is not None

    @property
    def draft(self) -> PlanDraft | None:
        return self.reading.plan(self.n) if self.reading else None

    @property
    def is_another_plan(self) -> bool:
        """Whether hardly any line of it is in the plan: nothing is ticked then to begin with."""
        kinds = Counter(difference.kind for difference in self.differences)
        strange = kinds[Difference.NEW] + kinds[Difference.GONE]
        return strange > 4 and strange > 2 * (kinds[Difference.CHANGED] + kinds[Difference.UNCHANGED])

    def of_kind(self, kind: Difference) -> list[RowDifference]:
        """The lines of one kind, in their order."""
        return [difference for difference in self.differences if difference.kind is kind]


@dataclass(frozen=True, slots=True)
class Done:
    """What was applied to plan ``plan_id``, how it stood before, and the pulse right after."""

    plan_id: int
    applied: Applied
    before: PlanState
    pulse: int


# --- beginning and ending ------------------------------------------------------------------------------------------------------


def begin_comparison(plan: Plan) -> None:
    """For ``on_click``: ask for the corrected version of ``plan``."""
    st.session_state.pop(APPLIED_KEY, None)
    st.session_state[COMPARING_KEY] = Comparing(plan.id or 0, forget_intake())


def current_comparison(plan: Plan) -> Comparing | None:
    """The comparison with ``plan`` under way, if any."""
    comparing = st.session_state.get(COMPARING_KEY)
    return comparing if isinstance(comparing, Comparing) and comparing.plan_id == plan.id else None


def compare_reading(plan: Plan, reading: Reading, n: int) -> None:
    """For ``on_click``: compare document ``n`` of what was just read with ``plan``, which becomes the plan looked at."""
    st.session_state[PLAN_KEY] = plan.id
    comparing = Comparing(plan.id or 0, forget_intake(), filename=reading.filename, reading=reading, n=n)
    compare(comparing)
    st.session_state[COMPARING_KEY] = comparing


def leave_comparison() -> None:
    """For ``on_click``: back to the plan; nothing is taken over."""
    st.session_state.pop(COMPARING_KEY, None)
    forget_intake()


def lay_out(comparing: Comparing, read: Callable[[], Reading | PlanTable], *, filename: str = "") -> None:
    """Compare with what ``read`` gives; a refusal is told in place, and the fields stand for another try."""

    def first_look() -> Comparing:
        found = read()
        if isinstance(found, PlanTable):
            comparing.table = found
        else:
            comparing.reading, comparing.n = found, found.plan().n
        compare(comparing)
        return comparing

    comparing.filename = filename
    if attempt(first_look) is None:
        comparing.reading = comparing.table = None
        return
    st.rerun()


def read_either(data: bytes, filename: str) -> Reading | PlanTable:
    """Our plan table when the file is one, else a document. Raises: what reading a file raises."""
    try:
        return read_plan_table(data, filename=filename)
    except (NotOurTable, FormatNotRead):
        return read_file(data, filename=filename)


# --- comparing and applying ----------------------------------------------------------------------------------------------------


def compare(comparing: Comparing) -> None:
    """Find the differences anew; lines that were not there before are ticked as they are to begin with. Raises: OtherPlansTable."""
    with db.reading() as session:
        differences = _differences(session, comparing)
        views = {view.id: view for view in activities.list_activities(session, comparing.plan_id, today=clock.today())}
        pulse = current_pulse(session)
    known = {difference.key for difference in comparing.differences}
    present = {difference.key for difference in differences}
    comparing.differences, comparing.views, comparing.pulse = differences, views, pulse
    new = {difference.key for difference in differences if difference.key not in known and is_ticked_first(difference)}
    comparing.ticked = (comparing.ticked & present) | (set() if comparing.is_another_plan else new)


def _differences(session: Session, comparing: Comparing) -> Sequence[RowDifference]:
    draft = comparing.draft
    if draft is not None:
        comparing.headings = [section.heading for section in draft.sections]
        return comparison.compare(session, comparing.plan_id, list_rows(draft), draft)
    if comparing.table is None:
        return ()
    found = table_comparison.compare_table(session, comparing.plan_id, comparing.table, today=clock.today())
    comparing.headings, comparing.problems = found.headings, found.problems
    return found.differences


def refresh(comparing: Comparing) -> None:
    """Compare again when anything was changed since."""
    with db.reading() as session:
        has_moved = current_pulse(session) != comparing.pulse
    if has_moved:
        compare(comparing)


def choose_document(comparing: Comparing, n: int) -> None:
    """Compare with document ``n`` of the file instead."""
    comparing.n = n
    comparing.differences, comparing.ticked = (), set()
    compare(comparing)


def apply(comparing: Comparing) -> None:
    """For ``on_click``: take over what is ticked."""
    outcome = action(lambda session: _apply(session, comparing), safe="before-adopt")
    if outcome.value is None:
        compare(comparing)
        return
    leave_comparison()
    st.session_state[APPLIED_KEY] = outcome.value


def can_be_undone(done: Done) -> bool:
    """Whether nothing at all was changed since."""
    with db.reading() as session:
        return current_pulse(session) == done.pulse


def undo(done: Done) -> None:
    """For ``on_click``: the plan as it stood before."""
    action(
        lambda session: put_back(session, done.before, pulse=done.pulse, who=acting_who(), now_utc=clock.now_utc()),
        done=t("Undone: the plan is as it was before."),
    )
    st.session_state.pop(APPLIED_KEY, None)


def _apply(session: Session, comparing: Comparing) -> Done:
    before = keep_state(session, comparing.plan_id)
    applied = _take_over(session, comparing)
    session.flush()
    return Done(comparing.plan_id, applied, before, current_pulse(session))


def _take_over(session: Session, comparing: Comparing) -> Applied:
    reading, draft = comparing.reading, comparing.draft
    if reading is not None and draft is not None:
        return comparison.apply(
            session,
            comparing.plan_id,
            comparing.differences,
            chosen=comparing.ticked,
            draft=draft,
            who=acting_who(),
            now_utc=clock.now_utc(),
            source_name=reading.filename,
            source_text="\n".join(line.text for line in reading.lines),
        )
    if comparing.table is None:
        return Applied()
    return table_comparison.apply_table(
        session,
        comparing.plan_id,
        comparing.differences,
        chosen=comparing.ticked,
        table=comparing.table,
        today=clock.today(),
        who=acting_who(),
        now_utc=clock.now_utc(),
    )
