"""The frame of every page: language, head with the union and the year, navigation."""

from base64 import b64encode
from copy import copy
from functools import cache, lru_cache
from html import escape as escape_xml
from pathlib import Path

import streamlit as st

from unionboard import clock
from unionboard.config import PROJECT_DIR
from unionboard.i18n import choose_language
from unionboard.models import Plan
from unionboard.services import condition, plans, unions
from unionboard.services.condition import Condition
from unionboard.services.guard import NOBODY, Actor, not_yours
from unionboard.services.permissions import Act
from unionboard.ui import actions, address, identity, kept, rescue, tour
from unionboard.ui.kept import keep
from unionboard.ui.refusals import tell
from unionboard.ui.text import LANGUAGE_KEY, escape, speak, spoken, t
from unionboard.ui.unions.below import list_below

PAGES_DIR = PROJECT_DIR / "pages"
FAVICON = Path(__file__).parent / "favicon.png"
PLAN_KEY = "plan_id"
OPEN_TO = {
    "board": Act.SEE_YEAR,
    "plan": Act.SEE_YEAR,
    "timeline": Act.SEE_YEAR,
    "checkoffs": Act.SEE_YEAR,
    "fund": Act.SEE_MONEY,
    "summary": Act.SEE_SUMMARY,
    "papers": Act.EXPORT,
    "settings": Act.SEE_HISTORY,
}
UNLISTED = {"meeting": Act.SEE_YEAR, "unions": Act.SEE_YEAR}
"""What a page of the menu, and one beside it, is open to; one's own account is everybody's. Unions are for whoever has some below."""


def show_app() -> None:
    """One script run: who asks, the frame, then the page the address names."""
    found = condition.look()
    if rescue.stand_in(found):
        return
    actor, moment = identity.begin_run(_show_signed_out)
    with identity.one_run(), kept.one_run(moment):
        _show(actor, found)


def _show(actor: Actor, found: Condition) -> None:
    union, plan = keep(unions.find_union), chosen_plan()
    first_visit = st.context.locale if union is None else union.language  # nobody has chosen yet: as the browser speaks
    wished = choose_language(st.query_params.get("lang"), st.session_state.get(LANGUAGE_KEY), first_visit)
    st.session_state[LANGUAGE_KEY] = wished
    with speak(wished):
        _draw(actor, (union.name if union else "") or "Unionboard", plan, found)


def _draw(actor: Actor, name: str, plan: Plan | None, found: Condition) -> None:
    st.set_page_config(page_title=name, page_icon=load_favicon(), layout="wide", initial_sidebar_state="collapsed")
    big = st.query_params.get("screen") == "big"
    if not big:
        st.logo(draw_logo(name, t("{year} plan year", year=plan.year) if plan else ""), size="large")
    page = st.navigation(_pages(actor), position="hidden" if big else "top")
    around = f"frame_{'big' if big else 'desk'}_{spoken()}"  # the shell's style and script look for it
    with st.container(horizontal_alignment="center", key=around), st.container(key="page", width=1680):
        rescue.show_line(found)
        actions.show_notices()
        tour.show(page.url_path or "board", is_big=big, open_to={file for file, act in OPEN_TO.items() if actor.may(act)})
        address.arrive(page.url_path)
        _show_page(page, actor)
        address.write_address()


def _show_signed_out() -> None:
    """All that is left on a page of whoever was signed out, here or from elsewhere."""
    st.session_state[LANGUAGE_KEY] = choose_language(st.query_params.get("lang"), st.session_state.get(LANGUAGE_KEY))
    st.set_page_config(page_title="Unionboard", page_icon=load_favicon(), layout="centered")
    st.navigation(_pages(NOBODY), position="hidden")  # else the menu of the run before stays
    st.title(t("Signed out"), anchor=False)
    st.text(t("You are signed out in this browser. What was saved is safe; what was being typed was not saved."))
    st.html(f'<p><a href="/login" target="_self">{escape_xml(t("Sign in"))}</a></p>')


def _pages(actor: Actor) -> list[st.Page]:
    """All pages, whoever asks; those of other roles, and those reached from elsewhere, are not in the menu."""
    entries = (
        ("board", t("Board"), "dashboard"),
        ("plan", t("Plan"), "list_alt"),
        ("timeline", t("Timeline"), "view_timeline"),
        ("checkoffs", t("Check-offs"), "task_alt"),
        ("fund", t("Fund"), "account_balance_wallet"),
        ("summary", t("Summary"), "article"),
        ("papers", t("To print"), "print"),
        ("unions", t("Unions"), "account_tree"),
        ("settings", t("Settings"), "settings"),
        ("meeting", t("Committee meeting"), "groups"),
        ("account", escape(actor.name) or t("Account"), "person"),
    )
    listed = {file for file, act in OPEN_TO.items() if actor.may(act)} | ({"account"} if actor.account_id else set())
    listed |= {"unions"} if actor.may(UNLISTED["unions"]) and list_below() else set()
    return [copy(_make_page(file, title, icon, is_listed=file in listed)) for file, title, icon in entries]


@lru_cache(maxsize=128)
def _make_page(file: str, title: str, icon: str, *, is_listed: bool) -> st.Page:
    """To be copied: the one that is shown notes that it was. Making one asks the disk where its file is."""
    return st.Page(
        PAGES_DIR / f"{file}.py",
        title=title,
        icon=f":material/{icon}:",
        url_path=file,
        default=file == "board",
        visibility="visible" if is_listed else "hidden",
    )


def _show_page(page: st.Page, actor: Actor) -> None:
    """The page, or whose it is: an address of another role's page leads to a sentence, not to the page."""
    act = UNLISTED.get(page.url_path) or OPEN_TO.get(page.url_path or "board")
    if act is None or actor.may(act):
        page.run()
        return
    st.title(page.title, anchor=False)
    st.markdown(tell(not_yours(act)))
    st.page_link(PAGES_DIR / "board.py", label=t("To the board"), icon=":material/arrow_forward:")


def chosen_plan() -> Plan | None:
    """The plan the session looks at: the one chosen in settings or by ``?plan=``, else the running one, else the newest."""
    wish = st.query_params.get("plan") or st.session_state.get(PLAN_KEY)
    known = keep(plans.list_plans)
    wished = next((plan for plan in known if wish is not None and str(plan.id) == str(wish)), None)
    return wished or plans.choose_current(known, today=clock.today())


@lru_cache(maxsize=32)
def draw_logo(name: str, year: str) -> str:
    """The mark, the union's name in ink and the year in union red; follows the system's light or dark."""
    width = 56 + 19 * sum(1 if ord(letter) > 0x2E80 else 0.58 for letter in name) + 19 * sum(1 if ord(c) > 0x2E80 else 0.6 for c in year)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="32" viewBox="0 0 {width:.0f} 32">'
        "<style>.n{fill:#1B2430}.y{fill:#B4231F}@media (prefers-color-scheme:dark){.n{fill:#E8ECF1}.y{fill:#E5716C}}"
        "text{font:600 18px 'Source Sans','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif}</style>"
        '<rect y="2" width="28" height="28" rx="7" fill="#B4231F"/>'
        '<path d="M8 9v7a6 6 0 0 0 12 0V9M14 9v6" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round"/>'
        f'<text class="n" x="38" y="22.5">{escape_xml(name)}<tspan class="y" dx="8">{escape_xml(year)}</tspan></text></svg>'
    )
    return _as_address(svg.encode(), "image/svg+xml")


@cache
def load_favicon() -> str:
    """The browser tab's picture, as an address that holds it."""
    return _as_address(FAVICON.read_bytes(), "image/png")


def _as_address(picture: bytes, kind: str) -> str:
    """A ``data:`` address, which Streamlit passes on as it is; of anything else it asks the disk, and reads it, in every run."""
    return f"data:{kind};base64,{b64encode(picture).decode()}"
