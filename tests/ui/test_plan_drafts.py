"""Desks put aside: what was corrected is found again until it is adopted or thrown away."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.ui.test_plan_desk import TEXT
from unionboard.reading.text import read_text
from unionboard.ui.plan_desk import Desk, open_desk
from unionboard.ui.plan_desk_view import show_desk
from unionboard.ui.plan_drafts import KEPT_AT_MOST, find_desk, forget_desk, keep_desk, list_desks
from unionboard.ui.plan_steps import take_steps


@pytest.fixture
def desk(data_dir: Path) -> Desk:
    return open_desk(read_text(TEXT), today=date(2030, 1, 1))


def test_desk_is_found_as_it_was_left_but_for_its_undo_steps(desk: Desk) -> None:
    take_steps(desk, [{"n": 1, "do": "edit", "ids": ["r2"], "values": {"when": "教师节前", "budget": "300"}}])

    keep_desk(desk)

    found = find_desk(desk.token)
    assert found is not None
    assert (found.sheet, found.step, found.title, found.starts_on, found.past) == (desk.sheet, 1, desk.title, desk.starts_on, [])
    assert show_desk(found) == {**show_desk(desk), "canUndo": False}


@pytest.mark.parametrize("token", ["", "0" * 16, "../unionboard", "x" * 16])
def test_token_nobody_was_given_finds_nothing(desk: Desk, token: str) -> None:
    keep_desk(desk)

    assert find_desk(token) is None


def test_file_of_another_version_is_passed_over(desk: Desk, data_dir: Path) -> None:
    keep_desk(desk)
    (data_dir / "drafts" / f"{desk.token}.json").write_text('{"reading": 1}')

    assert (find_desk(desk.token), list_desks()) == (None, [])


def test_list_tells_title_year_and_count(desk: Desk) -> None:
    keep_desk(desk)

    assert [(kept.token, kept.title, kept.year, kept.count) for kept in list_desks()] == [
        (desk.token, "青松小学工会2026年工作计划", 2026, 5)
    ]


def test_forgotten_desk_is_gone(desk: Desk) -> None:
    keep_desk(desk)

    forget_desk(desk.token)

    assert list_desks() == []


def test_of_many_desks_the_last_touched_stay(desk: Desk, data_dir: Path) -> None:
    for n in range(KEPT_AT_MOST + 2):
        one = replace(desk, token=f"{n:016x}")
        keep_desk(one)
        os.utime(data_dir / "drafts" / f"{one.token}.json", (n, n))

    keep_desk(desk)

    assert [kept.token for kept in list_desks()][:2] == [desk.token, f"{KEPT_AT_MOST + 1:016x}"]
    assert len(list_desks()) == KEPT_AT_MOST
