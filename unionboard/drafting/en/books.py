"""The books in English: sums to the fen, by item, against budget and the year before. Source: domain notes A4, E3, E4."""

from collections.abc import Sequence

from unionboard.drafting.en.deeds import whole_period
from unionboard.drafting.en.figures import item_name, listed, money, percent, sentence
from unionboard.drafting.facts import NamedFigure, YearFacts
from unionboard.drafting.figures import Figure, Unit, count, difference, total
from unionboard.drafting.phrases import Phrase, Words, chain, fill, rest
from unionboard.drafting.wording import Keyed


def tell_money(facts: YearFacts) -> list[Keyed]:
    """Sums, where the money came from, where it went, the budget, the year before; a gap when nothing is booked."""
    books = facts.money
    if not books.has_entries:
        return [("money", "Income and spending have not been booked yet [to be added: income and spending].")]
    told: list[Keyed] = [("money", _sums(facts))]
    if len(books.incomes) > 1:
        told.append(("money:incomes", sentence([chain(["Income came from ", _items(books.incomes, most=3, has_share=False)])])))
    if books.items:
        told.append(("money:items", sentence([chain(["Spending went on ", _items(books.items, most=5, has_share=True)])])))
    if books.members_share:
        told.append(("money:members", sentence([fill("Members’ activities took {n} of all spending", n=percent(books.members_share))])))
    if books.budget and books.execution:
        budget = fill("Of the spending budget of {sum}, {n} was used", sum=money(books.budget), n=percent(books.execution))
        told.append(("money:budget", sentence([budget])))
    if books.last_year:
        told.append(("money:year_before", _year_before(facts)))
    return told


def _sums(facts: YearFacts) -> Phrase:
    books = facts.money
    parts: list[Words] = []
    if books.opening and books.opening.number > 0:
        parts.append(fill("The books opened with {sum} carried over", sum=money(books.opening)))
    elif books.opening:
        parts.append(fill("The books opened {sum} in debt", sum=money(_negative(books.opening))))
    moved = ((books.income, "{sum} came in"), (books.spending, "{sum} was spent"))
    told = listed([fill(words, sum=money(figure)) for figure, words in moved if figure.number > 0]) or "as much came in as was spent"
    since = whole_period(facts) if not parts else whole_period(facts).lower()
    records = (*books.income.records, *books.spending.records)
    now = chain([f"{since}, ", rest(told, records), ", ", tell_balance(books.balance)])
    return sentence([*parts, now], "; ")


def tell_balance(balance: Figure) -> Phrase:
    """What is left, or how much too much was spent."""
    if balance.number < 0:
        return fill("leaving a deficit of {sum}", sum=money(_negative(balance)))
    return fill("leaving {sum} in hand", sum=money(balance))


def _negative(figure: Figure) -> Figure:
    """What is missing, as a sum of its own."""
    return difference(Unit.FEN, count(Unit.FEN, ()), figure)


def _items(items: Sequence[NamedFigure], *, most: int, has_share: bool) -> Phrase:
    """Items by size; beyond ``most`` the rest in one."""
    shown = items if len(items) <= most else items[: most - 1]
    told: list[Words] = []
    has_share = has_share and len(items) > 1
    for item in shown:
        share = chain([", ", percent(item.share)]) if has_share and item.share else ""
        told.append(chain([item_name(item.name), " (", money(item.figure), share, ")"]))
    if left := items[len(shown) :]:
        told.append(fill("all else ({sum})", sum=money(total(Unit.FEN, [item.figure for item in left]))))
    return listed(told)


def _year_before(facts: YearFacts) -> Phrase:
    """Spending against the year before."""
    compared = facts.money.last_year
    assert compared is not None
    if not facts.period.is_year_end:
        return sentence([fill("By this time the year before, {sum} had been spent", sum=money(compared.before))])
    more = difference(Unit.FEN, compared.now, compared.before)
    if more.number == 0:
        return rest("Spending was the same as in the year before.", more.records)
    if more.number > 0:
        return sentence([fill("Spending was {sum} higher than in the year before", sum=money(more))])
    fewer = difference(Unit.FEN, compared.before, compared.now)
    return sentence([fill("Spending was {sum} lower than in the year before", sum=money(fewer))])
