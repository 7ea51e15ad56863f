"""The draft over real records: what counts by which day, what stays private, what people's edits survive."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard.drafting.figures import Source
from unionboard.errors.entries import NoSuchSummary
from unionboard.errors.plans import NoPlanYet
from unionboard.errors.saving import StaleSave
from unionboard.models import Activity, ActivityState, Direction, PeriodKind, Plan, SummaryBlock
from unionboard.services import care, checkoffs, fund, fund_items, summary, summary_editing, summary_merging
from unionboard.services.checkoffs import Details
from unionboard.services.summary import BlockView, Choice, DraftId, SummaryView
from unionboard.services.summary_drafts import find_stale, write_draft
from unionboard.services.summary_sources import trace_sources

AS_OF = date(2026, 12, 20)
BY: dict[str, Any] = {"who": "chair", "now_utc": NOW}
GAP = "【待补充：效果】"


def write(session: Session, plan: Plan, *, as_of: date = AS_OF, language: str = "zh_CN") -> SummaryView:
    return write_draft(session, DraftId(plan.id or 0, language=language), as_of=as_of, **BY)


def hold(session: Session, activity: Activity, day: date, **details: Any) -> int:
    row = checkoffs.check_off(session, activity.id or 0, done_on=day, today=AS_OF, details=Details(**details), **BY)
    return row.id or 0


def block_of(view: SummaryView, key: str) -> BlockView:
    return next(block for block in view.blocks if block.key == key)


def texts_of(view: SummaryView) -> str:
    return "\n".join(summary.build_document(view).texts)


def test_draft_follows_the_plans_headings_word_for_word_numbered_anew(session: Session) -> None:
    plan = make_plan(session)
    make_section(session, plan, position=1, printed_number="六、", heading="重视女职工工作", area="WOMEN")
    make_section(session, plan, position=2, printed_number="六、", heading="六、丰富文体生活", area="CULT")

    view = write(session, plan)

    assert list(view.headings.values()) == [
        "一、重视女职工工作",
        "二、丰富文体生活",
        "三、经费收支情况",
        "四、存在的问题和不足",
        "五、下一年工作思路",
    ]


def test_block_whose_heading_the_plan_lost_is_told_by_its_areas(session: Session) -> None:
    plan = make_plan(session)
    section = make_section(session, plan, heading="", printed_number="")
    hold(session, make_activity(session, plan, section_id=section.id), date(2026, 5, 20))

    view = write(session, plan)

    assert view.headings["area:CULT"] == "一、文体活动"


def test_sentence_carries_the_records_it_rests_on(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan)
    check_off_id = hold(session, activity, date(2026, 5, 20), participants=60)
    entry = book(session, date(2026, 5, 21), activity_id=activity.id)

    sentence = block_of(write(session, plan), "area:CULT").sentences[0]

    assert sentence.text == "5月20日，举办趣味运动会，60人参加，支出300元。"
    assert sentence.sources == (Source("check_off", check_off_id), Source("fund_entry", entry))


def book(session: Session, day: date, *, direction: Direction = Direction.OUT, item: str = "culture_sports", **values: Any) -> int:
    row = fund.book_entry(
        session, booked_on=day, direction=direction, item=item, amount_fen=30_000, purpose="奖品", today=AS_OF, **BY, **values
    )
    return row.id or 0


def test_nothing_after_the_day_of_the_summary_counts(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan)
    hold(session, activity, date(2026, 5, 20), done_to=date(2026, 5, 22))
    book(session, date(2026, 5, 22), activity_id=activity.id)
    care.record_visit(session, visited_on=date(2026, 5, 22), kind="festival", people=4, today=AS_OF, **BY)

    before = write(session, plan, as_of=date(2026, 5, 21))
    texts = {key: block_of(before, key).text for key in ("area:CULT", "money")}
    after = write(session, plan, as_of=date(2026, 5, 22))

    assert texts == {
        "area:CULT": "本部分尚无办结记录，计划活动中1项尚未到期。",
        "money": "经费收支尚未登记【待补充：经费收支情况】。",
    }
    assert block_of(after, "area:CULT").text == f"5月20日至22日，举办趣味运动会，支出300元。{GAP}"
    assert block_of(after, "money").text == (
        "截至5月22日，支出300元，超支300元。主要支出：文体活动300元，占100%。截至5月22日，走访慰问4人次。"
    )


def test_undone_check_off_is_no_deed(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan)
    hold(session, activity, date(2026, 5, 20))
    checkoffs.undo_check_off(session, activity.id or 0, **BY)

    assert block_of(write(session, plan), "area:CULT").text == "本部分尚无办结记录，计划活动中1项逾期未办。"


def test_corrected_entry_leaves_no_trace_in_the_sums(session: Session) -> None:
    plan = make_plan(session)
    book(session, date(2026, 1, 5), direction=Direction.IN, item="dues")
    wrong = book(session, date(2026, 5, 20))
    fund.reverse_entry(session, wrong, booked_on=date(2026, 5, 21), reason="重复入账", today=AS_OF, **BY)

    assert block_of(write(session, plan), "money").text == "全年收入300元，结余300元。"


def test_school_year_adds_up_both_books_and_opens_with_the_balance_before_it(session: Session) -> None:
    make_plan(session, period_kind=PeriodKind.SCHOOL_YEAR, starts_on=date(2024, 9, 1), ends_on=date(2025, 8, 31), year=2024)
    plan = make_plan(session, period_kind=PeriodKind.SCHOOL_YEAR, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31), year=2025)
    for day in (date(2025, 3, 1), date(2025, 10, 1), date(2026, 3, 1)):
        book(session, day, direction=Direction.IN, item="dues")

    assert block_of(write(session, plan), "money").text == "上年结转300元，本学年收入600元，结余900元。"


def record_visits(session: Session, kind: str, times: int, **values: Any) -> None:
    for n in range(times):
        care.record_visit(session, visited_on=date(2026, 3, 1 + n), kind=kind, amount_fen=10_000, today=AS_OF, **BY, **values)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_names_of_people_visited_never_reach_the_draft(session: Session, language: str) -> None:
    plan = make_plan(session)
    record_visits(session, "hospital", 3, recipient="王小明")
    named = make_activity(session, plan, title="看望住院的王小明", area="CARE")
    hold(session, named, date(2026, 5, 20), result="王小明已出院", award="王小明获表扬")
    make_activity(session, plan, title="家访", state=ActivityState.CANCELLED, state_reason="王小明不便")

    view = write(session, plan, language=language)

    assert "王小明" not in texts_of(view)
    assert not [row for row in session.exec(select(SummaryBlock)) if "王小明" in str(row.sentences)]


def test_small_occasions_are_merged_and_a_single_visit_tells_no_sum(session: Session) -> None:
    plan = make_plan(session)
    record_visits(session, "bereavement", 1)
    single = block_of(write(session, plan), "money").text
    record_visits(session, "festival", 3)
    record_visits(session, "wedding", 2)
    several = block_of(write(session, plan), "money").text

    assert single.endswith("全年走访慰问1人次。")
    assert several.endswith("全年走访慰问6人次，支出600元，其中节日慰问3人次、其他慰问3人次。")


def make_year(session: Session) -> Plan:
    """A plan with a section in which one activity was held."""
    plan = make_plan(session)
    make_section(session, plan)
    hold(session, make_activity(session, plan), date(2026, 5, 20), participants=60)
    return plan


def edit(session: Session, view: SummaryView, key: str, text: str) -> BlockView:
    return summary_editing.save_block(session, view.id, key, text=text, version=block_of(view, key).version, **BY)


def section_key(view: SummaryView) -> str:
    return next(block.key for block in view.blocks if block.key.startswith("section:"))


def test_edited_block_keeps_its_words_while_the_records_stay(session: Session) -> None:
    plan = make_year(session)
    view = write(session, plan)
    edit(session, view, section_key(view), "5月20日，举办趣味运动会，60人参加。\n大家都说好。")

    block = block_of(write(session, plan), section_key(view))

    assert (block.text, block.is_edited, block.is_conflict) == ("5月20日，举办趣味运动会，60人参加。\n大家都说好。", True, False)
    assert [bool(sentence.sources) for sentence in block.shown] == [True, False]


def test_edited_block_becomes_a_conflict_when_the_records_move_on(session: Session) -> None:
    plan = make_year(session)
    view = write(session, plan)
    key = section_key(view)
    edit(session, view, key, "我们自己的话。")
    hold(session, make_activity(session, plan, title="乒乓球比赛", position=2), date(2026, 6, 3))

    block = block_of(write(session, plan), key)

    assert (block.text, block.is_conflict) == ("我们自己的话。", True)
    assert block.generated == f"本部分计划活动2项，完成2项。5月20日，举办趣味运动会，60人参加。6月3日，举办乒乓球比赛。{GAP}"


def settle(session: Session, draft_id: DraftId, key: str, *, choice: Choice, version: int) -> BlockView:
    chosen = summary_merging.choose_all(session, draft_id, key, choice=choice, version=version, **BY)
    return summary_merging.write_choices(session, draft_id, key, version=chosen.version, **BY)


NEW_WORDS = f"本部分计划活动2项，完成1项。5月20日，举办趣味运动会，60人参加。{GAP}"


@pytest.mark.parametrize(
    ("choice", "text", "is_edited"), [(Choice.MINE, "我们自己的话。", True), (Choice.NEW, NEW_WORDS, False)], ids=["mine", "new"]
)
def test_conflict_is_settled_by_either_version(session: Session, choice: Choice, text: str, is_edited: bool) -> None:
    plan = make_year(session)
    view = write(session, plan)
    key = section_key(view)
    edit(session, view, key, "我们自己的话。")
    make_activity(session, plan, title="乒乓球比赛", position=2)
    version = block_of(write(session, plan), key).version

    block = settle(session, DraftId(plan.id or 0), key, choice=choice, version=version)

    assert (block.text, block.is_edited, block.is_conflict) == (text, is_edited, False)


def test_edited_block_without_records_is_kept_before_the_signature(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan, area="HEALTH")
    view = write(session, plan)
    edit(session, view, "area:HEALTH", "我们自己的话。")
    activity.removed = True
    session.add(activity)

    view = write(session, plan)

    assert [block.key for block in view.blocks] == ["lead", "money", "problems", "next_year", "area:HEALTH", "signature"]
    assert block_of(view, "area:HEALTH").is_conflict


def test_restored_block_speaks_from_the_records_again(session: Session) -> None:
    view = write(session, make_plan(session))
    edited = edit(session, view, "money", "经费见审查报告。")

    block = summary_editing.restore_block(session, view.id, "money", version=edited.version, **BY)

    assert (block.text, block.is_edited) == ("经费收支尚未登记【待补充：经费收支情况】。", False)


@pytest.mark.parametrize("text", ["", "  \n", "经费收支尚未登记【待补充：经费收支情况】。"])
def test_saving_nothing_or_the_same_words_edits_nothing(session: Session, text: str) -> None:
    view = write(session, make_plan(session))

    assert not edit(session, view, "money", text).is_edited


def test_stale_edit_is_refused_with_both_texts(session: Session) -> None:
    view = write(session, make_plan(session))
    edit(session, view, "money", "先到的话。")

    with pytest.raises(StaleSave) as refused:
        edit(session, view, "money", "后到的话。")

    assert (refused.value.facts["theirs"], refused.value.facts["yours"]) == ("先到的话。", "后到的话。")


def test_stale_blocks_are_found_before_the_draft_is_written_anew(session: Session) -> None:
    plan = make_year(session)
    view = write(session, plan)
    fresh = find_stale(session, view)
    make_activity(session, plan, title="乒乓球比赛", position=2)

    assert fresh == frozenset()
    assert find_stale(session, view) == {"lead", section_key(view), "problems", "next_year"}


def test_reading_before_writing_is_refused(session: Session) -> None:
    plan = make_plan(session)

    with pytest.raises(NoSuchSummary):
        summary.read_draft(session, DraftId(plan.id or 0))
    with pytest.raises(NoPlanYet):
        write_draft(session, DraftId(99), as_of=AS_OF, **BY)


def test_sources_lead_to_activities_and_to_sums_without_names(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan)
    check_off_id = hold(session, activity, date(2026, 5, 20))
    entry = book(session, date(2026, 5, 21))
    view = write(session, plan)

    behind = trace_sources(session, view, [Source("check_off", check_off_id), Source("fund_entry", entry), Source("care_visit", 5)])

    assert [one.id for one in behind.activities] == [activity.id]
    assert (behind.entries, behind.in_fen, behind.out_fen, behind.visits) == (1, 0, 30_000, 1)


def test_items_are_told_by_the_unions_own_names(session: Session) -> None:
    plan = make_plan(session)
    fund_items.save_item(session, None, name="教工之家维护", group="services", **BY)
    fund_items.save_item(session, "publicity", name="宣传栏", **BY)
    for item in ("own_1", "publicity"):
        fund.set_budget(session, year=2026, item=item, amount_fen=100_00, **BY)
        book(session, date(2026, 5, 21), item=item)

    told = texts_of(write(session, plan))

    assert "教工之家维护300元，占50%" in told
    assert "宣传栏超出年度预算200元" in told
