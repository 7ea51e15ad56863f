"""What a checker complains of."""

from datetime import date

import pytest

from unionboard.drafting.lints import Complaint, Passage, Remark, find_remarks


def remarks_on(text: str, *, generated: str | None = None, looks_ahead: bool = False, names: tuple[str, ...] = ()) -> list[Remark]:
    passage = Passage("money", text, text if generated is None else generated, looks_ahead)
    return find_remarks([passage], years=[2026], as_of=date(2026, 12, 20), names=names)


@pytest.mark.parametrize(
    ("text", "complaint", "words"),
    [
        ("组织会员泡温泉。", Complaint.FORBIDDEN_SPENDING, "温泉"),
        ("收到合理化建议0件。", Complaint.ZERO_AS_DEED, "0件"),
        ("全年共人次参加。", Complaint.UNIT_WITHOUT_NUMBER, "共人次"),
        ("12月25日，举办联欢会。", Complaint.FUTURE_DAY, "12月25日"),
        ("2024年开展活动。", Complaint.OTHER_YEAR, "2024"),
        ("学习xx精神。", Complaint.PLACEHOLDER, "xx"),
        ("活动取得显著成绩。", Complaint.EMPTY_PHRASE, "显著"),
        ("认真学习,积极参加。", Complaint.HALF_WIDTH, "习,积"),
        ("于2026.3.8开展活动。", Complaint.DATE_STYLE, "2026.3.8"),
        ("收到建议35条，采纳32条，采纳率95%。", Complaint.RATE_WRONG, "率95%"),
    ],
)
def test_checker_complains(text: str, complaint: Complaint, words: str) -> None:
    assert remarks_on(text) == [Remark("money", complaint, words)]


@pytest.mark.parametrize(
    "text",
    [
        "应参加62人，实到20人，参加率32.3%。",
        "收到建议35条，采纳32条，采纳率91.4%。",
        "支出预算5000元，执行率80%。",
        "3月8日，召开座谈会，10人参加，支出3260.5元。",
    ],
)
def test_checker_has_nothing_to_say(text: str) -> None:
    assert remarks_on(text) == []


def test_number_that_people_added_is_asked_for() -> None:
    assert remarks_on("60人参加，满意率98%。", generated="60人参加。") == [Remark("money", Complaint.NUMBER_WITHOUT_RECORD, "98%")]


def test_name_of_somebody_visited_is_flagged_and_not_repeated() -> None:
    assert remarks_on("看望了王小明。", names=("王小明",)) == [Remark("money", Complaint.PRIVATE_NAME, "")]


def test_days_to_come_may_stand_in_next_years_ideas() -> None:
    assert remarks_on("2027年3月8日前完成。", looks_ahead=True) == []


def test_sentence_in_two_blocks_is_said_twice() -> None:
    text = "3月8日，举办三八妇女节茶话会。"

    found = find_remarks([Passage("a", text, text), Passage("b", text, "")], years=[2026], as_of=date(2026, 12, 20))

    assert [remark for remark in found if remark.complaint is Complaint.SAID_TWICE] == [Remark("b", Complaint.SAID_TWICE, text)]
