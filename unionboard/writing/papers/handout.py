"""What a hand-out's list says on a form of the union's own; our own list is ``writing.signoff``'s."""

from unionboard.models import TemplateKind
from unionboard.writing.cells import yuan
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.filling import Filled
from unionboard.writing.signoff import SignOffList


def tell_handout(document: SignOffList) -> Filled:
    """The values of the list."""
    words = FundWords(document.language)
    return Filled(
        TemplateKind.HANDOUT,
        document.language,
        document.as_of,
        {
            "union": document.union,
            "title": document.title,
            "day": words.day(document.as_of),
            "goods": document.goods,
            "heads": len(document.receivers),
            "unit": yuan(document.unit_fen),
            "total": yuan(document.total_fen),
            "printed_on": words.day(document.as_of),
        },
        {
            "rows": [
                {
                    "number": number,
                    "name": receiver.name,
                    "department": receiver.department,
                    "goods": document.goods,
                    "quantity": 1,
                    "amount": yuan(document.unit_fen),
                }
                for number, receiver in enumerate(document.receivers, start=1)
            ]
        },
    )
