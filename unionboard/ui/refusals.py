"""A refusal as the page says it."""

from datetime import date, datetime

from unionboard import i18n
from unionboard.errors import Refusal
from unionboard.errors.saving import StaleSave
from unionboard.ui.history import tell_moment
from unionboard.ui.text import escape, long_date, spoken
from unionboard.ui.values import say_value


def tell(refusal: Refusal) -> str:
    """The sentence of a refusal as Markdown: what users typed in it is escaped, days are written as in prose, codes by their words."""
    facts = i18n.word_facts(spoken(), refusal)
    field = str(refusal.facts.get("field", ""))
    if isinstance(refusal, StaleSave) and field in i18n.FIELDS:
        facts |= {side: say_value(field, refusal.facts[side]) for side in ("theirs", "yours")}
    facts |= {name: tell_moment(fact) for name, fact in refusal.facts.items() if isinstance(fact, datetime)}
    return i18n.translate(spoken(), refusal.sentence, **{name: _tell_fact(fact) for name, fact in facts.items()})


def _tell_fact(fact: object) -> object:
    if isinstance(fact, date):
        return long_date(fact)
    return escape(fact).replace("\\.", ".") if isinstance(fact, str) else fact  # inside a sentence a dot starts no list
