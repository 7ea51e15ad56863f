"""Whatever records and people do in turn, nothing people typed is lost, and what nobody touched follows the records."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.makers import make_plan, make_section
from tests.services.summary_makers import BY, edit, hold_in_section, read, recount, section_of, write
from unionboard.models import Plan
from unionboard.services import summary_editing, summary_merging
from unionboard.services.summary import Choice, SummaryView
from unionboard.services.summary_drafts import find_stale

TITLES = ("趣味运动会", "教职工体检", "师德宣讲会", "合唱比赛", "读书沙龙")
OWN = re.compile(r"「\d+」")
places = st.integers(0, 5)
steps = st.one_of(
    st.tuples(st.just("recount"), st.integers(0, 1), st.integers(20, 90)),
    st.tuples(st.just("hold")),
    st.tuples(st.just("add"), places),
    st.tuples(st.just("change"), places),
    st.tuples(st.just("take out"), places),
    st.tuples(st.just("refresh")),
    st.tuples(st.just("choose"), st.sampled_from(Choice)),
)


@dataclass
class Year:
    """A year with its summary, and what people wrote that must stand in it: each of their words is «number»."""

    session: Session
    plan: Plan
    section_id: int
    view: SummaryView
    held: int = 2
    typed: int = 0
    own: set[str] = field(default_factory=set)

    def write_own(self) -> str:
        self.typed += 1
        self.own.add(f"「{self.typed}」")
        return f"「{self.typed}」"

    def save(self, pieces: list[str]) -> None:
        key = section_of(self.view).key
        edit(self.session, self.view, key, "".join(pieces))
        self.view = read(self.session, self.view)


def begin(session: Session) -> Year:
    session.rollback()  # what the example before has stored
    plan = make_plan(session)
    section = make_section(session, plan)
    for n, title in enumerate(TITLES[:2]):
        hold_in_section(session, plan, section.id, title, date(2026, 5 + n, 20), participants=60 + n)
    return Year(session, plan, section.id or 0, write(session, plan))


def take(year: Year, step: tuple[Any, ...]) -> None:
    """One step of the records or of people."""
    block = section_of(year.view)
    pieces = [("\n" if one.opens and n else "") + one.printed for n, one in enumerate(block.shown)]
    place = step[1] % len(pieces) if step[0] in {"add", "change", "take out"} else 0
    match step:
        case ("recount", number, people):
            recount(year.session, TITLES[number], people)
        case ("hold",) if year.held < len(TITLES):
            hold_in_section(year.session, year.plan, year.section_id, TITLES[year.held], date(2026, 9, 1 + year.held), participants=40)
            year.held += 1
        case ("add", _):
            year.save([*pieces[: place + 1], f"{year.write_own()}大家都说好。", *pieces[place + 1 :]])
        case ("change", _):
            year.save([*pieces[:place], pieces[place].rstrip("。") + f"，{year.write_own()}。", *pieces[place + 1 :]])
        case ("take out", _) if len(pieces) > 1:
            year.own -= set(OWN.findall(pieces[place]))
            year.save([*pieces[:place], *pieces[place + 1 :]])
        case ("refresh",):
            year.view = write(year.session, year.plan)
        case ("choose", choice) if block.conflicts:
            choose(year, choice)


def choose(year: Year, choice: Choice) -> None:
    """Choose for the first sentence in two versions; with the last choice the block is written."""
    block = section_of(year.view)
    conflict = block.conflicts[0]
    if choice is not Choice.MINE:
        year.own -= set(OWN.findall(conflict.mine))
    own = f"{year.write_own()}是我们自己的话。" if choice is Choice.OWN else ""
    told = summary_merging.choose(year.session, year.view.id, block.key, conflict.key, choice=choice, own=own, version=block.version, **BY)
    told = summary_merging.choose_all(year.session, year.view.id, block.key, choice=Choice.MINE, version=told.version, **BY)
    summary_merging.write_choices(year.session, year.view.id, block.key, version=told.version, **BY)
    year.view = read(year.session, year.view)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sequence=st.lists(steps, min_size=3, max_size=9))
def test_no_word_of_people_is_lost_and_the_rest_is_the_records(session: Session, sequence: list[tuple[Any, ...]]) -> None:
    year = begin(session)

    for step in [*sequence, ("refresh",)]:
        take(year, step)
        assert {words: section_of(year.view).text.count(words) for words in year.own} == dict.fromkeys(year.own, 1)

    again = write(session, year.plan)
    assert [(block.text, block.version) for block in again.blocks] == [(block.text, block.version) for block in year.view.blocks]
    assert find_stale(session, again) == frozenset()
    assert [block.key for block in again.blocks if block.is_edited and block.key != section_of(again).key] == []
    history = "".join(one.text or "" for one in summary_editing.list_versions(session, again.id, section_of(again).key))
    assert [words for words in year.own if words not in history] == []
