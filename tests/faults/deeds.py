"""Every kind of write there is, each through the service that people's buttons call, on the demo year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from tests.conftest import TODAY
from tests.makers import NOW, book
from tests.photos import make_photo
from tests.services.test_permissions import DEEDS as BY_ACT
from tests.services.test_permissions import OUTSIDE, Prepared, open_activity, some_claim
from unionboard.config import read_config
from unionboard.drafting.lints.remarks import Code, Remark
from unionboard.models import (
    AccountRole,
    Activity,
    Attendance,
    CheckOff,
    EvidenceKind,
    FundEntry,
    PaperKind,
    PeriodKind,
    Plan,
    Section,
)
from unionboard.reading.ledger_lines import FileSetting
from unionboard.services import (
    accounts,
    amendments,
    budget,
    ceiling_rules,
    checkoffs,
    closing,
    decisions,
    evidence,
    fund,
    fund_papers,
    fund_policy,
    handouts,
    import_mappings,
    keys,
    ledger_import,
    meetings,
    occasions,
    passwords,
    plans,
    sections,
    sign_ins,
    summary_check,
    summary_drafts,
    summary_editing,
    summary_templates,
    templates,
    unions,
)
from unionboard.services.import_lines import ImportChoices
from unionboard.services.origins import Way
from unionboard.services.summary import DraftId

WHO = "程立"
STAMP: dict[str, Any] = {"who": WHO, "now_utc": NOW}
DRAFT = DraftId(plan_id=1)
LEDGER = (
    "日期,凭证号,摘要,科目,收入,支出,对方户名\n"
    "2026-11-02,记-901,11月会费,会费收入,500,,\n"
    "2026-11-05,记-902,买球,文体活动,,80,某某体育用品店\n"
)


def _first(session: Session, table: type[Any], *wanted: Any) -> Any:
    return session.exec(select(table).where(*wanted).order_by(col(table.id))).first()


def _section(session: Session) -> Any:
    return _first(session, Section)


def _plan(session: Session) -> Any:
    return _first(session, Plan)


def _meeting(session: Session) -> int:
    return meetings.start_meeting(session, 1, held_on=TODAY, today=TODAY, **STAMP).id or 0


def _follow_up(session: Session) -> Any:
    return decisions.decide_follow_up(session, _meeting(session), None, text="联系场地", owner="何敏", due_on=None, **STAMP)


def _checked(session: Session) -> tuple[int, int]:
    row = _first(session, CheckOff, col(CheckOff.undone_at_utc).is_(None))
    return row.id, row.version


def _adopt_template(session: Session, _: Any) -> object:
    draft = templates.read_template("school", year=2027).plan()
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    return plans.adopt_draft(session, draft, year=2027, period_kind=PeriodKind.CALENDAR_YEAR, starts_on=first, ends_on=last, **STAMP)


def _keep_photo(session: Session, check_off_id: int) -> object:
    file = evidence.keep_file(make_photo(size=(600, 400)), "签到.jpg", folder=read_config().evidence_dir)
    return evidence.add_file(session, check_off_id, file, kind=EvidenceKind.PHOTO, **STAMP)


def _keep_invoice(session: Session, claim: tuple[int, int]) -> object:
    file = evidence.keep_file(b"%PDF-1.4\n" + b"0" * 20_000, "发票.pdf", folder=read_config().evidence_dir)
    return fund_papers.add_file(session, file, kind=PaperKind.INVOICE, claim_id=claim[0], **STAMP)


def _import(session: Session, _: Any) -> object:
    data, choices = LEDGER.encode(), ImportChoices()
    seen = ledger_import.preview_import(session, data, file_name="台账.csv", year=2026, today=TODAY, choices=choices)
    return ledger_import.import_ledger(session, seen, data, choices=choices, today=TODAY, **STAMP)


def _reverse(session: Session, entry_id: int) -> object:
    return fund.reverse_entry(session, entry_id, booked_on=TODAY, reason="记错", today=TODAY, **STAMP)


def _keep_form(session: Session, _: Any) -> object:
    return summary_templates.store_template(session, b"form" * 5_000, "总结模板.docx", folder=read_config().form_dir, **STAMP)


def _book(session: Session, _: Any) -> object:
    return book(session, **STAMP)


def _account(session: Session) -> int:
    row = accounts.add_account(session, name="何敏", roles=[AccountRole.CHAIR], password=passwords.make_password(), **STAMP)
    session.flush()
    return row.id or 0


MORE: Mapping[str, Prepared] = {
    "adopt_plan": Prepared(_adopt_template),
    "add_section": Prepared(lambda s, _: plans.add_section(s, 1, heading="六、其他工作", **STAMP)),
    "save_section": Prepared(
        lambda s, row: plans.save_section(s, row.id, version=row.version, heading="新标题", **STAMP), lambda s: _first(s, Section)
    ),
    "add_measure": Prepared(lambda s, row: sections.add_measure(s, row.id, text="办好教工之家", **STAMP), _section),
    "save_plan": Prepared(
        lambda s, row: plans.save_plan(s, row.id, version=row.version, guiding="服务教职工", **STAMP), lambda s: _first(s, Plan)
    ),
    "save_activity": Prepared(
        lambda s, row: amendments.save_activity(s, row.id, version=row.version, note="带水", **STAMP), lambda s: _first(s, Activity)
    ),
    "remove_activity": Prepared(lambda s, one: amendments.remove_activity(s, one, **STAMP), open_activity),
    "undo_check_off": Prepared(lambda s, one: checkoffs.undo_check_off(s, one[0], **STAMP), _checked),
    "amend_check_off": Prepared(
        lambda s, one: checkoffs.amend_check_off(s, one[0], version=one[1], today=TODAY, participants=30, **STAMP), _checked
    ),
    "keep_photo": Prepared(_keep_photo, lambda s: _checked(s)[0]),
    "note_paper": Prepared(lambda s, one: evidence.note_paper(s, one[0], kind=EvidenceKind.NOTICE, place="档案柜", **STAMP), _checked),
    "keep_invoice": Prepared(_keep_invoice, some_claim),
    "book_entry": Prepared(_book),
    "reverse_entry": Prepared(_reverse, lambda s: _first(s, FundEntry, FundEntry.item == "member_activities").id),
    "import_ledger": Prepared(_import),
    "save_mapping": Prepared(lambda s, _: import_mappings.save_mapping(s, "财务软件", FileSetting(), **STAMP)),
    "hand_out": Prepared(
        lambda s, _: handouts.record_handout(
            s, title="中秋慰问", handed_on=TODAY, heads=1, unit_fen=100, festival="mid_autumn", today=TODAY, **STAMP
        )
    ),
    "save_rule": Prepared(lambda s, _: ceiling_rules.adopt_samples(s, [ceiling_rules.list_samples(s)[0].code], **STAMP)),
    "save_policy": Prepared(
        lambda s, version: fund_policy.save_policy(s, resolution_above_fen=777_700, version=version, **STAMP),
        lambda s: fund_policy.read_policy(s).version,
    ),
    "save_occasion": Prepared(lambda s, _: occasions.save_occasion(s, None, name="乔迁", item="sending_warmth", **STAMP)),
    "budget_next_year": Prepared(lambda s, _: budget.set_line(s, year=2027, item="member_activities", amount_fen=500_000, **STAMP)),
    "reopen_month": Prepared(
        lambda s, _: closing.reopen_month(s, 2026, 10, reason="补记", **STAMP),
        lambda s: closing.close_month(s, 2026, 10, today=TODAY, note="已核对", **STAMP),
    ),
    "start_meeting": Prepared(lambda s, _: _meeting(s)),
    "mark_present": Prepared(
        lambda s, one: meetings.mark_present(s, one, is_present=True, **STAMP),
        lambda s: _first(s, Attendance, Attendance.meeting_id == _meeting(s)).id,
    ),
    "decide": Prepared(lambda s, _: _follow_up(s)),
    "end_meeting": Prepared(lambda s, one: meetings.end_meeting(s, one, today=TODAY, **STAMP), _meeting),
    "take_back_decision": Prepared(lambda s, row: decisions.take_back(s, row.id, **STAMP), _follow_up),
    "keep_typing": Prepared(
        lambda s, _: summary_editing.keep_typing(s, DRAFT, "money", text="今年以来", version=1, **STAMP),
        lambda s: summary_drafts.write_draft(s, DRAFT, as_of=TODAY, **STAMP),
    ),
    "decide_remark": Prepared(
        lambda s, view: summary_check.decide_remark(s, view, Remark(Code.PRIVATE_NAME, "money"), note="本人同意", **STAMP),
        lambda s: summary_drafts.write_draft(s, DRAFT, as_of=TODAY, **STAMP),
    ),
    "write_draft": Prepared(lambda s, _: summary_drafts.write_draft(s, DRAFT, as_of=TODAY, **STAMP)),
    "keep_form": Prepared(_keep_form),
    "add_member": Prepared(lambda s, _: unions.add_member(s, name="安然", duty="女工委员", **STAMP)),
    "sign_in": Prepared(lambda s, one: sign_ins.start(s, one, way=Way.LOCAL, address="", now_utc=NOW), _account),
    "reset_password": Prepared(lambda s, one: accounts.reset_password(s, one, **STAMP), _account),
    "note_key_kept": Prepared(lambda s, _: keys.note_key_kept(s, **STAMP)),
}

DEEDS: Mapping[str, Prepared] = {**{str(act): deed for act, deed in BY_ACT.items()}, **MORE}
OWN_TRANSACTIONS = frozenset(str(act) for act in OUTSIDE)
"""They see to their transactions themselves."""
