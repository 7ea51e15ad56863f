"""What a sign-in sheet says. Names come from the committee's list or were pasted for this file alone."""

from collections.abc import Sequence

from unionboard.models import TemplateKind
from unionboard.services.papers.sign_in import Signer, SignInFacts
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.filling import Filled
from unionboard.writing.papers.notice import BLANK


def tell_sign_in(facts: SignInFacts, words: FundWords, *, signers: Sequence[Signer] = (), place: str = "") -> Filled:
    """The values of the sheet. ``signers``: pasted ones, instead of the facts' own; ``place`` as typed."""
    shown = signers or facts.signers
    title = words.t("Committee meeting no. {number}", number=facts.meeting) if facts.meeting is not None else facts.title
    return Filled(
        TemplateKind.SIGN_IN,
        words.language,
        facts.as_of,
        {
            "union": facts.union,
            "title": words.t("Sign-in sheet"),
            "activity": title or BLANK,
            "day": words.day(facts.day) if facts.day else BLANK,
            "place": place.strip() or facts.place or BLANK,
            "expected": len(signers) or facts.expected,
            "printed_on": words.day(facts.as_of),
        },
        {"rows": [{"number": n, "name": one.name, "department": one.department} for n, one in enumerate(shown, start=1)]},
    )
