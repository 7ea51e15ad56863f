"""What was taken away lies in the recycle bin for 30 days, and comes back as it was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from tests.makers import NOW, make_activity, make_committee, make_plan, make_section
from unionboard import db
from unionboard.errors import Refusal
from unionboard.errors.budget import BudgetClosed
from unionboard.errors.checkoffs import AlreadyCheckedOff
from unionboard.errors.permissions import NotYours
from unionboard.errors.trash import (
    ActivityInTrash,
    AnotherMeetingOpen,
    CheckOffInTrash,
    DecisionNotRepeated,
    FileErased,
    HandoutInTrash,
    HeadingInTrash,
    NotInTrash,
    PaidOtherwise,
)
from unionboard.models import (
    AccountRole,
    Activity,
    AgendaItem,
    Attendance,
    BudgetAmendment,
    CareVisit,
    CheckOff,
    Claim,
    ClaimState,
    DatePrecision,
    Decision,
    DutyKind,
    Evidence,
    EvidenceKind,
    FundPaper,
    FundSource,
    FundYear,
    Handout,
    Measure,
    Meeting,
    PaperKind,
    Plan,
    Section,
    SummaryTemplate,
    TemplateKind,
)
from unionboard.services import (
    amendments,
    budget,
    care,
    care_posting,
    checkoffs,
    claims,
    decisions,
    duties,
    evidence,
    fund_papers,
    handouts,
    meetings,
    sections,
    summary_templates,
    trash,
    trash_expiry,
)
from unionboard.services.budget import AmendmentLine
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.log_replay import replay_log
from unionboard.services.trash import TrashItem

TODAY = date(2026, 11, 21)
LATER = NOW + timedelta(hours=1)
"""When something is taken away."""
MEANWHILE = NOW + timedelta(hours=2)
AT_LAST = NOW + timedelta(days=3)
BY: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}
GONE: dict[str, Any] = {"who": "何敏", "now_utc": LATER}
SINCE: dict[str, Any] = {"who": "吴佳", "now_utc": MEANWHILE}
PDF = b"%PDF-1.4\n%" + "发票\n".encode() + b"%%EOF"
TABLES: tuple[type[SQLModel], ...] = (
    Activity, Section, Measure, CheckOff, Evidence, Meeting, AgendaItem, Attendance, Decision, CareVisit, Handout, Claim, FundPaper,
    BudgetAmendment, SummaryTemplate,
)  # fmt: skip


def look(session: Session, *, now_utc: datetime = AT_LAST) -> list[TrashItem]:
    return trash.list_trash(session, now_utc=now_utc)


def put_back(session: Session, item: TrashItem, folder: Path) -> TrashItem:
    return trash.restore(session, item.id, evidence_dir=folder, who="陈立群", now_utc=AT_LAST)


def everything(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Every field of every row that can be taken away, but for the counter of its versions."""
    session.expire_all()
    return {
        str(table.__tablename__): [row.model_dump(exclude={"version"}) for row in session.exec(select(table).order_by(table.id))]  # type: ignore[attr-defined]
        for table in TABLES
    }


# --- one after the other ----------------------------------------------------------------------------------------------------------------

Step = Callable[[Session, Path], Any]


@dataclass(frozen=True)
class Case:
    """Something is made (``made`` gives what ``taken`` takes away); ``told``: what the bin then says of it."""

    noun: str
    make: Step
    take: Callable[[Session, Any], object]
    told: dict[str, Any]


def make_held(session: Session, _folder: Path) -> CheckOff:
    activity = make_activity(session, make_plan(session))
    details = checkoffs.Details(participants=86, eligible=92, result="全部年级组参加", figures={"teams": 6})
    row = checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 5, 18), today=TODAY, details=details, **BY)
    evidence.note_paper(session, row.id or 0, kind=EvidenceKind.SIGN_IN, name="签到表", place="工会档案柜", seen_by="吴佳", **BY)
    return row


def make_turn(session: Session, _folder: Path) -> CheckOff:
    plan = make_plan(session)
    activity = make_activity(session, plan, title="教师例会", starts_on=plan.starts_on, ends_on=plan.ends_on)
    span = (plan.starts_on, plan.ends_on)
    duties.save_duty(session, activity.id or 0, duty=DutyKind.RECURRING, frequency="每月一次", plan=span, version=1, **BY)
    return checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 5, 18), today=TODAY, **BY)


def make_file(session: Session, folder: Path) -> Evidence:
    stored = evidence.keep_file(PDF, "运动会通知.pdf", folder=folder)
    return evidence.add_file(session, make_held(session, folder).id or 0, stored, kind=None, **BY)


def make_planned(session: Session, _folder: Path) -> Activity:
    plan = make_plan(session)
    section = make_section(session, plan)
    return make_activity(session, plan, section_id=section.id, owner="沈一鸣", planned_people=92, note="雨天改室内", targets=[{"n": 1}])


def make_outline(session: Session, _folder: Path) -> Section:
    plan = make_plan(session)
    home = make_section(session, plan, position=2, printed_number="二、", heading="维护权益", area="RIGHT")
    section = make_section(session, plan, intro="以活动凝聚人心。", as_read="丰富文体生活")
    sections.add_measure(session, home.id or 0, text="校务公开。", **BY)
    for text in ("组建社团。", "办好趣味运动会。"):
        sections.add_measure(session, section.id or 0, text=text, **BY)
    make_activity(session, plan, section_id=section.id)
    make_activity(session, plan, section_id=section.id, title="合唱比赛", position=2)
    return section


def make_measure(session: Session, folder: Path) -> Measure:
    section = make_outline(session, folder)
    measure = session.exec(select(Measure).where(Measure.text == "组建社团。")).one()
    activity = session.exec(select(Activity).where(Activity.section_id == section.id)).first()
    assert activity is not None
    amendments.save_activity(session, activity.id or 0, version=activity.version, measure_id=measure.id, **BY)
    return measure


def make_meeting(session: Session, _folder: Path) -> Meeting:
    plan = make_plan(session)
    make_committee(session)
    make_activity(session, plan)
    meeting = meetings.start_meeting(session, plan.id or 0, held_on=TODAY, today=TODAY, place="小会议室", chaired_by="陈立群", **BY)
    meetings.add_item(session, meeting.id or 0, title="冬季慰问安排", **BY)
    meetings.mark_all_present(session, meeting.id or 0, **BY)
    item = session.exec(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).first()
    assert item is not None
    meetings.show_item(session, meeting.id or 0, item.id or 0, **BY)
    return meeting


def make_postponed(session: Session, folder: Path) -> Decision:
    meeting = make_meeting(session, folder)
    item = session.exec(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).first()
    assert item is not None
    return decisions.decide_postponed(
        session,
        item.id or 0,
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 31),
        precision=DatePrecision.MONTH,
        reason="场地维修",
        **BY,
    )


def make_decided_done(session: Session, folder: Path) -> Decision:
    meeting = make_meeting(session, folder)
    item = session.exec(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).first()
    assert item is not None
    return decisions.decide_done(session, item.id or 0, done_on=date(2026, 5, 18), today=TODAY, **BY)


def make_added(session: Session, folder: Path) -> Decision:
    meeting = make_meeting(session, folder)
    return decisions.decide_added(
        session, meeting.id or 0, None, title="冬季健步走", area="CULT", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31),
        precision=DatePrecision.MONTH, owner="沈一鸣", **BY,
    )  # fmt: skip


def make_follow_up(session: Session, folder: Path) -> Decision:
    meeting = make_meeting(session, folder)
    return decisions.decide_follow_up(session, meeting.id or 0, None, text="联系体检医院", owner="吴佳", due_on=date(2026, 12, 5), **BY)


def make_visit(session: Session, _folder: Path) -> CareVisit:
    return care.record_visit(
        session, visited_on=date(2026, 3, 5), kind="hospital", recipient="周兰", amount_fen=500_00, goods="水果", visitors="何敏、吴佳",
        paper_seen="出院小结", seen_by="何敏", post=False, today=TODAY, **BY,
    )  # fmt: skip


def make_handout(session: Session, _folder: Path) -> Handout:
    row = handouts.record_handout(
        session,
        title="端午节慰问品",
        handed_on=date(2026, 6, 18),
        heads=92,
        unit_fen=200_00,
        goods="粽子",
        today=TODAY,
        reason="会议决定",
        **BY,
    )
    fund_papers.note_paper(session, kind=PaperKind.CONTRACT, name="采购合同", place="档案柜", handout_id=row.id, **BY)
    return row


def make_claim(session: Session, _folder: Path) -> Claim:
    make_committee(session)
    return claims.save_claim(
        session, None, version=0, year=2026, kind="contest", purpose="趣味运动会奖品", item="culture_sports", amount_fen=1_286_00,
        handler="沈一鸣", note="附清单", **BY,
    )  # fmt: skip


def make_approved(session: Session, folder: Path) -> Claim:
    claim = make_claim(session, folder)
    claims.submit_claim(session, claim.id or 0, version=claim.version, who="沈一鸣", now_utc=NOW, today=TODAY)
    return claims.approve_claim(session, claim.id or 0, version=claim.version, who="陈立群", now_utc=NOW)


def make_gathered(session: Session, folder: Path) -> Claim:
    make_committee(session)
    return claims.gather_claim(session, year=2026, visit_ids=(make_visit(session, folder).id or 0,), handler="吴佳", **BY)


def make_paper(session: Session, folder: Path) -> FundPaper:
    stored = evidence.keep_file(PDF, "奖品发票.pdf", folder=folder)
    return fund_papers.add_file(session, stored, kind=PaperKind.INVOICE, claim_id=make_claim(session, folder).id, **BY)


def make_signed_list(session: Session, folder: Path) -> FundPaper:
    stored = evidence.keep_file(PDF, "端午签领表.pdf", folder=folder)
    return fund_papers.add_file(session, stored, kind=PaperKind.SIGN_OFF, handout_id=make_handout(session, folder).id, **BY)


def make_amendment(session: Session, _folder: Path) -> BudgetAmendment:
    make_committee(session)
    budget.set_line(session, year=2026, item="culture_sports", amount_fen=10_000_00, **BY)
    budget.adopt_budget(session, 2026, adopted_on=date(2026, 1, 12), resolution="1月12日委员会", today=TODAY, version=None, **BY)
    return budget.propose_amendment(
        session, year=2026, reason="增办合唱比赛", lines=[AmendmentLine("culture_sports", FundSource.UNION_FUNDS, 2_000_00)], **BY
    )


def make_template(session: Session, folder: Path) -> SummaryTemplate:
    return summary_templates.store_template(session, b"PK-template", "本校红头.docx", folder=folder, **BY)


def without_reason(claim: Claim) -> dict[str, Any]:
    return {"version": claim.version, "reason": "重复提交"}


CASES = {
    "check-off": Case(
        "check_off",
        make_held,
        lambda session, row: checkoffs.undo_check_off(session, row.activity_id, check_off_id=row.id, **GONE),
        {"title": "趣味运动会", "day": date(2026, 5, 18), "people": 86, "others": 1},
    ),
    "turn of a duty": Case(
        "check_off",
        make_turn,
        lambda session, row: checkoffs.undo_check_off(session, row.activity_id, **GONE),
        {"title": "教师例会", "day": date(2026, 5, 18)},
    ),
    "file": Case(
        "evidence",
        make_file,
        lambda session, row: evidence.remove_evidence(session, row.id, **GONE),
        {"title": "运动会通知.pdf", "parent": "趣味运动会", "code": "notice"},
    ),
    "activity": Case(
        "activity",
        make_planned,
        lambda session, row: amendments.remove_activity(session, row.id, **GONE),
        {"title": "趣味运动会", "day": date(2026, 5, 1)},
    ),
    "heading": Case(
        "section",
        make_outline,
        lambda session, row: sections.remove_section(
            session, row.id, into=session.exec(select(Section.id).where(Section.heading == "维护权益")).one(), **GONE
        ),
        {"title": "一、丰富文体生活", "others": 4},
    ),
    "measure": Case(
        "measure",
        make_measure,
        lambda session, row: sections.remove_measure(session, row.id, **GONE),
        {"title": "组建社团。", "parent": "一、丰富文体生活", "others": 1},
    ),
    "meeting": Case(
        "meeting",
        make_meeting,
        lambda session, row: meetings.discard_meeting(session, row.id, **GONE),
        {"number": 1, "day": TODAY, "others": 11},
    ),
    "decision to postpone": Case(
        "decision",
        make_postponed,
        lambda session, row: decisions.take_back(session, row.id, **GONE),
        {"title": "场地维修", "parent": "趣味运动会", "code": "postponed", "number": 1, "day": TODAY},
    ),
    "decision that it was held": Case(
        "decision",
        make_decided_done,
        lambda session, row: decisions.take_back(session, row.id, **GONE),
        {"title": "趣味运动会", "code": "done", "number": 1, "day": TODAY},
    ),
    "decision to add": Case(
        "decision",
        make_added,
        lambda session, row: decisions.take_back(session, row.id, **GONE),
        {"title": "冬季健步走", "code": "added", "number": 1, "day": TODAY},
    ),
    "decision to follow up": Case(
        "decision",
        make_follow_up,
        lambda session, row: decisions.take_back(session, row.id, **GONE),
        {"title": "联系体检医院", "code": "follow_up", "number": 1, "day": TODAY},
    ),
    "visit": Case(
        "care_visit",
        make_visit,
        lambda session, row: care.take_back_visit(session, row.id, booked_on=TODAY, reason="记错日期", today=TODAY, **GONE),
        {"day": date(2026, 3, 5), "people": 1, "amount_fen": 500_00, "is_private": True},
    ),
    "hand-out": Case(
        "handout",
        make_handout,
        lambda session, row: handouts.remove_handout(session, row.id, **GONE),
        {"title": "端午节慰问品", "day": date(2026, 6, 18), "people": 92, "amount_fen": 18_400_00},
    ),
    "draft of a claim": Case(
        "claim",
        make_claim,
        lambda session, row: claims.withdraw_claim(session, row.id, **without_reason(row), **GONE),
        {"title": "趣味运动会奖品", "amount_fen": 1_286_00, "number": 1},
    ),
    "approved claim": Case(
        "claim",
        make_approved,
        lambda session, row: claims.withdraw_claim(session, row.id, **without_reason(row), **GONE),
        {"title": "趣味运动会奖品", "amount_fen": 1_286_00, "number": 1},
    ),
    "claim for visits": Case(
        "claim",
        make_gathered,
        lambda session, row: claims.withdraw_claim(session, row.id, **without_reason(row), **GONE),
        {"title": "走访慰问（1人次）", "amount_fen": 500_00, "number": 1},
    ),
    "paper": Case(
        "fund_paper",
        make_paper,
        lambda session, row: fund_papers.remove_paper(session, row.id, **GONE),
        {"title": "奖品发票.pdf", "parent": "趣味运动会奖品", "code": "invoice"},
    ),
    "signed list": Case(
        "fund_paper",
        make_signed_list,
        lambda session, row: fund_papers.remove_paper(session, row.id, **GONE),
        {"parent": "端午节慰问品", "code": "sign_off", "is_private": True},
    ),
    "amendment of the budget": Case(
        "budget_amendment",
        make_amendment,
        lambda session, row: budget.withdraw_amendment(session, row.id, version=row.version, **GONE),
        {"title": "增办合唱比赛", "number": 1},
    ),
    "template": Case(
        "summary_template",
        make_template,
        lambda session, row: summary_templates.remove_template(session, row.id, version=row.version, **GONE),
        {"title": "本校红头.docx"},
    ),
}
NOTHING: dict[str, Any] = {
    "title": "", "parent": "", "code": "", "day": None, "number": None, "people": None, "amount_fen": None, "others": 0,
    "is_private": False,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_was_taken_away_is_in_the_bin(session: Session, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    row = case.make(session, tmp_path)
    row_id = row.id

    case.take(session, row)

    (item,) = look(session)
    assert (item.noun, item.row_id, item.who, item.removed_at_utc, item.until_utc) == (
        case.noun, row_id, "何敏", LATER, LATER + timedelta(days=30),
    )  # fmt: skip
    assert {field: getattr(item, field) for field in NOTHING} == NOTHING | case.told


@pytest.mark.parametrize("name", CASES)
def test_what_is_put_back_is_as_it_was(session: Session, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    row = case.make(session, tmp_path)
    before, unlogged = everything(session), set(replay_log(session))  # makers of tests log nothing
    case.take(session, row)
    assert everything(session) != before
    (item,) = look(session)

    put_back(session, item, tmp_path)

    assert everything(session) == before
    assert (look(session), set(replay_log(session)) - unlogged) == ([], set())


def test_every_kind_in_the_bin_is_put_back_by_these_tests() -> None:
    assert {case.noun for case in CASES.values()} == set(trash.NOUNS)


@pytest.mark.parametrize("name", CASES)
def test_after_thirty_days_it_is_not_offered_any_more(session: Session, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    case.take(session, case.make(session, tmp_path))
    (item,) = look(session, now_utc=LATER + timedelta(days=30) - timedelta(seconds=1))

    assert look(session, now_utc=LATER + timedelta(days=30)) == []
    with pytest.raises(NotInTrash):
        trash.restore(session, item.id, evidence_dir=tmp_path, who="陈立群", now_utc=LATER + timedelta(days=30))


@pytest.mark.parametrize("name", CASES)
def test_what_was_put_back_cannot_be_put_back_twice(session: Session, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    case.take(session, case.make(session, tmp_path))
    (item,) = look(session)
    put_back(session, item, tmp_path)

    with pytest.raises(NotInTrash):
        put_back(session, item, tmp_path)


# --- what stands in the way -------------------------------------------------------------------------------------------------------------


def check_off_again(session: Session, row: CheckOff) -> None:
    checkoffs.check_off(session, row.activity_id, done_on=date(2026, 5, 19), today=TODAY, **SINCE)


def remove_its_activity(session: Session, row: CheckOff) -> None:
    amendments.remove_activity(session, row.activity_id, **SINCE)


def undo_its_check_off(session: Session, row: Evidence) -> None:
    checkoff = session.get_one(CheckOff, row.check_off_id)
    checkoffs.undo_check_off(session, checkoff.activity_id, **SINCE)


def remove_its_heading(session: Session, row: Measure) -> None:
    home = session.exec(select(Section.id).where(Section.id != row.section_id)).one()
    sections.remove_section(session, row.section_id, into=home, **SINCE)


def start_another(session: Session, row: Meeting) -> None:
    meetings.start_meeting(session, row.plan_id, held_on=TODAY, today=TODAY, **SINCE)


def change_its_activity(session: Session, row: Decision) -> None:
    activity = session.get_one(Activity, row.activity_id)
    values: dict[str, Any] = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 9, 30)}
    amendments.save_activity(session, activity.id or 0, version=activity.version, **values, **SINCE)


def pay_its_visit(session: Session, row: Claim) -> None:
    visit = session.exec(select(CareVisit)).one()
    care_posting.post_visits(session, [visit.id or 0], booked_on=TODAY, today=TODAY, **SINCE)


def remove_its_handout(session: Session, row: FundPaper) -> None:
    handouts.remove_handout(session, row.handout_id or 0, **SINCE)


def close_the_book(session: Session, row: BudgetAmendment) -> None:
    session.get_one(FundYear, (row.union_id, row.year)).closed_at_utc = MEANWHILE


@pytest.mark.parametrize(
    ("name", "meanwhile", "refusal"),
    [
        ("check-off", check_off_again, AlreadyCheckedOff),
        ("turn of a duty", check_off_again, AlreadyCheckedOff),
        ("check-off", remove_its_activity, ActivityInTrash),
        ("file", undo_its_check_off, CheckOffInTrash),
        ("measure", remove_its_heading, HeadingInTrash),
        ("meeting", start_another, AnotherMeetingOpen),
        ("decision to postpone", change_its_activity, DecisionNotRepeated),
        ("claim for visits", pay_its_visit, PaidOtherwise),
        ("signed list", remove_its_handout, HandoutInTrash),
        ("amendment of the budget", close_the_book, BudgetClosed),
    ],
)
def test_what_stands_in_the_way_is_said(
    session: Session, tmp_path: Path, name: str, meanwhile: Callable[[Session, Any], None], refusal: type[Refusal]
) -> None:
    case = CASES[name]
    row = case.make(session, tmp_path)
    case.take(session, row)
    meanwhile(session, row)
    item = next(item for item in look(session) if item.noun == case.noun and item.removed_at_utc == LATER)
    before = everything(session)

    with pytest.raises(refusal):
        put_back(session, item, tmp_path)

    assert everything(session) == before


@pytest.mark.parametrize("name", ["file", "paper"])
def test_paper_whose_file_is_gone_is_not_put_back(session: Session, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    row = case.make(session, tmp_path)
    case.take(session, row)
    (tmp_path / row.stored_name).unlink()

    with pytest.raises(FileErased):
        put_back(session, look(session)[0], tmp_path)


# --- what has changed meanwhile and does not stand in the way ----------------------------------------------------------------------------


@pytest.mark.sqlite  # a server gives no number twice
def test_heading_whose_number_was_given_away_comes_back_under_another(session: Session, tmp_path: Path) -> None:
    make_plan(session)
    case = CASES["heading"]
    row = case.make(session, tmp_path)
    case.take(session, row)
    taken = make_section(session, session.get_one(Plan, row.plan_id), position=3, heading="后来的标题")
    assert taken.id == row.id

    put_back(session, look(session)[0], tmp_path)

    back = session.exec(select(Section).where(Section.heading == "丰富文体生活")).one()
    assert back.id != taken.id
    assert {measure.section_id for measure in session.exec(select(Measure).where(Measure.text != "校务公开。"))} == {back.id}
    assert look(session) == []


def test_measure_that_was_moved_on_stays_where_it_is(session: Session, tmp_path: Path) -> None:
    case = CASES["heading"]
    row = case.make(session, tmp_path)
    case.take(session, row)
    third = make_section(session, session.get_one(Plan, row.plan_id), position=3, heading="后来的标题", id=9)
    moved = session.exec(select(Measure).where(Measure.text == "组建社团。")).one()
    sections.save_measure(session, moved.id or 0, version=moved.version, section_id=third.id, **SINCE)

    put_back(session, look(session)[0], tmp_path)

    assert session.get_one(Measure, moved.id).section_id == third.id


def test_meeting_whose_number_was_given_away_gets_the_next(session: Session, tmp_path: Path) -> None:
    case = CASES["meeting"]
    row = case.make(session, tmp_path)
    case.take(session, row)
    other = meetings.start_meeting(session, row.plan_id, held_on=TODAY, today=TODAY, **SINCE)
    meetings.end_meeting(session, other.id or 0, today=TODAY, **SINCE)

    put_back(session, next(item for item in look(session) if item.noun == "meeting"), tmp_path)

    assert [meeting.number for meeting in meetings.list_meetings(session, row.plan_id)] == [2, 1]
    back = session.exec(select(Meeting).where(Meeting.number == 2)).one()
    assert session.get_one(AgendaItem, back.item_id).meeting_id == back.id


def test_decision_of_a_meeting_that_ended_is_left_and_what_it_undid_is_offered(session: Session, tmp_path: Path) -> None:
    case = CASES["decision that it was held"]
    row = case.make(session, tmp_path)
    case.take(session, row)
    meetings.end_meeting(session, row.meeting_id, today=TODAY, **SINCE)

    assert [(item.noun, item.row_id) for item in look(session)] == [("check_off", row.check_off_id)]


def test_template_put_back_takes_the_place_of_the_one_in_use(session: Session, tmp_path: Path) -> None:
    first = make_template(session, tmp_path)
    second = summary_templates.store_template(session, b"PK-other", "新红头.docx", folder=tmp_path, **GONE)

    put_back(session, look(session)[0], tmp_path)

    assert summary_templates.find_template(session) == first
    assert [(item.noun, item.row_id, item.who) for item in look(session)] == [("summary_template", second.id, "陈立群")]


def test_form_of_a_paper_put_back_leaves_the_summarys_template_in_use(session: Session, tmp_path: Path) -> None:
    summary = make_template(session, tmp_path)
    form = summary_templates.store_template(session, b"PK-form", "签到表.docx", folder=tmp_path, kind=TemplateKind.SIGN_IN, **BY)
    summary_templates.remove_template(session, form.id or 0, version=form.version, **GONE)

    put_back(session, look(session)[0], tmp_path)

    assert summary_templates.list_templates(session) == {TemplateKind.SUMMARY: summary, TemplateKind.SIGN_IN: form}


def test_visit_put_back_leaves_the_claim_that_is_under_way_again(session: Session, tmp_path: Path) -> None:
    make_committee(session)
    visits = [make_visit(session, tmp_path) for _ in range(2)]
    claim = claims.gather_claim(session, year=2026, visit_ids=tuple(visit.id or 0 for visit in visits), handler="吴佳", **BY)
    claims.withdraw_claim(session, claim.id or 0, **without_reason(claim), **GONE)
    care.take_back_visit(session, visits[0].id or 0, booked_on=TODAY, reason="记错日期", today=TODAY, **SINCE)
    claim.state = ClaimState.DRAFT

    put_back(session, next(item for item in look(session) if item.noun == "care_visit"), tmp_path)

    assert [visit.claim_id for visit in visits] == [None, claim.id]


def test_visit_put_back_waits_to_be_booked_again(session: Session, tmp_path: Path) -> None:
    visit = make_visit(session, tmp_path)
    care_posting.post_visits(session, [visit.id or 0], booked_on=TODAY, today=TODAY, **BY)
    care.take_back_visit(session, visit.id or 0, booked_on=TODAY, reason="记错日期", today=TODAY, **GONE)

    put_back(session, look(session)[0], tmp_path)

    assert (care.is_waiting(session, visit.id or 0), visit.recipient) == (True, "周兰")


# --- who sees and who may ---------------------------------------------------------------------------------------------------------------


def sit_down(session: Session, *roles: AccountRole) -> None:
    """From now on somebody with these roles acts."""
    bind_actor(session, Actor(name="陈立群", roles=frozenset(roles), origin="10.0.0.7", account_id=1))


@pytest.mark.parametrize(
    ("role", "seen", "theirs"),
    [
        (AccountRole.CHAIR, {"activity", "care_visit", "claim", "handout"}, {"activity", "care_visit", "claim"}),
        (AccountRole.TREASURER, {"activity", "care_visit", "claim", "handout"}, {"care_visit", "claim", "handout"}),
        (AccountRole.COMMITTEE, {"activity", "claim", "handout"}, {"activity", "claim"}),
        (AccountRole.AUDIT, {"activity", "claim", "handout"}, set()),
    ],
)
def test_each_role_sees_and_puts_back_what_is_its_own(
    session: Session, tmp_path: Path, role: AccountRole, seen: set[str], theirs: set[str]
) -> None:
    for name in ("activity", "visit", "draft of a claim", "hand-out"):
        CASES[name].take(session, CASES[name].make(session, tmp_path))
    sit_down(session, role)

    items = look(session)
    for item in items:
        if item.may_restore:
            put_back(session, item, tmp_path)
        else:
            with pytest.raises(NotYours):
                put_back(session, item, tmp_path)

    assert ({item.noun for item in items}, {item.noun for item in items if item.may_restore}) == (seen, theirs)


def test_shared_screen_has_no_bin(session: Session) -> None:
    sit_down(session, AccountRole.VIEWER)

    with pytest.raises(NotYours):
        look(session)


def test_approval_comes_back_by_whoever_may_approve(session: Session, tmp_path: Path) -> None:
    case = CASES["approved claim"]
    case.take(session, case.make(session, tmp_path))
    sit_down(session, AccountRole.COMMITTEE)

    with pytest.raises(NotYours):
        put_back(session, look(session)[0], tmp_path)


# --- after 30 days ----------------------------------------------------------------------------------------------------------------------

EXPIRED = LATER + timedelta(days=30)


def test_names_of_a_visit_taken_back_are_erased_after_thirty_days(session: Session, tmp_path: Path) -> None:
    case, other = CASES["visit"], make_visit(session, tmp_path)
    row = case.make(session, tmp_path)
    case.take(session, row)

    trash_expiry.expire_private(session, now_utc=EXPIRED - timedelta(seconds=1), who="program")
    assert row.recipient == "周兰"
    trash_expiry.expire_private(session, now_utc=EXPIRED, who="program")

    assert (row.recipient, row.goods, row.visitors, row.paper_seen, row.amount_fen) == ("", "", "", "", 500_00)
    assert other.recipient == "周兰"


def test_visit_put_back_keeps_its_name(session: Session, tmp_path: Path) -> None:
    case = CASES["visit"]
    row = case.make(session, tmp_path)
    case.take(session, row)
    put_back(session, look(session)[0], tmp_path)

    trash_expiry.expire_private(session, now_utc=EXPIRED, who="program")

    assert row.recipient == "周兰"


def test_file_of_a_private_paper_is_erased_after_thirty_days(session: Session, tmp_path: Path) -> None:
    case = CASES["signed list"]
    row = case.make(session, tmp_path)
    stored_name, unlogged = row.stored_name, set(replay_log(session))
    case.take(session, row)

    names = trash_expiry.expire_private(session, now_utc=EXPIRED, who="program")
    trash_expiry.erase_files(names, folder=tmp_path)

    assert (names, row.stored_name, (tmp_path / stored_name).exists()) == ((stored_name,), "", False)
    assert set(replay_log(session)) - unlogged == set()


def test_file_that_another_paper_needs_stays(session: Session, tmp_path: Path) -> None:
    case = CASES["signed list"]
    row = case.make(session, tmp_path)
    stored = evidence.keep_file(PDF, "端午签领表.pdf", folder=tmp_path)
    fund_papers.add_file(session, stored, kind=PaperKind.SIGN_OFF, claim_id=make_claim(session, tmp_path).id, **BY)
    case.take(session, row)

    assert trash_expiry.expire_private(session, now_utc=EXPIRED, who="program") == ()


def test_file_of_a_paper_that_names_nobody_stays(session: Session, tmp_path: Path) -> None:
    case = CASES["paper"]
    case.take(session, case.make(session, tmp_path))

    assert trash_expiry.expire_private(session, now_utc=EXPIRED, who="program") == ()


def test_program_erases_by_itself(demo: Engine, data_dir: Path) -> None:
    with db.writing(demo) as session:
        row = session.exec(select(CareVisit).where(CareVisit.recipient != "", CareVisit.amount_fen == 0)).first() or make_visit(
            session, data_dir
        )
        care.take_back_visit(session, row.id or 0, booked_on=TODAY, reason="记错日期", today=TODAY, **GONE)
        row_id = row.id

    trash_expiry.expire_now(now_utc=EXPIRED, folder=data_dir)

    with db.reading(demo) as session:
        assert session.get_one(CareVisit, row_id).recipient == ""
