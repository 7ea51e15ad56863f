"""People's words can be cut and mended; the figures in them stay where they belong."""

import re

from unionboard.drafting.facts import QuotedText
from unionboard.drafting.figures import Source
from unionboard.drafting.finding.texts import quote
from unionboard.drafting.phrases import Phrase
from unionboard.drafting.typed import cut, mend, same_words, trim, typed

DEED = Source("check_off", 3)
WORDS = typed(quote(" 收到17件;立案16件。", "check_off.result", DEED))


def figures_in(phrase: Phrase) -> list[str]:
    return [phrase.text[each.start : each.end] for each in phrase.quotes]


def test_cut_keeps_the_figures_inside_and_the_record_behind() -> None:
    half = cut(WORDS, 0, 5)

    assert (half.text, figures_in(half), half.sources) == ("收到17件", ["17"], (DEED,))


def test_cut_through_a_figure_leaves_it_out() -> None:
    assert figures_in(cut(WORDS, 3)) == ["16"]


def test_mended_words_move_the_figures_behind_them() -> None:
    mended = mend(WORDS, re.compile(";"), "，其中")

    assert (mended.text, figures_in(mended), mended.sources) == ("收到17件，其中立案16件。", ["17", "16"], (DEED,))


def test_a_match_that_holds_a_figure_is_not_replaced() -> None:
    assert mend(WORDS, re.compile("收到17件"), "") == WORDS


def test_trim_takes_marks_at_both_ends() -> None:
    assert trim(typed(QuotedText("。好。", (), DEED)), "。").text == "好"
    assert trim(typed(QuotedText("。。", (), DEED)), "。").text == ""


def test_same_words_of_two_records_are_said_once_and_rest_on_both() -> None:
    other = Source("check_off", 4)

    (once,) = same_words([typed(QuotedText("归档", (), DEED)), typed(QuotedText("归档", (), other))])

    assert once == Phrase("归档", (), (DEED, other))


def test_official_names_rest_on_no_record() -> None:
    assert typed(QuotedText("会员活动")).sources == ()
