"""What was done once, and several such things of one kind counted together. Source: domain notes E3."""

from collections.abc import Iterable, Mapping, Sequence

from unionboard.drafting.facts import AwardFacts, ComparedFacts, DeedFacts, GroupFacts, QuotedText
from unionboard.drafting.figures import Figure, Rule, Source, Unit, count, rate, total
from unionboard.drafting.finding.targets import ATTENDED as REACHED_ATTENDANCES
from unionboard.drafting.finding.targets import PRESENT, TURNOUT, judge_targets
from unionboard.drafting.finding.texts import quote
from unionboard.drafting.records import ActivityRecord, Deed, EntryRecord
from unionboard.drafting.weights import OF_KIND, weigh
from unionboard.reference import choose_kind, figures

UNITS = {
    "delegates_due": Unit.PERSON,
    "delegates_present": Unit.PERSON,
    "votes_for": Unit.VOTE,
    "votes_against": Unit.VOTE,
    "votes_abstained": Unit.VOTE,
    "households_helped": Unit.HOUSEHOLD,
    "insured": Unit.PERSON,
    "members_joined": Unit.PERSON,
    "members_left": Unit.PERSON,
    "sessions": Unit.SESSION,
    "prizes": Unit.ITEM,
    "articles_sent": Unit.ARTICLE,
    "articles_published": Unit.ARTICLE,
    "media_reports": Unit.ARTICLE,
    "disclosures": Unit.TIME,
}
"""What the figures of a check-off count; all others are cases (件)."""
_SHARES = {
    "answered": ("proposals_answered", ("proposals_received",)),
    "filed": ("proposals_filed", ("proposals_received",)),
    "satisfied": ("proposals_satisfied", ("proposals_answered", "proposals_received")),
    "delegates": ("delegates_present", ("delegates_due",)),
    "published": ("articles_published", ("articles_sent",)),
}
"""Name of a share -> the figure, and what it is a share of: the first that is there."""
_VOTES = ("votes_for", "votes_against", "votes_abstained")
ATTENDED = "check_off.person_times|check_off.participants"
"""人次: as recorded, else every participant of the one event counts once."""


def tell_deed(activity: ActivityRecord, deed: Deed) -> DeedFacts:
    """The facts of one check-off."""
    here, kind = (deed.source,), kind_of(activity)
    present = _field(deed.participants, Unit.PERSON, "check_off.participants", here)
    eligible = _field(deed.eligible, Unit.PERSON, "check_off.eligible", here)
    known = {code: figure for code in _told(deed) if (figure := _figure(deed, code))}
    rates = rates_of(known)
    spent = sum_spent(activity.entries)
    return DeedFacts(
        activity=activity,
        deed=deed,
        title=title_of(activity),
        kind=kind,
        from_on=Figure(deed.done_on, Unit.DATE, Rule.FIELD, "check_off.done_on", here),
        to_on=Figure(deed.done_to, Unit.DATE, Rule.FIELD, "check_off.done_to", here) if deed.done_to not in {None, deed.done_on} else None,
        present=present,
        eligible=eligible,
        turnout=rate(present, eligible) if present and eligible else None,
        person_times=_field(deed.person_times, Unit.PERSON_TIME, "check_off.person_times", here),
        figures=known,
        rates=rates,
        agenda=tuple(quote(item, "check_off.agenda", deed.source) for item in deed.agenda if item.strip()),
        award=tell_award(activity, deed),
        spent=spent,
        result=quote(deed.result, "check_off.result", deed.source) if deed.result.strip() else None,
        remaining=quote(deed.remaining, "check_off.remaining", deed.source) if deed.remaining.strip() else None,
        targets=judge_targets(activity, {**known, **rates, **_people(present, eligible, deed)}, months=1, is_due=True),
        evidence=count(Unit.ITEM, [Source("evidence", id_) for id_ in deed.evidence_ids]),
        weight=weigh(activity, deed, kind=kind, spent_fen=spent.number if spent else 0),
    )


def kind_of(activity: ActivityRecord) -> str:
    """The code of the kind its title, else its area, speaks for."""
    return choose_kind(activity.title, activity.area, activity.area_2).code


def unit_of(code: str) -> Unit:
    """What a figure of a check-off counts."""
    return UNITS.get(code, Unit.CASE)


def title_of(activity: ActivityRecord) -> QuotedText:
    """What the activity is called."""
    return quote(activity.title, "activity.title", activity.source)


def tell_award(activity: ActivityRecord, deed: Deed) -> AwardFacts | None:
    """The award of a check-off."""
    if not deed.award.strip():
        return None
    won_on = Figure(deed.done_on, Unit.DATE, Rule.FIELD, "check_off.done_on", (deed.source,))
    return AwardFacts(quote(deed.award, "check_off.award", deed.source), deed.award_level, title_of(activity), won_on)


def rates_of(known: Mapping[str, Figure]) -> dict[str, Figure]:
    """Shares between figures of a check-off, by name; ``passed``: votes for, of all votes cast."""
    rates = {}
    for name, (part, wholes) in _SHARES.items():
        whole = next((known[code] for code in wholes if code in known), None)
        if part in known and whole is not None:
            rates[name] = rate(known[part], whole)
    votes = [known[code] for code in _VOTES if code in known]
    if "votes_for" in known and len(votes) > 1:
        rates["passed"] = rate(known["votes_for"], total(Unit.VOTE, votes))
    return rates


def sum_spent(entries: Iterable[EntryRecord]) -> Figure | None:
    """What was spent, net of corrections; None when that is nothing."""
    spent = sum_entries([entry for entry in entries if entry.direction == "out"])
    return spent if spent.number > 0 else None


def sum_entries(entries: Sequence[EntryRecord]) -> Figure:
    """Lines of one side of the ledger added up; corrections count negative."""
    fen = sum(entry.amount_fen for entry in entries)
    return Figure(fen, Unit.FEN, Rule.SUM, "fund_entry.amount_fen", tuple(Source("fund_entry", entry.id) for entry in entries))


def sum_attended(deeds: Sequence[Deed]) -> tuple[Figure | None, int]:
    """Attendances (人次), and over how many of the deeds they are known."""
    counted = [deed for deed in deeds if deed.attendances]
    people = sum(deed.attendances for deed in counted)
    figure = Figure(people, Unit.PERSON_TIME, Rule.SUM, ATTENDED, tuple(deed.source for deed in counted))
    return (figure if counted else None), len(counted)


def sum_figures(deeds: Sequence[Deed]) -> dict[str, Figure]:
    """The figures of several check-offs added up by code, nothing that is 0."""
    sums = {}
    for code in (code for code in figures() if any(code in deed.figures for deed in deeds)):
        telling = [deed for deed in deeds if deed.figures.get(code)]
        if telling:
            value = sum(deed.figures[code] for deed in telling)
            sums[code] = Figure(value, unit_of(code), Rule.SUM, f"check_off.figures.{code}", tuple(deed.source for deed in telling))
    return sums


def group_deeds(deeds: Sequence[DeedFacts], *, kind: str, area: str, before: Sequence[Deed] = ()) -> GroupFacts:
    """Deeds counted together, by day. ``before``: those of the same kind and area in the period before."""
    deeds = sorted(deeds, key=lambda one: (one.deed.done_on, one.activity.id))
    attended, counted = sum_attended([one.deed for one in deeds])
    times = count(Unit.TIME, [one.deed.source for one in deeds])
    both = [one.deed for one in deeds if one.present and one.eligible]
    return GroupFacts(
        kind=kind,
        area=area,
        times=times,
        attended=attended,
        counted=counted,
        turnout=rate(_sum_people(both, "participants"), _sum_people(both, "eligible")) if both else None,
        spent=sum_spent(entry for one in deeds for entry in one.activity.entries),
        deeds=tuple(deeds),
        last_year=ComparedFacts(times, count(Unit.TIME, [deed.source for deed in before])) if before else None,
    )


def group_by_kind(deeds: Sequence[DeedFacts], before: Mapping[tuple[str, str], Sequence[Deed]]) -> tuple[GroupFacts, ...]:
    """The deeds of a section by kind and area, the most important kind first, within it the area that has done more."""
    groups: dict[tuple[str, str], list[DeedFacts]] = {}
    for deed in deeds:
        groups.setdefault((deed.kind, deed.activity.area), []).append(deed)
    made = [group_deeds(those, kind=kind, area=area, before=before.get((kind, area), ())) for (kind, area), those in groups.items()]
    return tuple(sorted(made, key=lambda group: (-OF_KIND.get(group.kind, 0), group.kind, group.area)))


def _sum_people(deeds: Sequence[Deed], column: str) -> Figure:
    people = sum(getattr(deed, column) for deed in deeds)
    return Figure(people, Unit.PERSON_TIME, Rule.SUM, f"check_off.{column}", tuple(deed.source for deed in deeds))


def _field(value: int | None, unit: Unit, field: str, sources: tuple[Source, ...]) -> Figure | None:
    return Figure(value, unit, Rule.FIELD, field, sources) if value else None


def _told(deed: Deed) -> list[str]:
    """The codes of its figures, in the order they are told."""
    return [code for code in figures() if code in deed.figures] if deed.figures else []


def _figure(deed: Deed, code: str) -> Figure | None:
    return _field(deed.figures[code], unit_of(code), f"check_off.figures.{code}", (deed.source,))


def _people(present: Figure | None, eligible: Figure | None, deed: Deed) -> dict[str, Figure]:
    """Who came, as it may be held against a target."""
    attended, _counted = sum_attended([deed])
    people = {PRESENT: present, REACHED_ATTENDANCES: attended, TURNOUT: rate(present, eligible) if present and eligible else None}
    return {code: figure for code, figure in people.items() if figure}
