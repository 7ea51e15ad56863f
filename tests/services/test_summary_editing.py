"""People's own words in a summary: saved, refused when late, kept while they are typed, found again."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.makers import NOW
from tests.services.summary_makers import BY, block_of, edit, make_year, plan_of, read, recount, section_of, write
from unionboard.errors.care import PrivateNumberTyped
from unionboard.errors.entries import NoSuchSummary
from unionboard.errors.saving import StaleSave
from unionboard.services import summary_editing
from unionboard.services.summary import DraftId, SummaryView
from unionboard.services.summary_editing import TITLE, Typing

DEPUTY = {**BY, "who": "deputy"}


@pytest.fixture
def view(session: Session) -> SummaryView:
    """The summary of a small year."""
    return write(session, make_year(session))


def test_saved_words_stand_and_say_whose_they_are(session: Session, view: SummaryView) -> None:
    saved = edit(session, view, "money", "  经费见审查报告。 \n\n另附明细。")

    assert (saved.text, saved.edited_by, saved.edited_at_utc, saved.version) == ("经费见审查报告。\n另附明细。", "chair", NOW, 2)
    assert block_of(read(session, view), "money") == saved


@pytest.mark.parametrize("text", ["", "  \n", None], ids=["nothing", "blanks", "the-records-words"])
def test_saving_nothing_or_the_records_words_edits_nothing(session: Session, view: SummaryView, text: str | None) -> None:
    saved = edit(session, view, "money", block_of(view, "money").text if text is None else text)

    assert (saved.is_edited, saved.version) == (False, 1)


def test_second_of_two_savers_is_refused_with_both_texts_and_keeps_what_was_typed(session: Session, view: SummaryView) -> None:
    summary_editing.keep_typing(session, view.id, "money", text="后到的话。", version=1, **DEPUTY)
    edit(session, view, "money", "先到的话。")

    with pytest.raises(StaleSave) as refused:
        edit(session, view, "money", "后到的话。", **DEPUTY)

    assert (refused.value.facts["theirs"], refused.value.facts["yours"]) == ("先到的话。", "后到的话。")
    assert (refused.value.version, refused.value.who, refused.value.at_utc) == (2, "chair", NOW)
    assert summary_editing.find_typing(session, view.id, who="deputy") == {"money": Typing("money", "后到的话。", NOW, 1)}
    assert block_of(read(session, view), "money").text == "先到的话。"


def test_words_typed_over_former_ones_of_the_records_are_not_saved_unseen(session: Session, view: SummaryView) -> None:
    recount(session, "趣味运动会", 63)
    write(session, plan_of(session, view))

    with pytest.raises(StaleSave):
        edit(session, view, section_of(view).key, section_of(view).text + "大家都说好。")


def test_saving_late_what_stands_already_is_no_quarrel(session: Session, view: SummaryView) -> None:
    edit(session, view, "money", "同样的话。")

    assert edit(session, view, "money", "同样的话。", **DEPUTY).version == 2


def test_block_is_given_back_to_the_records(session: Session, view: SummaryView) -> None:
    edited = edit(session, view, "money", "经费见审查报告。")

    restored = summary_editing.restore_block(session, view.id, "money", version=edited.version, **BY)

    assert (restored.text, restored.is_edited) == (block_of(view, "money").text, False)


def test_typing_is_kept_with_every_pause_each_persons_own(session: Session, view: SummaryView) -> None:
    for text, who in (("经", "chair"), ("经费见", "chair"), ("账目", "deputy")):
        summary_editing.keep_typing(session, view.id, "money", text=text, version=1, who=who, now_utc=NOW)

    typed = {who: summary_editing.find_typing(session, view.id, who=who)["money"].text for who in ("chair", "deputy")}

    assert typed == {"chair": "经费见", "deputy": "账目"}


def test_typing_is_done_with_when_it_is_saved_dropped_or_typed_back(session: Session, view: SummaryView) -> None:
    def kept() -> bool:
        return "money" in summary_editing.find_typing(session, view.id, who="chair")

    told = []
    summary_editing.keep_typing(session, view.id, "money", text="甲。", version=1, **BY)
    told.append(kept())
    summary_editing.drop_typing(session, view.id, "money", who="chair")
    told.append(kept())
    summary_editing.keep_typing(session, view.id, "money", text="甲。", version=1, **BY)
    summary_editing.keep_typing(session, view.id, "money", text=block_of(view, "money").text, version=1, **BY)
    told.append(kept())
    summary_editing.keep_typing(session, view.id, "money", text="甲。", version=1, **BY)
    edit(session, view, "money", "甲。")
    told.append(kept())

    assert told == [True, False, False, False]


def test_typing_in_title_and_heading_is_kept_until_it_is_saved_or_typed_back(session: Session, view: SummaryView) -> None:
    def kept() -> dict[str, str]:
        return {key: typing.text for key, typing in summary_editing.find_typing(session, view.id, who="chair").items()}

    block = section_of(view)
    heading = summary_editing.heading_key(block.key)
    summary_editing.keep_typing(session, view.id, TITLE, text="我们的", version=view.version, **BY)
    summary_editing.keep_typing(session, view.id, heading, text="文体生", version=block.version, **BY)
    while_typed = kept()
    summary_editing.save_title(session, view.id, title="我们的一年", version=view.version, **BY)
    summary_editing.keep_typing(session, view.id, heading, text=block.heading, version=block.version, **BY)

    assert (while_typed, kept()) == ({TITLE: "我们的", heading: "文体生"}, {})


def test_heading_saved_while_words_are_typed_below_it_makes_them_no_late_ones(session: Session, view: SummaryView) -> None:
    block = section_of(view)
    summary_editing.keep_typing(session, view.id, block.key, text="还没写完的话。", version=block.version, **BY)

    renamed = summary_editing.save_heading(session, view.id, block.key, heading="文体生活", version=block.version, **BY)

    typing = summary_editing.find_typing(session, view.id, who="chair")[block.key]
    assert (typing.text, typing.version) == ("还没写完的话。", renamed.version)


def test_earlier_version_put_back_by_a_press_leaves_what_is_typed(session: Session, view: SummaryView) -> None:
    summary_editing.keep_typing(session, view.id, "money", text="正写着的话。", version=1, **BY)

    summary_editing.save_block(session, view.id, "money", text="旧稿。", version=1, is_typed=False, **BY)

    assert summary_editing.find_typing(session, view.id, who="chair")["money"] == Typing("money", "正写着的话。", NOW, 1)


def test_typing_outlives_a_refresh_and_a_block_that_is_gone(session: Session, view: SummaryView) -> None:
    summary_editing.keep_typing(session, view.id, "honours", text="获奖若干。", version=1, **BY)

    recount(session, "趣味运动会", 63)
    write(session, plan_of(session, view))

    assert summary_editing.find_typing(session, view.id, who="chair")["honours"].text == "获奖若干。"


def test_history_tells_what_stood_and_any_of_it_can_be_put_back(session: Session, view: SummaryView) -> None:
    key = section_of(view).key
    edit(session, view, key, "第一稿。")
    edit(session, read(session, view), key, "第二稿。", who="deputy", now_utc=NOW + timedelta(hours=1))
    edited = summary_editing.save_heading(session, view.id, key, heading="文体活动有声势", version=3, **BY)
    summary_editing.restore_block(session, view.id, key, version=edited.version, **BY)

    versions = summary_editing.list_versions(session, view.id, key)

    assert [(one.who, one.text, one.heading) for one in versions] == [
        ("chair", None, "文体活动有声势"),
        ("chair", "第二稿。", "文体活动有声势"),
        ("deputy", "第二稿。", None),
        ("chair", "第一稿。", None),
    ]
    assert edit(session, read(session, view), key, versions[2].text or "").text == "第二稿。"


def test_history_of_a_block_nobody_edited_is_empty(session: Session, view: SummaryView) -> None:
    assert summary_editing.list_versions(session, view.id, "money") == ()


def test_own_heading_and_title_stand_until_they_are_given_up(session: Session, view: SummaryView) -> None:
    key = section_of(view).key
    summary_editing.save_heading(session, view.id, key, heading=" 文体活动  有声势 ", version=1, **BY)
    own = summary_editing.save_title(session, view.id, title="青松小学工会年度报告", version=view.version, **BY)

    summary_editing.save_heading(session, view.id, key, heading="", version=2, **BY)
    given_up = summary_editing.save_title(session, view.id, title=own.generated_title, version=own.version, **BY)

    assert (own.title, section_of(own).heading, own.headings[key]) == ("青松小学工会年度报告", "文体活动 有声势", "一、文体活动 有声势")
    assert (given_up.title, section_of(given_up).heading) == (view.title, section_of(view).heading)


def test_late_title_is_refused(session: Session, view: SummaryView) -> None:
    summary_editing.save_title(session, view.id, title="先到的题目", version=view.version, **BY)

    with pytest.raises(StaleSave) as refused:
        summary_editing.save_title(session, view.id, title="后到的题目", version=view.version, **DEPUTY)

    assert (refused.value.facts["theirs"], refused.value.facts["yours"]) == ("先到的题目", "后到的题目")


def test_own_title_and_heading_outlive_a_refresh(session: Session, view: SummaryView) -> None:
    key = section_of(view).key
    summary_editing.save_heading(session, view.id, key, heading="文体活动有声势", version=1, **BY)
    summary_editing.save_title(session, view.id, title="年度报告", version=view.version, **BY)

    again = write(session, plan_of(session, view))

    assert (again.title, section_of(again).heading) == ("年度报告", "文体活动有声势")


def test_words_for_a_block_or_a_summary_that_is_not_there_are_refused(session: Session, view: SummaryView) -> None:
    with pytest.raises(NoSuchSummary):
        summary_editing.save_block(session, view.id, "section:99", text="甲。", version=1, **BY)
    with pytest.raises(NoSuchSummary):
        summary_editing.keep_typing(session, DraftId(view.plan_id, language="en"), "money", text="甲。", version=1, **BY)


def test_private_number_is_kept_nowhere_but_where_it_was_typed(session: Session, view: SummaryView) -> None:
    words = "联系电话13812345678"
    block = section_of(view)
    summary_editing.keep_typing(session, view.id, block.key, text=words, version=block.version, **BY)

    with pytest.raises(PrivateNumberTyped):
        edit(session, view, block.key, words)
    with pytest.raises(PrivateNumberTyped):
        summary_editing.save_heading(session, view.id, block.key, heading=words, version=block.version, **BY)
    with pytest.raises(PrivateNumberTyped):
        summary_editing.save_title(session, view.id, title=words, version=view.version, **BY)

    assert read(session, view) == view
    assert summary_editing.find_typing(session, view.id, who="chair")[block.key].text == words
