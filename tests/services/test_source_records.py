"""The records behind a sentence: whole where they are few, counted where they are many, never more than may be shown."""

from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.conftest import TODAY
from tests.makers import NOW
from unionboard import db
from unionboard.drafting.figures import Source
from unionboard.models import Activity, CareVisit, CheckOff, FundEntry
from unionboard.services import amendments
from unionboard.services.source_records import ACTIVITIES_READ, ENTRIES_READ, Behind, trace_records


def trace(session: Session, *sources: Source) -> Behind:
    return trace_records(session, sources, as_of=TODAY)


def sources_of(session: Session, table: type[Activity] | type[CheckOff] | type[CareVisit] | type[FundEntry]) -> list[Source]:
    return [Source(str(table.__tablename__), id_ or 0) for id_ in session.exec(select(table.id))]


def test_check_off_leads_to_its_activity_and_papers(demo: Engine) -> None:
    with db.reading(demo) as session:
        record = session.exec(select(CheckOff)).first()
        assert record is not None

        behind = trace(session, Source("check_off", record.id or 0))

        title = session.exec(select(Activity.title).where(Activity.id == record.activity_id)).one()
    assert [view.id for view in behind.activities] == [record.activity_id]
    assert behind.titles == {Source("check_off", record.id or 0): title}
    assert {paper.check_off_id for paper in behind.papers[record.activity_id]} == {record.id}


def test_many_activities_are_only_named_behind_the_first(demo: Engine) -> None:
    with db.reading(demo) as session:
        wanted = sources_of(session, Activity)

        behind = trace(session, *wanted)

    assert len(behind.activities) == ACTIVITIES_READ
    assert len(behind.more_activities) == len(wanted) - ACTIVITIES_READ


def test_entries_are_summed_all_and_read_some(demo: Engine) -> None:
    with db.reading(demo) as session:
        wanted = sources_of(session, FundEntry)

        behind = trace(session, *wanted)

        rows = session.exec(select(FundEntry)).all()
    signed = [(row.direction.value, -row.amount_fen if row.reverses_id else row.amount_fen) for row in rows]
    assert (behind.entry_count, len(behind.entries)) == (len(rows), ENTRIES_READ)
    assert behind.in_fen == sum(fen for side, fen in signed if side == "in")
    assert behind.out_fen == sum(fen for side, fen in signed if side == "out")


def test_care_visits_are_a_number_and_nothing_else(demo: Engine) -> None:
    with db.reading(demo) as session:
        wanted = sources_of(session, CareVisit)

        behind = trace(session, *wanted)

    assert behind == Behind((), (), {}, (), 0, 0, 0, visits=len(wanted), others={}, titles={})


def test_removed_activity_is_left_out(demo: Engine) -> None:
    with db.writing(demo) as session:
        activity = session.exec(select(Activity)).first()
        assert activity is not None
        amendments.remove_activity(session, activity.id or 0, who="chair", now_utc=NOW)

        assert trace(session, Source("activity", activity.id or 0)).activities == ()
