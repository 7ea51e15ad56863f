"""What happened to an activity: its own changes, those of its check-offs and what meetings asked for, as one story."""

from sqlmodel import Session, col, or_, select

from unionboard.models import Change, CheckOff, Decision, DecisionKind, Evidence


def list_activity_history(session: Session, activity_id: int) -> list[Change]:
    """The changes of an activity, its check-offs (undone ones too), their evidence and what meetings asked somebody to do about it, newest
    first. What a meeting changed of the activity is among its own changes.
    """
    check_offs = select(CheckOff.id).where(CheckOff.activity_id == activity_id)
    papers = select(Evidence.id).where(col(Evidence.check_off_id).in_(check_offs))
    tasks = select(Decision.id).where(Decision.activity_id == activity_id, Decision.kind == DecisionKind.FOLLOW_UP)
    mine = or_(
        (col(Change.noun) == "activity") & (col(Change.row_id) == activity_id),
        (col(Change.noun) == "check_off") & col(Change.row_id).in_(check_offs),
        (col(Change.noun) == "evidence") & col(Change.row_id).in_(papers),
        (col(Change.noun) == "decision") & col(Change.row_id).in_(tasks),
    )
    return list(session.exec(select(Change).where(mine).order_by(col(Change.id).desc())))
