"""The key to names and private papers: in its place or not, where its copy is, and what losing it means."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.config import TIME_ZONE
from unionboard.services import keys
from unionboard.services.keys import KeyFacts, KeyState
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.downloads import as_whoever_looks
from unionboard.ui.history import tell_moment
from unionboard.ui.text import long_date, t
from unionboard.ui.unlock import show_unlock


def show_key_line() -> None:
    """A red line as long as names cannot be read; else nothing."""
    facts = _inspect()
    if not facts.fits:
        st.error(f"**{_tell_state(facts)}** {_tell_way_out()}", icon=":material/key_off:")


def show_key() -> None:
    """The card: whoever may go back to a backup keeps the key too; all others are only told how it stands."""
    facts = _inspect()
    with st.container(border=True, key="key_card"):
        st.subheader(t("The key to names"), anchor=False)
        st.markdown(_mark_state(facts))
        if identity.may(Act.RESTORE_BACKUP):
            with st.container(gap=None):
                st.markdown(f":small[:gray[{t('Where it is')}]]")
                st.text(str(facts.place))
        st.markdown(
            t(
                "Names of those visited and papers that name people are encrypted with it, so that a backup that gets lost tells nobody. "
                "**If the key is lost, they can never be read again**; the books, the plan and everything else stay as they are. "
                "Keep a copy apart from the backups."
            )
        )
        if not identity.may(Act.RESTORE_BACKUP):
            return
        if facts.fits:
            _offer_copy(facts)
        elif facts.state is not KeyState.UNREADABLE:
            _offer_new_key(facts)


def _inspect() -> KeyFacts:
    with db.reading() as session:
        return keys.inspect_key(session)


def _mark_state(facts: KeyFacts) -> str:
    if not facts.fits:
        return f":red[:material/key_off: {_tell_state(facts)}] {_tell_way_out()}"
    if facts.kept_at_utc is None:
        return f":orange[:material/key: {t('In its place. Nobody has said yet that a copy is kept elsewhere.')}]"
    told = t("In its place. A copy is kept elsewhere since {moment}.", moment=tell_moment(facts.kept_at_utc))
    return f":green[:material/key: {told}]"


def _tell_state(facts: KeyFacts) -> str:
    told = {
        KeyState.FITS: t("The key is in its place."),
        KeyState.MISSING: t("The key to names is missing."),
        KeyState.OTHER: t("The key that is there is not the one of these data."),
        KeyState.UNREADABLE: t("The key file cannot be read."),
    }
    return told[facts.state]


def _tell_way_out() -> str:
    return t("Names read ****** and no new ones are taken until the right key is back in its place; all else works.")


def _offer_copy(facts: KeyFacts) -> None:
    if facts.made_at_utc is not None:
        day = long_date(facts.made_at_utc.astimezone(ZoneInfo(TIME_ZONE)).date())
        st.markdown(f":small[:gray[{t('Made on {day}', day=day)} · {facts.key_id}]]")
    is_open = show_unlock("key")
    if not is_open:
        st.markdown(f":small[:gray[{t('To save a copy, unlock first.')}]]")
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_open:
            st.download_button(
                t("Save a copy of the key"),
                as_whoever_looks(_take_copy(identity.acting_who())),
                file_name=f"unionboard-{facts.key_id}.key",
                mime="application/octet-stream",
                icon=":material/key:",
                on_click="ignore",
                key="take_key",
            )
        if facts.kept_at_utc is None:
            st.button(t("I keep a copy elsewhere"), icon=":material/check:", key="key_kept", on_click=_note_kept)


def _take_copy(who: str) -> Callable[[Session], bytes]:
    return lambda session: keys.take_key_copy(session, who=who, now_utc=clock.now_utc())


def _note_kept() -> None:
    who, now_utc = identity.acting_who(), clock.now_utc()
    action(lambda session: keys.note_key_kept(session, who=who, now_utc=now_utc), done=t("Noted."))


def _offer_new_key(facts: KeyFacts) -> None:
    with st.expander(t("The right key is lost for good"), icon=":material/key_off:", key="key_lost"):
        st.markdown(
            t(
                "Then go on with a new one. Names and papers kept so far stay unreadable, also when the old key turns up later; "
                "new ones can be kept again."
            )
            if facts.state is KeyState.MISSING
            else t(
                "Then go on with the one that is there. Names and papers kept so far stay unreadable, also when the old key turns up "
                "later; new ones can be kept again."
            )
        )
        sure = st.checkbox(t("I have looked for a copy and there is none"), key="key_lost_sure")
        st.button(t("Go on with another key"), disabled=not sure, key="begin_anew", on_click=_begin_anew)


def _begin_anew() -> None:
    who, now_utc = identity.acting_who(), clock.now_utc()
    action(lambda session: keys.begin_anew(session, who=who, now_utc=now_utc), done=t("New names can be kept again."))
