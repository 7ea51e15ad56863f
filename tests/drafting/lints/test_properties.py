"""Whatever people type, the checker reads it, points at words that stand there, and mends nothing but what it says."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.drafting.lints.makers import check, make_passage
from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.lints import BY_TEXT, mend_text
from unionboard.drafting.phrases import chain, say, show
from unionboard.drafting.typed_figures import check_typed, open_books

PEOPLE = Figure(84, Unit.PERSON_TIME, Rule.FIELD, "check_off.person_times", (Source("check_off", 1),))
SPENT = Figure(535_000, Unit.FEN, Rule.SUM, "fund_entry.amount_fen", (Source("fund_entry", 1),))
TOLD = say("deed:1", chain(["5月18日，举办乒乓球赛，参与", show(PEOPLE, "84"), "人次，支出", show(SPENT, "5350"), "元。"]))
PIECES = [
    *("84人次", "84人", "5350元", "0.5万元", "98%", "百分之八十", "三十人", "0件", "5月18日", "13月45日", "2026.3.8", "20xx年"),
    *("2027年12月31日", "五届三次", "1.", "（一）", "（2）", "其中", "共", "参与", "支出", "慰问", "住院", "王小明老师"),
    *("三八妇女节", "圆满", "购物卡", "“", "”", "《", "》", "【待补充：效果】", "，", "。", "；", ","),
    *(":", "(", ")", "¥1,200.00", "12,34", "6", "March", "一", "两", "余", "多", "以上"),
    *("约", "近", "\n", "\u3000", "x", "%"),
]
texts = some.lists(some.sampled_from([*PIECES, TOLD.text]), max_size=25).map("".join) | some.text(max_size=60)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@settings(max_examples=150, derandomize=True)
@given(text=texts)
def test_every_text_is_read_and_every_mend_can_be_made(language: str, text: str) -> None:
    passage = make_passage(text, TOLD)

    for remark in check(passage, language=language, private_names=("王小明",)):
        if remark.block == passage.key and remark.mend and remark.mend.kind in BY_TEXT:
            assert mend_text(passage.shown, remark) != passage.text


@settings(max_examples=200, derandomize=True)
@given(text=texts)
def test_typed_figures_stand_where_they_say_in_order(text: str) -> None:
    passage = make_passage(None, TOLD)
    books = open_books([passage.block], language="zh_CN", days=[], of_block={}, of_year=())

    found = check_typed(books, passage.key, text, every=True)

    assert [text[one.start : one.end] for one in found] == [one.words for one in found]
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert all(one.recorded != one.words for one in found)
