"""Sections left out on purpose: not printed, not missed, their words kept."""

from datetime import date

import pytest
from sqlmodel import Session, select

from tests.services.summary_makers import BY, block_of, edit, hold_in_section, make_year, plan_of, read, recount, section_of, write
from unionboard.cli_json import describe_summary
from unionboard.drafting.lints import Code
from unionboard.errors.saving import StaleSave
from unionboard.errors.summary import NeededInSummary, SummaryFinalised
from unionboard.models import Section, SummaryBlock
from unionboard.services import changes, summary_editing, summary_final
from unionboard.services.summary import BlockView, SummaryView, build_document
from unionboard.services.summary_check import check_summary
from unionboard.services.summary_drafts import find_stale


@pytest.fixture
def view(session: Session) -> SummaryView:
    """The summary of a small year."""
    return write(session, make_year(session))


def leave_out(session: Session, view: SummaryView, key: str) -> BlockView:
    return summary_editing.leave_out(session, view.id, key, version=block_of(view, key).version, **BY)


def test_block_left_out_is_neither_printed_nor_numbered_nor_counted(session: Session, view: SummaryView) -> None:
    block = section_of(view)

    leave_out(session, view, block.key)

    after = read(session, view)
    later = {key: heading.split("、", 1)[1] for key, heading in view.headings.items() if key != block.key}
    numerals = "一二三四五六七"
    assert after.headings == {key: f"{numerals[n]}、{words}" for n, (key, words) in enumerate(later.items())}
    assert set(build_document(after).texts) & set(block.text.splitlines()) == set()
    assert view.letters - after.letters == len(view.headings[block.key] + block.text.replace("\n", ""))
    assert [section["key"] for section in describe_summary(after, [], recorded={})["sections"]] == [one.key for one in after.printed]


def test_block_left_out_keeps_its_words_and_is_taken_in_again(session: Session, view: SummaryView) -> None:
    edit(session, view, "money", "经费见审查报告。")
    left_out = leave_out(session, read(session, view), "money")

    taken_in = summary_editing.take_in(session, view.id, "money", version=left_out.version, **BY)

    assert (left_out.is_left_out, left_out.text) == (True, "经费见审查报告。")
    assert (taken_in.is_left_out, taken_in.text, taken_in.edited_by) == (False, "经费见审查报告。", "chair")
    assert "money" in read(session, view).headings


def test_checker_misses_no_section_left_out_on_purpose(session: Session, view: SummaryView) -> None:
    block = section_of(view)
    edit(session, view, block.key, "【待补充：效果】")
    before = {remark.code for remark in check_summary(session, read(session, view)).remarks if remark.block == block.key}

    leave_out(session, read(session, view), block.key)

    after = [remark for remark in check_summary(session, read(session, view)).remarks if remark.block == block.key]
    assert (Code.SECTION_SILENT in before, after) == (True, [])


def test_refresh_keeps_a_block_left_out_and_its_words_follow_the_records(session: Session, view: SummaryView) -> None:
    key = section_of(view).key
    edit(session, view, key, section_of(view).text + "大家都说好。")
    leave_out(session, read(session, view), key)
    recount(session, "趣味运动会", 63)
    stale = find_stale(session, read(session, view))

    again = section_of(write(session, plan_of(session, view)))

    assert key not in stale
    assert (again.is_left_out, "63人" in again.text, again.text.endswith("大家都说好。")) == (True, True, True)


def test_sentences_in_two_versions_wait_while_their_block_is_left_out(session: Session, view: SummaryView) -> None:
    block = section_of(view)
    edit(session, view, block.key, block.text.replace("60人", "六十余人"))
    leave_out(session, read(session, view), block.key)
    recount(session, "趣味运动会", 63)
    again = write(session, plan_of(session, view))

    final = summary_final.finalise(session, view.id, version=again.version, **BY)

    assert (section_of(final).is_conflict, final.conflicts, final.is_final) == (True, 0, True)


def test_block_whose_records_go_and_come_back_is_still_left_out(session: Session, view: SummaryView) -> None:
    plan, section_id = plan_of(session, view), session.exec(select(Section.id)).one()
    hold_in_section(session, plan, section_id, "合唱比赛", date(2026, 10, 9), award="一等奖", award_level="district")
    leave_out(session, write(session, plan), "honours")

    without = write(session, plan, as_of=date(2026, 9, 30))
    back = write(session, plan)

    assert ("honours" in {block.key for block in without.blocks}, block_of(back, "honours").is_left_out) == (False, True)


@pytest.mark.parametrize("key", ["lead", "signature"])
def test_lead_and_signature_are_never_left_out(session: Session, view: SummaryView, key: str) -> None:
    with pytest.raises(NeededInSummary):
        leave_out(session, view, key)


def test_block_changed_meanwhile_is_not_left_out_unseen(session: Session, view: SummaryView) -> None:
    edit(session, view, "money", "经费见审查报告。")

    with pytest.raises(StaleSave):
        leave_out(session, view, "money")


def test_finalised_summary_keeps_what_it_leaves_out(session: Session, view: SummaryView) -> None:
    leave_out(session, view, "money")
    summary_final.finalise(session, view.id, version=view.version, **BY)

    for change in (summary_editing.take_in, summary_editing.leave_out):
        with pytest.raises(SummaryFinalised):
            change(session, view.id, "money", version=2, **BY)


def test_block_put_into_a_finalised_summary_behind_its_back_is_found(session: Session, view: SummaryView) -> None:
    leave_out(session, view, "money")
    summary_final.finalise(session, view.id, version=view.version, **BY)
    before = list(summary_final.find_changed_finals(session))

    row = next(row for row in session.exec(select(SummaryBlock)) if row.key == "money")
    row.is_left_out = False
    session.flush()

    assert (before, list(summary_final.find_changed_finals(session))) == ([], [view.title])


def test_leaving_out_is_logged_and_changes_nobodys_signature(session: Session, view: SummaryView) -> None:
    edit(session, view, "money", "经费见审查报告。")
    left_out = summary_editing.leave_out(session, view.id, "money", version=2, **{**BY, "who": "deputy"})

    row = next(row for row in session.exec(select(SummaryBlock)) if row.key == "money")
    newest = changes.list_changes(session, noun="summary_block", row_id=row.id or 0)[0]
    assert (newest.who, newest.after, left_out.edited_by) == ("deputy", {"is_left_out": True}, "chair")


def test_words_typed_before_a_block_was_left_out_are_no_late_ones(session: Session, view: SummaryView) -> None:
    summary_editing.keep_typing(session, view.id, "money", text="还没写完的话。", version=1, **BY)

    left_out = leave_out(session, view, "money")

    typing = summary_editing.find_typing(session, view.id, who="chair")["money"]
    assert (typing.text, typing.version) == ("还没写完的话。", left_out.version)
