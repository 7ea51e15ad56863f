"""The union itself, its members and their care: title, lead, basics, visits, honours, signature. Source: domain notes E2, E4."""

from datetime import date

from unionboard.drafting.days import as_of_figure, ends_figure, starts_figure, year_figure
from unionboard.drafting.en.deeds import whole_period, year_before
from unionboard.drafting.en.figures import counted, full_day, item_name, listed, money, number, percent, quoted, sentence, times
from unionboard.drafting.facts import AwardFacts, HandoutFacts, QuotedText, YearFacts
from unionboard.drafting.figures import Figure, Unit, count
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest, show
from unionboard.drafting.typed import typed
from unionboard.drafting.wording import Form, Keyed
from unionboard.reference import award_levels

NO_NAME = "[to be added: name of the union]"
LEVELS = {"unit": "unit", "district": "district or county", "city": "city", "province": "provincial", "nation": "national"}
_TITLES = {
    Form.FULL: "{union}: annual report for {period}",
    Form.CONGRESS: "{union}: congress report for {period}",
    Form.BRIEF: "{union}: {period} in brief",
    Form.COMBINED: "{union}: annual report for {period} and outline of the next plan",
}


def tell_title(facts: YearFacts, *, form: Form) -> str:
    """Union, kind of paper, period; of a term the report is not annual."""
    template = _TITLES[form] if "year" in facts.period.kind else _TITLES[form].replace("annual report", "report")
    return template.format(union=facts.union_name.text or NO_NAME, period=period(facts).text)


def period(facts: YearFacts) -> Phrase:
    """2026; the school year 2025–2026; the autumn term of 2026."""
    if facts.period.kind == "calendar_year":
        return show(year_figure(facts), str(facts.period.year))
    if facts.period.kind == "school_year":
        years = (_year(starts_figure(facts)), "–", _year(ends_figure(facts)))
        return chain(["the school year ", *years])
    is_autumn = facts.period.starts_on.month >= 7
    return chain(["the autumn term of " if is_autumn else "the spring term of ", _year(starts_figure(facts))])


def tell_lead(facts: YearFacts, *, form: Form) -> list[Keyed]:
    """Under whom and around what; how much of the plan is done, as of which day; what follows."""
    name = typed(facts.union_name) if facts.union_name else NO_NAME
    above: list[Words] = [typed(body) for body in (facts.higher_union, facts.party_body) if body]
    centre = quoted(facts.centre) if facts.centre else "[to be added: the unit’s central task]"
    leaders = listed(above or ["[to be added: higher union and party branch]"])
    where: dict[str, Words] = {"name": name, "above": leaders, "centre": centre}
    is_whole = form in {Form.FULL, Form.COMBINED}
    worked = "carried out its plan with {centre} as its central task" if is_whole else "worked towards {centre}"
    opening = fill("In {period}, led by {above}, {name} " + worked, period=period(facts), **where)
    lead: list[Keyed] = [("lead", sentence([opening]))]
    if facts.plan.planned.number:
        lead.append(("plan", _progress(facts) if is_whole else _in_short(facts)))
    else:
        lead.append(("plan", sentence([fill("This report goes up to {day}", day=full_day(as_of_figure(facts)))])))
    closing = "The work is set out below under the headings of the plan."
    return [*lead, ("closing", closing)] if is_whole else lead


def _progress(facts: YearFacts) -> Phrase:
    """How much of the plan is done on the day of the report."""
    plan = facts.plan
    day = full_day(as_of_figure(facts))
    if plan.planned.number == 1:
        how: Words = rest("had been completed", plan.done.records) if plan.done.number else "had not been completed"
        told = fill("By {day}, the {one} activity in the plan {how}", day=day, one=show(plan.planned, "one"), how=how)
    else:
        how = fill("{n} of the", n=number(plan.done)) if plan.done.number else "none of the"
        how = rest("all", plan.done.records) if plan.done.number == plan.planned.number else how
        told = fill("By {day}, {how} {n} activities in the plan had been completed", day=day, how=how, n=number(plan.planned))
    states = (
        (plan.partly, "{n} done in part"),
        (plan.under_way, "{n} under way"),
        (plan.late, "{n} overdue"),
        (plan.cancelled, "{n} cancelled"),
    )
    left: list[Words] = [fill(words, n=number(figure)) for figure, words in states if figure.number]
    left += [counted(plan.waiting, "still to come", "still to come")] if plan.waiting.number else []
    came = [chain([counted(plan.attended, "attendance", "attendances"), " were counted in all"])] if plan.attended else []
    return sentence([chain([told, ", with " if left else "", listed(left)]), *came], "; ")


def _in_short(facts: YearFacts) -> Phrase:
    """Planned, held, attendances: problems are told below."""
    plan = facts.plan
    if plan.done.number == plan.planned.number:
        done: Words = rest("all of ", plan.done.records)
    else:
        done = fill("{n} of ", n=number(plan.done)) if plan.done.number else "none of "
    planned = counted(plan.planned, "planned activity", "planned activities")
    told = fill("By {day}, {done}{planned} had been completed", day=full_day(as_of_figure(facts)), done=done, planned=planned)
    return sentence([told, *([chain(["with ", counted(plan.attended, "attendance", "attendances")])] if plan.attended else [])])


def tell_basics(facts: YearFacts) -> list[Keyed]:
    """Members and what they are in."""
    basics = facts.basics
    told: list[Keyed] = []
    if basics.members:
        parts: list[Words] = [chain(["The union has ", counted(basics.members, "member", "members")])]
        parts += [fill("{n} of them women", n=number(basics.women))] if basics.women else []
        if basics.staff and basics.joining:
            parts.append(fill("out of a staff of {staff} ({rate})", staff=number(basics.staff), rate=percent(basics.joining)))
        moved = ((basics.joined, "{n} joined"), (basics.left, "{n} left"))
        moves: list[Words] = [fill(words, n=number(figure)) for figure, words in moved if figure]
        told.append(
            (
                "members",
                sentence([chain(parts, ", "), *([chain([whole_period(facts).lower(), " ", listed(moves)])] if moves else [])], "; "),
            )
        )
    bodies: list[Words] = [counted(basics.groups, "union group", "union groups")] if basics.groups else []
    bodies += [counted(basics.delegates, "delegate", "delegates")] if basics.delegates else []
    bodies += [fill("a committee of {n}", n=number(basics.committee))] if basics.committee else []
    if bodies:
        met = [chain(["which met ", times(basics.meetings)])] if basics.committee and basics.meetings else []
        told.append(("bodies", sentence([chain(["It has ", listed(bodies)]), *met])))
    return told


def tell_care(facts: YearFacts) -> list[Keyed]:
    """Visits by occasion, hand-outs by head; no names."""
    care = facts.care
    told: list[Keyed] = []
    if care.attended and care.times:
        opening = whole_period(facts) + ", {times} paid, reaching people {n}"
        parts: list[Words] = [fill(opening, times=counted(care.times, "care visit was", "care visits were"), n=times(care.attended))]
        parts += [chain(["at a cost of ", money(care.spent)])] if care.spent else []
        kinds = [_occasion(item.name, item.attended, item.spent) for item in care.occasions] if len(care.occasions) > 1 else []
        told.append(("care", sentence([chain(parts, ", "), *([listed(kinds)] if kinds else [])], "; by occasion: ")))
        if care.last_year:
            same = chain(["That compares with ", number(care.last_year.before), f" {year_before(facts)}"])
            told.append(("care:year_before", sentence([same])))
    if care.handouts:
        told.append(
            ("goods", sentence([chain(["Goods were handed out to members: ", chain([_handout(one) for one in care.handouts], "; ")])]))
        )
    return told


def _occasion(name: QuotedText, attended: Figure, spent: Figure | None) -> Phrase:
    return chain([item_name(name), " ", number(attended), chain([" (", money(spent), ")"]) if spent else ""])


def _handout(one: HandoutFacts) -> Phrase:
    return fill(
        "{title} to {heads} at {value} a head, {sum} in all",
        title=quoted(one.title),
        heads=counted(one.heads, "person", "people"),
        value=money(one.value),
        sum=money(one.sum),
    )


def tell_honours(facts: YearFacts) -> list[Keyed]:
    """Awards by level, the highest first."""
    if not facts.honours:
        return []
    whole = count(Unit.ITEM, [award.text.source for award in facts.honours if award.text.source])
    won = counted(whole, "award was won", "awards were won")
    told: list[Keyed] = [("honours", sentence([fill(whole_period(facts) + ", {won}", won=won)]))]
    for code in [*reversed(award_levels()), ""]:
        awards = [award for award in facts.honours if award.level == code]
        if awards:
            told.append((f"honours:{code or 'none'}", _level(code, awards)))
    return told


def _level(code: str, awards: list[AwardFacts]) -> Phrase:
    names = chain([fill("{award} for {title}", award=quoted(award.text), title=quoted(award.title)) for award in awards], "; ")
    opening = f"At {LEVELS[code]} level: " if code in LEVELS else "Without a level on record: "
    return sentence([chain([opening, names])])


def tell_signature(facts: YearFacts) -> list[Keyed]:
    """The union, then the day; without stops."""
    return [("union", typed(facts.union_name) if facts.union_name else NO_NAME), ("day", full_day(as_of_figure(facts)))]


def _year(figure: Figure) -> Phrase:
    assert isinstance(figure.value, date)
    return show(figure, str(figure.value.year))
