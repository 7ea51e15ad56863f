"""The union's own facts, its committee, language, and the plan that is shown."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.config import LANGUAGES
from unionboard.i18n import mark, name_language
from unionboard.models import Member, Plan, Union
from unionboard.services import plans, unions
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.frame import PLAN_KEY, chosen_plan
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.record_history import show_record_history
from unionboard.ui.settings import unions_under
from unionboard.ui.text import LANGUAGE_KEY, spoken, t
from unionboard.ui.unit_words import KINDS, PERIODS, SCHOOL_TYPES

_COUNTS = (
    (("staff_count", mark("Staff")), ("member_count", mark("Members")), ("women_count", mark("of these women"))),
    (("delegate_count", mark("Delegates of the congress")), ("group_count", mark("Union groups"))),
)
COLUMNS = ["name", "duty", "is_active"]


def show() -> None:
    """The tab."""
    with db.reading() as session:
        union = unions.find_union(session) or Union(name="")
        members = unions.list_members(session, active_only=False)
        all_plans = plans.list_plans(session)
    left, right = st.columns(2)
    with left, st.container(border=True):
        st.subheader(t("The union"), anchor=False)
        show_union(union)
        show_record_history("union", union.id or 0)
    with right:
        with st.container(border=True):
            st.subheader(t("The committee"), anchor=False)
            show_members(members)
        with st.container(border=True):
            st.subheader(t("Language"), anchor=False)
            show_language()
            show_plan_choice(all_plans, chosen_plan())
    unions_under.show(KINDS)


def show_union(union: Union) -> None:
    """The union's own facts, for the head of every page and the summary. Keys carry the version: once saved, the form starts anew."""
    at, may_change = f"union_{union.version}_", identity.may(Act.SET_UNION)
    kinds = {one: t(word) for one, word in KINDS.items()}
    schools: dict[str, str] = {"": t("Not said"), **{one: t(word) for one, word in SCHOOL_TYPES.items()}}
    periods: dict[str, str] = {"": t("Not said"), **{one: t(word) for one, word in PERIODS.items()}}
    with st.form(f"{at}form", border=False) if may_change else st.container():
        st.text_input(t("Name of the union"), union.name, max_chars=80, disabled=not may_change, key=f"{at}name")
        kind, school, period = st.columns(3)
        kind.selectbox(
            t("Kind of unit"),
            list(KINDS),
            index=list(KINDS).index(union.kind),
            format_func=kinds.__getitem__,
            disabled=not may_change,
            key=f"{at}kind",
        )
        school.selectbox(
            t("Type of school"),
            list(schools),
            index=list(schools).index(union.school_type or ""),
            format_func=schools.__getitem__,
            disabled=not may_change,
            key=f"{at}school_type",
        )
        period.selectbox(
            t("Plans are for a"),
            list(periods),
            index=list(periods).index(union.period_kind or ""),
            format_func=periods.__getitem__,
            disabled=not may_change,
            key=f"{at}period_kind",
        )
        st.text_input(t("Higher union"), union.higher_union, max_chars=80, disabled=not may_change, key=f"{at}higher_union")
        st.markdown(f"**{t('Said in the summary')}**　:small[:gray[{t('What is left empty is left out or asked for there.')}]]")
        st.text_input(t("Party organisation at the unit"), union.party_body, max_chars=80, disabled=not may_change, key=f"{at}party_body")
        centre = t("Centre of this year's work, quoted in the summary's lead")
        st.text_input(centre, union.centre, max_chars=200, disabled=not may_change, key=f"{at}centre")
        for row in _COUNTS:
            for cell, (name, label) in zip(st.columns(len(row)), row, strict=True):
                cell.number_input(t(label), 0, 100_000, getattr(union, name), step=1, disabled=not may_change, key=f"{at}{name}")
        if may_change:
            st.form_submit_button(t("Save"), type="primary", key=f"{at}save", on_click=_save_union, args=(union, at))


def _save_union(union: Union, at: str) -> None:
    counts = (name for row in _COUNTS for name, _label in row)
    fields = ("name", "kind", "school_type", "period_kind", "higher_union", "party_body", "centre", *counts)
    values = {name: st.session_state[f"{at}{name}"] for name in fields}
    values |= {name: values[name] or None for name in ("school_type", "period_kind")}

    def save(session: Session) -> None:
        row = unions.ensure_union(session, name=values["name"] or "", who=acting_who(), now_utc=clock.now_utc())
        version = union.version if union.id else row.version
        unions.save_union(session, row.id or 0, version=version, who=acting_who(), now_utc=clock.now_utc(), **values)

    action(save, done=t("Saved."))


def show_members(members: Sequence[Member]) -> None:
    """Name, duty, and whether they still serve; rows are added below, and nobody is deleted."""
    import pandas as pd  # noqa: PLC0415 -- 75 MB and half a second, for whoever comes here first

    table = pd.DataFrame([[member.name, member.duty, member.is_active] for member in members], columns=COLUMNS)
    key = f"members_{len(members)}_{sum(member.version for member in members)}"
    st.data_editor(
        table.astype({"name": "string", "duty": "string", "is_active": "bool"}),
        column_config={
            "name": st.column_config.TextColumn(t("Full name"), max_chars=40, required=True),
            "duty": st.column_config.TextColumn(t("Post"), max_chars=40, default=""),
            "is_active": st.column_config.CheckboxColumn(t("Serving"), default=True, width="small"),
        },
        num_rows="add" if identity.may(Act.SET_UNION) else "fixed",
        disabled=not identity.may(Act.SET_UNION),
        height="content",
        hide_index=True,
        on_change="ignore",
        width="stretch",
        key=key,
    )
    offer(Act.SET_UNION, t("Save the committee"), key="save_members", on_click=_save_members, args=(members, key))


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


def show_language() -> None:
    """Saved for the whole union, and applied at once."""
    _choose_language(t("Language of the pages and of the summary"), "settings_language")


def show_language_switch(key: str) -> None:
    """The same where there is no room for a label."""
    _choose_language(t("Language"), key, label_visibility="collapsed")


def _choose_language(label: str, key: str, **options: Any) -> None:
    st.session_state[key] = spoken()
    st.segmented_control(
        label,
        LANGUAGES,
        format_func=name_language,
        required=True,
        key=key,
        on_change=_save_language,
        args=(key,),
        **options,
    )


def _save_language(key: str) -> None:
    wish = str(st.session_state[key])
    st.session_state[LANGUAGE_KEY] = wish
    st.query_params.pop("lang", None)

    def save(session: Session) -> None:
        row = unions.find_union(session)
        if row is not None and identity.may(Act.SET_UNION):  # to others it is just what they read in
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
