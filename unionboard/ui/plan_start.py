"""The way in: upload or paste a plan, try a sample, copy last year's, start empty."""

from collections.abc import Callable

import streamlit as st

from unionboard import clock
from unionboard.config import PROJECT_DIR, UPLOAD_LIMIT_MB
from unionboard.errors import Refusal
from unionboard.models import Plan
from unionboard.reading.draft import Reading
from unionboard.reading.files import read_file
from unionboard.reading.text import read_text
from unionboard.services import plans
from unionboard.ui.actions import LOCAL_USER, action
from unionboard.ui.frame import PLAN_KEY
from unionboard.ui.plan_desk import Desk, open_desk
from unionboard.ui.text import t, tell

DESK_KEY = "plan_desk"
START_KEY = "plan_start"
ADOPTED_KEY = "plan_adopted"  # the id of the plan just adopted, until something else is done
_SERIAL = "plan_serial"
SAMPLES_DIR = PROJECT_DIR / "data" / "samples"


def show_start(latest: Plan | None) -> None:
    """One clear place to bring a plan in; ``latest`` is the plan a copy would be made of."""
    with st.container(border=True, key="plan_bring"):
        left, right = st.columns(2, gap="large")
        with left:
            _show_upload()
        with right:
            _show_paste()
    st.markdown(f":gray[{t('Or without a document:')}]")
    with st.container(horizontal=True):
        for sample in sorted(SAMPLES_DIR.glob("plan-*.*")):
            if st.button(
                t("Try the sample {suffix}", suffix=_KINDS.get(sample.suffix, sample.suffix)),
                key=f"sample_{sample.suffix}",
                icon=":material/science:",
            ):
                _read(lambda path=sample: read_file(path.read_bytes(), filename=path.name))  # type: ignore[misc]
        if latest is not None:
            year = latest.year + 1
            st.button(
                t("Copy the plan of {year} to {next}", year=latest.year, next=year),
                key="copy_plan",
                icon=":material/content_copy:",
                on_click=copy_plan,
                args=(latest, year),
            )
        st.button(t("Start an empty plan"), key="start_empty", icon=":material/note_add:", on_click=_start_empty, args=(latest,))


_TAKEN_MB = 100  # server.maxUploadSize: what is above our own limit the reader refuses in the user's language, the widget only in English
_KINDS = {".docx": "Word", ".xlsx": "Excel", ".txt": "TXT", ".md": "Markdown"}


def _show_upload() -> None:
    st.markdown(f"**{t('Upload the plan')}**")
    file = st.file_uploader(
        t(
            "Word (.docx), Excel (.xlsx) or text (.txt, .md), up to {limit} MB. Press the button or drop the file on the field.",
            limit=UPLOAD_LIMIT_MB,
        ),
        key=f"plan_file_{st.session_state.get(_SERIAL, 0)}",
        max_upload_size=_TAKEN_MB,
    )
    if file is not None and st.session_state.get("plan_file_read") != file.file_id:
        st.session_state["plan_file_read"] = file.file_id
        _read(lambda: read_file(file.getvalue(), filename=file.name))


def _show_paste() -> None:
    st.markdown(f"**{t('Or paste its text')}**")
    text = st.text_area(
        t("Copy the whole plan from Word or a web page; headings and months are found by themselves."), key="plan_text", height=140
    )
    if st.button(t("Read the text"), key="go_read_text", type="primary"):
        _read(lambda: read_text(text, filename=""))


def _read(read: Callable[[], Reading]) -> None:
    """Read with a sign of progress; a refusal is one sentence in place, and nothing is kept."""
    try:
        with st.spinner(t("Reading the plan …")):
            reading = read()
    except Refusal as refusal:
        st.error(tell(refusal), icon=":material/block:")
        return
    st.session_state[_SERIAL] = st.session_state.get(_SERIAL, 0) + 1
    st.session_state[DESK_KEY] = open_desk(reading, today=clock.today(), serial=st.session_state[_SERIAL])
    st.rerun()


def current_desk() -> Desk | None:
    """The document on the desk, if any."""
    desk = st.session_state.get(DESK_KEY)
    return desk if isinstance(desk, Desk) else None


def clear_desk() -> None:
    """Put the document away unadopted; the uploader forgets its file."""
    st.session_state.pop(DESK_KEY, None)
    st.session_state.pop("plan_file_read", None)
    st.session_state[_SERIAL] = st.session_state.get(_SERIAL, 0) + 1


def copy_plan(latest: Plan, year: int) -> None:
    """For ``on_click``: copy ``latest`` into ``year`` and show the copy."""
    outcome = action(
        lambda session: plans.copy_plan(session, latest.id or 0, year=year, who=LOCAL_USER, now_utc=clock.now_utc()),
        done=t("The plan of {year} is there. Look through its dates.", year=year),
    )
    if outcome.value is not None:
        show_plan(outcome.value)


def _start_empty(latest: Plan | None) -> None:
    year = latest.year + 1 if latest else clock.today().year
    title = t("Union work plan of {year}", year=year)
    outcome = action(
        lambda session: plans.start_empty_plan(session, year=year, title=title, who=LOCAL_USER, now_utc=clock.now_utc()),
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
