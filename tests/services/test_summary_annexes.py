"""What is attached to the demo year's summary: out of the same records, privately safe, in a constant number of queries."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from tests.conftest import TODAY
from tests.makers import NOW
from unionboard.drafting.figures import Source
from unionboard.models import Activity, CareVisit, CheckOff, FundEntry
from unionboard.models.summary import SummaryForm
from unionboard.reference.relations import Relation
from unionboard.services import fund
from unionboard.services.plans import plan_of_year
from unionboard.services.summary import DraftId, SummaryView
from unionboard.services.summary_annexes import RecordLabel, SummaryAnnexes, gather_annexes
from unionboard.services.summary_drafts import write_draft
from unionboard.services.summary_editing import save_block
from unionboard.writing.summary_annexes import make_annexes


@pytest.fixture
def demo_session(demo: Engine) -> Iterator[Session]:
    with Session(demo.execution_options(unionboard_writes=True), expire_on_commit=False) as session:
        yield session


def write(session: Session, as_of: date = TODAY) -> SummaryView:
    plan = plan_of_year(session, 2026)
    return write_draft(session, DraftId(plan.id or 0), as_of=as_of, who="chair", now_utc=NOW)


def spoken(annexes: SummaryAnnexes) -> str:
    return str(make_annexes(annexes, "zh_CN"))


def test_every_check_off_up_to_the_day_stands_in_one_of_the_two_tables(demo_session: Session) -> None:
    view = write(demo_session)
    joined = demo_session.exec(select(Activity).where(Activity.title == "教师心理调适讲座")).one()
    joined.relation = Relation.JOIN
    demo_session.flush()

    annexes = gather_annexes(demo_session, view)

    live = demo_session.exec(select(CheckOff).where(col(CheckOff.undone_at_utc).is_(None), CheckOff.done_on <= TODAY)).all()
    assert [row.title for row in annexes.joined] == ["劳动争议调解员培训", "教师心理调适讲座"]
    assert len(annexes.activities) + len(annexes.joined) == len(live)
    assert [row.done_on for row in annexes.activities] == sorted(row.done_on for row in annexes.activities)


def test_fund_adds_up_to_the_book(demo_session: Session) -> None:
    annexes = gather_annexes(demo_session, write(demo_session))
    book = fund.read_book(demo_session, 2026, as_of=TODAY)

    assert (annexes.opening_fen, annexes.income_fen, annexes.spending_fen) == (
        book.opening_fen,
        sum(book.income_fen.values()),
        sum(book.spending_fen.values()),
    )
    assert annexes.balance_fen == book.balance_fen


def test_nothing_after_the_day_is_attached(demo_session: Session) -> None:
    annexes = gather_annexes(demo_session, write(demo_session, date(2026, 3, 31)))

    assert max(row.done_on for row in annexes.activities) <= date(2026, 3, 31)
    assert annexes.spending_fen == sum(fund.read_book(demo_session, 2026, as_of=date(2026, 3, 31)).spending_fen.values())


def test_care_is_merged_and_nobody_visited_is_named(demo_session: Session) -> None:
    visited = demo_session.exec(select(CareVisit.recipient).where(CareVisit.recipient != "")).all()
    some = demo_session.exec(select(CheckOff)).first()
    assert some is not None
    some.result = f"看望{visited[0]}"
    demo_session.flush()

    annexes = gather_annexes(demo_session, write(demo_session), sources=True)

    assert all(row.visits >= 3 for row in annexes.care)
    assert [name for name in visited if name in spoken(annexes)] == []


@pytest.mark.parametrize("result", ["看望住院的李雪老师", "慰问因病住院职工1人", "联系电话13812345678"])
def test_table_covers_what_the_summary_would_wait_for(demo_session: Session, result: str) -> None:
    row = demo_session.exec(select(CheckOff).where(col(CheckOff.undone_at_utc).is_(None)).order_by(col(CheckOff.id))).first()
    assert row is not None
    row.result = result
    demo_session.flush()
    view = write_draft(
        demo_session,
        DraftId(plan_of_year(demo_session, 2026).id or 0, SummaryForm.BRIEF),
        as_of=TODAY,
        who="chair",
        now_utc=NOW,
    )

    annexes = gather_annexes(demo_session, view, sources=True)

    assert (result in spoken(annexes), "***" in [one.result for one in annexes.activities]) == (False, True)


def test_sentences_carry_their_records_and_how_to_find_them(demo_session: Session) -> None:
    view = write(demo_session)

    annexes = gather_annexes(demo_session, view, tables=False, sources=True)

    assert annexes.activities == ()
    shown = [sentence for block in view.blocks for sentence in block.shown if sentence.sources and block.key != "signature"]
    assert [row.text for row in annexes.sentences] == [sentence.printed for sentence in shown]
    check_off = demo_session.exec(select(CheckOff).where(col(CheckOff.undone_at_utc).is_(None))).first()
    assert check_off is not None
    activity = demo_session.get(Activity, check_off.activity_id)
    assert activity is not None
    assert annexes.labels[Source("check_off", check_off.id or 0)] == RecordLabel(check_off.done_on, activity.title)
    entry = demo_session.exec(select(FundEntry)).first()
    assert entry is not None
    assert annexes.labels[Source("fund_entry", entry.id or 0)] == RecordLabel(entry.booked_on, voucher=entry.voucher)


def test_sentence_people_wrote_is_listed_as_their_own(demo_session: Session) -> None:
    view = write(demo_session)
    block = view.blocks[0]
    save_block(demo_session, view.id, block.key, text="全年活动办得热闹。", version=block.version, who="chair", now_utc=NOW)

    annexes = gather_annexes(demo_session, write(demo_session), tables=False, sources=True)

    own = [row for row in annexes.sentences if row.is_own]
    assert [(row.text, row.sources) for row in own] == [("全年活动办得热闹。", ())]


def test_queries_do_not_grow_with_the_records(demo_session: Session) -> None:
    view = write(demo_session)
    counted: list[str] = []
    event.listen(demo_session.get_bind(), "before_cursor_execute", lambda *args: counted.append(args[2]))
    gather_annexes(demo_session, view, sources=True)
    few = len(counted)
    first = demo_session.exec(select(Activity)).first()
    assert first is not None
    for number in range(200):
        demo_session.add(
            CheckOff(activity_id=first.id or 0, is_log=True, done_on=date(2026, 3, 1), participants=number, who="chair", created_at_utc=NOW)
        )
    demo_session.flush()
    counted.clear()

    gather_annexes(demo_session, view, sources=True)

    assert len(counted) == few


def test_nothing_is_gathered_for_an_export_without_annexes(demo_session: Session) -> None:
    assert not gather_annexes(demo_session, write(demo_session), tables=False)
