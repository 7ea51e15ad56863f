"""Facts as the API's models: what is told beside the plain fields of a row."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from unionboard.drafting.figures import Figure
from unionboard.services.api_facts import ActivityFacts, YearFigures
from unionboard.services.summary_figures import SummaryFigure
from unionboard.web import api_models as models
from unionboard.writing.figure_words import field_name, noun_name

_OF_VIEW = (
    *("id", "plan_id", "title", "area", "area_2", "duty", "precision", "starts_on", "ends_on", "original_starts_on", "original_ends_on"),
    *("owner", "status", "days_late", "version"),
)


def tell_activity(facts: ActivityFacts) -> models.Activity:
    """An activity under the plan's own heading."""
    view = facts.view
    turns = models.Turns(planned=len(view.occurrences), done=view.done_count, missed=len(view.missed)) if view.occurrences else None
    told = {name: getattr(view, name) for name in _OF_VIEW}
    return models.Activity(**told, section=view.section_title, done_on=facts.done_on, participants=facts.participants, turns=turns)


def tell_figures(facts: YearFigures) -> models.Figures:
    """The board's figures; nothing is counted anew here."""
    board = facts.board
    areas = [
        models.AreaFigures(
            area=row.code,
            activities=len(row.activities),
            counted=row.counted,
            done=row.done,
            late=row.late,
            missed_turns=row.missed,
            share_done_pct=row.share_done_pct,
        )
        for row in board.areas
    ]
    return models.Figures(
        plan_id=facts.plan.id or 0,
        as_of=board.as_of,
        by_status=facts.by_status,
        counted=len(board.counted),
        done=len(board.done),
        share_done_pct=board.share_done_pct,
        time_share_pct=board.time_share_pct,
        late=len(board.late),
        longest_late_days=board.longest_late_days,
        missed_turns=sum(row.missed for row in board.areas),
        check_offs=board.check_offs,
        check_offs_with_evidence=board.proven,
        areas=areas,
    )


def tell_summary(plan_id: int, as_of: date, figures: Sequence[SummaryFigure]) -> models.SummaryFigures:
    """The summary's figures, each called by what it is computed from; money and words are not among them."""
    items = [
        models.SummaryFigure(
            id=one.id,
            section=one.section,
            zh=_name(one.figure, "zh_CN"),
            en=_name(one.figure, "en"),
            value=float(one.figure.value) if isinstance(one.figure.value, Decimal) else one.figure.number,
            unit=one.figure.unit,
            rule=one.figure.rule,
            records=len(one.figure.records),
        )
        for one in figures
    ]
    return models.SummaryFigures(plan_id=plan_id, as_of=as_of, items=items)


def _name(figure: Figure, language: str) -> str:
    """办结记录, 参加人数, 参加人数 ÷ 应参加人数: of parts of one name it is said once."""
    if figure.field:
        return field_name(figure.field, language)
    if figure.parts:
        return " ÷ ".join(dict.fromkeys(_name(part, language) for part in figure.parts))
    return "、".join(dict.fromkeys(noun_name(source.noun, language) for source in figure.sources))
