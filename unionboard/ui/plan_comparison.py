"""A corrected version of the plan that stands: what is new, changed, the same or gone; what is ticked is taken over, the rest stays."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from unionboard.models import PeriodKind, Plan
from unionboard.services.comparison import Difference, Noun, RowDifference
from unionboard.services.table_comparison import FAULT_SENTENCES
from unionboard.ui.plan_comparing import (
    Comparing,
    apply,
    begin_comparison,
    choose_document,
    compare_reading,
    lay_out,
    leave_comparison,
    read_either,
    refresh,
)
from unionboard.ui.plan_desk import Desk
from unionboard.ui.plan_differences import count_words, tell_change, tell_facts, tell_records
from unionboard.ui.plan_intake import read_pasted, show_intake
from unionboard.ui.plan_panes import foot
from unionboard.ui.plan_start import START_KEY, clear_desk
from unionboard.ui.text import escape, t, tn

_COLUMNS = (9, 11, 5)
_FEW = 8  # lines that need no filter
_PROBLEMS = 12
_SHOWN = 40  # lines of a kind before the rest is unfolded


def offer_comparison(desk: Desk, standing: Sequence[Plan]) -> None:
    """When there already is a plan for the desk's year, say so and offer to compare with it."""
    plan = next((plan for plan in standing if plan.year == desk.year and PeriodKind.TERM not in {plan.period_kind, desk.kind}), None)
    if plan is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="compare_offer"):
            words = t("There already is a plan for {year}. Is this a corrected version of it?", year=plan.year)
            st.markdown(f":orange[:material/info:] {words}", width="content")
            st.button(t("Compare with it"), key="compare_instead", icon=":material/difference:", on_click=_compare_desk, args=(plan, desk))


def show_comparison(comparing: Comparing, plan: Plan) -> None:
    """First the fields that take the document, then its differences from the plan."""
    with st.container(horizontal=True, vertical_alignment="center", key="plan_bar"):
        st.title(t("Read a corrected version"), anchor=False, width="content")
        name = escape(comparing.filename or plan.title)
        st.markdown(f":gray[{name}]", width="content")
        with st.container(horizontal=True, horizontal_alignment="right", key="actions_comparison"):
            if comparing.is_chosen:
                st.button(
                    t("Choose another document"),
                    key="compare_another",
                    icon=":material/undo:",
                    type="tertiary",
                    on_click=begin_comparison,
                    args=(plan,),
                )
            st.button(
                t("Back to the plan"), key="leave_comparison", icon=":material/arrow_back:", type="tertiary", on_click=leave_comparison
            )
    if not comparing.is_chosen:
        _show_way_in(comparing)
    else:
        _show_differences(comparing, plan)


def _show_way_in(comparing: Comparing) -> None:
    st.markdown(f":gray[{t('What is new, changed or gone is shown first; you tick what to take over. Check-offs and spending stay.')}]")
    show_intake(
        upload=t("Upload the corrected plan or plan table"),
        paste=t("Or paste its text"),
        on_file=lambda data, name: lay_out(comparing, lambda: read_either(data, name), filename=name),
        on_text=lambda text: lay_out(comparing, lambda: read_pasted(text)),
    )


def _show_differences(comparing: Comparing, plan: Plan) -> None:
    refresh(comparing)
    _show_documents(comparing)
    groups = {kind: comparing.of_kind(kind) for kind in Difference}
    open_groups = [kind for kind in _GROUPS if groups[kind]]
    _show_hint(comparing, plan)
    _show_problems(comparing)
    if not open_groups:
        st.success(t("The same as the plan that stands: nothing has changed."), icon=":material/check_circle:")
    words = _show_filter(groups) if sum(len(groups[kind]) for kind in open_groups) > _FEW else ""
    for kind in open_groups:
        if st.session_state.get("compare_kind") in {None, kind}:
            _show_group(comparing, kind, [one for one in groups[kind] if words in _title(comparing, one).casefold()])
    if groups[Difference.UNCHANGED]:
        _show_unchanged(comparing, groups[Difference.UNCHANGED])
    if any(difference.can_be_taken for difference in comparing.differences):
        _show_foot(comparing)


def _show_documents(comparing: Comparing) -> None:
    documents = comparing.reading.documents if comparing.reading else ()
    if len(documents) > 1:
        names = {found.n: f"{found.n} · {found.title}" for found in documents}
        st.selectbox(
            tn("{n} document in the file", "{n} documents in the file", len(documents)),
            list(names),
            index=list(names).index(comparing.n),
            format_func=names.__getitem__,
            key=f"compare_document_{comparing.serial}",
            on_change=_choose_document,
            args=(comparing,),
            width=420,
        )


def _show_hint(comparing: Comparing, plan: Plan) -> None:
    """Says so when this looks like another plan altogether."""
    years = comparing.draft.years if comparing.draft else ()
    if comparing.is_another_plan:
        words = t("Hardly anything fits the plan of {year}. Is this the right document?", year=plan.year)
    elif years and years[0] not in {plan.starts_on.year, plan.ends_on.year}:
        words = t("The document speaks of {other}, the plan is for {year}. Is this the right document?", other=years[0], year=plan.year)
    else:
        return
    st.warning(words, icon=":material/help:")


def _show_problems(comparing: Comparing) -> None:
    """Cells of a table that are not understood: they are corrected in Excel first."""
    if comparing.problems:
        told = [t(FAULT_SENTENCES[problem.fault], cell=problem.cell, text=escape(problem.text)) for problem in comparing.problems]
        head = tn(
            "{n} cell is not understood. Correct it in Excel and bring the table back; until then nothing can be applied.",
            "{n} cells are not understood. Correct them in Excel and bring the table back; until then nothing can be applied.",
            len(told),
        )
        more = [tn("{n} more", "{n} more", len(told) - _PROBLEMS)] if len(told) > _PROBLEMS else []
        st.error("\n".join([f"**{head}**", "", *(f"- {line}" for line in [*told[:_PROBLEMS], *more])]), icon=":material/grid_off:")


@dataclass(frozen=True, slots=True)
class _Group:
    """How one kind of difference is headed."""

    colour: str
    icon: str
    title: str
    note: str


_GROUPS = {
    Difference.NEW: _Group("blue", "add_circle", "New", "only in the document; taken into the plan when ticked"),
    Difference.CHANGED: _Group("yellow", "change_circle", "Changed", "the document says it differently now"),
    Difference.GONE: _Group("gray", "do_not_disturb_on", "Gone", "no longer in the document; stays in the plan unless ticked"),
}


def _show_filter(groups: dict[Difference, list[RowDifference]]) -> str:
    """Which kinds and words to see; the words, folded."""
    counts = {kind: len(groups[kind]) for kind in _GROUPS}
    with st.container(horizontal=True, vertical_alignment="center", key="compare_filter"):
        st.pills(
            t("Show"),
            [kind for kind in _GROUPS if counts[kind]],
            format_func=lambda kind: f":{_GROUPS[kind].colour}[:material/{_GROUPS[kind].icon}:] {t(_GROUPS[kind].title)} {counts[kind]}",
            key="compare_kind",
            label_visibility="collapsed",
            width="content",
        )
        typed = st.text_input(
            t("Search"), key="compare_words", placeholder=t("Search"), icon=":material/search:", label_visibility="collapsed", width=260
        )
    return typed.strip().casefold()


def _show_group(comparing: Comparing, kind: Difference, shown: Sequence[RowDifference]) -> None:
    group = _GROUPS[kind]
    with st.container(border=True, key=f"compare_{kind.value}", gap="small"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            st.markdown(f":{group.colour}[:material/{group.icon}:] **{t(group.title)}** {len(shown)}", width="content")
            st.markdown(f":small[:gray[{t(group.note)}]]", width="stretch")
            all_ticked = bool(shown) and all(one.key in comparing.ticked for one in shown)
            st.button(
                t("Untick all") if all_ticked else t("Tick all"),
                key=f"compare_all_{kind.value}",
                type="tertiary",
                disabled=not shown,
                on_click=_tick_all,
                args=(comparing, [one.key for one in shown], not all_ticked),
            )
        first = shown if kind in comparing.unfolded else shown[:_SHOWN]
        for difference in first:
            _show_row(comparing, difference)
        if len(first) < len(shown):
            words = tn("{n} more", "{n} more", len(shown) - len(first))
            unfold = comparing.unfolded.add
            st.button(
                words, key=f"compare_more_{kind.value}", icon=":material/expand_more:", type="tertiary", on_click=unfold, args=(kind,)
            )


def _show_row(comparing: Comparing, difference: RowDifference) -> None:
    view = comparing.views.get(difference.activity_id or 0)
    facts = tell_facts(difference, view, comparing.headings)
    records = tell_records(difference, view)
    changes = difference.changes or difference.corrections
    has_more = bool(changes or facts or records or difference.left_out)  # three columns would be empty space on a phone
    left, middle, right = st.columns(_COLUMNS, gap="small", vertical_alignment="center") if has_more else (st.container(),) * 3
    left.checkbox(
        f"{escape(_title(comparing, difference))}{_NOUNS.get(difference.noun, lambda: '')()}",
        value=difference.key in comparing.ticked,
        key=_tick_key(comparing, difference.key),
        on_change=_tick,
        args=(comparing, difference.key),
        wrap=True,
    )
    if changes:
        middle.markdown("  \n".join(tell_change(change) for change in changes))
    elif facts:
        middle.markdown(f":gray[{escape(facts)}]")
    if records:
        right.markdown(f":small[:green[:material/task_alt:] {escape(records)}] :small[:gray[{t('(kept)')}]]")
    elif difference.left_out:
        right.markdown(f":small[:gray[{t('left out before')}]]")


_NOUNS = {Noun.SECTION: lambda: f" :gray-badge[{t('Section')}]", Noun.MEASURE: lambda: f" :gray-badge[{t('Measure')}]"}


def _show_unchanged(comparing: Comparing, same: Sequence[RowDifference]) -> None:
    """Folded; what people corrected or left out can be ticked there too, to have the document's words after all."""
    words = tn("{n} line unchanged", "{n} lines unchanged", len(same))
    box = st.expander(words, icon=":material/check:", key="compare_same", on_change="rerun")
    if not box.open:
        return
    with box:
        for difference in sorted(same, key=lambda one: not one.can_be_taken):
            if difference.can_be_taken:
                _show_row(comparing, difference)
                continue
            left, middle, right = st.columns(_COLUMNS, gap="small")
            view = comparing.views.get(difference.activity_id or 0)
            left.text(_title(comparing, difference))
            middle.markdown(f":gray[{escape(tell_facts(difference, view, comparing.headings))}]")
            right.markdown(f":gray[{escape(tell_records(difference, view))}]")


def _show_foot(comparing: Comparing) -> None:
    ticked = Counter(one.kind for one in comparing.differences if one.key in comparing.ticked)
    with foot("compare_foot"):
        st.markdown(f":gray[{t('Nothing is stored before you apply it.')}]", width="content")
        words = t("Nothing ticked")
        if total := ticked.total():
            changed = ticked[Difference.CHANGED] + ticked[Difference.UNCHANGED]
            counted = count_words(ticked[Difference.NEW], changed, ticked[Difference.GONE])
            words = tn("Apply {n} line: {counted}", "Apply {n} lines: {counted}", total, counted=counted)
        st.button(
            words,
            key="go_apply",
            type="primary",
            icon=":material/check:",
            disabled=not total or bool(comparing.problems),
            on_click=apply,
            args=(comparing,),
        )


def _title(comparing: Comparing, difference: RowDifference) -> str:
    """What the line is called in the plan, or in the document when it is new."""
    view = comparing.views.get(difference.activity_id or 0)
    return difference.title or (view.title if view else "") or (difference.row.title if difference.row else "")


# --- what the widgets do -----------------------------------------------------------------------------------------------------


def _tick_key(comparing: Comparing, key: str) -> str:
    return f"compare_tick_{comparing.serial}_{comparing.n}_{key}"


def _tick(comparing: Comparing, key: str) -> None:
    comparing.ticked ^= {key}


def _tick_all(comparing: Comparing, keys: Sequence[str], ticked: bool) -> None:
    comparing.ticked = comparing.ticked | set(keys) if ticked else comparing.ticked - set(keys)
    for key in keys:
        st.session_state[_tick_key(comparing, key)] = ticked


def _compare_desk(plan: Plan, desk: Desk) -> None:
    """The desk stays put aside with its corrections: what is compared is the document."""
    st.query_params.pop("plan", None)
    st.session_state.pop(START_KEY, None)
    clear_desk()
    compare_reading(plan, desk.reading, desk.n)


def _choose_document(comparing: Comparing) -> None:
    choose_document(comparing, int(st.session_state[f"compare_document_{comparing.serial}"]))
