"""Numbers, sums, rates and units in people's own sentences."""

import pytest

from tests.drafting.lints.makers import check, codes, make_passage, own
from unionboard.drafting.alignment import show_generated
from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.lints import Code, Mend, MendKind, Passage, mend_text
from unionboard.drafting.phrases import Block, Place, chain, say, show

PEOPLE = Figure(84, Unit.PERSON_TIME, Rule.FIELD, "check_off.person_times", (Source("check_off", 1),))
SPENT = Figure(535_000, Unit.FEN, Rule.SUM, "fund_entry.amount_fen", (Source("fund_entry", 1),))
TOLD = say("deed:1", chain(["举办乒乓球赛，参与", show(PEOPLE, "84"), "人次，支出", show(SPENT, "5350"), "元。"]))

LINES = say("deed:2", chain(["举办讲座，参与", show(PEOPLE, "84"), "人次，收获：\n一、会急救；\n二、会避险，演练2次。"]))


@pytest.mark.parametrize(
    ("old", "new", "code", "recorded"),
    [
        ("84人次", "94人次", Code.NUMBER_CHANGED, "84人次"),
        ("5350元", "5530元", Code.MONEY_CHANGED, "5350元"),
        ("84人次", "84人", Code.UNITS_MIXED, "84人次"),
    ],
)
def test_changed_number_is_mended_by_the_recorded_one(old: str, new: str, code: Code, recorded: str) -> None:
    passage = make_passage(TOLD.text.replace(old, new), TOLD)

    (remark,) = check(passage)

    assert (remark.code, remark.words, remark.mend) == (code, new, Mend(MendKind.USE_RECORDED, recorded, new))
    assert mend_text(passage.shown, remark) == TOLD.text


@pytest.mark.parametrize(("words", "code"), [("满意率98%。", Code.NUMBER_WITHOUT_RECORD), ("奖品600元。", Code.MONEY_WITHOUT_RECORD)])
def test_number_without_a_record_is_told(words: str, code: Code) -> None:
    (remark,) = check(make_passage(TOLD.text + words, TOLD))

    assert (remark.code, remark.sentence, remark.text) == (code, 1, words)


def test_generated_text_has_no_wrong_number() -> None:
    assert codes(make_passage(None, TOLD)) == []


def test_result_typed_on_several_lines_is_one_sentence_of_the_checker() -> None:
    passage = Passage(Block("section:6", Place.SECTION, "", (LINES,)), "", show_generated((LINES,)))

    assert check(passage) == []


def test_zero_is_no_deed_and_its_clause_goes() -> None:
    passage = make_passage(None, "开展提案征集，收到合理化建议0件，职工反响热烈。")

    (remark,) = check(passage)

    assert (remark.code, remark.words) == (Code.ZERO_AS_DEED, "0件")
    assert mend_text(passage.shown, remark) == "开展提案征集，职工反响热烈。"


def test_sentence_of_nothing_but_a_zero_goes_whole() -> None:
    (remark,) = check(make_passage(None, "调解争议0件。"))

    assert remark.mend == Mend(MendKind.DELETE)


@pytest.mark.parametrize("text", ["100人参加。", "占10.0%。", "结余2000元。"])
def test_zero_within_a_number_is_none(text: str) -> None:
    assert Code.ZERO_AS_DEED not in codes(make_passage(None, text))


def test_balance_of_zero_may_be_told_of_the_money() -> None:
    assert codes(make_passage(None, "全年结余0元。", key="money", kind=Place.MONEY)) == []


def test_unit_that_lost_its_number_is_marked_as_a_gap() -> None:
    passage = make_passage(None, "共计发放资金万元，慰问职工。")

    (remark,) = check(passage)

    assert (remark.code, remark.words) == (Code.UNIT_WITHOUT_NUMBER, "资金万元")
    assert mend_text(passage.shown, remark) == "共计发放资金【待补充：数字】万元，慰问职工。"


def remarks_on_sums(text: str) -> list[tuple[Code, str, str]]:
    kinds = {Code.SUM_WRONG, Code.RATE_WRONG}
    return [(one.code, one.words, one.mend.replacement) for one in check(own(text)) if one.code in kinds and one.mend]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("参与290人次，其中合唱200人次、书法100人次。", [(Code.SUM_WRONG, "290人次", "300人次")]),
        ("合唱200人次、书法100人次，共290人次。", [(Code.SUM_WRONG, "290人次", "300人次")]),
        ("支出5万元，其中奖品3万元、场地3万元。", [(Code.SUM_WRONG, "5万元", "6万元")]),
        ("收到建议35条，采纳32条，采纳率92%。", [(Code.RATE_WRONG, "92%", "91.4%")]),
        ("应到58人，实到54人，参加率95%。", [(Code.RATE_WRONG, "95%", "93.1%")]),
    ],
)
def test_what_does_not_add_up_is_told_with_what_it_makes(text: str, wrong: list[tuple[Code, str, str]]) -> None:
    assert remarks_on_sums(text) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "参与290人次，其中合唱200人次、书法90人次。",
        "参与290人次，其中合唱200人次、书法30人次等。",
        "合唱200人次、书法90人次，共290人次。",
        "收到建议35条，采纳32条，采纳率91.4%。",
        "收到建议35条，采纳32条，采纳率91%。",
        "应参加62人，实到20人，参加率32.3%。",
        "生活救助290人次33.5万元、医疗138人次29.6万元，共428人次。",
        "满意率98%。",
        "培训5期，参与100人次，培训率85%。",
        "单位653家，建会613家，覆盖率92%以上。",
    ],
)
def test_what_adds_up_is_let_be(text: str) -> None:
    assert remarks_on_sums(text) == []


def test_yuan_and_ten_thousand_yuan_in_one_sentence_become_yuan() -> None:
    passage = own("收入6.82万元，支出3500元。")

    remark = next(one for one in check(passage) if one.code is Code.MONEY_UNITS_MIXED)

    assert mend_text(passage.shown, remark) == "收入68200元，支出3500元。"


def test_english_zero_is_no_deed() -> None:
    assert codes(make_passage(None, "Suggestions collected, 0 proposals received."), language="en") == [Code.ZERO_AS_DEED]
