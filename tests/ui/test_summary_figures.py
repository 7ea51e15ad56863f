"""What the summary's page tells of figures, and how it places them in a text; no session, no browser."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from unionboard.drafting.figures import Figure, Rule, Source, Unit, rate
from unionboard.drafting.phrases import Block, Place, chain, say, show
from unionboard.drafting.typed_figures import open_books
from unionboard.models import BlockKind, SummaryForm, SummarySpan
from unionboard.services.summary import BlockView, DraftId
from unionboard.ui.components.summary_editor import TypedMark, describe_mark
from unionboard.ui.summary.editor import mark_typed, name_place, read_place
from unionboard.ui.summary.figures import tell_value, tell_way
from unionboard.ui.summary.sheet import cut_pieces
from unionboard.ui.text import speak

RECORD = Source("check_off", 7)
PRESENT = Figure(60, Unit.PERSON, Rule.FIELD, "check_off.participants", (RECORD,))


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with speak("zh_CN"):
        yield


def stored(text: str) -> BlockView:
    """A part whose records say one sentence with one figure; people have made ``text`` of it."""
    sentence = say("deed:1", chain(["举办运动会，", show(PRESENT, "60"), "人参加。"]))
    return BlockView("section:1", BlockKind.SECTION, "文体", None, (sentence,), text, "chair", None, (), (), 2)


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (29, Unit.CASE, "29 件"),
        (535_000, Unit.FEN, "¥5,350"),
        (535_050, Unit.FEN, "¥5,350.50"),
        (Decimal("91.4"), Unit.PERCENT, "91.4%"),
        (date(2026, 5, 8), Unit.DATE, "2026年5月8日"),
    ],
)
def test_value_is_told_with_its_unit(value: int | Decimal | date, unit: Unit, told: str) -> None:
    assert tell_value(Figure(value, unit, Rule.FIELD)) == told


def test_figure_of_one_record_names_record_and_field() -> None:
    assert tell_way(PRESENT, {RECORD: "趣味运动会"}) == "趣味运动会：参加人数"


def test_count_names_what_was_counted() -> None:
    figure = Figure(2, Unit.TIME, Rule.COUNT, sources=(RECORD, Source("check_off", 8)))

    assert tell_way(figure, {}) == "办结记录 2 条"


def test_rate_shows_both_numbers() -> None:
    assert tell_way(rate(PRESENT, Figure(64, Unit.PERSON, Rule.FIELD)), {}) == "60 ÷ 64"


def test_sentence_is_cut_at_its_figures_behind_its_label() -> None:
    sentence = say("late", chain(["有", show(PRESENT, "60"), "人。"]), label="1.")

    assert cut_pieces(sentence.printed, sentence.quotes, offset=2) == (("1.有", None), ("60", 0), ("人。", None))


def test_place_in_the_browser_finds_its_part_again() -> None:
    draft_id = DraftId(3, SummaryForm.CONGRESS, SummarySpan.SCHOOL_YEAR, "en")

    assert read_place(name_place(draft_id, "section:12")) == (draft_id, "section:12")


def test_changed_figure_offers_the_recorded_one_and_an_unknown_one_only_says_so() -> None:
    text = "举办运动会，61人参加。又有9户参加。"
    block = stored(text)
    books = open_books([Block(block.key, Place.SECTION, "文体", block.sentences)], language="zh_CN", days=(), of_block={}, of_year=())

    assert mark_typed(books, block, text) == (
        TypedMark(6, 9, "changed", "记录里是 60人。", "60人", "改成 60人"),
        TypedMark(14, 16, "unsupported", "没有记录支持这个数字。"),
    )


def test_marks_are_counted_as_the_browser_counts() -> None:
    mark = describe_mark(TypedMark(1, 3, "changed", ""), "😀61人")

    assert (mark["start"], mark["end"]) == (2, 4)
