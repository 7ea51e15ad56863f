"""The words of a message, in the language of whoever gets it; pure. Numbers, titles and days: nothing about anybody.

Every message begins with the same word, 工会 or Union: robots that want a keyword are given that one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from unionboard.i18n import translate, translate_count, written_language
from unionboard.models import AgendaKind, DatePrecision
from unionboard.reading.plan_time import write_time
from unionboard.reference import work_areas
from unionboard.services.message_facts import BudgetFacts, DueFacts, DueItem, Facts, InvitationFacts, LateFacts, MinutesReadyFacts
from unionboard.services.plan_times import time_of_span

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ACTIVE = str.maketrans("*_`#[]<>!|~\\", "＊＿｀＃［］＜＞！｜～＼")
"""What robots read as Markdown, a mention or a picture, and its like that they do not."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. ``lines`` are plain text, letter for letter; ``link``: where to read on, "" for nowhere."""

    title: str
    lines: tuple[str, ...]
    link: str = ""
    link_words: str = ""

    @property
    def text(self) -> str:
        """The lines, as they are stored."""
        return "\n".join(self.lines)


def word(facts: Facts, *, language: str) -> Message:
    """``facts`` in ``language``."""
    words = _Words(language)
    match facts:
        case DueFacts():
            return words.week(facts)
        case LateFacts():
            return words.late(facts)
        case BudgetFacts():
            return words.budget(facts)
        case InvitationFacts():
            return words.invitation(facts)
        case MinutesReadyFacts():
            return words.minutes(facts)


def word_test(*, language: str) -> Message:
    """What says that a group can be reached."""
    words = _Words(language)
    told = words.t("If you can read this, reminders will arrive here. Nobody is named in them.")
    return words.make(words.t("test message"), [told])


def read_back(title: str, text: str, *, link: str, language: str) -> Message:
    """A stored message, with the link that holds now."""
    return Message(title, tuple(text.split("\n")), link, _Words(language).t("Open the board") if link else "")


class _Words:
    def __init__(self, language: str) -> None:
        self.language = language
        self.written = written_language(language)

    def t(self, msgid: str, /, **facts: object) -> str:
        return translate(self.language, msgid, **facts)

    def tn(self, singular: str, plural: str, n: int, /, **facts: object) -> str:
        return translate_count(self.language, singular, plural, n, **facts)

    def make(self, title: str, lines: Iterable[str]) -> Message:
        return Message(self.t("Union · {title}", title=title), tuple(lines))

    def week(self, facts: DueFacts) -> Message:
        if facts.total:
            title = self.tn("{n} activity due this week", "{n} activities due this week", facts.total)
            lines = self._items(facts.items, facts.total)
            if facts.month:
                lines.append(self.tn("{n} more is due this month.", "{n} more are due this month.", facts.month))
        else:
            title = self.tn(
                "nothing due this week, {n} activity this month", "nothing due this week, {n} activities this month", facts.month
            )
            lines = self._items(facts.items, facts.month)
        if facts.late:
            lines.append(self.tn("Besides {n} is late.", "Besides {n} are late.", facts.late))
        return self.make(title, lines)

    def late(self, facts: LateFacts) -> Message:
        lines = self._items(facts.items, facts.total)
        if facts.late > facts.total:
            lines.append(self.tn("In all {n} is late.", "In all {n} are late.", facts.late))
        return self.make(self.tn("{n} activity has become late", "{n} activities have become late", facts.total), lines)

    def budget(self, facts: BudgetFacts) -> Message:
        names = [(item.en if self.written == "en" else item.zh) or self.t("an item of the union’s own") for item in facts.items]
        lines = [
            self.t("{item}: {n}% of the budget used", item=defuse(name), n=item.share_pct)
            for name, item in zip(names, facts.items, strict=True)
        ]
        return self.make(self.t("fund {year}: near the end of its budget", year=facts.year), lines)

    def invitation(self, facts: InvitationFacts) -> Message:
        when = self.t(
            "{day} ({weekday}) at {hour}:{minute}",
            day=self._day(facts.day),
            weekday=self.t(_WEEKDAYS[facts.day.weekday()]),
            hour=f"{facts.at // 60:02d}",
            minute=f"{facts.at % 60:02d}",
        )
        lines = [self.t("Time: {when}", when=when)]
        if facts.place:
            lines.append(self.t("Place: {place}", place=defuse(facts.place)))
        if points := self._points(facts):
            lines.append(self.t("On the agenda: {points}", points=points))
        return self.make(self.t("invitation to committee meeting {n}", n=facts.number), lines)

    def minutes(self, facts: MinutesReadyFacts) -> Message:
        parts = [
            self.t("{present} of {due} present", present=facts.present, due=facts.due),
            self.tn("{n} decision", "{n} decisions", facts.decisions),
        ]
        if facts.not_reached:
            parts.append(self.tn("{n} point not reached", "{n} points not reached", facts.not_reached))
        title = self.t("minutes of committee meeting {n} are ready", n=facts.number)
        counts = (", " if self.written == "en" else "，").join(parts)
        return self.make(title, [self.t("Held on {day}", day=self._day(facts.held_on)), counts])

    def _items(self, items: tuple[DueItem, ...], total: int) -> list[str]:
        lines = [self.t("{when}: {title}", when=self._when(item), title=self._title(item)) for item in items]
        if rest := total - len(items):
            lines.append(self.tn("and {n} other activity", "and {n} other activities", rest))
        return lines

    def _title(self, item: DueItem) -> str:
        if item.title:
            return defuse(item.title)
        areas = work_areas()
        area = areas.get(item.area, areas["OTHER"])
        return self.t("an activity of “{area}”", area=area.en if self.written == "en" else area.zh)

    def _when(self, item: DueItem) -> str:
        """As sure as it was planned; of several days the last, for that is when it is due."""
        first = item.ends_on if item.precision is DatePrecision.DAY else item.starts_on
        if item.precision is DatePrecision.PERIOD:
            first, precision = item.ends_on, DatePrecision.DAY
        else:
            precision = item.precision
        return write_time(time_of_span(first, item.ends_on, precision), language=self.written)

    def _day(self, day: date) -> str:
        return write_time(time_of_span(day, day, DatePrecision.DAY), language=self.written)

    def _points(self, facts: InvitationFacts) -> str:
        n = facts.points.get
        late, carried, asked = n(AgendaKind.LATE, 0), n(AgendaKind.CARRIED, 0), n(AgendaKind.FOLLOW_UP, 0)
        this, following = n(AgendaKind.MONTH, 0), n(AgendaKind.NEXT, 0)
        parts = [
            self.tn("{n} not reached last time", "{n} not reached last time", carried) if carried else "",
            self.tn("{n} decision to follow up", "{n} decisions to follow up", asked) if asked else "",
            self.tn("{n} that is late", "{n} that are late", late) if late else "",
            self.tn("{n} of this month", "{n} of this month", this) if this else "",
            self.tn("{n} of next month", "{n} of next month", following) if following else "",
            self.t("the fund") if n(AgendaKind.FUND) else "",
        ]
        return (", " if self.written == "en" else "、").join(part for part in parts if part)


def defuse(text: str) -> str:
    """What people typed, so that no robot takes it for a mention, a link or a heading."""
    return text.translate(_ACTIVE).replace("://", ":／／").replace("@", "＠")
