"""The draft in English. Headings of the plan stay in the committee's own words. Source: domain notes E4, E5, glossary G."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from unionboard.drafting.numbers import count_attendances, share_text, sum_figures
from unionboard.drafting.records import ActivityRecord, BookRecord, CareRecord, Deed, YearRecords
from unionboard.money import format_fen
from unionboard.reference import award_levels, care_kinds, fund_items, work_areas

LISTED = 5
"""Names in a row before «and n more»."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_FIGURES = {
    "proposals_received": "{n} proposals received",
    "proposals_filed": "{n} proposals put on file",
    "proposals_satisfied": "{n} movers satisfied",
    "members_joined": "{n} new members",
    "members_left": "{n} members gone",
    "disclosures": "{n} disclosures",
    "media_reports": "{n} reports in the media",
    "proposals_answered": "{n} proposals answered",
    "cases_settled": "{n} cases settled",
    "households_helped": "{n} households helped",
    "insured": "{n} people insured",
    "claims_paid": "{n} claims paid",
    "sessions": "{n} sessions",
    "prizes": "{n} prizes given",
    "articles_sent": "{n} articles sent",
    "articles_published": "{n} articles published",
}
_STOPS = " 。；;，,、.：:"


class English:
    """All sentences of an English draft; see ``wording.Wording``."""

    money_heading = "Income and spending"
    honours_heading = "Honours"
    problems_heading = "Problems"
    next_year_heading = "Ideas for next year"
    other_heading = "Other work"

    def title(self, facts: YearRecords) -> str:
        return f"{facts.union_name or 'Trade union'}: summary of work, {_period(facts)}"

    def area_heading(self, area: str) -> str:
        return work_areas()[area].en

    def lead(self, facts: YearRecords) -> Sequence[str]:
        above = facts.higher_union or "[to be added: higher union and party branch]"
        centre = facts.centre or "[to be added: the unit's central task]"
        name = facts.union_name or "[to be added: name of the union]"
        told = f"In {_period(facts)}, led by {above}, {name} worked to its plan around {centre}"
        if facts.one_offs:
            done = _count(facts, "done")
            told += f". Of {_times(len(facts.one_offs), 'planned activity', 'planned activities')}, "
            told += (
                f"{done} {'was' if done == 1 else 'were'} done" if done else f"none is recorded as done up to {_day(facts.as_of, facts)}"
            )
            told += f", {n} partly" if (n := _count(facts, "partly")) else ""
            told += f", {n} under way" if (n := _count(facts, "under_way")) else ""
        return [f"{told}.", "The year in summary:"]

    def signature(self, facts: YearRecords) -> Sequence[str]:
        day = facts.as_of
        return [facts.union_name or "[to be added: name of the union]", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"]

    def progress(self, planned: int, done: int) -> str:
        return f"{done} of {planned} planned activities done."

    def nothing_done(self, late: int, open_: int, cancelled: int) -> str:
        parts = [f"{n} {what}" for n, what in ((late, "overdue"), (open_, "not due yet"), (cancelled, "cancelled")) if n]
        return "Nothing is recorded as done in this section" + (f" ({', '.join(parts)})" if parts else "") + "."

    def deed(self, facts: YearRecords, activity: ActivityRecord, deed: Deed) -> str:
        parts = [*_people(deed), *_figures([deed]), *_award(deed), *_spent(activity), *_result(deed)]
        return f"{_clean(activity.title)} ({_span(deed, facts)})" + (f": {', '.join(parts)}" if parts else "")

    def congress(self, facts: YearRecords, activity: ActivityRecord, deed: Deed) -> str:
        due = deed.figures.get("delegates_due") or deed.eligible or 0
        present = deed.figures.get("delegates_present") or deed.participants or 0
        parts = [f"{present} of {due} delegates present"] if due and present else []
        parts += [f"agenda: {'; '.join(item.strip(_STOPS) for item in deed.agenda)}"] if deed.agenda else []
        parts += _figures([deed])
        received, answered = (deed.figures.get(code, 0) for code in ("proposals_received", "proposals_answered"))
        if received and answered:
            parts.append(f"answer rate {share_text(answered, received)}")
        told = ", ".join([*parts, *_award(deed), *_spent(activity), *_result(deed)])
        return f"{_clean(activity.title)} ({_span(deed, facts)})" + (f": {told}" if told else "")

    def gathered(self, facts: YearRecords, area: str, deeds: Sequence[Deed]) -> str:
        people, counted = count_attendances(deeds)
        told = f"{_throughout(facts)}, {len(deeds)} activities ({work_areas()[area].en.lower()})"
        if people and counted == len(deeds):
            told += f" with {people} attendances"
        elif people:
            told += f"; {people} attendances at the {counted} with a head count"
        return f"{told}."

    def among(self, clauses: Sequence[str]) -> str:
        return f"Among them: {'; '.join(clauses)}."

    def sentence(self, clause: str) -> str:
        return f"{clause}."

    def numbered(self, number: int, sentence: str) -> str:
        return f"{number}. {sentence}"

    def partly(self, facts: YearRecords, activity: ActivityRecord, deed: Deed) -> str:
        parts = ["partly done", *_people(deed), *_spent(activity), *_result(deed)]
        left = f"left to do: {deed.remaining.strip(_STOPS)}" if deed.remaining.strip(_STOPS) else "the rest [to be added: progress]"
        return f"{_clean(activity.title)} ({_span(deed, facts)}): {', '.join(parts)}; {left}."

    def recurring(self, facts: YearRecords, activity: ActivityRecord) -> str:
        people, counted = count_attendances(activity.deeds)
        often = f" ({activity.frequency.strip(_STOPS)})" if activity.frequency.strip(_STOPS) else ""
        times, throughout = _times(len(activity.deeds), "time", "times"), _throughout(facts)
        throughout = throughout[0].lower() + throughout[1:]
        planned = f" of {activity.turns_planned} planned" if activity.turns_planned else ""
        parts = [f"{times}{planned} {throughout}"]
        if people:
            head_count = "" if counted == len(activity.deeds) else f" at the {counted} with a head count"
            parts.append(_times(people, "attendance", "attendances") + head_count)
        awards = [text for deed in activity.deeds for text in _award(deed)]
        results = list(dict.fromkeys(text for deed in activity.deeds for text in _result(deed)))
        return f"{_clean(activity.title)}{often}: {', '.join([*parts, *_figures(activity.deeds), *awards, *_spent(activity), *results])}."

    def silent_duties(self, titles: Sequence[str]) -> str:
        return f"No record yet of {_listed(titles)} [to be added: what was done]."

    def effect_gap(self) -> str:
        return "[to be added: effect]"

    def care(self, facts: YearRecords, care: CareRecord) -> str:
        told = f"{_throughout(facts)}, care visits reached {_times(sum(care.people.values()), 'attendance', 'attendances')}"
        if care.amount_fen:
            told += f" at a cost of {format_fen(care.amount_fen)}"
        if len(care.people) > 1:
            told += ", among them " + ", ".join(
                f"{(care.names.get(kind) or care_kinds()[kind].en).lower()} {people}" for kind, people in care.people.items()
            )
        return f"{told}."

    def money(self, facts: YearRecords, money: BookRecord) -> Sequence[str]:
        if not money.entry_ids:
            return ["Income and spending are not booked yet [to be added: income and spending]."]
        named = (("received", money.total_income_fen), ("spent", money.total_spending_fen))
        parts = [f"{format_fen(money.opening_fen)} carried over"] if money.opening_fen > 0 else []
        parts += [f"{format_fen(fen)} {what}" for what, fen in named if fen > 0]
        parts.append(f"{format_fen(money.balance_fen)} left" if money.balance_fen >= 0 else f"{format_fen(-money.balance_fen)} overspent")
        told = [f"{_throughout(facts)}: {', '.join(parts)}."]
        items = sorted(((fen, code) for code, fen in money.spending_fen.items() if fen > 0), reverse=True)[:LISTED]
        if items:
            shares = (f"{_item(code, money.names)} {format_fen(fen)} ({share_text(fen, money.total_spending_fen)})" for fen, code in items)
            told.append(f"Main items: {'; '.join(shares)}.")
        if money.total_budget_fen and money.total_spending_fen > 0:
            rate = share_text(money.total_spending_fen, money.total_budget_fen)
            told.append(f"{rate} of the spending budget of {format_fen(money.total_budget_fen)} was used.")
        return told

    def honours(self, facts: YearRecords, awards: Sequence[tuple[ActivityRecord, Deed]]) -> str:
        told = "; ".join(f"{_quoted(activity.title)} {_award(deed)[0]}" for activity, deed in awards)
        return f"{_throughout(facts)}, {_times(len(awards), 'award', 'awards')}: {told}."

    def dated_title(self, activity: ActivityRecord) -> str:
        return f"{activity.title.strip(_STOPS)} ({_MONTHS[activity.starts_on.month - 1]})" if activity.starts_on else activity.title

    def problem(self, kind: str, titles: Sequence[str], values: Sequence[str | int]) -> str:
        names = _listed(titles)
        told = {
            "late": lambda: f"{_times(len(titles), 'planned activity is', 'planned activities are')} overdue: {names}",
            "cancelled": lambda: f"Not held as planned: {_because(titles, values)}",
            "postponed": lambda: f"Postponed: {_because(titles, values)}",
            "partly": lambda: f"Only partly done: {names}",
            "missed": lambda: "; ".join(
                f"{_quoted(t)}: {gap} of {due} planned times missed" for t, due, gap in zip(titles, values[::2], values[1::2], strict=True)
            ),
            "turnout": lambda: "; ".join(
                f"{_quoted(t)}: {came} of {due} came ({share_text(int(came), int(due))})"
                for t, due, came in zip(titles, values[::2], values[1::2], strict=True)
            ),
            "over_plan": lambda: "; ".join(
                f"{_quoted(t)} cost {format_fen(int(fen))} more than planned" for t, fen in zip(titles, values, strict=True)
            ),
            "over_item": lambda: "; ".join(
                f"{_item(title)} is {format_fen(int(fen))} over its budget" for title, fen in zip(titles, values, strict=True)
            ),
            "execution": lambda: f"Only {share_text(int(values[0]), int(values[1]))} of the spending budget was used",
            "evidence": lambda: f"No evidence on file for {names}",
            "empty": lambda: f"Nothing recorded as done under {names}",
        }[kind]()
        return f"{told}."

    def idea(self, kind: str, titles: Sequence[str]) -> str:
        told = {
            "late": f"Put {_listed(titles)} into next year's plan with dates and owners",
            "cancelled": f"Weigh {_listed(titles)} anew and plan what is still wanted",
            "postponed": f"Hold {_listed(titles)} on the new dates",
            "partly": f"Finish the rest of {_listed(titles)}",
            "missed": f"Give every turn of {_listed(titles)} its month and record each one",
            "turnout": "Announce earlier and choose better times, so that more members come",
            "over_plan": "Estimate costs in every activity's plan; have any excess approved before it is spent",
            "over_item": "Budget by real costs and adjust the budget by the rules when needed",
            "execution": "Spread spending over the months, so that the budget is used",
            "evidence": "Collect notice, sign-in sheet, photos and invoices right after each activity",
            "empty": f"Plan concrete activities with dates and owners for {_listed(titles)}",
        }[kind]
        return f"{told}."

    def no_problems(self) -> str:
        return "The records show nothing overdue, cancelled or overspent. [to be added: problems]"

    def still_open(self, facts: YearRecords, titles: Sequence[str]) -> str:
        due = _times(len(titles), "activity that is not due yet", "activities that are not due yet")
        return f"By the end of {_MONTHS[facts.ends_on.month - 1]}, hold the {due}: {_listed(titles)}."

    def keep_duties(self, titles: Sequence[str]) -> str:
        return f"Keep up the standing and recurring duties: {_listed(titles)}."

    def next_year_gap(self) -> str:
        return "[to be added: main work of next year]"


def _period(facts: YearRecords) -> str:
    if facts.period_kind == "calendar_year":
        return str(facts.year)
    first = facts.starts_on.year if facts.starts_on.month >= 7 else facts.starts_on.year - 1
    term = "" if facts.period_kind == "school_year" else (", first term" if facts.starts_on.month >= 7 else ", second term")
    return f"school year {first}–{first + 1}{term}"


def _throughout(facts: YearRecords) -> str:
    if not facts.is_year_end:
        return f"Up to {_day(facts.as_of, facts)}"
    return {"calendar_year": "Over the year", "school_year": "Over the school year"}.get(facts.period_kind, "Over the term")


def _count(facts: YearRecords, status: str) -> int:
    return sum(activity.status == status for activity in facts.one_offs)


def _times(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _day(day: date, facts: YearRecords) -> str:
    month = _MONTHS[day.month - 1]
    return f"{day.day} {month} {day.year}" if day.year != facts.year else f"{day.day} {month}"


def _span(deed: Deed, facts: YearRecords) -> str:
    first, last = deed.done_on, deed.done_to or deed.done_on
    if first == last:
        return _day(first, facts)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last, facts)}"
    return f"{_day(first, facts)} to {_day(last, facts)}"


def _clean(title: str) -> str:
    return title.strip(_STOPS)


def _people(deed: Deed) -> list[str]:
    if deed.participants and deed.eligible:
        told = [f"{deed.participants} of {deed.eligible} people took part ({share_text(deed.participants, deed.eligible)})"]
    else:
        told = [f"{_times(deed.participants, 'person', 'people')} took part"] if deed.participants else []
    return told + ([_times(deed.person_times, "attendance", "attendances")] if deed.person_times else [])


def _spent(activity: ActivityRecord) -> list[str]:
    return [f"{format_fen(activity.spent_fen)} spent"] if activity.spent_fen > 0 else []


def _figures(deeds: Sequence[Deed]) -> list[str]:
    return [_FIGURES[code].format(n=n) for code, n in sum_figures(deeds).items()]


def _award(deed: Deed) -> list[str]:
    award = deed.award.strip(_STOPS)
    level = f" ({award_levels()[deed.award_level].en.lower()} level)" if deed.award_level in award_levels() else ""
    return [f"won {award}{level}"] if award else []


def _result(deed: Deed) -> list[str]:
    return [", ".join(line.strip(_STOPS) for line in deed.result.splitlines() if line.strip(_STOPS))] if deed.result.strip(_STOPS) else []


def _because(titles: Sequence[str], reasons: Sequence[str | int]) -> str:
    told = [(_quoted(t), str(reason).strip(_STOPS) or "[to be added: reason]") for t, reason in zip(titles, reasons, strict=True)]
    return "; ".join(f"{title} ({reason})" for title, reason in told)


def _quoted(title: str) -> str:
    return f"“{title.strip(_STOPS).replace('“', '‘').replace('”', '’')}”"


def _listed(titles: Sequence[str]) -> str:
    """The first few names; one that several records bear is said once, with their number."""
    shown = list(Counter(titles).items())[:LISTED]
    told = ", ".join(f"{_quoted(title)} ({n})" if n > 1 else _quoted(title) for title, n in shown)
    left = len(titles) - sum(n for _title, n in shown)
    return f"{told} and {left} more" if left else told


def _item(code: str, names: Mapping[str, str] | None = None) -> str:
    """What the union calls an item, else its official name; a name stays what it is."""
    official = fund_items().get(code)
    return (names or {}).get(code) or (official.en if official else code)
