"""The union's own Word template: put in, chosen, taken out; a sample and the names of its places for whoever makes one."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from unionboard import db
from unionboard.config import UPLOAD_LIMIT_MB, read_config
from unionboard.models import SummaryTemplate
from unionboard.services.permissions import Act
from unionboard.services.summary_templates import find_template, remove_template, store_template
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX
from unionboard.ui.summary.place import stamp
from unionboard.ui.text import escape, language, t
from unionboard.ui.trash import in_bin
from unionboard.writing.summary_template import check_template, list_places, write_sample_template

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TURN = "template_turn"  # a new uploader after each file that was taken


def show_template() -> bool:
    """The choice between the official page and the union's own template; True for the template."""
    with db.reading() as session:
        row = find_template(session)
    has_template = False
    if row:
        names = {False: t("Official page (GB/T 9704)"), True: t("Our template “{name}”", name=escape(row.name))}
        has_template = bool(
            st.radio(t("Page"), [False, True], format_func=names.__getitem__, key=f"{FORM_PREFIX}template", horizontal=True)
        )
    if identity.may(Act.WRITE_SUMMARY):
        _offer_own(row)
    return has_template


def _offer_own(row: SummaryTemplate | None) -> None:
    with st.expander(t("Our own template") if row else t("Use a template of our own"), icon=":material/draft:", key="own_template"):
        _show_own(row)


def _show_own(row: SummaryTemplate | None) -> None:
    turn = st.session_state.setdefault(_TURN, 0)
    with st.container(key="form_template"):
        st.file_uploader(
            t("A Word file (.docx) with named places, up to {n} MB", n=UPLOAD_LIMIT_MB),
            type=["docx"],
            max_upload_size=UPLOAD_LIMIT_MB,
            key=f"{FORM_PREFIX}template_file_{turn}",
            on_change=_take,
            args=(f"{FORM_PREFIX}template_file_{turn}",),
        )
    with st.container(horizontal=True):
        st.download_button(
            t("Sample to start from"),
            partial(write_sample_template, language()),
            file_name=t("summary-template-sample.docx"),
            mime=DOCX,
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
            key="export_template_sample",
        )
        if row:
            st.button(
                t("Take the template out"), type="tertiary", icon=":material/delete:", key="remove_template", on_click=_remove, args=(row,)
            )
    places = "\n".join(f"| `{place.name}` | {escape(place.told)} |" for place in list_places(language()))
    head = f"| {t('In Word')} | {t('What stands there')} |"
    st.markdown(f"{t('Places that are filled in, typed into Word as they stand here:')}\n\n{head}\n|---|---|\n{places}")


def _take(key: str) -> None:
    upload = st.session_state.get(key)
    if upload is None:
        return

    def take(session: Session) -> None:
        content = upload.getvalue()
        check_template(content)
        store_template(session, content, upload.name, folder=read_config().form_dir, **stamp())

    if action(take, done=t("The template is in use.")).ok:
        st.session_state[f"{FORM_PREFIX}template"] = True
    st.session_state[_TURN] += 1


def _remove(row: SummaryTemplate) -> None:
    done = in_bin(t("The template is taken out."))
    action(lambda session: remove_template(session, row.id or 0, version=row.version, **stamp()), done=done)
