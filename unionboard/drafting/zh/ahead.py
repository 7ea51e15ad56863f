"""What goes over into the next period, and the outline of its plan. Source: domain notes E2 (combined form), E4 «Next year»."""

from unionboard.drafting.days import ends_figure
from unionboard.drafting.facts import NextFacts, OutlineFacts, OutlineItem, YearFacts
from unionboard.drafting.figures import Unit, count
from unionboard.drafting.phrases import Phrase, chain, fill, rest
from unionboard.drafting.typed import typed
from unionboard.drafting.wording import Keyed
from unionboard.drafting.zh.figures import FEW, LISTED, month, named, number
from unionboard.drafting.zh.frame import next_period
from unionboard.drafting.zh.titles import clean, flowing, quoted


def tell_ahead(facts: YearFacts) -> list[Keyed]:
    """What is still to be done, duties, what every second year brings, promises, and the gap only the committee can fill."""
    ahead = facts.ahead
    told: list[Keyed] = []
    if ahead.waiting:
        told.append(
            (
                "waiting",
                fill(
                    "{month}底前按时办好{names}。", month=month(ends_figure(facts)), names=named(ahead.waiting, measure="项活动", most=FEW)
                ),
            )
        )
    if ahead.duties:
        told.append(("duties", fill("继续做好{names}。", names=named(ahead.duties, measure="项经常性工作", most=FEW))))
    if ahead.biennial:
        told.append(("biennial", fill("{names}隔年办一次，{next}到期，列入计划。", names=named(ahead.biennial), next=next_period(facts))))
    if ahead.promises:
        told.append(("promises", _promises(ahead)))
    told.append(("gap", f"【待补充：{next_period(facts)}重点工作】"))
    return told


def tell_outline(part: OutlineFacts, facts: YearFacts) -> list[Keyed]:
    """What goes on under a heading and what is carried over, with months where this plan named them."""
    told: list[Keyed] = []
    if part.going_on:
        told.append(("going_on", fill("继续做好{names}。", names=named([item.title for item in part.going_on], measure="项经常性工作"))))
    if part.carried_over:
        names = chain([_carried(item) for item in part.carried_over[:LISTED]], "、")
        more = Phrase("")
        if len(part.carried_over) > LISTED:
            whole = count(Unit.ITEM, [item.activity.source for item in part.carried_over])
            more = fill("等{n}项", n=number(whole))
        told.append(("carried_over", chain(["本期没有办完的", names, more, f"转入{next_period(facts)}。"])))
    return told


def _carried(item: OutlineItem) -> Phrase:
    name = quoted(clean(item.title))
    return fill("{name}（{month}）", name=name, month=month(item.from_on)) if item.from_on else name


def _promises(ahead: NextFacts) -> Phrase:
    """Open decisions in their own words; from the sixth on only counted."""
    told = chain([flowing(text) for text in ahead.promises[:LISTED]], "；")
    if len(ahead.promises) <= LISTED:
        return chain(["落实委员会会议议定而未办结的事项：", told, "。"])
    sources = [text.source for text in ahead.promises if text.source]
    whole = fill("落实委员会会议议定而未办结的{n}件事：", n=number(count(Unit.ITEM, sources)))
    return rest(chain([whole, told, "等。"]), [source for text in ahead.promises for source in typed(text).sources])
