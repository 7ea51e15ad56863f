"""The draft over real records: what counts by which day, what stays private, which summaries a plan has."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan, make_section
from tests.services.summary_makers import AS_OF, BY, block_of, edit, hold, make_year, recount, section_of, write
from unionboard.drafting.figures import Source
from unionboard.errors.entries import NoSuchSummary
from unionboard.errors.plans import NoPlanYet
from unionboard.models import ActivityState, Direction, PeriodKind, SummaryBlock, SummaryForm, SummarySpan
from unionboard.services import care, checkoffs, fund, fund_items, summary
from unionboard.services.summary import DraftId, SummaryView
from unionboard.services.summary_drafts import find_stale, write_draft


def figures_of(view: SummaryView, key: str, sentence_key: str) -> list[int]:
    """The figures of one sentence, in their order."""
    sentence = next(one for one in block_of(view, key).sentences if one.key == sentence_key)
    return [quote.figure.number for quote in sentence.quotes]


def nouns_of(view: SummaryView) -> set[str]:
    """The kinds of records the summary rests on."""
    return {source.noun for block in view.blocks for sentence in block.sentences for source in sentence.sources}


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

    sentence = block_of(write(session, plan), "area:CULT").sentences[0]

    assert [(quote.figure.value, quote.figure.sources) for quote in sentence.quotes] == [
        (date(2026, 5, 20), (Source("check_off", check_off_id),)),
        (60, (Source("check_off", check_off_id),)),
    ]
    assert set(sentence.sources) == {Source("check_off", check_off_id), Source("activity", activity.id or 0)}


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
    for _ in range(3):
        care.record_visit(session, visited_on=date(2026, 5, 22), kind="festival", people=4, today=AS_OF, **BY)

    before, after = (nouns_of(write(session, plan, as_of=day)) for day in (date(2026, 5, 21), date(2026, 5, 22)))

    assert after - before == {"check_off", "fund_entry", "care_visit"}


def test_undone_check_off_is_no_deed(session: Session) -> None:
    plan = make_plan(session)
    activity = make_activity(session, plan)
    hold(session, activity, date(2026, 5, 20))
    checkoffs.undo_check_off(session, activity.id or 0, **BY)

    assert "check_off" not in nouns_of(write(session, plan))


def test_corrected_entry_leaves_no_trace_in_the_sums(session: Session) -> None:
    plan = make_plan(session)
    book(session, date(2026, 1, 5), direction=Direction.IN, item="dues")
    wrong = book(session, date(2026, 5, 20))
    fund.reverse_entry(session, wrong, booked_on=date(2026, 5, 21), reason="重复入账", today=AS_OF, **BY)

    assert figures_of(write(session, plan), "money", "money") == [300_00, 300_00]  # income, balance


def test_school_year_adds_up_both_books_and_opens_with_the_balance_before_it(session: Session) -> None:
    make_plan(session, period_kind=PeriodKind.SCHOOL_YEAR, starts_on=date(2024, 9, 1), ends_on=date(2025, 8, 31), year=2024)
    plan = make_plan(session, period_kind=PeriodKind.SCHOOL_YEAR, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31), year=2025)
    for day in (date(2025, 3, 1), date(2025, 10, 1), date(2026, 3, 1)):
        book(session, day, direction=Direction.IN, item="dues")

    assert figures_of(write(session, plan), "money", "money") == [300_00, 600_00, 900_00]  # opening, income, balance


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


def test_small_occasions_are_merged_and_a_single_visit_is_not_told(session: Session) -> None:
    plan = make_plan(session)
    record_visits(session, "bereavement", 1)
    single = nouns_of(write(session, plan))
    record_visits(session, "festival", 3)
    record_visits(session, "wedding", 2)
    several = figures_of(write(session, plan), "money", "care")

    assert "care_visit" not in single
    assert several == [6, 600_00, 3, 300_00, 3, 300_00]  # all of it, festivals, others


def test_stale_blocks_are_found_before_the_draft_is_written_anew(session: Session) -> None:
    plan = make_year(session)
    view = write(session, plan)
    fresh = find_stale(session, view)
    recount(session, "趣味运动会", 63)

    assert fresh == frozenset()
    assert find_stale(session, view) == {"lead", section_of(view).key}


def test_reading_before_writing_is_refused(session: Session) -> None:
    plan = make_plan(session)

    with pytest.raises(NoSuchSummary):
        summary.read_draft(session, DraftId(plan.id or 0))
    with pytest.raises(NoPlanYet):
        write_draft(session, DraftId(99), as_of=AS_OF, **BY)


def test_plan_has_a_summary_of_each_form_span_and_language(session: Session) -> None:
    plan = make_year(session)
    chinese = write(session, plan)
    edit(session, chinese, "money", "经费见审查报告。")
    others = [
        DraftId(plan.id or 0, form=SummaryForm.BRIEF),
        DraftId(plan.id or 0, span=SummarySpan.SCHOOL_YEAR),
        DraftId(plan.id or 0, language="en"),
    ]
    for n, draft_id in enumerate(others, start=1):
        write_draft(session, draft_id, as_of=AS_OF, who="chair", now_utc=NOW + timedelta(hours=n))

    heads = summary.list_drafts(session, plan.id or 0)

    assert [head.id for head in heads] == [*reversed(others), chinese.id]
    assert [head.edited_blocks for head in heads] == [0, 0, 0, 1]
    assert summary.read_draft(session, chinese.id) != summary.read_draft(session, others[0])


def test_gaps_are_listed_with_their_block(session: Session) -> None:
    view = write(session, make_plan(session))

    edit(session, view, "money", "【待补充：经费】和【待补充：物资】")

    assert [words for key, words in summary.read_draft(session, view.id).gaps if key == "money"] == ["【待补充：经费】", "【待补充：物资】"]


def test_items_are_told_by_the_unions_own_names(session: Session) -> None:
    plan = make_plan(session)
    fund_items.save_item(session, None, name="教工之家维护", group="services", **BY)
    fund_items.save_item(session, "publicity", name="宣传栏", **BY)
    for item in ("own_1", "publicity"):
        fund.set_budget(session, year=2026, item=item, amount_fen=100_00, **BY)
        book(session, date(2026, 5, 21), item=item)

    told = texts_of(write(session, plan))

    assert [told.count(name) for name in ("教工之家维护300元", "宣传栏300元", "publicity")] == [1, 1, 0]
