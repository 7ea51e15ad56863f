"""Whether anything is lost: one line above every tab; behind it a button for each thing it says, where the data live, and their copies."""

import streamlit as st

from unionboard import clock, db
from unionboard.config import read_config
from unionboard.services.archives import tell_size
from unionboard.services.data_health import DataHealth, inspect_data
from unionboard.services.permissions import Act
from unionboard.services.restoring import KEPT
from unionboard.services.verification import Report
from unionboard.ui import identity
from unionboard.ui.history import tell_moment
from unionboard.ui.refusals import tell
from unionboard.ui.settings import safety_work
from unionboard.ui.settings.backup_list import show_backups, show_second_folder
from unionboard.ui.settings.handover import show_handover
from unionboard.ui.settings.keys import show_key, show_key_line
from unionboard.ui.settings.looks import show_looks
from unionboard.ui.settings.open_export import show_take_out
from unionboard.ui.settings.open_import import show_bring_in
from unionboard.ui.settings.safety_work import Work
from unionboard.ui.text import language, t


def show_line() -> None:
    """The one line that stands above every tab of the settings: green when nothing is lost and there is a fresh backup."""
    health = _inspect()
    told = _tell_health(health)
    if not health.is_sound:
        st.error(told, icon=":material/gpp_bad:")
        st.text("\n".join(health.faults))
    elif health.is_good:
        st.success(told, icon=":material/verified_user:")
    elif health.size_bytes is None:
        st.info(told, icon=":material/dns:")
    elif health.newest_good is None and health.trouble is None:
        st.warning(told, icon=":material/shield:")
    else:
        st.error(told, icon=":material/gpp_maybe:")
    show_key_line()


def show() -> None:
    """The tab."""
    safety_work.do_waiting()
    health = _inspect()
    left, right = st.columns([3, 2])
    with left:
        _show_facts(health)
        show_backups(health)
        show_handover()
        show_take_out()
        show_bring_in()
    with right:
        show_second_folder(health)
        show_key()
        show_looks()
        _show_places(health)


def _inspect() -> DataHealth:
    with db.reading() as session:
        return inspect_data(session, now_utc=clock.now_utc())


# --- the line ----------------------------------------------------------------------------------------------------------------


def _tell_health(health: DataHealth) -> str:
    if not health.is_sound:
        return t("The database is damaged. Stop working and go back to the last backup: {last}.", last=_last_backup(health))
    if health.size_bytes is None:
        told = t("The data are kept by a database server; its keeper makes the backups.")
        in_bucket = read_config().evidence_url != ""
        return _join(told, t("Papers and photos lie in shared storage; copies of them are made there.")) if in_bucket else told
    if health.trouble is not None:
        return _join(t("The backup of today could not be made."), tell(health.trouble), _last_words(health))
    if health.newest_good is None:
        return t("Checked just now: the data are whole. There is no backup yet; make one under “Data safety”.")
    if health.is_late:
        return t("The data are whole, but the last backup is old: {last}. Make one now.", last=_last_backup(health))
    whole = t("Checked just now: the data are whole, nothing is lost. Last backup: {last}.", last=_last_backup(health))
    return _join(whole, _last_words(health))


def _join(*sentences: str) -> str:
    return (" " if language() == "en" else "").join(sentences)


def _last_words(health: DataHealth) -> str:
    """The last drill, and the code of the newest line of the log."""
    drill = tell_moment(health.drill_at_utc) if health.drill_at_utc else t("not yet")
    return t("Restored on trial: {drill}. Check code {code}.", drill=drill, code=health.head.code)


def _last_backup(health: DataHealth) -> str:
    return tell_moment(health.newest_good.made_at_utc) if health.newest_good else t("none")


# --- its parts, a button for each --------------------------------------------------------------------------------------------


def _show_facts(health: DataHealth) -> None:
    with st.container(border=True, key="safety_facts"):
        st.subheader(t("Data and backups"), anchor=False)
        one, two, three = st.columns(3)
        may_back_up = identity.may(Act.BACK_UP)
        with one:
            _show_fact(t("Last backup"), _last_backup(health))
            if may_back_up:
                _offer(t("Back up now"), ":material/backup:", Work.BACK_UP, is_first=True)
        with two:
            _show_fact(t("Restored on trial"), tell_moment(health.drill_at_utc) if health.drill_at_utc else t("not yet"))
            if may_back_up and health.newest_good is not None:
                _offer(t("Try a restore"), ":material/model_training:", Work.DRILL)
        with three:
            _show_fact(t("Check code of the change log"), health.head.code if health.head.id else t("not yet"))
            if identity.may(Act.VERIFY):
                _offer(t("Check everything"), ":material/fact_check:", Work.VERIFY)
        report = safety_work.last_report()
        if report is not None:
            _show_report(report)


def _show_fact(name: str, value: str) -> None:
    with st.container(gap=None):
        st.markdown(f":small[:gray[{name}]]")
        st.text(value)


def _offer(label: str, icon: str, work: Work, *, is_first: bool = False) -> None:
    st.button(
        label,
        icon=icon,
        type="primary" if is_first else "secondary",
        key=work.value,
        on_click=safety_work.ask_for,
        args=(work,),
        width="stretch",
    )


def _show_report(report: Report) -> None:
    """What a check of everything came to; sentences with people's words in them as plain text."""
    when = tell_moment(report.checked_at_utc)
    if report.ok:
        st.success(t("Everything agrees: records, change log, books and files. Checked {moment}.", moment=when), icon=":material/check:")
        return
    st.error(t("Not everything is as it should be. Checked {moment}.", moment=when), icon=":material/report:")
    st.text("\n".join(fault.tell(t) for fault in report.faults))


def _show_places(health: DataHealth) -> None:
    if not identity.may(Act.BACK_UP):
        return
    with st.container(border=True, key="places_card"):
        st.subheader(t("Where everything is"), anchor=False)
        size = f" ({tell_size(health.size_bytes)})" if health.size_bytes is not None else ""
        _show_fact(t("Where the data are"), health.place + size)
        _show_fact(t("Backups are in"), str(read_config().backup_dir))
        for folder in sorted(read_config().data_dir.glob(f"{KEPT}*")):
            _show_fact(t("Kept from before going back to a backup; delete it when nobody needs it any more"), str(folder))
