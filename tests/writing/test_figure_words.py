"""Figures told to somebody who computes them again."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from unionboard import db
from unionboard.drafting.compose import compose_blocks
from unionboard.drafting.figures import Figure, Rule, Source, Unit, count, difference, product, rate, total
from unionboard.drafting.finding import find_facts
from unionboard.drafting.wording import Form
from unionboard.reference import figures, record_nouns
from unionboard.services.year_records import gather_records
from unionboard.writing.figure_words import field_name, join_ids, noun_name, plain_value, tell_records, tell_rule

CAME = Figure(46, Unit.PERSON, Rule.FIELD, "check_off.participants", (Source("check_off", 3),))
DUE = Figure(48, Unit.PERSON, Rule.FIELD, "check_off.eligible", (Source("check_off", 3),))
SPENT = Figure(3_000_50, Unit.FEN, Rule.SUM, "fund_entry.amount_fen", (Source("fund_entry", 1), Source("fund_entry", 2)))


@pytest.mark.parametrize(
    ("figure", "zh", "en"),
    [
        (count(Unit.TIME, CAME.sources), "记录条数", "number of records"),
        (SPENT, "“金额”之和", "sum of “amount”"),
        (CAME, "记录中的“参加人数”", "“people who came” of the record"),
        (Figure(6, Unit.PERSON, Rule.TEXT, "check_off.result", CAME.sources), "“效果”中写明", "written in “result”"),
        (rate(CAME, DUE), "46 ÷ 48", "46 ÷ 48"),
        (total(Unit.PERSON, [CAME, DUE]), "46 + 48", "46 + 48"),
        (difference(Unit.PERSON, DUE, CAME), "48 − 46", "48 − 46"),
        (product(Unit.FEN, [DUE, SPENT]), "48 × 3,000.50", "48 × 3,000.50"),
        (total(Unit.PERSON, [CAME] * 9), "9项相加", "sum of 9 parts"),
    ],
)
def test_rule_is_told_in_one_line(figure: Figure, zh: str, en: str) -> None:
    assert (tell_rule(figure, "zh_CN"), tell_rule(figure, "en")) == (zh, en)


def test_value_is_told_without_its_unit() -> None:
    figures = [CAME, SPENT, Figure(Decimal("97.5"), Unit.PERCENT, Rule.RATE), Figure(date(2026, 5, 8), Unit.DATE, Rule.FIELD)]

    assert [plain_value(figure) for figure in figures] == ["46", "3,000.50", "97.5%", "2026-05-08"]


def test_records_stand_by_table_with_neighbours_as_a_range() -> None:
    sources = [*(Source("check_off", id_) for id_ in (5, 3, 4, 12)), Source("fund_entry", 5)]

    assert tell_records(sources, "zh_CN") == "办结记录 3–5、12；收支记录 5"
    assert tell_records(sources, "en") == "check-off 3–5, 12; fund entry 5"


def test_numbers_are_joined_once_each() -> None:
    assert join_ids([7, 1, 2, 2, 4]) == ["1–2", "4", "7"]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("check_off.figures.insured", figures()["insured"].zh),
        ("check_off.person_times|check_off.participants", "人次，未填的按参加人数"),
        ("budget_amendment.lines.culture_sports", "调整金额"),
        ("nowhere.column", "nowhere.column"),
    ],
)
def test_field_is_named(field: str, name: str) -> None:
    assert field_name(field, "zh_CN") == name


def test_table_we_have_no_word_for_keeps_its_name() -> None:
    assert noun_name("claim_paper", "zh_CN") == "claim_paper"


def test_every_table_and_column_of_the_demo_summary_has_a_name(demo: Engine) -> None:
    with db.reading(demo) as session:
        facts = find_facts(gather_records(session, 1, as_of=date(2026, 11, 21), language="zh_CN"))
    blocks = compose_blocks(facts, form=Form.COMBINED, language="zh_CN")
    told = [quote.figure for block in blocks for sentence in block.sentences for quote in sentence.quotes]
    columns = {column for figure in told for column in figure.field.split("|") if column}

    assert {source.noun for figure in told for source in figure.records} - record_nouns().keys() == set()
    assert {column for column in columns if field_name(column, "zh_CN") == column} == set()
