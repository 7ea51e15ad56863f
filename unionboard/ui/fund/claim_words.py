"""How claims speak: states, steps, kinds, and whom one waits for."""

from unionboard.models import ClaimState
from unionboard.reference import claim_kinds
from unionboard.services.claim_views import ClaimView, Step, Turn, names_for
from unionboard.services.roles import Committee
from unionboard.ui.text import escape, named, t

STATES = {
    ClaimState.DRAFT: ("gray", ":material/edit_note:"),
    ClaimState.SUBMITTED: ("blue", ":material/hourglass_top:"),
    ClaimState.APPROVED: ("blue", ":material/payments:"),
    ClaimState.PAID: ("yellow", ":material/folder_open:"),
    ClaimState.FILED: ("green", ":material/check_circle:"),
    ClaimState.WITHDRAWN: ("gray", ":material/cancel:"),
    ClaimState.REVERSED: ("orange", ":material/undo:"),
}
"""Colour and sign of a state; its word is always beside them."""


def kind_name(code: str) -> str:
    """What a kind of claim is called."""
    kinds = claim_kinds()
    return named(kinds.get(code, kinds["other"]))


def state_word(state: ClaimState) -> str:
    """Where a claim stands, by what it waits for."""
    words = {
        ClaimState.DRAFT: t("Draft"),
        ClaimState.SUBMITTED: t("Waits for approval"),
        ClaimState.APPROVED: t("Waits for payment"),
        ClaimState.PAID: t("Waits for its papers"),
        ClaimState.FILED: t("Filed"),
        ClaimState.WITHDRAWN: t("Withdrawn"),
        ClaimState.REVERSED: t("Taken back"),
    }
    return words[state]


def state_badge(view: ClaimView) -> str:
    """Markdown: colour, sign and word; a draft that came back says so."""
    colour, icon = STATES[view.state]
    if view.state is ClaimState.DRAFT and view.returned_reason:
        return f":orange-badge[:material/reply: {t('Returned')}]"
    return f":{colour}-badge[{icon} {state_word(view.state)}]"


def step_verb(step: Step) -> str:
    """The button that takes the next step."""
    return {Step.SUBMIT: t("Hand in"), Step.APPROVE: t("Approve"), Step.PAY: t("Pay"), Step.FILE: t("File away")}[step]


def turn_word(turn: Turn) -> str:
    """What somebody did to a claim."""
    if turn.state is ClaimState.DRAFT:
        return t("changed the sum") if turn.before_fen is not None else t("gave it back") if turn.reason else t("wrote the draft")
    words = {
        ClaimState.SUBMITTED: t("handed it in"),
        ClaimState.APPROVED: t("approved it"),
        ClaimState.PAID: t("paid it"),
        ClaimState.FILED: t("filed its papers"),
        ClaimState.WITHDRAWN: t("withdrew it"),
        ClaimState.REVERSED: t("took the entry back"),
    }
    return words[turn.state]


def tell_whom(view: ClaimView, committee: Committee) -> str:
    """Whom a claim waits for, as a sentence; Markdown."""
    names = "、".join(escape(name) for name in names_for(view, committee)) or t("somebody else of the committee")
    sentences = {
        Step.SUBMIT: t("{names} has still to hand it in.", names=names),
        Step.APPROVE: t("Waits for the approval of {names}.", names=names),
        Step.PAY: t("Waits for {names} to pay.", names=names),
        Step.FILE: t("Waits for {names} to file its papers.", names=names),
    }
    return sentences[view.step] if view.step else ""
