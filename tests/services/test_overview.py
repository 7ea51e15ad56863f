"""The upper union's board: what each union's own board says, of all of them at once, and of nobody else's."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.conftest import TODAY
from tests.county import BELOW, lay_county
from tests.makers import NOW
from tests.pages.test_queries import count_statements
from unionboard import db
from unionboard.errors.permissions import NotYours
from unionboard.errors.unions import OtherUnion
from unionboard.models import AccountRole, Activity, ActivityState, CheckOff, DatePrecision, Union
from unionboard.services import activities, below, board, fund, overview, plans
from unionboard.services.demo_county import COUNTY
from unionboard.services.guard import Actor
from unionboard.services.overview import Cell, Money, Overview, UnionYear

YEAR = TODAY.year

pytestmark = pytest.mark.sqlite  # the county is laid as a file


@pytest.fixture
def county(data_dir: Path, migrated_file: Path, common_dir: Path, engine: Engine) -> Engine:
    lay_county(migrated_file, common_dir, data_dir / "unionboard.sqlite3")
    return engine


def read(*below: int, today: date = TODAY) -> Overview:
    with db.within(COUNTY), db.reading(below=below or BELOW) as session:
        return overview.read_overview(session, YEAR, today=today)


def as_its_own_board_says(session: Session, union_id: int, today: date) -> UnionYear:
    """The same figures out of the services that one union's own pages rest on."""
    plan = plans.plan_of_year(session, YEAR)
    shown = board.read_board(session, plan.id or 0, today=today)
    book = fund.read_book(session, YEAR, as_of=today)
    piles = {
        month: [view for view in pile if view in shown.counted or view in shown.late]
        for month, pile in board.pile_by_month(shown.activities).items()
    }
    months = {
        month: Cell(
            due=sum(view in shown.counted for view in pile),
            done=sum(view in shown.done for view in pile),
            late=sum(view in shown.late for view in pile),
        )
        for month, pile in piles.items()
    }
    union = session.exec(select(Union)).one()
    return UnionYear(
        union_id=union_id,
        name=union.name,
        plan_id=plan.id,
        year=Cell(len(shown.counted), len(shown.done), len(shown.late)),
        months=months,
        held=shown.check_offs,
        proven=shown.proven,
        money=Money(book.total_spending_fen, book.total_budget_fen),
    )


def figures(one: UnionYear) -> tuple[object, ...]:
    months = {month: cell for month, cell in one.months.items() if cell != Cell()}
    return one.union_id, one.name, one.plan_id, one.year, months, one.held, one.proven, one.money


@pytest.mark.parametrize("today", [date(YEAR, 3, 20), date(YEAR, 7, 31), TODAY, date(YEAR + 1, 2, 1)])
def test_the_figures_are_those_of_each_unions_own_board(county: Engine, today: date) -> None:
    own = []
    for union_id in BELOW:
        with db.within(union_id), db.reading() as session:
            own.append(as_its_own_board_says(session, union_id, today))

    told = sorted(read(today=today).unions, key=lambda one: one.union_id)

    assert [figures(one) for one in told] == [figures(one) for one in own]


def test_figures_of_all_are_the_sums(county: Engine) -> None:
    told = read()

    assert told.whole == overview.add_cells(one.year for one in told.unions)
    assert told.money == Money(
        sum(one.money.spent_fen for one in told.unions if one.money), sum(one.money.budget_fen for one in told.unions if one.money)
    )
    assert [told.month(month) for month in told.months] == [
        overview.add_cells(one.months[month] for one in told.unions if month in one.months) for month in told.months
    ]


def test_unions_come_by_name_with_what_they_handed_in(county: Engine) -> None:
    told = read()

    assert [one.name[:2] for one in told.unions] == ["白鹭", "柳河", "青松", "清泉", "石桥", "望江"]
    assert {one.union_id: (one.drafted, one.handed_in_at_utc) for one in told.unions} == {
        2: (True, NOW),
        3: (False, None),
        4: (True, None),
        5: (True, NOW),
        6: (False, None),
        7: (True, None),
    }
    assert told.handed_in == 2


def test_a_union_without_a_plan_stands_there_empty(county: Engine) -> None:
    with db.within(99), db.writing() as session:
        session.add(Union(name="新建工会", above_id=COUNTY))

    told = read(99)

    assert told.unions == (UnionYear(99, "新建工会", money=Money()),)
    assert (told.without_plan, told.whole.share_pct, told.months[0], told.months[-1]) == (1, None, (YEAR, 1), (YEAR, 12))


@pytest.mark.parametrize("below", [BELOW[:1], BELOW])
def test_as_many_queries_for_one_union_as_for_all(county: Engine, below: tuple[int, ...]) -> None:
    with db.within(COUNTY), db.reading(below=below) as session, count_statements(county) as asked:
        overview.read_overview(session, YEAR, today=TODAY)

    assert len(asked) == 9


def test_what_stands_behind_a_cell_adds_up_to_it(county: Engine) -> None:
    for one in read().unions:
        for month, cell in one.months.items():
            with db.within(COUNTY), db.reading(below=BELOW) as session:
                behind = overview.read_details(session, one.union_id, YEAR, today=TODAY, month=month).activities
            due = [row for row in behind if not row.is_cancelled]
            assert Counter(late=cell.late, done=cell.done, due=cell.due) == Counter(
                late=sum(row.is_late for row in due),
                done=sum(row.done_on is not None and not row.is_partial for row in due),
                due=len(due),
            )


def test_the_book_by_item_adds_up_to_its_sums(county: Engine) -> None:
    for one in read().unions:
        with db.within(COUNTY), db.reading(below=BELOW) as session:
            items = overview.read_details(session, one.union_id, YEAR, today=TODAY).items or ()
        assert Money(sum(row.money.spent_fen for row in items), sum(row.money.budget_fen for row in items)) == one.money


def test_only_unions_that_are_named_are_read(county: Engine) -> None:
    assert [one.union_id for one in read(3).unions] == [3]
    with db.within(COUNTY), db.reading(below=(3,)) as session:
        assert overview.read_details(session, 4, YEAR, today=TODAY).activities == ()


def test_unions_below_are_found_however_far_below_and_rings_end(county: Engine) -> None:
    with db.within(50), db.writing() as session:
        session.add(Union(name="镇工会", above_id=COUNTY))
    with db.within(51), db.writing() as session:
        session.add(Union(name="村工会", above_id=50))
    with db.within(COUNTY), db.writing() as session:
        session.exec(select(Union)).one().above_id = 51
    with db.within(None), db.reading() as session:
        found = {union: below.unions_below(session, union) for union in (50, 51, 2)}

    assert found == {50: (1, *BELOW, 51), 51: (1, *BELOW, 50), 2: ()}


def test_money_is_not_for_everybody(county: Engine) -> None:
    viewer = Actor(name="看", roles=frozenset({AccountRole.VIEWER}), union_id=COUNTY)
    with db.acting(viewer), db.reading(below=BELOW) as session:
        told = overview.read_overview(session, YEAR, today=TODAY)
        behind = overview.read_details(session, BELOW[0], YEAR, today=TODAY)

    assert (told.money, {one.money for one in told.unions}, behind.items) == (None, {None}, None)


def test_whoever_may_see_nothing_sees_nothing_below(county: Engine) -> None:
    with db.acting(Actor(name="无", union_id=COUNTY)), db.reading(below=BELOW) as session, pytest.raises(NotYours):
        overview.read_overview(session, YEAR, today=TODAY)


def test_an_upper_union_writes_nothing_below(county: Engine) -> None:
    with db.within(COUNTY), db.reading(below=BELOW) as session:
        session.exec(select(Activity).where(Activity.union_id == BELOW[0])).first().title = "改"  # type: ignore[union-attr]
        with pytest.raises(OtherUnion):
            session.flush()


def test_records_that_do_not_count_do_not_count(county: Engine) -> None:
    """Undone, in part, after today, removed, vague: one activity of each, beside the board."""
    union_id = BELOW[0]
    with db.within(union_id), db.writing() as session:
        plan = plans.plan_of_year(session, YEAR)
        base: dict[str, Any] = {"plan_id": plan.id or 0, "position": 900, "starts_on": date(YEAR, 5, 1), "ends_on": date(YEAR, 5, 31)}
        rows = [Activity(**{**base, "title": f"第{n}项"}) for n in range(6)]
        rows[4].precision = DatePrecision.PERIOD
        rows[5].state = ActivityState.CANCELLED
        session.add_all(rows)
        session.flush()
        stamp: dict[str, Any] = {"who": "chair", "created_at_utc": NOW}
        session.add(CheckOff(activity_id=rows[0].id or 0, done_on=date(YEAR, 5, 5), undone_at_utc=NOW, **stamp))
        session.add(CheckOff(activity_id=rows[1].id or 0, done_on=date(YEAR, 5, 6), is_partial=True, **stamp))
        session.add(CheckOff(activity_id=rows[2].id or 0, done_on=date(YEAR, 5, 7), done_to=date(YEAR + 1, 1, 1), **stamp))
        session.add(CheckOff(activity_id=rows[3].id or 0, done_on=date(YEAR, 6, 8), **stamp))
        session.add(CheckOff(activity_id=rows[5].id or 0, done_on=date(YEAR, 5, 9), **stamp))
    with db.within(union_id), db.reading() as session:
        own = as_its_own_board_says(session, union_id, TODAY)
        assert len(activities.list_activities(session, own.plan_id or 0, today=TODAY)) > 6

    assert figures(read(union_id).unions[0]) == figures(own)
