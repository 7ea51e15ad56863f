"""Words: an English sentence is the msgid; each language is one .po file, read at start without a compile step.

Looked up per call with an explicit language, never through a module global: sessions are threads and each has its own language.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from typing import cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.plural import PluralRule

from unionboard.config import COMMAND_LINE, DEFAULT_LANGUAGE, LANGUAGES, LOCAL_USER, TIME_ZONE, WRITTEN_LANGUAGES
from unionboard.errors import Refusal


@cache
def load_catalogue(language: str) -> Catalog:
    """The catalogue of ``language`` (one of config.LANGUAGES)."""
    path = resources.files("unionboard").joinpath("locale", language, "LC_MESSAGES", "unionboard.po")
    with path.open("rb") as file:
        return read_po(file, locale=language)


@cache
def load_sentences(language: str) -> Mapping[str, str]:
    """What the catalogue of ``language`` says for each msgid it translates; a page asks hundreds of times."""
    return {str(message.id): message.string for message in load_catalogue(language) if isinstance(message.string, str) and message.string}


def mark(msgid: str) -> str:
    """``msgid`` itself: says that this sentence is translated later, so that ``make messages`` finds it."""
    return msgid


def choose_language(*wishes: str | None) -> str:
    """The first wish that names a language we have (``zh``, ``zh-CN``, ``en_US`` …), else the default."""
    for wish in wishes:
        stem = (wish or "").replace("-", "_").split("_")[0].lower()
        for language in LANGUAGES:
            if stem and language.split("_")[0] == stem:
                return language
    return DEFAULT_LANGUAGE


def written_language(language: str) -> str:
    """``language``, or English where names, days and papers have no words of their own in it."""
    return language if language in WRITTEN_LANGUAGES else "en"


def name_language(language: str) -> str:
    """What a language calls itself: 中文, English, français."""
    locale = Locale.parse(language)
    return str(locale.get_language_name(language))


def translate(language: str, msgid: str, /, **facts: object) -> str:
    """``msgid`` in ``language`` with its ``{slots}`` filled; a sentence the catalogue lacks stays English."""
    sentence = load_sentences(language).get(msgid, msgid)
    return sentence.format(**facts) if facts else sentence


def translate_count(language: str, singular: str, plural: str, n: int, /, **facts: object) -> str:
    """Like ``translate`` for a counted thing; ``{n}`` is filled too.

    A language with one form, as Chinese, keeps it under ``singular``; others have one for one thing, and one for all other counts.
    """
    rule = _find_plural_rule(language)
    return translate(language, singular if not rule.rules or rule(n) == "one" else plural, n=n, **facts)


@cache
def _find_plural_rule(language: str) -> PluralRule:
    return Locale.parse(language).plural_form


FIELDS = {
    "title": mark("name"),
    "owner": mark("owner"),
    "area": mark("area"),
    "area_2": mark("second area"),
    "section_id": mark("section"),
    "starts_on": mark("first day"),
    "ends_on": mark("last day"),
    "precision": mark("how sure the day is"),
    "duty": mark("kind"),
    "frequency": mark("how often"),
    "state": mark("state"),
    "state_reason": mark("reason"),
    "audience": mark("audience"),
    "planned_people": mark("planned people"),
    "planned_budget_fen": mark("planned budget"),
    "fund_item": mark("fund item"),
    "note": mark("note"),
    "participants": mark("attended"),
    "eligible": mark("should attend"),
    "person_times": mark("person-times"),
    "result": mark("result"),
    "award": mark("award"),
    "award_level": mark("award level"),
    "remaining": mark("what is left"),
    "agenda": mark("agenda"),
    "relation": mark("whose activity"),
    "targets": mark("targets"),
    "figures": mark("figures"),
    "done_on": mark("day"),
    "done_to": mark("last day"),
    "is_partial": mark("done in part"),
    "heading": mark("heading"),
    "guiding": mark("guiding text"),
    "closing": mark("closing text"),
    "name": mark("name"),
    "school_type": mark("type of school"),
    "period_kind": mark("what plans are for"),
    "higher_union": mark("higher union"),
    "centre": mark("central task"),
    "place": mark("place"),
    "chaired_by": mark("chair of the meeting"),
    "recorded_by": mark("recorder"),
    "purpose": mark("purpose"),
    "kind": mark("kind"),
    "item": mark("item"),
    "source": mark("source of the money"),
    "amount_fen": mark("amount"),
    "payee": mark("payee"),
    "people": mark("number of people"),
    "winners": mark("number of winners"),
    "festival": mark("festival"),
    "form": mark("form"),
    "needed_on": mark("day it is needed"),
    "handler": mark("handler"),
    "over_reason": mark("reason it may be over"),
    "activity_id": mark("activity"),
    "resolution_above_fen": mark("sum from which the committee decides"),
}
"""What people call the fields of a record: in refusals and in the change log."""

ROLES = {
    "chair": mark("Chair"),
    "treasurer": mark("Treasurer"),
    "committee": mark("Committee member"),
    "audit": mark("Audit committee"),
    "viewer": mark("Shared screen"),
}
"""What people call the roles of an account."""

_ORIGINS = {"this computer": mark("this computer"), COMMAND_LINE: mark("command line"), "program": mark("the program itself")}
_SIGNED = {LOCAL_USER: mark("Chair"), COMMAND_LINE: mark("Command line"), "program": mark("the program")}
"""Signatures that are nobody's name."""


def tell_roles(language: str, roles: Iterable[str]) -> str:
    """主席、财务委员 / Chair, Treasurer: in the order of the table, whatever theirs."""
    held = set(roles)
    return ("、" if language == DEFAULT_LANGUAGE else ", ").join(translate(language, name) for role, name in ROLES.items() if role in held)


def tell_origin(language: str, origin: str) -> str:
    """From where, in words: an address stays as it is."""
    if origin.startswith("phone"):
        return f"{translate(language, mark('phone'))}{origin.removeprefix('phone')}"
    return translate(language, _ORIGINS[origin]) if origin in _ORIGINS else origin


def tell_who(language: str, who: str) -> str:
    """The person's name; the chair as long as there are no accounts, the command line, and the program by their own."""
    return translate(language, _SIGNED[who]) if who in _SIGNED else who


def tell_refusal(language: str, refusal: Refusal) -> str:
    """The one sentence the user reads."""
    return translate(language, refusal.sentence, **word_facts(language, refusal))


def word_facts(language: str, refusal: Refusal) -> dict[str, object]:
    """The refusal's facts as people say them: a field by its name, a moment where the union is, nothing as a dash."""
    facts = {
        name: f"{value.astimezone(ZoneInfo(TIME_ZONE)):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value
        for name, value in refusal.facts.items()
    }
    if "roles" in facts:
        facts["roles"] = tell_roles(language, cast("Iterable[str]", facts["roles"]))
    if "who" in facts:
        facts["who"] = tell_who(language, str(facts["who"]))
    if (field := facts.get("field")) in FIELDS:
        facts["field"] = translate(language, FIELDS[str(field)])
        facts |= {side: "—" for side in ("theirs", "yours") if facts[side] in {None, ""}}
    return facts
