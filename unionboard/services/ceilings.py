"""Ceilings speak when something is spent: ok, near or over, with the rule's name and source. They never stop anybody.

``judge`` is for typing; ``settle`` is called once when a spending is decided (an entry booked, a claim submitted, a visit or hand-out
recorded) and keeps what was near or over, with the reason. Source: domain notes C4, C5.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from unionboard.config import DEFAULT_LANGUAGE
from unionboard.errors.ceilings import OverWithoutReason
from unionboard.models import CeilingFinding, CeilingLevel, CeilingRule, CeilingShape
from unionboard.reference.ceilings import SampleRule, sample_rules
from unionboard.services.ceiling_history import load_history
from unionboard.services.ceiling_judging import Finding, SpendingFacts, is_in_force, judge_facts, speaks_of
from unionboard.services.changes import record_creations
from unionboard.services.fund_policy import read_policy
from unionboard.services.privacy import check_text

__all__ = ["Finding", "SpendingFacts", "judge", "settle"]


def judge(session: Session, facts: SpendingFacts, *, today: date) -> tuple[Finding, ...]:
    """What the union's rules and the item's budget say of a spending that is being typed, the worst first. Nothing is stored.

    ``today`` is not asked by any rule: they hold on the day of the spending. A constant number of queries.
    """
    del today
    rules = [rule for rule in spoken_rules(session) if is_in_force(rule, facts.booked_on) and speaks_of(rule, facts)]
    return judge_facts(facts, rules, load_history(session, facts, rules), near_pct=read_policy(session).near_pct)


def settle(
    session: Session,
    facts: SpendingFacts,
    *,
    reason: str,
    who: str,
    now_utc: datetime,
    today: date,
    fund_entry_id: int | None = None,
    claim_id: int | None = None,
    care_visit_id: int | None = None,
    handout_id: int | None = None,
) -> tuple[Finding, ...]:
    """Judge a spending that is decided now, and keep what is near or over with ``reason`` beside the row it belongs to.

    The rows named here do not count as used before; the caller flushed them already. Raises: OverWithoutReason, PrivateNumberTyped.
    """
    facts = replace(
        facts,
        not_entry_id=facts.not_entry_id or fund_entry_id,
        not_claim_id=facts.not_claim_id or claim_id,
        not_visit_id=facts.not_visit_id or care_visit_id,
        not_handout_id=facts.not_handout_id or handout_id,
    )
    findings = judge(session, facts, today=today)
    over = [finding.name for finding in findings if finding.level is CeilingLevel.OVER]
    check_text(reason)
    if over and not reason.strip():
        raise OverWithoutReason(names=over)
    kept = [
        CeilingFinding(
            rule_id=finding.rule_id,
            rule_name=finding.name,
            rule_source=finding.source,
            shape=finding.shape,
            level=finding.level,
            limit=finding.limit,
            used=finding.used,
            word=finding.word,
            reason=reason.strip(),
            fund_entry_id=fund_entry_id,
            claim_id=claim_id,
            care_visit_id=care_visit_id,
            handout_id=handout_id,
            who=who,
            created_at_utc=now_utc,
        )
        for finding in findings
        if finding.level is not CeilingLevel.OK
    ]
    session.add_all(kept)
    record_creations(session, kept, who=who, now_utc=now_utc)
    return findings


def spoken_rules(session: Session) -> list[CeilingRule]:
    """The union's rules that are switched on, in their order, and those that speak until it has said something about them."""
    stored = session.exec(select(CeilingRule).order_by(col(CeilingRule.position), col(CeilingRule.id))).all()
    known = {rule.sample for rule in stored}
    from_start = [rule_of_sample(one) for one in sample_rules().values() if one.from_start and one.code not in known]
    return [*(rule for rule in stored if rule.is_active), *from_start]


def rule_of_sample(sample: SampleRule, *, language: str = DEFAULT_LANGUAGE) -> CeilingRule:
    """A rule as the sample tells it, not stored."""
    side = "en" if language == "en" else "zh"
    return CeilingRule(
        name=getattr(sample.name, side),
        shape=CeilingShape(sample.shape),
        amount_fen=sample.amount_fen,
        share_pct=sample.share_pct,
        count=sample.count,
        years=sample.years,
        items=list(sample.items),
        kinds=list(sample.kinds),
        festivals=list(sample.festivals),
        words=list(sample.words),
        condition=getattr(sample.condition, side),
        source=getattr(sample.source, side),
        is_sample=True,
        sample=sample.code,
    )
