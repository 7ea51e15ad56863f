"""Whether anything is lost, where the data live, and their copies."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from unionboard import db
from unionboard.config import TIME_ZONE, read_config
from unionboard.services import backups
from unionboard.services.backups import DataHealth
from unionboard.ui.actions import action
from unionboard.ui.text import long_date, t, tn


def show() -> None:
    """The tab."""
    with st.container(border=True):
        st.subheader(t("Data and backups"), anchor=False)
        show_data(_inspect())


def show_line() -> None:
    """The one line that stands above every tab of the settings."""
    show_health(_inspect())


def _inspect() -> DataHealth:
    with db.reading() as session:
        return backups.inspect_data(session, backup_dir=read_config().backup_dir)


def show_health(health: DataHealth) -> None:
    """One line: green when the data are whole and there is a copy, red when they are damaged."""
    if not health.is_sound:
        st.error(t("The database is damaged. Stop working and go back to the last backup: {last}.", last=_when(health)))
        st.text("\n".join(health.faults))
    elif health.size_bytes is None:
        st.info(t("The data are kept by a database server; its keeper makes the backups."), icon=":material/dns:")
    elif health.last_backup_at_utc is None:
        st.warning(t("Checked just now: the data are whole. There is no backup yet; make one below."), icon=":material/shield:")
    else:
        sentence = t("Checked just now: the data are whole, nothing is lost. Last backup: {last}.", last=_when(health))
        st.success(sentence, icon=":material/verified_user:")


def _when(health: DataHealth) -> str:
    return _moment(health.last_backup_at_utc) if health.last_backup_at_utc else t("none")


def _moment(at_utc: datetime) -> str:
    here = at_utc.astimezone(ZoneInfo(TIME_ZONE))
    return f"{long_date(here.date())} {here:%H:%M}"


def show_data(health: DataHealth) -> None:
    """Where the data are, how large, and how many copies; and a copy now."""
    _show_place(t("Where the data are"), health.place)
    if health.size_bytes is None:
        return
    _show_place(t("Backups are in"), str(read_config().backup_dir))
    facts = [t("Size {size}", size=_size(health.size_bytes)), tn("{n} backup", "{n} backups", health.backups)]
    st.markdown("　".join([*facts, t("Last backup: {last}", last=_when(health))]))
    st.button(t("Back up now"), icon=":material/backup:", key="back_up", on_click=_back_up)


def _show_place(name: str, place: str) -> None:
    with st.container(gap=None):
        st.markdown(f":small[:gray[{name}]]")
        st.text(place)


def _back_up() -> None:
    action(lambda _session: backups.back_up(db.current_engine(), read_config().backup_dir, label="by-hand"), done=t("Backed up."))


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1024:,.0f} KB" if size_bytes < 1024 * 1024 else f"{size_bytes / 1024 / 1024:,.1f} MB"
