"""What goes over into the next period, in Chinese."""

from datetime import date

from tests.drafting.makers import compose, make_deed, make_done, make_duty, make_records, make_section, make_undone, sentence_of
from unionboard.drafting.records import PromiseRecord
from unionboard.drafting.wording import Form


def test_open_activities_are_to_be_done_by_the_last_month() -> None:
    open_ones = [make_undone("coming", id=n, title=f"活动{n}") for n in range(1, 6)]

    assert sentence_of(make_records(*open_ones), "next_year", "waiting").text == "12月底前按时办好“活动1”、“活动2”、“活动3”等5项活动。"


def test_duties_go_on_and_what_every_second_year_brings_is_due() -> None:
    records = make_records(make_duty(), make_duty(id=3, title="教职工体检", frequency="两年一次"))

    assert sentence_of(records, "next_year", "duties").text == "继续做好“工会委员例会”。"
    assert sentence_of(records, "next_year", "biennial").text == "“教职工体检”隔年办一次，下一年到期，列入计划。"


def test_promises_are_told_in_their_own_words() -> None:
    records = make_records(promises=(PromiseRecord(6, "提出3个方案。"), PromiseRecord(7, "修缮活动室")))

    assert sentence_of(records, "next_year", "promises").text == "落实委员会会议议定而未办结的事项：提出3个方案；修缮活动室。"


def test_combined_form_outlines_the_next_plan_by_its_headings() -> None:
    records = make_records(
        make_undone("late", section_id=5, starts_on=date(2026, 10, 1)),
        make_duty(section_id=6, deeds=(make_deed(),)),
        make_done(section_id=7),
        sections=(make_section(5, "维护权益", "RIGHT"), make_section(6, "自身建设", "ORG"), make_section(7)),
    )
    blocks = compose(records, form=Form.COMBINED)

    assert [one.printed for one in blocks["outline"].sentences] == [
        "（一）维护权益",
        "本期没有办完的“签订集体合同”（10月）转入下一年。",
        "（二）自身建设",
        "继续做好“工会委员例会”。",
    ]
    assert [one.label for one in blocks["next_year"].sentences] == ["1.", "2."]
