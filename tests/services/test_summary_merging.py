"""Refreshing a summary: what people wrote stays, what they left follows the records, what both changed is asked, with what changed."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.makers import make_activity, make_plan
from tests.services.summary_makers import (
    BY,
    block_of,
    edit,
    hold,
    hold_in_section,
    make_year,
    plan_of,
    read,
    recount,
    section_of,
    sentence_of,
    write,
)
from unionboard.drafting.figures import Source
from unionboard.errors.saving import StaleSave
from unionboard.errors.summary import ConflictsOpen, NoSuchConflict, OwnWordsMissing
from unionboard.models import Plan
from unionboard.services import care, checkoffs, summary_editing, summary_merging
from unionboard.services.record_changes import FieldChange, list_record_changes
from unionboard.services.summary import BlockView, Choice, SummaryView
from unionboard.services.summary_drafts import find_stale

OWN = "大家都说办得好。"


def edit_sports(session: Session, plan: Plan) -> tuple[SummaryView, str]:
    """People add something to the sentence of the sports day; the summary and the sentence as it stands then."""
    view = write(session, plan)
    block = section_of(view)
    told = sentence_of(block, "趣味运动会")
    mine = told.replace("。", "，第二小组得了第一。")
    edit(session, view, block.key, block.text.replace(told, mine))
    return read(session, view), mine


def clash(session: Session) -> tuple[SummaryView, BlockView, str]:
    """The sports day was edited, and then its records changed: the summary written anew, the block, people's sentence."""
    plan = make_year(session)
    _view, mine = edit_sports(session, plan)
    recount(session, "趣味运动会", 63)
    view = write(session, plan)
    return view, section_of(view), mine


def test_untouched_sentence_follows_the_records_beside_an_edited_one(session: Session) -> None:
    plan = make_year(session)
    before, mine = edit_sports(session, plan)
    recount(session, "教职工体检", 61)

    block = section_of(write(session, plan))

    old, new = sentence_of(section_of(before), "教职工体检"), sentence_of(block, "教职工体检")
    assert (mine in block.text, new in block.text, old in block.text) == (True, True, False)
    assert (block.is_edited, block.is_conflict, block.edited_by) == (True, False, "chair")


def test_new_deed_comes_into_an_edited_section(session: Session) -> None:
    plan = make_year(session)
    view, mine = edit_sports(session, plan)
    edit(session, view, section_of(view).key, section_of(view).text + OWN)
    hold(session, make_activity(session, plan, title="师德宣讲会", section_id=int(section_of(view).key.split(":")[1])), date(2026, 10, 8))

    block = section_of(write(session, plan))

    assert (block.is_conflict, mine in block.text, OWN in block.text) == (False, True, True)
    assert block.text.count(sentence_of(block, "师德宣讲会")) == 1


def test_summary_of_unchanged_records_is_written_anew_without_a_change(session: Session) -> None:
    plan = make_year(session)
    before, _mine = edit_sports(session, plan)

    after = write(session, plan)

    assert [(block.text, block.version) for block in after.blocks] == [(block.text, block.version) for block in before.blocks]


def test_blocks_nobody_touched_are_those_of_a_fresh_summary(session: Session) -> None:
    plan = make_year(session)
    view, _mine = edit_sports(session, plan)
    recount(session, "教职工体检", 61)
    again = write(session, plan)

    fresh = write(session, plan, language="en"), write(session, plan)

    edited = section_of(view).key
    assert find_stale(session, again) == frozenset()
    assert [block.text for block in again.blocks if block.key != edited] == [block.text for block in fresh[1].blocks if block.key != edited]
    assert not any(block.is_edited for block in fresh[0].blocks)


def test_sentence_both_changed_waits_and_the_block_keeps_peoples_words(session: Session) -> None:
    view, block, mine = clash(session)

    conflict = block.conflicts[0]

    assert (len(block.conflicts), view.conflicts, conflict.mine, conflict.choice) == (1, 1, mine, None)
    assert (conflict.base.text, conflict.new) == (
        mine.replace("，第二小组得了第一。", "。"),
        next(one for one in block.sentences if "趣味运动会" in one.text),
    )
    assert mine in block.text


@pytest.mark.parametrize("choice", Choice)
def test_choice_is_kept_shown_and_then_written(session: Session, choice: Choice) -> None:
    view, block, mine = clash(session)
    conflict = block.conflicts[0]
    own = "5月20日的趣味运动会来了63人。"
    words = {Choice.MINE: mine, Choice.NEW: conflict.new.text if conflict.new else "", Choice.OWN: own}[choice]

    chosen = summary_merging.choose(session, view.id, block.key, conflict.key, choice=choice, own=own, version=block.version, **BY)
    kept = section_of(read(session, view)).conflicts[0]
    written = summary_merging.write_choices(session, view.id, block.key, version=chosen.version, **BY)

    assert (kept.choice, kept.own, kept.words, mine in chosen.text) == (choice, own, words, True)
    assert (chosen.preview, chosen.open_conflicts) == (written.text, 0)
    assert (words in written.text, written.is_conflict, written.is_edited) == (True, False, choice is not Choice.NEW)
    assert [one.text for one in section_of(write(session, plan_of(session, view))).shown] == [one.text for one in written.shown]


def test_choices_of_before_hold_only_while_the_records_stay(session: Session) -> None:
    view, block, _mine = clash(session)
    summary_merging.choose(
        session, view.id, block.key, block.conflicts[0].key, choice=Choice.OWN, own="来了63人。", version=block.version, **BY
    )
    recount(session, "趣味运动会", 64)

    again = section_of(write(session, plan_of(session, view)))

    assert [(one.choice, one.own) for one in again.conflicts] == [(None, "来了63人。")]


def test_all_open_ones_can_be_chosen_at_once(session: Session) -> None:
    plan = make_year(session)
    view = write(session, plan)
    block = section_of(view)
    text = block.text
    for title in ("趣味运动会", "教职工体检"):
        told = sentence_of(block, title)
        text = text.replace(told, told.replace("。", "，很好。"))
    edit(session, view, block.key, text)
    recount(session, "趣味运动会", 63)
    recount(session, "教职工体检", 61)
    block = section_of(write(session, plan))
    first = summary_merging.choose(session, view.id, block.key, block.conflicts[0].key, choice=Choice.NEW, version=block.version, **BY)

    all_ = summary_merging.choose_all(session, view.id, block.key, choice=Choice.MINE, version=first.version, **BY)

    assert [one.choice for one in all_.conflicts] == [Choice.NEW, Choice.MINE]


def test_both_versions_put_together_are_proposed(session: Session) -> None:
    _view, block, mine = clash(session)

    conflict = block.conflicts[0]

    assert conflict.proposal == mine.replace("60", "63")


def test_nothing_is_written_while_a_sentence_waits(session: Session) -> None:
    view, block, _mine = clash(session)

    with pytest.raises(ConflictsOpen) as refused:
        summary_merging.write_choices(session, view.id, block.key, version=block.version, **BY)

    assert refused.value.facts == {"n": 1}


def test_own_words_must_be_typed_and_a_settled_sentence_is_not_chosen_for(session: Session) -> None:
    view, block, _mine = clash(session)

    with pytest.raises(OwnWordsMissing):
        summary_merging.choose(session, view.id, block.key, block.conflicts[0].key, choice=Choice.OWN, version=block.version, **BY)
    with pytest.raises(NoSuchConflict):
        summary_merging.choose(session, view.id, block.key, "deed:0", choice=Choice.NEW, version=block.version, **BY)
    with pytest.raises(NoSuchConflict):
        summary_merging.write_choices(session, view.id, "money", version=block_of(view, "money").version, **BY)


def test_two_people_choosing_are_told_of_each_other(session: Session) -> None:
    view, block, _mine = clash(session)
    key = block.conflicts[0].key
    summary_merging.choose(session, view.id, block.key, key, choice=Choice.NEW, version=block.version, **BY)

    with pytest.raises(StaleSave):
        summary_merging.choose(session, view.id, block.key, key, choice=Choice.MINE, version=block.version, **{**BY, "who": "deputy"})


def test_choice_can_be_taken_back(session: Session) -> None:
    view, block, _mine = clash(session)
    key = block.conflicts[0].key
    chosen = summary_merging.choose(session, view.id, block.key, key, choice=Choice.NEW, version=block.version, **BY)

    open_again = summary_merging.choose(session, view.id, block.key, key, choice=None, version=chosen.version, **BY)

    assert open_again.open_conflicts == 1


def test_typing_the_new_words_settles_the_sentence(session: Session) -> None:
    view, block, mine = clash(session)

    saved = edit(session, view, block.key, block.text.replace(mine, sentence_of(block, "趣味运动会")))

    assert (saved.is_conflict, saved.text == saved.generated, saved.is_edited) == (False, True, False)


def test_edit_beside_a_waiting_sentence_leaves_it_waiting(session: Session) -> None:
    view, block, mine = clash(session)

    saved = edit(session, view, block.key, block.text + OWN)

    assert ([one.mine for one in saved.conflicts], saved.text.endswith(OWN)) == ([mine], True)


def test_block_the_records_no_longer_give_keeps_peoples_words_before_the_signature(session: Session) -> None:
    plan = make_plan(session)
    lonely = make_activity(session, plan, area="HEALTH", title="健康讲座")
    view = write(session, plan)
    edit(session, view, "area:HEALTH", "我们自己的话。")
    lonely.removed = True
    session.add(lonely)

    again = write(session, plan)

    assert [block.key for block in again.blocks][-2:] == ["area:HEALTH", "signature"]
    assert (block_of(again, "area:HEALTH").text, block_of(again, "area:HEALTH").sentences) == ("我们自己的话。", ())


def test_sentence_people_changed_whose_record_is_gone_is_asked_about(session: Session) -> None:
    plan = make_plan(session)
    lonely = make_activity(session, plan, area="HEALTH", title="健康讲座")
    hold(session, lonely, date(2026, 5, 20), participants=30)
    view = write(session, plan)
    block = block_of(view, "area:HEALTH")
    told = sentence_of(block, "健康讲座")
    edit(session, view, block.key, block.text.replace(told, told.replace("。", "，很好。")))
    lonely.removed = True
    session.add(lonely)

    again = block_of(write(session, plan), "area:HEALTH")

    assert [(one.mine, one.new) for one in again.conflicts] == [(told.replace("。", "，很好。"), None)]


# --- why ---------------------------------------------------------------------------------------------------------------------


def test_reasons_are_the_changes_of_the_records_under_the_sentence(session: Session) -> None:
    view, block, _mine = clash(session)
    recount(session, "教职工体检", 61)  # under another sentence, and after the writing

    reasons = summary_merging.list_reasons(session, view.id, block.key, block.conflicts[0].key)

    assert (reasons.as_of_before, reasons.as_of_now) == (None, view.as_of)
    assert [(one.noun, one.who, one.title, one.fields) for one in reasons.records] == [
        ("check_off", "deputy", "趣味运动会", (FieldChange("participants", 60, 63),))
    ]


def test_another_day_is_a_reason_too(session: Session) -> None:
    plan = make_year(session)
    edit_sports(session, plan)
    hold_in_section(session, plan, 1, "合唱比赛", date(2026, 5, 21))

    view = write(session, plan, as_of=date(2026, 5, 19))

    block = section_of(view)
    reasons = summary_merging.list_reasons(session, view.id, block.key)
    assert [one.new for one in block.conflicts if "趣味运动会" in one.base.text] == [None]
    assert (reasons.as_of_before, reasons.as_of_now) == (date(2026, 12, 20), date(2026, 5, 19))


def test_changes_of_visits_and_names_of_those_visited_are_never_told(session: Session) -> None:
    plan = make_year(session)
    visit = care.record_visit(
        session, visited_on=date(2026, 3, 1), kind="hospital", amount_fen=10_000, recipient="王小明", today=date(2026, 12, 20), **BY
    )
    hold_in_section(session, plan, 1, "看望王小明", date(2026, 3, 1), result="王小明已出院")
    sources = [one for block in write(session, plan).blocks for sentence in block.sentences for one in sentence.sources]

    told = list_record_changes(session, [*sources, Source("care_visit", visit.id or 0)], after=0)

    visits = [one for one in told if one.noun == "care_visit"]
    assert [(one.row_id, one.title, one.fields) for one in visits] == [(visit.id, "", ())]
    assert "王小明" not in str(told)
    assert "看望***" in {one.title for one in told}


@pytest.mark.parametrize("has_other", [False, True])
def test_words_written_as_a_choice_stand_in_the_text_when_the_records_go_back(session: Session, has_other: bool) -> None:
    view, block, mine = clash(session)
    own = "趣味运动会「自己写的」。"
    if has_other:
        told = sentence_of(block, "教职工体检")
        edit(session, view, block.key, block.text.replace(told, told.replace("。", "，很好。")))
        recount(session, "教职工体检", 61)
        block = section_of(write(session, plan_of(session, view)))
    key = next(one.key for one in block.conflicts if one.mine == mine)
    summary_merging.choose(session, view.id, block.key, key, choice=Choice.OWN, own=own, version=block.version, **BY)
    recount(session, "趣味运动会", 60)

    settled = section_of(write(session, plan_of(session, view)))

    assert (settled.text.count(own), mine in settled.text, len(settled.conflicts)) == (1, False, int(has_other))


def test_words_written_for_a_sentence_taken_out_are_kept_too(session: Session) -> None:
    plan = make_year(session)
    view = write(session, plan)
    block = section_of(view)
    edit(session, view, block.key, block.text.replace(sentence_of(block, "趣味运动会"), ""))
    recount(session, "趣味运动会", 63)
    block = section_of(write(session, plan))
    own = "趣味运动会「自己写的」。"
    summary_merging.choose(session, view.id, block.key, block.conflicts[0].key, choice=Choice.OWN, own=own, version=block.version, **BY)
    recount(session, "趣味运动会", 60)

    assert section_of(write(session, plan)).text.endswith(own)


def test_own_heading_waits_for_a_block_that_comes_back(session: Session) -> None:
    plan = make_year(session)
    row = make_activity(session, plan, title="合唱比赛")
    award = hold(session, row, date(2026, 10, 8), award="一等奖", award_level="district")
    view = write(session, plan)
    summary_editing.save_heading(session, view.id, "honours", heading="大家的荣誉", version=block_of(view, "honours").version, **BY)
    checkoffs.undo_check_off(session, row.id or 0, check_off_id=award, **BY)
    assert "honours" not in [block.key for block in write(session, plan).blocks]
    hold(session, row, date(2026, 10, 8), award="一等奖", award_level="district")

    assert block_of(write(session, plan), "honours").heading == "大家的荣誉"
