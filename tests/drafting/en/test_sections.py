"""Sections and duties in English: how much is done, how often a duty was kept."""

from datetime import date
from typing import Any

import pytest

from tests.drafting.makers import compose, make_deed, make_done, make_duty, make_records, make_section, make_undone, texts_of
from unionboard.drafting.figures import Source
from unionboard.drafting.records import SectionRecord, TargetRecord

HERE: dict[str, Any] = {"area": "CULT", "section_id": 5}


def section(*activities: Any, before: int = 0, **values: Any) -> list[str]:
    """The sentences of the section 丰富文体生活, which stands behind so many others."""
    others = tuple(SectionRecord(100 + n, f"第{n}项", "RIGHT") for n in range(before))
    return texts_of(make_records(*activities, sections=(*others, make_section()), **values), "section:5", language="en")


def held(*ids: int) -> list[Any]:
    return [make_done(f"活动{'甲乙丙丁'[id_ % 4]}", id=id_, section_id=5, deed=make_deed(id=10 + id_)) for id_ in ids]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (0, "Of the 3 activities planned under this heading, 2 were completed; 1 is overdue."),
        (1, "Under this heading, 2 of the 3 activities planned were completed; 1 is overdue."),
        (2, "The plan set 3 activities here, of which 2 were completed; 1 is overdue."),
    ],
)
def test_progress_has_a_shape_that_belongs_to_the_section(place: int, sentence: str) -> None:
    assert section(*held(1, 2), make_undone("late", id=3, **HERE), before=place)[0] == sentence


@pytest.mark.parametrize(
    ("activities", "sentence"),
    [
        (held(1, 2), "All 2 activities planned under this heading were completed."),
        (
            [make_done(status="partly", section_id=5), make_undone("cancelled", id=3, **HERE)],
            "None of the 2 activities planned here has been completed; 1 was cancelled.",
        ),
        ([make_undone("late", id=3, **HERE), make_duty(section_id=5, deeds=(make_deed(),))], "The one activity planned here is overdue."),
    ],
)
def test_progress_of_all_none_and_one(activities: list[Any], sentence: str) -> None:
    assert section(*activities)[0] == sentence


def test_section_without_a_record_says_why() -> None:
    activities = [make_undone(status, id=n, **HERE) for n, status in enumerate(("late", "cancelled", "coming"), start=1)]

    assert section(*activities) == [
        "None of the 3 activities planned here has a record yet: 1 is overdue, 1 is still to come and 1 was cancelled."
    ]


@pytest.mark.parametrize(
    ("id_", "kept", "sentence"),
    [
        (3, 9, "“工会委员例会” (“每月一次”) was carried out 9 of the 12 times planned."),
        (4, 9, "Of the 12 rounds planned of “工会委员例会” (“每月一次”), 9 took place."),
        (5, 9, "“工会委员例会” (“每月一次”) took place 9 times out of 12."),
        (5, 1, "Of the 12 rounds planned of “工会委员例会” (“每月一次”), 1 took place."),
        (5, 12, "“工会委员例会” (“每月一次”) was carried out on all 12 occasions planned."),
    ],
)
def test_duty_tells_how_many_of_its_turns_were_kept(id_: int, kept: int, sentence: str) -> None:
    deeds = tuple(make_deed(id=20 + n, done_on=date(2026, n, 5)) for n in range(1, kept + 1))

    assert section(make_duty(id=id_, turns=12, deeds=deeds, section_id=5))[0] == sentence


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        (1, "“公开栏更新” was kept up, with 1 entry on record"),
        (4, "“公开栏更新” was kept up: 4 entries are on record, with 36 attendances"),
    ],
)
def test_duty_without_turns_counts_its_entries(kept: int, sentence: str) -> None:
    deeds = tuple(make_deed(id=20 + n, participants=9 if kept > 1 else None) for n in range(kept))

    assert section(make_duty(id=2, title="公开栏更新", frequency="", deeds=deeds, section_id=5))[0] == f"{sentence}."


def test_duty_tells_figures_a_target_it_met_and_what_was_written_down() -> None:
    target = TargetRecord("at_least", 12, 12, "篇", "全年报送12篇", Source("activity", 2))
    deeds = tuple(make_deed(id=20 + n, figures={"articles_sent": 5, "articles_published": 2}, result=f"第{n}季度") for n in (1, 2, 3))
    duty = make_duty(id=2, title="报送信息", frequency="", deeds=deeds, targets=(target,), section_id=5)

    assert section(duty)[0] == (
        "“报送信息” was kept up: 3 entries are on record, 15 articles sent in, 6 published, meeting the plan’s target “全年报送12篇”;"
        " recorded among other things: “第1季度” and “第2季度”."
    )


def test_duties_nobody_recorded_leave_a_gap() -> None:
    assert section(*held(1), make_duty(section_id=5))[-2] == "There is no record yet of “工会委员例会” [to be added: what was done]."


def test_small_things_are_gathered_with_their_number() -> None:
    many = [make_done(f"小事{n}", id=n, area="ORG", section_id=5, deed=make_deed(id=100 + n)) for n in range(1, 31)]

    gathered = next(
        one.text
        for one in compose(make_records(*many, sections=(make_section(),)), language="en")["section:5"].sentences
        if "小事1”" in one.text
    )

    assert "and 25 others" in gathered
