"""Who is to sign in, and to what: an activity of the plan, a meeting of the committee, or a sheet with nothing on it yet."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from unionboard.models import DatePrecision
from unionboard.services import meetings, unions
from unionboard.services.activities import find_activity
from unionboard.services.covering import Cover
from unionboard.services.guard import require
from unionboard.services.permissions import Act

USUAL_LINES, MOST_LINES = 30, 2000


@dataclass(frozen=True, slots=True)
class Signer:
    """A line of the sheet; empty fields are filled in by hand."""

    name: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """``title`` of the activity; empty with ``meeting``: the committee's meeting of that number. ``day`` None: filled in by hand."""

    union: str
    as_of: date
    title: str = ""
    meeting: int | None = None
    day: date | None = None
    place: str = ""
    expected: int | None = None
    signers: tuple[Signer, ...] = ()


def gather_sign_in(session: Session, *, today: date, language: str, activity_id: int | None = None) -> SignInFacts:
    """The sheet of an activity, or one with nothing on it. Its lines are as many as took part, else as are expected.

    Nobody who was visited is named by the title, in ``language`` a stand-in is.

    Raises: NotYours, NoSuchActivity.
    """
    require(session, Act.SEE_YEAR)
    union = unions.find_union(session)
    name = union.name if union else ""
    if activity_id is None:
        return SignInFacts(name, today, signers=(Signer(),) * USUAL_LINES)
    view = find_activity(session, activity_id, today=today)
    is_dated = view.precision is DatePrecision.DAY and view.starts_on == view.ends_on
    expected = view.participants or view.planned_people
    lines = min(expected or USUAL_LINES, MOST_LINES)
    day = view.done_on or (view.starts_on if is_dated else None)
    title = Cover(session, language=language).text(view.title)
    return SignInFacts(name, today, title=title, day=day, expected=expected, signers=(Signer(),) * lines)


def gather_meeting(session: Session, plan_id: int, *, today: date) -> SignInFacts:
    """The sheet of the meeting that is open, else of the next one: everybody on the committee's list by name and duty. Raises: NotYours."""
    require(session, Act.SEE_YEAR)
    union, now = unions.find_union(session), meetings.open_meeting(session, plan_id)
    last = meetings.last_meeting(session, plan_id)
    members = unions.list_members(session)
    return SignInFacts(
        union=union.name if union else "",
        as_of=today,
        meeting=now.number if now else last.number + 1 if last else 1,
        day=now.held_on if now else None,
        place=now.place if now else "",
        expected=len(members) or None,
        signers=tuple(Signer(member.name, member.duty) for member in members) or (Signer(),) * USUAL_LINES,
    )
