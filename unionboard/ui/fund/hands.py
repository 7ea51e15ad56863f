"""Who handled, approved and paid: asked in every form that books at once, with the reason where parts are not kept apart."""

from typing import Any

import streamlit as st

from unionboard import db
from unionboard.services.roles import is_same_person, read_committee
from unionboard.ui.drawers import FORM_PREFIX, typed
from unionboard.ui.text import t

_PARTS = ("handler", "approver", "cashier")


def ask_hands(*, is_paid_out: bool = True) -> None:
    """The names, without the cashier for income; ``typed_hands`` reads them."""
    handler, approver = st.columns(2, wrap=False)
    handler.text_input(t("Handled by"), max_chars=40, key=f"{FORM_PREFIX}handler")
    approver.text_input(t("Approved by"), max_chars=40, key=f"{FORM_PREFIX}approver")
    if is_paid_out:
        st.text_input(t("Paid out by"), max_chars=40, key=f"{FORM_PREFIX}cashier")
        _ask_reason()


def typed_hands() -> dict[str, Any]:
    """What was asked for, by the names of the services' options."""
    return {field: typed(field) for field in (*_PARTS, "one_hand")}


def _ask_reason() -> None:
    names = [typed(field) for field in _PARTS]
    if any(is_same_person(one, other) for at, one in enumerate(names) for other in names[at + 1 :]):
        st.text_input(
            t("Why one person has two parts"),
            max_chars=200,
            help=t("In a tiny committee one person may handle, approve or pay; the books show it with this reason."),
            key=f"{FORM_PREFIX}one_hand",
        )
    elif _stands_in(*names[:2]):
        st.text_input(
            t("Why {name} approves in place of the chair", name=names[1]),
            max_chars=200,
            help=t("The books show this mark beside the entry."),
            key=f"{FORM_PREFIX}one_hand",
        )


def _stands_in(handler: str, approver: str) -> bool:
    """Whether what the only approver handles is approved by another."""
    with db.reading() as session:
        stand_ins = read_committee(session).stand_ins(handler)
    return any(is_same_person(approver, name) for name in stand_ins)
