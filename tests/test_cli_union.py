"""Unions on the command line."""

import json

import pytest
from sqlalchemy import Engine

from tests.conftest import Run
from tests.makers import NOW
from unionboard import db
from unionboard.models import AccountRole
from unionboard.services import accounts, unions


@pytest.fixture
def county(engine: Engine, run: Run) -> None:
    with db.writing(engine) as session:
        unions.ensure_union(session, name="县总工会", who="chair", now_utc=NOW)
        accounts.add_account(session, name="王芳", roles=[AccountRole.CHAIR], password="青松小学的大槐树", who="chair", now_utc=NOW)
    assert run("--lang", "en", "union", "add", "白鹭小学工会", "--chair", "李梅", "--under", "1")[0] == 0


def test_second_union_before_any_account_is_refused(run: Run) -> None:
    code, out, err = run("--lang", "en", "union", "add", "白鹭小学工会", "--chair", "李梅")

    assert (code, out, err.strip()) == (1, "", "Before a second union is added, add an account: from then on everybody signs in.")


def test_first_union_gets_its_name(run: Run) -> None:
    for name in ("县工会", "县总工会"):
        assert run("union", "name", name)[0] == 0

    assert [one["name"] for one in json.loads(run("union", "list", "--json")[1])] == ["县总工会"]


@pytest.mark.usefixtures("county")
def test_new_union_is_told_with_a_password_for_its_chair(run: Run) -> None:
    code, out, err = run("--lang", "en", "union", "add", "红旗医院工会", "--kind", "hospital", "--chair", "何敏")

    assert (code, len(out.strip()), err.split(".")[0]) == (0, 19, "红旗医院工会 is number 3")


@pytest.mark.usefixtures("county")
def test_unions_are_listed(run: Run) -> None:
    first = {"number": 1, "name": "县总工会", "above": None, "kind": "school", "accounts": 1}
    second = {"number": 2, "name": "白鹭小学工会", "above": 1, "kind": "school", "accounts": 1}

    assert json.loads(run("union", "list", "--json")[1]) == [first, second]
    assert run("union", "list")[1].splitlines()[1] == "2\t白鹭小学工会\t1\tschool\t1"


@pytest.mark.parametrize(("told", "name"), [([], "王芳"), (["--union", "2"], "李梅"), (["--union", "白鹭小学工会"], "李梅")])
@pytest.mark.usefixtures("county")
def test_every_command_is_about_the_union_that_is_named(run: Run, told: list[str], name: str) -> None:
    assert [one["name"] for one in json.loads(run(*told, "user", "list", "--json")[1])] == [name]


@pytest.mark.usefixtures("county")
def test_union_may_be_named_by_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_UNION", "白鹭小学工会")

    assert [one["name"] for one in json.loads(run("user", "list", "--json")[1])] == ["李梅"]


@pytest.mark.usefixtures("county")
def test_union_nobody_knows_is_refused(run: Run) -> None:
    code, _, err = run("--lang", "en", "--union", "9", "user", "list")

    assert (code, err.strip()) == (1, "There is no union “9” here. Look at the list of unions.")


@pytest.mark.usefixtures("county")
def test_union_does_not_stand_under_itself(run: Run) -> None:
    assert (
        run("--lang", "en", "union", "under", "1", "2")[2].strip() == "“县总工会” would stand under itself. Choose another union above it."
    )
    assert run("union", "under", "2")[0] == 0


@pytest.mark.usefixtures("county")
def test_everything_is_verified_union_by_union(run: Run) -> None:
    code, out, _ = run("--lang", "en", "verify")
    told = json.loads(run("verify", "--json")[1])

    assert (code, [line.split(":")[0] for line in out.splitlines()]) == (0, ["县总工会", "白鹭小学工会"])
    assert (told["ok"], [one["union"] for one in told["unions"]]) == (True, [1, 2])
    assert "unions" not in json.loads(run("--union", "2", "verify", "--json")[1])


@pytest.mark.usefixtures("county")
def test_demo_year_is_loaded_into_the_union_that_is_named(run: Run) -> None:
    assert run("--union", "2", "demo")[0] == 0

    assert (run("--union", "2", "activities", "--json")[1].strip() != "[]", run("--union", "1", "verify")[0]) == (True, 0)
