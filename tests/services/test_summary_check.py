"""The checker over a stored summary, and decisions about people."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.drafting.lints import PRIVACY, Code, MendKind, Remark, mend_text
from unionboard.drafting.typed_figures import Verdict, check_typed
from unionboard.errors.care import NameRepeated, PrivateNumberTyped
from unionboard.errors.summary_check import NoSuchDecision, PrivacyUndecided, RemarkNotForDecision
from unionboard.models import CareVisit, Change, CheckOff, Plan
from unionboard.models.summary import SummaryForm
from unionboard.services.summary import DraftId, SummaryView, read_draft
from unionboard.services.summary_check import (
    check_summary,
    decide_remark,
    gather_knowledge,
    require_decided,
    withdraw_decision,
)
from unionboard.services.summary_drafts import write_draft
from unionboard.services.summary_editing import save_block, save_heading, save_title

BY: dict[str, Any] = {"who": "何敏", "now_utc": NOW}
NAME = "王小明"


@pytest.fixture
def plan(session: Session) -> Plan:
    """A plan with one section, one activity that was held and three visits."""
    plan = make_plan(session)
    section = make_section(session, plan)
    activity = make_activity(session, plan, section_id=section.id)
    session.add(
        CheckOff(activity_id=activity.id or 0, done_on=date(2026, 5, 20), participants=43, eligible=58, who="何敏", created_at_utc=NOW)
    )
    for recipient in (NAME, "李雪", "孙悦"):
        session.add(CareVisit(kind="hospital", visited_on=date(2026, 4, 3), recipient=recipient, who="何敏", created_at_utc=NOW))
    session.flush()
    return plan


def write(session: Session, plan: Plan, **values: Any) -> SummaryView:
    return write_draft(session, DraftId(plan.id or 0, **values), as_of=date(2026, 12, 20), **BY)


def edit(session: Session, view: SummaryView, key: str, text: str) -> SummaryView:
    block = next(block for block in view.blocks if block.key == key)
    save_block(session, view.id, key, text=text, version=block.version, **BY)
    return read_draft(session, view.id)


def section_of(view: SummaryView) -> str:
    return next(block.key for block in view.blocks if block.key.startswith("section:"))


def private_remark(session: Session, view: SummaryView) -> Remark:
    (remark,) = check_summary(session, view).undecided
    return remark


@pytest.fixture
def named(session: Session, plan: Plan) -> SummaryView:
    """A summary in which somebody wrote who was visited."""
    view = write(session, plan)
    return edit(session, view, section_of(view), f"工会看望了{NAME}。")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("form", list(SummaryForm))
def test_demo_year_as_written_has_no_remark(demo: Engine, form: SummaryForm, language: str) -> None:
    with Session(demo.execution_options(unionboard_writes=True)) as session:
        plan = session.exec(select(Plan)).one()
        view = write_draft(session, DraftId(plan.id or 0, form=form, language=language), as_of=date(2026, 11, 21), **BY)

        assert [(remark.code, remark.text) for remark in check_summary(session, view).remarks] == []


def test_typed_number_is_looked_up_in_the_years_books(session: Session, plan: Plan) -> None:
    view = write(session, plan)
    key = section_of(view)
    text = next(block.text for block in view.blocks if block.key == key).replace("43", "45") + "满意率98%。"

    found = [(one.words, one.verdict, one.recorded) for one in check_typed(gather_knowledge(session, view).books, key, text)]

    assert [one for one in found if one[1] is not Verdict.RECORDED] == [("45人", Verdict.CHANGED, "43人"), ("98%", Verdict.UNSUPPORTED, "")]


def test_number_the_draft_does_not_tell_is_still_in_the_books(session: Session, plan: Plan) -> None:
    view = write(session, plan)
    key = section_of(view)

    found = check_typed(gather_knowledge(session, view).books, key, "应参加58人。")

    assert [one.verdict for one in found] == [Verdict.RECORDED]


def test_changed_number_is_mended_in_the_block(session: Session, plan: Plan) -> None:
    view = write(session, plan)
    key = section_of(view)
    before = next(block.text for block in view.blocks if block.key == key)
    view = edit(session, view, key, before.replace("43", "45"))
    block = next(block for block in view.blocks if block.key == key)

    (remark,) = check_summary(session, view).remarks

    assert (remark.code, remark.block) == (Code.NUMBER_CHANGED, key)
    assert mend_text(block.shown, remark) == before


def test_sentence_of_last_years_summary_is_told(session: Session, plan: Plan) -> None:
    earlier = make_plan(session, year=2025, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    make_activity(session, earlier, starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 31))
    old = write_draft(session, DraftId(earlier.id or 0), as_of=date(2025, 12, 20), **BY)
    edit(session, old, "problems", "教工社团的参与面还不够广泛。")
    view = write(session, plan)
    view = edit(session, view, "problems", "教工社团的参与面还不够广泛。")

    assert Code.COPIED in [remark.code for remark in check_summary(session, view).remarks]


def test_name_of_somebody_visited_stops_the_export(session: Session, named: SummaryView) -> None:
    remark = private_remark(session, named)

    assert (remark.code, remark.words, remark.text) == (Code.PRIVATE_NAME, "", "")
    with pytest.raises(PrivacyUndecided):
        require_decided(check_summary(session, named))


def test_decided_remark_lets_the_summary_go_out(session: Session, named: SummaryView) -> None:
    decide_remark(session, named, private_remark(session, named), note="本人同意", **BY)

    check = check_summary(session, named)
    require_decided(check)

    assert [(one.remark.code, one.note, one.who) for one in check.decided] == [(Code.PRIVATE_NAME, "本人同意", "何敏")]


def test_decision_holds_for_exactly_these_words(session: Session, named: SummaryView) -> None:
    decide_remark(session, named, private_remark(session, named), **BY)

    view = edit(session, named, section_of(named), f"工会到医院看望了{NAME}。")

    assert Code.PRIVATE_NAME in [remark.code for remark in check_summary(session, view).undecided]


def test_withdrawn_decision_opens_the_remark_again(session: Session, named: SummaryView) -> None:
    decide_remark(session, named, private_remark(session, named), **BY)
    (decided,) = check_summary(session, named).decided

    withdraw_decision(session, named, decided.id, **BY)

    assert private_remark(session, named) == decided.remark
    with pytest.raises(NoSuchDecision):
        withdraw_decision(session, named, decided.id, **BY)


def test_decision_is_logged_without_the_name(session: Session, named: SummaryView) -> None:
    decide_remark(session, named, private_remark(session, named), **BY)

    (change,) = session.exec(select(Change).where(Change.noun == "summary_decision")).all()

    assert (change.action, change.who, NAME in str(change.after)) == ("create", "何敏", False)


@pytest.mark.parametrize(("note", "refusal"), [(f"{NAME}同意", NameRepeated), ("电话13812345678", PrivateNumberTyped)])
def test_note_of_a_decision_holds_nothing_private(session: Session, named: SummaryView, note: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        decide_remark(session, named, private_remark(session, named), note=note, **BY)


def test_only_privacy_is_decided(session: Session, plan: Plan) -> None:
    view = write(session, plan)
    view = edit(session, view, section_of(view), "组织会员泡温泉。")
    remark = next(one for one in check_summary(session, view).remarks if one.code is Code.FORBIDDEN_SPENDING)

    with pytest.raises(RemarkNotForDecision):
        decide_remark(session, view, remark, **BY)


def test_title_and_headings_are_read_too(session: Session, plan: Plan) -> None:
    words, code = f"慰问{NAME}", Code.PRIVATE_NAME
    view = write(session, plan)
    save_title(session, view.id, title=words, version=view.version, **BY)
    key = section_of(view)
    block = next(block for block in view.blocks if block.key == key)
    save_heading(session, view.id, key, heading=words, version=block.version, **BY)

    check = check_summary(session, read_draft(session, view.id))

    assert [(one.code, one.block) for one in check.undecided] == [(code, "title"), (code, key)]


def test_phone_number_typed_into_a_check_off_is_not_repeated(session: Session, plan: Plan) -> None:
    session.exec(select(CheckOff)).one().result = "联系电话13812345678"
    view = write(session, plan)

    remark = next(one for one in check_summary(session, view).remarks if one.code is Code.PRIVATE_NUMBER)

    assert (remark.words, remark.text, remark.mend and remark.mend.kind) == ("", "", MendKind.WRITE)


def test_every_kind_of_remark_that_stops_exports_can_be_decided() -> None:
    assert all(Remark(code, "lead").is_private for code in PRIVACY)


@pytest.mark.parametrize("recipient", ["周晓梅、吴佳", "周晓梅老师", "周 晓梅", "周晓梅（三年级组）"])
def test_name_of_somebody_visited_is_in_no_draft_however_it_was_written(session: Session, plan: Plan, recipient: str) -> None:
    session.add(CareVisit(kind="hospital", visited_on=date(2026, 4, 4), recipient=recipient, who="何敏", created_at_utc=NOW))
    session.exec(select(CheckOff)).one().result = "周晓梅领跑"
    session.flush()

    text = "".join(block.text for block in write(session, plan).blocks)

    assert ("领跑" in text, "周晓梅" in text) == (True, False)
