"""The drawer of a paper's form: ours to start from, the union's own put in and taken out, and the names of its places."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from unionboard import db
from unionboard.config import UPLOAD_LIMIT_MB, read_config
from unionboard.models import SummaryTemplate, TemplateKind
from unionboard.services.summary_templates import find_template, remove_template, store_template
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX
from unionboard.ui.papers.offering import KINDS, MIMES
from unionboard.ui.papers.words import name_paper
from unionboard.ui.summary.place import stamp
from unionboard.ui.text import escape, language, t
from unionboard.ui.trash import in_bin, show_bin_link
from unionboard.writing.papers.making import ONE_EACH, check_form, list_suffixes, write_form
from unionboard.writing.papers.places import PLACES, list_told, loop_of

_TURN = "own_form_turn"  # a new uploader after each file that was taken


def show_own_form(index: int | None) -> None:
    """All about the form of one paper; ``index``: which of ``KINDS``."""
    kind = KINDS[index or 0]
    with db.reading() as session:
        row = find_template(session, kind)
    st.markdown(f"**{escape(name_paper(kind))}**")
    _show_current(row)
    st.markdown(t("1. Download our form and change it in Word, Excel or WPS: your head, your columns, your words."))
    _offer_ours(kind)
    st.markdown(t("2. Choose the changed file here. From then on the paper is there on it."))
    _ask_file(kind)
    _show_places(kind)
    show_bin_link("form_bin")


def _show_current(row: SummaryTemplate | None) -> None:
    if row is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="own_form_now"):
        st.text(t("In use: {name}", name=row.name), width="content")
        st.button(t("Take it out"), type="tertiary", icon=":material/delete:", key="remove_form", on_click=_remove, args=(row,))


def _offer_ours(kind: TemplateKind) -> None:
    """Our forms hold nobody's data: taking one is not written down."""
    names = {".docx": "Word", ".xlsx": "Excel", ONE_EACH: t("A certificate each")}
    suffixes = (*list_suffixes(kind), *([ONE_EACH] if kind is TemplateKind.CERTIFICATE else []))
    with st.container(horizontal=True, key="our_forms"):
        for suffix in suffixes:
            ending = ".docx" if suffix == ONE_EACH else suffix
            st.download_button(
                names[suffix],
                partial(write_form, kind, language(), suffix),
                file_name=f"{t('form-{paper}', paper=name_paper(kind))}{ending}",
                mime=MIMES[ending],
                icon=":material/download:",
                on_click="ignore",
                key=f"our_form_{suffix.strip('.')}",
            )


def _ask_file(kind: TemplateKind) -> None:
    key = f"{FORM_PREFIX}own_form_{st.session_state.setdefault(_TURN, 0)}"
    st.file_uploader(
        t("A Word or Excel file (.docx, .xlsx) with named places, up to {n} MB", n=UPLOAD_LIMIT_MB),
        type=["docx", "xlsx"],
        max_upload_size=UPLOAD_LIMIT_MB,
        key=key,
        on_change=_take,
        args=(key, kind),
    )


def _show_places(kind: TemplateKind) -> None:
    st.markdown(f"**{t('Places that are filled in')}**")
    rows = "\n".join(f"| `{one.typed}` | {escape(one.told)} |" for one in list_told(kind, language()))
    st.markdown(f"| {t('Type this')} | {t('What stands there')} |\n|---|---|\n{rows}")
    if PLACES[kind].lists:
        opened, closed = loop_of(PLACES[kind].lists[0], language())
        told = t("In Excel the row with such a place is repeated by itself. In Word it stands between a row {opened} and a row {closed}.")
        told = told.replace("{opened}", f"`{opened}`").replace("{closed}", f"`{closed}`")
        st.markdown(f":small[{told}]")


def _take(key: str, kind: TemplateKind) -> None:
    upload = st.session_state.get(key)
    if upload is None:
        return

    def take(session: Session) -> None:
        content = upload.getvalue()
        suffix = check_form(content, kind)
        store_template(session, content, upload.name, kind=kind, suffix=suffix, folder=read_config().form_dir, **stamp())

    action(take, done=t("The form is in use."))
    st.session_state[_TURN] += 1


def _remove(row: SummaryTemplate) -> None:
    done = in_bin(t("The form is taken out."))
    action(lambda session: remove_template(session, row.id or 0, version=row.version, **stamp()), done=done)
