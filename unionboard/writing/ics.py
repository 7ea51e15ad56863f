"""A calendar as an iCalendar file (RFC 5545, 7986), as telephones, Outlook and 企业微信 subscribe to it.

Days are all-day events that block nobody's time, and DTEND is the day after; a meeting has its hours in Asia/Shanghai. Where the plan
names no day the event stands on the last one it may take place on, tentative, and the summary says the plan's own word: 5月, 上半年.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, timedelta
from hashlib import sha256

from icalendar import Calendar, Event, Timezone
from icalendar.enums import STATUS, TRANSP

from unionboard.config import TIME_ZONE
from unionboard.i18n import mark, translate
from unionboard.models import FeedScope
from unionboard.reference import work_areas
from unionboard.services.activities import OccurrenceStatus, Status
from unionboard.services.calendar_feed import EventKind, Feed, FeedEvent
from unionboard.writing.minutes_words import minutes_words

REFRESH = timedelta(hours=6)
"""How often programs are asked to look again."""
_COLOUR, _COLOUR_NAME = "#B4231F", "firebrick"  # the mark's red, and the CSS name next to it, which is all RFC 7986 allows
_FROM, _UNTIL = date(2000, 1, 1), date(2100, 1, 1)
_WORDS: Mapping[Status | OccurrenceStatus, str] = {
    Status.DONE: mark("Done"),
    Status.PARTLY: mark("Partly done"),
    Status.UNDER_WAY: mark("Under way"),
    Status.LATE: mark("Late"),
    Status.POSTPONED: mark("Postponed"),
    Status.CANCELLED: mark("Cancelled"),
    OccurrenceStatus.DONE: mark("Done"),
    OccurrenceStatus.MISSED: mark("Missed"),
}
"""What is told behind the title; what simply lies ahead needs no word."""
_UNWANTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Control characters, as Word leaves them in a title: the standard forbids them, and programs take some of them for the end of a line."""


def write_calendar(feed: Feed, *, language: str, base: str) -> bytes:
    """The file. ``base``: under which address the program is opened, without a slash at the end; the events lead back there."""
    name = name_calendar(feed, language=language)
    calendar = Calendar.new(
        prodid="-//Unionboard//Calendar//ZH",
        calscale="GREGORIAN",
        name=name,
        uid=f"{feed.scope.value}-{sha256(feed.about.encode()).hexdigest()[:8]}@{feed.home}.unionboard",
        color=_COLOUR_NAME,
        subcomponents=[Timezone.from_tzid(TIME_ZONE, first_date=_FROM, last_date=_UNTIL)],
    )
    for field, value in (
        ("X-WR-CALNAME", name),
        ("X-WR-TIMEZONE", TIME_ZONE),
        ("X-APPLE-CALENDAR-COLOR", _COLOUR),
        ("X-PUBLISHED-TTL", f"PT{REFRESH // timedelta(hours=1)}H"),
    ):
        calendar[field] = value
    calendar.add("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
    calendar.subcomponents += [_write_event(event, feed.home, language, base) for event in feed.events]
    file: bytes = calendar.to_ical()
    return file


def name_calendar(feed: Feed, *, language: str) -> str:
    """青松小学工会 · 文体活动: the union, and what of it where it is not all."""
    if feed.scope is FeedScope.ALL:
        told = translate(language, mark("Year plan"))
    elif feed.scope is FeedScope.AREA:
        told = _name_area(feed.about, language)
    else:
        told = feed.about
    return _UNWANTED.sub(" ", " · ".join(filter(None, (feed.union, told))))


def _write_event(event: FeedEvent, home: str, language: str, base: str) -> Event:
    first, last = event.days
    event = event.with_words(lambda text: _UNWANTED.sub(" ", text))
    return Event.new(
        uid=f"{event.key}@{home}.unionboard",
        summary=_tell_title(event, language),
        start=event.hours[0] if event.hours else first,
        end=event.hours[1] if event.hours else last + timedelta(days=1),
        stamp=event.changed_at_utc.astimezone(UTC),
        last_modified=event.changed_at_utc.astimezone(UTC),
        sequence=max(0, event.changes - 1),
        status=_status_of(event),
        transparency=TRANSP.OPAQUE if event.hours else TRANSP.TRANSPARENT,
        categories=[_name_area(code, language) for code in event.areas],
        location=event.place or None,
        description="\n".join(_tell_facts(event, language, base)),
        url=base + event.path,
    )


def _tell_title(event: FeedEvent, language: str) -> str:
    """趣味运动会（5月，逾期）: the name first, since a telephone cuts what stands behind it."""
    if event.kind is EventKind.MEETING:
        return translate(language, mark("Committee meeting {number}"), number=event.number)
    facts = [_tell_time(event, language)] if event.planned else []
    if event.kind is EventKind.TURN and not facts:
        facts = [translate(language, mark("turn {number}"), number=event.number)]
    word = _WORDS.get(event.status) if event.status else None
    facts += [translate(language, word).lower()] if word else []
    if not facts:
        return event.title
    return translate(language, mark("{title} ({facts})"), title=event.title, facts=translate(language, ", ").join(facts))


def _tell_facts(event: FeedEvent, language: str, base: str) -> list[str]:
    owner = translate(language, mark("In charge: {owner}"), owner=event.owner) if event.owner else ""
    time = translate(language, mark("Planned: {time}"), time=_tell_time(event, language)) if event.planned else ""
    return [*filter(None, (owner, time)), base + event.path]


def _tell_time(event: FeedEvent, language: str) -> str:
    return minutes_words(language).when(event.planned) if event.planned else ""


def _status_of(event: FeedEvent) -> STATUS:
    if event.status is Status.CANCELLED:
        return STATUS.CANCELLED
    return STATUS.CONFIRMED if event.is_settled else STATUS.TENTATIVE


def _name_area(code: str, language: str) -> str:
    area = work_areas().get(code)
    return code if area is None else area.en if language == "en" else area.zh
