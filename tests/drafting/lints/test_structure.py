"""Sections, problems and their answers, numbering, length, signature."""

import pytest

from tests.drafting.lints.makers import SIGNED, check, codes, make_background, make_passage, own
from unionboard.drafting.figures import Source
from unionboard.drafting.lints import Code, Mend, MendKind, Passage, find_remarks, mend_text
from unionboard.drafting.phrases import Place, Sentence, rest, say
from unionboard.numerals import write_numeral

LATE = say("late", rest("“提案征集”逾期未办。", [Source("activity", 1)]))
IDEA = say("late", rest("抓紧补办“提案征集”。", [Source("activity", 1)]))


def problems(text: str | None = None, *generated: Sentence) -> Passage:
    return make_passage(text, *(generated or (LATE,)), key="problems", kind=Place.PROBLEMS)


def ideas(text: str | None = None, *generated: Sentence) -> Passage:
    return make_passage(text, *(generated or (IDEA,)), key="next_year", kind=Place.NEXT_YEAR)


def test_whole_summary_with_its_parts_has_no_remark() -> None:
    assert codes(make_passage(None, "举办比赛，气氛热烈。"), problems(), ideas(), is_whole=True, sections=("section:6",)) == []


def test_section_of_the_plan_without_a_block_wants_a_refresh() -> None:
    (remark,) = check(problems(), ideas(), is_whole=True, sections=("section:6",))

    assert (remark.code, remark.block, remark.mend) == (Code.SECTION_MISSING, "section:6", Mend(MendKind.REFRESH))


def test_block_of_a_section_that_left_the_plan_is_told() -> None:
    passage = own("举办比赛，气氛热烈。", key="section:7")

    assert codes(passage, problems(), ideas(), is_whole=True, sections=("section:6",)) == [Code.SECTION_MISSING, Code.SECTION_NOT_IN_PLAN]


def test_section_with_nothing_but_a_gap_says_so_when_mended() -> None:
    passage = make_passage(None, "【待补充：效果】")

    (remark,) = check(passage, problems(), ideas(), is_whole=True)

    assert remark.code is Code.SECTION_SILENT
    assert mend_text(passage.shown, remark) == "【待补充：效果】本部分工作本期未开展。"


def test_short_form_needs_neither_sections_nor_problems() -> None:
    assert codes(make_passage(None, "举办比赛。"), sections=("section:1",)) == []


def dated(count: int) -> list[str]:
    return [f"{month}月，举办第一{'甲乙丙丁戊己庚辛'[month]}场比赛。" for month in range(1, count + 1)]


@pytest.mark.parametrize(("deeds", "told"), [(dated(7), [Code.LONG_LIST]), (dated(6), []), (["开展活动7次。", *dated(7)], [])])
def test_long_row_of_dated_deeds_wants_to_be_gathered(deeds: list[str], told: list[Code]) -> None:
    assert codes(make_passage(None, *deeds)) == told


@pytest.mark.parametrize(("deeds", "told"), [(7, [Code.LONG_LIST]), (6, [])])
def test_long_row_within_one_sentence_wants_it_too(deeds: int, told: list[Code]) -> None:
    assert codes(make_passage(None, "，".join(f"{month}月办比赛" for month in range(1, deeds + 1)) + "。")) == told


def test_summary_without_problems_takes_back_the_generated_ones() -> None:
    (remark,) = check(problems(""), ideas(), is_whole=True)

    assert (remark.code, remark.mend) == (Code.NO_PROBLEMS, Mend(MendKind.RESTORE))


def test_problem_whose_answer_was_taken_out_gets_it_back() -> None:
    answers = ideas("1.【待补充：重点工作】", Sentence(IDEA.text, IDEA.sources, key="late", label="1."))

    (remark,) = check(problems(), answers, is_whole=True)

    assert (remark.code, remark.target) == (Code.PROBLEM_UNANSWERED, "next_year")
    assert mend_text(answers.shown, remark) == "1.【待补充：重点工作】\n2.抓紧补办“提案征集”。"


def test_own_problem_is_answered_by_an_idea_that_speaks_of_it() -> None:
    own_problem = problems(LATE.text + "教工社团参与面不广。", LATE)

    assert codes(own_problem, ideas(IDEA.text + "扩大教工社团覆盖。", IDEA), is_whole=True) == []
    assert codes(own_problem, ideas(), is_whole=True) == [Code.PROBLEM_UNANSWERED]


def test_no_problem_needs_no_answer() -> None:
    assert codes(problems(None, say("none", "各项工作按计划推进。")), ideas(), is_whole=True) == []


@pytest.mark.parametrize(
    ("text", "told", "mended"),
    [
        ("1.完善制度。\n3.加强培训。", [(Code.NUMBERING, "3.")], "1.完善制度。\n2.加强培训。"),
        ("1.完善制度。\n1.加强培训。", [(Code.NUMBERING, "1.")], "1.完善制度。\n2.加强培训。"),
        ("（一）制度\n（三）培训", [(Code.NUMBERING, "（三）")], "（一）制度\n（二）培训"),
        ("1、完善制度。", [(Code.NUMBER_STYLE, "1、")], "1.完善制度。"),
        ("（一）、制度", [(Code.NUMBER_STYLE, "（一）、")], "（一）制度"),
        ("(1)完善制度。", [(Code.NUMBER_STYLE, "(1)")], "（1）完善制度。"),
    ],
)
def test_numbers_in_official_papers_run_on(text: str, told: list[tuple[Code, str]], mended: str) -> None:
    passage = own(text)
    found = [one for one in check(passage) if one.code in {Code.NUMBERING, Code.NUMBER_STYLE}]

    assert [(one.code, one.words) for one in found] == told
    assert mend_text(passage.shown, found[0]) == mended


def test_numbers_run_on_beyond_twenty() -> None:
    text = "\n".join(f"（{write_numeral(number)}）第一项" for number in range(1, 23))

    assert {Code.NUMBERING, Code.NUMBER_STYLE} & set(codes(own(text))) == set()


@pytest.mark.parametrize(
    "text", ["（一）制度\n1.完善。\n2.公布。\n（二）培训\n1.动员。", "1.完善制度。\n（1）预算。\n（2）决算。\n2.培训。\n（1）动员。"]
)
def test_numbers_begin_anew_below_a_higher_level(text: str) -> None:
    assert Code.NUMBERING not in codes(own(text))


def test_number_of_a_generated_list_is_put_right() -> None:
    first, second = (Sentence(text, label=label) for text, label in (("补办提案。", "1."), ("收齐材料。", "2.")))
    passage = make_passage("2.收齐材料。", first, second)

    (remark,) = check(passage)

    assert mend_text(passage.shown, remark) == "1.收齐材料。"


def test_english_list_has_its_own_style_of_numbers() -> None:
    assert codes(make_passage(None, "(1) Rules were made.\n(2) Rules were kept."), language="en") == []


@pytest.mark.parametrize("text", ["青松小学工会", "2026年12月20日", ""])
def test_signature_needs_name_and_day(text: str) -> None:
    passage = make_passage(text, *SIGNED, key="signature", kind=Place.SIGNATURE)

    remarks = find_remarks("总结", [passage], make_background([passage]))

    assert [(one.code, one.mend) for one in remarks] == [(Code.SIGNATURE_MISSING, Mend(MendKind.RESTORE))]


def test_page_that_is_too_long_is_told_with_its_length() -> None:
    (remark,) = check(make_passage(None, "好" * 100), title="总结", longest=100)

    assert (remark.code, remark.block, remark.told) == (Code.TOO_LONG, "", (("count", "121"), ("most", "100")))
