"""The recycle bin on the command line."""

import json
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.conftest import Run
from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.services import amendments


@pytest.fixture
def removed(engine: Engine) -> int:
    """An activity that was taken out of the plan; its number."""
    with db.writing(engine) as session:
        activity = make_activity(session, make_plan(session), title="冬季健步走")
        amendments.remove_activity(session, activity.id or 0, who="何敏", now_utc=NOW)
        return activity.id or 0


def listed(run: Run) -> list[dict[str, Any]]:
    code, out, err = run("trash", "list", "--json")
    assert (code, err) == (0, "")
    return list(json.loads(out))


@pytest.mark.usefixtures("removed")
def test_bin_is_listed_with_what_restore_takes(run: Run) -> None:
    (item,) = listed(run)

    assert {name: item[name] for name in ("kind", "title", "who", "removed_at_utc", "until_utc")} == {
        "kind": "activity",
        "title": "冬季健步走",
        "who": "何敏",
        "removed_at_utc": "2026-11-21T02:00:00+00:00",
        "until_utc": "2026-12-21T02:00:00+00:00",
    }


@pytest.mark.usefixtures("removed")
def test_restored_activity_is_in_the_plan_and_out_of_the_bin(run: Run) -> None:
    (item,) = listed(run)

    assert run("trash", "restore", str(item["id"])) == (0, "已恢复：活动 冬季健步走\n", "")

    assert listed(run) == []
    assert [activity["title"] for activity in json.loads(run("activities", "--year", "2026", "--json")[1])] == ["冬季健步走"]


def test_what_is_not_in_the_bin_is_refused_with_one_sentence(run: Run) -> None:
    assert run("trash", "restore", "7") == (1, "", "回收站里已没有这一项：已经恢复，或已过30天。请到原来的地方看看。\n")


def test_empty_bin_says_so(run: Run) -> None:
    assert run("trash", "list") == (0, "回收站是空的：最近30天没有删除任何内容。\n", "")


def test_bin_without_a_command_is_wrong_usage(run: Run) -> None:
    assert run("trash", "restore")[0] == 2
