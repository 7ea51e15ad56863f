"""What a reading says beside what is done: owners, targets, festivals, money, audience, sureness of areas, years."""

from datetime import date

import pytest

from unionboard.reading.areas import AREA_SURE, DEFAULT_SHARE
from unionboard.reading.details import find_audience, find_budget
from unionboard.reading.draft import (
    DocumentKind,
    DocumentPart,
    FestivalTime,
    MeasureDraft,
    PlanDraft,
    Target,
    TargetOp,
    YearPlace,
)
from unionboard.reading.text import read_text
from unionboard.reference.relations import Relation

PLAN = """青松小学工会2026年工作计划
一、关心会员
1、各工会小组每学期上报困难会员2名。
2、春节、中秋节前夕走访慰问。
3、协助总务处办好食堂，满意率85%以上。
二、活动安排
三月：
1、组织全体女教职工庆“三八”，经费2000元。
2、参加区教育工会羽毛球比赛。
九月：
1、庆祝教师节。
青松小学工会
2025年12月20日
"""


def test_measures_say_who_leads_what_to_reach_and_which_festivals() -> None:
    draft = read_text(PLAN).plan()

    assert [(m.owner, m.relation, m.targets, m.festivals) for m in draft.sections[0].measures] == [
        ("各工会小组", Relation.LEAD, (Target(TargetOp.EXACTLY, 2, 2, "名", "group", "各工会小组每学期上报困难会员2名"),), ()),
        ("", Relation.LEAD, (), (FestivalTime("SPRING_FESTIVAL", eve=True), FestivalTime("MID_AUTUMN", eve=True))),
        ("总务处", Relation.SUPPORT, (Target(TargetOp.AT_LEAST, 85, 85, "%", "", "85%以上"),), ()),
    ]


def test_activities_say_for_whom_with_what_money_and_on_which_festival() -> None:
    draft = read_text(PLAN).plan()

    assert [(a.title, a.owner, a.relation, a.festival, a.audience, a.budget_fen) for a in draft.activities] == [
        ("组织全体女教职工庆“三八”", "", Relation.LEAD, FestivalTime("WOMENS_DAY"), "全体女教职工", 200_000),
        ("参加区教育工会羽毛球比赛", "区教育工会", Relation.JOIN, None, "", None),
        ("庆祝教师节", "", Relation.LEAD, FestivalTime("TEACHERS_DAY"), "", None),
    ]


def test_areas_say_how_sure_they_are() -> None:
    draft = read_text("青松小学工会2026年工作计划\n一、送温暖\n1、走访困难会员。\n2、把实在的心意送到。\n3、继续坚持。\n").plan()

    assert [(m.area, m.area_share) for m in draft.sections[0].measures] == [("CARE", 1.0), ("CARE", DEFAULT_SHARE), ("CARE", DEFAULT_SHARE)]
    assert DEFAULT_SHARE < AREA_SURE


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("举办运动会，经费2000元", 200_000),
        ("预算约1,500.50元", 150_050),
        ("所需资金0.5万元", 500_000),
        ("经费每人50元", None),
        ("预算50元/人", None),
        ("管好经费", None),
    ],
)
def test_money_a_sentence_plans_to_spend(text: str, fen: int | None) -> None:
    assert find_budget(text) == fen


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("健步走（参加对象：全体会员）", "全体会员"),
        ("组织全体女教师插花", "全体女教师"),
        ("开展登山比赛", ""),
    ],
)
def test_people_something_is_held_for(text: str, audience: str) -> None:
    assert find_audience(text) == audience


def test_years_are_found_with_their_places() -> None:
    assert read_text(PLAN).plan().year_places == (
        YearPlace(2026, DocumentPart.TITLE, 1),
        YearPlace(2025, DocumentPart.SIGNATURE, 13),
    )


TITLE, BODY, SIGNATURE = DocumentPart


@pytest.mark.parametrize(
    ("places", "disagree"),
    [
        ([(2026, TITLE), (2025, SIGNATURE)], False),
        ([(2026, TITLE), (2026, BODY), (2025, BODY), (2026, SIGNATURE)], False),
        ([(2025, TITLE), (2026, TITLE), (2026, SIGNATURE)], False),
        ([(2026, BODY), (2026, SIGNATURE)], False),
        ([], False),
        ([(2026, SIGNATURE)], False),
        ([(2016, TITLE), (2015, BODY), (2014, SIGNATURE)], True),
        ([(2016, TITLE), (2015, BODY)], True),
        ([(2016, TITLE), (2014, SIGNATURE)], True),
        ([(2016, TITLE), (2017, SIGNATURE)], True),
    ],
)
def test_years_that_cannot_all_be_meant(places: list[tuple[int, DocumentPart]], disagree: bool) -> None:
    year_places = tuple(YearPlace(year, part, line) for line, (year, part) in enumerate(places, start=1))

    assert PlanDraft(1, "计划", DocumentKind.PLAN, year_places=year_places).years_disagree is disagree


def test_a_document_that_is_no_plan_is_left_as_it_is() -> None:
    summary = read_text("青松小学工会2025年工作总结\n一、完成的工作\n1、慰问会员10名。\n2、参与率85%以上。\n" + PLAN).plan(1)

    assert summary.kind is DocumentKind.SUMMARY
    assert summary.sections[0].measures[0] == MeasureDraft("慰问会员10名。", 3, "CARE")
    assert (summary.year_places, summary.signed_on) == ((), None)
    assert read_text(PLAN).plan().signed_on == date(2025, 12, 20)
