"""The forms of the settings page: the union, its committee, language, the plan that is shown, and the data's safety."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.config import LANGUAGES, TIME_ZONE, read_config
from unionboard.i18n import mark
from unionboard.models import Member, Plan, Union, UnionKind
from unionboard.services import backups, unions
from unionboard.services.backups import DataHealth
from unionboard.ui.actions import action
from unionboard.ui.frame import PLAN_KEY
from unionboard.ui.identity import acting_who
from unionboard.ui.text import LANGUAGE_KEY, language, long_date, t, tn

KINDS = {
    UnionKind.SCHOOL: mark("School"),
    UnionKind.HOSPITAL: mark("Hospital"),
    UnionKind.ENTERPRISE: mark("Enterprise"),
    UnionKind.OFFICE: mark("Public office"),
    UnionKind.OTHER: mark("Other"),
}
LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}
_COUNTS = (
    (("staff_count", mark("Staff")), ("member_count", mark("Members")), ("women_count", mark("of these women"))),
    (("delegate_count", mark("Delegates of the congress")), ("group_count", mark("Union groups"))),
)
COLUMNS = ["name", "duty", "is_active"]


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


# --- the union ---------------------------------------------------------------------------------------------------------------


def show_union(union: Union) -> None:
    """The union's own facts, for the head of every page and the summary. Keys carry the version: once saved, the form starts anew."""
    at = f"union_{union.version}_"
    with st.form(f"{at}form", border=False):
        st.text_input(t("Name of the union"), union.name, max_chars=80, key=f"{at}name")
        kind, higher = st.columns(2)
        kind.selectbox(
            t("Kind of unit"), list(KINDS), index=list(KINDS).index(union.kind), format_func=lambda one: t(KINDS[one]), key=f"{at}kind"
        )
        higher.text_input(t("Higher union"), union.higher_union, max_chars=80, key=f"{at}higher_union")
        st.markdown(f"**{t('Said in the summary')}**　:small[:gray[{t('What is left empty is left out or asked for there.')}]]")
        st.text_input(t("Party organisation at the unit"), union.party_body, max_chars=80, key=f"{at}party_body")
        st.text_input(t("Centre of this year's work, quoted in the summary's lead"), union.centre, max_chars=200, key=f"{at}centre")
        for row in _COUNTS:
            for cell, (name, label) in zip(st.columns(len(row)), row, strict=True):
                cell.number_input(t(label), 0, 100_000, getattr(union, name), step=1, key=f"{at}{name}")
        st.form_submit_button(t("Save"), type="primary", key=f"{at}save", on_click=_save_union, args=(union, at))


def _save_union(union: Union, at: str) -> None:
    fields = ("name", "kind", "higher_union", "party_body", "centre", *(name for row in _COUNTS for name, _label in row))
    values = {name: st.session_state[f"{at}{name}"] for name in fields}

    def save(session: Session) -> None:
        row = unions.ensure_union(session, name=values["name"] or "", who=acting_who(), now_utc=clock.now_utc())
        version = union.version if union.id else row.version
        unions.save_union(session, row.id or 0, version=version, who=acting_who(), now_utc=clock.now_utc(), **values)

    action(save, done=t("Saved."))


# --- the committee -----------------------------------------------------------------------------------------------------------


def show_members(members: Sequence[Member]) -> None:
    """Name, duty, and whether they still serve; rows are added below, and nobody is deleted."""
    table = pd.DataFrame([[member.name, member.duty, member.is_active] for member in members], columns=COLUMNS)
    key = f"members_{len(members)}_{sum(member.version for member in members)}"
    st.data_editor(
        table.astype({"name": "string", "duty": "string", "is_active": "bool"}),
        column_config={
            "name": st.column_config.TextColumn(t("Full name"), max_chars=40, required=True),
            "duty": st.column_config.TextColumn(t("Post"), max_chars=40, default=""),
            "is_active": st.column_config.CheckboxColumn(t("Serving"), default=True, width="small"),
        },
        num_rows="add",
        height="content",
        hide_index=True,
        on_change="ignore",
        width="stretch",
        key=key,
    )
    st.button(t("Save the committee"), key="save_members", on_click=_save_members, args=(members, key))


def _save_members(members: Sequence[Member], key: str) -> None:
    edits = st.session_state[key]

    def save(session: Session) -> None:
        for position, values in edits["edited_rows"].items():
            member = members[int(position)]
            told = {name: "" if value is None else value for name, value in values.items()}
            unions.save_member(session, member.id or 0, version=member.version, who=acting_who(), now_utc=clock.now_utc(), **told)
        for values in edits["added_rows"]:
            name, duty = str(values.get("name") or ""), str(values.get("duty") or "")
            if name.strip() or duty.strip():
                unions.add_member(session, name=name, duty=duty, who=acting_who(), now_utc=clock.now_utc())

    action(save, done=t("Saved."))


# --- language and plan -------------------------------------------------------------------------------------------------------


def show_language() -> None:
    """Saved for the whole union, and applied at once."""
    st.session_state["settings_language"] = language()
    st.segmented_control(
        t("Language of the pages and of the summary"),
        LANGUAGES,
        format_func=LANGUAGE_NAMES.__getitem__,
        required=True,
        key="settings_language",
        on_change=_save_language,
    )


def _save_language() -> None:
    wish = str(st.session_state["settings_language"])
    st.session_state[LANGUAGE_KEY] = wish
    st.query_params.pop("lang", None)

    def save(session: Session) -> None:
        row = unions.find_union(session)
        if row is not None:
            unions.save_union(session, row.id or 0, version=row.version, who=acting_who(), now_utc=clock.now_utc(), language=wish)

    action(save)


def show_plan_choice(plans: Sequence[Plan], shown: Plan | None) -> None:
    """Which plan the pages show; only asked when there are several."""
    titles = {plan.id: f"{plan.year}　{plan.title}" for plan in plans}
    if len(titles) > 1 and shown is not None:
        st.session_state["settings_plan"] = shown.id
        st.selectbox(t("Plan shown"), list(titles), format_func=titles.__getitem__, key="settings_plan", on_change=_choose_plan)


def _choose_plan() -> None:
    st.session_state[PLAN_KEY] = st.session_state["settings_plan"]
    st.query_params.pop("plan", None)


# --- the data ----------------------------------------------------------------------------------------------------------------


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
