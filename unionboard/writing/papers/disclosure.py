"""What the disclosure of dues and funds says, with the books' own figures."""

from collections.abc import Sequence
from datetime import date

from unionboard.i18n import mark
from unionboard.models import TemplateKind
from unionboard.services.papers.disclosure import DisclosureFacts, ItemLine, Period
from unionboard.services.small_counts import SMALL_COUNT
from unionboard.writing.cells import yuan
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.filling import Filled, Line
from unionboard.writing.papers.notice import BLANK

PERIODS = {
    Period.Q1: mark("first quarter of {year}"),
    Period.Q2: mark("second quarter of {year}"),
    Period.Q3: mark("third quarter of {year}"),
    Period.Q4: mark("fourth quarter of {year}"),
    Period.H1: mark("first half of {year}"),
    Period.H2: mark("second half of {year}"),
    Period.YEAR: mark("the year {year}"),
}


def tell_disclosure(facts: DisclosureFacts, words: FundWords, *, posted: tuple[date, date] | None = None, phone: str = "") -> Filled:
    """The values of the disclosure. ``posted``: from when to when it hangs out (inclusive); ``phone`` as typed."""
    period = words.t(PERIODS[facts.period], year=facts.year)
    days = words.t("{first} to {last}", first=words.day(posted[0]), last=words.day(posted[1])) if posted else BLANK
    return Filled(
        TemplateKind.DISCLOSURE,
        words.language,
        facts.as_of,
        {
            "union": facts.union,
            "title": words.t("Dues and funds made known: {period}", period=period),
            "period": period,
            "first": words.day(facts.first),
            "last": words.day(facts.last),
            "opening": yuan(facts.opening_fen),
            "income": yuan(facts.income_fen),
            "spending": yuan(facts.spending_fen),
            "balance": yuan(facts.balance_fen),
            "dues": yuan(facts.dues_fen),
            "members": facts.members,
            "care": tell_care(facts, words),
            "posted": days,
            "phone": phone.strip() or BLANK,
            "printed_on": words.day(facts.as_of),
        },
        {"income_rows": _rows(facts.income, words), "spending_rows": _rows(facts.spending, words)},
    )


def tell_care(facts: DisclosureFacts, words: FundWords) -> str:
    """12 次、12 人次; of a few only that they are few."""
    if facts.visits is None or facts.visited is None:
        return words.t("fewer than {n} visits", n=SMALL_COUNT)
    return words.t("{visits} visits, {people} person-times", visits=facts.visits, people=facts.visited) if facts.visits else words.t("none")


def _rows(lines: Sequence[ItemLine], words: FundWords) -> list[Line]:
    return [
        {
            "item": words.named(line.item),
            "budget": yuan(line.budget_fen),
            "amount": yuan(line.booked_fen),
            "year_to_date": yuan(line.year_fen),
        }
        for line in lines
    ]
