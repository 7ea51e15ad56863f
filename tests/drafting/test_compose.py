"""The summary as a whole: its blocks in every form and language, what each sentence rests on, what one page holds."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from tests.drafting.makers import (
    compose,
    facts_of,
    make_deed,
    make_done,
    make_duty,
    make_entry,
    make_records,
    make_section,
    make_undone,
    texts_of,
)
from unionboard.drafting.compose import compose_title
from unionboard.drafting.phrases import Block, Sentence
from unionboard.drafting.records import ActivityRecord, BookRecord, CareRecord, HandoutRecord, UnionRecord, VisitRecord, YearRecords
from unionboard.drafting.telling import HALF_PAGE, PAGE_LINES, count_lines, letters
from unionboard.drafting.wording import Form

LANGUAGES = ("zh_CN", "en")


def make_year(*, deeds: int = 24) -> YearRecords:
    """A year with something of everything, in three sections."""
    titles = ("教职工趣味运动会", "召开八届五次教代会", "端午节慰问", "课堂教学竞赛", "整理3年工会档案", "青年教师培训")
    done = [
        make_done(
            f"{titles[n % 6]}（{n}）",
            id=n,
            section_id=5 + n % 3,
            area=("CULT", "DEMO", "CARE")[n % 3],
            entries=(make_entry(n, 600_000, activity_id=n),),
            deed=make_deed(
                id=n,
                done_on=date(2026, 1 + n % 12, 1 + n % 28),
                participants=n * 3,
                eligible=n * 4,
                result=f"收到材料{n}份" if n % 2 else "",
                award="一等奖1项" if n % 5 == 0 else "",
                figures={"delegates_due": 40, "delegates_present": 38} if n % 6 == 1 else {},
            ),
        )
        for n in range(1, deeds + 1)
    ]
    return make_records(
        *done,
        make_undone("late", id=901, title="第2次沙龙", section_id=5),
        make_undone("cancelled", id=902, section_id=6, reason="7月台风"),
        make_undone("coming", id=903, title="迎新活动", section_id=6),
        make_duty(id=904, turns=12, missed=2, section_id=6, deeds=tuple(make_deed(id=950 + n, result=f"议题{n}项") for n in range(9))),
        sections=(make_section(5), make_section(6, "民主管理", "DEMO"), make_section(7, "送温暖", "CARE")),
        money=BookRecord(entries=tuple(make_entry(n, 600_000) for n in range(1, deeds + 1)), names={"culture_sports": "文体活动"}),
        care=CareRecord(
            cases=tuple(VisitRecord(n, "festival", 2, 10_000) for n in range(1, 5)),
            names={"festival": "节日慰问"},
            tells_sums=frozenset({"festival"}),
            tells_kinds=frozenset({"festival"}),
            handouts=(HandoutRecord(1, "端午慰问品", "DUANWU", date(2026, 6, 10), 58, 6_000),),
        ),
        union=UnionRecord(members=58, women=41, staff=60, groups=6, committee_ids=(1, 2, 3)),
    )


def sentences_of(blocks: dict[str, Block]) -> list[Sentence]:
    return [sentence for block in blocks.values() for sentence in block.sentences]


def test_blocks_stand_in_the_order_a_committee_expects() -> None:
    keys = ["lead", "basics", "section:5", "section:6", "section:7", "money", "honours", "problems", "next_year", "signature"]

    assert list(compose(make_year())) == keys
    assert list(compose(make_year(), form=Form.COMBINED)) == [*keys[:-1], "outline", "signature"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", Form)
def test_every_digit_stands_in_a_figure_and_rests_on_a_record(form: Form, language: str) -> None:
    for sentence in sentences_of(compose(make_year(), form=form, language=language)):
        bare = list(sentence.text)
        for place in sentence.quotes:
            bare[place.start : place.end] = " " * (place.end - place.start)
            assert place.figure.records, sentence.text

        assert not [letter for letter in bare if letter.isdigit()], sentence.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", Form)
def test_a_key_finds_one_sentence_of_its_block(form: Form, language: str) -> None:
    for block in compose(make_year(), form=form, language=language).values():
        keys = [sentence.key for sentence in block.sentences]

        assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gone", range(1, 25))
def test_a_check_off_that_goes_changes_no_sentence_but_those_that_rested_on_it(gone: int, language: str) -> None:
    year = make_year()
    without = replace(year, activities=tuple(_without_check_off(activity, gone) for activity in year.activities))

    before, after = _by_place(year, language), _by_place(without, language)
    silent = Sentence("")

    for place in before.keys() | after.keys():
        first, second = before.get(place, silent), after.get(place, silent)
        sources = {(source.noun, source.id) for source in (*first.sources, *second.sources)}
        assert first.text == second.text or {("check_off", gone), ("activity", gone)} & sources, (first.text, second.text)


def _by_place(records: YearRecords, language: str) -> dict[tuple[str, str], Sentence]:
    return {(block.key, one.key): one for block in compose(records, language=language).values() for one in block.sentences}


def _without_check_off(activity: ActivityRecord, gone: int) -> ActivityRecord:
    return replace(activity, deeds=(), status="late") if activity.id == gone else activity


@pytest.mark.parametrize("first", [1, 2, 3, 4])
@pytest.mark.parametrize("came", [{}, {"participants": 30}, {"participants": 30, "eligible": 40}, {"participants": 40, "eligible": 40}])
def test_no_three_sentences_of_a_plan_in_its_order_begin_alike(first: int, came: dict[str, int]) -> None:
    held = [
        make_done(f"联欢会{n}", id=n, deed=make_deed(id=n, done_on=date(2026, 1 + n - first, 3), result="留影", **came))
        for n in range(first, first + 9)
    ]
    told = [text for text in texts_of(make_records(*held), "area:CULT") if "联欢会" in text]
    shapes = ["day" if "日，" in text[:8] else "month" if "月" in text[:3] else "people" for text in told]

    assert len(shapes) == 9
    assert not [three for three in zip(shapes, shapes[1:], shapes[2:], strict=False) if len(set(three)) == 1]


def test_problems_and_answers_stand_under_the_same_numbers() -> None:
    blocks = compose(make_year())
    problems, answers = ({one.key: one.label for one in blocks[key].sentences} for key in ("problems", "next_year"))

    assert {key: answers[key] for key in problems} == problems
    assert [label for label in answers.values() if label] == [f"{n}." for n in range(1, len([x for x in answers.values() if x]) + 1)]


def test_lead_counts_the_plan_and_rests_on_it() -> None:
    records = make_records(make_done(id=1), make_undone("under_way", id=2), make_undone("late", id=3))

    assert texts_of(records, "lead") == [
        "2026年，在区教育工会领导下，青松小学工会围绕“办好家门口的学校”开展工作。",
        "全年计划活动3项，完成1项，正在进行1项，逾期1项。",
        "现总结如下。",
    ]


def test_day_of_the_summary_is_said_once_and_before_the_years_end_only() -> None:
    records = make_records(make_done(), make_duty(deeds=(make_deed(id=12),)), as_of=date(2026, 6, 1))

    told = " ".join(sentence.text for sentence in sentences_of(compose(records)))

    assert told.count("6月1日") == 2  # the lead and the signature
    assert "全年1次" not in told


def test_lead_leaves_gaps_for_what_settings_do_not_say() -> None:
    records = make_records(union_name="", higher_union="", centre="")

    assert (
        texts_of(records, "lead")[0]
        == "2026年，在【待补充：上级工会和党组织】领导下，【待补充：工会名称】围绕【待补充：中心工作】开展工作。"
    )


def test_party_body_leads_beside_the_superior_union() -> None:
    assert "在区教育工会和学校党支部领导下" in texts_of(make_records(union=UnionRecord(party_body="学校党支部")), "lead")[0]


def test_basics_are_what_settings_say() -> None:
    union = UnionRecord(members=58, women=41, staff=60, groups=6, delegates=32, committee_ids=(1, 2), meeting_ids=(1,))

    assert texts_of(make_records(union=union), "basics") == [
        "现有教职工60人，工会会员58人，其中女会员41人，入会率96.7%。",
        "工会委员会有委员2人，下设工会小组6个，教代会代表32人，形成委员会会议纪要1份。",
    ]


@pytest.mark.parametrize(
    ("form", "kind", "starts_on", "ends_on", "title"),
    [
        (Form.FULL, "calendar_year", date(2026, 1, 1), date(2026, 12, 31), "青松小学工会2026年工作总结"),
        (Form.CONGRESS, "calendar_year", date(2026, 1, 1), date(2026, 12, 31), "青松小学工会2026年工作报告"),
        (Form.BRIEF, "school_year", date(2026, 9, 1), date(2027, 8, 31), "青松小学工会2026—2027学年工作情况"),
        (Form.COMBINED, "term", date(2027, 2, 1), date(2027, 7, 31), "青松小学工会2026—2027学年第二学期工作总结和下一学期工作计划要点"),
    ],
)
def test_title_names_period_and_paper(form: Form, kind: str, starts_on: date, ends_on: date, title: str) -> None:
    records = make_records(period_kind=kind, starts_on=starts_on, ends_on=ends_on)

    assert compose_title(facts_of(records), form=form, language="zh_CN") == title


def test_year_without_any_record_is_short_and_honest() -> None:
    blocks = compose(make_records())

    assert list(blocks) == ["lead", "money", "problems", "next_year", "signature"]
    assert [one.text for one in blocks["next_year"].sentences] == ["【待补充：下一年重点工作】"]
    assert [one.text for one in blocks["signature"].sentences] == ["青松小学工会", "2026年12月20日"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("deeds", [0, 3, 24, 150])
def test_congress_form_fills_one_printed_page_at_most(deeds: int, language: str) -> None:
    *body, signature = compose(make_year(deeds=deeds), form=Form.CONGRESS, language=language).values()

    assert count_lines(body) + 2 + 1 + len(signature.sentences) <= PAGE_LINES
    assert {one.key for block in body for one in block.sentences} >= {"lead", "plan", "late"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("deeds", [0, 3, 24, 150])
def test_brief_form_fills_half_a_page_at_most(deeds: int, language: str) -> None:
    year = make_year(deeds=deeds)
    told = sentences_of(compose(year, form=Form.BRIEF, language=language))

    assert (
        sum(letters(one.printed) for one in told) + letters(compose_title(facts_of(year), form=Form.BRIEF, language=language)) <= HALF_PAGE
    )


def test_a_congress_with_room_tells_what_the_weightiest_deeds_brought() -> None:
    records = make_records(make_done("课堂教学竞赛", deed=make_deed(award="一等奖", award_level="city")), make_done("观影", id=5))

    assert texts_of(records, "work", form=Form.CONGRESS)[0] == "文体活动：举办课堂教学竞赛（获市级一等奖）等2项。"


@pytest.mark.parametrize(("deeds", "most"), [(24, 2_400), (48, 3_000), (300, 4_500)])
def test_a_longer_year_is_told_in_fewer_words_a_deed(deeds: int, most: int) -> None:
    length = sum(letters(one.printed) for one in sentences_of(compose(make_year(deeds=deeds))))

    assert length <= most


def test_no_sentence_is_said_twice() -> None:
    told = [one.text for one in sentences_of(compose(make_year())) if one.key != "effect"]

    assert [first for first, second in pairwise(sorted(told)) if first == second] == []
