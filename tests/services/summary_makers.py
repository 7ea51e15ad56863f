"""A summary over a small year, and what people do with it: a test names only what it is about."""

from datetime import date
from typing import Any

from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.models import Activity, CheckOff, Plan
from unionboard.services import checkoffs, summary, summary_editing
from unionboard.services.checkoffs import Details
from unionboard.services.summary import BlockView, DraftId, SummaryView
from unionboard.services.summary_drafts import write_draft

AS_OF = date(2026, 12, 20)
BY: dict[str, Any] = {"who": "chair", "now_utc": NOW}


def write(session: Session, plan: Plan, *, as_of: date = AS_OF, language: str = "zh_CN") -> SummaryView:
    """The plan's summary, written or written anew."""
    return write_draft(session, DraftId(plan.id or 0, language=language), as_of=as_of, **BY)


def hold(session: Session, activity: Activity, day: date, **details: Any) -> int:
    """Check off ``activity``; the id of the check-off."""
    row = checkoffs.check_off(session, activity.id or 0, done_on=day, today=AS_OF, details=Details(**details), **BY)
    return row.id or 0


def make_year(session: Session) -> Plan:
    """A plan with a section in which a sports day and a check-up were held."""
    plan = make_plan(session)
    section = make_section(session, plan)
    hold_in_section(session, plan, section.id, "趣味运动会", date(2026, 5, 20), participants=60)
    hold_in_section(session, plan, section.id, "教职工体检", date(2026, 9, 14), participants=58)
    return plan


def hold_in_section(session: Session, plan: Plan, section_id: int | None, title: str, day: date, **details: Any) -> int:
    """An activity of the section, held on ``day``; the id of its check-off."""
    activity = make_activity(session, plan, title=title, section_id=section_id, starts_on=day, ends_on=day)
    return hold(session, activity, day, **details)


def recount(session: Session, title: str, participants: int) -> None:
    """Somebody corrects how many came to an activity."""
    row = session.exec(select(CheckOff).join(Activity).where(Activity.title == title)).one()
    checkoffs.amend_check_off(session, row.id or 0, version=row.version, today=AS_OF, **{**BY, "who": "deputy"}, participants=participants)


def block_of(view: SummaryView, key: str) -> BlockView:
    """A block by its key."""
    return next(block for block in view.blocks if block.key == key)


def section_of(view: SummaryView) -> BlockView:
    """The first section of the plan."""
    return next(block for block in view.blocks if block.key.startswith("section:"))


def sentence_of(block: BlockView, words: str) -> str:
    """The generated sentence that holds ``words``."""
    return next(sentence.text for sentence in block.sentences if words in sentence.text)


def edit(session: Session, view: SummaryView, key: str, text: str, **by: Any) -> BlockView:
    """Save a text over what stands in ``view``."""
    return summary_editing.save_block(session, view.id, key, text=text, version=block_of(view, key).version, **{**BY, **by})


def plan_of(session: Session, view: SummaryView) -> Plan:
    """The plan of a summary."""
    return session.get_one(Plan, view.plan_id)


def read(session: Session, view: SummaryView) -> SummaryView:
    """The same summary as it is stored now."""
    return summary.read_draft(session, view.id)
