"""The union's own rules: taken from samples, typed, ended, switched off; and what they said in a year."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard.errors import Refusal
from unionboard.errors.activities import DatesReversed
from unionboard.errors.ceilings import (
    CeilingLimitMissing,
    CeilingNameMissing,
    CeilingShareTooLarge,
    CeilingWordsMissing,
    NoSuchCeiling,
    NoSuchSample,
)
from unionboard.errors.saving import StaleSave
from unionboard.models import CeilingLevel, CeilingRule, CeilingShape, Change, Claim, ClaimState, Direction
from unionboard.reference import care_kinds, fund_items
from unionboard.reference.ceilings import sample_rules, watched_words
from unionboard.reference.festivals import festivals
from unionboard.services import care, ceiling_rules, ceilings, claims, fund, handouts
from unionboard.services.ceiling_rules import Said
from unionboard.services.ceilings import SpendingFacts

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "会计", "now_utc": NOW}


def save(session: Session, rule_id: int | None = None, version: int = 0, **values: Any) -> CeilingRule:
    """A rule of 500 yuan for a wedding."""
    new = {"name": "结婚慰问", "shape": CeilingShape.PERSON_OCCASION, "amount_fen": 500_00, "kinds": ["wedding"]} if rule_id is None else {}
    return ceiling_rules.save_rule(session, rule_id, version=version, **{**new, **values}, **STAMP)


def overspend(session: Session, day: date = date(2026, 9, 18), *, at: datetime = NOW, **about: int) -> None:
    """A voucher card, said to be over and explained."""
    facts = SpendingFacts(booked_on=day, amount_fen=300_00, text="代金券")
    ceilings.settle(session, facts, reason="会议决定", today=TODAY, who="会计", now_utc=at, **about)


def book(session: Session, day: date = date(2026, 9, 18)) -> int:
    """An entry of that day."""
    row = fund.book_entry(
        session, booked_on=day, direction=Direction.OUT, item="publicity", purpose="展板", amount_fen=300_00, today=TODAY, **STAMP
    )
    session.flush()
    return row.id or 0


# --- samples -----------------------------------------------------------------------------------------------------------------------


def test_every_sample_is_a_rule_that_could_be_saved(session: Session) -> None:
    for row in ceiling_rules.adopt_samples(session, sample_rules(), **STAMP):
        save(session, row.id, row.version, source="决议")

    assert {rule.is_sample for rule in ceiling_rules.list_rules(session)} == {False}


def test_samples_speak_of_codes_and_words_that_exist() -> None:
    for sample in sample_rules().values():
        assert set(sample.items) <= set(fund_items())
        assert set(sample.kinds) <= set(care_kinds())
        assert set(sample.festivals) <= set(festivals())
        assert sample.shape != "words" or set(sample.words) <= set(watched_words())


def test_a_word_stands_in_one_sample_only() -> None:
    words = [word for sample in sample_rules().values() if sample.shape == "words" for word in sample.words]

    assert sorted(words) == sorted(watched_words())


def test_a_sample_that_was_taken_stays_one_until_it_is_saved(session: Session) -> None:
    [row] = ceiling_rules.adopt_samples(session, ["wedding"], **STAMP)
    before = row.is_sample, row.name

    saved = save(session, row.id, row.version, amount_fen=500_00)

    assert (before, saved.is_sample, saved.amount_fen, saved.sample) == ((True, "结婚慰问每人每次"), False, 500_00, "wedding")


def test_samples_are_taken_once(session: Session) -> None:
    ceiling_rules.adopt_samples(session, ["wedding", "wedding"], **STAMP)

    assert ceiling_rules.adopt_samples(session, ["wedding", "birth"], **STAMP)[0].sample == "birth"
    assert not {"wedding", "birth"} & {sample.code for sample in ceiling_rules.list_samples(session)}


def test_samples_that_speak_already_are_not_offered(session: Session) -> None:
    assert {sample.from_start for sample in ceiling_rules.list_samples(session)} == {False}


def test_samples_are_named_in_the_language_asked_for(session: Session) -> None:
    [row] = ceiling_rules.adopt_samples(session, ["wedding"], language="en", **STAMP)

    assert (row.name, row.source) == ("A wedding", "Sample: change it to your province’s rules and your union’s resolution")


def test_an_unknown_sample_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchSample):
        ceiling_rules.adopt_samples(session, ["golf"], **STAMP)


# --- rules ---------------------------------------------------------------------------------------------------------------------------


def test_rules_keep_their_order_and_a_change_is_logged(session: Session) -> None:
    first, second = save(session), save(session, name="生育慰问")
    save(session, first.id, 1, amount_fen=600_00)

    assert [rule.id for rule in ceiling_rules.list_rules(session)] == [first.id, second.id]
    logged = session.exec(select(Change).where(Change.noun == "ceiling_rule", Change.row_id == first.id).order_by(Change.id)).all()  # type: ignore[arg-type]
    assert [(change.action, change.after.get("amount_fen")) for change in logged if change.after] == [
        ("create", 500_00),
        ("update", 600_00),
    ]


def test_what_a_shape_does_not_ask_is_cleared(session: Session) -> None:
    row = save(session, share_pct=30, count=2, years=3)

    assert (row.amount_fen, row.share_pct, row.count, row.years) == (500_00, None, None, 1)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": " "}, CeilingNameMissing),
        ({"amount_fen": None}, CeilingLimitMissing),
        ({"shape": CeilingShape.COUNT}, CeilingLimitMissing),
        ({"shape": CeilingShape.INCOME_SHARE, "share_pct": 101}, CeilingShareTooLarge),
        ({"shape": CeilingShape.WORDS, "words": [" "]}, CeilingWordsMissing),
        ({"valid_from": date(2026, 7, 1), "valid_to": date(2026, 6, 30)}, DatesReversed),
    ],
)
def test_a_rule_that_says_nothing_is_refused(session: Session, values: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        save(session, **values)


def test_a_rule_may_allow_nothing_and_hold_for_a_day(session: Session) -> None:
    row = save(session, amount_fen=0, valid_from=date(2026, 7, 1), valid_to=date(2026, 7, 1))

    assert (row.amount_fen, row.valid_from, row.valid_to) == (0, date(2026, 7, 1), date(2026, 7, 1))


def test_a_rule_somebody_else_changed_is_not_overwritten(session: Session) -> None:
    row = save(session)
    save(session, row.id, 1, amount_fen=600_00)

    with pytest.raises(StaleSave):
        save(session, row.id, 1, amount_fen=700_00)


def test_a_rule_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchCeiling):
        save(session, 99, 1, amount_fen=1)


def test_a_rule_that_is_switched_off_is_silent(session: Session) -> None:
    row = save(session)
    save(session, row.id, 1, is_active=False)

    facts = SpendingFacts(booked_on=TODAY, amount_fen=999_00, kind="wedding")
    assert ceilings.judge(session, facts, today=TODAY) == ()


# --- what they said ------------------------------------------------------------------------------------------------------------------


def test_what_was_said_is_listed_by_the_day_of_the_spending(session: Session) -> None:
    days = [date(2026, 9, 18), date(2026, 3, 2), date(2025, 12, 30)]
    entries = [book(session, day) for day in days]
    for day, entry_id in zip(days, entries, strict=True):
        overspend(session, day, fund_entry_id=entry_id)

    assert ceiling_rules.list_said(session, 2026)[0] == Said(
        on=days[0],
        rule_name="不买卡券",
        shape=CeilingShape.WORDS,
        level=CeilingLevel.OVER,
        limit=None,
        used=None,
        word="代金券",
        reason="会议决定",
        who="会计",
        fund_entry_id=entries[0],
        claim_id=None,
        is_visit=False,
    )
    assert [one.on for one in ceiling_rules.list_said(session, 2026)] == days[:2]


def test_what_was_taken_back_is_not_listed(session: Session) -> None:
    entry_id = book(session)
    overspend(session, fund_entry_id=entry_id)
    fund.reverse_entry(session, entry_id, booked_on=TODAY, reason="记错", today=TODAY, **STAMP)
    session.flush()

    assert ceiling_rules.list_said(session, 2026) == []


def test_a_claim_handed_in_again_has_the_last_word(session: Session) -> None:
    row = Claim(year=2026, state=ClaimState.SUBMITTED, needed_on=date(2026, 9, 18), who="会计", created_at_utc=NOW)
    session.add(row)
    session.flush()
    overspend(session, claim_id=row.id or 0)
    overspend(session, claim_id=row.id or 0, at=NOW + timedelta(hours=1))

    assert [one.claim_id for one in ceiling_rules.list_said(session, 2026)] == [row.id]


def test_a_hand_out_and_the_claim_that_pays_it_have_one_word(session: Session) -> None:
    save(session, name="每个节日每人", shape=CeilingShape.FESTIVAL, kinds=[], amount_fen=100_00)
    given = handouts.record_handout(
        session,
        title="中秋慰问品",
        festival="MID_AUTUMN",
        handed_on=date(2026, 9, 20),
        heads=60,
        unit_fen=120_00,
        reason="会议决定",
        today=TODAY,
        **STAMP,
    )
    asked = claims.gather_claim(session, year=2026, handout_ids=(given.id or 0,), **STAMP)
    claims.submit_claim(session, asked.id or 0, version=asked.version, over_reason="会议决定", today=TODAY, **STAMP)

    both = [(one.rule_name, one.claim_id) for one in ceiling_rules.list_said(session, 2026)]
    claims.withdraw_claim(session, asked.id or 0, version=asked.version, reason="改发", **STAMP)
    alone = [(one.rule_name, one.claim_id) for one in ceiling_rules.list_said(session, 2026)]
    assert (both, alone) == ([("每个节日每人", asked.id)], [("每个节日每人", None)])


def test_a_visit_tells_neither_rule_nor_reason(session: Session) -> None:
    save(session, name="住院慰问每人每次", kinds=["hospital"])
    care.record_visit(
        session, visited_on=TODAY, kind="hospital", recipient="A17", amount_fen=900_00, today=TODAY, reason="会议决定", **STAMP
    )

    [one] = ceiling_rules.list_said(session, 2026)

    assert (one.rule_name, one.limit, one.used, one.reason, one.is_visit) == ("", None, None, "", True)


def test_a_claim_of_a_private_kind_tells_neither_rule_nor_reason(session: Session) -> None:
    row = Claim(year=2026, kind="care", state=ClaimState.SUBMITTED, needed_on=date(2026, 9, 18), who="会计", created_at_utc=NOW)
    session.add(row)
    session.flush()
    overspend(session, claim_id=row.id or 0)

    [one] = ceiling_rules.list_said(session, 2026)

    assert (one.rule_name, one.word, one.reason, one.is_visit) == ("", "", "", True)
