"""The outline of the plan that stands: headings and measures, each changed where it stands."""

from collections import Counter
from collections.abc import Callable

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.models import Measure, Plan, Section
from unionboard.reading.frequency import find_frequency
from unionboard.reference import work_areas
from unionboard.services import plans, sections
from unionboard.services.duties import duty_kind
from unionboard.services.permissions import Act
from unionboard.services.sections import Stamp
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.components.source_pane import PaneLine, show_source_pane
from unionboard.ui.identity import acting_who
from unionboard.ui.plan_desk import short_name
from unionboard.ui.plan_editing import Editor, count_changes
from unionboard.ui.plan_grid import NO_SECTION, settle
from unionboard.ui.plan_panes import head_of_pane
from unionboard.ui.text import escape, named, t, tn
from unionboard.ui.trash import in_bin
from unionboard.ui.values import DUTY_WORDS

_LINES = 10_000  # a line's id is its section's id times this, plus the measure's place (1-based)
_NOWHERE = 0


def show_outline(editor: Editor, height: int) -> None:
    """The pane, and above it what can be done with the line picked."""
    section, measure = picked_section(editor), _picked_measure(editor)
    with head_of_pane("plan_outline_head"):
        hint = None if section else t("Click one to see it alone.")
        st.markdown(f"**{t('Sections and measures')}**", width="content", help=hint)
        st.space("stretch")
        if not identity.may(Act.EDIT_PLAN):
            pass
        elif measure:
            with st.popover(t("Edit the measure"), icon=":material/edit:", type="tertiary"):
                _show_measure_form(editor, measure)
        elif section:
            with st.popover(t("Edit the section"), icon=":material/edit:", type="tertiary"):
                _show_section_form(editor, section)
        else:
            with st.popover(t("Add a section"), icon=":material/add:", type="tertiary"):
                _show_new_section(editor.plan)
        if section and identity.may(Act.EDIT_PLAN):
            with st.popover(t("Add a measure"), icon=":material/add:", type="tertiary"):
                _show_new_measure(section)
    show_source_pane(
        _lines(editor),
        key=f"plan_outline_{editor.plan.id}",
        label=t("Sections and measures"),
        picked=editor.picked,
        on_pick=lambda line: pick(editor, line),
        height=height,
    )


def pick(editor: Editor, line: int | None) -> None:
    """Show what stands under a line alone; picking it again shows everything."""
    settle(editor.grid)
    editor.picked = None if line == editor.picked else line


def picked_section(editor: Editor) -> Section | None:
    """The section of the line picked."""
    if editor.picked is None:
        return None
    return next((section for section in editor.sections if section.id == (editor.picked or 0) // _LINES), None)


def picked_key(editor: Editor) -> str:
    """The same as a key of the grid's sections."""
    return str((editor.picked or 0) // _LINES or NO_SECTION)


def _picked_measure(editor: Editor) -> Measure | None:
    section = picked_section(editor)
    below = [measure for measure in editor.measures if section and measure.section_id == section.id]
    place = (editor.picked or 0) % _LINES
    return below[place - 1] if 0 < place <= len(below) else None


def _lines(editor: Editor) -> list[PaneLine]:
    counts = Counter(row.section for row in editor.grid.latest)
    lines = []
    for section in editor.sections:
        home = (section.id or 0) * _LINES
        count = counts[str(section.id)]
        mark = f"✓ {tn('{n} activity', '{n} activities', count)}" if count else t("No activity")
        tone = "made" if count else ""
        heading = section.heading or t("(without a heading)")
        lines.append(PaneLine(home, section.printed_number.rstrip("、.．"), heading, mark, tone, strong=True))
        for number, measure in enumerate((m for m in editor.measures if m.section_id == section.id), start=1):
            frequency = find_frequency(measure.frequency)
            mark, tone = (f"◆ {t(DUTY_WORDS[duty_kind(frequency)])}", "standing") if frequency else (t("Measure"), "")
            lines.append(PaneLine(home + number, str(number), measure.text, mark, tone))
    if counts[NO_SECTION]:
        words = tn("{n} activity", "{n} activities", counts[NO_SECTION])
        lines.append(PaneLine(0, "", t("Activities without a section"), words, strong=True))
    return lines


# --- forms -------------------------------------------------------------------------------------------------------------------


def _ask_area(label: str, area: str, *, key: str) -> None:
    areas = work_areas()
    known = area if area in areas else "OTHER"
    st.selectbox(label, list(areas), index=list(areas).index(known), format_func=lambda code: named(areas[code]), key=key)


def _show_new_section(plan: Plan) -> None:
    st.text_area(t("Heading, word for word"), key="new_section_heading", height=80, max_chars=300)
    _ask_area(t("Area"), "OTHER", key="new_section_area")
    st.button(t("Add"), key="go_add_section", type="primary", on_click=_add_section, args=(plan,))


def _show_section_form(editor: Editor, section: Section) -> None:
    suffix = f"{section.id}_{section.version}"
    st.text_area(t("Heading, word for word"), section.heading, key=f"section_heading_{suffix}", height=80, max_chars=300)
    _ask_area(t("Area"), section.area, key=f"section_area_{suffix}")
    place = editor.sections.index(section)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(t("Save"), key="go_save_section", type="primary", on_click=_save_section, args=(section, suffix))
        st.space("stretch")
        for steps, icon, label in ((-1, "arrow_upward", t("Up")), (1, "arrow_downward", t("Down"))):
            st.button(
                label,
                key=f"section_move_{steps}",
                icon=f":material/{icon}:",
                disabled=not 0 <= place + steps < len(editor.sections),
                on_click=_move_section,
                args=(section, steps),
            )
    st.divider()
    others = {
        other.id or 0: short_name(other.printed_number, other.heading, other.position) for other in editor.sections if other is not section
    }
    measures = any(measure.section_id == section.id for measure in editor.measures)
    homes = [*others, *([] if measures and others else [_NOWHERE])]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            t("What stands below goes to"),
            homes,
            format_func=lambda id_: others.get(id_, t("Without a section")),
            key=f"section_home_{suffix}",
        )
        unsaved = bool(count_changes(editor))
        st.button(
            t("Remove the section"),
            key="remove_section",
            icon=":material/delete:",
            disabled=unsaved,
            help=t("Save the changes in the table first.") if unsaved else None,
            on_click=_remove_section,
            args=(editor, section, suffix),
        )


def _show_measure_form(editor: Editor, measure: Measure) -> None:
    suffix = f"{measure.id}_{measure.version}"
    st.text_area(t("The measure in the plan's words"), measure.text, key=f"measure_text_{suffix}", height=140)
    left, right = st.columns(2)
    with left:
        _ask_area(t("Area"), measure.area, key=f"measure_area_{suffix}")
    right.text_input(t("Owner"), measure.owner, key=f"measure_owner_{suffix}", max_chars=80)
    with st.container(horizontal=True):
        st.button(t("Save"), key="go_save_measure", type="primary", on_click=_save_measure, args=(measure, suffix))
        st.space("stretch")
        st.button(t("Remove the measure"), key="remove_measure", icon=":material/delete:", on_click=_remove_measure, args=(editor, measure))


def _show_new_measure(section: Section) -> None:
    st.text_area(t("The measure in the plan's words"), key="new_measure_text", height=110)
    st.button(t("Add"), key="go_add_measure", type="primary", on_click=_add_measure, args=(section,))


# --- what the widgets do -----------------------------------------------------------------------------------------------------


def _stamp() -> Stamp:
    return Stamp(who=acting_who(), now_utc=clock.now_utc())


def _change(change: Callable[[Session], object], done: str) -> bool:
    return action(change, done=done).ok


def _add_section(plan: Plan) -> None:
    heading, area = st.session_state["new_section_heading"], st.session_state["new_section_area"]
    done = t("The section stands at the end of the plan.")
    if _change(lambda session: plans.add_section(session, plan.id or 0, heading=heading, area=area, **_stamp()), done):
        st.session_state["new_section_heading"] = ""


def _save_section(section: Section, suffix: str) -> None:
    values = {name: st.session_state[f"section_{name}_{suffix}"] for name in ("heading", "area")}
    _change(lambda session: plans.save_section(session, section.id or 0, version=section.version, **_stamp(), **values), t("Saved."))


def _move_section(section: Section, steps: int) -> None:
    _change(lambda session: sections.move_section(session, section.id or 0, steps=steps, **_stamp()), "")


def _remove_section(editor: Editor, section: Section, suffix: str) -> None:
    home = int(st.session_state[f"section_home_{suffix}"]) or None
    done = in_bin(t("The section “{heading}” is no longer in the plan.", heading=escape(section.heading)))
    if _change(lambda session: sections.remove_section(session, section.id or 0, into=home, **_stamp()), done):
        pick(editor, None)


def _add_measure(section: Section) -> None:
    text = st.session_state["new_measure_text"]
    if _change(
        lambda session: sections.add_measure(session, section.id or 0, text=text, **_stamp()), t("The measure stands last in its section.")
    ):
        st.session_state["new_measure_text"] = ""


def _save_measure(measure: Measure, suffix: str) -> None:
    values = {name: st.session_state[f"measure_{name}_{suffix}"] for name in ("text", "area", "owner")}
    _change(lambda session: sections.save_measure(session, measure.id or 0, version=measure.version, **_stamp(), **values), t("Saved."))


def _remove_measure(editor: Editor, measure: Measure) -> None:
    done = in_bin(t("The measure is no longer in the plan."))
    if _change(lambda session: sections.remove_measure(session, measure.id or 0, **_stamp()), done):
        pick(editor, measure.section_id * _LINES)
