"""Numbers that people type, against the books."""

from collections.abc import Iterable
from datetime import date

import pytest

from unionboard.drafting.figures import Figure, Rule, Source, Unit, count, rate
from unionboard.drafting.phrases import Block, Phrase, Place, Sentence, chain, say, show
from unionboard.drafting.typed_figures import Books, TypedFigure, Verdict, Where, check_typed, collect_figures, open_books

PRESENT = Figure(54, Unit.PERSON, Rule.FIELD, "check_off.participants", (Source("check_off", 1),))
ELIGIBLE = Figure(58, Unit.PERSON, Rule.FIELD, "check_off.eligible", (Source("check_off", 1),))
SPENT = Figure(535_000, Unit.FEN, Rule.SUM, "fund_entry.amount_fen", (Source("fund_entry", 1),))
TIMES = Figure(84, Unit.PERSON_TIME, Rule.FIELD, "check_off.person_times", (Source("check_off", 2),))
DAY = Figure(date(2026, 9, 28), Unit.DATE, Rule.FIELD, "check_off.done_on", (Source("check_off", 1),))
CONCERT = say(
    "deed:1",
    chain(
        [
            show(DAY, "9月28日"),
            "，举办合唱展演，应参加",
            show(ELIGIBLE, "58"),
            "人，实到",
            show(PRESENT, "54"),
            "人，支出",
            show(SPENT, "5350"),
            "元。",
        ]
    ),
)
MATCHES = say("deed:2", chain(["举办乒乓球赛，参与", show(TIMES, "84"), "人次。"]))
CULT = Block("section:6", Place.SECTION, "丰富文体生活", (CONCERT, MATCHES))
TEXT = CONCERT.text + MATCHES.text


def books(*others: Block, of_year: Iterable[Figure] = (), language: str = "zh_CN") -> Books:
    days = [date(2026, 1, 1), date(2026, 11, 21)]
    return open_books([CULT, *others], language=language, days=days, of_block={}, of_year=of_year)


def check(text: str, *, key: str = "section:6", known: Books | None = None) -> list[tuple[str, Verdict, str]]:
    return [(one.words, one.verdict, one.recorded) for one in check_typed(known or books(), key, text)]


def changed(text: str) -> list[TypedFigure]:
    return [one for one in check_typed(books(), "section:6", text) if one.verdict is not Verdict.RECORDED]


def test_generated_text_is_recorded_without_a_look() -> None:
    assert [one.verdict for one in check_typed(books(), "section:6", TEXT)] == [Verdict.RECORDED] * 5


def test_changed_number_shows_the_recorded_one() -> None:
    text = TEXT.replace("5350", "5630")

    (found,) = changed(text)

    assert (found.words, found.verdict, found.recorded, found.figure, found.sentence) == ("5630元", Verdict.CHANGED, "5350元", SPENT, 0)
    assert text[: found.start] + found.recorded + text[found.end :] == TEXT


def test_changed_number_that_stands_elsewhere_is_changed_all_the_same() -> None:
    assert [(one.words, one.recorded) for one in changed(TEXT.replace("实到54人", "实到58人"))] == [("58人", "54人")]


def test_place_of_a_number_is_that_in_the_whole_text() -> None:
    text = MATCHES.text + CONCERT.text.replace("54", "55")

    (found,) = changed(text)

    assert text[found.start : found.end] == "55人"


def test_number_no_record_supports_is_marked() -> None:
    assert [(one.words, one.verdict) for one in changed(TEXT + "满意率98%。")] == [("98%", Verdict.UNSUPPORTED)]


def test_persons_for_person_times_show_the_recorded_unit() -> None:
    (found,) = changed(TEXT.replace("84人次", "84人"))

    assert (found.words, found.verdict, found.recorded, found.is_other_unit) == ("84人", Verdict.CHANGED, "84人次", True)


def test_number_of_another_sentence_of_the_block_is_recorded() -> None:
    found = check_typed(books(), "section:6", TEXT + "全年参与84人次，其乐融融。")[-1]

    assert (found.words, found.verdict, found.where, found.figure) == ("84人次", Verdict.RECORDED, Where.BLOCK, TIMES)


@pytest.mark.parametrize(("words", "verdict"), [("1860件", Verdict.RECORDED), ("3次", Verdict.UNSUPPORTED)])
def test_large_number_of_the_year_is_recorded_in_every_section_and_a_small_one_is_not(words: str, verdict: Verdict) -> None:
    known = books(of_year=[Figure(1860, Unit.CASE, Rule.COUNT), Figure(3, Unit.TIME, Rule.COUNT)])

    assert check(f"另有{words}。", known=known) == [(words, verdict, "")]


def test_small_number_of_the_year_is_recorded_in_the_lead() -> None:
    known = books(Block("lead", Place.LEAD, "", ()), of_year=[Figure(3, Unit.TIME, Rule.COUNT)])

    assert check("开会3次。", key="lead", known=known) == [("3次", Verdict.RECORDED, "")]


def test_part_of_a_rate_is_recorded() -> None:
    share = rate(PRESENT, ELIGIBLE)
    block = Block("section:7", Place.SECTION, "", (say("deed:9", chain(["参加率", show(share, "93.1%"), "。"])),))

    assert check("58人中54人参加，参加率93.1%。", key="section:7", known=books(block)) == [
        ("58人", Verdict.RECORDED, ""),
        ("54人", Verdict.RECORDED, ""),
        ("93.1%", Verdict.RECORDED, ""),
    ]


@pytest.mark.parametrize("words", ["0.54万元", "5350.00元", "5,350元", "约5300元", "五千三百五十元"])
def test_sum_is_recorded_however_it_is_written(words: str) -> None:
    assert changed(TEXT.replace("5350元", words)) == []


def test_month_of_a_recorded_day_is_recorded() -> None:
    assert changed(TEXT.replace("9月28日", "9月")) == []


def test_wrong_day_shows_the_recorded_one() -> None:
    assert [(one.words, one.recorded) for one in changed(TEXT.replace("9月28日", "9月18日"))] == [("9月18日", "9月28日")]


def test_day_of_the_summary_needs_no_record() -> None:
    assert check("截至11月21日，工作有序。") == []


def test_plan_for_next_year_needs_no_record() -> None:
    assert check("计划举办讲座4次。", key="next_year", known=books(Block("next_year", Place.NEXT_YEAR, "", ()))) == []


def test_number_of_two_sentences_made_one_still_shows_the_recorded_one() -> None:
    text = "9月28日，举办合唱展演，应参加58人，实到54人，支出5350元，举办乒乓球赛，参与86人次。"

    assert [(one.words, one.recorded) for one in changed(text)] == [("86人次", "84人次")]


def test_number_in_a_sentence_written_anew_shows_that_of_the_same_activity() -> None:
    clubs = say("duty:3", chain(["开展教工社团活动，参与", show(Figure(187, Unit.PERSON_TIME, Rule.COUNT), "187"), "人次。"]))
    block = Block("section:9", Place.SECTION, "", (MATCHES, clubs))

    found = check("大家常来打球，教工社团活动红火，参与190人次，人人都说好，越办越有劲头。", key="section:9", known=books(block))

    assert found == [("190人次", Verdict.CHANGED, "187人次")]


def test_whole_of_a_hundred_is_not_known_again_elsewhere() -> None:
    known = books(of_year=[Figure(100, Unit.PERCENT, Rule.RATE)])

    assert check("满意率100%。", known=known) == [("100%", Verdict.UNSUPPORTED, "")]


def test_every_number_is_told_on_wish() -> None:
    found = check_typed(books(), "section:6", "截至11月21日，参与84人次。", every=True)

    assert [(one.words, one.verdict) for one in found] == [("11月21日", Verdict.NOT_A_FIGURE), ("84人次", Verdict.RECORDED)]


def test_english_number_is_changed() -> None:
    sentence = say(
        "deed:1",
        chain(["Concert: ", show(PRESENT, "54"), " of ", show(ELIGIBLE, "58"), " people took part, ", show(SPENT, "¥5,350.00"), " spent."]),
    )
    known = books(Block("section:8", Place.SECTION, "", (sentence,)), language="en")

    text = sentence.text.replace("54", "55").replace("5,350.00", "5,450.00")
    found = [(one.words, one.verdict, one.recorded) for one in check_typed(known, "section:8", text)]

    assert found == [("55", Verdict.CHANGED, "54"), ("58", Verdict.RECORDED, ""), ("¥5,450.00", Verdict.CHANGED, "¥5,350.00")]


def test_figures_are_collected_out_of_a_tree_of_facts() -> None:
    tree = ({"spent": SPENT}, [Phrase("x"), Sentence("58人。"), (PRESENT, None)])

    assert list(collect_figures(tree)) == [SPENT, PRESENT]


def test_text_of_an_unknown_block_is_looked_up_in_the_year() -> None:
    assert check("支出5350元。", key="new") == [("5350元", Verdict.RECORDED, "")]


def test_counts_of_records_have_the_records_behind_them() -> None:
    done = count(Unit.ITEM, [Source("check_off", n) for n in range(120)])

    (found,) = check_typed(books(of_year=[done]), "section:6", "完成120项。")

    assert found.figure == done
