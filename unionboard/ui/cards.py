"""Cards to tick off with a thumb: what was ticked stays where it was, with a way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.errors.checkoffs import AlreadyCheckedOff
from unionboard.models import CheckOff, DutyKind
from unionboard.services import checkoffs
from unionboard.services.activities import ActivityView, OccurrenceView, Record, Status
from unionboard.services.checklist import Checklist, Part, takes_tick
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import Offer, action, refuse
from unionboard.ui.drawer_state import Panel, open_activity
from unionboard.ui.evidence import show_photo_button
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.refusals import tell
from unionboard.ui.status import count_turns, describe_status, status_word, write_badge, write_turn
from unionboard.ui.text import escape, short_date, t, tn, when, when_turn
from unionboard.ui.trash import in_bin

CARD_PX = 340
SHOWN = 36  # cards of a group at first, whole rows of one to four: each costs the server a millisecond or two
_HEADS = {
    Part.LATE: ("orange", "warning", "Late"),
    Part.DUE: ("blue", "event_upcoming", "To be done"),
    Part.DUTIES: ("yellow", "event_repeat", "Standing duties"),
    Part.DONE: ("green", "check_circle", "Done"),
}
_UNFOLDED = "cards_unfolded"
_TICKED = "ticked"  # activity id -> Ticked, since the list was chosen


@dataclass(frozen=True, slots=True)
class Ticked:
    """What was checked off on a card: the check-offs, oldest first (of what is logged there may be several), and the part it stood in."""

    check_off_ids: tuple[int, ...]
    part: Part


def ticked_parts() -> dict[int, Part]:
    """Where the cards ticked a moment ago stood."""
    return {activity_id: ticked.part for activity_id, ticked in _ticked().items()}


def forget_ticked() -> None:
    """Let ticked cards move on and long groups fold; called when another list is chosen."""
    for key in (_TICKED, _UNFOLDED):
        st.session_state.pop(key, None)


def show_list(listed: Checklist, *, asks_papers: bool = False) -> None:
    """The groups of the list; with ``asks_papers`` every card takes a photo for what lacks papers."""
    for part, views in listed.parts.items():
        with st.container(key=f"part_{part}"):
            _show_part(part, views, asks_papers=asks_papers)
    if not listed.parts:
        st.markdown(f":gray[{t('Nothing to show here.')}]")


def _show_part(part: Part, views: Sequence[ActivityView], *, asks_papers: bool) -> None:
    """A group of cards under its head: one column on a phone, three or four on a desk."""
    colour, icon, title = _HEADS[part]
    count = tn("{n} item", "{n} items", len(views))
    st.markdown(f":{colour}[:material/{icon}:] **{t(title)}**　:gray[{count}]")
    shown = views if part in st.session_state.get(_UNFOLDED, ()) else views[:SHOWN]
    cards = st.grid("auto", min_column_width=CARD_PX)
    for view in shown:
        with cards.cell():
            _show_card(view, part, asks_papers=asks_papers)
    if len(shown) < len(views):
        label = tn("{n} more", "{n} more", len(views) - len(shown))
        st.button(label, icon=":material/expand_more:", type="tertiary", key=f"more_{part}", on_click=_unfold, args=(part,))


def _unfold(part: Part) -> None:
    st.session_state[_UNFOLDED] = {*st.session_state.get(_UNFOLDED, ()), part}


def _show_card(view: ActivityView, part: Part, *, asks_papers: bool) -> None:
    """Title (opens the drawer), status, when and who; at the right a round tick, or the way back; below, more of what was ticked."""
    just_now = _ticked_here(view)
    ticked = just_now or _ticked_today(view, part)
    is_over = just_now is not None or (ticked is not None and not takes_tick(view))
    latest = next((record for record in view.records if ticked and record.id == ticked.check_off_ids[-1]), None)
    bare = next((record for record in view.records if asks_papers and not record.evidence_count), None)
    with st.container(border=True, gap="xsmall", key=f"card_{view.id}"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            with st.container(gap=None):
                key = f"title_card_{view.id}"
                st.button(escape(view.title), type="tertiary", key=key, on_click=open_activity, args=(view.id,), wrap=True)
                st.markdown(_tell_ticked(view, ticked) if ticked and (is_over or view.duty is DutyKind.STANDING) else _tell(view))
            if ticked and latest:
                args = (view.id, ticked, latest.version)
                offer(Act.CHECK_OFF, t("Undo"), icon=":material/undo:", type="tertiary", key=f"undo_{view.id}", on_click=_undo, args=args)
            _show_tick(view, part, is_ticked=is_over)
        if not identity.may(Act.CHECK_OFF):
            return
        if latest:
            _show_more(view, latest, part, is_over=is_over)
        elif bare:
            show_photo_button(bare.id)


def _show_tick(view: ActivityView, part: Part, *, is_ticked: bool) -> None:
    """What happens as it comes is logged, and once more; anything else is ticked once."""
    if view.duty is DutyKind.STANDING and takes_tick(view):
        offer(Act.CHECK_OFF, t("Log one"), icon=":material/add:", key=f"log_{view.id}", on_click=_tick, args=(view.id, part))
    elif is_ticked:
        with st.container(key=f"ticked_{view.id}", width="content"):
            st.markdown(":material/check:", text_alignment="center")
    elif takes_tick(view):
        spoken = t("Check off “{title}”", title=escape(view.title))
        offer(Act.CHECK_OFF, spoken, key=f"tick_{view.id}", on_click=_tick, args=(view.id, part, view.next_turn))


def _show_more(view: ActivityView, record: Record, part: Part, *, is_over: bool) -> None:
    """One tap said today: another day is one more tap, details and photos come when there is time.

    Further turns that are missed wait here and not in the circle, which a quick finger taps twice.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"more_{view.id}"):
        with st.popover(t("Not today?"), type="tertiary", key=f"redate_{record.id}"):
            key = f"day_{record.id}"
            day, latest = t("It was on"), clock.today()
            args = (record.id, record.version, key)
            st.date_input(day, record.done_on, max_value=latest, format="YYYY-MM-DD", key=key, on_change=_correct_day, args=args)
        more = {"panel": Panel.REPORT, "record_id": record.id}
        key = f"details_{view.id}"
        st.button(t("Add details"), type="tertiary", key=key, on_click=open_activity, args=(view.id,), kwargs=more)
        show_photo_button(record.id)
        turn = view.next_turn
        if is_over and turn and takes_tick(view):
            label = t("Check off {when} too", when=when_turn(turn.due_from, turn.due_to))
            key = f"again_{view.id}"
            st.button(label, icon=":material/check:", type="tertiary", key=key, on_click=_tick, args=(view.id, part, turn))


def _tell(view: ActivityView) -> str:
    facts = [_when(view), escape(view.owner)]
    if view.status is Status.DONE and view.evidence_missing:
        facts.append(_tell_missing(view.records))
    else:
        facts.append(_tell_papers(view))
    badge = write_badge(view.status, describe_status(view))
    if view.carried_over and view.status is not Status.DONE:
        badge += f" :gray-badge[:material/history: {t('Not done last year')}]"
    return f"{badge} :small[:gray[{' · '.join(fact for fact in facts if fact)}]]"


def _when(view: ActivityView) -> str:
    if view.duty is DutyKind.RECURRING and view.next_turn:
        turn = view.next_turn
        return f"{when_turn(turn.due_from, turn.due_to)} {write_turn(turn.status)}"
    if view.duty is DutyKind.STANDING:
        latest = t("last on {day}", day=short_date(view.done_on)) if view.done_on else ""
        return latest or when(view.starts_on, view.ends_on, view.precision)
    if view.status in (Status.DONE, Status.PARTLY) and view.done_on:
        return short_date(view.done_on)
    return when(view.starts_on, view.ends_on, view.precision)


def _tell_ticked(view: ActivityView, ticked: Ticked) -> str:
    times = len(ticked.check_off_ids)
    if view.duty is DutyKind.STANDING:
        badge = write_badge(Status.DONE, tn("Logged {n} time today", "Logged {n} times today", times))
    elif view.duty is DutyKind.RECURRING:
        turn = next((turn for turn in view.occurrences if turn.check_off_id == ticked.check_off_ids[-1]), None)
        word = t("Done for {when}", when=when_turn(turn.due_from, turn.due_to)) if turn else status_word(Status.DONE)
        badge = f"{write_badge(Status.DONE, word)} :small[:gray[{count_turns(view)}]]"
    else:
        badge = write_badge(Status.DONE, describe_status(view))
        badge += f" :small[:gray[{short_date(view.done_on)}]]" if view.done_on and view.done_on != clock.today() else ""
    records = [record for record in view.records if record.id in ticked.check_off_ids]
    return f"{badge} :small[{_tell_missing(records) or _tell_papers(view)}]"


def _tell_missing(records: Sequence[Record]) -> str:
    """How many of ``records`` lack papers; "" when none does."""
    missing = sum(record.evidence_count == 0 for record in records)
    if not missing:
        return ""
    return f":yellow[{tn('{n} paper missing', '{n} papers missing', missing)}]"


def _tell_papers(view: ActivityView) -> str:
    papers = sum(record.evidence_count for record in view.records)
    return f":gray[:material/attach_file:\u00a0{papers}]" if papers else ""


def _tick(activity_id: int, part: Part, turn: OccurrenceView | None = None) -> None:
    """Of a recurring duty ``turn`` is checked off, the one the card told: when somebody was first, no other is taken for it."""

    def check_off(session: Session) -> CheckOff:
        today = clock.today()
        stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}
        return checkoffs.check_off(session, activity_id, done_on=today, today=today, occurrence_id=turn.id if turn else None, **stamp)

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


def _undo(activity_id: int, ticked: Ticked, version: int) -> None:
    def undo(session: Session) -> CheckOff:
        stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}
        return checkoffs.undo_check_off(session, activity_id, check_off_id=ticked.check_off_ids[-1], version=version, **stamp)

    if action(undo, done=in_bin(t("Taken back."))).ok:
        _remember(activity_id, Ticked(ticked.check_off_ids[:-1], ticked.part))


def _correct_day(check_off_id: int, version: int, key: str) -> None:
    day = st.session_state[key]

    def correct(session: Session) -> CheckOff:
        stamp: dict[str, Any] = {"who": acting_who(), "now_utc": clock.now_utc()}
        return checkoffs.correct_day(session, check_off_id, done_on=day, version=version, today=clock.today(), **stamp)

    if day is not None:
        action(correct, done=t("Noted for {day}.", day=short_date(day)))


def _ticked_today(view: ActivityView, part: Part) -> Ticked | None:
    """What was checked off earlier today, by whomever: the way back outlives a reload."""
    today = clock.local_day(clock.now_utc())
    made = sorted((record.created_at_utc, record.id) for record in view.records if clock.local_day(record.created_at_utc) == today)
    return Ticked(tuple(id_ for _, id_ in made), part) if made else None


def _ticked_here(view: ActivityView) -> Ticked | None:
    """What was checked off on this card and still stands: others may have taken it back."""
    ticked = _ticked().get(view.id)
    standing = {record.id for record in view.records}
    ids = tuple(id_ for id_ in ticked.check_off_ids if id_ in standing) if ticked else ()
    return Ticked(ids, ticked.part) if ticked and ids else None


def _ticked() -> dict[int, Ticked]:
    ticked: dict[int, Ticked] = st.session_state.get(_TICKED, {})
    return ticked


def _remember(activity_id: int, ticked: Ticked) -> None:
    others = {id_: kept for id_, kept in _ticked().items() if id_ != activity_id}
    st.session_state[_TICKED] = others | ({activity_id: ticked} if ticked.check_off_ids else {})
