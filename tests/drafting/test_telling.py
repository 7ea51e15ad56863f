"""How much is told: in full, in brief, gathered, counted; what has room on a page."""

import pytest

from tests.drafting.makers import facts_of, make_deed, make_done, make_records, make_section, make_undone
from unionboard.drafting.phrases import Block, Place, Sentence
from unionboard.drafting.telling import (
    Candidate,
    Scale,
    choose_fitting,
    count_lines,
    letters,
    number_problems,
    scale_of,
    split_section,
    width,
)


@pytest.mark.parametrize(
    ("deeds", "scale"), [(1, Scale(32, 13)), (30, Scale(32, 13)), (31, Scale(42, 19)), (300, Scale(75, 62)), (401, Scale(95, 80))]
)
def test_the_more_was_done_the_more_a_deed_must_weigh(deeds: int, scale: Scale) -> None:
    records = make_records(*(make_done(id=n, deed=make_deed(id=n)) for n in range(deeds)))

    assert scale_of(facts_of(records)) == scale


def test_section_begins_with_its_congress_then_what_is_counted_then_the_rest() -> None:
    contests = [make_done(f"{n}组比赛", id=n, deed=make_deed(id=n)) for n in (1, 2, 3)]
    records = make_records(make_done(id=4), make_done("教代会", id=5, deed=make_deed(id=5)), *contests, sections=(make_section(),))

    parts = list(split_section(facts_of(records).sections[0], least=0))

    assert [(part.key, part.counted is not None, [deed.activity.id for deed in part.told]) for part in parts] == [
        ("congress", False, [5]),
        ("CULT:contest", True, [1, 2, 3]),
        ("others", False, [4]),
    ]


def test_kind_that_makes_up_its_area_is_not_counted_again() -> None:
    visits = [make_done(f"慰问{n}", id=n, area="CARE", deed=make_deed(id=n)) for n in (1, 2, 3)]

    (part,) = split_section(facts_of(make_records(*visits)).sections[0], least=0)

    assert part.counted is None


def test_two_light_deeds_are_gathered_and_a_single_one_is_told() -> None:
    light = [make_done(f"台账{n}", id=n, area="ORG", deed=make_deed(id=n)) for n in (1, 2)]

    both, one = (facts_of(make_records(*deeds)).sections[0] for deeds in (light, light[:1]))

    assert [len(part.small) for part in split_section(both, least=99)] == [2]
    assert [len(part.told) for part in split_section(one, least=99)] == [1]


def test_problems_of_one_nature_share_a_number() -> None:
    undone = [make_undone(status, id=n) for n, status in enumerate(("late", "postponed", "cancelled"), start=1)]

    problems = facts_of(make_records(*undone)).problems

    assert [(number, is_first, problem.kind.value) for number, is_first, problem in number_problems(problems)] == [
        (1, True, "late"),
        (2, True, "cancelled"),
        (2, False, "postponed"),
    ]


def candidate(text: str, rank: int) -> Candidate:
    return Candidate(Sentence(text), rank, "lead")


def test_what_has_room_is_chosen_by_rank_and_told_in_its_place() -> None:
    all_of_them = [candidate("三等", 3), candidate("框架", 0), candidate("一等一等", 1), candidate("二等", 2)]

    chosen = choose_fitting(all_of_them, lambda those: sum(len(one.sentence.text) for one in those) <= 8)

    assert [one.sentence.text for one in chosen] == ["框架", "一等一等", "二等"]


def test_the_frame_is_told_even_without_room() -> None:
    assert choose_fitting([candidate("框架", 0), candidate("一等", 1)], lambda _those: False) == [candidate("框架", 0)]


@pytest.mark.parametrize(("text", "wide"), [("五月八日", 4), ("5月8日", 3), ("“五一”", 4), ("May 8", 2.25)])
def test_width_counts_latin_letters_half_and_spaces_a_quarter(text: str, wide: float) -> None:
    assert width(text) == wide


def test_letters_of_chinese_text_count_every_digit() -> None:
    assert (letters("5月8日，共12人。"), letters("12 people")) == (9 + 1, 4)


def test_lines_of_a_page_count_headings_indents_and_paragraphs() -> None:
    block = Block("work", Place.SECTION, "主要工作", (Sentence("字" * 26), Sentence("字" * 27, opens=True)))

    assert count_lines([block]) == 1 + 1 + 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("字" * 25 + "2026年", 2),  # a number is not broken
        ("字" * 26 + "。", 2),  # nor does a line begin with a stop
        ("年1" * 12, 1),
        ("年1" * 13, 2),  # as broad as 20 letters, but for the spaces around numbers and fonts that set them wide
    ],
)
def test_lines_are_set_as_a_word_processor_sets_them(text: str, lines: int) -> None:
    assert count_lines([Block("lead", Place.LEAD, "", (Sentence(text),))]) == lines
