"""What the unions below handed in, added up: each sum with its addends, shares worked out anew, nothing that is not finalised."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import select

from tests.conftest import TODAY
from tests.county import BELOW, lay_county
from tests.makers import NOW
from tests.pages.test_queries import count_statements
from unionboard import db
from unionboard.drafting.figures import Figure
from unionboard.drafting.upward import name_line
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole, SummaryDraft, SummaryForm
from unionboard.services import summary_final, upward
from unionboard.services.demo_county import COUNTY
from unionboard.services.guard import Actor
from unionboard.services.summary import DraftId
from unionboard.services.upward_sums import SumLine, UpwardSums, read_sums

HANDED_IN = (2, 5)

pytestmark = pytest.mark.sqlite  # the county is laid as a file


@pytest.fixture
def county(data_dir: Path, migrated_file: Path, common_dir: Path, engine: Engine) -> Engine:
    lay_county(migrated_file, common_dir, data_dir / "unionboard.sqlite3")
    return engine


def read(*below: int) -> UpwardSums:
    with db.within(COUNTY), db.reading(below=below or BELOW) as session:
        return read_sums(session, TODAY.year)


def by_code(sums: UpwardSums) -> dict[str, SumLine]:
    return {line.code: line for line in sums.lines}


def test_sums_are_those_of_the_tables_that_were_handed_in(county: Engine) -> None:
    expected: dict[str, dict[int, Figure]] = defaultdict(dict)
    for union_id in HANDED_IN:
        with db.within(union_id), db.reading() as session:
            draft = session.exec(select(SummaryDraft)).one()
            table = upward.gather_upward(session, DraftId(draft.plan_id, SummaryForm.BRIEF), as_of=draft.as_of)
        for line in table.lines:
            if line.figure is not None:
                expected[line.code][union_id] = line.figure

    told = by_code(read())

    assert told.keys() == expected.keys()
    for code, figures in expected.items():
        addends = {one.union_id: (one.value, one.records) for one in told[code].addends}
        assert addends == {union_id: (figure.value, len(figure.records)) for union_id, figure in figures.items()}
        if told[code].unit != "percent":
            assert told[code].value == sum(figure.number for figure in figures.values())


def test_a_share_is_worked_out_anew_and_not_averaged(county: Engine) -> None:
    told = by_code(read())

    rate = told["done_rate"]
    assert (rate.part, rate.whole) == (told["done"].value, told["planned"].value)
    assert rate.value == (Decimal(rate.part) * 100 / rate.whole).quantize(Decimal("0.1"))


def test_it_says_how_many_of_how_many_are_in_it(county: Engine) -> None:
    told = read()

    assert (told.unions, told.counted, told.drafted, told.unread) == (6, 2, 2, 0)


def test_people_attendances_and_households_stay_apart(county: Engine) -> None:
    assert len({line.code for line in read().lines}) == len(read().lines)
    assert all(len({addend.whole is None for addend in line.addends}) == 1 for line in read().lines)


def test_one_finalised_before_figures_were_kept_is_told(county: Engine) -> None:
    with db.within(2), db.writing() as session:
        session.exec(update(SummaryDraft).values(final={"title": "旧"}))

    told = read()

    assert (told.counted, told.unread) == (1, 1)


def test_what_is_opened_again_is_not_summed(county: Engine) -> None:
    with db.within(5), db.writing() as session:
        draft = session.exec(select(SummaryDraft)).one()
        summary_final.reopen(
            session, DraftId(draft.plan_id, SummaryForm.BRIEF), reason="补登", version=draft.version, who="chair", now_utc=NOW
        )

    assert {addend.union_id for line in read().lines for addend in line.addends} == {2}


@pytest.mark.parametrize("below", [(2,), BELOW])
def test_as_many_queries_for_one_union_as_for_all(county: Engine, below: tuple[int, ...]) -> None:
    with db.within(COUNTY), db.reading(below=below) as session, count_statements(county) as asked:
        read_sums(session, TODAY.year)

    assert len(asked) == 2


def test_the_shared_screen_sees_no_sums(county: Engine) -> None:
    viewer = Actor(name="看", roles=frozenset({AccountRole.VIEWER}), union_id=COUNTY)
    with db.acting(viewer), db.reading(below=BELOW) as session, pytest.raises(NotYours):
        read_sums(session, TODAY.year)


def test_every_line_has_a_name_in_both_languages(county: Engine) -> None:
    assert [name_line(code, language="zh_CN") for code in ("members", "times_in:CULT")] == ["会员人数", "文体活动：次数"]
    assert [name_line(code, language="en") for code in ("members", "times_in:CULT")] == ["Members", "Culture and sports: times"]
