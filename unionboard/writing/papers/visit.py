"""What a care visit's form says: what is known and may be told; the rest is filled in by hand."""

from unionboard.models import TemplateKind
from unionboard.services.papers.visit import VisitFacts
from unionboard.writing.cells import yuan
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.amount_words import write_amount
from unionboard.writing.papers.filling import Filled


def tell_visit(facts: VisitFacts, words: FundWords) -> Filled:
    """The values of the form. The sum in words is Chinese in both languages: it is what vouchers ask for."""
    return Filled(
        TemplateKind.VISIT,
        words.language,
        facts.as_of,
        {
            "union": facts.union,
            "title": words.t("Care visit: request and approval"),
            "number": facts.visit_id,
            "name": facts.name,
            "occasion": words.named(facts) if facts.visit_id else "",
            "day": words.day(facts.visited_on) if facts.visited_on else "",
            "people": facts.people,
            "amount": yuan(facts.amount_fen),
            "amount_words": write_amount(facts.amount_fen) if facts.amount_fen else "",
            "goods": facts.goods,
            "visitors": facts.visitors,
            "printed_on": words.day(facts.as_of),
        },
        {},
    )
