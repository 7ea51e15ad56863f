"""Money, care and honours in Chinese: sums to the fen, visits by occasion, awards by level. Source: domain notes A4, E3, E4."""

import re
from collections.abc import Callable, Sequence

from unionboard.drafting.facts import AwardFacts, HandoutFacts, NamedFigure, OccasionFacts, YearFacts
from unionboard.drafting.figures import Figure, Unit, count, difference, total
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest
from unionboard.drafting.typed import cut, typed
from unionboard.drafting.wording import Keyed
from unionboard.drafting.zh.deeds import compared, whole_period
from unionboard.drafting.zh.figures import LISTED, clauses, is_round, number, percent, wan, yuan
from unionboard.drafting.zh.titles import clean, flowing, quoted
from unionboard.reference import award_levels

_WON = re.compile("^(?:荣获|获得|获评|获)")
_LEVEL_SAID = re.compile(r"国家|全国|[省市区县校院]")


def care(facts: YearFacts) -> list[Keyed]:
    """Visits by occasion, the year before, goods by head."""
    told: list[Keyed] = []
    visits = facts.care
    if visits.attended:
        parts: list[Words] = [fill(whole_period(facts) + "走访慰问{n}人次", n=number(visits.attended))]
        parts += [fill("支出{sum}", sum=yuan(visits.spent))] if visits.spent else []
        parts += compared(visits.last_year, facts, "人次")
        if len(visits.occasions) > 1:
            parts.append(chain(["其中", chain([_occasion(one) for one in visits.occasions], "、")]))
        told.append(("care", clauses(parts)))
    if visits.handouts:
        told.append(("goods", _goods(visits.handouts)))
    return told


def money(facts: YearFacts) -> list[Keyed]:
    """The books: sums, where it came from, where it went, the budget, the year before."""
    books = facts.money
    if not books.has_entries:
        return [("money", "经费收支尚未登记【待补充：经费收支情况】。")]
    told: list[Keyed] = [("money", _sums(facts))]
    if len(books.incomes) > 1:
        told.append(("money:incomes", chain(["收入中，", _items(books.incomes, most=3, with_share=False), "。"])))
    if len(books.items) > 1:
        members = [fill("职工活动支出占{n}", n=percent(books.members_share))] if books.members_share else []
        told.append(("money:items", clauses([chain(["支出中，", _items(books.items, most=5, with_share=True)]), *members])))
    if books.budget and books.execution:
        budget = fill("年度支出预算{sum}，执行率{n}。", sum=yuan(books.budget), n=percent(books.execution))
        told.append(("money:budget", budget))
    if books.last_year:
        told.append(("money:year_before", _year_before(facts)))
    return told


def honours(facts: YearFacts) -> list[Keyed]:
    """How many, then level by level."""
    awards = facts.honours
    if not awards:
        return []
    told: list[Keyed] = []
    if len(awards) > 1:
        told.append(("honours", fill(whole_period(facts) + "获奖{n}项。", n=number(_awards(awards)))))
    told += [(f"honours:{level or 'none'}", _level(those)) for level, those in _by_level(awards).items()]
    return told


def short_money(facts: YearFacts) -> Phrase:
    """The books in one sentence."""
    books = facts.money
    if not books.has_entries:
        return Phrase("")
    moved = [(what, figure) for what, figure in (("收入", books.income), ("支出", books.spending)) if figure.number > 0]
    sums = [*(figure for _what, figure in moved), books.balance]
    say = wan if all(is_round(figure) for figure in sums) else yuan  # one unit in one sentence
    parts: list[Words] = [fill(f"{'经费' if n == 0 else ''}{what}{{sum}}", sum=say(figure)) for n, (what, figure) in enumerate(moved)]
    parts.append(_balance(books.balance, say))
    return clauses([*parts, *([fill("预算执行率{n}", n=percent(books.execution))] if books.execution else [])])


def short_care(facts: YearFacts) -> Phrase:
    """Visits in one short sentence."""
    visits = facts.care
    if not visits.attended:
        return Phrase("")
    parts: list[Words] = [fill("走访慰问{n}人次", n=number(visits.attended))]
    return clauses([*parts, *([fill("支出{sum}", sum=wan(visits.spent))] if visits.spent else [])])


def short_honours(facts: YearFacts) -> Phrase:
    """Awards counted by level."""
    levels = award_levels()
    by_level = _by_level(facts.honours)
    other = "其他" if len(by_level) > 1 else ""
    parts = [
        fill((levels[level].zh if level in levels else other) + "奖励{n}项", n=number(_awards(those))) for level, those in by_level.items()
    ]
    return chain(["获", chain(parts, "、"), "。"]) if parts else Phrase("")


def item_name(item: NamedFigure) -> Phrase:
    """What the union calls an item."""
    return typed(item.name)


def _occasion(one: OccasionFacts) -> Phrase:
    return chain([typed(one.name), fill("{n}人次", n=number(one.attended)), yuan(one.spent) if one.spent else ""])


def _goods(handouts: Sequence[HandoutFacts]) -> Phrase:
    """Goods by head: heads × value, and the sum; from the sixth on only counted."""
    told = [
        fill("{name}{heads}份（每份{value}）", name=clean(one.title), heads=number(one.heads), value=yuan(one.value))
        for one in handouts[:LISTED]
    ]
    if len(handouts) == 1:
        return fill("发放{told}，计{sum}。", told=told[0], sum=yuan(handouts[0].sum))
    everything = yuan(total(Unit.FEN, [one.sum for one in handouts]))
    if len(handouts) <= LISTED:
        return fill("发放{told}，合计{sum}。", told=chain(told, "、"), sum=everything)
    times = count(Unit.TIME, [source for one in handouts for source in one.heads.sources])
    return fill("发放{told}等{n}次，合计{sum}。", told=chain(told, "、"), n=number(times), sum=everything)


def _sums(facts: YearFacts) -> Phrase:
    books = facts.money
    parts: list[Words] = []
    if books.opening:
        opening, less = books.opening, books.opening.number < 0
        parts.append(
            fill("上年超支{sum}" if less else "上年结转{sum}", sum=yuan(difference(Unit.FEN, _nothing(), opening) if less else opening))
        )
    moved = [(what, figure) for what, figure in (("收入", books.income), ("支出", books.spending)) if figure.number > 0]
    parts += [
        fill(f"{whole_period(facts) if place == 0 else ''}{what}{{sum}}", sum=yuan(figure)) for place, (what, figure) in enumerate(moved)
    ]
    parts += [] if moved else [rest(f"{whole_period(facts)}收支相抵", (*books.income.records, *books.spending.records))]
    return clauses([*parts, _balance(books.balance, yuan)])


def _balance(balance: Figure, say: Callable[[Figure], Phrase]) -> Phrase:
    if balance.number >= 0:
        return fill("结余{sum}", sum=say(balance))
    return fill("超支{sum}", sum=say(difference(Unit.FEN, _nothing(), balance)))


def _nothing() -> Figure:
    return count(Unit.FEN, ())


def _items(items: Sequence[NamedFigure], *, most: int, with_share: bool) -> Phrase:
    """Items by size; beyond ``most`` the rest in one."""
    cut_at = most if len(items) <= most else most - 1
    told = []
    for item in items[:cut_at]:
        share = fill("（占{n}）", n=percent(item.share)) if with_share and item.share else ""
        told.append(chain([item_name(item), yuan(item.figure), share]))
    left = items[cut_at:]
    if left:
        told.append(fill("其他各项{sum}", sum=yuan(total(Unit.FEN, [item.figure for item in left]))))
    return chain(told, "、")


def _year_before(facts: YearFacts) -> Phrase:
    """Spending against the year before, up to the same day of it."""
    both = facts.money.last_year
    assert both is not None
    then = "上年" if facts.period.is_year_end else "上年同期"
    more, fewer = difference(Unit.FEN, both.now, both.before), difference(Unit.FEN, both.before, both.now)
    if more.number == 0:
        return rest(f"支出与{then}持平。", more.records)
    return fill(f"支出比{then}增加{{sum}}。", sum=yuan(more)) if more.number > 0 else fill(f"支出比{then}减少{{sum}}。", sum=yuan(fewer))


def _by_level(awards: Sequence[AwardFacts]) -> dict[str, list[AwardFacts]]:
    """In the order in which the levels come."""
    levels: dict[str, list[AwardFacts]] = {}
    for award in awards:
        levels.setdefault(award.level, []).append(award)
    return levels


def _awards(awards: Sequence[AwardFacts]) -> Figure:
    return count(Unit.ITEM, [award.text.source for award in awards if award.text.source])


def award_words(award: AwardFacts) -> Phrase:
    """获市优质课一等奖2节: an award whose words say its level does not hear it again."""
    text = flowing(award.text)
    won = _WON.match(text.text)
    text = cut(text, won.end()) if won else text
    is_said = award.level not in award_levels() or _LEVEL_SAID.search(text.text)
    return chain(["获", "" if is_said else award_levels()[award.level].zh, text])


def _level(awards: Sequence[AwardFacts]) -> Phrase:
    """The awards of one level; from the sixth on their number."""
    told = chain([chain([quoted(clean(award.title)), award_words(award)]) for award in awards[:LISTED]], "；")
    return fill("{told}等{n}项。", told=told, n=number(_awards(awards))) if len(awards) > LISTED else chain([told, "。"])
