"""The way in: upload or paste a plan, take a template or last year's plan, try a sample, start empty."""

from collections.abc import Callable, Sequence

import streamlit as st

from unionboard import clock
from unionboard.config import PROJECT_DIR
from unionboard.i18n import mark
from unionboard.models import PeriodKind, Plan, UnionKind
from unionboard.reading.draft import Reading
from unionboard.reading.files import read_file
from unionboard.services import plan_periods, plans, templates, unions
from unionboard.ui.actions import action
from unionboard.ui.frame import PLAN_KEY
from unionboard.ui.identity import acting_who
from unionboard.ui.kept import keep
from unionboard.ui.plan_copying import ask_copy
from unionboard.ui.plan_desk import Desk, open_desk
from unionboard.ui.plan_drafts import find_desk, keep_desk, show_put_aside
from unionboard.ui.plan_intake import attempt, forget_intake, read_pasted, show_intake
from unionboard.ui.text import named, t
from unionboard.ui.unit_words import TEMPLATES

DESK_KEY = "plan_desk"
DESK_PARAM = "reading"  # in the address: the token of the desk, so that a reload finds it again
START_KEY = "plan_start"
YEAR_KEY = "plan_begin_year"
ADOPTED_KEY = "plan_adopted"  # the id of the plan just adopted, until something else is done
SAMPLES_DIR = PROJECT_DIR / "data" / "samples"
_KINDS = {".docx": "Word", ".xlsx": "Excel", ".txt": "TXT", ".md": "Markdown"}
_TEMPLATES = {
    "school": ("school", mark("Staff congress and open school affairs, visits, clubs, Teachers' Day.")),
    "hospital": ("local_hospital", mark("Workers' congress, care for those at the front line, skills, Nurses' Day.")),
    "company": ("factory", mark("Collective contract, safety and skills contests, cooling visits, mutual aid.")),
    "community": ("home_work", mark("New employment groups, stations for outdoor workers, help and legal advice.")),
}
"""An icon and what each template holds, in one sentence."""


def show_start(standing: Sequence[Plan]) -> None:
    """One clear place to bring a plan in; ``standing`` are the plans there are, newest first."""
    show_intake(
        upload=t("Upload the plan"),
        paste=t("Or paste its text"),
        on_file=lambda data, name: _lay_out(lambda: read_file(data, filename=name)),
        on_text=lambda text: _lay_out(lambda: read_pasted(text)),
    )
    show_put_aside(_put_on_desk)
    year = _ask_year(standing)
    _show_templates(year)
    _show_other_ways(standing, year)


def _ask_year(standing: Sequence[Plan]) -> int:
    """The year a plan is begun for; asked only in autumn, when the next one is written beside the running one."""
    years = plan_periods.offer_years(_usual(), today=clock.today(), taken=[plan.year for plan in standing])
    with st.container(horizontal=True, vertical_alignment="center", key="plan_year_row"):
        st.markdown(f"**{t('No document yet? Begin with a template and change what is different with you.')}**", width="content")
        if len(years) == 1:
            return years[0]
        st.session_state.setdefault(YEAR_KEY, years[0])
        chosen = st.segmented_control(
            t("For which year"), years, format_func=lambda year: t("{year} plan year", year=year), required=True,
            label_visibility="collapsed", key=YEAR_KEY,
        )  # fmt: skip
    return chosen if chosen in years else years[0]


def _show_templates(year: int) -> None:
    union = keep(unions.find_union)
    nearest = TEMPLATES[union.kind if union else UnionKind.SCHOOL]
    offers = sorted(templates.list_templates(), key=lambda offer: offer.code != nearest)
    for column, offer in zip(st.columns(len(offers), gap="small"), offers, strict=True):
        with column.container(border=True, height="stretch", vertical_alignment="distribute", key=f"template_{offer.code}"):
            icon, words = _TEMPLATES.get(offer.code, ("description", ""))
            with st.container(gap="xsmall"):
                st.markdown(f":material/{icon}: **{named(offer)}**")
                st.markdown(f":gray[{t(words)}]")
            if st.button(t("Use it for {year}", year=year), key=f"use_template_{offer.code}") and lay_out_template(offer.code, year=year):
                st.rerun()


def _show_other_ways(standing: Sequence[Plan], year: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="plan_other_ways"):
        if standing:
            label = t("Copy the plan of {year}", year=standing[0].year)
            st.button(label, key="copy_plan", icon=":material/content_copy:", on_click=ask_copy, args=(standing[0],))
        st.button(t("Start an empty plan"), key="start_empty", icon=":material/note_add:", on_click=_start_empty, args=(year,))
        st.space("stretch")
        st.markdown(f":gray[{t('Only trying?')}]", width="content")
        for sample in sorted(SAMPLES_DIR.glob("plan-*.*")):
            label = t("{kind} sample", kind=_KINDS.get(sample.suffix, sample.suffix))
            if st.button(label, key=f"sample_{sample.suffix}", type="tertiary"):
                _lay_out(lambda path=sample: read_file(path.read_bytes(), filename=path.name))  # type: ignore[misc]


def _lay_out(read: Callable[[], Reading]) -> None:
    """Put what ``read`` gives on the desk; nothing is stored. A refusal is told in place."""
    if _lay_down(read):
        st.rerun()


def lay_out_template(code: str, *, year: int) -> bool:
    """Put template ``code`` on the desk as the plan of ``year``; whether it is there."""
    kind = _usual()
    running = plan_periods.current_period(kind, today=clock.today())
    period = running if running.year == year else plan_periods.Period(kind, year, plans.span_of_year(year, kind))
    return _lay_down(lambda: templates.read_template(code, year=year), period)


def _lay_down(read: Callable[[], Reading], period: plan_periods.Period | None = None) -> bool:
    reading = attempt(read)
    if reading is None:
        return False
    desk = open_desk(reading, today=clock.today(), usual=_usual(), period=period)
    keep_desk(desk)
    _put_on_desk(desk)
    forget_intake()
    return True


def _usual() -> PeriodKind:
    union = keep(unions.find_union)
    return plan_periods.usual_kind(keep(plans.list_plans), union.period_kind if union else None)


def _put_on_desk(desk: Desk) -> None:
    st.session_state[DESK_KEY] = desk


def current_desk() -> Desk | None:
    """The document on the desk, if any: the session's, else (after a reload) the one the address names."""
    desk = st.session_state.get(DESK_KEY) or find_desk(st.query_params.get(DESK_PARAM, ""))
    if not isinstance(desk, Desk):
        return None
    _put_on_desk(desk)
    return desk


def clear_desk() -> None:
    """Put the document away unadopted; the uploader forgets its file."""
    st.session_state.pop(DESK_KEY, None)
    st.query_params.pop(DESK_PARAM, None)
    forget_intake()


def _start_empty(year: int) -> None:
    title, kind = t("Union work plan of {year}", year=year), _usual()
    running = plan_periods.current_period(kind, today=clock.today())
    within = running.span if running.year == year else None
    outcome = action(
        lambda session: plans.start_empty_plan(
            session, year=year, title=title, kind=kind, within=within, who=acting_who(), now_utc=clock.now_utc()
        ),
        done=t("The plan of {year} is there. Add its sections and activities.", year=year),
    )
    if outcome.value is not None:
        show_plan(outcome.value)


def show_plan(plan: Plan) -> None:
    """Look at ``plan`` from now on."""
    st.query_params.pop("plan", None)
    st.session_state[PLAN_KEY] = plan.id
    for key in (START_KEY, ADOPTED_KEY):
        st.session_state.pop(key, None)
    clear_desk()


def leave_start() -> None:
    """Back from reading another plan to the one that stands."""
    st.session_state.pop(START_KEY, None)
    clear_desk()
