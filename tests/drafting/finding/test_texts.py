"""Numbers in people's own words."""

import pytest

from unionboard.drafting.figures import Rule, Source, Unit
from unionboard.drafting.finding.texts import call, quote

CHECK_OFF = Source("check_off", 7)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("收到故事34篇，选编成册21篇", [("34", 34, Unit.ARTICLE), ("21", 21, Unit.ARTICLE)]),
        ("听课54人次，54人参加", [("54", 54, Unit.PERSON_TIME), ("54", 54, Unit.PERSON)]),
        ("满意率98.5%，帮扶3户", [("98.5", "98.5", Unit.PERCENT), ("3", 3, Unit.HOUSEHOLD)]),
        ("编号007，共1,200元", [("007", "007", Unit.OTHER), ("1,200", "1,200", Unit.OTHER)]),
        ("3月8日举办２场", [("3", 3, Unit.OTHER), ("8", 8, Unit.OTHER), ("２", "２", Unit.SESSION)]),
        ("办了三场讲座", []),
    ],
)
def test_every_run_of_digits_is_a_figure_with_the_unit_behind_it(text: str, numbers: list[tuple[str, object, Unit]]) -> None:
    told = quote(text, "check_off.result", CHECK_OFF)

    assert [(text[start:end], figure.value, figure.unit) for start, end, figure in told.figures] == numbers


def test_figure_in_words_stands_in_its_field_as_it_is_written() -> None:
    ((_start, _end, figure),) = quote("结成9对师徒", "check_off.result", CHECK_OFF).figures

    assert (figure.rule, figure.field, figure.sources) == (Rule.TEXT, "check_off.result", (CHECK_OFF,))


def test_places_are_those_in_the_trimmed_text() -> None:
    told = quote("  6人取得证书 \n", "check_off.result", CHECK_OFF)

    assert (told.text, told.figures[0][:2]) == ("6人取得证书", (0, 1))


def test_digits_in_the_name_of_an_item_are_the_unions_and_the_name_is_no_record() -> None:
    told = call("5·12演练", "own_item.name", Source("union", 1))

    assert ([figure.sources for _start, _end, figure in told.figures], told.source) == ([(Source("union", 1),)] * 2, None)
