"""Every template is a plan that our own reader reads without a rest."""

import re

import pytest

from unionboard.errors.plans import NoSuchTemplate
from unionboard.models import DutyKind
from unionboard.reading.draft import DocumentKind, Frequency, Period
from unionboard.reading.festivals import find_festivals
from unionboard.services.plan_rows import list_rows
from unionboard.services.templates import TEMPLATES_DIR, list_templates, read_template

BIENNIAL = Frequency(Period.TWO_YEARS, phrase="每两年评选一次")
CODES = [template.code for template in list_templates()]


def test_templates_are_those_of_the_folder() -> None:
    assert sorted(CODES) == sorted(path.stem for path in TEMPLATES_DIR.iterdir())


@pytest.mark.parametrize("code", CODES)
def test_template_is_read_without_a_rest(code: str) -> None:
    reading = read_template(code, year=2027)

    draft = reading.plan()
    rows = list_rows(draft)
    assert (len(reading.plans), draft.kind, draft.years) == (1, DocumentKind.PLAN, (2027,))
    assert draft.ignored == ()
    assert [row.title for row in rows if row.doubts and row.frequency != BIENNIAL] == []
    assert draft.guiding != ""
    assert len(rows) >= 25


@pytest.mark.parametrize("code", CODES)
def test_template_names_no_festival_in_a_month_where_some_years_do_not_have_it(code: str) -> None:
    """Spring Festival, Dragon Boat and Mid-Autumn wander: they stand among the duties, where each year finds their days."""
    lunar = {"SPRING_FESTIVAL", "NEW_YEARS_EVE", "LANTERN", "DRAGON_BOAT", "MID_AUTUMN"}

    draft = read_template(code, year=2027).plan()

    named = {time.code for item in draft.activities for time in find_festivals(item.title)}
    assert named & lunar == set()


@pytest.mark.parametrize("code", CODES)
def test_template_fills_every_month_and_names_recurring_duties(code: str) -> None:
    draft = read_template(code, year=2027).plan()

    rows = list_rows(draft)

    assert [entry.months for entry in draft.schedule] == [(month,) for month in range(1, 13)]
    assert sum(row.duty is DutyKind.RECURRING for row in rows) >= 8
    assert sum(row.duty is DutyKind.STANDING for row in rows) >= 2


@pytest.mark.parametrize("code", CODES)
def test_template_reaches_the_main_work_areas(code: str) -> None:
    areas = {row.area for row in list_rows(read_template(code, year=2027).plan())}

    assert {"IDEO", "DEMO", "CARE", "HEALTH", "CULT", "SKILL", "WOMEN", "ORG", "FUND"} <= areas


@pytest.mark.parametrize("code", CODES)
def test_only_the_year_is_left_to_fill_in(code: str) -> None:
    text = (TEMPLATES_DIR / f"{code}.md").read_text(encoding="utf-8")

    assert set(re.findall(r"\{\w*\}", text)) == {"{year}"}
    assert re.findall(r"20\d\d|[xX]{2}|○○|某", text) == []


def test_unknown_template_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoSuchTemplate, match="school, hospital, company, community"):
        read_template("army", year=2027)
