"""The upper union's page: for whoever has unions below, and for nobody else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.conftest import TODAY, Run
from tests.county import lay_county
from tests.pages.test_queries import count_statements
from unionboard import db
from unionboard.models import Union
from unionboard.services.below import read_below
from unionboard.services.demo_county import COUNTY
from unionboard.services.overview import read_overview

OpenPage = Callable[..., AppTest]


@pytest.fixture
def county(data_dir: Path, migrated_file: Path, common_dir: Path, engine: Engine) -> Engine:
    lay_county(migrated_file, common_dir, data_dir / "unionboard.sqlite3")
    return engine


def told(at: AppTest) -> str:
    return " ".join([*(one.value for one in at.markdown), *(one.value for one in at.text)])


def test_the_upper_union_sees_the_figures_of_all_in_one_line(county: Engine, open_page: OpenPage) -> None:
    with read_below() as session:
        whole = read_overview(session, TODAY.year, today=TODAY).whole

    line = open_page("unions", lang="en").markdown[1].value

    assert line.startswith(f"**6** unions · **{whole.share_pct}%** done ({whole.done} of {whole.due}) · **{whole.late}** late · spent **")


def test_a_run_in_which_nothing_changed_asks_nothing_of_the_unions(county: Engine, open_page: OpenPage) -> None:
    at = open_page("unions", lang="en")
    with count_statements(county) as asked:
        at.run()

    assert len(asked) == 2


def test_a_union_without_others_below_is_told_so(county: Engine, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_UNION", "2")

    at = open_page("unions", lang="en")

    assert "No union stands below yours in this database." in told(at)
    assert "done (" not in told(at)


def test_a_link_opens_the_month_of_a_union(county: Engine, open_page: OpenPage) -> None:
    at = open_page("unions", lang="en", union="2", month=f"{TODAY.year}-05")

    assert "**Activities of May**" in told(at)


def test_a_link_to_a_union_that_is_not_below_opens_nothing(county: Engine, open_page: OpenPage) -> None:
    at = open_page("unions", lang="en", union=str(COUNTY))

    assert "**Activities" not in told(at)


def test_what_was_handed_in_says_how_many_are_in_it(county: Engine, open_page: OpenPage) -> None:
    at = open_page("unions", lang="en", view="sums")

    assert "**2** of **6** unions handed in their summary; only they are in these sums." in told(at)


def test_the_command_line_tells_the_same(county: Engine, run: Run) -> None:
    code, out, _ = run("--lang", "en", "union", "overview")

    with read_below() as session:
        unions = read_overview(session, TODAY.year, today=TODAY).unions
    assert (code, [line.split("\t")[:4] for line in out.splitlines()]) == (
        0,
        [[str(one.union_id), one.name, f"{one.year.done}/{one.year.due}", str(one.year.late)] for one in unions],
    )


def test_a_change_in_a_union_below_is_seen_by_the_next_run(county: Engine, open_page: OpenPage) -> None:
    at = open_page("unions", lang="en")
    with db.within(99), db.writing() as session:
        session.add(Union(name="新建工会", above_id=COUNTY))

    at.run()

    assert at.markdown[1].value.startswith("**7** unions")
