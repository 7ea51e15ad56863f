"""Remarks of the checker in words, in both languages."""

from datetime import date

import pytest

from tests.drafting.lints.makers import check, make_passage
from unionboard.config import LANGUAGES
from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.drafting.lints import Code, Remark
from unionboard.drafting.phrases import Place, chain, say, show
from unionboard.i18n import translate
from unionboard.services.remark_words import NAMES, WHY, mend_of, why_of

PEOPLE = Figure(84, Unit.PERSON_TIME, Rule.FIELD, "check_off.person_times", (Source("check_off", 1),))
SPENT = Figure(535_000, Unit.FEN, Rule.SUM, "fund_entry.amount_fen", (Source("fund_entry", 1),))
TOLD = say("deed:1", chain(["举办乒乓球赛，参与", show(PEOPLE, "84"), "人次，支出", show(SPENT, "5350"), "元。"]))
TYPED = (
    "举办乒乓球赛，参与94人次，支出5360元。举办乒乓球赛参与84人。满意率98%，奖品600元，调解争议0件。共发放资金万元。"
    "参与290人次，其中合唱200人次、书法100人次。收到建议35条，采纳32条，采纳率92%。收入6.82万元，支出3500元。"
    "看望患肝炎的王小明老师，慰问住院教师1人次。举办篮球友谊赛，气氛圆满，得到一致好评，凝聚力不断增强。"
    "12月25日，召开五届二次教代会。2024年，学习工会法，学习xx精神，泡温泉。三八妇女节联欢,于2026.3.8举行。培训三次，58人参加。"
    "这句话去年就写过，今年又写一遍。\n3.完善制度。\n4、加强培训。"
)


def remarks() -> list[Remark]:
    """A summary with all that can be wrong in it."""
    return check(
        make_passage(TYPED, TOLD),
        make_passage("【待补充：效果】", key="section:7"),
        make_passage("这句话去年就写过，今年又写一遍。我们办了趣味运动会。", key="section:8"),
        make_passage(
            None, *[f"{n}月，举办第一{c}场比赛。" for n, c in enumerate("甲乙丙丁戊己庚", start=1)], "举办趣味运动会。", key="section:9"
        ),
        make_passage("", say("late", "提案逾期未办。"), key="problems", kind=Place.PROBLEMS),
        title="xx小学工会2025年工作总结",
        is_whole=True,
        longest=100,
        sections=("section:1", "section:6", "section:7", "section:8"),
        titles=("召开五届三次教职工代表大会", "趣味运动会"),
        undone=("篮球友谊赛",),
        earlier=("这句话去年就写过，今年又写一遍。",),
        as_of=date(2026, 12, 20),
        union_name="青松小学工会委员会",
    )


def test_summary_with_everything_wrong_shows_nearly_every_kind() -> None:
    assert set(Code) - {remark.code for remark in remarks()} == {Code.PRIVATE_NUMBER, Code.PROBLEM_UNANSWERED}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_remark_is_told_with_all_its_slots_filled(language: str) -> None:
    for remark in remarks():
        why, mend = why_of(remark), mend_of(remark)

        assert mend is not None
        assert "{" not in translate(language, why[0], **why[1]) + translate(language, mend[0], **mend[1])


def test_every_kind_has_a_name_and_a_reason() -> None:
    assert set(NAMES) == set(WHY) == set(Code)
