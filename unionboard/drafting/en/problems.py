"""What did not go well and what is answered to it, one to one. Source: domain notes E4 «Problems», E5.7."""

from collections.abc import Callable, Sequence

from unionboard.drafting.en.figures import (
    LISTED,
    counted,
    item_name,
    listed,
    money,
    month_name,
    named,
    number,
    percent,
    quoted,
    sentence,
    times,
)
from unionboard.drafting.facts import Complaint, ProblemFacts, ProblemKind, YearFacts
from unionboard.drafting.figures import Figure, Unit, count
from unionboard.drafting.phrases import Phrase, Words, chain, fill, show
from unionboard.drafting.telling import GRAVEST
from unionboard.reference import work_areas

_MEASURES = {
    Unit.PERSON: ("person", "people"),
    Unit.PERSON_TIME: ("attendance", "attendances"),
    Unit.HOUSEHOLD: ("household", "households"),
    Unit.TIME: ("time", "times"),
    Unit.SESSION: ("session", "sessions"),
    Unit.CASE: ("case", "cases"),
    Unit.ARTICLE: ("article", "articles"),
    Unit.VOTE: ("vote", "votes"),
}


def tell_problem(problem: ProblemFacts) -> Phrase:
    """One problem as a sentence."""
    return sentence([_PROBLEMS[problem.kind](problem)])


def tell_idea(problem: ProblemFacts, facts: YearFacts) -> Phrase:
    """What answers it: a single complaint by name, several by number."""
    return sentence([_IDEAS[problem.kind](problem, facts)])


def short_problems(facts: YearFacts) -> Phrase:
    """The gravest kinds counted, in one sentence."""
    told = [_SHORT[problem.kind](problem) for problem in facts.problems[:GRAVEST]]
    return sentence([chain(["The records show ", listed(told)])]) if told else Phrase("")


def next_plan(facts: YearFacts) -> str:
    """Next year’s plan; of a term: the next term’s plan."""
    return {"calendar_year": "next year’s plan", "school_year": "the next school year’s plan"}.get(
        facts.period.kind, "the next term’s plan"
    )


def _undone(state: str, several: str) -> Callable[[ProblemFacts], Phrase]:
    """Activities with the month they were planned for."""

    def tell(problem: ProblemFacts) -> Phrase:
        told = [chain([quoted(one.title), _meant_for(one)]) for one in problem.complaints]
        return chain([told[0], f" {state}"]) if len(told) == 1 else _list_names(problem, several, told)

    return tell


def _because(state: str, several: str) -> Callable[[ProblemFacts], Phrase]:
    """Activities with the reason somebody gave, or a gap for it."""

    def tell(problem: ProblemFacts) -> Phrase:
        if len(problem.complaints) == 1:
            one = problem.complaints[0]
            return chain([quoted(one.title), f" {state}; the reason given: ", _reason(one)])
        return _list_names(problem, several, [chain([quoted(one.title), " (", _reason(one), ")"]) for one in problem.complaints])

    return tell


def _list_names(problem: ProblemFacts, several: str, told: Sequence[Phrase]) -> Phrase:
    """How many activities ``several`` is said of, and which; of a long list the first."""
    return fill("In all, {n} activities " + several + ": {names}", n=number(_how_many(problem)), names=_cut(told))


def _missed(problem: ProblemFacts) -> Phrase:
    told = [
        fill(
            "{name} was planned {planned} and missed {missed}",
            name=quoted(one.title),
            planned=times(one.figures[0]),
            missed=times(one.figures[1]),
        )
        for one in problem.complaints
    ]
    return _some(told, problem, "regular duties have gaps")


def _target(problem: ProblemFacts) -> Phrase:
    told = [
        fill(
            "{name} fell short of the target {target}, reaching {n}",
            name=quoted(one.title),
            target=quoted(one.reason),
            n=_measured(one.figures[0]),
        )
        for one in problem.complaints
        if one.reason
    ]
    return _some(told, problem, "targets were missed")


def _turnout(problem: ProblemFacts) -> Phrase:
    told = [
        fill(
            "{name} drew only {came} of the {due} people expected ({share})",
            name=quoted(one.title),
            came=number(one.figures[1]),
            due=number(one.figures[0]),
            share=percent(one.figures[2]),
        )
        for one in problem.complaints
    ]
    return _some(told, problem, "events had a low turnout")


def _weak(problem: ProblemFacts) -> Phrase:
    told: list[Phrase] = []
    for one in problem.complaints:
        if len(one.figures) == 2:
            now, then = one.figures
            told.append(
                fill("{name} has {now} on record, against {then} in the year before", name=_part(one), now=_entries(now), then=number(then))
            )
        elif one.figures[0].number:
            duties = counted(one.figures[0], "regular duty", "regular duties")
            told.append(fill("{name} has nothing on record, of {duties} planned", name=_part(one), duties=duties))
        else:
            told.append(fill("{name} has nothing on record", name=_part(one)))
    return chain(told, "; ")


def _over_plan(problem: ProblemFacts) -> Phrase:
    told = [fill("{name} cost {sum} more than planned", name=quoted(one.title), sum=money(one.figures[0])) for one in problem.complaints]
    return _some(told, problem, "activities cost more than planned")


def _over_item(problem: ProblemFacts) -> Phrase:
    told = [fill("{name} ({sum})", name=item_name(one.title), sum=money(one.figures[0])) for one in problem.complaints]
    return chain(["Spending went over its budget on ", listed(told)])


def _execution(problem: ProblemFacts) -> Phrase:
    spent, budget, share = problem.figures
    words = "Only {share} of the spending budget was used: {spent} of {budget}"
    return fill(words, share=percent(share), spent=money(spent), budget=money(budget))


def _evidence(problem: ProblemFacts) -> Phrase:
    names = named([one.title for one in problem.complaints])
    return fill("Supporting papers are missing from {n}: {names}", n=counted(problem.figures[0], "record", "records"), names=names)


_PROBLEMS: dict[ProblemKind, Callable[[ProblemFacts], Phrase]] = {
    ProblemKind.LATE: _undone("is overdue", "are overdue"),
    ProblemKind.CANCELLED: _because("was cancelled", "were cancelled"),
    ProblemKind.POSTPONED: _because("was postponed", "were postponed"),
    ProblemKind.PARTLY: _undone("was only carried out in part", "were only carried out in part"),
    ProblemKind.MISSED: _missed,
    ProblemKind.TARGET: _target,
    ProblemKind.TURNOUT: _turnout,
    ProblemKind.WEAK_AREA: _weak,
    ProblemKind.OVER_PLAN: _over_plan,
    ProblemKind.OVER_ITEM: _over_item,
    ProblemKind.EXECUTION: _execution,
    ProblemKind.EVIDENCE: _evidence,
    ProblemKind.ARTICLES: _target,
}


def _late_idea(problem: ProblemFacts, facts: YearFacts) -> Phrase:
    what = _ones(problem, "The {n} overdue activities")
    planned = f"put into {next_plan(facts)} with a date"
    return chain([what, f" will be {planned}" if facts.period.is_over else f" will be caught up on or {planned}"])


def _cancelled_idea(problem: ProblemFacts, facts: YearFacts) -> Phrase:
    still = "if it is still wanted, it goes" if len(problem.complaints) == 1 else "those still wanted go"
    return chain(
        ["The need for ", _ones(problem, "the {n} cancelled activities"), f" will be weighed anew; {still} into {next_plan(facts)}"]
    )


_IDEAS: dict[ProblemKind, Callable[[ProblemFacts, YearFacts], Phrase]] = {
    ProblemKind.LATE: _late_idea,
    ProblemKind.CANCELLED: _cancelled_idea,
    ProblemKind.POSTPONED: lambda problem, _: chain(
        ["A new date will be kept for ", _ones(problem, "each of the {n} postponed activities")]
    ),
    ProblemKind.PARTLY: lambda problem, _: chain(
        ["What is left of ", _ones(problem, "the {n} unfinished activities"), " will be completed"]
    ),
    ProblemKind.MISSED: lambda problem, _: chain(
        ["Each turn of ", _ones(problem, "the {n} duties with gaps"), " will be given its month and recorded when it is done"]
    ),
    ProblemKind.TARGET: lambda problem, _: chain(
        ["Progress towards ", _ones(problem, "the {n} targets missed", "the target of {name}"), " will be checked every quarter"]
    ),
    ProblemKind.TURNOUT: lambda problem, _: chain(
        [
            "Members will be asked for a suitable time before events such as ",
            _ones(problem, "the {n} with a low turnout"),
            ", so that more can come",
        ]
    ),
    ProblemKind.WEAK_AREA: lambda problem, _: chain(
        ["Definite activities, with dates and people in charge, will be planned under ", listed([_part(one) for one in problem.complaints])]
    ),
    ProblemKind.OVER_PLAN: lambda problem, _: chain(
        [
            "Costs will be estimated before activities such as ",
            _ones(problem, "the {n} that cost too much"),
            ", and any excess approved first",
        ]
    ),
    ProblemKind.OVER_ITEM: lambda problem, _: chain(
        ["The next budget will be drawn up from actual costs for ", listed([item_name(one.title) for one in problem.complaints])]
    ),
    ProblemKind.EXECUTION: lambda problem, _: fill(
        "Spending will be planned by the quarter, so that more than {share} of the budget is used", share=percent(problem.figures[2])
    ),
    ProblemKind.EVIDENCE: lambda problem, _: fill(
        "The papers missing from {n} will be collected, and sign-in sheets, photographs and receipts filed right after each activity",
        n=counted(problem.figures[0], "record", "records"),
    ),
    ProblemKind.ARTICLES: lambda problem, _: chain(
        ["Articles for ", _ones(problem, "the {n} publicity targets missed"), " will be shared out among the union groups by the quarter"]
    ),
}


def _brief(one: str, many: str) -> Callable[[ProblemFacts], Phrase]:
    return lambda problem: counted(_how_many(problem), one, many)


_SHORT: dict[ProblemKind, Callable[[ProblemFacts], Phrase]] = {
    ProblemKind.LATE: _brief("overdue activity", "overdue activities"),
    ProblemKind.CANCELLED: _brief("activity cancelled", "activities cancelled"),
    ProblemKind.POSTPONED: _brief("activity postponed", "activities postponed"),
    ProblemKind.PARTLY: _brief("activity only partly done", "activities only partly done"),
    ProblemKind.MISSED: _brief("regular duty with gaps", "regular duties with gaps"),
    ProblemKind.TARGET: _brief("target missed", "targets missed"),
    ProblemKind.TURNOUT: _brief("event with a low turnout", "events with a low turnout"),
    ProblemKind.WEAK_AREA: _brief("heading with little on record", "headings with little on record"),
    ProblemKind.OVER_PLAN: _brief("activity over plan", "activities over plan"),
    ProblemKind.OVER_ITEM: _brief("item over budget", "items over budget"),
    ProblemKind.EXECUTION: lambda problem: fill("only {n} of the budget used", n=percent(problem.figures[2])),
    ProblemKind.EVIDENCE: _brief("record without supporting papers", "records without supporting papers"),
    ProblemKind.ARTICLES: _brief("publicity target missed", "publicity targets missed"),
}


def _how_many(problem: ProblemFacts) -> Figure:
    """As the problem says, else its complaints, counted by the record each rests on first."""
    if problem.figures:
        return problem.figures[0]
    sources = [one.title.source or one.figures[0].records[0] for one in problem.complaints if one.title.source or one.figures[0].records]
    return count(Unit.ITEM, sources)


def _ones(problem: ProblemFacts, several: str, single: str = "{name}") -> Phrase:
    """A single one by name, several by number."""
    if len(problem.complaints) == 1:
        return fill(single, name=_part(problem.complaints[0]))
    return fill(several, n=number(_how_many(problem)))


def _some(told: Sequence[Phrase], problem: ProblemFacts, words: str) -> Phrase:
    """The first few; before a cut their number."""
    if len(told) <= LISTED:
        return chain(told, "; ")
    return fill("In all, {n} " + words + "; among others, {told}", n=number(_how_many(problem)), told=chain(told[:LISTED], "; "))


def _cut(told: Sequence[Phrase]) -> Phrase:
    """The first few of what was counted."""
    return listed(told) if len(told) <= LISTED else chain([chain(told[:LISTED], ", "), " and others"])


def _part(one: Complaint) -> Phrase:
    """A title or heading in quotation marks, the official name of an item, else the name of a work area."""
    if not one.title:
        return Phrase(f"“{work_areas()[one.area].en}”")
    return quoted(one.title) if one.title.source else item_name(one.title)


def _meant_for(one: Complaint) -> Words:
    return fill(" (planned for {month})", month=show(one.figures[0], month_name(one.figures[0]))) if one.figures else ""


def _reason(one: Complaint) -> Words:
    return quoted(one.reason) if one.reason else "[to be added: reason]"


def _entries(figure: Figure) -> Phrase:
    return counted(figure, "entry", "entries")


def _measured(figure: Figure) -> Phrase:
    if figure.unit is Unit.PERCENT:
        return percent(figure)
    if figure.unit is Unit.FEN:
        return money(figure)
    return counted(figure, *_MEASURES.get(figure.unit, ("item", "items")))
