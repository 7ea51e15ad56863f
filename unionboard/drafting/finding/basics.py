"""The union in numbers, as somebody has said them. Source: domain notes E2 (基本情况), E3."""

from unionboard.drafting.facts import BasicsFacts
from unionboard.drafting.figures import Figure, Rule, Source, Unit, count, rate
from unionboard.drafting.finding.deeds import sum_figures
from unionboard.drafting.records import YearRecords


def find_basics(records: YearRecords) -> BasicsFacts:
    """Members and what they are in; what nobody said is None."""
    union = records.union
    here = (union.source,)
    moved = sum_figures([deed for activity in records.activities for deed in activity.deeds])

    def said(value: int | None, unit: Unit, column: str) -> Figure | None:
        return Figure(value, unit, Rule.FIELD, f"union.{column}", here) if value else None

    members, staff = said(union.members, Unit.PERSON, "member_count"), said(union.staff, Unit.PERSON, "staff_count")
    committee = count(Unit.PERSON, [Source("member", id_) for id_ in union.committee_ids])
    meetings = count(Unit.TIME, [Source("meeting", id_) for id_ in union.meeting_ids])
    return BasicsFacts(
        members=members,
        women=said(union.women, Unit.PERSON, "women_count"),
        staff=staff,
        joining=rate(members, staff) if members and staff and members.number <= staff.number else None,
        joined=moved.get("members_joined"),
        left=moved.get("members_left"),
        groups=said(union.groups, Unit.GROUP, "group_count"),
        delegates=said(union.delegates, Unit.PERSON, "delegate_count"),
        committee=committee if committee.number else None,
        meetings=meetings if meetings.number else None,
    )
