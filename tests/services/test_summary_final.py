"""A finished summary: locked and stamped, opened again only with a reason; tampering is found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from tests.makers import NOW
from tests.services.summary_makers import BY, edit, make_year, read, recount, section_of, sentence_of, write
from unionboard.errors.activities import ReasonMissing
from unionboard.errors.saving import StaleSave
from unionboard.errors.summary import ConflictsOpen, NotFinalised, SummaryFinalised
from unionboard.errors.summary_check import PrivacyUndecided
from unionboard.models import Plan, SummaryBlock, SummaryDraft
from unionboard.services import chain_check, changes, summary_editing, summary_final, summary_merging
from unionboard.services.log_replay import replay_log
from unionboard.services.summary import Choice, SummaryView, build_document
from unionboard.services.summary_check import check_summary, decide_remark
from unionboard.services.summary_drafts import find_stale
from unionboard.services.summary_final import find_changed_finals
from unionboard.services.verification import Fault, FaultCode, verify_books


@pytest.fixture
def final(session: Session) -> SummaryView:
    """A finalised summary in which people had written something."""
    view = write(session, make_year(session))
    edit(session, view, "money", "经费见审查报告。")
    return summary_final.finalise(session, view.id, version=view.version, **BY)


def test_finalised_summary_says_when_and_by_whom_and_has_a_fingerprint(session: Session, final: SummaryView) -> None:
    stamp = final.final

    assert stamp is not None
    assert (final.is_final, stamp.at_utc, stamp.who, len(stamp.fingerprint)) == (True, NOW, "chair", 64)
    assert stamp.fingerprint == summary_final.take_fingerprint(session.exec(select(SummaryDraft)).one().final or {})


WRITES: dict[str, Callable[[Session, SummaryView], object]] = {
    "refresh": lambda session, view: write(session, session.get_one(Plan, view.plan_id)),
    "save": lambda session, view: edit(session, view, "money", "甲。"),
    "restore": lambda session, view: summary_editing.restore_block(session, view.id, "money", version=2, **BY),
    "heading": lambda session, view: summary_editing.save_heading(session, view.id, "money", heading="经费", version=2, **BY),
    "title": lambda session, view: summary_editing.save_title(session, view.id, title="甲", version=view.version, **BY),
    "choose": lambda session, view: summary_merging.choose(session, view.id, "money", "a", choice=Choice.NEW, version=2, **BY),
    "choose-all": lambda session, view: summary_merging.choose_all(session, view.id, "money", choice=Choice.NEW, version=2, **BY),
    "write-choices": lambda session, view: summary_merging.write_choices(session, view.id, "money", version=2, **BY),
    "finalise": lambda session, view: summary_final.finalise(session, view.id, version=view.version, **BY),
}


@pytest.mark.parametrize("change", WRITES.values(), ids=WRITES.keys())
def test_nothing_in_it_can_be_changed(session: Session, final: SummaryView, change: Callable[[Session, SummaryView], object]) -> None:
    with pytest.raises(SummaryFinalised):
        change(session, final)

    assert read(session, final) == final


def test_what_somebody_was_still_typing_is_kept_all_the_same(session: Session, final: SummaryView) -> None:
    summary_editing.keep_typing(session, final.id, "money", text="后到的话。", version=2, **BY)

    assert summary_editing.find_typing(session, final.id, who="chair")["money"].text == "后到的话。"


def test_it_is_opened_again_with_a_reason_that_is_logged(session: Session, final: SummaryView) -> None:
    with pytest.raises(ReasonMissing):
        summary_final.reopen(session, final.id, reason=" ", version=final.version, **BY)

    opened = summary_final.reopen(session, final.id, reason="补登了两次活动", version=final.version, **BY)

    log = changes.list_changes(session, noun="summary_draft", row_id=session.exec(select(SummaryDraft)).one().id or 0)
    assert (opened.is_final, (log[0].after or {})["reason"]) == (False, "补登了两次活动")
    assert [block.text for block in opened.blocks] == [block.text for block in final.blocks]
    assert edit(session, opened, "money", "甲。").text == "甲。"


def test_open_summary_cannot_be_opened(session: Session) -> None:
    view = write(session, make_year(session))

    with pytest.raises(NotFinalised):
        summary_final.reopen(session, view.id, reason="甲", version=view.version, **BY)


def test_summary_with_a_sentence_in_two_versions_or_an_old_look_is_not_finalised(session: Session) -> None:
    plan = make_year(session)
    view = write(session, plan)
    block = section_of(view)
    told = sentence_of(block, "趣味运动会")
    edit(session, view, block.key, block.text.replace(told, told.replace("。", "，很好。")))
    recount(session, "趣味运动会", 63)
    view = write(session, plan)

    with pytest.raises(ConflictsOpen):
        summary_final.finalise(session, view.id, version=view.version, **BY)
    with pytest.raises(StaleSave):
        summary_final.finalise(session, view.id, version=view.version - 1, **BY)


def test_what_tells_of_somebody_is_decided_before_it_is_final(session: Session) -> None:
    view = write(session, make_year(session))
    edit(session, view, "money", "到医院看望王小明老师。")
    view = read(session, view)

    with pytest.raises(PrivacyUndecided):
        summary_final.finalise(session, view.id, version=view.version, **BY)
    for remark in check_summary(session, view).undecided:
        decide_remark(session, view, remark, **BY)

    assert summary_final.finalise(session, view.id, version=view.version, **BY).is_final


def test_it_tells_which_of_its_records_changed_afterwards(session: Session, final: SummaryView) -> None:
    assert summary_final.list_changes_since(session, final.id) == ()

    recount(session, "趣味运动会", 63)

    assert [(one.title, one.who) for one in summary_final.list_changes_since(session, final.id)] == [("趣味运动会", "deputy")]
    assert section_of(final).key in find_stale(session, final)


TAMPERINGS = {
    "text": "UPDATE summary_block SET edited = '改过的话。' WHERE \"key\" = 'money'",
    "generated": "UPDATE summary_block SET sentences = replace(sentences, '60', '90')",
    "final": "UPDATE summary_draft SET final = json_set(final, '$.title', '改过的题目')",
    "fingerprint": "UPDATE summary_draft SET fingerprint = 'abc'",
    "heading": "UPDATE summary_block SET own_heading = '改过的标题' WHERE \"key\" = 'money'",
    "order": "UPDATE summary_block SET position = 100 - position",
    "day": "UPDATE summary_draft SET as_of = '2026-12-31'",
    "who": "UPDATE summary_draft SET finalised_by = 'somebody'",
    "unlocked": "UPDATE summary_draft SET finalised_at_utc = NULL",
    "unreadable": "UPDATE summary_block SET sentences = '[{}]' WHERE \"key\" = 'money'",
    "final unreadable": "UPDATE summary_draft SET final = '[1]'",
}


def test_untouched_final_is_found_in_order(session: Session, final: SummaryView) -> None:
    recount(session, "趣味运动会", 63)

    assert list(find_changed_finals(session)) == []


@pytest.mark.sqlite
@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_final_that_was_changed_past_the_program_is_found(session: Session, final: SummaryView, statement: str) -> None:
    session.execute(text(statement))
    session.expire_all()

    assert list(find_changed_finals(session)) == [final.title]


def test_verification_names_it(session: Session, final: SummaryView, tmp_path: Path) -> None:
    session.execute(text(TAMPERINGS["text"]))
    session.expire_all()

    assert Fault(FaultCode.FINAL_CHANGED, {"name": final.title}) in verify_books(session, evidence_folder=tmp_path)


def test_text_and_fingerprint_changed_together_contradict_the_log(session: Session, final: SummaryView) -> None:
    draft = session.exec(select(SummaryDraft)).one()
    draft.own_title = "改过的题目"
    draft.final = {**(draft.final or {}), "title": "改过的题目", "lines": ["改过的题目", *(draft.final or {})["lines"][1:]]}
    draft.fingerprint = summary_final.take_fingerprint(draft.final)
    session.add(draft)
    session.flush()

    assert list(find_changed_finals(session)) == ["改过的题目"]


def test_final_that_was_deleted_past_the_program_is_found(session: Session, final: SummaryView) -> None:
    for table in ("summary_block", "summary_draft"):
        session.execute(text(f"DELETE FROM {table}"))
    session.expire_all()

    assert list(find_changed_finals(session)) == [final.title]


def test_final_made_of_sentences_of_the_version_before_is_in_order(session: Session) -> None:
    view = write(session, make_year(session))
    for row in session.exec(select(SummaryBlock)):
        row.sentences = [{"text": one["text"], "opens": one.get("opens", False), "sources": []} for one in row.sentences]
        session.add(row)
    session.flush()

    summary_final.finalise(session, view.id, version=view.version, **BY)

    assert list(find_changed_finals(session)) == []


def test_reopened_summary_may_be_changed(session: Session, final: SummaryView) -> None:
    opened = summary_final.reopen(session, final.id, reason="补登", version=final.version, **BY)
    edit(session, opened, "money", "甲。")

    assert list(find_changed_finals(session)) == []


def test_final_keeps_and_prints_where_the_change_log_stood(session: Session) -> None:
    view = write(session, make_year(session))
    head = chain_check.read_head(session)

    final = summary_final.finalise(session, view.id, version=view.version, **BY)

    assert (build_document(view).check_code, build_document(final).check_code) == ("", head.code)
    assert chain_check.anchors_of_finals(session) == (chain_check.Anchor(head.id, head.sha256, final.title),)


def test_final_that_was_opened_again_agrees_with_the_log(session: Session, final: SummaryView) -> None:
    summary_final.reopen(session, final.id, reason="补登", version=final.version, **BY)

    assert [found for found in replay_log(session) if found.noun == "summary_draft"] == []
