"""Names, diagnoses and counts that point at one person."""

from typing import Any

import pytest

from tests.drafting.lints.makers import check, make_passage, own
from unionboard.drafting.lints import PRIVACY, Code, mend_text


def private(text: str, **known: Any) -> list[Code]:
    return [one.code for one in check(make_passage(None, text), **known) if one.is_private]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("元旦前看望了王小明。", {"private_names": ("王小明",)}),
        ("王小明获区优秀教师。", {"private_names": ("王小明",)}),
        ("何敏因病住院，工会前去看望。", {"people": ("何敏",)}),
        ("慰问王小明老师。", {}),
        ("走访时为李雪同志送去关怀。", {}),
        ("慰问王小明住院。", {}),
        ("看望了住院的李雪老师。", {}),
        ("看望住院的李老师。", {}),
    ],
)
def test_name_beside_a_visit_is_told_and_never_repeated(text: str, known: dict[str, Any]) -> None:
    (remark,) = [one for one in check(make_passage(None, text), **known) if one.is_private]

    assert (remark.code, remark.words, remark.text, remark.told) == (Code.PRIVATE_NAME, "", "", ())


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("何敏获区优秀工会干部。", {"people": ("何敏",)}),
        ("何敏主持会议，全年慰问住院教师6人次。", {"people": ("何敏",)}),
        ("看望住院老师、单亲老师和全体老师，走访了解老师困难。", {}),
        ("走访慰问退休教师，班主任老师参加。", {}),
        ("慰问和帮扶困难职工，慰问高温岗位，慰问金发放到困难家庭。", {}),
    ],
)
def test_names_of_those_who_act_and_words_that_are_no_names_are_let_be(text: str, known: dict[str, Any]) -> None:
    assert private(text, **known) == []


def test_name_is_left_out_when_mended() -> None:
    passage = own("看望了王小明老师和李雪。")

    remark = check(passage, private_names=("王小明", "李雪"))[0]

    assert mend_text(passage.shown, remark) == "看望了某会员和某会员。"


def test_whole_row_of_names_is_left_out() -> None:
    passage = own("看望了王小明、李雪等六名困难职工。")

    (remark,) = [one for one in check(passage) if one.code is Code.PRIVATE_NAME]

    assert mend_text(passage.shown, remark) == "看望了某会员、某会员等六名困难职工。"


def test_other_remarks_on_the_sentence_do_not_repeat_the_name() -> None:
    text = "看望了患白血病的王小明老师1人次，祝早日康复。"

    remarks = check(own(text), private_names=("王小明",))

    assert [one for one in remarks if "王小明" in one.words + one.text + str(one.told)] == []
    assert Code.ILLNESS_NAMED in [one.code for one in remarks]


def test_name_in_the_title_is_told() -> None:
    remarks = check(make_passage(None, "气氛热烈。"), title="慰问王小明老师", private_names=())

    assert [(one.code, one.block) for one in remarks] == [(Code.PRIVATE_NAME, "title")]


@pytest.mark.parametrize("text", ["看望患肝炎的教师。", "为做化疗的教师捐款。", "探望骨折住院的会员。"])
def test_diagnosis_in_a_sentence_about_somebody_is_told(text: str) -> None:
    assert private(text) == [Code.ILLNESS_NAMED]


@pytest.mark.parametrize("text", ["举办乳腺健康讲座。", "组织妇科检查，宣传高血压防治知识。", "看望住院教师。"])
def test_health_as_a_subject_is_let_be(text: str) -> None:
    assert private(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "慰问住院教师1人次。",
        "生病住院2人次、生育5人次。",
        "帮扶困难职工2户。",
        "为1名困难职工申请救助。",
        "丧事吊唁两人次。",
        "全年走访慰问12人次，其中生日10人次。",
        "看望2名教师，气氛温馨。",
    ],
)
def test_fewer_than_three_cases_are_told(text: str) -> None:
    assert private(text) == [Code.SMALL_COUNT]


@pytest.mark.parametrize(
    "text",
    [
        "慰问住院教师6人次。",
        "帮扶困难职工12户。",
        "做到帮扶不漏一户。",
        "全年走访慰问12人次，其中生日9人次。",
        "走访慰问90人次，其中生日38人次、其他52人次。",
        "大病互助保障参保2人。",
        "评出优秀教师2名。",
        "调解意外险理赔，第2名住院医师获奖。",
    ],
)
def test_three_cases_or_other_counts_are_let_be(text: str) -> None:
    assert private(text) == []


@pytest.mark.parametrize(
    "text", ["One hospital visit was made: hospital 2.", "We visited 1 member in hospital.", "Two hardship families were helped."]
)
def test_small_counts_are_told_in_english(text: str) -> None:
    assert private(text, language="en") == [Code.SMALL_COUNT]


@pytest.mark.parametrize(
    "text", ["Festival 13, birthday 38, birth 3, hospital 6, bereavement 3.", "12 hospital visits, 25 hardship families."]
)
def test_larger_counts_are_let_be_in_english(text: str) -> None:
    assert private(text, language="en") == []


def test_privacy_stops_exports_and_nothing_else_does() -> None:
    assert {code.value for code in PRIVACY} == {"private_name", "illness_named", "small_count", "private_number"}
