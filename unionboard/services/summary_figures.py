"""The summary's figures for other programs: what the draft of the year counts now, without money, words and what tells of few.

Money has its own totals (``fund_totals``), which merge what went to one or two people. Figures out of people's own words are left out, and
so is what rests on fewer than three check-offs of care (送温暖), itself or after everything else that is told has been taken off. Source:
domain notes D2 (small cells).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.models import Activity, CheckOff, Plan
from unionboard.models.summary import SummaryForm, SummarySpan
from unionboard.services.api_facts import CARE
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.small_counts import SMALL_COUNT
from unionboard.services.summary import DraftId
from unionboard.services.summary_drafts import compose_now
from unionboard.services.summary_spans import days_of

TOLD_OF = frozenset({"activity", "occurrence", "check_off", "meeting", "decision", "member", "union", "plan"})
"""Tables whose figures are told."""
_DAYS = frozenset({Unit.DATE, Unit.YEAR, Unit.FEN})


@dataclass(frozen=True, slots=True)
class SummaryFigure:
    """``id`` finds it again as long as the sentence stands in the draft; ``section`` is the block's key."""

    id: str
    section: str
    figure: Figure


def list_summary_figures(session: Session, plan: Plan, *, today: date, language: str) -> tuple[date, list[SummaryFigure]]:
    """The figures of the full summary over the plan's days up to ``today``, as far as it reaches, and that day; nothing is stored.

    ``language``: that of the draft, which decides the order of sentences. Raises: NotYours, NoPlanYet.
    """
    require(session, Act.SEE_YEAR)
    days = days_of(plan, SummarySpan.PLAN)
    as_of = min(max(today, days.first), days.last)
    draft_id = DraftId(plan.id or 0, SummaryForm.FULL, SummarySpan.PLAN, language)
    found = list(_find(session, draft_id, as_of))
    hidden = _find_small([one.figure for one in found], _care_of(session, plan.id or 0))
    return as_of, [one for one in found if one.figure not in hidden]


def _find(session: Session, draft_id: DraftId, as_of: date) -> Iterator[SummaryFigure]:
    for block in compose_now(session, draft_id, as_of=as_of)[1]:
        seen: dict[str, int] = {}
        for sentence in block.sentences:
            for quote in sentence.quotes:
                if _is_told(quote.figure):
                    seen[sentence.key] = n = seen.get(sentence.key, 0) + 1
                    yield SummaryFigure(f"{block.key}/{sentence.key}/{n}", block.key, quote.figure)


def _is_told(figure: Figure) -> bool:
    return (
        figure.rule is not Rule.TEXT
        and figure.unit not in _DAYS
        and all(source.noun in TOLD_OF for source in figure.records)
        and all(_is_told(part) for part in figure.parts)
    )


def _care_of(session: Session, plan_id: int) -> frozenset[Source]:
    """Check-offs of activities of care."""
    is_care = or_(col(Activity.area) == CARE, col(Activity.area_2) == CARE)
    query = select(CheckOff.id).join(Activity).where(Activity.plan_id == plan_id, is_care)
    return frozenset(Source("check_off", number or 0) for number in session.exec(query))


def _find_small(figures: list[Figure], care: frozenset[Source]) -> set[Figure]:
    """Figures that tell what one or two check-offs of care came to. How many there were is no secret: a plain count is told."""
    hidden: set[Figure] = set()
    told: list[tuple[Unit, frozenset[Source]]] = []
    for figure in sorted(figures, key=lambda one: len(one.records)):
        mine = care.intersection(figure.records)
        if not mine or not _measures(figure):
            continue
        known = frozenset[Source]().union(*(found for unit, found in told if unit is figure.unit and found <= mine))
        left = mine - known
        if len(mine) < SMALL_COUNT or 0 < len(left) < SMALL_COUNT:
            hidden.add(figure)
        else:
            told.append((figure.unit, mine))
    return hidden


def _measures(figure: Figure) -> bool:
    """Whether it says what stands in a record, and not only how many there are."""
    return bool(figure.field) or any(_measures(part) for part in figure.parts)
