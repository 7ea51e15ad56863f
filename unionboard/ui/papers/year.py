"""Cards of the papers that come from the plan: the notice of a month, sign-in sheets, honours."""

from datetime import date
from functools import partial

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.models import Plan, TemplateKind
from unionboard.services.activities import ActivityView, Status, list_activities
from unionboard.services.exports import Export
from unionboard.services.papers.honours import gather_honours
from unionboard.services.papers.notice import gather_notice
from unionboard.services.papers.sign_in import MOST_LINES, USUAL_LINES, Signer, gather_meeting, gather_sign_in
from unionboard.services.periods import month_index, month_span
from unionboard.ui.kept import keep
from unionboard.ui.papers.about import ask_about
from unionboard.ui.papers.offering import offer_paper
from unionboard.ui.text import language, month_name, t, tn
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.certificates import name_honoured, tell_honours
from unionboard.writing.papers.filling import Filled
from unionboard.writing.papers.notice import tell_notice
from unionboard.writing.papers.sign_in import tell_sign_in
from unionboard.writing.roster import read_roster

NAMES_LIMIT = 40_000
BLANK, MEETING = "blank", "meeting"


def show_notice(plan: Plan | None) -> None:
    """Which month, and whom to ask."""
    if plan is None or plan.id is None:
        _show_no_plan()
        return
    first, last, today = month_index(plan.starts_on), month_index(plan.ends_on), clock.today()
    months = [month_span(index)[0] for index in range(first, last + 1)]
    now = min(max(month_index(today), first), last) - first
    left, right = st.columns([0.4, 0.6])
    month = left.selectbox(t("Month"), months, index=now, format_func=_name_month, key="paper_notice_month") or months[now]
    contact = right.text_input(t("Whom to ask (optional)"), max_chars=80, placeholder=t("Name, room, phone"), key="paper_notice_contact")
    fill = partial(_fill_notice, month, plan.id, contact or "", today)
    offer_paper(TemplateKind.NOTICE, fill, what=Export.NOTICE, name=t("notice-{month}", month=f"{month:%Y-%m}"))


def show_sign_in(plan: Plan | None) -> None:
    """For what, where, and names that are used for the file only."""
    today = clock.today()
    views = keep(list_activities, plan.id, today=today) if plan and plan.id else []
    open_ones = {str(view.id): view for view in views if view.status is not Status.CANCELLED}
    options = [BLANK, *([MEETING] if plan else []), *open_ones]
    chosen = ask_about(TemplateKind.SIGN_IN, t("For"), options, partial(_name_occasion, open_ones))
    left, right = st.columns([0.6, 0.4])
    place = left.text_input(t("Place (optional)"), max_chars=80, key="paper_sign_in_place")
    usual = _count_lines(open_ones.get(chosen))
    if chosen != MEETING:
        right.number_input(t("How many lines"), 1, MOST_LINES, usual, key=f"paper_sign_in_lines_{chosen}")
    with st.expander(t("Names (optional)"), key="paper_sign_in_names"):
        pasted = ask_names("paper_sign_in_roster", t("Name and department, as copied from a sheet; empty: lines to fill by hand"))
    lines = 0 if chosen == MEETING else int(st.session_state.get(f"paper_sign_in_lines_{chosen}") or usual)
    signers = pasted or (Signer(),) * lines
    fill = partial(_fill_sign_in, chosen, plan.id if plan and plan.id else 0, signers, place or "", today)
    offer_paper(TemplateKind.SIGN_IN, fill, what=Export.SIGN_IN, name=t("Sign-in sheet"))


def show_honours(plan: Plan | None) -> None:
    """The year's honours, or names the union honours itself."""
    if plan is None or plan.id is None:
        _show_no_plan()
        return
    today = clock.today()
    n = sum(bool(record.award) for view in keep(list_activities, plan.id, today=today) for record in view.records)
    st.markdown(
        tn("{n} honour is on record for {year}.", "{n} honours are on record for {year}.", n, year=plan.year)
        if n
        else t("No honour is on record for {year}: it is told with a check-off, under “More”.", year=plan.year)
    )
    with st.expander(t("Certificates of our own"), key="paper_honour_names"):
        award = st.text_input(t("For what honour"), max_chars=80, placeholder=t("Outstanding union member"), key="paper_honour_award")
        people = ask_names("paper_honour_roster", t("A line each: name, or name and honour"))
    if n or people:
        fill = partial(_fill_honours, plan.year, people, award or "", today)
        name = t("honours-{year}", year=plan.year)
        offer_paper(TemplateKind.CERTIFICATE, fill, what=Export.CERTIFICATES, name=name, one_each=True)


def ask_names(key: str, placeholder: str) -> tuple[Signer, ...]:
    """Names pasted for one file; numbers of cards and phones beside them are left out, and that is said."""
    pasted = st.text_area(
        t("Names, a line each (optional)"),
        placeholder=placeholder,
        help=t("Used for the file only and not kept."),
        max_chars=NAMES_LIMIT,
        height=110,
        key=key,
    )
    roster = read_roster(pasted or "")
    if roster.left_out:
        told = tn(
            "{n} number was left out: a list to sign holds none.", "{n} numbers were left out: a list to sign holds none.", roster.left_out
        )
        st.markdown(f":small[:orange[:material/info: {told}]]")
    return tuple(Signer(one.name, one.department) for one in roster.receivers)


def _fill_notice(month: date, plan_id: int, contact: str, today: date, session: Session, words: FundWords) -> Filled:
    facts = gather_notice(session, month, today=today, language=words.language, plan_id=plan_id)
    return tell_notice(facts, words, contact=contact)


def _fill_sign_in(
    chosen: str, plan_id: int, signers: tuple[Signer, ...], place: str, today: date, session: Session, words: FundWords
) -> Filled:
    if chosen == MEETING:
        return tell_sign_in(gather_meeting(session, plan_id, today=today), words, signers=signers, place=place)
    activity_id = None if chosen == BLANK else int(chosen)
    facts = gather_sign_in(session, today=today, language=words.language, activity_id=activity_id)
    return tell_sign_in(facts, words, signers=signers, place=place)


def _fill_honours(year: int, people: tuple[Signer, ...], award: str, today: date, session: Session, words: FundWords) -> Filled:
    facts = gather_honours(session, year, today=today, language=words.language)
    return tell_honours(name_honoured(facts, people, award) if people else facts, words)


def _count_lines(view: ActivityView | None) -> int:
    expected = (view.participants or view.planned_people) if view else None
    return min(max(expected or USUAL_LINES, 1), MOST_LINES)


def _name_occasion(open_ones: dict[str, ActivityView], code: str) -> str:
    if code in open_ones:
        return open_ones[code].title
    return t("The committee’s meeting, with its names") if code == MEETING else t("Nothing yet: lines to fill by hand")


def _name_month(month: date) -> str:
    return f"{month_name(month.month)} {month.year}" if language() == "en" else f"{month.year}年{month.month}月"


def _show_no_plan() -> None:
    st.markdown(t("It is made from the plan, and there is none yet."))
    st.page_link("pages/board.py", label=t("Begin on the board"), icon=":material/arrow_forward:")
