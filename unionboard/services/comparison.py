"""A corrected document against the plan that stands: what is new, changed, the same or gone, and taking over what people tick.

Three sides meet: what the document said when it was adopted (``as_read``), what is stored now, and what the document says now. Only what
the document itself changed is a change; a person's own correction stands.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from unionboard.reading.draft import PlanDraft
from unionboard.services.plan_rows import PlanRow


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
class FieldChange:
    """One field the document changed: stored now (``before``) and read now (``after``).

    ``name``: title, when, section, owner, audience, area, duty, people, budget, note, relation or targets. ``when`` is in the words of a
    plan (3月, 每月一次), which ``plan_times.read_time`` reads; area, duty and relation are codes, people and budget (yuan) digits.
    ``corrected``: a person changed it since it was adopted, so that taking it over undoes that.
    """

    name: str
    before: str
    after: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One line of the comparison. ``row`` is None when the document no longer has it, ``activity_id`` when the plan has none for it.

    ``records``: check-offs, fund entries and evidence on the activity. ``noun`` tells activities from headings and measures, which are
    listed only when new or changed. ``left_out``: people chose not to adopt it, and the document has not changed it.
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

    @property
    def is_proposed(self) -> bool:
        """Whether it is ticked to begin with: not what would hide records or undo a person's own correction."""
        return (self.kind in {Difference.NEW, Difference.CHANGED} and not any(change.corrected for change in self.changes)) or (
            self.kind is Difference.GONE and not self.records
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """How many lines were taken over."""

    new: int = 0
    changed: int = 0
    removed: int = 0


def compare(session: Session, plan_id: int, rows: Sequence[PlanRow], draft: PlanDraft) -> list[RowDifference]:
    """What ``rows``, read from ``draft``, differ in from plan ``plan_id``: in the order of the document, then what is gone."""
    raise NotImplementedError


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

    Something gone is removed, and can be put back. With ``source_text`` the document becomes the plan's source, when anything was chosen.
    Raises: StaleSave, NoSuchActivity.
    """
    raise NotImplementedError
