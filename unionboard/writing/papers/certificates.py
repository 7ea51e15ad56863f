"""What the list of honours says, which serves mail merge too: a certificate a page."""

from collections.abc import Sequence
from dataclasses import replace

from unionboard.models import TemplateKind
from unionboard.reference import award_levels
from unionboard.services.papers.honours import Honour, HonourFacts
from unionboard.services.papers.sign_in import Signer
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.filling import Filled


def name_honoured(facts: HonourFacts, people: Sequence[Signer], award: str) -> HonourFacts:
    """Certificates the union gives itself: a line each for ``people``, for the honour beside the name, else for ``award``."""
    honours = tuple(Honour(one.name, one.department or award.strip(), won_on=facts.as_of) for one in people)
    return replace(facts, honours=honours)


def tell_honours(facts: HonourFacts, words: FundWords) -> Filled:
    """The values of the list."""
    levels = award_levels()
    return Filled(
        TemplateKind.CERTIFICATE,
        words.language,
        facts.as_of,
        {
            "union": facts.union,
            "title": words.t("List of honours {year}", year=facts.year),
            "year": facts.year,
            "count": len(facts.honours),
            "printed_on": words.day(facts.as_of),
        },
        {
            "rows": [
                {
                    "number": number,
                    "name": one.name,
                    "award": one.award,
                    "level": words.named(levels[one.level]) if one.level in levels else "",
                    "activity": one.activity,
                    "day": words.day(one.won_on) if one.won_on else "",
                }
                for number, one in enumerate(facts.honours, start=1)
            ]
        },
    )
