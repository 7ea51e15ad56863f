"""What leaves the program as a file is written into the change log, and so is who looked at what is private. Source: domain notes D2."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, case, col, func, select

from unionboard.models import CareVisit, Change
from unionboard.models.changelog import ChangeAction
from unionboard.services.guard import require
from unionboard.services.permissions import Act
from unionboard.services.private_names import require_names

NOUN = "export"
LOOKS_SHOWN = 50


class Export(StrEnum):
    """Everything that leaves as a file, as the log says it."""

    LEDGER = "fund_ledger"
    BUDGET = "fund_budget"
    FUND_REPORT = "fund_report"
    CARE_REGISTER = "care_register"
    AUDIT_FOLDER = "audit_folder"
    SIGN_OFF_LIST = "sign_off_list"
    PAPER = "paper"  # a paper behind the books
    EVIDENCE = "evidence"  # a paper or photo of a check-off
    EVIDENCE_REGISTER = "evidence_register"
    PLAN_TABLE = "plan_table"
    GANTT = "gantt"
    TIMELINE_PAPER = "timeline_paper"
    MINUTES = "minutes"
    NOTICE = "notice"  # the notice board's page of a month
    SIGN_IN = "sign_in"
    VISIT_FORM = "visit_form"
    DISCLOSURE = "disclosure"
    CERTIFICATES = "certificates"
    SUMMARY = "summary"
    UPWARD_TABLE = "upward_table"
    OVERVIEW = "overview"  # of the unions below
    HANDOVER = "handover"
    BACKUP = "backup"
    EVERYTHING = "everything"
    KEY = "key"


def record_export(session: Session, what: Export | str, *, names: bool = False, who: str, now_utc: datetime) -> None:
    """Write down that ``what`` is taken out as a file, before it is given; ``names``: it names those who were visited or helped.

    Raises: NotYours; with names also NamesNotYours, Locked.
    """
    require(session, Act.EXPORT_NAMES if names else Act.EXPORT)
    if names:
        require_names(session, who=who, now_utc=now_utc)
    after = {"what": Export(what).value, "names": names}
    session.add(Change(at_utc=now_utc, who=who, action=ChangeAction.EXPORT.value, noun=NOUN, row_id=0, after=after))
    session.flush()


class LookKind(StrEnum):
    """How somebody came to see, or to take, what the log has to tell of."""

    NAMES = "names"  # names of those visited were shown
    PAPER = "paper"  # a private paper was opened
    UNLOCK = "unlock"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Look:
    """One look: by whom, when, from where. ``count``: names or papers; ``what`` and ``has_names`` are of an export."""

    kind: LookKind
    who: str
    at_utc: datetime
    origin: str
    count: int
    what: str = ""
    has_names: bool = False


def list_looks(session: Session, *, limit: int = LOOKS_SHOWN) -> tuple[Look, ...]:
    """The last ``limit`` looks, newest first; names shown by one click are one look. Two queries. Raises: NotYours."""
    require(session, Act.MANAGE_ACCOUNTS)
    wanted = (ChangeAction.REVEAL.value, ChangeAction.UNLOCK.value, ChangeAction.EXPORT.value)
    apart = case((col(Change.action) == ChangeAction.REVEAL.value, 0), else_=col(Change.id))
    last, count = func.max(Change.id), func.count()
    grouped = (
        select(last, count)
        .where(col(Change.action).in_(wanted))
        .group_by(col(Change.who), col(Change.at_utc), col(Change.origin), col(Change.action), col(Change.noun), apart)
        .order_by(last.desc())
        .limit(limit)
    )
    counts = dict(session.exec(grouped).all())
    rows = session.exec(select(Change).where(col(Change.id).in_(counts)).order_by(col(Change.id).desc())).all()
    return tuple(_tell(row, counts[row.id]) for row in rows)


def _tell(row: Change, count: int) -> Look:
    kinds = {ChangeAction.EXPORT.value: LookKind.EXPORT, ChangeAction.UNLOCK.value: LookKind.UNLOCK}
    shown = LookKind.NAMES if row.noun == CareVisit.__tablename__ else LookKind.PAPER
    told = row.after or {}
    return Look(
        kind=kinds.get(row.action, shown),
        who=row.who,
        at_utc=row.at_utc,
        origin=row.origin,
        count=count,
        what=str(told.get("what", "")),
        has_names=bool(told.get("names")),
    )
