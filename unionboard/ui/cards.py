"""The list of cards on the check-offs page: what was ticked stays where it was, with a way back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.errors.checkoffs import AlreadyCheckedOff
from unionboard.models import CheckOff
from unionboard.services import checkoffs
from unionboard.services.checklist import Part
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import Offer, action, refuse
from unionboard.ui.card_words import Ticked, write_cards
from unionboard.ui.components.cards import PHOTOS, show_cards
from unionboard.ui.drawer_state import Panel, open_activity
from unionboard.ui.evidence import show_shared_uploader
from unionboard.ui.identity import acting_who
from unionboard.ui.kept import keep
from unionboard.ui.refusals import tell
from unionboard.ui.text import short_date, t
from unionboard.ui.trash import in_bin

_STEP = "cards_step"  # number of the last act that was taken
_ASKED = "cards_asked"  # part -> how often more of it was asked for
_TICKED = "ticked"  # activity id -> Ticked, since the list was chosen


def list_cards(plan_id: int, *, show: str, owner: str | None, today: date) -> dict[str, Any]:
    """What ``show_list`` draws; ``open`` counts what is not done yet (duties apart)."""
    return keep(
        write_cards,
        plan_id,
        show=show,
        owner=owner,
        today=today,
        ticked=tuple(sorted(_ticked().items())),
        steps=tuple(sorted(st.session_state.get(_ASKED, {}).items())),
        may_tick=identity.may(Act.CHECK_OFF),
    )


def show_list(listed: Mapping[str, Any]) -> None:
    """The groups of the list; where a photo may be added, the uploader that takes those of all cards."""
    drawn = {name: listed[name] for name in ("parts", "words", "days")} | {"step": st.session_state.get(_STEP, 0)}
    show_cards(drawn, on_acts=take_acts)
    if any("more" in card for part in listed["parts"] for card in part["cards"]):
        show_shared_uploader(PHOTOS)


def forget_ticked() -> None:
    """Let ticked cards move on and long groups fold; called when another list is chosen."""
    for key in (_TICKED, _ASKED):
        st.session_state.pop(key, None)


def take_acts(acts: Sequence[Mapping[str, Any]]) -> None:
    """Do what was done on the cards and not taken yet, in its order; each is an action of its own. For callbacks."""
    does: dict[str, Callable[[Mapping[str, Any]], None]] = {
        "tick": lambda act: _tick(act["id"], Part(act["part"]), act.get("turn")),
        "undo": lambda act: _undo(act["id"], act["record"], act["version"]),
        "day": lambda act: _correct_day(act["record"], act["version"], date.fromisoformat(act["day"])),
        "open": lambda act: open_activity(act["id"]),
        "details": lambda act: open_activity(act["id"], Panel.REPORT, record_id=act["record"]),
        "more": lambda act: _unfold(Part(act["part"])),
    }
    for act in acts:
        if act["n"] > st.session_state.get(_STEP, 0):
            st.session_state[_STEP] = act["n"]
            does[act["do"]](act)


def _unfold(part: Part) -> None:
    asked = st.session_state.get(_ASKED, {})
    st.session_state[_ASKED] = asked | {part: asked.get(part, 0) + 1}


def _tick(activity_id: int, part: Part, turn_id: int | None) -> None:
    """Of a recurring duty the turn is checked off that the card told: when somebody was first, no other is taken for it."""

    def check_off(session: Session) -> CheckOff:
        today = clock.today()
        stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}
        return checkoffs.check_off(session, activity_id, done_on=today, today=today, occurrence_id=turn_id, **stamp)

    outcome = action(check_off, told_by_caller=(AlreadyCheckedOff,))
    if isinstance(outcome.refusal, AlreadyCheckedOff):
        _offer_theirs(activity_id, outcome.refusal)
    if outcome.value is not None:
        earlier = _ticked().get(activity_id)
        ids = (*(earlier.check_off_ids if earlier else ()), outcome.value.id or 0)
        _remember(activity_id, Ticked(ids, earlier.part if earlier else part))


def _offer_theirs(activity_id: int, refusal: AlreadyCheckedOff) -> None:
    """Somebody else was first: who and when, and the way to add to theirs."""
    record_id = int(str(refusal.facts["check_off_id"]))
    refuse(tell(refusal), Offer(t("Add details"), lambda: open_activity(activity_id, Panel.REPORT, record_id=record_id)))


def _undo(activity_id: int, check_off_id: int, version: int) -> None:
    def undo(session: Session) -> CheckOff:
        stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}
        return checkoffs.undo_check_off(session, activity_id, check_off_id=check_off_id, version=version, **stamp)

    if action(undo, done=in_bin(t("Taken back."))).ok:
        earlier = _ticked().get(activity_id)
        if earlier:
            _remember(activity_id, Ticked(tuple(id_ for id_ in earlier.check_off_ids if id_ != check_off_id), earlier.part))


def _correct_day(check_off_id: int, version: int, day: date) -> None:
    def correct(session: Session) -> CheckOff:
        stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}
        return checkoffs.correct_day(session, check_off_id, done_on=day, version=version, today=clock.today(), **stamp)

    action(correct, done=t("Noted for {day}.", day=short_date(day)))


def _ticked() -> dict[int, Ticked]:
    ticked: dict[int, Ticked] = st.session_state.get(_TICKED, {})
    return ticked


def _remember(activity_id: int, ticked: Ticked) -> None:
    others = {id_: kept for id_, kept in _ticked().items() if id_ != activity_id}
    st.session_state[_TICKED] = others | ({activity_id: ticked} if ticked.check_off_ids else {})
