"""What was read, beside its source: look, correct, adopt."""

from datetime import date

import streamlit as st

from unionboard import clock
from unionboard.models import PeriodKind
from unionboard.reading.draft import SectionRole
from unionboard.services import plans
from unionboard.ui.actions import LOCAL_USER, action
from unionboard.ui.components.source_pane import show_source_pane
from unionboard.ui.plan_desk import REASONS, Desk, kept_rows, open_desk, pane_lines, section_names, take_line
from unionboard.ui.plan_grid import read_edits, settle, show_grid, undo_button
from unionboard.ui.plan_panes import foot, head_of_pane, pane_height
from unionboard.ui.plan_start import ADOPTED_KEY, DESK_KEY, clear_desk, show_plan
from unionboard.ui.text import escape, t, tn

PERIODS = {PeriodKind.CALENDAR_YEAR: "Calendar year", PeriodKind.SCHOOL_YEAR: "School year", PeriodKind.TERM: "Term"}


def show_reading(desk: Desk) -> None:
    """The bar, the plan's name and period, the two panes, and the bar with the way on."""
    read_edits(desk.grid)
    _show_bar(desk)
    _show_period(desk)
    height = pane_height("plan_reading_screen")
    left, right = st.columns([8, 12], gap="medium")
    with left:
        _show_source(desk, height)
    with right:
        _show_rows(desk, height)
    _show_adopt(desk)


def _show_bar(desk: Desk) -> None:
    rows = [row for row in desk.grid.latest if row.kept]
    sections = sum(section.role is SectionRole.WORK for section in desk.draft.sections)
    duties = sum(row.duty != "one_off" for row in rows)
    ignored = len(desk.draft.ignored)
    with st.container(horizontal=True, vertical_alignment="center", key="plan_bar"):
        st.title(t("Plan"), anchor=False, width="content")
        badges = [f":green-badge[:material/check: {tn('{n} activity', '{n} activities', len(rows))}]"]
        if duties:
            badges.append(f":yellow-badge[:material/diamond: {tn('{n} of them a duty', '{n} of them duties', duties)}]")
        if sections:
            badges.append(f":gray-badge[{tn('{n} section', '{n} sections', sections)}]")
        st.markdown("　".join(badges), width="content")
        with st.popover(
            tn("{n} line left out", "{n} lines left out", ignored), icon=":material/close:", type="tertiary", disabled=not ignored
        ):
            _show_left_out(desk)
        st.space("stretch")
        if desk.reading.filename:
            st.markdown(f":gray[{escape(desk.reading.filename)}]", width="content")
        st.button(t("Choose another document"), key="clear_desk", icon=":material/undo:", type="tertiary", on_click=clear_desk)


def _show_left_out(desk: Desk) -> None:
    texts = {line.number: line.text.strip() for line in desk.reading.lines}
    for fate in desk.draft.ignored:
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            words = texts[fate.line]
            reason = t(REASONS[fate.reason]) if fate.reason else ""
            with st.container(gap=None):
                st.text(words if len(words) <= 60 else f"{words[:59]}…")
                st.markdown(f":small[:gray[{t('Line {n}', n=fate.line)} · {reason}]]")
            st.button(t("Take in"), key=f"take_{desk.serial}_{fate.line}", on_click=_take, args=(desk, fate.line))


def _show_period(desk: Desk) -> None:
    documents = desk.reading.documents
    with st.container(horizontal=True, vertical_alignment="bottom", key="plan_period"):
        if len(documents) > 1:
            names = {found.n: f"{found.n} · {found.title}" for found in documents}
            st.selectbox(
                tn("{n} document in the file", "{n} documents in the file", len(documents)),
                list(names),
                index=list(names).index(desk.n),
                format_func=names.__getitem__,
                key=f"plan_document_{desk.serial}",
                on_change=_choose_document,
                args=(desk,),
                width=340,
            )
        st.text_input(
            t("Title of the plan"),
            desk.title,
            key=_key(desk, "title"),
            max_chars=200,
            on_change=_keep,
            args=(desk, "title"),
            width="stretch",
        )
        st.number_input(
            t("Year"),
            plans.FIRST_YEAR,
            plans.LAST_YEAR,
            desk.year,
            key=_key(desk, "year"),
            on_change=_choose_period,
            args=(desk,),
            width=130,
        )
        st.selectbox(
            t("Period"),
            list(PERIODS),
            index=list(PERIODS).index(desk.kind),
            format_func=lambda kind: t(PERIODS[kind]),
            key=_key(desk, "kind"),
            on_change=_choose_period,
            args=(desk,),
            width=150,
        )
        for name, label in (("starts_on", t("From")), ("ends_on", t("To"))):
            st.date_input(
                label,
                getattr(desk, name),
                key=_dates_key(desk, name),
                format="YYYY-MM-DD",
                on_change=_keep_date,
                args=(desk, name),
                width=150,
            )


def _show_source(desk: Desk, height: int) -> None:
    with head_of_pane("plan_source_head"):
        st.markdown(f"**{t('Source')}**　:gray[{t('Click a line to see what it became.')}]")
    show_source_pane(
        pane_lines(desk),
        key=f"plan_source_{desk.serial}",
        label=t("Source"),
        picked=desk.picked,
        on_pick=lambda line: _pick(desk, line),
        height=height,
    )


def _show_rows(desk: Desk, height: int) -> None:
    picked = desk.picked
    of_line = [row for row in desk.grid.latest if row.line == picked] if picked else []
    with head_of_pane("plan_rows_head"):
        st.markdown(f"**{t('Activities')}**", width="content")
        undo_button(desk.grid)
        if picked:
            words = tn("Line {line} became {n} activity", "Line {line} became {n} activities", len(of_line), line=picked)
            st.markdown(f":blue-badge[{words}]", width="content")
            if not of_line:
                st.button(t("Take in"), key="take_picked", icon=":material/add:", on_click=_take, args=(desk, picked))
            st.button(t("Show all"), key="show_all", type="tertiary", icon=":material/close:", on_click=_pick, args=(desk, None))
    show_grid(
        desk.grid,
        sections=section_names(desk),
        visible=lambda row: not of_line or row.line == picked,
        with_source=True,
        height=height,
        on_source=lambda line: _pick(desk, line),
    )


def _show_adopt(desk: Desk) -> None:
    rows, unclear = kept_rows(desk)
    with foot("plan_adopt"):
        for row in unclear[:1]:
            words = (
                t("“{title}”: the time “{when}” is not understood.", title=row.title, when=row.when)
                if row.title
                else t("A row has no name yet.")
            )
            st.markdown(f":orange[:material/help: {escape(words)}]", width="content")
        if not unclear:
            st.markdown(f":gray[{t('Nothing is stored before you adopt.')}]", width="content")
        st.button(
            tn("Adopt {n} activity as the plan of {year}", "Adopt {n} activities as the plan of {year}", len(rows), year=desk.year),
            key="go_adopt",
            type="primary",
            icon=":material/check:",
            disabled=bool(unclear),
            on_click=_adopt,
            args=(desk,),
        )


# --- what the widgets do -----------------------------------------------------------------------------------------------------


def _key(desk: Desk, name: str) -> str:
    return f"plan_{name}_{desk.serial}_{desk.n}"


def _dates_key(desk: Desk, name: str) -> str:
    """The days are proposed anew with each year and kind, so the widget is another one too."""
    return f"plan_{name}_{desk.serial}_{desk.year}_{desk.kind.value}"


def _pick(desk: Desk, line: int | None) -> None:
    settle(desk.grid)
    desk.picked = None if line == desk.picked else line


def _take(desk: Desk, line: int) -> None:
    read_edits(desk.grid)
    settle(desk.grid, take_line(desk, line))
    desk.picked = line


def _choose_document(desk: Desk) -> None:
    serial = desk.serial + 1
    st.session_state["plan_serial"] = serial
    st.session_state[DESK_KEY] = open_desk(
        desk.reading, today=clock.today(), n=st.session_state[f"plan_document_{desk.serial}"], serial=serial
    )


def _keep(desk: Desk, name: str) -> None:
    setattr(desk, name, st.session_state[_key(desk, name)])


def _keep_date(desk: Desk, name: str) -> None:
    day = st.session_state[_dates_key(desk, name)]
    if isinstance(day, date):
        setattr(desk, name, day)


def _choose_period(desk: Desk) -> None:
    desk.year = int(st.session_state[_key(desk, "year")])
    desk.kind = PeriodKind(st.session_state[_key(desk, "kind")])
    desk.starts_on, desk.ends_on = plans.span_of_year(desk.year, desk.kind)


def _adopt(desk: Desk) -> None:
    read_edits(desk.grid)
    rows, _ = kept_rows(desk)
    outcome = action(
        lambda session: plans.adopt_draft(
            session,
            desk.draft,
            year=desk.year,
            period_kind=desk.kind,
            starts_on=desk.starts_on,
            ends_on=desk.ends_on,
            title=desk.title,
            rows=rows,
            source_name=desk.reading.filename,
            source_text="\n".join(line.text for line in desk.reading.lines),
            who=LOCAL_USER,
            now_utc=clock.now_utc(),
        ),
    )
    if outcome.value is not None:
        show_plan(outcome.value)
        st.session_state[ADOPTED_KEY] = outcome.value.id
