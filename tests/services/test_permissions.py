"""Roles and acts: every cell of the table in docs/roles.md, by somebody who has an account of that role and really does the deed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.conftest import TODAY
from tests.makers import NOW, book, make_account
from tests.roles_table import ACT_NAMES, PATH, write_table
from unionboard import db
from unionboard.config import read_config
from unionboard.errors.permissions import NotYours, SignedForAnother
from unionboard.models import (
    Account,
    AccountRole,
    Activity,
    ActivityState,
    AgendaItem,
    CareVisit,
    Change,
    CheckOff,
    ClaimState,
    DatePrecision,
    FundSource,
)
from unionboard.models.base import metadata
from unionboard.services import (
    access_tokens,
    accounts,
    amendments,
    backup_schedule,
    budget,
    care,
    checkoffs,
    claim_drafts,
    claims,
    closing,
    decisions,
    exports,
    fund_items,
    handover,
    history,
    ledger,
    meetings,
    private_names,
    restoring,
    summary,
    summary_drafts,
    summary_editing,
    summary_final,
    unions,
    verification,
)
from unionboard.services.board import read_board
from unionboard.services.budget import AmendmentLine
from unionboard.services.guard import Actor, bind_actor, own_account
from unionboard.services.permissions import ALLOWED, WRITES, Act
from unionboard.services.summary import DraftId
from unionboard.services.unions import find_union

WHO = "程立"
STAMP: dict[str, Any] = {"who": WHO, "now_utc": NOW}
PROGRAM: dict[str, Any] = {"who": "program", "now_utc": NOW}
DRAFT = DraftId(plan_id=1)
Deed = Callable[[Session], object]


@dataclass(frozen=True)
class Prepared:
    """What the program laid out for the deed before ``WHO`` does it."""

    deed: Callable[[Session, Any], object]
    prepare: Callable[[Session], Any] = lambda _session: None


def open_activity(session: Session) -> int:
    done = select(CheckOff.activity_id)
    query = select(Activity.id).where(
        col(Activity.id).not_in(done), Activity.state == ActivityState.PLANNED, col(Activity.removed).is_(False)
    )
    return session.exec(query.order_by(col(Activity.id))).first() or 0


def agenda_item(session: Session) -> tuple[int, int]:
    meeting = meetings.start_meeting(session, 1, held_on=TODAY, today=TODAY, **PROGRAM)
    item = session.exec(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).first()
    assert item is not None
    return item.id or 0, item.version


def some_claim(session: Session, *, submitted: bool = False, approved: bool = False) -> tuple[int, int]:
    """A claim of 沈一鸣's, as far as asked for: (id, version)."""
    row = claim_drafts.save_claim(
        session,
        None,
        version=0,
        handler="沈一鸣",
        purpose="球类比赛用球",
        amount_fen=6_000,
        item="member_activities",
        year=2026,
        kind="purchase",
        **PROGRAM,
    )
    if submitted or approved:
        claims.submit_claim(session, row.id or 0, version=row.version, today=TODAY, who="沈一鸣", now_utc=NOW)
    if approved:
        row.state, row.approver = ClaimState.APPROVED, "何敏"
    session.flush()
    return row.id or 0, row.version


def amendment(session: Session) -> tuple[int, int]:
    row = budget.propose_amendment(
        session, year=2026, reason="增加活动", lines=[AmendmentLine("member_activities", FundSource.UNION_FUNDS, 10_000)], **PROGRAM
    )
    return row.id or 0, row.version


def draft(session: Session) -> int:
    return summary_drafts.write_draft(session, DRAFT, as_of=TODAY, **PROGRAM).version


def visit_ids(session: Session) -> list[int]:
    return [one or 0 for one in session.exec(select(CareVisit.id).where(col(CareVisit.removed).is_(False)))]


def actor_in(session: Session) -> Actor:
    found = session.info["actor"]
    assert isinstance(found, Actor)
    return found


def restore(session: Session, made: Path) -> object:
    return restoring.restore_backup(made, who=WHO, now_utc=NOW, actor=actor_in(session))


def union_of(session: Session) -> int:
    union = find_union(session)
    assert union is not None
    return union.version


DEEDS: dict[Act, Prepared] = {
    Act.SEE_YEAR: Prepared(lambda s, _: read_board(s, 1, today=TODAY)),
    Act.SEE_MONEY: Prepared(lambda s, _: ledger.list_entries(s, 2026)),
    Act.SEE_SUMMARY: Prepared(lambda s, _: summary.read_draft(s, DRAFT), draft),
    Act.SEE_HISTORY: Prepared(lambda s, _: history.list_all_changes(s)),
    Act.SEE_NAMES: Prepared(lambda s, ids: private_names.reveal(s, ids, **STAMP), visit_ids),
    Act.EXPORT: Prepared(lambda s, _: exports.record_export(s, exports.Export.PLAN_TABLE, **STAMP)),
    Act.EXPORT_NAMES: Prepared(lambda s, _: exports.record_export(s, exports.Export.CARE_REGISTER, names=True, **STAMP)),
    Act.VERIFY: Prepared(
        lambda s, _: verification.verify_data(
            s, evidence_folder=read_config().evidence_dir, form_folder=read_config().form_dir, now_utc=NOW
        )
    ),
    Act.CHECK_OFF: Prepared(lambda s, one: checkoffs.check_off(s, one, done_on=TODAY, today=TODAY, **STAMP), open_activity),
    Act.EDIT_PLAN: Prepared(
        lambda s, _: amendments.add_activity(
            s, 1, title="读书会", area="CULT", starts_on=TODAY, ends_on=TODAY, precision=DatePrecision.DAY, **STAMP
        )
    ),
    Act.HOLD_MEETING: Prepared(lambda s, item: meetings.save_note(s, item[0], note="同意", version=item[1], **STAMP), agenda_item),
    Act.WRITE_SUMMARY: Prepared(lambda s, version: summary_editing.save_title(s, DRAFT, title="年度总结", version=version, **STAMP), draft),
    Act.FINALISE_SUMMARY: Prepared(lambda s, version: summary_final.finalise(s, DRAFT, version=version, **STAMP), draft),
    Act.HAND_IN_CLAIM: Prepared(lambda s, claim: claims.submit_claim(s, claim[0], version=claim[1], today=TODAY, **STAMP), some_claim),
    Act.APPROVE_CLAIM: Prepared(
        lambda s, claim: claims.approve_claim(s, claim[0], version=claim[1], **STAMP), lambda s: some_claim(s, submitted=True)
    ),
    Act.KEEP_BOOKS: Prepared(
        lambda s, claim: claims.pay_claim(s, claim[0], version=claim[1], paid_on=TODAY, today=TODAY, **STAMP),
        lambda s: some_claim(s, approved=True),
    ),
    Act.PLAN_BUDGET: Prepared(
        lambda s, _: budget.propose_amendment(
            s, year=2026, reason="增加", lines=[AmendmentLine("member_activities", FundSource.UNION_FUNDS, 100)], **STAMP
        )
    ),
    Act.ADOPT_BUDGET: Prepared(
        lambda s, row: budget.adopt_amendment(
            s, row[0], version=row[1], adopted_on=TODAY, resolution="第4次委员会", approver=WHO, today=TODAY, **STAMP
        ),
        amendment,
    ),
    Act.CLOSE_BOOKS: Prepared(lambda s, _: closing.close_month(s, 2026, 10, today=TODAY, note="已核对", **STAMP)),
    Act.RECORD_CARE: Prepared(
        lambda s, _: care.record_visit(
            s, visited_on=TODAY, kind="hospital", recipient="安然", amount_fen=20_000, post=False, today=TODAY, **STAMP
        )
    ),
    Act.SET_FUND_RULES: Prepared(lambda s, _: fund_items.save_item(s, None, name="棋类活动", group="activities", **STAMP)),
    Act.SET_UNION: Prepared(lambda s, version: unions.save_union(s, 1, version=version, name="青松中心小学工会", **STAMP), union_of),
    Act.MANAGE_ACCOUNTS: Prepared(lambda s, _: accounts.add_account(s, name="罗文静", roles=[AccountRole.TREASURER], **STAMP)),
    Act.BACK_UP: Prepared(lambda s, _: backup_schedule.back_up_now(now_utc=NOW, actor=actor_in(s))),
    Act.RESTORE_BACKUP: Prepared(restore, lambda _: backup_schedule.back_up_now(now_utc=NOW, actor=None).backup.path),
    Act.HAND_OVER: Prepared(lambda s, _: handover.gather_handover(s, 2026, as_of=TODAY, language="zh_CN")),
    Act.CONNECT: Prepared(lambda s, _: access_tokens.open_calendar(s, language="zh_CN", **STAMP)),
}
OUTSIDE = frozenset({Act.BACK_UP, Act.RESTORE_BACKUP})
"""They copy or replace the file itself: nothing of it may be held meanwhile."""


def act_as(session: Session, account: Account, role: AccountRole) -> None:
    bind_actor(
        session,
        Actor(
            name=WHO, roles=frozenset({role}), origin="this computer", account_id=account.id, unlocked_until_utc=NOW + timedelta(minutes=10)
        ),
    )


@pytest.mark.parametrize("role", AccountRole)
@pytest.mark.parametrize("act", [pytest.param(act, marks=[pytest.mark.sqlite] if act is Act.RESTORE_BACKUP else []) for act in Act])
def test_role_does_what_the_table_says_and_nothing_else(demo: Engine, act: Act, role: AccountRole) -> None:
    deed = DEEDS[act]
    with db.writing(demo) as session:
        account = make_account(session, role, name=WHO)
        prepared = deed.prepare(session)

    with db.writing(demo) if act not in OUTSIDE else Session(demo) as session:
        act_as(session, account, role)
        if role in ALLOWED[act]:
            deed.deed(session, prepared)
            session.flush()
        else:
            with pytest.raises(NotYours) as refused:  # noqa: PT012 -- some deeds are refused when they reach the tables
                deed.deed(session, prepared)
                session.flush()
            assert set(refused.value.facts["roles"]) >= set(ALLOWED[act])  # type: ignore[call-overload]
            session.rollback()


def test_every_act_has_a_deed() -> None:
    assert list(DEEDS) == list(Act)


def test_every_table_is_listed_with_who_writes_it() -> None:
    assert set(WRITES) == set(metadata.tables)


def test_table_in_the_documentation_is_this_one() -> None:
    assert PATH.read_text(encoding="utf-8") == write_table()


def test_every_act_has_its_words() -> None:
    assert list(ACT_NAMES) == list(Act)


def test_nobody_signs_for_another(demo: Engine) -> None:
    with db.writing(demo) as session:
        act_as(session, make_account(session, AccountRole.CHAIR, name=WHO), AccountRole.CHAIR)
        with pytest.raises(SignedForAnother):
            unions.add_member(session, name="何敏", who="陈立群", now_utc=NOW)
        session.rollback()


def test_ones_own_password_is_the_only_account_one_may_write(demo: Engine) -> None:
    with db.writing(demo) as session:
        own = make_account(session, AccountRole.COMMITTEE, name=WHO)
        other = make_account(session, AccountRole.CHAIR, name="陈立群")
        act_as(session, own, AccountRole.COMMITTEE)
        own.password_hash = "new"
        with own_account(session):
            session.flush()
        other.password_hash = "taken over"
        with pytest.raises(NotYours), own_account(session):
            session.flush()
        session.rollback()


def test_several_roles_may_do_what_each_of_them_may(demo: Engine) -> None:
    actor = Actor(roles=frozenset({AccountRole.TREASURER, AccountRole.COMMITTEE}))

    assert [act for act in Act if actor.may(act)] == [act for act in Act if ALLOWED[act] & {AccountRole.TREASURER, AccountRole.COMMITTEE}]


def test_change_bears_the_place_it_came_from(demo: Engine) -> None:
    with db.writing(demo) as session:
        act_as(session, make_account(session, AccountRole.CHAIR, name=WHO), AccountRole.CHAIR)
        unions.add_member(session, name="安然", **STAMP)

    with db.reading(demo) as session:
        line = session.exec(select(Change).order_by(col(Change.id).desc())).first()
    assert line is not None
    assert (line.who, line.origin) == (WHO, "this computer")


def test_treasurer_carries_out_what_the_meeting_decides_but_does_not_edit_the_plan(demo: Engine) -> None:
    with db.writing(demo) as session:
        account = make_account(session, AccountRole.TREASURER, name=WHO)
        meeting = meetings.start_meeting(session, 1, held_on=TODAY, today=TODAY, **PROGRAM)
        act_as(session, account, AccountRole.TREASURER)

        decisions.decide_added(
            session,
            meeting.id or 0,
            None,
            title="读书会",
            area="CULT",
            starts_on=date(2026, 12, 1),
            ends_on=date(2026, 12, 1),
            precision=DatePrecision.DAY,
            owner="文体委员",
            **STAMP,
        )

        with pytest.raises(NotYours):
            amendments.add_activity(
                session, 1, title="书法", starts_on=TODAY, ends_on=TODAY, precision=DatePrecision.DAY, area="CULT", **STAMP
            )
        session.rollback()


def test_booking_at_once_is_the_treasurers(demo: Engine) -> None:
    with db.writing(demo) as session:
        act_as(session, make_account(session, AccountRole.CHAIR, name=WHO), AccountRole.CHAIR)
        with pytest.raises(NotYours) as refused:
            book(session, **STAMP)
        session.rollback()
    assert refused.value.facts["roles"] == [AccountRole.TREASURER]
