"""What the union has decided about its money: from which sum on the committee decides, and when a budget or ceiling is near."""

from datetime import datetime

from sqlmodel import Session, select

from unionboard.errors.claims import ThresholdNegative
from unionboard.models import FundPolicy
from unionboard.models.changelog import ChangeAction
from unionboard.services.changes import record_change, update_row


def read_policy(session: Session) -> FundPolicy:
    """The policy as it stands; before anybody decided anything a row with the defaults that is not stored (its ``version`` is 0)."""
    return session.exec(select(FundPolicy)).first() or FundPolicy(version=0)


def save_policy(
    session: Session, *, resolution_above_fen: int | None, version: int, who: str, now_utc: datetime, near_pct: int | None = None
) -> FundPolicy:
    """Spending of ``resolution_above_fen`` (inclusive) and more needs a resolution; None: none does. ``near_pct`` None leaves it.

    Raises: ThresholdNegative, StaleSave.
    """
    if resolution_above_fen is not None and resolution_above_fen < 0:
        raise ThresholdNegative
    row = session.exec(select(FundPolicy).with_for_update()).first()
    if row is None:
        row = FundPolicy(resolution_above_fen=resolution_above_fen, **({"near_pct": near_pct} if near_pct else {}))
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
        return row
    values: dict[str, int | None] = {"resolution_above_fen": resolution_above_fen, **({"near_pct": near_pct} if near_pct else {})}
    update_row(session, row, version=version, who=who, now_utc=now_utc, **values)
    return row


def needs_resolution(policy: FundPolicy, amount_fen: int) -> bool:
    """Whether spending of ``amount_fen`` is for the committee to decide."""
    return policy.resolution_above_fen is not None and amount_fen >= policy.resolution_above_fen
