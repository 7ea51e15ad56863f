"""The plan that stands: its sections and measures beside its activities, corrected in the same grid and saved as one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from unionboard import clock
from unionboard.models import Activity, Plan, Section
from unionboard.reading.frequency import find_frequency
from unionboard.reading.plan_time import read_time
from unionboard.reference import work_areas
from unionboard.services import amendments, plans
from unionboard.services.duties import duty_kind
from unionboard.ui.actions import LOCAL_USER, action, refuse
from unionboard.ui.components.source_pane import PaneLine, show_source_pane
from unionboard.ui.frame import PAGES_DIR
from unionboard.ui.plan_desk import short_name
from unionboard.ui.plan_editing import EDITOR_KEY, Editor, count_changes, current_editor, rebase, reload, store
from unionboard.ui.plan_grid import DUTY_WORDS, NO_SECTION, GridRow, read_edits, settle, show_grid, undo_button
from unionboard.ui.plan_panes import foot, head_of_pane, pane_height
from unionboard.ui.plan_reading import PERIODS
from unionboard.ui.plan_start import ADOPTED_KEY, START_KEY, copy_plan, show_plan
from unionboard.ui.text import escape, long_date, named, t, tn


def show_editor(plan: Plan, others: Sequence[Plan]) -> None:
    """The head, the outline beside the grid, and the bar that saves; ``others`` are all plans, to choose from."""
    editor = current_editor(plan)
    read_edits(editor.grid)
    _show_head(editor, others)
    if st.session_state.get(ADOPTED_KEY) == plan.id:
        _show_adopted(editor)
    height = pane_height("plan_editor_screen")
    left, right = st.columns([8, 12], gap="medium")
    with left:
        _show_outline(editor, height)
    with right:
        _show_rows(editor, height)
    _show_save(editor)


# --- drawing -----------------------------------------------------------------------------------------------------------------


def _show_head(editor: Editor, others: Sequence[Plan]) -> None:
    plan = editor.plan
    with st.container(horizontal=True, vertical_alignment="center", key="plan_head"):
        st.title(escape(plan.title), anchor=False, width="content")
        st.markdown(f":gray[{_tell_period(plan)}]", width="content")
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="actions_plan"):
            if len(others) > 1:
                by_id = {other.id: other for other in others}
                st.selectbox(
                    t("Plan"),
                    list(by_id),
                    index=list(by_id).index(plan.id),
                    format_func=lambda id_: t("{year} plan year", year=by_id[id_].year),
                    key=f"plan_chosen_{plan.id}",
                    label_visibility="collapsed",
                    width=130,
                    on_change=lambda: show_plan(by_id[st.session_state[f"plan_chosen_{plan.id}"]]),
                )
            with st.popover(t("About the plan"), icon=":material/edit_note:"):
                _show_about(plan)
            with st.popover(t("Add a section"), icon=":material/add:"):
                _show_new_section(plan)
            st.button(t("Read another plan"), key="read_another", icon=":material/upload_file:", on_click=_read_another)
            year = max(other.year for other in others) + 1
            label = t("Copy to {year}", year=year)
            st.button(label, key="copy_to_next", icon=":material/content_copy:", on_click=copy_plan, args=(plan, year))


def _tell_period(plan: Plan) -> str:
    """What the period is called, and its days where they are not plain from the year."""
    period = t(PERIODS[plan.period_kind])
    if (plan.starts_on, plan.ends_on) == (date(plan.year, 1, 1), date(plan.year, 12, 31)):
        return f"{t('{year} plan year', year=plan.year)} · {period}"
    return f"{period} · {long_date(plan.starts_on)} – {long_date(plan.ends_on)}"


def _show_adopted(editor: Editor) -> None:
    count = len(editor.views)
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="plan_adopted_note"):
        words = tn("The plan of {year} stands: {n} activity.", "The plan of {year} stands: {n} activities.", count, year=editor.plan.year)
        st.markdown(f":green[:material/check_circle: **{words}**]", width="content")
        st.page_link(PAGES_DIR / "timeline.py", label=t("See it on the timeline"), icon=":material/view_timeline:")
        st.page_link(PAGES_DIR / "checkoffs.py", label=t("Tick off what is done"), icon=":material/task_alt:")
        st.space("stretch")
        st.button(t("Close"), key="close_adopted", type="tertiary", on_click=_close_adopted)


def _show_about(plan: Plan) -> None:
    suffix = f"{plan.id}_{plan.version}"
    st.text_input(t("Title of the plan"), plan.title, key=f"about_title_{suffix}", max_chars=200)
    st.text_area(t("Guiding thought"), plan.guiding, key=f"about_guiding_{suffix}", height=160)
    st.text_area(t("Closing words"), plan.closing, key=f"about_closing_{suffix}", height=90)
    st.button(t("Save"), key="go_save_about", type="primary", on_click=_save_about, args=(plan, suffix))


def _show_new_section(plan: Plan) -> None:
    st.text_area(t("Heading, word for word"), key="new_section_heading", height=80, max_chars=300)
    areas = work_areas()
    st.selectbox(t("Area"), list(areas), index=len(areas) - 1, format_func=lambda code: named(areas[code]), key="new_section_area")
    st.button(t("Add"), key="go_add_section", type="primary", on_click=_add_section, args=(plan,))


def _show_outline(editor: Editor, height: int) -> None:
    section = _picked_section(editor)
    with head_of_pane("plan_outline_head"):
        words = "" if section else f"　:gray[{t('Click one to see it alone.')}]"
        st.markdown(f"**{t('Sections and measures')}**{words}", width="content")
        st.space("stretch")
        if section:
            with st.popover(t("Edit the heading"), icon=":material/edit:", type="tertiary"):
                _show_section_form(section)
    show_source_pane(
        _outline(editor),
        key=f"plan_outline_{editor.plan.id}",
        label=t("Sections and measures"),
        picked=editor.picked,
        on_pick=lambda line: _pick(editor, line),
        height=height,
    )


def _show_section_form(section: Section) -> None:
    suffix = f"{section.id}_{section.version}"
    st.text_area(t("Heading, word for word"), section.heading, key=f"section_heading_{suffix}", height=80, max_chars=300)
    areas = work_areas()
    st.selectbox(
        t("Area"),
        list(areas),
        index=list(areas).index(section.area),
        format_func=lambda code: named(areas[code]),
        key=f"section_area_{suffix}",
    )
    st.button(t("Save"), key="go_save_section", type="primary", on_click=_save_section, args=(section, suffix))


def _outline(editor: Editor) -> list[PaneLine]:
    """Headings and measures as lines; ids are section ids times 10 000, plus the measure's place (1-based)."""
    counts = Counter(row.section for row in editor.grid.latest)
    lines = []
    for section in editor.sections:
        home = (section.id or 0) * 10_000
        count = counts[str(section.id)]
        mark = f"✓ {tn('{n} activity', '{n} activities', count)}" if count else t("No activity")
        tone = "made" if count else ""
        lines.append(
            PaneLine(home, section.printed_number.rstrip("、.．"), section.heading or t("(without a heading)"), mark, tone, strong=True)
        )
        for number, measure in enumerate((m for m in editor.measures if m.section_id == section.id), start=1):
            frequency = find_frequency(measure.frequency)
            mark, tone = (f"◆ {t(DUTY_WORDS[duty_kind(frequency)])}", "standing") if frequency else (t("Measure"), "")
            lines.append(PaneLine(home + number, str(number), measure.text, mark, tone))
    if counts[NO_SECTION]:
        lines.append(
            PaneLine(0, "", t("Activities without a section"), tn("{n} activity", "{n} activities", counts[NO_SECTION]), strong=True)
        )
    return lines


def _picked_section(editor: Editor) -> Section | None:
    if editor.picked is None:
        return None
    return next((section for section in editor.sections if section.id == (editor.picked or 0) // 10_000), None)


def _show_rows(editor: Editor, height: int) -> None:
    section = _picked_section(editor)
    sections = {str(row.id): short_name(row.printed_number, row.heading, row.position) for row in editor.sections}
    with head_of_pane("plan_rows_head"):
        shown = [row for row in editor.grid.latest if editor.picked is None or row.section == _section_key(editor)]
        st.markdown(f"**{t('Activities')}**　:gray[{len(shown)}]", width="content")
        undo_button(editor.grid)
        if editor.picked is not None:
            st.markdown(f":blue-badge[{escape(sections[str(section.id)]) if section else t('Without a section')}]", width="content")
            st.button(t("Show all"), key="show_all", type="tertiary", icon=":material/close:", on_click=_pick, args=(editor, editor.picked))
        if editor.removed:
            with st.popover(tn("{n} removed", "{n} removed", len(editor.removed)), icon=":material/restore_from_trash:", type="tertiary"):
                for row in editor.removed:
                    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                        st.text(row.title)
                        st.button(t("Restore"), key=f"restore_{row.id}", on_click=_restore, args=(editor, row))
    editor.grid.new_row = replace(editor.grid.new_row, section=_section_key(editor) if editor.picked else NO_SECTION)
    show_grid(
        editor.grid,
        sections=sections,
        visible=lambda row: editor.picked is None or row.section == _section_key(editor),
        with_source=False,
        height=height,
    )


def _section_key(editor: Editor) -> str:
    return str((editor.picked or 0) // 10_000 or NO_SECTION)


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


def _pick(editor: Editor, line: int) -> None:
    settle(editor.grid)
    editor.picked = None if line == editor.picked else line


def _read_another() -> None:
    st.session_state[START_KEY] = True


def _close_adopted() -> None:
    st.session_state.pop(ADOPTED_KEY, None)


def _discard() -> None:
    st.session_state.pop(EDITOR_KEY, None)


def _restore(editor: Editor, row: Activity) -> None:
    settle(editor.grid)
    outcome = action(
        lambda session: amendments.remove_activity(session, row.id or 0, removed=False, who=LOCAL_USER, now_utc=clock.now_utc()),
        done=t("“{title}” is back in the plan.", title=row.title),
    )
    if outcome.ok:
        rebase(editor)


def _save_about(plan: Plan, suffix: str) -> None:
    values = {name: st.session_state[f"about_{name}_{suffix}"].strip() for name in ("title", "guiding", "closing")}
    action(
        lambda session: plans.save_plan(session, plan.id or 0, version=plan.version, who=LOCAL_USER, now_utc=clock.now_utc(), **values),
        done=t("Saved."),
    )


def _save_section(section: Section, suffix: str) -> None:
    values = {name: st.session_state[f"section_{name}_{suffix}"] for name in ("heading", "area")}
    action(
        lambda session: plans.save_section(
            session, section.id or 0, version=section.version, who=LOCAL_USER, now_utc=clock.now_utc(), **values
        ),
        done=t("Saved."),
    )


def _add_section(plan: Plan) -> None:
    heading, area = st.session_state["new_section_heading"], st.session_state["new_section_area"]
    outcome = action(
        lambda session: plans.add_section(session, plan.id or 0, heading=heading, area=area, who=LOCAL_USER, now_utc=clock.now_utc()),
        done=t("The section stands at the end of the plan."),
    )
    if outcome.ok:
        st.session_state["new_section_heading"] = ""


def _save(editor: Editor) -> None:
    read_edits(editor.grid)
    for row in editor.grid.latest:
        if read_time(row.when) is None and editor.stored.get(row.id, GridRow("")).when != row.when:
            refuse(t("“{title}”: the time “{when}” is not understood.", title=escape(row.title), when=escape(row.when)))
            return
    outcome = action(lambda session: store(session, editor), done=t("Saved."))
    if outcome.ok:
        _close_adopted()
        reload(editor)
    else:
        rebase(editor)
