"""The plan that stands: its sections and measures beside its activities, corrected in the same grid and saved as one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from unionboard import clock, db
from unionboard.models import Activity, Plan
from unionboard.reading.plan_time import read_time
from unionboard.services import amendments, plan_table, plans
from unionboard.services.exports import Export
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action, refuse
from unionboard.ui.downloads import offer_file
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.plan_comparing import begin_comparison
from unionboard.ui.plan_copying import ask_copy
from unionboard.ui.plan_desk import short_name
from unionboard.ui.plan_editing import EDITOR_KEY, Editor, count_changes, current_editor, rebase, reload, store
from unionboard.ui.plan_grid import NO_SECTION, GridRow, read_edits, settle, show_grid, undo_button
from unionboard.ui.plan_notes import close_notes, show_notes
from unionboard.ui.plan_outline import pick, picked_key, picked_section, show_outline
from unionboard.ui.plan_panes import foot, head_of_pane, pane_height
from unionboard.ui.plan_start import START_KEY, show_plan
from unionboard.ui.text import escape, long_date, t, tn
from unionboard.ui.trash import in_bin, show_bin_link
from unionboard.ui.unit_words import PERIODS
from unionboard.writing.plan_table import write_plan_table


def show_editor(plan: Plan, others: Sequence[Plan]) -> None:
    """The head, the outline beside the grid, and the bar that saves; ``others`` are all plans, to choose from."""
    editor = current_editor(plan)
    read_edits(editor.grid)
    _show_head(editor, others)
    show_notes(plan, list(editor.views.values()))
    height = pane_height("plan_editor_screen")
    left, right = st.columns([8, 12], gap="medium")
    with left:
        show_outline(editor, height)
    with right:
        _show_rows(editor, height)
    if identity.may(Act.EDIT_PLAN):
        _show_save(editor)


# --- drawing -----------------------------------------------------------------------------------------------------------------


def _show_head(editor: Editor, others: Sequence[Plan]) -> None:
    plan = editor.plan
    with st.container(horizontal=True, vertical_alignment="center", key="plan_head"):
        st.title(escape(plan.title), anchor=False, width="content")
        if len(others) == 1:  # else the choice beside says the year
            st.markdown(f":gray[{_tell_period(plan)}]", width="content")
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="actions_plan"):
            if len(others) > 1:
                _show_choice(plan, others)
            with st.popover(t("About the plan"), icon=":material/edit_note:"):
                _show_about(plan)
            offer_file(
                t("Export as a table"),
                lambda: _write_table(plan),
                what=Export.PLAN_TABLE,
                file_name=f"{t('Work plan table {year}', year=plan.year)}.xlsx",
                mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key="export_table",
                icon=":material/table_view:",
                help=t("Edit it in Excel and bring it back with “Read a corrected version”: the differences are shown first."),
            )
            offer(
                Act.EDIT_PLAN,
                t("Read a corrected version"),
                key="read_corrected",
                icon=":material/difference:",
                on_click=begin_comparison,
                args=(plan,),
            )
            ways = {"read_another": t("Read another plan"), "copy": t("Copy to another year")}
            if identity.may(Act.EDIT_PLAN):
                st.menu_button(
                    t("More"),
                    list(ways),
                    format_func=ways.__getitem__,
                    key="plan_more",
                    icon=":material/more_horiz:",
                    on_click=_go,
                    args=(plan,),
                )


def _write_table(plan: Plan) -> bytes:
    with db.reading() as session:
        return write_plan_table(plan_table.build_table(session, plan.id or 0, today=clock.today()))


def _show_choice(plan: Plan, others: Sequence[Plan]) -> None:
    by_id = {other.id: other for other in others}
    st.selectbox(
        t("Plan"),
        list(by_id),
        index=list(by_id).index(plan.id),
        format_func=lambda id_: t("{year} plan year", year=by_id[id_].year),
        key=f"plan_chosen_{plan.id}",
        label_visibility="collapsed",
        width=160,
        on_change=lambda: show_plan(by_id[st.session_state[f"plan_chosen_{plan.id}"]]),
    )


def _tell_period(plan: Plan) -> str:
    """What the period is called, and its days where they are not plain from the year."""
    period = t(PERIODS[plan.period_kind])
    if (plan.starts_on, plan.ends_on) == (date(plan.year, 1, 1), date(plan.year, 12, 31)):
        return f"{t('{year} plan year', year=plan.year)} · {period}"
    return f"{period} · {long_date(plan.starts_on)} – {long_date(plan.ends_on)}"


def _show_about(plan: Plan) -> None:
    suffix, is_read = f"{plan.id}_{plan.version}", not identity.may(Act.EDIT_PLAN)
    st.markdown(f":gray[{_tell_period(plan)}]")
    st.text_input(t("Title of the plan"), plan.title, disabled=is_read, key=f"about_title_{suffix}", max_chars=200)
    st.text_area(t("Guiding thought"), plan.guiding, disabled=is_read, key=f"about_guiding_{suffix}", height=160)
    st.text_area(t("Closing words"), plan.closing, disabled=is_read, key=f"about_closing_{suffix}", height=90)
    offer(Act.EDIT_PLAN, t("Save"), key="go_save_about", type="primary", on_click=_save_about, args=(plan, suffix))


def _show_rows(editor: Editor, height: int) -> None:
    section = picked_section(editor)
    sections = {str(row.id): short_name(row.printed_number, row.heading, row.position) for row in editor.sections}
    with head_of_pane("plan_rows_head"):
        st.markdown(f"**{t('Activities')}**　:gray[{sum(_is_shown(editor, row) for row in editor.grid.latest)}]", width="content")
        undo_button(editor.grid)
        if editor.picked is not None:
            st.markdown(f":blue-badge[{escape(sections[str(section.id)]) if section else t('Without a section')}]", width="content")
            st.button(t("Show all"), key="show_all", type="tertiary", icon=":material/close:", on_click=pick, args=(editor, editor.picked))
        _show_carried(editor)
        if editor.removed:
            with st.popover(tn("{n} removed", "{n} removed", len(editor.removed)), icon=":material/restore_from_trash:", type="tertiary"):
                for row in editor.removed:
                    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                        st.text(row.title)
                        offer(Act.EDIT_PLAN, t("Restore"), key=f"restore_{row.id}", on_click=_restore, args=(editor, row))
                show_bin_link("plan_bin")
    editor.grid.new_row = replace(editor.grid.new_row, section=picked_key(editor) if editor.picked else NO_SECTION)
    show_grid(editor.grid, sections=sections, visible=lambda row: _is_shown(editor, row), height=height)


def _show_carried(editor: Editor) -> None:
    """How many were not done last year; pressed, they are shown alone."""
    carried = sum(view.carried_over for view in editor.views.values())
    if carried:
        words = tn("{n} not done last year", "{n} not done last year", carried)
        icon = ":material/close:" if editor.only_carried else ":material/history:"
        st.button(f":orange[{words}]", key="show_carried", icon=icon, type="tertiary", on_click=_pick_carried, args=(editor,))


def _is_shown(editor: Editor, row: GridRow) -> bool:
    if editor.picked is not None and row.section != picked_key(editor):
        return False
    return not editor.only_carried or (row.id in editor.views and editor.views[row.id].carried_over)


def _show_save(editor: Editor) -> None:
    count = count_changes(editor)
    with foot("plan_save"):
        if count:
            st.markdown(f":gray[{tn('{n} change is not saved yet.', '{n} changes are not saved yet.', count)}]", width="content")
        else:
            st.markdown(f":gray[{t('Everything is saved.')}]", width="content")
        st.button(t("Discard"), key="discard_edits", type="tertiary", disabled=not count, on_click=_discard)
        st.button(t("Save"), key="go_save_plan", type="primary", icon=":material/save:", disabled=not count, on_click=_save, args=(editor,))


# --- what the widgets do -----------------------------------------------------------------------------------------------------


def _go(plan: Plan) -> None:
    if st.session_state["plan_more"] == "copy":
        ask_copy(plan)
    else:
        st.session_state[START_KEY] = True


def _pick_carried(editor: Editor) -> None:
    settle(editor.grid)
    editor.only_carried = not editor.only_carried


def _discard() -> None:
    st.session_state.pop(EDITOR_KEY, None)


def _restore(editor: Editor, row: Activity) -> None:
    settle(editor.grid)
    outcome = action(
        lambda session: amendments.remove_activity(session, row.id or 0, removed=False, who=acting_who(), now_utc=clock.now_utc()),
        done=t("“{title}” is back in the plan.", title=row.title),
    )
    if outcome.ok:
        rebase(editor)


def _save_about(plan: Plan, suffix: str) -> None:
    values = {name: st.session_state[f"about_{name}_{suffix}"].strip() for name in ("title", "guiding", "closing")}
    action(
        lambda session: plans.save_plan(session, plan.id or 0, version=plan.version, who=acting_who(), now_utc=clock.now_utc(), **values),
        done=t("Saved."),
    )


def _save(editor: Editor) -> None:
    read_edits(editor.grid)
    for row in editor.grid.latest:
        if read_time(row.when) is None and editor.stored.get(row.id, GridRow("")).when != row.when:
            refuse(t("“{title}”: the time “{when}” is not understood.", title=escape(row.title), when=escape(row.when)))
            return
    kept = {row.id for row in editor.grid.latest}
    removes = any(key not in kept for key in editor.stored)
    outcome = action(lambda session: store(session, editor), done=in_bin(t("Saved.")) if removes else t("Saved."))
    if outcome.ok:
        close_notes()
        reload(editor)
    else:
        rebase(editor)
