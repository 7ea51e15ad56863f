"""Cards of the papers that come from the fund: a care visit's form, a hand-out's list, what is made known of dues and funds."""

from datetime import date, timedelta
from functools import partial

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.models import TemplateKind
from unionboard.services import fund
from unionboard.services.care import VisitView, list_visits
from unionboard.services.exports import Export
from unionboard.services.handouts import list_handouts
from unionboard.services.papers.disclosure import Period, current_period, gather_disclosure
from unionboard.services.papers.visit import gather_blank, gather_visit
from unionboard.services.private_names import may_read_names
from unionboard.services.unions import find_union
from unionboard.ui import identity
from unionboard.ui.kept import keep
from unionboard.ui.papers.about import ask_about
from unionboard.ui.papers.handout import show_list
from unionboard.ui.papers.offering import offer_named, offer_own_form, offer_paper
from unionboard.ui.text import named, short_date, t, tn
from unionboard.ui.unlock import show_unlock
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.disclosure import PERIODS, tell_disclosure
from unionboard.writing.papers.filling import Filled
from unionboard.writing.papers.visit import tell_visit

POSTED_DAYS = 7


def show_visit() -> None:
    """Blank, or of a visit of this year; its name only once personal fields are open."""
    today = clock.today()
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    visits = {str(visit.id): visit for visit in keep(list_visits, first=first, last=last)}
    options = ["", *visits]
    chosen = ask_about(TemplateKind.VISIT, t("For"), options, partial(_name_visit, visits))
    visit_id = int(chosen) if chosen else None
    offer_paper(TemplateKind.VISIT, partial(_fill_visit, visit_id, False, today), what=Export.VISIT_FORM, name=t("Care visit’s form"))
    if visit_id is not None and visits[chosen].is_named:
        _offer_name(visit_id, today)


def _offer_name(visit_id: int, today: date) -> None:
    """The form with the name, or what stands in its way."""
    with db.reading() as session:
        may_read = may_read_names(session, identity.acting_who())
    if not may_read:
        st.markdown(f":small[:gray[:material/lock: {t('Names are for the chair and the treasurer.')}]]")
    elif show_unlock("papers"):
        fill = partial(_fill_visit, visit_id, True, today)
        offer_named(TemplateKind.VISIT, fill, what=Export.VISIT_FORM, name=t("Care visit’s form, with the name"))


def show_handout() -> None:
    """One of this year's hand-outs, or the way to plan one."""
    today = clock.today()
    given = {str(one.id): one for one in keep(list_handouts, first=date(today.year, 1, 1), last=date(today.year, 12, 31))}
    if not given:
        st.markdown(t("No hand-out is planned this year. Plan one in the fund; its list is made here."))
        st.page_link("pages/fund.py", label=t("Plan a hand-out"), icon=":material/redeem:", query_params={"view": "care"})
        offer_own_form(TemplateKind.HANDOUT)
        return
    options = list(given)
    chosen = ask_about(TemplateKind.HANDOUT, t("Hand-out"), options, lambda code: given[code].title)
    union = keep(find_union)
    show_list(given[chosen], union.name if union else "", key=f"paper_roster_{chosen}")


def show_disclosure() -> None:
    """Of which year what, when it hangs out, and a phone for questions."""
    today = clock.today()
    years = sorted({today.year, *keep(fund.list_years)}, reverse=True)
    periods = list(Period)
    left, right = st.columns([2, 3], wrap=False)
    year = int(left.selectbox(t("Year"), years, index=years.index(today.year), key="paper_disclosure_year") or today.year)
    period = right.selectbox(
        t("Period"),
        periods,
        index=periods.index(current_period(today)),
        format_func=lambda one: t(PERIODS[one], year=year),
        key="paper_disclosure_period",
    )
    first, last = st.columns(2, wrap=False)
    first_day = first.date_input(t("Displayed from"), today, format="YYYY-MM-DD", key="paper_disclosure_from")
    last_day = last.date_input(t("until"), today + timedelta(days=POSTED_DAYS - 1), format="YYYY-MM-DD", key="paper_disclosure_to")
    number = st.text_input(t("Phone for questions"), max_chars=40, key="paper_disclosure_phone")
    posted = (first_day, max(first_day, last_day)) if first_day and last_day else None
    told = period or current_period(today)
    fill = partial(_fill_disclosure, year, told, posted, number or "", today)
    if keep(fund.read_book, year).is_empty:
        st.markdown(t("The {year} book is empty: there is nothing to make known yet.", year=year))
        offer_own_form(TemplateKind.DISCLOSURE)
        return
    offer_paper(TemplateKind.DISCLOSURE, fill, what=Export.DISCLOSURE, name=t("disclosure-{year}-{period}", year=year, period=told.value))


def _fill_visit(visit_id: int | None, with_names: bool, today: date, session: Session, words: FundWords) -> Filled:
    if visit_id is None:
        return tell_visit(gather_blank(session, today=today), words)
    return tell_visit(gather_visit(session, visit_id, today=today, with_names=with_names), words)


def _fill_disclosure(
    year: int, period: Period, posted: tuple[date, date] | None, phone: str, today: date, session: Session, words: FundWords
) -> Filled:
    return tell_disclosure(gather_disclosure(session, year, period, today=today), words, posted=posted, phone=phone)


def _name_visit(visits: dict[str, VisitView], code: str) -> str:
    if code not in visits:
        return t("Nothing yet: a blank form")
    visit = visits[code]
    people = tn("{n} person", "{n} people", visit.people)
    return f"{short_date(visit.visited_on)} · {named(visit)} · {people}"
