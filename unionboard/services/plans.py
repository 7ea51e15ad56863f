"""Plans: finding the one that is meant, adopting what was read, copying last year's."""

from datetime import date

from sqlmodel import Session, col, select

from unionboard.errors import NoPlanForYear
from unionboard.models import Plan, Section


def list_plans(session: Session) -> list[Plan]:
    """All plans, newest period first."""
    return list(session.exec(select(Plan).order_by(col(Plan.starts_on).desc(), col(Plan.id).desc())))


def current_plan(session: Session, *, today: date) -> Plan | None:
    """The plan whose period holds ``today``, else the newest one, else None."""
    plans = list_plans(session)
    running = [plan for plan in plans if plan.starts_on <= today <= plan.ends_on]
    return next(iter(running or plans), None)


def plan_of_year(session: Session, year: int) -> Plan:
    """The plan known by ``year``. Raises: NoPlanForYear."""
    plan = session.exec(select(Plan).where(Plan.year == year).order_by(col(Plan.starts_on))).first()
    if plan is None:
        raise NoPlanForYear(year=year)
    return plan


def list_sections(session: Session, plan_id: int) -> list[Section]:
    """The plan's sections in their order."""
    return list(session.exec(select(Section).where(Section.plan_id == plan_id).order_by(col(Section.position))))
