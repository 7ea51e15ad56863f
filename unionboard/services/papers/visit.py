"""The form a care visit is asked for and approved on: blank, or of a visit, without names unless they were unlocked.

Source: fields of domain notes F (慰问审批表); D2.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from unionboard.errors.fund import NoSuchVisit
from unionboard.services import care, private_names, unions
from unionboard.services.care import VisitView
from unionboard.services.guard import require
from unionboard.services.permissions import Act


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """The form. What is empty or None is filled in by hand; ``zh`` and ``en`` say the occasion, as far as it may be told."""

    union: str
    as_of: date
    visit_id: int | None = None
    name: str = ""
    zh: str = ""
    en: str = ""
    visited_on: date | None = None
    people: int | None = None
    amount_fen: int | None = None
    goods: str = ""
    visitors: str = ""


def gather_blank(session: Session, *, today: date) -> VisitFacts:
    """A form with the union's name and nothing else. Raises: NotYours."""
    require(session, Act.SEE_MONEY)
    union = unions.find_union(session)
    return VisitFacts(union.name if union else "", today)


def gather_visit(session: Session, visit_id: int, *, today: date, with_names: bool = False) -> VisitFacts:
    """The form of a visit: its day, its people and the occasion as the screen may show it; whom it was for, the sum, the gift and who went
    only ``with_names``, for whoever was let see names (``record_export`` asks).

    Raises: NotYours, NoSuchVisit.
    """
    require(session, Act.EXPORT_NAMES if with_names else Act.SEE_MONEY)
    view = _find_view(session, visit_id, with_names=with_names)
    is_told = with_names or view.kind != care.OTHER_KIND  # merged occasions are written in by hand
    facts = replace(
        gather_blank(session, today=today),
        visit_id=visit_id,
        zh=view.zh if is_told else "",
        en=view.en if is_told else "",
        visited_on=view.visited_on,
        people=view.people,
    )
    if not with_names:
        return facts
    name = private_names.list_names(session, [visit_id]).get(visit_id, "")
    return replace(facts, name=name, amount_fen=view.amount_fen or None, goods=view.goods, visitors=view.visitors)


def _find_view(session: Session, visit_id: int, *, with_names: bool) -> VisitView:
    """Occasions are merged by what a whole calendar year has of them, as everywhere."""
    year = care.load_visit(session, visit_id).visited_on.year
    views = care.list_visits(session, first=date(year, 1, 1), last=date(year, 12, 31), merge_small=not with_names)
    for view in views:
        if view.id == visit_id:
            return view
    raise NoSuchVisit
