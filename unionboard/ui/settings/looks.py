"""Who looked at what is private, and what was taken out as a file: for the chair."""

import streamlit as st

from unionboard import db, i18n
from unionboard.services.exports import LOOKS_SHOWN, Look, LookKind, list_looks
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.components.record_table import Column, show_record_table
from unionboard.ui.export_words import tell_export
from unionboard.ui.history import tell_moment
from unionboard.ui.text import language, t, tn

_FEW = 10
_ALL = "all_looks"


def show_looks() -> None:
    """The card; nothing for whoever does not keep the accounts."""
    if not identity.may(Act.MANAGE_ACCOUNTS):
        return
    with db.reading() as session:
        looks = list_looks(session)
    with st.container(border=True, key="looks_card"):
        st.subheader(t("Who looked"), anchor=False)
        st.markdown(f":small[:gray[{t('Names and private papers that were opened, and files that were taken out, newest first.')}]]")
        if not looks:
            st.markdown(f":gray[{t('Nobody has looked yet, and nothing was taken out.')}]")
            return
        columns = (
            Column("what", t("What"), "main"),
            Column("when", t("When"), "day"),
            Column("who", t("By whom"), "day"),
            Column("origin", t("From where"), "quiet"),
        )
        shown = looks if st.session_state.get(_ALL) else looks[:_FEW]
        show_record_table("looks", columns, [_write(look) for look in shown], caption=t("Who looked"))
        if len(looks) > _FEW:
            st.toggle(t("Show the last {n}", n=min(len(looks), LOOKS_SHOWN)), key=_ALL)


def _write(look: Look) -> dict[str, str]:
    return {
        "what": _tell(look),
        "when": tell_moment(look.at_utc),
        "who": i18n.tell_who(language(), look.who),
        "origin": i18n.tell_origin(language(), look.origin),
    }


def _tell(look: Look) -> str:
    if look.kind is LookKind.NAMES:
        return tn("was shown {n} name of care visits", "was shown {n} names of care visits", look.count)
    if look.kind is LookKind.PAPER:
        return t("opened a paper that names people")
    if look.kind is LookKind.UNLOCK:
        return t("unlocked personal details for ten minutes")
    return tell_export(look.what, has_names=look.has_names)
