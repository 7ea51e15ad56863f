"""The union's own rules about spending: taken from samples, typed, changed, switched off; and what they have said in a year.

Nothing is deleted: a rule that was wrong or has ended is switched off or gets a last day, so that what it said stays explained.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from unionboard.config import DEFAULT_LANGUAGE
from unionboard.errors.activities import DatesReversed
from unionboard.errors.ceilings import (
    CeilingLimitMissing,
    CeilingNameMissing,
    CeilingShareTooLarge,
    CeilingWordsMissing,
    NoSuchCeiling,
    NoSuchSample,
)
from unionboard.models import CareVisit, CeilingFinding, CeilingLevel, CeilingRule, CeilingShape, Claim, ClaimState, FundEntry, Handout
from unionboard.models.changelog import ChangeAction
from unionboard.reference import claim_kinds
from unionboard.reference.ceilings import SampleRule, sample_rules
from unionboard.services.ceilings import rule_of_sample
from unionboard.services.changes import record_change, update_row

_MEASURE_OF = {
    CeilingShape.PERSON_YEAR: "amount_fen",
    CeilingShape.PERSON_OCCASION: "amount_fen",
    CeilingShape.FESTIVAL: "amount_fen",
    CeilingShape.INCOME_SHARE: "share_pct",
    CeilingShape.DUES_MULTIPLE: "share_pct",
    CeilingShape.WINNERS_SHARE: "share_pct",
    CeilingShape.COUNT: "count",
}
_MEASURES = ("amount_fen", "share_pct", "count")
_OVER_YEARS = (CeilingShape.PERSON_YEAR, CeilingShape.COUNT)
_UNDONE = (ClaimState.DRAFT, ClaimState.WITHDRAWN, ClaimState.REVERSED)
_DAYS = (FundEntry.booked_on, Claim.paid_on, Claim.needed_on, CareVisit.visited_on, Handout.handed_on)
_ABOUT = ("fund_entry_id", "claim_id", "care_visit_id", "handout_id")
_TEXTS = ("name", "condition", "source")
_LISTS = ("items", "kinds", "festivals", "words")
_FIELDS = frozenset(
    {"shape", "sample", "amount_fen", "share_pct", "count", "years", "valid_from", "valid_to", "is_active", *_TEXTS, *_LISTS}
)


@dataclass(frozen=True, slots=True)
class Said:
    """What was near or over when something was decided. ``limit`` and ``used`` are fen, per cent or times by ``shape``.

    A finding about a care visit, or a claim that pays visits, names no rule and no reason: either would tell the occasion, or the person.
    """

    on: date
    rule_name: str
    shape: CeilingShape
    level: CeilingLevel
    limit: int | None
    used: int | None
    word: str
    reason: str
    who: str
    fund_entry_id: int | None
    claim_id: int | None
    is_visit: bool


def list_rules(session: Session) -> list[CeilingRule]:
    """The union's rules in their order, switched off ones too."""
    return list(session.exec(select(CeilingRule).order_by(col(CeilingRule.position), col(CeilingRule.id))))


def list_samples(session: Session) -> list[SampleRule]:
    """Samples to choose from: no rule was made from them yet, and they do not speak already."""
    taken = _taken_codes(session)
    return [sample for sample in sample_rules().values() if sample.code not in taken and not sample.from_start]


def adopt_samples(
    session: Session, codes: Iterable[str], *, who: str, now_utc: datetime, language: str = DEFAULT_LANGUAGE
) -> list[CeilingRule]:
    """Make rules of samples; those that were taken before are passed over. They stay marked as samples until somebody saves them.

    ``language``: that of their names. Raises: NoSuchSample.
    """
    known = sample_rules()
    wanted = list(dict.fromkeys(codes))
    for code in wanted:
        if code not in known:
            raise NoSuchSample(code=code, codes=", ".join(known))
    taken = _taken_codes(session)
    rows = [rule_of_sample(known[code], language=language) for code in wanted if code not in taken]
    for place, row in enumerate(rows, start=_last_position(session) + 1):
        row.position = place
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
    return rows


def save_rule(session: Session, rule_id: int | None, *, version: int, who: str, now_utc: datetime, **fields: Any) -> CeilingRule:
    """Make a rule (``rule_id`` None, ``version`` 0) or change one; whoever saves it stands for it, so that it is a sample no longer.

    ``fields``: name, shape, amount_fen, share_pct, count, years, items, kinds, festivals, words, condition, source, valid_from, valid_to
    (both days inclusive), is_active, sample (the code of the one it is made from). What its shape does not ask is cleared.
    Raises: CeilingNameMissing, CeilingLimitMissing, CeilingShareTooLarge, CeilingWordsMissing, DatesReversed, NoSuchCeiling, StaleSave.
    """
    if unknown := set(fields) - _FIELDS:
        raise TypeError(f"not fields of a rule: {sorted(unknown)}")
    row = None if rule_id is None else _load(session, rule_id)
    told = {name: getattr(row, name) for name in _FIELDS} if row else {}
    values = _checked(CeilingRule(**told | fields))
    if row is None:
        row = CeilingRule(**values, position=_last_position(session) + 1)
        session.add(row)
        record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)
        return row
    update_row(session, row, version=version, who=who, now_utc=now_utc, **values, is_sample=False)
    return row


def list_said(session: Session, year: int) -> list[Said]:
    """What rules said about spending of ``year`` that stands, newest first; of what was decided again only the last word. One query."""
    again = aliased(CeilingFinding)
    newer = select(again.id).where(
        or_(*(getattr(again, name) == getattr(CeilingFinding, name) for name in _ABOUT)),
        col(again.created_at_utc) > col(CeilingFinding.created_at_utc),
    )
    taken_back = select(FundEntry.reverses_id).where(col(FundEntry.reverses_id).is_not(None))
    query = (
        select(CeilingFinding, func.coalesce(*map(col, _DAYS)), Claim.kind, func.coalesce(CareVisit.claim_id, Handout.claim_id))
        .outerjoin(FundEntry, and_(col(CeilingFinding.fund_entry_id) == FundEntry.id, col(FundEntry.id).not_in(taken_back)))
        .outerjoin(Claim, and_(col(CeilingFinding.claim_id) == Claim.id, col(Claim.state).not_in(_UNDONE)))
        .outerjoin(CareVisit, and_(col(CeilingFinding.care_visit_id) == CareVisit.id, col(CareVisit.removed).is_(False)))
        .outerjoin(Handout, and_(col(CeilingFinding.handout_id) == Handout.id, col(Handout.removed_at_utc).is_(None)))
        .where(~newer.exists())
        .order_by(col(CeilingFinding.id).desc())
    )
    rows = session.exec(query).all()
    of_claims = {_matter(finding, finding.claim_id) for finding, _, claim_kind, _ in rows if claim_kind}
    said = []
    for finding, on, claim_kind, paid_by in rows:
        day = on or (
            finding.created_at_utc.date() if claim_kind else None
        )  # a claim may name no day; what has none does not stand any more
        if day is not None and day.year == year and (paid_by is None or _matter(finding, paid_by) not in of_claims):
            said.append(_say(finding, day, about_visit=finding.care_visit_id is not None or _is_private(claim_kind)))
    return sorted(said, key=lambda one: one.on, reverse=True)


def _matter(finding: CeilingFinding, claim_id: int | None) -> tuple[object, ...]:
    """What makes the word about a hand-out and the one about the claim that pays it the same."""
    return claim_id, finding.rule_id, finding.shape, finding.rule_name, finding.word


def _is_private(claim_kind: str | None) -> bool:
    return claim_kind in claim_kinds() and claim_kinds()[claim_kind].is_private


def _say(finding: CeilingFinding, on: date, *, about_visit: bool) -> Said:
    is_open = not about_visit or finding.shape is CeilingShape.BUDGET
    return Said(
        on=on,
        rule_name=finding.rule_name if is_open else "",
        shape=finding.shape,
        level=finding.level,
        limit=finding.limit if is_open else None,
        used=finding.used if is_open else None,
        word=finding.word if is_open else "",
        reason="" if about_visit else finding.reason,
        who=finding.who,
        fund_entry_id=finding.fund_entry_id,
        claim_id=finding.claim_id,
        is_visit=about_visit,
    )


def _load(session: Session, rule_id: int) -> CeilingRule:
    row = session.get(CeilingRule, rule_id)
    if row is None:
        raise NoSuchCeiling
    return row


def _taken_codes(session: Session) -> set[str]:
    return set(session.exec(select(CeilingRule.sample)))


def _last_position(session: Session) -> int:
    return session.exec(select(func.coalesce(func.max(CeilingRule.position), 0))).one()


def _checked(asked: CeilingRule) -> dict[str, Any]:
    """The fields of a rule, trimmed, without what its shape does not ask."""
    shape = CeilingShape(asked.shape)
    values = {name: getattr(asked, name) for name in _FIELDS}
    values |= {name: getattr(asked, name).strip() for name in _TEXTS}
    values |= {name: list(dict.fromkeys(word.strip() for word in getattr(asked, name) if word.strip())) for name in _LISTS}
    values |= {name: None for name in _MEASURES if name != _MEASURE_OF.get(shape)}
    if shape not in _OVER_YEARS:
        values["years"] = 1
    if not values["name"]:
        raise CeilingNameMissing
    measure = _MEASURE_OF.get(shape)
    if measure and values[measure] is None:
        raise CeilingLimitMissing
    if shape in (CeilingShape.INCOME_SHARE, CeilingShape.WINNERS_SHARE) and not 1 <= values["share_pct"] <= 100:
        raise CeilingShareTooLarge
    if shape is CeilingShape.WORDS and not values["words"]:
        raise CeilingWordsMissing
    if asked.valid_from and asked.valid_to and asked.valid_to < asked.valid_from:
        raise DatesReversed
    return values
