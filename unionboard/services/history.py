"""What happened to an activity: its own changes and those of its check-offs, as one story."""

from sqlmodel import Session, col, or_, select

from unionboard.models import Change, CheckOff, Evidence


def list_activity_history(session: Session, activity_id: int) -> list[Change]:
    """The changes of an activity, its check-offs (undone ones too) and their evidence, newest first."""
    check_offs = select(CheckOff.id).where(CheckOff.activity_id == activity_id)
    papers = select(Evidence.id).where(col(Evidence.check_off_id).in_(check_offs))
    mine = or_(
        (col(Change.noun) == "activity") & (col(Change.row_id) == activity_id),
        (col(Change.noun) == "check_off") & col(Change.row_id).in_(check_offs),
        (col(Change.noun) == "evidence") & col(Change.row_id).in_(papers),
    )
    return list(session.exec(select(Change).where(mine).order_by(col(Change.id).desc())))
