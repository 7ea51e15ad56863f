"""What is said twice, told in two sections, or stood in last year's summary."""

from tests.drafting.lints.makers import check, codes, make_passage, own
from unionboard.drafting.lints import Code, mend_text

PARTY = "举办妇女节茶话会，三十余名女教工参加。"


def test_sentence_that_stands_elsewhere_is_taken_out() -> None:
    passage = own(f"气氛热烈。{PARTY}", key="section:5")

    remark = next(one for one in check(make_passage(None, PARTY, key="section:6"), passage) if one.code is Code.SAID_TWICE)

    assert (remark.block, remark.sentence) == ("section:5", 1)
    assert mend_text(passage.shown, remark) == "气氛热烈。"


def test_of_two_own_sentences_the_later_one_is_told() -> None:
    told = [(one.block, one.code) for one in check(own(PARTY, key="section:5"), own(PARTY, key="section:6")) if one.code is Code.SAID_TWICE]

    assert told == [("section:6", Code.SAID_TWICE)]


def test_generated_sentences_may_read_alike() -> None:
    same = "坚持每月召开例会，按时登记存档。"

    assert codes(make_passage(None, same, key="section:5"), make_passage(None, same, key="section:6")) == []


def test_activity_told_in_two_sections_is_told_once() -> None:
    remarks = check(
        make_passage(None, "5月，举办趣味运动会。", key="section:5"),
        own("我们还办了趣味运动会，人人参加。", key="section:6"),
        titles=("趣味运动会",),
    )

    assert [(one.code, one.block, one.words) for one in remarks] == [(Code.COUNTED_TWICE, "section:6", "趣味运动会")]


def test_own_sentence_of_last_year_is_told() -> None:
    remarks = check(own("教工之家成了大家下班后最爱去的地方。"), earlier=("教工之家成了大家下班后最爱去的地方。",))

    assert [(one.code, one.sentence) for one in remarks] == [(Code.COPIED, 0)]


def test_generated_sentence_may_be_last_years() -> None:
    same = "坚持每月召开例会，按时登记存档。"

    assert codes(make_passage(None, same), earlier=(same,)) == []
