"""How the meeting speaks: why an item is here, what was decided, how long it takes. On the big screen nobody's name is written in full."""

from collections.abc import Mapping
from dataclasses import dataclass

from unionboard import db
from unionboard.models import AgendaKind, DecisionKind
from unionboard.reference import work_areas
from unionboard.services.activities import Status
from unionboard.services.masking import Mask, list_known_names
from unionboard.services.meeting_views import DecisionView, ItemView, MeetingView
from unionboard.services.periods import Placement
from unionboard.ui.board_links import is_big
from unionboard.ui.status import describe_status
from unionboard.ui.text import escape, named, short_date, t, when

KIND_WORDS: Mapping[AgendaKind, str] = {
    AgendaKind.CARRIED: "Not reached last time",
    AgendaKind.FOLLOW_UP: "Decided before",
    AgendaKind.LATE: "Late",
    AgendaKind.MONTH: "Planned this month",
    AgendaKind.NEXT: "Planned next month",
    AgendaKind.FUND: "Fund",
    AgendaKind.OTHER: "Other",
}
_KIND_LOOKS: Mapping[AgendaKind, tuple[str, str]] = {
    AgendaKind.CARRIED: ("violet", "history"),
    AgendaKind.FOLLOW_UP: ("yellow", "assignment"),
    AgendaKind.LATE: ("orange", "warning"),
    AgendaKind.MONTH: ("blue", "today"),
    AgendaKind.NEXT: ("gray", "event_upcoming"),
    AgendaKind.FUND: ("gray", "account_balance_wallet"),
    AgendaKind.OTHER: ("gray", "chat_bubble"),
}
DECISION_LOOKS: Mapping[DecisionKind, tuple[str, str, str]] = {
    DecisionKind.DONE: ("green", "check_circle", "Done"),
    DecisionKind.POSTPONED: ("violet", "redo", "Postponed"),
    DecisionKind.REASSIGNED: ("blue", "person", "New owner"),
    DecisionKind.CANCELLED: ("gray", "close", "Cancelled"),
    DecisionKind.ADDED: ("blue", "add_circle", "New activity"),
    DecisionKind.FOLLOW_UP: ("yellow", "assignment", "Decision"),
}


@dataclass(frozen=True, slots=True)
class Speech:
    """Words for this session's screen. ``mask`` is None where names may be read."""

    mask: Mask | None

    def said(self, text: str) -> str:
        """What users typed, as Markdown; names masked on the big screen."""
        return escape(self.mask.text(text) if self.mask else text)

    def title(self, item: ItemView) -> str:
        """The item's heading."""
        if item.title:
            return self.said(item.title)
        if item.gathered:
            return t("The others: {kind}", kind=t(KIND_WORDS[item.kind]))
        return t("How the fund stands") if item.kind is AgendaKind.FUND else t("Anything else")

    def reason(self, item: ItemView) -> str:
        """Why it is on the agenda, as a badge: 逾期 21 天, 本月, 上次未议到 …"""
        colour, icon = _KIND_LOOKS[item.kind]
        word = t(KIND_WORDS[item.kind])
        view = item.activity
        if view and view.status is Status.LATE:
            late = describe_status(view)
            word = late if item.kind is AgendaKind.LATE else f"{word} · {late}"
        elif view and view.status is not Status.COMING:
            word = f"{word} · {describe_status(view)}"
        return f":{colour}-badge[:material/{icon}: {word}]"

    def facts(self, item: ItemView) -> str:
        """When it is planned, who owns it, where it stands in the plan."""
        if item.activity:
            view = item.activity
            owner = t("owner: {name}", name=self.said(view.owner)) if view.owner else t("nobody is named")
            area = self.said(view.section_title) or named(work_areas()[view.area])
            return "　·　".join((t("planned: {when}", when=when(view.starts_on, view.ends_on, view.precision)), owner, area))
        if item.follow_up:
            asked = item.follow_up
            owner = t("owner: {name}", name=self.said(asked.owner)) if asked.owner else t("nobody is named")
            settled = t("settled on {day}", day=short_date(asked.settled_on)) if asked.settled_on else ""
            return self._listed(owner, _until(asked), settled)
        return ""

    def decision(self, decision: DecisionView, *, with_title: bool = False) -> str:
        """What was decided, in a line; ``with_title`` where the activity is not in sight."""
        colour, icon, word = DECISION_LOOKS[decision.kind]
        title = self.said(decision.title) if with_title or decision.kind is DecisionKind.ADDED else ""
        text = self.said(decision.text)
        told: tuple[str, ...]
        match decision.kind:
            case DecisionKind.DONE:
                told = (title, short_date(decision.done_on) if decision.done_on else "")
            case DecisionKind.POSTPONED:
                moved = t("from {before} to {after}", before=_placed(decision.planned_before), after=_placed(decision.planned))
                told = (title, moved, t("because {reason}", reason=text))
            case DecisionKind.REASSIGNED:
                before = self.said(decision.owner_before) or t("nobody")
                told = (title, t("from {before} to {after}", before=before, after=self.said(decision.owner)))
            case DecisionKind.CANCELLED:
                told = (title, t("because {reason}", reason=text))
            case DecisionKind.ADDED:
                told = (title, _placed(decision.planned), self.said(decision.owner))
            case _:
                told = (text, self.said(decision.owner), _until(decision))
        return f":{colour}[:material/{icon}: **{t(word)}**]　{self._listed(*told)}"

    def _listed(self, *parts: str) -> str:
        return "　·　".join(part for part in parts if part)


def _until(decision: DecisionView) -> str:
    return t("until {day}", day=short_date(decision.due_on)) if decision.due_on else ""


def _placed(time: Placement | None) -> str:
    return when(time.starts_on, time.ends_on, time.precision) if time else ""


def name_meeting(number: int) -> str:
    """第3次委员会会议."""
    return t("Committee meeting no. {number}", number=number)


def count_kinds(view: MeetingView) -> str:
    """How many points of each kind are on the agenda, as badges."""
    counts = {kind: sum(max(len(item.gathered), 1) for item in view.items if item.kind is kind) for kind in AgendaKind}
    looks = ((kind, count, *_KIND_LOOKS[kind]) for kind, count in counts.items() if count)
    return " ".join(f":{colour}-badge[:material/{icon}: {t(KIND_WORDS[kind])} {count}]" for kind, count, colour, icon in looks)


def speak() -> Speech:
    """The words of this session's screen."""
    if not is_big():
        return Speech(None)
    with db.reading() as session:
        return Speech(Mask(list_known_names(session)))
