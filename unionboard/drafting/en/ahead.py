"""What goes over into the next period, and the outline of its plan. Source: domain notes E2 (combined form), E4 «Next year»."""

from unionboard.drafting.days import ends_figure
from unionboard.drafting.en.figures import LISTED, full_day, listed, month_name, named, number, quoted, sentence
from unionboard.drafting.en.problems import next_plan
from unionboard.drafting.facts import NextFacts, OutlineFacts, OutlineItem, YearFacts
from unionboard.drafting.figures import Unit, count
from unionboard.drafting.phrases import Phrase, chain, fill, show
from unionboard.drafting.wording import Keyed


def tell_ahead(facts: YearFacts) -> list[Keyed]:
    """What is still to be done, duties, what every second year brings, promises, and the gap only the committee can fill."""
    ahead = facts.ahead
    told: list[Keyed] = []
    if ahead.waiting:
        waiting = fill("By {day}, the union still has to hold {names}", day=full_day(ends_figure(facts)), names=named(ahead.waiting))
        told.append(("waiting", sentence([waiting])))
    if ahead.duties:
        told.append(("duties", sentence([chain(["Regular duties will go on: ", named(ahead.duties)])])))
    if ahead.biennial:
        biennial = fill("Every second year brings {names}, due again in " + next_plan(facts), names=named(ahead.biennial))
        told.append(("biennial", sentence([biennial])))
    if ahead.promises:
        told.append(("promises", _promises(ahead)))
    told.append(("gap", f"[to be added: main points of {next_plan(facts)}]"))
    return told


def tell_outline(part: OutlineFacts) -> list[Keyed]:
    """What goes on under a heading and what is carried over, with months where this plan named them."""
    told: list[Keyed] = []
    if part.going_on:
        told.append(("going_on", sentence([chain(["To go on with: ", named([item.title for item in part.going_on])])])))
    if part.carried_over:
        names = [_carried(item) for item in part.carried_over]
        if len(names) > LISTED:
            whole = count(Unit.ITEM, [item.activity.source for item in part.carried_over])
            told.append(
                (
                    "carried_over",
                    sentence(
                        [fill("To be carried over, {n} in all: {names} and others", n=number(whole), names=chain(names[:LISTED], ", "))]
                    ),
                )
            )
        else:
            told.append(("carried_over", sentence([chain(["To be carried over: ", listed(names)])])))
    return told


def _carried(item: OutlineItem) -> Phrase:
    if item.from_on is None:
        return quoted(item.title)
    return fill("{title} ({month})", title=quoted(item.title), month=show(item.from_on, month_name(item.from_on)))


def _promises(ahead: NextFacts) -> Phrase:
    """Open decisions in their own words; from the sixth on only counted."""
    if len(ahead.promises) == 1:
        return sentence([chain(["A decision of the committee is still to be carried out: ", quoted(ahead.promises[0])])])
    whole = count(Unit.ITEM, [text.source for text in ahead.promises if text.source])
    opening = fill("The committee still has {n} open decisions to carry out: ", n=number(whole))
    names = [quoted(text) for text in ahead.promises[:LISTED]]
    told = listed(names) if len(ahead.promises) <= LISTED else chain([chain(names, ", "), " and others"])
    return sentence([chain([opening, told])])
