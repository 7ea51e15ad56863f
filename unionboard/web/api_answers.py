"""Facts as the API's models: what is told beside the plain fields of a row."""

from unionboard.services.api_facts import ActivityFacts, YearFigures
from unionboard.web import api_models as models

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
