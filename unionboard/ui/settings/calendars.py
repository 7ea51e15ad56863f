"""Calendars to subscribe to: an address each for everything, an owner, a work area; shown again at any time, revoked at once."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import segno
import streamlit as st

from unionboard import clock, db, i18n
from unionboard.models import AccessToken, FeedScope, TokenKind
from unionboard.network import list_addresses
from unionboard.reference import work_areas
from unionboard.services import access_tokens
from unionboard.services.activities import list_activities
from unionboard.services.origins import Way
from unionboard.services.plans import current_plan
from unionboard.services.timeline import list_owners
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.identity import acting_who
from unionboard.ui.phone_access import QUIET_BORDER
from unionboard.ui.text import escape, language, long_date, named, t

_SCOPE, _OWNER, _AREA = "calendar_scope", "calendar_owner", "calendar_area"
_COMMAND = "unionboard run --address 0.0.0.0"


@dataclass(frozen=True, slots=True)
class _Base:
    """Under which address this page was opened. ``is_open``: others in the network can open it too, as far as that can be told."""

    url: str
    is_open: bool


def show() -> None:
    """The card."""
    base = _find_base()
    with st.container(border=True, key="calendars_card"):
        st.subheader(t("Calendars to subscribe to"), anchor=False)
        st.markdown(t("The year in everybody’s own calendar: activities, turns of duties, meetings. It keeps itself up to date."))
        told = t("Whoever has the address can read it: the plan, who answers for what, what became of it. No money, nothing personal.")
        st.markdown(f":small[:gray[{told}]]")
        if not base.is_open:
            _tell_closed(base)
        with db.reading() as session:
            rows = access_tokens.list_tokens(session, TokenKind.CALENDAR)
            plan = current_plan(session, today=clock.today())
            owners = list_owners(list_activities(session, plan.id or 0, today=clock.today())) if plan else []
        for row in rows:
            _show_row(row, base)
        _ask_new(owners)
        if rows:
            _tell_how()


def tell_use(row: AccessToken) -> str:
    """When somebody last came with it, and since when it is there."""
    made = t("made on {day} by {who}", day=long_date(clock.local_day(row.created_at_utc)), who=escape(i18n.tell_who(language(), row.who)))
    used = t("last used on {day}", day=long_date(row.used_on)) if row.used_on else t("not used yet")
    return f"{used} · {made}"


def tell_name(row: AccessToken) -> str:
    """Whose calendar it is, unescaped."""
    if row.scope is FeedScope.ALL:
        return t("Everything")
    return _name_area(row.about) if row.scope is FeedScope.AREA else row.about


def show_revoking(row: AccessToken, consequence: str) -> None:
    """The button that asks once more."""
    with st.popover(t("Revoke"), icon=":material/block:", key=f"revoke_box_{row.id}"):
        st.markdown(consequence)
        st.button(t("Revoke for good"), type="primary", key=f"revoke_{row.id}", on_click=_revoke, args=(row.id,))


# --- one that is there ------------------------------------------------------------------------------------------------------------


def _show_row(row: AccessToken, base: _Base) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"calendar_row_{row.id}"):
        with st.container(gap=None):
            st.text(tell_name(row))
            st.markdown(f":small[:gray[{tell_use(row)}]]")
        st.space("stretch")
        with st.popover(t("Address and code"), icon=":material/qr_code_2:", key=f"calendar_{row.id}"):
            _show_address(row, base)
        show_revoking(row, t("Calendars that use this address get nothing new from this moment on. A new address can be made at any time."))


def _show_address(row: AccessToken, base: _Base) -> None:
    if not access_tokens.can_be_shown(row):
        st.markdown(t("The address cannot be shown without the key it is sealed with. Revoke it and make a new one."))
        return
    link = f"{base.url}/calendar/{row.token}.ics"
    webcal = link.replace("http", "webcal", 1)  # webcals:// where it is https
    picture = segno.make(webcal, error="m", micro=False).svg_data_uri(border=QUIET_BORDER, omitsize=True, dark="#000", light="#fff")
    st.html(f'<img class="ub-code" alt="{t("Code of the calendar’s address")}" src="{picture}">')
    st.markdown(t("Scan with an iPhone’s camera, or copy the address into a calendar:"))
    st.code(link, language=None, wrap_lines=True)
    st.link_button(t("Subscribe on this device"), webcal, icon=":material/event:", key=f"subscribe_{row.id}")


def _revoke(token_id: int) -> None:
    action(
        lambda session: access_tokens.revoke(session, token_id, who=acting_who(), now_utc=clock.now_utc()),
        done=t("Revoked. It opens nothing any more."),
    )


# --- a new one --------------------------------------------------------------------------------------------------------------------


def _ask_new(owners: list[str]) -> None:
    names = {FeedScope.ALL: t("Everything"), FeedScope.OWNER: t("One owner"), FeedScope.AREA: t("One work area")}
    scopes = [scope for scope in names if scope is not FeedScope.OWNER or owners]
    with st.container(horizontal=True, vertical_alignment="bottom", key="calendar_new"):
        scope = st.segmented_control(
            t("New calendar of"), scopes, default=FeedScope.ALL, format_func=names.__getitem__, required=True, key=_SCOPE
        )
        if scope is FeedScope.OWNER:
            st.selectbox(t("Owner"), owners, width=220, key=_OWNER)
        elif scope is FeedScope.AREA:
            st.selectbox(t("Work area"), list(work_areas()), format_func=_name_area, width=220, key=_AREA)
        st.button(t("Make the address"), type="primary", key="make_calendar", on_click=_make)


def _make() -> None:
    typed: dict[str, Any] = {FeedScope.OWNER: st.session_state.get(_OWNER), FeedScope.AREA: st.session_state.get(_AREA)}
    scope = st.session_state.get(_SCOPE) or FeedScope.ALL
    action(
        lambda session: access_tokens.open_calendar(
            session, scope=scope, about=str(typed.get(scope) or ""), language=language(), who=acting_who(), now_utc=clock.now_utc()
        ),
        done=t("The address is ready: press “Address and code”."),
    )


# --- where it can be reached, and how -------------------------------------------------------------------------------------------------


def _find_base() -> _Base:
    """As the browser says; in a test there is none."""
    parts = urlsplit(st.context.url or "http://localhost:8501")
    host = parts.hostname or "localhost"
    try:
        is_here = ip_address(host).is_loopback
    except ValueError:
        is_here = host == "localhost" or host.endswith(".localhost")
    is_open = not is_here and identity.way_in() is not Way.PHONE  # the phones' door asks for the code, and closes
    return _Base(f"{parts.scheme}://{parts.netloc}", is_open)


def _tell_closed(base: _Base) -> None:
    """Honestly: an address of this computer leads telephones nowhere."""
    if identity.way_in() is Way.PHONE:
        told = t("You came in through the phones’ door, which calendars cannot pass. Make the address at the computer.")
        st.warning(told, icon=":material/wifi_off:")
        return
    port, here = urlsplit(base.url).port or 80, next(iter(list_addresses()), "")
    told = t("You opened the program as {address}: only calendars on this computer can use such an address.", address=base.url)
    how = t(
        "For telephones and other computers start it with {command}, make accounts first, and open this page as {place}.",
        command=f"`{_COMMAND}`",
        place=f"http://{here or t('this computer’s address')}:{port}/settings?tab=connections",
    )
    st.warning(f"{escape(told)} {how}", icon=":material/wifi_off:")


def _tell_how() -> None:
    ways = {
        "iPhone": t("Scan the code and confirm. Or: Settings, Calendar, Accounts, Add subscribed calendar, paste the address."),
        "Android": t("Few calendars subscribe by themselves: an app such as ICSx⁵ does, with the address pasted into it."),
        "Outlook": t("Add calendar, Subscribe from web (or Account settings, Internet calendars), paste the address."),
        t("WPS, WeCom"): t(
            "Where the calendar offers to subscribe by an address, paste it. Their servers fetch it: over the internet only."
        ),
        t("Everything else"): t("Open the address, save the file and import it. What is imported so is not kept up to date."),
    }
    with st.expander(t("How to subscribe"), icon=":material/help:", key="calendar_how"):
        st.markdown("\n".join(f"- **{name}**　{told}" for name, told in ways.items()))


def _name_area(code: str) -> str:
    area = work_areas().get(code)
    return code if area is None else named(area)
